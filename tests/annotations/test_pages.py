"""Labelled pages survive being written and read, and a faulty file lists all its faults."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gouji.annotations.page_files import PageFileError, pair_pages, parse_name, write_page_files
from gouji.annotations.pages import AnnotationError, LabelledPage, load_labelled_pages, write_labelled_pages
from gouji.annotations.truth import TruthError, load_truths
from gouji.model.labels import Span, Tag

PAGE = LabelledPage(
    id="a",
    text="规章 3 /",
    spans=(Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 4), Span(Tag.VALUE, 5, 6)),
    tool="made-lines",
    damage="nbsp",
    issuer="青溪市水务局",
    form="2021",
    truth={"disclosure/regulations/issued": 3, "disclosure/regulations/repealed": None},
)


def test_a_labelled_page_is_read_as_it_was_written(tmp_path: Path):
    path = tmp_path / "pages.jsonl"

    assert write_labelled_pages([PAGE, LabelledPage("b", "", ())], path) == 2
    assert load_labelled_pages(path) == [PAGE, LabelledPage("b", "", ())]


def test_a_faulty_file_lists_every_fault_with_its_line(tmp_path: Path):
    path = tmp_path / "pages.jsonl"
    path.write_text(
        '{"id": "a", "text": "abc", "spans": [[2, 1, "ROW"], [0, 9, "VALUE"], [0, 1, "CELL"]]}\n'
        "not json\n"
        '{"id": "b", "spans": []}\n',
        encoding="utf-8",
    )

    with pytest.raises(AnnotationError) as fault:
        load_labelled_pages(path)

    for part in (
        "line 1: span [2, 1, 'ROW'] ends before it starts",
        "line 1: span [0, 9, 'VALUE'] ends after the text",
        "line 1: span [0, 1, 'CELL']: unknown tag",
        "line 2: not JSON",
        "line 3: text: found None",
    ):
        assert part in str(fault.value)


ROW = '{"id": "a", "text": "规章 3", "spans": [[0, 2, "ROW"], [3, 4, "VALUE"]]'


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[]", "found list; expected an object"),
        ('{"id": "", "text": "", "spans": []}', "id: is empty"),
        ('{"id": "a", "text": ""}', "spans: expected a list"),
        (ROW + ', "isuer": "青溪市"}', "isuer: unknown key; expected id, text, spans"),
        (ROW + ', "issuer": null}', "issuer: found None; expected a text"),
        (ROW + ', "tool": ["w3m"]}', "tool: found ['w3m']; expected a text"),
        (ROW + ', "form": "1999"}', "form: found '1999'; expected one of 2019, 2021, mixed"),
        (ROW + ', "form": 2021}', "form: found 2021; expected one of"),
        (ROW + ', "truth": [3]}', "truth: found list; expected an object"),
        (ROW + ', "truth": {"review/total": 3}}', "truth[review/total]: is no cell of any form"),
        (
            ROW + ', "form": "2021", "truth": {"disclosure/regulations/made": 3}}',
            "truth[disclosure/regulations/made]: is no cell of form 2021",
        ),
        (ROW + ', "truth": {"review/direct_suit/total": "3"}}', "found '3'; expected a number, or null"),
        (ROW + ', "truth": {"review/direct_suit/total": true}}', "found True; expected a number, or null"),
        (ROW + ', "truth": {"review/direct_suit/total": NaN}}', "found nan; expected a number, or null"),
        ('{"id": "a", "text": "3\\ud83d", "spans": []}', "text: half a surrogate pair at 1"),
        ('{"id": "a", "text": "abc", "spans": [[0, 1]]}', "span [0, 1]: expected [start, end, tag]"),
        ('{"id": "a", "text": "abc", "spans": [[0, true, "ROW"]]}', "expected [start, end, tag]"),
        ('{"id": "a", "text": "abc", "spans": [[0, 1, ["ROW"]]]}', "unknown tag; expected one of SECTION"),
        ('{"id": "a", "text": "abc", "spans": [[-1, 1, "ROW"]]}', "starts before the text"),
        ('{"id": "a", "text": "abc", "spans": [[1, 1, "ROW"]]}', "span [1, 1, 'ROW'] is empty"),
        (
            '{"id": "a", "text": "abc", "spans": [[0, 2, "ROW"], [1, 3, "ROW"]]}',
            "span [1, 3, 'ROW'] overlaps [0, 2, 'ROW']",
        ),
        ('{"id": "a", "text": "3\\u00a0", "spans": [[0, 2, "VALUE"]]}', "make it [0, 1, 'VALUE']"),
        ('{"id": "a", "text": "\\u200b3", "spans": [[0, 2, "VALUE"]]}', "make it [1, 2, 'VALUE']"),
        ('{"id": "a", "text": " \\r\\n", "spans": [[0, 3, "ROW"]]}', "holds nothing but blanks"),
        (ROW + "}\n" + ROW + "}", "line 2: id 'a' stands on line 1 already"),
    ],
)
def test_what_is_wrong_with_a_page_is_said_with_its_place(tmp_path: Path, line: str, fault: str):
    path = tmp_path / "pages.jsonl"
    path.write_text(line + "\n", encoding="utf-8")

    with pytest.raises(AnnotationError, match=re.escape(fault)) as error:
        load_labelled_pages(path)

    assert str(error.value).startswith(f"{path} line ")
    assert "\n" not in str(error.value)


def test_only_a_line_feed_ends_a_line_so_that_any_text_survives(tmp_path: Path):
    text = "规章\u2028\x85\x0b\x1c3\r\n😀𠮷\x00"
    page = LabelledPage("a", text, (Span(Tag.VALUE, 6, 7),))
    path = tmp_path / "pages.jsonl"
    record = {"id": "a", "text": text, "spans": [[6, 7, "VALUE"]]}
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")

    assert load_labelled_pages(path) == [page]


def test_a_written_line_is_one_line_for_every_reader(tmp_path: Path):
    path = tmp_path / "pages.jsonl"
    write_labelled_pages([LabelledPage("a", "1\u2028\u2029\x85\x0b\x0c\x1c\r\n2", ())], path)

    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


def test_a_file_that_an_editor_saved_with_a_byte_order_mark_and_crlf_is_read(tmp_path: Path):
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + (ROW + "}\r\n\r\n").encode())

    assert [page.text for page in load_labelled_pages(path)] == ["规章 3"]


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(AnnotationError, match="cannot be read"):
        load_labelled_pages(tmp_path / "none.jsonl")


def test_page_files_and_truths_are_paired_as_they_were_written(tmp_path: Path):
    assert write_page_files([PAGE, LabelledPage("b", "no truth", ())], tmp_path) == 1

    truths = load_truths(tmp_path / "truth")
    (page,) = pair_pages(tmp_path.glob("pages/*.txt"), truths).paired

    assert page.path.read_text(encoding="utf-8") == PAGE.text
    assert (page.truth, page.tool, page.damage) == ("a", "made-lines", "nbsp")
    assert truths["a"].cells == PAGE.truth


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("seed0__web.txt", "web"),
        ("x__cms-bs4_nl__nbsp.txt", "bs4"),
        ("x__official-trafilatura1.8.1.txt", "trafilatura"),
        ("x__form-pdf_pdftotext_layout.txt", "pdf_pdftotext"),
    ],
)
def test_a_tool_belongs_to_a_family(name: str, family: str):
    assert parse_name(Path(name)).family == family


def test_an_index_says_what_may_be_asked_of_a_page(tmp_path: Path):
    write_page_files([PAGE], tmp_path)
    index = tmp_path / "index.csv"
    index.write_text(
        "page,truth,tool,damage,expect\na__made-lines__nbsp.txt,a,made-lines,,full\n", encoding="utf-8"
    )

    (page,) = pair_pages(tmp_path.glob("pages/*.txt"), load_truths(tmp_path / "truth"), index).paired

    assert (page.damage, page.expect) == ("", "full")


def test_an_index_without_its_columns_is_refused(tmp_path: Path):
    index = tmp_path / "index.csv"
    index.write_text("file\na\n", encoding="utf-8")

    with pytest.raises(PageFileError, match="expected a CSV with the columns page, truth"):
        pair_pages([], {}, index)


def test_pages_without_any_truth_are_refused():
    with pytest.raises(PageFileError, match="no page has a truth"):
        pair_pages([Path("x__lines.txt")], {})


def test_faulty_truths_list_every_fault(tmp_path: Path):
    (tmp_path / "a.json").write_text('{"cells": {"k": "3"}, "doubtful": ["j"]}', encoding="utf-8")
    (tmp_path / "b.json").write_text("[]", encoding="utf-8")
    (tmp_path / "c.json").write_text("{", encoding="utf-8")

    with pytest.raises(TruthError) as fault:
        load_truths(tmp_path)

    for part in ("cells[k]: found '3'", "doubtful: 'j'", "b.json: cells: missing", "c.json: cannot be read"):
        assert part in str(fault.value)


def test_a_folder_without_truths_is_refused(tmp_path: Path):
    with pytest.raises(TruthError, match="holds no truth"):
        load_truths(tmp_path)
