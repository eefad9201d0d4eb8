"""Documents made for the tests: a report in HTML and in DOCX, every printed cell with its own number."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from gouji.model.forms import Block, Table, load_forms

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = {
    "[Content_Types].xml": f'<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="r1"'
    f' Type="{_OPEN}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>",
}
_TITLE = "青溪市水务局2022年政府信息公开工作年度报告"


@dataclass(frozen=True, slots=True)
class Report:
    """The cells of a report in the form of 2021, by key; None is a blank."""

    values: Mapping[str, int | None]
    title: str = _TITLE
    printed: Mapping[str, str] = field(default_factory=dict)  # what a cell prints instead of its number

    def print(self, key: str) -> str:
        value = self.values[key]
        return self.printed.get(key, "" if value is None else str(value))

    def tables(self) -> list[tuple[str, list[list[str]]]]:
        """Each table's heading, and its rows by their cells."""
        return [(table.title, self._rows(table)) for table in load_forms()["2021"].tables]

    def _rows(self, table: Table) -> list[list[str]]:
        if table.printed == "band":
            (block,) = table.blocks
            heads = [column.label for _ in block.rows for column in block.columns]
            keys = [f"{table.id}/{row.id}/{column.id}" for row in block.rows for column in block.columns]
            return [[row.label for row in block.rows], heads, [self.print(key) for key in keys]]
        return list(chain.from_iterable(self._block(table, block) for block in table.blocks))

    def _block(self, table: Table, block: Block) -> list[list[str]]:
        rows = [[block.label]] if block.label else []
        rows.append(["信息内容" if block.label else "申请人情况", *(c.label for c in block.columns)])
        for row in block.rows:
            keys = (f"{table.id}/{row.id}/{column.id}" for column in block.columns)
            rows.append([row.label, *map(self.print, keys)])
        return rows


def report(title: str = _TITLE, first: int = 3, **printed: str) -> Report:
    """A report whose sums hold, with blanks among its cells and no number twice in a row of terms."""
    values: dict[str, int | None] = {}
    number = first
    for table in load_forms()["2021"].tables:
        for key in table.keys():
            number += 1
            values[key] = number if number % 3 else None
        _balance(table, values)
    return Report(values, title, {key.replace("__", "/"): text for key, text in printed.items()})


def _balance(table: Table, values: dict[str, int | None]) -> None:
    """Make the sums hold: every row's total, the total of the results, what is carried out."""
    keys = list(table.keys())
    columns = list(dict.fromkeys(key.split("/")[2] for key in keys))
    for rule in table.checks:
        if rule.each != "column":
            continue
        for column in columns:
            left = sum(values[f"{table.id}/{row}/{column}"] or 0 for row in rule.left)
            if len(rule.right) == 1:
                values[f"{table.id}/{rule.right[0]}/{column}"] = left
    for rule in table.checks:
        if rule.each == "column" and len(rule.right) == 2:
            for column in columns:
                (first, second), (total, out) = rule.left, rule.right
                whole = values[f"{table.id}/{total}/{column}"] or 0
                values[f"{table.id}/{first}/{column}"] = whole + 2
                values[f"{table.id}/{second}/{column}"] = None
                values[f"{table.id}/{out}/{column}"] = 2
    for rule in table.checks:
        if rule.each == "row":
            for row in dict.fromkeys(key.split("/")[1] for key in keys):
                terms = sum(values[f"{table.id}/{row}/{column}"] or 0 for column in rule.left)
                values[f"{table.id}/{row}/{rule.right[0]}"] = terms or None


def html_tables(made: Report, table: str = "table", row: str = "tr", cell: str = "td") -> str:
    """The report's headings and tables, in any elements."""

    def element(tag: str, inside: str) -> str:
        return f"<{tag}>{inside}</{tag.split()[0]}>"

    parts = []
    for heading, rows in made.tables():
        lines = (element(row, "".join(element(cell, text) for text in cells)) for cells in rows)
        parts.append(f"<p>{heading}</p>{element(table, ''.join(lines))}")
    return "".join(parts)


def html_page(body: str, head: str = '<meta charset="utf-8">', title: str = _TITLE) -> str:
    """A whole page around a body."""
    return (
        f"<!DOCTYPE html><html><head>{head}<title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>一、总体情况</p><p>本年主动公开信息。</p>{body}<p>五、存在的主要问题及改进情况</p><p>无。</p></body></html>"
    )


def docx_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx_cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def docx_table(rows: list[list[str]]) -> str:
    lines = ("".join(docx_cell(docx_paragraph(text)) for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def docx_file(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A DOCX document of its body, and of further parts by their names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (_PACKAGE | dict(parts or {})).items():
            archive.writestr(name, text)
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
    return held.getvalue()


def docx_report(made: Report) -> bytes:
    """The report as a DOCX document."""
    tables = "".join(docx_paragraph(heading) + docx_table(rows) for heading, rows in made.tables())
    return docx_file(docx_paragraph(made.title) + tables + docx_paragraph("五、存在的主要问题及改进情况"))
