"""One report's sheet: its tables as issued, its sums, and the numbers that found no place.

Flow:  record, layout, marks -> **sheet** -> workbook
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.cells import cell_len

from gouji.inference.assembly.checks import keys_of
from gouji.inference.extraction import Cell, CheckState, State
from gouji.inference.outputs.errors import needed
from gouji.inference.outputs.labels import check_label
from gouji.inference.outputs.layout import Box, BoxKind, Layout, layouts
from gouji.inference.outputs.marks import advice, remark, shown
from gouji.inference.outputs.recorded_tables import tables_of
from gouji.inference.outputs.records import Record
from gouji.inference.outputs.sheet_looks import (
    BOLD,
    BOX,
    DOWNWARDS,
    ERROR_COLOUR,
    FAILING,
    HEAD,
    LABEL,
    STATE_COLOURS,
    SUGGESTED_COLOUR,
    TITLE,
    Looks,
    figure_look,
    put,
)
from gouji.inference.patterns import PATTERNS_BY_NAME
from gouji.model.forms import Form, Table

_LABELS = 3  # label columns of a sheet: the applications table has as many
_FIGURES = 15  # columns of figures: the review table has as many
_NOTE_WIDTH = 7  # columns that a line of text is merged over
_LABEL_WIDTHS = (4.5, 14.0, 34.0)  # characters
_FIGURE_WIDTH = 9.0
_LINE_HEIGHT = 14.5  # points
_LONGEST_NUMBER = 10**15  # Excel's numbers have 15 digits; longer ones are written as text

_BOUNDED = "读法过多，未能查遍 there are more readings than are looked through"
_LEGEND = (
    (State.PLACED, "12*  推定 placed: 位置经推算，唯一可能 worked out, one reading only"),
    (State.AMBIGUOUS, "4|空?  存疑 ambiguous: 见批注，“空”为空白 candidates in the comment, 空 is blank"),
    (State.MISSING, "…  缺失 missing: 页面未载 not on the page"),
    (State.SETTLED, "12†  人工 settled: 见批注 by a person, as the comment says"),
)


class ReportSheet:
    """Fills a sheet with one report.

    Args:
        sheet: An empty sheet of XlsxWriter.
        record: The report.
        known: The forms, by id.
        looks: Those of the sheet's workbook.
    """

    def __init__(self, sheet: Any, record: Record, known: Mapping[str, Form], looks: Looks) -> None:
        self._sheet, self._record, self._looks = sheet, record, looks
        self._cells = {cell.key: cell for cell in record.cells}
        self._tables = {table.id: table for _, table in tables_of(record, known)}
        self._places: dict[str, str] = {}  # key -> the sheet's cell, such as D7
        self._failing = self._sums_that_fail()
        self._next = 0  # the first line that is free

    def fill(self) -> None:
        """Everything, from the top."""
        self._heading()
        for table_id, table in self._tables.items():
            self._table(table, on_page=self._record.forms[table_id] is not None)
        self._sums()
        self._unplaced()
        self._reasons()
        self._legend()
        self._page()

    def _sums_that_fail(self) -> dict[str, list[str]]:
        """What is to be said of each cell that such a sum adds up."""
        told: dict[str, list[str]] = {}
        for check in self._record.checks:
            if check["state"] == CheckState.FAILS:
                for key in self._keys(check):
                    told.setdefault(key, []).append(self._said(check))
        return told

    def _keys(self, check: Mapping[str, Any]) -> list[str]:
        table = self._tables.get(check["name"].split("/", 1)[0])
        try:
            return keys_of(table, check["name"]) if table else []
        except (KeyError, ValueError):  # a check that is not one of the form's
            return []

    def _said(self, check: Mapping[str, Any]) -> str:
        label = check_label(self._tables.values(), check["name"]) or check["name"]
        return f"{label}: {check['left']} ≠ {check['right']}"

    def _heading(self) -> None:
        record = self._record
        about = (record.issuer, record.year, f"form {record.form or 'unknown'}")
        self._text(record.title or record.source, self._looks.of(TITLE))
        self._text("　".join(str(each) for each in about if each is not None))
        self._text(record.status or "", self._looks.of_status(record.status), width=2)
        self._text(record.source if record.part is None else f"{record.source} ({record.part})")

    def _text(self, text: str, look: Any = None, width: int = 1) -> None:
        """A line of text, over so many columns."""
        if width > 1:
            self._sheet.merge_range(self._next, 0, self._next, width - 1, "", look)
        put(self._sheet, self._next, 0, text, look)
        self._next += 1

    def _table(self, table: Table, on_page: bool) -> None:
        self._next += 1
        self._text(table.title, self._looks.of(BOLD))
        if not on_page:
            self._text("页面未载此表 not on the page", self._looks.of({"bg_color": ERROR_COLOUR}), _LABELS)
            return
        if table.id in self._record.bounded:
            self._text(_BOUNDED, self._looks.of({"bg_color": STATE_COLOURS[State.AMBIGUOUS]}), _NOTE_WIDTH)
        for layout in layouts(table):
            self._grid(layout, table)

    def _grid(self, layout: Layout, table: Table) -> None:
        self._heights(layout)
        if not layout.labels:
            self._box(Box(BoxKind.CORNER, table.heading, 0, 0, layout.lines, _LABELS), 0, _LABELS - 1)
        for box in layout.boxes:
            left, right = _columns(box, layout)
            if box.key is not None:
                self._figure(self._cells[box.key], self._next + box.top, left)
            else:
                self._box(box, left, right)
        self._next += layout.lines

    def _box(self, box: Box, left: int, right: int) -> None:
        first, last = self._next + box.top, self._next + box.top + box.height - 1
        is_label = box.kind in (BoxKind.ROW, BoxKind.GROUP)
        look = self._looks.of(DOWNWARDS if box.upright else LABEL if is_label else HEAD)
        if (first, left) == (last, right):
            put(self._sheet, first, left, box.text, look)
        else:
            self._sheet.merge_range(first, left, last, right, "", look)
            put(self._sheet, first, left, box.text, look)

    def _figure(self, cell: Cell, line: int, column: int) -> None:
        doubtful = not cell.state.is_settled
        failing = self._failing.get(cell.key, [])
        one = self._record.suggestion
        would = one.would_be if one is not None and one.key == cell.key else None
        look = self._looks.of(BOX, figure_look(cell, would), FAILING if failing else {})
        number = cell.value is not None and not doubtful and abs(cell.value) < _LONGEST_NUMBER
        put(self._sheet, line, column, cell.value if number else shown(cell), look)
        remarks = [remark(cell) or ""] if doubtful or cell.state is State.SETTLED else []
        remarks += [f"in a sum that fails: {each}" for each in failing]
        if one is not None and would is not None:
            remarks.append(advice(one, "this cell"))
        if remarks:
            text = "\n".join(remarks)
            size = {"width": 300, "height": 30 + 18 * math.ceil(len(text) / 36)}
            self._sheet.write_comment(line, column, text, {"author": "gouji", **size})
        self._places[cell.key] = needed("xlsxwriter.utility").xl_rowcol_to_cell(line, column)

    def _heights(self, layout: Layout) -> None:
        """As high as the texts of one line need; a merged cell does not find that out by itself."""
        for line in range(layout.lines):
            texts = (box for box in layout.boxes if box.top == line and box.height == 1 and box.text)
            needs = (math.ceil(cell_len(b.text) * 1.1 / _width(*_columns(b, layout))) for b in texts)
            self._sheet.set_row(self._next + line, _LINE_HEIGHT * max(1, *needs, 1) + 2)

    def _sums(self) -> None:
        checks = self._record.checks
        if not checks:
            return
        self._next += 1
        counts = (
            f"{label} {state} {sum(check['state'] == state for check in checks)}"
            for label, state in zip(("成立", "不成立", "未知"), CheckState, strict=True)
        )
        self._text("勾稽关系 sums: " + "，".join(counts), self._looks.of(BOLD))
        for check in checks:
            if check["state"] == CheckState.FAILS:
                where = " ".join(self._places[key] for key in self._keys(check) if key in self._places)
                self._text(f"✗ {self._said(check)}　{where}", self._looks.of(FAILING))
        if self._record.pattern is not None:
            self._text(f"共同原因 pattern: {_explained(self._record.pattern)}", self._looks.of(BOLD))
        one = self._record.suggestion
        if one is not None:
            where = self._places.get(one.key, one.key)
            told = f"更正建议，未作改动 suggestion, not applied: {advice(one, where)}"
            self._text(told, self._looks.of(BOLD, {"bg_color": SUGGESTED_COLOUR}), _NOTE_WIDTH)

    def _unplaced(self) -> None:
        if not self._record.unplaced:
            return
        self._next += 1
        self._text(f"未归位的数字 unplaced numbers: {len(self._record.unplaced)}", self._looks.of(BOLD))
        for number in self._record.unplaced:
            self._text(f"{number['raw']}　({number['start']}–{number['end']})　{number['reason']}")

    def _reasons(self) -> None:
        """What stands against the cells that are open, each reason once; comments name them."""
        counts = Counter(why for cell in self._record.cells for why in cell.why)
        if not counts:
            return
        self._next += 1
        self._text("存疑原因 why cells are open", self._looks.of(BOLD))
        for why, count in counts.most_common():
            self._text(f"{why}　{count}　{why.says_in_chinese} {why.says}")

    def _legend(self) -> None:
        self._next += 1
        for state, text in _LEGEND:
            self._text(text, self._looks.of({"bg_color": STATE_COLOURS[state]}), _NOTE_WIDTH)

    def _page(self) -> None:
        for column in range(_LABELS + _FIGURES):
            self._sheet.set_column(column, column, _width(column, column))
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)


def _explained(pattern: str) -> str:
    known = PATTERNS_BY_NAME.get(pattern)
    return pattern if known is None else f"{pattern}　{known.says_in_chinese} {known.says}"


def _columns(box: Box, layout: Layout) -> tuple[int, int]:
    """The sheet's first and last column of a box: its labels fill the sheet's label columns."""
    shift = _LABELS - layout.labels
    left, right = box.left, box.left + box.width - 1
    return (
        left + (shift if left >= layout.labels else 0),
        right + (shift if right >= layout.labels - 1 else 0),
    )


def _width(left: int, right: int) -> float:
    return sum(_LABEL_WIDTHS[c] if c < _LABELS else _FIGURE_WIDTH for c in range(left, right + 1))
