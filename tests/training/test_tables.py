"""Tables print with the faults of print, and their truth says just what they print."""

from __future__ import annotations

import random
from collections.abc import Iterator

from gouji.model.forms import load_forms
from gouji.model.labels import Tag
from gouji.training.figures import Number, make_figures
from gouji.training.reports import Cell, Grid
from gouji.training.tables import TablePrinter
from gouji.training.wording import Wording

FORM = load_forms()["2021"]
TABLE = FORM.table("applications")


def printed(seeds: range) -> Iterator[tuple[list[Grid], dict[str, Number | None]]]:
    for seed in seeds:
        rng = random.Random(seed)
        figures = make_figures({"applications": FORM}, rng)
        printer = TablePrinter(figures, Wording.draw(rng, 2023), rng)
        grids = printer.grids(TABLE)
        yield grids, printer.truth


def cells_of(grids: list[Grid]) -> list[Cell]:
    return [cell for grid in grids for row in grid.rows for cell in row]


def test_every_value_of_the_truth_is_printed_once_and_no_other() -> None:
    for grids, truth in printed(range(60)):
        keys = [cell.key for cell in cells_of(grids) if cell.key]

        assert keys == list(truth)


def test_a_column_is_lost_now_and_then_with_its_head_and_all_its_values() -> None:
    widths = [len({key.rsplit("/", 1)[1] for key in truth}) for _, truth in printed(range(400))]

    assert set(widths) == {6, 7}
    assert widths.count(6) < 20


def test_a_cut_table_repeats_its_head_now_and_then() -> None:
    heads = [
        sum(cell.tag is Tag.NOTE and cell.rowspan == 3 for cell in cells_of(grids))
        for grids, _ in printed(range(200))
    ]

    assert set(heads) == {1, 2}
    assert heads.count(2) < 30
