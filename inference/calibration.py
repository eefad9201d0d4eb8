"""Turn the tagger's own probability into how often such a tag is right.

Flow:  logits -> labels -> **calibrated confidence** -> spans -> cells

A network is surer of its labels than it should be, or less sure: this one halves its probability
between beginning a number and going on with it, where the tag is the same. What is right is
counted on labelled pages that it never learnt from, and two figures are fitted to that:

    odds of being right = scale / doubt ** power        doubt = 1 - the label's probability

The order of confidences stays, and no label changes. A model folder without the file keeps what
its network says.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gouji.model.errors import GoujiError

CALIBRATION_FILE = "calibration.json"
_LEAST_DOUBT = 1e-6  # float32 tells no smaller one from none
_PRIOR = 1.0  # pulls to power 1 and scale 1, near the network's own word, where pages are few
_LEAST_POWER = 0.05  # below it the order of confidences would be lost
_STEPS = 50

Floats = npt.NDArray[np.float64]


class CalibrationError(GoujiError):
    """A calibration file is faulty, or there is nothing to calibrate on."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The two figures, and what they were fitted to."""

    power: float
    scale: float
    pages: int
    spans: int
    wrong: int  # of the spans

    def confidence(self, probabilities: npt.ArrayLike) -> Floats:
        """How often tags of these probabilities are right, of the same shape.

        >>> Calibration(power=1.0, scale=3.0, pages=0, spans=0, wrong=0).confidence([0.5, 0.9]).round(4)
        array([0.8571, 0.9677])
        """
        doubt = np.clip(1 - np.asarray(probabilities, dtype=np.float64), _LEAST_DOUBT, 1.0)
        odds: Floats = self.scale * doubt**-self.power
        return odds / (1 + odds)

    def probability(self, confidences: npt.ArrayLike) -> Floats:
        """The network's own probabilities, from the confidences that were made of them."""
        confidence = np.asarray(confidences, dtype=np.float64)
        doubt: Floats = (self.scale * (1 - confidence) / confidence) ** (1 / self.power)
        return 1 - np.clip(doubt, _LEAST_DOUBT, 1.0)

    def write(self, directory: Path) -> None:
        """Keep it in a model folder."""
        text = json.dumps(asdict(self), indent=1) + "\n"
        (directory / CALIBRATION_FILE).write_text(text, encoding="utf-8")


def load_calibration(directory: Path) -> Calibration | None:
    """The calibration of a model folder; None where it has none.

    Raises:
        CalibrationError: The file is faulty.
    """
    path = directory / CALIBRATION_FILE
    if not path.is_file():
        return None
    try:
        found = Calibration(**json.loads(path.read_text(encoding="utf-8")))
        if not (found.power > 0 and found.scale > 0):
            raise ValueError(f"power {found.power}, scale {found.scale}: expected numbers above 0")
    except (ValueError, TypeError) as error:
        raise CalibrationError(f"{path}: {error}; make it anew with gouji calibrate") from error
    return found


def fit_calibration(probabilities: npt.ArrayLike, right: npt.ArrayLike, pages: int) -> Calibration:
    """Fit the two figures by maximum likelihood; no chance is in it.

    Args:
        probabilities: (spans,), the network's own, of each span's weakest token.
        right: (spans,), whether the span's tag is right.
        pages: How many pages they stand on.

    Raises:
        CalibrationError: There is no span.
    """
    doubt = np.clip(1 - np.asarray(probabilities, dtype=np.float64), _LEAST_DOUBT, 1.0)
    truth = np.asarray(right, dtype=np.float64)
    if not len(truth):
        raise CalibrationError(
            "no tag was found on the labelled pages; give pages that hold the form's tables"
        )
    inputs = np.stack([-np.log(doubt), np.ones_like(doubt)], axis=1)
    weights = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        weights = _newton_step(inputs, truth, weights)
    return Calibration(
        power=round(float(weights[0]), 4),
        scale=round(float(np.exp(weights[1])), 4),
        pages=pages,
        spans=len(truth),
        wrong=int((1 - truth).sum()),
    )


def _newton_step(inputs: Floats, truth: Floats, weights: Floats) -> Floats:
    """One step towards the least loss, halved until the loss does not rise.

    Args:
        inputs: (spans, 2).
        truth: (spans,), 1 where right.
        weights: (2,), the power and the logarithm of the scale.
    """
    share = 1 / (1 + np.exp(-inputs @ weights))
    slope = inputs.T @ (share - truth) + _PRIOR * (weights - [1.0, 0.0])
    bend = (inputs * (share * (1 - share))[:, None]).T @ inputs + _PRIOR * np.eye(2)
    step = np.linalg.solve(bend, slope)
    before = _loss(inputs, truth, weights)
    for _ in range(_STEPS):
        moved = np.maximum(weights - step, [_LEAST_POWER, -np.inf])
        if _loss(inputs, truth, moved) <= before:
            return moved
        step = step / 2
    return weights


def _loss(inputs: Floats, truth: Floats, weights: Floats) -> float:
    scores = inputs @ weights
    prior = _PRIOR / 2 * float(((weights - [1.0, 0.0]) ** 2).sum())
    return float((np.logaddexp(0, scores) - truth * scores).sum()) + prior
