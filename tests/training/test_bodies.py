"""A body's figures hold together, within a year and from one to the next."""

from __future__ import annotations

import random

import pytest

from gouji.inference.assembly.checks import instances
from gouji.inference.audit.years import year_instances
from gouji.training.bodies import SIZES, figures_over_years, form_of

YEARS = range(2019, 2025)


@pytest.mark.parametrize("size", SIZES)
def test_every_sum_of_every_year_holds(size: str):
    for year, figures in figures_over_years(YEARS, SIZES[size], random.Random(3)).items():
        for table in form_of(year).tables:
            for rule in table.checks:
                for each, left, right in instances(table, rule):
                    sides = [sum(figures[key] for key in side) for side in (left, right)]
                    assert sides[0] == sides[1], (year, each)


@pytest.mark.parametrize("size", SIZES)
def test_every_year_goes_on_from_the_one_before(size: str):
    figures = figures_over_years(YEARS, SIZES[size], random.Random(4))

    for year in YEARS[1:]:
        before, own = figures[year - 1], figures[year]
        for table in form_of(year).tables:
            for rule in table.years:
                if rule not in form_of(year - 1).table(table.id).years:
                    continue
                for instance in year_instances(table, rule):
                    left = sum(before[key] for key in instance.earlier)
                    left += sum(own[key] for key in instance.plus)
                    assert left == sum(own[key] for key in instance.later), (year, rule.name, instance.each)


def test_a_year_has_a_figure_for_each_cell_of_its_form_and_none_beside():
    for year, figures in figures_over_years(YEARS, SIZES["city"], random.Random(5)).items():
        assert list(figures) == form_of(year).keys()


def test_a_city_has_more_to_do_than_a_township():
    key = "applications/received/total"

    city, township = (
        figures_over_years(YEARS, SIZES[size], random.Random(6)) for size in ("city", "township")
    )

    assert min(figures[key] for figures in city.values()) > 20 * max(
        figures[key] for figures in township.values()
    )
