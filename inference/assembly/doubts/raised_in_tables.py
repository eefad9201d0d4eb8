"""Doubts that are raised where a table's rows are looked at together; the step says when, here stands what.

Flow:  found tables, line readings -> **raised in tables** -> cells

A doubt that is a predicate on print stands with its family in this folder.
"""

from __future__ import annotations

from gouji.inference.assembly.doubt import Doubt, Family, raised
from gouji.inference.why import Why

HEADERS_UNTOLD = raised("headers_untold", Family.COLUMNS, Why.HEADER_UNSURE)("""
    Column labels stand there, and do not say the order.
        page
        {S:二、主动公开政府信息情况}
        {B:第二十条第（一）项}
        {C:现行有效件数} {C:本年制发件数}
        {R:规章} {V:1} {V:2} {V:3}
        {R:规范性文件} {V:4} {V:5} {V:6}
    """)

HEADER_MISSING = raised("header_missing", Family.COLUMNS, Why.HEADER_UNSURE)("""
    A column of the form has no header, and rows print too few numbers: it may not be printed at all.
        page
        {S:三、收到和处理政府信息公开申请情况}
        {R:一、本年新收政府信息公开申请数量}
        {R:二、上年结转政府信息公开申请数量}
    """)

CELL_PRINTED_AGAIN = raised("cell_printed_again", Family.COLUMNS, Why.HEADER_UNSURE)("""
    A header is printed for each column that its cell spans, and so may be its number.
        page
        {S:二、主动公开政府信息情况}
        {B:第二十条第（一）项}
        {C:本年制发件数} {C:本年废止件数} {C:现行有效件数} {C:现行有效件数}
        {R:规章} {V:2} {V:5} {V:5}
    """)

OWN_COLUMN_UNPLACED = raised("own_column_unplaced", Family.COLUMNS, Why.HEADER_UNSURE)("""
    A column of the publisher's own stands among the form's, and the row does not show where.
        applications
        {C:法人小计}
        {R:1.属于国家秘密}{V:16600006667}
        {R:2.其他法律行政法规禁止公开} {V:0}
    """)

UNLABELLED_NUMBERS = raised("unlabelled_numbers", Family.OWNERSHIP, Why.LABEL_UNSURE)("""
    Numbers without a label fit several rows.
        applications
        {R:1.属于国家秘密} {V:1} {V:0} {V:0} {V:0} {V:0} {V:0} {V:1}
        {V:4} {V:0} {V:0} {V:0} {V:0} {V:0} {V:4}
        {R:4.保护第三方合法权益} {V:2} {V:0} {V:0} {V:0} {V:0} {V:0} {V:2}
    """)

PASSED_OVER = raised("passed_over", Family.OWNERSHIP, Why.NUMBER_PASSED_OVER)("""
    A number of the table was taken by no row, and the row prints too few.
        disclosure
        {V:1} {V:52} {V:11}
        {C:（单位：件）}
        {R:规章}
        {R:行政规范性文件}
    """)

OUT_OF_ORDER = raised("out_of_order", Family.ORDER, Why.TORN_APART)("""
    A label of the form stands elsewhere than its order has it, or the page ends within a band.
        review
        {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
    """)

NUMBERS_WITHOUT_ROW = raised("numbers_without_row", Family.OWNERSHIP, Why.TORN_APART)("""
    Numbers of the table were taken by no row, so that rows may have lost theirs.
        page
        {S:二、主动公开政府信息情况}
        {R:规章} {V:1}
        {R:规范性文件} {V:2}
        {R:其他主动公开文件} {V:57}
        {R:行政许可} {V:3}
    """)

FAILING_OUT_OF_PLACE = raised("failing_out_of_place", Family.CONTRADICTION, Why.SUMS_FAIL)("""
    A sum fails of whose cells one had its place worked out: that may be wrong.
        applications
        {R:1.属于国家秘密} {V:65} {V:15} {V:9} {V:130} {V:1} {V:2} {V:157} {V:222}
        {R:2.其他法律行政法规禁止公开} {V:0} {V:0} {V:1} {V:12} {V:0} {V:0} {V:13} {V:13}
        {R:3.危及“三安全一稳定”} {V:5} {V:0} {V:0} {V:9} {V:1} {V:0} {V:10} {V:15}
        {R:4.保护第三方合法权益} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:9}
    """)

SUMS_BROKEN_ELSEWHERE = raised("sums_broken_elsewhere", Family.CONTRADICTION, Why.SUMS_FAIL)("""
    A band lost blanks, so that its sums tell its places, and several rows of another table break theirs.
        page
        {S:三、收到和处理政府信息公开申请情况}
        {R:一、本年新收政府信息公开申请数量} {V:3} {V:0} {V:0} {V:1} {V:5}
        {R:（一）予以公开} {V:1} {V:1} {V:0} {V:0} {V:3}
        {R:（二）部分公开} {V:2} {V:0} {V:1} {V:4}
        {R:（七）总计} {V:3} {V:0} {V:0} {V:1} {V:5}
        {S:四、政府信息公开行政复议、行政诉讼情况}
        {C:行政复议} {C:行政诉讼}
        {C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}
        {C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}
        {C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}
        {V:0} {V:0} {V:1} {V:1} {V:0} {V:0} {V:2}
        {S:五、存在的主要问题及改进情况}
    """)

UNSURE_TAG = raised("unsure_tag", Family.CONFIDENCE, Why.TAGGER_UNSURE)("""
    A cell rests on a tag below the bound, and not every sum that it is in confirms it.
        disclosure
        {R:规章} {V:1} {V:2} {V:3}
        {R!:行政规范性文件} {V:4} {V:5} {V:6}
    """)

DOUBTS: tuple[Doubt, ...] = tuple(one for one in globals().values() if isinstance(one, Doubt))
