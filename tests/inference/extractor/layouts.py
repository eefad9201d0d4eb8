"""The layouts that a drawn report is printed in, and what befalls their print.

A cell stands between marks while it is laid out, so that what parts two cells can be taken away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

Row = Sequence[str | None]  # the cells of a grid; None where the cell before spans this place too
Layout = Callable[[Iterable[Row]], str]

LABEL, VALUE, CLOSE = "\ue000", "\ue001", "\ue002"
CELL = re.compile(f"([{LABEL}{VALUE}])([^{CLOSE}]*){CLOSE}")


def label(text: str) -> str:
    """The cell of a label."""
    return f"{LABEL}{text}{CLOSE}"


def value(text: str) -> str:
    """The cell of a number, or of none."""
    return f"{VALUE}{text}{CLOSE}"


def one_per_line(rows: Iterable[Row]) -> str:
    return "\n".join(cell for row in rows for cell in _cells(row))


def between_pipes(rows: Iterable[Row]) -> str:
    return "\n".join("| " + " | ".join(_cells(row)) + " |" for row in rows)


def between_tabs(rows: Iterable[Row]) -> str:
    return "\n".join("\t".join(_cells(row)) for row in rows)


def between_spaces(rows: Iterable[Row]) -> str:
    return "\n".join(" ".join(_cells(row)) for row in rows)


def amid_labels(rows: Iterable[Row]) -> str:
    """A row's numbers between the two lines of its label, as where a narrow cell was wrapped."""
    lines = []
    for label, *values in map(_cells, rows):
        if len(label) > 8 and values and all(VALUE in value for value in values):
            lines += [label[:7] + CLOSE, " ".join(values), LABEL + label[7:]]
        else:
            lines.append(" ".join([label, *values]))
    return "\n".join(lines)


def in_columns(rows: Iterable[Row]) -> str:
    """Each cell at its column's own place in the line."""
    grid = [[" ".join((cell or "").split("\n")) for cell in row] for row in rows]
    widths = [max(_width(row[i]) for row in grid if i < len(row)) + 2 for i in range(max(map(len, grid)))]
    lines = ("".join(c + " " * (w - _width(c)) for c, w in zip(r, widths, strict=False)) for r in grid)
    return "\n".join(line.rstrip() for line in lines)


def ruled(rows: Iterable[Row]) -> str:
    """Drawn borders, the labels wrapped within them, the numbers in the middle of their rows."""
    grid = [list(map(_wrapped, row)) for row in rows]
    count = max(map(len, grid))
    grid = [[*row, *[[""]] * (count - len(row))] for row in grid]
    widths = [max(_width(line) for row in grid for line in row[i]) for i in range(count)]

    def rule(left: str, middle: str, right: str) -> str:
        return left + middle.join("─" * (width // 2 * 2 + 2) for width in widths) + right

    lines = [rule("┌", "┬", "┐")]
    for row in grid:
        height = max(map(len, row))
        lines += [
            "│"
            + "│".join(_padded(c, n, height, w // 2 * 2 + 2) for c, w in zip(row, widths, strict=True))
            + "│"
            for n in range(height)
        ]
        lines.append(rule("├", "┼", "┤"))
    return "\n".join([*lines[:-1], rule("└", "┴", "┘")])


def _wrapped(cell: str | None, width: int = 7) -> list[str]:
    """The lines of a cell; a number stays on one."""
    found = CELL.fullmatch(cell or "")
    if found is None or found[1] == VALUE:
        return [cell or ""]
    text = found[2].replace("\n", "")
    return [f"{LABEL}{text[i : i + width]}{CLOSE}" for i in range(0, len(text), width)]


def _padded(lines: list[str], line: int, height: int, width: int) -> str:
    line -= (height - len(lines)) // 2
    text = lines[line] if 0 <= line < len(lines) else ""
    return f" {text}" + " " * (width - 1 - _width(text))


def glued(rows: Iterable[Row]) -> str:
    return "\n".join("".join(_cells(row)) for row in rows)


def _cells(row: Row) -> list[str]:
    return [cell for cell in row if cell is not None]


def _width(cell: str) -> int:
    """The columns of a terminal that a cell fills: two for a wide character."""
    return sum(
        0 if c in (LABEL, VALUE, CLOSE) else 2 if unicodedata.east_asian_width(c) in "WFA" else 1
        for c in cell
    )


@dataclass(frozen=True)
class Damage:
    """What befalls the print of one table; shares of 1 of what there is of each kind."""

    wrapped: float = 0.0  # labels over two lines
    blanks: float = 0.0  # empty cells that leave no trace
    between_numbers: float = 0.0  # separators gone between two numbers of a row
    behind_labels: float = 0.0  # ... between a label and a number
    before_labels: float = 0.0  # ... before a label
    seed: int = 0


def torn(cell: str | None, share: float, chance: Random) -> str | None:
    if cell is None or cell[0] == VALUE or len(cell) < 6 or chance.random() >= share:
        return cell
    cut = chance.randrange(3, len(cell) - 2)
    return cell[:cut] + "\n" + cell[cut:]


def damaged(text: str, damage: Damage, chance: Random) -> str:
    """The print of a table without some of its separators, and of its blanks with what is before each."""
    cells = list(CELL.finditer(text))
    printed, end = "", 0
    for before, cell in zip([None, *cells], cells, strict=False):
        gap, end = text[end : cell.start()], cell.end()
        if cell[1] == VALUE and not cell[2] and chance.random() < damage.blanks:
            continue
        if before is not None and chance.random() < _share(damage, before[1], cell[1]):
            gap = ""
        printed += gap + cell[2]
    return printed + text[end:]


def _share(damage: Damage, before: str, cell: str) -> float:
    """How many of the separators between two such cells are gone."""
    if cell == LABEL:
        return damage.before_labels
    return damage.behind_labels if before == LABEL else damage.between_numbers


LAYOUTS: tuple[Layout, ...] = (
    one_per_line,
    between_pipes,
    between_tabs,
    between_spaces,
    amid_labels,
    in_columns,
    ruled,
    glued,
)
SHOWN = (one_per_line, between_pipes, between_tabs)  # they keep what stands for an empty cell
