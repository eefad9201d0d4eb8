"""The two recipes for a model of one's own, as the documents print them, by the command line alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"

pytestmark = pytest.mark.slow


def gouji(*arguments: str | Path) -> str:
    """What a command prints, with a model's progress on stderr for who looks into a failure."""
    command = [sys.executable, "-m", "gouji.inference", *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def cells_of(folder: Path, *options: str | Path) -> Counter[str]:
    """How many cells of a folder's pages are right, wrong and open, and how many pages verified."""
    counts: Counter[str] = Counter()
    for line in gouji("extract", folder / "pages", *options).splitlines():
        record = json.loads(line)
        counts[record["status"]] += 1
        truth = folder / "truth" / f"{Path(record['source']).name.partition('__')[0]}.json"
        read = {cell["key"]: cell for cell in record["cells"]}
        for key, value in json.loads(truth.read_text(encoding="utf-8"))["cells"].items():
            cell = read.get(key)
            if cell is None or cell["state"] in ("ambiguous", "missing"):
                counts["open"] += 1
            else:
                counts["right" if cell["value"] == value else "wrong"] += 1
    return counts


def test_five_labelled_pages_teach_the_layout_that_is_read_aloud(tmp_path: Path):
    aloud = SAMPLES / "read_aloud"
    before = cells_of(aloud)
    gouji("annotate", aloud / "pages", "--to", "jsonl", "-o", tmp_path / "runs" / "prelabelled.jsonl")
    labelled = tmp_path / "runs" / "labelled.jsonl"
    gouji("annotations", "import", aloud / "labelled.jsonl", "--from", "jsonl", "-o", labelled)

    gouji("train", labelled, "--from", "shipped", "--out", tmp_path / "runs" / "mine")

    after = cells_of(aloud, "--model", tmp_path / "runs" / "mine")
    assert (before["verified"], before["wrong"]) == (0, 0)
    assert before["right"] < before["open"]
    assert dict(after) == {"verified": 12, "right": 2382}


def test_twelve_labelled_pages_teach_the_words_of_another_form(tmp_path: Path):
    website = SAMPLES / "website"
    form = ["--forms", website / "website.toml"]
    before = cells_of(website, *form)

    gouji(
        *("train", website / "labelled.jsonl", *form, "--from", "shipped", "--synthetic", "40"),
        *("--out", tmp_path / "runs" / "website"),
    )

    after = cells_of(website, *form, "--model", tmp_path / "runs" / "website")
    assert (before["wrong"], after["wrong"]) == (0, 0)
    assert before["right"] < 0.1 * after["right"]
    assert after["right"] >= 0.9 * (after["right"] + after["open"])
