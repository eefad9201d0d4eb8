"""The soak notices what it is there for, and the command does well in a short one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .hostile import hostile_files
from .soak import Peaks, Soak, growth, read_answers, run_soak

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what processes hold is read in /proc")

HELD = [["{}"], ["{}#1", "{}#2"]]
LINE = '{{"source": "{}", "status": "verified", "cells": [{}]}}'


def faults_of(*answers: tuple[str, int], inputs: int = 4) -> list[str]:
    """What a soak of a page and an archive of two, over and over, says of such answers."""
    soak = Soak(inputs, files=2)
    read_answers([LINE.format(*answer) for answer in answers], HELD, soak, lambda number: None)
    return soak.faults


RIGHT = [("000000", 1), ("000001#1", 2), ("000001#2", 3), ("000002", 1), ("000003#1", 2), ("000003#2", 3)]


def test_answers_that_come_once_in_order_and_alike_are_right():
    assert faults_of(*RIGHT) == []


def test_an_answer_that_is_missing_twice_or_out_of_order_is_a_fault():
    twice = [*RIGHT[:1], *RIGHT[:1], *RIGHT[1:]]
    exchanged = [RIGHT[0], RIGHT[2], RIGHT[1], *RIGHT[3:]]

    assert faults_of(*RIGHT[:-1]) == ["input 3 was not answered"]
    assert "expected {}#1 of input 1, found 000002" in faults_of(RIGHT[0], *RIGHT[3:])[0]
    assert "expected {}#1 of input 1, found 000001#2" in faults_of(*exchanged)[0]
    assert "answered more than once" in faults_of(*twice)[0]


def test_an_answer_unlike_the_one_before_is_a_fault():
    assert faults_of(*RIGHT[:3], ("000002", 9), *RIGHT[4:]) == [
        "{} of file 0 is answered in another way than before"
    ]


def test_memory_that_grows_from_the_second_quarter_to_the_last_is_a_fault():
    flat = [Peaks(50, 200), Peaks(60, 210), Peaks(60, 230), Peaks(61, 215)]
    leaking = [Peaks(50, 200), Peaks(60, 210), Peaks(70, 230), Peaks(80, 215)]

    assert list(growth(flat)) == []
    assert list(growth(leaking)) == ["the command grew from 60 MB in the second quarter to 80 MB in the last"]


def test_the_command_answers_pages_and_hostile_files_over_and_over(samples: Path, tmp_path: Path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for path in samples.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for name in ("nul", "tags-too-deep", "zip-in-zip", "warc-cut", "docx-laughs", "json-lines"):
        (folder / name).write_bytes(hostile_files()[name]())

    soak = run_soak(folder, 24, 2, ["seconds=30"], say=lambda line: None)

    assert soak.statuses["verified"] == soak.statuses["incomplete"] == 3
    assert [fault for fault in soak.faults if " grew from " not in fault] == []  # it is too short for that
