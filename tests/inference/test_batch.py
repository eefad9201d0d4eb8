"""A batch answers every input in order, over any number of workers, and nothing in a page stops it."""

from __future__ import annotations

import faulthandler
import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gouji.inference import batch, disposable, workforce
from gouji.inference.batch import Settings, extract_sources
from gouji.inference.extraction import Status
from gouji.inference.limits import Limits
from gouji.inference.readers import Content, Options
from gouji.inference.result import Extraction
from gouji.inference.sources import find_sources
from gouji.model.errors import GoujiError
from gouji.model.page import Page

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stubs reach forked processes only")


class StubExtractor:
    """Answers no_tables with the process's number as the issuer; does to its process what a page asks for."""

    def __init__(self, model_dir: Path | None = None, forms: object = None) -> None:
        if model_dir == Path("nowhere"):
            raise GoujiError("nowhere: model.onnx: missing; train one")

    def extract(self, page: Page) -> Extraction:
        if "fail" in page.text:
            raise ValueError("on purpose")
        if "die" in page.text:
            os._exit(9)
        if "crash" in page.text:
            os.abort()
        if "hang" in page.text:
            time.sleep(600)
        if "allocate" in page.text:
            bytearray(1 << 40)
        if "fill" in page.text:
            bytearray(b"x") * (300 << 20)
        return Extraction(page.source, None, str(os.getpid()), None, None, {}, Status.NO_TABLES, (), (), ())


def pdf_that_draws_itself() -> bytes:
    """One sheet; its form object draws itself twice, and so 2^n times n levels below."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length 5>>stream\n/F Do\nendstream",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</F 5 0 R>>>>/Length 11>>"
        b"stream\n/F Do /F Do\nendstream",
    )
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return body + head + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


@pytest.fixture(autouse=True)
def _stub(extract_with: Callable[[type], None]) -> None:
    extract_with(StubExtractor)


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


def test_a_few_pages_are_answered_by_one_process_that_is_not_this_one(tmp_path: Path):
    answers = answers_of(write_pages(tmp_path, 5), jobs=8)

    (process,) = {answer["issuer"] for answer in answers}
    assert process != str(os.getpid())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_at_which_the_program_fails_is_answered_and_the_batch_goes_on(tmp_path: Path, jobs: int):
    answers = answers_of(write_pages(tmp_path, 40, p007="fail"), jobs)

    assert [index for index, answer in enumerate(answers) if "error" in answer] == [7]
    assert "ValueError: on purpose, test_batch.py:" in str(answers[7]["error"])
    assert "please report it" in str(answers[7]["error"])


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_ends_hangs_or_overfills_its_process_is_answered_and_the_batch_goes_on(
    tmp_path: Path, jobs: int
):
    faulthandler.disable()
    odd = {"p000": "crash", "p005": "die", "p006": "hang", "p020": "allocate", "p029": "crash"}
    names = write_pages(tmp_path, 30, **odd)

    answers = answers_of(names, jobs, limits=Limits(seconds=2, memory=1 << 30))

    assert [answer["source"] for answer in answers] == names
    of_memory = (
        "more than the limit of memory that one page may take, 1024 MB; raise it with --limit memory=2048M"
    )
    assert {index: answer["error"] for index, answer in enumerate(answers) if "error" in answer} == {
        0: "the process that read it died (SIGABRT); perhaps it wants " + of_memory + ", or report the page",
        5: "the process that read it died (exit status 9); perhaps it wants "
        + of_memory
        + ", or report the page",
        6: "takes more than the limit of seconds that one page may take, 2; raise it with --limit seconds=4,"
        " or report the page",
        20: f"wants {of_memory}",
        29: answers[0]["error"],
    }


def test_while_a_page_hangs_those_behind_it_are_worked_through(tmp_path: Path):
    names = write_pages(tmp_path, 100, p000="hang", p001="hang")

    begun = time.monotonic()
    answers = extract_sources(find_sources(names).sources, Settings(limits=Limits(seconds=2)), 4)
    next(answers)
    next(answers)
    rest = time.monotonic()
    assert sum(1 for _ in answers) == 98

    assert rest - begun > 2
    assert time.monotonic() - rest < 1


def test_a_process_is_replaced_after_so_many_pages_and_where_one_page_has_filled_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(disposable, "_THINGS", 10)
    names = write_pages(tmp_path, 30, p004="fill")

    answers = answers_of(names, limits=Limits(memory=500 << 20))

    processes = [answer["issuer"] for answer in answers]
    changes = [index for index in range(1, 30) if processes[index] != processes[index - 1]]
    assert changes == [5, 15, 25]


def test_what_waits_is_bounded_by_its_bytes_while_a_page_holds_the_batch_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(workforce, "_IN_FLIGHT", 1 << 20)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("first.txt", "hang")
        for number in range(60):
            archive.writestr(f"{number}.txt", f"a page {number}" + " " * (400 << 10))
    settings, sources = (
        Settings(limits=Limits(seconds=1)),
        find_sources([str(tmp_path / "pages.zip")]).sources,
    )
    with workforce.Workforce(batch.AnswerLines(settings), 4, settings.limits) as works:
        works.begin([sources[0].content])
        held = [works._size for _ in works.answers()]

    assert len(held) == 61
    assert max(held) <= (1 << 20) + (400 << 10) + 1000


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_archive_at_which_its_opening_dies_keeps_what_was_opened_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
):
    def unpack(content: Content, options: Options) -> Iterator[Content]:
        yield Content(f"{content.name}#1", b"a page")
        os.abort() if "crash" in content.name else time.sleep(600)

    monkeypatch.setattr("gouji.inference.readers.archives.unpack", unpack)
    for name in ("crash.zip", "hang.zip"):
        zipfile.ZipFile(tmp_path / name, "w").close()
    (page,) = write_pages(tmp_path, 1)

    inputs = [str(tmp_path / "crash.zip"), str(tmp_path / "hang.zip"), page]
    answers = answers_of(inputs, jobs, limits=Limits(seconds=1))

    named = [str(answer["source"]).removeprefix(f"{tmp_path}/") for answer in answers]
    assert named == ["crash.zip#1", "crash.zip", "hang.zip#1", "hang.zip", "000.txt"]
    assert "died (SIGABRT)" in str(answers[1]["error"])
    assert "--limit seconds=2" in str(answers[3]["error"])


def test_a_pdf_whose_form_draws_itself_is_answered_alone(tmp_path: Path):
    pdf = tmp_path / "loop.pdf"
    pdf.write_bytes(pdf_that_draws_itself())
    (page,) = write_pages(tmp_path, 1)

    answers = answers_of([str(pdf), page], limits=Limits(seconds=20))

    assert "error" in answers[0]
    assert answers[1]["status"] == "no_tables"


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
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("规章".encode())))

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


def test_a_process_that_only_extracts_looks_for_cycles_of_objects_seldom():
    script = (
        "import gc; from gouji.inference.loading import serve_pages_only; before = gc.get_threshold()[0]\n"
        "serve_pages_only(); print(gc.get_threshold()[0] > 10 * before, gc.get_freeze_count() > 0)"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout == "True True\n"
