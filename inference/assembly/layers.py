"""Every way to choose one reading a row so that all sums come out zero, row after row.

Flow:  readings -> solver -> **layers** -> one reading of the page

What the rows chosen so far add up to is all that the rest of the table needs to know of them.
So rows are taken one after the other, and of each layer only the distinct sums are kept that
every column for itself can still bring to zero: a few hundred where the choices are billions.
Then the way back marks the readings on some way from the first layer to the last.

    found = choices(rows)      # None where they are too many
    found.used()               # the readings of each row that take part in one
    found.used_with(row)       # and for each reading of one row those that do together with it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gouji.inference.assembly.pruning import SPREAD, Rest, rests

WAYS = 2_500_000  # sums times readings, of all layers: a third of a second; then witnesses are found
_DEARER = 3  # a way that may come to zero takes so many times the work of one that cannot
_EXACT = 1 << 53  # sums below it are added without overflow
_ODD = 0x9E3779B97F4A7C15  # its powers are spread over all bits

Vectors = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Steps = npt.NDArray[np.int32]


Used = list[tuple[int, ...]]  # for each row indices of its readings, none where no choice will do


@dataclass(frozen=True, slots=True)
class Choices:
    """All choices of one reading a row of which every sum is zero.

    A step is where a reading leads a sum of the rows before: (sums, readings), -1 for nowhere.
    """

    order: tuple[int, ...]  # the row of each layer
    steps: tuple[Steps, ...]  # of each layer; each stands on a way from the first layer to the last

    def used(self) -> Used:
        """The readings of each row that take part in some choice."""
        return self._by_row([np.asarray((step >= 0).any(axis=0)) for step in self.steps])

    def used_with(self, row: int) -> list[Used]:
        """For each reading of a row the readings of each row that take part in some choice with it."""
        place = self.order.index(row)
        own = self.steps[place]
        count = own.shape[1]
        used: list[Flags] = [np.zeros((step.shape[1], count), dtype=bool) for step in self.steps]
        used[place] = np.diag((own >= 0).any(axis=0))
        # Of each sum the readings of the row that lead to it, or that it is led from: (sums, readings).
        after = np.zeros((int(own.max(initial=-1)) + 1, count), dtype=bool)
        for reading, (_, to) in enumerate(map(_steps, own.T)):
            after[to, reading] = True
        for layer in range(place + 1, len(self.steps)):
            step, before = self.steps[layer], after
            after = np.zeros((int(step.max(initial=-1)) + 1, count), dtype=bool)
            for reading, (led, to) in enumerate(map(_steps, step.T)):
                after[to] |= before[led]  # a reading leads no two sums to one
                used[layer][reading] = before[led].any(axis=0)
        before = own >= 0
        for layer in reversed(range(place)):
            step, after = self.steps[layer], before
            before = np.zeros((step.shape[0], count), dtype=bool)
            for reading, (led, to) in enumerate(map(_steps, step.T)):
                before[led] |= after[to]
                used[layer][reading] = after[to].any(axis=0)
        return [self._by_row([flags[:, reading] for flags in used]) for reading in range(count)]

    def _by_row(self, flags: Sequence[Flags]) -> Used:
        found: Used = [()] * len(self.order)
        for row, own in zip(self.order, flags, strict=True):
            found[row] = tuple(np.flatnonzero(own).tolist())
        return found


def choices(rows: Sequence[Sequence[tuple[int, ...]]]) -> Choices | None:
    """All choices of one reading a row of which every sum is zero.

    Args:
        rows: For each row what each of its readings adds to each sum.

    Returns:
        The choices; None where there are too many sums to look through.
    """
    widest = sum(max(abs(value) for reading in row for value in reading) for row in rows)
    if widest > _EXACT:
        return None
    # Large numbers first: they leave the fewest sums from which zero can be reached.
    order = sorted(range(len(rows)), key=lambda row: -max(sum(map(abs, reading)) for reading in rows[row]))
    layers = [np.array(rows[row], dtype=np.int64) for row in order]
    steps = _forward(_with_joint_sums(layers))
    return None if steps is None else Choices(tuple(order), tuple(_to_the_end(steps)))


def _with_joint_sums(layers: Sequence[Vectors]) -> list[Vectors]:
    """The layers with columns that each tell of several sums at once, before their own.

    One number says what two or three small sums are, as its digits to a base that none of them
    reaches. What can be brought to zero in such a column is far less than in each sum for itself.
    """
    columns = layers[0].shape[1]
    spreads = sum(layer.max(axis=0) - layer.min(axis=0) for layer in layers) + 1
    open_columns = [column for column in range(columns) if spreads[column] > 1]
    joint: list[Vectors] = []
    for first in range(len(open_columns)):
        weight, weights = 1, np.zeros(columns, dtype=np.int64)
        for column in (*open_columns[first:], *open_columns[:first]):
            if weight * int(spreads[column]) > SPREAD:
                break
            weights[column] = weight
            weight *= int(spreads[column])
        joint.append(weights)
    if not joint:
        return list(layers)
    return [np.hstack([layer @ np.array(joint).T, layer]) for layer in layers]


def _forward(layers: Sequence[Vectors]) -> list[Steps] | None:
    """For each layer its steps, on a way or not."""
    columns = range(layers[0].shape[1])
    within = [rests([set(layer[:, column].tolist()) for layer in layers]) for column in columns]
    sums = np.zeros((len(columns), 1), dtype=np.int64)  # (columns, sums): a column is read at a time
    steps = []
    ways = 0
    for place, layer in enumerate(layers, 1):
        count = sums.shape[1]
        ways += count * len(layer)
        if ways > WAYS:
            return None
        before, reading = np.divmod(np.arange(count * len(layer), dtype=np.int32), np.int32(len(layer)))
        for column, rest in enumerate(within):
            # Where all readings are alike in a column, what could be brought to zero still can.
            if (layer[:, column] != layer[0, column]).any():
                kept = _holds(rest[place], -(sums[column, before] + layer[reading, column]))
                before, reading = before[kept], reading[kept]
        ways += _DEARER * len(before)
        if ways > WAYS:
            return None
        reached = sums[:, before] + layer.T[:, reading]
        distinct = _distinct(reached)
        if distinct is None:
            return None
        step = np.full((count, len(layer)), -1, dtype=np.int32)
        step[before, reading] = distinct[1]
        steps.append(step)
        sums = reached[:, distinct[0]]
    ends = np.append((sums == 0).all(axis=0), False)  # a step to nowhere takes the last place
    steps[-1][~ends[steps[-1]]] = -1
    return steps


def _to_the_end(steps: Sequence[Steps]) -> list[Steps]:
    """For each layer the steps that stand on a way to the last one."""
    kept: list[Steps] = []
    arrives = np.ones(int(steps[-1].max(initial=0)) + 1, dtype=bool)
    for step in reversed(steps):
        leads = np.append(arrives, False)[step]  # a step to nowhere takes the last place
        kept.append(np.where(leads, step, np.int32(-1)))
        arrives = np.asarray(leads.any(axis=1))
    return kept[::-1]


def _steps(of_reading: Steps) -> tuple[npt.NDArray[np.intp], Steps]:
    """The sums that a reading leads somewhere, and where."""
    led = np.flatnonzero(of_reading >= 0)
    return led, of_reading[led]


def _holds(rest: Rest, values: Vectors) -> Flags:
    """Whether each value is one of those that a rest can be."""
    inside = (values >= rest.least) & (values <= rest.greatest)
    if rest.bits is None:
        return np.asarray(inside)
    known = np.frombuffer(rest.bits.to_bytes(rest.bits.bit_length() // 8 + 1, "little"), dtype=np.uint8)
    places = np.where(inside, values - rest.least, 0)
    found: Flags = inside & (known[places >> 3] >> (places & 7) & 1).astype(bool)
    return found


def _distinct(sums: Vectors) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]] | None:
    """The first place of each distinct column of sums, and for each the number of its like."""
    # One number tells them apart much faster than comparing them; that it did is then checked.
    weights = np.array([pow(_ODD, place, 1 << 63) for place in range(sums.shape[0])])
    _, firsts, numbers = np.unique(weights @ sums, return_index=True, return_inverse=True)
    return (firsts, numbers) if (sums[:, firsts[numbers]] == sums).all() else None
