"""The commands that make models: `gouji synthesize` and `gouji train`; they need the train extra."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.options import (
    FILE,
    NEW_FILE,
    NEW_FOLDER,
    answered,
    forms_option,
    jobs_option,
    make_folder,
    make_parents,
    needs_extra,
    watched,
)
from gouji.inference.commands.outputs import overwrite_option, refuse_to_overwrite
from gouji.model.processes import is_main_process, processes_here

if TYPE_CHECKING:
    from gouji.training.card import Training

_SHIPPED = "shipped"
_MADE_UP, _MADE_UP_ON = 4400, 300  # pages; the second where a model of ours is trained on
_HELD_OUT_PAGES = 200  # that a training is scored on
_HELD_OUT_SEED = 1_000_000  # away from the seeds that are trained on

_tools_option = click.option(
    "--tools",
    type=click.Choice(["packages", "all"]),
    default="packages",
    show_default=True,
    help="Flatten with the train extra's packages, the same on every machine; or also with the programs "
    "(w3m, lynx, pandoc, Chromium, ...) that this one has.",
)


@click.command()
@click.option("--count", type=click.IntRange(min=1), default=100, show_default=True, help="How many pages.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, other pages.")
@click.option("-o", "--output", type=NEW_FILE, help="Write labelled pages there, as JSON lines.")
@click.option("--pages", "folder", type=NEW_FOLDER, help="Write page files and truths below this folder.")
@overwrite_option
@_tools_option
@click.option("--flatteners", help="Only these, separated by commas; an unknown name lists them.")
@click.option("--held-out", is_flag=True, help="Only the flatteners and damages that training never uses.")
@click.option("--consistent", is_flag=True, help="Without publishers' habits: every sum holds.")
@click.option(
    "--as",
    "kinds",
    metavar="KIND[,KIND…]",
    help="Write whole reports as files of these kinds, below --pages: html, xlsx, otsl, …; all for every "
    "kind that needs no program; an unknown name lists them.",
)
@jobs_option
@answered
def synthesize(
    count: int,
    seed: int,
    output: Path | None,
    folder: Path | None,
    overwrite: bool,
    tools: str,
    flatteners: str | None,
    held_out: bool,
    consistent: bool,
    kinds: str | None,
    jobs: int | None,
) -> None:
    """Make reports up, flatten them, and keep the label of every character.

    Their publishers have the habits of real ones: about a third break their own sums or leave totals blank,
    some print remarks, signs in words, O for 0. A truth file tells the habits and the sums that fail.

    \b
    Example:
      gouji synthesize --count 20 --seed 7 -o labelled.jsonl
      gouji synthesize --count 20 --seed 7 --as html,xlsx,otsl --pages field
    """
    refuse_to_overwrite([output, folder / "pages" if folder else None], (), overwrite=overwrite)
    if kinds is not None:
        _as_files(kinds, count, seed, folder, output, consistent)
        return
    if (output is None) == (folder is None):
        raise click.UsageError("give one of -o FILE.jsonl and --pages FOLDER")
    with needs_extra("train"):
        from gouji.training.damage import DAMAGES
        from gouji.training.synthesize import HELD_OUT, HELD_OUT_DAMAGES
        from gouji.training.synthesize import synthesize as make_pages

        names = HELD_OUT if held_out else _named(flatteners) if flatteners else _drawn_from(tools)
        damages = HELD_OUT_DAMAGES if held_out else tuple(DAMAGES)
    from gouji.annotations.page_files import write_page_files
    from gouji.annotations.pages import write_labelled_pages
    from gouji.inference.outputs.files import beside

    make_parents(output, folder)
    pages = make_pages(
        count, seed, flatteners=names, damages=damages, consistent=consistent, workers=jobs or 1
    )
    made = watched(pages, count, "synthesizing")
    if output is not None:
        with beside(output) as part:
            written = write_labelled_pages(made, part)
    else:
        assert folder is not None
        written = write_page_files(made, folder)
    click.echo(f"{written} pages in {output or folder}", err=True)


def _as_files(
    names: str, count: int, seed: int, folder: Path | None, output: Path | None, consistent: bool
) -> None:
    """Whole reports as files of kinds, half of them in each form."""
    if folder is None or output is not None:
        raise click.UsageError("--as writes files, not lines; give --pages FOLDER, and no -o")
    with needs_extra("train,tables"):
        from gouji.training.kinds.field import whole_reports, write_field
        from gouji.training.kinds.registry import KINDS

        asked = (
            [kind.name for kind in KINDS.values() if not kind.program] if names == "all" else names.split(",")
        )
        if unknown := [name for name in asked if name not in KINDS]:
            raise click.UsageError(f"no kind is called {', '.join(unknown)}; there are {', '.join(KINDS)}")
        make_parents(folder)
        reports = list(whole_reports(count, seed, consistent=consistent))
        files = write_field([KINDS[name] for name in asked], reports, seed, folder)
        written = sum(1 for _ in watched(files, count * len(asked), "writing"))
    click.echo(f"{written} files in {folder}", err=True)


@click.command()
@click.argument("annotated", nargs=-1, type=FILE, metavar="[PATH]...")
@click.option(
    "--synthetic",
    type=click.IntRange(min=0),
    help=f"Made-up pages; {_MADE_UP} by default, {_MADE_UP_ON} where --from is a gouji model.",
)
@click.option(
    "--from",
    "base",
    metavar="shipped|DIR|HUB_ID",
    help="Start from the shipped weights, a model folder or a hub's model; from nothing by default.",
)
@_tools_option
@click.option(
    "--out", type=NEW_FOLDER, default=Path("runs/model"), show_default=True, help="The model folder."
)
@click.option(
    "--aside", type=NEW_FILE, help="Keep a fifth of the issuers aside, and write their pages there."
)
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed, the same model.")
@click.option("--resume", is_flag=True, help="Go on from the last checkpoint in the folder.")
@forms_option
@jobs_option
@answered
def train(
    annotated: tuple[Path, ...],
    synthetic: int | None,
    tools: str,
    base: str | None,
    out: Path,
    aside: Path | None,
    seed: int,
    resume: bool,
    forms: tuple[Path, ...],
    jobs: int | None,
) -> None:
    """Train a tagger on labelled pages (PATH, JSON lines) and made-up ones, and write its folder.

    Of 20 issuers or more a fifth is kept aside, and some made-up pages: on them the span F1 is watched from
    halfway on, the best checkpoint is kept, and where the figure no longer rises the training ends. No
    issuer is on both sides. Of fewer issuers every page is learnt from: measure on others, with gouji
    evaluate --model. With --aside a fifth of the issuers, at least one, is learnt from in no way and written
    to a file: gouji evaluate --labelled says of it what the training brought.

    What was broken off goes on with --resume and the same arguments, and gives the same weights. What was in
    the folder is replaced at the end, all at once. The exit status is 1 when the training ended and its
    network could not be exported: its weights are kept, and --resume tries the export again.

    --from takes the weights that gouji ships, the folder of another gouji model, or any encoder of a folder
    or of the Hugging Face Hub that is stored as safetensors; pickled weights are refused.

    \b
    Several GPUs, or several processes on CPUs; the steps stay the same, each process takes its share of them:
      accelerate launch --multi_gpu --num_processes 2 -m gouji.inference train …
      torchrun --nproc_per_node 2 -m gouji.inference train …

    \b
    Example:
      gouji train samples/read_aloud/labelled.jsonl --from shipped --out runs/mine
    """
    with needs_extra("train"):
        from gouji.training.checkpoints import check_start
        from gouji.training.export import ExportError
        from gouji.training.loop import train as train_tagger
        from gouji.training.programs import RELATED_TO_HELD_OUT
        from gouji.training.recipe import Recipe
        from gouji.training.split import keep_aside
        from gouji.training.start import is_ours, name_of
        from gouji.training.synthesize import HELD_OUT, HELD_OUT_DAMAGES
        from gouji.training.synthesize import synthesize as make_pages
    from gouji.annotations.pages import load_labelled_pages, write_labelled_pages
    from gouji.inference.batch import usable_cores
    from gouji.model.forms import forms_with
    from gouji.model.tokens import WEIGHTS_DIR

    check_start(out, resume=resume)
    refuse_to_overwrite(aside, annotated, overwrite=resume)
    base = str(WEIGHTS_DIR) if base == _SHIPPED else base
    workers = jobs or max(1, usable_cores() // processes_here())
    if synthetic is None:
        synthetic = _MADE_UP_ON if base is not None and is_ours(base) else _MADE_UP
    known = forms_with(forms)
    labelled = [page for path in annotated for page in load_labelled_pages(path, known)]
    make_folder(out)
    if aside is not None:
        labelled, kept = keep_aside(labelled, seed=seed)
        if is_main_process():
            make_parents(aside)
            write_labelled_pages(kept, aside)
            click.echo(f"{aside}: {len(kept)} labelled pages kept aside", err=True)
    if is_main_process():
        start = "nothing" if base is None else name_of(base)
        click.echo(
            f"{len(labelled)} labelled pages, {synthetic} made-up ones; starting from {start}", err=True
        )
    kept_out = (*HELD_OUT, *RELATED_TO_HELD_OUT, *HELD_OUT_DAMAGES)
    made = make_pages(
        synthetic, seed, flatteners=_drawn_from(tools), exclude=kept_out, augmented=True, workers=workers
    )
    held_out = make_pages(
        _HELD_OUT_PAGES if is_main_process() else 0,
        seed + _HELD_OUT_SEED,
        flatteners=HELD_OUT,
        damages=HELD_OUT_DAMAGES,
        workers=workers,
    )
    try:
        training = train_tagger(
            labelled,
            list(watched(held_out, _HELD_OUT_PAGES, "synthesizing pages to score on")),
            out,
            made_up=list(watched(made, synthetic, "synthesizing")),
            recipe=Recipe(seed=seed),
            base=base,
            resume=resume,
            command=shlex.join(["gouji", *sys.argv[1:]]),
        )
    except ExportError as error:  # trained, and kept
        click.echo(f"gouji: {error}", err=True)
        sys.exit(1)
    if is_main_process():
        _say_what_came_of_it(training, out, forms, aside)


def _say_what_came_of_it(training: Training, out: Path, forms: tuple[Path, ...], aside: Path | None) -> None:
    from gouji.training.card import watched_lines

    split, fitted = training.split, training.fit
    if split.labelled and not split.watched_issuers and aside is None:
        click.echo(
            f"labelled pages of {split.issuers} issuers: too few to keep any aside; measure on other pages",
            err=True,
        )
    for line in watched_lines(training):
        click.echo(f"kept aside: {line}", err=True)
    if training.scores is not None:
        click.echo(
            f"held out: span F1 {training.scores.micro.f1:.4f} on {training.scored_pages} made-up pages, "
            "of flatteners that it never saw",
            err=True,
        )
    click.echo(
        f"{out}: the model, after {fitted.steps} of {fitted.planned} steps and {training.seconds:.0f} s",
        err=True,
    )
    model = shlex.join(["--model", str(out), *(word for form in forms for word in ("--forms", str(form)))])
    click.echo(f"try it:      gouji extract PAGES -o matrices.jsonl {model}", err=True)
    measured = "--pages DIR --truth DIR" if aside is None else shlex.join(["--labelled", str(aside)])
    click.echo(f"measure it:  gouji evaluate {measured} {model}", err=True)


def _named(flatteners: str) -> tuple[str, ...]:
    """The flatteners of a list with commas; a usage error where one is unknown or not installed."""
    from gouji.training.flatteners import FLATTENERS
    from gouji.training.programs import PROGRAMS

    names = tuple(flatteners.split(","))
    unknown = sorted(set(names) - set(FLATTENERS) - set(PROGRAMS))
    if unknown:
        known = ", ".join(sorted({**FLATTENERS, **PROGRAMS}))
        raise click.UsageError(f"there is no flattener {', '.join(unknown)}; there are {known}")
    for name in names:
        if name in PROGRAMS and not PROGRAMS[name].installed:
            program = PROGRAMS[name]
            raise click.UsageError(f"{name} needs {program.needs}, which is not installed: {program.remedy}")
    return names


def _drawn_from(tools: str) -> tuple[str, ...] | None:
    """The flatteners that pages are drawn from: None for the default, which any machine has."""
    if tools == "packages":
        return None
    from gouji.training.flatteners import FLATTENERS
    from gouji.training.programs import PROGRAMS

    absent = {program.needs: program.remedy for program in PROGRAMS.values() if not program.installed}
    for needs, remedy in absent.items():
        click.echo(f"gouji: {needs} is not installed and left out; to have it: {remedy}", err=True)
    return (*FLATTENERS, *(name for name, program in PROGRAMS.items() if program.installed))
