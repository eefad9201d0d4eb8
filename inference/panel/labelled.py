"""Stata and SPSS files: variables with labels, words of a closed list as numbers with value labels.

Flow:  panel -> **labelled frame** -> .dta, .sav

Stata's format is 118 (Stata 14 and later), which holds Chinese. An empty number is Stata's `.`; why it is
empty says NAME_why, a number whose value label is the word that the other formats have.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.inference.outputs.columns import Kind
from gouji.inference.outputs.errors import needed
from gouji.inference.outputs.files import beside, written
from gouji.inference.outputs.table_files import as_double
from gouji.inference.panel.codebook import variable_label
from gouji.inference.panel.rows import Panel
from gouji.inference.panel.variables import Variable
from gouji.inference.printable import encodable

if TYPE_CHECKING:
    import pandas as pd

EXTRA = "panel"
_LONGEST_STR = 2045  # bytes of a str# of Stata; longer ones are strL
_TITLE = "gouji panel"


def write_stata(path: Path, panel: Panel) -> None:
    """Write a .dta of format 118.

    Raises:
        OutputError: The file cannot be written, or pandas is not installed.
    """
    frame = _frame(panel)
    texts = [v.name for v in panel.variables if v.column.kind is Kind.TEXT and v.codes is None]
    long = [name for name in texts if max((len(t.encode()) for t in frame[name]), default=0) > _LONGEST_STR]
    with beside(path) as part, written(path):
        frame.to_stata(
            part,
            write_index=False,
            version=118,
            data_label=_TITLE,
            variable_labels={v.name: variable_label(v) for v in panel.variables},
            value_labels=_value_labels(panel),
            convert_strl=long,
        )


def write_spss(path: Path, panel: Panel) -> None:
    """Write a .sav.

    Raises:
        OutputError: The file cannot be written, or pyreadstat is not installed.
    """
    readstat = needed("pyreadstat", EXTRA)
    frame = _frame(panel)
    with beside(path) as part, written(path):
        try:
            readstat.write_sav(
                frame,
                str(part),
                file_label=_TITLE,
                column_labels={v.name: variable_label(v) for v in panel.variables},
                variable_value_labels=_value_labels(panel),
            )
        except readstat.ReadstatError as error:  # it does not say why
            raise OSError(str(error)) from error


def _frame(panel: Panel) -> pd.DataFrame:
    pandas = needed("pandas", EXTRA)
    return pandas.DataFrame({v.name: _column(pandas, v, panel) for v in panel.variables})


def _column(pandas: Any, variable: Variable, panel: Panel) -> Any:
    values = [row.get(variable.name) for row in panel.rows]
    codes = variable.codes
    if codes is not None:
        values = [None if value is None else codes[value] for value in values]
    elif variable.column.kind is Kind.TEXT:
        return pandas.Series(
            ["" if value is None else encodable(str(value)) for value in values], dtype=object
        )
    if variable.column.kind is Kind.NUMBER or None in values:
        values = [float("nan") if value is None else as_double(value) for value in values]
        return pandas.Series(values, dtype="float64")
    return pandas.Series(values, dtype="int64")


def _value_labels(panel: Panel) -> dict[str, Mapping[int, str]]:
    """The value labels of each labelled variable: of the words of the list those that it has."""
    labels: dict[str, Mapping[int, str]] = {"panel_id": panel.bodies}
    for variable in panel.variables:
        if variable.codes is not None:
            words = {row.get(variable.name) for row in panel.rows}
            held = {code: word for word, code in variable.codes.items() if word in words}
            if held:
                labels[variable.name] = held
    return labels
