"""Keep shards of answers in a folder at any address that fsspec knows: their plan, their rows, their marks.

Flow:  rows -> **00000.parquet, then 00000.parquet.done** -> who goes on, who reads

A shard counts when its mark is there and its size is the one that the mark tells. So it does not matter at
which moment a machine is lost, nor whether a shard is written twice. What lies on a disk is written beside
its place and moved there; an object store shows a file when it is whole.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple, fields
from typing import Any, BinaryIO

from gouji.inference.engines.rows import Row
from gouji.inference.engines.stretches import EXTRA, file_system
from gouji.inference.outputs.errors import OutputError, needed
from gouji.inference.outputs.run_state import MadeOf, State, state_in
from gouji.inference.outputs.run_state import told as told_state
from gouji.inference.portions import Position
from gouji.inference.shard_plan import PLAN, Plan, plan_in
from gouji.inference.shard_plan import told as told_plan

_ROWS = 200  # held before they are written: some 5 MB
_AT_A_TIME = 16  # marks that are read
_DONE = ".done"
_PART = ".part-"


class ShardFolder:
    """A folder of shards; every machine that writes in it has one of its own.

    Args:
        address: Of the folder; it need not be there.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._system, self._root = file_system(address)
        protocol = self._system.protocol
        self._moves = "file" in ((protocol,) if isinstance(protocol, str) else protocol)

    def plan(self) -> Plan | None:
        """What an earlier run has left.

        Raises:
            OutputError: It cannot be read, or the folder holds something else.
        """
        if self._system.exists(self._path(PLAN)):
            return plan_in(self._system.cat_file(self._path(PLAN)).decode(), self._path(PLAN))
        if self._names():
            raise OutputError(
                f"{self.address}: holds files, and no {PLAN} of an earlier run; name another folder"
            )
        return None

    def keep_plan(self, plan: Plan) -> None:
        """Write how shards are cut, for who goes on."""
        with self._writing(PLAN) as file:
            file.write(told_plan(plan).encode())

    def clear(self) -> None:
        """Take away the shards of an earlier run, and nothing else."""
        if self._system.exists(self._path(PLAN)):
            for name in self._names():
                if name == PLAN or ".parquet" in name:
                    self._system.rm_file(self._path(name))

    def clear_parts(self) -> None:
        """Take away what machines that were lost have left; nobody may be writing."""
        for name in self._names():
            if _PART in name:
                self._system.rm_file(self._path(name))

    def done(self, shards: Sequence[str], made_of: MadeOf) -> dict[str, Counter[str]]:
        """How many answers of each status the shards hold that are whole.

        Args:
            shards: Their names.
            made_of: What the answers depend on.

        Raises:
            OutputError: One was made of something else.
        """
        there = self._names()
        marked = [name for name in shards if f"{name}{_DONE}" in there]
        with ThreadPoolExecutor(_AT_A_TIME) as threads:
            states = threads.map(self._state, marked)
            whole = {name: state for name, state in zip(marked, states, strict=True) if state}
        for name, state in whole.items():
            made_of.refuse_other(state.made_of, self._path(name))
        return {name: Counter(state.counts) for name, state in whole.items()}

    def write(self, name: str, rows: Iterable[Row], made_of: MadeOf, end: Position) -> Counter[str]:
        """Write a shard, and then its mark; how many answers of each status it holds.

        Args:
            name: Of the shard.
            rows: All that it is to hold.
            made_of: What they depend on.
            end: The page that comes behind it.
        """
        parquet = needed("pyarrow.parquet", EXTRA)
        counts: Counter[str] = Counter()
        with (
            self._writing(name) as file,
            parquet.ParquetWriter(file, _schema(), compression="zstd") as writer,
        ):
            for some in _some_at_a_time(rows):
                counts.update(row.status for row in some)
                writer.write_table(_table(some))
        state = State(made_of, end, self._system.size(self._path(name)), dict(counts), is_whole=True)
        with self._writing(f"{name}{_DONE}") as file:
            file.write(told_state(state).encode())
        return counts

    def _state(self, name: str) -> State | None:
        """What the mark of a shard tells; None where the shard is not as it tells."""
        mark = self._path(f"{name}{_DONE}")
        state = state_in(self._system.cat_file(mark).decode(), mark)
        path = self._path(name)
        return state if self._system.exists(path) and self._system.size(path) == state.size else None

    @contextmanager
    def _writing(self, name: str) -> Iterator[BinaryIO]:
        """A file that is there when it is whole."""
        path = self._path(name)
        place = f"{path}{_PART}{uuid.uuid4().hex}" if self._moves else path
        try:
            self._system.makedirs(self._root, exist_ok=True)
            with self._system.open(place, "wb") as file:
                yield file
            if self._moves:
                self._system.mv(place, path)
        except OSError as error:
            fault = error.strerror or error
            raise OutputError(
                f"{path}: cannot be written: {fault}; make room, or name another place"
            ) from error

    def _names(self) -> set[str]:
        if not self._system.exists(self._root):
            return set()
        self._system.invalidate_cache(self._root)
        return {path.rstrip("/").rpartition("/")[2] for path in self._system.ls(self._root, detail=False)}

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


def _schema() -> Any:
    pyarrow = needed("pyarrow", EXTRA)
    return pyarrow.schema([(field.name, pyarrow.string()) for field in fields(Row)])


def _table(rows: Sequence[Row]) -> Any:
    columns = zip(*map(astuple, rows), strict=True)
    return needed("pyarrow", EXTRA).table([list(column) for column in columns], schema=_schema())


def _some_at_a_time(rows: Iterable[Row]) -> Iterator[list[Row]]:
    some: list[Row] = []
    for row in rows:
        some.append(row)
        if len(some) == _ROWS:
            yield some
            some = []
    if some:
        yield some
