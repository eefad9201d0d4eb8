"""Write a panel as its file's ending says, and beside it its codebook and its coverage.

Flow:  panel -> **files** -> Stata, SPSS, Excel, CSV, Parquet, SQLite

Names, order and words are the same in every format. CSV begins with a byte order mark, by which Excel knows
that it is UTF-8; pandas and readr pass over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gouji.inference.outputs.columns import Column
from gouji.inference.outputs.database import Database, write_table
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.files import OWN_MARK, beside, written
from gouji.inference.outputs.read_back import is_own_table_file
from gouji.inference.outputs.table_files import DATABASE_SUFFIXES, TABLE_SUFFIXES, new_table
from gouji.inference.panel.codebook import codebook_columns, codebook_markdown, codebook_rows
from gouji.inference.panel.coverage import COVERAGE_COLUMNS, Coverage
from gouji.inference.panel.labelled import write_spss, write_stata
from gouji.inference.panel.rows import Panel
from gouji.inference.panel.workbook import write_workbook
from gouji.model.forms import Form

Write = Callable[[Path, Panel, Sequence[Form]], None]

_ENDINGS = """\
  .dta                   Stata 14 and later (118), labelled
  .sav                   SPSS, labelled
  .xlsx                  Excel: panel, codebook, coverage
  .csv, .parquet         tables
  .db, .sqlite           SQLite: panel, codebook, coverage, beside reports, cells, checks, candidates"""


def writer_for(path: Path) -> Write:
    """What writes a file of that ending.

    Raises:
        OutputError: The ending is none that is written.
    """
    suffix = path.suffix.lower()
    if suffix not in _WRITERS:
        raise OutputError(f"{path}: {suffix or 'no ending'} is not written; these are:\n{_ENDINGS}")
    return _WRITERS[suffix]


def beside_of(path: Path) -> list[Path]:
    """Where the codebook, the codebook for people and the coverage of a panel lie.

    >>> [str(path) for path in beside_of(Path("out/panel.dta"))]
    ['out/panel.codebook.csv', 'out/panel.codebook.md', 'out/panel.coverage.csv']
    """
    return [path.with_name(f"{path.stem}.{name}") for name in ("codebook.csv", "codebook.md", "coverage.csv")]


def others_beside(path: Path) -> list[Path]:
    """Where what belongs beside a panel would replace a file that is no codebook and no coverage of gouji."""
    return [place for place in beside_of(path) if place.is_file() and not _is_ours(place)]


def _is_ours(path: Path) -> bool:
    if path.suffix == ".md":
        with path.open("rb") as file:
            return file.read(len(OWN_MARK)) == OWN_MARK.encode()
    try:
        return is_own_table_file(path)
    except OutputError:
        return False


def write_beside(path: Path, panel: Panel, forms: Sequence[Form]) -> list[Path]:
    """Write the codebook and the coverage beside a panel; return where they lie.

    Raises:
        OutputError: A file cannot be written.
    """
    places = beside_of(path)
    codebook, for_people, coverage = places
    _write_rows(codebook, codebook_columns(forms), codebook_rows(panel.variables, forms))
    with beside(for_people) as part, written(for_people):
        part.write_bytes(codebook_markdown(panel.variables, forms).encode("utf-8"))
    _write_rows(coverage, COVERAGE_COLUMNS, Coverage(panel).rows())
    return places


def _write_rows(path: Path, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> None:
    with new_table(path, columns, excel=True) as table:
        for row in rows:
            table.add(row)


def _write_table(path: Path, panel: Panel, forms: Sequence[Form]) -> None:
    _write_rows(path, [variable.column for variable in panel.variables], panel.rows)


def _write_database(path: Path, panel: Panel, forms: Sequence[Form]) -> None:
    with Database(path, {form.id: form for form in forms}) as database:
        for record in panel.answers:
            database.write(record)
    columns = [variable.column for variable in panel.variables]
    write_table(path, "panel", columns, panel.rows)
    write_table(path, "codebook", codebook_columns(forms), codebook_rows(panel.variables, forms))
    write_table(path, "coverage", COVERAGE_COLUMNS, Coverage(panel).rows())


_WRITERS: Mapping[str, Write] = {
    ".dta": lambda path, panel, _: write_stata(path, panel),
    ".sav": lambda path, panel, _: write_spss(path, panel),
    ".xlsx": write_workbook,
    **dict.fromkeys(TABLE_SUFFIXES, _write_table),
    **dict.fromkeys(DATABASE_SUFFIXES, _write_database),
}
