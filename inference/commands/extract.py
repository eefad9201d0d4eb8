"""The command that most runs are: `gouji extract`."""

from __future__ import annotations

import sys
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.closing import Closing, say_no_places, say_not_read
from gouji.inference.commands.large_runs import (
    Extent,
    files_from_option,
    first_option,
    refuse_wrong_use,
    resume_option,
    run_of,
    sample_option,
    says_how_to_go_on,
    shards_option,
)
from gouji.inference.commands.options import (
    answered,
    column_option,
    corrections_option,
    encoding_option,
    forms_option,
    jobs_option,
    limit_option,
    meta_option,
    model_option,
    say,
)
from gouji.inference.commands.outputs import (
    excel_option,
    format_option,
    output_or_folder_option,
    overwrite_option,
    refuse_to_overwrite,
    say_where,
    shape_for,
)
from gouji.inference.commands.progress import Progress, told_of
from gouji.inference.commands.view import INDEX, html_option, look_at

if TYPE_CHECKING:
    from gouji.inference.batch import Answer
    from gouji.inference.input_list import InputList
    from gouji.inference.limits import Limits
    from gouji.inference.settling.applied import Account


@click.command()
@click.argument("pages", nargs=-1, metavar="PAGE...")
@files_from_option
@output_or_folder_option
@overwrite_option
@resume_option
@shards_option
@format_option
@excel_option
@html_option
@click.option(
    "--dry-run", is_flag=True, help="Only list the files of PAGE: read, or why not; extract nothing."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
@first_option
@sample_option
@encoding_option
@column_option
@meta_option
@corrections_option
@model_option
@forms_option
@jobs_option
@limit_option
@answered
def extract(
    pages: tuple[str, ...],
    files_from: str | None,
    output: Path | None,
    overwrite: bool,
    resume: bool,
    shards: int | None,
    shape: str | None,
    excel: bool,
    html: Path | None,
    dry_run: bool,
    quiet: bool,
    first: int | None,
    sample: int | None,
    encoding: str | None,
    column: str | None,
    meta: tuple[tuple[str, str], ...],
    corrections: Path | None,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    jobs: int | None,
    limits: Limits,
) -> None:
    """Read report pages into checked matrices: one JSON object a page, one a line.

    PAGE is a file, a folder, a pattern ('pages/**/*.html'), or - for standard input. A file is a page (text,
    HTML, DOCX, PDF, OFD, XLSX, XLS, ODT, ODS; DOC, RTF by LibreOffice) or holds pages (ZIP, gzip, MHTML,
    WARC, JSON lines, Parquet); its content says which, whatever its name. All files below a folder are looked
    at; pictures, style sheets, lists and the like are not read but counted, and --dry-run lists them. Nothing
    is fetched.

    With -o the ending says what is written: .jsonl, JSON lines; .csv or .parquet, a row a cell, with a table
    of pages beside it in NAME.pages.csv; .wide.csv or .wide.parquet, a row a report; .xlsx, a workbook laid
    out as the official tables; .db, a database. gouji forms tells their columns, and gouji convert writes
    JSON lines so later.

    Of JSON lines and Parquet url and fetched go along, and what --meta names; so do addresses and dates of
    WARC, MHTML and saved pages. The extra places brings the codes that tell where an issuer is.

    With --html DIR each report is also written as a page to look at in a browser, its text beside its
    tables, with an index of them all, DIR/index.html. gouji view makes the same of what was extracted before.

    With --corrections what a person has answered in gouji serve holds again: those cells are settled, and
    what follows from them. An answer that says otherwise than its page is told of and taken; one that no
    longer fits, as its page has changed, is listed and left out, and the exit status is then 1.

    A page that cannot be read, or that takes more time or memory than --limit allows, is answered in its
    place, and the exit status is then 1. Why a page holds no table, its answer (cause) and stderr say. At
    its end a run of several pages says on stderr what came of them, and where to look next.

    A run that was ended, by a kill too, goes on where it stood: the same command with --resume, or with
    --shards the same command. The output is, byte for byte, that of a run that nothing disturbed.

    \b
    Example:
      gouji extract samples -o matrices.jsonl --html look
      gouji extract samples -o shards --shards 8
    """
    from gouji.inference.batch import Settings, extract_sources
    from gouji.inference.input_list import list_inputs
    from gouji.inference.outputs.writers import files_of, new_writer
    from gouji.inference.readers import Options
    from gouji.inference.shards import Shards
    from gouji.inference.sources import listed_in
    from gouji.model.forms import forms_with

    if not pages and files_from is None:
        raise click.UsageError("Missing argument 'PAGE...'; name a file, a folder, or - for standard input")
    known = forms_with(forms)  # a faulty file is named, and a wrong output refused, before any page is read
    wanted = shape_for(None if shards else output, shape, excel=excel)
    extent = Extent(first, sample, shards, resume, overwrite)
    refuse_wrong_use(extent, output, wanted, html)
    names = chain(pages, listed_in(files_from) if files_from else ())
    listed = list_inputs(names, Options(encoding, column, meta))
    if dry_run:
        _list(listed)
        sys.exit(1 if any(source.fault for source in listed.sources) else 0)
    account = _account(corrections)
    settings = Settings(
        model_dir,
        encoding,
        forms,
        column,
        meta,
        html=html is not None,
        limits=limits,
        corrections=corrections,
    )
    outputs = files_of(output, wanted) if output and not shards else []
    may_be_there = overwrite or resume
    refuse_to_overwrite([*outputs, html / INDEX if html else None], listed.paths(), overwrite=may_be_there)
    run = run_of(extent, output, wanted, listed, settings, known, quiet=quiet)
    left = listed.sources.from_number(run.portion.begin.input)
    answers = look_at(extract_sources(left, settings, jobs, run.portion), html, known)
    progress = Progress(run.portion.begin, len(listed.sources), run.documents)
    told = Closing(run.shards.earlier if run.shards else {})
    with (
        says_how_to_go_on(run, extent, quiet=quiet),
        run.shards or new_writer(output, wanted, known, excel=excel) as writer,
        closing(answers),
    ):
        for answer in told_of(answers, progress, quiet=quiet):
            writer.write(answer) if isinstance(writer, Shards) else writer.write_line(answer.line)
            told.count(answer)
            _say_what_is_wrong(answer, quiet=quiet)
            _say_of_answers(account, answer)
    for misfit in account.misfits() if account is not None else ():
        say(misfit)
    if not quiet and (told.pages > 1 or output or html or listed.not_read):
        say(f"gouji: {told.summary()}")
        say_not_read(listed.not_read)
        say_where(writer, output, excel=excel)
        if output is not None:
            say_no_places()
        if account is not None:
            say(f"gouji: {account.summary()}")
        if (steps := told.next_steps(output, html)) is not None:
            say(f"gouji: {steps}")
    sys.exit(1 if told.errors or (account is not None and not account.is_whole) else 0)


def _account(corrections: Path | None) -> Account | None:
    if corrections is None:
        return None
    from gouji.inference.settling.applied import Account, Standing

    return Account(Standing(corrections))


def _say_of_answers(account: Account | None, answer: Answer) -> None:
    for line in account.count(answer.source, answer.settled) if account is not None else ():
        say(line)


def _say_what_is_wrong(answer: Answer, *, quiet: bool) -> None:
    if answer.error is not None:
        say(f"{answer.source}: {answer.error}")
    elif answer.cause is not None and not quiet:
        say(f"{answer.source}: holds no table of a known form: {answer.cause}")


def _list(found: InputList) -> None:
    """Print what became of each file: `read`, why not, or what is wrong; and behind a tab its name."""
    from gouji.inference.printable import in_line

    listed = [(each.name, str(each.why)) for each in found.not_read]
    listed += [
        (source.name, f"error: {source.fault}" if source.fault else "read") for source in found.sources
    ]
    for name, what in sorted(listed):
        click.echo(f"{what}\t{in_line(name)}")
    say_not_read(found.not_read)
