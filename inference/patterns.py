"""Name the one habit of a publisher that explains every sum of a page that fails.

Flow:  cells of a contradicted page -> **pattern** -> extraction

A pattern says what cells would be without the habit: of a page on which 行政复议 prints 1, 0, 0, 2 and no
total, 直接起诉 0, 1, 0, 0 and no total, the totals would be 3 and 1. It is named where all sums hold then,
and where two cells at least are otherwise: one that explains everything is a `suggestion`. Nothing is changed
on the page, and where no pattern explains every sum that fails, none is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from gouji.inference.assembly.checks import instances
from gouji.inference.extraction import Number
from gouji.model.forms import Table

Values = Mapping[str, Number | None]  # by a cell's key; None for a blank, which counts as 0
Undone = Iterator[tuple[str, Number]]  # cells, as they would be without a habit
Undo = Callable[[Table, Values], Undone]

_HABIT = 2  # cells that are otherwise, at least


@dataclass(frozen=True, slots=True)
class Pattern:
    """A publisher's habit that breaks sums."""

    name: str
    says: str
    says_in_chinese: str
    undo: tuple[Undo, ...]  # each a way in which the habit shows


def pattern_of(tables: Iterable[Table], values: Values) -> str | None:
    """The name of the first pattern that explains every sum that fails; None where there is none.

    Args:
        tables: The tables of a page.
        values: What it prints in each of their cells, by key.
    """
    own = list(tables)
    if _all_hold(own, values):
        return None
    for pattern in PATTERNS:
        if any(_explains(undo, own, values) for undo in pattern.undo):
            return pattern.name
    return None


def _explains(undo: Undo, tables: list[Table], values: Values) -> bool:
    undone = {key: value for table in tables for key, value in undo(table, values)}
    otherwise = sum(value != values[key] for key, value in undone.items())
    possible = otherwise >= _HABIT and min(undone.values()) >= 0
    return possible and _all_hold(tables, {**values, **undone})


def _all_hold(tables: Iterable[Table], values: Values) -> bool:
    every = (sides for table in tables for each in ("row", "column") for sides in _sides(table, each))
    return all(_holds(values, *sides) for sides in every)


def _holds(values: Values, left: Sequence[str], right: Sequence[str]) -> bool:
    return abs(_sum(values, left) - _sum(values, right)) < 1e-6


def _row_totals(printed: Number | None) -> Undo:
    """Totals of which that is printed are the sums of their rows, where these print anything."""

    def undo(table: Table, values: Values) -> Undone:
        for terms, total in _totalled_rows(table):
            if values[total] == printed and any(values[term] is not None for term in terms):
                yield total, _sum(values, terms)

    return undo


def _in_review(undo: Undo) -> Undo:
    return lambda table, values: undo(table, values) if table.id == "review" else iter(())


def _wrong_totals(table: Table, values: Values) -> Undone:
    """Totals are the sums of their rows, where a column fails that bears it out; else a term may be wrong."""
    if any(not _holds(values, *sides) for sides in _sides(table, "column")):
        for terms, total in _totalled_rows(table):
            if (values[total] or 0) != _sum(values, terms):
                yield total, _sum(values, terms)


def _only_totals(table: Table, values: Values) -> Undone:
    """Rows that print nothing but a total have it in one of their columns; no sum asks in which."""
    for terms, total in _totalled_rows(table):
        if values[total] and all(values[term] is None for term in terms):
            yield terms[0], _sum(values, [total])


def _total_row_is(*rows: str) -> Undo:
    """The row of totals, where it prints what other rows come to, is the sum of the results."""

    def undo(table: Table, values: Values) -> Undone:
        if not _has_rows(table, *rows):
            return
        for rule in table.checks:
            if rule.each == "column" and rule.right == ("total",):
                columns = list(instances(table, rule))
                printed = (
                    values[right[0]] == sum(values[f"{table.id}/{row}/{column}"] or 0 for row in rows)
                    for column, _, right in columns
                )
                if all(printed):
                    yield from ((right[0], _sum(values, left)) for _, left, right in columns)

    return undo


