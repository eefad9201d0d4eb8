"""Count what stands in each cell of reports, to know which of several readings is the likelier one.

Flow:  figures of made-up reports, truths of real ones -> **counts** -> model/forms/likelihoods.json

    python -m gouji.training.likelihoods --made-up 4000 --seed 20261201 -o model/forms/likelihoods.json

The reports that ship hold no real figures but those of five pages whose applications are all nought,
so what ships is counted on drawn figures: a publisher's sizes and its empty cells as `training.figures`
draws them. Whoever has truths of real reports counts those: `--truth DIR`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import click
import numpy as np

from gouji.annotations.truth import load_truths
from gouji.inference.assembly.likelihood import SIZES, sizes
from gouji.model.forms import load_forms
from gouji.training.figures import Number, make_figures

Figures = Mapping[str, Number | None]


def count_sizes(reports: Iterable[Figures]) -> dict[str, list[int]]:
    """How often each size stands in each cell.

    >>> count_sizes([{"t/a/x": 3, "t/a/y": None}, {"t/a/x": 3, "t/a/y": 1}])
    {'t/a/x': [0, 0, 0, 2], 't/a/y': [1, 0, 1, 0]}
    """
    counts: dict[str, list[int]] = {}
    for figures in reports:
        for _, own in groupby(figures, key=lambda key: key.rpartition("/")[0]):
            keys = list(own)
            values = np.array([[figures[key] or 0 for key in keys]], dtype=np.float64)
            for key, size in zip(keys, sizes(keys, values)[0].tolist(), strict=True):
                counts.setdefault(key, [0] * len(SIZES))[size] += 1
    return counts


def drawn_figures(count: int, seed: int) -> Iterator[Figures]:
    """The figures of made-up reports, every second one of each form."""
    forms = list(load_forms().values())
    for index in range(count):
        form = forms[index % len(forms)]
        rng = random.Random(f"{seed}/{index}")
        yield make_figures({table.id: form for table in form.tables}, rng)


def true_figures(folders: Sequence[Path]) -> Iterator[Figures]:
    """The figures of truth files.

    Raises:
        TruthError: A folder holds none, or some are faulty.
    """
    for folder in folders:
        for truth in load_truths(folder).values():
            yield truth.cells


def write_counts(path: Path, counts: Mapping[str, Sequence[int]], command: str) -> None:
    """Write the counts, a line for each cell."""
    cells = ",\n".join(f"  {json.dumps(key)}: {json.dumps(seen)}" for key, seen in counts.items())
    head = f' "made by": {json.dumps(command)},\n "sizes": {json.dumps(SIZES)},\n'
    path.write_text(f'{{\n{head} "cells": {{\n{cells}\n }}\n}}\n', encoding="utf-8")


@click.command()
@click.option("--made-up", type=click.IntRange(min=0), default=4000, show_default=True, help="Reports drawn.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, other reports.")
@click.option(
    "--truth",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Truth files ID.json of real reports, counted beside the drawn ones.",
)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def main(made_up: int, seed: int, folders: tuple[Path, ...], output: Path) -> None:
    """Count how large the figures of each cell are beside their row's."""
    counts = count_sizes([*drawn_figures(made_up, seed), *true_figures(folders)])
    named = "".join(f" --truth {folder.name}" for folder in folders)
    command = f"python -m gouji.training.likelihoods --made-up {made_up} --seed {seed}{named}"
    write_counts(output, counts, command)
    click.echo(f"{len(counts)} cells in {output}", err=True)


if __name__ == "__main__":
    main()
