"""A mutation run counts each cell by what is promised of it, and comes out the same each time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.annotations.page_files import pair_pages
from gouji.annotations.truth import load_truths
from gouji.inference.cli import main
from gouji.inference.evaluation.predictions import FoundCell, Prediction
from gouji.inference.extraction import Number
from gouji.inference.extractor import Extractor
from gouji.inference.mutation.catalogue import MutationError, known_mutations
from gouji.inference.mutation.mutants import Mutant, Plan
from gouji.inference.mutation.run import run_mutations
from gouji.inference.mutation.sheet import Place, Sheet
from gouji.inference.mutation.tally import Fate, MutationTally, fault_text, tally_of
from gouji.inference.result import Extraction
from gouji.model.page import Page

Cells = dict[str, FoundCell]


def sheet(truth: dict[str, Number | None], **printed: Number | None) -> Sheet:
    return Sheet("", {}, {}, {}, {}, truth, {**truth, **printed})


def tally(mutated: Sheet, cells: Cells, status: str = "verified", *, damaged: bool = False) -> MutationTally:
    return tally_of(mutated, Prediction("a.txt", cells, status), partial=False, damaged=damaged)[0]


@pytest.mark.parametrize(
    ("found", "fate"),
    [
        (FoundCell(5, "read"), Fate.RIGHT),
        (FoundCell(4, "read"), Fate.WRONG),
        (FoundCell(None, "blank"), Fate.OVERLOOKED),
        (FoundCell(None, "ambiguous", candidates=(4, 5)), Fate.AMBIGUOUS),
        (FoundCell(None, "missing"), Fate.MISSING),
        (FoundCell(None), Fate.MISSING),  # another program's
    ],
)
def test_a_cell_that_is_no_lie_is_held_against_the_truth(found: FoundCell, fate: Fate):
    counted = tally(sheet({"a": 5}), {"a": found})

    assert getattr(counted, fate.value) == 1
    assert counted.broken == (fate in (Fate.WRONG, Fate.OVERLOOKED))


def test_a_lie_that_is_answered_as_it_is_printed_is_undetectable_in_a_verified_page_only():
    lying = sheet({"a": 5}, a=3)
    found = {"a": FoundCell(3, "read")}

    assert tally(lying, found) == MutationTally(pages=1, lied=1, verified=1, undetectable=1)
    assert tally(lying, found, "contradicted") == MutationTally(pages=1, lied=1)


def test_what_is_neither_the_truth_nor_the_lie_is_wrong():
    counted = tally(sheet({"a": 5}, a=3), {"a": FoundCell(4, "placed")})

    assert (counted.wrong, counted.broken, counted.undetectable) == (1, 1, 0)


def test_sums_that_lie_lead_astray_what_they_place_where_the_layout_is_gone():
    lying = sheet({"t/a": 5, "t/b": 6, "u/a": 7}, **{"t/a": 3})
    found = {
        "t/a": FoundCell(3, "read"),
        "t/b": FoundCell(8, "placed"),
        "u/a": FoundCell(8, "placed"),
    }

    counted = tally(lying, found, damaged=True)

    assert (counted.lied, counted.astray, counted.wrong) == (1, 1, 1)
    assert tally(lying, found, damaged=False).wrong == 2


def test_figures_moved_in_a_table_without_sums_lead_astray_and_in_no_other_table():
    order = {"t": ("t/label", "t/a", "t/b")}
    labels, cells = {"t/label": Place(0, 1)}, {"t/a": Place(2, 3), "t/b": Place(4, 5)}
    still = replace(sheet({"t/a": 5, "t/b": None, "u/a": 7}), labels=labels, cells=cells, order=order)
    moved = replace(still, labels={"t/label": Place(6, 7)})
    found = {"t/a": FoundCell(None, "blank"), "t/b": FoundCell(5, "read"), "u/a": FoundCell(8, "read")}

    assert (tally(moved, found).astray, tally(moved, found).wrong) == (2, 1)
    assert (tally(still, found).astray, tally(still, found).overlooked) == (0, 1)


def test_zero_and_blank_are_one_reading():
    counted = tally(sheet({"a": 0, "b": None}), {"a": FoundCell(None, "blank"), "b": FoundCell(0, "placed")})

    assert (counted.right, counted.broken) == (2, 0)


def test_a_number_of_another_form_is_wrong_and_a_blank_of_it_is_nothing():
    counted = tally(sheet({"a": 5}), {"a": FoundCell(5), "b": FoundCell(6), "c": FoundCell(None, "blank")})

    assert (counted.right, counted.wrong, counted.overlooked) == (1, 1, 0)


def test_a_whole_list_of_candidates_without_the_truth_is_a_fault():
    listed = FoundCell(None, "ambiguous", candidates=(4, 3))
    mutated = sheet({"a": 5})

    counted, faults = tally_of(mutated, Prediction("", {"a": listed}), partial=False, damaged=False)

    assert (counted.ambiguous, counted.false_lists) == (1, 1)
    assert [fault_text(fault) for fault in faults] == ["a: one of [4, 3] [ambiguous], but the truth is 5"]
    assert not tally(mutated, {"a": replace(listed, more=True)}).false_lists
    assert not tally(sheet({"a": 5}, a=3), {"a": listed}).false_lists


def plan(samples: Path, count: int, *names: str, **more: object) -> Plan:
    truths = load_truths(samples.parent / "truth")
    pages = pair_pages(sorted(samples.glob("*.txt")), truths).paired
    return Plan(pages, truths, known_mutations(names), count, **more)  # type: ignore[arg-type]


def timeless(mutants: Iterable[Mutant]) -> list[tuple[str, MutationTally | None]]:
    """The mutants by name, with their counts where no cell may be ambiguous for want of time."""
    return [(mutant.name, None if mutant.tally.ambiguous else mutant.tally) for mutant in mutants]


def test_reasons_are_counted_of_open_cells_and_added_up():
    open_cell = FoundCell(None, "ambiguous", candidates=(4, 5), why=("blank_lost",))
    cells = {"a": open_cell, "b": FoundCell(0, "read")}
    counted = tally(sheet({"a": 5, "b": 0}), cells, "incomplete")

    assert (counted + counted).reasons == {"blank_lost": 2}


def test_a_run_is_the_same_with_one_worker_and_with_two_and_another_with_another_seed(samples: Path):
    one = timeless(run_mutations(plan(samples, 24), jobs=1).mutants)
    two = timeless(run_mutations(plan(samples, 24), jobs=2).mutants)
    other = timeless(run_mutations(plan(samples, 24, seed=1), jobs=1).mutants)

    assert one == two
    assert one != other
    assert {name.count("+") for name, _ in one} == {0, 1}
    assert any(counts for _, counts in one)


def test_a_greater_run_begins_with_the_smaller_one(samples: Path):
    small = timeless(run_mutations(plan(samples, 6), jobs=1).mutants)
    great = timeless(run_mutations(plan(samples, 12), jobs=1).mutants)

    assert great[: len(small)] == small


def test_a_page_that_is_not_read_right_undamaged_is_left_out_with_the_reason(samples: Path, tmp_path: Path):
    asked = plan(samples, 1)
    page = next(page for page in asked.pages if page.truth == "yunling_2022")
    truth = asked.truths["yunling_2022"]
    lying = replace(truth, cells={**truth.cells, "disclosure/licensing/decisions": 287})
    run = run_mutations(replace(asked, truths={**asked.truths, "yunling_2022": lying}), jobs=1)

    ((name, reason),) = [(left.page, left.reason) for left in run.left_out]
    assert name == page.path.name
    assert reason == "disclosure/licensing/decisions: 286 [read], but the truth is 287"


def test_where_no_page_can_be_mutated_it_is_said_why(tmp_path: Path):
    (tmp_path / "a__x.txt").write_text("今天天气很好。", encoding="utf-8")
    (tmp_path / "a.json").write_text(
        '{"id": "a", "cells": {"review/direct_suit/total": 1}}', encoding="utf-8"
    )
    truths = load_truths(tmp_path)
    asked = Plan(pair_pages([tmp_path / "a__x.txt"], truths).paired, truths, known_mutations([]), 3)

    with pytest.raises(MutationError, match=r"a__x\.txt: no cell is read"):
        run_mutations(asked, jobs=1)


def gouji(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def mutate(samples: Path, *arguments: str | Path) -> Result:
    folders = ("--pages", samples, "--truth", samples.parent / "truth")
    return gouji("mutate", *folders, "--jobs", "1", *arguments)


def test_the_command_prints_a_row_for_each_mutation_and_other_programs_beside(samples: Path, tmp_path: Path):
    guess = tmp_path / "guess.py"
    guess.write_text(
        "def parse(text):\n    return {'cells': {'disclosure/licensing/decisions': 286}}\n", encoding="utf-8"
    )

    result = mutate(
        samples, "--count", "8", "--operators", "crlf,digit_changed", "--no-pairs", "--against-module", guess
    )

    assert result.exit_code == 0, result.stderr
    rows = [line.split() for line in result.stdout.splitlines() if line.split()]
    assert [row[:2] for row in rows if row[0] in ("all", "crlf", "digit_changed")] == [
        ["all", "8"],
        ["crlf", "4"],
        ["digit_changed", "4"],
    ]
    assert "guess" in result.stdout
    assert rows[-1] == ["8", "mutated", "pages", "of", "2;", "0", "broken", "promises"]


def test_the_command_keeps_pages_with_faults_where_evaluate_finds_the_same_faults(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    sound = Extractor.extract

    def unsound(self: Extractor, page: Page) -> Extraction:
        answer = sound(self, page)
        cells = [
            replace(cell, value=9) if cell.value == 286 and "\r" in page.text else cell
            for cell in answer.cells
        ]
        return replace(answer, cells=tuple(cells))

    monkeypatch.setattr(Extractor, "extract", unsound)
    kept = tmp_path / "kept"

    result = mutate(samples, "--count", "6", "--operators", "crlf", "--no-pairs", "--keep", kept)

    assert result.exit_code == 1
    assert "disclosure/licensing/decisions: 9 [read], but the truth is 286" in result.stderr
    names = sorted(path.name for path in (kept / "pages").iterdir())
    assert names
    assert all(name.startswith("yunling_2022-") and name.endswith("__lines__crlf.txt") for name in names)
    figures = gouji("evaluate", "--pages", kept / "pages", "--truth", kept / "truth", "--json", "--jobs", "1")
    assert json.loads(figures.stdout)["gouji"]["total"]["wrong"] == len(names)


def test_all_mutated_pages_are_kept_with_what_they_print_where_that_can_be_read(
    samples: Path, tmp_path: Path
):
    lying, astray = tmp_path / "lying", tmp_path / "astray"

    mutate(samples, "--count", "8", "--operators", "digit_changed", "--no-pairs", "--keep-all", lying)
    mutate(
        samples,
        "--count",
        "16",
        "--operators",
        "digit_changed,separators_gone_in_table",
        "--keep-all",
        astray,
    )

    told = gouji("evaluate", "--pages", lying / "pages", "--truth", lying / "truth", "--json", "--jobs", "1")
    assert len(list((lying / "pages").iterdir())) == 8
    assert json.loads(told.stdout)["gouji"]["total"]["wrong"] == 0
    held = {len({key.partition("/")[0] for key in t.cells}) for t in load_truths(astray / "truth").values()}
    assert held == {2, 3}, "a table that lies and is damaged is left out"


def test_an_unknown_mutation_is_a_usage_error_that_lists_them(samples: Path):
    result = mutate(samples, "--operators", "crlf,nonsense")

    assert result.exit_code == 2
    assert "nonsense: no such mutation; there are separator_gone" in result.stderr


def test_json_holds_every_group_and_what_is_left_out(samples: Path):
    result = mutate(samples, "--count", "6", "--operators", "crlf,row_gone", "--json")

    record = json.loads(result.stdout)
    assert result.exit_code == 0, result.stderr
    assert record["groups"]["all"]["all"]["pages"] == 6
    assert set(record["groups"]["alone"]) == {"crlf", "row_gone"}
    assert record["groups"]["alone"]["row_gone"]["missing"] > 0
    assert record["left_out"] == {}
