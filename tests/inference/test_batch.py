"""A batch answers every input in order, over any number of workers, and no failure stops it."""

from __future__ import annotations

import io
import itertools
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from gouji.inference import loading, workforce
from gouji.inference.batch import Settings, extract_sources
from gouji.inference.extraction import Status
from gouji.inference.result import Extraction
from gouji.inference.sources import find_sources
from gouji.model.errors import GoujiError
from gouji.model.page import Page


class StubExtractor:
    """Answers no_tables; fails, or kills its process, where the page's text asks for it."""

    loaded = 0

    def __init__(self, model_dir: Path | None = None, forms: object = None) -> None:
        if model_dir == Path("nowhere"):
            raise GoujiError("nowhere: model.onnx: missing; train one")
        StubExtractor.loaded += 1

    def extract(self, page: Page) -> Extraction:
        if "fail" in page.text:
            raise ValueError("on purpose")
        if "die" in page.text:
            os._exit(9)
        return Extraction(page.source, None, None, None, None, {}, Status.NO_TABLES, (), (), ())


@pytest.fixture(autouse=True)
def _stub(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("gouji.inference.extractor")
    module.Extractor = StubExtractor  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gouji.inference.extractor", module)
    monkeypatch.setattr(loading, "_kept", {})
    StubExtractor.loaded = 0


def write_pages(folder: Path, count: int, **odd: str) -> list[str]:
    """Pages 000.txt …, all alike but for those named in `odd` (p007="fail")."""
    names = []
    for index in range(count):
        path = folder / f"{index:03}.txt"
        path.write_text(odd.get(f"p{index:03}", "a page"), encoding="utf-8")
        names.append(str(path))
    return names


def answers_of(inputs: list[str], jobs: int = 1, **settings: object) -> list[dict[str, object]]:
    answers = extract_sources(find_sources(inputs).sources, Settings(**settings), jobs)  # type: ignore[arg-type]
    return [json.loads(answer.line) for answer in answers]


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_input_is_answered_in_order(tmp_path: Path, jobs: int):
    names = write_pages(tmp_path, 40)

    answers = answers_of(names, jobs)

    assert [answer["source"] for answer in answers] == names
    assert {answer["status"] for answer in answers} == {"no_tables"}


def test_one_page_loads_one_extractor_and_starts_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workforce, "_pool", lambda *_: pytest.fail("a worker was started"))

    answers_of(write_pages(tmp_path, 1), jobs=8)

    assert StubExtractor.loaded == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_at_which_the_program_fails_is_answered_and_the_batch_goes_on(tmp_path: Path, jobs: int):
    answers = answers_of(write_pages(tmp_path, 40, p007="fail"), jobs)

    assert [index for index, answer in enumerate(answers) if "error" in answer] == [7]
    assert "ValueError: on purpose, test_batch.py:" in str(answers[7]["error"])
    assert "please report it" in str(answers[7]["error"])


@pytest.mark.skipif(sys.platform != "linux", reason="the stub reaches workers only where they are forked")
def test_a_page_that_kills_its_worker_is_answered_and_the_batch_goes_on(tmp_path: Path):
    names = write_pages(tmp_path, 100, p005="die", p070="die")

    answers = answers_of(names, jobs=2)

    assert [answer["source"] for answer in answers] == names
    assert [index for index, answer in enumerate(answers) if "error" in answer] == [5, 70]
    assert "the process that read it died" in str(answers[5]["error"])


def test_a_worker_that_dies_while_pages_are_handed_out_holds_up_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    names, count, submit = write_pages(tmp_path, 60), itertools.count(), ProcessPoolExecutor.submit

    def submit_or_die(pool: ProcessPoolExecutor, *work: object) -> object:
        if next(count) == 20:
            raise BrokenProcessPool("on purpose")
        return submit(pool, *work)  # type: ignore[arg-type]

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit_or_die)

    assert [answer["source"] for answer in answers_of(names, jobs=2)] == names


def test_each_bad_input_has_its_answer_and_the_others_go_on(tmp_path: Path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "good.txt").write_bytes("规章 0 0 0".encode())
    (tmp_path / "folder").mkdir()
    names = ["empty.txt", "binary.txt", "report.pdf", "none.txt", "folder", "good.txt"]

    answers = answers_of([str(tmp_path / name) for name in names])

    expected = ["is empty", "is binary", "is a damaged PDF", "no such file", "holds no page"]
    for answer, message in zip(answers, expected, strict=False):
        assert message in str(answer["error"])
        assert not str(answer["error"]).startswith(str(answer["source"]))
    assert answers[-1]["status"] == "no_tables"


def test_the_wrong_encoding_is_each_pages_own_error(tmp_path: Path):
    (tmp_path / "utf8.txt").write_bytes("青溪市".encode())
    (tmp_path / "gb.txt").write_bytes("青溪市".encode("gb18030"))

    answers = answers_of([str(tmp_path / "gb.txt"), str(tmp_path / "utf8.txt")], encoding="utf-8")

    assert "cannot decode as utf-8" in str(answers[0]["error"])
    assert "error" not in answers[1]


def test_standard_input_is_a_page(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("规章".encode())))

    assert answers_of(["-"])[0]["source"] == "-"


def test_a_name_that_is_no_utf_8_can_still_be_printed(tmp_path: Path):
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(name)).write_text("a page", encoding="utf-8")

    (answer,) = answers_of([os.fsdecode(name)])

    assert str(answer["source"]).endswith("\ufffd.txt")


@pytest.mark.parametrize(("jobs", "pages"), [(1, 1), (2, 40)])
def test_a_model_that_cannot_be_loaded_is_an_error_of_the_whole_batch(tmp_path: Path, jobs: int, pages: int):
    names = write_pages(tmp_path, pages)

    with pytest.raises(GoujiError, match="train one"):
        answers_of(names, jobs, model_dir=Path("nowhere"))
