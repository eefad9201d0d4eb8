"""From Python: one report or many from strings, bytes and files, errors as values, tables as issued."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest

import gouji
from gouji.inference import extractor as extractor_module
from gouji.inference import loading
from gouji.inference.outputs.errors import OutputError
from gouji.inference.reading import ReadingError
from gouji.model.forms import FormError

WEBSITE = Path(__file__).parent.parent / "samples" / "website"
FORM = WEBSITE / "website.toml"
URL = "https://www.yunling.example.cn/2022.html?id=3"


@pytest.fixture(scope="module")
def path(samples: Path) -> Path:
    return samples / "yunling_2022__lines.txt"


@pytest.fixture(scope="module")
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read(path: Path) -> gouji.Extraction:
    return gouji.extract(path)


@pytest.fixture(scope="module")
def html(read: gouji.Extraction) -> str:
    """The sample's tables as HTML has them."""
    return f"<!DOCTYPE html><html><title>{read.title}</title><body>{read._repr_html_()}</body></html>"


@pytest.fixture(scope="module")
def two_reports(html: str, read: gouji.Extraction) -> str:
    """A page that holds another year's report behind the first."""
    later = read._repr_html_().replace(">286<", ">287<").replace(">116<", ">117<").replace(">17<", ">18<")
    return html.replace("</body>", f"<h1>云岭市水务局2023年政府信息公开工作年度报告</h1>{later}</body>")


def values(extraction: gouji.Extraction) -> list[object]:
    return [cell.value for cell in extraction.cells]


def test_html_and_text_in_a_string_bytes_and_paths_give_the_same_cells(
    path: Path, text: str, html: str, read: gouji.Extraction
):
    sources = [text, html, html.encode("gb18030"), path.read_bytes(), str(path), text.replace("\n", "\r\n")]

    extractions = [gouji.extract(source) for source in sources]

    assert all(values(extraction) == values(read) for extraction in extractions)
    assert {str(extraction.status) for extraction in extractions} == {"verified"}


def test_html_on_one_line_is_told_from_a_name(html: str, read: gouji.Extraction):
    assert values(gouji.extract(html.replace("\n", ""))) == values(read)


def test_a_string_is_decoded_already_whatever_encoding_is_named(text: str, html: str, read: gouji.Extraction):
    for source in (text, html):
        assert values(gouji.extract(source, encoding="gb18030")) == values(read)


def test_bytes_are_decoded_by_the_encoding_that_is_named(text: str, read: gouji.Extraction):
    assert values(gouji.extract(text.encode("utf-16-le"), encoding="utf-16-le")) == values(read)


def test_the_source_is_the_url_or_the_path_or_says_what_was_handed_over(path: Path, text: str):
    assert gouji.extract(text, url=URL).source == URL
    assert gouji.extract(path, url=URL).source == URL
    assert gouji.extract(path).source == gouji.extract(str(path)).source == str(path)
    assert gouji.extract(text).source == "<text>"
    assert gouji.extract(text.encode()).source == "<bytes>"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("https://www.example.cn/report", "is an address, and gouji fetches nothing; fetch it first"),
        ("www.example.cn/2023.html", "is an address"),
        ("reports/某局2023年年报.html", "no such file, and no text of a report; check the path"),
        ("../reports/某局 2023", "no such file"),
        ("page.html?id=3", "no such file"),
        ("12345", "no such file"),
        (Path("nowhere.txt"), "no such file; check the path"),
        ("", "is empty"),
        ("%PDF-1.7 …", "of the kind pdf does, but was decoded as text; hand over its bytes"),
    ],
)
def test_a_name_of_nothing_is_an_error_that_says_so(source: str | Path, message: str):
    with pytest.raises(ReadingError, match=message.replace("?", r"\?")):
        gouji.extract(source)


def test_a_line_of_text_is_a_text(text: str, read: gouji.Extraction):
    assert gouji.extract("今天天气很好。").status is gouji.Status.NO_TABLES
    assert gouji.extract("行政复议 3 1 0 1 5").status is gouji.Status.NO_TABLES
    assert gouji.extract(" ".join(text.split())).status is not gouji.Status.NO_TABLES


def test_a_folder_is_refused_with_the_name_of_what_reads_it(samples: Path):
    with pytest.raises(ReadingError, match=r"is a folder; gouji\.extract_many"):
        gouji.extract(samples)


