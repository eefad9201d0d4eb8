"""Synthetic pages say truly what they print: spans, values, truth, and the same again for the same seed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

import pytest

from gouji.model.labels import Tag
from gouji.training.figures import Number
from gouji.training.flatteners import FLATTENERS
from gouji.training.number_habits import NUMBER_HABITS
from gouji.training.programs import PROGRAMS
from gouji.training.reports import Grid
from gouji.training.synthesize import HELD_OUT, Synthetic, make_synthetic, synthesize

LOSSY = (
    "trafilatura",
    "trafilatura_md",
    "trafilatura_html2txt",
    "pdfplumber_tables",
    "pandoc",
)  # these drop whole blocks
SLOW_PROGRAMS = ("chromium", "soffice", "mammoth")
PAGES = {"pdfplumber": 1, "pdfplumber_tables": 1, "pypdf": 1, **dict.fromkeys(PROGRAMS, 1)}


def with_installed_programs() -> list[Any]:
    """The flatteners that every machine has, and those of this one; the slow ones are marked."""
    programs = [
        pytest.param(
            name,
            marks=[
                pytest.mark.skipif(not program.installed, reason=f"{program.needs} is not installed"),
                *([pytest.mark.slow] if program.needs in SLOW_PROGRAMS else []),
            ],
        )
        for name, program in PROGRAMS.items()
    ]
    return [*FLATTENERS, *programs]


def pages_of(name: str) -> list[Synthetic]:
    return [make_synthetic(5, (name,), index, damages=()) for index in range(PAGES.get(name, 4))]


def parse(surface: str) -> Number | None:
    """A value's surface as a number; None for a blank mark."""
    text = unicodedata.normalize("NFKC", re.sub(r"\s", "", surface)).replace(",", "")
    text = re.sub(r"(万元|元|件|个|项)$", "", text)
    text = re.sub("^(减少|减|负|−)", "-", text)
    if text in ("", "/", "-", "—", "——", "无", "未收费"):
        return None
    return float(re.sub("^(增加|增|[+])", "", text).replace("O", "0"))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def plain_marks(text: str) -> str:
    """A text less what a tool may change: blanks, backslashes, the form of quotation marks."""
    return squeezed(text).translate(str.maketrans("“”", '""', "\\"))


def tagged_cells(made: Synthetic) -> list[tuple[str, Tag, str | None]]:
    """Every tagged text of the report in the order of print, with the key of the cell that it prints."""
    cells: list[tuple[str, Tag, str | None]] = []
    for block in made.report.blocks:
        if isinstance(block, Grid):
            printed = ((c.text[: len(c.text) - c.tail], c) for row in block.rows for c in row)
            cells.extend((text, c.tag, c.key) for text, c in printed if c.tag and text)
        elif block.tag:
            cells.append((block.text, block.tag, None))
    return cells


