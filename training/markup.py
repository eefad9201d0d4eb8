"""Write a report as HTML, in the styles that government sites are built in.

Flow:  report -> stand-ins -> **markup** -> flattener -> text and spans

Styles differ in what a flattener sees: bare cells, paragraphs in cells, a span for every
run, line breaks and indentation between the tags or none, cells laid out as divisions.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from gouji.model.labels import Tag
from gouji.training.reports import Cell, Grid, Paragraph, Report
from gouji.training.typesetting import width_of


@dataclass(frozen=True, slots=True)
class Style:
    """How one site writes its tables."""

    cell: str  # the inside of a cell; {} is its text
    line_break: str
    blank: str  # the inside of an empty cell
    between_rows: str
    between_cells: str
    table: str
    body: bool  # tbody, and thead for the first row
    wrap: str = "{}"  # round the whole table
    column: str = ""  # declares one column
    run_break: str = "</span><span>"  # between two runs of one cell


_STYLES: Mapping[str, Style] = {
    "official": Style("{}", "<br>", "", "\n", "", '<table border="1">', False),
    "cms": Style(
        '<p align="center">{}</p>',
        "<br />",
        "<p>&nbsp;</p>",
        "",
        "",
        '<table align="center" border="1" cellspacing="1">',
        True,
    ),
    "cms_lines": Style("<p>{}</p>", "</p>\n<p>", "<p>&nbsp;</p>", "\n", "\n", '<table border="1">', True),
    "word": Style(
        '\n<p class="MsoNormal" align="center">\n<span style="font-family:仿宋_GB2312;">{}</span>'
        "<span><o:p></o:p></span>\n</p>\n",
        "<br/>",
        '\n<p class="MsoNormal">\n<span>&nbsp;<o:p></o:p></span>\n</p>\n',
        "\n\t\t",
        "\n\t\t\t",
        '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0">',
        True,
    ),
    "spans": Style(
        '<p class="MsoNormal"><span lang="EN-US">{}</span></p>',
        "<br>",
        '<p class="MsoNormal"></p>',
        "",
        "",
        "<table>",
        True,
    ),
    "nested": Style(
        "<div>{}</div>",
        "<br/>",
        "<div></div>",
        "\n",
        "\n",
        '<table class="t">',
        True,
        "<table><tr><td>{}</td></tr></table>",
    ),
    "office": Style(
        '<p class="western" style="margin-bottom: 0cm">\n\t\t\t<font face="宋体">{}</font></p>',
        "<br/>\n",
        '<p class="western"><br/>\n\n\t\t\t</p>',
        "\n\t",
        "\n\t\t",
        '<table width="600" cellpadding="7" cellspacing="0">\n',
        True,
        column='\t<col width="60"/>\n',
        run_break='</font><font face="宋体">',
    ),
    "indented": Style("\n      {}\n    ", "<br>", "\n    ", "\n  ", "\n    ", '<table width="100%">', False),
    "bold": Style("<strong>{}</strong>", "<br/>", "&nbsp;", "\n", " ", '<table border="1">', False),
}
# Some libraries' texts hold what stands in these elements.
_CODE = (
    "<style>.TRS_Editor td { line-height: 25px; font-size: 12pt }</style>",
    "<script>var counter = 3; $(document).ready(function () { load(20, counter); });</script>",
    '<script type="text/javascript">\n  document.title = "1 / 6";\n</script>',
)
_NUMBERS = re.compile(r"(?<![&a-z#/])([0-9][0-9.,:-]*%?)")
_RUNS = ("word", "spans", "office")  # word processors write one label as several runs
Cut = Callable[[str], list[str]]


def write_html(report: Report, style_name: str, rng: random.Random) -> str:
    """The report as a whole HTML page.

    Args:
        report: With stand-ins or without.
        style_name: One of `STYLE_NAMES`.
        rng: Decides what a style leaves open; draws the same for the same report shape.
    """
    write = (
        _write_divisions
        if style_name == "divisions"
        else partial(_write_table, style_name=style_name, cut=_drawn_cut(rng))
    )
    runs = rng.random() < (0.5 if style_name in ("word", "spans", "office") else 0.05)
    body = "\n".join(_blocks(report, write, runs, rng))
    head = rng.choice(
        ("", "", "", "<style>p { margin: 0 2em; line-height: 1.5 }\ntd, th { width: 80px }</style>")
    )
    code = rng.choice(_CODE) if rng.random() < 0.15 else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f"<title>{_escape(report.title)}</title>{head}</head>\n"
        f"<body>\n{body}\n</div>\n{code}</body></html>"
    )


STYLE_NAMES = (*_STYLES, "divisions")


def _blocks(report: Report, write_grid: Callable[[Grid], str], runs: bool, rng: random.Random) -> list[str]:
    heading = rng.choice(
        (
            "<p><strong>{}</strong></p>",
            "<h2>{}</h2>",
            "<p>{}</p>",
            "<p><b>{}</b></p>",
            "<div>{}</div>",
            "<h3>{}</h3>",
        )
    )
    text = rng.choice(
        (
            '<p style="text-indent:2em;">{}</p>',
            "<p>{}</p>",
            "<p>{}</p>",
            "<p>　　{}</p>",
            "<div>{}</div>",
            "<p>&nbsp;&nbsp;&nbsp; {}</p>",
        )
    )
    title = rng.choice(("<h1>{}</h1>", '<div class="title">{}</div>', "<p><b>{}</b></p>"))
    patterns = {
        "heading": heading,
        "title": title,
        "text": text,
        "note": "<p>{}</p>",
        "nav": '<div class="nav">{}</div>',
        "imprint": '<div class="info">{}</div>',
        "footer": '<div class="foot">{}</div>',
    }
    parts, opened = [], False
    for block in report.blocks:
        if isinstance(block, Grid):
            parts.append(write_grid(block))
            continue
        if block.role not in ("nav",) and not opened:
            parts.append('<div class="content" id="zoom">')
            opened = True
        parts.append(_paragraph(block, patterns[block.role], runs, rng))
    return parts


def _paragraph(block: Paragraph, pattern: str, runs: bool, rng: random.Random) -> str:
    if block.role == "nav" and len(words := block.text.split()) > 2 and rng.random() < 0.7:
        items = "".join(f'<li><a href="/{i}/">{_escape(word)}</a></li>' for i, word in enumerate(words))
        return f'<div class="header"><ul class="nav">{items}</ul></div>'
    text = _escape(block.text)
    if runs and not block.tag:
        text = _NUMBERS.sub(r'</span><span lang="EN-US">\1</span><span>', f"<span>{text}</span>")
    if block.role == "footer" and rng.random() < 0.3:
        text = f'<a href="#">{text}</a>'
    return pattern.format(text)


def _drawn_cut(rng: random.Random) -> Cut:
    """How one document's labels fall into runs: behind the ordinal, where widths change, or anywhere.

    It sees lengths and widths alone, which stand-ins share with what they stand for.
    """
    kind = rng.choice(("ordinal", "width", "anywhere"))
    length, share = rng.choice((1, 2, 2, 3)), rng.choice((0.1, 0.3))

    def cut(text: str) -> list[str]:
        bounds = {length}
        if kind == "width":
            bounds = {i for i in range(1, len(text)) if width_of(text[i - 1]) != width_of(text[i])}
        elif kind == "anywhere":
            bounds = {rng.randrange(1, len(text)) for _ in range(rng.randint(1, 2)) if rng.random() < share}
        edges = [0, *sorted(bounds), len(text)]
        return [text[start:end] for start, end in pairwise(edges)]

    return cut


def _write_table(grid: Grid, style_name: str, cut: Cut) -> str:
    style = _STYLES[style_name]
    rows = []
    for row in grid.rows:
        cells = style.between_cells.join(
            _write_cell(cell, style, cut if style_name in _RUNS else None) for cell in row
        )
        rows.append(f"<tr>{style.between_cells}{cells}{style.between_cells}</tr>")
    inside = style.between_rows + style.between_rows.join(rows) + style.between_rows
    if style.body:
        inside = f"<tbody>{inside}</tbody>"
    columns = style.column * len(grid.widths)
    return style.wrap.format(f"{style.table}{columns}{inside}</table>")


def _write_cell(cell: Cell, style: Style, cut: Cut | None) -> str:
    spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )
    runs = cut(cell.text) if cut and cell.tag is not Tag.VALUE and len(cell.text) > 4 else [cell.text]
    text = style.run_break.join(map(_escape, runs))
    text = text.replace("\n", style.line_break)
    return f"<td{spans}>{style.cell.format(text) if text else style.blank}</td>"


def _write_divisions(grid: Grid) -> str:
    rows = []
    for row in grid.rows:
        rows.append(
            '<div class="row">'
            + "".join(f'<div class="cell">{_escape(c.text)}</div>' for c in row)
            + "</div>"
        )
    return '<div class="table">' + "\n".join(rows) + "</div>"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\u00a0", "&nbsp;")
