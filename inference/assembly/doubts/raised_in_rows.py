"""Doubts that are raised where one row is worked out; the step says when, here stands what it means.

Flow:  strips -> line readings -> **raised in rows** -> cells

A doubt that is a predicate on print stands with its family in this folder.
"""

from __future__ import annotations

from gouji.inference.assembly.doubt import Doubt, Family, raised
from gouji.inference.why import Why

NO_READING = raised("no_reading", Family.ORDER, Why.TORN_APART)("""
    No reading of the row's numbers satisfies its sums.
        applications
        {R:1.属于国家秘密} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
        {R:2.其他法律行政法规禁止公开} {V:5}
    """)

SEVERAL_TOO_MANY = raised("several_too_many", Family.OWNERSHIP, Why.NEIGHBOUR_ROW)("""
    Of several numbers too many some may be another row's, whose label was lost.
        applications
        {R:1.属于国家秘密} {V:1} {V:0} {V:0} {V:0} {V:0} {V:0} {V:1}
        {V:0} {V:5} {V:0} {V:0} {V:0} {V:1} {V:6}
        {R:3.危及“三安全一稳定”}
        {R:4.保护第三方合法权益} {V:0} {V:0} {V:2} {V:0} {V:0} {V:0} {V:2}
    """)

TOO_MANY_READINGS = raised("too_many_readings", Family.ORDER, Why.TOO_MANY_READINGS)("""
    The row can be read in too many ways to list them.
        applications
        {R:1.属于国家秘密}{V:1111111111111111111111111111111111111111111111111111111111111111}
        {R:2.其他法律行政法规禁止公开}{V:0000000}
    """)

ADDS_UP_ELSEWHERE = raised("adds_up_elsewhere", Family.CONTRADICTION, Why.SUMS_ELSEWHERE)("""
    Where its layout puts them the row's numbers break its sums, in other places they keep them.
        applications
        | {R:一、本年新收申请数量} | {V:5} | {V:1} | {V:2} | {V:3} | {V:4} | {V:6} | {V:21} |
        | {R:二、上年结转申请数量} | {V:1} |   |   | {V:1} |   |   | {V:2} |
        | {R:（七）总计} | {V:4} | {V:1} | {V:1} | {V:4} | {V:3} | {V:6} | {V:19} |
        | {R:四、结转下年度继续办理} |   | {V:2} | {V:1} |   | {V:1} |   | {V:4} |
    """)

ONE_SUMS_WORD = raised("one_sums_word", Family.CONTRADICTION, Why.ONE_SUM)("""
    By one sum's word neighbours are joined where cells are parted, or a number is too many.
        applications
        {R:1.属于国家秘密} {V:119} {V:107} {V:280} {V:387} {V:506}
        {R:3.危及“三安全一稳定”} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
    """)

TOTALS_OF_NOUGHT = raised("totals_of_nought", Family.CONTRADICTION, Why.ONE_SUM)("""
    Every total of a band may be a 0 that its publisher prints whatever the terms add up to.
        review
        {V:0} {V:4} {V:0} {V:4} {V:0}
    """)

TOO_MANY_WITHOUT_SUM = raised("too_many_without_sum", Family.COLUMNS, Why.NUMBER_TOO_MANY)("""
    No sum tells which of too many numbers is none.
        disclosure
        {R:规章} {V:1} {V:2} {V:3} {V:4}
        {R:行政规范性文件} {V:1} {V:2} {V:3}
    """)

COLUMNS_WITHOUT_SUM = raised("columns_without_sum", Family.COLUMNS, Why.DIGITS_JOINED)("""
    Digits ran together, and no sum tells how many columns, or which marks, they were.
        page
        {S:二、主动公开政府信息情况}
        {B:第二十条第（八）项}
        {C:信息内容}{C:上一年项目数量}{C:本年增/减}
        {R:行政事业性收费}{V:7}{V:-2}
    """)

LONG_AMONG_FEW = raised("long_among_few", Family.DEVIATION, Why.DIGITS_JOINED)("""
    No sum tells that a long number among too few is one, where a border may have been lost.
        disclosure
        {R:规章} {V:211}
        {R:行政规范性文件} {V:3} {V:1}
    """)

MANY_NEAR = raised("many_near", Family.CONFIDENCE, Why.TAGGER_UNSURE)("""
    Of too many numbers of a row the tagger does not know whether they are.
        applications
        {R:（一）予以公开} {V?:11} {V?:12} {V?:13} {V?:14} {V:0} {V:0} {V:50}
    """)

NEAR_AGAINST_SUMS = raised("near_against_sums", Family.CONTRADICTION, Why.TAGGER_UNSURE)("""
    With a number that may be none the row breaks its sums, without it it keeps them.
        applications
        {R:（一）予以公开} {V:0} {V:11} {V?:19} {V:0} {V:0} {V:0} {V:11}
    """)

CELLS_UNTOLD = raised("cells_untold", Family.COLUMNS, Why.BLANK_LOST)("""
    The file's cells do not say which of the row's is which.
        disclosure known
        {R:规章}\t{V:0}\t{V:0}
        {R:规范性文件}\t{V:1}\t{V:2}\t{V:3}
    """)

UNREAD_PRINT = raised("unread_print", Family.ROLE, Why.UNREAD_PRINT)("""
    What stands beside a number in its cell is not understood, and may be another cell's.
        applications
        {R:1.属于国家秘密} {V:5} {V:1口} {V:0} {V:0} {V:0} {V:6}
    """)

EMPTY_IN_FAILING_SUM = raised("empty_in_failing_sum", Family.CONTRADICTION, Why.SUMS_FAIL)("""
    A row that prints nothing is in a sum that fails: its numbers may be lost.
        applications
        {R:一、本年新收申请数量} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
        {R:二、上年结转申请数量}
        {R:（七）总计} {V:5} {V:1} {V:2} {V:3} {V:4} {V:6} {V:21}
        {R:四、结转下年度继续办理} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
    """)

# In a row with sums these say that its numbers and its label were torn apart.
TORN = frozenset((NO_READING, SEVERAL_TOO_MANY))

DOUBTS: tuple[Doubt, ...] = tuple(one for one in globals().values() if isinstance(one, Doubt))
