"""Flatten word processors' documents and PDFs with the libraries that read them.

Flow:  report -> stand-ins -> document or PDF -> **flattener** -> text and spans
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any


def docx_rows(separator: str, unique: bool, document: Any) -> str:
    """One line a table row; a merged cell once, or once for each column that it spans."""
    lines = []
    for block in _docx_blocks(document):
        if not hasattr(block, "rows"):
            lines.append(block.text)
            continue
        for row in block.rows:
            cells = row.cells
            if unique:
                cells = [c for i, c in enumerate(cells) if not i or c._tc is not cells[i - 1]._tc]
            lines.append(separator.join(cell.text for cell in cells))
    return "\n".join(lines)


def docx_paragraphs_then_tables(document: Any) -> str:
    """All paragraphs first, then every cell of every table on a line of its own."""
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines.extend(cell.text for row in table.rows for cell in row.cells)
    return "\n".join(lines)


def pypdf(data: bytes) -> str:
    """The text of every page, as pypdf extracts it."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def pdfplumber(data: bytes) -> str:
    """The text of every page, as pdfplumber extracts it."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def pdfplumber_tables(data: bytes) -> str:
    """The tables alone, as pdfplumber finds them by their rules; cells joined by tabs."""
    import pdfplumber

    lines: list[str] = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                lines.extend("\t".join(cell or "" for cell in row) for row in table)
    return "\n".join(lines)


def _docx_blocks(document: Any) -> Iterator[Any]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for child in document.element.body.iterchildren():
        if child.tag.endswith("}p"):
            yield Paragraph(child, document)
        elif child.tag.endswith("}tbl"):
            yield Table(child, document)
