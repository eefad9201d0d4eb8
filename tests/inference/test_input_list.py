"""The list of inputs is gone through as often as is wanted, is not held, and its digest tells a change."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from gouji.inference import input_list
from gouji.inference.input_list import Laid, list_inputs
from gouji.inference.readers import Options


def listed(*names: str | Path) -> input_list.InputList:
    return list_inputs(map(str, names), Options())


def write(*paths: Path) -> None:
    for path in paths:
        path.write_text("某市年报", encoding="utf-8")


@pytest.mark.parametrize("count", [0, 1, 511, 512, 513, 1024, 1500])
def test_what_is_laid_down_is_gone_through_from_any_place_on_by_several_at_a_time(count: int):
    laid: Laid[int] = Laid()
    for number in range(count):
        laid.lay(number)

    for begin in (0, 1, 511, 512, 600, 1024, 1499, 1500, 3000):
        pairs = list(zip(laid, laid.from_number(begin), strict=False))
        assert pairs == list(zip(range(count), range(begin, count), strict=False))
    assert len(laid) == count


def test_a_long_list_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(input_list, "_HELD", 1 << 16)
    laid: Laid[str] = Laid()
    tracemalloc.start()
    for number in range(20_000):
        laid.lay(f"province/city/county/page-{number}.html")
    assert sum(1 for _ in laid) == 20_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 500_000  # bytes; the names alone would take 1,600,000


def test_the_digest_stays_until_an_input_changes(tmp_path: Path):
    write(tmp_path / "a", tmp_path / "b")
    before = listed(tmp_path).digest()

    same = listed(tmp_path).digest()
    os.utime(tmp_path / "a", ns=(1, 1))
    touched = listed(tmp_path).digest()
    write(tmp_path / "c")
    more = listed(tmp_path).digest()

    assert same == before
    assert len({before, touched, more}) == 3


def test_other_names_for_the_same_files_are_other_inputs(tmp_path: Path):
    write(tmp_path / "a")

    assert listed(tmp_path).digest() != listed(tmp_path / "." / "a", tmp_path / "a").digest()
