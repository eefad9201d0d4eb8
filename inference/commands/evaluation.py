"""The commands that hold answers against the truth: `gouji evaluate` and `gouji calibrate`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gouji.inference.commands.options import (
    FILE,
    FOLDER,
    NEW_FILE,
    NEW_FOLDER,
    answered,
    forms_option,
    jobs_option,
    make_parents,
    model_option,
    needs_extra,
    print_json,
    say,
    watched,
)
from gouji.inference.commands.outputs import files_below, overwrite_option, refuse_to_overwrite

if TYPE_CHECKING:
    from gouji.annotations.page_files import PageFile
    from gouji.annotations.truth import Truth
    from gouji.inference.batch import Settings
    from gouji.inference.evaluation.cells import Evaluation
    from gouji.inference.evaluation.openness import Openness
    from gouji.inference.evaluation.predictions import Prediction


@click.command()
@click.option("--pages", type=FOLDER, help="Page files ID__TOOL[__DAMAGE].EXT.")
@click.option("--truth", type=FOLDER, help="Their truths, ID.json.")
@click.option("--index", type=FILE, help="A CSV that says what may be asked of each page.")
@click.option("--labelled", type=FILE, help="Instead: score the tagger's spans on labelled pages.")
@click.option("--against", type=FILE, multiple=True, help="Another program's cells, as JSON lines.")
@click.option("--against-command", multiple=True, help="A command that prints a page's cells as JSON.")
@click.option("--against-module", type=FILE, multiple=True, help="A Python file with parse(text).")
@click.option("--floor", type=FILE, help="A TOML file of figures; below them the exit status is 1.")
@click.option("--faults", is_flag=True, help="List every wrong cell on stderr.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--markdown", is_flag=True, help="Print the tables as Markdown, for a document.")
@click.option(
    "--html", type=NEW_FILE, help="Write a report with plots and the pages' text around each fault."
)
@overwrite_option
@click.option("--diagram", type=NEW_FILE, help="With --labelled: draw the tagger's reliability as SVG.")
@model_option
@forms_option
@jobs_option
@answered
def evaluate(
    pages: Path | None,
    truth: Path | None,
    index: Path | None,
    labelled: Path | None,
    against: tuple[Path, ...],
    against_command: tuple[str, ...],
    against_module: tuple[Path, ...],
    floor: Path | None,
    faults: bool,
    as_json: bool,
    markdown: bool,
    html: Path | None,
    overwrite: bool,
    diagram: Path | None,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    jobs: int | None,
) -> None:
    """Hold what is read against the truth: numbers right, open, wrong; by form, table, damage and tool.

    A cell without an answer is open, whatever its truth; printed numbers and blanks are counted apart.
    Beside each count of faults stands the share that it leaves possible, at 95% and by reports: copies
    of one report, pages ID__… of one ID, count once. The curve says what is answered, and how much of
    it is wrong, where only answers of some confidence are kept.

    With --labelled: the spans that the tagger finds, strictly and in part, the tags that it confuses, and
    how often it is right where it is how sure; this needs the evaluate extra.

    \b
    Example:
      gouji evaluate --pages samples/pages --truth samples/truth --html report.html
    """
    read = files_below(folder for folder in (pages, truth) if folder is not None)
    refuse_to_overwrite([html, diagram], read, overwrite=overwrite)
    if labelled is not None and pages is None and truth is None:
        make_parents(html, diagram)
        _evaluate_spans(labelled, model_dir, forms, floor, as_json, html, diagram)
        return
    if pages is None or truth is None or labelled is not None or diagram is not None:
        raise click.UsageError(
            "give --pages DIR with --truth DIR, or --labelled FILE.jsonl; --diagram goes with that one"
        )
    if as_json and markdown:
        raise click.UsageError("--json, --markdown: choose one")
    make_parents(html)
    from gouji.annotations.page_files import pair_pages
    from gouji.annotations.truth import load_truths
    from gouji.inference.batch import Settings
    from gouji.inference.evaluation.cells_report import fault_lines, summary
    from gouji.inference.evaluation.openness import openness
    from gouji.inference.sources import find_sources
    from gouji.model.forms import forms_with

    known = forms_with(forms)  # a faulty file is named before any page is read
    truths = load_truths(truth)
    found = find_sources([str(pages)]).paths
    pairing = pair_pages(found, truths, index)
    for path in pairing.alone:
        say(f"{path}: has no truth; left out")
    predicted = _predicted(pairing.paired, against, against_command, against_module)
    others = [_hold(name, pairing.paired, truths, cells) for name, cells in predicted.items()]
    ours = _hold(
        "gouji", pairing.paired, truths, _extracted(pairing.paired, Settings(model_dir, forms=forms), jobs)
    )
    if faults:
        say("\n".join(fault_lines(ours)), lines=True)
    _show_cells(ours, others, openness(ours, known), as_json, markdown)
    if html is not None:
        _write_report(html, ours, others)
    _hold_floors(floor, "pages", summary(ours))


@click.command()
@click.argument("labelled", type=FILE, metavar="LABELLED")
@click.option("--model", "model_dir", type=FOLDER, help="The model folder; the shipped one by default.")
@click.option(
    "--out", type=NEW_FOLDER, help="Write a calibrated copy of the model there, and leave it as it is."
)
@overwrite_option
@forms_option
@answered
def calibrate(
    labelled: Path, model_dir: Path | None, out: Path | None, overwrite: bool, forms: tuple[Path, ...]
) -> None:
    """Fit a tagger's confidence to how often it is right on labelled pages (JSON lines).

    Writes calibration.json in the model folder, or with --out in a copy of it, and says the expected
    calibration error before and after on the same pages; hold it against others with evaluate --labelled.
    The pages must not be those that the model learnt from. No tag changes, only how sure it is said to
    be. The shipped model is never changed: without --model, --out says where its calibrated copy goes.

    \b
    Example:
      gouji synthesize --held-out --count 200 --seed 7 -o held_out.jsonl
      gouji calibrate held_out.jsonl --out runs/calibrated
    """
    from gouji.annotations.pages import load_labelled_pages
    from gouji.inference.evaluation.reliability import calibrate_folder
    from gouji.model.forms import forms_with
    from gouji.model.tokens import WEIGHTS_DIR

    folder = model_dir or WEIGHTS_DIR
    if out is not None and out.resolve() != folder.resolve():
        refuse_to_overwrite(out, (), overwrite=overwrite)
    made = calibrate_folder(folder, load_labelled_pages(labelled, forms_with(forms)), out)
    found = made.calibration
    click.echo(f"{out or folder}: {found.wrong} of {found.spans} tags wrong on {found.pages} pages")
    click.echo(f"expected calibration error {made.before:.5f}, calibrated {made.after:.5f}")


def _evaluate_spans(
    labelled: Path,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    floor: Path | None,
    as_json: bool,
    html: Path | None,
    diagram: Path | None,
) -> None:
    with needs_extra("evaluate"):  # now, not after all pages are tagged
        import nervaluate  # noqa: F401
        import sklearn.metrics  # noqa: F401
    from gouji.annotations.pages import load_labelled_pages
    from gouji.annotations.reading_order import as_read
    from gouji.inference.evaluation.reliability_figure import reliability_figure
    from gouji.inference.evaluation.spans import evaluate_spans
    from gouji.inference.evaluation.spans_html import spans_html
    from gouji.inference.evaluation.spans_report import reliabilities, span_summary, span_tables
    from gouji.inference.html_page import write_page
    from gouji.inference.square_plot import write_figure
    from gouji.inference.tagger import Tagger
    from gouji.model.forms import forms_with
    from gouji.model.page import Page
    from gouji.model.tokens import WEIGHTS_DIR

    pages = [as_read(page) for page in load_labelled_pages(labelled, forms_with(forms))]
    tagger = Tagger.load(model_dir or WEIGHTS_DIR)
    tagged = [tagger.tag(Page(page.id, page.text)) for page in watched(pages, len(pages), "tagging")]
    evaluation = evaluate_spans(pages, tagged, tagger.calibration)
    if as_json:
        print_json(span_summary(evaluation))
    else:
        _print_tables(span_tables(evaluation))
    if html is not None:
        write_page(html, spans_html(evaluation))
    if diagram is not None:
        write_figure(diagram, reliability_figure(reliabilities(evaluation)))
    _hold_floors(floor, "spans", span_summary(evaluation))


def _show_cells(
    ours: Evaluation, others: list[Evaluation], openness: Openness, as_json: bool, markdown: bool
) -> None:
    from gouji.inference.evaluation.cells_report import summary
    from gouji.inference.evaluation.cells_text import evaluation_markdown, evaluation_text
    from gouji.inference.printable import in_lines

    if as_json:
        verified = ours.verified()
        figures = {evaluation.program: summary(evaluation, verified) for evaluation in (ours, *others)}
        figures[ours.program]["openness"] = asdict(openness)
        print_json(figures)
    elif markdown:
        click.echo(in_lines(evaluation_markdown(ours, others, openness)))
    else:
        click.echo(in_lines(evaluation_text(ours, others, openness)))


def _write_report(path: Path, ours: Evaluation, others: list[Evaluation]) -> None:
    from gouji.inference.evaluation.cells_html import evaluation_html
    from gouji.inference.html_page import write_page

    write_page(path, evaluation_html(ours, others, _text))


def _text(path: Path) -> str | None:
    """The text of a page, as extraction decodes it."""
    from gouji.inference.readers import read_page
    from gouji.model.errors import GoujiError

    try:
        return read_page(path).text
    except GoujiError:
        return None


def _extracted(pages: tuple[PageFile, ...], settings: Settings, jobs: int | None) -> dict[str, Prediction]:
    from gouji.inference.batch import extract_sources
    from gouji.inference.evaluation.predictions import predictions_of_lines
    from gouji.inference.sources import Source

    sources = [Source(str(page.path), page.path) for page in pages]
    answers = watched(extract_sources(sources, settings, jobs), len(sources), "extracting")
    return predictions_of_lines([answer.line for answer in answers], "gouji extract")


def _predicted(
    pages: tuple[PageFile, ...],
    files: tuple[Path, ...],
    commands: tuple[str, ...],
    modules: tuple[Path, ...],
) -> dict[str, dict[str, Prediction]]:
    """What other programs say of the pages, by the program's name."""
    from gouji.inference.evaluation.predictions import (
        load_predictions,
        predictions_of_command,
        predictions_of_module,
    )

    paths = [page.path for page in pages]
    programs = {path.stem: load_predictions(path) for path in files}
    programs.update({path.stem: predictions_of_module(path, paths) for path in modules})
    for command in commands:
        name = Path(command.split()[-1]).stem
        programs[command if name in programs else name] = predictions_of_command(command, paths)
    return programs


def _hold(
    program: str,
    pages: tuple[PageFile, ...],
    truths: Mapping[str, Truth],
    predictions: Mapping[str, Prediction],
) -> Evaluation:
    from gouji.inference.evaluation.cells import evaluate as evaluate_pages

    return evaluate_pages(program, pages, truths, predictions)


def _hold_floors(floor: Path | None, section: str, figures: Mapping[str, Any]) -> None:
    """Exit with 1, saying which, where a figure is beyond its floor."""
    if floor is None:
        return
    from gouji.inference.evaluation.floor import load_floors, missed_floors

    missed = list(missed_floors(load_floors(floor, section), figures))
    for line in missed:
        say(f"gouji: {floor}: {line}")
    if missed:
        sys.exit(1)


def _print_tables(tables: Sequence[Any]) -> None:
    from rich.console import Console

    console = Console()
    console = Console(width=None if console.is_terminal else 160)
    for table in tables:
        console.print(table)