def test_what_is_neither_string_nor_bytes_nor_path_is_a_type_error():
    with pytest.raises(TypeError, match="got int: of a response or an open file hand over the content"):
        gouji.extract(3)  # type: ignore[arg-type]


def test_several_reports_are_refused_with_the_name_of_what_gives_them_all(two_reports: str):
    with pytest.raises(ReadingError, match=r"holds 2 reports; gouji\.extract_many\(\[source\]\)"):
        gouji.extract(two_reports)

    parts = list(gouji.extract_many([(URL, two_reports)]))

    assert [(part.source, part.part, part.year) for part in parts if part] == [(URL, 1, 2022), (URL, 2, 2023)]


def test_the_offsets_of_cells_count_in_the_text_that_read_gives(html: str):
    page = gouji.read(html, url=URL)
    extraction = gouji.extract(page)

    assert extraction.source == URL
    assert all(page.text[cell.start : cell.end] == cell.raw for cell in extraction.cells if cell.raw)


def test_the_extractor_refuses_a_string_and_names_what_takes_one(text: str):
    with pytest.raises(TypeError, match=r"expected a Page.*got str: gouji\.extract"):
        gouji.Extractor().extract(text)  # type: ignore[arg-type]


def test_markup_that_is_called_a_page_is_refused_with_the_name_of_what_reads_it(html: str):
    extractor = gouji.Extractor()

    for answer in (extractor.extract, extractor.extract_tagged, extractor.tag):
        with pytest.raises(gouji.GoujiError, match=r"is the markup of an HTML page, .* gouji\.extract"):
            answer(gouji.Page(URL, html))


@pytest.mark.parametrize("processes", [1, 2])
def test_many_are_answered_in_order_and_what_fails_is_a_value_in_its_place(
    path: Path, text: str, html: str, read: gouji.Extraction, processes: int
):
    sources = [text, (URL, html), "no.html", html.encode(), None, b"\x00\x01" * 50, path, ("b", float("nan"))]

    answers = list(gouji.extract_many(sources * 3, processes=processes))  # type: ignore[arg-type]

    of_first = ["<text>#1", URL, "no.html", "<bytes>#4", "<NoneType>#5", "<bytes>#6", str(path), "b"]
    assert [answer.source for answer in answers[:8]] == of_first
    assert [bool(answer) for answer in answers] == [True, True, False, True, False, False, True, False] * 3
    assert all(values(answer) == values(read) for answer in answers if answer)
    failures = [answer.error for answer in answers if not answer]
    assert failures[0] == "no such file, and no text of a report; check the path"
    assert "got NoneType" in failures[1]
    assert failures[2].startswith("is binary")
    assert "got float" in failures[3]


def test_one_source_alone_and_a_folder_are_taken_too(path: Path, samples: Path):
    assert [answer.source for answer in gouji.extract_many(path)] == [str(path)]
    names = [str(each) for each in sorted(samples.iterdir())]
    assert [answer.source for answer in gouji.extract_many([samples], processes=1)] == names


def test_sources_are_taken_as_their_answers_are_asked_for(text: str):
    taken: list[int] = []

    def sources() -> Iterator[str]:
        for number in range(1000):
            taken.append(number)
            yield text

    answers = gouji.extract_many(sources(), processes=2)
    assert taken == []
    next(answers)
    answers.close()  # type: ignore[attr-defined]

    assert 1 <= len(taken) <= 2 * 2 * 16


@pytest.mark.parametrize("processes", [1, 2])
def test_what_the_iterable_itself_raises_comes_behind_the_answers_to_all_before_it(text: str, processes: int):
    def sources() -> Iterator[str]:
        for _ in range(20):
            yield text
        raise OSError("the line is dead")

    answers: list[object] = []
    with pytest.raises(OSError, match="the line is dead"):
        answers.extend(gouji.extract_many(sources(), processes=processes))

    assert len(answers) == 20


