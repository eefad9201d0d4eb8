"""Audit reports: their own sums, across years, text against tables, a second reading, and signs.

Flow:  pages, folders, JSON lines -> reports -> **audit** -> findings

Reports are extracted here or were before; of those that were, the page is read again from where
it was, and believed only where every cell still stands in it at its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.inference.audit.claims import check_claims
from gouji.inference.audit.findings import Finding
from gouji.inference.audit.prose import sentences
from gouji.inference.audit.reports import Report, load_reports, report_of_record
from gouji.inference.audit.second_reading import count_blanks, second_reading
from gouji.inference.audit.signs import check_signs
from gouji.inference.audit.sums import check_sums
from gouji.inference.audit.years import check_years
from gouji.inference.batch import Answer, Settings, extract_sources
from gouji.inference.outputs.read_back import is_own_table_file, read_records
from gouji.inference.readers import Unread, read, unpack
from gouji.inference.readers.again import page_again
from gouji.inference.sources import NotRead, Source, find_sources
from gouji.model.forms import Form, forms_with
from gouji.model.page import Page

_RECORD_SUFFIXES = (".jsonl", ".ndjson", ".json")
_SNIFFED = 4096  # bytes; a line of gouji extract names its source within the first hundred

Watch = Callable[[Iterator[Answer], int], Iterable[Answer]]


@dataclass(frozen=True, slots=True)
class Audited:
    """A report to audit, and its page where that is at hand."""

    report: Report
    page: Page | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The reports to audit, and the files of folders that are evidently no pages."""

    audited: Sequence[Audited]
    not_read: Sequence[NotRead]


def gather(
    inputs: Sequence[str],
    settings: Settings,
    jobs: int | None = None,
    pages: Path | None = None,
    watch: Watch = lambda answers, _: answers,
) -> Gathered:
    """The reports that arguments name: files of `gouji extract` as they are, pages extracted now.

    Args:
        inputs: Files of JSON lines, tables that gouji writes, page files, folders of pages; `-` is a page on
            standard input.
        settings: How pages are read and extracted.
        jobs: Worker processes at most.
        pages: The folder that the sources of JSON lines are relative to.
        watch: Is given the answers as they come, and their number.

    Raises:
        ReportError: A file of JSON lines is faulty.
        OutputError: A table is.
    """
    gathered: list[Audited] = []
    not_read: list[NotRead] = []
    known = forms_with(settings.forms)
    for name in inputs:
        path = Path(name)
        if path.is_file() and is_own_table_file(path):
            reports = [report_of_record(record.to_json()) for record in read_records(name, known)]
            gathered += [Audited(report, _page_again(report, pages, settings)) for report in reports]
            continue
        if path.is_file() and _holds_records(path):
            gathered += [
                Audited(report, _page_again(report, pages, settings)) for report in load_reports(path)
            ]
            continue
        found = find_sources([name], settings.options)
        not_read += found.not_read
        pages_read = _Pages(found.sources, settings)
        for answer in watch(extract_sources(found.sources, settings, jobs), len(found.sources)):
            report = report_of_record(json.loads(answer.line))
            gathered.append(Audited(report, None if report.error else pages_read.of(report)))
    return Gathered(gathered, not_read)


def audit(
    audited: Iterable[Audited], forms: Mapping[str, Form], aliases: Mapping[str, str] | None = None
) -> list[Finding]:
    """Everything that an audit finds: of each report sums, claims and second reading; then years, signs."""
    read = [each for each in audited if each.report.error is None]
    findings: list[Finding] = []
    for each in read:
        findings += check_sums(each.report, forms)
        if each.page is not None:
            prose = sentences(each.page, each.report)
            findings += check_claims(each.page, prose, each.report, forms)
            findings += second_reading(each.page, prose, each.report, forms)
        findings += count_blanks(each.report, forms)
    reports = [each.report for each in read]
    return [*findings, *check_years(reports, forms, aliases), *check_signs(reports, forms, aliases)]


def _holds_records(path: Path) -> bool:
    """Whether a file is JSON lines rather than a page: by its name, or by how it begins."""
    if path.suffix.lower() in _RECORD_SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return file.read(_SNIFFED).lstrip().startswith((b'{"source"', b'{"page"'))
    except OSError:
        return False  # reading it as a page says what is wrong


class _Pages:
    """The pages of sources, read again in the order of their answers."""

    def __init__(self, sources: Sequence[Source], settings: Settings) -> None:
        self._pages = (page for page in _pages_of(sources, settings) if isinstance(page, Page))

    def of(self, report: Report) -> Page | None:
        """The page that a report was read from; a page that the extraction failed at is passed over."""
        for page in self._pages:
            if page.source == report.source and (page.part and page.part.number) == report.part:
                return page
        return None


def _pages_of(sources: Sequence[Source], settings: Settings) -> Iterator[Page | Unread]:
    for source in sources:
        if source.fault is None:
            for content in unpack(source.content, settings.options):
                yield from [content] if isinstance(content, Unread) else read(content, settings.options)


def _page_again(report: Report, folder: Path | None, settings: Settings) -> Page | None:
    """The page that a record was made of, where it still lies there and is the same."""
    if report.error is not None:
        return None
    printed = ((cell.start, cell.end, cell.raw) for cell in report.cells.values())
    return page_again(report.source, report.part, printed, folder, settings.options)
