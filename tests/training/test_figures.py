"""Figures obey the sums of their forms."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import pytest

from gouji.model.forms import Form, load_forms
from gouji.training.figures import Number, make_figures

FORMS = load_forms()


def broken_sums(form: Form, figures: Mapping[str, Number]) -> Iterator[str]:
    """The sums of a form that do not hold, written out here once more on their own."""
    for table in form.tables:
        rows = [row.id for _, row in table.rows()]
        columns = [column.id for column in table.blocks[0].columns]
        for rule in table.checks:
            for fixed in rows if rule.each == "row" else columns:

                def cell(
                    member: str, fixed: str = fixed, table_id: str = table.id, each: str = rule.each
                ) -> Number:
                    row, column = (fixed, member) if each == "row" else (member, fixed)
                    return figures[f"{table_id}/{row}/{column}"]

                if sum(map(cell, rule.left)) != sum(map(cell, rule.right)):
                    yield f"{table.id}/{rule.name}/{fixed}"


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_every_sum_of_the_form_holds_and_every_cell_has_a_figure(form: Form) -> None:
    for seed in range(50):
        figures = make_figures({table.id: form for table in form.tables}, random.Random(seed))

        assert sorted(figures) == sorted(form.keys())
        assert list(broken_sums(form, figures)) == []


def test_figures_reach_from_nought_to_tens_of_thousands() -> None:
    form = FORMS["2021"]
    totals = [
        make_figures({"applications": form}, random.Random(seed))["applications/received/total"]
        for seed in range(200)
    ]

    assert min(totals) == 0
    assert max(totals) > 10_000
    assert len(set(totals)) > 80


def test_money_has_decimals_and_changes_have_signs() -> None:
    drawn = [make_figures({"disclosure": FORMS["2019"]}, random.Random(seed)) for seed in range(80)]

    amounts = [figures["disclosure/procurement/amount"] for figures in drawn]
    changes = [figures["disclosure/licensing/change"] for figures in drawn]
    assert {type(amount) for amount in amounts} == {int, float}
    assert min(changes) < 0 < max(changes)
