"""Try to make the program fail: pages that no one would write, and a hundred thousand in a row.

    python -m tests.fuzzing material pages
    python -m tests.fuzzing soak pages --inputs 100000
    python -m tests.fuzzing fuzz html --material pages --seconds 3600
    python -m tests.fuzzing heavy

From the root of the repository; `fuzz` needs `pip install atheris`. Something failed: exit status 1.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, file_okay=False)
_MATERIAL = click.Path(path_type=Path, file_okay=False, exists=True)


@click.group()
def main() -> None:
    """Fuzz the readers and what is behind them, and soak the whole command."""


@main.command()
@click.argument("folder", type=_FOLDER)
@click.option("--mutants", default=1000, show_default=True, help="Damaged pages of the samples.")
@click.option("--fresh", default=600, show_default=True, help="Pages of reports that are made up.")
@click.option("--kinds", default=4, show_default=True, help="Reports, each written as every kind of file.")
@click.option("--seed", default=1, show_default=True)
def material(folder: Path, mutants: int, fresh: int, kinds: int, seed: int) -> None:
    """Write pages of every kind, whole and damaged, and hostile ones, below FOLDER."""
    from .material import make_material

    click.echo(f"{make_material(folder, mutants, fresh, kinds, seed)} files in {folder}")


@main.command()
@click.argument("folder", type=_MATERIAL)
@click.option(
    "--inputs",
    type=click.IntRange(4, 100_000),  # all their names are in one command
    default=100_000,
    show_default=True,
    help="Files of FOLDER again and again.",
)
@click.option("--jobs", default=1, show_default=True, help="As for gouji extract.")
@click.option("--limit", "limits", multiple=True, help="As for gouji extract.")
def soak(folder: Path, inputs: int, jobs: int, limits: tuple[str, ...]) -> None:
    """Extract very many pages in one run: all answered once, in order, alike each time, in flat memory."""
    from .soak import run_soak

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it tells what it has measured
    result = run_soak(folder, inputs, jobs, limits, say=click.echo)
    for line in result.lines():
        click.echo(line)
    sys.exit(1 if result.faults else 0)


@main.command()
@click.argument("targets", nargs=-1, required=True)
@click.option("--material", "folder", type=_MATERIAL, required=True, help="What `material` has written.")
@click.option("--work", type=_FOLDER, default=Path("fuzzed"), show_default=True, help="Keeps what it finds.")
@click.option("--seconds", default=3600, show_default=True, help="For each target.")
def fuzz(targets: tuple[str, ...], folder: Path, work: Path, seconds: int) -> None:
    """Fuzz TARGETS with Atheris, one after the other; `all` for every one."""
    from .fuzz import fuzz as fuzz_target
    from .targets import TARGETS

    if unknown := [target for target in targets if target not in (*TARGETS, "all")]:
        raise click.UsageError(f"no target is called {unknown[0]}; there are {', '.join(TARGETS)}")
    findings = 0
    for target in TARGETS if "all" in targets else targets:
        result = fuzz_target(target, folder, work, seconds)
        findings += result.findings
        click.echo(result.line())
    sys.exit(1 if findings else 0)


@main.command()
def heavy() -> None:
    """Extract inputs that are very large or deep, and say what each costs."""
    from .heavy import costs

    click.echo("| input | MB | processor seconds | peak MB | answer |\n|---|---:|---:|---:|---|")
    for cost in costs():
        click.echo(cost.line())


if __name__ == "__main__":
    main(prog_name="python -m tests.fuzzing")
