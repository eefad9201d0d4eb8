"""The commands that show one page: `gouji show`, its tables, and `gouji text`, what is read of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.options import (
    answered,
    column_option,
    encoding_option,
    forms_option,
    model_option,
    say,
)
from gouji.model.errors import GoujiError

if TYPE_CHECKING:
    from gouji.model.page import Page


@click.command()
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


@click.command()
@click.argument("page", metavar="PAGE")
@encoding_option
@column_option
def text(page: str, encoding: str | None, column: str | None) -> None:
    """Print a page's text as it is read: the text that `start` and `end` of a cell count in.

    PAGE is a file, - for standard input, or FILE#N for the Nth page that FILE holds. A table that a file
    knows by its cells is printed a row a line, with a tab between two cells. On a terminal control characters
    are shown as signs, one for one.

    \b
    Example:
      gouji text samples/pages/yunling_2022__lines.txt
    """
    from gouji.inference.printable import encodable, in_lines

    printed = _read_or_exit(page, encoding, column)[0].text
    told = in_lines(printed) if sys.stdout.isatty() else encodable(printed)
    sys.stdout.buffer.write(told.encode("utf-8"))


def _read_or_exit(name: str, encoding: str | None, column: str | None) -> list[Page]:
    """The pages of one document; where it cannot be read, a message and exit status 1."""
    from gouji.inference.readers import Content, Options, document_pages
    from gouji.inference.sources import is_address, standard_input, what_is_missing

    if is_address(name) or Path(name).is_dir():
        fault = "is a folder; name one page in it" if Path(name).is_dir() else what_is_missing(name)
        say(f"gouji: {name}: {fault}")
        sys.exit(1)
    content = standard_input().content if name == "-" else Content(name, path=Path(name))
    try:
        return document_pages(content, Options(encoding, column))
    except GoujiError as error:
        say(f"gouji: {error}", lines=True)
        sys.exit(1)
