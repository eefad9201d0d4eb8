"""What a report's page shows: an extraction, the page's text, and the spans that were tagged in it.

Flow:  tagged extraction, or a record made before and its page -> **view** -> report page
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gouji.inference.assembly.checks import instances
from gouji.inference.extraction import Cell, Check, CheckState, Extraction, State
from gouji.inference.viewer.labels import CheckLabel, check_label
from gouji.model.errors import GoujiError
from gouji.model.forms import Form, Table
from gouji.model.labels import Span


class ViewError(GoujiError):
    """A report cannot be shown."""


@dataclass(frozen=True)
class View:
    """One report to show."""

    extraction: Extraction
    forms: Mapping[str, Form]
    text: str | None = None  # None: the page is not at hand
    spans: tuple[Span, ...] = ()  # pieces of the text, in its order
    part: int | None = None  # of a page that holds several reports

    @cached_property
    def tables(self) -> Sequence[Table]:
        """The tables whose cells the extraction lists, each in its form.

        Raises:
            ViewError: A form is not known.
        """
        return [self._table(table_id) for table_id in self.extraction.forms if self._keys_of(table_id)]

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """The cells, by key."""
        return {cell.key: cell for cell in self.extraction.cells}

    @cached_property
    def checks(self) -> Mapping[str, Check]:
        """The checks, by name."""
        return {check.name: check for check in self.extraction.checks}

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
    def doubtful(self) -> frozenset[str]:
        """The cells that a person should look at: what is open, and what a failing sum adds up."""
        found = {cell.key for cell in self.extraction.cells if cell.state in (State.AMBIGUOUS, State.MISSING)}
        for name, check in self.checks.items():
            if check.state is CheckState.FAILS:
                left, right = self.sides[name]
                found.update(left, right)
        return frozenset(found)

    def holds(self, table: Table) -> bool:
        """Whether the page holds a table."""
        return self.extraction.forms[table.id] is not None

    def _keys_of(self, table_id: str) -> list[str]:
        return [cell.key for cell in self.extraction.cells if cell.key.startswith(f"{table_id}/")]

    def _table(self, table_id: str) -> Table:
        """The table in the form that it follows; one that the page lacks in the form that its keys are of."""
        keys = self._keys_of(table_id)
        named = self.extraction.forms[table_id]
        for form in _preferred(self.forms, named):
            if table_id in {table.id for table in form.tables} and form.table(table_id).keys() == keys:
                return form.table(table_id)
        raise ViewError(
            f"{self.extraction.source}: its table {table_id} is of the form {named or 'unknown'}, which is"
            " not known as it was; name the form's file with --forms, or extract the page anew"
        )


def _preferred(forms: Mapping[str, Form], first: str | None) -> Iterable[Form]:
    return ([forms[first]] if first in forms else []) if first is not None else forms.values()
