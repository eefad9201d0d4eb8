"""Reports that were extracted before: the records read back, their pages found again and tagged again.

Flow:  JSON lines, page files -> **records** -> view -> report page

A page is believed only where every cell still stands in it at its place; else the report is shown
without its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gouji.inference.extraction import Cell, Check, CheckState, Extraction, State, Status, Unplaced
from gouji.inference.reading import read_page
from gouji.inference.viewer.view import ViewError
from gouji.model.errors import GoujiError
from gouji.model.page import Page

Record = dict[str, Any]


def load_records(path: Path) -> Iterator[Record]:
    """The records of a file of `gouji extract`, one at a time.

    Raises:
        ViewError: The file cannot be read, or a line is no such record.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _record(line, f"{path} line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise ViewError(f"{path}: cannot be read: {error}; expected JSON lines in utf-8") from error


def extraction_of_record(record: Mapping[str, Any]) -> Extraction:
    """A record of `gouji extract` as it was before it was printed.

    Raises:
        KeyError, TypeError, ValueError: It is none.
    """
    return Extraction(
        source=str(record["source"]),
        title=record["title"],
        issuer=record["issuer"],
        year=record["year"],
        form=record["form"],
        forms=dict(record["forms"]),
        status=Status(record["status"]),
        cells=tuple(_cell(cell) for cell in record["cells"]),
        checks=tuple(
            Check(c["name"], CheckState(c["state"]), c["left"], c["right"]) for c in record["checks"]
        ),
        unplaced=tuple(Unplaced(u["raw"], u["start"], u["end"], u["reason"]) for u in record["unplaced"]),
    )


def page_again(extraction: Extraction, folder: Path | None, encoding: str | None) -> Page | None:
    """The page that an extraction was made of, where it still lies there and is the same.

    Args:
        extraction: Says its source.
        folder: What the source is relative to; None for where we are.
        encoding: Forces an encoding.
    """
    named = Path(extraction.source)
    for path in [folder / named, folder / named.name] if folder else [named]:
        try:
            page = read_page(path, encoding, extraction.source)
        except (GoujiError, ValueError):
            continue
        if _still_stands(extraction, page):
            return page
    return None


def _still_stands(extraction: Extraction, page: Page) -> bool:
    cells = ((cell.start, cell.end, cell.raw) for cell in extraction.cells if cell.start is not None)
    left = ((number.start, number.end, number.raw) for number in extraction.unplaced)
    return all(page.text[start:end] == raw for start, end, raw in (*cells, *left))


def _record(line: str, where: str) -> Record:
    try:
        record = json.loads(line)
        if "error" not in record:
            extraction_of_record(record)
        else:
            str(record["source"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        fault = f"misses {error}" if isinstance(error, KeyError) else str(error)
        raise ViewError(f"{where}: {fault}; expected a line of gouji extract") from error
    assert isinstance(record, dict)
    return record


def _cell(cell: Mapping[str, Any]) -> Cell:
    return Cell(
        key=cell["key"],
        value=cell["value"],
        state=State(cell["state"]),
        raw=cell["raw"],
        unit=cell["unit"],
        start=cell["start"],
        end=cell["end"],
        confidence=cell["confidence"],
        candidates=tuple(cell.get("candidates", ())),
        more=bool(cell.get("more", False)),
        derived=cell.get("derived"),
    )
