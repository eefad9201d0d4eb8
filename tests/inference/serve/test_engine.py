"""Processes that die: a worker costs its page, the foreman costs nothing of a batch."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="pip install 'gouji[serve]' to run these")

from gouji.inference.limits import Limits
from gouji.inference.readers import Content, Options
from gouji.inference.serve.engine import Engine, EngineError
from gouji.inference.serve.foreman import Task, _Foreman
from gouji.inference.serve.work import PageAnswer, Question, ServiceWork, Whole
from gouji.model.page import Page

from .conftest import PATIENCE, page

_PROC = Path("/proc")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine of one worker."""
    if not _PROC.exists():
        pytest.skip("finds the workers in /proc")
    made = Engine(ServiceWork(tmp_path / "corrections.jsonl", Options()), 1, Limits())
    made.start()
    yield made
    made.stop()


class Heard:
    """What a batch was told."""

    def __init__(self) -> None:
        self.answers: list[PageAnswer] = []
        self.is_finished = False

    def opened(self) -> None:
        pass

    def answered(self, answer: PageAnswer) -> None:
        self.answers.append(answer)

    def finished(self) -> None:
        self.is_finished = True


def children(of: int) -> list[int]:
    stats = (path.read_text() for path in _PROC.glob("[0-9]*/stat"))
    return [int(stat.split()[0]) for stat in stats if int(stat.rpartition(")")[2].split()[1]) == of]


def until(is_so: object) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_worker_that_is_killed_costs_the_page_that_it_had(engine: Engine):
    foreman = engine._process.pid
    (worker,) = children(foreman)

    async def ask() -> list[list[PageAnswer]]:
        asked = [engine.answer(Whole(Content(f"{n}.txt", page("glued_2019")))) for n in range(6)]
        waiting = [asyncio.ensure_future(each) for each in asked]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        os.kill(worker, signal.SIGKILL)
        return await asyncio.gather(*waiting)

    answers = [answer for (answer,) in asyncio.run(ask())]

    failed = [answer for answer in answers if answer.is_error]
    assert len(answers) == 6
    assert len(failed) <= 1
    assert all("SIGKILL" in answer.line for answer in failed)


def test_a_foreman_that_is_killed_is_replaced_and_no_page_of_a_batch_is_lost(engine: Engine, tmp_path: Path):
    names = ["lines_2021", "glued_2019", "half_a_table_2021"]
    heard = [Heard() for _ in names]
    for name, listener in zip(names, heard, strict=True):
        (tmp_path / name).write_bytes(page(name))
        engine.take(Content(name, path=tmp_path / name), listener)
    until(lambda: heard[0].is_finished)

    os.kill(engine._process.pid, signal.SIGKILL)
    until(lambda: all(listener.is_finished for listener in heard))

    assert [{answer.source for answer in listener.answers} for listener in heard] == [
        {name} for name in names
    ]
    assert not any(answer.is_error for listener in heard for answer in listener.answers)
    (answer,) = asyncio.run(engine.answer(Whole(Content("after.txt", page("lines_2021")))))
    assert answer.source == "after.txt"


class Worker:
    """A process that waits; what it is given it has done at once."""

    is_ready, at = True, None

    def __init__(self) -> None:
        self.had: list[str] = []

    def give(self, thing: Question, at: object) -> bool:
        self.had.append(thing.page.source)
        return True


def test_who_has_a_page_at_hand_is_asked_about_it_again(tmp_path: Path):
    foreman = _Foreman(None, ServiceWork(tmp_path / "c.jsonl", Options()), 2, Limits())  # type: ignore[arg-type]
    foreman._workers = workers = [Worker(), Worker()]  # type: ignore[list-item, assignment]
    asked = [["a", "b"], ["b"], ["b"], ["a"], ["b", "a"], ["c"]]

    for number, at_once in enumerate(asked):
        for name in at_once:
            foreman._take(Task(number, Question(Page(name, ""))))
        foreman._hand_out()

    assert [worker.had for worker in workers] == [["a", "a", "a", "c"], ["b"] * 4]


def test_a_model_that_cannot_be_loaded_is_said_when_the_service_starts(tmp_path: Path):
    work = ServiceWork(tmp_path / "corrections.jsonl", Options(), tmp_path / "no model")

    with pytest.raises(EngineError, match="no model"):
        Engine(work, 1, Limits()).start()
