"""A real training, begun, watched and its model used by clicks alone: no part of it is stood in for.

Needs Debian's `chromium` (or Chrome) on the PATH, `playwright`, and the extras `train` and `evaluate`:

    apt install chromium && pytest tests/inference/serve/test_browser_training.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gouji.annotations.pages import load_labelled_pages

from .browser import Look, overflow, sent, serious
from .conftest import Serve, page

PAGES = ("lines_2021", "odd_characters_2021", "wrapped_labels_2021")  # of as many issuers
MADE_UP = "4"  # pages: what is learnt from them is not what is tested
MINUTES = 15  # two cores that others want too

pytestmark = pytest.mark.slow


def test_labelled_pages_train_a_model_that_is_measured_on_an_issuer_kept_aside_and_reads_pages(
    command: Serve, look: Look, axe: Any, tmp_path: Path
):
    for package in ("torch", "transformers", "nervaluate", "sklearn"):
        pytest.importorskip(package)
    address = command("--synthetic", MADE_UP)
    for name in PAGES:
        id_ = sent(address, f"{name}.txt", page(name))

        # Each page's labels are called right in its report.
        report = look(f"{address}/reports/{id_}.html", 1280, "zh-CN")
        report.keyboard.press("l")
        report.locator("#label-bar").wait_for()
        report.keyboard.press("a")
        report.locator("#label-said .holds").wait_for()

    # Train, and watch it to its end.
    trainings = look(address, 1280, "zh-CN")
    trainings.locator("#way-to-training a").click()
    assert "3" in trainings.locator("#in-hand b").inner_text()
    with trainings.expect_navigation():
        trainings.locator("#train").click()
    trainings.locator("#far", has_text="训练中").wait_for(timeout=MINUTES * 60_000)
    trainings.locator(".state.done").wait_for(timeout=MINUTES * 60_000)

    # One issuer was learnt from in no way, and the labels of its page are measured before and after.
    (folder,) = (tmp_path / "workbench" / "training").iterdir()
    told = json.loads((folder / "state.json").read_text("utf-8"))
    aside, learnt = (
        load_labelled_pages(folder / "aside.jsonl"),
        load_labelled_pages(folder / "labelled.jsonl"),
    )
    assert (len(aside), len(learnt), told["pages"], told["aside"]) == (1, 3, 3, 1)
    assert "--synthetic 4" in (folder / "log.txt").read_text("utf-8")
    for pages in ("aside", "made_up"):
        for when in ("before", "after"):
            assert told["measured"][pages][when]["all"]["gold"] > 100
    before, after = (told["measured"]["aside"][when]["all"]["f1"] for when in ("before", "after"))
    shown = trainings.locator("article table tr.all td").all_inner_texts()
    assert shown[1:3] == [f"{before:.1%}", f"{after:.1%}"]
    assert trainings.locator("article svg .way").count() >= 5  # the tags that the page bears
    assert serious(axe, trainings) == []
    assert overflow(trainings) <= 0

    # Its model reads pages once a person says so; what the page says is right still.
    with trainings.expect_navigation():
        trainings.locator("[data-use]").click()
    assert trainings.locator("article p.holds").count() == 1
    id_ = sent(address, "new.txt", page("lines_2021") + "\n再次报送\n".encode())
    report = look(f"{address}/reports/{id_}.html", 1280, "zh-CN")
    assert report.evaluate("DATA.cells.every((cell) => cell.state !== 'missing')")
