"""LibreOffice opens a workbook and shows every figure where the form has it, with its sign.

Needs LibreOffice's Calc on the machine; skips where it is absent:

    apt install libreoffice-calc-nogui && pytest tests/inference/outputs/test_spreadsheet.py
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from gouji.inference.outputs.marks import shown
from gouji.inference.outputs.recorded_tables import tables_of
from gouji.inference.outputs.records import Record, record_of_json
from gouji.inference.outputs.workbook import Workbooks
from gouji.model.forms import load_forms

KNOWN = load_forms()
LABELS = 3  # a sheet's columns of labels

# Every sheet as its own file, comma, quotes, utf-8, figures as they are shown.
CSV_OF_EACH_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"

Lines = list[list[str]]


@pytest.fixture(scope="module")
def sheets(answers: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> list[Lines]:
    """What LibreOffice shows of each sheet, in their order."""
    folder = tmp_path_factory.mktemp("book")
    with Workbooks(folder / "tables.xlsx", KNOWN) as writer:
        for answer in answers:
            writer.write(record_of_json(answer))
    found = sorted(converted(folder / "tables.xlsx", CSV_OF_EACH_SHEET, ".csv"), key=sheet_number)
    return [list(csv.reader(path.open(encoding="utf-8", newline=""))) for path in found]


def converted(book: Path, to: str, ending: str) -> list[Path]:
    """The files that LibreOffice makes of a workbook."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None or not (Path(soffice).resolve().parent / "libsclo.so").exists():
        pytest.skip("no LibreOffice Calc; apt install libreoffice-calc-nogui to run this")
    profile = f"-env:UserInstallation={(book.parent / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", to, "--outdir", book.parent, book]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return list(book.parent.glob(f"{book.stem}*{ending}"))


def sheet_number(path: Path) -> int:
    """`tables-12 某局 2021.csv` is the twelfth report; the overview comes first."""
    name = path.stem.partition("-")[2].split()[0]
    return int(name) if name.isdigit() else 0


def lines_of(record: Record) -> Lines:
    """The figures of a record as its sheet shows them, line by line; a band is one line."""
    cells = {cell.key: shown(cell) for cell in record.cells}
    if (one := record.suggestion) is not None:
        cells[one.key] += f" →{one.would_be}?"
    lines = []
    for _, table in tables_of(record, KNOWN):
        for block in table.blocks if record.forms[table.id] is not None else ():
            keys = [[f"{table.id}/{row.id}/{column.id}" for column in block.columns] for row in block.rows]
            for line in [list(chain(*keys))] if table.printed == "band" else keys:
                lines.append([cells[key] for key in line])
    return lines


def test_libreoffice_shows_every_figure_in_its_line(answers: list[dict[str, Any]], sheets: list[Lines]):
    readable = [record_of_json(answer) for answer in answers if "error" not in answer]

    assert len(sheets) == 1 + len(readable)
    for record, sheet in zip(readable, sheets[1:], strict=True):
        left = iter([line[LABELS:] for line in sheet])
        for line in lines_of(record):
            assert any(found[: len(line)] == line for found in left), (record.source, line)


def test_libreoffice_lists_every_page_with_its_status(answers: list[dict[str, Any]], sheets: list[Lines]):
    overview = sheets[0]

    assert [line[5] for line in overview[1:]] == [answer.get("status", "error") for answer in answers]
    assert [line[6] for line in overview[1:]] == [
        str(len(answer["cells"])) if "cells" in answer else "" for answer in answers
    ]
