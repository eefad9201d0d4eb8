"""The commands that measure: `gouji evaluate` and `gouji benchmark`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gouji.inference.cli_options import FILE, FOLDER, answered, jobs_option, model_option, watched

if TYPE_CHECKING:
    from gouji.annotations.page_files import PageFile
    from gouji.annotations.truth import Truth
    from gouji.inference.evaluation import Evaluation
    from gouji.inference.predictions import Prediction


@click.command()
@click.option("--pages", type=FOLDER, help="Page files ID__TOOL[__DAMAGE].txt.")
@click.option("--truth", type=FOLDER, help="Their truths, ID.json.")
@click.option("--index", type=FILE, help="A CSV that says what may be asked of each page.")
@click.option("--labelled", type=FILE, help="Instead: score the tagger's spans on labelled pages.")
@click.option("--against", type=FILE, multiple=True, help="Another program's cells, as JSON lines.")
@click.option("--against-command", multiple=True, help="A command that prints a page's cells as JSON.")
@click.option("--floor", type=FILE, help="A TOML file of figures; below them the exit status is 1.")
@click.option("--faults", is_flag=True, help="List every wrong cell on stderr.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@model_option
@jobs_option
@answered
def evaluate(
    pages: Path | None,
    truth: Path | None,
    index: Path | None,
    labelled: Path | None,
    against: tuple[Path, ...],
    against_command: tuple[str, ...],
    floor: Path | None,
    faults: bool,
    as_json: bool,
    model_dir: Path | None,
    jobs: int | None,
) -> None:
    """Hold what is read against the truth: cells right, wrong, missed; by tool and by damage.

    \b
    Example:
      gouji evaluate --pages samples/pages --truth samples/truth --floor samples/floor.toml
    """
    if labelled is not None and pages is None and truth is None:
        _evaluate_spans(labelled, model_dir, floor, as_json)
        return
    if pages is None or truth is None or labelled is not None:
        raise click.UsageError("give --pages DIR with --truth DIR, or --labelled FILE.jsonl alone")
    from gouji.annotations.page_files import pair_pages
    from gouji.annotations.truth import load_truths
    from gouji.inference.batch import find_sources
    from gouji.inference.evaluation_report import evaluation_table, fault_lines, summary

    truths = load_truths(truth)
    found = [source.path for source in find_sources([str(pages)]) if source.path is not None]
    pairing = pair_pages(found, truths, index)
    for path in pairing.alone:
        click.echo(f"{path}: has no truth; left out", err=True)
    ours = _hold("gouji", pairing.paired, truths, _extracted(pairing.paired, model_dir, jobs))
    others = _others(pairing.paired, truths, against, against_command)
    if faults:
        click.echo("\n".join(fault_lines(ours)), err=True)
    if as_json:
        _print_json({evaluation.program: summary(evaluation) for evaluation in (ours, *others)})
    else:
        _print_table(evaluation_table(ours, others))
    _hold_floors(floor, "pages", summary(ours))


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--against-module", type=FILE, help="A Python file with parse(text), timed on the same pages.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
@jobs_option
@answered
def benchmark(folder: Path, against_module: Path | None, as_json: bool, jobs: int | None) -> None:
    """Time extraction: pages a second of a whole folder in one run, and one page from a cold start.

    \b
    Example:
      gouji benchmark samples
    """
    from gouji.inference.benchmark import run_benchmark

    measured = run_benchmark(folder, jobs, against_module)
    if as_json:
        _print_json(measured.to_record())
        return
    click.echo(f"{measured.pages} pages, {measured.failed} failed")
    click.echo(f"{measured.rate:.1f} pages/s by gouji, everything included")
    click.echo(f"{measured.cold_start:.2f} s for one page from a cold start")
    if measured.against is not None:
        click.echo(f"{measured.against:.1f} pages/s by {against_module} (ratio {measured.ratio:.3f})")


def _evaluate_spans(labelled: Path, model_dir: Path | None, floor: Path | None, as_json: bool) -> None:
    from gouji.annotations.pages import load_labelled_pages
    from gouji.annotations.spans_score import score_spans
    from gouji.inference.evaluation_report import span_summary, span_table
    from gouji.inference.tagger import Tagger
    from gouji.model.page import Page
    from gouji.model.tokens import WEIGHTS_DIR

    pages = load_labelled_pages(labelled)
    tagger = Tagger.load(model_dir or WEIGHTS_DIR)
    found = [tagger.tag(Page(page.id, page.text)).spans for page in watched(pages, len(pages), "tagging")]
    scores = score_spans([page.spans for page in pages], found)
    if as_json:
        _print_json(span_summary(scores))
    else:
        _print_table(span_table(scores))
    _hold_floors(floor, "spans", span_summary(scores))


def _extracted(
    pages: tuple[PageFile, ...], model_dir: Path | None, jobs: int | None
) -> dict[str, Prediction]:
    from gouji.inference.batch import Settings, Source, extract_sources
    from gouji.inference.predictions import predictions_of_lines

    sources = [Source(str(page.path), page.path) for page in pages]
    answers = watched(extract_sources(sources, Settings(model_dir), jobs), len(sources), "extracting")
    return predictions_of_lines([answer.line for answer in answers], "gouji extract")


def _others(
    pages: tuple[PageFile, ...],
    truths: Mapping[str, Truth],
    files: tuple[Path, ...],
    commands: tuple[str, ...],
) -> list[Evaluation]:
    from gouji.inference.predictions import load_predictions, predictions_of_command

    paths = [page.path for page in pages]
    programs = {path.stem: load_predictions(path) for path in files}
    programs.update({command: predictions_of_command(command, paths) for command in commands})
    return [_hold(program, pages, truths, predictions) for program, predictions in programs.items()]


def _hold(
    program: str,
    pages: tuple[PageFile, ...],
    truths: Mapping[str, Truth],
    predictions: Mapping[str, Prediction],
) -> Evaluation:
    from gouji.inference.evaluation import evaluate as evaluate_pages

    return evaluate_pages(program, pages, truths, predictions)


def _hold_floors(floor: Path | None, section: str, figures: Mapping[str, Any]) -> None:
    """Exit with 1, saying which, where a figure is beyond its floor."""
    if floor is None:
        return
    from gouji.inference.floor import load_floors, missed_floors

    missed = list(missed_floors(load_floors(floor, section), figures))
    for line in missed:
        click.echo(f"gouji: {floor}: {line}", err=True)
    if missed:
        sys.exit(1)


def _print_json(record: Mapping[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")


def _print_table(table: Any) -> None:
    from rich.console import Console

    console = Console()
    Console(width=None if console.is_terminal else 160).print(table)
