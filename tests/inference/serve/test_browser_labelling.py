"""Labelling and training in a browser: spans drawn, retagged, deleted, undone; a training started and used.

Needs what test_browser.py needs, and skips where that does.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from gouji.annotations.pages import load_labelled_pages
from gouji.model.labels import Tag
from gouji.model.tokens import WEIGHTS_DIR

from .browser import Look, drag_over, overflow, sent, serious, wait_for
from .conftest import PAGES, Serve

# Characters that a script counts otherwise than the service, or may lose, before all that is tagged.
ODD = "😀\r\n𠮷\u200b\u3000\r\n"

LOOKS = [(1440, "en-GB", "light"), (360, "zh-CN", "dark")]


def text_of(name: str) -> bytes:
    return ODD.encode() + (PAGES / f"{name}.txt").read_bytes()


def tags_of(address: str, id_: str, print_: str) -> list[tuple[str, str]]:
    """The tag and the print of each span over the first place where something is printed."""
    told = httpx.get(f"{address}/reports/{id_}/spans").json()
    start = told["text"].index(print_)
    over = [span for span in told["spans"] if span[0] < start + len(print_) and start < span[1]]
    return [(tag, told["text"][begin:end]) for begin, end, tag in over]


def corrected(page: Any) -> Any:
    """Waits for the service's answer to what is done within."""
    return page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 200)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "language", "scheme"), LOOKS)
def test_labels_are_corrected_by_mouse_and_by_key_undone_and_found_again(
    command: Serve, look: Look, axe: Any, tmp_path: Path, width: int, language: str, scheme: str
):
    address = command()
    id_ = sent(address, "a.txt", text_of("lines_2021"))
    page = look(f"{address}/reports/{id_}.html", width, language, scheme)
    page.locator("#label-begin").click()
    page.locator("#label-bar").wait_for()
    assert serious(axe, page) == []
    assert overflow(page) <= 0

    # Draw by mouse: print that had no label, then a part of one that had.
    drag_over(page, "松台县交通运输局")
    with corrected(page):
        page.locator("#label-tools [data-tag=NOTE]").click()
    assert tags_of(address, id_, "松台县交通运输局") == [("NOTE", "松台县交通运输局")]
    drag_over(page, "行政")
    with corrected(page):
        page.locator("#label-tools [data-tag=GROUP]").click()
    assert tags_of(address, id_, "行政规范性文件") == [("GROUP", "行政"), ("ROW", "规范性文件")]
    assert serious(axe, page) == []

    # Retag and delete by keys: down to the next label, then a digit, then Delete.
    page.keyboard.press("ArrowDown")
    assert "规范性文件" in page.locator("#label-said").inner_text()
    with corrected(page):
        page.keyboard.press(str([*Tag].index(Tag.SUBTABLE) + 1))
    assert tags_of(address, id_, "规范性文件") == [("SUBTABLE", "规范性文件")]
    with corrected(page):
        page.keyboard.press("Delete")
    assert tags_of(address, id_, "规范性文件") == []

    # Draw by keys: a character behind what is chosen, stretched by a run.
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+Shift+ArrowRight")
    assert "规范性文件" in page.locator("#label-said").inner_text()
    with corrected(page):
        page.keyboard.press(str([*Tag].index(Tag.ROW) + 1))
    assert tags_of(address, id_, "行政规范性文件") == [("GROUP", "行政"), ("ROW", "规范性文件")]

    # Undo the last one, and only that; call all right; leave, and see them in the report.
    with corrected(page):
        page.keyboard.press("u")
    assert tags_of(address, id_, "规范性文件") == []
    with corrected(page):
        page.keyboard.press("a")
    assert "li" in page.locator("#label-said .holds").inner_text()
    with page.expect_navigation():
        page.keyboard.press("Escape")
    assert page.locator("#print .tag.GROUP", has_text="行政").count()
    assert page.locator("#label-bar").is_hidden()

    # Stop and start the service, and find them again; they are given out as a labelled page.
    address = command()
    (tmp_path / "labelled.jsonl").write_bytes(httpx.get(f"{address}/training/labelled.jsonl").content)
    (labelled,) = load_labelled_pages(tmp_path / "labelled.jsonl")
    first = labelled.spans[0]
    assert (first.tag, labelled.text[first.start : first.end]) == (Tag.NOTE, "松台县交通运输局")
    assert labelled.text.startswith(ODD)


