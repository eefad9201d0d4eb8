"""How the cells of a workbook look: formats by state and by place, each made once, and how a value is put in.

Flow:  states, statuses -> **looks** -> sheet, workbook
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gouji.inference.extraction import Cell, Number, State
from gouji.inference.outputs.marks import SIGNS

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # other control characters are escaped as _x001B_
_LONGEST_TEXT = 32_767  # characters of a cell, by Excel's rules

STATE_COLOURS = {
    State.PLACED: "#DDEBF7",
    State.AMBIGUOUS: "#FFE699",
    State.MISSING: "#F8CBAD",
    State.SETTLED: "#E2D6F0",
}
_STATUS_COLOURS = {"verified": "#C6E0B4", "contradicted": "#F4B084", "incomplete": "#FFE699"}
ERROR_COLOUR = "#F8CBAD"
SUGGESTED_COLOUR = "#FCE4D6"

TITLE = {"bold": True, "font_size": 14}
BOLD = {"bold": True}
FAILING = {"bold": True, "font_color": "#C00000"}
BOX = {"border": 1, "border_color": "#999999", "valign": "vcenter"}
HEAD = BOX | {"bg_color": "#EDEDED", "align": "center", "text_wrap": True}
LABEL = HEAD | {"align": "left"}
DOWNWARDS = BOX | {"bg_color": "#EDEDED", "align": "center", "rotation": 270}


class Looks:
    """The formats of a workbook's cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, *properties: Mapping[str, Any]) -> Any:
        """The format that has all these properties."""
        whole = {name: value for each in properties for name, value in each.items()}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]

    def of_status(self, status: str | None) -> Any:
        """The format of a report's status; None is an error."""
        colour = ERROR_COLOUR if status is None else _STATUS_COLOURS.get(status)
        return self.of({"bg_color": colour} if colour else {})


def figure_look(cell: Cell, would: Number | None) -> dict[str, Any]:
    """The properties of a figure: its state's colour, and what stands behind the number.

    Args:
        cell: The figure's.
        would: What a suggestion says that it would be.
    """
    sign = SIGNS[cell.state] if cell.state in (State.PLACED, State.SETTLED) else ""
    said = f"{cell.unit or ''}{sign}{'' if would is None else f' →{would}?'}".replace('"', "")
    look: dict[str, Any] = {"align": "right", "shrink": True}  # a number too wide would show as ####
    if said:
        look["num_format"] = f'General"{said}"'
    if cell.state in STATE_COLOURS:
        look["bg_color"] = STATE_COLOURS[cell.state]
    if would is not None:
        look["bg_color"] = SUGGESTED_COLOUR
    return look


def put(sheet: Any, line: int, column: int, value: Any, look: Any = None) -> None:
    """Write a value into a sheet; a text stays one, whatever it begins with."""
    if value is None or value == "":
        sheet.write_blank(line, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(line, column, _NO_XML.sub("\ufffd", value)[:_LONGEST_TEXT], look)
    else:
        sheet.write_number(line, column, value, look)
