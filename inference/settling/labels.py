"""Labelled pages from what people said: the tagger's spans, put right by settled values and corrected spans.

Flow:  pages, corrections.jsonl, spans.jsonl -> settling -> **labelled pages** -> gouji train

Only a page whose spans a person has called right, or of which nothing is ambiguous any more, teaches
something: of others, and of answers whose place on the page is not known, nobody has said what the tags are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from gouji.annotations.pages import LabelledPage
from gouji.inference.extraction import Cell, ExtractedReport, State
from gouji.inference.extractor import Extractor
from gouji.inference.prelabelling import labelled_by_tagger
from gouji.inference.readers import Options, Unread, read, unpack
from gouji.inference.settling.answers import page_hash
from gouji.inference.settling.applied import Standing
from gouji.inference.settling.settle import settled
from gouji.inference.settling.span_edits import SpanEdit, corrected
from gouji.inference.sources import Source
from gouji.model.labels import Span, Tag
from gouji.model.page import Page

NOTHING_CORRECTED: Mapping[str, Sequence[SpanEdit]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FromAnswers:
    """What a page with answers gives: a labelled page, or why there is none."""

    source: str
    page: LabelledPage | None = None
    left_out: str | None = None
    open_cells: int = 0  # where it is left out for them
    error: str | None = None  # it cannot be read


def from_answers(
    sources: Iterable[Source],
    standing: Standing,
    extractor: Extractor,
    *,
    edits: Mapping[str, Sequence[SpanEdit]] = NOTHING_CORRECTED,
    encoding: str | None = None,
) -> Iterator[FromAnswers]:
    """Label the pages that have answers or corrected spans; pages without are passed over.

    Args:
        sources: The pages.
        standing: The answers, by report.
        edits: The corrections of spans that stand, by the hash of their page.
        extractor: The extractor.
        encoding: Forces an encoding; None finds it out.
    """
    options = Options(encoding)
    for source in sources:
        if source.fault is not None:
            yield FromAnswers(source.name, error=source.fault)
            continue
        for document in unpack(source.content, options):
            if isinstance(document, Unread):
                yield FromAnswers(document.source, error=document.error)
                continue
            yield from _of_document(list(read(document, options)), standing, edits, extractor)


def _of_document(
    pages: Sequence[Page | Unread],
    standing: Standing,
    edits: Mapping[str, Sequence[SpanEdit]],
    extractor: Extractor,
) -> Iterator[FromAnswers]:
    """What the reports of each text give, together."""
    texts: dict[str, list[Page]] = {}
    for page in pages:
        if isinstance(page, Unread):
            yield FromAnswers(page.source, error=page.error)
        else:
            texts.setdefault(page.text, []).append(page)
    for own in texts.values():
        page, corrections = own[0], edits.get(page_hash(own[0]), ())
        if corrections or any(standing.of_page(page) for page in own):
            found = [settled(extractor, page, standing.of_page(page)) for page in own]
            whole = Page(page.source, page.text, rows=page.rows)
            yield labelled(labelled_by_tagger(whole, extractor.tagger), found, corrections)


def labelled(
    page: LabelledPage, reports: Sequence[ExtractedReport], edits: Sequence[SpanEdit]
) -> FromAnswers:
    """A page as people say that it is labelled; or why nobody has said so yet.

    Args:
        page: The page with the spans that the tagger finds.
        reports: What is read of it, under the answers to it.
        edits: The corrections of its spans that stand.
    """
    cells = [cell for report in reports for cell in report.cells]
    spans = page.spans
    if not any(edit.is_checked for edit in edits):
        open_cells = sum(cell.state is State.AMBIGUOUS for cell in cells)
        if open_cells:
            why = f"{open_cells} of its cells are ambiguous still"
            return FromAnswers(page.id, left_out=why, open_cells=open_cells)
        placeless = [c.key for c in cells if c.state is State.SETTLED and c.value and c.start is None]
        if placeless:
            return FromAnswers(page.id, left_out=f"where {placeless[0]} is printed is not known")
        spans = with_values(spans, [c for c in cells if c.state is State.SETTLED])
    form = reports[0].form if len(reports) == 1 and reports[0].form != "mixed" else None
    told = form is not None and all(cell.is_known for cell in cells)
    return FromAnswers(
        page.id,
        replace(
            page,
            spans=corrected(page.text, spans, edits),
            form=form if told else None,
            truth={cell.key: cell.value for cell in cells} if told else None,
        ),
    )


def with_values(spans: Sequence[Span], cells: Iterable[Cell]) -> tuple[Span, ...]:
    """Spans in which the print of each cell is a value.

    A span that is none and lies over it is cut; a value that lies over several cells, whose digits run
    together, stays as it is.

    >>> with_values([Span(Tag.ROW, 0, 8)], [Cell("t/r/c", 12, State.SETTLED, "12", None, 5, 7)])[:2]
    (Span(tag=<Tag.ROW: 'ROW'>, start=0, end=5, confidence=1.0), \
Span(tag=<Tag.VALUE: 'VALUE'>, start=5, end=7, confidence=1.0))
    """
    kept = list(spans)
    for cell in cells:
        if cell.start is None or cell.end is None:
            continue
        start, end = cell.start, cell.end
        if any(s.tag is Tag.VALUE and s.start <= start and end <= s.end for s in kept):
            continue
        over = [span for span in kept if span.start < end and start < span.end]
        kept = [span for span in kept if span not in over]
        pieces = [Span(s.tag, s.start, start) for s in over if s.start < start]
        pieces += [Span(s.tag, end, s.end) for s in over if s.tag is not Tag.VALUE and end < s.end]
        kept += [*pieces, Span(Tag.VALUE, start, end)]
    return tuple(sorted(kept, key=lambda span: span.start))
