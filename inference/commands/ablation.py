"""The command that measures what each doubt of the assembler is worth: `gouji ablate`."""

from __future__ import annotations

from pathlib import Path

import click

from gouji.inference.commands.options import (
    FILE,
    FOLDER,
    answered,
    forms_option,
    jobs_option,
    model_option,
    print_json,
    say,
    watched,
)


@click.command()
@click.option("--pages", type=FOLDER, required=True, help="Page files ID__TOOL[__DAMAGE].EXT.")
@click.option("--truth", type=FOLDER, required=True, help="Their truths, ID.json.")
@click.option("--index", type=FILE, help="A CSV that names the truth of each page.")
@click.option(
    "--group",
    "groups",
    multiple=True,
    help="Doubts, separated by commas, that are switched off together; an unknown name lists them.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--markdown", is_flag=True, help="Print the table as Markdown, for a document.")
@model_option
@forms_option
@jobs_option
@answered
def ablate(
    pages: Path,
    truth: Path,
    index: Path | None,
    groups: tuple[str, ...],
    as_json: bool,
    markdown: bool,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    jobs: int | None,
) -> None:
    """Switch the assembler's doubts off on pages of known truth, and count what becomes of the cells.

    A doubt opens a row or a cell that might be read wrongly. Each page is tagged once; each doubt that fires
    there is switched off, then each family of doubts, the groups that are named, and all together. Doubts
    mask each other: what is harmless to leave out alone may not be so with others.

    Pages are text, HTML, DOCX and PDF. For mutated pages, write some with gouji mutate --keep-all.

    \b
    Example:
      gouji ablate --pages samples/pages --truth samples/truth --group uneven,leading_zero
    """
    if as_json and markdown:
        raise click.UsageError("--json, --markdown: choose one")
    from gouji.annotations.page_files import pair_pages
    from gouji.annotations.truth import load_truths
    from gouji.inference.ablation.report import ablation_figures, ablation_summary, ablation_words
    from gouji.inference.ablation.run import ablate as ablate_pages
    from gouji.inference.ablation.switches import switches
    from gouji.inference.batch import Settings
    from gouji.inference.evaluation.cells_text import explained, figures_markdown, figures_text
    from gouji.inference.sources import find_sources
    from gouji.model.forms import forms_with

    forms_with(forms)  # a faulty file is named before any page is read
    truths = load_truths(truth)
    switched = switches([[name.strip() for name in group.split(",")] for group in groups])
    pairing = pair_pages(find_sources([str(pages)]).paths, truths, index)
    for path in pairing.alone:
        say(f"{path}: has no truth; left out")
    found = ablate_pages(pairing.paired, truths, switched, Settings(model_dir, forms=forms), jobs)
    ablations = list(watched(found, len(pairing.paired), "ablating"))
    for page in ablations:
        if page.error is not None:
            say(f"{page.page}: left out, for {page.error}")
    if as_json:
        print_json(ablation_summary(ablations, switched))
        return
    figures = ablation_figures(ablations, switched)
    words = list(ablation_words(switched))
    if markdown:
        click.echo(f"{figures_markdown(figures)}\n\n" + "\n".join(f"- *{w}*: {says}." for w, says in words))
    else:
        click.echo(f"{figures_text(figures)}\n\n" + "\n".join(explained(words)))
