"""Write the answers of a run to the files that they belong in, and know what earlier runs have written.

Flow:  answers -> **shards** -> DIR/00000.jsonl, DIR/00000.jsonl.done …

Shards are written in their order. A run goes on with the first that is not whole, and passes over those that
are. A single file of JSON lines is one shard.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from gouji.inference.batch import Answer
from gouji.inference.outputs.resumed import Lines, lines_for, state_of
from gouji.inference.outputs.run_state import MadeOf
from gouji.inference.portions import Portion, Position
from gouji.inference.shard_plan import Shard


class Shards:
    """Takes the answers of a run and writes each to its shard; a context, at whose end all are whole.

    Args:
        shards: In their order.
        made_of: Tells what the answers depend on.
        sample: The numbers of the documents that are answered; all where not given.
        marked: Whether a mark is left beside each that is whole.

    Raises:
        OutputError: An earlier run was of something else.
    """

    def __init__(
        self,
        shards: Sequence[Shard],
        made_of: Callable[[], MadeOf],
        sample: Collection[int] | None = None,
        *,
        marked: bool = True,
    ) -> None:
        self._shards, self._made_of, self._sample, self._marked = shards, made_of, sample, marked
        self._states = [state_of(shard.path) for shard in shards]
        for shard, state in zip(shards, self._states, strict=True):
            if state is not None:
                made_of().refuse_other(state.made_of, shard.path)
        self._firsts = [shard.begin.number for shard in shards]
        self._left = [i for i, state in enumerate(self._states) if state is None or not state.is_whole]
        self._end: int | None = -1  # of the shard in hand
        self._lines: Lines | None = None
        self._open = ExitStack()

    @property
    def earlier(self) -> Counter[str]:
        """What earlier runs have answered, by status."""
        return sum((Counter(state.counts) for state in self._states if state is not None), Counter[str]())

    @property
    def portion(self) -> Portion:
        """Which documents are left to be answered."""
        last = self._shards[-1]
        if not self._left:
            return Portion(last.begin, last.begin.number)
        return Portion(self._begin(self._left[0]), last.end, self._takes)

    def write(self, answer: Answer) -> None:
        """Write one answer; they come in their order."""
        while self._lines is None or (self._end is not None and answer.at.number >= self._end):
            self._lines = self._next()
        status = "error" if answer.status is None else str(answer.status)
        self._lines.write(answer.line, status, answer.at)

    def summary(self) -> str | None:
        """What was written where; None where that is plain."""
        return (
            f"{len(self._shards)} shards in {self._shards[0].path.parent}" if len(self._shards) > 1 else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._open.__exit__(kind, error, trace)  # keeps what is whole
            return
        while self._left:
            self._next()
        self._open.close()

    def _next(self) -> Lines:
        """Close the shard in hand, and open the next that is left."""
        self._open.close()
        index = self._left.pop(0)
        shard, state = self._shards[index], self._states[index]
        self._end = shard.end
        return self._open.enter_context(
            lines_for(shard.path, self._made_of, shard.begin, state, marked=self._marked)
        )

    def _begin(self, index: int) -> Position:
        """Where a shard that is left goes on."""
        state = self._states[index]
        return self._shards[index].begin if state is None else state.at

    def _takes(self, at: Position) -> bool:
        """Whether a document is in a shard that is left, and not answered in it."""
        index = bisect_right(self._firsts, at.number) - 1
        state = self._states[index]
        is_left = state is None or (not state.is_whole and at.number >= state.at.number)
        return is_left and (self._sample is None or at.number in self._sample)
