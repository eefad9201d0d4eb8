r"""Tables below a broken line of rules, whose rows nothing parts: pandoc's for a terminal.

Flow:  lines -> columns under the rule's pieces -> **rows, each from the first line of its cells** -> blocks

Every cell begins in the first line of its row, and a label goes on below itself. So a line begins a row where
a column prints that did not in the line above, or one prints again below the whole label of a form. What
is no such label may be two, one below the other, and opens its cells; so do two numbers in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.inference.readers.form_words import form_words, is_official
from gouji.inference.readers.text_tables.fixed_width import prints_of
from gouji.inference.readers.text_tables.rows import FIGURE, Found, Lines, Row, table_of
from gouji.inference.unread_marks import UNSEEN
from gouji.model.label_words import bare, without_brackets

PRESENT = re.compile(r"(?m)^ *─{2,}(?: +─{2,})+ *$")
_PIECE = re.compile("─+")
_MARK = re.compile(r"[-－—–/]+")  # in a number's place
_BROKEN = re.compile(r"\n(?=[^\w\s])|(?<![\d.,\n])\n")  # no blank stood there, save between two numbers
_FEWEST_LABELS = 2
_MOST_LINES = 1000  # of one table

Columns = Sequence[tuple[int, int]]


def find(lines: Lines, index: int) -> Found | None:
    """The table whose first rule is a line, up to the one that an empty line follows."""
    if PRESENT.fullmatch(lines[index]) is None:
        return None
    rule = lines[index].strip()
    ends = (i for i in range(index + 1, min(index + _MOST_LINES, len(lines))) if lines[i].strip() == rule)
    end = next((i for i in ends if not "".join(lines[i + 1 : i + 2])), None)
    if end is None:
        return None
    columns = [piece.span() for piece in _PIECE.finditer(lines[index])]
    body = [line for line in lines[index + 1 : end] if not PRESENT.fullmatch(line)]
    *_, print_ = prints_of(body)
    rows = [_sure(row) for row in _rows([_cut(line, columns) for line in print_ if line.strip()])]
    if not is_official(rows, _FEWEST_LABELS):
        return None
    return Found((table_of(rows),), end + 1)


def _cut(line: str, columns: Columns) -> Row:
    """The cells of a line; one that goes on through the gap behind its column goes over the next, too."""
    cells = [""] * len(columns)
    place = 0
    for at, (start, end) in enumerate(columns):
        place = at if at == 0 or not line[columns[at - 1][1] : start].strip(" ") else place
        cells[place] += line[columns[at - 1][1] if place < at else start : end]
    return tuple(cell.replace("\0", "").strip() for cell in cells)


def _rows(lines: Sequence[Row]) -> Iterator[Row]:
    """Lines as the rows that they make up."""
    held: list[list[str]] = []
    above: Row = ()
    for line in lines:
        if held and not _begins(line, above, held):
            held = [[*cell, text] for cell, text in zip(held, line, strict=True)]
        else:
            if held:
                yield _joined(held)
            held = [[text] for text in line]
        above = line
    if held:
        yield _joined(held)


def _begins(line: Row, above: Row, held: Sequence[Sequence[str]]) -> bool:
    """Whether a line begins a row."""
    pairs = list(zip(line, above, strict=True))
    if any(text and not upper for text, upper in pairs):
        return True
    return _is_whole(held, line)


def _is_whole(held: Sequence[Sequence[str]], line: Row) -> bool:
    """Whether all words of a line stand below labels of a form that do not go on in them."""
    words = form_words().all
    below = [(cell, text) for cell, text in zip(_joined(held), line, strict=True) if _labels((text,))]
    for cell, text in below:
        longer = bare(f"{cell}{text}")
        if bare(cell) not in words or any(each.startswith(longer) for each in words):
            return False
    return bool(below)


def _joined(held: Sequence[Sequence[str]]) -> Row:
    return tuple(_BROKEN.sub("", "\n".join(filter(None, cell))) for cell in held)


def _labels(row: Row) -> list[str]:
    return [cell for cell in row if cell and not _is_value(cell)]


def _sure(row: Row) -> Row:
    """A row, its numbers open where what stands before them is no label of a form."""
    labels = _labels(row)
    words = form_words().all
    if not labels or any(without_brackets(cell) in words for cell in labels):
        return row
    return tuple(f"{cell}{UNSEEN}" if _is_value(cell) else cell for cell in row)


def _is_value(cell: str) -> bool:
    return FIGURE.fullmatch(cell) is not None or _MARK.fullmatch(cell) is not None
