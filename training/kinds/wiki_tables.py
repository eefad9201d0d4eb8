"""A report's tables as wikis, forums and typesetters write them, merged cells told.

Flow:  grid -> **markup with spans** -> page file

Each function is written by the format's own documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gouji.training.kinds.text_tables import shown_width as _shown
from gouji.training.reports import Cell, Grid


def as_mediawiki(grid: Grid) -> str:
    """A wiki's table: heads of the first row with `!`, spans as attributes."""
    rows = []
    for place, row in enumerate(grid.rows):
        mark = "!" if place == 0 else "|"
        rows.append("\n".join(["|-", *(f"{mark} {_attributes(cell)}{cell.text}" for cell in row)]))
    return "\n".join(['{| class="wikitable"', *rows, "|}"])


def as_bbcode(grid: Grid) -> str:
    """A forum's table as Discuz writes it: columns and rows that a cell spans behind its tag."""
    rows = ("".join(f"[td{_pair(cell)}]{cell.text}[/td]" for cell in row) for row in grid.rows)
    return "[table=98%]\n" + "\n".join(f"[tr]{row}[/tr]" for row in rows) + "\n[/table]"


def as_asciidoc(grid: Grid) -> str:
    """A table between fences, a line for each cell, its spans before its bar."""
    width = max(column + cell.colspan for _, column, cell in grid.placed())
    lines = [f"{_before_bar(cell)}|{cell.text}" for row in grid.rows for cell in row]
    return "\n".join([f'[cols="{width}*"]', "|===", *lines, "|==="])


def as_typst(grid: Grid) -> str:
    """A call with a content block for each cell."""
    width = max(column + cell.colspan for _, column, cell in grid.placed())
    cells = [f"  {_typst_cell(cell)}," for row in grid.rows for cell in row]
    return "\n".join(["#table(", f"  columns: {width},", *cells, ")"])


def as_list_table(grid: Grid) -> str:
    """reStructuredText's list of lists, as the kernel's documents extend it by spans."""
    lines = [".. flat-table::", "   :header-rows: 1", ""]
    for row in grid.rows:
        for place, cell in enumerate(row):
            spans = {"cspan": cell.colspan - 1, "rspan": cell.rowspan - 1}
            told = "".join(f":{name}:`{number}` " for name, number in spans.items() if number)
            lines.append(f"   {'*' if place == 0 else ' '} - {told}{cell.text}".rstrip())
    return "\n".join(lines)


def as_drawn_grid(grid: Grid) -> str:
    """reStructuredText's grid: no rule within a cell that goes over columns and rows."""
    placed = list(grid.placed())
    height = max(row + cell.rowspan for row, _, cell in placed)
    width = max(column + cell.colspan for _, column, cell in placed)
    broad = max(_shown(cell.text) for _, _, cell in placed) + 2
    canvas = [[" "] * (width * (broad + 1) + 1) for _ in range(2 * height + 1)]
    for row, column, cell in placed:
        top, bottom = 2 * row, 2 * (row + cell.rowspan)
        left, right = column * (broad + 1), (column + cell.colspan) * (broad + 1)
        for at in (top, bottom):
            for place in range(left, right + 1):
                is_corner = place in (left, right) or canvas[at][place] == "+"
                canvas[at][place] = "+" if is_corner else "-"
    for row, column, cell in placed:
        left, right = column * (broad + 1), (column + cell.colspan) * (broad + 1)
        for at in range(2 * row + 1, 2 * (row + cell.rowspan)):
            for edge in (left, right):
                canvas[at][edge] = "+" if canvas[at][edge] in "+-" else "|"
        wide = [part for sign in cell.text for part in (sign, *[""] * (_shown(sign) - 1))]
        canvas[2 * row + 1][left + 2 : left + 2 + len(wide)] = wide
    return "\n".join("".join(line) for line in canvas)


def _attributes(cell: Cell) -> str:
    spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
    told = " ".join(f'{name}="{number}"' for name, number in spans.items() if number > 1)
    return f"{told} | " if told else ""


def _pair(cell: Cell) -> str:
    return f"={cell.colspan},{cell.rowspan}" if cell.colspan > 1 or cell.rowspan > 1 else ""


def _before_bar(cell: Cell) -> str:
    columns = str(cell.colspan) if cell.colspan > 1 else ""
    rows = f".{cell.rowspan}" if cell.rowspan > 1 else ""
    return f"{columns}{rows}+" if columns or rows else ""


def _typst_cell(cell: Cell) -> str:
    text = "".join(f"\\{sign}" if sign in "\\#*_$@<>`[]" else sign for sign in cell.text)
    spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
    told = ", ".join(f"{name}: {number}" for name, number in spans.items() if number > 1)
    return f"table.cell({told})[{text}]" if told else f"[{text}]"


WRITERS: Mapping[str, Callable[[Grid], str]] = {
    name.removeprefix("as_"): writer for name, writer in globals().items() if name.startswith("as_")
}
