"""What stands in each cell is counted on drawn figures and on truths, the same for the same seed."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from gouji.inference.assembly.likelihood import LIKELIHOODS_FILE, SIZES
from gouji.training.likelihoods import count_sizes, drawn_figures, main


def test_a_blank_counts_as_nothing_and_a_number_by_its_share_of_the_rows_greatest():
    counts = count_sizes([{"t/a/x": None, "t/a/y": 4, "t/a/z": 100}, {"t/a/x": 30, "t/a/y": 0, "t/a/z": 50}])

    assert counts == {"t/a/x": [1, 0, 1, 0], "t/a/y": [1, 1, 0, 0], "t/a/z": [0, 0, 0, 2]}


def test_the_same_seed_draws_the_same_figures_of_both_forms():
    first, again = (count_sizes(drawn_figures(6, 3)) for _ in range(2))

    assert first == again
    assert "disclosure/regulations/made" in first
    assert "disclosure/regulations/issued" in first


def test_the_command_counts_truths_beside_drawn_reports_and_says_so(tmp_path: Path, samples: Path):
    output = tmp_path / "likelihoods.json"
    truth = str(samples.parent / "truth")

    run = CliRunner().invoke(main, ["--made-up", "0", "--truth", truth, "-o", str(output)])

    made = json.loads(output.read_text(encoding="utf-8"))
    assert run.exit_code == 0, run.output
    assert made["made by"].endswith("--made-up 0 --seed 0 --truth truth")
    assert sum(made["cells"]["applications/received/total"]) == 2


def test_what_ships_has_the_shape_that_the_command_writes():
    shipped = json.loads(LIKELIHOODS_FILE.read_text(encoding="utf-8"))

    assert shipped["made by"] == "python -m gouji.training.likelihoods --made-up 4000 --seed 20261201"
    assert tuple(shipped["sizes"]) == SIZES
    assert {sum(seen) for seen in shipped["cells"].values()} == {2000, 4000}
