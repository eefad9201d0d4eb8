"""What to look at first: how many open cells an answer to a cell is expected to settle.

Flow:  extraction, with the readings that are left -> **expected gain** -> order of cells, of reports

A cell's candidates are as likely as the readings of its line that hold them; under each, the line's readings
and the sums of the table's columns tell what else is settled. That only puts cells in order: what is likely
is never taken for an answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from gouji.inference.assembly.choice import JointReadings, RivalReadings
from gouji.inference.assembly.layers import Used
from gouji.inference.assembly.likelihood import weights_of_values
from gouji.inference.assembly.solver import choices_of_table, survivors
from gouji.inference.extraction import ExtractedReport, Number
from gouji.inference.result import Extraction

# Cells of a report for which the sums of columns are asked too, after what each line says for itself, and the
# readings of a table up to which they are: of more the solver may take a minute for what only puts in order.
_ASKED = 6
_READINGS = 200


def order(extraction: Extraction) -> tuple[str, ...]:
    """The open cells of an extraction, those first an answer to which is expected to settle most.

    Among cells that settle no other, those come first whose row lacks fewest answers: a row that is known
    whole is one more that the sums of columns can use.

    Args:
        extraction: One that `settled` has made, which keeps the readings left; of others only the reasons
            of their cells are known, and the order is by these.
    """
    return by_gain(extraction, expected(extraction))


def by_gain(extraction: Extraction, gains: Mapping[str, float]) -> tuple[str, ...]:
    """The open cells in the order of `order`, where it is known already what each is expected to settle."""
    lacking = Counter(_row(key) for key in gains)
    place = {cell.key: index for index, cell in enumerate(extraction.cells)}
    return tuple(sorted(gains, key=lambda key: (-round(gains[key], 6), lacking[_row(key)], place[key])))


def worth(extraction: Extraction) -> float:
    """How many open cells of a report its best answer is expected to settle; 0 where none is open.

    Reports are looked at in the descending order of it.
    """
    return max(expected(extraction).values(), default=0.0)


def expected(extraction: Extraction) -> Mapping[str, float]:
    """For each open cell how many open cells an answer to it is expected to settle, itself among them."""
    open_cells = {cell.key for cell in extraction.cells if not cell.state.is_settled}
    gains = dict.fromkeys(open_cells, 1.0) if extraction.joint else _by_reasons(extraction, open_cells)
    lines = [(joint, row) for joint in extraction.joint for row in range(len(joint.lines))]
    asked: dict[str, tuple[JointReadings, int]] = {}
    for joint, row in lines:
        for key, gain in _in_line(joint.lines[row], open_cells).items():
            gains[key] = gain
            asked[key] = joint, row
    tables: dict[int, _Table] = {}
    for key in sorted(asked, key=lambda key: (-gains[key], key))[:_ASKED]:
        joint, row = asked[key]
        if joint.sums and sum(len(line.values) for line in joint.lines) <= _READINGS:
            if id(joint) not in tables:
                tables[id(joint)] = _Table(joint, open_cells)
            gains[key] = tables[id(joint)].gain(row, key)
    return gains


def likeliest(extraction: Extraction) -> Mapping[str, Number]:
    """For each cell of lines whose readings are all known what the line's likeliest one gives it."""
    found: dict[str, Number] = {}
    for line in (line for joint in extraction.joint for line in joint.lines):
        if len(line.values) > 1:
            likely = _weights(line)
            found.update(zip(line.keys, line.values[likely.index(max(likely))], strict=True))
    return found


def _by_reasons(report: ExtractedReport, open_cells: Iterable[str]) -> dict[str, float]:
    """Of what is only known by its cells: rivals of one row settle each other, half of them at a guess."""
    rivals = Counter(_row(cell.key) for cell in report.cells if cell.candidates and not cell.more)
    listed = {cell.key for cell in report.cells if cell.candidates and not cell.more}
    return {key: 1 + (rivals[_row(key)] - 1) / 2 if key in listed else 1.0 for key in open_cells}


def _in_line(line: RivalReadings, open_cells: set[str]) -> dict[str, float]:
    """What an answer to each open cell of a line settles in that line."""
    if len(line.values) < 2:
        return {}
    columns = [column for column, key in enumerate(line.keys) if key in open_cells]
    likely = _weights(line)
    return {
        line.keys[column]: sum(
            sum(likely[i] for i in group) * _unanimous([line.values[i] for i in group], columns)
            for group in _by_value(line, column).values()
        )
        for column in columns
    }


class _Table:
    """A table whose lines the sums of its columns bind; its choices are looked through once for all cells."""

    def __init__(self, joint: JointReadings, open_cells: set[str]) -> None:
        self._joint = joint
        self._rows = [line.values for line in joint.lines]
        self._open = [[c for c, key in enumerate(line.keys) if key in open_cells] for line in joint.lines]
        self._choices = choices_of_table(self._rows, joint.sums)
        self._used_with: dict[int, list[Used]] = {}

    def gain(self, row: int, key: str) -> float:
        """What an answer to a cell settles in the table: in each line, under what the sums leave."""
        line = self._joint.lines[row]
        likely = _weights(line)
        return sum(
            sum(likely[i] for i in group) * self._settled(row, group)
            for group in _by_value(line, line.keys.index(key)).values()
        )

    def _settled(self, row: int, group: Sequence[int]) -> int:
        """How many open cells are known if one of these readings of a row is the true one."""
        left = zip(self._rows, self._left(row, group), self._open, strict=True)
        return sum(_unanimous([values[i] for i in kept], columns) for values, kept, columns in left)

    def _left(self, row: int, group: Sequence[int]) -> Sequence[Collection[int]]:
        if self._choices is None:
            return self._left_by_solver(row, group)
        if row not in self._used_with:
            self._used_with[row] = self._choices.used_with(row)
        used = [self._used_with[row][i] for i in group]
        return [set().union(*own) for own in zip(*used, strict=True)]

    def _left_by_solver(self, row: int, group: Sequence[int]) -> Sequence[Collection[int]]:
        """The same of a table that no sum binds, or that has too many sums to look through."""
        rows = [*self._rows[:row], [self._rows[row][i] for i in group], *self._rows[row + 1 :]]
        left: list[Collection[int]] = [*survivors(rows, self._joint.sums).rows]
        left[row] = [group[i] for i in left[row]]
        return left


def _weights(line: RivalReadings) -> list[float]:
    weighed = weights_of_values(line.keys, line.values)
    return [weight / sum(weighed) for weight in weighed]


def _by_value(line: RivalReadings, column: int) -> Mapping[Number, list[int]]:
    groups: dict[Number, list[int]] = defaultdict(list)
    for index, values in enumerate(line.values):
        groups[values[column]].append(index)
    return groups


def _unanimous(readings: Sequence[Sequence[Number]], columns: Sequence[int]) -> int:
    return sum(len({values[column] for values in readings}) == 1 for column in columns)


def _row(key: str) -> str:
    return key.rpartition("/")[0]
