"""What programs write in front of a text's lines, between and around them costs no cell of its tables."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.inference.readers.text_lines import own_lines
from gouji.training.kinds.text_tables import WRITERS, page
from gouji.training.kinds.wiki_tables import WRITERS as WIKIS

from .formats import report_in
from .test_text_tables import extracted, values

MADE = report_in("2021")
CSV = page(MADE, WRITERS["semicolons"]).replace("\r\n", "\n").strip("\n")


def each_line(mark: str) -> Callable[[str], str]:
    return lambda text: "\n".join(mark + line for line in text.split("\n"))


def numbered(behind: str) -> Callable[[str], str]:
    return lambda text: "\n".join(f"{n:6}{behind}{line}" for n, line in enumerate(text.split("\n"), 1))


def patch(text: str) -> str:
    return "diff --git a/a b/a\n--- /dev/null\n+++ b/a\n@@ -0,0 +1,90 @@\n" + each_line("+")(text)


CODE = '```html\n<table><tr><td>首页</td></tr></table>\n```\n```json\n{"id": [1, 2]}\n```\n'
SCRIPT = "<script>var menu = [{'a': 1}];</script>\n<style>td {border: 0}</style>\n"
SURROUNDINGS: dict[str, Callable[[str], str]] = {
    "quoted": each_line("> "),
    "added": each_line("+ "),
    "a patch": patch,
    "numbered": numbered("\t"),
    "numbered as compilers do": numbered(": "),
    "written newlines": lambda text: text.replace("\n", "\\n"),
    "old newlines": lambda text: text.replace("\n", "\r"),
    "newlines twice translated": lambda text: text.replace("\n", "\r\r\n"),
    "newlines of Unicode": lambda text: text.replace("\n", "\u2028"),
    "empty lines between": lambda text: text.replace("\n", "\n\n"),
    "marks without width": each_line("\ufeff"),
    "a direction": each_line("\u202a"),
    "code above": lambda text: CODE + text,
    "a script above": lambda text: SCRIPT + text,
    "a script below": lambda text: f"{text}\n{SCRIPT}",
    "a menu's table above": lambda text: f"<table><tr><td>首页</td><td>公开</td></tr></table>\n{text}",
    "comments": lambda text: f"<!-- page 1 -->\n{text}",
    "LaTeX that nothing closes": lambda text: f"\\begin{{tabular}}{{ll}}\n首页 & 公开 \\\\\n{text}",
    "a wiki's that nothing closes": lambda text: f'{{| class="menu"\n| [[首页]] || [[公开]]\n{text}',
    "XML": lambda text: f'<?xml version="1.0"?>\n<article><body><![CDATA[{text}]]></body></article>',
    "a browser": lambda text: f"<html><head></head><body><pre>{escape(text)}</pre></body></html>",
    "paragraphs": lambda text: "".join(f"<p>{escape(line)}</p>" for line in text.split("\n")),
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_what_surrounds_a_text_costs_no_cell(extractor: Extractor, name: str):
    extraction = extracted(extractor, SURROUNDINGS[name](CSV))

    assert extraction.status is Status.VERIFIED
    found = values(extraction)
    assert {key: found[key] or 0 for key in MADE.truth} == {key: v or 0 for key, v in MADE.truth.items()}


@pytest.mark.parametrize(
    "surrounded", [lambda text: text.replace(" ", "\u00a0"), patch], ids=["blanks", "patch"]
)
def test_columns_under_rules_keep_their_places(extractor: Extractor, surrounded: Callable[[str], str]):
    text = surrounded(page(MADE, WRITERS["ruled_columns"]))

    assert extracted(extractor, text).status is Status.VERIFIED


def test_asciidoc_may_stand_indented(extractor: Extractor):
    text = each_line("    ")(page(MADE, WIKIS["asciidoc"]))

    assert extracted(extractor, text).status is Status.VERIFIED


def test_a_comment_within_a_table_is_no_print(extractor: Extractor):
    before, row, after = page(MADE, WRITERS["latex"]).partition("行政许可")

    assert extracted(extractor, f"{before}<!-- 2 -->{row}{after}").status is Status.VERIFIED


@pytest.mark.parametrize(
    "lines",
    [
        ["> 引用", *["正文"] * 30],
        ["+1036", *["规章"] * 30],
        ["+------+", *["|规章|"] * 30, "+------+"],
        [f"{number}.属于" for number in range(1, 31)],
        [f"{number}\t规章" for number in range(2, 32)],
        ["\\n", *["\\section{正文}"] * 30],
    ],
)
def test_what_does_not_stand_in_front_of_every_line_is_print(lines: list[str]):
    text = "\n".join(lines)

    assert own_lines(text) == text


def test_a_table_that_is_cut_off_within_its_last_number_leaves_that_open(extractor: Extractor):
    text = page(MADE, WIKIS["asciidoc"])
    key = "applications/denied.internal_affairs/total"
    total = extracted(extractor, text)[key]
    assert total.raw is not None
    end = text.index("内部事务信息") + text[text.index("内部事务信息") :].index("|", 0)

    cut = text[: _end_of_cell(text, end, 7) - 1]

    cell = extracted(extractor, cut)[key]
    assert not cell.is_known


def _end_of_cell(text: str, start: int, number: int) -> int:
    """Where the cell of that number behind a place ends."""
    for _ in range(number):
        start = text.index("|", start) + 1
    return start + len(text[start:].split("\n")[0].split("|")[0].rstrip())


def test_an_empty_cell_in_which_a_text_ends_is_open():
    head = "信息内容;本年制发件数;本年废止件数;现行有效件数\n规章;3;1;27\n"

    (read,) = document_pages(Content("a.csv", f"{head}行政规范性文件;14;2;".encode()), Options())

    assert read.text.endswith("14\t2\t[隐]\n")


@pytest.mark.parametrize("cut", ["<td><p ", "<td>", "<td>1"])
def test_a_cell_in_which_a_page_of_html_ends_is_open(extractor: Extractor, cut: str):
    head = "<tr><th>信息内容</th><th>上一年项目数量</th><th>本年增/减</th></tr>"
    html = f"<html><body><table>{head}<tr><td>行政事业性收费</td><td>0</td>{cut}"

    (read,) = document_pages(Content("a.html", html.encode()), Options())

    cell = extractor.extract(read)["disclosure/fees/change"]
    assert cell.state in (State.AMBIGUOUS, State.MISSING)
