"""The columns of every table that is written, with their types and what they mean.

Flow:  forms -> **columns** -> rows -> CSV, Parquet, data frames; and the data dictionary

The types hang on the form, never on the data, so that files of many runs fit together: a wide
column holds integers, or, where its label speaks of money, numbers. Forms share a column where they
share a key; their orders of print are merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gouji.inference.outputs.places import CellPlace, places
from gouji.model.forms import Form

_MONEY = re.compile("金额|元")


class Kind(StrEnum):
    """What a column holds; every column may be empty."""

    TEXT = "text"
    INTEGER = "integer"  # 64 bits
    NUMBER = "number"  # double precision; CSV has it digit for digit
    FLAG = "flag"  # true, or empty


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: Kind
    label: str
    meaning: str
    unit: str | None = None
    forms: tuple[str, ...] = ()  # that have it, where it is a form's cell


def _text(name: str, label: str, meaning: str) -> Column:
    return Column(name, Kind.TEXT, label, meaning)


def _integer(name: str, label: str, meaning: str, unit: str | None = None) -> Column:
    return Column(name, Kind.INTEGER, label, meaning, unit)


_SOURCE = (
    _text("source", "来源", "The page's file or address, as it was given."),
    _integer("part", "部分", "Which report of a page that holds several; empty for a page of one."),
)
_ABOUT = (
    _text("title", "标题", "The report's title."),
    _text("issuer", "发布机关", "Whose report it is."),
    _integer("year", "年度", "The year that it reports on."),
)
_PLACE = (
    _text("issuer_id", "机关编号", "One body's id over years and spellings; name-… rests on its name alone."),
    _text("province", "省级", "The province that the issuer lies in, as GB/T 2260 calls it."),
    _text("city", "地级", "Its city; empty for a municipality's districts, and for what is no city's."),
    _text("county", "县级", "Its county, district, or city of that rank."),
    _text(
        "level",
        "层级",
        "central, or province, city, county, township, zone, each also _department.",
    ),
    _text("body", "机构", "The issuer's name without its place."),
    _text("division_code", "区划代码", "GB/T 2260 in the report's year, of the smallest division; no guess."),
    _text("division_codes", "可能的区划代码", "Where several are possible: all of them, parted by blanks."),
)
_ORIGIN = (
    _text("url", "网址", "The page's address, where its source tells it."),
    _text("fetched", "抓取时间", "When it was fetched, likewise."),
    _text("sha256", "摘要", "SHA-256 of the bytes that the page was read from."),
    _text("meta", "其他来源信息", "JSON: the columns that --meta names besides."),
    _text("program", "程序版本", "The version of gouji."),
    _text("model", "模型版本", "The first digits of the SHA-256 of the model's weights."),
    _text("forms_version", "版式版本", "Likewise of all forms that were looked for."),
)
_STATUS = _text("status", "状态", "verified, contradicted, incomplete, no_tables, or error: not read.")
_ERROR = _text("error", "错误", "Why the page could not be read, and what to do; all else is then empty.")
_FORMS = _text("forms", "各表版本", "JSON: the form of each table, null for one that the page does not hold.")
_SUMS = (
    _integer("sums_hold", "成立的勾稽数", "How many sums hold.", "sums"),
    _integer("sums_fail", "不成立的勾稽数", "How many sums fail as printed.", "sums"),
    _integer("sums_unknown", "未知的勾稽数", "How many sums need a cell that is not settled.", "sums"),
    _text("failing", "不成立的勾稽", "The names of the sums that fail, parted by blanks."),
    _text("pattern", "共同原因", "The publisher's habit that explains every sum that fails, where one does."),
    _text("unplaced", "未归位的数字", "JSON: the numbers inside a table that no cell took, with the reason."),
    _text(
        "suggestion",
        "更正建议",
        "JSON: the one cell whose change would repair every sum that fails; never applied.",
    ),
    _text(
        "bounded", "未查尽的表", "JSON: the tables of which not all readings were looked through, and why."
    ),
    _text("other", "其他", "JSON: what the extraction says beyond these columns."),
)

# One row a report, beside the rows of cells: errors and pages without tables stand here.
PAGE_COLUMNS = (
    *_SOURCE,
    *_ABOUT,
    *_PLACE,
    _text("form", "版本", "The one form of all tables, or mixed."),
    _STATUS,
    _ERROR,
    _integer("cells", "单元格数", "How many rows of the table of cells are this report's.", "cells"),
    _FORMS,
    *_SUMS,
    *_ORIGIN,
)

TIDY_COLUMNS = (
    *_SOURCE,
    *_ABOUT,
    *_PLACE,
    _text("form", "版本", "The form of the cell's table."),
    _STATUS,
    _text("key", "键", "The cell: table/row/column."),
    _text("table", "表", "The table's id."),
    _text("row", "行", "The row's id."),
    _text("column", "列", "The column's id."),
    _text("table_label", "表名", "The table's heading as issued."),
    _text("group_label", "分组", "The heading of the cell's block and the groups of its row, as issued."),
    _text("row_label", "行名", "The row's label as issued."),
    _text("column_label", "列名", "The column's label as issued."),
    Column("value", Kind.NUMBER, "数值", "The figure; empty where the cell is blank or not settled."),
    _integer("integer", "整数值", "The figure where the page prints an integer; empty for a decimal number."),
    _text("unit", "单位", "What the page prints with the figure; nothing is converted."),
    _text("state", "单元格状态", "read, placed, blank, ambiguous, missing or settled."),
    _text("raw", "原文", "The page's own text of the cell."),
    _integer("start", "起", "Where raw begins in the page's text.", "characters"),
    _integer("end", "止", "Where raw ends in the page's text.", "characters"),
    Column(
        "confidence", Kind.NUMBER, "置信度", "The tagger's, of the weakest tag that the reading rests on."
    ),
    _text("candidates", "候选值", "JSON: an ambiguous cell's values, the likeliest first; null for blank."),
    Column("more", Kind.FLAG, "还有候选", "Whether there are more candidates than those listed."),
    _text("why", "存疑原因", "Names of what stands against an ambiguous or missing cell, parted by blanks."),
    Column("derived", Kind.NUMBER, "推算值", "What the sums say that a missing cell must be."),
    _text("settled", "人工确认", "JSON: who settled the cell, when, and what was there before."),
    _text("other", "其他", "JSON: what the extraction says of the cell beyond these columns."),
    *_ORIGIN,
)

WIDE_FIRST = (
    *_SOURCE,
    *_ABOUT,
    *_PLACE,
    _text("form", "版本", "The one form of all tables, or mixed."),
    _STATUS,
    _ERROR,
)
WIDE_LAST = (
    _text("ambiguous", "存疑", "JSON: the candidates of each ambiguous cell; those cells are empty."),
    _text(
        "missing",
        "缺失",
        "The cells that the page does not hold, parted by blanks; other empty cells of its form are blank.",
    ),
    _text("why", "存疑原因", "JSON: names of what stands against each ambiguous or missing cell."),
    _text("placed", "推定", "The cells whose place had to be worked out, parted by blanks."),
    _text("units", "单位", "JSON: what the page prints with a figure, by cell; nothing is converted."),
    _text("derived", "推算值", "JSON: what the sums say that a missing cell must be."),
    _text("settled", "人工确认", "JSON: of each cell that a person settled by whom, when, what was before."),
    _text(
        "unfit",
        "不合列型",
        "JSON: figures that their column cannot hold, which is then empty: decimals of a count.",
    ),
    _FORMS,
    *_SUMS,
    *_ORIGIN,
)


def cell_columns(forms: Mapping[str, Form]) -> list[Column]:
    """A column for each cell of any of the forms: table by table, row by row, each form's order kept."""
    found: dict[str, CellPlace] = {}  # labels are those of the newest form
    holders: dict[str, list[str]] = {}
    order: dict[str, dict[str, list[str]]] = {}  # table -> row -> keys
    for form in forms.values():
        for table in form.tables:
            rows: dict[str, list[str]] = {}
            for place in places(table):
                rows.setdefault(place.row.id, []).append(place.key)
                found[place.key] = place
                holders.setdefault(place.key, []).append(form.id)
            before = order.get(table.id, {})
            order[table.id] = {
                row: merged(before.get(row, ()), rows.get(row, ())) for row in merged(before, rows)
            }
    keys = (key for rows in order.values() for keys in rows.values() for key in keys)
    return [_cell_column(found[key], tuple(holders[key])) for key in keys]


