"""The command that most runs are: `gouji extract`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.closing import Closing, say_no_places, say_not_read
from gouji.inference.commands.options import (
    answered,
    column_option,
    encoding_option,
    forms_option,
    jobs_option,
    limit_option,
    meta_option,
    model_option,
    say,
    watched,
)
from gouji.inference.commands.outputs import (
    excel_option,
    format_option,
    output_option,
    overwrite_option,
    refuse_to_overwrite,
    say_where,
    shape_for,
)
from gouji.inference.commands.view import INDEX, html_option, look_at

if TYPE_CHECKING:
    from gouji.inference.limits import Limits
    from gouji.inference.sources import Found


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@output_option
@overwrite_option
@format_option
@excel_option
@html_option
@click.option(
    "--dry-run", is_flag=True, help="Only list the files of PAGE: read, or why not; extract nothing."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
@encoding_option
@column_option
@meta_option
@model_option
@forms_option
@jobs_option
@limit_option
@answered
def extract(
    pages: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    shape: str | None,
    excel: bool,
    html: Path | None,
    dry_run: bool,
    quiet: bool,
    encoding: str | None,
    column: str | None,
    meta: tuple[tuple[str, str], ...],
    model_dir: Path | None,
    forms: tuple[Path, ...],
    jobs: int | None,
    limits: Limits,
) -> None:
    """Read report pages into checked matrices: one JSON object a page, one a line.

    PAGE is a file, a folder, or - for standard input. A file is a page (text, HTML, DOCX, PDF, OFD, XLSX,
    XLS, ODT, ODS; DOC, RTF by LibreOffice) or holds pages (ZIP, gzip, MHTML, WARC, JSON lines, Parquet); its
    content says which, whatever its name. All files below a folder are looked at; pictures, style sheets,
    lists and the like are not read but counted, and --dry-run lists them. Nothing is fetched.

    With -o the ending says what is written: .jsonl, JSON lines; .csv or .parquet, a row a cell, with a table
    of pages beside it in NAME.pages.csv; .wide.csv or .wide.parquet, a row a report; .xlsx, a workbook laid
    out as the official tables; .db, a database. gouji forms tells their columns, and gouji convert writes
    JSON lines so later.

    Of JSON lines and Parquet url and fetched go along, and what --meta names; so do addresses and dates of
    WARC, MHTML and saved pages. The extra places brings the codes that tell where an issuer is.

    With --html DIR each report is also written as a page to look at in a browser, its text beside its
    tables, with an index of them all, DIR/index.html. gouji view makes the same of what was extracted before.

    A page that cannot be read, or that takes more time or memory than --limit allows, is answered in its
    place, and the exit status is then 1. Why a page holds no
    table, its answer (cause) and stderr say. At its end a run of
    several pages says on stderr what came of them, and where to look next.

    \b
    Example:
      gouji extract samples -o matrices.jsonl --html look
    """
    from gouji.inference.batch import Settings, extract_sources
    from gouji.inference.outputs.writers import files_of, new_writer
    from gouji.inference.readers import Options
    from gouji.inference.sources import find_sources
    from gouji.model.forms import forms_with

    known = forms_with(forms)  # a faulty file is named, and a wrong output refused, before any page is read
    wanted = shape_for(output, shape, excel=excel)
    found = find_sources(pages, Options(encoding, column, meta))
    if dry_run:
        _list(found)
        sys.exit(1 if any(source.fault for source in found.sources) else 0)
    outputs = files_of(output, wanted) if output else []
    refuse_to_overwrite([*outputs, html / INDEX if html else None], found.paths, overwrite=overwrite)
    sources = found.sources
    settings = Settings(model_dir, encoding, forms, column, meta, html=html is not None, limits=limits)
    answers = look_at(extract_sources(sources, settings, jobs), html, known)
    closing = Closing()
    with new_writer(output, wanted, known, excel=excel) as writer:
        for answer in watched(answers, len(sources), "extracting", quiet=quiet):
            writer.write_line(answer.line)
            closing.count(answer)
            if answer.error is not None:
                say(f"{answer.source}: {answer.error}")
            elif answer.cause is not None and not quiet:
                say(f"{answer.source}: holds no table of a known form: {answer.cause}")
    if not quiet and (closing.pages > 1 or output or html or found.not_read):
        say(f"gouji: {closing.summary()}")
        say_not_read(found.not_read)
        say_where(writer, output, excel=excel)
        if output is not None:
            say_no_places()
        if (steps := closing.next_steps(output, html)) is not None:
            say(f"gouji: {steps}")
    sys.exit(1 if closing.errors else 0)


def _list(found: Found) -> None:
    """Print what became of each file: `read`, why not, or what is wrong; and behind a tab its name."""
    from gouji.inference.printable import in_line

    listed = [(each.name, str(each.why)) for each in found.not_read]
    listed += [
        (source.name, f"error: {source.fault}" if source.fault else "read") for source in found.sources
    ]
    for name, what in sorted(listed):
        click.echo(f"{what}\t{in_line(name)}")
    say_not_read(found.not_read)
