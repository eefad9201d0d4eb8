"""How a cell is shown to a person: its value, and by a sign how far it can be believed.

Flow:  cell -> **mark** -> sheets, a terminal's view, a notebook's, pages to look at

    12*     placed: worked out, and only one reading is possible
    4|空?   ambiguous: the likeliest candidates, 空 for blank
    …       missing: the page does not hold it
    12†     settled: a person has answered
            blank: the page leaves it empty
"""

from __future__ import annotations

from collections.abc import Iterable

from gouji.inference.assembly.checks import keys_of
from gouji.inference.extraction import Cell, Check, CheckState, Number, Settled, State, Suggestion
from gouji.inference.patterns import PATTERNS_BY_NAME
from gouji.model.forms import Table

SIGNS = {State.PLACED: "*", State.AMBIGUOUS: "?", State.MISSING: "…", State.SETTLED: "†"}
FAILING_SIGN = "!"  # behind a figure that a failing sum adds up
SHOWN_CANDIDATES = 2  # in a cell; the others beside it
LEGEND = (
    "* worked out, one reading only   ? several readings   … not on the page   † settled by a person"
    "   ! in a sum that fails"
)

_BLANK = "空"


def shown(cell: Cell) -> str:
    """What stands in a cell.

    >>> shown(Cell("t/r/c", None, State.AMBIGUOUS, candidates=(4, None, 40)))
    '4|空|…?'
    """
    if cell.state is State.MISSING:
        return SIGNS[cell.state]
    if cell.state is State.AMBIGUOUS:
        names = [_named(candidate, _BLANK) for candidate in cell.candidates[:SHOWN_CANDIDATES]]
        more = cell.more or len(cell.candidates) > SHOWN_CANDIDATES
        return "|".join([*names, *(["…"] if more else [])]) + SIGNS[cell.state]
    if cell.value is None:
        return (
            "" if cell.state is not State.SETTLED else f"{_BLANK if cell.is_known else ''}{SIGNS[cell.state]}"
        )
    return f"{cell.value}{cell.unit or ''}{SIGNS.get(cell.state, '')}"


def doubt(cell: Cell) -> str:
    """The candidates of an ambiguous cell, or what the sums say of a missing one.

    >>> doubt(Cell("t/r/c", None, State.AMBIGUOUS, candidates=(4, None), more=True))
    '4, blank and more'
    """
    if cell.state is State.AMBIGUOUS:
        candidates = ", ".join(_named(each, "blank") for each in cell.candidates) or "none listed"
        return f"{candidates}{' and more' if cell.more else ''}"
    return "" if cell.derived is None else f"the sums say {cell.derived}"


def remark(cell: Cell) -> str | None:
    """What there is to say of a cell that is not settled, or was not printed plainly; None where nothing.

    >>> from gouji.inference.why import Why
    >>> remark(Cell("t/r/c", None, State.MISSING, derived=5, why=(Why.NO_LABEL,)))
    'missing: the page does not hold it; the sums say 5; why: no_label'
    """
    why = f"; why: {', '.join(cell.why)}" if cell.why else ""
    if cell.state is State.AMBIGUOUS:
        return f"ambiguous, the likeliest first: {doubt(cell)}{why}"
    if cell.state is State.MISSING:
        told = f"; {doubt(cell)}" if doubt(cell) else ""
        return f"missing: the page does not hold it{told}{why}"
    if cell.state is State.PLACED:
        printed = "" if cell.raw is None else f", printed {cell.raw!r}"
        return f"placed: its place was worked out{printed}"
    return None if cell.settled is None else f"settled: {told_of(cell.settled)}"


def told_of(settled: Settled) -> str:
    """Who settled a cell, when, and what was there before.

    >>> from gouji.inference.extraction import Before
    >>> told_of(Settled("li", "2026-11-30T08:00:00Z", Before(State.AMBIGUOUS, candidates=(4, None))))
    'by li, 2026-11-30T08:00:00Z; before: ambiguous, 4, blank'
    """
    absent = "; it is not on the page" if settled.absent else ""
    if settled.before is None:
        return f"by {settled.by}, {settled.when}{absent}"
    values = settled.before.candidates or (() if settled.before.value is None else (settled.before.value,))
    before = ", ".join([str(settled.before.state), *(_named(each, "blank") for each in values)])
    return f"by {settled.by}, {settled.when}{absent}; before: {before}"


def failing_keys(checks: Iterable[Check], tables: Iterable[Table]) -> frozenset[str]:
    """The cells of some tables that a failing sum adds up."""
    by_id = {table.id: table for table in tables}
    failing = ((by_id.get(c.name.split("/", 1)[0]), c.name) for c in checks if c.state is CheckState.FAILS)
    return frozenset(key for table, name in failing if table is not None for key in keys_of(table, name))


def advice(one: Suggestion, where: str) -> str:
    """What the failing sums want a cell to be.

    Args:
        one: The suggestion.
        where: What the cell is called.

    >>> advice(Suggestion("t/r/c", 28, 26, ("t/row/r",)), "t/r/c")
    'all sums would hold if t/r/c were 26, not 28'
    """
    return f"all sums would hold if {where} were {one.would_be}, not {_named(one.printed, 'blank')}"


def cause(pattern: str) -> str:
    """What explains every sum that fails, in words; a pattern of another version by its name alone.

    >>> cause("row totals blank")
    'pattern: row totals blank. The totals of rows are left blank.'
    """
    known = PATTERNS_BY_NAME.get(pattern)
    return f"pattern: {pattern}" if known is None else f"pattern: {pattern}. {known.says}"


def _named(value: Number | None, blank: str) -> str:
    return blank if value is None else str(value)
