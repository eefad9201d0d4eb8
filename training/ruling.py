"""Draw one table with box-drawing characters, its cells wrapped to a width, as terminal browsers do.

Flow:  report -> stand-ins -> text grid: **ruled table** -> text and spans
"""

from __future__ import annotations

from gouji.training.reports import Cell, Grid
from gouji.training.typesetting import row_heights, width_of, wrap

# Which of up, down, left, right a corner joins -> the character.
_CORNERS = {
    0b0000: " ",
    0b0011: "─",
    0b1100: "│",
    0b0101: "┌",
    0b0110: "┐",
    0b1001: "└",
    0b1010: "┘",
    0b1101: "├",
    0b1110: "┤",
    0b0111: "┬",
    0b1011: "┴",
    0b1111: "┼",
    0b0001: "─",
    0b0010: "─",
    0b0100: "│",
    0b1000: "│",
}


def ruled_table(grid: Grid, width: int | None, centred: bool, middle: bool, *, by_share: bool = False) -> str:
    """The table drawn; columns share `width` half-widths, by need or by the grid, or take all they need."""
    placed = list(grid.placed())
    columns = _shares(grid, width) if by_share and width else _column_widths(grid, placed, width)
    lefts = [0]
    for column in columns:
        lefts.append(lefts[-1] + column + 1)
    wrapped = {
        (row, column): wrap(
            cell.text, max(2, lefts[min(column + cell.colspan, len(columns))] - lefts[column] - 1)
        )
        for row, column, cell in placed
    }
    heights = row_heights(grid, placed, wrapped)
    tops = [0]
    for height in heights:
        tops.append(tops[-1] + height + 1)
    canvas: list[list[str]] = [[" "] * (lefts[-1] + 1) for _ in range(tops[-1] + 1)]
    _draw_rules(canvas, placed, lefts, tops)
    for row, column, cell in placed:
        box = (
            tops[row],
            tops[min(row + cell.rowspan, len(heights))],
            lefts[column],
            lefts[min(column + cell.colspan, len(columns))],
        )
        _draw_text(canvas, wrapped[row, column], box, centred and cell.key is not None, middle)
    return "\n".join("".join(line).rstrip() for line in canvas)


def _column_widths(grid: Grid, placed: list[tuple[int, int, Cell]], width: int | None) -> list[int]:
    """Each column as wide as its own cells need; too wide a table shrinks its widest columns first."""
    count = len(grid.widths)
    widths = [2] * count
    for _, column, cell in sorted(placed, key=lambda entry: entry[2].colspan):
        needed = max(width_of(line) for line in cell.text.split("\n"))
        end = min(column + cell.colspan, count)
        lacking = needed - (sum(widths[column:end]) + end - column - 1)
        if lacking > 0 and (cell.colspan == 1 or width is None or column + cell.colspan < count):
            share = lacking // (end - column) + 1
            for index in range(column, end):
                widths[index] += share if cell.colspan > 1 else lacking
    while width is not None and sum(widths) + count + 1 > width and max(widths) > 3:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths


def _shares(grid: Grid, width: int) -> list[int]:
    room = width - len(grid.widths) - 1
    return [max(2, int(room * share / sum(grid.widths))) for share in grid.widths]


def _draw_rules(
    canvas: list[list[str]], placed: list[tuple[int, int, Cell]], lefts: list[int], tops: list[int]
) -> None:
    joins: dict[tuple[int, int], int] = {}
    for row, column, cell in placed:
        top, bottom = tops[row], tops[min(row + cell.rowspan, len(tops) - 1)]
        left, right = lefts[column], lefts[min(column + cell.colspan, len(lefts) - 1)]
        for y in (top, bottom):
            for x in range(left, right + 1):
                joins[y, x] = (
                    joins.get((y, x), 0) | (0b0001 if x < right else 0) | (0b0010 if x > left else 0)
                )
        for x in (left, right):
            for y in range(top, bottom + 1):
                joins[y, x] = (
                    joins.get((y, x), 0) | (0b0100 if y < bottom else 0) | (0b1000 if y > top else 0)
                )
    for (y, x), join in joins.items():
        canvas[y][x] = _CORNERS[join]


def _draw_text(
    canvas: list[list[str]], lines: list[str], box: tuple[int, int, int, int], centred: bool, middle: bool
) -> None:
    top, bottom, left, right = box
    y = top + 1 + (max(0, (bottom - top - 1 - len(lines)) // 2) if middle else 0)
    for text in lines:
        x = left + 1 + (max(0, (right - left - 1 - width_of(text)) // 2) if centred else 0)
        for character in text:
            if y >= len(canvas) or x >= len(canvas[y]):
                break
            canvas[y][x] = character
            for extra in range(1, width_of(character)):
                if x + extra < len(canvas[y]):
                    canvas[y][x + extra] = ""
            x += width_of(character)
        y += 1
