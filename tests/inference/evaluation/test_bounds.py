"""A count of faults leaves a share possible: the bound of Clopper and Pearson, by its known values."""

from __future__ import annotations

import pytest

from gouji.inference.evaluation.bounds import upper_bound


@pytest.mark.parametrize("reports", [1, 9, 26, 300, 10_000])
def test_without_a_fault_the_bound_is_just_below_the_rule_of_three(reports: int):
    bound = upper_bound(0, reports)

    assert bound is not None
    assert bound == pytest.approx(1 - 0.05 ** (1 / reports))
    assert bound < 3 / reports


@pytest.mark.parametrize(
    ("faulty", "reports", "bound"),
    [(1, 10, 0.3942), (2, 20, 0.2826), (5, 50, 0.1988), (1, 2, 0.9747), (3, 4, 0.9873)],
)
def test_with_faults_the_bound_is_that_of_published_tables(faulty: int, reports: int, bound: float):
    assert upper_bound(faulty, reports) == pytest.approx(bound, abs=5e-5)


def test_the_bound_of_many_thousands_is_found_without_overflow():
    assert upper_bound(400, 100_000) == pytest.approx(0.0043442, abs=1e-7)


def test_where_all_are_faulty_every_share_is_possible_and_of_nothing_nothing_is_said():
    assert upper_bound(4, 4) == 1.0
    assert upper_bound(0, 0) is None
