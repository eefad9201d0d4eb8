"""Print a report's grids as text, in the layouts of tools that have no Python package, and of old versions.

Flow:  report -> stand-ins -> **text grid** -> text and spans -> damage

Ruled tables wrap their cells as a terminal browser does; the others differ in what stands
between two cells, what becomes of an empty one, and of a cell that a merged one covers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial

from gouji.training.reports import Cell, Grid, Report
from gouji.training.ruling import ruled_table

GridPrinter = Callable[[Grid], str]


def _page(report: Report, print_grid: GridPrinter, between: str) -> str:
    """The whole page: paragraphs and tables, with `between` after each."""
    parts = [print_grid(block) if isinstance(block, Grid) else block.text for block in report.blocks]
    return between.join(parts)


def _inline(text: str) -> str:
    return text.replace("\n", " ")


def _matrix(grid: Grid, *, inline: bool = True, repeat: bool = False) -> list[list[str]]:
    """Every position of the grid; what a merged cell covers is empty, or repeats it."""
    rows = [[""] * len(grid.widths) for _ in grid.rows]
    for row, column, cell in grid.placed():
        text = _inline(cell.text) if inline else cell.text
        for down in range(cell.rowspan if repeat else 1):
            for right in range(cell.colspan if repeat else 1):
                if row + down < len(rows) and column + right < len(grid.widths):
                    rows[row + down][column + right] = text
    return rows


def _texts(row: tuple[Cell, ...]) -> list[str]:
    return [_inline(cell.text) for cell in row]


def _rows(grid: Grid, rng: random.Random) -> list[list[str]]:
    """Each row's own cells; or with those that reach down into it, printed again or empty."""
    carried = rng.choices(("not", "again", "empty"), (5, 4, 1))[0]
    if carried == "not":
        return [_texts(row) for row in grid.rows]
    rows: list[dict[int, str]] = [{} for _ in grid.rows]
    for row, column, cell in grid.placed():
        for line in range(row, min(row + cell.rowspan, len(rows))):
            rows[line][column] = _inline(cell.text) if line == row or carried == "again" else ""
    return [[row[column] for column in sorted(row)] for row in rows]


def ruled(report: Report, rng: random.Random, *, width: int | None) -> str:
    """Box drawing, as w3m prints it: 80 columns with wrapped cells, or as wide as it takes."""
    centred, middle = rng.random() < 0.4, rng.random() < 0.8
    return _page(report, partial(ruled_table, width=width, centred=centred, middle=middle), "\n\n")


def ruled_shares(report: Report, rng: random.Random) -> str:
    """Box drawing of any width, each column with its share of it: the groups' often one character wide."""
    width, centred, middle = rng.randrange(50, 140), rng.random() < 0.4, rng.random() < 0.6
    print_grid = partial(ruled_table, width=width, centred=centred, middle=middle, by_share=True)
    return _page(report, print_grid, rng.choice(("\n", "\n\n")))


def tabs(report: Report, rng: random.Random) -> str:
    """Tabs between cells, as copied from a browser or a spreadsheet."""
    style = rng.choice(("own", "matrix", "padded", "repeat"))
    pad = "\t" * rng.randrange(1, 5)

    def print_grid(grid: Grid) -> str:
        if style == "own":
            return "\n".join("\t".join(row) for row in _rows(grid, rng))
        rows = ["\t".join(row) for row in _matrix(grid, repeat=style == "repeat")]
        if style == "padded":
            rows = [row + pad for row in rows]
        return "\n".join(rows)

    return _page(report, print_grid, rng.choice(("\n", "\n\n")))


def loose_tabs(report: Report, rng: random.Random) -> str:
    """Each cell followed by as many tabs as it spans, rows that drop the tabs of the cells above them."""
    more = rng.randrange(0, 4)

    def print_grid(grid: Grid) -> str:
        lines = []
        for row in grid.rows:
            line = ""
            for cell in row:
                spread = cell.colspan + (more if cell.colspan > 1 else 0)
                line += _inline(cell.text) + "\t" * spread
            depth = len(grid.widths) - sum(cell.colspan for cell in row)
            lines.append("\t" * min(depth, 3) * (depth > 0) + line)
        return "\n".join(lines)

    return _page(report, print_grid, rng.choice(("\n", "\n\n")))


def cell_lines(report: Report, rng: random.Random) -> str:
    """One cell a line, with empty lines, indentation or both; an empty cell leaves a line or no trace."""
    between = rng.choice(("\n", "\n\n", "\n\n", "\n\n\n"))
    indent = rng.choice(("", "", "", "\t", "\t\t\t", "  ", " "))
    keeps_blanks = rng.random() < 0.4
    row_gap = rng.choice(("", "", "\n", "\n\n"))
    indents_labels = rng.random() < 0.5

    def print_cell(cell: Cell) -> str:
        return (indent if indents_labels or cell.key else "") + cell.text

    def print_grid(grid: Grid) -> str:
        rows = ([print_cell(cell) for cell in row if cell.text or keeps_blanks] for row in grid.rows)
        return (between + row_gap).join(between.join(row) for row in rows if row)

    return _page(report, print_grid, rng.choice(("\n", "\n\n")))


