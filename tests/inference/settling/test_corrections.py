"""The file of answers only grows, holds what stands, and tells who comes second that he does."""

from __future__ import annotations

import json
from multiprocessing import get_context
from pathlib import Path

import pytest

from gouji.inference.extraction import Before, State
from gouji.inference.settling.answers import Answer, Said
from gouji.inference.settling.corrections import Corrections, CorrectionsError, Stale

KEY, OTHER = "review/litigation/total", "review/litigation/upheld"
WHEN = "2026-11-30T08:00:00Z"


def answer(value: int | float | Said, key: str = KEY, page: str = "aa", by: str = "li") -> Answer:
    return Answer(page, None, key, value, by, WHEN, Before(State.AMBIGUOUS, candidates=(3, None)), "a.txt")


@pytest.fixture
def file(tmp_path: Path) -> Corrections:
    return Corrections(tmp_path / "deep" / "corrections.jsonl")


def test_an_answer_comes_back_as_it_was_given(file: Corrections):
    given = [answer(3), answer(14.495, OTHER), answer(Said.ABSENT, "review/litigation/other")]

    file.append(given, 0)

    assert list(file.standing("aa")) == given
    assert file.reports() == {("aa", None): tuple(given)}


def test_the_last_answer_to_a_cell_stands_and_an_undo_brings_the_one_before_back(file: Corrections):
    token = file.append([answer(3), answer(4)], 0)

    after_one = file.undo("aa", None, KEY, "wang", token)
    (stands,) = file.standing("aa")
    file.undo("aa", None, KEY, "wang", after_one)

    assert stands == answer(3)
    assert file.standing("aa") == ()
    assert len(file.path.read_text().splitlines()) == 4


def test_nothing_that_stands_in_the_file_is_changed(file: Corrections):
    token = file.append([answer(3)], 0)
    before = file.path.read_bytes()

    token = file.append([answer(4)], token)
    file.undo("aa", None, KEY, "li", token)

    assert file.path.read_bytes().startswith(before)


def test_there_is_nothing_to_undo_where_no_answer_stands(file: Corrections):
    file.append([answer(3)], 0)

    with pytest.raises(CorrectionsError, match=f"no answer to {OTHER} stands"):
        file.undo("aa", None, OTHER, "li", 1)


def test_who_has_not_seen_anothers_answer_to_the_report_is_told_and_nothing_is_written(file: Corrections):
    seen_by_both = file.token("aa")
    file.append([answer(3, by="wang")], seen_by_both)
    before = file.path.read_bytes()

    with pytest.raises(Stale, match="wang answered the same report meanwhile") as told:
        file.append([answer(4)], seen_by_both)

    assert told.value.since == (answer(3, by="wang"),)
    assert file.path.read_bytes() == before


def test_an_answer_to_another_report_disturbs_nobody(file: Corrections):
    file.append([answer(3, page="bb", by="wang")], 0)

    file.append([answer(4)], 0)

    assert [each.value for each in file.standing("aa")] == [4]


def _answer_often(path: str, by: str) -> int:
    """Answers ten times, looking again as often as somebody was quicker; how often that was."""
    file, told = Corrections(Path(path)), 0
    for number in range(10):
        while True:
            try:
                file.append([answer(number, by=by)], file.token("aa"))
                break
            except Stale:
                told += 1
    return told


def test_of_people_who_answer_at_once_nobody_loses_an_answer(file: Corrections):
    with get_context("fork").Pool(3) as pool:
        pool.starmap(_answer_often, [(str(file.path), by) for by in ("li", "wang", "wu")])

    given = [line.answer for line in file.lines()]
    for by in ("li", "wang", "wu"):
        assert [each.value for each in given if each is not None and each.by == by] == list(range(10))


def test_lines_that_are_no_answers_are_told_of_and_kept(file: Corrections):
    file.append([answer(3)], 0)
    with file.path.open("a") as raw:
        raw.write('not json\n{"page": "aa", "key": 1}\n')
        raw.write(json.dumps(answer(5).to_record() | {"value": "five"}) + "\n")
        raw.write('{"page": "aa", "ke')  # somebody was cut off

    file.append([answer(4, OTHER)], 1)

    faults = file.faults()
    assert [fault.partition(": ")[0].rpartition(" ")[2] for fault in faults] == ["2", "3", "4", "5"]
    assert "misses by, value, when" in faults[1]
    assert "'five'" in faults[2]
    assert [each.value for each in file.standing("aa")] == [3, 4]
