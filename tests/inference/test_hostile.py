"""No hostile page stops a run, takes more than its time and memory, or loses what it holds in silence.

Each case is read and extracted in a process of its own, with bounds that a linear reader meets easily
and a quadratic one does not: seconds of its processor time, so that other load does not count, and memory.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gouji import extract
from gouji.inference.answering import Answerer
from gouji.inference.extractor import Extractor
from gouji.inference.limits import Limits
from gouji.inference.readers import Content, Options, Unread
from gouji.inference.reading import ReadingError
from gouji.inference.workforce import in_order
from gouji.model.page import Page

SECONDS = 20  # of processor time
BOUNDS = Limits(seconds=120, memory=1 << 30)
ROOT = Path(__file__).parent.parent.parent
REPORT = (ROOT / "samples/pages/yunling_2022__lines.txt").read_text(encoding="utf-8")
HTML = (ROOT / "samples/corpus/pages/jichuan_2020__cms.html").read_text(encoding="utf-8")
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MERGED = '<Cell ss:MergeAcross="100" ss:MergeDown="100"><Data ss:Type="Number">1</Data></Cell>'
CELLS = "more than the limit of cells of one table or worksheet"
SECRET = "root:x:0:0"


class Told(Answerer[str]):
    """What comes of a page in a word, or its error; and another error where it takes too long."""

    def __call__(self, content: Content | Unread) -> Iterator[str]:
        self._loaded()
        before = time.process_time()
        yield from super().__call__(content)
        if (taken := time.process_time() - before) > SECONDS:
            yield f"error|took {taken:.0f} seconds: gouji failed"

    def of_page(self, extractor: Extractor, page: Page) -> str:
        return f"{extractor.extract(page).status}|{page.text}"

    def of_failure(self, unread: Unread) -> str:
        return f"error|{unread.error}"


def told(*pages: bytes) -> list[str]:
    contents = [Content(f"page {number}", page) for number, page in enumerate(pages)]
    return list(in_order(contents, Told(Options()), 2, BOUNDS))


def zipped(files: dict[str, bytes | str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    return data.getvalue()


def document(body: str, before: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": xml})


def gzipped(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = gzip.compress(data)
    return data


def archived(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zipped({"a.zip": data})
    return data


def with_entities(kind: str, doctype: str) -> bytes:
    """A file of XML that shows the entity `e` in a cell, or in a paragraph."""
    if kind == "docx":
        return document(
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", doctype
        )
    if kind == "xlsx":
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        packages = "http://schemas.openxmlformats.org/package/2006/relationships"
        return zipped({
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}"><Relationship Id="r"'
            f' Type="{office}/worksheet" Target="worksheets/sheet.xml"/></Relationships>',
            "xl/worksheets/sheet.xml": f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{main}"><sheetData>'
            '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>',
        })  # fmt: skip
    if kind == "odt":
        names = " ".join(
            f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text")
        )
        content = f"<office:document-content {names}><office:body><office:text><text:p>&e;</text:p>"
        content += "</office:text></office:body></office:document-content>"
        return zipped({
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<?xml version="1.0"?>{doctype}{content}',
        })  # fmt: skip
    if kind == "ofd":
        space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
        return zipped({
            "OFD.xml": f"<?xml version='1.0'?>{doctype}<ofd:OFD {space}><ofd:DocBody>"
            "<ofd:DocRoot>&e;</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        })  # fmt: skip
    sheet = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>{doctype}<Workbook xmlns="{sheet}" xmlns:ss="{sheet}">'
        '<Worksheet ss:Name="a"><Table><Row><Cell><Data ss:Type="String">&e;</Data>'
        "</Cell></Row></Table></Worksheet></Workbook>"
    ).encode()


def sheet_of(rows: str) -> bytes:
    """A workbook of one sheet as Excel 2003 writes it."""
    sheet = "urn:schemas-microsoft-com:office:spreadsheet"
    book = f'<Workbook xmlns="{sheet}" xmlns:ss="{sheet}"><Worksheet ss:Name="a"><Table>{rows}</Table>'
    return f'<?xml version="1.0"?>{book}</Worksheet></Workbook>'.encode()


def open_document(kind: str, body: str) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    content = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return zipped({
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {names}>{content}</office:document-content>",
    })  # fmt: skip


def repeated(rows: int) -> str:
    """Rows of an OpenDocument table that say of themselves how often they stand there."""
    cell = "<table:table-cell table:number-columns-repeated='400'><text:p>1</text:p></table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='400'>{cell}</table:table-row>"
    return f"<table:table>{row * rows}</table:table>"


def css_nested(depth: int) -> bytes:
    return f"<style>{'a,b{' * depth}color:red</style>{HTML}".encode()


# What is read in full, however large: the report that stands beside it is verified.
LARGE: dict[str, Callable[[], str]] = {
    "prose before a report": lambda: "本机关全年公开信息128条，办理依申请公开12件。\n" * 5_000 + REPORT,
    "prose behind a report": lambda: REPORT + "本机关全年公开信息128条，办理依申请公开12件。\n" * 5_000,
    "a line of digits": lambda: REPORT + "1" * 400_000,
    "empty lines": lambda: REPORT + "\n" * 200_000,
    "a line of dashes": lambda: "|a|b|\n" + "-" * 400_000 + "x\n\n" + REPORT,
    "siblings": lambda: "<div>" + "<p>x</p>" * 20_000 + "</div>" + HTML,
    "attributes": lambda: ("<p " + " ".join(f"a{i}='1'" for i in range(4_000)) + ">x</p>") * 40 + HTML,
    "comments": lambda: "<!-- x -->" * 200_000 + HTML,
    "rules of styles": lambda: (
        "<style>" + "".join(f".c{i}{{color:red}}" for i in range(2_000)) + "</style>"
        "<p class=d>x</p>" * 10_000 + HTML
    ),
    "selectors of one rule": lambda: (
        "<style>" + ",".join(f".c{i}" for i in range(8_000)) + "{color:red}</style>" + HTML
    ),
}  # fmt: skip
# What holds no report, and is said to within its time.
ENDLESS: dict[str, Callable[[], str]] = {
    "LaTeX tables": lambda: "\\begin{tabular}{ll}\n规章 & 1 \\\\\n\\end{tabular}\n" * 8_000,
    "LaTeX braces": lambda: "\\begin{tabular}{ll}\n规章 & " + "\\a{" * 120_000 + "\\\\\n\\end{tabular}\n",
    "LaTeX columns": lambda: "\\begin{tabular}{l}\n规章 & \\multicolumn{999999999}{c}{1} \\\\\n",
    "HTML tables of a text": lambda: "# 报告\n" + "<table><tr><td>规章<td>1</table>\n" * 10_000,
    "HTML tables of a line": lambda: "# 报告\n" + "<table><tr><td>规章<td>1</table>" * 10_000,
    "tables of a page": lambda: "<body>" + "".join(
        f"<table><tr><td>规章{i}<td>3<td>1<tr><td>规范{i}<td>1<td>2</table>" for i in range(6_000)
    ),
    "lists": lambda: "[['规章', 1], ['行政许可', 2]]\n\n" * 5_000,
    "lists without end": lambda: "[['规章', 1],\n" * 50_000,
    "bullets": lambda: "- 事项：12\n" * 20_000,
    "spaces of a bullet": lambda: "- 事项：规" + " " * 20_000 + "x\n",
    "marks beside no number": lambda: "规章 1 2 3\n" + "*" * 20_000 + "x 1" + "`" * 20_000 + "y\n",
    "bullets within bullets": lambda: "".join(" " * i + "- 规章\n" for i in range(1_200)),
    "a data frame": lambda: "".join(f"规章{i}  NaN  {i}.0\n" for i in range(10_000)),
    "words in columns": lambda: "NaN\n" + "".join(f"aa{i}  bb  {i}\n" for i in range(10_000)),
    "rules of dashes": lambda: "=====  =====\n" * 16_000,
    "wide bars": lambda: "｜公｜开｜\n" * 16_000,
    "bars": lambda: "|a|b|\n\n" + "||\n" * 30_000,
    "CSV": lambda: "".join(f"aa,{i},{i}\nbb,{i},{i},{i}\n" for i in range(8_000)) + "规章,1,2\n",
    "quotes of a script": lambda: "<script>a=" + "`\\'\"" * 150_000 + "</script><p>x",
    "quotes of JSON": lambda: '{"a": "' + '\\"' * 400_000,
    "a string of JSON": lambda: '{"a": "' + "规章" * 10_000_000,
    "JSON that is cut off": lambda: '{"a": [' + '{"规章": 1, "b": "x"},' * 600_000,
    "dashes between labels": lambda: "规章——行政许可——行政处罚\n" * 30_000,
    "styles within styles": lambda: css_nested(64).decode(),
    "rules for all elements": lambda: (
        "<style>" + "p{color:red}" * 4_000 + "</style>" + "<p>x" * 10_000 + HTML
    ),
}  # fmt: skip


@pytest.mark.slow
def test_a_report_is_read_whatever_there_is_around_it_in_time_that_grows_with_its_length():
    answers = told(*(page().encode() for page in LARGE.values()))

    states = [answer.partition("|")[0] for answer in answers]
    assert dict(zip(LARGE, states, strict=True)) == dict.fromkeys(LARGE, "verified")


@pytest.mark.slow
def test_what_is_endless_of_its_kind_is_answered_in_time_that_grows_with_its_length():
    answers = told(*(page().encode() for page in ENDLESS.values()))

    assert len(answers) >= len(ENDLESS)
    assert {answer.partition("|")[0] for answer in answers} <= {"no_tables", "error", "incomplete"}
    assert [
        a for a in answers if a[:5] == "error" and re.search("died|gouji failed|takes more|wants more", a)
    ] == []


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (lambda: gzipped(b" " * (200 << 20), 3), "the limit of size of one document, unpacked, 128 MB"),
        (lambda: gzipped(b"x", 9), "lies in more than the limit of archives within archives, 5"),
        (lambda: archived(zipped({"a.txt": b" " * (200 << 20)}), 3), "a.txt has 200 MB, more than the limit"),
        (lambda: document("<w:p/>" * 3_000_000), "more than the limit of elements of an HTML page or a part"),
        (
            lambda: zipped({"xl/workbook.xml": "<x/>", "xl/sharedStrings.xml": b"<si/>" * (60 << 20)}),
            "xl/sharedStrings.xml has 300 MB, more than the limit",
        ),
        (lambda: b"<table>" + b"<tr>" + b"<td colspan=100>1" * 50_000, CELLS),
        (lambda: b"<table>" + b"<tr><td rowspan=100 colspan=100>1" * 50_000, CELLS),
        (lambda: sheet_of("<Row>" + MERGED * 5_000 + "</Row>"), CELLS),
        (lambda: open_document("spreadsheet", repeated(3_000)), CELLS),
        (lambda: open_document("text", repeated(3_000)), CELLS),
        (lambda: document("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000), "nests more than"),
        (lambda: b"<div>" * 100_000 + HTML.encode(), "more than the limit of elements within elements"),
    ],
)  # fmt: skip
def test_what_unfolds_or_nests_without_end_is_refused_by_name(data: Callable[[], bytes], error: str):
    (answer,) = told(data())

    assert answer.startswith("error|")
    assert error in answer


KINDS = ("docx", "xlsx", "odt", "ofd", "excel_xml")


@pytest.mark.parametrize("kind", KINDS)
def test_entities_within_entities_do_not_unfold(kind: str):
    layers = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "{"x" * 100}">{layers}<!ENTITY e "&e11;">]>'

    (answer,) = told(with_entities(kind, doctype))

    assert answer.startswith("error|")
    assert len(answer) < 500


@pytest.mark.parametrize("kind", KINDS)
def test_an_entity_that_names_a_file_opens_none(kind: str, tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text(SECRET)

    answers = told(with_entities(kind, f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'))

    assert answers
    assert not any(SECRET in answer for answer in answers)


def test_a_path_of_an_archive_that_leads_out_of_it_is_only_a_name(tmp_path: Path):
    names = ["../../out.txt", "/abs/out.txt", "..\\out.txt", "a/../../out.txt"]

    answers = told(zipped(dict.fromkeys(names, REPORT)))

    assert [answer.partition("|")[0] for answer in answers] == ["verified"] * len(names)
    assert not list(tmp_path.parent.parent.glob("out.txt"))


def test_a_charset_that_lies_changes_no_cell():
    charsets = ("utf-16", "big5", "no-such", "utf-7", "zlib_codec", "iso-8859-1")

    answers = told(*(f'<html><head><meta charset="{name}"></head><body>{HTML}'.encode() for name in charsets))

    assert [answer.partition("|")[0] for answer in answers] == ["verified"] * len(charsets)


def test_nul_surrogates_and_marks_of_direction_are_no_digits_and_stop_nothing():
    lines = [
        json.dumps({"text": REPORT.replace("107", "10" + mark + "7")}) for mark in ("\0", "\ud800", "\u202e")
    ]

    answers = told("\n".join(lines).encode())

    assert len(answers) == 3
    assert not any("gouji failed" in answer or "died" in answer for answer in answers)
    assert not any(answer.startswith("verified|") and "10\u202e7" not in answer for answer in answers[2:])


def test_of_nested_tags_all_that_goes_in_comes_out():
    inside = "".join(f"<div>行{number}" for number in range(5_000))

    (answer,) = told(f"<body><p>规章公开</p>{inside}".encode())

    assert all(f"行{number}" in answer for number in (0, 1, 299, 300, 301, 2_500, 4_999))


def test_mail_within_mail_without_end_is_refused_in_the_process_of_the_caller_too():
    parts = (f"Content-Type: multipart/mixed; boundary=a{i}\n\n--a{i}\n" for i in range(3_000))

    with pytest.raises(ReadingError, match="nests more than"):
        extract(("MIME-Version: 1.0\n" + "".join(parts)).encode())


def test_a_number_of_many_digits_is_refused_in_words():
    (answer,) = told(REPORT.replace("107", "1" * 50_000).encode())

    assert not answer.startswith("verified|")
    assert "gouji failed" not in answer


@pytest.mark.parametrize("copies", [2, 30])
def test_a_report_that_a_file_holds_many_times_is_answered_as_often(copies: int):
    answers = told((REPORT * copies).encode())

    assert [answer.partition("|")[0] for answer in answers] == ["verified"] * copies


def test_columns_of_lists_in_parquet_are_said_to_be_no_pages():
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    data = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": [["规章"], ["行政许可"]], "x": [{"a": 1}, {"a": 2}]}), data)

    answers = told(data.getvalue())

    assert len(answers) == 2
    assert all(answer.startswith("error|") for answer in answers)
    assert not any("gouji failed" in answer for answer in answers)


def pdf_with(objects: list[bytes]) -> bytes:
    body = b"%PDF-1.7\n" + b"".join(
        b"%d 0 obj\n%b\nendobj\n" % (n, held) for n, held in enumerate(objects, 1)
    )
    return body + b"trailer<</Root 1 0 R>>"


def sheet_with(drawing: bytes) -> bytes:
    """A PDF of one sheet, that sets numbers in a font which no file holds."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return pdf_with([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ])  # fmt: skip


