"""A report is read alike in whatever characters it is written, and each cell says where it stands there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from opencc import OpenCC

from gouji.inference.extraction import Cell
from gouji.inference.extractor import Extractor
from gouji.inference.result import Extraction
from gouji.model.page import Page

REPORT = Path(__file__).parents[3] / "samples" / "pages" / "yunling_2022__lines.txt"
READINGS = dict(zip("政府公开规章数", ("zhèng", "fǔ", "gōng", "kāi", "guī", "zhāng", "shù"), strict=True))


def spoken(text: str, form: str) -> str:
    """The text with the reading of some characters behind each of them."""
    return "".join(c + form.format(READINGS[c]) if c in READINGS else c for c in text)


def figures(extraction: Extraction) -> list[tuple[str, object, str]]:
    return [(cell.key, cell.value, str(cell.state)) for cell in extraction.cells]


def stands_there(cell: Cell, text: str) -> bool:
    return cell.start is None or text[cell.start : cell.end] == cell.raw


@pytest.mark.parametrize(
    "write",
    [
        *(OpenCC(converter).convert for converter in ("s2t", "s2tw", "s2hk", "s2twp")),
        lambda text: spoken(text, "({})"),
        lambda text: OpenCC("s2t").convert(spoken(text, "（{}）")),
        lambda text: spoken(text, "{}"),
        lambda text: text.replace("政府", "政\u00ad府").replace("公开", "公\u200b开\ufeff"),
    ],
)
def test_every_cell_is_the_plain_page_s_and_stands_where_it_says(
    extractor: Extractor, write: Callable[[str], str]
):
    plain = REPORT.read_text(encoding="utf-8")
    written = write(plain)

    extraction = extractor.extract(Page("a.txt", written))

    assert written != plain
    assert figures(extraction) == figures(extractor.extract(Page("a.txt", plain)))
    assert all(stands_there(cell, written) for cell in extraction.cells)


def test_a_traditional_title_names_the_issuer_in_the_characters_of_other_years(extractor: Extractor):
    extraction = extractor.extract(
        Page("a.txt", "雲溪區人民政府2023年政府資訊公開工作年度報告\n一、總體情況\n")
    )

    assert (extraction.issuer, extraction.year) == ("云溪区人民政府", 2023)
