"""Decide once a table which columns it prints, and in which order.

Flow:  found table, headers -> **choice of columns** -> printed lines -> line readings

Where headers stand on the page, a number's column is its header's. Headers that say another order
than the form's are followed; where they say none, and some line of them contradicts the form's, the
rows are open. Where rows add up, their sums choose between the headers' order and the form's, and
find a column that is not the form's, or is not printed. Which of a sum's terms is which, no sum
tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

from gouji.inference.assembly.band_columns import band_in_columns
from gouji.inference.assembly.cell_places import cells_left
from gouji.inference.assembly.columns import Columns, form_order, printed_line
from gouji.inference.assembly.doubt import Doubt
from gouji.inference.assembly.doubts.raised_in_tables import (
    CELL_PRINTED_AGAIN,
    HEADER_MISSING,
    HEADERS_UNTOLD,
    OWN_COLUMN_UNPLACED,
)
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.headers import (
    Header,
    Leaf,
    by_place,
    contradict,
    headers_of,
    in_order,
    named,
    pieces_of,
)
from gouji.inference.assembly.line_readings import holds
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.own_columns import whole_rows, with_own_column, without_lost_column
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.strips import Strip
from gouji.inference.assembly.wording import Wordings
from gouji.model.forms import Block, Label
from gouji.model.label_words import bare
from gouji.model.labels import Span

HEADERS = "headers say so"
_PARTING = "|│┃\t"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a block of a table prints, and the rows of it whose numbers may as well be other columns'."""

    columns: Columns
    open: frozenset[int] = frozenset()
    doubt: Doubt = HEADERS_UNTOLD
    headed: bool = False  # each column of the form has its own header, and no other stands there


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
        self.words = frozenset(bare(wording) for label in labels for wording in label.wordings)
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


vocabulary_of = lru_cache(maxsize=64)(Vocabulary)


