"""How far a file of lines has come, and what its lines depend on: a small file beside it.

Flow:  lines that are written -> **state** -> the run that goes on
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.files import beside, written
from gouji.inference.portions import Position

ANEW = "--overwrite begins anew"


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What lines depend on, each as a person can be told it."""

    inputs: str
    options: str
    program: str
    model: str
    forms: str

    def refuse_other(self, earlier: MadeOf, path: Path | str) -> None:
        """Refuse to go on with what an earlier run has begun with something else.

        Raises:
            OutputError: They differ; the first difference is named.
        """
        for name in (each.name for each in fields(self)):
            was, now = getattr(earlier, name), getattr(self, name)
            if was != now:
                fault = f"was begun with other {name}: {was or 'none'}; now {now or 'none'}"
                raise OutputError(f"{path}: {fault}; give the same to go on; {ANEW}")


@dataclass(frozen=True, slots=True)
class State:
    """How far a file of lines has come."""

    made_of: MadeOf
    at: Position  # the document that comes next
    size: int  # bytes of the lines before it
    counts: Mapping[str, int]  # answers of each status in them, errors too
    is_whole: bool = False


def write_state(path: Path, state: State) -> None:
    """Bring the state of a file that is being written to the disk: all of it, or the one before stays."""
    data = told(state)
    with (
        beside(state_path(path)) as part,
        written(state_path(path)),
        part.open("w", encoding="utf-8") as file,
    ):
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read_state(path: Path) -> State | None:
    """The state that stands at a place; None where there is none.

    Raises:
        OutputError: It cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path}: cannot be read ({error}); {ANEW}") from error
    return state_in(text, str(path))


def told(state: State) -> str:
    """A state as it is kept."""
    return json.dumps(asdict(state), ensure_ascii=False) + "\n"


def state_in(text: str, where: str) -> State:
    """A state that was kept.

    Args:
        text: Of its file.
        where: How an error names it.

    Raises:
        OutputError: It is none.
    """
    try:
        held = json.loads(text)
        made_of, at = MadeOf(**held.pop("made_of")), Position(**held.pop("at"))
        return State(made_of, at, **held)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise OutputError(f"{where}: tells not how far an earlier run has come ({error}); {ANEW}") from error


def forget(path: Path) -> None:
    """Take away what tells of earlier runs."""
    for each in (state_path(path), done_path(path)):
        with written(each):
            each.unlink(missing_ok=True)


def state_path(path: Path) -> Path:
    """Where the state of a file stands while it is written."""
    return path.with_name(f"{path.name}.resume")


def done_path(path: Path) -> Path:
    """Where it stands that a file is whole, and what it was made of."""
    return path.with_name(f"{path.name}.done")
