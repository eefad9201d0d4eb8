"""Accuracy floors: figures below which an evaluation fails.

A floor file is TOML; a name is a path into the evaluation's JSON, and a key on it may hold points:

    [pages.at_least]
    "total.numbers.right_share" = 0.99
    [pages.at_most]
    "verified.wrong" = 0
    "risk_coverage.at_confidence.0.99.wrong" = 0
    [spans.at_least]
    "all.f1" = 0.995
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.model.errors import GoujiError
from gouji.model.toml_entry import toml_of

BOUNDS = ("at_least", "at_most")


class FloorError(GoujiError):
    """A floor file is faulty; the message lists every fault found in it."""


@dataclass(frozen=True, slots=True)
class Floor:
    """One figure's bound."""

    name: str
    at_least: float | None = None
    at_most: float | None = None

    def missed_by(self, figure: float) -> str | None:
        """What to say of a figure beyond the bound; None of one within it."""
        if self.at_least is not None and figure < self.at_least:
            return f"{self.name} is {figure}; the floor is {self.at_least}"
        if self.at_most is not None and figure > self.at_most:
            return f"{self.name} is {figure}; at most {self.at_most} is allowed"
        return None


def load_floors(path: Path, section: str) -> list[Floor]:
    """The floors of one section, `pages` or `spans`.

    Raises:
        FloorError: The file cannot be read, has no such section, or holds what is no number; all at once.
    """
    try:
        data = toml_of(path)
    except (OSError, ValueError) as error:
        raise FloorError(f"{path}: cannot be read as TOML: {error}") from error
    bounds = data.get(section)
    if not isinstance(bounds, dict) or not bounds:
        raise FloorError(f"{path}: {section}: missing; expected [{section}.at_least] or [{section}.at_most]")
    faults, floors = [], []
    for bound, figures in bounds.items():
        if bound not in BOUNDS or not isinstance(figures, dict):
            faults.append(f"{path}: {section}.{bound}: expected a table at_least or at_most")
            continue
        for name, figure in figures.items():
            if isinstance(figure, bool) or not isinstance(figure, int | float):
                faults.append(f"{path}: {section}.{bound}.{name}: found {figure!r}; expected a number")
            else:
                floors.append(Floor(name, **{bound: figure}))
    if faults:
        raise FloorError("\n".join(faults))
    return floors


def missed_floors(floors: list[Floor], figures: Mapping[str, Any]) -> Iterator[str]:
    """What to say of each figure beyond its bound, and of each floor that names no figure.

    >>> list(missed_floors([Floor("total.right", at_least=3)], {"total": {"right": 2}}))
    ['total.right is 2; the floor is 3']
    """
    for floor in floors:
        figure = _figure(figures, floor.name)
        if isinstance(figure, int | float):
            missed = floor.missed_by(figure)
            if missed:
                yield missed
        else:
            yield f"{floor.name} names no figure of this evaluation, or a share of nothing"


def _figure(figures: Any, name: str) -> Any:
    """What a path leads to; None where it leads nowhere.

    >>> _figure({"at_confidence": {"0.99": {"wrong": 2}}}, "at_confidence.0.99.wrong")
    2
    """
    if not isinstance(figures, Mapping) or name in figures:
        return figures.get(name) if isinstance(figures, Mapping) else None
    inner = (
        _figure(below, name[len(key) + 1 :]) for key, below in figures.items() if name.startswith(f"{key}.")
    )
    return next((figure for figure in inner if figure is not None), None)
