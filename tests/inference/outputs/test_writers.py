"""The shape is chosen by the file's ending or by name, and what does not go together is said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gouji.inference.extraction import Status
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.frames import frame_of
from gouji.inference.outputs.read_back import read_records
from gouji.inference.outputs.writers import Shape, new_writer, shape_of
from gouji.inference.result import Extraction
from gouji.model.forms import load_forms

KNOWN = load_forms()


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        (None, "jsonl"),
        ("matrices.jsonl", "jsonl"),
        ("matrices", "jsonl"),
        ("cells.CSV", "tidy"),
        ("cells.2020.parquet", "tidy"),
        ("panel.wide.csv", "wide"),
        ("panel.wide.parquet", "wide"),
        ("tables.xlsx", "xlsx"),
    ],
)
def test_the_ending_says_the_shape(name: str | None, shape: str):
    assert str(shape_of(Path(name) if name else None, None)) == shape


@pytest.mark.parametrize(
    ("name", "asked", "fault"),
    [
        (None, Shape.TIDY, r"needs a file to write: -o NAME with the ending \.csv or \.parquet"),
        ("panel.jsonl", Shape.WIDE, r"\.csv or \.parquet"),
        ("cells.csv", Shape.XLSX, r"-o NAME\.xlsx"),
        ("cells.tsv", None, r"\.tsv is no ending that is written; these are:\n  \.jsonl"),
        ("matrices.jsonl.gz", None, r"\.gz is no ending"),
    ],
)
def test_a_shape_and_an_ending_that_do_not_go_together_are_refused(
    name: str | None, asked: Shape | None, fault: str
):
    with pytest.raises(OutputError, match=fault):
        shape_of(Path(name) if name else None, asked)


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet", "out.xlsx"])
def test_folders_that_are_not_there_are_made(tmp_path: Path, name: str):
    path = tmp_path / "runs" / "today" / name

    with new_writer(path, shape_of(path, None), KNOWN):
        pass

    assert path.is_file()


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet", "out.xlsx"])
def test_a_folder_that_cannot_be_made_is_named_before_anything_is_read(tmp_path: Path, name: str):
    (tmp_path / "none").write_text("a file", encoding="utf-8")
    path = tmp_path / "none" / name

    with pytest.raises(OutputError, match=r"cannot be written: .*name another place with -o"):
        new_writer(path, shape_of(path, None), KNOWN)


@pytest.mark.parametrize(("module", "name"), [("pyarrow", "out.parquet"), ("xlsxwriter", "out.xlsx")])
def test_a_package_that_is_missing_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str, name: str
):
    monkeypatch.setitem(sys.modules, module, None)
    path = tmp_path / name
    path.write_bytes(b"of an earlier run")

    with pytest.raises(OutputError, match=rf"{module} is not installed; run pip install 'gouji\[tables\]'"):
        new_writer(path, shape_of(path, None), KNOWN)

    assert path.read_bytes() == b"of an earlier run"


def test_a_frame_without_pandas_names_the_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    extraction = Extraction("a.txt", None, None, None, None, {}, Status.NO_TABLES, (), (), ())

    with pytest.raises(OutputError, match=r"pandas is not installed; run pip install 'gouji\[tables\]'"):
        extraction.to_frame()


def test_a_record_of_an_unknown_form_says_how_to_name_it(json_lines: Path):
    known = {"2019": KNOWN["2019"]}

    with pytest.raises(OutputError, match=r"form '2021'.*name the form's TOML file with --forms"):
        frame_of(read_records(str(json_lines), known), "tidy", known)


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("other.csv", "a,b\n1,2\n", "is no table of gouji"),
        ("cells.pages.csv", "source,cells,forms,error\n", "holds pages without their cells"),
        ("cut.csv", "source,key,state\nx,y\n", "row 2: has 2 fields; the head has 3"),
        ("odd.jsonl", '{"source": "a"}\n', "line 1: misses 'cells'; expected a line of gouji extract"),
        ("bad.parquet", "PAR", "cannot be read as Parquet"),
    ],
)
def test_a_file_that_is_none_of_ours_is_named_with_what_is_wrong(
    tmp_path: Path, name: str, text: str, fault: str
):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(OutputError, match=fault):
        list(read_records(str(path), KNOWN))
