"""Find the checkpoint that a training goes on from, and see that it is of the same training.

Flow:  model folder -> **checkpoint** -> training -> model folder

While a training runs, all that it writes lies in the folder `checkpoints` below the model's:
what it was given (`training.json`), the vocabulary, and its checkpoints. A process that is killed
may leave a checkpoint half written; the one before it is whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from transformers import TrainerState

from gouji.annotations.pages import LabelledPage
from gouji.model.errors import GoujiError
from gouji.model.processes import process_count
from gouji.model.tokens import refuse_shipped
from gouji.training.recipe import Recipe

CHECKPOINTS = "checkpoints"
_GIVEN, _STATE = "training.json", "trainer_state.json"


class CheckpointError(GoujiError):
    """There is nothing to go on from, or it is of another training, or it would be lost."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One whole checkpoint of a training."""

    folder: Path
    state: TrainerState


def last_checkpoint(out: Path) -> Checkpoint | None:
    """The newest whole checkpoint of an unfinished training."""
    folders = (out / CHECKPOINTS).glob("checkpoint-*")
    numbered = [(int(number), f) for f in folders if (number := f.name.rpartition("-")[2]).isdigit()]
    for _, folder in sorted(numbered, reverse=True):
        try:  # written last
            return Checkpoint(folder, TrainerState.load_from_json(str(folder / _STATE)))
        except (OSError, ValueError, TypeError):
            continue
    return None


def check_start(out: Path, *, resume: bool) -> None:
    """Refuse to go on from nothing, and to overwrite what could be gone on from, or the shipped weights.

    Raises:
        CheckpointError: One of the first two.
        GoujiError: The last.
    """
    refuse_shipped(out)
    found = last_checkpoint(out)
    if resume and found is None:
        raise CheckpointError(f"{out / CHECKPOINTS}: no checkpoint to resume from; train without --resume")
    if not resume and found is not None:
        raise CheckpointError(
            f"{out / CHECKPOINTS}: holds a training that broke off after {found.state.global_step} steps; "
            "go on with --resume, or delete that folder to begin anew"
        )


def describe(pages: Iterable[LabelledPage], recipe: Recipe, base: Path | str | None) -> dict[str, str]:
    """What a training is given: all that its weights depend on."""
    digest = hashlib.sha256()
    for page in pages:
        spans = [(span.start, span.end, str(span.tag)) for span in page.spans]
        digest.update(json.dumps([page.text, spans]).encode())
    given: dict[str, object] = {"pages": digest.hexdigest()[:12], "base": base}
    given.update(asdict(recipe), processes=process_count())
    return {name: str(value) for name, value in given.items()}


def write_given(work: Path, given: Mapping[str, str]) -> None:
    """Remember what a training was given, beside its checkpoints."""
    (work / _GIVEN).write_text(json.dumps(given, indent=1) + "\n", encoding="utf-8")


def check_given(out: Path, given: Mapping[str, str]) -> None:
    """See that a training goes on with what it began with.

    Raises:
        CheckpointError: It does not; every difference is named.
    """
    path = out / CHECKPOINTS / _GIVEN
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{path}: cannot be read: {error}; train without --resume") from error
    unlike = [
        f"{name}: found {value}; expected {before.get(name)}, as at its begin"
        for name, value in given.items()
        if before.get(name) != value
    ]
    if unlike:
        raise CheckpointError("\n".join(f"{path}: {line}" for line in unlike))
