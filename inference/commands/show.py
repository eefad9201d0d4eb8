"""The commands that show one page: `gouji show`, its tables, and `gouji text`, what is read of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from gouji.inference.commands.options import (
    answered,
    column_option,
    encoding_option,
    forms_option,
    limit_option,
    model_option,
    say,
)

if TYPE_CHECKING:
    from gouji.inference.limits import Limits
    from gouji.inference.readers import Content, Options
    from gouji.inference.result import Extraction

T = TypeVar("T")


@click.command()
@click.argument("page", metavar="PAGE")
@encoding_option
@column_option
@model_option
@forms_option
@limit_option
@answered
def show(
    page: str,
    encoding: str | None,
    column: str | None,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    limits: Limits,
) -> None:
    """Print a page's tables as a person reads them, and what their sums say.

    PAGE is a file, - for standard input, or FILE#N for the Nth page that FILE holds. It is read and extracted
    in a process of its own, within the limits that --limit changes.

    \b
    Example:
      gouji show samples/pages/yunling_2022__lines.txt
    """
    extractions = _answer_or_exit(
        page, encoding, column, limits, partial(_extracted, model_dir=model_dir, forms=forms)
    )
    from rich.console import Console

    from gouji.inference.matrix_view import matrix_view
    from gouji.model.forms import forms_with

    console = Console()
    known = forms_with(forms)
    for extraction in extractions:
        Console(width=None if console.is_terminal else 120).print(matrix_view(extraction, known))


@click.command()
@click.argument("page", metavar="PAGE")
@encoding_option
@column_option
@limit_option
def text(page: str, encoding: str | None, column: str | None, limits: Limits) -> None:
    """Print a page's text as it is read: the text that `start` and `end` of a cell count in.

    PAGE is a file, - for standard input, or FILE#N for the Nth page that FILE holds. A table that a file
    knows by its cells is printed a row a line, with a tab between two cells. On a terminal control characters
    are shown as signs, one for one. It is read in a process of its own, within the limits of --limit.

    \b
    Example:
      gouji text samples/pages/yunling_2022__lines.txt
    """
    from gouji.inference.printable import encodable, in_lines

    printed = _answer_or_exit(page, encoding, column, limits, _text)
    told = in_lines(printed) if sys.stdout.isatty() else encodable(printed)
    sys.stdout.buffer.write(told.encode("utf-8"))


def _extracted(
    content: Content, options: Options, model_dir: Path | None, forms: tuple[Path, ...]
) -> list[Extraction]:
    from gouji.inference.extractor import Extractor
    from gouji.inference.readers import document_pages
    from gouji.model.forms import forms_with

    pages = document_pages(content, options)
    extractor = Extractor(model_dir, forms_with(forms))
    return [extractor.extract(page) for page in pages]


def _text(content: Content, options: Options) -> str:
    from gouji.inference.readers import document_pages

    return document_pages(content, options)[0].text


def _answer_or_exit(
    name: str,
    encoding: str | None,
    column: str | None,
    limits: Limits,
    work: Callable[[Content, Options], T],
) -> T:
    """What comes of one document; where it cannot be read, a message and exit status 1."""
    from gouji.inference.alone import PageStopped, done_alone
    from gouji.inference.readers import Content, Options
    from gouji.inference.reading import ReadingError
    from gouji.inference.sources import is_address, standard_input, what_is_missing
    from gouji.model.irregular import what_is_no_file

    path = Path(name)
    if is_address(name) or path.is_dir():
        fault = "is a folder; name one page in it" if path.is_dir() else what_is_missing(name)
        say(f"gouji: {name}: {fault}")
        sys.exit(1)
    try:
        if path.exists() and (not_file := what_is_no_file(path)) is not None:
            raise ReadingError(f"{name}: {not_file}")
        content = standard_input().content if name == "-" else Content(name, path=path)
        return done_alone(name, partial(work, content, Options(encoding, column)), limits)
    except (ReadingError, PageStopped) as error:
        say(f"gouji: {error}", lines=True)
        sys.exit(1)
