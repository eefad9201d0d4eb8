"""Decide which rows and columns a table in a band prints side by side, and in which order.

Flow:  found table, headers -> **choice of columns** -> printed line -> line readings

The labels of rows are headers over the columns of each. Headers that say another order are
followed; where they say none and contradict the form's, the line is open. A row's sum finds its
total; which row is which, and which of the terms, headers alone tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from gouji.inference.assembly.cell_places import cells_left
from gouji.inference.assembly.columns import HEADERS, Columns, before_edge, printed_line
from gouji.inference.assembly.doubts.raised_in_tables import HEADERS_UNTOLD
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.headers import Header, contradict, headers_of, pieces_of
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.own_columns import adds_up, whole_rows
from gouji.inference.assembly.wording import Wordings, named
from gouji.model.forms import Block, Label
from gouji.model.label_words import bare, bare_wordings

Said = tuple[int, Header]


class BandVocabulary:
    """What the headers of a band may say: its columns, then its rows, then the groups of these."""

    def __init__(self, block: Block) -> None:
        self.width, self.rows = len(block.columns), len(block.rows)
        self.names = Wordings([*block.columns, *block.rows, *block.groups])
        self.words = bare_wordings(self.names.labels)
        groups = {group.id: self.width + self.rows + i for i, group in enumerate(block.groups)}
        self.groups = [groups.get(row.group or "") for row in block.rows]
        self.official = "".join(bare(column.label) for column in block.columns) * self.rows
        self.official_rows = "".join(bare(label.label) for label in self._in_order(block))

    def _in_order(self, block: Block) -> list[Label]:
        told, labels = set(), []
        for row, group in zip(block.rows, self.groups, strict=True):
            if group is not None and group not in told:
                told.add(group)
                labels.append(self.names.labels[group])
            labels.append(row)
        return labels


_vocabulary_of = lru_cache(maxsize=8)(BandVocabulary)


def band_in_columns(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """A band with its line as it is printed; doubtful where its headers do not tell how that is."""
    (line,), strip = found.lines, found.strips[0]
    vocabulary = _vocabulary_of(line.block)
    headers = headers_of(marked, found.heads[0], vocabulary.words)
    named_ = [(named(vocabulary.names, header.text), header) for header in headers]
    half = len(named_) // 2
    if half > vocabulary.width and [i for i, _ in named_[:half]] == [i for i, _ in named_[half:]]:
        named_ = named_[half:]  # printed again
    said = [(index, header) for index, header in named_ if index is not None]
    unknown = len(said) < len(named_)
    leaves = [(index, header) for index, header in said if index < vocabulary.width]
    left = cells_left(marked.page, strip)
    # Else columns of the first row may lie beyond the left edge.
    from_first = any(index == vocabulary.width for index, _ in said)
    if left and from_first and [c for c, _ in leaves][:left] == [i % vocabulary.width for i in range(left)]:
        return replace(found, lines=(printed_line(line, before_edge(left)),))
    own_too = unknown and len(strip.chunks) > len(line.keys)  # a column's that the form does not have
    order = _by_paths(said, vocabulary)
    if order is None and _heads_each_cell(leaves, vocabulary, unknown=unknown):
        order = _by_levels(said, leaves, vocabulary)
    fewer = _of_fewer(said, leaves, vocabulary) if order is None and not unknown else None
    if fewer is not None and len(strip.chunks) == len(fewer):
        numbers = whole_rows(marked.page, found.strips, len(fewer)).get(0)
        by_cell = dict(zip(fewer, numbers or (), strict=False))
        whole_row = [by_cell.get(cell, 0) for cell in range(len(line.keys))]
        found = replace(found, lines=(printed_line(line, Columns(fewer, HEADERS)),), headed=True)
        return found.doubted([0] if numbers is None or not adds_up(line, whole_row) else [], HEADERS_UNTOLD)
    if order is None:
        official = ((vocabulary.official, None), (vocabulary.official_rows, ()))  # rows are of one level
        pieces = pieces_of(marked, found.heads[0])
        told = [
            all(contradict(each, vocabulary.names, words, lower) for each in (headers, pieces))
            for words, lower in official
        ]
        whole = not unknown and (len(leaves) == len(line.keys) or _are_official(leaves, vocabulary))
        more = len(leaves) > len(line.keys) and not _lacks_some(leaves, vocabulary, unknown=unknown)
        is_open = own_too or any(told) or more or (whole and _is_in_other_order(leaves, vocabulary))
        is_open |= len(leaves) == len(line.keys) and len({column for column, _ in leaves}) < vocabulary.width
        first = min((head.start for head in found.heads[0]), default=found.start)
        plain = (h for _, h in named_ if not marked.is_bracket_open(first, h.start))
        is_open |= len(leaves) < len(line.keys) and any(_is_stranger(h, vocabulary) for h in plain)
        return replace(found, headed=whole).doubted([0] if is_open else [], HEADERS_UNTOLD)
    printed = printed_line(line, Columns(order, HEADERS))
    values = whole_rows(marked.page, found.strips, len(order)).get(0)
    if values is not None and adds_up(line, values) and not adds_up(printed, values):
        printed = line
    found = replace(found, lines=(printed,), headed=not unknown)
    return found.doubted([0] if own_too else [], HEADERS_UNTOLD)


def _is_stranger(header: Header, vocabulary: BandVocabulary) -> bool:
    """Whether a header is like none of the band's, nor a piece of one: another column's."""
    piece = any(header.words in words for words in vocabulary.words)
    return not piece and not vocabulary.names.matches(header.text)


def _heads_each_cell(leaves: Sequence[Said], vocabulary: BandVocabulary, *, unknown: bool) -> bool:
    """Whether each cell has a header; where a row's are merged downwards they stand there once more."""
    cells = vocabulary.width * vocabulary.rows
    return len(leaves) == cells or (len(leaves) == cells + vocabulary.width and not unknown)


