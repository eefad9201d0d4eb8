"""Emphasis around a label, as Markdown prints it, makes no figure of the label's ordinal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.figures import figures
from gouji.inference.assembly.marked import MarkedPage

from .assembled import cells_of, row_of

Mark = Callable[[str], MarkedPage]


@pytest.mark.parametrize("text", ["| **三、 | \n| 本年 |", "| **(三 |\n| )不 |\n| 予公 |"])
def test_the_ordinal_of_a_label_that_is_emphasized_and_wrapped_is_no_figure(text: str):
    assert figures(text) == []


def test_an_ordinal_within_the_emphasis_of_its_label_is_no_number_of_the_row_before(mark: Mark):
    header = "| | " + " | ".join(f"{{C:{c}}}" for c in ("自然人", "商业企业", "科研机构", "社会公益组织"))
    text = f"""\
{{S:三、收到和处理政府信息公开申请情况}}
{header} | {{C:法律服务机构}} | {{C:其他}} | {{C:总计}} |
| **1. {{R:属于国家秘密}}** | **{{V:3}}** |   |   |   |   |   | **{{V:3}}** |
| **2. {{R:其他法律行政法规禁止公开}}** |   | **{{V:4}}** |   |   |   |   | **{{V:4}}** |
| **3. {{R:危及“三安全一稳定”}}** |   |   |   |   | **{{V:5}}** |   | **{{V:5}}** |
"""

    cells = cells_of(mark(text), "applications")

    assert list(row_of(cells, "denied.state_secret").values()) == [3, *[None] * 5, 3]
    assert list(row_of(cells, "denied.law_prohibits").values()) == [None, 4, *[None] * 4, 4]
