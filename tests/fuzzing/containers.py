"""Write containers of pages, and workbooks in one file of XML, for fuzzing to begin with."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq


def containers(pages: Sequence[bytes]) -> Iterator[bytes]:
    """One of each kind, holding some pages."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        for number, page in enumerate(pages):
            written.writestr(f"{number}.txt", page)
    crawl = b"".join(_record(page) for page in pages)
    lines = "\n".join(
        json.dumps({"url": "http://a.cn/", "text": page.decode("utf-8", "ignore")}) for page in pages
    )
    yield archive.getvalue()
    yield gzip.compress(pages[0])
    yield crawl
    yield b"".join(gzip.compress(_record(page)) for page in pages)
    yield gzip.compress(crawl)
    yield _mail(pages)
    yield lines.encode()
    yield gzip.compress(lines.encode())
    table = pa.table(
        {"url": ["http://a.cn/"] * len(pages), "text": [p.decode("utf-8", "ignore") for p in pages]}
    )
    packed = io.BytesIO()
    pq.write_table(table, packed, compression="none")
    yield packed.getvalue()


def workbooks_of_xml(pages: Sequence[str]) -> Iterator[bytes]:
    """Each page as a workbook of one file of XML: as Excel 2003 writes it, and as OpenDocument."""
    for page in pages:
        rows = [[*filter(None, line.split())] for line in page.splitlines() if line.strip()]
        yield _excel_xml(rows).encode()
        yield _flat_ods(rows).encode()


def _excel_xml(rows: Sequence[Sequence[str]]) -> str:
    styles = (
        '<Style ss:ID="d"><NumberFormat ss:Format="#,##0.00&quot;件&quot;"/><Font ss:StrikeThrough="1"/>'
        '<Borders><Border ss:Position="Top"/><Border ss:Position="Left"/></Borders></Style>'
    )
    merged = '<Row ss:Index="2" ss:Span="1" ss:Hidden="1"><Cell ss:MergeAcross="3" ss:MergeDown="1"/></Row>'
    rich = '<Row><Cell><Data ss:Type="String">一<S>二</S><Sup>1</Sup></Data></Cell></Row>'
    held = "".join(f"<Row>{''.join(map(_excel_cell, row))}</Row>" for row in rows)
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="一"><Table><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>{merged}{rich}{held}'
        "</Table><Visible>SheetVisible</Visible></Worksheet></Workbook>"
    )


def _excel_cell(text: str) -> str:
    kind = "Number" if text.isdigit() else "DateTime" if text.count("-") == 2 else "String"
    return f'<Cell ss:StyleID="d"><Data ss:Type="{kind}">{escape(text)}</Data></Cell>'


def _flat_ods(rows: Sequence[Sequence[str]]) -> str:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    repeated = '<table:table-cell table:number-columns-repeated="3" table:number-rows-spanned="2"/>'
    held = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}{repeated}</table:table-row>" for row in rows
    )
    return (
        f'<?xml version="1.0"?><office:document{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="一"><table:table-column table:number-columns-repeated="9"/>{held}'
        "</table:table></office:spreadsheet></office:body></office:document>"
    )


def _ods_cell(text: str) -> str:
    kind = "float" if text.isdigit() else "string"
    value = f' office:value="{text}"' if text.isdigit() else ""
    shown = f'<text:p>{escape(text)}<text:s text:c="2"/></text:p>'
    return f'<table:table-cell office:value-type="{kind}"{value}>{shown}</table:table-cell>'


def _record(page: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.cn/1\r\n"
        "WARC-Date: 2023-01-31T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _mail(pages: Sequence[bytes]) -> bytes:
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; type=text/html\r\n\r\n"
    part = "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: http://a.cn/1\r\n\r\n<html><p>"
    return head.encode() + b"\r\n".join(part.encode() + page for page in pages) + b"\r\n--b--\r\n"
