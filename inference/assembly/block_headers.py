"""The headers above the rows of one block of a table, and what they say.

Flow:  found table, headers -> **headers of a block** -> choice of columns -> printed lines
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby

from gouji.inference.assembly.cell_places import cells_left
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.headers import (
    ANOTHER_YEAR,
    Header,
    Leaf,
    by_place,
    contradict,
    contradict_running_on,
    headers_of,
    in_order,
    pieces_of,
)
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Strip
from gouji.inference.assembly.wording import Wordings, named
from gouji.model.forms import Block, Label
from gouji.model.label_words import bare, bare_wordings, without_brackets
from gouji.model.labels import Span, Tag
from gouji.model.page import fold


class Vocabulary:
    """What the headers of a block may say: its columns, those that publishers add, headings over several."""

    def __init__(self, block: Block) -> None:
        self.width = len(block.columns)
        self.groups = tuple(bare(column.group or "") for column in block.columns)
        headings = dict.fromkeys((*block.heads, *(column.group for column in block.columns if column.group)))
        own = [Label("", wording) for wording in block.surplus]
        self.first_heading = self.width + len(own)
        over = [Label("", heading) for heading in headings]
        labels = [*block.columns, *own, *over]
        self.words = bare_wordings(labels)
        self.names = Wordings([*map(_under_its_group, block.columns), *own, *over])
        parts: list[str] = []
        for column, group in zip(block.columns, self.groups, strict=True):
            parts += [group] if group and group not in parts else []
            parts.append(bare(column.label))
        self.official = "".join(parts)


def _under_its_group(column: Label) -> Label:
    """A column's label that may be printed with the heading over it: 法人或其他组织.其他."""
    path = (f"{column.group}{column.label}",) if column.group else ()
    return replace(column, aliases=(*column.aliases, *path))


_YEAR = re.compile("20[0-9]{2}")
_CELL = re.compile(r"(?:(?! {2})[^|│┃\t])+")  # what borders part, or blanks in columns
_FEW = 2  # columns, of which one that is named twice tells as much as two of more

_vocabulary_of = lru_cache(maxsize=64)(Vocabulary)


