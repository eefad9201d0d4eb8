"""What a program says of pages: our own records, or any other's cells, brought to one shape.

Flow:  JSON lines, a command or a module run on each page -> **predictions** -> evaluation

A line is our own record, or `{"page": "a.txt", "cells": {"table/row/column": 3, …}}`. Pages are
known by their file's name. Another program is a command, or a Python file with `parse(text)`
that returns such an object.
"""

from __future__ import annotations

import importlib.util
import json
import shlex
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.model.errors import GoujiError

Number = int | float

_COMMAND_SECONDS = 60  # for one page


class PredictionError(GoujiError):
    """A file of predictions is faulty, or a program does not answer as it should."""


@dataclass(frozen=True, slots=True)
class FoundCell:
    """What a program says of one cell; another program's cells have a value and nothing else."""

    value: Number | None = None
    state: str | None = None  # as in the contract
    confidence: float | None = None  # 0..1
    start: int | None = None  # characters of the page's text
    end: int | None = None
    candidates: tuple[Number | None, ...] = ()  # of an ambiguous cell, the likeliest first
    more: bool = False  # there are further candidates
    why: tuple[str, ...] = ()  # what stands against an open cell

    @property
    def ambiguous(self) -> bool:
        return self.state == "ambiguous"

    @property
    def left_open(self) -> bool:
        """Whether the program says that it does not know."""
        return self.state in ("ambiguous", "missing")

    @property
    def answered(self) -> bool:
        """Whether the program commits itself: to a number, or to a blank."""
        return self.value is not None or (self.state is not None and not self.left_open)


@dataclass(frozen=True, slots=True)
class Prediction:
    """The cells that a program reads on a page."""

    page: str  # the file's name
    cells: Mapping[str, FoundCell]
    status: str | None = None
    error: str | None = None
    values_only: bool = False  # a null may mean that a cell is blank, or that nothing is known of it

    def cell(self, key: str) -> FoundCell:
        """What is said of a cell: of one that is not there as much as a null, or that it is missing."""
        unsaid = self.values_only and self.error is None
        return self.cells.get(key, FoundCell() if unsaid else FoundCell(state="missing"))


def cells_of_values(values: Mapping[str, Number | None]) -> dict[str, FoundCell]:
    """Cells of which the values alone are known."""
    return {key: FoundCell(value) for key, value in values.items()}


def prediction_of_record(record: Mapping[str, Any]) -> Prediction:
    """Our own record, or another's line.

    Raises:
        PredictionError: It names no page, or its cells are neither a list nor an object.
    """
    source = record.get("source", record.get("page"))
    if not isinstance(source, str):
        raise PredictionError(f"source: found {source!r}; expected the page's file name")
    page = Path(source).name.removesuffix("#1")  # of a file that holds one page
    cells = record.get("cells", {})
    if isinstance(cells, Mapping):
        known = cells_of_values(cells)
        return Prediction(page, known, record.get("status"), record.get("error"), values_only=True)
    if not isinstance(cells, list):
        raise PredictionError(f"{page}: cells: found {type(cells).__name__}; expected an object or a list")
    found = {cell["key"]: _found_cell(cell) for cell in cells}
    return Prediction(page, found, record.get("status"), record.get("error"))


def load_predictions(path: Path) -> dict[str, Prediction]:
    """Read a JSON-lines file of predictions, by page.

    Raises:
        PredictionError: The file cannot be read, or a line is faulty; all faults at once.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PredictionError(f"{path}: cannot be read: {error}; expected JSON lines in utf-8") from error
    return predictions_of_lines(lines, str(path))


def predictions_of_lines(lines: Iterable[str], where: str) -> dict[str, Prediction]:
    """Predictions by page, from JSON lines; `where` names them in an error.

    Raises:
        PredictionError: A line is faulty; all faults at once.
    """
    predictions, faults = {}, []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            prediction = prediction_of_record(record)
            if record.get("part", 1) > 1:
                continue  # of several reports on a page, the first is held against its truth
        except (ValueError, KeyError, TypeError, AttributeError, PredictionError) as error:
            faults.append(f"{where} line {number}: {error}")
            continue
        predictions[prediction.page] = prediction
    if faults:
        raise PredictionError("\n".join(faults))
    return predictions


def predictions_of_command(command: str, pages: Sequence[Path]) -> dict[str, Prediction]:
    """Run a command on each page; it prints `{"cells": {key: value}}`. One that fails reads nothing.

    Raises:
        PredictionError: There is no such command.
    """
    return {page.name: _prediction_of_run(shlex.split(command), page) for page in pages}


def predictions_of_module(path: Path, pages: Sequence[Path]) -> dict[str, Prediction]:
    """Call a Python file's `parse(text)` on each page, with the text that extraction reads too.

    A page at which it fails is one of which it reads nothing.

    Raises:
        PredictionError: The file cannot be loaded, or has no `parse`.
    """
    parse = load_parse(path)
    return {page.name: _prediction_of_call(parse, page) for page in pages}


def load_parse(path: Path) -> Callable[[str], Any]:
    """The function `parse` of a Python file.

    Raises:
        PredictionError: The file cannot be loaded, or has no `parse`.
    """
    spec = importlib.util.spec_from_file_location("against", path)
    if spec is None or spec.loader is None:
        raise PredictionError(f"{path}: is no Python file; expected one with parse(text)")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        parse: Callable[[str], Any] = module.parse
    except Exception as error:
        raise PredictionError(
            f"{path}: cannot be loaded: {error}; expected a file with parse(text)"
        ) from error
    return parse


def prediction_of_text(parse: Callable[[str], Any], text: Callable[[], str], name: str) -> Prediction:
    """Call a `parse` on one page's text; where either fails, nothing is read of the page.

    Raises:
        PredictionError: The answer has not the shape of one.
    """
    try:
        record = parse(text())
        return prediction_of_record({**record, "source": name})
    except PredictionError:
        raise
    except Exception as error:
        return Prediction(name, {}, error=f"{type(error).__name__}: {error}")


def _found_cell(cell: Mapping[str, Any]) -> FoundCell:
    return FoundCell(
        value=cell["value"],
        state=cell["state"],
        confidence=cell.get("confidence"),
        start=cell.get("start"),
        end=cell.get("end"),
        candidates=tuple(cell["candidates"]) if cell["state"] == "ambiguous" else (),
        more=bool(cell.get("more")),
        why=tuple(cell.get("why", ())),
    )


def _prediction_of_run(command: Sequence[str], page: Path) -> Prediction:
    try:
        run = subprocess.run(
            [*command, str(page)], capture_output=True, timeout=_COMMAND_SECONDS, check=True, text=True
        )
        record = json.loads(run.stdout)
    except FileNotFoundError as error:
        raise PredictionError(f"{command[0]}: no such command; check --against-command") from error
    except (subprocess.SubprocessError, ValueError) as error:
        return Prediction(page.name, {}, error=str(error))
    return prediction_of_record({**record, "source": page.name})


def _prediction_of_call(parse: Callable[[str], Any], page: Path) -> Prediction:
    from gouji.inference.readers import read_page

    return prediction_of_text(parse, lambda: read_page(page).text, page.name)
