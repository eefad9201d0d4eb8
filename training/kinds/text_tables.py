"""A report's tables as other people's tools write them into a text, each by its documentation.

Every writer takes one grid with its merged cells; a page is its paragraphs and its grids in their order.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.training.reports import Cell, Grid, Report

Cells = list[list[str | None]]
Rows = Sequence[Sequence[str | None]]


def page(report: Report, writer: Callable[[Grid], str]) -> str:
    """The report as a text, its tables in a format."""
    parts = (writer(block) if isinstance(block, Grid) else block.text for block in report.blocks)
    return "\n\n".join(parts) + "\n"


def sheet_csv(report: Report, delimiter: str = ",") -> str:
    """A spreadsheet program's export: a row for each row of the sheet, quotes where they are needed."""
    rows: list[Sequence[str | None]] = []
    for block in report.blocks:
        rows += [*grid_cells(block), []] if isinstance(block, Grid) else [[block.text]]
    width = max(map(len, rows))
    filled: Rows = [[*row, *[""] * (width - len(row))] for row in rows]
    return csv_text(filled, delimiter=delimiter, lineterminator="\r\n") + "\r\n"


def unbroken(grid: Grid) -> Grid:
    """A grid without line breaks in its cells."""
    rows = ([replace(cell, text=cell.text.replace("\n", "")) for cell in row] for row in grid.rows)
    return replace(grid, rows=tuple(map(tuple, rows)))


def grid_cells(grid: Grid, filling: str | None = "") -> Cells:
    """A cell for each row and column; `filling` is what a merged cell leaves, 're' for its own text again."""
    placed = list(grid.placed())
    width = max(column + cell.colspan for _, column, cell in placed)
    cells: Cells = [[""] * width for _ in range(max(row + cell.rowspan for row, _, cell in placed))]
    for row, column, cell in placed:
        for at in ((row + down, column + right) for down, right in _places(cell)):
            cells[at[0]][at[1]] = cell.text if at == (row, column) or filling == "re" else filling
    return cells


def _places(cell: Cell) -> Iterator[tuple[int, int]]:
    return ((down, right) for down in range(cell.rowspan) for right in range(cell.colspan))


def ascsv_text(grid: Grid) -> str:
    """tabula and camelot: merged cells are empty ones behind the first, every cell in quotes."""
    return csv_text(grid_cells(grid), quoting=csv.QUOTE_ALL)


def as_semicolons(grid: Grid) -> str:
    """A spreadsheet's export in a locale whose comma is decimal."""
    return "sep=;\r\n" + csv_text(grid_cells(grid), delimiter=";", lineterminator="\r\n")


def as_tabs(grid: Grid) -> str:
    """TSV with quotes."""
    return csv_text(grid_cells(grid), delimiter="\t", quoting=csv.QUOTE_ALL)


def as_frame_csv(grid: Grid) -> str:
    """pandas: merged cells filled, an index, names that it made up, floats beside nan."""
    rows = _floats(grid)
    head = ["", *map(str, range(len(rows[0])))]
    return csv_text([head, *([str(place), *row] for place, row in enumerate(rows))])


def as_frame_markdown(grid: Grid) -> str:
    """pandas' to_markdown."""
    rows = _floats(grid)
    head = ["", *map(str, range(len(rows[0])))]
    return pipes([head, *([str(place), *row] for place, row in enumerate(rows))])


