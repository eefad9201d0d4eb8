"""Print report pages to PDF with the programs that people print them with, in the ways that they do.

Flow:  web pages, documents -> **printed PDFs** beside their truths -> gouji evaluate

    python -m gouji.training.printouts PAGES TRUTH printed --made 20
    gouji evaluate --pages printed/pages --truth printed/truth --index printed/index.csv

A way of printing is a program and a style sheet: the size of the sheet and of the print, rules or none, how
wide a table is set. Files are named `ID__MARKUP-PROGRAM__WAY.pdf`, so that the evaluation tells each way; an
index says of each whether it holds all digits of its source, or the sheet's edge clipped some away.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from gouji.annotations.page_files import parse_name
from gouji.inference.readers import read_page
from gouji.inference.readers.pdf_sheet import sheet_of
from gouji.training.composition import compose_report
from gouji.training.documents import write_docx
from gouji.training.markup import STYLE_NAMES, write_html
from gouji.training.programs import ProgramError, run_program
from gouji.training.truth_notes import notes_of

_CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu")
_INDEX = ("page", "truth", "tool", "damage", "expect")
_SECONDS_A_PAGE = 60.0  # of LibreOffice, on a busy machine
_MARGIN = 22.0  # points
_BARE = "--no-pdf-header-footer"
_FIRST_ROWS = re.compile(r"(<table\b[^>]*>(?:\s*<col\b[^>]*>)*)\s*(<tbody>)?\s*(<tr\b.*?</tr>)", re.DOTALL)
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Way:
    """How a page is printed: the program, what its style sheet adds, and what else is changed."""

    name: str
    program: str  # chromium, libreoffice
    css: str = ""
    options: tuple[str, ...] = ()
    headed: bool = False  # the tables' first rows are heads, that each sheet repeats
    suffixes: tuple[str, ...] = (".html",)  # of the pages that can be printed so
    through: str = ""  # the format that the page is saved in before

    @property
    def full_name(self) -> str:
        """With the program."""
        return f"{self.program}-{self.name}"


def _chromium(name: str, css: str = "", *, bare: bool = True, headed: bool = False) -> Way:
    return Way(name, "chromium", css, (_BARE,) if bare else (), headed)


def _office(name: str, css: str = "", **more: object) -> Way:
    return Way(name, "libreoffice", css, **more)  # type: ignore[arg-type]


_COLLAPSED = "table{border-collapse:collapse}"
_NARROW = "table{width:330px!important;table-layout:fixed}td{white-space:normal!important}"
_RULED = _COLLAPSED + "td,th{border:1px solid #000}"
_UNRULED = "table,td,th{border:none!important}"

WAYS: Sequence[Way] = (
    _chromium("a4"),
    _chromium("numbered", bare=False),
    _chromium("landscape", "@page{size:A4 landscape}"),
    _chromium("collapsed", _RULED + "td,th{padding:6px 3px}"),
    _chromium("small-print", "@page{size:A4;margin:2cm}html{zoom:.6}" + _RULED),
    _chromium("large-print", _RULED + "body,td,p,span{font-size:22px!important}"),
    _chromium("a5", "@page{size:A5;margin:8mm}" + _RULED, bare=False),
    _chromium("headed", _RULED + "td{padding:8px}", headed=True),
    _chromium("level-rules", _UNRULED + _COLLAPSED + "td{border-bottom:1px solid #999!important}"),
    _chromium("plumb-rules", _UNRULED + "td{border-left:1px solid #999!important}"),
    _chromium("unruled", _UNRULED),
    _chromium("unruled-centred", _UNRULED + "td,td *{text-align:center!important}"),
    _chromium("unruled-right", _UNRULED + "td,td *{text-align:right!important}table{width:100%}"),
    _chromium("shaded", _UNRULED + "tr:nth-child(odd){background:#eee}td{padding:4px 8px}"),
    _chromium("wide", _RULED + "table{width:1400px!important}"),
    _chromium("wider", _RULED + "table{width:2200px!important}"),
    _chromium("unbroken", _RULED + "td,td *{white-space:nowrap!important}"),
    _chromium("unbroken-unruled", _UNRULED + "td,td *{white-space:nowrap!important}"),
    _chromium("narrow", _RULED + "td,td *{word-break:break-all!important}" + _NARROW),
    _chromium("whole-rows", _RULED + "td{padding:9px}tr{break-inside:avoid}"),
    _office("a4", suffixes=(".html", ".docx")),
    _office("a4-landscape", "@page{size:29.7cm 21cm;margin:2cm}"),
    _office("a5", "@page{size:14.8cm 21cm;margin:1cm}"),
    _office("large-print", "td,p{font-size:18pt}"),
    _office("unruled", "td{border:none!important}table{border:none!important}", headed=True),
    _office("wide", "table{width:1400px!important}"),
    _office("by-docx", through="docx:MS Word 2007 XML"),
    _office("by-odt", through="odt"),
)  # fmt: skip


def sources_of(folder: Path) -> list[Path]:
    """The pages of a folder that can be printed."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".html", ".docx"))


