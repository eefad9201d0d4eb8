"""A second look finds another year, a suit that the table knows nothing of, and counts the blanks."""

from __future__ import annotations

import pytest

from gouji.inference.audit.findings import Finding
from gouji.inference.audit.prose import sentences
from gouji.inference.audit.reports import Report, ReportCell
from gouji.inference.audit.second_reading import count_blanks, second_reading
from gouji.inference.extraction import CheckState, State
from gouji.model.forms import load_forms
from gouji.model.page import Page

FORMS = load_forms()
TITLE = "青溪县水务局2023年政府信息公开工作年度报告"


def report(suits: int | None = 0) -> Report:
    cells = {key: ReportCell(0, State.READ, "0") for key in FORMS["2021"].keys()}
    state = State.AMBIGUOUS if suits is None else State.READ
    cells["review/direct_suit/total"] = ReportCell(suits, state)
    tables = {table.id: "2021" for table in FORMS["2021"].tables}
    return Report("a.txt", "青溪县水务局", 2023, tables, cells, title=TITLE)


def found_in(text: str, of: Report | None = None) -> list[Finding]:
    page, of = Page("a.txt", text), of or report()
    findings = second_reading(page, sentences(page, of), of, FORMS)
    for finding in findings:
        assert finding.quote is not None
        assert page.text[finding.quote.start : finding.quote.end] == finding.quote.text
    return findings


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("所列数据的统计期限自2023年1月1日起至2023年12月31日止。", CheckState.HOLDS),
        ("统计期限为2022年1月1日至12月31日。", CheckState.FAILS),
        ("统计期限自\n2022\n年1月1日起至\n2023\n年12月31日止。", CheckState.FAILS),
        ("现将我局2022年度政府信息公开工作年度报告公布如下。", CheckState.FAILS),
    ],
)
def test_the_years_of_the_text_are_held_against_the_titles(text: str, state: CheckState):
    (finding,) = found_in(text)

    assert (finding.check, finding.state) == ("second/year", state)


@pytest.mark.parametrize(
    "text",
    [
        "根据《关于做好2022年政府信息公开工作年度报告的通知》编制本报告。",
        "2022年，我局政府信息公开工作稳步推进。",
        "统计期限自2022年1月1日起。",
    ],
)
def test_other_years_in_the_text_are_no_contradiction(text: str):
    assert found_in(text) == []


def test_a_suit_beside_a_table_of_noughts_is_found():
    text = "申请人不服我局政府信息公开答复，向人民法院提起行政诉讼，法院判决驳回其诉讼请求。"

    assert [f.state for f in found_in(text)] == [CheckState.FAILS]
    assert [f.state for f in found_in(text, report(1))] == [CheckState.HOLDS]
    assert [f.state for f in found_in(text, report(None))] == [CheckState.UNKNOWN]


@pytest.mark.parametrize(
    "text",
    [
        "未发生因政府信息公开被提起行政诉讼的情况。",
        "对政府信息公开答复不服的，可以依法向人民法院提起行政诉讼。",
        "切实防范因政府信息公开被提起行政诉讼的风险。",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "组织干部旁听法院开庭，学习政府信息公开案例。",
        "2022年，申请人因政府信息公开向人民法院提起行政诉讼，法院判决驳回。",
    ],
)
def test_what_tells_of_no_suit_is_let_be(text: str):
    assert found_in(text) == []


def test_blanks_are_counted_by_their_print():
    of = report()
    base = "applications/received/"
    marks = {
        base + "business": "/",
        base + "other": "/",
        base + "total": "无",
        "review/direct_suit/total": None,
    }
    cells = {**of.cells, **{key: ReportCell(None, State.BLANK, mark) for key, mark in marks.items()}}

    found = count_blanks(Report("a.txt", forms=of.forms, cells=cells), FORMS)

    assert [(f.check, f.state, f.left, f.note) for f in found] == [
        ("second/blanks/disclosure", CheckState.HOLDS, 0, None),
        ("second/blanks/applications", CheckState.UNKNOWN, 3, "2 /, 1 无"),
        ("second/blanks/review", CheckState.UNKNOWN, 1, "1 empty"),
    ]