def test_faulty_arguments_of_many_are_raised_at_once(tmp_path: Path):
    (tmp_path / "bad.toml").write_text("id = 3", encoding="utf-8")

    with pytest.raises(FormError, match=r"bad\.toml"):
        gouji.extract_many([], forms=[tmp_path / "bad.toml"])
    with pytest.raises(TypeError, match=r"write forms=\['mine\.toml'\]"):
        gouji.extract_many([], forms="mine.toml")
    with pytest.raises(gouji.GoujiError, match="missing; make a model folder"):
        gouji.extract_many([], model=tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers import the script anew")
def test_a_script_without_a_guard_extracts_over_several_processes_after_it_has_extracted_one(
    tmp_path: Path, path: Path
):
    script = tmp_path / "script.py"
    script.write_text(
        f"""
import gouji
one = gouji.extract({str(path)!r})
many = list(gouji.extract_many([{str(path)!r}] * 40, processes=2))
print(len(many), {{str(answer.status) for answer in many}}, many[0] == one)
""",
        encoding="utf-8",
    )

    for arguments in ([str(script)], ["-c", script.read_text(encoding="utf-8")]):  # a notebook has no file
        run = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
        assert run.stdout == "40 {'verified'} True\n"


def test_a_cell_is_asked_for_by_its_key(read: gouji.Extraction):
    assert read["applications/total/total"].value == 107
    assert "applications/total/total" in read
    assert "applications/total/all" not in read


def test_an_unknown_key_is_a_key_error_that_names_those_near_it(read: gouji.Extraction):
    with pytest.raises(KeyError) as caught:
        read["applications/totl/total"]
    assert str(caught.value).startswith(
        "'applications/totl/total': no such cell; near it: 'applications/total/total'"
    )
    with pytest.raises(KeyError, match="holds no table of a known form"):
        gouji.extract("今天天气很好。")["applications/total/total"]
    with pytest.raises(KeyError, match=r"no such table in .*; near it: 'applications'"):
        read.table("application")


def test_an_extraction_is_no_sequence(read: gouji.Extraction):
    with pytest.raises(TypeError, match="not iterable"):
        iter(read)  # type: ignore[call-overload]


def test_an_extraction_says_in_one_line_what_it_is(read: gouji.Extraction, path: Path):
    of = "verified; 云岭市水务局 2022; form 2021; cells: 200 read; sums: 42 holds"
    assert repr(read) == f"<Extraction of {path}: {of}>"
    assert repr(gouji.extract("今天天气很好。")) == "<Extraction of <text>: no_tables>"


def test_a_table_has_its_rows_and_columns_by_id_and_by_label(read: gouji.Extraction):
    table = read.table("applications")

    assert (table.id, table.form, table.title) == (
        "applications",
        "2021",
        "三、收到和处理政府信息公开申请情况",
    )
    assert [column.id for column in table.columns][-2:] == ["other", "total"]
    assert (table.rows[2].id, table.rows[2].label) == ("granted", "（一）予以公开")
    assert table["granted", "total"] == table["（一）予以公开", "总计"] == read["applications/granted/total"]
    assert table.values[2] == (36, 0, 0, 7, 0, 0, 43)
    assert "│ （一）予以公开" in repr(table)
    assert "（一）予以公开" in table._repr_html_()


def test_a_table_of_several_blocks_has_all_their_columns(read: gouji.Extraction):
    table = read.table("disclosure")

    assert [column.id for column in table.columns] == [
        "issued",
        "repealed",
        "in_force",
        "decisions",
        "amount",
    ]
    assert table.values[2] == (None, None, None, 286, None)
    with pytest.raises(
        KeyError, match="'amount': no such column in the row 'licensing'; there are: 'decisions'"
    ):
        table["licensing", "amount"]
    with pytest.raises(KeyError, match="no such row; near it: 'licensing'"):
        table["licences", "amount"]
    with pytest.raises(TypeError, match="expected a row and a column"):
        table["licensing"]  # type: ignore[index]


def test_a_table_as_a_frame_is_labelled_as_issued_and_keeps_integers(read: gouji.Extraction):
    frame = read.table("disclosure").to_frame()

    assert frame.loc["行政许可", "本年处理决定数量"] == 286
    assert frame.loc["行政事业性收费", "本年收费金额（单位：万元）"] == 73.625
    assert frame.isna().loc["行政许可", "本年制发件数"]
    assert [str(dtype) for dtype in frame.dtypes] == ["Int64"] * 4 + ["Float64"]
    assert read.table("applications").to_frame("ids").loc["granted", "total"] == 43


def test_a_table_that_is_not_on_the_page_is_missing_cell_by_cell():
    review = "四、政府信息公开行政复议、行政诉讼情况"
    rows = "".join(f"<td>{n}" for n in (3, 1, 0, 1, 5, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1))
    heads = "".join(f"<td>{label}" for label in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3)
    groups = "<td colspan=5>行政复议<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉"
    page = f"<p>{review}<table><tr>{groups}<tr>{heads}<tr>{rows}</table>"

    extraction = gouji.extract(page)

    assert extraction.table("review")["行政复议", "总计"].value == 5
    assert extraction.table("applications")["granted", "total"].state is gouji.State.MISSING


def test_a_form_of_ones_own_is_known_to_its_extractions(tmp_path: Path):
    page = WEBSITE / "pages" / "test0__lines.txt"

    one = gouji.extract(page, forms=[FORM])
    (of_many,) = gouji.extract_many([page], forms=[str(FORM)])

    assert one == of_many
    for extraction in (one, of_many, pickle.loads(pickle.dumps(one))):
        assert extraction.form == "website"
        assert extraction.table("website").to_frame().index.is_unique
        assert "not known here" not in extraction._repr_html_()
        assert len(extraction.to_frame("wide")) == 1


def test_answers_can_be_pickled(read: gouji.Extraction):
    failure = gouji.Unread("a.txt", "is empty")

    assert pickle.loads(pickle.dumps(read)) == read
    assert pickle.loads(pickle.dumps(read.table("review"))) == read.table("review")
    assert pickle.loads(pickle.dumps(failure)) == failure


def test_what_an_earlier_run_wrote_is_loaded_again(tmp_path: Path, read: gouji.Extraction):
    from gouji.inference.outputs.records import Record, record_of

    lines = [record_of(read).line(), Record("a.txt", error="is empty").line()]
    (tmp_path / "matrices.jsonl").write_text("\n".join(lines), encoding="utf-8")

    loaded, failure = gouji.load(tmp_path / "matrices.jsonl")

    assert loaded.source == read.source
    assert isinstance(loaded, gouji.Extraction)
    assert values(loaded) == values(read)
    assert loaded.table("review").values == read.table("review").values
    assert failure == gouji.Unread("a.txt", "is empty")
    with pytest.raises(OutputError, match=r"nowhere\.jsonl: cannot be read"):
        next(gouji.load("nowhere.jsonl"))


def test_a_frame_of_many_holds_what_could_not_be_read(path: Path):
    frame = gouji.frame(gouji.extract_many([path, "no.html"], processes=1), "wide")

    assert frame["status"].tolist() == ["verified", "error"]
    assert frame["applications/total/total"].tolist()[0] == 107
    assert frame["error"].tolist()[1] == "no such file, and no text of a report; check the path"


def test_the_model_is_loaded_once_by_many_threads_that_all_get_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch, read: gouji.Extraction
):
    loaded: list[threading.Thread] = []

    class Counted(gouji.Extractor):
        def __init__(self, *arguments: object) -> None:
            loaded.append(threading.current_thread())
            super().__init__(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "_kept", {})
    monkeypatch.setattr(extractor_module, "Extractor", Counted)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(gouji.extract, [path] * 16))

    assert len(loaded) == 1
    assert all(answer == read for answer in answers)


def test_a_form_that_was_changed_is_loaded_again(tmp_path: Path):
    form = tmp_path / "mine.toml"
    form.write_text(FORM.read_text(encoding="utf-8"), encoding="utf-8")
    page = WEBSITE / "pages" / "test0__lines.txt"
    assert gouji.extract(page, forms=[form]).form == "website"

    form.write_text(form.read_text(encoding="utf-8").replace('id = "website"', 'id = "site"', 1), "utf-8")

    assert gouji.extract(page, forms=[form]).form == "site"


def test_the_version_is_that_of_the_package():
    assert gouji.__version__ == version("gouji")


def test_every_public_name_is_there_and_no_other():
    assert all(getattr(gouji, name) is not None for name in gouji.__all__)
    assert set(gouji.__all__) <= set(dir(gouji))
    with pytest.raises(AttributeError, match="has no attribute 'extract_all'"):
        gouji.extract_all  # type: ignore[attr-defined]  # noqa: B018
