"""What a page says under a person's answers, what an answer would mean, and what to look at first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.annotations.truth import Truth
from gouji.inference.extraction import Number, State, UnknownName
from gouji.inference.extractor import Extractor
from gouji.inference.settling.answers import Answer, Said, answered, page_hash
from gouji.inference.settling.consequences import Against, consequence, consequences
from gouji.inference.settling.curve import Click, course
from gouji.inference.settling.gain import expected, order, worth
from gouji.inference.settling.offers import offers
from gouji.inference.settling.settle import misfits, settled
from gouji.model.page import Page

from ..contract import assert_keeps_the_contract
from ..extractor.layouts import LAYOUTS, Layout
from ..extractor.reports import reports
from ..extractor.test_properties import UNSHRUNK, in_layouts, settings

HEADS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
TEXT = f"""柳河县司法局2022年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
申请人情况 法人或其他组织
{HEADS}
一、本年新收政府信息公开申请数量 3 4 7
二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0
"""
PAGE = Page("柳河.txt", TEXT)
ROW = "applications/received"
FIRST, SECOND, THIRD, LAST, TOTAL = (
    f"{ROW}/{column}" for column in ("natural_person", "business", "research", "other", "total")
)


def said(page: Page, **values: Number | Said) -> list[Answer]:
    return [
        Answer(
            page_hash(page), None, f"{ROW}/{column}", value, "li", "2026-11-30T08:00:00Z", source="柳河.txt"
        )
        for column, value in values.items()
    ]


def test_a_settled_cell_says_by_whom_and_what_was_there_before(extractor: Extractor):
    before = settled(extractor, PAGE, ())

    extraction = settled(extractor, PAGE, [answered(PAGE, before[SECOND], 3, "li")])

    assert_keeps_the_contract(TEXT, extraction)
    record = extraction[SECOND].to_record()
    assert (record["state"], record["value"], record["settled"]["by"]) == ("settled", 3, "li")
    assert record["settled"]["before"]["state"] == "ambiguous"
    assert record["settled"]["before"]["candidates"] == list(before[SECOND].candidates)


def test_without_an_answer_the_extraction_is_what_it_always_is(extractor: Extractor):
    assert settled(extractor, PAGE, ()) == extractor.extract(PAGE)


def test_a_cell_that_is_said_not_to_be_there_counts_in_no_sum(extractor: Extractor):
    own = said(PAGE, natural_person=Said.ABSENT)

    extraction = settled(extractor, PAGE, own)

    assert (extraction[FIRST].state, extraction[FIRST].value) == (State.SETTLED, None)
    checks = {check.name: str(check.state) for check in extraction.checks}
    assert checks["applications/row/received"] == "unknown"


def test_answers_to_other_texts_and_cells_are_passed_over_and_told_of(extractor: Extractor):
    changed = Page("柳河.txt", TEXT.replace("3 4 7", "3 5 8"))
    own = [*said(PAGE, natural_person=3), *said(changed, nothing_like_it=3)]

    extraction = settled(extractor, changed, own)
    found = misfits(extractor, changed, own)

    assert not any(cell.state is State.SETTLED for cell in extraction.cells)
    assert [(each.reason, each.applied) for each in found] == [
        ("the page's text is another one now", False),
        ("the page's forms have no such cell", False),
    ]


def test_an_answer_against_print_or_another_answer_is_told_of_and_taken(extractor: Extractor):
    own = said(PAGE, total=9, natural_person=3, business=3)

    found = misfits(extractor, PAGE, own)

    assert [each.answer.key for each in found] == [TOTAL]
    assert "7" in found[0].reason
    assert found[0].applied
    assert settled(extractor, PAGE, own)[TOTAL].value == 9


def test_each_candidate_says_which_sums_hold_and_what_else_it_settles(extractor: Extractor):
    own = said(PAGE, natural_person=3)

    found = {each.value: each for each in consequences(extractor, PAGE, own, LAST)}

    assert set(found) == {4, Said.BLANK}
    four = found[4]
    assert [change.key for change in four.changes] == [
        f"{ROW}/{column}" for column in ("business", "research", "nonprofit", "legal_service")
    ]
    assert {change.after.value for change in four.changes} == {0}
    assert four.settles == 4
    assert {check.name: str(check.state) for check in four.checks}["applications/row/received"] == "holds"
    assert not four.contradicts


def test_what_an_answer_contradicts_is_named(extractor: Extractor):
    own = said(PAGE, natural_person=3)

    against_print = consequence(extractor, PAGE, own, SECOND, 5)
    against_answer = consequence(extractor, PAGE, own, SECOND, 3)

    assert [(each.against, each.key) for each in against_print.contradicts] == [(Against.PRINT, SECOND)]
    assert [(each.against, each.key) for each in against_answer.contradicts] == [(Against.ANSWER, FIRST)]


def test_no_cell_has_consequences_that_the_form_lacks(extractor: Extractor):
    with pytest.raises(UnknownName):
        consequences(extractor, PAGE, (), "applications/received/nobody")


def test_what_settles_most_comes_first(extractor: Extractor):
    extraction = settled(extractor, PAGE, ())

    gains = expected(extraction)
    asked = [key for key in order(extraction) if key.startswith(ROW)]

    assert [gains[key] for key in asked] == pytest.approx(sorted(gains.values(), reverse=True)[: len(asked)])
    assert worth(extraction) == gains[asked[0]] > 2
    assert worth(settled(extractor, PAGE, said(PAGE, natural_person=3, business=4))) <= 1


def test_a_row_is_offered_with_what_its_likeliest_reading_says(extractor: Extractor):
    (offer,) = offers(settled(extractor, PAGE, ()))

    assert offer.row == ROW
    numbers = [value for value in offer.values if not isinstance(value, Said)]
    assert numbers == [3, 4]
    assert len(offer.keys) == 6


@pytest.mark.slow
@in_layouts(LAYOUTS)
@settings(UNSHRUNK)
@given(data=st.data())
def test_no_truthful_answer_makes_a_cell_wrong(extractor: Extractor, layout: Layout, data: st.DataObject):
    report = data.draw(reports(layout))
    page = Page("a.txt", report.text)
    rng = data.draw(st.randoms(use_true_random=False))
    truth = Truth("a", None, None, None, None, {key: report.truth.get(key) for key in report.form.keys()})
    asked = [c.key for c in settled(extractor, page, ()).cells if c.state is State.AMBIGUOUS]

    done = course(extractor, page, truth, asked, lambda _, left: Click((rng.choice(left),), 0.0))

    assert not done.wrong, report.text
    assert done.known[-1] == len(asked)
