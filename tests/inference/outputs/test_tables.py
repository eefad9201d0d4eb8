"""pandas, polars and DuckDB read what is written, with the types that the data dictionary names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from gouji.inference.outputs.columns import Column, Kind, cell_columns, wide_columns
from gouji.inference.outputs.frames import frame_of, load_frame
from gouji.inference.outputs.read_back import read_records
from gouji.inference.outputs.table_files import new_table, read_rows
from gouji.inference.outputs.tidy import cell_rows
from gouji.inference.outputs.writers import Shape, new_writer
from gouji.model.forms import load_forms

KNOWN = load_forms()
COUNT = "applications/received/total"
AMOUNT = "disclosure/fees/amount"


@pytest.fixture
def tables(json_lines: Path, tmp_path: Path) -> Path:
    """A folder of all the tables."""
    for ending in (".csv", ".parquet"):
        for shape in (Shape.TIDY, Shape.WIDE):
            with new_writer(tmp_path / f"{shape}{ending}", shape, KNOWN) as writer:
                for record in read_records(str(json_lines), KNOWN):
                    writer.write(record)
    return tmp_path


def test_csv_for_excel_begins_with_a_mark_that_other_programs_pass_over(json_lines: Path, tmp_path: Path):
    path = tmp_path / "cells.csv"
    with new_writer(path, Shape.TIDY, KNOWN, excel=True) as writer:
        for record in read_records(str(json_lines), KNOWN):
            writer.write(record)

    for written in (path, tmp_path / "cells.pages.csv"):
        assert written.read_bytes().startswith(b"\xef\xbb\xbfsource,")
        assert pd.read_csv(written).columns[0] == "source"
        assert pl.read_csv(written, infer_schema_length=None).columns[0] == "source"
        assert duckdb.sql(f"select * from '{written}'").columns[0] == "source"
    assert len(list(read_records(str(path), KNOWN))) == len(list(read_records(str(json_lines), KNOWN)))


def column_of(answers: list[dict[str, Any]], key: str) -> list[int | float | None]:
    return [
        next((cell["value"] for cell in answer.get("cells", []) if cell["key"] == key), None)
        for answer in answers
    ]


def test_pandas_reads_a_wide_table_with_integers_and_numbers(answers: list[dict[str, Any]], tables: Path):
    parquet = pd.read_parquet(tables / "wide.parquet", dtype_backend="numpy_nullable")
    text = pd.read_csv(tables / "wide.csv", dtype_backend="numpy_nullable")

    for frame in (parquet, text):
        assert (str(frame[COUNT].dtype), str(frame[AMOUNT].dtype)) == ("Int64", "Float64")
        assert [None if pd.isna(n) else n for n in frame[COUNT]] == column_of(answers, COUNT)
        assert [None if pd.isna(n) else n for n in frame[AMOUNT]] == column_of(answers, AMOUNT)


def test_polars_reads_a_wide_table_with_integers_and_numbers(answers: list[dict[str, Any]], tables: Path):
    parquet = pl.read_parquet(tables / "wide.parquet")
    text = pl.read_csv(tables / "wide.csv", infer_schema_length=None)

    for frame in (parquet, text):
        assert (frame.schema[COUNT], frame.schema[AMOUNT]) == (pl.Int64, pl.Float64)
        assert frame[COUNT].to_list() == column_of(answers, COUNT)
        assert frame[AMOUNT].to_list() == column_of(answers, AMOUNT)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_duckdb_reads_a_wide_table_with_integers_and_numbers(
    answers: list[dict[str, Any]], tables: Path, ending: str
):
    path = tables / f"wide.{ending}"
    found = duckdb.sql(f'SELECT "{COUNT}", "{AMOUNT}" FROM \'{path}\'')

    assert [str(kind) for kind in found.types] == ["BIGINT", "DOUBLE"]
    rows = found.fetchall()
    assert [count for count, _ in rows] == column_of(answers, COUNT)
    assert [amount for _, amount in rows] == column_of(answers, AMOUNT)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_tidy_table_has_every_value_and_its_integers_as_integers(
    answers: list[dict[str, Any]], tables: Path, ending: str
):
    cells = [cell for answer in answers for cell in answer.get("cells", [])]
    query = (
        f"SELECT count(*), sum(value) FILTER (value < 1e9), max(\"integer\") FROM '{tables}/tidy.{ending}'"
    )
    small = [cell["value"] for cell in cells if cell["value"] is not None and cell["value"] < 1e9]
    integers = [value for value in small if isinstance(value, int)]

    ((count, total, largest),) = duckdb.sql(query).fetchall()

    assert count == len(cells)
    assert total == pytest.approx(sum(small))
    assert (largest, type(largest)) == (max(integers), int)
    if ending == "parquet":
        frame = pl.read_parquet(tables / "tidy.parquet")
        assert (frame.schema["integer"], frame.schema["value"]) == (pl.Int64, pl.Float64)
        assert frame.schema["more"] == pl.Boolean


def test_errors_and_pages_without_tables_stand_in_the_table_of_pages_and_in_the_wide_one(tables: Path):
    for name in ("tidy.pages.csv", "wide.csv"):
        frame = pd.read_csv(tables / name, dtype_backend="numpy_nullable")

        errors = frame[frame["error"].notna()]
        assert errors["source"].tolist() == ["pages/empty.txt"]
        assert errors["error"].tolist() == ["is empty; nothing to read"]
        assert {"no_tables", "error"} <= set(frame["status"])


def test_a_figure_that_its_column_cannot_hold_stands_in_unfit_and_is_spoken_of(
    json_lines: Path, tmp_path: Path
):
    with new_writer(tmp_path / "panel.csv", Shape.WIDE, KNOWN) as writer:
        for record in read_records(str(json_lines), KNOWN):
            writer.write(record)

    frame = pd.read_csv(tmp_path / "panel.csv", dtype_backend="numpy_nullable")
    assert "14.495" in frame["unfit"][0]
    assert pd.isna(frame["disclosure/normative_documents/issued"][0])
    assert "of 1 a figure does not fit" in (writer.summary() or "")


def test_a_parquet_table_goes_out_in_row_groups(tmp_path: Path):
    columns = wide_columns(KNOWN)
    with new_table(tmp_path / "panel.parquet", columns) as table:
        for number in range(5000):
            table.add({"source": str(number), COUNT: number})

    file = pq.ParquetFile(tmp_path / "panel.parquet")
    assert (file.metadata.num_rows, file.metadata.num_row_groups) == (5000, 3)


def test_both_forms_share_a_column_where_they_share_a_key():
    columns = {column.name: column for column in cell_columns(KNOWN)}

    keys = [set(form.keys()) for form in KNOWN.values()]
    assert set(columns) == keys[0] | keys[1]
    assert columns[COUNT].forms == ("2019", "2021")
    assert columns["disclosure/regulations/issued"].forms == ("2021",)
    for form in KNOWN.values():
        assert [key for key in columns if key in set(form.keys())] == form.keys()


def test_money_is_a_number_and_all_else_an_integer():
    kinds = {column.name: column.kind for column in cell_columns(KNOWN)}

    numbers = {name for name, kind in kinds.items() if kind is Kind.NUMBER}
    assert numbers == {"disclosure/fees/amount", "disclosure/procurement/amount"}


def test_a_data_frame_has_the_types_of_the_tables(json_lines: Path):
    records = list(read_records(str(json_lines), KNOWN))

    tidy, wide, pages = (frame_of(records, shape) for shape in ("tidy", "wide", "pages"))

    assert len(tidy) == sum(len(list(cell_rows(record, KNOWN))) for record in records)
    assert (str(tidy["integer"].dtype), str(tidy["value"].dtype)) == ("Int64", "Float64")
    assert (str(wide[COUNT].dtype), str(wide["year"].dtype)) == ("Int64", "Int64")
    assert len(wide) == len(pages) == len(records)


@pytest.mark.parametrize("name", ["answers.jsonl", "tidy.csv", "tidy.parquet", "wide.csv", "wide.parquet"])
def test_any_file_loads_as_a_wide_frame(tables: Path, name: str):
    frame = load_frame(tables / name, "wide")

    expected = load_frame(tables / "answers.jsonl", "wide")
    pd.testing.assert_frame_equal(frame, expected)


@pytest.mark.parametrize("text", ["a\rb", "\r", 'a"b', "a,b", "a\nb"])
def test_any_text_comes_back_from_a_csv_file(tmp_path: Path, text: str):
    columns = [Column("source", Kind.TEXT, "", ""), Column("title", Kind.TEXT, "", "")]
    with new_table(tmp_path / "a.csv", columns) as table:
        table.add({"source": text, "title": None})

    assert list(read_rows(tmp_path / "a.csv", columns)) == [{"source": text, "title": None}]
