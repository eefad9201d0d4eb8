"""The shipped series hold every cell of the official forms, and a faulty file is told all its faults."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gouji.inference.panel.reasons import REASONS
from gouji.inference.panel.series import Comparable, Kind, SeriesError, load_series
from gouji.inference.panel.variables import variables_of
from gouji.model.forms import load_forms

FORMS = load_forms()
SERIES = {series.name: series for series in load_series(FORMS)}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_cell_of_a_form_is_a_series_by_itself_once(form):
    alone = Counter(
        series.cells[form.id][0]
        for series in SERIES.values()
        if series.kind in (Kind.CELL, Kind.AMOUNT) and series.cells and form.id in series.cells
    )

    assert alone == Counter(form.keys())


def test_names_are_those_that_stata_takes():
    names = [variable.name for variable in variables_of(list(SERIES.values()))]

    assert len(names) == len(set(names))
    assert all(name.isascii() and name.isidentifier() and len(name) <= 32 for name in names)


def test_what_one_form_alone_asks_for_cannot_be_compared():
    assert SERIES["norms_public"].comparable is Comparable.NO
    assert SERIES["norms_in_force"].comparable is Comparable.NO
    assert SERIES["norms_new"].comparable is Comparable.NEAR
    assert SERIES["licensing_decisions"].comparable is Comparable.YES
    assert SERIES["fees"].comparable is Comparable.NO


def test_the_one_row_of_2019_is_the_three_rows_of_2021():
    cells = SERIES["other_results_np"].cells

    assert cells == {
        "2019": ("applications/other/natural_person",),
        "2021": (
            "applications/other.not_corrected_in_time/natural_person",
            "applications/other.fee_unpaid/natural_person",
            "applications/other.rest/natural_person",
        ),
    }


def test_a_ratio_is_as_comparable_as_the_least_of_its_parts(tmp_path: Path):
    path = tmp_path / "series.toml"
    path.write_text(
        """
[[sum]]
name = "new"
chinese = "新"
english = "new"
comparable = "near"
cells.2019 = ["disclosure/regulations/made"]
cells.2021 = ["disclosure/regulations/issued"]
[[sum]]
name = "got"
chinese = "收"
english = "got"
comparable = "yes"
cells.any = ["applications/received/total"]
[[ratio]]
name = "per"
chinese = "比"
english = "ratio"
over = ["new"]
under = ["got"]
""",
        encoding="utf-8",
    )

    series = {each.name: each for each in load_series(FORMS, path)}

    assert series["per"].comparable is Comparable.NEAR
    assert series["per"].formula == "(new) / (got)"


def test_a_faulty_file_is_told_all_its_faults(tmp_path: Path):
    path = tmp_path / "series.toml"
    path.write_text(
        """
[[sum]]
name = "Received!"
chinese = "收"
english = "received"
comparable = "yes"
cells.any = ["applications/received/total"]
[[ratio]]
name = "share"
chinese = "比"
english = "share"
over = ["granted"]
under = ["Received!"]
""",
        encoding="utf-8",
    )

    with pytest.raises(SeriesError) as error:
        load_series(FORMS, path)

    assert "'Received!': expected a to z" in str(error.value)
    assert "'share': is computed from 'granted', which is no series of cells" in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[sum]", "cannot be read as TOML"),
        ('[[ratio]]\nname = "x"', "misses 'chinese'"),
        (
            '[[sum]]\nname="x"\nchinese="x"\nenglish="x"\ncomparable="yes"\ncells.any=["applications/no/total"]',
            "no known form has all of its cells",
        ),
        (
            '[[sum]]\nname="x"\nchinese="x"\nenglish="x"\ncomparable="maybe"\n'
            'cells.any=["applications/granted/total"]',
            "'maybe' is not a valid Comparable",
        ),
    ],
)
def test_an_error_names_the_file_and_what_is_wrong(tmp_path: Path, text: str, said: str):
    path = tmp_path / "series.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SeriesError, match=r"series\.toml: ") as error:
        load_series(FORMS, path)

    assert said in str(error.value)


def test_the_codes_of_reasons_are_distinct_and_stay():
    assert len({reason.code for reason in REASONS.values()}) == len(REASONS)
    assert {name: REASONS[name].code for name in ("read", "blank", "no_report", "part_missing")} == {
        "read": 0,
        "blank": 2,
        "no_report": 10,
        "part_missing": 16,
    }
    assert (REASONS["ambiguous_rival_reading"].code, REASONS["missing_no_column"].code) == (31, 82)
