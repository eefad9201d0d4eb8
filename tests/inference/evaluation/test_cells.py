"""An evaluation counts each cell as the contract says, and holds the program to its promises."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from rich.console import Console

from gouji.annotations.page_files import PageFile, parse_name
from gouji.annotations.truth import Truth
from gouji.inference.evaluation.cells import Evaluation, Tally, Verdict, evaluate, judge, score_page
from gouji.inference.evaluation.cells_report import evaluation_table, fault_lines, promise_lines, summary
from gouji.inference.evaluation.coverage import coverage
from gouji.inference.evaluation.floor import Floor, FloorError, load_floors, missed_floors
from gouji.inference.evaluation.openness import openness
from gouji.inference.evaluation.predictions import (
    FoundCell,
    Prediction,
    PredictionError,
    cells_of_values,
    load_predictions,
    prediction_of_record,
    predictions_of_command,
    predictions_of_module,
)

PAGE: PageFile = parse_name(Path("a__cms-bs4_nl.txt"))


Cells = dict[str, int | float | None]


def truth(cells: Cells, **more: object) -> Truth:
    return Truth("a", "2021", None, None, None, cells, **more)  # type: ignore[arg-type]


def tally(cells: Cells, found: Cells, **more: object) -> Tally:
    return score_page(PAGE, truth(cells, **more), prediction(found)).tally


def prediction(values: Cells, status: str | None = None) -> Prediction:
    return Prediction(PAGE.path.name, cells_of_values(values), status)


@pytest.mark.parametrize(
    ("found", "expected", "verdict"),
    [
        (3, 3, Verdict.RIGHT),
        (1, 1.0, Verdict.RIGHT),
        (None, None, Verdict.RIGHT),
        (0, None, Verdict.SOFT),
        (None, 0, Verdict.MISSED),
        (None, 3, Verdict.MISSED),
        (3, None, Verdict.WRONG),
        (0, 3, Verdict.WRONG),
    ],
)
def test_a_cell_is_judged_as_the_contract_says(found: float | None, expected: float | None, verdict: Verdict):
    assert judge(found, expected) is verdict


@pytest.mark.parametrize(("found", "expected"), [(0, None), (None, 0), (0, 0)])
def test_in_a_doubtful_cell_blank_and_zero_are_both_right(found: float | None, expected: float | None):
    assert judge(found, expected, doubtful=True) is Verdict.RIGHT


def test_a_doubtful_cell_can_still_be_wrong():
    assert judge(4, None, doubtful=True) is Verdict.WRONG


def test_soft_cells_count_as_right_and_are_shown_apart():
    counted = tally({"a": None, "b": 2}, {"a": 0, "b": 2})

    assert (counted.right, counted.soft, counted.exact) == (2, 1, 1)


def test_of_a_partial_truth_only_the_listed_cells_count():
    counted = tally({"a": 1}, {"a": 1, "b": 7}, partial=True)

    assert (counted.cells, counted.right, counted.surplus) == (1, 1, 0)


def test_numbers_for_cells_that_a_whole_truth_does_not_have_are_counted_apart():
    assert tally({"a": 1}, {"a": 1, "b": 7, "c": None}).surplus == 1


def test_a_page_that_cannot_be_read_misses_all_its_numbers():
    score = score_page(PAGE, truth({"a": 1, "b": None}), Prediction("", {}, error="is empty"))

    assert score.status == "error"
    assert (score.tally.missed, score.tally.right, score.tally.exact) == (1, 1, 0)


def test_candidates_that_do_not_hold_the_truth_are_a_broken_promise():
    record = {
        "source": "x/a__cms-bs4_nl.txt",
        "status": "incomplete",
        "cells": [
            {"key": "a", "value": None, "state": "ambiguous", "candidates": [1, 2]},
            {"key": "b", "value": None, "state": "ambiguous", "candidates": [None, 2]},
            {"key": "c", "value": None, "state": "ambiguous", "candidates": [4], "more": True},
            {"key": "d", "value": None, "state": "missing"},
            {"key": "e", "value": None, "state": "ambiguous", "candidates": [5, 7]},
        ],
    }

    score = score_page(PAGE, truth({"a": 3, "b": 0, "c": 9, "d": 1, "e": 7}), prediction_of_record(record))

    assert (score.tally.undecided, score.tally.broken, score.tally.missed) == (4, 1, 5)
    assert (score.tally.among, score.tally.first) == (2, 1)
    assert [fault.key for fault in score.faults] == ["a"]


def test_a_table_is_exact_where_all_its_cells_are_right_whatever_the_others_are():
    found = {"review/a/x": 1, "review/a/y": None, "disclosure/b/x": 5}
    score = score_page(
        PAGE, truth({"review/a/x": 1, "review/a/y": None, "disclosure/b/x": 2}), prediction(found)
    )

    assert (score.tally.tables, score.tally.tables_exact, score.tally.exact) == (2, 1, 0)
    evaluation = Evaluation("gouji", (score, score))
    assert (evaluation.by_table()["review"].exact, evaluation.by_table()["disclosure"].wrong) == (2, 2)


def test_a_page_with_two_damages_counts_with_both():
    page = PageFile(Path("a__web__nbsp+ghosts.txt"), "a", "web", "nbsp+ghosts")

    figures = summary(evaluate("gouji", [page], {"a": truth({"k": 1})}, {}))

    assert list(figures["damage"]) == ["ghosts", "nbsp"]


def test_coverage_drops_the_answers_below_each_threshold_and_counts_the_wrong_ones_that_stay():
    cells = {
        "sure": FoundCell(1, "read", 0.9999),
        "wrong": FoundCell(2, "read", 0.97),
        "blank": FoundCell(None, "blank", 0.91),
        "open": FoundCell(None, "ambiguous"),
    }
    score = score_page(PAGE, truth({"sure": 1, "wrong": 1, "blank": 4, "open": 1}), Prediction("", cells))

    points = {point.threshold: point for point in coverage(Evaluation("gouji", (score,)))}

    assert (points[0.0].answered_share, points[0.0].wrong, points[0.0].missed) == (0.75, 1, 1)
    assert (points[0.95].answered, points[0.95].wrong, points[0.95].missed) == (2, 1, 0)
    assert (points[0.98].answered, points[0.98].wrong) == (1, 0)
    assert points[0.9995].answered == 1


def test_a_program_without_confidences_has_no_coverage():
    score = score_page(PAGE, truth({"k": 1}), prediction({"k": 1}))

    assert coverage(Evaluation("regex", (score,))) == ()


def test_another_program_is_held_against_the_pages_that_we_call_verified():
    truths = {"a": truth({"k": 1})}
    ours = evaluate("gouji", [PAGE], truths, {PAGE.path.name: prediction({"k": 1}, "verified")})
    other = evaluate("regex", [PAGE], truths, {PAGE.path.name: prediction({"k": 3})})

    assert summary(other, ours.verified())["verified"]["wrong"] == 1


def test_the_summary_counts_by_tool_damage_truth_and_what_is_asked():
    pages = [
        PageFile(Path("a__cms-bs4_nl.txt"), "a", "cms-bs4_nl", "", "full"),
        PageFile(Path("a__web__nbsp.txt"), "a", "web", "nbsp", "full"),
    ]
    found = {
        pages[0].path.name: prediction({"k": 1}, "verified"),
        pages[1].path.name: prediction({"k": 2}, "verified"),
    }

    evaluation = evaluate("gouji", pages, {"a": truth({"k": 1})}, found)
    figures = summary(evaluation)

    assert figures["total"]["right_share"] == 0.5
    assert figures["verified"]["wrong"] == 1
    assert figures["statuses"] == {"verified": 2}
    assert figures["tool"]["bs4"]["right"] == 1
    assert figures["damage"] == {"nbsp": figures["tool"]["web"], "none": figures["tool"]["bs4"]}
    assert figures["form"]["2021"]["pages"] == 2
    assert figures["expect"]["full"]["pages"] == 2
    assert list(fault_lines(evaluation)) == ["a__web__nbsp.txt: k: 2, but the truth is 1 (verified)"]
    json.dumps(figures)


def test_the_table_shows_another_programs_figures_beside_ours():
    truths = {"a": truth({"k": 1})}
    ours = evaluate("gouji", [PAGE], truths, {PAGE.path.name: prediction({"k": 1}, "verified")})
    other = evaluate("regex", [PAGE], truths, {PAGE.path.name: prediction({"k": 3})})
    console = Console(width=160, record=True, file=io.StringIO())

    console.print(evaluation_table(ours, [other]))
    shown = console.export_text()

    assert "gouji: 1 verified" in shown
    assert "regex: right" in shown
    assert "100.00%" in shown
    assert "0.00%" in shown


def test_an_evaluation_of_nothing_is_all_right():
    assert Evaluation("gouji", ()).total.right_share == 1.0


def test_predictions_of_another_program_are_read_by_file_name(tmp_path: Path):
    path = tmp_path / "other.jsonl"
    path.write_text('{"page": "pages/a.txt", "cells": {"k": 3}}\n\n{"source": "b.txt"}\n', encoding="utf-8")

    predictions = load_predictions(path)

    assert predictions["a.txt"].cells == cells_of_values({"k": 3})
    assert predictions["b.txt"].cells == {}


def test_faulty_predictions_list_every_fault_with_its_line(tmp_path: Path):
    path = tmp_path / "other.jsonl"
    path.write_text('{"cells": {}}\n[1]\n{"page": "a.txt", "cells": 3}\n', encoding="utf-8")

    with pytest.raises(PredictionError) as fault:
        load_predictions(path)

    for line in ("line 1: source: found None", "line 2", "line 3: a.txt: cells: found int"):
        assert line in str(fault.value)


def test_a_command_is_run_on_each_page_and_one_that_fails_reads_nothing(tmp_path: Path):
    script = tmp_path / "other.py"
    script.write_text(
        "import json, sys\nif 'bad' in sys.argv[1]: sys.exit(3)\nprint(json.dumps({'cells': {'k': 3}}))\n",
        encoding="utf-8",
    )

    predictions = predictions_of_command(f"{sys.executable} {script}", [Path("a.txt"), Path("bad.txt")])

    assert predictions["a.txt"].cells == cells_of_values({"k": 3})
    assert predictions["bad.txt"].cells == {}
    assert "exit status 3" in (predictions["bad.txt"].error or "")


def test_a_module_parses_each_pages_text_and_where_it_fails_reads_nothing(tmp_path: Path):
    module, good, bad = (tmp_path / name for name in ("other.py", "a.txt", "bad.txt"))
    module.write_text("def parse(text):\n    return {'cells': {'k': int(text)}}\n", encoding="utf-8")
    good.write_text("3", encoding="utf-8")
    bad.write_text("规章", encoding="utf-8")

    predictions = predictions_of_module(module, [good, bad])

    assert predictions["a.txt"].cells == cells_of_values({"k": 3})
    assert predictions["bad.txt"].cells == {}
    assert "ValueError" in (predictions["bad.txt"].error or "")


def test_a_module_without_parse_is_refused(tmp_path: Path):
    module = tmp_path / "other.py"
    module.write_text("x = 1\n", encoding="utf-8")

    with pytest.raises(PredictionError, match=r"other\.py: cannot be loaded.*expected a file with parse"):
        predictions_of_module(module, [])


def test_a_command_that_does_not_exist_is_refused():
    with pytest.raises(PredictionError, match="no such command"):
        predictions_of_command("/no/such/program", [Path("a.txt")])


def test_floors_say_which_figure_misses_them():
    floors = [Floor("total.right_share", 0.9), Floor("total.wrong", at_most=0), Floor("total.odd", 1)]
    figures = {"total": {"right_share": 0.95, "wrong": 2}}

    assert list(missed_floors(floors, figures)) == [
        "total.wrong is 2; at most 0 is allowed",
        "total.odd names no figure of this evaluation",
    ]


def test_a_floors_name_may_lead_over_a_key_with_points():
    figures = {"coverage": {"0.99": {"wrong": 3}}, "tool": {"w3m 0.5.3": {"right_share": 0.5}}}
    floors = [Floor("coverage.0.99.wrong", at_most=2), Floor("tool.w3m 0.5.3.right_share", 0.5)]

    assert list(missed_floors(floors, figures)) == ["coverage.0.99.wrong is 3; at most 2 is allowed"]


def test_floors_are_read_from_their_section(tmp_path: Path):
    path = tmp_path / "floor.toml"
    path.write_text('[pages.at_least]\n"total.right_share" = 0.9\n[pages.at_most]\n"total.wrong" = 0\n')

    assert load_floors(path, "pages") == [Floor("total.right_share", 0.9), Floor("total.wrong", None, 0)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[pages", "cannot be read as TOML"),
        ("[spans.at_least]\nf1 = 1", "pages: missing"),
        ('[pages.at_least]\nx = "1"', "pages.at_least.x: found '1'"),
        ("[pages.above]\nx = 1", "pages.above: expected"),
    ],
)
def test_a_faulty_floor_file_is_refused(tmp_path: Path, content: str, message: str):
    path = tmp_path / "floor.toml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(FloorError, match=message):
        load_floors(path, "pages")


def test_how_often_the_first_candidate_is_true_is_said_of_each_table():
    record = {
        "source": "x/a__cms-bs4_nl.txt",
        "status": "incomplete",
        "cells": [
            {"key": "review/a/x", "value": None, "state": "ambiguous", "candidates": [1, 2]},
            {"key": "review/a/y", "value": None, "state": "ambiguous", "candidates": [1, 2]},
            {"key": "disclosure/b/x", "value": None, "state": "ambiguous", "candidates": [5, 6]},
        ],
    }
    cells = {"review/a/x": 1, "review/a/y": 2, "disclosure/b/x": 5}

    evaluation = Evaluation("gouji", (score_page(PAGE, truth(cells), prediction_of_record(record)),))
    lines = list(promise_lines(evaluation, openness(evaluation, {})))

    assert "  in review: 2 cells; listed 100.00%, first 50.00%" in lines
    assert "  in disclosure: 1 cells; listed 100.00%, first 100.00%" in lines
