"""What the parts are worth: the same pages read with one part changed or left out.

Flow:  variants -> training -> **ablations** -> tables for the documents

    python -m gouji.training.ablations words --work runs/ablations

Models, once trained, stay in the work folder and are not trained again, so that a run that broke
off goes on, and ablations share what they have in common; begin with an empty one when the generator
or the training has changed. All figures are of one process on one thread; compare times only within
one run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from gouji.annotations.pages import LabelledPage, load_labelled_pages
from gouji.inference.assembly.solver import Survivors
from gouji.inference.commands.options import FILE, FOLDER, NEW_FOLDER, answered
from gouji.inference.evaluation.predictions import load_parse
from gouji.inference.evaluation.tally import percent
from gouji.inference.extractor import Extractor
from gouji.model.errors import GoujiError
from gouji.model.tokens import WEIGHTS_DIR, Tokenizer
from gouji.training.bench import Bench
from gouji.training.measurement import (
    Measurement,
    measure,
    measure_program,
    sheets_of_files,
    sheets_of_labelled,
)
from gouji.training.rule_tagger import RuleTagger
from gouji.training.synthesize import HELD_OUT, HELD_OUT_DAMAGES, synthesize
from gouji.training.variants import Variant, write_int8

SHIPPED = Variant()
SIZES = (Variant(layers=4), Variant(hidden=128), SHIPPED, Variant(hidden=64), Variant(layers=1))
SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1)  # of the pages trained on
LABELLED = (0, 1, 2, 5, 10)  # pages of the learning curve

_MEASURED_SEED = 987_654  # away from the seeds that are trained on
_CURVE_SEED = 555_555


class AblationError(GoujiError):
    """An ablation was asked for on pages that cannot show anything."""


@dataclass(frozen=True, slots=True)
class Line:
    """One variant and what came of it."""

    name: str
    measured: Measurement
    more: Mapping[str, str | float]  # figures that only this ablation has


def words(bench: Bench) -> Iterator[Line]:
    """Words against characters: the same network and pages, every character a token."""
    for variant in (SHIPPED, Variant(words=False)):
        yield _trained_line(bench, variant, bench.trained)


def size(bench: Bench) -> Iterator[Line]:
    """By size of the network: layers times width."""
    for variant in SIZES:
        yield _trained_line(bench, variant, bench.trained)


def pages(bench: Bench) -> Iterator[Line]:
    """By pages trained on; the largest number is --trained."""
    for share in SHARES:
        yield _trained_line(bench, SHIPPED, max(1, round(bench.trained * share)))


def precision(bench: Bench) -> Iterator[Line]:
    """Weights as float32 against int8, of one model."""
    exact = measure(Extractor(bench.model), bench.sheets)
    yield Line("fp32", exact, {"MB": _megabytes(bench.model)})
    folder, _ = bench.made(f"int8-of-{bench.base}", lambda out: write_int8(bench.model, out))
    rounded = measure(Extractor(folder), bench.sheets)
    places = [
        [{(span.tag, span.start, span.end) for span in page} for page in measured.tagged]
        for measured in (exact, rounded)
    ]
    unlike = sum(ours != theirs for ours, theirs in zip(*places, strict=True))
    yield Line("int8", rounded, {"MB": _megabytes(folder), "pages tagged otherwise": unlike})


def tagger(bench: Bench) -> Iterator[Line]:
    """The network's tags against labels found by regular expressions, with the same assembler."""
    extractor = Extractor(bench.model)
    yield Line("network", measure(extractor, bench.sheets), {})
    extractor.tagger = RuleTagger(Tokenizer.load(bench.model))
    yield Line("regular expressions", measure(extractor, bench.sheets), {})
    if bench.program is not None:
        alone = measure_program(load_parse(bench.program), bench.sheets)
        yield Line(f"{bench.program.stem}, without the assembler", alone, {})


def solver(bench: Bench) -> Iterator[Line]:
    """With the sums of the columns and without; a row's own sums hold in both."""
    extractor = Extractor(bench.model)
    yield _doubt_line("with", measure(extractor, bench.sheets))
    with without_column_sums():
        yield _doubt_line("without", measure(extractor, bench.sheets))


def curve(bench: Bench) -> Iterator[Line]:
    """By labelled pages of a layout that training never saw; a page that trains is never measured."""
    most = max(LABELLED)
    new = sheets_of_labelled(bench.curve[most:])
    if not new:
        raise AblationError(f"the curve needs more than {most} pages of its layout, found {len(bench.curve)}")
    for count in LABELLED:
        folder, seconds = bench.taught_model(count) if count else (bench.model, 0.0)
        extractor = Extractor(folder)
        before = measure(extractor, bench.sheets).spans
        others = {} if before is None else {"F1 on other pages": round(before.micro.f1, 4)}
        yield Line(f"{count} labelled", measure(extractor, new), {"seconds": round(seconds), **others})


ABLATIONS: Mapping[str, Callable[[Bench], Iterator[Line]]] = {
    ablation.__name__: ablation for ablation in (words, tagger, solver, size, precision, pages, curve)
}


