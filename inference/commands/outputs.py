"""The commands about what comes out: `gouji convert` and `gouji forms`, and where `extract` writes."""

from __future__ import annotations

import json
import sys
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.options import NEW_FILE, answered, forms_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gouji.inference.outputs.writers import Writer
    from gouji.model.forms import Form

format_option = click.option(
    "--format",
    "shape",
    type=click.Choice(["jsonl", "tidy", "wide", "xlsx"]),
    help="How to write, where the ending of -o does not say it: tidy and wide are .csv or .parquet.",
)


def writer_for(output: Path | None, shape: str | None, known: Mapping[str, Form]) -> Writer:
    """Where answers go, by the options of the command.

    Raises:
        OutputError: The options do not go together, or the file cannot be written.
    """
    from gouji.inference.outputs.writers import Shape, new_writer, shape_of

    return new_writer(output, shape_of(output, Shape(shape) if shape else None), known)


def say_where(writer: Writer) -> None:
    """Tell on stderr what was written, where that is not plain."""
    summary = writer.summary()
    if summary is not None:
        click.echo(f"gouji: {summary}", err=True)


@click.command()
@click.argument(
    "records",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="RECORDS...",
)
@click.option("-o", "--output", type=NEW_FILE, help="Write there; the ending says how.")
@format_option
@forms_option
@answered
def convert(
    records: tuple[str, ...], output: Path | None, shape: str | None, forms: tuple[Path, ...]
) -> None:
    """Write extractions made before in another form: tables, a workbook, JSON lines.

    RECORDS is a file of gouji extract: JSON lines (- for standard input), or a tidy or wide table, CSV
    or Parquet. The ending of -o says what is written, or --format: JSON lines; tidy, a row a cell (.csv,
    .parquet), with a table of pages beside it in NAME.pages.csv; wide, a row a report (.wide.csv,
    .wide.parquet); or workbooks laid out as the official tables, 500 reports in each (.xlsx).

    Errors are rows of the table of pages, of the wide table and of the overview. A wide table does not
    say where a cell stands on its page; all else comes back from any table.

    \b
    Example:
      gouji convert matrices.jsonl --format wide -o panel.csv
    """
    from gouji.inference.outputs.errors import OutputError
    from gouji.inference.outputs.read_back import pages_beside, read_records
    from gouji.model.forms import forms_with

    known = forms_with(forms)
    if output is not None and output.exists():
        for name in records:
            if any(
                path.exists() and path.samefile(output) for path in (Path(name), pages_beside(Path(name)))
            ):
                raise OutputError(f"{output}: is read at the same time; write to another file")
    found = (record for name in records for record in read_records(name, known))
    first = list(islice(found, 1))  # a file that is none of gouji's is named before the output is emptied
    with writer_for(output, shape, known) as writer:
        for record in chain(first, found):
            writer.write(record)
    say_where(writer)


@click.command("forms")
@click.option(
    "--format", "shape", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@forms_option
@answered
def data_dictionary(shape: str, forms: tuple[Path, ...]) -> None:
    """Print the data dictionary: the forms, and every column with its type, unit, label and meaning.

    \b
    Example:
      gouji forms --format csv > columns.csv
    """
    from gouji.inference.outputs.dictionary import dictionary_csv, dictionary_grids, entries
    from gouji.model.forms import forms_with

    known = forms_with(forms)
    if shape == "csv":
        sys.stdout.buffer.write(dictionary_csv(known).encode("utf-8"))
    elif shape == "json":
        text = json.dumps([entry.to_record() for entry in entries(known)], ensure_ascii=False, indent=1)
        sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    else:
        from rich.console import Console

        console = Console()
        console = Console(width=None if console.is_terminal else 160)
        for grid in dictionary_grids(known):
            console.print(grid)
