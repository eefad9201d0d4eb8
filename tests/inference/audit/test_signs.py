"""A sign is told where figures are copied, nought for years, uneven or repeated, and contradicts nothing."""

from __future__ import annotations

import random

from gouji.inference.audit.findings import Finding
from gouji.inference.audit.reports import Report, ReportCell
from gouji.inference.audit.signs import check_signs, first_digits
from gouji.inference.extraction import CheckState, State
from gouji.model.forms import load_forms

FORMS = load_forms()
FORM = FORMS["2021"]
COUNTED = [
    key for key in FORM.table("applications").keys() if not key.endswith("/total") and "carried" not in key
]
ISSUER = "青溪县水务局"


def report(year: int, figures: dict[str, int | None], issuer: str = ISSUER) -> Report:
    """A report whose cells are 0 but for those given; None is a cell that the page does not settle."""
    cells = {key: ReportCell(0, State.READ, "0") for key in FORM.keys()}
    for key, value in figures.items():
        cells[key] = ReportCell(value, State.AMBIGUOUS if value is None else State.READ)
    tables = dict.fromkeys((table.id for table in FORM.tables), FORM.id)
    return Report(f"{issuer}{year}.txt", issuer, year, tables, cells, title=f"{issuer}{year}年年度报告")


def signs(*reports: Report) -> list[Finding]:
    return check_signs(reports, FORMS)


def some(seed: int, low: int, high: int, count: int = 40) -> dict[str, int | None]:
    rng = random.Random(seed)
    return {key: rng.randint(low, high) for key in rng.sample(COUNTED, count)}


def test_a_table_that_is_that_of_the_year_before_is_told_with_the_year():
    figures = some(1, 1, 90)

    (sign,) = signs(report(2022, some(2, 1, 90)), report(2023, figures), report(2024, figures))

    assert (sign.check, sign.state, sign.year) == ("signs/copied/applications", CheckState.UNKNOWN, 2024)
    assert sign.sources == (f"{ISSUER}2023.txt", f"{ISSUER}2024.txt")
    assert "all 175 cells are those of 2023, 40 of them not 0" in (sign.note or "")


def test_one_other_figure_or_one_that_is_not_settled_is_no_copy():
    figures = some(1, 1, 90)
    key = next(iter(figures))

    assert signs(report(2023, figures), report(2024, {**figures, key: 91})) == []
    assert signs(report(2023, figures), report(2024, {**figures, key: None})) == []


def test_a_table_of_few_figures_may_repeat_itself():
    figures: dict[str, int | None] = dict.fromkeys(COUNTED[:12], 1)

    assert signs(report(2023, figures), report(2024, figures)) == []


def test_three_years_without_an_application_are_a_sign_and_two_are_none():
    (sign,) = signs(*(report(year, {}) for year in (2021, 2022, 2023)), report(2024, some(1, 1, 90)))

    assert (sign.check, sign.year) == ("signs/noughts/applications", 2023)
    assert "2021 to 2023" in (sign.note or "")
    assert signs(report(2022, {}), report(2023, {}), report(2024, some(1, 1, 90))) == []


def test_last_digits_that_nobody_counts_are_a_sign():
    typed = {
        year: {key: (figure or 0) // 5 * 5 for key, figure in some(year, 100, 9000).items()}
        for year in (2021, 2022, 2023)
    }

    (sign,) = signs(*(report(year, figures) for year, figures in typed.items()))

    assert sign.check == "signs/digits/last"
    assert (sign.note or "").endswith("4: 0, 5: 54, 6: 0, 7: 0, 8: 0, 9: 0")


def test_digits_of_counted_figures_are_hardly_ever_a_sign():
    bodies = [
        report(year, some(1000 * body + year, 100, 9000), f"第{body}县水务局")
        for body in range(200)
        for year in (2021, 2022, 2023)
    ]

    told = [sign for sign in signs(*bodies) if sign.check == "signs/digits/last"]

    assert len(told) <= 2  # of 200 by chance: 0.2


def test_one_figure_in_many_cells_is_a_sign_and_totals_are_not_counted():
    repeated: dict[str, int | None] = dict.fromkeys(COUNTED[:3], 137)
    total: dict[str, int | None] = {
        f"applications/{row}/{column}": 137
        for row in ("received", "total", "granted")
        for column in ("natural_person", "total")
    }

    (sign,) = signs(report(2024, repeated))

    assert (sign.check, sign.note) == ("signs/repeated/figures", "137 in 3 cells")
    assert signs(report(2024, total)) == []


def test_first_digits_stand_beside_the_law():
    figures: dict[str, int | None] = {COUNTED[0]: 12, COUNTED[1]: 19, COUNTED[2]: 230, COUNTED[3]: 9}

    digits = first_digits([report(2024, figures)], FORMS)

    assert digits.figures == 3
    assert [(digit, count) for digit, count, _, _ in digits.rows()][:2] == [(1, 2), (2, 1)]
    assert round(sum(law for *_, law in digits.rows()), 9) == 1
