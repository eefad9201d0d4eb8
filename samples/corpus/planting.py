"""Plant contradictions in the figures of a body, and tell what an audit must find in the reports as printed.

Flow:  figures of all years -> **planting** -> figures to print;  truths -> **what must be found**

A contradiction in figures breaks a sum of one report or an identity between two years. What is broken is
worked out here from what the reports print, by the rules of the forms, whatever was planted: so a habit that
breaks a sum is told as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gouji.inference.audit.years import year_instances
from gouji.model.forms import Form
from gouji.training.bodies import Figures
from gouji.training.truth_notes import violations_of

Number = int | float
Truth = Mapping[str, Number | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A sum or an identity that fails as printed."""

    check: str  # as `gouji check` names it
    keys: tuple[str, ...]
    left: Number
    right: Number


def _carried_in(own: Figures, before: Figures) -> None:
    """Two more carried in than the year before carried out; the report's own sums hold."""
    for column in ("natural_person", "total"):
        own[f"applications/carried_in/{column}"] += 2
        own[f"applications/received/{column}"] -= 2


def _carried_out(own: Figures, before: Figures) -> None:
    """One more carried over than is left: the balance fails, and the next report has carried in less."""
    for column in ("natural_person", "total"):
        own[f"applications/carried_out/{column}"] += 1


def _items(own: Figures, before: Figures) -> None:
    """The list of licences was longer at the begin of the year than at the end of the year before."""
    own["disclosure/licensing/previous_year"] += 3


def _in_force(own: Figures, before: Figures) -> None:
    """Documents in force that nobody issued."""
    own["disclosure/normative_documents/in_force"] += 4


def _copied(own: Figures, before: Figures) -> None:
    """The applications table of the year before once more."""
    own.update({key: value for key, value in before.items() if key.startswith("applications/")})


PLANTED: Mapping[str, Callable[[Figures, Figures], None]] = {
    "carried_in": _carried_in,
    "carried_out": _carried_out,
    "items": _items,
    "in_force": _in_force,
    "copied": _copied,
}


def failing_sums(form: Form, truth: Truth) -> Iterator[Found]:
    """The sums of a report that its print breaks; a blank counts as nought."""
    for table in form.tables:
        for broken in violations_of(table, truth):
            yield Found(f"sums/{broken.check}", broken.keys, broken.left, broken.right)


def failing_years(forms: tuple[Form, Form], earlier: Truth, later: Truth) -> Iterator[Found]:
    """The identities between two years that the print of two reports breaks."""
    for table in forms[1].tables:
        for rule in table.years:
            if rule not in forms[0].table(table.id).years:
                continue
            for instance in year_instances(table, rule):
                left = sum(earlier[key] or 0 for key in instance.earlier)
                left += sum(later[key] or 0 for key in instance.plus)
                right = sum(later[key] or 0 for key in instance.later)
                if left != right:
                    keys = (*instance.earlier, *instance.plus, *instance.later)
                    yield Found(f"years/{rule.name}/{instance.each}", keys, left, right)
