"""Doubts whose a label is: what it says, what it lost, and what stands around it.

Flow:  anchors, strips -> **wording** -> found tables -> line readings
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from gouji.inference.assembly.anchors import Anchor
from gouji.inference.assembly.cell_places import cells_of
from gouji.inference.assembly.doubt import Family
from gouji.inference.assembly.doubts.view import Labels, RowDoubt, of_rows
from gouji.inference.assembly.printed_page import BORDER
from gouji.inference.assembly.wording import KEEN, runs_through
from gouji.inference.why import Why
from gouji.model.forms import Label
from gouji.model.label_words import bare, bare_wordings, ordinal_of, without_brackets
from gouji.model.labels import Span, Tag
from gouji.model.page import Stretch

_HEAD = 3  # characters by which a label's beginning is known
_A_NAME = range(2, 9)  # characters of a body's: 局本级, 各乡镇街道
_MORE_WORDS = 3  # characters beyond the form's label that may be another row's
_NUMBER = re.compile(r"\d+")
_EDGES = " \t\n\u00a0|│┃"  # of a cell
_JOINERS = frozenset("、,;/+和及与或")


def out_of_order(table: Labels) -> bool:
    """Whether a row that found no place in the order of print has its label somewhere else."""
    placed = {anchor.row for anchor in table.anchors}
    for span in table.marked.tagged(Tag.ROW, table.anchors[0].start, table.anchors[-1].end + 1):
        found = table.rows.matches(_words(table, span))
        keen = {row for row, score in found if score >= KEEN}
        if keen and not keen & placed:  # of rows that print the same words one may have none
            return True
    return False


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def behind_another_label(table: Labels) -> Iterator[int]:
    """Numbers without a sum follow another item's label, which the tagger passed over.

    ::
        page
        {S:二、主动公开政府信息情况}
        {B:第二十条第（五）项}
        {C:信息内容} {C:本年处理决定数量}
        {R:行政许可} 行政处罚 {V:3}
    """
    for row, strip in table.strips.items():
        words = bare(strip.gaps[0]) if strip.chunks and not table.lines[row].sums else ""
        if words and any(label in words for label in table.printed):
            yield row


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def wordy_label(table: Labels) -> Iterator[int]:
    """A label without a sum says more than the form's: another row's may be in it.

    ::
        disclosure
        {R:规章} {V:1} {V:2} {V:3}
        {R:行政规范性文件其他文件} {V:4} {V:5} {V:6}
    """
    for anchor in table.anchors:
        if anchor.likeness < KEEN and not table.lines[anchor.row].sums:
            printed = "".join(without_brackets(_words(table, piece)) for piece in anchor.pieces)
            if _says_more(printed, table.rows.labels[anchor.row]):
                yield anchor.row


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def beheaded_label(table: Labels) -> Iterator[int]:
    """A row prints nothing, and its label has lost its beginning, perhaps with the row's numbers.

    ::
        applications
        {R:1.属于国家秘密} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
        {R:第三方合法权益}
        {R:5.属于三类内部事务信息} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
    """
    for anchor in (each for each in table.anchors if not table.strips[each.row].chunks):
        heads = [bare(wording)[:_HEAD] for wording in table.rows.labels[anchor.row].wordings]
        if not any(head in bare(_text(table, anchor)) for head in heads):
            yield anchor.row


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def end_of_anothers_label(table: Labels) -> Iterator[int]:
    """A label has lost its beginning, and another row's label ends in what is left of it.

    ::
        applications
        {R:1.信访举报投诉类申请} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
        {R:复申请} {V:1} {V:0} {V:0} {V:0} {V:0} {V:0} {V:1}
        {R:5.要求行政机关确认或重新出具已获取信息} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
    """
    for anchor in (each for each in table.anchors if each.likeness < 1.0):
        own, text = table.rows.labels[anchor.row], _text(table, anchor)
        if not ordinal_of(text) == ordinal_of(own.label) != "":
            words, others = bare(text), bare_wordings(each for each in table.rows.labels if each is not own)
            if words not in others and any(wording.endswith(words) for wording in others):
                yield anchor.row


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def anothers_label(table: Labels) -> Iterator[int]:
    """A row was given a label that is another row's, or begins as one, as where rows change places.

    ::
        applications
        {R:二、上年结转政府信息公开申请数量} {V:60} {V:0} {V:1} {V:0} {V:0} {V:0} {V:61}
        {R:一、本年新收政府信息公开申请数量} {V:9} {V:0} {V:1} {V:0} {V:0} {V:0} {V:10}
        {R:（一）予以公开} {V:9} {V:0} {V:1} {V:0} {V:0} {V:0} {V:10}
    """
    for anchor in (each for each in table.anchors if each.likeness < KEEN):
        text, own = _text(table, anchor), ordinal_of(table.rows.labels[anchor.row].label)
        keen = {row for row, score in table.rows.matches(text) if score >= KEEN}
        if keen - {anchor.row} or ordinal_of(text) not in ("", own):
            yield anchor.row


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def shared_cell(table: Labels) -> Iterator[int]:
    """A label shares its known cell with another's, or with a column's: a rule is missing there.

    The numbers beside it are theirs together, and joined as they may be no number that was printed.

    ::
        disclosure known
        {R:规章}{R:规范性文件}\t{V:34}\t{V:1}\t{V:2}
    """
    cells = {a.row: cell for a in table.anchors if (cell := _cell_of(table, a.start)) is not None}
    shared = Counter(cells.values())
    for row, cell in cells.items():
        heads = table.marked.tagged(Tag.COLUMN, *cell)
        if shared[cell] > 1 or any(_is_head(table, row, head) for head in heads):
            yield row


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def joined_to_the_next(table: Labels) -> Iterator[int]:
    """Two rows' labels are joined by 、 or 和 with nothing else between: the numbers are theirs together.

    ::
        page
        {S:二、主动公开政府信息情况}
        {B:第二十条第（六）项}
        {C:信息内容} {C:本年处理决定数量}
        {R:行政处罚、}{R:行政强制} {V:2618}
    """
    for one, other in pairwise(table.anchors):
        print_ = table.marked.folded[one.start : other.start]
        touching = not any(map(str.isspace, print_[one.end - one.start - 1 :]))
        if touching and print_[-1] in _JOINERS and not table.strips[one.row].numbers:
            yield from (one.row, other.row)


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def beside_a_header(table: Labels) -> Iterator[int]:
    """A row prints nothing, but behind it a column's label holds a number, which may be the row's.

    ::
        disclosure
        {R:规章} {C:现行有效件数44}
        {R:规范性文件} {V:1} {V:2} {V:3}
    """
    limits = [*(anchor.start for anchor in table.anchors[1:]), table.end]
    for anchor, limit in zip(table.anchors, limits, strict=True):
        is_empty = not table.strips[anchor.row].chunks
        heads = table.marked.tagged(Tag.COLUMN, anchor.end, limit) if is_empty else ()
        if any(table.marked.numbers_between(head.start, head.end) for head in heads):
            yield anchor.row


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def beside_a_row(table: Labels) -> Iterator[int]:
    """A row prints nothing, and the next cell on its line is another row's label: the table lies on its side.

    ::
        applications
        | {R:一、本年新收政府信息公开申请数量} | {R:二、上年结转政府信息公开申请数量} | {R:（七）总计} |
    """
    for one, other in pairwise(table.anchors):
        between = table.marked.folded[one.end : other.start]
        beside = "\n" not in between and len(BORDER.findall(between)) == 1
        if beside and not table.strips[one.row].chunks:
            yield one.row
            yield from () if table.strips[other.row].chunks else (other.row,)


@of_rows(Family.OWNERSHIP, Why.LABEL_UNSURE, even_known=True)
def printed_twice(table: Labels) -> Iterable[int]:
    """The page prints the table twice, with other numbers: one may be last year's.

    ::
        page
        {S:三、收到和处理政府信息公开申请情况}
        {R:一、本年新收政府信息公开申请数量} {V:1} {V:0} {V:0} {V:0} {V:0} {V:0} {V:1}
        {R:二、上年结转政府信息公开申请数量} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
        {R:一、本年新收政府信息公开申请数量} {V:2} {V:0} {V:0} {V:0} {V:0} {V:0} {V:2}
        {R:二、上年结转政府信息公开申请数量} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
    """
    first, last = table.anchors[0].start, table.anchors[-1].end
    again = [
        span
        for span in table.marked.labels_of_this_year
        if span.tag is Tag.ROW
        and not first <= span.start < last
        and table.rows.like(_words(table, span), KEEN)
    ]
    if len(again) < 2 or len(again) * 2 < len(table.anchors):  # a few labels are no table
        return ()
    places = ((first, last), (again[0].start, again[-1].end))
    shorter, longer = sorted(
        (" ".join(_NUMBER.findall(table.marked.folded, *place)) for place in places), key=len
    )
    alike = shorter in longer and (shorter or not longer)
    return () if alike else (anchor.row for anchor in table.anchors)


@of_rows(Family.OWNERSHIP, Why.LABEL_UNSURE, even_known=True)
def one_of_several(table: Labels) -> Iterator[int]:
    """A row's label stands again before other numbers, or with other words in brackets: two bodies' rows.

    ::
        disclosure
        {R:规章（局本级）} {V:1} {V:2} {V:3}
        {R:规章（下属单位）} {V:4} {V:5} {V:6}
        {R:规范性文件} {V:7} {V:8} {V:9}
    """
    own = {piece for anchor in table.anchors for piece in anchor.pieces}
    others: dict[str, list[Span]] = {}  # the rows' labels that are no anchor's, by their words
    for span in table.marked.tagged(Tag.ROW, table.anchors[0].start, table.end):
        if span not in own:
            others.setdefault(without_brackets(_words(table, span)), []).append(span)
    for anchor in table.anchors:
        text = _text(table, anchor)
        words, whole = without_brackets(text), bare(text)
        for span in others.get(words, ()):
            other = bare(_words(table, span))
            of_another = words not in (whole, other) and whole != other
            again = whole == other and span.start < table.anchors[-1].start  # as where a page breaks
            if of_another or (again and _prints_others(table, anchor.row, span)):
                yield anchor.row


@of_rows(Family.OWNERSHIP, Why.LABEL_UNSURE, even_known=True)
def in_two_rows(table: Labels) -> Iterator[int]:
    """Words stand between a row's label and its numbers, and numbers of other words follow: two bodies' rows.

    ::
        disclosure
        {R:规章} 局本级 {V:1} {V:2} {V:3}
        {R:下属单位} {V:4} {V:5} {V:6}
        {R:规范性文件} {V:7} {V:8} {V:9}
    """
    for row, strip in table.strips.items():
        if strip.foreign_row and strip.numbers:
            before = table.marked.folded[strip.label_end : strip.numbers[0].start].strip(_EDGES)
            if len(before) in _A_NAME and before.isalnum():
                yield row


@of_rows(Family.WORDING, Why.LABEL_UNSURE, even_known=True)
def twin_label(table: Labels) -> Iterable[int]:
    """Another row prints the same words, and has no label of its own."""
    return table.twins


def _text(table: Labels, anchor: Anchor) -> str:
    return "".join(_words(table, piece) for piece in anchor.pieces)


def _prints_others(table: Labels, row: int, label: Span) -> bool:
    """Whether a label has numbers behind it, and not those of a row."""
    marked, own = table.marked, [chunk.digits for chunk in table.strips[row].numbers]
    behind = next((span.start for span in marked.labels if span.start >= label.end), table.end)
    numbers = [
        marked.folded[value.start : value.end] for value in marked.tagged(Tag.VALUE, label.end, behind)
    ]
    return numbers not in ([], own)


def _words(table: Labels, span: Span) -> str:
    return table.marked.page.text[span.start : span.end]


def _is_head(table: Labels, row: int, head: Span) -> bool:
    """Whether a column's label is one that the form has."""
    line, text = table.lines[row], _words(table, head)
    return bool(line.heads.matches(text)) or bare(text) in map(bare, line.block.heads)


def _cell_of(table: Labels, place: int) -> Stretch | None:
    return next((cell for cell in cells_of(table.marked.page, place) if cell[0] <= place < cell[1]), None)


def _says_more(printed: str, label: Label) -> bool:
    """Whether a printed label holds one of the form's whole, and words that none of those has."""
    wordings = [bare(wording) for wording in label.wordings]
    return any(
        runs_through(words, printed) and len(printed) >= len(words) + _MORE_WORDS for words in wordings
    ) and not any(runs_through(printed, words) for words in wordings)


DOUBTS: tuple[RowDoubt[Labels], ...] = tuple(one for one in globals().values() if isinstance(one, RowDoubt))