def _are_official(leaves: Sequence[Said], vocabulary: BandVocabulary) -> bool:
    """Whether the columns of all rows are the form's, read one after another."""
    official, said = [*range(vocabulary.width)], [column for column, _ in leaves]
    return said in (official * vocabulary.rows, official * (vocabulary.rows + 1))


def _lacks_some(leaves: Sequence[Said], vocabulary: BandVocabulary, *, unknown: bool) -> bool:
    """Whether headers of all cells, and of a row's once more, are the form's but for some that are lost."""
    official = iter([*range(vocabulary.width)] * (vocabulary.rows + 1))
    return not unknown and all(column in official for column, _ in leaves)


def _is_in_other_order(leaves: Sequence[Said], vocabulary: BandVocabulary) -> bool:
    """Whether the columns of all rows are not the form's, read one after another.

    Where those of a row stand side by side, a cell's height moves its header to another line.
    """
    widest = max(len(list(run)) for _, run in groupby(leaves, key=lambda leaf: leaf[1].line))
    return widest < vocabulary.width and not _are_official(leaves, vocabulary)


def _by_paths(said: Sequence[Said], vocabulary: BandVocabulary) -> tuple[int, ...] | None:
    """The cells whose columns are each printed with their row before them: 行政复议.结果维持."""
    order: list[int] = []
    row: int | None = None
    for index, _ in said:
        if index < vocabulary.width:
            if row is None:
                return None
            order.append(row * vocabulary.width + index)
            row = None
        elif index < vocabulary.width + vocabulary.rows:
            row = index - vocabulary.width
    return tuple(order) if sorted(order) == list(range(vocabulary.width * vocabulary.rows)) else None


def _by_levels(
    said: Sequence[Said], leaves: Sequence[Said], vocabulary: BandVocabulary
) -> tuple[int, ...] | None:
    """The cells whose rows stand above their columns."""
    rows, own = _rows(said, vocabulary), _columns(leaves, vocabulary)
    if rows is None or own is None:
        return None
    return tuple(row * vocabulary.width + column for row in rows for column in own)


def _of_fewer(
    said: Sequence[Said], leaves: Sequence[Said], vocabulary: BandVocabulary
) -> tuple[int, ...] | None:
    """The cells where each row lacks the same of the form's columns: 尚未审结, which a publisher left out."""
    rows, width = _rows(said, vocabulary), len(leaves) // vocabulary.rows
    own = [column for column, _ in leaves[:width]]
    alike = [column for column, _ in leaves] == own * vocabulary.rows
    if rows is None or not alike or not 1 < len(set(own)) == width < vocabulary.width:
        return None
    return tuple(row * vocabulary.width + column for row in rows for column in own)


def _rows(said: Sequence[Said], vocabulary: BandVocabulary) -> list[int] | None:
    """The rows as their labels stand side by side; None where not each is told in one place."""
    lines = []
    for _, headers in groupby(said, key=lambda pair: pair[1].line):
        on_line = list(headers)
        leaves = [len(list(run)) for leaf, run in groupby(i < vocabulary.width for i, _ in on_line) if leaf]
        if any(count % vocabulary.width for count in leaves[:-1]):
            return None  # a row's label amid the columns of one is a piece of a column's
        runs = [next(run) for _, run in groupby(on_line, key=lambda pair: pair[0])]
        lines.append([(index, header) for index, header in runs if index >= vocabulary.width])
    places: dict[int, int] = {}
    # Where others stand side by side, a label alone on its line is a heading: nothing is left of it.
    for labels in [several for several in lines if len(several) > 1] or lines:
        if len({index for index, _ in labels}) < len(labels):
            return None
        for index, header in labels:
            places.setdefault(index, header.start)  # merged downwards, it may stand there again
    wanted = range(vocabulary.width, vocabulary.width + vocabulary.rows)
    groups = {index for index in vocabulary.groups if index is not None}
    if not places.keys() >= {*wanted, *groups}:
        return None

    def place(row: int) -> tuple[int, int]:
        own, group = places[vocabulary.width + row], vocabulary.groups[row]
        return own if group is None else places[group], own

    return sorted(range(vocabulary.rows), key=place)


def _columns(leaves: Sequence[Said], vocabulary: BandVocabulary) -> list[int] | None:
    """The order of the columns of every row; None where they are not told for each, or not alike."""
    lines = [[c for c, _ in run] for _, run in groupby(leaves, key=lambda leaf: leaf[1].line)]
    cells = vocabulary.width * vocabulary.rows
    said = next((own for own in lines if len(own) == cells), [column for column, _ in leaves])
    parts = [said[start : start + vocabulary.width] for start in range(0, len(said), vocabulary.width)]
    alike = len(parts) == vocabulary.rows and all(part == parts[0] for part in parts)
    return parts[0] if alike and sorted(parts[0]) == list(range(vocabulary.width)) else None
