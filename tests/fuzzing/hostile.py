"""Files that no friend has made, one function each: they ask for time or memory, or are not what they say.

Flow:  **hostile files** -> material -> fuzzing, soak

None is larger than a few megabytes, since each is read hundreds of times; what exceeds a limit is tested
with the limits. Each is answered, if only with its error.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping

Make = Callable[[], bytes]

_HEAD = "柳河县司法局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n规章\t1\t0\t3\n"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "规章">'
    + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    + "]>"
)
_FILE_OF_THE_SYSTEM = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def hostile_files() -> Mapping[str, Make]:
    """Every one, by its name."""
    return {
        **_of_text(),
        **_of_markup(),
        **_of_json(),
        **_of_containers(),
        **_of_office(),
        **_of_pdf(),
    }


def _of_text() -> dict[str, Make]:
    return {
        "nothing": lambda: b"",
        "nul": lambda: _HEAD.replace("\t", "\0").encode() * 20,
        "nul-alone": lambda: b"\0" * 70_000,
        "all-bytes": lambda: bytes(range(256)) * 200,
        "bidi": lambda: _HEAD.replace("\t", "\u202e\t\u2066").encode(),
        "without-width": lambda: ("\u200b" * 50_000 + _HEAD).encode(),
        "utf-16-without-mark": lambda: _HEAD.encode("utf-16-le"),
        "half-a-pair": lambda: _HEAD.encode("utf-16-le") + b"\x00\xd8",
        "calls-itself-big5": lambda: b"<meta charset=big5>" + _HEAD.encode("gb18030"),
        "calls-itself-nothing-known": lambda: b'<meta charset="\xff\xfe">' + _HEAD.encode(),
        "one-line": lambda: b"1234567890" * 49_000,
        "line-too-long": lambda: b"1234567890" * 60_000,
        "digits-in-lines": lambda: b"1234567890\n" * 20_000,
        "zeros": lambda: (_HEAD + "0 " * 12_000).encode(),
        "labels": lambda: (_HEAD + "本年新收政府信息公开申请数量\n" * 4_000).encode(),
        "ordinals": lambda: ("第二十条第（一）项" * 5_000).encode(),
        "blanks": lambda: (_HEAD + " " * 300_000 + "x").encode(),
        "brackets": lambda: b"(" * 100_000 + b"[" * 100_000 + b"{" * 100_000,
        "pipes": lambda: (_HEAD + "|" * 50_000).encode(),
        "rules": lambda: (_HEAD + "+---" * 50_000 + "\n" + "┼──" * 20_000).encode(),
        "rows": lambda: (_HEAD + "| 规章 | 1 | 0 | 3 |\n" * 4_000).encode(),
        "columns": lambda: (_HEAD + "规章\t" * 10_000).encode(),
        "latex": lambda: (r"\begin{tabular}{" + "l" * 50_000 + "}" + r"\hline & " * 20_000).encode(),
        "otsl": lambda: b"<otsl>" + b"<fcel>1<lcel><ucel><xcel><nl>" * 8_000,
        "quotes": lambda: b'a,b\n"' + b'""' * 100_000 + b"\n",
        "reports": lambda: _HEAD.encode() * 300,
    }


def _of_markup() -> dict[str, Make]:
    table = f"<html><body>{_HEAD}<table>"
    return {
        "tags-within-tags": lambda: b"<div>" * 9_000 + _HEAD.encode(),
        "tables-within-tables": lambda: b"<table><tr><td>" * 3_000 + b"1",
        "tags-too-deep": lambda: b"<div>" * 100_000 + _HEAD.encode(),
        "attributes": lambda: f"<p {' '.join(f'a{n}=1' for n in range(4_900))}>{_HEAD}".encode(),
        "attributes-too-many": lambda: f"<p {' '.join(f'a{n}=1' for n in range(9_000))}>{_HEAD}".encode(),
        "spans": lambda: (table + "<tr><td colspan=9999999 rowspan=9999999>1<td rowspan=-1>2").encode(),
        "spans-in-rows": lambda: (table + "<tr><td rowspan=65534 colspan=1000>1" * 60).encode(),
        "style": lambda: f"<style>{'.a .b>.c{display:none}' * 3_000}</style><p class=a>{_HEAD}".encode(),
        "comment-open": lambda: b"<html><!--" + b"-" * 200_000,
        "script-open": lambda: b"<html><script>var a=[" + b"[" * 100_000,
        "entities": lambda: ("<html>" + "&lt;table&gt;" * 20_000 + "&#1114112;&#xd800;").encode(),
        "quotes-open": lambda: b"<html><p title='" + b"<td>" * 50_000,
        "whitespace-tags": lambda: b"<html>" + b"<p \n" * 50_000,
        "excel-2003": lambda: (
            f'{_LAUGHS}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&a12;'
        ).encode(),
        "mail": lambda: (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + b"--a\n\n" * 5_000
        ),
    }


def _of_json() -> dict[str, Make]:
    return {
        "json-half-a-pair": lambda: b'{"html": "<table><tr><td>\\ud800\\udc00\\udfff", "url": "\\ud800"}',
        "json-deep": lambda: b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        "json-brackets": lambda: b"[[1," * 60_000,
        "json-numbers": lambda: b'{"a": ' + b"9" * 100_000 + b', "b": 1e999999999, "c": NaN}',
        "json-keys": lambda: json.dumps({f"规章{n}": n for n in range(5_000)}, ensure_ascii=False).encode(),
        "json-lines": lambda: b'{"text": "\xe8\xa7\x84\xe7\xab\xa0 3"}\n{"text": \n[]\n\n{"text": 5}\n',
        "json-in-json": lambda: _escaped({"html": _HEAD}, 12).encode(),
    }


def _escaped(value: object, times: int) -> str:
    for _ in range(times):
        value = {"data": json.dumps(value)}
    return json.dumps(value)


def _of_containers() -> dict[str, Make]:
    page = _HEAD.encode()
    return {
        "zip-up-the-tree": lambda: _zip({"../../etc/passwd": page, "/tmp/a.txt": page, "C:\\a.txt": page}),
        "zip-in-zip": lambda: _times(8, page, lambda data: _zip({"a.zip": data})),
        "gzip-in-gzip": lambda: _times(8, page, gzip.compress),
        "zip-of-blanks": lambda: _zip({f"{n}.txt": b" " * (8 << 20) for n in range(12)}),
        "gzip-of-blanks": lambda: gzip.compress(b" " * (100 << 20)),
        "gzip-cut": lambda: gzip.compress(page * 500)[:-20],
        "zip-cut": lambda: _zip({"a.txt": page, "b.txt": page})[:-60],
        "zip-of-many": lambda: _zip({f"{n}.txt": b"" for n in range(60)}),
        "warc-cut": lambda: _warc(page * 30)[:-500],
        "warc-length-lies": lambda: _warc(page).replace(b"Content-Length: ", b"Content-Length: 9999999"),
        "warc-nothing": lambda: b"WARC/1.0\r\n" * 3_000,
        "parquet-nothing": lambda: b"PAR1" + b"\0" * 5_000 + b"PAR1",
    }


def _of_office() -> dict[str, Make]:
    row = '<row><c t="inlineStr"><is><t>规章</t></is></c><c><v>1e999</v></c></row>'
    return {
        "docx-laughs": lambda: _docx("<w:p><w:r><w:t>&a12;</w:t></w:r></w:p>", _LAUGHS),
        "docx-reads-files": lambda: _docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", _FILE_OF_THE_SYSTEM),
        "docx-paragraphs": lambda: _docx("<w:p/>" * 100_000),
        "docx-deep": lambda: _docx("<w:tbl><w:tr><w:tc>" * 5_000),
        "docx-spans": lambda: _docx(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
        "docx-nothing": lambda: _zip({"word/document.xml": b""}),
        "xlsx-far-away": lambda: _xlsx(f'<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>{row}'),
        "xlsx-laughs": lambda: _xlsx("<row><c><v>&a12;</v></c></row>", _LAUGHS),
        "xlsx-merged": lambda: _xlsx(row, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "xlsx-shared-lies": lambda: _xlsx('<row><c t="s"><v>99999999</v></c><c t="s"><v>-1</v></c></row>'),
        "ods-repeated": lambda: _ods(
            '<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell'
            ' table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell></table:table-row>'
            "</table:table>"
        ),
        "odt-deep": lambda: _odt("<text:span>" * 5_000 + "规章" + "</text:span>" * 5_000),
        "ofd-nothing": lambda: _zip({"OFD.xml": b"<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot>"}),
        "ole-nothing": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_000,
    }


def _of_pdf() -> dict[str, Make]:
    return {
        "pdf-nothing": lambda: b"%PDF-1.7\n" + b"\0" * 3_000,
        "pdf-circle": lambda: _pdf(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>", b""),
        "pdf-paths": lambda: _pdf(_LEAF, b"0 0 m 9 9 l S\n" * 30_000),
        "pdf-states": lambda: _pdf(_LEAF, b"q " * 100_000),
        "pdf-script": lambda: _pdf(_LEAF, b"", b"/OpenAction<</S/JavaScript/JS(while(1){})>>"),
    }


_LEAF = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def _pdf(tree: bytes, drawn: bytes, more: bytes = b"") -> bytes:
    return (
        b"%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R%b>>\nendobj\n2 0 obj\n%b\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>\nendobj\n"
        b"4 0 obj\n<</Length %d>>stream\n%b\nendstream\nendobj\ntrailer<</Root 1 0 R>>"
    ) % (more, tree, len(drawn), drawn)


def _zip(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(zipfile.ZipInfo(name), held, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _times(count: int, data: bytes, wrap: Callable[[bytes], bytes]) -> bytes:
    for _ in range(count):
        data = wrap(data)
    return data


def _warc(page: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>" + page
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.cn/{}\r\nContent-Length: {}\r\n\r\n"
    return b"".join(head.format(n, len(answer)).encode() + answer + b"\r\n\r\n" for n in range(3))


def _docx(body: str, before: str = "") -> bytes:
    text = f"{before}<w:document {_WORD}><w:body>{body}</w:body></w:document>"
    return _zip({"word/document.xml": text.encode()})


def _xlsx(rows: str, before: str = "", after: str = "") -> bytes:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = (
        f'<workbook {_SHEET} xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    )
    related = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
    return _zip(
        {
            "xl/workbook.xml": f"{book}</workbook>".encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{related}">{relation}</Relationships>'.encode()
            ),
            "xl/worksheets/sheet1.xml": (
                f"{before}<worksheet {_SHEET}><sheetData>{rows}</sheetData>{after}</worksheet>"
            ).encode(),
        }
    )


def _odt(paragraph: str) -> bytes:
    return _odf("text", f"<text:p>{paragraph}</text:p>")


def _ods(table: str) -> bytes:
    return _odf("spreadsheet", table)


def _odf(kind: str, body: str) -> bytes:
    content = (
        f"<office:document-content {_ODF}><office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>"
    )
    return _zip(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": content.encode()}
    )
