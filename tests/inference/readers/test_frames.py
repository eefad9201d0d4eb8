"""Frames that pandas prints are read by their cells, and other lines of floats are none."""

from __future__ import annotations

from gouji.inference.readers import Content, Options, document_pages


def test_a_wide_frame_goes_on_below_with_wide_blanks_and_empty_cells():
    text = """\
                0             1  \\
0        信息内容  本年制发件数
1            规章           　3
2  行政规范性文件            14

              2             3
0  本年废止件数  现行有效件数
1             1
2
"""

    (read,) = document_pages(Content("a.txt", text.encode()), Options())

    assert read.text.splitlines() == [
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
        "规章\t3\t1\t",
        "行政规范性文件\t14\t\t",
    ]


def test_a_line_of_floats_is_none_of_a_frame_where_a_number_ends_at_no_columns_edge():
    text = (
        "性信息 1.00 00.0 0.00 0.00 0.00 0.00 1.00\n"
        "7.属于行政执法案卷 0.00 0.00 0.00 0.00 1.00 1.00 2.00\n"
        "8.属于行政查询事项 1.00 0.00 0.00 0.00 0.00 0.00 1.00\n"
    )

    (read,) = document_pages(Content("a.txt", text.encode()), Options())

    assert read.text.splitlines()[0] == text.splitlines()[0]


def test_floats_that_one_blank_parts_are_no_columns_of_a_frame_with_an_empty_cell_between():
    rows = ["3.危及“三安全一稳定” / / 1.0 / 1.0 /", "4.保护第三方合法权益 1.0 / / / / /"]
    rows.append("5.属于三类内部事务信息 / / 2.0 / / /")
    (read,) = document_pages(Content("a.txt", "\n".join(rows).encode()), Options())

    assert read.rows in ((), None)
