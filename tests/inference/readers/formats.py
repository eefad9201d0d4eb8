"""Whole made-up reports, one in each form, for the tests of what other tools write."""

from __future__ import annotations

import random
from functools import cache

from gouji.training.composition import compose_report
from gouji.training.reports import Report

_SEEDS = {"2019": 2, "2021": 11}  # of reports that hold every table of their form, all sums true


@cache
def report_in(form: str) -> Report:
    """A whole made-up report in a form."""
    report = compose_report(random.Random(_SEEDS[form]), consistent=True)
    assert report.form == form
    return report
