"""A table with a report a row gives a report for each, whatever its heads are joined with."""

from __future__ import annotations

import csv
import io

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Kind, Options, kind_of, read, unpack
from gouji.inference.result import Extraction
from gouji.model.forms import load_forms
from gouji.model.page import Page

from .formats import report_in

BODIES = "庐津县教育局", "和台镇", "庐津县人民政府办公室"


def labels_of(form: str, key: str) -> list[str]:
    """The labels that lead to a cell: groups, row, column."""
    table_id, row_id, column_id = key.split("/")
    (table,) = (table for table in load_forms()[form].tables if table.id == table_id)
    for block in table.blocks:
        columns = {column.id: column for column in block.columns}
        groups = {group.id: group for group in block.groups}
        for row in block.rows:
            if row.id == row_id and column_id in columns:
                above = [groups[row.group].label] if row.group else []
                return [*above, row.label, columns[column_id].label]
    raise KeyError(key)


def wide_rows(form: str, joint: str | None, *, without: str = "?") -> list[list[str]]:
    """The table of three bodies that report the same; without a joint, heads of several rows."""
    truth = {key: value for key, value in report_in(form).truth.items() if without not in key}
    paths = [labels_of(form, key) for key in truth]
    if joint is not None:
        heads = [["机关名称", "年度", *(joint.join(path) for path in paths)]]
    else:
        levels = [[path[0] for path in paths], [path[-2] for path in paths], [path[-1] for path in paths]]
        shown = [
            [cell if i == 0 or cell != level[i - 1] else "" for i, cell in enumerate(level)]
            for level in levels
        ]
        heads = [["机关名称", "年度", *shown[0]], ["", "", *shown[1]], ["", "", *levels[2]]]
    cells = ["" if value is None else str(value) for value in truth.values()]
    return [*heads, *([body, "2024", *cells] for body in BODIES)]


def written(rows: list[list[str]], delimiter: str = ",") -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter).writerows(rows)
    return held.getvalue().encode()


def extractions(extractor: Extractor, data: bytes) -> list[Extraction]:
    pages = [page for held in unpack(Content("a.csv", data), Options()) for page in read(held, Options())]
    assert all(isinstance(page, Page) for page in pages)
    return [extractor.extract(page) for page in pages if isinstance(page, Page)]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("joint", ["_", "-", "/", ".", ">", None])
def test_every_row_is_a_report_of_its_body(extractor: Extractor, form: str, joint: str | None):
    found = extractions(extractor, written(wide_rows(form, joint)))

    truth = report_in(form).truth
    assert [(one.source, one.issuer, one.year) for one in found] == [
        (f"a.csv#{number}", body, 2024) for number, body in enumerate(BODIES, 1)
    ]
    for one in found:
        assert one.status is Status.VERIFIED
        assert {cell.key: cell.value or 0 for cell in one.cells} == {k: v or 0 for k, v in truth.items()}


def test_pipes_and_tabs_hold_wide_tables_too(extractor: Extractor):
    rows = wide_rows("2021", "_")
    pipes = "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]])

    by_pipes = extractions(extractor, pipes.encode())
    by_tabs = extractions(extractor, written(rows, "\t"))

    assert [one.issuer for one in by_pipes] == [one.issuer for one in by_tabs] == list(BODIES)


def test_figures_of_a_wide_table_may_have_units(extractor: Extractor):
    heads, *rows = wide_rows("2021", "_")
    rows = [[*row[:2], *(f"{cell}件" if cell else "" for cell in row[2:])] for row in rows]

    found = extractions(extractor, written([heads, *rows]))

    assert [one.issuer for one in found] == list(BODIES)


def test_a_cell_without_a_column_is_not_blank(extractor: Extractor):
    (first, *_) = extractions(extractor, written(wide_rows("2021", "_", without="granted/business")))

    cells = {cell.key: cell for cell in first.cells}
    assert cells["applications/granted/business"].state is State.AMBIGUOUS
    assert (
        cells["applications/granted/natural_person"].value
        == (report_in("2021").truth["applications/granted/natural_person"])
    )


@pytest.mark.parametrize(
    "line",
    [
        "行政复议.结果维持,行政复议.结果纠正,行政复议.其他结果,行政复议.尚未审结,行政复议.总计\n9,2,4,3,18\n",
        "自然人 自然人 自然人\n",
        "编号,内容\n1,本年新收_自然人\n",
    ],
)
def test_what_only_looks_wide_is_a_page(line: str):
    assert kind_of(Content("a.csv", line.encode())) is not Kind.WIDE
