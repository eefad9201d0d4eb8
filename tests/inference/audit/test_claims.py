"""What prose claims is found with its place and held against the tables; what is no claim is let be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.inference.audit.claims import check_claims
from gouji.inference.audit.findings import Finding
from gouji.inference.audit.prose import sentences
from gouji.inference.audit.reports import Report, ReportCell
from gouji.inference.extraction import CheckState, State
from gouji.model.forms import load_forms
from gouji.model.page import Page

FORMS = load_forms()
HOLDS, FAILS, UNKNOWN = CheckState.HOLDS, CheckState.FAILS, CheckState.UNKNOWN
# 12 received, 3 carried in, 14 done: 6 granted, 2 in part, 3 refused, 1 each of the others; 1 left.
CELLS = {
    "applications/received/total": 12,
    "applications/carried_in/total": 3,
    "applications/granted/total": 6,
    "applications/partly_granted/total": 2,
    "applications/denied.third_party/total": 3,
    "applications/unavailable.not_held/total": 1,
    "applications/rejected.petition/total": 1,
    "applications/other.rest/total": 1,
    "applications/total/total": 14,
    "applications/carried_out/total": 1,
    "review/reconsideration/upheld": 2,
    "review/reconsideration/pending": 1,
    "review/reconsideration/total": 3,
    "review/direct_suit/total": 1,
    "review/suit_after_reconsideration/total": 1,
    "disclosure/normative_documents/issued": 5,
    "disclosure/normative_documents/repealed": 2,
    "disclosure/normative_documents/in_force": 20,
    "disclosure/penalties/decisions": 41,
}


def report(issuer: str = "青溪县水务局", form: str = "2021", **changed: int | None) -> Report:
    cells = {key: ReportCell(CELLS.get(key, 0), State.READ) for key in FORMS[form].keys()}
    for name, value in changed.items():
        key = next(key for key in cells if key.startswith(f"applications/{name}/total"))
        cells[key] = ReportCell(value, State.AMBIGUOUS if value is None else State.READ)
    forms = {table.id: form for table in FORMS[form].tables}
    return Report("a.txt", issuer, 2023, forms, cells, title=f"{issuer}2023年政府信息公开工作年度报告")


def found_in(text: str, of: Report | None = None) -> list[Finding]:
    page, of = Page("a.txt", text), of or report()
    findings = check_claims(page, sentences(page, of), of, FORMS)
    for finding in findings:
        assert finding.quote is not None
        assert page.text[finding.quote.start : finding.quote.end] == finding.quote.text
    return findings


def states(text: str, of: Report | None = None) -> list[tuple[str, CheckState]]:
    return [(finding.check.removeprefix("claims/"), finding.state) for finding in found_in(text, of)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年，我局共收到政府信息公开申请12件，办结14件。", [("received", HOLDS), ("finished", HOLDS)]),
        ("全年收到政府信息公开申请15件。", [("received", HOLDS)]),  # with what was carried in
        ("全年收到政府信息公开申请13件。", [("received", FAILS)]),
        ("全年新收政府信息公开申请15件。", [("newly_received", FAILS)]),
        ("收到申请12件，办结11件。", [("received", HOLDS), ("finished", HOLDS)]),  # of this year's alone
        ("收到申请12件，办结12件。", [("received", HOLDS), ("finished", FAILS)]),
        ("受理政府信息公开申请10件。", [("accepted", UNKNOWN)]),  # what was turned away was not accepted
        ("受理政府信息公开申请25件。", [("accepted", FAILS)]),
        ("收到申请15件，含上年结转2件。", [("received", HOLDS), ("carried_in", FAILS)]),
        ("收到申请12件（含上年结转3件）。", [("received", HOLDS), ("carried_in", HOLDS)]),
        ("收到申请12件，结转下年度继续办理2件。", [("received", HOLDS), ("carried_out", FAILS)]),
        ("2022年结转申请3件，结转2024年1件。", [("carried_in", HOLDS), ("carried_out", HOLDS)]),
        ("我局未收到政府信息公开申请。", [("received", FAILS)]),
        ("没有收到公民、法人和其他组织提出的政府信息公开申请。", [("received", FAILS)]),
        ("收到申请12件，均已办结。", [("received", HOLDS), ("all_finished", FAILS)]),
        ("收到申请12件，均在法定期限内答复。", [("received", HOLDS), ("all_in_time", UNKNOWN)]),
        ("办结信息公开申请14件，结转下年1件，均已答复。", [("finished", HOLDS), ("carried_out", HOLDS)]),
        ("办结政府信息公开申请14件，其中予以公开8件，不予公开4件。",
         [("finished", HOLDS), ("results/granted", HOLDS), ("results/denied", FAILS)]),
        ("办结信息公开申请14件，其中部分公开1件。",
         [("finished", HOLDS), ("results/partly_granted", UNKNOWN)]),
        ("办结信息公开申请14件，其中6件予以公开、2件部分公开、4件不予公开。",
         [("finished", HOLDS), ("results/granted", HOLDS), ("results/partly_granted", HOLDS),
          ("results/denied", FAILS)]),
        ("收到12件政府信息公开申请办结11件。", [("received", HOLDS), ("finished", HOLDS)]),
        ("12件政府信息公开申请办结11件。", [("applications", HOLDS), ("finished", HOLDS)]),
        ("收到政府信息公开申请数：13件；办结数：14件。", [("received", FAILS), ("finished", HOLDS)]),
        ("未发生依申请公开事项。", [("received", FAILS)]),
        ("收到十二件政府信息公开申请。", [("received", HOLDS)]),
        ("收到政府信息公开申请 １２ 件。", [("received", HOLDS)]),
        ("依申请公开情况：共收到13件，", [("received", FAILS)]),
        ("因政府信息公开被申请行政复议3件，被提起行政诉讼2件。",
         [("reconsideration", HOLDS), ("suits", HOLDS)]),
        ("政府信息公开行政复议3件，其中结果维持1件，尚未审结1件。",
         [("reconsideration", HOLDS), ("reconsideration/upheld", FAILS), ("reconsideration/pending", HOLDS)]),
        ("政府信息公开行政复议和行政诉讼共5件。", [("reviews", HOLDS)]),
        ("未发生因政府信息公开引起的行政复议、行政诉讼。", [("reconsideration", FAILS), ("suits", FAILS)]),
        ("制发行政规范性文件5件，废止3件，现行有效20件。",
         [("make/normative_documents", HOLDS), ("repeal/normative_documents", FAILS),
          ("in_force/normative_documents", HOLDS)]),
        ("作出行政处罚决定40件。", [("decisions/penalties", FAILS)]),
    ],
)  # fmt: skip
def test_a_claim_is_held_against_what_it_may_mean(text: str, expected: list[tuple[str, CheckState]]):
    assert states(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2022年收到政府信息公开申请99件，办结98件。",
        "2022年，全年收到申请99件，办结98件。",
        "2022年，我局收到申请99件。",
        "2019年，我局收到申请99件，办结98件。",
        "上年收到政府信息公开申请99件。",
        "自2008年以来，累计收到政府信息公开申请99件。",
        "收到政府信息公开申请约99件，办结90余件。",
        "2023年上半年收到政府信息公开申请99件。",
        "截至2023年6月底，收到政府信息公开申请99件，办结98件。",
        "通过网络收到政府信息公开申请99件，信函申请3件。",
        "其中，涉及征地的申请99件，已办结98件。",
        "全县共收到政府信息公开申请99件，办结98件。",
        "各乡镇共收到政府信息公开申请99件，办结98件。",
        "区政务服务局严格流程，共收到政府信息公开申请99件。",
        "力争全年办结政府信息公开申请99件。",
        "收到人大代表建议99件，全部办结。",
        "受理行政许可申请99件，办结99件，办结率100%。",
        "受理申请99件，办结99件。",
        "办理行政复议案件99件，审结98件。",
        "收到行政复议申请99件，受理98件，结果维持9件。",
        "公开规范性文件99件，公开行政处罚信息98条。",
        "主动公开信息99条，其中规范性文件9件。",
        "清理行政规范性文件99件。",
        "未收到涉及国家秘密的政府信息公开申请。",
        "未收到关于政府信息公开的投诉举报。",
        "对答复不服的，可以依法申请行政复议或者提起行政诉讼。",
        "收到申请之日起20个工作日内答复。",
        "每件申请均须在15日内答复。",
        "六、其他需要报告的事项\n无。",
        "未经复议\n直接起诉",
        "行政复议\n0\n行政诉讼\n0",
    ],
)
def test_what_is_not_of_the_tables_is_no_claim(text: str):
    assert found_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到申请12件，与信访局共同处理信访件5件，办结5件。",
        "收到申请12件。（二）建议提案。办理5件，办结5件。",
        "收到申请12件，其中网络申请3件，办结3件。",
        "收到申请12件，较上年增加9件。办理事项99件，办结99件。",
        "收到申请12件，处理来信来访99件，全部办结。",
        "收到申请12件，其中涉及社会类申请9件，已办结3件。",
    ],
)
def test_a_claim_does_not_reach_into_what_another_matter_says(text: str):
    assert states(text) == [("received", HOLDS)]


def test_a_comparison_does_not_end_what_is_spoken_of():
    assert states("收到申请12件，较2022年增加9件，办结13件。") == [("received", HOLDS), ("finished", FAILS)]


def test_in_the_report_of_a_place_the_whole_place_is_its_own():
    assert states("全县共收到政府信息公开申请99件。", report("青溪县人民政府")) == [("received", FAILS)]
    assert states("县政府办公室收到政府信息公开申请99件。", report("青溪县人民政府")) == []


def test_a_place_that_the_title_does_not_name_may_be_another_bodys_site():
    of = replace(report("青溪县人民政府"), title="2023年政府信息公开工作年度报告")

    assert states("全县共收到政府信息公开申请99件。", of) == []


def test_the_issuer_is_known_by_its_short_names():
    of = report("乐山市五通桥区经济和信息化局")

    assert states("2023年，区经信局收到政府信息公开申请99件。", of) == [("received", FAILS)]
    assert states("2023年，区教育局收到政府信息公开申请99件。", of) == []


def test_a_claim_over_broken_lines_is_quoted_as_it_stands():
    (finding,) = found_in("共收到政府信息公开申请\n13\n件")

    assert finding.quote is not None
    assert finding.quote.text == "共收到政府信息公开申请\n13\n件"
    assert (finding.state, finding.left, finding.right) == (FAILS, 13, 12)


def test_a_cell_that_is_not_settled_leaves_the_claim_unknown():
    assert states("全年新收申请13件。", report(received=None)) == [("newly_received", UNKNOWN)]
    assert states("收到申请12件。", report(carried_in=None)) == [("received", HOLDS)]


def test_what_a_form_does_not_count_is_no_finding():
    assert states("废止规范性文件3件。", report(form="2019")) == []


def test_the_numbers_of_a_table_are_no_prose():
    text = "收到申请12件。\n规范性文件 制发 7件"
    cell = ReportCell(5, State.READ, "7", text.index("7件"), text.index("7件") + 1)
    of = report()
    of = Report(
        of.source, of.issuer, of.year, of.forms, {**of.cells, "disclosure/normative_documents/issued": cell}
    )

    assert states(text, of) == [("received", HOLDS)]
