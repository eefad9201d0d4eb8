"""The command that tries to make extraction err: `gouji mutate`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gouji.inference.commands.options import (
    FILE,
    FOLDER,
    NEW_FOLDER,
    answered,
    forms_option,
    jobs_option,
    model_option,
    print_json,
    say,
    watched,
)
from gouji.inference.commands.outputs import overwrite_option, refuse_to_overwrite


@click.command()
@click.option("--pages", type=FOLDER, required=True, help="Page files ID__TOOL[__DAMAGE].txt.")
@click.option("--truth", type=FOLDER, required=True, help="Their truths, ID.json.")
@click.option("--index", type=FILE, help="A CSV that names the truth of each page.")
@click.option("--count", type=click.IntRange(min=1), default=1000, show_default=True, help="Mutated pages.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, other mutated pages.")
@click.option(
    "--operators", "named", help="Only these mutations, separated by commas; an unknown name lists them."
)
@click.option("--no-pairs", is_flag=True, help="Damage each page once; by default every second one twice.")
@click.option("--keep", type=NEW_FOLDER, help="Write the mutated pages with faults and their truths there.")
@click.option(
    "--keep-all", type=NEW_FOLDER, help="Write every mutated page there, and what it prints as its truth."
)
@overwrite_option
@click.option(
    "--faults", is_flag=True, help="List faults of all pages on stderr, not of verified ones alone."
)
@click.option("--against-command", multiple=True, help="A command that prints a page's cells as JSON.")
@click.option("--against-module", type=FILE, multiple=True, help="A Python file with parse(text).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@model_option
@forms_option
@jobs_option
@answered
def mutate(
    pages: Path,
    truth: Path,
    index: Path | None,
    count: int,
    seed: int,
    named: str | None,
    no_pairs: bool,
    keep: Path | None,
    keep_all: Path | None,
    overwrite: bool,
    faults: bool,
    against_command: tuple[str, ...],
    against_module: tuple[Path, ...],
    as_json: bool,
    model_dir: Path | None,
    forms: tuple[Path, ...],
    jobs: int | None,
) -> None:
    """Damage pages of known truth in many ways, extract them, and count what became of the cells.

    A mutation damages the layout and keeps the figures, or it lies: the page prints another figure. Or
    it prints a cell anew (减7, l5, 3/4), or moves columns, blocks or labels: then a cell is right as a
    careful person reads it, and where nobody can read it, open. Every second page is damaged twice. A
    cell is right; as lied, where it is as the lie prints it; led astray, where the layout is damaged
    too and false sums placed it; wrong; overlooked, where it is called blank and is not; ambiguous,
    without truth where the list of candidates is whole and holds neither the truth nor the lie; or
    missing. Undetectable is a verified page with cells as lied or led astray and none wrong. The exit
    status is 1 when a verified page has a cell wrong or overlooked, or when extraction fails at a page.

    \b
    Example:
      gouji mutate --pages samples/pages --truth samples/truth --count 200 --keep mutants
    """
    from gouji.annotations.page_files import pair_pages
    from gouji.annotations.truth import load_truths
    from gouji.inference.batch import Settings
    from gouji.inference.mutation.catalogue import known_mutations
    from gouji.inference.mutation.mutants import Plan
    from gouji.inference.mutation.report import (
        keep_mutants,
        keep_prints,
        mutant_lines,
        mutation_summary,
        mutation_table,
    )
    from gouji.inference.mutation.run import run_mutations
    from gouji.inference.sources import find_sources
    from gouji.model.forms import forms_with

    kept = [folder / "pages" for folder in (keep, keep_all) if folder is not None]
    refuse_to_overwrite(kept, (), overwrite=overwrite)
    forms_with(forms)  # a faulty file is named before any page is read
    truths = load_truths(truth)
    found = [path for path in find_sources([str(pages)]).paths if path.suffix == ".txt"]  # it damages text
    plan = Plan(
        pages=pair_pages(found, truths, index).paired,
        truths=truths,
        mutations=known_mutations(filter(None, (named or "").split(","))),
        count=count,
        seed=seed,
        pairs=not no_pairs,
        commands=against_command,
        modules=against_module,
        settings=Settings(model_dir, forms=forms),
        keep_all=keep_all is not None,
    )
    run = run_mutations(plan, jobs)
    mutants = list(watched(run.mutants, count, "mutating"))
    broken = [mutant for mutant in mutants if mutant.is_broken]
    faulty = [mutant for mutant in mutants if mutant.is_faulty]
    for page in run.left_out:
        say(f"{page.page}: left out, for undamaged {page.reason}")
    for line in mutant_lines(faulty if faults else broken):
        say(line)
    if keep is not None:
        say(f"{keep_mutants(mutants, keep)} mutated pages with faults in {keep}")
    if keep_all is not None:
        say(f"{keep_prints(mutants, keep_all)} mutated pages in {keep_all}")
    if as_json:
        print_json(mutation_summary(mutants, run.left_out))
    else:
        from rich.console import Console

        console = Console()
        console = Console(width=None if console.is_terminal else 200)
        console.print(mutation_table(mutants))
        console.print(
            f"{len(mutants)} mutated pages of {run.originals}; {len(broken)} broken promises", highlight=False
        )
    sys.exit(1 if broken else 0)
