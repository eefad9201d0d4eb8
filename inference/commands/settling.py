"""The command that measures how far a person's answers go: `gouji settling`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gouji.inference.commands.options import (
    FILE,
    FOLDER,
    NEW_FILE,
    answered,
    forms_option,
    jobs_option,
    limit_option,
    model_option,
    print_json,
    say,
    watched,
)
from gouji.inference.commands.outputs import files_below, overwrite_option, refuse_to_overwrite
from gouji.inference.limits import Limits


@click.command()
@click.option("--pages", type=FOLDER, required=True, help="Page files ID__TOOL[__DAMAGE].EXT.")
@click.option("--truth", type=FOLDER, required=True, help="Their truths, ID.json: what the person answers.")
@click.option("--index", type=FILE, help="A CSV that names the truth of each page.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the random order.")
@click.option("--plot", type=NEW_FILE, help="Draw the curve there, as SVG.")
@overwrite_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@model_option
@forms_option
@jobs_option
@limit_option
@answered
def settling(
    pages: Path,
    truth: Path,
    index: Path | None,
    seed: int,
    plot: Path | None,
    overwrite: bool,
    as_json: bool,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    jobs: int | None,
    limits: Limits,
) -> None:
    """Settle pages of known truth, the truth as the person, and count clicks against cells settled.

    Each page is settled three times: an answer to a cell a click, first where most is expected to follow; the
    same in random order; and by rows, where a click confirms a whole row that is offered rightly. After each
    click every cell is held against the truth: the exit status is 1 if an answer made one wrong. The table
    has a line for each damage: pages, those with ambiguous cells, these, clicks and their median a page.

    \b
    Example:
      gouji settling --pages samples/pages --truth samples/truth --plot settling.svg
    """
    from gouji.annotations.page_files import pair_pages
    from gouji.annotations.truth import load_truths
    from gouji.inference.batch import Settings
    from gouji.inference.settling.curve import courses
    from gouji.inference.settling.curve_report import figure, summary, table, wrong_cells
    from gouji.inference.sources import find_sources
    from gouji.inference.square_plot import write_figure
    from gouji.model.forms import forms_with

    refuse_to_overwrite(plot, files_below([pages, truth]), overwrite=overwrite)
    forms_with(forms)  # a faulty file is named before any page is read
    truths = load_truths(truth)
    pairing = pair_pages(find_sources([str(pages)]).paths, truths, index)
    for path in pairing.alone:
        say(f"{path}: has no truth; left out")
    found = courses(pairing.paired, truths, Settings(model_dir, forms=forms, limits=limits), jobs, seed)
    settled = list(watched(found, len(pairing.paired), "settling"))
    for page in settled:
        if page.error is not None:
            say(f"{page.page}: left out, for {page.error}")
    print_json(summary(settled)) if as_json else click.echo(table(settled))
    if plot is not None:
        write_figure(plot, figure(settled))
    wrong = list(wrong_cells(settled))
    for cell in wrong:
        say(f"{cell}: wrong, though every answer is true")
    sys.exit(1 if wrong else 0)
