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
from gouji.inference.commands.evaluation import benchmark, evaluate
from gouji.inference.commands.mutation import mutate
from gouji.inference.commands.options import (
    NEW_FILE,
    answered,
    encoding_option,
    forms_option,
    jobs_option,
    model_option,
    opened,
    watched,
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
@click.option("-o", "--output", type=NEW_FILE, help="Write the JSON lines there.")
@html_option
@encoding_option
@model_option
@forms_option
@jobs_option
@answered
def extract(
    pages: tuple[str, ...],
    output: Path | None,
    html: Path | None,
    encoding: str | None,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    jobs: int | None,
) -> None:
    """Read report pages into checked matrices: one JSON object a page, one a line.

    PAGE is a text file, a folder (all *.txt below it), or - for standard input. The exit status is 1
    when a page could not be read.

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
    settings = Settings(model_dir, encoding, forms, html=html is not None)
    answers = look_at(extract_sources(sources, settings, jobs), html, known)
    failed = False
    with opened(output) as file:
        for answer in watched(answers, len(sources), "extracting"):
            file.write(answer.line.encode("utf-8") + b"\n")
            if answer.error is not None:
                failed = True
                click.echo(f"{answer.source}: {answer.error}", err=True)
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("page", type=click.Path(path_type=Path))
@encoding_option
@model_option
@forms_option
@answered
def show(page: Path, encoding: str | None, model_dir: Path | None, forms: tuple[Path, ...]) -> None:
    """Print a page's tables as a person reads them, and what their sums say.

    \b
    Example:
      gouji show samples/pages/yunling_2022__lines.txt
    """
    decoded = _read_or_exit(page, encoding)
    from rich.console import Console

    from gouji.inference.extractor import Extractor
    from gouji.inference.matrix_view import matrix_view
    from gouji.model.forms import forms_with

    console = Console()
    known = forms_with(forms)
    view = matrix_view(Extractor(model_dir, known).extract(decoded), known)
    Console(width=None if console.is_terminal else 120).print(view)


@main.command()
@click.argument("page", type=click.Path(path_type=Path))
@encoding_option
def text(page: Path, encoding: str | None) -> None:
    """Print a page's text as it is read: the text that `start` and `end` of a cell count in.

    \b
    Example:
      gouji text samples/pages/yunling_2022__lines.txt
    """
    sys.stdout.buffer.write(_read_or_exit(page, encoding).text.encode("utf-8"))


def _read_or_exit(path: Path, encoding: str | None) -> Page:
    """The page, `-` for standard input; where it cannot be read, a message and exit status 1."""
    from gouji.inference.reading import page_of_bytes, read_page

    try:
        if str(path) == "-":
            return page_of_bytes(sys.stdin.buffer.read(), "-", encoding)
        return read_page(path, encoding)
    except GoujiError as error:
        click.echo(f"gouji: {error}", err=True)
        sys.exit(1)


for command in (check, view, synthesize, train, evaluate, benchmark, mutate, annotate, by_hand):
    main.add_command(command)