@pytest.mark.slow
def test_the_second_of_two_labellers_sees_that_another_has_corrected_the_page(command: Serve, look: Look):
    address = command()
    id_ = sent(address, "a.txt", text_of("lines_2021"))
    first, second = (look(f"{address}/reports/{id_}.html", 1440, "en-GB") for _ in range(2))
    for page in (first, second):
        page.keyboard.press("l")
        page.locator("#label-bar").wait_for()
        page.keyboard.press("ArrowDown")

    with corrected(first):
        first.keyboard.press("7")
    with second.expect_response(lambda answer: answer.status == 409):
        second.keyboard.press("6")

    second.locator("#label-said .against").wait_for()
    second.locator("#label-said", has_text="Somebody else").wait_for()
    assert second.locator("#print [data-span='0']").get_attribute("class") == "tag NOTE opens"
    assert tags_of(address, id_, "一、总体情况")[0][0] == "NOTE"


@pytest.mark.slow
def test_what_is_for_the_screen_alone_is_not_printed(command: Serve, look: Look):
    address = command()
    id_ = sent(address, "a.txt", text_of("glued_2019"))
    page = look(f"{address}/reports/{id_}.html", 1440, "zh-CN")
    page.keyboard.press("n")
    page.emulate_media(media="print")

    shown = [page.locator(each).is_visible() for each in ("#labelling", "#settle", "#print", "#tables")]

    assert shown == [False, False, True, True]
    assert page.pdf().startswith(b"%PDF")
    page.goto(f"{address}/training")
    assert not page.locator("#train").is_visible()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "language", "scheme"), LOOKS)
def test_a_training_is_started_and_stopped_and_a_model_used_by_a_click(
    command: Serve, look: Look, axe: Any, tmp_path: Path, width: int, language: str, scheme: str
):
    pytest.importorskip("torch")
    done = done_before(tmp_path / "workbench" / "training" / "20260101-000000-000000")
    address = command()
    id_ = sent(address, "a.txt", text_of("lines_2021"))
    httpx.post(f"{address}/reports/{id_}/spans", json={"do": "right", "token": 0, "by": "li"})
    page = look(address, width, language, scheme)
    page.locator("#way-to-training a").click()
    page.locator("#train").wait_for()
    assert serious(axe, page) == []
    assert overflow(page) <= 0

    with page.expect_navigation():
        page.locator("#train").click()
    page.locator("#stop").wait_for()
    assert page.locator("#train").is_disabled()
    assert serious(axe, page) == []
    with page.expect_navigation():
        page.locator("#stop").click()
    wait_for(lambda: httpx.get(f"{address}/training/progress").json() == {})
    assert page.locator(".state.stopped").count() == 1

    assert page.locator(f"#t{done} table tbody tr").count() == 8
    assert page.locator(f"#t{done} svg .way").count() == 8
    assert httpx.get(f"{address}/training/state").json()["in_use"] is None
    with page.expect_navigation():
        page.locator(f"[data-use='{done}']").click()
    assert page.locator(f"#t{done} p.holds").count() == 1
    assert httpx.get(f"{command()}/training/state").json()["in_use"] == done


def done_before(folder: Path) -> str:
    """A training that was done: its model is a copy of the shipped one."""
    folder.mkdir(parents=True)
    shutil.copytree(WEIGHTS_DIR, folder / "model")
    scores = {name: {"f1": 0.5, "gold": 4, "found": 3} for name in ("all", *Tag)}
    better = {name: {**score, "f1": 0.9} for name, score in scores.items()}
    measured = {name: {"before": scores, "after": better} for name in ("aside", "made_up")}
    told = {"id": folder.name, "begun": "2026-01-01T00:00:00Z", "by": "li", "pages": 5, "aside": 1}
    (folder / "state.json").write_text(json.dumps({**told, "state": "done", "measured": measured}), "utf-8")
    return folder.name


@pytest.mark.slow
def test_who_settles_in_one_tab_and_corrects_labels_in_another_loses_nothing(command: Serve, look: Look):
    address = command()
    id_ = sent(address, "a.txt", text_of("glued_2019"))
    settling, labelling = (look(f"{address}/reports/{id_}.html", 1440, "en-GB") for _ in range(2))
    labelling.keyboard.press("l")
    labelling.locator("#label-bar").wait_for()
    labelling.keyboard.press("ArrowDown")
    settling.keyboard.press("n")
    settling.locator(".choice").first.wait_for()

    with corrected(labelling):
        labelling.keyboard.press("7")
    with settling.expect_navigation():
        settling.keyboard.press("1")
    settling.locator("#settle-told .holds").wait_for()
    with corrected(labelling):
        labelling.keyboard.press("a")
    with labelling.expect_navigation():
        labelling.keyboard.press("Escape")

    told = httpx.get(f"{address}/reports/{id_}/spans").json()
    assert told["spans"][0][2] == "NOTE"
    assert told["right"]["by"] == "li"
    assert labelling.locator("td.settled").count() == 1  # which it shows, though it was open before
    assert [
        e["settled"]["by"] for e in httpx.get(f"{address}/reports/{id_}").json()["cells"] if "settled" in e
    ] == ["li"]
