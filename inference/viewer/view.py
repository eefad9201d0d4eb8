"""What a report's page shows: an extraction, the page's text, and the spans that were tagged in it.

Flow:  tagged extraction, or a record made before and its page -> **view** -> report page
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gouji.inference.assembly.checks import instances
from gouji.inference.extraction import Cell, Check, ExtractedReport
from gouji.inference.outputs.labels import CheckLabel, cell_paths, check_label
from gouji.inference.outputs.recorded_tables import tables_of
from gouji.inference.viewer.needs import Needs, needs_of
from gouji.model.forms import Form, Table
from gouji.model.labels import Span


@dataclass(frozen=True)
class View:
    """One report to show."""

    extraction: ExtractedReport
    forms: Mapping[str, Form]
    text: str | None = None  # None: the page is not at hand
    spans: tuple[Span, ...] = ()  # pieces of the text, in its order

    @cached_property
    def tables(self) -> Sequence[Table]:
        """The tables whose cells the extraction lists, each in its form.

        Raises:
            OutputError: A form is not known.
        """
        return [form.table(table) for table, form in self.form_of.items()]

    @cached_property
    def form_of(self) -> Mapping[str, Form]:
        """The form of each table whose cells the extraction lists, by the table's id, in the cells' order.

        Raises:
            OutputError: A form is not known.
        """
        found = {table.id: form for form, table in tables_of(self.extraction, self.forms)}
        listed = dict.fromkeys(cell.key.partition("/")[0] for cell in self.extraction.cells)
        return {table: found[table] for table in listed if table in found}

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """The cells, by key."""
        return {cell.key: cell for cell in self.extraction.cells}

    @cached_property
    def checks(self) -> Mapping[str, Check]:
        """The checks, by name."""
        return {check.name: check for check in self.extraction.checks}

    @cached_property
    def paths(self) -> Mapping[str, Sequence[str]]:
        """The labels that lead to each cell, the table's first, by its key."""
        return {key: labels for table in self.tables for key, labels in cell_paths(table)}

    @cached_property
    def number(self) -> Mapping[str, int]:
        """By what number a page names each cell, by key."""
        return {cell.key: index for index, cell in enumerate(self.extraction.cells)}

    @cached_property
    def check_number(self) -> Mapping[str, int]:
        """By what number a page names each check, by name."""
        return {check.name: index for index, check in enumerate(self.extraction.checks)}

    def label(self, check: Check) -> CheckLabel:
        """A check in the form's words."""
        found = check_label(self.tables, check.name)
        assert found is not None, check.name
        return found

    @cached_property
    def sides(self) -> Mapping[str, tuple[Sequence[str], Sequence[str]]]:
        """The keys of the cells on both sides of each check, by its name."""
        return {
            f"{table.id}/{rule.name}/{name}": (left, right)
            for table in self.tables
            for rule in table.checks
            for name, left, right in instances(table, rule)
        }

    @cached_property
    def needs(self) -> Needs:
        """What asks for a person."""
        return needs_of(self.extraction)

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The cells that a person looks at: those of several readings, and what a failing sum adds up."""
        return frozenset(self.needs.cells).union(
            *(side for sum_ in self.needs.sums for side in self.sides[sum_])
        )

    def holds(self, table: Table) -> bool:
        """Whether the page holds a table."""
        return self.extraction.forms[table.id] is not None
