"""Risk against coverage, on pages of which the curve is known by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.annotations.page_files import parse_name
from gouji.annotations.truth import Truth
from gouji.inference.evaluation.cells import Evaluation, score_page
from gouji.inference.evaluation.coverage import Point, RiskCoverage, risk_coverage
from gouji.inference.evaluation.figures import curve_words
from gouji.inference.evaluation.predictions import FoundCell, Prediction, prediction_of_record

PAGE = parse_name(Path("a__web.txt"))


def curve_of(*cells: tuple[FoundCell, int | None]) -> RiskCoverage:
    """The curve of one page with these cells: what was found, and the truth."""
    keys = [f"t/r/{number}" for number in range(len(cells))]
    truth = Truth(
        "a", "2021", None, None, None, {key: true for key, (_, true) in zip(keys, cells, strict=True)}
    )
    found = {key: cell for key, (cell, _) in zip(keys, cells, strict=True)}
    return risk_coverage(Evaluation("gouji", (score_page(PAGE, truth, Prediction("", found)),)))


def read(value: int, confidence: float) -> FoundCell:
    return FoundCell(value, "read", confidence)


OPEN = FoundCell(None, "ambiguous")

# Sorted: right at 0.9, wrong at 0.8, right at 0.7; one number is open. Coverage 1/4, 2/4, 3/4.
BY_HAND = ((read(3, 0.7), 3), (read(5, 0.9), 5), (OPEN, 8), (read(4, 0.8), 1))


def test_each_confidence_gives_a_point_of_coverage_and_risk():
    found = curve_of(*BY_HAND)

    assert [(p.confidence, p.coverage, p.risk) for p in found.curve] == [
        (0.9, 0.25, 0.0),
        (0.8, 0.5, 0.5),
        (0.7, 0.75, pytest.approx(1 / 3)),
    ]
    assert found.chosen == Point(0.0, cells=4, answered=3, wrong=1)


def test_the_area_is_the_mean_of_the_risks_at_each_answer():
    assert curve_of(*BY_HAND).aurc == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)


def test_the_most_that_may_be_answered_within_a_risk_is_found_behind_a_bump_too():
    found = curve_of(*BY_HAND)

    assert found.within(0.0) == found.curve[0]
    assert found.within(0.4) == found.curve[2]
    assert curve_of((read(1, 0.9), 2)).within(0.5) is None


def test_answers_of_one_confidence_join_the_curve_together():
    found = curve_of((read(1, 0.9), 1), (read(2, 0.9), 3), (read(4, 0.5), 4))

    assert [(p.answered, p.wrong) for p in found.curve] == [(2, 1), (3, 1)]
    assert found.aurc == pytest.approx((2 * 1 / 2 + 1 / 3) / 3)


def test_a_blank_rightly_seen_does_not_dilute_the_risk_and_one_called_a_number_raises_it():
    blank = FoundCell(None, "blank", 0.99)

    found = curve_of((read(1, 0.9), 1), (blank, None), (read(6, 0.8), None), (OPEN, None))

    assert found.chosen == Point(0.0, cells=2, answered=2, wrong=1)


def test_a_number_called_blank_is_an_answer_and_wrong():
    assert curve_of((FoundCell(None, "blank", 0.91), 4)).chosen == Point(0.0, 1, 1, 1)


def test_asking_for_more_confidence_drops_the_answers_below():
    found = curve_of(*BY_HAND)

    assert found.at(0.75) == Point(0.75, cells=4, answered=2, wrong=1)
    assert found.at(0.95) == Point(0.95, cells=4, answered=0, wrong=0)
    assert found.at(0.95).risk is None


def test_a_program_without_confidences_is_one_point():
    known = Truth("a", "2021", None, None, None, {"k": 1, "l": 2})
    other = prediction_of_record({"page": PAGE.path.name, "cells": {"k": 3, "l": None}})

    found = risk_coverage(Evaluation("regex", (score_page(PAGE, known, other),)))

    assert (found.curve, found.aurc) == ((), None)
    assert found.chosen == Point(0.0, cells=2, answered=1, wrong=1)
    assert list(curve_words(found)) == []


def test_the_text_says_how_much_may_be_answered_at_which_risk():
    said = " ".join(curve_words(curve_of(*BY_HAND)))

    assert "As it ran, 75.00% are answered at a risk of 33.333%" in said
    assert "it would be 25.00% at 0.00% or less" in said
    assert "(AURC) is 27.7778%" in said


def test_the_text_says_that_a_curve_without_a_wrong_answer_lies_on_zero():
    said = " ".join(curve_words(curve_of((read(1, 0.9), 1), (OPEN, 2))))

    assert "No answer is wrong: the curve lies on zero up to 50.00%" in said
