"""The labelled pages that a workbench holds: what its people settled and corrected, for `gouji train`.

Flow:  corrections.jsonl, spans.jsonl, kept pages -> **labelled pages in hand** -> training, download

They are made as `gouji annotations from-corrections` makes them of the pages' files, which need not be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gouji.annotations.page_files import parse_name
from gouji.annotations.pages import LabelledPage
from gouji.inference.outputs.records import report_of
from gouji.inference.serve.span_desk import found_spans
from gouji.inference.serve.store import Store
from gouji.inference.settling import Corrections
from gouji.inference.settling.labels import FromAnswers, labelled
from gouji.inference.settling.span_edits import SpanEdit
from gouji.inference.settling.span_file import SpanFile


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A report that people worked on, and that is no labelled page yet."""

    id: str
    title: str
    open_cells: int  # ambiguous still; 0: where a settled value is printed is not known


@dataclass(frozen=True, slots=True)
class InHand:
    """What there is to train on."""

    pages: tuple[LabelledPage, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def issuers(self) -> int:
        """How many issuers the pages name; one that names none counts by itself."""
        return len({page.issuer or page.id for page in self.pages})


def in_hand(store: Store, corrections: Corrections, spans: SpanFile) -> InHand:
    """The labelled pages, and what else was worked on."""
    edits = spans.pages()
    texts = dict.fromkeys([*(text for text, _ in corrections.reports()), *edits])
    pages: dict[str, LabelledPage] = {}
    left_out = []
    for text in texts:
        for id_, found in _of_text(store, text, edits.get(text, ())):
            if found.page is None:
                title = store.record(id_).title or found.source
                left_out.append(LeftOut(id_, title, found.open_cells))
            else:
                name = _unlike(found.page.id, pages)
                pages[name] = replace(found.page, id=name)
    return InHand(tuple(pages.values()), tuple(left_out))


def _of_text(store: Store, text: str, edits: tuple[SpanEdit, ...]) -> Iterator[tuple[str, FromAnswers]]:
    """What one text gives, where its page is kept: under one of the names that it came under."""
    by_part = {store.report_of_text(id_)[1]: id_ for id_ in reversed(store.ids_with_text(text))}
    ids = [by_part[part] for part in sorted(by_part, key=lambda part: part or 0)]
    kept = store.page(ids[0]) if ids else None
    if kept is None:
        return
    name, reports = parse_name(Path(kept.page.source)), [report_of(store.record(id_)) for id_ in ids]
    page = LabelledPage(
        id=kept.page.source,
        text=kept.page.text,
        spans=tuple(found_spans(store, text)),
        tool=name.tool,
        damage=name.damage,
        issuer=reports[0].issuer or "",
    )
    yield ids[0], labelled(page, reports, edits)


def _unlike(name: str, taken: dict[str, LabelledPage]) -> str:
    """The name, or with a number where another page of that name has another text."""
    number, unlike = 2, name
    while unlike in taken:
        number, unlike = number + 1, f"{name}#{number}"
    return unlike
