"""How a variable of a panel came to its value, or why it has none: one closed list of words and codes.

Flow:  cells, series -> **reasons** -> NAME_why of every variable, value labels

The codes stay, so that files of many runs fit together. What an answer says of an open cell (`why`) keeps its
own name, for an ambiguous cell and for a missing one; of several the first stands here, and the JSON has all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gouji.inference.extraction import Cell, State
from gouji.inference.why import Why

READ, PLACED, BLANK, COMPUTED, UNIT_OF_FORM = "read", "placed", "blank", "computed", "unit_of_form"
SETTLED, NOT_ON_PAGE = "settled", "not_on_page"
NO_REPORT, NO_TABLE, NOT_IN_FORM = "no_report", "no_table", "not_in_form"
TOTAL_BLANK, COPIES_DIFFER, NOT_WHOLE = "total_blank", "copies_differ", "not_whole"
PART_MISSING, UNDER_ZERO, NO_UNIT = "part_missing", "under_zero", "no_unit"


@dataclass(frozen=True, slots=True)
class Reason:
    """A word of NAME_why, its code as a value label has it, and what it means."""

    code: int
    name: str
    says: str
    says_in_chinese: str


_OWN = (
    Reason(0, READ, "Printed where the form expects it.", "照录"),
    Reason(1, PLACED, "Printed; its place was worked out, one reading only.", "推定"),
    Reason(2, BLANK, "The page leaves it empty, which counts as 0.", "空白，计为 0"),
    Reason(3, COMPUTED, "Computed from other variables: see the codebook.", "计算所得"),
    Reason(4, UNIT_OF_FORM, "No unit prints with the figure; the form's own is taken.", "单位依表式"),
    Reason(5, SETTLED, "A person has settled it; a blank counts as 0.", "人工确认；空白计为 0"),
    Reason(10, NO_REPORT, "There is no report of this body and year.", "没有该年度报告"),
    Reason(11, NO_TABLE, "The report does not hold the table.", "报告没有这张表"),
    Reason(12, NOT_IN_FORM, "The form that the table follows does not ask for it.", "表式没有这一项"),
    Reason(13, TOTAL_BLANK, "A total that is left blank beside filled cells.", "合计留空，分项有数"),
    Reason(14, COPIES_DIFFER, "Copies of the report print different figures.", "同一报告的几份不一致"),
    Reason(15, NOT_WHOLE, "A figure that no count can be.", "计数不是整数"),
    Reason(16, PART_MISSING, "A variable or cell that it is computed from has no value.", "所依据的数缺失"),
    Reason(17, UNDER_ZERO, "What it would be divided by is 0.", "除数为 0"),
    Reason(18, NO_UNIT, "Neither the page nor the form names the unit.", "单位不明"),
    Reason(19, NOT_ON_PAGE, "A person says that the page does not hold it.", "人工确认：页面未载"),
)
_OPEN = {State.AMBIGUOUS: 30, State.MISSING: 60}  # the code of the first reason of each
_NOT_SAID = "not_said"


def _open_reasons() -> list[Reason]:
    found = []
    for state, first in _OPEN.items():
        found.append(Reason(first, f"{state}_{_NOT_SAID}", f"{state}; not said why.", "未说明"))
        for number, why in enumerate(Why, 1):
            found.append(Reason(first + number, f"{state}_{why}", why.says, why.says_in_chinese))
    return found


REASONS: Mapping[str, Reason] = {reason.name: reason for reason in (*_OWN, *_open_reasons())}


def reason_of(cell: Cell) -> str:
    """The word for the state of a cell.

    >>> reason_of(Cell("t/r/c", None, State.MISSING, why=(Why.NO_LABEL,)))
    'missing_no_label'
    """
    if cell.state.is_settled and not cell.is_known:
        return NOT_ON_PAGE
    if cell.state.is_settled:
        return str(cell.state)
    return f"{cell.state}_{cell.why[0] if cell.why else _NOT_SAID}"
