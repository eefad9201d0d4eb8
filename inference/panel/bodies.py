"""Whose reports are of one body and year, and the one report that several copies make.

Flow:  records -> **bodies** -> rows of the panel

Where records bear an `issuer_id` that rests on a place it says which body reports; else names are matched as
the audit does. A report without a year or an issuer, or by a name that may be several bodies', is left out
and told of. Copies of one report count where they agree: a cell that two of them settle differently is
disputed, without a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gouji.inference.audit.issuers import match_issuers
from gouji.inference.extraction import Cell, State, Status
from gouji.inference.outputs.records import Record

BEST_FIRST = (Status.VERIFIED, Status.CONTRADICTED, Status.INCOMPLETE, Status.NO_TABLES)  # of copies
_SEVERAL = "its issuer's name may be several bodies'; say whose it is with --aliases"


@dataclass(frozen=True, slots=True)
class Body:
    """A public body with its reports."""

    name: str
    issuer_id: str | None
    reports: Mapping[int, Sequence[Record]]  # by year; several are copies


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An answer that has no place in a panel."""

    record: Record
    reason: str


@dataclass(frozen=True, slots=True)
class Copies:
    """What several copies of one report say together."""

    record: Record
    count: int
    disputed: frozenset[str] = field(default_factory=frozenset)

    @property
    def settled(self) -> Record:
        """The report, its disputed cells open."""
        open_ = {key: Cell(key, None, State.AMBIGUOUS) for key in self.disputed}
        return replace(self.record, cells=tuple(open_.get(cell.key, cell) for cell in self.record.cells))


def bodies_of(
    records: Sequence[Record], aliases: Mapping[str, str] | None = None
) -> tuple[list[Body], list[LeftOut]]:
    """The bodies that report, by name, and the answers that are nobody's.

    Args:
        records: Answers of `gouji extract`.
        aliases: What a user says a name stands for.
    """
    left_out = [LeftOut(record, fault) for record in records if (fault := _fault(record))]
    usable = [record for record in records if not _fault(record)]
    names = [(r.issuer or "", r.year) for r in usable if aliases or not _settled_id(r)]
    matches = match_issuers(names, aliases)
    found: dict[str, dict[int, list[Record]]] = {}
    called: dict[str, tuple[str, str | None]] = {}
    for record in usable:
        own_id = _settled_id(record)
        match = matches.get(record.issuer or "")
        if match is None and own_id is None:
            left_out.append(LeftOut(record, _SEVERAL))
            continue
        name = match.issuer if match is not None else record.issuer or ""
        key = name if match is not None and (aliases or own_id is None) else str(own_id)
        called.setdefault(key, (name, issuer_id_of(record)))
        found.setdefault(key, {}).setdefault(record.year or 0, []).append(record)
    bodies = [Body(*called[key], years) for key, years in found.items()]
    return sorted(bodies, key=lambda body: (_of_place(body.issuer_id) or "", body.name)), left_out


def issuer_id_of(record: Record) -> str | None:
    """The stable name of the body that a record says is its issuer."""
    found = record.other.get("issuer_id")
    return None if found is None else str(found)


def _settled_id(record: Record) -> str | None:
    """The id of a body whose place is settled; one that rests on a name alone tells no more than the name."""
    return _of_place(issuer_id_of(record))


def _of_place(issuer_id: str | None) -> str | None:
    return None if issuer_id is None or issuer_id.startswith("name-") else issuer_id


def agreed(copies: Sequence[Record]) -> Copies:
    """One report of all copies: the best of them, with what others settle and it does not."""
    best = min(copies, key=_worth)
    cells = list(best.cells)
    disputed = set()
    for place, cell in enumerate(cells):
        table = cell.key.partition("/")[0]
        alike = (copy for copy in copies if copy.forms.get(table) == best.forms.get(table))
        same = (own for copy in alike for own in copy.cells if own.key == cell.key)
        settled = [own for own in same if own.state.is_settled]
        if len({own.value or 0 for own in settled}) > 1:
            disputed.add(cell.key)
        elif settled and not cell.state.is_settled:
            cells[place] = settled[0]
    return Copies(replace(best, cells=tuple(cells)), len(copies), frozenset(disputed))


def _fault(record: Record) -> str | None:
    if record.error is not None:
        return f"was not read: {record.error}"
    if record.issuer is None and issuer_id_of(record) is None:
        return "says nowhere whose report it is"
    return "says nowhere which year it is of" if record.year is None else None


def _worth(record: Record) -> tuple[int, int]:
    """The smaller, the better: by status, then by how many cells are open."""
    order = BEST_FIRST.index(Status(str(record.status)))
    return order, sum(not cell.state.is_settled for cell in record.cells)
