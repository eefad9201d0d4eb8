"""What a crawler dropped or cut off is missing, with its reason, and never an empty cell."""

from __future__ import annotations

import pytest

from gouji.inference.extraction import Cell, State
from gouji.inference.extractor import Extractor
from gouji.inference.why import Why
from gouji.model.page import Page

from .readers.made import Report, report

MADE = report()
KNOWN = (State.READ, State.PLACED, State.BLANK)


def one_a_line(made: Report) -> str:
    """A report's text with a line for each cell that prints something."""
    lines = [made.title]
    for heading, rows in made.tables():
        lines += [heading, *(cell for row in rows for cell in row if cell)]
    return "\n".join([*lines, "五、存在的主要问题及改进情况", "人员变动多，培训不够，下一步将加强。", ""])


def barred(made: Report) -> str:
    """A report's text with a line for each row, drawn with bars."""
    lines = [made.title]
    for heading, rows in made.tables():
        lines += [heading, *("| " + " | ".join(row) + " |" for row in rows)]
    return "\n".join([*lines, ""])


def deduplicated(text: str) -> str:
    """The text with each short line where it stands first."""
    return "\n".join(dict.fromkeys(text.split("\n")))


def cells(extractor: Extractor, text: str) -> dict[str, Cell]:
    return {cell.key: cell for cell in extractor.extract(Page("a.txt", text)).cells}


def printed(made: Report, key: str) -> int | None:
    return made.values[key]


def test_where_repeated_lines_were_dropped_only_whole_rows_are_read(extractor: Extractor):
    found = cells(extractor, deduplicated(one_a_line(MADE)))

    read = {key: cell for key, cell in found.items() if cell.state in KNOWN}
    assert read
    assert {key: cell.value for key, cell in read.items()} == {key: printed(MADE, key) for key in read}
    assert all(cell.raw is not None for cell in read.values())
    lost = [cell for cell in found.values() if Why.REPEATS_DROPPED in cell.why]
    assert len(lost) > 50
    assert all(cell.state is State.MISSING for cell in lost)


def test_a_number_that_the_row_above_prints_too_is_not_taken_for_an_empty_cell(extractor: Extractor):
    made = Report(
        {**MADE.values, "disclosure/penalties/decisions": MADE.values["disclosure/licensing/decisions"]}
    )

    cell = cells(extractor, deduplicated(one_a_line(made)))["disclosure/penalties/decisions"]

    assert (cell.state, cell.why) == (State.MISSING, (Why.REPEATS_DROPPED,))


def test_a_page_that_repeats_its_labels_and_zeros_has_lost_nothing(extractor: Extractor):
    plain = one_a_line(MADE)

    assert not any(Why.REPEATS_DROPPED in cell.why for cell in cells(extractor, plain).values())


@pytest.mark.parametrize("layout", [one_a_line, barred])
@pytest.mark.parametrize("share", [step / 29 for step in range(4, 29)])
def test_wherever_a_text_is_cut_no_cell_is_wrong_and_none_behind_it_blank(
    extractor: Extractor, layout: object, share: float
):
    text = one_a_line(MADE) if layout is one_a_line else barred(MADE)
    text = text[: int(len(text) * share)]

    found = cells(extractor, text)

    for key, cell in found.items():
        if cell.state in KNOWN:
            assert (cell.value or 0) == (printed(MADE, key) or 0), key
        if cell.state is State.READ:
            assert text[cell.start : cell.end] == cell.raw


def test_a_number_that_the_end_of_a_text_may_have_cut_is_missing_where_no_sum_proves_it(extractor: Extractor):
    text = barred(Report({**MADE.values, "disclosure/licensing/decisions": 2146}))
    cut = text[: text.index("2146") + 2]

    cell = cells(extractor, cut)["disclosure/licensing/decisions"]

    assert (cell.state, cell.why) == (State.MISSING, (Why.CUT_OFF,))


def test_a_row_that_is_drawn_to_its_end_is_whole_at_the_end_of_a_text(extractor: Extractor):
    text = barred(Report({**MADE.values, "disclosure/regulations/repealed": None}))
    end = text.index("\n", text.index("| 规章")) + 1

    found = cells(extractor, text[:end])

    assert found["disclosure/regulations/repealed"].state is State.BLANK


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ("上一年项目数量|\n本年增/减|\n行政事业性收费|", State.BLANK),  # a cell a line: this one is whole
        ("上一年项目数量|\n本年增/减|\n行政事业性收费", State.MISSING),
        ("上一年项目数量 | 本年增/减\n行政事业性收费 |", State.MISSING),
    ],
)
def test_a_label_that_ends_a_text_is_whole_where_a_border_closes_each_cells_line(
    extractor: Extractor, lines: str, state: State
):
    heading = "某局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"

    read = extractor.extract(Page("a.txt", f"{heading}第二十条第（八）项|\n信息内容|\n{lines}"))

    assert {cell.state for cell in read.cells if "fees" in cell.key} == {state}
