"""Answers are applied anew by the command, told of where they no longer fit, and make labelled pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gouji.annotations.pages import load_labelled_pages
from gouji.inference.cli import main
from gouji.inference.extraction import Cell, State
from gouji.inference.settling.answers import Answer, Said, page_hash
from gouji.inference.settling.corrections import Corrections
from gouji.inference.settling.labels import with_values
from gouji.model.labels import Span, Tag
from gouji.model.page import Page

TEXT = """柳河县司法局2022年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
申请人情况 法人或其他组织
自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计
一、本年新收政府信息公开申请数量 3 4 7
二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0
"""
ROW = "applications/received"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def answer(text: str = TEXT, source: str = "a.txt", **said: int | Said) -> None:
    digest = page_hash(Page(source, text))
    file = Corrections(Path("corrections.jsonl"))
    given = [
        Answer(digest, None, f"{ROW}/{column}", value, "li", "2026-11-30T08:00:00Z", source=source)
        for column, value in said.items()
    ]
    file.append(given, file.token(digest))


def extract(*options: str) -> Result:
    return CliRunner().invoke(
        main,
        [
            "extract",
            "a.txt",
            "--corrections",
            "corrections.jsonl",
            "-o",
            "out.jsonl",
            "--jobs",
            "1",
            *options,
        ],
    )


def cells() -> dict[str, dict[str, Any]]:
    (line,) = Path("out.jsonl").read_text(encoding="utf-8").splitlines()
    return {cell["key"]: cell for cell in json.loads(line)["cells"]}


def test_answers_hold_again_when_the_page_is_extracted_anew(folder: Path):
    answer(natural_person=3, other=4)

    result = extract()

    assert result.exit_code == 0, result.stderr
    assert cells()[f"{ROW}/natural_person"]["settled"] == {"by": "li", "when": "2026-11-30T08:00:00Z"}
    assert [cells()[f"{ROW}/{c}"]["value"] for c in ("business", "research", "other", "total")] == [
        0,
        0,
        4,
        7,
    ]
    assert "2 answers of corrections.jsonl applied" in result.stderr


def test_answers_to_a_page_that_reads_otherwise_now_are_listed_and_not_taken(folder: Path):
    answer(text=TEXT.replace("3 4 7", "3 5 8"), natural_person=3)

    result = extract()

    assert result.exit_code == 1
    assert "a.txt: its text is another one now; 1 answer to it not taken" in result.stderr
    assert "settled" not in {cell["state"] for cell in cells().values()}


def test_answers_to_pages_that_are_not_asked_for_are_no_fault(folder: Path):
    answer(text="another", source="b.txt", natural_person=3)

    result = extract()

    assert result.exit_code == 0
    assert "1 to pages that are not among these" in result.stderr


def test_what_fits_no_cell_and_no_line_is_listed(folder: Path):
    answer(nobody=3)
    with Path("corrections.jsonl").open("a") as file:
        file.write("nonsense\n")

    result = extract()

    assert result.exit_code == 1
    assert f"{ROW}/nobody = 3 (li, 2026-11-30T08:00:00Z): the page's forms have no such cell" in result.stderr
    assert "corrections.jsonl line 2: is no JSON" in result.stderr


def test_an_answer_against_print_is_told_of_and_taken(folder: Path):
    answer(total=8)

    result = extract()

    assert result.exit_code == 0
    assert "the cell is placed, 7; it was taken nevertheless" in result.stderr
    assert cells()[f"{ROW}/total"]["value"] == 8


def test_who_settled_a_cell_stands_in_every_output_and_comes_back(folder: Path):
    answer(natural_person=3, other=Said.BLANK)
    extract()
    records = Path("out.jsonl").read_text(encoding="utf-8")

    for name in ("tidy.csv", "all.wide.csv", "book.xlsx", "all.db"):
        done = CliRunner().invoke(main, ["convert", "out.jsonl", "-o", name])
        assert done.exit_code == 0, (name, done.stderr)
    for name in ("tidy.csv", "all.wide.csv"):
        CliRunner().invoke(main, ["convert", name, "-o", "out.jsonl", "--overwrite"])
        assert {k: c.get("settled") for k, c in cells().items()} == {
            cell["key"]: cell.get("settled") for cell in json.loads(records)["cells"]
        }


def test_a_report_shows_what_a_person_settled(folder: Path):
    answer(natural_person=3)

    extract("--html", "look")

    report = next(path for path in Path("look").rglob("*.html") if path.name != "index.html")
    html = report.read_text(encoding="utf-8")
    assert 'class="settled"' in html
    assert '"by": "li"' in html or '"by":"li"' in html


def test_a_page_settled_whole_becomes_a_labelled_page(folder: Path):
    answer(natural_person=3, business=4)
    command = ["annotations", "from-corrections", "corrections.jsonl", "a.txt", "-o", "labelled.jsonl"]

    result = CliRunner().invoke(main, command)

    assert result.exit_code == 0, result.stderr
    (page,) = load_labelled_pages(Path("labelled.jsonl"))
    values = [page.text[span.start : span.end] for span in page.spans if span.tag is Tag.VALUE]
    assert values == ["3", "4", "7", *"0000000"]


def test_a_page_with_an_ambiguous_cell_teaches_nothing(folder: Path):
    answer(natural_person=3)

    result = CliRunner().invoke(main, ["annotations", "from-corrections", "corrections.jsonl", "a.txt"])

    assert result.stdout == ""
    assert "a.txt: 5 of its cells are ambiguous still" in result.stderr


def test_a_value_that_was_taken_for_a_label_is_cut_out_of_it():
    found = with_values([Span(Tag.ROW, 0, 9)], [Cell("t/r/c", 12, State.SETTLED, "12", None, 5, 7)])

    assert [(span.tag, span.start, span.end) for span in found] == [
        (Tag.ROW, 0, 5),
        (Tag.VALUE, 5, 7),
        (Tag.ROW, 7, 9),
    ]


def test_clicks_are_counted_and_nothing_comes_out_wrong(folder: Path):
    for name in ("pages", "truth"):
        Path(name).mkdir()
    Path("pages/柳河__text.txt").write_text(TEXT, encoding="utf-8")
    values = dict.fromkeys(("business", "research", "nonprofit", "legal_service"))
    row = {f"{ROW}/{column}": value for column, value in {"natural_person": 3, **values, "other": 4}.items()}
    Path("truth/柳河.json").write_text(json.dumps({"id": "柳河", "cells": row}), encoding="utf-8")

    result = CliRunner().invoke(
        main, ["settling", "--pages", "pages", "--truth", "truth", "--plot", "curve.svg", "--jobs", "1"]
    )

    assert result.exit_code == 0, result.stderr
    last = result.stdout.splitlines()[-1].split("|")
    assert [last[column].strip() for column in (1, 2, 3, 4, 10)] == ["all", "1", "1", "6", "0"]
    assert int(last[5]) < 6
    assert Path("curve.svg").read_text(encoding="utf-8").startswith("<svg")
