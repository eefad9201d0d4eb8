"""A table with one number a line, between its row and its column, is read as the rows that it was."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest

from gouji.inference.extraction import Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.inference.readers.long_tables import values_of_long_table

from .json_report import made
from .test_text_tables import extracted, values

MADE = made("2021", 5)
CELLS = [
    (row.label, column.label, MADE.value(table, row, column))
    for table in MADE.tables()
    for block, row in table.rows()
    for column in block.columns
]


def long(mark: str, *, head: bool = True, beside: str = "", swapped: bool = False) -> str:
    """The cells of the made report, one a line; `beside`: what stands before them on every line."""
    lines = [("机关,项目,对象,数量" if beside else "项目,对象,数量").split(",")] if head else []
    for row, column, said in CELLS:
        labels = [column, row] if swapped else [row, column]
        lines.append([*([beside] if beside else []), *labels, "" if said is None else str(said)])
    return "\n".join(mark.join(line) for line in lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        long(","),
        long(";", head=False),
        long("\t", swapped=True),
        long("|", beside="某市人民政府"),
        f"{MADE.title}\n\n{long(',')}",
    ],
)
def test_a_long_table_says_what_the_report_says(extractor: Extractor, text: str):
    extraction = extracted(extractor, text)

    assert extraction.status is Status.VERIFIED
    found = values(extraction)
    assert {key: found[key] or 0 for key in MADE.cells} == {key: v or 0 for key, v in MADE.cells.items()}


def test_a_long_table_of_several_reports_or_of_few_cells_is_none():
    several = long(",", beside="甲局") + long(",", head=False, beside="乙局")

    assert values_of_long_table(several) is None
    assert values_of_long_table(long(",") + long(",", head=False)) is None  # a cell twice
    assert values_of_long_table("\n".join(long(",").splitlines()[:12])) is None


@pytest.mark.parametrize(("head", "is_told"), [("项目,对象,数量,年份", True), ("甲,乙,丙,丁", False)])
def test_a_year_beside_numbers_that_are_all_alike_is_no_number(head: str, is_told: bool):
    lines = [f"{row},{column},0,2023" for row, column, _ in CELLS]

    told = values_of_long_table("\n".join([head, *lines]))

    assert (told is not None) is is_told
    assert "2023" not in str(told)


def test_xml_whose_attributes_say_the_labels_is_read_by_them(extractor: Extractor):
    rows: dict[str, str] = {}
    for row, column, said in CELLS:
        cell = f"<项 名称={quoteattr(column)}>{'' if said is None else said}</项>"
        rows[row] = rows.get(row, "") + cell
    body = "".join(f"<行 名称={quoteattr(row)}>{cells}</行>" for row, cells in rows.items())
    data = f'<?xml version="1.0" encoding="utf-8"?>\n<年报>{body}</年报>'.encode()

    (read,) = document_pages(Content("a.xml", data), Options())

    assert extractor.extract(read).status is Status.VERIFIED
