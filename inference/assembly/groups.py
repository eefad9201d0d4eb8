"""Tell apart rows that print the same words under different group labels (总数 of 信息发布, of 办件量).

Flow:  spans -> **groups** -> anchors -> strips -> readings

The order of print decides between such rows where their neighbours are printed. Where these are not,
a group label above may; and where nothing does, the row is in doubt, and no value is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gouji.inference.assembly.wording import Wordings
from gouji.model.forms import Table
from gouji.model.labels import Span, Tag
from gouji.model.page import Page

_SURE = 0.9  # a label less like a group's, or a row's, tells nothing here
_LABELS = frozenset({Tag.ROW, Tag.GROUP, Tag.COLUMN, Tag.SUBTABLE, Tag.SECTION})


class Groups:
    """The group labels of a table some of whose rows share their words."""

    def __init__(self, table: Table, rows: Wordings) -> None:
        groups = {group.id: group for block in table.blocks for group in block.groups}
        self._rows = rows
        self._ids = list(groups)
        self._words = Wordings(list(groups.values())) if groups else None
        self._chains = [frozenset(g.id for g in block.groups_of(row)) for block, row in table.rows()]
        self.twins = frozenset(
            place
            for place, row in enumerate(rows.labels)
            if any(len(_likest(rows, wording)[1]) > 1 for wording in row.wordings)
        )

    def on(self, page: Page, spans: Sequence[Span]) -> GroupsOnPage:
        """What the labels of a page say of the group that each of them stands in."""
        standing: dict[int, str | None] = {}
        headings: set[int] = set()
        seen: set[str] = set()  # the items printed since the group's label
        group: str | None = None
        for span in spans:
            if span.tag not in _LABELS:
                continue
            text = page.text[span.start : span.end]
            as_row, named = _likest(self._rows, text)
            as_group, groups = _likest(self._words, text)
            if groups and as_group > as_row:
                group = self._ids[groups[0]] if len(groups) == 1 else None
                headings.add(span.start)
                seen = set()
            elif span.tag is not Tag.ROW or text in seen:
                group = None  # a label that cannot be read; or an item once more, so that a label was lost
            elif len(named) == 1 and group not in self._chains[named[0]]:
                group = None  # a row of another group: that group's label was lost
            seen.add(text)
            standing[span.start] = group
        return GroupsOnPage(self.twins, self._chains, standing, frozenset(headings))


@dataclass(frozen=True, slots=True)
class GroupsOnPage:
    """For each label of a page, by where it starts, the group that it stands in, where that is known."""

    twins: frozenset[int]  # rows that print the words of another
    chains: Sequence[frozenset[str]]  # of each row the groups that it is in
    standing: Mapping[int, str | None]
    headings: frozenset[int]  # where the groups' own labels start

    def rules_out(self, start: int, row: int) -> bool:
        """Whether a label that starts there is no row's but a group's, or that of a row of another group."""
        if start in self.headings:
            return True
        group = self.standing.get(start)
        return row in self.twins and group is not None and group not in self.chains[row]


def _likest(labels: Wordings | None, text: str) -> tuple[float, list[int]]:
    """How like a text the likest of some labels is, and which of them it surely is."""
    found = () if labels is None else labels.matches(text)
    return max((score for _, score in found), default=0.0), [i for i, score in found if score >= _SURE]
