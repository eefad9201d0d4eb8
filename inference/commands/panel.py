"""The command that makes one table of all reports: `gouji panel`."""

from __future__ import annotations

from pathlib import Path

import click

from gouji.inference.commands.options import FILE, NEW_FILE, answered, forms_option, records_argument, say
from gouji.inference.commands.outputs import overwrite_option, refuse_to_overwrite


@click.command()
@records_argument
@click.option("-o", "--output", type=NEW_FILE, required=True, help="Write there; the ending says how.")
@click.option(
    "--balanced",
    is_flag=True,
    help="A row for each body and each year from the first to the last; without a report, no_report.",
)
@click.option(
    "--duplicates",
    type=click.Choice(["keep", "first", "best"]),
    default="keep",
    show_default=True,
    help="Of several reports of one body and year: all, where they agree; the first; or the best proved.",
)
@click.option("--aliases", type=FILE, help="A CSV with the columns name and issuer: whose name a name is.")
@click.option(
    "--series", "series_file", type=FILE, help="A TOML file of series, instead of the shipped ones."
)
@overwrite_option
@forms_option
@answered
def panel(
    records: tuple[str, ...],
    output: Path,
    balanced: bool,
    duplicates: str,
    aliases: Path | None,
    series_file: Path | None,
    overwrite: bool,
    forms: tuple[Path, ...],
) -> None:
    """Make one table of many reports: a row a body and year, for Stata, R, Excel, pandas.

    RECORDS is a file of gouji extract. The ending of -o says what is written: .dta (Stata 14 and later, with
    labels), .sav (SPSS), .xlsx, .csv (with the mark by which Excel shows Chinese), .parquet, or .db (SQLite).
    Beside it lie its codebook, NAME.codebook.csv and .md, and its coverage, NAME.coverage.csv, which are
    written anew with each panel of that name.

    The forms of 2019 and of 2021 are brought together in series with ASCII names, among them sums and shares;
    the codebook says of each what it holds and whether it can be compared across the change of forms. A
    value that the page does not settle is missing, and NAME_why says why; a blank counts as 0, and NAME_why
    says so. Amounts stand as printed and in 万元. carry_over says whether what a year has carried in is what
    the year before carried out. Several copies of one report count where they agree.

    Printed is the coverage: which bodies and years are there, missing, doubled, contradicted.

    \b
    Example:
      gouji extract samples/corpus/pages -o matrices.jsonl
      gouji panel matrices.jsonl -o panel.dta
    """
    from gouji.inference.audit.issuers import load_aliases
    from gouji.inference.outputs.read_back import read_records
    from gouji.inference.panel.coverage import Coverage
    from gouji.inference.panel.duplicates import Choice, without_duplicates
    from gouji.inference.panel.files import others_beside, write_beside, writer_for
    from gouji.inference.panel.rows import panel_of
    from gouji.inference.panel.series import load_series
    from gouji.model.forms import forms_with

    known = forms_with(forms)
    write = writer_for(output)
    series = load_series(known, series_file)
    refuse_to_overwrite([output, *others_beside(output)], (), overwrite=overwrite)
    answers = [record for name in records for record in read_records(name, known)]
    answers = without_duplicates(answers, Choice(duplicates))
    names = load_aliases(aliases) if aliases else None
    made = panel_of(answers, series, known, names, balanced=balanced)
    write(output, made, list(known.values()))
    beside = write_beside(output, made, list(known.values()))
    click.echo(Coverage(made).text())
    rows = f"{len(made.rows)} rows of {len(made.variables)} variables in {output}"
    say(f"gouji: {rows}; beside it {', '.join(path.name for path in beside)}")
