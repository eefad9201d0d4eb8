"""Choose one reading for each row so that the columns add up, and tell what is left open.

Flow:  readings -> **one reading of the page** -> checks

Exact in two steps. First each column's sums discard the readings that no combination of the
other rows supports (reachable sums, repeated until nothing changes); most pages end there.
What is left goes to OR-Tools CP-SAT: it is asked for a solution that uses a reading not seen
in any solution yet, again and again, until there is none. The readings seen are then exactly
those that some reading of the whole table contains.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from gouji.inference.extraction import Number

SECONDS = 2.0  # for one table; past it what is still open stays open
REACHABLE = 50_000  # partial sums of one column kept apart; a wider column is left to CP-SAT

Values = tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """In every column the rows of `left` add up to those of `right`, by index."""

    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Survivors:
    """For each row the indices of the readings that some reading of the table contains.

    `consistent` is False where no choice satisfies the sums: print contradicts itself, or
    was misread, and the columns prove nothing. `exact` is False where time ran out.
    """

    rows: tuple[tuple[int, ...], ...]
    consistent: bool = True
    exact: bool = True


def survivors(
    rows: Sequence[Sequence[Values]], sums: Sequence[ColumnSum], *, seconds: float = SECONDS
) -> Survivors:
    """The readings of each row that take part in some reading of the whole table.

    Args:
        rows: For each row its readings, one value a column; never empty.
        sums: Sums over rows; those that name an unread row must be left out by the caller.
        seconds: When to stop asking.
    """
    every = tuple(tuple(range(len(row))) for row in rows)
    if all(len(row) == 1 for row in rows):
        return Survivors(every)
    constraints = _constraints(rows, sums)
    alive = [list(indices) for indices in every]
    if not _prune(rows, constraints, alive):
        return Survivors(every, consistent=False)
    if all(len(indices) == 1 for indices in alive):
        return Survivors(tuple(tuple(indices) for indices in alive))
    return _search(rows, constraints, alive, every, seconds)


@dataclass(frozen=True, slots=True)
class _Constraint:
    """One sum of one column: rows with +1 and -1 add up to zero."""

    column: int
    terms: tuple[tuple[int, int], ...]  # row, sign


def _constraints(rows: Sequence[Sequence[Values]], sums: Sequence[ColumnSum]) -> list[_Constraint]:
    """Every column's sums, without those that are all print: what they say is for the checks."""
    columns = len(rows[0][0])
    found = []
    for rule in sums:
        terms = tuple((row, 1) for row in rule.left) + tuple((row, -1) for row in rule.right)
        for column in range(columns):
            if any(len({values[column] for values in rows[row]}) > 1 for row, _ in terms):
                found.append(_Constraint(column, terms))
    return found


def _prune(
    rows: Sequence[Sequence[Values]], constraints: Sequence[_Constraint], alive: list[list[int]]
) -> bool:
    """Discard readings that a column's sum cannot support; False where a row has none left."""
    pending = list(constraints)
    while pending:
        changed: set[int] = set()
        for constraint in pending:
            domains: list[set[Number]] = [
                {sign * rows[row][index][constraint.column] for index in alive[row]}
                for row, sign in constraint.terms
            ]
            supported = _supported(domains)
            if supported is None:
                continue
            for (row, sign), values in zip(constraint.terms, supported, strict=True):
                kept = [i for i in alive[row] if sign * rows[row][i][constraint.column] in values]
                if len(kept) < len(alive[row]):
                    alive[row] = kept
                    changed.add(row)
                if not kept:
                    return False
        pending = [c for c in constraints if any(row in changed for row, _ in c.terms)]
    return True


def _supported(domains: Sequence[set[Number]]) -> list[set[Number]] | None:
    """For each summand the values that take part in some sum of zero; None where too many sums arise."""
    before: list[set[Number]] = [{0}]
    for domain in domains:
        before.append({round(total + value, 6) for total in before[-1] for value in domain})
        if len(before[-1]) > REACHABLE:
            return None
    supported: list[set[Number]] = []
    zero: set[Number] = {0}
    needed = zero & before[-1]
    for domain, totals in zip(reversed(domains), reversed(before[:-1]), strict=True):
        supported.append({v for v in domain if any(round(n - v, 6) in totals for n in needed)})
        needed = {round(n - v, 6) for n in needed for v in supported[-1]} & totals
    return supported[::-1]


def _search(
    rows: Sequence[Sequence[Values]],
    constraints: Sequence[_Constraint],
    alive: Sequence[Sequence[int]],
    every: tuple[tuple[int, ...], ...],
    seconds: float,
) -> Survivors:
    """Ask CP-SAT for solutions that show a reading not seen yet, until there is none."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = [{index: model.new_bool_var("") for index in indices} for indices in alive]
    for row in chosen:
        model.add_exactly_one(row.values())
    for constraint in constraints:
        model.add(
            sum(
                sign * int(rows[row][index][constraint.column]) * variable
                for row, sign in constraint.terms
                for index, variable in chosen[row].items()
            )
            == 0
        )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    # These models are small: presolve and the linear relaxation cost three times what they save.
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 0
    unseen = {(r, i) for r, indices in enumerate(alive) if len(indices) > 1 for i in indices}
    seen: set[tuple[int, int]] = set()
    deadline = time.monotonic() + seconds
    while unseen:
        solver.parameters.max_time_in_seconds = max(deadline - time.monotonic(), 0.01)
        # What is unseen only shrinks, so each clause implies those before it.
        model.add_bool_or(chosen[r][i] for r, i in sorted(unseen))
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            break
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Survivors(tuple(tuple(indices) for indices in alive), exact=False)
        chosen_now = tuple(next(i for i, v in row.items() if solver.boolean_value(v)) for row in chosen)
        shown = set(enumerate(chosen_now)) | _exchanged(rows, constraints, alive, chosen_now)
        seen |= shown
        unseen -= shown
    if not seen:
        return Survivors(every, consistent=False)
    kept = tuple(
        tuple(i for i in indices if len(indices) == 1 or (r, i) in seen) for r, indices in enumerate(alive)
    )
    return Survivors(kept)


def _exchanged(
    rows: Sequence[Sequence[Values]],
    constraints: Sequence[_Constraint],
    alive: Sequence[Sequence[int]],
    chosen: Sequence[int],
) -> set[tuple[int, int]]:
    """The readings of other solutions that differ from this one in two rows, or in one.

    What one row's other reading adds to the sums, another row's must take away: most of the
    doubt in a table is of this kind, and is settled here without asking the solver.
    """
    signs = [dict(constraint.terms) for constraint in constraints]
    changes: dict[tuple[Number, ...], set[tuple[int, int]]] = {}
    for row, indices in enumerate(alive):
        now = rows[row][chosen[row]]
        for index in indices:
            if index != chosen[row]:
                other = rows[row][index]
                change = tuple(
                    sign.get(row, 0) * (other[c.column] - now[c.column])
                    for sign, c in zip(signs, constraints, strict=True)
                )
                changes.setdefault(change, set()).add((row, index))
    found: set[tuple[int, int]] = set()
    for change, readings in changes.items():
        opposite = changes.get(tuple(-value for value in change), set())
        rows_against = {row for row, _ in opposite}
        found |= {(row, index) for row, index in readings if not any(change) or rows_against - {row}}
    return found
