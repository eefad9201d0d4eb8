"""An ablation switches doubts off on pages of known truth, and counts what that gains and lets in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gouji.annotations.page_files import parse_name
from gouji.annotations.truth import Truth
from gouji.inference.ablation.switches import SwitchError, switches
from gouji.inference.ablation.worth import Turn, Worth, add_up, worth_of
from gouji.inference.assembly.doubts.catalogue import DOUBTS
from gouji.inference.cli import main
from gouji.inference.evaluation.cells import PageScore, score_page
from gouji.inference.evaluation.predictions import FoundCell, Prediction
from gouji.inference.extractor import Extractor
from gouji.inference.readers import read_page

TRUTH = Truth("a", "2021", None, None, None, {"t/a": 3, "t/b": 4})
OPEN = FoundCell(None, "ambiguous", candidates=(3,), more=True)

MOVED = (
    "<table><tr><td colspan=4>二、主动公开政府信息情况</td></tr>"
    "<tr><td colspan=4>第二十条第（一）项</td></tr>"
    "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    "<tr><td>规章</td><td>1</td><td>2</td></tr>"
    "<tr><td>行政规范性文件</td><td>3</td><td>4</td><td>5</td></tr></table>"
)


def score(status: str, **cells: FoundCell) -> PageScore:
    found = {f"t/{name}": cell for name, cell in cells.items()}
    return score_page(parse_name(Path("a__made.txt")), TRUTH, Prediction("a__made.txt", found, status))


def ablated(folder: Path, *more: str) -> Result:
    pages, truth = str(folder / "pages"), str(folder / "truth")
    return CliRunner().invoke(main, ["ablate", "--pages", pages, "--truth", truth, "--jobs", "1", *more])


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A folder with an HTML page of which a cell of a row was lost, and its truth."""
    for name in ("pages", "truth"):
        (tmp_path / name).mkdir()
    (tmp_path / "pages" / "a__made.html").write_text(MOVED, encoding="utf-8")
    rows = {"regulations": (1, None, 2), "normative_documents": (3, 4, 5)}
    cells = {
        f"disclosure/{row}/{column}": value
        for row, values in rows.items()
        for column, value in zip(("issued", "repealed", "in_force"), values, strict=True)
    }
    record = json.dumps({"id": "a", "form": "2021", "partial": True, "cells": cells})
    (tmp_path / "truth" / "a.json").write_text(record, encoding="utf-8")
    return tmp_path


def test_a_cell_that_is_right_or_wrong_without_a_doubt_alone_is_gained():
    with_it = score("incomplete", a=OPEN, b=OPEN)
    without = score("verified", a=FoundCell(3, "read"), b=FoundCell(5, "read"))

    worth = worth_of(with_it, without)

    assert worth == Worth(1, 1, right=Turn(1), wrong=Turn(1), broken=Turn(1))
    assert worth_of(without, with_it) == Worth(1, 1, Turn(0, 1), Turn(0, 1), Turn(0, 1))


def test_a_whole_list_of_candidates_without_the_truth_is_counted():
    listed = FoundCell(None, "ambiguous", candidates=(1, 2))

    worth = worth_of(score("incomplete", a=OPEN), score("incomplete", a=listed))

    assert worth.false_lists == Turn(1)
    assert add_up([worth, worth]).false_lists == Turn(2)


def test_a_family_is_switched_off_with_all_its_doubts_and_every_doubt_by_itself():
    found = switches([["uneven", "leading_zero"]])

    assert {name for switch in found if switch.doubt is not None for name in switch.off} == set(DOUBTS)
    assert next(s.off for s in found if s.name == "confidence") >= {"unsure_tag", "many_near"}
    assert [s.off for s in found[-2:]] == [{"uneven", "leading_zero"}, set(DOUBTS)]


def test_a_group_with_a_name_that_no_doubt_has_says_which_are_near():
    with pytest.raises(SwitchError, match="'unevn': no such doubt; near it: uneven"):
        switches([["unevn"]])


def test_a_doubt_that_does_not_fire_on_a_page_changes_nothing_there(extractor: Extractor, samples: Path):
    for path in sorted(samples.glob("*.txt")):
        found = extractor.find(read_page(path))
        read = extractor.assemble(found)

        assert all(extractor.assemble(found, [name]) == read for name in DOUBTS.keys() - read.doubts), path


def test_the_command_counts_what_a_doubt_keeps_open_on_a_page_of_any_kind(moved: Path):
    result = ablated(moved, "--json", "--group", "cells_untold,few_beside_many,other_cells_known")

    summary: Mapping[str, Any] = json.loads(result.stdout)
    untold = summary["switches"]["cells_untold"]
    assert (summary["pages"], summary["right"], summary["wrong"], summary["open"]) == (1, 3, 0, 3)
    assert (untold["fired"], untold["changed"], untold["why"]) == (1, 1, "blank_lost")
    assert untold["pages_changed"] == ["a__made.html"]
    assert summary["switches"]["uneven"]["fired"] == 0
    assert summary["switches"]["all doubts"]["fired"] == 1


def test_the_table_has_a_row_for_every_doubt_and_names_the_members_of_a_group(moved: Path):
    text = ablated(moved, "--group", "uneven,leading_zero").stdout
    markdown = ablated(moved, "--markdown").stdout

    assert all(f"  {name} " in text for name in DOUBTS)
    assert "group 1       leading_zero, uneven" in text
    assert markdown.startswith("**1 pages with all doubts: 3 cells right")


def test_a_page_that_cannot_be_read_is_told_of_and_left_out(moved: Path):
    (moved / "pages" / "a__broken.docx").write_bytes(b"PK\x03\x04 no archive")

    result = ablated(moved, "--json")

    assert "a__broken.docx: left out, for" in result.stderr
    assert json.loads(result.stdout)["pages"] == 1
