"""The commands about what comes out: `gouji convert` and `gouji forms`, and where `extract` writes."""

from __future__ import annotations

import os
import sys
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.options import (
    NEW_FILE,
    PathToRead,
    answered,
    forms_option,
    print_json,
    records_argument,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gouji.inference.outputs.writer import Writer
    from gouji.inference.outputs.writers import Shape
    from gouji.inference.shards import Shards


def _path_or_stdout(context: click.Context, option: click.Parameter, output: Path | None) -> Path | None:
    return None if output == Path("-") else output


_OUTPUT_HELP = "Write there, and make its folder; the ending says how. - is stdout."
output_option = click.option("-o", "--output", type=NEW_FILE, callback=_path_or_stdout, help=_OUTPUT_HELP)
output_or_folder_option = click.option(
    "-o",
    "--output",
    "place",
    help=f"{_OUTPUT_HELP} With --shards, the folder of the shards; with --engine, its path or address.",
)


def path_of(place: str | None) -> Path | None:
    """Where on this machine is written; None for stdout.

    Raises:
        UsageError: It is an address.
    """
    if place is not None and "://" in place:
        raise click.UsageError(
            f"{place}: is an address; --engine ray writes there, all else writes to a path"
        )
    return None if place in (None, "-") else Path(place)


excel_option = click.option(
    "--excel",
    is_flag=True,
    help="Begin CSV with a byte order mark, so that Excel shows its Chinese; other programs need none.",
)
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace what an earlier run has written.")
format_option = click.option(
    "--format",
    "shape",
    type=click.Choice(["jsonl", "tidy", "wide", "xlsx", "db"]),
    help="How to write, where the ending of -o does not say it: tidy and wide are .csv or .parquet.",
)


def shape_for(output: Path | None, asked: str | None, *, excel: bool) -> Shape:
    """How answers are laid out, by the options of the command.

    Raises:
        OutputError: The options do not go together.
    """
    from gouji.inference.outputs.errors import OutputError
    from gouji.inference.outputs.writers import Shape, shape_of

    shape = shape_of(output, Shape(asked) if asked else None)
    if excel and (output is None or output.suffix.lower() != ".csv"):
        raise OutputError("--excel is for CSV: -o NAME.csv or NAME.wide.csv")
    return shape


def refuse_to_overwrite(
    outputs: Iterable[Path | None] | Path | None, inputs: Iterable[Path], *, overwrite: bool = False
) -> None:
    """Refuse to write over a file that is about to be read, or over any that nobody said may go.

    Args:
        outputs: What will be written, as far as it is files.
        inputs: What will be read, besides the files that options of the command name.
        overwrite: Whether the user said that outputs that are there may be replaced.

    Raises:
        OutputError: An output, or what it is called while it is written, is one of the inputs; or an
            output is there already.
    """
    from gouji.inference.outputs.errors import OutputError
    from gouji.inference.outputs.files import part_of

    named = [outputs] if outputs is None or isinstance(outputs, Path) else outputs
    wanted = [path for path in named if path is not None]
    places = [*wanted, *(part_of(Path(os.path.realpath(path))) for path in wanted)]
    held = [path for path in places if path.is_file()]
    for path in chain(_named_to_read(), inputs) if held else ():
        if read := [place for place in held if path.exists() and path.samefile(place)]:
            raise OutputError(f"{read[0]}: is read at the same time; write to another file")
    there = [path for path in wanted if _holds_something(path)]
    if there and not overwrite:
        raise OutputError(
            f"{there[0]}: is there already; name another file, or pass --overwrite to replace it"
        )


def files_below(names: Iterable[Path | str]) -> Iterator[Path]:
    """The files that are named, and those below the folders that are."""
    for path in map(Path, names):
        yield from path.rglob("*") if path.is_dir() else (path,)


def _named_to_read() -> Iterator[Path]:
    """The files that the options and arguments of the command that runs name to be read."""
    context = click.get_current_context(silent=True)
    for parameter in context.command.params if context is not None else ():
        if context is not None and parameter.name is not None and isinstance(parameter.type, PathToRead):
            value = context.params.get(parameter.name)
            yield from map(Path, value if isinstance(value, tuple) else filter(None, [value]))


def _holds_something(path: Path) -> bool:
    """Whether a file is there, or a folder with something in it; a pipe and a device hold nothing."""
    return path.is_file() or (path.is_dir() and any(path.iterdir()))


def say_where(writer: Writer | Shards, output: Path | None, *, excel: bool) -> None:
    """Tell on stderr what was written, where that is not plain."""
    summary = writer.summary()
    if summary is not None:
        hint = "; --excel is for opening it in Excel" if output and output.suffix.lower() == ".csv" else ""
        say(f"gouji: {summary}{'' if excel else hint}")


@click.command()
@records_argument
@output_option
@overwrite_option
@format_option
@excel_option
@forms_option
@answered
def convert(
    records: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    shape: str | None,
    excel: bool,
    forms: tuple[Path, ...],
) -> None:
    """Write extractions made before in another form: tables, a workbook, JSON lines.

    RECORDS is a file of gouji extract: JSON lines (- for standard input), or a tidy or wide table, CSV
    or Parquet. The ending of -o says what is written, or --format: JSON lines; tidy, a row a cell (.csv,
    .parquet), with a table of pages beside it in NAME.pages.csv; wide, a row a report (.wide.csv,
    .wide.parquet); workbooks laid out as the official tables, 500 reports in each (.xlsx); or a database,
    SQLite, with the tables reports, cells, checks and candidates, and the text to search (.db).

    Errors are rows of the table of pages, of the wide table and of the overview. A wide table does not
    say where a cell stands on its page; all else comes back from any table.

    \b
    Example:
      gouji convert matrices.jsonl --format wide -o panel.csv
    """
    from gouji.inference.outputs.read_back import pages_beside, read_records
    from gouji.inference.outputs.writers import files_of, new_writer
    from gouji.model.forms import forms_with

    known = forms_with(forms)
    wanted = shape_for(output, shape, excel=excel)
    read = [path for name in records for path in (Path(name), pages_beside(Path(name)))]
    refuse_to_overwrite(files_of(output, wanted) if output else None, read, overwrite=overwrite)
    found = (record for name in records for record in read_records(name, known))
    first = list(islice(found, 1))  # a file that is none of gouji's is named before the output is emptied
    with new_writer(output, wanted, known, excel=excel) as writer:
        for record in chain(first, found):
            writer.write(record)
    say_where(writer, output, excel=excel)


@click.command("forms")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "csv", "md", "json", "stata"]),
    default="table",
    show_default=True,
)
@excel_option
@forms_option
@answered
def data_dictionary(shape: str, excel: bool, forms: tuple[Path, ...]) -> None:
    """Print the data dictionary: the forms, and every column with its type, unit, label and meaning.

    Labels are Chinese, meanings English; the tables are wide, tidy, pages and panel. stata prints a do-file
    that labels a panel that was read from CSV; a .dta of gouji panel has its labels already.

    \b
    Example:
      gouji forms --format csv > columns.csv
    """
    from gouji.inference.outputs.dictionary import (
        dictionary_csv,
        dictionary_grids,
        dictionary_markdown,
        entries,
    )
    from gouji.inference.panel.codebook import stata_labels
    from gouji.inference.panel.series import load_series
    from gouji.inference.panel.variables import variables_of
    from gouji.model.forms import forms_with

    known = forms_with(forms)
    if shape == "csv":
        sys.stdout.buffer.write(dictionary_csv(known).encode("utf-8-sig" if excel else "utf-8"))
    elif shape == "md":
        sys.stdout.buffer.write(dictionary_markdown(known).encode("utf-8"))
    elif shape == "stata":
        lines = stata_labels(variables_of(load_series(known)))
        sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
    elif shape == "json":
        print_json([entry.to_record() for entry in entries(known)])
    else:
        from rich.console import Console

        console = Console()
        console = Console(width=None if console.is_terminal else 160)
        for grid in dictionary_grids(known):
            console.print(grid)
