"""What a program gets of one report: its cells by key, its tables as issued, data frames, a notebook's view.

Flow:  tagged page -> assembly -> extracted report -> **extraction** -> tables, data frames, notebook

The data are those of `gouji.inference.extraction`, and the views are made by `gouji.inference.outputs`, whose
modules know the data and not this class; each is imported when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Self

from gouji.inference.extraction import Cell, ExtractedReport, UnknownName, unknown

if TYPE_CHECKING:
    import pandas as pd

    from gouji.inference.assembly.choice import JointReadings
    from gouji.inference.outputs.frames import FrameShape
    from gouji.inference.outputs.issued import IssuedTable
    from gouji.model.forms import Form


@dataclass(frozen=True, slots=True, repr=False)
class Extraction(ExtractedReport):
    """One report's answer: what its tables say, and how far that is proved.

    >>> import gouji
    >>> extraction = gouji.extract("samples/pages/yunling_2022__lines.txt")
    >>> extraction["applications/total/total"].value, "applications/total/all" in extraction
    (107, False)
    >>> [cell.key for cell in extraction.cells if cell.state in (gouji.State.AMBIGUOUS, gouji.State.MISSING)]
    []
    >>> [check.name for check in extraction.checks if check.state is gouji.CheckState.FAILS]
    []
    """

    # The forms that were looked for, by id, where a user's own are among them; None: the shipped ones.
    known_forms: Mapping[str, Form] | None = field(default=None, repr=False, compare=False)
    # Of each table what is left of lines whose readings are all known; kept for who settles cells alone.
    joint: tuple[JointReadings, ...] = field(default=(), repr=False, compare=False)

    @classmethod
    def of(cls, report: ExtractedReport, known_forms: Mapping[str, Form] | None = None) -> Self:
        """An extracted report, with what a program asks of it.

        Args:
            report: The data.
            known_forms: The forms that were looked for, where a user's own are among them.
        """
        data = {each.name: getattr(report, each.name) for each in fields(ExtractedReport)}
        return cls(**data, known_forms=known_forms)

    def __getitem__(self, key: str) -> Cell:
        """The cell of a key `table/row/column`.

        Raises:
            UnknownName: The report's forms have no such cell; it is a KeyError, too.
        """
        for cell in self.cells:
            if cell.key == key:
                return cell
        if not self.cells:
            raise UnknownName(f"{key!r}: no such cell; {self.source} holds no table of a known form")
        raise unknown(key, "cell", (cell.key for cell in self.cells))

    def __contains__(self, key: object) -> bool:
        return any(cell.key == key for cell in self.cells)

    def __bool__(self) -> Literal[True]:
        return True  # an `Unread`, which stands where it might, is false

    __iter__ = None  # else Python would ask for cell 0, and 1; loop over `cells`

    def table(self, table_id: str, forms: Mapping[str, Form] | None = None) -> IssuedTable:
        """One official table as it is issued, its rows by its columns.

        Args:
            table_id: `disclosure`, `applications`, `review`, or a table of a form of your own.
            forms: The forms that were looked for, where the extraction does not know them.

        >>> import gouji
        >>> gouji.extract("samples/pages/yunling_2022__lines.txt").table("review")["复议后起诉", "总计"].value
        1

        Raises:
            UnknownName: The report has no such table; it is a KeyError, too.
            OutputError: The table is of a form that is not known here.
        """
        from gouji.inference.outputs.issued import issued_table

        return issued_table(self, table_id, self._forms(forms))

    def to_frame(self, shape: FrameShape = "tidy", forms: Mapping[str, Form] | None = None) -> pd.DataFrame:
        """A pandas data frame: a row a cell, or, where `wide`, one row with a column for each cell.

        Args:
            shape: `tidy`, `wide`, or `pages`, which leaves the cells out.
            forms: The forms that were looked for, where the extraction does not know them.

        Raises:
            OutputError: pandas is not installed; the extra `tables` brings it.
        """
        from gouji.inference.outputs.frames import frame_of

        return frame_of([self], shape, self._forms(forms))

    def _repr_html_(self) -> str:
        """The tables as issued, for a notebook."""
        from gouji.inference.outputs.notebook import html_of

        return html_of(self, self._forms(None))

    def __repr__(self) -> str:
        """A line that a person can read: the verdict, whose report it is, what became of cells and sums."""
        of = " ".join(str(each) for each in (self.issuer or self.title, self.year) if each is not None)
        parts = [f"{self.status}", of, f"form {self.form}" if self.form else ""]
        parts += [_counted("cells", (cell.state for cell in self.cells))]
        parts += [_counted("sums", (check.state for check in self.checks))]
        name = self.source if self.part is None else f"{self.source}, part {self.part}"
        return f"<Extraction of {name}: {'; '.join(part for part in parts if part)}>"

    def _forms(self, forms: Mapping[str, Form] | None) -> Mapping[str, Form]:
        from gouji.model.forms import load_forms

        return forms or self.known_forms or load_forms()


def _counted(what: str, states: Iterable[StrEnum]) -> str:
    counts = Counter(states)
    told = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    return f"{what}: {told}" if told else ""