@contextmanager
def without_column_sums() -> Iterator[None]:
    """Let every reading of every row stand, whatever the columns add up to."""

    def every(rows: Sequence[Sequence[Any]], sums: Sequence[Any], **_: Any) -> Survivors:
        return Survivors(tuple(tuple(range(len(row))) for row in rows))

    with patch("gouji.inference.assembly.solver.survivors", every):
        yield


def markdown(lines: Sequence[Line]) -> str:
    """The lines as a table of Markdown."""
    rows = [_figures(line) for line in lines]
    heads = list(dict.fromkeys(head for row in rows for head in row))
    texts = [heads, ["---"] * len(heads), *([str(row.get(head, "")) for head in heads] for row in rows)]
    return "\n".join(f"| {' | '.join(text)} |" for text in texts)


def _doubt_line(name: str, measured: Measurement) -> Line:
    """With what taking the likeliest candidate instead of saying so would come to."""
    cells = measured.cells
    return Line(
        name, measured, {"ambiguous": cells.undecided, "first candidate true": percent(cells.first_share, 0)}
    )


def _trained_line(bench: Bench, variant: Variant, count: int) -> Line:
    folder, seconds = bench.trained_model(variant, count)
    measured = measure(Extractor(folder), bench.sheets)
    more = {"pages trained on": count, "trained in s": round(seconds), "MB": _megabytes(folder)}
    return Line(variant.name, measured, more)


def _figures(line: Line) -> dict[str, str | float]:
    measured = line.measured
    cells, verified, pages = measured.cells, measured.verified, measured.cells.pages
    figures: dict[str, str | float] = {"": line.name}
    if measured.spans is not None:
        figures["span F1"] = f"{measured.spans.micro.f1:.4f}"
        figures["partial F1"] = f"{measured.spans.micro.partial_f1:.4f}"
    figures |= {
        "cells right": percent(cells.by_value.right_share),
        "wrong": cells.by_value.wrong,
        "missed": cells.by_value.missed,
        "pages exact": f"{cells.exact}/{pages}",
        "verified": verified.pages,
        "wrong in verified": verified.cells.wrong,
    }
    if measured.tagging:
        figures["tagging, pages/s"] = f"{pages / measured.tagging:.0f}"
    figures["pages/s"] = f"{pages / measured.seconds:.0f}"
    return figures | dict(line.more)


def _megabytes(folder: Path) -> float:
    return round((folder / "model.onnx").stat().st_size / 1e6, 1)


@click.command()
@click.argument("name", type=click.Choice(sorted(ABLATIONS)))
@click.option(
    "--work", type=NEW_FOLDER, default=Path("runs/ablations"), show_default=True, help="Models stay there."
)
@click.option(
    "--trained", type=click.IntRange(min=1), default=4000, show_default=True, help="Pages to train on."
)
@click.option(
    "--measured", type=click.IntRange(min=1), default=300, show_default=True, help="Held-out pages."
)
@click.option("--pages", "files", type=FOLDER, help="Measure on these page files instead.")
@click.option("--truth", type=FOLDER, help="Their truths.")
@click.option("--index", type=FILE, help="Their index.")
@click.option("--model", type=FOLDER, default=WEIGHTS_DIR, help="Instead of the shipped weights.")
@click.option("--against-module", type=FILE, help="A Python file with parse(text); tagger shows it beside.")
@click.option("--labelled", type=FILE, help="curve: labelled pages of the new layout.")
@click.option(
    "--flattener",
    type=click.Choice(HELD_OUT),
    default=HELD_OUT[0],
    show_default=True,
    help="curve: or by this.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@answered
def main(
    name: str,
    work: Path,
    trained: int,
    measured: int,
    files: Path | None,
    truth: Path | None,
    index: Path | None,
    model: Path,
    against_module: Path | None,
    labelled: Path | None,
    flattener: str,
    seed: int,
) -> None:
    """Measure what a part is worth, and print a table of Markdown.

    \b
    Example:
      python -m gouji.training.ablations solver --measured 100
    """
    if (files is None) != (truth is None):
        raise click.UsageError("give --pages and --truth together")
    if files is not None and truth is not None:
        sheets = sheets_of_files(files, truth, index)
    else:
        sheets = sheets_of_labelled(
            synthesize(measured, _MEASURED_SEED, flatteners=HELD_OUT, damages=HELD_OUT_DAMAGES)
        )
    fresh: list[LabelledPage] = []
    if name == "curve":
        made = synthesize(max(LABELLED) + measured, _CURVE_SEED, flatteners=[flattener])
        fresh = list(made) if labelled is None else load_labelled_pages(labelled)
    layout = flattener if labelled is None else labelled.stem
    bench = Bench(work, trained, sheets, seed, model, against_module, fresh, layout)
    lines = []
    for line in ABLATIONS[name](bench):
        click.echo(
            f"{line.name}: {percent(line.measured.cells.by_value.right_share)} of cells right", err=True
        )
        lines.append(line)
    click.echo(markdown(lines))


if __name__ == "__main__":
    main()
