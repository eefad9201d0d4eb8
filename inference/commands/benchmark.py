"""The command that measures what extraction costs: `gouji benchmark`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from gouji.inference.commands.options import (
    FILE,
    FOLDER,
    NEW_FILE,
    answered,
    jobs_option,
    make_parents,
    print_json,
    watched,
)
from gouji.inference.commands.outputs import files_below, overwrite_option, refuse_to_overwrite


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--against-module", type=FILE, help="A Python file with parse(text), timed on the same pages.")
@click.option("--scaling", is_flag=True, help="Instead: 1 to 100 times a page's length, 10 to 10,000 pages.")
@click.option("--cost", is_flag=True, help="Instead: what a page costs, and what 1 to 100 million would.")
@click.option("--floors", is_flag=True, help="Instead: each stage beside the least work that it could do.")
@click.option("--figure", type=NEW_FILE, help="With --scaling: draw it as SVG.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
@overwrite_option
@jobs_option
@answered
def benchmark(
    folder: Path,
    against_module: Path | None,
    scaling: bool,
    cost: bool,
    floors: bool,
    figure: Path | None,
    as_json: bool,
    overwrite: bool,
    jobs: int | None,
) -> None:
    """Time extraction: pages a second of a whole folder by one worker and by all, one page from a cold start.

    Also the processor time of single pages: the mean of each stage; and of their reading, by kind of file,
    their extraction, and the solver where several readings of the rows are left to choose from, the median,
    what 95% take, and all.

    With --floors, each stage beside the least work that it could do, and the ratio to another program of
    processor time: as it is, and as it would be if all stages did no more than that.

    With --cost, what a page costs all in all, in processor time and bytes, and what a corpus would.

    \b
    Example:
      gouji benchmark samples
    """
    if cost:
        _cost(folder, as_json)
        return
    if floors:
        _floors(folder, against_module, as_json)
        return
    if figure and not scaling:
        raise click.UsageError("--figure goes with --scaling")
    if scaling:
        refuse_to_overwrite(figure, files_below([folder]), overwrite=overwrite)
        make_parents(figure)
        _scaling(folder, figure, as_json, jobs or 1)
        return
    from gouji.inference.benchmark import run_benchmark

    measured = run_benchmark(folder, jobs, against_module)
    if as_json:
        print_json(measured.to_record())
        return
    click.echo(f"{measured.pages} pages, {measured.failed} failed")
    for workers, rate in measured.rates.items():
        click.echo(f"{rate:.1f} pages/s by gouji, everything included, {workers} worker{'s' * (workers > 1)}")
    click.echo(f"{measured.cold_start:.2f} s for one page from a cold start")
    if measured.memory is not None:
        click.echo(f"{measured.memory / 1e6:.0f} MB held by the largest process")
    stages = measured.times.stages
    each = ", ".join(f"{stage} {_milliseconds(seconds)}" for stage, seconds in stages.items())
    click.echo(f"a page's processor time, in ms: {each}; together {_milliseconds(sum(stages.values()))}")
    reading = ((f"reading {kind}", times) for kind, times in measured.times.reading.items())
    for name, times in (*reading, ("extraction", measured.times.page), ("solver", measured.times.solver)):
        half, most, longest = map(_milliseconds, (times.median, times.within_95, times.longest))
        click.echo(
            f"{name}, on {times.pages} pages: "
            f"half within {half} ms of processor time, 95% within {most}, all within {longest}"
        )
    if measured.against is not None:
        click.echo(f"{measured.against:.1f} pages/s by {against_module} (ratio {measured.ratio:.3f})")


def _scaling(folder: Path, figure: Path | None, as_json: bool, jobs: int) -> None:
    """Print, and draw, how cost grows."""
    from gouji.inference.scaling import LENGTHS, NUMBERS, by_length, by_number, scaling_figure
    from gouji.inference.square_plot import write_figure

    lengths = list(watched(by_length(folder), len(LENGTHS), "longer pages"))
    numbers = list(watched(by_number(folder, jobs=jobs), len(NUMBERS), "more pages"))
    if as_json:
        print_json({"lengths": list(map(asdict, lengths)), "numbers": list(map(asdict, numbers))})
    else:
        for each in lengths:
            once = _milliseconds(each.seconds / each.times)
            click.echo(
                f"{each.times} times as long: {each.seconds:.2f} s of processor time, {once} ms a time"
            )
        for each in numbers:
            held = "" if each.memory is None else f", {each.memory / 1e6:.0f} MB held by the largest process"
            once = _milliseconds(each.seconds / each.times)
            click.echo(f"{each.times} pages: {each.seconds:.1f} s of processor time, {once} ms a page{held}")
    if figure is not None:
        write_figure(figure, scaling_figure({"times as long": lengths, "pages": numbers}))


def _floors(folder: Path, against: Path | None, as_json: bool) -> None:
    """Print each stage beside its floor, and the other program's time."""
    from gouji.inference.floors import compare_with_floors

    compared = compare_with_floors(folder, against)
    if as_json:
        print_json(compared.to_record())
        return
    click.echo(f"a page's processor time, of {compared.pages} pages of text and HTML, in ms")
    for stage, (taken, floor) in compared.stages.items():
        click.echo(f"{stage}: {_milliseconds(taken)}, its floor {_milliseconds(floor)}")
    click.echo(f"together: {_milliseconds(compared.taken)}, the floors {_milliseconds(compared.floor)}")
    if compared.against is not None:
        click.echo(
            f"{against}: {_milliseconds(compared.against)} behind the same reading; ratio"
            f" {compared.ratio(0):.2f}, at the floors {compared.ratio(1):.2f},"
            f" at the floors but for the reading {compared.ratio(1, 0):.2f}"
        )


def _cost(folder: Path, as_json: bool) -> None:
    """Print what a page costs, and what a corpus would."""
    from gouji.inference.cost import CORPORA, measure_cost

    cost = measure_cost(folder)
    if as_json:
        print_json(asdict(cost))
        return
    packed = "" if cost.packed is None else f", {cost.packed / 1e3:.1f} kB as Parquet"
    click.echo(
        f"a page, of {cost.pages}: {_milliseconds(cost.seconds)} ms of processor time,"
        f" {cost.read / 1e3:.1f} kB read, {cost.written / 1e3:.1f} kB written as JSON lines{packed}"
    )
    for pages in CORPORA:
        packed = "" if cost.packed is None else f", {cost.packed * pages / 1e9:,.0f} GB as Parquet"
        click.echo(
            f"{pages:,} pages: {cost.core_hours(pages):,.0f} core hours, {cost.read * pages / 1e9:,.0f} GB"
            f" read, {cost.written * pages / 1e9:,.0f} GB written as JSON lines{packed}"
        )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.{0 if seconds >= 0.1 else 1}f}"
