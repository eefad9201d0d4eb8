"""Stand-ins go out and come back, whatever stands between them."""

from __future__ import annotations

import random
import unicodedata

from gouji.model.labels import Tag
from gouji.training.composition import compose_report
from gouji.training.reports import Cell, Grid, Paragraph, Report
from gouji.training.standins import Codebook


def report_of(*cells: Cell) -> Report:
    return Report("某局", 2021, "报告", (Grid((cells,), (1.0,) * len(cells)),), None, {})


def printed(report: Report, between: str = "\n") -> str:
    parts = []
    for block in report.blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts.extend(cell.text for row in block.rows for cell in row)
    return between.join(parts)


def surfaces(codebook: Codebook, flattened: str) -> list[tuple[str, str]]:
    text, pieces = codebook.decode(flattened)
    return [(str(p.span.tag), text[p.span.start : p.span.end]) for p in pieces]


def test_a_whole_report_comes_back_to_the_letter() -> None:
    for seed in range(25):
        report = compose_report(random.Random(seed))
        codebook = Codebook()

        text, pieces = codebook.decode(printed(codebook.encode(report)))

        assert text == printed(report)
        tagged = [cell for cell in text_of_cells(report) if cell.strip()]
        assert [text[p.span.start : p.span.end] for p in pieces] == [cell.strip() for cell in tagged]


def text_of_cells(report: Report) -> list[str]:
    found: list[str] = []
    report.map_texts(lambda text, tag: found.append(text) or text)  # type: ignore[func-returns-value]
    return found


def test_stand_ins_are_as_wide_as_what_they_stand_for() -> None:
    codebook = Codebook()
    cell = Cell("1.属于国家秘密（一）“A”", Tag.ROW)

    encoded = codebook.encode(report_of(cell)).blocks[0]

    assert isinstance(encoded, Grid)
    wide = ["WF".find(unicodedata.east_asian_width(c)) >= 0 for c in encoded.rows[0][0].text]
    assert wide == ["WF".find(unicodedata.east_asian_width(c)) >= 0 for c in cell.text]
    assert set(encoded.rows[0][0].text).isdisjoint(cell.text)


def test_two_cells_that_touch_are_two_spans() -> None:
    codebook = Codebook()
    encoded = codebook.encode(report_of(Cell("12", Tag.VALUE), Cell("12", Tag.VALUE)))

    assert surfaces(codebook, printed(encoded, "")) == [("VALUE", "12"), ("VALUE", "12")]


def test_what_a_cell_s_tag_does_not_cover_stays_as_it_is_and_is_no_span() -> None:
    codebook = Codebook()
    encoded = codebook.encode(report_of(Cell("12（含3件）", Tag.VALUE, tail=5), Cell("7", Tag.VALUE)))

    assert printed(encoded).split("\n")[0].endswith("（含3件）")
    assert surfaces(codebook, printed(encoded)) == [("VALUE", "12"), ("VALUE", "7")]


def test_a_merged_cell_printed_twice_is_two_spans() -> None:
    codebook = Codebook()
    once = printed(codebook.encode(report_of(Cell("规章", Tag.ROW))))

    assert surfaces(codebook, once + once) == [("ROW", "规章"), ("ROW", "规章")]


def test_a_line_break_within_a_cell_stays_inside_and_another_cell_splits_it() -> None:
    codebook = Codebook()
    encoded = codebook.encode(report_of(Cell("商业\n企业", Tag.COLUMN), Cell("7", Tag.VALUE)))
    label, value = printed(encoded, "|").split("|")

    assert surfaces(codebook, f"{label} {value}") == [("COLUMN", "商业\n企业"), ("VALUE", "7")]
    split = f"{label[:2]} {value} {label[3:]}"
    assert surfaces(codebook, split) == [("COLUMN", "商业"), ("VALUE", "7"), ("COLUMN", "企业")]
