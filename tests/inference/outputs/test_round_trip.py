"""What is written comes back: from tables of cells everything, from a wide table every value and state."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.inference.extraction import Before, Cell, Settled, State, Suggestion
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.read_back import read_records
from gouji.inference.outputs.recorded_tables import sums_of, tables_of
from gouji.inference.outputs.records import (
    Record,
    record_of,
    record_of_json,
    report_of,
)
from gouji.inference.outputs.rows import page_row
from gouji.inference.outputs.tidy import cell_rows, record_of_rows
from gouji.inference.outputs.wide import record_of_wide_row, wide_row
from gouji.inference.outputs.writers import Shape, new_writer
from gouji.inference.patterns import PATTERNS
from gouji.inference.why import Why
from gouji.model.forms import load_forms

KNOWN = load_forms()


def written(records: Sequence[Record], path: Path, shape: Shape) -> Path:
    with new_writer(path, shape, KNOWN) as writer:
        for record in records:
            writer.write(record)
    return path


def what_wide_tells(record: Record) -> tuple[Any, ...]:
    cells = [(c.key, c.value, c.state, c.unit, c.candidates, c.more, c.derived, c.why) for c in record.cells]
    page = (record.source, record.part, record.title, record.issuer, record.year, record.form, record.error)
    told = (record.checks, record.unplaced, record.suggestion, record.pattern, record.bounded, record.other)
    return (*page, record.forms, record.status, *told, cells)


@pytest.mark.parametrize("name", ["cells.csv", "cells.parquet"])
def test_tables_of_cells_and_pages_give_the_very_json_back(
    answers: list[dict[str, Any]], json_lines: Path, tmp_path: Path, name: str
):
    path = written(list(read_records(str(json_lines), KNOWN)), tmp_path / name, Shape.TIDY)

    assert [record.to_json() for record in read_records(str(path), KNOWN)] == answers


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_from_json_to_tidy_to_wide_to_json_no_value_is_lost(json_lines: Path, tmp_path: Path, ending: str):
    records = list(read_records(str(json_lines), KNOWN))

    tidy = written(records, tmp_path / f"cells{ending}", Shape.TIDY)
    wide = written(list(read_records(str(tidy), KNOWN)), tmp_path / f"panel.wide{ending}", Shape.WIDE)
    back = written(list(read_records(str(wide), KNOWN)), tmp_path / "back.jsonl", Shape.JSONL)

    kept = [what_wide_tells(record) for record in read_records(str(back), KNOWN)]
    assert kept == [what_wide_tells(record) for record in records]


def test_what_is_suggested_and_what_is_bounded_come_back_as_they_were(
    answers: list[dict[str, Any]], json_lines: Path
):
    records = list(read_records(str(json_lines), KNOWN))

    assert [r.suggestion is not None for r in records] == ["suggestion" in answer for answer in answers]
    assert [dict(r.bounded) for r in records] == [answer.get("bounded", {}) for answer in answers]
    for record, answer in zip(records, answers, strict=True):
        if record.error is None:
            again = record_of(report_of(record))
            assert (again.suggestion, again.pattern, again.bounded) == (
                record.suggestion,
                record.pattern,
                record.bounded,
            ), answer["source"]
    assert [record.suggestion for record in records if record.suggestion] == [
        Suggestion(
            "applications/granted/total", 28, 26, ("applications/row/granted", "applications/results/total")
        )
    ]


def test_a_suggestion_that_holds_more_than_is_known_here_is_kept(answers: list[dict[str, Any]]):
    answer = {**answers[0], "suggestion": {**answers[0]["suggestion"], "why": "digits swapped"}}

    record = record_of_json(answer)

    assert record_of_rows(page_row(record, KNOWN), list(cell_rows(record, KNOWN)), KNOWN).to_json() == answer
    assert record_of_wide_row(wide_row(record, KNOWN), KNOWN).to_json()["suggestion"] == answer["suggestion"]


def test_reasons_of_which_one_is_not_known_here_are_kept(answers: list[dict[str, Any]]):
    answer = json.loads(json.dumps(next(a for a in answers if "blanks_vanished" in a["source"])))
    cell = next(cell for cell in answer["cells"] if cell["state"] == "ambiguous")
    cell["why"] = ["blank_lost", "of_a_later_version"]

    record = record_of_json(answer)

    assert record_of_rows(page_row(record, KNOWN), list(cell_rows(record, KNOWN)), KNOWN).to_json() == answer


def test_cells_without_their_pages_still_tell_every_cell(json_lines: Path, tmp_path: Path):
    records = [each for each in read_records(str(json_lines), KNOWN) if each.cells]
    path = written(records, tmp_path / "cells.csv", Shape.TIDY)
    (tmp_path / "cells.pages.csv").unlink()

    found = list(read_records(str(path), KNOWN))

    assert [record.cells for record in found] == [record.cells for record in records]
    assert [record.title for record in found] == [record.title for record in records]


def test_a_table_whose_rows_were_taken_out_is_not_read_wrongly(json_lines: Path, tmp_path: Path):
    path = written(list(read_records(str(json_lines), KNOWN)), tmp_path / "cells.csv", Shape.TIDY)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "disclosure/licensing" not in line), encoding="utf-8")

    with pytest.raises(OutputError, match=r"rows are not the 200 cells.*move cells\.pages\.csv away"):
        list(read_records(str(path), KNOWN))


def numbers() -> st.SearchStrategy[int | float]:
    decimals = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda number: not number.is_integer())
    return st.one_of(st.integers(-99, 9999), st.integers(-(2**80), 2**80), decimals)


def texts() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@st.composite
def cells(draw: st.DrawFn, key: str) -> Cell:
    state = draw(st.sampled_from(State))
    settled = state in (State.READ, State.PLACED, State.SETTLED)
    candidates = st.lists(st.none() | numbers(), max_size=8).map(tuple)
    return Cell(
        key,
        draw(numbers()) if settled else None,
        state,
        raw=draw(st.none() | texts()),
        unit=draw(st.none() | texts()),
        start=draw(st.none() | st.integers(0, 10**6)),
        end=draw(st.none() | st.integers(0, 10**6)),
        confidence=draw(st.none() | st.integers(0, 10**4).map(lambda n: n / 10**4)),
        candidates=draw(candidates) if state is State.AMBIGUOUS else (),
        more=draw(st.booleans()) if state is State.AMBIGUOUS else False,
        derived=draw(st.none() | numbers()) if state is State.MISSING else None,
        why=draw(reasons()) if state in (State.AMBIGUOUS, State.MISSING) else (),
        settled=draw(answers_of_persons()) if state is State.SETTLED else None,
    )


def answers_of_persons() -> st.SearchStrategy[Settled]:
    befores = st.builds(Before, st.sampled_from(State), st.none() | numbers(), st.lists(numbers()).map(tuple))
    return st.builds(Settled, texts(), texts(), st.none() | befores, st.booleans())


def reasons() -> st.SearchStrategy[tuple[Why, ...]]:
    return st.lists(st.sampled_from(Why), min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A report of any form; its review table, which is short, may be absent or hold anything."""
    form = KNOWN[draw(st.sampled_from(sorted(KNOWN)))]
    few = draw(st.lists(st.sampled_from(form.keys()), max_size=12, unique=True))
    absent = draw(st.booleans())
    drawn = {}
    for key in form.keys():
        if absent and key.startswith("review/"):
            drawn[key] = Cell(
                key, None, State.MISSING, derived=draw(st.none() | st.integers(0, 9)), why=(Why.NO_TABLE,)
            )
        else:
            drawn[key] = draw(cells(key)) if key in few else Cell(key, 7, State.READ, raw="7")
    bare = Record(
        source=draw(texts()),
        part=draw(st.none() | st.integers(1, 9)),
        title=draw(st.none() | texts()),
        issuer=draw(st.none() | texts()),
        year=draw(st.none() | st.integers(2000, 2030)),
        form=form.id,
        forms={t.id: None if absent and t.id == "review" else form.id for t in form.tables},
        status="incomplete",
        cells=tuple(drawn.values()),
    )
    if draw(st.booleans()):
        key, printed = draw(st.sampled_from(form.keys())), draw(st.none() | numbers())
        bare = replace(bare, suggestion=Suggestion(key, printed, draw(numbers()), ("a/b/c", "d/e/f")))
    bare = replace(bare, pattern=draw(st.none() | st.sampled_from(PATTERNS).map(lambda each: each.name)))
    if draw(st.booleans()):
        bare = replace(bare, bounded={"review": draw(texts())})
    data = bare.to_json()
    data["checks"] = list(sums_of(tables_of(bare, KNOWN), bare.cells))
    return record_of_json(data)


@settings(max_examples=60, deadline=None)
@given(records())
def test_any_record_comes_back_from_its_rows(record: Record):
    page, rows = page_row(record, KNOWN), list(cell_rows(record, KNOWN))
    wide = wide_row(record, KNOWN)

    assert record_of_rows(page, rows, KNOWN) == record
    assert what_wide_tells(record_of_wide_row(wide, KNOWN)) == what_wide_tells(record)


@settings(max_examples=15, deadline=None)
@given(st.lists(records(), max_size=3), st.sampled_from([".csv", ".parquet"]))
def test_any_records_come_back_from_files(
    tmp_path_factory: pytest.TempPathFactory, found: list[Record], ending: str
):
    folder = tmp_path_factory.mktemp("tables")

    tidy = written(found, folder / f"cells{ending}", Shape.TIDY)
    wide = written(list(read_records(str(tidy), KNOWN)), folder / f"panel{ending}", Shape.WIDE)

    assert list(read_records(str(tidy), KNOWN)) == found
    back = [json.loads(record.line()) for record in read_records(str(wide), KNOWN)]
    assert [what_wide_tells(record_of_json(each)) for each in back] == [what_wide_tells(r) for r in found]
