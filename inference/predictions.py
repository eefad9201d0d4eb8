"""What a program says of pages: our own records, or any other's cells, brought to one shape.

Flow:  JSON lines, or a command run on each page -> **predictions** -> evaluation

A line is our own record, or `{"page": "a.txt", "cells": {"table/row/column": 3, …}}`. Pages are
known by their file's name. Another program is run from outside: nothing of it is imported here.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gouji.model.errors import GoujiError

Number = int | float

_COMMAND_SECONDS = 60  # for one page


class PredictionError(GoujiError):
    """A file of predictions is faulty, or a command does not answer as it should."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The cells that a program reads on a page; a cell that is not there counts as None."""

    page: str  # the file's name
    cells: Mapping[str, Number | None]
    status: str | None = None
    error: str | None = None
    candidates: Mapping[str, tuple[Number | None, ...]] = field(default_factory=dict)  # all that are possible
    undecided: int = 0  # ambiguous cells, those with more candidates than are listed included


def prediction_of_record(record: Mapping[str, Any]) -> Prediction:
    """Our own record, or another's line.

    Raises:
        PredictionError: It names no page, or its cells are neither a list nor an object.
    """
    source = record.get("source", record.get("page"))
    if not isinstance(source, str):
        raise PredictionError(f"source: found {source!r}; expected the page's file name")
    page = Path(source).name
    cells = record.get("cells", {})
    if isinstance(cells, Mapping):
        return Prediction(page, dict(cells), record.get("status"), record.get("error"))
    if not isinstance(cells, list):
        raise PredictionError(f"{page}: cells: found {type(cells).__name__}; expected an object or a list")
    ambiguous = [cell for cell in cells if cell["state"] == "ambiguous"]
    return Prediction(
        page=page,
        cells={cell["key"]: cell["value"] for cell in cells},
        status=record.get("status"),
        error=record.get("error"),
        candidates={cell["key"]: tuple(cell["candidates"]) for cell in ambiguous if not cell.get("more")},
        undecided=len(ambiguous),
    )


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
            prediction = prediction_of_record(json.loads(line))
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
