"""Tables whose columns a rule shows: reStructuredText's simple ones, pandoc's, tabulate's.

Flow:  lines -> **columns under the rule's pieces** -> blocks

Rules of equal signs: a row without print in its first column goes on from the one above. Rules of dashes: a
line is a row; between two whole lines of dashes rows are parted by empty lines, and a row may be several.
What begins no row and is no label of a form may be one that was broken: such a table stays a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from gouji.inference.readers.form_words import form_words, is_official
from gouji.inference.readers.text_tables.fixed_width import prints_of
from gouji.inference.readers.text_tables.rows import Found, Lines, Row, table_of
from gouji.model.label_words import bare

PRESENT = re.compile(r"(?m)^ *(?:={2,}|-{2,})(?: +(?:={2,}|-{2,}))+ *$")
_WHOLE = re.compile(r" *-{8,} *")  # the line above and below a table whose rows are several lines
_PIECE = re.compile(r"=+|-+")
_FEWEST_LABELS = 2
_EMPTY = ("..", "\\")  # what reStructuredText writes for an empty cell that begins a row
_LABELS = 3  # columns that may hold a row's label
_MOST_HEADS = 8  # lines above the rule
_MOST_LINES = 500  # of one table

Columns = Sequence[tuple[int, int]]


def find(lines: Lines, index: int) -> Found | None:
    """The table that begins at a line: a rule, the head above one, or a line of dashes over that."""
    if not lines[index].strip():
        return None
    if _WHOLE.fullmatch(lines[index]):
        return _several_lines(lines, index)
    rule = next((i for i in (index, index + 1) if i < len(lines) and PRESENT.fullmatch(lines[i])), None)
    if rule is None:
        return None
    end = _end_of_equals(lines, rule) if "=" in lines[rule] else 0
    held = lines[index:end] or lines.stretch("ruled", index, lambda line: bool(line.strip()))
    groups = [[line] for line in held if line.strip()]
    return _found(groups, lines[rule], index + len(held))


def _end_of_equals(lines: Sequence[str], rule: int) -> int:
    """The line behind the lower rule of equal signs, which an empty line follows; 0 where there is none."""
    alike = lines[rule].strip()
    for at in range(rule + 1, min(rule + _MOST_LINES, len(lines))):
        if lines[at].strip() == alike and (at + 1 == len(lines) or not lines[at + 1].strip()):
            return at + 1
        if lines[at].startswith(("#", "..")) and not lines[at].startswith(".. "):
            break
    return 0


def _several_lines(lines: Sequence[str], index: int) -> Found | None:
    """pandoc's table with rows over lines, parted by empty ones, between two lines of dashes."""
    top = range(index + 1, min(index + 1 + _MOST_HEADS, len(lines)))
    rule = next((i for i in top if PRESENT.fullmatch(lines[i])), None)
    if rule is None:
        return None
    end = next(
        (i for i in range(rule + 1, min(rule + _MOST_LINES, len(lines))) if _WHOLE.fullmatch(lines[i])), None
    )
    if end is None:
        return None
    rows = [
        list(own) for filled, own in groupby(lines[rule + 1 : end], lambda line: bool(line.strip())) if filled
    ]
    head = list(lines[index + 1 : rule])
    return _found([*([head] if head else []), *rows], lines[rule], end + 1)


def _found(groups: Sequence[Sequence[str]], rule: str, end: int) -> Found | None:
    """The table of groups of lines, in the measure that sets them under the rule."""
    columns = [piece.span() for piece in _PIECE.finditer(rule)]
    lines = [line for group in groups for line in group]
    sizes = [len(group) for group in groups]
    grids: list[tuple[int, list[Row]]] = []
    for print_ in prints_of(lines):
        placed = iter(print_)
        own = [[next(placed) for _ in range(size)] for size in sizes]
        found = list(_rows(own, columns, by_equals="=" in rule))
        whole = [("" if row[0] in _EMPTY else row[0], *row[1:]) for row in found if row is not None]
        if len(whole) == len(found):
            grids.append((sum(_aligned(line, columns) for line in print_), whole))
    best = sorted(grids, key=lambda grid: -grid[0])[:2]
    if not best or (len(best) > 1 and best[0][0] == best[1][0] and best[0][1] != best[1][1]):
        return None
    rows = best[0][1]
    if not is_official(rows, _FEWEST_LABELS) or ("=" not in rule and not _begin_rows(rows)):
        return None
    return Found((table_of(rows),), end)


def _rows(groups: Sequence[Sequence[str]], columns: Columns, *, by_equals: bool) -> Iterator[Row | None]:
    """The rows of lines, each a cell for each column; None for one that has print between two of them."""
    row: list[list[str]] = []
    for group in groups:
        rules = [
            line for line in group if PRESENT.fullmatch(line.replace("\0", "")) or _WHOLE.fullmatch(line)
        ]
        if rules:
            continue
        for place, line in enumerate(group):
            cells = _row(line, columns)
            if cells is None:
                yield None
                return
            goes_on = place > 0 or (by_equals and not cells[0] and bool(row))
            if not goes_on and row:
                yield tuple("\n".join(filter(None, lines)) for lines in row)
            row = (
                [[*lines, cell] for lines, cell in zip(row, cells, strict=True)]
                if goes_on
                else [[c] for c in cells]
            )
    if row:
        yield tuple("\n".join(filter(None, lines)) for lines in row)


def _row(line: str, columns: Columns) -> Row | None:
    """A line's cells under the pieces of the rule; None where print stands between two of them."""
    between = zip(
        [0, *(end for _, end in columns)], [*(start for start, _ in columns), len(line)], strict=True
    )
    if any(line[start:end].strip("\0 ") for start, end in between):
        return None
    return tuple(line[start:end].replace("\0", "").strip() for start, end in columns)


def _aligned(line: str, columns: Columns) -> int:
    """How many cells of a line stand at an edge of their column."""
    cells = ((line[start:end], end - start) for start, end in columns)
    return sum(bool(c.strip("\0 ")) and (c[0] != " " or (len(c) == w and c[-1] != " ")) for c, w in cells)


def _begin_rows(rows: Sequence[Row]) -> bool:
    """Whether each row is one: it begins with print, and where that is all, with a label of a form."""
    counted = [row[0] for row in rows][-2:] == [str(len(rows) - 3), str(len(rows) - 2)]
    if counted:  # by a data frame's index
        return True
    words = form_words().all
    for row in rows[1:]:
        said = [cell for cell in row[:_LABELS] if cell]
        alone = len(said) == 1 and not any(row[_LABELS:]) and said[0] == row[0]
        labelled = any(bare(cell) in words for cell in said)
        if (not row[0] or alone) and not labelled:
            return False
    return True
