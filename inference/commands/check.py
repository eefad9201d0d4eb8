"""The command that audits: `gouji check`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.closing import say_not_read
from gouji.inference.commands.options import (
    FILE,
    FOLDER,
    NEW_FILE,
    answered,
    encoding_option,
    forms_option,
    jobs_option,
    model_option,
    opened,
    say,
    watched,
)
from gouji.inference.commands.outputs import files_below, overwrite_option, refuse_to_overwrite

if TYPE_CHECKING:
    from gouji.inference.audit.contradictions_page import Audit
    from gouji.inference.audit.findings import Finding
    from gouji.inference.audit.run import Audited
    from gouji.model.forms import Form

SHAPES = ("csv", "html", "md")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--pages", type=FOLDER, help="Where the pages of JSON lines lie: their sources are relative to it."
)
@click.option("--aliases", type=FILE, help="A CSV with the columns name and issuer: whose name a name is.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print every finding as a JSON line, not only the alarms."
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(SHAPES),
    help="Write contradictions and signs as a table, a page or Markdown; the ending of -o says so too.",
)
@click.option("-o", "--output", type=NEW_FILE, help="Write them there: .csv, .html or .md.")
@overwrite_option
@click.option(
    "--view",
    "viewed",
    type=FOLDER,
    metavar="DIR",
    help="The folder that gouji view wrote of these reports: each contradiction links to its page.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 where a finding fails.")
@encoding_option
@model_option
@forms_option
@jobs_option
@answered
def check(
    files: tuple[str, ...],
    pages: Path | None,
    aliases: Path | None,
    as_json: bool,
    shape: str | None,
    output: Path | None,
    overwrite: bool,
    viewed: Path | None,
    strict: bool,
    encoding: str | None,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    jobs: int | None,
) -> None:
    """Audit reports: their sums, across years, the text against the tables, and a second reading.

    FILE is a file of JSON lines of gouji extract, a page, or a folder of pages, which are extracted
    first. Sums: those of the form's tables that the printed numbers break, what stands on either side, and
    the one cell that would repair them all, if one would. Across years: what one report carries over the
    issuer's next one has carried in, and likewise what is in force; names of one issuer are matched, and a
    table of aliases is believed. Text against tables: a number in prose, or a no (未收到申请), that no
    reading of its words finds in the tables. Second reading: the year of title and text, blank cells, a suit
    told beside a review table of noughts. Signs contradict nothing, and say where to ask: a table copied from
    the year before, no application for years, uneven last digits, one figure in many cells.

    With -o, or --format, contradictions and signs are written as a table (.csv), a page to look at (.html) or
    Markdown (.md): by kind, by year and by body, each with its print, and with --view a link to the report.

    Printed are the findings that fail, the signs, and a count of all: what a page leaves open is unknown.
    Sums and years need JSON lines alone; the rest needs the pages, where their sources say or below --pages.
    The exit status is 0 whatever is found, unless --strict; 1 when a page could not be read.

    \b
    Example:
      gouji extract samples/pages -o matrices.jsonl
      gouji check matrices.jsonl
      gouji check matrices.jsonl -o contradictions.html
    """
    from gouji.inference.audit.issuers import load_aliases
    from gouji.inference.audit.run import audit, gather
    from gouji.inference.batch import Settings
    from gouji.inference.extraction import CheckState
    from gouji.inference.printable import json_line
    from gouji.model.forms import forms_with

    shape = _shape(shape, output)
    if shape is not None and as_json:
        raise click.UsageError("--json and --format exclude each other; name one")
    refuse_to_overwrite(output, files_below(files), overwrite=overwrite)
    known = forms_with(forms)
    names = load_aliases(aliases) if aliases else None
    gathered = gather(
        files,
        Settings(model_dir, encoding, forms),
        jobs,
        pages,
        watch=lambda answers, count: watched(answers, count, "extracting"),
    )
    findings = audit(gathered.audited, known, names)
    say_not_read(gathered.not_read)
    unread = _say_what_was_not_read(gathered.audited, pages)
    if shape is not None:
        audit_ = _audit(findings, gathered.audited, known, names, viewed, output)
        with opened(output) as file:
            file.write(_written(shape, audit_))
        click.echo(f"gouji: {audit_.headline}", err=True)
    elif as_json:
        for finding in findings:
            sys.stdout.buffer.write(json_line(finding.to_record()).encode("utf-8") + b"\n")
    else:
        from rich.console import Console

        from gouji.inference.audit.view import alarm_table, count_line, sign_table, signs_of

        console = Console()
        console = Console(width=None if console.is_terminal else 160)
        if any(finding.state is CheckState.FAILS for finding in findings):
            console.print(alarm_table(findings))
        if signs_of(findings):
            console.print(sign_table(findings))
        click.echo(count_line(len(gathered.audited) - unread, findings))
    failed = strict and any(finding.state is CheckState.FAILS for finding in findings)
    sys.exit(1 if unread or failed else 0)


def _shape(asked: str | None, output: Path | None) -> str | None:
    """How contradictions are written; None where they are printed for a person."""
    if asked is not None or output is None:
        return asked
    ending = output.suffix.lower().removeprefix(".")
    if ending not in SHAPES:
        raise click.UsageError(f"{output}: {ending or 'no ending'} is not written; .csv, .html or .md are")
    return ending


def _audit(
    findings: Sequence[Finding],
    audited: Sequence[Audited],
    forms: Mapping[str, Form],
    names: Mapping[str, str] | None,
    viewed: Path | None,
    output: Path | None,
) -> Audit:
    from gouji.inference.audit.contradictions import contradictions
    from gouji.inference.audit.contradictions_page import Audit
    from gouji.inference.audit.signs import first_digits
    from gouji.inference.audit.years import years_of_issuers
    from gouji.inference.viewer.links import links_into

    reports = [each.report for each in audited if each.report.error is None]
    links = links_into(viewed, output.parent if output else None) if viewed else None
    _, matches = years_of_issuers(reports, names)
    called = {name: match.issuer for name, match in matches.items()}
    found = contradictions(findings, reports, forms, called, links)
    return Audit(found, len(reports), first_digits(reports, forms))


def _written(shape: str, audit: Audit) -> bytes:
    from gouji.inference.audit.contradictions_page import audit_csv, audit_html, audit_markdown

    if shape == "csv":
        return audit_csv(audit).encode("utf-8-sig")
    return (audit_html if shape == "html" else audit_markdown)(audit).encode("utf-8")


def _say_what_was_not_read(gathered: Sequence[Audited], pages: Path | None) -> int:
    """Name every report that could not be read, and once the pages that are not there; count the first."""
    unread = [each.report for each in gathered if each.report.error is not None]
    for report in unread:
        say(f"{report.source}: {report.error}")
    textless = [each.report.source for each in gathered if each.page is None and each.report.error is None]
    if textless:
        where = f"in {pages}" if pages else "there; --pages DIR names the folder that they are relative to"
        say(
            f"gouji: {len(textless)} pages (the first: {textless[0]}) do not lie, or not as they were,"
            f" {where}; what their text claims is left out",
        )
    return len(unread)
