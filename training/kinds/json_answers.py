"""What sites' interfaces answer: HTML or text in any place and writing of a JSON value."""

from __future__ import annotations

import base64
import html
import json

from gouji.training.kinds.json_report import Made, dumped, grid, html_report, html_table, tab_text


def answer_one_line(report: Made) -> bytes:
    return dumped(
        {
            "code": 0,
            "result": {"info": {"title": report.title, "pubDate": "2024-01-31", "body": html_report(report)}},
        }
    )


def answer_list_escaped(report: Made) -> bytes:
    return dumped(
        [{"id": 4071, "docTitle": report.title, "docContent": html.escape(html_report(report))}], indent=2
    )


def answer_unicode_escapes(report: Made) -> bytes:
    held = json.dumps({"success": True, "obj": {"articleContent": html_report(report)}})
    return held.replace("<", "\\u003c").replace(">", "\\u003e").encode()


def answer_encoded_twice(report: Made) -> bytes:
    return dumped({"d": json.dumps({"Title": report.title, "Html": html_report(report)}, ensure_ascii=False)})


def answer_a_string(report: Made) -> bytes:
    return dumped(json.dumps({"content": html_report(report)}))


def answer_base64(report: Made) -> bytes:
    return dumped({"data": {"doc": base64.b64encode(html_report(report).encode()).decode()}})


def answer_text(report: Made) -> bytes:
    return dumped(
        {
            "status": "ok",
            "article": {"subject": report.title, "summary": "本年度工作平稳。", "plain": tab_text(report)},
        }
    )


def answer_called(report: Made) -> bytes:
    return b"/**/jQuery_1706(" + dumped({"data": [{"content": html_report(report)}]}) + b");"


def answer_in_pieces(report: Made) -> bytes:
    sections = [
        {"heading": table.title, "html": html_table(grid(report, table))} for table in report.tables()
    ]
    return dumped({"data": {"title": report.title, "sections": sections}}, indent=1)


def answer_assigned(report: Made) -> bytes:
    return b"var detail = " + dumped({"title": report.title, "txt": html_report(report)}) + b";\n"