def columnwise(report: Report, rng: random.Random) -> str:
    """One column of a table after the other, as block readers of narrow columns print them."""
    between, keeps_blanks = rng.choice(("\n", "\n", " ", "\t")), rng.random() < 0.5

    def print_grid(grid: Grid) -> str:
        columns: list[list[str]] = [[] for _ in grid.widths]
        for _, column, cell in grid.placed():
            if cell.text or keeps_blanks:
                columns[column].append(_inline(cell.text))
        return "\n".join(between.join(column) for column in columns if column)

    return _page(report, print_grid, rng.choice(("\n", "\n\n")))


def matrix_lines(report: Report, rng: random.Random) -> str:
    """One position a line, an empty line after each row; positions under a merged cell are empty."""
    indent = rng.choice(("\t", "    ", ""))

    def print_grid(grid: Grid) -> str:
        rows: list[dict[int, str]] = [{} for _ in grid.rows]
        for row, column, cell in grid.placed():
            rows[row][column] = cell.text
            for below in range(row + 1, min(row + cell.rowspan, len(rows))):
                rows[below][column] = ""
        lines = ("\n".join(indent + row[column] for column in sorted(row)) for row in rows)
        return "\n" + "\n\n".join(lines) + "\n"

    return _page(report, print_grid, "\n\n")


def bars(report: Report, rng: random.Random) -> str:
    """Bars between cells, many forms: `a | b | |`, `|a||b|`, `| a | b |`, with or without a ruling."""
    form = rng.choice(("trailing", "doubled", "padded", "tight", "markdown"))

    def print_row(texts: list[str], width: int) -> str:
        if form == "trailing":
            spare = width - len(texts)
            return " | ".join(texts) + (" |" + "|" * spare if spare or rng.random() < 0.8 else "")
        if form == "doubled":
            return "".join(f"|{text}|" for text in texts)
        if form == "tight":
            return "|".join(texts)
        return "| " + " | ".join(texts) + " |"

    def print_grid(grid: Grid) -> str:
        cells = [_texts(row) for row in grid.rows] if form == "trailing" else _rows(grid, rng)
        rows = [print_row(row, len(grid.widths)) for row in cells]
        if form == "markdown":
            rows.insert(1, "|" + " --- |" * len(cells[0]))
        return "\n".join(rows)

    return _page(report, print_grid, rng.choice(("\n", "\n\n")))


def broken_bars(report: Report, rng: random.Random) -> str:
    """Each cell on a line with its bar, or each bar on its own line, as older trafilatura prints them."""
    form = rng.choice(("after", "alone", "lead", "split"))
    keeps_blanks = rng.random() < 0.5

    def print_cell(text: str) -> str:
        if form == "after":
            return f"{text}|\n"
        if form == "alone":
            return f"{text}\n|\n"
        if form == "lead":
            return f"| {text}\n" if text else "|\n"
        return f"| {text} |\n" if text else "|\n"

    def print_grid(grid: Grid) -> str:
        rows = (
            "".join(print_cell(text) for text in _texts(row) if text or keeps_blanks) for row in grid.rows
        )
        return ("" if form == "after" else "|\n").join(rows)

    return _page(report, print_grid, "\n")


def spaced(report: Report, rng: random.Random) -> str:
    """Blanks between cells, one row a line or all in one; an empty cell leaves no trace or a wider gap."""
    gap = rng.choice((" ", "  ", "   ", "\u3000"))
    row_gap = rng.choice(("\n", "\n", "\n\n", gap))
    keeps_blanks = rng.random() < 0.4

    def print_grid(grid: Grid) -> str:
        rows = (gap.join(text for text in row if text or keeps_blanks) for row in _rows(grid, rng))
        return row_gap.join(rows)

    return _page(report, print_grid, rng.choice(("\n", "\n\n")))


def aligned(report: Report, rng: random.Random) -> str:
    """Columns aligned with blanks, each position where the widest above it lets it stand."""
    from gouji.training.typesetting import width_of

    measure: Callable[[str], int] = rng.choice((len, width_of))

    def print_grid(grid: Grid) -> str:
        rows = _matrix(grid)
        widths = [
            min(max(measure(row[column]) for row in rows), 24) + 2 for column in range(len(grid.widths))
        ]
        lines = (
            "".join(t + " " * max(2, w - measure(t)) for t, w in zip(row, widths, strict=True))
            for row in rows
        )
        return "\n".join(lines)

    return _page(report, print_grid, "\n\n")


TEXT_GRIDS: Mapping[str, tuple[Callable[[Report, random.Random], str], float]] = {
    "w3m": (partial(ruled, width=None), 1.5),
    "w3m80": (partial(ruled, width=80), 2),
    "w3m120": (partial(ruled, width=120), 1),
    "w3m100": (partial(ruled, width=100), 1),
    "w3m72": (partial(ruled, width=72), 1),
    "w3m60": (partial(ruled, width=60), 1),
    "ruled_shares": (ruled_shares, 2),
    "tabs": (tabs, 2),
    "loose_tabs": (loose_tabs, 1.5),
    "cell_lines": (cell_lines, 4),
    "columnwise": (columnwise, 0.5),
    "matrix_lines": (matrix_lines, 1.5),
    "bars": (bars, 2.5),
    "broken_bars": (broken_bars, 2),
    "spaced": (spaced, 2),
    "aligned": (aligned, 1),
}
