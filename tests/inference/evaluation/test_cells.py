"""An evaluation counts each cell as the contract says, and holds the program to its promises."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from gouji.annotations.page_files import PageFile, parse_name
from gouji.annotations.truth import Truth
from gouji.inference.evaluation.cells import Evaluation, evaluate, score_page
from gouji.inference.evaluation.cells_report import fault_lines, summary
from gouji.inference.evaluation.floor import Floor, FloorError, load_floors, missed_floors
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
from gouji.inference.evaluation.tally import Count, Tally, add_up
from gouji.inference.evaluation.verdicts import Verdict, judge

PAGE: PageFile = parse_name(Path("a__cms-bs4_nl.txt"))


Cells = dict[str, int | float | None]


def truth(cells: Cells, **more: object) -> Truth:
    return Truth("a", "2021", None, None, None, cells, **more)  # type: ignore[arg-type]


def tally(cells: Cells, found: Cells, **more: object) -> Tally:
    return score_page(PAGE, truth(cells, **more), prediction(found)).tally


def prediction(values: Cells, status: str | None = None) -> Prediction:
    """Of a program that tells a blank from a cell that it leaves open."""
    cells = {k: FoundCell(v, "blank" if v is None else "read") for k, v in values.items()}
    return Prediction(PAGE.path.name, cells, status)


BLANK, AMBIGUOUS, MISSING = (FoundCell(None, state) for state in ("blank", "ambiguous", "missing"))


@pytest.mark.parametrize(
    ("found", "expected", "verdict"),
    [
        (FoundCell(3, "read"), 3, Verdict.RIGHT),
        (FoundCell(1, "read"), 1.0, Verdict.RIGHT),
        (BLANK, None, Verdict.RIGHT),
        (FoundCell(0, "placed"), None, Verdict.SOFT),
        (BLANK, 0, Verdict.OVERLOOKED),
        (BLANK, 3, Verdict.OVERLOOKED),
        (FoundCell(None, "settled"), 3, Verdict.OVERLOOKED),
        (FoundCell(3, "placed"), None, Verdict.WRONG),
        (FoundCell(0, "read"), 3, Verdict.WRONG),
    ],
)
def test_an_answer_is_right_or_wrong(found: FoundCell, expected: float | None, verdict: Verdict):
    assert judge(found, expected) is verdict


@pytest.mark.parametrize("found", [AMBIGUOUS, MISSING])
@pytest.mark.parametrize("expected", [None, 0, 3])
@pytest.mark.parametrize("doubtful", [False, True])
def test_a_cell_without_an_answer_is_open_whatever_its_truth(
    found: FoundCell, expected: float | None, doubtful: bool
):
    assert judge(found, expected, doubtful=doubtful) is Verdict.OPEN


@pytest.mark.parametrize(
    ("expected", "verdict"), [(None, Verdict.RIGHT), (0, Verdict.OPEN), (3, Verdict.OPEN)]
)
def test_a_null_without_a_state_is_right_of_a_blank_and_leaves_a_number_open(
    expected: float | None, verdict: Verdict
):
    assert judge(FoundCell(), expected) is verdict


@pytest.mark.parametrize(("found", "expected"), [(FoundCell(0, "read"), None), (BLANK, 0)])
def test_in_a_doubtful_cell_blank_and_zero_are_both_right(found: FoundCell, expected: float | None):
    assert judge(found, expected, doubtful=True) is Verdict.RIGHT


def test_a_doubtful_cell_can_still_be_wrong():
    assert judge(FoundCell(4, "read"), None, doubtful=True) is Verdict.WRONG


def test_numbers_and_blanks_are_counted_apart():
    cells: Cells = {"a": 1, "b": 2, "c": 3, "d": None, "e": None, "f": None}
    found = {"a": FoundCell(1, "read"), "b": FoundCell(7, "read"), "c": AMBIGUOUS}
    found |= {"d": BLANK, "e": FoundCell(7, "read"), "f": AMBIGUOUS}

    counted = score_page(PAGE, truth(cells), Prediction("", found, "incomplete")).tally

    assert counted.numbers == Count(right=1, wrong=1, open=1)
    assert counted.blanks == Count(right=1, wrong=1, open=1)
    assert (counted.all.faulty, counted.exact) == (1, 0)


def test_value_held_against_value_an_open_cell_is_right_of_a_blank():
    cells: Cells = {"a": 1, "b": 2, "c": 3, "d": None, "e": None, "f": 0}
    found = {"a": FoundCell(1, "read"), "b": BLANK, "c": MISSING, "d": AMBIGUOUS, "e": FoundCell(0, "read")}
    found |= {"f": MISSING}

    by_value = score_page(PAGE, truth(cells, doubtful=frozenset({"f"})), Prediction("", found)).tally.by_value

    assert (by_value.right, by_value.soft, by_value.wrong, by_value.missed) == (4, 1, 0, 2)
    assert by_value.right_share == pytest.approx(4 / 6)


def test_a_page_of_which_nothing_is_answered_has_nothing_right():
    cells: Cells = {"a": 1, "b": None, "c": None}

    counted = score_page(
        PAGE, truth(cells), Prediction("", dict.fromkeys(cells, MISSING), "incomplete")
    ).tally

    assert (counted.cells.right, counted.cells.open, counted.tables_exact) == (0, 3, 0)


def test_soft_cells_count_as_right_and_are_shown_apart():
    counted = tally({"a": None, "b": 2}, {"a": 0, "b": 2})

    assert (counted.blanks.right, counted.soft, counted.exact) == (1, 1, 1)


def test_a_number_called_blank_is_wrong_and_shown_apart():
    counted = tally({"a": 4, "b": 2}, {"a": None, "b": 2})

    assert (counted.numbers.wrong, counted.overlooked, counted.all.faulty) == (1, 1, 1)


def test_of_a_partial_truth_only_the_listed_cells_count():
    counted = tally({"a": 1}, {"a": 1, "b": 7}, partial=True)

    assert (counted.cells, counted.surplus) == (Count(right=1), 0)


def test_numbers_for_cells_that_a_whole_truth_does_not_have_are_counted_apart():
    counted = tally({"a": 1}, {"a": 1, "b": 7, "c": None})

    assert (counted.surplus, counted.cells.wrong, counted.all.faulty) == (1, 0, 1)


def test_such_a_number_is_named_among_the_faults():
    page = {PAGE.path.name: prediction({"a": 1, "b": 7}, "verified")}

    evaluation = evaluate("gouji", [PAGE], {"a": truth({"a": 1})}, page)

    name = PAGE.path.name
    assert list(fault_lines(evaluation)) == [
        f"{name}: b: a number, but the report has no such cell (verified)"
    ]
    assert summary(evaluation)["pages"][0]["surplus_cells"] == ["b"]


@pytest.mark.parametrize("values_only", [False, True])
def test_a_page_that_cannot_be_read_leaves_all_its_cells_open(values_only: bool):
    failed = Prediction("", {}, error="is empty", values_only=values_only)

    score = score_page(PAGE, truth({"a": 1, "b": None}), failed)

    assert score.status == "error"
    assert (score.tally.cells, score.tally.exact) == (Count(open=2), 0)


def test_a_cell_that_a_record_does_not_hold_is_open():
    record = {"source": PAGE.path.name, "status": "no_tables", "cells": []}

    assert score_page(PAGE, truth({"a": None}), prediction_of_record(record)).tally.blanks == Count(open=1)


def test_copies_of_one_report_are_one_report():
    pages = [parse_name(Path(f"{name}.txt")) for name in ("a__web", "a__w3m", "a__bs4", "b__web", "c__web")]
    truths = {name: truth({"k": 1}) for name in "abc"}
    right, wrong = prediction({"k": 1}, "verified"), prediction({"k": 2}, "verified")
    found = {page.path.name: wrong if page.path.name == "a__w3m.txt" else right for page in pages[:4]}

    total = evaluate("gouji", pages, truths, found).total

    assert (total.all.pages, total.all.faulty) == (5, 1)
    assert (total.verified.reports, total.verified.faulty_reports) == ({"a", "b"}, {"a"})
    assert total.verified.at_most == pytest.approx(0.9747, abs=5e-5)  # 1 of 2, and not 1 of 4


def test_there_is_no_percentage_of_nothing():
    nothing = add_up([])

    assert (nothing.numbers.right_share, nothing.exact_share, nothing.verified.at_most) == (None, None, None)
    assert nothing.by_value.right_share is None


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

    assert (score.tally.undecided, score.tally.broken, score.tally.numbers.open) == (4, 1, 5)
    assert (score.tally.among, score.tally.first) == (2, 1)
    assert [fault.key for fault in score.faults] == ["a"]


def test_a_table_is_exact_where_all_its_cells_are_right_whatever_the_others_are():
    found = {"review/a/x": 1, "review/a/y": None, "disclosure/b/x": 5}
    score = score_page(
        PAGE, truth({"review/a/x": 1, "review/a/y": None, "disclosure/b/x": 2}), prediction(found)
    )

    assert (score.tally.tables, score.tally.tables_exact, score.tally.exact) == (2, 1, 0)
    evaluation = Evaluation("gouji", (score, score))
    assert (evaluation.by_table()["review"].exact, evaluation.by_table()["disclosure"].cells.wrong) == (2, 2)


def test_a_page_with_two_damages_counts_with_both():
    page = PageFile(Path("a__web__nbsp+ghosts.txt"), "a", "web", "nbsp+ghosts")

    figures = summary(evaluate("gouji", [page], {"a": truth({"k": 1})}, {}))

    assert list(figures["damage"]) == ["ghosts", "nbsp"]


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

    assert figures["total"]["numbers"]["right_share"] == 0.5
    assert (figures["verified"]["wrong"], figures["verified"]["faulty"]) == (1, 1)
    assert figures["statuses"] == {"verified": 2}
    assert figures["tool"]["bs4"]["numbers"]["right"] == 1
    assert figures["damage"] == {"nbsp": figures["tool"]["web"], "none": figures["tool"]["bs4"]}
    assert figures["form"]["2021"]["pages"] == 2
    assert figures["expect"]["full"]["pages"] == 2
    assert list(fault_lines(evaluation)) == ["a__web__nbsp.txt: k: 2, but the truth is 1 (verified)"]
    json.dumps(figures)


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
    floors = [Floor("total.numbers.right_share", 0.9), Floor("total.wrong", at_most=0)]
    floors += [Floor("total.odd", 1), Floor("total.exact_share", 0.0)]
    figures = {"total": {"numbers": {"right_share": 0.95}, "wrong": 2, "exact_share": None}}

    assert list(missed_floors(floors, figures)) == [
        "total.wrong is 2; at most 0 is allowed",
        "total.odd names no figure of this evaluation, or a share of nothing",
        "total.exact_share names no figure of this evaluation, or a share of nothing",
    ]


def test_a_floors_name_may_lead_over_a_key_with_points():
    figures = {"at": {"0.99": {"wrong": 3}}, "tool": {"w3m 0.5.3": {"right_share": 0.5}}}
    floors = [Floor("at.0.99.wrong", at_most=2), Floor("tool.w3m 0.5.3.right_share", 0.5)]

    assert list(missed_floors(floors, figures)) == ["at.0.99.wrong is 3; at most 2 is allowed"]


def test_floors_are_read_from_their_section(tmp_path: Path):
    path = tmp_path / "floor.toml"
    path.write_text(
        '[pages.at_least]\n"total.numbers.right_share" = 0.9\n[pages.at_most]\n"total.wrong" = 0\n'
    )

    assert load_floors(path, "pages") == [
        Floor("total.numbers.right_share", 0.9),
        Floor("total.wrong", None, 0),
    ]


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