def in_text(drawn: bytes) -> bytes:
    return b"BT /F 9 Tf " + drawn + b" ET"


def texts(count: int, on_a_line: int = 40) -> bytes:
    """Numbers that stand partly over each other; of very many on a line pdfium itself takes long."""
    places = ((i * 7 % 590, i // on_a_line, i % 97) for i in range(count))
    return in_text(b"".join(b"1 0 0 1 %d %d Tm (1%d) Tj " % place for place in places))


RULED = b"".join(b"0 %d 600 0 re S %d 0 0 800 re S " % (i * 4, i * 3) for i in range(200))
SHEETS: dict[str, tuple[Callable[[], bytes], str]] = {
    "texts over each other": (lambda: texts(10_000, 480), "no_tables|"),
    "a line of numbers": (lambda: in_text(b"10 10 Td (" + b"1 2345 " * 30_000 + b") Tj"), "no_tables|"),
    "cells of a grid": (lambda: RULED + texts(3_000), "no_tables|"),
    "texts without end": (lambda: texts(200_000), "more than the limit of texts, lines"),
    "a line with corners without end": (lambda: b"0 0 m " + b"9 9 l " * 5_100_000 + b"S", "limit of texts"),
    "lines cut out by corners without end": (
        lambda: b"0 0 m " + b"9 9 l " * 9_000 + b"h W n " + b"0 0 m 9 0 l S\n" * 2_000,
        "limit of texts",
    ),
}  # fmt: skip


@pytest.mark.slow
def test_a_sheet_that_draws_without_end_is_read_in_time_that_grows_with_it_or_refused_by_name():
    answers = told(*(sheet_with(drawing()) for drawing, _ in SHEETS.values()))

    assert len(answers) == len(SHEETS)
    unlike = [
        (name, a[:150]) for (name, (_, said)), a in zip(SHEETS.items(), answers, strict=True) if said not in a
    ]
    assert unlike == []


@pytest.mark.parametrize(
    "objects",
    [
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"],
        [
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(true){})>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O<</S/JavaScript/JS(while(true){})>>>>>>",
        ],
    ],
)
def test_a_pdf_that_leads_in_circles_or_holds_scripts_is_answered(objects: list[bytes]):
    (answer,) = told(pdf_with(objects))

    assert answer.startswith("error|")
    assert "gouji failed" not in answer
