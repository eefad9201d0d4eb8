"""The command line: parses arguments, calls one library function, prints what it returns.

Results go to stdout, everything else to stderr. A page that cannot be read is answered in its
place and makes the exit status 1; a wrong use of the command, and a model that is not there, 2.
Commands import what they need when they run: one page must be answered in about a second.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.annotations import annotate, by_hand
from gouji.inference.commands.check import check
from gouji.inference.commands.evaluation import benchmark, calibrate, evaluate
from gouji.inference.commands.mutation import mutate
from gouji.inference.commands.options import (
    NEW_FILE,
    answered,
    column_option,
    encoding_option,
    forms_option,
    jobs_option,
    model_option,
    watched,
)
from gouji.inference.commands.outputs import (
    convert,
    data_dictionary,
    format_option,
    say_where,
    writer_for,
)
from gouji.inference.commands.training import synthesize, train
from gouji.inference.commands.view import html_option, look_at, view
from gouji.model.errors import GoujiError

if TYPE_CHECKING:
    from gouji.model.page import Page


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gouji")
def main() -> None:
    """Rebuild and check the official tables of government-information disclosure reports."""


@main.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("-o", "--output", type=NEW_FILE, help="Write there; the ending says how.")
@format_option
@html_option
@encoding_option
@column_option
@model_option
@forms_option
@jobs_option
@answered
def extract(
    pages: tuple[str, ...],
    output: Path | None,
    shape: str | None,
    html: Path | None,
    encoding: str | None,
    column: str | None,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    jobs: int | None,
) -> None:
    """Read report pages into checked matrices: one JSON object a page, one a line.

    PAGE is a file, a folder (all files of pages below it), or - for standard input. A file is a page (text,
    HTML, DOCX, PDF; DOC, RTF, ODT by LibreOffice) or holds pages (ZIP, gzip, MHTML, WARC, JSON lines,
    Parquet); its content says which. The exit status is 1 when a page could not be read.

    With -o the ending says what is written: JSON lines; .csv or .parquet, a row a cell, with a table of
    pages beside it in NAME.pages.csv; .wide.csv or .wide.parquet, a row a report; .xlsx, a workbook laid out
    as the official tables. gouji forms tells their columns, and gouji convert writes JSON lines so later.

    With --html DIR each report is also written as a page to look at in a browser, its text beside its
    tables, with an index of them all, DIR/index.html. gouji view makes the same of what was extracted before.

    \b
    Example:
      gouji extract samples -o matrices.jsonl --html look
    """
    from gouji.inference.batch import Settings, extract_sources, find_sources
    from gouji.model.forms import forms_with

    known = forms_with(forms)  # a faulty file is named before any page is read
    sources = find_sources(pages)
    settings = Settings(model_dir, encoding, forms, column, html=html is not None)
    answers = look_at(extract_sources(sources, settings, jobs), html, known)
    failed = False
    with writer_for(output, shape, known) as writer:
        for answer in watched(answers, len(sources), "extracting"):
            writer.write_line(answer.line)
            if answer.error is not None:
                failed = True
                click.echo(f"{answer.source}: {answer.error}", err=True)
    say_where(writer)
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("page", metavar="PAGE")
@encoding_option
@column_option
@model_option
@forms_option
@answered
def show(
    page: str, encoding: str | None, column: str | None, model_dir: Path | None, forms: tuple[Path, ...]
) -> None:
    """Print a page's tables as a person reads them, and what their sums say.

    PAGE is a file, - for standard input, or FILE#N for the Nth page that FILE holds.

    \b
    Example:
      gouji show samples/pages/yunling_2022__lines.txt
    """
    pages = _read_or_exit(page, encoding, column)
    from rich.console import Console

    from gouji.inference.extractor import Extractor
    from gouji.inference.matrix_view import matrix_view
    from gouji.model.forms import forms_with

    console = Console()
    known = forms_with(forms)
    extractor = Extractor(model_dir, known)
    for decoded in pages:
        view = matrix_view(extractor.extract(decoded), known)
        Console(width=None if console.is_terminal else 120).print(view)


@main.command()
@click.argument("page", metavar="PAGE")
@encoding_option
@column_option
def text(page: str, encoding: str | None, column: str | None) -> None:
    """Print a page's text as it is read: the text that `start` and `end` of a cell count in.

    PAGE is a file, - for standard input, or FILE#N for the Nth page that FILE holds. A table that a file
    knows by its cells is printed a row a line, with a tab between two cells.

    \b
    Example:
      gouji text samples/pages/yunling_2022__lines.txt
    """
    sys.stdout.buffer.write(_read_or_exit(page, encoding, column)[0].text.encode("utf-8"))


def _read_or_exit(name: str, encoding: str | None, column: str | None) -> list[Page]:
    """The pages of one document; where it cannot be read, a message and exit status 1."""
    from gouji.inference.batch import standard_input
    from gouji.inference.readers import Content, Options, document_pages

    content = standard_input().content if name == "-" else Content(name, path=Path(name))
    try:
        return document_pages(content, Options(encoding, column))
    except GoujiError as error:
        click.echo(f"gouji: {error}", err=True)
        sys.exit(1)


for command in (
    check,
    view,
    convert,
    data_dictionary,
    synthesize,
    train,
    calibrate,
    evaluate,
    benchmark,
    mutate,
    annotate,
    by_hand,
):
    main.add_command(command)
