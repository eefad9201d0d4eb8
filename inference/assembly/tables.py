"""Find the official tables on a page, the form that each follows, and each row's strip.

Flow:  spans -> **tables** -> readings -> one reading of the page

Which form a table follows is decided by its own labels: every form's table is aligned with
the page, and the one that fits best is taken, table by table. A table in a band has no row
labels; its numbers follow the last of its column labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.inference.assembly.anchors import Alignment, align, labels_of
from gouji.inference.assembly.bands import Band
from gouji.inference.assembly.collector import collect_strip
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.groups import Groups, GroupsOnPage
from gouji.inference.assembly.label_doubts import (
    bare_ordinals,
    beheaded,
    behind_others,
    beside_heads,
    misnamed,
    out_of_order,
    sharing_cells,
    wordy,
)
from gouji.inference.assembly.lines import lines_of
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.run_together import parted
from gouji.inference.assembly.wording import KEEN, Wordings, likeness, without_brackets
from gouji.model.forms import Form, Table, families
from gouji.model.labels import Span, Tag
from gouji.model.page import Page


class TableFinder:
    """Finds the tables of a set of forms; keeps what it learnt of their wording from page to page."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self._families = families(forms.values())
        self._rows = {
            (form.id, table.id): Wordings([row for _, row in table.rows()], table.likeness)
            for form in forms.values()
            for table in form.tables
        }
        self._known = Wordings([row for rows in self._rows.values() for row in rows.labels])
        self._lines = {
            (form.id, table.id): lines_of(table) for form in forms.values() for table in form.tables
        }
        self._columns = {
            (form.id, table.id): Wordings([column for block in table.blocks for column in block.columns])
            for form in forms.values()
            for table in form.tables
        }
        self._printed = {
            (form.id, table.id): frozenset(
                without_brackets(wording)
                for block in table.blocks
                for item in block.items
                for wording in item.wordings
            )
            for form in forms.values()
            for table in form.tables
        }
        self._groups = {
            (form.id, table.id): groups
            for form in forms.values()
            for table in form.tables
            if (groups := Groups(table, self._rows[form.id, table.id])).twins
        }
        self._in_words = {
            (form.id, table.id): Wordings(labels)
            for form in forms.values()
            for table in form.tables
            if (labels := [label for block in table.blocks for label in block.in_words])
        }
        self._bands = {
            (form.id, table.id): Band(form, table)
            for form in forms.values()
            for table in form.tables
            if table.printed == "band"
        }

    def labels_apart(self, page: Page, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The spans of a page, one row's label each."""
        return tuple(parted(page, spans, self._known))

    def find(self, marked: MarkedPage) -> list[FoundTable]:
        """The tables that a page holds, in the order of the form."""
        found = [a for a in self._alignments(marked) if self._is_table(marked, a)]
        if len(self._families) > 1:
            found = self._apart(found)
        found.sort(key=lambda alignment: alignment.anchors[0].start)
        bands = [band for family in self._families for band in self._bands_of(marked, family, found)]
        starts = sorted([*(a.anchors[0].start for a in found), *(band.start for band in bands)])
        tables = []
        for alignment in found:
            last = alignment.anchors[-1].end
            limit = next((start for start in starts if start >= last), len(marked.page.text))
            tables.append(self._rows_table(marked, alignment, limit))
        return [*tables, *bands]

    def _bands_of(
        self, marked: MarkedPage, family: Sequence[Form], found: Sequence[Alignment]
    ) -> Iterator[FoundTable]:
        """The tables in a band of a family of forms, behind the family's other tables."""
        own = [alignment for alignment in found if alignment.form in family]
        form = own[0].form if own else family[0]
        after = max((alignment.anchors[-1].end for alignment in own), default=0)
        for table in form.tables:
            band = self._bands.get((form.id, table.id))
            if band is not None and (found_band := band.find(marked, after)) is not None:
                yield found_band

    def _apart(self, found: Sequence[Alignment]) -> list[Alignment]:
        """The tables less those that lie among the rows of a better one of another family of forms."""
        family = {form.id: place for place, forms in enumerate(self._families) for form in forms}
        kept: list[Alignment] = []
        for alignment in sorted(found, key=lambda alignment: -alignment.score):
            first, last = alignment.anchors[0].start, alignment.anchors[-1].end
            if not any(
                family[other.form.id] != family[alignment.form.id]
                and first < other.anchors[-1].end
                and other.anchors[0].start < last
                for other in kept
            ):
                kept.append(alignment)
        return kept

    def _alignments(self, marked: MarkedPage) -> list[Alignment]:
        """For each table the form that fits best; where two fit alike, the one that fits the others."""
        labels = labels_of(marked.page, marked.spans, self._known)
        every = [
            align(labels, form, table, self._rows[form.id, table.id], self._groups_on(marked, form, table))
            for form in self.forms.values()
            for table in form.tables
            if table.printed != "band"
        ]
        overall: dict[str, float] = dict.fromkeys(self.forms, 0.0)
        for alignment in every:
            overall[alignment.form.id] += max(alignment.score, 0.0)
        best: dict[str, Alignment] = {}
        fits = [(a.score + self._heads_alike(marked, a), overall[a.form.id]) for a in every]
        for alignment, _ in sorted(zip(every, fits, strict=True), key=lambda pair: pair[1]):
            best[alignment.table.id] = alignment
        return list(best.values())

    def _heads_alike(self, marked: MarkedPage, alignment: Alignment) -> int:
        """How many of the form's own column labels stand over the rows.

        Forms share row labels, and a sentence may hold one more: what the numbers are, the columns say.
        """
        if not alignment.anchors:
            return 0
        columns = self._columns[alignment.form.id, alignment.table.id]
        first = alignment.anchors[0].start
        above = min((head.start for head in marked.heads_above(first)), default=first)
        found: set[str] = set()
        for head in marked.tagged(Tag.COLUMN, above, alignment.anchors[-1].end):
            text = marked.page.text[head.start : head.end]
            found.update(f"{column.id}/{column.label}" for column in columns.like(text, KEEN))
        return len(found)

    def _groups_on(self, marked: MarkedPage, form: Form, table: Table) -> GroupsOnPage | None:
        groups = self._groups.get((form.id, table.id))
        return None if groups is None else groups.on(marked.page, marked.spans)

    def _is_table(self, marked: MarkedPage, alignment: Alignment) -> bool:
        """Whether the labels are a table's: several, or one under the table's own column labels."""
        if len(alignment.anchors) != 1:
            return bool(alignment.anchors)
        columns = [column for block in alignment.table.blocks for column in block.columns]
        heads = marked.heads_above(alignment.anchors[0].start)
        texts = {marked.page.text[head.start : head.end] for head in heads}
        return any(likeness(text, column) == 1.0 for text in texts for column in columns)

    def _rows_table(self, marked: MarkedPage, alignment: Alignment, limit: int) -> FoundTable:
        key = (alignment.form.id, alignment.table.id)
        lines, rows, anchors = self._lines[key], self._rows[key], alignment.anchors
        end = marked.section_behind(anchors[-1].end, limit)
        strips = {}
        begins = [
            begin if not _headed(marked, begin, anchor.start) else anchor.start
            for anchor, begin in zip(
                anchors, marked.rows_between_rules([a.start for a in anchors]), strict=True
            )
        ]
        numbered = bare_ordinals(marked, anchors, rows)
        untils = [numbered.get(anchor.row, begin) for anchor, begin in zip(anchors, begins, strict=True)]
        for anchor, begin, until in zip(anchors, begins, [*untils[1:], end], strict=True):
            strips[anchor.row] = collect_strip(
                marked,
                begin,
                self._before_words(marked, key, anchor.end, until),
                expected=len(lines[anchor.row].keys),
                signed=not lines[anchor.row].sums,
                anchor=anchor,
                rows=rows,
            )
        heads = {anchor.row: marked.heads_above(anchor.start) for anchor in anchors}
        start = min([anchors[0].start, *(head.start for head in heads[anchors[0].row])])
        leading = None
        if heads[anchors[0].row]:
            above = heads[anchors[0].row][-1].end
            expected = max(anchors[0].row, 1) * len(lines[0].keys)
            leading = collect_strip(marked, above, begins[0], expected=expected, signed=not lines[0].sums)
        return FoundTable(
            alignment.form,
            alignment.table,
            lines,
            strips,
            heads,
            start,
            end,
            leading,
            disordered=out_of_order(marked, anchors, rows),
            ordinals=frozenset(numbered.values()),
            doubtful=alignment.doubtful
            | behind_others(lines, strips, self._printed[key])
            | wordy(marked, lines, anchors, rows)
            | misnamed(marked, anchors, rows)
            | beheaded(marked, anchors, strips, rows)
            | sharing_cells(marked, lines, anchors)
            | beside_heads(marked, anchors, strips, end),
        )

    def _before_words(self, marked: MarkedPage, key: tuple[str, str], start: int, end: int) -> int:
        """Where the first item answered in words stands, before `end`; what is behind it is no value."""
        labels = self._in_words.get(key)
        for tag in (Tag.ROW, Tag.GROUP, Tag.COLUMN) if labels is not None else ():
            for span in marked.tagged(tag, start, end):
                if labels is not None and labels.like(marked.page.text[span.start : span.end], KEEN):
                    end = min(end, span.start)
        return end


def _headed(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether a label other than a row's or a group's stands between two places."""
    return any(marked.tagged(tag, start, end) for tag in (Tag.SECTION, Tag.SUBTABLE, Tag.COLUMN, Tag.NOTE))
