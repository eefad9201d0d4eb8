"""Ask OR-Tools CP-SAT which readings take part in a choice of which every sum is zero.

Flow:  readings -> solver -> **CP-SAT** -> one reading of the page

It is asked for a solution that uses a reading not seen in any solution yet, again and again,
until there is none. The readings seen are then exactly those that some solution contains.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

# CP-SAT's own count of its work, about a second in all; no clock, so that a busy machine answers alike.
EFFORT = 1.0
QUESTION = 0.2  # of that count, for one solution; of 17 tables none took more and was settled in a second
TERMS = 50_000  # of a model; a larger one is not asked, for stating it alone takes as long
_A_TERM = 1e-6  # of that count, for stating one term of the model once more


def ask(
    rows: Sequence[Sequence[tuple[int, ...]]], effort: float | None = None
) -> tuple[list[tuple[int, ...]], bool]:
    """The readings of each row that take part in some choice of which every sum is zero.

    Args:
        rows: For each row what each of its readings adds to each sum.
        effort: When to stop asking; `EFFORT` where not given.

    Returns:
        For each row indices of its readings, none where no choice will do; and whether that
        is exact: where the effort ran out, all are left.
    """
    terms = sum(len(row) for row in rows) * len(rows[0][0])
    effort = EFFORT if effort is None else effort
    if terms > TERMS:
        return _all(rows), False
    model = cp_model.CpModel()
    chosen = [[model.new_bool_var("") for _ in row] for row in rows]
    for variables in chosen:
        model.add_exactly_one(variables)
    every = [
        (variable, reading)
        for variables, row in zip(chosen, rows, strict=True)
        for variable, reading in zip(variables, row, strict=True)
    ]
    for place in range(len(rows[0][0])):
        model.add(sum(reading[place] * variable for variable, reading in every if reading[place]) == 0)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    # These models are small: presolve and the linear relaxation cost three times what they save.
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 0
    unseen = {(r, i) for r, row in enumerate(rows) for i in range(len(row))}
    seen: set[tuple[int, int]] = set()
    while unseen:
        effort -= terms * _A_TERM
        if effort <= 0:
            return _all(rows), False
        solver.parameters.max_deterministic_time = min(effort, QUESTION)
        # What is unseen only shrinks, so each clause implies those before it.
        model.add_bool_or(chosen[r][i] for r, i in sorted(unseen))
        status = solver.solve(model)
        effort -= solver.response_proto.deterministic_time
        if status == cp_model.INFEASIBLE:
            break
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return _all(rows), False
        now = [next(i for i, v in enumerate(row) if solver.boolean_value(v)) for row in chosen]
        shown = set(enumerate(now)) | _exchanged(rows, now)
        seen |= shown
        unseen -= shown
    return [tuple(i for i in range(len(row)) if (r, i) in seen) for r, row in enumerate(rows)], True


def _all(rows: Sequence[Sequence[tuple[int, ...]]]) -> list[tuple[int, ...]]:
    return [tuple(range(len(row))) for row in rows]


def _exchanged(rows: Sequence[Sequence[tuple[int, ...]]], chosen: Sequence[int]) -> set[tuple[int, int]]:
    """The readings of other solutions that differ from this one in two rows, or in one.

    What one row's other reading adds to the sums, another row's must take away: most of the
    doubt in a table is of this kind, and is settled here without asking the solver.
    """
    changes: dict[tuple[int, ...], set[tuple[int, int]]] = {}
    for row, (readings, index) in enumerate(zip(rows, chosen, strict=True)):
        now = readings[index]
        for other, reading in enumerate(readings):
            if other != index:
                change = tuple(b - a for a, b in zip(now, reading, strict=True))
                changes.setdefault(change, set()).add((row, other))
    found: set[tuple[int, int]] = set()
    for change, readings_changed in changes.items():
        opposite = changes.get(tuple(-value for value in change), set())
        rows_against = {row for row, _ in opposite}
        found |= {(row, index) for row, index in readings_changed if not any(change) or rows_against - {row}}
    return found
