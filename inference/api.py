"""What the package offers to a program: read, extract one, extract many, load, and a data frame of all.

Flow:  strings, bytes, files -> contents -> **extractions** -> tables, data frames

The public names stand at the root: `gouji.extract` is this module's. One report that cannot be read is
raised; of many, each failure is a value in its place. The model is loaded once a process, when it is needed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.inference.answering import Answerer
from gouji.inference.batch import usable_cores
from gouji.inference.given import Given, Source, content_of
from gouji.inference.limits import Limits, limits_with
from gouji.inference.loading import kept_extractor
from gouji.inference.readers import Options, Unread, unpack
from gouji.inference.readers.registry import pages_of
from gouji.inference.reading import ReadingError
from gouji.inference.result import Extraction
from gouji.inference.workforce import in_order
from gouji.model.errors import GoujiError
from gouji.model.forms import forms_with
from gouji.model.page import Page

if TYPE_CHECKING:
    import pandas as pd

    from gouji.inference.extractor import Extractor
    from gouji.inference.outputs.frames import FrameShape


def extract(
    source: Source | Page,
    *,
    url: str | None = None,
    encoding: str | None = None,
    column: str | None = None,
    model: str | os.PathLike[str] | None = None,
    forms: Sequence[str | os.PathLike[str]] = (),
) -> Extraction:
    """Rebuild and check the tables of one report.

    It is read in the process that calls this: all limits of a page hold but `seconds` and `memory`, and what
    crashes a library crashes the process. What nobody vouches for goes to `extract_many`, which reads each in
    a process of its own: `(answer,) = extract_many([source])`.

    Args:
        source: HTML or text as a string, told apart by what it holds; the bytes of a file of any kind that
            is read (HTML, text, PDF, DOCX …); a file's path, also as a string; or a page of `read`.
        url: What the report is called, as its `source`; else its path, or `<text>`, `<bytes>`.
        encoding: Of bytes and files that do not say theirs, such as `gb18030`.
        column: Of JSON lines and Parquet, the column that holds the page.
        model: A model folder of your own, as `gouji train` makes it.
        forms: TOML files of forms of your own, besides the shipped ones.

    Returns:
        The extraction. A text without a table of a known form has the status `no_tables`.

    Raises:
        ReadingError: It cannot be read, names no file that is there, or holds several reports.
        TypeError: It is neither string, bytes nor path.
        ModelError, FormError: The model folder is incomplete, a form's file faulty.

    >>> extraction = extract("samples/pages/yunling_2022__lines.txt")
    >>> extraction.status.value, extraction.year
    ('verified', 2022)
    >>> extraction["applications/total/total"].value
    107
    >>> extraction.table("applications")["（一）予以公开", "总计"].value
    43
    >>> table = "<table><tr><td>行政复议<td>3<td>1<td>0<td>1<td>5</table>"
    >>> extract(table, url="https://example.cn/2023.html").source
    'https://example.cn/2023.html'
    """
    extractor = kept_extractor(*_paths(model, forms))
    if isinstance(source, Page):
        return extractor.extract(source if url is None else replace(source, source=url))
    return extractor.extract(read(source, url=url, encoding=encoding, column=column))


def read(
    source: Source, *, url: str | None = None, encoding: str | None = None, column: str | None = None
) -> Page:
    """The text of one report, in which the `start` and `end` of its cells count.

    Args:
        source: As in `extract`; so are the others.

    Raises:
        ReadingError: It cannot be read, names no file that is there, or holds several reports.
        TypeError: It is neither string, bytes nor path.

    >>> page = read("samples/pages/yunling_2022__lines.txt")
    >>> cell = extract(page)["disclosure/licensing/decisions"]
    >>> page.text[cell.start : cell.end]
    '286'
    """
    content, options = content_of(source, url), Options(encoding, column)
    if isinstance(content, Unread):
        raise ReadingError(str(content))
    first, *others = [*islice(unpack(content, options), 2)] or [Unread(content.name, "holds no page")]
    if isinstance(first, Unread) and not others:
        raise ReadingError(str(first))
    pages = [] if others or isinstance(first, Unread) else list(pages_of(first, options))
    if len(pages) != 1:
        held = f"{len(pages)} reports" if pages else "several pages"
        raise ReadingError(f"{content.name}: holds {held}; gouji.extract_many([source]) gives them all")
    return pages[0]


def extract_many(
    sources: Iterable[Source | tuple[str, Source]] | Source,
    *,
    processes: int | None = None,
    limits: Iterable[str] = (),
    encoding: str | None = None,
    column: str | None = None,
    model: str | os.PathLike[str] | None = None,
    forms: Sequence[str | os.PathLike[str]] = (),
) -> Iterator[Extraction | Unread]:
    """Extract many reports, in order, over several processes.

    Args:
        sources: Strings, bytes and paths, each also as a pair `(url, source)`; a folder stands for the files
            below it, an archive, crawl or file of JSON lines for all its pages. A single one, too.
            Taken a little ahead of the answers: up to 16 a process.
        processes: How many at most; one a usable core where not given, and one for a few reports.
            On Linux a script needs no `if __name__ == "__main__"` for them; elsewhere it does.
        limits: What a report may take, such as `["seconds=120", "memory=4G"]`, where that is not the default:
            one beyond it is an `Unread` that names the limit, as is one that kills its process.
        encoding: As in `extract`; so are the others.

    Yields:
        One answer a report, in the order of the sources; of a source that holds several, all, one after
        the other. What cannot be read is an `Unread` in its place, with its `source` and its `error`; it is
        false where an extraction is true. What has no name is called `<text>#N`, the Nth of the sources.
        An exception that the iterable of sources itself raises comes when all before it is answered.

    Raises:
        ModelError, FormError: The model folder is incomplete, a form's file faulty.
        LimitError: There is no such limit.

    >>> for answer in extract_many(["samples/pages/yunling_2022__lines.txt", "no/such.html"], processes=1):
    ...     print(answer.source, answer.status.value if answer else answer.error)
    samples/pages/yunling_2022__lines.txt verified
    no/such.html no such file, and no text of a report; check the path
    """
    model_dir, files = _paths(model, forms)
    extractor = kept_extractor(model_dir, files)  # what is faulty is named before any source is taken
    held_to = limits_with(limits)
    _import_for_pages(extractor)
    work = _Extractions(Options(encoding, column), model_dir, files)
    return _answers(sources, work, processes or usable_cores(), held_to)


def load(
    path: str | os.PathLike[str], *, forms: Sequence[str | os.PathLike[str]] = ()
) -> Iterator[Extraction | Unread]:
    """The extractions of an earlier run, one at a time.

        panel = gouji.frame(gouji.load("matrices.jsonl"), "wide")

    Args:
        path: What `gouji extract` or `gouji convert` wrote: JSON lines, CSV or Parquet.
        forms: TOML files of forms of your own that it was run with.

    Yields:
        Extractions, and an `Unread` for each page that could not be read.

    Raises:
        OutputError: The file cannot be read, or is none that gouji writes.
    """
    from gouji.inference.outputs.read_back import read_records
    from gouji.inference.outputs.records import report_of

    known = forms_with(_paths(None, forms)[1])
    for record in read_records(os.fspath(path), known):
        if record.error is not None:
            yield Unread(record.source, record.error)
        else:
            yield Extraction.of(report_of(record), known if forms else None)


def frame(
    answers: Iterable[Extraction | Unread],
    shape: FrameShape = "tidy",
    *,
    forms: Sequence[str | os.PathLike[str]] = (),
) -> pd.DataFrame:
    """A pandas data frame of extractions, and of what could not be read.

    Args:
        answers: Of `extract_many` or `load`.
        shape: `tidy`, a row a cell; `wide`, a row a report; `pages`, a row a report without its cells. In
            the last two, what could not be read has the status `error`.
        forms: TOML files of forms of your own that were looked for.

    Raises:
        OutputError: pandas is not installed (the extra `tables` brings it), or a form is not known.

    >>> panel = frame(extract_many("samples/pages", processes=1), "wide")
    >>> panel[["year", "status", "applications/total/total"]].values.tolist()
    [[2020, 'incomplete', 480], [2022, 'verified', 107]]
    """
    from gouji.inference.outputs.frames import frame_of

    return frame_of(answers, shape, forms_with(_paths(None, forms)[1]))


class _Extractions(Answerer[Extraction | Unread]):
    """Answers with what was found, as it is."""

    def of_page(self, extractor: Extractor, page: Page) -> Extraction:
        return extractor.extract(page)

    def of_failure(self, unread: Unread) -> Unread:
        return unread


def _answers(
    sources: Iterable[Source | tuple[str, Source]] | Source, work: _Extractions, most: int, limits: Limits
) -> Iterator[Extraction | Unread]:
    given = Given(sources)
    yield from in_order(given, work, most, limits)
    if given.fault is not None:
        raise given.fault


def _import_for_pages(extractor: Extractor) -> None:
    """Import what text and HTML need, here and now, once for all processes.

    One that is forked while another thread imports a module would wait for that module for ever.
    """
    for source in ("规章 3", "<table><tr><td>规章<td>3</table>"):
        with suppress(GoujiError):  # a package may be missing; the pages that need it will say so
            extractor.extract(read(source))


def _paths(
    model: str | os.PathLike[str] | None, forms: Sequence[str | os.PathLike[str]]
) -> tuple[Path | None, tuple[Path, ...]]:
    if isinstance(forms, str | os.PathLike):
        raise TypeError(f"expected a list of files of forms; got {forms!r}: write forms=[{forms!r}]")
    return None if model is None else Path(model), tuple(map(Path, forms))
