"""Pages to look at: `gouji view`, and the option --html of `gouji extract`."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.options import (
    FILE,
    FOLDER,
    NEW_FOLDER,
    answered,
    encoding_option,
    forms_option,
    model_option,
    say,
)
from gouji.inference.commands.outputs import overwrite_option, refuse_to_overwrite

if TYPE_CHECKING:
    from gouji.inference.batch import Answer
    from gouji.inference.viewer.gallery import Gallery
    from gouji.model.forms import Form

INDEX = "index.html"  # of a folder of pages to look at

html_option = click.option(
    "--html", type=NEW_FOLDER, metavar="DIR", help="Write pages to look at there, and an index of them."
)


def look_at(
    answers: Generator[Answer, None, None], folder: Path | None, forms: Mapping[str, Form]
) -> Generator[Answer, None, None]:
    """The answers as they come, each with its page written first; the index behind the last one."""
    if folder is None:
        return answers
    from gouji.inference.viewer.gallery import Gallery

    return _shown(answers, Gallery(folder, forms))


def _shown(answers: Iterator[Answer], gallery: Gallery) -> Generator[Answer, None, None]:
    from gouji.inference.outputs.records import record_of_line

    for answer in answers:
        gallery.add(record_of_line(answer.line, answer.source), answer.html)
        yield answer
    gallery.close()


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option(
    "--html", "folder", type=NEW_FOLDER, required=True, metavar="DIR", help="Write the pages there."
)
@overwrite_option
@click.option("--pages", type=FOLDER, help="Where the pages lie: the reports' sources are relative to it.")
@encoding_option
@model_option
@forms_option
@answered
def view(
    files: tuple[Path, ...],
    folder: Path,
    overwrite: bool,
    pages: Path | None,
    encoding: str | None,
    model_dir: Path | None,
    forms: tuple[Path, ...],
) -> None:
    """Make pages to look at of reports that were extracted before.

    FILE is a file of JSON lines of gouji extract. Each report becomes a page: its text, with what was
    tagged in it, beside its tables. DIR/index.html lists them all, what needs a person first; its filters
    stand in its address. The pages share the files of DIR/assets: pass them on together. A page whose text
    does not lie where its source says, or not as it was, is shown without it.

    \b
    Example:
      gouji extract samples/pages -o matrices.jsonl
      gouji view matrices.jsonl --html look
    """
    from gouji.inference.viewer.again import show_again
    from gouji.model.forms import forms_with

    refuse_to_overwrite(folder / INDEX, files, overwrite=overwrite)
    written = show_again(files, folder, forms_with(forms), pages, model_dir, encoding)
    if gone := written.textless:
        where = f"in {pages}" if pages else "where their source says (--pages DIR names their folder)"
        why = f"{gone[0]} is not {where}, or changed since"
        say(f"gouji: pages shown without their text: {len(gone)}; the first, {why}")
    say(f"gouji: open {written.index} in a browser")
