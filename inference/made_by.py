"""What made an answer: the version of the program, the model, and the forms.

Flow:  extractor -> **versions** -> extraction -> JSON, tables

A model and a set of forms have no numbers, so each is called by the first digits of its SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from gouji.model.forms import Form

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The versions that an answer rests on."""

    program: str
    model: str  # of the network's weights
    forms: str  # of all forms that were looked for

    def to_record(self) -> dict[str, str]:
        """The object as JSON has it."""
        return {"program": self.program, "model": self.model, "forms": self.forms}


def made_by(model_dir: Path, forms: Mapping[str, Form]) -> MadeBy:
    """The versions of this program, of a model folder and of forms."""
    try:
        program = version("gouji")
    except PackageNotFoundError:  # run from a folder that is not installed
        program = "unknown"
    weights = (model_dir / "model.onnx").read_bytes()
    return MadeBy(program, _digest(weights), _digest(repr(sorted(forms.items())).encode()))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_DIGITS]
