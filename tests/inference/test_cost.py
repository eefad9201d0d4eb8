"""What a page costs is measured, and reckoned for a corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.inference.cli import main


@pytest.mark.slow
def test_the_cost_of_a_page_is_told_and_that_of_a_corpus_in_proportion(samples: Path):
    measured = json.loads(CliRunner().invoke(main, ["benchmark", str(samples), "--cost", "--json"]).stdout)
    told = CliRunner().invoke(main, ["benchmark", str(samples), "--cost"]).stdout.splitlines()

    sizes = [path.stat().st_size for path in samples.iterdir()]
    assert measured["pages"] == len(sizes)
    assert measured["read"] == sum(sizes) / len(sizes)
    assert measured["packed"] < measured["written"]
    assert told[0].startswith("a page, of 2: ")
    assert [line.split(" pages: ")[0] for line in told[1:]] == ["1,000,000", "10,000,000", "100,000,000"]
    gigabytes = f"{measured['written'] / 1e3:,.0f} GB written as JSON lines"
    assert gigabytes in told[1]