def _without(row: str) -> Undo:
    """A row that counts for nothing, though it is sound by itself."""

    def undo(table: Table, values: Values) -> Undone:
        for terms, total in _totalled_rows(table):
            if total.startswith(f"{table.id}/{row}/") and _sum(values, terms) == _sum(values, [total]):
                yield from ((key, 0) for key in (*terms, total))

    return undo


def _only_blank(kind: Literal["row", "column"]) -> Undo:
    """The one row, or column, of a block that is blank holds what the sums across it lack."""

    def undo(table: Table, values: Values) -> Undone:
        for block in table.blocks:
            rows, columns = ([label.id for label in labels] for labels in (block.rows, block.columns))
            lines = [[f"{table.id}/{row}/{column}" for column in columns] for row in rows]
            if kind == "column":
                lines = [list(line) for line in zip(*lines, strict=True)]
            blank = [line for line in lines if all(values[key] is None for key in line)]
            if len(blank) == 1:
                for left, right in _sides(table, "column" if kind == "row" else "row"):
                    gap = _sum(values, right) - _sum(values, left)
                    yield from ((key, gap) for key in left if gap and key in blank[0])
                    yield from ((key, -gap) for key in right if gap and key in blank[0])

    return undo


def _totalled_rows(table: Table) -> Iterator[tuple[Sequence[str], str]]:
    """The keys of the terms of each row that has a total, and that of its total."""
    yield from ((left, right[0]) for left, right in _sides(table, "row") if len(right) == 1)


def _sides(table: Table, each: str) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The keys of both sides of each sum of rows, or of columns."""
    for rule in table.checks:
        if rule.each == each:
            yield from ((left, right) for _, left, right in instances(table, rule))


def _has_rows(table: Table, *rows: str) -> bool:
    return {row.id for _, row in table.rows()}.issuperset(rows)


def _sum(values: Values, keys: Iterable[str]) -> Number:
    return sum(values[key] or 0 for key in keys)


PATTERNS: tuple[Pattern, ...] = (  # what is told first is looked for first: the narrower before the wider
    Pattern(
        "review totals blank",
        "The totals of the review table are left blank.",
        "行政复议、行政诉讼表的总计留空。",
        (_in_review(_row_totals(None)),),
    ),
    Pattern(
        "review totals zero",
        "The totals of the review table are printed as 0.",
        "行政复议、行政诉讼表的总计印为 0。",
        (_in_review(_row_totals(0)),),
    ),
    Pattern(
        "row totals blank",
        "The totals of rows are left blank.",
        "各行的总计留空。",
        (_row_totals(None),),
    ),
    Pattern(
        "row totals zero",
        "The totals of rows are printed as 0.",
        "各行的总计印为 0。",
        (_row_totals(0),),
    ),
    Pattern(
        "only totals printed",
        "Rows print their total, and leave the columns that it adds up blank.",
        "各行只印总计，分项留空。",
        (_only_totals,),
    ),
    Pattern(
        "one row blank",
        "One row is left blank, the only one of its table; the columns lack what it would hold.",
        "某一行留空（全表仅此一行），各列正好缺该行之数。",
        (_only_blank("row"),),
    ),
    Pattern(
        "one column blank",
        "One column is left blank, the only one of its table; the rows lack what it would hold.",
        "某一列留空（全表仅此一列），各行正好缺该列之数。",
        (_only_blank("column"),),
    ),
    Pattern(
        "row totals wrong",
        "The totals of several rows are not the sums of their rows; the columns add up with the right ones.",
        "有几行的总计不等于本行之和；改为本行之和，各列即相符。",
        (_wrong_totals,),
    ),
    Pattern(
        "the total row counts this year's requests alone",
        "The row of totals leaves out the requests carried in from the year before.",
        "总计行只计本年新收的申请，未计上年结转的申请。",
        (_total_row_is("received"), _without("carried_in")),
    ),
    Pattern(
        "the total row counts requests carried out",
        "The row of totals counts the requests carried over to the next year as well.",
        "总计行把结转下年度继续办理的申请也计算在内。",
        (_total_row_is("received", "carried_in"), _without("carried_out")),
    ),
)
PATTERNS_BY_NAME: Mapping[str, Pattern] = {pattern.name: pattern for pattern in PATTERNS}
