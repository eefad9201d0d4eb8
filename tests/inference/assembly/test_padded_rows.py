"""Rows that a tool made equally long, and lines that it joined, keep their cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.extraction import State
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.model.forms import load_forms

from .assembled import cells_of, row_of

Mark = Callable[[str], MarkedPage]

TABLE = load_forms()["2019"].table("applications")
LABELS = {row.id: row.label for _, row in TABLE.rows()}
HEADS = [column.label for column in TABLE.blocks[0].columns]
FIRST_BLANK, LAST_BLANK, FULL = ["", *"100001"], [*"100001", ""], [*"1000001"]


def padded(numbers: dict[str, list[str]]) -> bytes:
    """A table in Markdown whose rows have empty cells at their end; what stood above the labels is lost."""
    rows = [HEADS, *([LABELS[id_], *own] for id_, own in numbers.items())]
    lines = ["| " + " | ".join([*row, *[""] * (10 - len(row))]) + " |" for row in rows]
    lines.insert(1, "|---" * 10 + "|")
    return "\n".join([TABLE.title, "", *lines, ""]).encode()


@pytest.mark.parametrize("blank", [FIRST_BLANK, LAST_BLANK, [""] * 7])
def test_rows_of_the_same_build_as_full_ones_are_read_in_their_places(extractor: Extractor, blank: list[str]):
    numbers = {id_: blank if id_ == "rejected.duplicate" else FULL for id_ in LABELS}
    (page,) = document_pages(Content("a.md", padded(numbers)), Options())

    cells = {cell.key: cell for cell in extractor.extract(page).cells}

    own = [cells[f"applications/rejected.duplicate/{column.id}"] for column in TABLE.blocks[0].columns]
    assert [(cell.value, str(cell.state)) for cell in own] == [
        (int(number), "read") if number else (None, "blank") for number in blank
    ]


def test_a_column_of_remarks_in_words_is_no_padding(extractor: Extractor):
    upper = ["", HEADS[0], "法人或其他组织", "", "", "", "", HEADS[-1], "备注"]
    rows = [upper, ["", "", *HEADS[1:-1], "", ""], *([LABELS[id_], *"0000000", ""] for id_ in LABELS)]
    for place in (2, 4, -2):  # received, granted, total
        rows[place][1:8] = FULL
    rows[4][-1], rows[-1][-1] = "含2件邮寄", "2021年1月办结3件"
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---" * 9 + "|")
    (page,) = document_pages(Content("a.md", "\n".join([TABLE.title, "", *lines, ""]).encode()), Options())

    cells = [cell for cell in extractor.extract(page).cells if cell.key.startswith("applications/")]

    assert not any(cell.state is State.AMBIGUOUS for cell in cells)


@pytest.mark.parametrize("border", ["\t", "| "])
def test_the_last_number_of_a_line_is_read_where_lines_were_joined(mark: Mark, border: str):
    values = border.join(f"{{V:{number}}}" for number in (1, 0, 0, 0, 0, 0, 1))
    rows = " ".join(f"{{R:{label}}}{border}{values}" for label in LABELS.values())
    heads = border.join(f"{{C:{head}}}" for head in HEADS)

    cells = cells_of(mark(f"{{S:{TABLE.title}}} {heads} {rows} {{S:四、}}"), "applications")

    assert all(list(row_of(cells, id_).values()) == [1, 0, 0, 0, 0, 0, 1] for id_ in LABELS)


def test_words_behind_the_last_number_of_a_joined_line_leave_its_cell_open(mark: Mark):
    values = "\t".join(f"{{V:{number}}}" for number in (1, 0, 0, 0, 0, 0, 1))
    rows = " ".join(f"{{R:{label}}}\t{values} 待核" for label in LABELS.values())

    cells = cells_of(mark(f"{{S:{TABLE.title}}} {rows} {{S:四、}}"), "applications")

    assert str(cells["granted/total"].state) == "ambiguous"
