"""Extract Parquet files by a Ray cluster, shard by shard: `gouji extract --engine ray`.

Flow:  files -> plan -> **Ray Data hands out shards -> actors read, answer and write them** -> marks

A row of the dataset is a shard that is left, not a page: an actor reads its stretches of the files itself and
writes its rows itself, so that no page passes through Ray's memory, and what a lost machine had in hand is a
shard that has no mark. Ray gives it to another actor; if all is lost, the same command goes on.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gouji.inference.batch import Settings
from gouji.inference.engines.rows import RowReader
from gouji.inference.engines.shard_folder import ShardFolder
from gouji.inference.engines.stretches import (
    EXTRA,
    ParquetFile,
    Stretch,
    counts_of,
    digest_of,
    files_at,
    stretches,
)
from gouji.inference.outputs.errors import OutputError, needed
from gouji.inference.outputs.run_state import MadeOf
from gouji.inference.portions import Position
from gouji.inference.shard_plan import Plan, new_plan

_PAGES_A_SHARD = 1000  # half a minute of work: what a lost machine costs at most
_DIGITS = 16  # of a digest, as it is told


@dataclass(frozen=True, slots=True)
class Task:
    """A shard that is left, as an actor is told of it."""

    name: str
    stretches: tuple[Stretch, ...]
    end: Position  # the page that comes behind it


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run by Ray is to do."""

    inputs: Sequence[str]  # addresses and patterns
    folder: str  # the address of the shards
    settings: Settings
    program: str  # versions, as of `MadeOf`
    model: str
    forms: str
    shards: int | None = None  # one for each thousand pages where not given
    actors: int | None = None  # one for each processor of the cluster where not given
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class ShardDone:
    """A shard that is whole now."""

    counts: Counter[str]  # answers by status
    earlier: bool  # an earlier run has written it


class ShardWriter:
    """An actor: reads, answers and writes one shard after the other, and keeps its model.

    Args:
        folder: The address of the shards.
        settings: As of the command.
        made_of: What the answers depend on.
    """

    def __init__(self, folder: str, settings: Settings, made_of: MadeOf) -> None:
        self._folder = ShardFolder(folder)
        self._reader = RowReader(settings)
        self._made_of = made_of

    def __call__(self, batch: Any) -> Any:
        """Write the shards of a batch; what each holds, as JSON."""
        tasks = [pickle.loads(task) for task in batch.column("task").to_pylist()]
        counts = [[json.dumps(self._counts(task)) for task in tasks]]
        return needed("pyarrow", EXTRA).table(counts, names=["counts"])

    def _counts(self, task: Task) -> Counter[str]:
        """What a shard holds; one that is whole already, since a task is done again, is left as it is."""
        if done := self._folder.done([task.name], self._made_of):
            return done[task.name]
        rows = (each.row for each in self._reader.rows(task.stretches))
        return self._folder.write(task.name, rows, self._made_of, task.end)


def extract_by_ray(wanted: Wanted) -> Iterator[ShardDone]:
    """Extract Parquet files by the cluster of RAY_ADDRESS, the one of this machine, or one that is started.

    Yields:
        Each shard, those of earlier runs first, when it is whole.

    Raises:
        OutputError: Ray is not installed or fails, an input is not there, an earlier run was of something
            else, or a shard cannot be written.
    """
    needed("ray.data", EXTRA)
    files, folder = files_at(wanted.inputs), ShardFolder(wanted.folder)
    made_of = _made_of(wanted, files)
    plan = _plan(wanted, folder, files, made_of)
    tasks = _tasks(plan, files)
    done = folder.done([task.name for task in tasks], made_of)
    yield from (ShardDone(counts, earlier=True) for counts in done.values())
    if left := [task for task in tasks if task.name not in done]:
        for counts in _by_actors(left, wanted, made_of):
            yield ShardDone(counts, earlier=False)
    folder.clear_parts()


def _made_of(wanted: Wanted, files: Sequence[ParquetFile]) -> MadeOf:
    shards = f"--shards {wanted.shards}" if wanted.shards else ""
    options = " ".join(filter(None, ("--engine ray", wanted.settings.told(), shards)))
    inputs = f"{len(files)} (digest {digest_of(files)[:_DIGITS]})"
    return MadeOf(inputs, options, wanted.program, wanted.model, wanted.forms)


def _plan(wanted: Wanted, folder: ShardFolder, files: Sequence[ParquetFile], made_of: MadeOf) -> Plan:
    if wanted.overwrite:
        folder.clear()
    if (earlier := folder.plan()) is not None:
        made_of.refuse_other(earlier.made_of, wanted.folder)
        return earlier
    counts = counts_of(files)
    plan = new_plan(made_of, counts, wanted.shards or max(1, -(-sum(counts) // _PAGES_A_SHARD)))
    folder.keep_plan(plan)
    return plan


def _tasks(plan: Plan, files: Sequence[ParquetFile]) -> list[Task]:
    begins = [*plan.begins, Position(len(files), 0, plan.documents)]
    return [
        Task(f"{index:05}.parquet", tuple(stretches(files, begin, end.number)), end)
        for index, (begin, end) in enumerate(pairwise(begins))
    ]


def _by_actors(tasks: Sequence[Task], wanted: Wanted, made_of: MadeOf) -> Iterator[Counter[str]]:
    """What each shard holds, when it is whole.

    Raises:
        OutputError: Ray gives up.
    """
    ray, data = needed("ray", EXTRA), needed("ray.data", EXTRA)
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if not ray.is_initialized():
        ray.init(logging_level="warning")
    data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.WARNING)
    actors = min(wanted.actors or int(ray.cluster_resources().get("CPU", 1)), len(tasks))
    rows = data.from_items([{"task": pickle.dumps(task)} for task in tasks], override_num_blocks=len(tasks))
    answers = rows.map_batches(
        ShardWriter,
        fn_constructor_args=(wanted.folder, wanted.settings, made_of),
        batch_size=1,
        batch_format="pyarrow",
        # An actor is given its next shard when it has done one: else those at the end wait behind others.
        compute=data.ActorPoolStrategy(size=actors, max_tasks_in_flight_per_actor=1),
    )
    try:
        for row in answers.iter_rows():
            yield Counter(json.loads(row["counts"]))
    except ray.exceptions.RayError as error:
        told = str(getattr(error, "cause", None) or error).strip().splitlines()
        raise OutputError(
            f"{wanted.folder}: Ray gave up: {told[-1] if told else type(error).__name__}"
        ) from error
