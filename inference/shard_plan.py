"""Cut the documents of a run into shards, and keep where each begins, for who goes on with the run.

Flow:  inputs -> documents, counted -> **plan** -> shards

A shard is so many documents, one after the other, whatever files they lie in: one Parquet file of a million
pages is cut as a million files are. So documents are counted first, once a run: that takes a small part of
the time that reading them does.
"""

from __future__ import annotations

import json
import random
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path

from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.files import beside, part_of, written
from gouji.inference.outputs.run_state import MadeOf
from gouji.inference.portions import Position

PLAN = "plan.json"  # beside the shards
_OURS = re.compile(r"\d{5,}\.jsonl(?:\.part|\.resume|\.done)*|plan\.json(?:\.part)?")
_SEED = 0  # the same sample each time


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of answers, and the documents that they are to."""

    path: Path
    begin: Position  # of the first document
    end: int | None = None  # the number of the first that is not its; None where it takes all that come


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each shard of a run begins."""

    made_of: MadeOf
    begins: Sequence[Position]
    documents: int  # in all
    end: int | None  # the number of the first document that the user does not want; None where he wants all

    def shards(self, folder: Path) -> list[Shard]:
        """The shards, as files of a folder."""
        ends = [*(begin.number for begin in self.begins[1:]), self.end]
        return [
            Shard(folder / f"{index:05}.jsonl", begin, end)
            for index, (begin, end) in enumerate(zip(self.begins, ends, strict=True))
        ]


def plan_for(
    folder: Path, made_of: MadeOf, count: Callable[[], Sequence[int]], shards: int, end: int | None
) -> Plan:
    """The plan of a folder: what an earlier run has left there, or a new one, of equal numbers of documents.

    Args:
        folder: Of the shards; made where it is not there.
        made_of: What answers depend on.
        count: Counts the documents of each input, up to `end`.
        shards: How many there are to be.
        end: The number of the first document that is not wanted.

    Raises:
        OutputError: An earlier run was of something else, or the folder holds other files.
    """
    if (earlier := _read(folder / PLAN)) is not None:
        made_of.refuse_other(earlier.made_of, folder)
        return earlier
    if folder.is_dir() and any(path != part_of(folder / PLAN) for path in folder.iterdir()):
        raise OutputError(f"{folder}: holds files, and no {PLAN} of an earlier run; name another folder")
    plan = new_plan(made_of, count(), shards, end)
    with beside(folder / PLAN) as part, written(folder / PLAN):
        part.write_text(told(plan), encoding="utf-8")
    return plan


def new_plan(made_of: MadeOf, counts: Sequence[int], shards: int, end: int | None = None) -> Plan:
    """Cut documents into shards of equal numbers.

    Args:
        made_of: What answers depend on.
        counts: Of the documents of each input, up to `end`.
        shards: How many there are to be.
        end: The number of the first document that is not wanted.
    """
    *firsts, documents = 0, *accumulate(counts)
    begins = [begin_of(index * documents // shards, firsts) for index in range(shards)]
    return Plan(made_of, begins, documents, end)


def told(plan: Plan) -> str:
    """A plan as it is kept."""
    return json.dumps(asdict(plan), ensure_ascii=False) + "\n"


def plan_in(text: str, where: str) -> Plan:
    """A plan that was kept.

    Args:
        text: Of its file.
        where: How an error names it.

    Raises:
        OutputError: It is none.
    """
    try:
        held = json.loads(text)
        begins = [Position(**each) for each in held["begins"]]
        return Plan(MadeOf(**held["made_of"]), begins, held["documents"], held["end"])
    except (ValueError, TypeError, KeyError) as error:
        raise OutputError(f"{where}: is no plan of shards ({error}); --overwrite begins anew") from error


def begin_of(number: int, firsts: Sequence[int]) -> Position:
    """Where a document stands.

    Args:
        number: Which of all documents it is.
        firsts: The number of each input's first document.

    >>> begin_of(4, [0, 2, 2])
    Position(input=2, document=2, number=4)
    """
    index = max(bisect_right(firsts, number) - 1, 0)
    return Position(index, number - (firsts[index] if firsts else 0), number)


def clear(folder: Path) -> None:
    """Take away the shards of an earlier run, and nothing else."""
    if (folder / PLAN).exists():
        for path in folder.iterdir():
            if _OURS.fullmatch(path.name):
                path.unlink()


def sample_of(documents: int, size: int) -> Collection[int]:
    """The numbers of a sample, drawn evenly and the same each time; all where there are no more."""
    return frozenset(random.Random(_SEED).sample(range(documents), min(size, documents)))


def _read(path: Path) -> Plan | None:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path}: cannot be read ({error}); --overwrite begins anew") from error
    return plan_in(text, str(path))