@pytest.mark.parametrize("name", with_installed_programs())
def test_every_cell_is_tagged_as_it_was_printed(name: str) -> None:
    for made in pages_of(name):
        cells = tagged_cells(made)
        found: dict[int, str] = {}
        for piece in made.pieces:
            surface = made.page.text[piece.span.start : piece.span.end]
            found[piece.cell] = found.get(piece.cell, "") + plain_marks(surface)
            assert piece.span.tag is cells[piece.cell][1]
        for number, (text, _, _) in enumerate(cells):
            whole = plain_marks(text)
            if not whole or (name in LOSSY and number not in found):
                continue
            assert found[number] == whole * (len(found[number]) // len(whole)), (made.page.tool, text)


@pytest.mark.parametrize("name", with_installed_programs())
def test_values_on_the_page_parse_to_the_truth_of_their_cells(name: str) -> None:
    for made in pages_of(name):
        cells = tagged_cells(made)
        printed: dict[str, str] = {}
        for piece in made.pieces:
            text, tag, key = cells[piece.cell]
            if tag is Tag.VALUE and len(printed.get(key or "", "")) < len(squeezed(text)):
                surface = made.page.text[piece.span.start : piece.span.end]
                printed[key or ""] = printed.get(key or "", "") + surface
        truth = made.page.truth or {}
        printed.pop("", None)  # a column or a row too many, which no form has
        assert {key: parse(surface) for key, surface in printed.items()} == {
            key: truth[key] for key in printed
        }
        if name not in LOSSY:
            assert {key for key, value in truth.items() if value is not None} <= set(printed)


@pytest.mark.parametrize(
    "name", ["bs4_nlstrip", "lxml_text", "selectolax", "html2text", "markdownify", "tabs", "bars"]
)
def test_values_stand_in_the_order_of_the_form(name: str) -> None:
    for made in pages_of(name):
        keys = [tagged_cells(made)[piece.cell][2] for piece in made.pieces if piece.span.tag is Tag.VALUE]
        order = [key for key in (made.page.truth or {}) if key in set(keys)]
        seen = [key for key in dict.fromkeys(keys) if key is not None]
        assert seen == order


def test_spans_are_inside_ordered_apart_and_without_blanks_at_their_ends() -> None:
    for page in synthesize(150, 3):
        last = 0
        for span in page.spans:
            assert last <= span.start < span.end <= len(page.text)
            surface = page.text[span.start : span.end]
            assert surface == surface.strip(), (page.tool, page.damage, surface)
            last = span.end


def test_the_same_seed_gives_the_same_pages_with_any_number_of_workers() -> None:
    names = ("cell_lines", "tabs", "selectolax", "inscriptis")
    alone = list(synthesize(12, 8, flatteners=names))

    assert list(synthesize(12, 8, flatteners=names, workers=2)) == alone
    assert [page.text for page in synthesize(12, 9, flatteners=names)] != [page.text for page in alone]


def test_excluded_flatteners_yield_no_pages_and_the_rest_vary() -> None:
    tools = Counter(page.tool.split("-", 1)[1] for page in synthesize(120, 1, exclude=HELD_OUT))

    assert not set(tools) & set(HELD_OUT)
    assert len(tools) > 18


def test_pages_hold_every_tag_and_both_forms_and_damage() -> None:
    pages = list(synthesize(120, 2, flatteners=("cell_lines", "tabs", "bars", "spaced")))

    assert {span.tag for page in pages for span in page.spans} == set(Tag)
    assert {"2019", "2021"} <= {page.form for page in pages}
    assert 0.15 < sum(bool(page.damage) for page in pages) / len(pages) < 0.6


def test_a_third_of_the_reports_break_their_sums_or_leave_totals_blank_and_others_have_habits() -> None:
    pages = list(synthesize(300, 4, flatteners=("cell_lines", "tabs")))

    notes = [page.notes for page in pages if page.notes]
    assert len(notes) == 300
    broken = sum(bool(note.violations) for note in notes)
    odd = sum(bool(set(note.habits) & set(NUMBER_HABITS)) for note in notes)
    assert 0.25 < broken / 300 < 0.4
    assert 0.15 < odd / 300 < 0.3
    assert len({name for note in notes for name in note.habits}) > 20


def test_consistent_reports_are_the_same_ones_without_their_habits() -> None:
    names = ("cell_lines",)
    alike = list(synthesize(40, 4, flatteners=names, damages=()))
    consistent = list(synthesize(40, 4, flatteners=names, damages=(), consistent=True))

    assert [page.issuer for page in alike] == [page.issuer for page in consistent]
    assert not any(page.notes and (page.notes.violations or page.notes.habits) for page in consistent)
    for page, plain in zip(alike, consistent, strict=True):
        assert page.notes is not None
        assert (page.text == plain.text) is not bool(page.notes.habits)


def test_a_remark_and_a_note_s_mark_are_no_part_of_the_value() -> None:
    made = [make_synthetic(6, ("tabs",), index, damages=()) for index in range(120)]
    beside = [page for page in made if {"remarks", "note_marks"} & set(page.report.habits)]

    assert len(beside) > 2
    for page in beside:
        cells = [c for b in page.report.blocks if isinstance(b, Grid) for row in b.rows for c in row]
        assert any(cell.tail for cell in cells)
        surfaces = [page.page.text[s.start : s.end] for s in page.page.spans if s.tag is Tag.VALUE]
        assert not any(re.search(r"[含中①②*\[（(注]", surface) for surface in surfaces)
