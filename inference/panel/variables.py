"""The variables of a panel, in the one order in which every format has them.

Flow:  series -> **variables** -> rows, files, codebook, `gouji forms`

First who, when and where; then what the report is worth; then the series, those computed first; last the
second variable of each series, NAME_why. Names are Stata's: ASCII, 32 characters at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gouji.inference.extraction import Status
from gouji.inference.outputs.columns import Column
from gouji.inference.outputs.columns import Kind as Type
from gouji.inference.panel.reasons import NO_REPORT, REASONS
from gouji.inference.panel.series import Kind, Series

HOLDS, FAILS, UNKNOWN, NOTHING_BEFORE = "holds", "fails", "unknown", "nothing_before"
REPORT_STATES = (*map(str, Status), NO_REPORT)
CARRY_OVER = (HOLDS, FAILS, UNKNOWN, NOTHING_BEFORE)


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of the panel, with what only a codebook and a labelled file say of it."""

    column: Column  # `label` is Chinese, `meaning` English
    codes: Mapping[str, int] | None = None  # of a text with few values: the number that has it as a label
    series: Series | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.column.name


def _of(name: str, kind: Type, label: str, meaning: str, codes: Sequence[str] = ()) -> Variable:
    numbers = {code: number for number, code in enumerate(codes, 1)}
    return Variable(Column(name, kind, label, meaning), numbers or None)


_TEXT, _INTEGER = Type.TEXT, Type.INTEGER
PLACE = ("province", "city", "county", "level", "body", "division_code")  # of `place`, where an answer has it
META = ("url", "fetched", "sha256")  # of `meta`, likewise
WHO_AND_WHEN = (
    _of("panel_id", _INTEGER, "机关序号", "The body's number in this file, labelled with its name"),
    _of("issuer_id", _TEXT, "机关标识", "Stable id of the body; empty where the extraction gives none"),
    _of("issuer", _TEXT, "机关", "The body, by the fullest of its names"),
    _of("year", _INTEGER, "年度", "The year that is reported on"),
    _of("province", _TEXT, "省", "Province"),
    _of("city", _TEXT, "市", "City"),
    _of("county", _TEXT, "县", "County"),
    _of("level", _TEXT, "层级", "Level of the body"),
    _of("body", _TEXT, "机关名（不含地名）", "The body's name without its place"),
    _of("division_code", _TEXT, "行政区划代码", "Code of GB/T 2260, valid in the year"),
    _of("years_reported", _INTEGER, "有报告的年数", "Years of which the file has a report of the body"),
)
WORTH = (
    _of("status", _TEXT, "状态", "What the report is worth; no_report in a balanced panel", REPORT_STATES),
    _of("form", _TEXT, "表式", "The form that all tables follow, or mixed"),
    _of("copies", _INTEGER, "份数", "Reports of this body and year in the input"),
    _of("copies_differ", _INTEGER, "各份不一致的单元格数", "Cells on which these differ; they have no value"),
    _of("sums_hold", _INTEGER, "成立的勾稽数", "Sums of the report that hold"),
    _of("sums_fail", _INTEGER, "不成立的勾稽数", "Sums of the report that fail as printed"),
    _of("sums_unknown", _INTEGER, "未知的勾稽数", "Sums that need a cell that is not settled"),
    _of("pattern", _TEXT, "共同原因", "The habit that explains every sum that fails, where one does"),
    _of(
        "carry_over",
        _TEXT,
        "与上年结转是否一致",
        "Whether all columns of carried_in are what last year's report carried out",
        CARRY_OVER,
    ),
    _of("carry_over_gap", _INTEGER, "与上年结转之差", "carried_in less last year's carried_out, totals"),
    _of("issuer_printed", _TEXT, "报告所署机关", "The issuer as this year's report has it"),
    _of("source", _TEXT, "来源", "The report's file or address"),
    _of("part", _INTEGER, "部分", "Which report of a page that holds several"),
    _of("title", _TEXT, "标题", "The report's title"),
    _of("url", _TEXT, "网址", "The page's address, where the source tells"),
    _of("fetched", _TEXT, "抓取时间", "When it was fetched, where the source tells"),
    _of("sha256", _TEXT, "校验和", "SHA-256 of the page's bytes"),
)


def variables_of(series: Sequence[Series]) -> tuple[Variable, ...]:
    """Every variable of a panel of those series."""
    values = [variable for each in series for variable in _values(each)]
    return (*WHO_AND_WHEN, *WORTH, *values, *(_why(variable) for variable in values if _has_why(variable)))


def _values(series: Series) -> Iterator[Variable]:
    if series.kind is Kind.AMOUNT:
        yield _part(series, "printed", Type.NUMBER, "原数", "as printed")
        yield _part(series, "unit", _TEXT, "原单位", "the unit as printed")
        yield _part(series, "wan", Type.NUMBER, "万元", "in 万元", "万元")
        return
    kind = Type.NUMBER if series.kind is Kind.RATIO else _INTEGER
    column = Column(series.name, kind, series.chinese, series.english, series.unit, tuple(series.cells or ()))
    yield Variable(column, series=series)


def _part(
    series: Series, ending: str, kind: Type, chinese: str, english: str, unit: str | None = None
) -> Variable:
    """One of an amount's three variables."""
    label, meaning = f"{series.chinese}（{chinese}）", f"{series.english}, {english}"
    name, forms = f"{series.name}_{ending}", tuple(series.cells or ())
    return Variable(Column(name, kind, label, meaning, unit, forms), series=series)


def _has_why(variable: Variable) -> bool:
    return variable.column.kind is not _TEXT


def _why(variable: Variable) -> Variable:
    column = variable.column
    own = Column(
        f"{column.name}_why",
        _TEXT,
        f"{column.label}：由来或缺失原因",
        f"{column.meaning}: how it came to its value, or why it has none",
    )
    return Variable(own, {name: reason.code for name, reason in REASONS.items()}, variable.series)
