"""Read pages of known truth once, and assemble them again with doubts switched off, over several processes.

Flow:  pages, truths -> found pages -> **extractions with and without** -> worths -> table, JSON

All doubts look at the same print, so one that does not fire on a page cannot change it: only those that
fire are switched off there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gouji.annotations.page_files import PageFile
from gouji.annotations.truth import Truth
from gouji.inference.ablation.switches import Switch
from gouji.inference.ablation.worth import Worth, worth_of
from gouji.inference.answering import Answerer
from gouji.inference.batch import Settings, usable_cores
from gouji.inference.evaluation.cells import PageScore, score_page
from gouji.inference.evaluation.predictions import prediction_of_record
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Unread
from gouji.inference.result import Extraction
from gouji.inference.workforce import in_order
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class PageAblation:
    """One page as it is read, and what each switch is worth on it, where one of its doubts fires."""

    page: str  # the file's name
    score: PageScore | None  # with all doubts; None where the page could not be read
    worths: Mapping[str, Worth] = field(default_factory=dict)  # by the switch's name
    error: str | None = None


def ablate(
    pages: Sequence[PageFile],
    truths: Mapping[str, Truth],
    switches: Sequence[Switch],
    settings: Settings,
    jobs: int | None = None,
) -> Iterator[PageAblation]:
    """Switch doubts off on pages of known truth.

    Args:
        pages: The pages, each with its truth's id.
        truths: The truths, by id.
        switches: What is switched off together.
        settings: The model's folder and forms, where they are not the shipped ones.
        jobs: How many worker processes at most; None for one a usable core.

    Returns:
        One ablation a page, in the order of the pages; of several reports on a page, of the first.

    Raises:
        GoujiError: The model or a form cannot be loaded.
    """
    contents = (Content(str(page.path), path=page.path) for page in pages)
    work = _Ablating(settings, {page.path.name: (page, truths[page.truth]) for page in pages}, switches)
    found = in_order(contents, work, jobs or usable_cores(), settings.limits)
    return (ablation for ablation in found if ablation is not None)


class _Ablating(Answerer[PageAblation | None]):
    """Answers with a page's ablation; with None where a page has no truth of its own."""

    def __init__(
        self,
        settings: Settings,
        truths: Mapping[str, tuple[PageFile, Truth]],
        switches: Sequence[Switch],
    ) -> None:
        super().__init__(settings.options, settings.model_dir, settings.forms)
        self._truths = truths
        self._switches = switches

    def of_page(self, extractor: Extractor, page: Page) -> PageAblation | None:
        name = Path(page.source).name
        if name not in self._truths or (page.part is not None and page.part.number > 1):
            return None
        found = extractor.find(page)
        read = extractor.assemble(found)
        score = self._score(name, read.extraction)
        worths = {}
        for switch in self._switches:
            if switch.off.isdisjoint(read.doubts):
                continue
            without = extractor.assemble(found, switch.off).extraction
            same = without == read.extraction
            worths[switch.name] = Worth(fired=1) if same else worth_of(score, self._score(name, without))
        return PageAblation(name, score, worths)

    def of_failure(self, unread: Unread) -> PageAblation:
        return PageAblation(Path(unread.source).name, None, error=unread.error)

    def _score(self, name: str, extraction: Extraction) -> PageScore:
        return score_page(*self._truths[name], prediction_of_record(extraction.to_record()))
