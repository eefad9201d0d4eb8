"""Which cells a claim may mean, and what the tables say to it.

Flow:  page -> sentences -> claims -> **readings** -> findings

收到申请 may mean what was received this year, or that with what was carried in; a claim holds
where any of its readings agrees, and fails only where none can. A term names a row or a group of
rows, and a column; a group is the sum of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gouji.inference.audit.reports import Report
from gouji.inference.extraction import CheckState, Number
from gouji.model.forms import Form, Table


@dataclass(frozen=True, slots=True)
class Reading:
    """A sum that a claim may mean: the terms of `plus`, less those of `less`."""

    plus: tuple[str, ...]
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that a kind of claim may mean, the likeliest first.

    Between the two sums of `open` it may mean something that no cell holds: then it is unknown.
    A meaning that is `vague` is never held against a report.
    """

    table: str
    readings: tuple[Reading, ...]
    open: tuple[Reading, Reading] | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the tables say to a claim: the state, and the sum of the reading that decided it."""

    state: CheckState
    figure: Number | None


_NOTHING = Reading(())
_NEW, _IN, _DONE, _OUT = "received/total", "carried_in/total", "total/total", "carried_out/total"
# Accepted is at most all that came, and at least what of it was neither turned away nor another body's.
_ACCEPTED = (
    Reading((_NEW,), ("rejected/total", "other/total", "unavailable/total")),
    Reading((_NEW, _IN)),
)
_UNREPLIED = ("rejected/total", "other/total")
_RESULTS = ("granted", "partly_granted", "denied", "unavailable", "rejected", "other")
_RESULT_READINGS: dict[str, tuple[Reading, ...]] = {
    # 予以公开 is said of both, where the parts that stayed closed are not spoken of
    "granted": (Reading(("granted/total",)), Reading(("granted/total", "partly_granted/total"))),
}


def _minus_unreplied(*plus: str, less: tuple[str, ...] = ()) -> tuple[Reading, ...]:
    """A sum, and the same less what may count as no reply."""
    return (
        Reading(plus, less),
        *(Reading(plus, (*less, term)) for term in _UNREPLIED),
        Reading(plus, (*less, *_UNREPLIED)),
    )


_RECEIVED = (Reading((_NEW,)), Reading((_NEW, _IN)))
_HANDLED = (Reading((_DONE,)), Reading((_DONE,), (_IN,)))  # the second: of this year's alone
_ANY_COUNT = (*_RECEIVED, *_HANDLED, *_RESULT_READINGS["granted"])  # 依申请公开3件, without a verb

_MEANINGS: Mapping[str, Meaning] = {
    "received": Meaning("applications", _RECEIVED),
    "newly_received": Meaning("applications", (Reading((_NEW,)),)),
    "received_with_carried_in": Meaning("applications", (Reading((_NEW, _IN)),)),
    # between all that came and those of it that were neither turned away nor held elsewhere
    "accepted": Meaning("applications", _RECEIVED, open=_ACCEPTED),
    "carried_in": Meaning("applications", (Reading((_IN,)),)),
    "carried_out": Meaning("applications", (Reading((_OUT,)),)),
    "carried": Meaning("applications", (Reading((_OUT,)), Reading((_IN,)))),
    "finished": Meaning("applications", _HANDLED),
    "replied": Meaning("applications", _minus_unreplied(_DONE) + _minus_unreplied(_DONE, less=(_IN,))),
    "in_time": Meaning("applications", _HANDLED, open=(_NOTHING, Reading((_DONE,)))),
    "handled": Meaning("applications", _HANDLED + _RECEIVED),
    "received_and_finished": Meaning("applications", _RECEIVED + _HANDLED),
    "all_finished": Meaning("applications", (Reading((_OUT,)),)),
    "all_in_time": Meaning("applications", (Reading((_OUT,)),), vague=True),
    "applications": Meaning("applications", _ANY_COUNT, vague=True),
    "no_applications": Meaning("applications", _ANY_COUNT),
    "reviews": Meaning("review", (Reading(("reconsideration/total", "suits/total")),)),
    "reconsideration": Meaning("review", (Reading(("reconsideration/total",)),)),
    "suits": Meaning("review", (Reading(("suits/total",)),)),
    "direct_suit": Meaning("review", (Reading(("direct_suit/total",)),)),
    "suit_after_reconsideration": Meaning("review", (Reading(("suit_after_reconsideration/total",)),)),
}
_DISCLOSURE = {  # per form, for the columns differ
    "2021": {"make": "issued", "repeal": "repealed", "in_force": "in_force"},
    "2019": {"make": "made"},
}


def meaning_of(kind: str, form: str | None) -> Meaning | None:
    """What a kind of claim may mean in a table of a form; None where the form has nothing of it.

    Kinds are those above, `results/granted+denied`, `reconsideration/upheld`, `make/regulations`,
    and `decisions/licensing`.
    """
    if kind in _MEANINGS:
        return _MEANINGS[kind]
    head, _, rest = kind.partition("/")
    if head == "results":
        return _results(rest.split("+"))
    if head in ("reconsideration", "suits", "direct_suit", "suit_after_reconsideration"):
        return Meaning("review", (Reading((kind,)),))
    if head == "decisions":
        return Meaning("disclosure", (Reading((f"{rest}/decisions",)),))
    column = _DISCLOSURE.get(form or "", {}).get(head)
    return Meaning("disclosure", (Reading((f"{rest}/{column}",)),)) if column else None


def table_of(kind: str) -> str:
    """The table that a kind of claim is about."""
    if kind in _MEANINGS:
        return _MEANINGS[kind].table
    head = kind.partition("/")[0]
    return "applications" if head == "results" else "disclosure" if head in _ABOUT_DOCUMENTS else "review"


_ABOUT_DOCUMENTS = ("make", "repeal", "in_force", "decisions")


def weigh(kind: str, claimed: int, report: Report, forms: Mapping[str, Form]) -> Verdict | None:
    """What a report's tables say to a claimed number; None where their form has nothing of it."""
    table = report.table(table_of(kind), forms)
    if table is None:
        return Verdict(CheckState.UNKNOWN, None)
    meaning = meaning_of(kind, report.forms.get(table.id))
    if meaning is None:
        return None
    figures = [_figure(reading, report, table) for reading in meaning.readings]
    if claimed in figures:
        return Verdict(CheckState.HOLDS, claimed)
    if None in figures or meaning.vague or _is_open(meaning, claimed, report, table):
        return Verdict(CheckState.UNKNOWN, figures[0])
    return Verdict(CheckState.FAILS, figures[0])


def _results(rows: list[str]) -> Meaning:
    terms = tuple(f"{row}/total" for row in rows)
    readings = _RESULT_READINGS.get("+".join(rows), (Reading(terms),))
    return Meaning("applications", readings, open=(Reading(terms, (_IN,)), Reading(terms)))


def _is_open(meaning: Meaning, claimed: int, report: Report, table: Table) -> bool:
    if meaning.open is None:
        return False
    low, high = (_figure(reading, report, table) for reading in meaning.open)
    return low is None or high is None or low <= claimed <= high


def _figure(reading: Reading, report: Report, table: Table) -> Number | None:
    plus = report.total(table, _keys(table, reading.plus))
    less = report.total(table, _keys(table, reading.less))
    return None if plus is None or less is None else plus - less


def _keys(table: Table, terms: tuple[str, ...]) -> Iterator[str]:
    for term in terms:
        name, _, column = term.partition("/")
        rows = [row.id for _, row in table.rows() if row.id == name or row.group == name]
        for row in rows:
            yield f"{table.id}/{row}/{column}"
