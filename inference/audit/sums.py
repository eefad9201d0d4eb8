"""Hold a report against its own sums: what extraction checked, told as findings are.

Flow:  report -> **sums** -> findings

Nothing is added up again: a sum's state is that of the extraction. One that fails says what stands
on either side, by the labels of the form, and which one cell would repair them all, if one would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gouji.inference.assembly.checks import instances
from gouji.inference.audit.findings import Finding
from gouji.inference.audit.reports import Report
from gouji.inference.extraction import Check, CheckState, Suggestion
from gouji.inference.outputs.labels import cell_names, check_label
from gouji.inference.outputs.marks import advice
from gouji.inference.outputs.places import places
from gouji.model.forms import Form, SumRule, Table

_SHOWN = 6  # addends that are told one by one: a row has no more, a column of results up to nineteen


def check_sums(report: Report, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """Every sum of a report's tables, as it came out."""
    for check in report.checks:
        fails = check.state is CheckState.FAILS
        suggestion = report.suggestion if fails and _repairs(report.suggestion, check) else None
        yield Finding(
            check=f"sums/{check.name}",
            state=check.state,
            sources=(report.source,),
            issuer=report.issuer,
            year=report.year,
            left=check.left,
            right=check.right,
            note=_told(report, check, suggestion, forms) if fails else None,
            suggestion=suggestion,
        )


def _repairs(suggestion: Suggestion | None, check: Check) -> bool:
    return suggestion is not None and check.name in suggestion.repairs


def _told(
    report: Report, check: Check, suggestion: Suggestion | None, forms: Mapping[str, Form]
) -> str | None:
    """What is printed on either side, and what would repair it; None where no known form has the sum."""
    table_id, rule_name, each = check.name.split("/", 2)
    table = report.table(table_id, forms)
    label = check_label([table], check.name) if table else None
    if table is None or label is None:
        return None
    rule = next(rule for rule in table.checks if rule.name == rule_name)
    sides = next((left, right) for found, left, right in instances(table, rule) if found == each)
    left, right = (_side(report, keys, _labels(table, rule)) for keys in sides)
    told = f"{label.each}: {left} is not {right}"
    if suggestion is not None:
        told += f"; {advice(suggestion, cell_names([table]).get(suggestion.key, suggestion.key))}"
    return told


def _labels(table: Table, rule: SumRule) -> dict[str, str]:
    """What each cell is called among those that a rule adds up."""
    return {place.key: (place.column if rule.each == "row" else place.row).label for place in places(table)}


def _side(report: Report, keys: Iterable[str], labels: Mapping[str, str]) -> str:
    """The cells of one side that are not nought, each with its label; of a side of one cell, that one."""
    printed = [(labels[key], report.cells[key].value or 0) for key in keys if key in report.cells]
    shown = [(label, value) for label, value in printed if value or len(printed) == 1]
    terms = [f"{label} {value}" for label, value in shown[:_SHOWN]]
    if more := shown[_SHOWN:]:
        terms.append(f"{sum(value for _, value in more)} in {len(more)} more")
    return " + ".join(terms) or "0"
