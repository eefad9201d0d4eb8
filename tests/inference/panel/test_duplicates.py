"""Reports that stand in a batch twice are found, and the chosen ones taken; two bodies are never one."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gouji.inference.cli import main
from gouji.inference.extraction import Cell, State
from gouji.inference.outputs.records import Record
from gouji.inference.panel.duplicates import Choice, Group, entry_of, find_groups, taken_of

FIGURES = tuple(range(1, 9))


def record(
    issuer_id: str | None = "321300-19b7f48b",
    year: int | None = 2023,
    status: str = "verified",
    figures: tuple[int | None, ...] = FIGURES,
    sha256: str | None = None,
) -> Record:
    cells = tuple(
        Cell(f"applications/received/{n}", value, State.READ if value is not None else State.MISSING)
        for n, value in enumerate(figures)
    )
    other: dict[str, Any] = {"issuer_id": issuer_id, "meta": {"sha256": sha256} if sha256 else {}}
    return Record("a.html", year=year, status=status, cells=cells, other=other)


def groups_of(*records: Record) -> list[Group]:
    return find_groups([entry_of(each, place) for place, each in enumerate(records)])


def taken(choice: Choice, *records: Record) -> list[int]:
    return taken_of(groups_of(*records), choice, len(records))


def test_two_copies_are_a_group():
    (group,) = groups_of(record(), record(year=2022), record())

    assert [entry.place for entry in group.entries] == [0, 2]
    assert group.certain


def test_a_page_beside_its_attachment_is_found_and_the_one_with_tables_taken():
    notice = record(status="no_tables", figures=())

    assert taken(Choice.FIRST, notice, record()) == [1]
    assert taken(Choice.BEST, notice, record()) == [1]
    assert taken(Choice.KEEP, notice, record()) == [0, 1]


def test_of_two_versions_that_differ_the_better_proved_is_best_and_the_first_is_first():
    doubtful = record(status="incomplete", figures=(*FIGURES[:-1], None))
    other = record(figures=(9, *FIGURES[1:]))

    assert taken(Choice.BEST, doubtful, other) == [1]
    assert taken(Choice.FIRST, doubtful, other) == [0]


def test_an_open_cell_differs_from_nothing():
    named = "name-37ee2b75bfd9"
    open_in_one = record(named, status="incomplete", figures=(None, *FIGURES[1:]))

    assert taken(Choice.BEST, open_in_one, record(named)) == [1]


@pytest.mark.parametrize("choice", [Choice.FIRST, Choice.BEST])
def test_bodies_of_one_name_whose_place_is_open_are_one_only_where_their_figures_agree(choice: Choice):
    named = "name-37ee2b75bfd9"
    other = record(named, figures=(5, *FIGURES[1:]))

    assert taken(choice, record(named), other) == [0, 1]
    assert taken(choice, record(named), record(named)) == [0]


def test_of_two_bodies_of_one_name_each_ones_copies_are_a_group_and_both_bodies_a_doubtful_one():
    named = "name-37ee2b75bfd9"
    other = record(named, figures=(5, *FIGURES[1:]))
    batch = (record(named), other, record(named))

    found = [([entry.place for entry in group.entries], group.certain) for group in groups_of(*batch)]

    assert found == [([0, 2], True), ([0, 1], False)]
    assert taken(Choice.FIRST, *batch) == [0, 1]


@pytest.mark.parametrize("choice", [Choice.FIRST, Choice.BEST])
def test_two_bodies_of_one_name_that_did_nothing_are_not_one(choice: Choice):
    nothing = record("name-37ee2b75bfd9", figures=(0,) * 8)

    assert taken(choice, nothing, nothing) == [0, 1]


def test_the_same_bytes_are_one_report_whatever_the_name():
    copy = record("name-37ee2b75bfd9", figures=(0,) * 8, sha256="ab")

    assert taken(Choice.FIRST, copy, copy) == [0]


def test_reports_without_a_body_or_a_year_are_in_no_group():
    assert groups_of(record(None), record(None), record(year=None), record(year=None)) == []


def test_the_command_takes_one_of_two_copies_that_differ(tmp_path: Path, samples: Path):
    page = samples / "yunling_2022__lines.txt"
    copy = tmp_path / "copy.txt"
    text = page.read_text(encoding="utf-8")
    copy.write_text(text.replace("（七）总计", "（七）总计数", 1), encoding="utf-8")
    run = CliRunner()
    run.invoke(main, ["extract", str(page), str(copy), "-o", str(tmp_path / "m.jsonl")])

    copies = {}
    for choice in ("keep", "first"):
        result = run.invoke(
            main,
            [
                "panel",
                str(tmp_path / "m.jsonl"),
                "-o",
                str(tmp_path / f"{choice}.csv"),
                "--duplicates",
                choice,
            ],
        )
        assert result.exit_code == 0, result.output
        with (tmp_path / f"{choice}.csv").open(encoding="utf-8-sig", newline="") as file:
            copies[choice] = [row["copies"] for row in csv.DictReader(file)]

    assert copies == {"keep": ["2"], "first": ["1"]}
