"""Find the official tables on a page, and the form that each follows.

Flow:  spans -> **tables** -> row tables, bands -> readings -> one reading of the page

Which form a table follows is decided by its own labels: every form's table is aligned with
the page, and the one that fits best is taken, table by table. A table in a band has no row
labels; its numbers follow the last of its column labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.inference.assembly.anchors import Alignment, align, labels_of
from gouji.inference.assembly.bands import Band
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.row_table import row_table
from gouji.inference.assembly.run_together import parted
from gouji.inference.assembly.table_labels import TableLabels
from gouji.inference.assembly.wording import Wordings
from gouji.model.forms import Form, Label, Table, families
from gouji.model.labels import Span, Tag
from gouji.model.page import Page


class TableFinder:
    """Finds the tables of a set of forms; keeps what it learnt of their wording from page to page."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self._families = families(forms.values())
        tables = [(form, table) for form in forms.values() for table in form.tables]
        rows = [row for _, table in tables for _, row in table.rows()]
        columns = [label for _, table in tables for label in _column_labels(table)]
        self._known = {Tag.ROW: Wordings(rows), Tag.COLUMN: Wordings(columns)}
        self._labels = [TableLabels(form, table) for form, table in tables if table.printed != "band"]
        bands = (Band(form, table) for form, table in tables if table.printed == "band")
        self._bands = {(band.form.id, band.table.id): band for band in bands}

    def labels_apart(self, page: Page, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The spans of a page, one label of a row or a column each."""
        return tuple(parted(page, spans, self._known))

    def find(self, marked: MarkedPage) -> list[FoundTable]:
        """The tables that a page holds, in the order of the form."""
        aligned = list(self._alignments(marked, [labels.as_printed(marked) for labels in self._labels]))
        found, own = [each for each, _ in aligned], {each.table.id: labels for each, labels in aligned}
        if len(self._families) > 1:
            found = self._apart(found)
        found.sort(key=lambda alignment: alignment.start)
        bands = [band for family in self._families for band in self._bands_of(marked, family, found)]
        starts = sorted([*(alignment.start for alignment in found), *(band.start for band in bands)])
        tables = []
        for alignment in found:
            limit = next((start for start in starts if start >= alignment.end), len(marked.page.text))
            tables.append(row_table(marked, alignment, own[alignment.table.id], limit))
        return [*tables, *bands]

    def _bands_of(
        self, marked: MarkedPage, family: Sequence[Form], found: Sequence[Alignment]
    ) -> Iterator[FoundTable]:
        """The tables in a band of a family of forms, behind the family's other tables."""
        own = [alignment for alignment in found if alignment.form in family]
        form = own[0].form if own else family[0]
        after = max((alignment.end for alignment in own), default=0)
        bands = (self._bands.get((form.id, table.id)) for table in form.tables)
        for band in bands:
            if band is not None and (told := band.find(marked, after) or band.find(marked, 0, headed=True)):
                yield told

    def _apart(self, found: Sequence[Alignment]) -> list[Alignment]:
        """The tables less those that lie among the rows of a better one of another family of forms."""
        family = {form.id: place for place, forms in enumerate(self._families) for form in forms}
        kept: list[Alignment] = []
        for alignment in sorted(found, key=lambda alignment: -alignment.score):
            others = [other for other in kept if family[other.form.id] != family[alignment.form.id]]
            if not any(alignment.start < other.end and other.start < alignment.end for other in others):
                kept.append(alignment)
        return kept

    def _alignments(
        self, marked: MarkedPage, known: Sequence[TableLabels]
    ) -> Iterator[tuple[Alignment, TableLabels]]:
        """For each table the form that fits best; where two fit alike, the one that fits the others.

        Its rows are then aligned in the order of print.
        """
        printed = labels_of(marked.page, marked.labels_of_this_year, self._known[Tag.ROW])

        def aligned(own: TableLabels) -> Alignment:
            return align(printed, own.form, own.table, own.rows, own.groups_on(marked))

        every = [aligned(own) for own in known]
        overall: dict[str, float] = dict.fromkeys(self.forms, 0.0)
        for alignment in every:
            overall[alignment.form.id] += max(alignment.score, 0.0)

        def fit(pair: tuple[Alignment, TableLabels]) -> tuple[float, float]:
            alignment, own = pair
            heads = own.heads_alike(marked, alignment.start, alignment.end) if alignment.anchors else 0
            return alignment.score + heads, overall[alignment.form.id]

        ranked = sorted(zip(every, known, strict=True), key=fit)
        best = {alignment.table.id: (alignment, own) for alignment, own in ranked}
        for alignment, own in best.values():
            # A table has several labels, or one under its own column labels.
            labels = len(alignment.anchors)
            if labels > 1 or (labels == 1 and own.stands_under(marked, alignment.start)):
                as_printed = own.with_rows_as_printed(marked)
                yield (alignment if as_printed is own else aligned(as_printed)), as_printed


def _column_labels(table: Table) -> Iterator[Label]:
    """What a table may print above its columns; in a band the labels of its rows as well."""
    for block in table.blocks:
        yield from block.columns
        over = dict.fromkeys(column.group for column in block.columns if column.group)
        yield from (Label(wording, wording) for wording in (*block.surplus, *block.heads, *over))
        if table.printed == "band":
            yield from (*block.rows, *block.groups)
