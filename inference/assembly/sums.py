"""A sum that a form says holds: within a row over its columns, or in every column over the table's rows.

Flow:  form -> **sums** -> lines, readings, one reading of the page
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gouji.inference.extraction import Number


@dataclass(frozen=True, slots=True)
class Sum:
    """The values at `left` add up to those at `right`, by index.

    >>> Sum((0, 1), (2,)).holds((3, 4, 7))
    True
    """

    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def indices(self) -> tuple[int, ...]:
        return *self.left, *self.right

    @property
    def last(self) -> int:
        return max(self.indices)

    def holds(self, values: Sequence[Number] | Mapping[int, Number]) -> bool:
        """Whether the sum holds of values, of which there is one at each index that it names."""
        return abs(sum([values[i] for i in self.left]) - sum([values[i] for i in self.right])) < 1e-6
