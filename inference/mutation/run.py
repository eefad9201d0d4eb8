"""Mutate pages of known truth in many ways, over several processes, the same whatever their number.

Flow:  pages, truths -> sheets -> **mutated pages -> extractions -> tallies** -> table, JSON
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from gouji.annotations.page_files import PageFile
from gouji.annotations.truth import Truth
from gouji.inference.batch import Settings, usable_cores
from gouji.inference.evaluation.predictions import load_parse
from gouji.inference.mutation.catalogue import MutationError
from gouji.inference.mutation.mutants import Bench, LeftOut, Mutant, Original, Plan, Reader

_CHUNK = 8  # mutated pages handed to a worker at once


@dataclass(frozen=True, slots=True)
class MutationRun:
    """What may be mutated, and the mutants as they come."""

    originals: int
    left_out: tuple[LeftOut, ...]  # pages of which no cell is read undamaged, or one not as it should be
    mutants: Iterator[Mutant]


def run_mutations(plan: Plan, jobs: int | None = None) -> MutationRun:
    """Mutate and extract.

    Args:
        plan: What is to be done.
        jobs: How many worker processes at most; None for one a usable core.

    Returns:
        The mutants in the order of their numbers; where no drawn page can be damaged as a number
        says, it has none.

    Raises:
        MutationError: No page can be mutated.
        GoujiError: The model or another program cannot be loaded, or a page cannot be read.
    """
    for module in plan.modules:
        load_parse(module)  # a faulty one is named before any page is read
    workers = jobs or usable_cores()
    with _pool(workers, _start_reader, plan.settings) as pool:
        found = list(
            pool.map(_original, [(page, plan.truths[page.truth]) for page in plan.pages], chunksize=4)
        )
    originals = tuple(each for each in found if isinstance(each, Original))
    left_out = tuple(each for each in found if isinstance(each, LeftOut))
    if not originals:
        raise MutationError(f"no page can be mutated; {left_out[0].page}: {left_out[0].reason}")
    return MutationRun(len(originals), left_out, _mutants(plan, originals, workers))


def _mutants(plan: Plan, originals: Sequence[Original], workers: int) -> Iterator[Mutant]:
    with _pool(workers, _start_bench, plan, originals) as pool:
        for mutant in pool.map(_mutant, range(plan.count), chunksize=_CHUNK):
            if mutant is not None:
                yield mutant


def _pool(workers: int, start: Callable[..., None], *arguments: object) -> ProcessPoolExecutor:
    # A forked worker need not import the program again; elsewhere than on Linux forking is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(workers, context, initializer=start, initargs=arguments)


_reader: Reader | None = None  # of this worker process
_bench: Bench | None = None


def _start_reader(settings: Settings) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _reader = Reader(settings)


def _start_bench(plan: Plan, originals: Sequence[Original]) -> None:
    global _bench
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bench = Bench(plan, originals)


def _original(given: tuple[PageFile, Truth]) -> Original | LeftOut:
    assert _reader is not None
    return _reader.original(*given)


def _mutant(number: int) -> Mutant | None:
    assert _bench is not None
    return _bench.mutant(number)