def as_frame_text(grid: Grid) -> str:
    """pandas' to_string: columns set right, two blanks between them."""
    rows = [["", *map(str, range(len(_floats(grid)[0])))]]
    rows += [[str(place), *row] for place, row in enumerate(_floats(grid))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def as_wide_frame_text(grid: Grid) -> str:
    """pandas' print of a frame that goes on below itself, its columns by what a terminal shows."""
    rows = [[str(place), *row] for place, row in enumerate(_floats(grid))]
    parts = []
    for first in range(1, len(rows[0]), 4):
        head = ["", *(str(place - 1) for place in range(first, min(first + 4, len(rows[0]))))]
        part = [head, *([row[0], *row[first : first + 4]] for row in rows)]
        goes_on = "  \\" if first + 4 < len(rows[0]) else ""
        lines = _set_right(part).split("\n")
        parts.append("\n".join([lines[0] + goes_on, *(line + "   " * bool(goes_on) for line in lines[1:])]))
    return "\n\n".join(parts)


def as_ruled_columns(grid: Grid) -> str:
    """reStructuredText's simple table, a data frame's index at its left."""
    rows = [["..", *map(str, range(len(_floats(grid)[0])))]]
    rows += [[str(place), *row] for place, row in enumerate(_floats(grid))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = "  ".join("=" * width for width in widths)
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join([rule, lines[0], rule, *lines[1:], rule])


def as_unnamed_markdown(grid: Grid) -> str:
    """markitdown of a workbook: the first row is the head, its empty cells get names, others are NaN."""
    head, *rows = grid_cells(grid)
    named = [cell or f"Unnamed: {place}" for place, cell in enumerate(head)]
    return pipes([named, *([cell or "NaN" for cell in row] for row in rows)])


def as_pipes(grid: Grid) -> str:
    """Markdown as editors write it."""
    return pipes(grid_cells(grid))


def as_marker(grid: Grid) -> str:
    """marker: line breaks in labels, ordinals escaped, a page's separator between two rows."""
    rows = [[_broken(cell or "") for cell in row] for row in grid_cells(grid)]
    separator = "\n\n{4}" + "-" * 48 + "\n\n"
    return separator.join(filter(None, (pipes(rows[:12]), pipes(rows[12:], ruled=False))))


def as_jira(grid: Grid) -> str:
    """Jira and Confluence: heads between doubled bars."""
    head, *rows = [[cell or " " for cell in row] for row in grid_cells(grid)]
    return "\n".join([f"||{'||'.join(head)}||", *(f"|{'|'.join(row)}|" for row in rows)])


def as_dashed_grid(grid: Grid) -> str:
    """tabulate's grid, and reStructuredText's: a rule of dashes above and below each row."""
    rows = [[cell or "" for cell in row] for row in grid_cells(grid)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    lines = ("| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows)
    return "\n".join([rule, *(part for line in lines for part in (line, rule))])


def as_mineru(grid: Grid) -> str:
    """MinerU: each table a page of HTML on a line of its own."""
    return f"<html><body>{_html(grid)}</body></html>"


def as_ppstructure(grid: Grid) -> str:
    """PP-Structure: styled cells, numbers set as formulas."""
    table = _html(grid, style=" style='text-align: center;'", formulas=True)
    return f'<div style="text-align: center;"><html><body>{table}</body></html></div>'


def as_latex(grid: Grid) -> str:
    r"""Recognisers of formulas: `\multirow` and `\multicolumn`, rules between rows."""
    begins = {(row, column): cell for row, column, cell in grid.placed()}
    width = len(grid_cells(grid)[0])
    lines = []
    for row in range(len(grid_cells(grid))):
        cells, column = [], 0
        while column < width:
            cell = begins.get((row, column))
            cells.append("" if cell is None else _latex_cell(cell))
            column += 1 if cell is None else cell.colspan
        lines.append(" & ".join(cells) + r" \\ \hline")
    return "\n".join([rf"\begin{{tabular}}{{|{'c|' * width}}}", r"\hline", *lines, r"\end{tabular}"])


def as_otsl(grid: Grid) -> str:
    """docling's tokens: `lcel`, `ucel` and `xcel` for what a merged cell covers."""
    rows = [["<ecel>"] * len(row) for row in grid_cells(grid)]
    for row, column, cell in grid.placed():
        for down, right in _places(cell):
            covered = "<xcel>" if down and right else "<ucel>" if down else "<lcel>"
            first = f"<{'ched' if row == 0 else 'fcel'}>{cell.text}" if cell.text else "<ecel>"
            rows[row + down][column + right] = covered if down or right else first
    return "<otsl>" + "".join("".join(row) + "<nl>" for row in rows) + "</otsl>"


def as_python_rows(grid: Grid) -> str:
    """pdfplumber: a list a row, None for what a merged cell covers."""
    return "\n".join(map(repr, grid_cells(grid, None)))


def as_json_array(grid: Grid) -> str:
    """A table as one array of arrays, over many lines."""
    return json.dumps(grid_cells(grid, None), ensure_ascii=False, indent=1)


def as_numpy(grid: Grid) -> str:
    """numpy prints no comma between two cells."""
    return "[" + "\n ".join("[" + " ".join(map(repr, row)) + "]" for row in grid_cells(grid)) + "]"


WRITERS: Mapping[str, Callable[[Grid], str]] = {
    name.removeprefix("as_"): writer for name, writer in globals().items() if name.startswith("as_")
}


def _set_right(rows: Rows) -> str:
    """Rows with their cells set right, as a terminal counts: Chinese twice."""
    shown = [[cell or "" for cell in row] for row in rows]
    widths = [max(map(shown_width, column)) for column in zip(*shown, strict=True)]
    lines = (zip(row, widths, strict=True) for row in shown)
    return "\n".join(
        "  ".join(" " * (width - shown_width(cell)) + cell for cell, width in line) for line in lines
    )


def shown_width(text: str) -> int:
    """How many places a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def csv_text(rows: Rows, **dialect: object) -> str:
    held = io.StringIO()
    csv.writer(held, **{"lineterminator": "\n", **dialect}).writerows(rows)  # type: ignore[arg-type]
    return held.getvalue().rstrip()


def pipes(rows: Rows, *, ruled: bool = True) -> str:
    lines = ["| " + " | ".join(cell or "" for cell in row) + " |" for row in rows]
    return "\n".join([*lines[:1], *(["|---" * len(rows[0]) + "|"] if ruled else []), *lines[1:]])


def _broken(cell: str) -> str:
    escaped = re.sub(r"^(\d)\.", r"\1\\.", cell)
    return escaped if len(escaped) < 7 or cell[0].isdecimal() else f"{escaped[:4]}<br>{escaped[4:]}"


def _floats(grid: Grid) -> list[list[str]]:
    """The cells of a grid as a data frame prints them that holds numbers and nan."""
    return [[_float(cell or "", row) for cell in row] for row in grid_cells(grid, "re")]


def _float(cell: str, row: Sequence[str | None]) -> str:
    if re.fullmatch(r"-?\d+", cell):
        return f"{cell}.0"
    return cell or ("nan" if any(other and other.isdecimal() for other in row) else "")


def _html(grid: Grid, style: str = "", *, formulas: bool = False) -> str:
    def written(cell: Cell) -> str:
        spans = f' rowspan="{cell.rowspan}"' * (cell.rowspan > 1) + f' colspan="{cell.colspan}"' * (
            cell.colspan > 1
        )
        text = f"$ {cell.text} $" if formulas and cell.text.isdecimal() else cell.text
        return f"<td{spans}{style}>{text}</td>"

    return "<table>" + "".join(f"<tr>{''.join(map(written, row))}</tr>" for row in grid.rows) + "</table>"


def _latex_cell(cell: Cell) -> str:
    text = re.sub(r"([&%_#])", r"\\\1", cell.text).replace("“", "``").replace("”", "''")
    text = rf"\multirow{{{cell.rowspan}}}{{*}}{{{text}}}" if cell.rowspan > 1 else text
    return rf"\multicolumn{{{cell.colspan}}}{{c|}}{{{text}}}" if cell.colspan > 1 else text
