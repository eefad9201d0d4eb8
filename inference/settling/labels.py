"""Labelled pages from a person's answers: what the tagger found, put right where a settled value is printed.

Flow:  pages, corrections.jsonl -> settling -> **labelled pages** -> gouji train

Only a page of which nothing is ambiguous any more teaches something: of others, and of answers whose place on
the page is not known, nobody has said what the tags are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gouji.annotations.pages import LabelledPage
from gouji.inference.extraction import Cell, State
from gouji.inference.extractor import Extractor
from gouji.inference.prelabelling import labelled_by_tagger
from gouji.inference.readers import Options, Unread, read, unpack
from gouji.inference.result import Extraction
from gouji.inference.settling.applied import Standing
from gouji.inference.settling.settle import settled
from gouji.inference.sources import Source
from gouji.model.labels import Span, Tag
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class FromAnswers:
    """What a page with answers gives: a labelled page, or why there is none."""

    source: str
    page: LabelledPage | None = None
    left_out: str | None = None
    error: str | None = None  # it cannot be read


def from_answers(
    sources: Iterable[Source], standing: Standing, extractor: Extractor, *, encoding: str | None = None
) -> Iterator[FromAnswers]:
    """Label the pages that have answers; pages without are passed over.

    Args:
        sources: The pages.
        standing: The answers, by report.
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
            yield from _of_document(list(read(document, options)), standing, extractor)


def _of_document(
    pages: Sequence[Page | Unread], standing: Standing, extractor: Extractor
) -> Iterator[FromAnswers]:
    """What the reports of each text give, together."""
    texts: dict[str, list[Page]] = {}
    for page in pages:
        if isinstance(page, Unread):
            yield FromAnswers(page.source, error=page.error)
        else:
            texts.setdefault(page.text, []).append(page)
    for own in texts.values():
        if any(standing.of_page(page) for page in own):
            found = [settled(extractor, page, standing.of_page(page)) for page in own]
            yield _labelled(own[0], found, extractor)


def _labelled(page: Page, found: Sequence[Extraction], extractor: Extractor) -> FromAnswers:
    cells = [cell for extraction in found for cell in extraction.cells]
    open_cells = sum(cell.state is State.AMBIGUOUS for cell in cells)
    if open_cells:
        return FromAnswers(page.source, left_out=f"{open_cells} of its cells are ambiguous still")
    placeless = [c.key for c in cells if c.state is State.SETTLED and c.value and c.start is None]
    if placeless:
        return FromAnswers(page.source, left_out=f"where {placeless[0]} is printed is not known")
    whole = Page(page.source, page.text, rows=page.rows)
    labelled = labelled_by_tagger(whole, extractor.tagger)
    spans = with_values(labelled.spans, [c for c in cells if c.state is State.SETTLED])
    form = found[0].form if len(found) == 1 and found[0].form != "mixed" else None
    told = form is not None and all(cell.is_known for cell in cells)
    truth = {cell.key: cell.value for cell in cells} if told else None
    form = form if told else None
    return FromAnswers(page.source, replace(labelled, spans=spans, form=form, truth=truth))


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
