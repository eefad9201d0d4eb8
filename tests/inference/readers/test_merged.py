"""What a grid holds of one cell is joined below heads that say so, and nothing else is."""

from __future__ import annotations

import pytest

from gouji.inference.readers import Content, Options, document_pages
from gouji.inference.readers.merged import joined

HEADS = "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"


@pytest.mark.parametrize("padded", [False, True])
def test_heads_that_stand_left_of_their_columns_say_of_none_that_they_are_one(padded: bool):
    """Tools that fill no cell over several rows move the lower heads to the left."""
    heads = [
        ("（本列数据的勾稽关系）", "", "", "申请人情况", "", "", "", "", "", ""),
        ("自然人", "法人或其他组织", "", "", "", "", "总计"),
        HEADS[1:6],
    ]
    row = ("一、本年新收政府信息公开申请数量", "", "", "5", "0", "0", "0", "", "0", "5")
    rows = [tuple((*head, *[""] * 10)[:10]) if padded else head for head in heads]

    assert joined([*rows, row])[0][-1] == row


def test_numbers_are_one_below_heads_that_come_again_and_never_below_empty_ones():
    again = [("信息内容", "本年制发件数", "本年制发件数", "现行有效件数"), ("规章", "4", "4", "9")]
    empty = [("信息内容", "本年制发件数", "", "现行有效件数"), ("规章", "4", "4", "9")]

    assert joined(again)[0][1] == ("规章", "4", "9")
    assert joined(empty)[0][1] == ("规章", "4", "4", "9")


def test_columns_in_which_a_row_prints_two_numbers_are_one_in_no_row():
    rows = [
        ("信息内容", "本年制发件数", "本年制发件数", "现行有效件数"),
        ("规章", "4", "4", "9"),
        ("行政规范性文件", "4", "5", "9"),
    ]

    assert joined(rows)[0][1] == ("规章", "4", "4", "9")


def test_rows_of_letters_in_place_of_numbers_are_no_heads():
    text = "项目,自然人,商业企业,总计\n属国家秘密,O,O,O\n重复申请,O,,O\n行政许可,1,,1\n"

    (read,) = document_pages(Content("a.csv", text.encode()), Options())

    assert read.text.splitlines()[1:3] == ["属国家秘密\tO\tO\tO", "重复申请\tO\t\tO"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (["二、上年结转", "", "", "3", "1", "0", "0", "0"], ["二、上年结转", "3", "1", "0", "0", "0"]),
        (["", "2.重复申请", "", "3", "1", "0", "0"], ["2.重复申请", "3", "1", "0", "0"]),
        (
            ["二、上年结转", "", "1", "0", "0", "0", "0", "1"],
            ["二、上年结转", "", "1", "0", "0", "0", "0", "1"],
        ),
    ],
)
def test_what_the_labels_of_a_short_row_leave_empty_is_no_blank_of_its_numbers(
    row: list[str], cells: list[str]
):
    rows, _ = joined([("", "", "", *HEADS), tuple(row)])

    assert rows[1] == tuple(cells)


def test_numbers_that_stand_where_labels_should_are_said_once_for_each():
    head = ("项目", "项目", "项目", *HEADS)
    row = ("2.重复申请", "0", "0", "5", "0", "9", "8", "2", "24", "")

    assert joined([head, row])[0][1] == row
