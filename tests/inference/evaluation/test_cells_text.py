"""The report in text and in Markdown shows every program, explains its words, and says nothing of nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.cells import cell_len

from gouji.annotations.page_files import parse_name
from gouji.annotations.truth import Truth
from gouji.inference.evaluation.cells import Evaluation, score_page
from gouji.inference.evaluation.cells_report import summary
from gouji.inference.evaluation.cells_text import WIDTH, evaluation_markdown, evaluation_text
from gouji.inference.evaluation.openness import openness
from gouji.inference.evaluation.predictions import prediction_of_record

Cells = Mapping[str, int | None]


def ours(truth: Cells, *found: dict[str, object], status: str = "verified", copies: int = 1) -> Evaluation:
    """Pages of one report with these cells; a key that has none is not in the record."""
    known = Truth("a", "2021", None, None, None, truth)
    record = {"source": "a.txt", "status": status, "cells": list(found)}
    names = [f"a__web{number}.txt" for number in range(copies)]
    scores = (score_page(parse_name(Path(name)), known, prediction_of_record(record)) for name in names)
    return Evaluation("gouji", tuple(scores))


def regex(truth: Cells, values: Cells, copies: int = 1) -> Evaluation:
    """Another program's values on the same pages."""
    known = Truth("a", "2021", None, None, None, truth)
    found = prediction_of_record({"page": "a.txt", "cells": values})
    names = [f"a__web{number}.txt" for number in range(copies)]
    scores = (score_page(parse_name(Path(name)), known, found) for name in names)
    return Evaluation("regex", tuple(scores), values_only=True)


def cell(key: str, value: int | None, state: str = "read") -> dict[str, object]:
    return {"key": key, "value": value, "state": state, "confidence": 0.99, "candidates": []}


def text_of(evaluation: Evaluation, *others: Evaluation) -> str:
    return evaluation_text(evaluation, others, openness(evaluation, {}))


def fields_of(text: str, label: str) -> list[str]:
    """The first line with a label, without it, cut at blanks."""
    line = next(line for line in text.splitlines() if line.strip().startswith(label))
    return line.strip().removeprefix(label).split()


def test_each_program_has_its_columns():
    truth = {"review/a/x": 1, "review/a/y": None}
    found = (cell("review/a/x", 1), cell("review/a/y", None, "blank"))

    shown = text_of(ours(truth, *found), regex(truth, {"review/a/x": 3}))

    assert fields_of(shown, "right") == ["1", "100.00%", "0", "0.00%"]
    assert fields_of(shown, "wrong") == ["0", "0.00%", "1", "100.00%"]
    assert fields_of(shown, "called blank") == ["0", "–"]
    assert "its null counts as right where the page is blank" in shown


def test_a_bound_stands_beside_no_fault_and_counts_reports():
    shown = text_of(ours({"review/a/x": 1}, cell("review/a/x", 1), copies=4))

    assert "gouji on 4 pages, copies of 1 reports" in shown
    assert "0/1 reports, below 95.0%" in shown
    assert "copies of one report, and count once" in " ".join(shown.split())


def test_of_nothing_there_is_no_percentage():
    shown = text_of(ours({"review/a/x": 1}, cell("review/a/x", None, "missing"), status="incomplete"))

    assert fields_of(shown, "blanks") == ["0"]
    assert fields_of(shown, "given as 0") == ["0"]
    lines = shown.splitlines()
    blanks = lines[lines.index(next(line for line in lines if line.startswith("blanks"))) + 1]
    assert blanks.split() == ["right", "0", "–"]
    verified = lines.index(next(line for line in lines if line.strip().startswith("verified")))
    assert lines[verified + 1].split() == ["with", "a", "fault", "–"]


def test_what_is_nearly_all_is_never_shown_as_all():
    truth = {f"review/a/{number}": 1 for number in range(30_000)}
    found = [cell(key, 1) for key in truth]

    shown = text_of(ours(truth, *found[:-1], status="incomplete"))

    assert fields_of(shown, "right") == ["29,999", "99.99%"]
    assert fields_of(shown, "open") == ["1", "0.01%"]


def test_the_text_fits_100_columns_beside_another_program():
    truth = {f"{table}/a/{number}": 1 for table in ("disclosure", "review") for number in range(5000)}
    found = [cell(key, None, "ambiguous") if key.endswith("7") else cell(key, 1) for key in truth]
    other = regex(truth, dict.fromkeys(truth, 3), copies=3)

    shown = text_of(ours(truth, *found, status="incomplete", copies=3), other)

    assert max(map(cell_len, shown.splitlines())) <= WIDTH


def test_how_often_the_first_candidate_is_true_is_said_of_each_table():
    def ambiguous(key: str, *candidates: int) -> dict[str, object]:
        return {**cell(key, None, "ambiguous"), "candidates": candidates}

    truth = {"review/a/x": 1, "review/a/y": 2, "disclosure/b/x": 5}
    found = (ambiguous("review/a/x", 1, 2), ambiguous("review/a/y", 1, 2), ambiguous("disclosure/b/x", 5, 6))

    shown = " ".join(text_of(ours(truth, *found, status="incomplete")).split())

    assert "The candidates listed hold the truth in 100.00%; 0 whole lists miss it." in shown
    assert "(review 50.00% of 2, disclosure 100.00% of 1)" in shown


def test_open_cells_are_counted_by_their_reasons():
    lost = {**cell("review/a/x", None, "ambiguous"), "why": ["blank_lost", "rival_reading"], "more": True}
    gone = {**cell("review/a/y", None, "missing"), "why": ["no_label"]}
    evaluation = ours({"review/a/x": 1, "review/a/y": None}, lost, gone, copies=2)

    told = "Open cells, numbers and blanks, by reason: blank_lost 2, rival_reading 2, no_label 2."
    assert told in text_of(evaluation)
    assert told in evaluation_markdown(evaluation, (), openness(evaluation, {}))
    assert summary(evaluation)["reasons"] == {"blank_lost": 2, "rival_reading": 2, "no_label": 2}
    assert "by reason" not in text_of(ours({"review/a/x": 1}, cell("review/a/x", 1)))


def test_markdown_shows_the_same_figures_as_tables():
    truth = {"review/a/x": 1, "review/a/y": None}
    evaluation = ours(
        truth, cell("review/a/x", 1), cell("review/a/y", None, "ambiguous"), status="incomplete"
    )

    shown = evaluation_markdown(evaluation, [regex(truth, {})], openness(evaluation, {}))

    assert "|  | gouji |  | regex |  |" in shown
    assert "| &emsp;right | 1 | 100.00% | 0 | 0.00% |" in shown
    assert "- *open*: no answer" in shown
    widths = {line.count("|") for line in shown.splitlines() if line.startswith("| ")}
    assert widths == {6, 13}


@pytest.mark.parametrize("state", ["ambiguous", "missing"])
def test_an_open_blank_is_not_right(state: str):
    shown = text_of(ours({"review/a/x": None}, cell("review/a/x", None, state), status="incomplete"))

    lines = [line.split() for line in shown.splitlines()]
    assert ["open", "1", "100.00%"] in lines
    assert ["right", "0", "0.00%"] in lines
