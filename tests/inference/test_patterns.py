"""A publisher's habit is named where it explains every sum that fails, and only there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.inference.extraction import Number, Status
from gouji.inference.patterns import PATTERNS, pattern_of
from gouji.inference.result import Extraction
from gouji.model.forms import load_forms

TABLES = load_forms()["2021"].tables
APPLICATIONS, REVIEW = (next(t for t in TABLES if t.id == name) for name in ("applications", "review"))
ROWS = [row.id for _, row in APPLICATIONS.rows()]
COLUMNS = [column.id for column in APPLICATIONS.blocks[0].columns]
RESULTS = ROWS[2:-2]

Values = dict[str, Number | None]


def printed(**changed: Number | None) -> Values:
    """A small report of which all sums hold, but for the cells named: `received_total=8`."""
    values: Values = {key: 0 for table in (APPLICATIONS, REVIEW) for key in table.keys()}
    cells = {
        "applications/received": {"natural_person": 5, "business": 2, "total": 7},
        "applications/carried_in": {"natural_person": 1, "total": 1},
        "applications/granted": {"natural_person": 4, "total": 4},
        "applications/rejected.petition": {"business": 2, "total": 2},
        "applications/total": {"natural_person": 4, "business": 2, "total": 6},
        "applications/carried_out": {"natural_person": 2, "total": 2},
        "review/reconsideration": {"upheld": 3, "pending": 1, "total": 4},
        "review/direct_suit": {"upheld": 1, "total": 1},
    }
    values |= {f"{row}/{column}": value for row, own in cells.items() for column, value in own.items()}
    return values | {f"applications/{name.replace('__', '/')}": value for name, value in changed.items()}


def totals(rows: list[str], value: Number | None, table: str = "applications") -> Values:
    return {f"{table}/{row}/total": value for row in rows}


def blank(row: str) -> Values:
    return {f"applications/{row}/{column}": None for column in COLUMNS}


REVIEW_ROWS = ["reconsideration", "direct_suit", "suit_after_reconsideration"]
THIS_YEAR = "the total row counts this year's requests alone"
NEXT_YEAR = "the total row counts requests carried out"

CASES: list[tuple[str, Values]] = [
    ("review totals blank", totals(REVIEW_ROWS, None, "review")),
    ("review totals zero", totals(REVIEW_ROWS, 0, "review")),
    ("row totals blank", totals(RESULTS, None)),
    ("row totals blank", totals(ROWS, None) | totals(REVIEW_ROWS, None, "review")),
    ("row totals zero", totals(ROWS, 0)),
    ("only totals printed", {f"applications/{r}/{c}": None for r in ROWS for c in COLUMNS[:-1]}),
    ("row totals wrong", totals(["granted"], 5) | totals(["rejected.petition"], 12)),
    (THIS_YEAR, printed(total__natural_person=5, total__total=7)),
    (THIS_YEAR, printed(carried_out__natural_person=1, carried_out__total=1)),
    (NEXT_YEAR, printed(total__natural_person=6, total__total=8)),
    (NEXT_YEAR, printed(received__natural_person=3, received__total=5)),
    ("one row blank", blank("total")),
    ("one row blank", blank("carried_out")),
    ("one column blank", {f"applications/{r}/business": None for r in ROWS}),
]


@pytest.mark.parametrize(("name", "changed"), CASES)
def test_a_habit_that_explains_every_failing_sum_is_named(name: str, changed: Values):
    assert pattern_of((APPLICATIONS, REVIEW), printed() | changed) == name


@pytest.mark.parametrize(("name", "changed"), CASES)
def test_no_habit_is_named_where_a_sum_fails_that_it_does_not_explain(name: str, changed: Values):
    wrong: Values = {"applications/carried_in/legal_service": 3}

    assert pattern_of((APPLICATIONS, REVIEW), printed() | changed | wrong) is None


def test_every_pattern_has_a_case_and_a_name_of_its_own():
    assert {name for name, _ in CASES} == {pattern.name for pattern in PATTERNS}
    assert len({pattern.name for pattern in PATTERNS}) == len(PATTERNS)


def test_where_all_sums_hold_there_is_nothing_to_name():
    blank_for_nought = totals(["denied.state_secret", "denied.third_party"], None)

    assert pattern_of((APPLICATIONS, REVIEW), printed()) is None
    assert pattern_of((APPLICATIONS, REVIEW), printed() | blank_for_nought) is None


@pytest.mark.parametrize(
    "changed",
    [
        totals(["granted"], 5),  # one cell: a suggestion
        {"applications/total/natural_person": 5},
        totals(REVIEW_ROWS[:2], 9, "review"),  # a total or a term: nothing says which
        {"applications/carried_out/natural_person": 3, "applications/carried_out/total": 3},
        {"applications/granted/natural_person": 3, "applications/rejected.petition/natural_person": 1},
        {f"review/{r}/corrected": None for r in REVIEW_ROWS} | {"review/reconsideration/total": 7},
        blank("carried_out") | blank("other.rest"),  # either may lack it
    ],
)
def test_what_may_have_another_cause_has_no_name(changed: Values):
    assert pattern_of((APPLICATIONS, REVIEW), printed() | changed) is None


def test_a_blank_row_that_would_have_to_hold_less_than_nothing_is_not_the_cause():
    answered_more_than_there_were = printed(received__natural_person=2, received__total=4)

    values = answered_more_than_there_were | blank("carried_out")

    assert pattern_of((APPLICATIONS, REVIEW), values) is None


def test_the_pattern_goes_out_with_a_contradicted_page_and_with_no_other(
    extract: Callable[[str], Extraction],
):
    misprint = (Path(__file__).parent / "pages" / "a_contradictory_report_2021.txt").read_text("utf-8")
    right = misprint.replace("8\t0\t28\n", "8\t0\t26\n")
    zeros = right.replace("3\t9\t1\t0\t13\t10\t6\t2\t3\t21\t", "3\t9\t1\t0\t0\t10\t6\t2\t3\t0\t")

    found = [extract(text) for text in (misprint, right, zeros)]

    assert [each.status for each in found] == [Status.CONTRADICTED, Status.VERIFIED, Status.CONTRADICTED]
    assert [each.pattern for each in found] == [None, None, "review totals zero"]
    assert [each.to_record().get("pattern") for each in found] == [None, None, "review totals zero"]
