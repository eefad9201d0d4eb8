"""A column of the publisher's own is known by its header's cell, however many cells beside it are blank."""

from __future__ import annotations

import pytest

from gouji.inference.extraction import State
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.model.forms import Block, load_forms

FORM = load_forms()["2019"]


def block(own: Block, place: int, blank: int | None) -> str:
    """A block with a column of remarks at a place, where one column of the form is blank."""
    heads = [column.label for column in own.columns]
    rows = [["信息内容", *heads[:place], "备注", *heads[place:]]]
    for row in own.rows:
        cells = ["" if column == blank else str(40 + column) for column in range(len(heads))]
        rows.append([row.label, *cells[:place], "7", *cells[place:]])
    written = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<p>{own.label or ''}</p><table>{''.join(f'<tr>{row}</tr>' for row in written)}</table>"


@pytest.mark.parametrize("blank", [None, 0, 1])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_blank_beside_a_column_of_remarks_does_not_shift_the_numbers(
    extractor: Extractor, place: int, blank: int | None
):
    table = FORM.tables[0]
    written = f"<p>{table.title}</p>" + "".join(block(own, place, blank) for own in table.blocks)
    (page,) = document_pages(Content("a.html", f"<html><body>{written}</body></html>".encode()), Options())

    cells = {cell.key: cell for cell in extractor.extract(page).cells}

    for own in table.blocks:
        for row in own.rows:
            for at, column in enumerate(own.columns):
                found = cells[f"{table.id}/{row.id}/{column.id}"]
                assert found.value == (None if at == blank else 40 + at), found.key
                assert found.state is (State.BLANK if at == blank else State.READ)
