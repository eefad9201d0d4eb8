"""Say why a page holds no table of a known form: what its text is instead, and what to do.

Flow:  page, no table found -> **cause** -> answer, command line, viewer

The verdict `no_tables` alone hides whether a report was never fetched, was cut off, or shows its tables as
pictures. What a reader knows of a page (`Page.cause`) goes before what its text lets suppose; the causes
are tried in order, the surest first, and the last is true of any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from gouji.model.forms import load_forms
from gouji.model.label_words import bare
from gouji.model.page import Page

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_FEW = 10  # Chinese characters; the shortest heading of a table has as many
_REPORT = re.compile(r"(?:信息|政务)公开.{0,12}(?:年度|年)?.{0,6}(?:报告|年报)|政府資訊公開.{0,8}報告")
_SHORT = 100  # characters: a title alone, or another piece of a page, is not cut off
_TITLE_LINES = 12  # of a page, among which its title stands
_SECTION = re.compile(r"(?m)^[\s#*]*([一二三四五六])[、.．]\s*(\S.{0,40})$")
_ENDED = re.compile(r"(?:[。.！!？?；;：:）)】」》”|>\]}\d日局府]|办公室)\s*\Z")  # as texts end
_LABEL = 6  # characters of a row's label, from which it is nobody else's words
_FIGURE = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")
_COLUMNS = 3  # numbers for each label, from which they are there
_FEWEST_LABELS = 5  # of the form's rows, from which the table was there
_LONGEST_TITLE = 20  # characters of it that are shown


def cause_of(page: Page) -> str:
    """Why a page holds no table, and what to do: one line, without the page's name.

    >>> print(cause_of(Page("a", "本市财政预算执行情况的报告")))
    no word of it is of an official table: it begins "本市财政预算执行情况的报告"; give the report itself
    """
    if page.cause is not None:
        return page.cause
    text = page.excerpt().text
    return next(cause for each in _CAUSES if (cause := each(text)) is not None)


def _no_chinese(text: str) -> str | None:
    if len(_CHINESE.findall(text)) >= _FEW:
        return None
    return "it holds hardly any Chinese; if it should, its encoding was lost: fetch it again as bytes"


def _labels_without_numbers(text: str) -> str | None:
    found = _labels_in(text)
    if len(found) < _FEWEST_LABELS:
        return None
    named = f"{len(found)} labels of an official table stand on it ({', '.join(found[:3])} …)"
    if len(_FIGURE.findall(text)) > len(found) * _COLUMNS:
        return (
            f"{named}, and numbers whose rows and columns cannot be told, as where the ends of lines"
            " were lost; give the page itself (HTML, DOCX, PDF), or a line for each row"
        )
    return (
        f"{named}, and no heading or"
        " too few numbers beside them: its figures may be pictures, or were lost; save the page anew"
    )


def _cut_off(text: str) -> str | None:
    sections = [number for number, _ in _SECTION.findall(text)]
    if (
        len(text) < _SHORT
        or not _is_report(text)
        or {"三", "四", "五", "六"} & set(sections)
        or _ENDED.search(text)
    ):
        return None
    return (
        "the report is cut off before its tables: it ends within a sentence"
        f' ("…{text.strip()[-15:]}"); fetch all of it'
    )


def _prose(text: str) -> str | None:
    if not _is_report(text):
        return None
    named = [heading for _, heading in _SECTION.findall(text) if "主动公开" in heading or "申请" in heading]
    where = f'under "{named[0][:_LONGEST_TITLE]}" ' if named else ""
    return (
        f"it is a report's prose, and {where}no table stands: the tables may be pictures or an attachment,"
        " or were dropped when its text was taken; give the page itself (HTML, DOCX, PDF)"
    )


def _heading_alone(text: str) -> str | None:
    words = bare(text)
    found = next((heading for heading in _headings() if bare(heading) in words), None)
    if found is None:
        return None
    return (
        f"the heading {found} stands on it, and nothing of its table: give the whole page, or all its pieces"
    )


def _other(text: str) -> str:
    first = next((line.strip() for line in text.splitlines() if _CHINESE.search(line)), text.strip())
    begins = first if len(first) <= _LONGEST_TITLE else f"{first[:_LONGEST_TITLE]}…"
    return f'no word of it is of an official table: it begins "{begins}"; give the report itself'


_CAUSES: Sequence[Callable[[str], str | None]] = (
    _no_chinese,
    _labels_without_numbers,
    _cut_off,
    _prose,
    _heading_alone,
    _other,
)


def _is_report(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()][:_TITLE_LINES]
    return any(_REPORT.search(line) for line in lines)


def _labels_in(text: str) -> list[str]:
    """The labels of the forms' rows that stand on a page."""
    words = bare(text)
    return [label for label in _labels() if label in words]


def _headings() -> Iterator[str]:
    tables = (table for form in load_forms().values() for table in form.tables)
    return (
        heading for table in tables for heading in (table.heading, *table.aliases) if len(heading) >= _LABEL
    )


@lru_cache(maxsize=1)
def _labels() -> Sequence[str]:
    """The rows' labels that are long enough."""
    blocks = (block for form in load_forms().values() for table in form.tables for block in table.blocks)
    labels = {bare(row.label) for block in blocks for row in block.rows}
    return sorted(label for label in labels if len(label) >= _LABEL)
