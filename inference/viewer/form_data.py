"""What the forms say of each cell and each sum, for the script of the reports' pages.

Flow:  forms -> **data** -> DIR/assets/forms-HASH.js <- report pages

Labels and sums are the same for every report of a form: its page names only the form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gouji.inference.assembly.checks import instances
from gouji.inference.outputs.labels import cell_paths, check_label
from gouji.model.forms import Form, Table


def form_data(forms: Iterable[Form]) -> dict[str, Any]:
    """By form and table, the labels that lead to each cell, and the cells of each sum."""
    return {
        form.id: {
            table.id: {"cells": dict(cell_paths(table)), "checks": _checks(table)} for table in form.tables
        }
        for form in forms
    }


def _checks(table: Table) -> dict[str, Any]:
    checks = {}
    for rule in table.checks:
        for each, left, right in instances(table, rule):
            name = f"{table.id}/{rule.name}/{each}"
            label = check_label([table], name)
            assert label is not None, name
            checks[name] = {
                "table": label.table,
                "name": label.each,
                "rule": label.rule,
                "left": left,
                "right": right,
            }
    return checks
