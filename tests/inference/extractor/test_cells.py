"""A layout that tells every cell of every row proves their places: what a publisher leaves blank is blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.result import Extraction

Extract = Callable[[str], Extraction]
Layout = Callable[[Sequence[Sequence[str]]], str]

COLUMNS = ("natural_person", "business", "research", "nonprofit", "legal_service", "other", "total")
HEADS = 10  # lines of column labels


def lines(between: str, empty: str, behind: str) -> Layout:
    """Each cell on a line of its own; what an empty one prints, and what stands behind a row, is told."""

    def layout(rows: Sequence[Sequence[str]]) -> str:
        return "".join(between.join(cell or empty for cell in row) + behind for row in rows)

    return layout


def borders(rows: Sequence[Sequence[str]]) -> str:
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def wide_labels(rows: Sequence[Sequence[str]]) -> str:
    """Borders, with a cell for each that a row's label goes over."""
    over = [2 if row[-8][0] in "一二四" else row[-8][0] == "（" for row in rows if len(row) > 7]
    wide = zip([0] * (len(rows) - len(over)) + over, rows, strict=True)
    return borders([[*row[:-7], *[""] * more, *row[-7:]] for more, row in wide])


def one_line(rows: Sequence[Sequence[str]]) -> str:
    return " ".join(cell or "\u00a0" for row in rows for cell in row)


def grid(rows: Sequence[Sequence[str]]) -> str:
    """Each cell at the place of its column, filled up to its width, as inscriptis prints it."""
    widths = [max(len(row[i]) for row in rows if i < len(row)) for i in range(max(map(len, rows)))]
    return "".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=False)) + "\n" for row in rows)


LAYOUTS = {
    "empty lines": lines("\n", "", "\n"),
    "no-break lines": lines("\n\n", "\u00a0", "\n\n"),
    "wide lines": lines("\n\n\n", "", "\n\n\n\n\n\n\n"),
    "borders": borders,
    "wide labels": wide_labels,
    "no-breaks on one line": one_line,
    "a grid": grid,
}


def rows_of(table: str) -> list[list[str]]:
    """The rows of the applications table, its column labels first."""
    cells = table.splitlines()
    heads = [cells[1:3], cells[3:6], cells[6:11]]
    rows = re.findall(r"((?:.*[^\d\n].*\n)+)((?:\d+\n){7})", "\n".join(cells[11:]) + "\n")
    return [*heads, *([*labels.split("\n")[:-1], *numbers.split()] for labels, numbers in rows)]


def printed(text: str, layout: Layout, blank: Sequence[str]) -> str:
    """The page with these columns of its applications table left blank, in a layout."""
    start, end = text.index("三、收到和处理"), text.index("四、政府信息公开行政复议")
    rows = rows_of(text[start:end])
    left = {COLUMNS.index(column) - len(COLUMNS) for column in blank}
    cut = [[("" if len(row) > 7 and i - len(row) in left else c) for i, c in enumerate(row)] for row in rows]
    return text[:start] + text[start : text.index("\n", start) + 1] + layout(cut) + "\n" + text[end:]


@pytest.mark.parametrize("blank", [("total",), COLUMNS[:6], ("natural_person", "total")], ids=",".join)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_columns_left_blank_in_every_row_are_blank_and_the_others_read(
    extract: Extract, text: str, layout: Layout, blank: Sequence[str]
):
    whole = {cell.key: cell.value for cell in extract(text).cells}

    extraction = extract(printed(text, layout, blank))

    for cell in extraction.cells:
        left = cell.key.startswith("applications/") and cell.key.split("/")[2] in blank
        assert cell.state in (State.READ, State.BLANK), cell
        assert cell.value == (None if left else whole[cell.key]), cell.key
    assert extraction.status is Status.CONTRADICTED


@pytest.mark.parametrize(
    ("layout", "cell"),
    [(lines("\n", "", "\n"), "18\n"), (borders, "18 | "), (grid, "18  ")],
    ids=["lines", "borders", "grid"],
)
def test_a_cell_that_left_no_trace_takes_the_proof_from_its_row(
    extract: Extract, text: str, layout: Layout, cell: str
):
    page = printed(text, layout, ["total"])
    row = page.index("一、本年新收")

    extraction = extract(page[:row] + page[row:].replace(cell, "", 1))

    received = [cell for cell in extraction.cells if cell.key.startswith("applications/received")]
    assert {cell.state for cell in received} == {State.AMBIGUOUS}


def test_a_cell_too_many_between_borders_leaves_its_row_open(extract: Extract, text: str):
    page = printed(text, borders, ["total"]).replace("| 80 | 18 |", "| 80 |  | 18 |")

    received = [cell for cell in extract(page).cells if cell.key.startswith("applications/received")]

    assert {cell.state for cell in received} == {State.AMBIGUOUS}


def test_lines_that_are_no_whole_number_of_empty_cells_are_not_rounded_down(extract: Extract):
    blocks = {
        "第二十条第（一）项": (
            ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
            ("规章", "1", "1", ""),
            ("规范性文件", "", "", ""),
        ),
        "第二十条第（五）项": (
            ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
            ("行政许可", "", "", ""),
            ("其他对外管理服务事项", "", "", ""),
        ),
        "第二十条第（六）项": (
            ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
            ("行政处罚", "", "", ""),
            ("行政强制", "", "-2", "1"),
        ),
    }

    def cell(text: str) -> str:  # four line ends where it is empty, five where it is not
        return (f"      {text}\n" if text else "") + "    \n\n    \n\n"

    rows = [row for heading, own in blocks.items() for row in ((heading,), *own)]
    text = "".join("".join(map(cell, row)) + "  \n\n    \n\n" for row in rows)

    extraction = extract("二、主动公开政府信息情况\n\n\n\n  \n\n    \n\n" + text)

    row = [extraction[f"disclosure/coercion/{c}"].value for c in ("previous_year", "change", "decisions")]
    assert row in ([None, -2, 1], [None] * 3)