def wide_columns(forms: Mapping[str, Form]) -> list[Column]:
    """The columns of a table of one row a report."""
    return [*WIDE_FIRST, *cell_columns(forms), *WIDE_LAST]


def merged(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """Two orders as one: what only the second has goes before the next that both have.

    >>> merged(["a", "b", "d"], ["a", "c", "d", "e"])
    ['a', 'b', 'c', 'd', 'e']
    """
    order = list(first)
    waiting: list[str] = []
    for name in second:
        if name not in order:
            waiting.append(name)
            continue
        at = order.index(name)
        order[at:at] = waiting
        waiting = []
    return order + waiting


def _cell_column(place: CellPlace, forms: tuple[str, ...]) -> Column:
    _, row, column = (_in_words(part) for part in place.key.split("/", 2))
    return Column(
        name=place.key,
        kind=_kind(place),
        label=place.label,
        meaning=f"{_in_words(place.table.id).capitalize()}: {row}; {column}.",
        unit=place.unit,
        forms=forms,
    )


def _kind(place: CellPlace) -> Kind:
    """Money may have decimals; all else is counted."""
    money = _MONEY.search(place.column.label) or _MONEY.search(place.unit or "")
    return Kind.NUMBER if money else Kind.INTEGER


def _in_words(name: str) -> str:
    """An id as words.

    >>> _in_words("denied.state_secret")
    'denied, state secret'
    """
    return name.replace(".", ", ").replace("_", " ")
