"""Join what a grid holds of one cell: the columns and rows that it spans, empty or filled with it again.

Flow:  rows of a grid -> **rows of cells** -> blocks

A grid has a cell for each column of the widest row. Which columns are one, the heads above a row say: a
column without a head of its own, or with its left neighbour's, goes on from that. Cells of such columns are
joined where one of them alone prints something, or all print the same below heads that come again as well.
The first of them hold a row's labels, each once: a group's in its first row.

Nothing is joined where a row prints two numbers in columns that are to be one, nor below heads that do not
stand over their columns: those of a grid whose cells over several rows are not filled up in the rows below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from gouji.inference.readers.form_words import PATH, form_words
from gouji.model.label_words import bare, ordinal_of

Row = tuple[str, ...]

_FEWEST_WORDS = 2  # cells of a row of heads, and Chinese characters in each
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_FIGURE = re.compile(r"\W*\d[\d.,]*\W*")


def joined(rows: Sequence[Row], runs: Sequence[range] = ()) -> tuple[list[Row], Sequence[range]]:
    """Rows with the cells that the heads above them say are one, joined.

    >>> joined([("信息内容", "上一年项目数量", "本年增/减", ""), ("行政许可", "49", "", "12")])[0]
    [('信息内容', '上一年项目数量', '本年增/减'), ('行政许可', '49', '12')]

    Args:
        rows: The rows of a grid.
        runs: The columns that are one, as the grid before says, where this goes on from it.

    Returns:
        The rows, and the columns that are one in the last of them.
    """
    found: list[Row] = []
    heads: list[Row] = []
    above: Row = ()
    are_heads = [_is_heads(row) for row in rows]
    for place, row in enumerate(rows):
        if are_heads[place]:
            heads.append(row)
            if any(are_heads[place + 1 : place + 2]):
                continue
            body = rows[place + 1 : next((i for i, own in enumerate(are_heads) if own and i > place), None)]
            runs = _runs(heads, body)
            found += [_joined(head, (), runs) for head in heads]
            heads, above = [], ()
        else:
            found.append(_joined(row, above, runs))
            above = row
    return list(map(_unpadded, found)), runs


def _unpadded(row: Row) -> Row:
    """A row that is one cell over all columns, as that cell; blanks stand behind an official label."""
    if len(row) < _FEWEST_WORDS or not row[0] or bare(row[0]) in form_words().all:
        return row
    filled = all(cell == row[0] for cell in row) and len(_CHINESE.findall(row[0])) >= _FEWEST_WORDS
    return row[:1] if filled or not any(row[1:]) else row


def _is_heads(row: Row) -> bool:
    """Whether a row names columns: words alone, a form's head among them, and no row's label."""
    words = [cell for cell in row if cell]
    names = form_words()
    return (
        len(words) >= _FEWEST_WORDS
        and not any(ordinal_of(cell) or len(_CHINESE.findall(cell)) < _FEWEST_WORDS for cell in words)
        and any(bare(part) in names.heads for cell in words for part in (cell, *PATH.split(cell)))
        and not any(bare(cell) in names.rows for cell in words)
    )


def _runs(heads: Sequence[Row], body: Sequence[Row]) -> list[range]:
    """The columns that are one by their heads, from the left; none where the heads stand elsewhere."""
    keys = list(zip_longest(*heads, fillvalue=""))
    if not keys or not _are_over_columns(heads, body):
        return []
    begins = [i for i, key in enumerate(keys) if i == 0 or (any(key) and key != keys[i - 1])]
    runs = [range(a, b) for a, b in zip(begins, [*begins[1:], len(keys)], strict=True)]
    return [part for run in runs for part in _without_two_numbers(run, keys[run.start], keys, body)]


def _are_over_columns(heads: Sequence[Row], body: Sequence[Row]) -> bool:
    """Whether each head stands over its column: a lower row of heads does not begin in the labels' column.

    >>> _are_over_columns([("", "", "申请人情况", ""), ("自然人", "总计")], [])
    False
    """
    widest = max(map(len, heads))
    labelled = any(row and _CHINESE.search(row[0]) for row in body)
    return not any(
        lower[0] and lower[0] != upper[0] and (labelled or len(lower) < widest)
        for upper, lower in pairwise(heads)
    )


def _without_two_numbers(run: range, key: Row, keys: Sequence[Row], body: Sequence[Row]) -> Sequence[range]:
    """Columns that are one, or each for itself where a row below prints more than a cell in them."""
    if run.start == 0 or len(run) == 1:
        return (run,)
    come_again = all(keys[place] == key for place in run)
    width = len(keys)
    figures = (
        [cell for cell in row[run.start : run.stop] if _FIGURE.fullmatch(cell)]
        for row in body
        if len(row) == width
    )
    if all(len(set(own) if come_again else own) <= 1 for own in figures):
        return (run,)
    return [range(place, place + 1) for place in run]


def _joined(row: Row, above: Row, runs: Sequence[range]) -> Row:
    if not runs or len(row) != runs[-1].stop or _are_figures(row[: runs[0].stop]):
        return _without_empty_labels(row, runs)
    cells = _labels(row, above, runs[0]) if len(runs[0]) > 1 else list(row[:1])
    for run in runs[1:]:
        own = row[run.start : run.stop]
        printed = [cell for cell in own if cell]
        is_one = len(printed) <= 1 or (len(printed) == len(own) and len(set(own)) == 1)
        cells += [printed[0] if printed else ""] if is_one else own
    return tuple(cells)


def _are_figures(labels: Row) -> bool:
    """Whether numbers stand behind a label where others should."""
    figures = [_FIGURE.fullmatch(cell) and not ordinal_of(cell) for cell in labels[1:]]
    return any(figures) and _CHINESE.search(labels[0]) is not None


def _without_empty_labels(row: Row, runs: Sequence[range]) -> Row:
    """A row of another width without what its labels leave empty, which is no cell of the columns behind."""
    own = row[: runs[0].stop] if runs else ()
    if not own or len(own) == len(row) or own[-1] or any(_FIGURE.fullmatch(cell) for cell in own):
        return row
    return (*(cell for cell in own if cell), *row[len(own) :])


def _labels(row: Row, above: Row, run: range) -> list[str]:
    """A row's labels: none that is its left neighbour again, or a group's that the row above has as well."""
    own = row[run.start : run.stop]
    innermost = max((i for i, cell in enumerate(own) if cell and (i == 0 or cell != own[i - 1])), default=0)
    return [
        cell
        for place, cell in enumerate(own)
        if cell and (place == 0 or cell != own[place - 1]) and not _is_again(place, innermost, row, above)
    ] or [""]


def _is_again(place: int, innermost: int, row: Row, above: Row) -> bool:
    """Whether a group's label stands in the row above, too, with all that is at its left."""
    return place < innermost and row[: place + 1] == above[: place + 1]
