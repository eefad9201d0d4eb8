"""What was let into a page's words is not read, and whatever is read is known where it stands."""

from __future__ import annotations

import pytest

from gouji.model.insertions import without_insertions
from gouji.model.page import Page

PLAIN = "总计 规章 行政许可"


@pytest.mark.parametrize(
    "text",
    [
        "总(zǒng)计(jì) 规(guī)章(zhāng) 行政许可",
        "总（zong）计（ji） 规（gui）章（zhang） 行政许可",
        "总[zong3]计[ji4] 规[gui1]章(zhang1) 行政许可",
        "总计(zǒng jì) 规章(guīzhāng) 行政(xíng zhèng)许可(xǔkě)",
        "总(zo\u030cng)计(ji\u0300) 规(Gui)章 行政许可",
        "总(ㄗㄨㄥˇ)计(ㄐㄧˋ) 规(ㄍㄨㄟ)章(ㄓㄤ) 行政许可",
        "总zong计ji 规gui章zhang 行xing政zheng许xu可ke",
        "总zǒng计jì 规guī章zhāng 行xíng政zhèng许xǔ可kě",
        "总\u200b计 规\u00ad章 行\ufeff政许\u200d可",
    ],
)
def test_readings_and_characters_without_width_are_left_out(text: str):
    read = without_insertions(Page("a.txt", text))

    assert read.text == PLAIN
    assert read.origin is not None
    assert "".join(text[place] for place in read.origin) == read.text


@pytest.mark.parametrize(
    "text",
    [
        "规章(a) 3\n规范性文件(o) 4\n行政许可(e) 5",  # marks of notes
        "政务微信wei和微博bo\n行政许可",  # two words are no habit
        "规章 3(san) 4(si) 5(wu) 6(liu)",  # a number's print is a person's to judge
        "规章\t1\u200b2\t-\u200b3",
        "为什么?因为有疑问,请来电?谢谢",
    ],
)
def test_what_may_be_print_is_left(text: str):
    page = Page("a.txt", text)

    assert without_insertions(page) is page


def test_a_question_mark_where_no_question_can_be_is_a_no_break_space():
    text = "第二十条?第（一）项\n?规章\t418?37\n1.?属于国家秘密\t?\t26?\n"

    read = without_insertions(Page("a.txt", text))

    assert read.text == text.replace("?", "\u00a0")


def test_a_question_mark_in_front_of_a_number_stays_for_it_may_have_been_a_minus_sign():
    text = "?行政许可\t163\t?7\n?行政处罚\t214?5\n1.?其他\t9"

    assert "\t?7\n" in without_insertions(Page("a.txt", text)).text


def test_rows_and_origin_move_with_what_is_left():
    text = "首页\n规(guī)章(zhāng)\t3\n公(gōng)开(kāi)\t4\n"
    begin, middle, end = text.index("规"), text.index("公"), len(text) - 1
    page = Page("a.html", text, tuple(range(100, 100 + len(text))), rows=((begin, middle - 1), (middle, end)))

    read = without_insertions(page)

    assert [read.text[a:b] for a, b in read.rows] == ["规章\t3", "公开\t4"]
    assert read.stretches(*read.rows[0]) == [(103, 104), (109, 110), (117, 119)]
