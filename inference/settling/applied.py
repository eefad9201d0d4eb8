"""Apply a file of corrections to the pages of a run, and tell which of its answers no longer fit.

Flow:  corrections.jsonl, pages of a run -> **settling** -> answers of the run -> what no longer fits

Workers settle their pages, each by itself; who prints keeps account of what the file holds and no page took.
An answer to a page that is not among the run's is no fault, unless a page of its name reads otherwise now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gouji.inference.extractor import Extractor
from gouji.inference.settling.answers import Answer, page_hash, part_of
from gouji.inference.settling.corrections import Corrections, CorrectionsError, Report
from gouji.inference.settling.settle import misfits
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the answers to one page."""

    report: Report
    count: int
    taken: tuple[str, ...] = ()  # that say otherwise than the page, and were taken
    left_out: tuple[str, ...] = ()  # that were not


class Standing:
    """The answers of a file, by report.

    Args:
        path: The file.
        is_needed: Whether it must be there; else one that is not holds no answers.

    Raises:
        CorrectionsError: There is no such file.
        JournalError: It cannot be read.
    """

    def __init__(self, path: Path, *, is_needed: bool = True) -> None:
        if is_needed and not path.is_file():
            raise CorrectionsError(f"{path}: there is no such file; expected the answers of gouji serve")
        self.path = path
        file = Corrections(path)
        self.reports = file.reports()
        self.faults = file.faults()

    def of_page(self, page: Page) -> tuple[Answer, ...]:
        """The answers that stand to a page, or to its part."""
        return self.reports.get((page_hash(page), part_of(page)), ()) if self.reports else ()

    def applied(self, extractor: Extractor, page: Page) -> Applied | None:
        """What becomes of the answers to a page; None where there are none."""
        own = self.of_page(page)
        if not own:
            return None
        found = misfits(extractor, page, own)
        return Applied(
            (page_hash(page), part_of(page)),
            len(own),
            tuple(str(each) for each in found if each.applied),
            tuple(str(each) for each in found if not each.applied),
        )


@dataclass(slots=True)
class Account:
    """What became of a file's answers in a run so far."""

    standing: Standing
    met: set[Report] = field(default_factory=set)
    named: set[str] = field(default_factory=set)  # sources of pages that a report's answers name
    taken: int = 0
    left_out: int = 0

    def count(self, source: str, applied: Applied | None) -> Iterator[str]:
        """Count a page in; gives what is to be said of its answers."""
        if source in self._sources():
            self.named.add(source)
        if applied is not None:
            self.met.add(applied.report)
            self.taken += applied.count - len(applied.left_out)
            self.left_out += len(applied.left_out)
            yield from (*applied.taken, *applied.left_out)

    def misfits(self) -> Iterator[str]:
        """What fits no page of the run, at its end: lines that are no answers, answers to changed pages."""
        yield from self.standing.faults
        for report, own in self.standing.reports.items():
            if report not in self.met and own[-1].source in self.named:
                count = f"{len(own)} answer{'s' * (len(own) > 1)}"
                yield f"{own[-1].source}: its text is another one now; {count} to it not taken"

    def summary(self) -> str:
        """The closing line."""
        changed = sum(
            len(own)
            for report, own in self.standing.reports.items()
            if report not in self.met and own[-1].source in self.named
        )
        other = (
            sum(len(own) for report, own in self.standing.reports.items() if report not in self.met) - changed
        )
        parts = [f"{self.taken} answers of {self.standing.path} applied"]
        parts += [f"{self.left_out + changed} no longer fit"] if self.left_out + changed else []
        parts += [f"no answers: {len(self.standing.faults)} lines"] if self.standing.faults else []
        parts += [f"{other} to pages that are not among these"] if other else []
        return "; ".join(parts)

    @property
    def is_whole(self) -> bool:
        """Whether all answers to the run's pages could be taken."""
        return not self.left_out and not any(True for _ in self.misfits())

    def _sources(self) -> frozenset[str]:
        return frozenset(own[-1].source for own in self.standing.reports.values() if own[-1].source)