@dataclass(frozen=True)
class BlockHeaders:
    """The rows of one block of a table, and what is printed above them."""

    marked: MarkedPage
    found: FoundTable
    lines: Mapping[int, Line]  # by index, those of the block that the page holds
    spans: Sequence[Span]

    @cached_property
    def strips(self) -> dict[int, Strip]:
        return {index: self.found.strips[index] for index in self.lines}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return _vocabulary_of(next(iter(self.lines.values())).block)

    @cached_property
    def said(self) -> list[tuple[int | None, Header]]:
        """Each header with the index of what it says in the vocabulary."""
        headers = headers_of(self.marked, self.spans, self.vocabulary.words)
        return [(self._named(header.text), header) for header in headers]

    def _named(self, text: str) -> int | None:
        """What a header says, by index in the vocabulary; one of another year is not this year's."""
        index = named(self.vocabulary.names, text)
        if index is None or index >= self.width:
            return index
        own = ANOTHER_YEAR.search(self.vocabulary.names.labels[index].label)
        return None if self._is_of_another_year(text) and not own else index

    def _is_of_another_year(self, text: str) -> bool:
        """Whether a header says that its column is not of the year on which the page reports."""
        year = _YEAR.search(without_brackets(fold(text)))
        stated = year is not None and self.marked.report_year not in (None, int(year[0]))
        return stated or ANOTHER_YEAR.search(text) is not None

    @cached_property
    def headers(self) -> list[tuple[int | None, Header]]:
        """The headers that are whole, as far as the vocabulary tells."""
        words, names = self.vocabulary.words, self.vocabulary.names
        whole = [
            (index, header)
            for index, header in self.said
            if index is not None
            or self._is_of_another_year(header.text)
            or not (
                names.matches(header.text) or any(without_brackets(header.text) in word for word in words)
            )
        ]
        half = len(whole) // 2
        again = [i for i, _ in whole[:half]] == [i for i, _ in whole[half:]]
        return whole[:half] if again and half > self.width else whole  # printed again on the next page

    @property
    def in_pieces(self) -> bool:
        """Whether a piece of a header stands there that is part of none."""
        whole = {id(header) for _, header in self.headers}
        return any(index is None and id(header) not in whole for index, header in self.said)

    @cached_property
    def leaves(self) -> list[Leaf]:
        """The headers of columns; None of those that the form does not have.

        One that is read before all others, and is none of the form's, is over the rows' labels, if the form's
        first column has its own.
        """
        first = self.vocabulary.first_heading
        over_labels = self.headers and self.headers[0][0] is None and any(i == 0 for i, _ in self.headers)
        over_labels = over_labels and not self._is_of_another_year(self.headers[0][1].text)
        own = self.headers[1:] if over_labels else self.headers
        leaves = [(index, header) for index, header in own if index is None or index < first]
        width = self.vocabulary.width
        return [(None if index is None or index >= width else index, header) for index, header in leaves]

    @cached_property
    def order(self) -> tuple[int | None, ...] | None:
        """The column that the header at each place says; None where they stand in no one order."""
        names = self.vocabulary.names.labels
        runs = [next(run) for _, run in groupby(self.headers, key=lambda said: said[0])]
        over = [
            replace(header, words=bare(names[index].label))
            for index, header in runs
            if index is not None and bare(names[index].label) in self.vocabulary.groups
        ]
        ordered = in_order(self.leaves, over, self.vocabulary.groups)
        for leaves in (self.leaves, [leaf for leaf in self.leaves if leaf[0] is not None]):
            if ordered is None:
                ordered = by_place(self.marked, leaves, list(self.strips.values()))
        return None if ordered is None else tuple(column for column, _ in ordered)

    @property
    def told(self) -> tuple[int, ...]:
        """The form's columns in the order of their headers, each once; none where these stand in no order."""
        return tuple(dict.fromkeys(column for column in self.order or () if column is not None))

    @property
    def in_reading_order(self) -> tuple[int, ...]:
        """The form's columns as their headers are read, each once: whose levels are told by no line."""
        return tuple(dict.fromkeys(column for column, _ in self.leaves if column is not None))

    @property
    def has_column_beside_heading(self) -> bool:
        """Whether a column's header stands behind a heading on its line: those under this stand before it."""
        first = self.vocabulary.first_heading
        over = [header for index, header in self.headers if index is not None and index >= first]
        return any(
            heading.line == header.line and heading.start < header.start
            for heading in over
            for column, header in self.leaves
            if column is not None and not self.vocabulary.groups[column]
        )

    @property
    def reordered(self) -> bool:
        """Whether the headers say another order of all the form's columns."""
        return len(self.told) == self.width and self._is_another_order

    @property
    def reordered_in_part(self) -> bool:
        """Whether the headers name some of the form's columns alone, and these in another order."""
        return len(self.told) < self.width and self._is_another_order

    @property
    def _is_another_order(self) -> bool:
        return list(self.told) != sorted(self.told)

    @property
    def width(self) -> int:
        return self.vocabulary.width

    @property
    def named(self) -> set[int]:
        return {column for column, _ in self.leaves if column is not None}

    @property
    def surplus(self) -> bool:
        """Whether a column is named that publishers add to the form's, or one likest to it: 法人合计."""
        likest = (self._likest(header.text) for _, header in self.said)
        return any(self.width <= index < self.vocabulary.first_heading for index in likest)

    @property
    def names_another_year(self) -> bool:
        """Whether a column is headed as another year's."""
        return any(column is None and self._is_of_another_year(header.text) for column, header in self.leaves)

    @property
    def has_stranger(self) -> bool:
        """Whether a column is headed by words that are like none of the vocabulary, or as another year's."""
        said = (header for column, header in self.leaves if column is None)
        unlike = any(not self.vocabulary.names.matches(header.text) for header in said)
        return unlike or self.names_another_year

    @property
    def foreign(self) -> int:
        """How many columns are headed that the form does not have."""
        return sum(column is None for column, _ in self.leaves)

    @property
    def names_group(self) -> bool:
        """Whether a heading over several columns is named: two levels are read, one behind the other."""
        names = self.vocabulary.names.labels
        return any(i is not None and bare(names[i].label) in self.vocabulary.groups for i, _ in self.headers)

    @property
    def is_named_again(self) -> bool:
        """Whether columns are named in two places, as where last year's stand beside this year's.

        A tool may print a header for each place that its cell spans, or one of the upper level in both lines.
        """
        like = [(self._likest(header.text), header.words) for _, header in self.said]
        for once in range(self.width + 1, len(like) // 2 + 1):
            if like[:once] == like[once : 2 * once] and self.said[once - 1][1].line < self.said[once][1].line:
                return False  # printed again, on lines below
        runs = [one for one, _ in groupby(one for one in like if one[0] < self.width)]
        grouped = any(self.vocabulary.groups)
        lowest = [column for column, _ in runs if self.vocabulary.groups[column] or not grouped]
        return len(lowest) > len(set(lowest)) + (self.width > _FEW)

    def may_head_another(self, printed: Sequence[int | None]) -> bool:
        """Whether two words head one column, 总计 and 合计, and the columns are not where these stand."""
        named = {(index, header.words) for index, header in self.headers if index in range(self.width)}
        if self.in_pieces or len(named) == len({index for index, _ in named}):
            return False
        order = self.order or ()
        return len(order) != len(printed) or any(
            b not in (None, a) for a, b in zip(order, printed, strict=True)
        )

    def _likest(self, text: str) -> int:
        """What a header is most like, by index in the vocabulary; beyond the columns if like nothing."""
        matches = self.vocabulary.names.matches(text)
        return max(matches, key=lambda match: match[1])[0] if matches else self.vocabulary.first_heading

    @property
    def has_unread_header(self) -> bool:
        """Whether words of a column that the form does not have stand in a cell behind a header.

        They are no header of the form's where each of its columns has one, or where they say another year.
        """
        lines = {header.line: header.start for _, header in reversed(self.leaves)}
        all_named = self.named == set(range(self.width))
        unread = (words for first in lines.values() for words in self._unread_cells(first))
        return any(all_named or ANOTHER_YEAR.search(words) for words in unread)

    def _unread_cells(self, first: int) -> Iterator[str]:
        """The words of the cells behind a header on its line that the tagger calls nothing."""
        folded, marked = self.marked.folded, self.marked
        end = folded.find("\n", first)
        for cell in _CELL.finditer(folded, first, end if end >= 0 else len(folded)):
            words = bare(cell[0])
            owners = [marked.owners[index] for index in marked.between(*cell.span())]
            if any(owner is not None and owner.tag is not Tag.COLUMN for owner in owners):
                return  # the headers end here, on a line that goes on
            if words and not any(owners) and not any(words in known for known in self.vocabulary.words):
                yield words

    @property
    def too_few(self) -> frozenset[int]:
        """The rows that print something, and less numbers than the form has columns."""
        return frozenset(i for i, strip in self.strips.items() if 0 < len(strip.chunks) < self.width)

    @property
    def cells_before_edge(self) -> int:
        """How many cells of each row stand before the sheet's edge, where it cuts some off; else 0."""
        return min(cells_left(self.marked.page, strip) or 0 for strip in self.strips.values())

    def contradict(self, terms: set[int] | None = None) -> bool:
        """Whether the headers say another order than the form's; with `terms`, those of these columns."""
        names = self.vocabulary.names
        lower = [column for column, group in enumerate(self.vocabulary.groups) if group]
        told = [header for index, header in self.said if terms is None or index is None or index in terms]
        pieces = [
            piece
            for piece in pieces_of(self.marked, self.spans)
            if terms is None or (index := named(names, piece.text)) is None or index in terms
        ]
        official = self.vocabulary.official
        # A piece may be joined to another's header, and a whole one mean another than its first piece.
        return contradict_running_on(told, names, official, lower) or all(
            contradict(said, names, official, lower) for said in (told, pieces)
        )
