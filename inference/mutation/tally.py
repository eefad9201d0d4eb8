"""Hold what is read of a mutated page against the report, and against what the page now prints.

Flow:  mutated page -> extraction -> **tallies** -> table, JSON, exit status

A cell is right where it is the report's, or as its print may be read where a mutation printed it anew;
`lied` where it is what a lie made the page print, `overlooked` where it is called blank and is
neither; any other value is wrong. A number of a form that the page does not follow is wrong too. Where
a table lies and its layout is damaged as well, a number that was placed by the sums is led `astray` by
them, and so is what was read of a table without sums whose labels or figures were moved, while the rest
of the page stands as before: a page is flattened in one way, and nobody who has it alone can see that.
Both are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from enum import StrEnum

from gouji.inference.evaluation.predictions import FoundCell, Prediction
from gouji.inference.evaluation.verdicts import Verdict, judge
from gouji.inference.extraction import Number
from gouji.inference.mutation.sheet import Sheet

NO_CELL = FoundCell()


class Fate(StrEnum):
    """What became of one cell."""

    RIGHT = "right"
    LIED = "lied"
    ASTRAY = "astray"
    WRONG = "wrong"
    OVERLOOKED = "overlooked"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that breaks a promise: it is wrong, overlooked, or its candidates do not hold what it may be."""

    key: str
    fate: Fate
    found: FoundCell
    truth: Number | None
    printed: Number | None
    readings: tuple[Number | None, ...] | None = None  # the sheet's


@dataclass(frozen=True, slots=True)
class MutationTally:
    """Counts over mutated pages."""

    pages: int = 0
    right: int = 0
    lied: int = 0
    astray: int = 0
    wrong: int = 0
    overlooked: int = 0
    ambiguous: int = 0
    missing: int = 0
    false_lists: int = 0  # ambiguous cells whose whole list of candidates holds neither truth nor lie
    errors: int = 0  # pages at which the program failed
    verified: int = 0  # pages
    broken: int = 0  # verified pages with a cell wrong or overlooked
    undetectable: int = 0  # verified pages that are as a lie prints them or leads astray, else right
    reasons: Counter[str] = field(default_factory=Counter)  # what stands against the ambiguous cells, by name

    def __add__(self, other: MutationTally) -> MutationTally:
        return MutationTally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(MutationTally)))


def tally_of(
    sheet: Sheet, prediction: Prediction, *, partial: bool, damaged: bool
) -> tuple[MutationTally, tuple[Fault, ...]]:
    """The counts of one mutated page, and its faults.

    Args:
        sheet: The mutated page.
        prediction: What was read of it.
        partial: Whether its truth lists some of the report's cells only.
        damaged: Whether its layout is damaged, besides what is lied.
    """
    lying = sheet.lying
    fates = []
    faults = []
    keys = sheet.truth.keys() if partial else dict.fromkeys((*sheet.truth, *prediction.cells)).keys()
    false_lists = 0
    for key in keys:
        found = prediction.cells.get(key, NO_CELL)
        truth, printed = sheet.truth.get(key), sheet.printed.get(key)
        readings = sheet.readings.get(key)
        fate = (
            fate_of(found, truth, printed, doubtful=key in sheet.doubtful)
            if readings is None
            else fate_of_reading(found, readings)
        )
        misled = damaged and found.state == "placed" and _table(key) in lying
        if (fate is Fate.WRONG and misled) or (
            fate in (Fate.WRONG, Fate.OVERLOOKED) and sheet.is_moved(_table(key))
        ):
            fate = Fate.ASTRAY
        possible = (truth, printed) if readings is None else readings
        listed = fate is Fate.AMBIGUOUS and not found.more and possible
        false_list = bool(listed) and not _among(found, possible)
        false_lists += false_list
        if key in sheet.truth or fate is Fate.WRONG:
            fates.append(fate)
        if fate in (Fate.WRONG, Fate.OVERLOOKED) or false_list:
            faults.append(Fault(key, fate, found, truth, printed, readings))
    verified = prediction.status == "verified"
    broken = verified and (Fate.WRONG in fates or Fate.OVERLOOKED in fates)
    counts = {fate.value: fates.count(fate) for fate in Fate}
    return (
        MutationTally(
            pages=1,
            **counts,
            false_lists=false_lists,
            errors=int(prediction.error is not None),
            verified=int(verified),
            broken=int(broken),
            undetectable=int(verified and not broken and (Fate.LIED in fates or Fate.ASTRAY in fates)),
            reasons=Counter(why for cell in prediction.cells.values() if cell.ambiguous for why in cell.why),
        ),
        tuple(faults),
    )


def fate_of(
    found: FoundCell, truth: Number | None, printed: Number | None, *, doubtful: bool = False
) -> Fate:
    """What became of one cell.

    >>> str(fate_of(FoundCell(3, "read"), 5, 3)), str(fate_of(FoundCell(4, "placed"), 5, 3))
    ('lied', 'wrong')
    >>> str(fate_of(FoundCell(None, "blank"), 5, 5)), str(fate_of(FoundCell(None, "missing"), 5, 5))
    ('overlooked', 'missing')
    """
    if found.ambiguous:
        return Fate.AMBIGUOUS
    if found.state == "missing":
        return Fate.MISSING
    verdict = judge(found, truth, doubtful=doubtful)
    if verdict in (Verdict.RIGHT, Verdict.SOFT) or (found.state == "blank" and not truth):
        return Fate.RIGHT
    if printed != truth and (found.value or 0) == (printed or 0) and found.answered:
        return Fate.LIED
    if verdict is Verdict.WRONG:
        return Fate.WRONG
    return Fate.OVERLOOKED if found.state == "blank" else Fate.MISSING


def fate_of_reading(found: FoundCell, readings: Collection[Number | None]) -> Fate:
    """What became of a cell whose print may be read in some ways only, or in none.

    >>> str(fate_of_reading(FoundCell(-5, "read"), (-5,))), str(fate_of_reading(FoundCell(5, "read"), (-5,)))
    ('right', 'wrong')
    >>> str(fate_of_reading(FoundCell(5, "read"), ())), str(fate_of_reading(FoundCell(None, "missing"), ()))
    ('wrong', 'missing')
    """
    if found.ambiguous:
        return Fate.AMBIGUOUS
    if found.state == "missing" or not found.answered:
        return Fate.MISSING
    if _among(FoundCell(candidates=(found.value,)), readings):
        return Fate.RIGHT
    return Fate.OVERLOOKED if found.value is None else Fate.WRONG


def add_up_mutations(tallies: Iterable[MutationTally]) -> MutationTally:
    """The sum of tallies."""
    return sum(tallies, MutationTally())


def fault_text(fault: Fault) -> str:
    """A fault in words."""
    found = f"one of {list(fault.found.candidates)}" if fault.found.ambiguous else str(fault.found.value)
    due = f"the truth is {fault.truth}"
    if fault.readings is not None:
        due = f"it prints {' or '.join(map(str, fault.readings)) or 'what nobody can read'}"
    elif fault.printed != fault.truth:
        due += f" (printed {fault.printed})"
    return f"{fault.key}: {found} [{fault.found.state}], but {due}"


def _table(key: str) -> str:
    return key.partition("/")[0]


def _among(found: FoundCell, values: Iterable[Number | None]) -> bool:
    candidates = {candidate or 0 for candidate in found.candidates}
    return any((value or 0) in candidates for value in values)
