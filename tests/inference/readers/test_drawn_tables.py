"""Tables that are drawn with rules, or are lists of a directive, are read by their cells and spans."""

from __future__ import annotations

import pytest

from gouji.inference.readers import Content, Options, document_pages


def shown(text: str) -> list[str]:
    (read,) = document_pages(Content("a.rst", text.encode()), Options())
    return read.text.splitlines()


GRID = """\
+------------+--------------------------+
| 第二十条第（五）项                    |
+------------+------------+-------------+
| 信息内容   | 上一年项目 | 本年增/减   |
|            | 数量       |             |
+============+============+=============+
| **行政     | 915        | -49         |
| 许可**     +------------+-------------+
|            | （其中：   |             |
|            | 不含港澳） |             |
+------------+------------+-------------+
"""


def test_a_grid_has_cells_over_lines_columns_and_rows():
    assert shown(GRID) == [
        "第二十条第（五）项",
        "信息内容\t上一年项目数量\t本年增/减",
        "行政许可\t915\t-49",
        "（其中：不含港澳）\t",
    ]


def test_rows_of_a_database_print_are_not_taken_for_lines_of_one_cell():
    text = """\
+----------------+--------------+
| 信息内容       | 本年制发件数 |
+----------------+--------------+
| 规章           |            3 |
| 行政规范性文件 |           14 |
+----------------+--------------+
"""

    assert shown(text)[1:] == ["信息内容\t本年制发件数", "规章\t3", "行政规范性文件\t14"]


WRAPPED = """\
+------------+------------+------------+
| 信息内容   | 采购项目数 | 采购总金额 |
|            | 量         |            |
+------------+------------+------------+
| 政府集中采 | {}          | 4256.56147 |
| 购         | {}          | {:<10} |
+------------+------------+------------+
"""


def test_a_number_that_fills_its_cell_goes_on_below_where_no_other_does():
    assert shown(WRAPPED.format(1, " ", "8"))[1:] == ["政府集中采购\t1\t4256.561478"]
    assert "政府集中采\t1\t4256.56147" in shown(WRAPPED.format(1, 2, "8"))  # two rows


def test_a_row_of_a_simple_table_goes_on_below_where_its_first_column_is_empty():
    text = """\
=====  ============  ================
序号   信息内容      本年制发件数
=====  ============  ================
1      行政规范性    14
       文件

2      规章
=====  ============  ================
"""

    assert shown(text)[1:] == ["1\t行政规范性文件\t14", "2\t规章\t"]


PANDOC = """\
  信息内容           本年制发件数   本年废止件数
  ---------------- -------------- --------------
  规章                          3
  行政规范性文件               14              6
"""


def test_a_table_of_pandoc_has_a_line_for_each_row():
    assert shown(PANDOC) == [
        "信息内容\t本年制发件数\t本年废止件数",
        "规章\t3\t",
        "行政规范性文件\t14\t6",
    ]


SEVERAL_LINES = """\
----------------------------------------------
信息内容         本年制发件数   本年废止件数
---------------- -------------- --------------
规章             3

行政规范性       14             6
文件
----------------------------------------------
"""


def test_rows_between_two_lines_of_dashes_are_parted_by_empty_lines():
    assert shown(SEVERAL_LINES) == [
        "信息内容\t本年制发件数\t本年废止件数",
        "规章\t3\t",
        "行政规范性文件\t14\t6",
    ]


def test_a_line_that_may_be_a_broken_label_leaves_the_table_a_text():
    text = """\
信息内容         本年制发件数   本年废止件数
---------------- -------------- --------------
行政规范性
文件             14             6
规章             3              1
"""

    assert shown(text) == text.splitlines()


def test_the_measure_that_sets_cells_under_the_rule_is_taken():
    text = """\
信息内容     上年   本年   增减
------------ ------ ------ ------
规章         3             14
行政许可     915    27
"""

    assert shown(text)[1:] == ["规章\t3\t\t14", "行政许可\t915\t27\t"]


LIST_TABLE = """\
.. list-table:: 第二十条第（一）项
   :header-rows: 1
   :widths: 40 30 30

   * - 信息内容
     - 本年制发件数
     - 本年废止件数
   * - 行政规范性
       文件
     - 14
     -
   * - 规章
     - 3
     - 1

三、收到和处理政府信息公开申请情况
"""


@pytest.mark.parametrize(
    "text",
    [
        LIST_TABLE,
        LIST_TABLE.replace("* -", "- *").replace("     -", "     *"),
        "```{list-table} 第二十条第（一）项\n:header-rows: 1\n\n"
        + "\n".join(line.strip(" ") if ":" in line else line for line in LIST_TABLE.splitlines()[4:14])
        + "\n```\n三、收到和处理政府信息公开申请情况\n",
    ],
)
def test_a_list_of_lists_is_a_table(text: str):
    assert shown(text) == [
        "第二十条第（一）项",
        "信息内容\t本年制发件数\t本年废止件数",
        "行政规范性文件\t14\t",
        "规章\t3\t1",
        "三、收到和处理政府信息公开申请情况",
    ]


def test_a_directive_holds_csv():
    text = """\
.. csv-table:: 第二十条第（一）项
   :header: "信息内容", "本年制发件数"

   "规章", 3
   "行政规范性文件", ""
"""

    assert shown(text)[1:] == ["信息内容\t本年制发件数", "规章\t3", "行政规范性文件\t"]


def test_a_directive_whose_rows_lie_in_another_file_stays_a_text():
    text = ".. csv-table:: 第二十条第（一）项\n   :file: a.csv\n"

    assert shown(text) == text.splitlines()
