"""A workbook has an overview, and a sheet a report laid out as issued, doubts by colour, sign and comment."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.inference.outputs.records import Record, record_of_json
from gouji.inference.outputs.workbook import Workbooks
from gouji.inference.why import Why
from gouji.model.forms import load_forms

KNOWN = load_forms()


@pytest.fixture(scope="module")
def book(answers: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("book") / "tables.xlsx"
    with Workbooks(path, KNOWN) as writer:
        for answer in answers:
            writer.write(record_of_json(answer))
    return openpyxl.load_workbook(path)


def sheet_of(book: Any, title: str) -> Any:
    return next(sheet for sheet in book if title in str(sheet["A4"].value))


def cell_with(sheet: Any, text: str) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if str(cell.value) == text)


def test_the_overview_tells_every_page_its_status_and_its_error(answers: list[dict[str, Any]], book: Any):
    heads, *rows = book.worksheets[0].iter_rows(values_only=True)
    error = heads.index("错误\nerror")

    assert [row[5] for row in rows] == [answer.get("status", "error") for answer in answers]
    assert [row[error] for row in rows] == [answer.get("error") for answer in answers]
    assert len(book.worksheets) == 1 + sum("error" not in answer for answer in answers)
    link = book.worksheets[0]["A2"].hyperlink.location
    assert link.split("!")[0].strip("'") == book.worksheets[1].title


def test_a_sheet_is_laid_out_as_the_form_is_issued(book: Any):
    sheet = sheet_of(book, "lines_2021")

    merged = {str(area) for area in sheet.merged_cells.ranges}
    head, note = cell_with(sheet, "法人或其他组织"), cell_with(sheet, "三、本年度办理结果")
    assert f"{head.coordinate}:I{head.row}" in merged
    assert f"A{note.row}:A{note.row + 21}" in merged
    received = cell_with(sheet, "一、本年新收政府信息公开申请数量").row
    assert all(isinstance(sheet.cell(received, column).value, int) for column in range(4, 11))


def test_a_doubtful_cell_is_coloured_signed_and_commented_with_its_candidates(
    answers: list[dict[str, Any]], book: Any
):
    sheet = sheet_of(book, "blanks_vanished")
    answer = next(each for each in answers if "blanks_vanished" in each["source"])
    doubtful = [cell for cell in answer["cells"] if cell["state"] == "ambiguous"]
    commented = [cell for row in sheet.iter_rows() for cell in row if cell.comment]

    assert len(commented) == len(doubtful)
    first = commented[0]
    assert first.value.endswith("?")
    assert first.fill.start_color.rgb == "FFFFE699"
    assert all(str(c) in first.comment.text for c in doubtful[0]["candidates"] if c is not None)


def test_a_comment_names_the_reasons_of_its_cell_and_the_sheet_explains_each_once(
    answers: list[dict[str, Any]], book: Any
):
    sheet = sheet_of(book, "blanks_vanished")
    answer = next(each for each in answers if "blanks_vanished" in each["source"])
    doubtful = [cell for cell in answer["cells"] if cell["state"] == "ambiguous"]

    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    lines = [str(row[0].value) for row in sheet.iter_rows()]
    explained = lines[lines.index("存疑原因 why cells are open") + 1 :]
    counts = Counter(name for cell in doubtful for name in cell["why"])
    assert [text.split("why: ")[1].split(", ") for text in comments] == [cell["why"] for cell in doubtful]
    assert [line.split("　")[:2] for line in explained[: len(counts)]] == [
        [name, str(count)] for name, count in counts.most_common()
    ]
    assert explained[0].endswith(f"{Why(counts.most_common()[0][0]).says}")


def test_a_number_that_was_placed_stays_a_number_and_shows_its_sign(book: Any):
    sheet = sheet_of(book, "blanks_vanished")

    signed = [c for row in sheet.iter_rows() for c in row if c.number_format == 'General"*"']
    assert signed
    assert all(isinstance(cell.value, int | float) for cell in signed)


def test_failing_sums_are_listed_with_their_cells(book: Any):
    sheet = sheet_of(book, "a_contradictory")

    listed = [str(row[0].value) for row in sheet.iter_rows() if str(row[0].value).startswith("✗")]
    assert len(listed) == 2
    name, cells = listed[0].split("　")
    assert "（一）予以公开（自然人 + … + 其他 = 总计）: 26 ≠ 28" in name
    assert [sheet[cell].value for cell in cells.split()] == [18, 0, 0, 0, 8, 0, 28]
    assert all("26 ≠ 28" in sheet[cell].comment.text for cell in cells.split())


def test_a_suggestion_stands_below_the_sums_and_in_the_comment_of_its_cell(book: Any):
    sheet = sheet_of(book, "a_contradictory")

    (said,) = [str(row[0].value) for row in sheet.iter_rows() if "更正建议" in str(row[0].value)]
    cell = said.split(" if ")[1].split()[0]
    assert sheet[cell].value == 28
    assert "were 26, not 28" in said
    assert "if this cell were 26, not 28" in sheet[cell].comment.text


def test_the_pattern_of_what_fails_stands_in_the_overview_and_below_the_sums(tmp_path: Path):
    with Workbooks(tmp_path / "tables.xlsx", KNOWN) as writer:
        answer = {"key": "review/reconsideration/total", "value": 0, "state": "read"}
        form = KNOWN["2021"].table("review")
        cells = [{**answer, "key": key, "value": int(key.endswith("/upheld"))} for key in form.keys()]
        checks = [{"name": "review/row/reconsideration", "state": "fails", "left": 1, "right": 0}]
        page = {"source": "a", "form": "2021", "forms": {"review": "2021"}, "status": "contradicted"}
        data = {**page, "cells": cells, "checks": checks, "unplaced": [], "pattern": "review totals zero"}
        writer.write(record_of_json(data))

    overview, sheet = openpyxl.load_workbook(tmp_path / "tables.xlsx").worksheets
    heads = [str(cell.value) for cell in overview[1]]
    (told,) = [str(row[0].value) for row in sheet.iter_rows() if "pattern" in str(row[0].value)]
    assert overview.cell(2, heads.index("共同原因\npattern") + 1).value == "review totals zero"
    assert told.startswith("共同原因 pattern: review totals zero　行政复议、行政诉讼表的总计印为 0。")


def test_a_table_of_which_not_all_readings_were_looked_through_says_so_under_its_heading(
    answers: list[dict[str, Any]], book: Any
):
    (name,) = [answer["source"] for answer in answers if "bounded" in answer]
    sheet = sheet_of(book, name)

    line = cell_with(sheet, "读法过多，未能查遍 there are more readings than are looked through").row
    assert sheet.cell(line - 1, 1).value.startswith("三、")


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path):
    with Workbooks(tmp_path / "tables.xlsx", KNOWN) as writer:
        writer.write(Record("=1+1", title='=HYPERLINK("x")', issuer="a[b]:*?/\\'c" * 9, status="no_tables"))

    overview = openpyxl.load_workbook(tmp_path / "tables.xlsx").worksheets[0]
    assert overview["B2"].value == '=HYPERLINK("x")'
    assert overview["B2"].data_type == "s"


def test_more_reports_than_a_workbook_takes_go_into_the_next_one(tmp_path: Path):
    with Workbooks(tmp_path / "tables.xlsx", KNOWN, reports_a_workbook=2) as writer:
        for number in range(5):
            writer.write(Record(f"{number}.txt", error="is empty"))

    books = [openpyxl.load_workbook(tmp_path / f"tables{n}.xlsx") for n in ("", "-2", "-3")]
    told = [[row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] for book in books]
    assert told == [["1", "2"], ["3", "4"], ["5"]]
    assert writer.summary() == f"5 pages in {tmp_path / 'tables.xlsx'} to tables-3.xlsx"
