"""Traditional characters are read as simplified ones, one for one; a simplified page loads nothing for it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from gouji.model.characters import simplified
from gouji.model.forms import load_forms


def wordings() -> set[str]:
    """Every official label, heading and alias of the shipped forms."""
    found: set[str] = set()
    for form in load_forms().values():
        for table in form.tables:
            found |= {table.heading, table.title, *table.aliases}
            for block in table.blocks:
                found |= {*block.heads, *block.surplus} | ({block.label} if block.label else set())
                for label in (*block.columns, *block.rows, *block.groups, *block.items):
                    found.update(label.wordings)
    return found


@pytest.mark.parametrize("converter", ["s2t", "s2tw", "s2hk", "s2twp", "s2hkp"])
def test_an_official_label_is_read_back_from_whatever_converter(converter: str):
    convert = OpenCC(converter).convert

    read = {label: simplified(convert(label)) for label in wordings()}

    assert read == {label: label for label in read}


@given(st.text(st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF)))
def test_simplifying_keeps_every_offset(text: str):
    assert len(simplified(text)) == len(text)


def test_a_character_that_stands_in_simplified_names_is_left_where_nothing_else_is_traditional():
    assert simplified("乾县於潜镇政府信息公开") == "乾县於潜镇政府信息公开"


def test_an_archives_bureau_stays_one():
    assert simplified("雲溪區檔案局的規範性檔案") == "云溪区档案局的规范性文件"


def test_a_simplified_page_does_not_load_the_tables():
    code = (
        "import sys, gouji; page = gouji.read('行政规范性文件 3 ①\\n本年收费金额 1204.57\\n');"
        "assert page.folded; sys.exit('opencc' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
