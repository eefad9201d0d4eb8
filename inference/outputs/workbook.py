"""Workbooks: an overview, and a sheet for each report, laid out as the official tables are issued.

Flow:  records, layout, marks -> **sheets** -> XLSX

A cell's state is told by colour and by sign, and a doubtful one has its candidates in a comment. A
workbook is held in memory until it is whole, so one takes so many reports and the next is begun:
NAME.xlsx, NAME-2.xlsx. For a corpus the tables (Parquet, CSV) are the thing; this is to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from gouji.inference.extraction import CheckState, State
from gouji.inference.outputs.errors import needed
from gouji.inference.outputs.files import beside, written
from gouji.inference.outputs.records import ERROR, Record
from gouji.inference.outputs.report_sheet import ReportSheet
from gouji.inference.outputs.sheet_looks import Looks, put
from gouji.inference.outputs.whereabouts import origin_columns, place_columns
from gouji.inference.outputs.writer import Writer
from gouji.model.forms import Form

# Measured on 291 reports: 10 ms each, 59 MB of memory in all; more sheets no program shows well.
REPORTS_A_WORKBOOK = 500

_NAME_LENGTH = 31  # of a sheet, by Excel's rules
_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\'"), "_")
_STATES = ("读取", "推定", "空白", "存疑", "缺失", "人工")
_OVERVIEW = (
    ("表\nsheet", 7),
    ("标题\ntitle", 44),
    ("发布机关\nissuer", 26),
    ("年度\nyear", 8),
    ("版本\nform", 8),
    ("状态\nstatus", 14),
    ("单元格\ncells", 9),
    *((f"{name}\n{state}", 11) for name, state in zip(_STATES, State, strict=True)),
    ("不成立的勾稽\nfailing sums", 14),
    ("未知的勾稽\nunknown sums", 14),
    ("共同原因\npattern", 24),
    ("未归位\nunplaced", 11),
    ("来源\nsource", 48),
    ("错误\nerror", 60),
    ("机关编号\nissuer_id", 18),
    ("省级\nprovince", 12),
    ("地级\ncity", 14),
    ("县级\ncounty", 14),
    ("层级\nlevel", 14),
    ("区划代码\ndivision_code", 12),
    ("网址\nurl", 40),
    ("抓取时间\nfetched", 20),
    ("摘要\nsha256", 14),
    ("程序版本\nprogram", 9),
    ("模型版本\nmodel", 14),
    ("版式版本\nforms_version", 14),
)
_STATUS = 5  # the column of the status
_TOLD = (
    *("issuer_id", "province", "city", "county", "level", "division_code"),
    *("url", "fetched", "sha256", "program", "model", "forms_version"),
)
_CENTRED = (3, 4)  # year and form: a number beside a text
_HEAD_HEIGHT = 32  # points: two lines


class Workbooks(Writer):
    """Writes answers into workbooks, as many as are needed.

    Raises:
        OutputError: XlsxWriter is not installed, or a file cannot be written.
    """

    def __init__(
        self, output: Path, known: Mapping[str, Form], reports_a_workbook: int = REPORTS_A_WORKBOOK
    ) -> None:
        super().__init__()
        needed("xlsxwriter")
        self._output, self._known, self._most = output, known, reports_a_workbook
        self._paths: list[Path] = []
        self._reports = 0
        self._place = self._stack.enter_context(ExitStack())  # of the workbook in hand
        self._book = self._begun()

    def write(self, record: Record) -> None:
        if self._book.reports == self._most:
            self._place.close()
            self._book = self._begun()
        self._book.add(record)
        self._reports += 1

    def summary(self) -> str:
        files = self._paths[0] if len(self._paths) == 1 else f"{self._paths[0]} to {self._paths[-1].name}"
        return f"{self._reports} pages in {files}"

    def _begun(self) -> _Workbook:
        number = len(self._paths) + 1
        stem = self._output.stem if number == 1 else f"{self._output.stem}-{number}"
        path = self._output.with_name(f"{stem}{self._output.suffix}")
        part = self._place.enter_context(beside(path))  # now, not when hours of extraction are done
        self._paths.append(path)
        return self._place.enter_context(_opened(path, part, self._known, (number - 1) * self._most))


@contextmanager
def _opened(path: Path, part: Path, known: Mapping[str, Form], before: int) -> Iterator[_Workbook]:
    """A workbook, saved at the end."""
    book = _Workbook(part, known, before)
    yield book
    with written(path):
        try:
            book.close()
        except needed("xlsxwriter.exceptions").FileCreateError as error:
            raise error.args[0] from None  # an OSError


class _Workbook:
    """One workbook; reports are numbered on from the one before."""

    def __init__(self, path: Path, known: Mapping[str, Form], before: int) -> None:
        self._known, self._before = known, before
        self.reports = 0
        self._book = needed("xlsxwriter").Workbook(str(path))
        self._book.set_properties({"author": "gouji"})  # by which a folder's own workbooks are known
        self._looks = Looks(self._book)
        self._overview = self._book.add_worksheet("总览 overview")
        self._head()

    def add(self, record: Record) -> None:
        """A line of the overview, and a sheet where there is something to show."""
        self.reports += 1
        name = None
        if record.error is None:
            name = _sheet_name(self._before + self.reports, record)
            ReportSheet(self._book.add_worksheet(name), record, self._known, self._looks).fill()
        self._line(record, name)

    def close(self) -> None:
        """Write the workbook."""
        self._overview.autofilter(0, 0, self.reports, len(_OVERVIEW) - 1)
        self._book.close()

    def _head(self) -> None:
        look = self._looks.of({"bold": True, "bg_color": "#EDEDED", "text_wrap": True, "valign": "vcenter"})
        for column, (title, width) in enumerate(_OVERVIEW):
            put(self._overview, 0, column, title, look)
            middle = self._looks.of({"align": "center"}) if column in _CENTRED else None
            self._overview.set_column(column, column, width, middle)
        self._overview.set_row(0, _HEAD_HEIGHT)
        self._overview.freeze_panes(1, 2)
        self._overview.set_landscape()
        self._overview.fit_to_pages(1, 0)

    def _line(self, record: Record, name: str | None) -> None:
        line = self.reports
        for column, value in enumerate(_overview_line(record, self._before + self.reports)):
            look = None
            if column == _STATUS:
                look = self._looks.of_status(record.status)
            elif column in _CENTRED:
                look = self._looks.of({"align": "center"})
            elif isinstance(value, str):
                look = self._looks.of({"indent": 1})
            put(self._overview, line, column, value, look)
        if name is not None:
            look = self._looks.of({"font_color": "#0563C1", "underline": 1, "indent": 1})
            self._overview.write_url(line, 0, f"internal:'{name}'!A1", look, str(self._before + line))


def _overview_line(record: Record, number: int) -> Iterator[Any]:
    yield str(number)
    yield from (record.title, record.issuer, record.year, record.form)
    yield record.status or ERROR
    if record.error is None:
        states = [cell.state for cell in record.cells]
        yield len(states)
        yield from (states.count(state) for state in State)
        sums = [check["state"] for check in record.checks]
        yield from (sums.count(CheckState.FAILS), sums.count(CheckState.UNKNOWN), record.pattern)
        yield len(record.unplaced)
    else:
        yield from [None] * (5 + len(State))
    yield record.source if record.part is None else f"{record.source} ({record.part})"
    yield record.error
    told = {**place_columns(record.other), **origin_columns(record.other)}
    yield from (told[name] for name in _TOLD)


def _sheet_name(number: int, record: Record) -> str:
    """A name that Excel takes, and no other sheet has."""
    about = f"{record.issuer or Path(record.source).stem} {record.year or ''}".strip()
    name = f"{number} {about}".translate(_FORBIDDEN)
    return "".join(c for c in name if c.isprintable())[:_NAME_LENGTH].rstrip()
