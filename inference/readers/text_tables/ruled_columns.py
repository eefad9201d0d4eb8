"""Tables whose columns a rule of dashes or equal signs shows: reStructuredText's simple ones, tabulate's.

Flow:  lines -> **columns under the rule's pieces** -> blocks

Of pandoc's tables, which look alike and break their cells over lines, none is taken: rules of dashes count
only where a data frame's index stands at their left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.inference.readers.form_words import is_official
from gouji.inference.readers.text_tables.fixed_width import prints_of
from gouji.inference.readers.text_tables.rows import Found, Lines, Row, table_of

PRESENT = re.compile(r"(?m)^ *(?:={2,}|-{2,})(?: +(?:={2,}|-{2,}))+ *$")
_PIECE = re.compile(r"=+|-+")
_FEWEST_LABELS = 2


def find(lines: Lines, index: int) -> Found | None:
    """The table that begins at a line: a rule, or the head above one."""
    rule = next((i for i in (index, index + 1) if i < len(lines) and PRESENT.fullmatch(lines[i])), None)
    if rule is None or not lines[index].strip():
        return None
    held = lines.stretch("ruled", index, lambda line: bool(line.strip()))
    body = [line for line in held if not PRESENT.fullmatch(line)]
    columns = [piece.span() for piece in _PIECE.finditer(lines[rule])]
    for print_ in prints_of(body):
        rows = [_row(line, columns) for line in print_]
        whole = [row for row in rows if row is not None]
        counted = [row[0].strip() for row in whole][-2:] == [str(len(whole) - 3), str(len(whole) - 2)]
        if len(whole) == len(rows) and ("=" in lines[rule] or counted) and is_official(whole, _FEWEST_LABELS):
            return Found((table_of(whole),), index + len(held))
    return None


def _row(line: str, columns: Sequence[tuple[int, int]]) -> Row | None:
    """A line's cells under the pieces of the rule; None where print stands between two of them."""
    between = zip(
        [0, *(end for _, end in columns)], [*(start for start, _ in columns), len(line)], strict=True
    )
    if any(line[start:end].strip("\0 ") for start, end in between):
        return None
    return tuple(line[start:end].replace("\0", "").strip() for start, end in columns)
