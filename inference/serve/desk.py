"""Where a person settles cells: what an answer would mean, the answer itself, and taking it back.

Flow:  question, answer -> **desk** -> corrections.jsonl -> engine -> settled report -> store

An answer is written first, and stands whatever becomes of the service; the report under it is made anew by a
worker. Who answers names the last line that he has seen: where another has answered meanwhile, he is told so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool

from gouji.inference.extraction import Number
from gouji.inference.outputs.records import Record
from gouji.inference.serve.engine import Engine, EngineError
from gouji.inference.serve.store import NoReport, Store
from gouji.inference.serve.work import Question, SettledReport
from gouji.inference.settling import Corrections, Said, answered, now, page_hash, part_of
from gouji.model.errors import GoujiError
from gouji.model.page import Page


class NotSettled(GoujiError):
    """An answer makes no sense here; nothing was written."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Answers to cells of one report, given at once: all are written, or none."""

    answers: tuple[tuple[str, Number | Said], ...]  # key and value
    by: str
    token: int  # of the report as it was seen


class Desk:
    """Settles the reports of a store.

    Args:
        store: The reports.
        engine: What answers questions.
        corrections: The file of all answers.
    """

    def __init__(self, store: Store, engine: Engine, corrections: Corrections) -> None:
        self._store = store
        self._engine = engine
        self._corrections = corrections

    def token(self, id_: str) -> int:
        """How far the answers to a report are read."""
        return self._corrections.token(*self._store.report_of_text(id_))

    def last(self, id_: str) -> list[str]:
        """The cells that were answered last and at once, of those whose answers stand."""
        standing = self._corrections.standing(*self._store.report_of_text(id_))
        last = [(each.by, each.when) for each in standing[-1:]]
        return [each.key for each in standing if (each.by, each.when) in last]

    async def take_up(self) -> None:
        """Make those reports anew that were answered while no service, or another one, was looking."""
        for digest, part in await run_in_threadpool(self._corrections.reports):
            for id_ in self._store.ids_of_text(digest, part):
                if self._store.token(id_) != self._corrections.token(digest, part):
                    await self._renew(id_)

    async def meanings(self, id_: str, key: str, value: Number | Said | None) -> Any:
        """What each likely answer to a cell would mean, or one that is named.

        Raises:
            NoReport, NotSettled: There is no such report, or no such cell.
        """
        await run_in_threadpool(self._cell, id_, key)
        return await self._ask(Question(await run_in_threadpool(self._page, id_), key, value))

    async def settle(self, id_: str, asked: Settling) -> Mapping[str, Any]:
        """Write answers, or take the last ones to their cells back; tell what became of the report.

        Raises:
            Stale: Another has answered meanwhile; nothing was written.
            NoReport, NotSettled, CorrectionsError: Nothing was written.
        """
        before = await run_in_threadpool(self._store.record, id_)
        token = await run_in_threadpool(self._write, id_, asked)
        for same in self._store.ids_of_text(*self._store.report_of_text(id_)):
            await self._renew(same)
        after = await run_in_threadpool(self._store.record, id_)
        return {"token": token, "status": after.status, "changed": _changed(before, after, asked)}

    def _write(self, id_: str, asked: Settling) -> int:
        page, token = self._page(id_), asked.token
        cells = [self._cell(id_, key) for key, _ in asked.answers]
        undone = [key for key, value in asked.answers if value is Said.UNDO]
        if undone and len(undone) < len(asked.answers):
            raise NotSettled("takes some answers back and gives others; expected one or the other at a time")
        for key in undone:
            token = self._corrections.undo(page_hash(page), part_of(page), key, asked.by, token)
        if undone:
            return token
        given, when = zip(cells, asked.answers, strict=True), now()
        return self._corrections.append(
            [answered(page, cell, value, asked.by, when) for cell, (_, value) in given], token
        )

    async def _renew(self, id_: str) -> None:
        report = await self._ask(Question(await run_in_threadpool(self._page, id_)))
        assert isinstance(report, SettledReport)
        await run_in_threadpool(self._store.settle, id_, report)

    async def _ask(self, question: Question) -> Any:
        (told,) = await self._engine.answer(question)
        if getattr(told, "is_error", False):  # the worker was lost
            raise EngineError(told.line)
        return told

    def _page(self, id_: str) -> Page:
        kept = self._store.page(id_)
        if kept is None:
            raise NoReport(f"{id_}: its page is not kept; drop it again to settle it")
        return kept.page

    def _cell(self, id_: str, key: str) -> Any:
        for cell in self._store.record(id_).cells:
            if cell.key == key:
                return cell
        raise NotSettled(f"{key[:80]!r}: the report has no such cell")


def _changed(before: Record, after: Record, asked: Settling) -> list[str]:
    """The other cells that are not what they were."""
    old = {cell.key: cell for cell in before.cells}
    own = {key for key, _ in asked.answers}
    return [cell.key for cell in after.cells if cell.key not in own and old.get(cell.key) != cell]
