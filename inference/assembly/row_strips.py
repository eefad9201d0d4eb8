"""A row's strip: what is printed between its label and the next one, collected.

Flow:  anchors -> collector -> **row strips** -> strips -> readings
"""

from __future__ import annotations

import re

from gouji.inference.assembly.anchors import Anchor
from gouji.inference.assembly.collector import NUMBERED_ROW, Collector
from gouji.inference.assembly.joined_print import joined_in_cells
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.number_print import judged
from gouji.inference.assembly.strips import DOUBTFUL, Chunk, Strip
from gouji.inference.assembly.word_cells import SHORTEST_LABEL
from gouji.inference.assembly.wording import Wordings
from gouji.model.label_words import bare, ordinal_of
from gouji.model.labels import Span, Tag

_NUMBERED = re.compile(rf"{NUMBERED_ROW.pattern}|第")
_HEADINGS = (Tag.SECTION, Tag.SUBTABLE, Tag.GROUP)


def collect_strip(
    marked: MarkedPage,
    start: int,
    end: int,
    *,
    expected: int,
    signed: bool,
    anchor: Anchor | None = None,
    rows: Wordings | None = None,
    wider: bool = False,
    groups: frozenset[str] = frozenset(),
    band: bool = False,
) -> Strip:
    """Collect the numbers printed between two places of a page.

    Args:
        marked: The page with its tokens and their tags.
        start: Where the row's label begins, in characters.
        end: Where the next row's label, or the end of the table, stands.
        expected: How many numbers a full row has.
        signed: Whether its numbers may be negative; counts that are summed may not.
        anchor: The row's label; None where the numbers have none.
        rows: The table's labels, to know the rest of a wrapped label.
        wider: Whether more column labels stand above the row than it has cells.
        groups: The bare labels of groups that the row does not stand in.
        band: Whether the numbers are a band's, below all of its labels.
    """

    def own(span: Span) -> bool:
        if anchor is None or rows is None:
            return False
        if span in anchor.pieces:
            return True
        text = marked.page.text[span.start : span.end]
        numbered = NUMBERED_ROW.match(marked.folded, span.start) is not None
        if numbered and ordinal_of(text) != ordinal_of(rows.labels[anchor.row].label):
            return False  # however like the words: 2.申请… begins another row than 1.申请…
        # An explanation in brackets, begun in this span or before it, goes on with the label.
        explains = not numbered and marked.is_bracket_open(anchor.start, span.start + 1)
        return explains or rows.holds(anchor.row, text)

    def collected(words_are_cells: bool) -> Collector:
        collector = Collector(marked, expected, signed, own, words_are_cells, groups)
        collector.walk(start, end)
        return collector

    collector = collected(anchor is not None or band)
    # A band is not told from what stands below it, unless its words fill it up among numbers.
    ends_in_words = any(chunk.unread and not chunk.digits for chunk in collector.chunks[-1:])
    is_cut = band and (ends_in_words or len(collector.chunks) < expected)
    beyond = collector.chunks[expected:]
    if is_cut or any(band or not chunk.unread for chunk in beyond):  # then words are other text
        collector = collected(words_are_cells=False)
    joined = joined_in_cells(marked, collector.chunks, None if wider else expected, signed=signed)
    pieces = anchor.pieces if anchor is not None else ()
    before = (piece.end for piece in pieces if not joined or piece.end <= joined[0].start)
    label_end = max(before, default=start)
    # Where behind the row's last number a numbered heading begins, or a group.
    behind = marked.labels_between(joined[-1].print_end if joined else end, end)
    headings = (s.start for s in behind if s.tag in _HEADINGS and _NUMBERED.match(marked.folded, s.start))
    row_end = next(headings, end)
    chunks = [judged(marked, chunk, label_end, signed=signed, row_end=row_end) for chunk in joined]
    gaps = zip((label_end, *(c.print_end for c in chunks)), (*(c.start for c in chunks), end), strict=True)
    return Strip(
        row=anchor.row if anchor is not None else None,
        chunks=tuple(chunks),
        gaps=tuple(marked.page.text[a:b] for a, b in gaps),
        label_end=label_end,
        strays=tuple(collector.strays),
        page_marks=tuple(collector.page_marks),
        seen=frozenset(collector.seen),
        confidence=1.0 if anchor is None else _confidence(marked, anchor),
    )


def _confidence(marked: MarkedPage, anchor: Anchor) -> float:
    """How sure a row's label is one: the form's very words, in a cell of their own, surely are."""
    own = min(piece.confidence for piece in anchor.pieces)
    if own >= DOUBTFUL or anchor.likeness < 1.0:
        return own
    first, behind = marked.index_at(anchor.start), marked.index_at(anchor.end)
    around = (*marked.tokens[max(first - 1, 0) : first], *marked.tokens[behind : behind + 1])
    words = sum(len(bare(marked.page.text[piece.start : piece.end])) for piece in anchor.pieces)
    sure = words >= SHORTEST_LABEL and all(token.parts_cells for token in around)
    return DOUBTFUL if sure else own


def collect_all(marked: MarkedPage, start: int, end: int, *, expected: int) -> tuple[Chunk, ...]:
    """All numbers between two places that the tagger calls values, and marks of blanks, in reading order.

    Args:
        marked: The page with its tokens and their tags.
        start: Where they begin, in characters.
        end: Where they end.
        expected: How many cells stand there; none holds less than 0.
    """
    strip = collect_strip(marked, start, end, expected=expected, signed=False)
    chunks = sorted((*strip.chunks, *strip.strays), key=lambda chunk: chunk.start)
    return tuple(
        judged(marked, chunk, 0, signed=False)
        for chunk in chunks
        if chunk.is_mark or any(map(marked.is_value, marked.between(chunk.start, chunk.end)))
    )
