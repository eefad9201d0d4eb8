"""The kinds of contradiction, and of signs: what a finding is about, in words for people.

Flow:  findings -> **kinds** -> contradictions by body, by year, by kind

A contradiction is print against print. A sign is none, and says what it does not prove.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from gouji.inference.audit.findings import Finding
from gouji.inference.extraction import CheckState
from gouji.model.forms import Form


class Kind(StrEnum):
    """What a finding is about; `proves_not` says of a sign what it does not prove."""

    chinese: str
    english: str
    proves_not: str

    def __new__(cls, name: str, chinese: str, english: str, proves_not: str = "") -> Kind:
        """A kind with its words."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.chinese, member.english, member.proves_not = chinese, english, proves_not
        return member

    ROW_SUMS = ("row_sums", "行合计", "A row's total is not the sum of its columns")
    COLUMN_SUMS = ("column_sums", "列合计", "A column's total is not the sum of its rows")
    BALANCE = ("balance", "收支平衡", "Received and carried in is not disposed of and carried out")
    CARRY_OVER = (
        "carry_over",
        "年度结转",
        "What a year has carried in is not what the year before carried out",
    )
    LISTS = ("lists", "跨年存量", "Documents in force, or items of a list, do not go on from the year before")
    PROSE = ("prose", "文表不一", "The prose says otherwise than the tables")
    YEAR = ("year", "年份不一", "The text is of another year than the title")
    COPIED = (
        "copied",
        "照抄上年",
        "A table is cell for cell that of the year before",
        "Small tables can repeat themselves, and a site can put the wrong year's table on a page.",
    )
    NOUGHTS = (
        "noughts",
        "连年为零",
        "No application is counted for years",
        "A small body may in fact have had none.",
    )
    DIGITS = (
        "digits",
        "尾数异常",
        "Last digits are too uneven for counted figures",
        "One body in a thousand looks so by chance; figures that are rounded or estimated look so too.",
    )
    REPEATED = (
        "repeated",
        "数字重复",
        "One figure stands in several cells that no sum makes alike",
        "Cells may be equal by chance, or count the same requests.",
    )

    @property
    def is_sign(self) -> bool:
        """Whether it contradicts nothing, and says only where to ask."""
        return bool(self.proves_not)


_BY_NAME = {str(kind): kind for kind in Kind}
_SECOND = {"second/year": Kind.YEAR, "second/lawsuit": Kind.PROSE}
_YEARS = {"carried_over": Kind.CARRY_OVER}


def kind_of(finding: Finding, forms: Iterable[Form]) -> Kind | None:
    """The kind of a finding that fails, or is a sign; None of any other."""
    part, _, rest = finding.check.partition("/")
    if part == "signs":
        return _BY_NAME[rest.partition("/")[0]]
    if finding.state is not CheckState.FAILS:
        return None
    if part == "sums":
        table_id, rule_name, _ = rest.split("/", 2)
        return _of_sum(table_id, rule_name, forms)
    if part == "years":
        return _YEARS.get(rest.partition("/")[0], Kind.LISTS)
    return _SECOND.get(finding.check, Kind.PROSE)


def _of_sum(table_id: str, rule_name: str, forms: Iterable[Form]) -> Kind:
    """Rows, columns, or, where both sides add up, a balance."""
    rules = (
        rule
        for form in forms
        for table in form.tables
        for rule in table.checks
        if table.id == table_id and rule.name == rule_name
    )
    rule = next(rules, None)
    if rule is not None and rule.each == "column":
        return Kind.BALANCE if len(rule.right) > 1 else Kind.COLUMN_SUMS
    return Kind.ROW_SUMS
