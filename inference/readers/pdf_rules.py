"""The rules of a sheet, joined where they go on in each other, and grouped by the tables that they draw.

Flow:  sheet -> **rules that meet** -> grids

A border may be drawn piece by piece, twice side by side, or once for each cell that it bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from gouji.inference.limits import keep_within
from gouji.inference.readers.pdf_sheet import Rule

NEAR = 3.0  # points; borders of neighbouring cells, each with its own, stand 2.25 apart in print
_PAIRS = 100  # of a level and a plumb rule, of which hardly one meets: so many count as a cell


def tables_of(rules: Iterable[Rule], width: float) -> list[list[Rule]]:
    """The rules of each table of a sheet, those near each other across at one place.

    Args:
        rules: What is ruled.
        width: The sheet's.

    Raises:
        Exceeded: They are too many to be those of tables.
    """
    return [_aligned(group) for group in _touching(_merged(_within(rules, width)))]


def _within(rules: Iterable[Rule], width: float) -> list[Rule]:
    """The rules as far as the sheet goes: beyond it those across them are not drawn."""
    seen = []
    for rule in rules:
        if rule.level and rule.end > 0 and rule.start < width:
            seen.append(rule._replace(start=max(rule.start, 0.0), end=min(rule.end, width)))
        elif not rule.level and -NEAR < rule.at < width + NEAR:
            seen.append(rule)
    return seen


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """The rules with those joined that go on in each other, or lie side by side as borders do."""
    merged: list[Rule] = []
    for level in (True, False):
        for group in _near([rule for rule in rules if rule.level is level]):
            run: list[Rule] = []
            end = -inf
            for rule in group:
                if run and rule.start > end + NEAR:
                    merged.append(_joined(run))
                    run = []
                run.append(rule)
                end = max(end, rule.end)
            merged.append(_joined(run))
    return [rule for rule in merged if rule.end - rule.start > NEAR]


def _joined(run: Sequence[Rule]) -> Rule:
    at = sum(rule.at for rule in run) / len(run)
    start, end = run[0].start, max(rule.end for rule in run)
    before = any(rule.cut[0] and rule.start <= start + NEAR for rule in run)
    behind = any(rule.cut[1] and rule.end >= end - NEAR for rule in run)
    return Rule(run[0].level, at, start, end, (before, behind))


def _aligned(rules: Sequence[Rule]) -> list[Rule]:
    """The rules of one table, those that are near each other across at one place; another's are not moved."""
    return [
        rule._replace(at=sum(other.at for other in group) / len(group))
        for level in (True, False)
        for group in _near([rule for rule in rules if rule.level is level])
        for rule in group
    ]


def _near(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules grouped by where they stand across; none of a group is further than `NEAR` from its first."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if groups and rule.at - groups[-1][0].at <= NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for group in groups:
        group.sort(key=lambda rule: rule.start)
    return groups


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules grouped by whether they meet."""
    group_of = list(range(len(rules)))

    def root(index: int) -> int:
        while group_of[index] != index:
            group_of[index] = group_of[group_of[index]]
            index = group_of[index]
        return index

    plumb = [i for i, rule in enumerate(rules) if not rule.level]
    keep_within("cells", len(plumb) * (len(rules) - len(plumb)) // _PAIRS)
    for i, rule in enumerate(rules):
        for j in plumb if rule.level else ():
            other = rules[j]
            across = rule.start - NEAR <= other.at <= rule.end + NEAR
            if across and other.start - NEAR <= rule.at <= other.end + NEAR:
                group_of[root(i)] = root(j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(root(i), []).append(rule)
    return list(groups.values())
