"""A report in JSON of any kind is read as the page that it was made of: every cell, in both forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from gouji.inference.extraction import State
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, Unread, read, unpack
from gouji.inference.result import Extraction
from gouji.model.page import Page
from gouji.training.kinds import json_answers, json_models, json_tools
from gouji.training.kinds.json_report import Made

from .json_report import made


def kinds(module: ModuleType) -> Iterator[Callable[[Made], bytes]]:
    """The functions that a module defines, each a kind."""
    for name, kind in vars(module).items():
        if callable(kind) and getattr(kind, "__module__", "") == module.__name__ and not name.startswith("_"):
            yield kind


KINDS = [*kinds(json_answers), *kinds(json_tools), *kinds(json_models)]


def pages_of(data: bytes, column: str | None = None) -> list[Page]:
    options = Options(column=column)
    held = [page for content in unpack(Content("a", data), options) for page in _read(content, options)]
    assert not [page for page in held if isinstance(page, Unread)]
    return [page for page in held if isinstance(page, Page)]


def _read(content: Content | Unread, options: Options) -> Iterator[Page | Unread]:
    yield from [content] if isinstance(content, Unread) else read(content, options)


def not_right(report: Made, extraction: Extraction) -> list[str]:
    """The cells that are not what the report says; a blank and 0 are one reading."""
    return [
        cell.key
        for cell in extraction.cells
        if cell.state in (State.AMBIGUOUS, State.MISSING)
        or (cell.value or 0) != (report.cells[cell.key] or 0)
    ]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("form", "seed"), [("2019", 71), ("2021", 72)])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_cell_is_read(extractor: Extractor, kind: Callable[[Made], bytes], form: str, seed: int):
    report = made(form, seed)

    (page,) = pages_of(kind(report))

    extraction = extractor.extract(page)
    assert not_right(report, extraction) == []
    assert [page.text[cell.start : cell.end] for cell in extraction.cells if cell.raw] == [
        cell.raw for cell in extraction.cells if cell.raw
    ]
    zeros = [cell for cell in extraction.cells if cell.state is State.BLANK and report.cells[cell.key] == 0]
    assert zeros == []
