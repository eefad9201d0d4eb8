"""Join what a grid holds of one cell: the columns that a merged cell spans, empty or filled with it again.

Flow:  rows of a grid -> **rows of cells** -> blocks

A grid has a cell for each column of the widest row. Which columns are one, the heads above a row say: a
column without a head of its own, or with its left neighbour's, goes on from that. Cells of such columns are
joined where one of them alone prints something, or all print the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from gouji.model.forms import load_forms
from gouji.model.label_words import bare

Row = tuple[str, ...]

_FEWEST_WORDS = 2  # cells of a row of heads
_FIGURE = re.compile(r"\W*\d[\d.,\s]*\W*[^\W\d]{0,3}\W*")  # with its sign and unit


def joined(rows: Sequence[Row]) -> list[Row]:
    """Rows with the cells that the heads above them say are one, joined.

    >>> joined([("信息内容", "上一年项目数量", "本年增/减", ""), ("行政许可", "49", "", "12")])
    [('信息内容', '上一年项目数量', '本年增/减'), ('行政许可', '49', '12')]
    """
    found: list[Row] = []
    heads: list[Row] = []
    open_heads = False
    for row in rows:
        if _is_heads(row):
            heads = [*heads, row] if open_heads else [row]
            open_heads = True
            continue
        if open_heads:
            found += [_joined(head, _runs(heads)) for head in heads]
        if len(row) > 1:
            open_heads = False
        found.append(_joined(row, _runs(heads)))
    return found + ([_joined(head, _runs(heads)) for head in heads] if open_heads else [])


def _is_heads(row: Row) -> bool:
    """Whether a row names columns: words alone, and no row of a form among them."""
    words = [cell for cell in row if cell]
    labels = _row_labels()
    return len(words) >= _FEWEST_WORDS and not any(
        _FIGURE.fullmatch(cell) or bare(cell) in labels for cell in words
    )


@lru_cache(maxsize=1)
def _row_labels() -> frozenset[str]:
    """The labels of rows and of groups of rows that are no column's as well; a band's rows are heads."""
    tables = [table for form in load_forms().values() for table in form.tables]
    blocks = [block for table in tables for block in table.blocks if table.printed != "band"]
    rows = {bare(w) for block in blocks for label in (*block.rows, *block.groups) for w in label.wordings}
    columns = {
        bare(w) for table in tables for b in table.blocks for label in b.columns for w in label.wordings
    }
    return frozenset(rows - columns)


def _runs(heads: Sequence[Row]) -> list[range]:
    """The columns that are one, from the left."""
    keys = list(zip_longest(*heads, fillvalue=""))
    if not keys:
        return []
    begins = [i for i, key in enumerate(keys) if i == 0 or (any(key) and key != keys[i - 1])]
    return [range(a, b) for a, b in zip(begins, [*begins[1:], len(keys)], strict=True)]


def _joined(row: Row, runs: Sequence[range]) -> Row:
    if not runs or len(row) != runs[-1].stop:
        return row
    cells: list[str] = []
    for run in runs:
        own = row[run.start : run.stop]
        printed = [cell for cell in own if cell]
        is_one = len(printed) <= 1 or (len(printed) == len(own) and len(set(own)) == 1)
        cells += [printed[0] if printed else ""] if is_one else own
    return tuple(cells)
