"""A band of which every cell is empty is blank, where the file knows the row below its headers."""

from __future__ import annotations

import pytest

from gouji.inference.extraction import State
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.model.forms import load_forms

TABLE = load_forms()["2021"].table("review")
(BLOCK,) = TABLE.blocks
WIDTH, ROWS = len(BLOCK.columns), len(BLOCK.rows)


def row(cells: list[str]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


@pytest.mark.parametrize("cells", [WIDTH * ROWS, WIDTH])
def test_empty_cells_below_the_headers_of_a_band_are_blank_if_they_are_all_of_its(
    extractor: Extractor, cells: int
):
    above = "".join(f"<td colspan={WIDTH}>{label.label}</td>" for label in BLOCK.rows)
    heads = row([column.label for column in BLOCK.columns] * ROWS)
    table = f"<table><tr>{above}</tr>{heads}{row([''] * cells)}</table><p>五、存在的主要问题及改进情况</p>"
    (page,) = document_pages(Content("a.html", f"<p>{TABLE.title}</p>{table}".encode()), Options())

    found = [cell for cell in extractor.extract(page).cells if cell.key.startswith("review/")]

    blank = [cell for cell in found if cell.state is State.BLANK]
    assert len(blank) == (cells if cells == WIDTH * ROWS else 0)


def test_a_row_is_not_blank_where_no_column_is_headed_and_no_number_is_read(extractor: Extractor):
    """A sheet's edge may cut off the columns of such a table."""
    rows = "信息内容\n行政许可\n其他对外管理服务事项甲乙丙丁\n信息内容\n行政处罚\n行政强制\n"
    (page,) = document_pages(Content("a.txt", f"二、主动公开政府信息情况\n{rows}".encode()), Options())

    assert not [cell for cell in extractor.extract(page).cells if cell.state is State.BLANK]