def make_sources(folder: Path, truths: Path, count: int, seed: int) -> Iterator[Path]:
    """Pages made up, `count` of them, each in one of the styles of the web or as a document."""
    styles = [name for name in STYLE_NAMES if name != "divisions"]
    index = made = 0
    while made < count:
        rng = random.Random(f"{seed}/printout/{index}")
        index += 1
        report = compose_report(rng)
        if report.form is None:
            continue
        page_id, style = f"made{seed}-{made}", (*styles, "docx")[made % (len(styles) + 1)]
        made += 1
        path = folder / f"{page_id}__{style}.{'docx' if style == 'docx' else 'html'}"
        if style == "docx":
            write_docx(report).save(str(path))
        else:
            path.write_text(write_html(report, style, rng), encoding="utf-8")
        truth = {"id": page_id, "form": report.form, "cells": dict(report.truth)} | notes_of(report).record()
        (truths / f"{page_id}.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
        yield path


def print_pages(sources: Iterable[Path], way: Way, folder: Path) -> int:
    """Print pages in one way, as many as it takes.

    Raises:
        ProgramError: The program is not installed, or failed.
    """
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        pages = [_prepared(path, way, work) for path in sources if path.suffix in way.suffixes]
        if not pages:
            return 0
        if way.program == "chromium":
            for page in pages:
                _by_chromium(page, way, work)
        else:
            _by_libreoffice(pages, way, work)
        for page in pages:
            printed = page.with_suffix(".pdf")
            if not printed.exists():
                raise ProgramError(f"{way.program}: printed no PDF of {page.name}; leave the page out")
            shutil.move(str(printed), folder / f"{page.stem}-{way.program}__{way.full_name}.pdf")
        return len(pages)


def write_index(folder: Path, sources: Iterable[Path]) -> None:
    """Tell the printed pages that hold all digits of their sources from those that lost some."""
    digits = {path.stem: _digits_of_text(read_page(path).text) for path in sources}
    rows = [_INDEX]
    for path in sorted((folder / "pages").glob("*.pdf")):
        page = parse_name(path)
        held = digits.get(f"{page.truth}__{page.tool.rpartition('-')[0]}")
        if held is not None:
            expect = "whole" if _digits_of_pdf(path) >= held else "clipped"
            way = page.damage if expect == "whole" else f"{page.damage}, clipped"
            rows.append((path.name, page.truth, page.tool, way, expect))
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _digits_of_text(text: str) -> int:
    return sum(map(str.isdigit, text))


def _digits_of_pdf(path: Path) -> int:
    """The digits that it prints, less those in the margins: browsers print times and numbers there."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        sheets = [sheet_of(page) for page in document]
    finally:
        document.close()
    return sum(
        glyph.text.isdigit() and _MARGIN < glyph.base < sheet.height - _MARGIN
        for sheet in sheets
        for glyph in sheet.glyphs
    )


def _prepared(path: Path, way: Way, work: Path) -> Path:
    """A copy of a page with the way's style sheet."""
    copy = work / path.name
    if path.suffix != ".html":
        copy.write_bytes(path.read_bytes())
        return copy
    html = path.read_text(encoding="utf-8")
    if way.headed:
        html = _TABLE.sub(lambda table: _FIRST_ROWS.sub(r"\1<thead>\3</thead>\2", table[0], count=1), html)
    copy.write_text(html.replace("</head>", f"<style>{way.css}</style></head>", 1), encoding="utf-8")
    return copy


def _by_chromium(page: Path, way: Way, work: Path) -> None:
    target = f"--print-to-pdf={page.with_suffix('.pdf')}"
    run_program(
        ["chromium", *_CHROMIUM, f"--user-data-dir={work / 'profile'}", *way.options, target, page.as_uri()]
    )


def _by_libreoffice(pages: Sequence[Path], way: Way, work: Path) -> None:
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    for wanted in filter(None, (way.through, "pdf")):
        convert = ("--convert-to", wanted, "--outdir", str(work))
        run_program(
            ["soffice", "--headless", profile, *convert, *map(str, pages)],
            seconds=_SECONDS_A_PAGE * (len(pages) + 2),
        )
        pages = [page.with_suffix("." + wanted.partition(":")[0]) for page in pages]


@click.command()
@click.argument("pages", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("truths", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--made", type=click.IntRange(min=0), default=0, help="Pages made up, besides.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, other made-up pages.")
@click.option("--ways", help="Only these, separated by commas, as chromium-wide.")
def main(pages: Path, truths: Path, folder: Path, made: int, seed: int, ways: str | None) -> None:
    """Print the web pages and documents of PAGES, with truths in TRUTHS, to PDF below FOLDER."""
    known = {way.full_name: way for way in WAYS}
    names = ways.split(",") if ways else list(known)
    if unknown := [name for name in names if name not in known]:
        raise click.UsageError(f"no way is called {', '.join(unknown)}; there are {', '.join(known)}")
    for part in ("pages", "truth", "sources"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for path in truths.glob("*.json"):
        shutil.copyfile(path, folder / "truth" / path.name)
    sources = [*sources_of(pages), *make_sources(folder / "sources", folder / "truth", made, seed)]
    for name in names:
        count = print_pages(sources, known[name], folder / "pages")
        click.echo(f"{name}: {count} pages", err=True)
    write_index(folder, sources)


if __name__ == "__main__":
    main()
