"""Read a year that is named for what the form calls it: 2023年新收 for 本年新收, 2022年结转 for 上年结转.

Flow:  page without insertions -> **page in the form's years** -> tokens -> tags

Only before what the form's own labels say of that year, and only the year on which the page reports and the
one before: 2022年制发件数 in a report on 2023 is another column. `origin` says where the rest stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from gouji.inference.metadata import read_metadata
from gouji.model.forms import Form, Label
from gouji.model.insertions import without
from gouji.model.page import Page

_IN_A_LABEL = re.compile(r"(本|上一?)年度?([\u4e00-\u9fff]\W?[\u4e00-\u9fff]?\W?[\u4e00-\u9fff]?)")
_FEWEST = 2  # characters behind 本年 by which a label is known
_DIGITS = 3  # of a year, which go; 本 or 上 stands for the last


def in_the_forms_years(page: Page, forms: Mapping[str, Form]) -> Page:
    """The page with 本年 and 上年 in its labels for the years that these are; itself where it names none.

    >>> from gouji.model.forms import load_forms
    >>> page = Page("", "甲县2019年政府信息公开工作年度报告\\n2019年新公开数量\\n2018年新公开数量")
    >>> in_the_forms_years(page, load_forms()).text.split()[1:]
    ['本年新公开数量', '2018年新公开数量']
    """
    found = list(_labels_of(tuple(forms.values())).finditer(page.folded))
    year = read_metadata(page).year if found else None
    text, dropped = list(page.text), []
    for match in found:
        before = match.lastgroup == "before"
        if year is not None and int(match[1]) == year - before:
            place = match.start() + _DIGITS
            text[place] = "上" if before else "本"
            dropped.append((match.start(), place))
    return without(replace(page, text="".join(text)), dropped) if dropped else page


@lru_cache(maxsize=8)
def _labels_of(forms: tuple[Form, ...]) -> re.Pattern[str]:
    """What begins with a year as the forms' labels begin with 本年, or with 上年."""
    own, before = ("|".join(sorted(_behind(forms, year))) for year in "本上")
    return re.compile(rf"(?<![0-9])(20[0-9]{{2}})(?=年度?(?:(?P<own>{own})|(?P<before>{before})))")


def _behind(forms: tuple[Form, ...], year: str) -> set[str]:
    """What stands behind 本年, or 上年, in the labels of forms: the first characters."""
    found = (_IN_A_LABEL.search(wording) for label in _labels(forms) for wording in label.wordings)
    return {
        re.escape(match[2])
        for match in found
        if match is not None and match[1].startswith(year) and len(match[2]) >= _FEWEST
    }


def _labels(forms: tuple[Form, ...]) -> Iterator[Label]:
    for form in forms:
        for table in form.tables:
            for block in table.blocks:
                yield from (*block.rows, *block.groups, *block.columns)
