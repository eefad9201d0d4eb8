"""A label is known without its ordinal, punctuation and blanks, however they are printed."""

from __future__ import annotations

import pytest

from gouji.model.label_words import bare


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("（七）总 计", "总计"),
        ("2、重复申请", "重复申请"),
        ("１．属于国家秘密", "属于国家秘密"),
        ("（1）信访举报投诉类申请", "信访举报投诉类申请"),
        ("四、结转下年度继续办理", "结转下年度继续办理"),
        ("3其他", "其他"),
        ("2020年度", "2020年度"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ("三公经费", "三公经费"),
        ("2.", ""),
    ],
)
def test_a_bare_label_has_lost_ordinal_punctuation_and_blanks(printed: str, expected: str):
    assert bare(printed) == expected