@dataclass(frozen=True)
class View:
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
        return vocabulary_of(next(iter(self.lines.values())).block)

    @cached_property
    def said(self) -> list[tuple[int | None, Header]]:
        """Each header with the index of what it says in the vocabulary."""
        headers = headers_of(self.marked, self.spans, self.vocabulary.words)
        return [(named(self.vocabulary.names, header.text), header) for header in headers]

    @cached_property
    def headers(self) -> list[tuple[int | None, Header]]:
        """The headers that are whole, as far as the vocabulary tells."""
        words, names = self.vocabulary.words, self.vocabulary.names
        whole = [
            (index, header)
            for index, header in self.said
            if index is not None
            or not (names.matches(header.text) or any(header.words in word for word in words))
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
        """The headers of columns; None of those that the form does not have."""
        first = self.vocabulary.first_heading
        leaves = [(index, header) for index, header in self.headers if index is None or index < first]
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
            ordered = (
                by_place(self.marked, leaves, list(self.strips.values())) if ordered is None else ordered
            )
        return None if ordered is None else tuple(column for column, _ in ordered)

    @property
    def width(self) -> int:
        return self.vocabulary.width

    @property
    def named(self) -> set[int]:
        return {column for column, _ in self.leaves if column is not None}

    @property
    def surplus(self) -> bool:
        """Whether a column is named that publishers add to the form's."""
        return any(i is not None and self.width <= i < self.vocabulary.first_heading for i, _ in self.headers)

    def too_few(self, width: int) -> frozenset[int]:
        """The rows that print something, and less than so many numbers."""
        return frozenset(index for index, strip in self.strips.items() if 0 < len(strip.chunks) < width)


def in_columns(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """The table with its lines as they are printed; those rows doubtful whose columns are not told."""
    if found.table.printed == "band":
        return band_in_columns(marked, found)
    headed = True
    blocks = {id(line.block): line.block for line in found.lines}
    for block in blocks.values():
        own = {index: found.lines[index] for index in found.strips if found.lines[index].block is block}
        if not own:
            continue
        view = View(marked, found, own, found.heads.get(min(own), ()))
        choice = cut_off(view) or (by_sums(view) if own[min(own)].sums else by_headers(view))
        lines = (printed_line(line, choice.columns) if line.block is block else line for line in found.lines)
        found = replace(found, lines=tuple(lines)).doubted(choice.open, choice.doubt)
        headed = headed and choice.headed
    return replace(found, headed=headed)


def ordered_by_headers(marked: MarkedPage, found: FoundTable, spans: Sequence[Span]) -> FoundTable | None:
    """A table of one block with its columns in the order of headers, whatever its rows say; None if untold.

    Args:
        marked: The page with its tokens and their tags.
        found: The table; its columns stay where they are if no header names one.
        spans: The headers of the table, wherever they stand.
    """
    view = View(marked, found, dict(enumerate(found.lines)), spans)
    if view.order is None:
        return None if _contradict(view) else found
    own = _once(view.order)
    if not own:
        return found
    if None in view.order or len(own) < view.width:
        return None
    return replace(found, lines=tuple(printed_line(line, Columns(own, HEADERS)) for line in found.lines))


def cut_off(view: View) -> Choice | None:
    """The columns before a sheet's edge, where a reader saw it and their headers are the form's first."""
    left = [cells_left(view.marked.page, strip) for strip in view.strips.values()]
    if not view.marked.page.rows or not any(left):
        return None
    cells = min(cells or 0 for cells in left)
    order = [column for column, _ in view.leaves][:cells]
    if not cells or order != list(range(cells)):
        return None
    return Choice(replace(form_order(cells, "the sheet's edge cuts off the others"), cut_off=True))


def by_headers(view: View) -> Choice:
    """The columns of rows that no sum binds: as their headers say."""
    if _prints_nothing(view):
        return Choice(form_order(view.width), frozenset(view.lines), HEADER_MISSING)
    form, every = form_order(view.width), frozenset(view.lines)
    order = view.order
    if order is None:
        return Choice(form, every if _contradict(view) else frozenset())
    own = _once(order)
    if own != order:
        whole = whole_rows(view.marked.page, view.strips, len(order))
        if (whole or (view.surplus and len(own) == view.width)) and all(
            _repeats(order, v) for v in whole.values()
        ):
            return Choice(Columns(order, HEADERS))
    if len(own) == view.width:
        repeated = len(order) - order.count(None) > len(own)
        again = [index for index, strip in view.strips.items() if repeated and _alike(strip)]
        return Choice(Columns(own, HEADERS), frozenset(again), CELL_PRINTED_AGAIN, None not in order)
    if list(own) != sorted(own, key=lambda column: column or 0):
        return Choice(form, every)
    if not own or None in order or view.in_pieces:
        return Choice(form)
    if 1 < len(own) == view.width - 1 and _prints_each(view, len(own)):
        return Choice(Columns(own, "the others have no header, and no row a number for them"))
    return Choice(form, view.too_few(view.width), HEADER_MISSING)


def _alike(strip: Strip) -> bool:
    """Whether two numbers side by side are the same: one may be the other printed again."""
    return any(a.digits == b.digits not in ("", "0") for a, b in pairwise(strip.chunks))


def _prints_nothing(view: View) -> bool:
    """Whether no column is named above rows, and no number stands in any: they may be headers themselves."""
    return not view.leaves and not any(strip.chunks for strip in view.strips.values())


def _prints_as_many(view: View, lacking: int) -> bool:
    """Whether some row has more cells than columns are named, of which so many are not."""
    most = max(len(strip.chunks) for strip in view.strips.values())
    whole = whole_rows(view.marked.page, view.strips, view.width)
    return (
        bool(whole)
        or most > view.width - lacking
        or view.in_pieces
        or None in (column for column, _ in view.leaves)
    )


def _once(order: Sequence[int | None]) -> tuple[int | None, ...]:
    """The form's columns in their order, one that is printed again for each place that it spans once."""
    return tuple(dict.fromkeys(column for column in order if column is not None))


def _repeats(order: Sequence[int | None], values: Sequence[float]) -> bool:
    """Whether the same number stands at each place of one column."""
    return all(
        values[place] == values[order.index(column)]
        for place, column in enumerate(order)
        if column is not None
    )


def _prints_each(view: View, width: int) -> bool:
    """Whether every row prints a number under each of so many headers, parted as these are, and no more."""
    text = view.marked.page.folded
    headers = [header for _, header in view.headers][-width:]
    between = [text[a.start : b.start] for a, b in pairwise(headers)]
    parted = [_borders(gap) for gap in between]
    return all(
        len(strip.chunks) == width
        and not strip.strays
        and [_borders(gap) for gap in strip.gaps[1:-1]] == parted
        for strip in view.strips.values()
    )


def _borders(gap: str) -> int:
    return sum(character in _PARTING for character in gap)


def _contradict(view: View, terms: set[int] | None = None) -> bool:
    """Whether the headers say another order than the form's; with `terms`, those of these columns."""
    names = view.vocabulary.names
    lower = [column for column, group in enumerate(view.vocabulary.groups) if group]
    told = [header for index, header in view.said if terms is None or index is None or index in terms]
    pieces = [
        piece
        for piece in pieces_of(view.marked, view.spans)
        if terms is None or (index := named(names, piece.text)) is None or index in terms
    ]
    # A piece may be joined to another's header, and a whole one mean another than its first piece.
    return all(contradict(said, names, view.vocabulary.official, lower) for said in (told, pieces))


def by_sums(view: View) -> Choice:
    """The columns of rows that add up: in the order that fits better, their headers' where both do alike."""
    page, every = view.marked.page, frozenset(view.lines)
    told = _once(view.order) if view.order is not None else ()
    form = tuple(range(view.width))
    unnamed = set(form) - view.named
    if _prints_nothing(view):
        return Choice(form_order(view.width), every, HEADER_MISSING)
    if len(unnamed) == 1:
        lost = without_lost_column(
            page, view.found.table, view.lines, view.strips, min(unnamed), view.surplus
        )
        if lost is not None:
            return Choice(lost)
    orders = [told, form] if len(told) == view.width and told != form else [form]
    tried = [_best(view, order) for order in orders]
    if (
        view.surplus
        and view.order is not None
        and len(view.order) == view.width + 1
        and len(told) == view.width
    ):
        tried.append(_tried(view, Columns(view.order, HEADERS)))
    columns, _ = max(tried, key=lambda pair: (pair[1], None in pair[0].printed, bool(pair[0].terms)))
    headed = not unnamed and None not in (column for column, _ in view.leaves)
    if len(orders) == 1 and view.order is None and _contradict(view, _terms(view)):
        return Choice(columns, every)
    if None in columns.printed:
        return Choice(columns)
    if unnamed and view.named and not _prints_as_many(view, len(unnamed)):
        return Choice(columns, every, HEADER_MISSING)
    wide = any(len(strip.numbers) > view.width for strip in view.strips.values())
    if len(orders) > 1 and wide:
        return Choice(columns, every, OWN_COLUMN_UNPLACED)
    if 0 < len(told) < view.width and list(told) != sorted(told, key=lambda column: column or 0):
        return Choice(columns, every)
    short = view.too_few(view.width) if view.surplus else frozenset()
    some = [index for index in short if any(chunk.digits.strip("0") for chunk in view.strips[index].chunks)]
    return Choice(columns, frozenset(some), OWN_COLUMN_UNPLACED, headed)


def _terms(view: View) -> set[int]:
    """All that headers may say but the totals: a sum tells its total, and of its terms no order."""
    totals = {column for line in view.lines.values() for rule in line.sums for column in rule.right}
    return set(range(len(view.vocabulary.names.labels))) - totals


def _best(view: View, order: Sequence[int | None]) -> tuple[Columns, int]:
    """The columns in an order, with one of the publisher's own where rows show it, and how many rows fit."""
    columns = Columns(
        tuple(order),
        HEADERS if list(order) != sorted(order, key=lambda column: column or 0) else "the form's order",
    )
    lines = {index: printed_line(line, columns) for index, line in view.lines.items()}
    own = with_own_column(view.marked.page, lines, view.strips)
    if own is not None:
        at_places = tuple(None if place is None else order[place] for place in own.printed)
        columns = replace(own, printed=at_places)
    return _tried(view, columns)


def _tried(view: View, columns: Columns) -> tuple[Columns, int]:
    """Some columns, and how many of the rows that print them all add up so."""
    lines = {index: printed_line(line, columns) for index, line in view.lines.items()}
    whole = whole_rows(view.marked.page, view.strips, len(columns.printed))
    fits = sum(
        any(values) and holds(lines[index].sums, Reading(values, (None,) * len(values)))
        for index, values in whole.items()
    )
    return columns, fits
