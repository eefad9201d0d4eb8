"""The file of all corrections of spans, `spans.jsonl`, beside the answers to cells.

Flow:  corrections -> **spans.jsonl** -> labelled pages, the page of a report

As with answers to cells, whoever writes says how much of the page's lines he has seen, and is told, and
nothing written, where there are more by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gouji.inference.settling.answers import now
from gouji.inference.settling.corrections import Stale
from gouji.inference.settling.journal import Journal
from gouji.inference.settling.span_edits import SpanEdit, SpanEditError, span_edit_of

SPANS = "spans.jsonl"


class SpanFile:
    """The corrections that a file holds; one that is not there holds none, and is made by the first.

    >>> import tempfile
    >>> file = SpanFile(Path(tempfile.mkdtemp()) / SPANS)
    >>> token = file.append(SpanEdit("9f", "li", "2026-11-30T08:00:00Z", 5, 7), file.token("9f"))
    >>> len(file.standing("9f")), token
    (1, 1)
    >>> token = file.undo("9f", "wang", token)
    >>> file.standing("9f"), token
    ((), 2)
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._journal = Journal(path)

    def faults(self) -> tuple[str, ...]:
        """What cannot be read, each with its place: `spans.jsonl line 3: misses by`."""
        read = _edits(self._journal.lines())
        return tuple(f"{self.path} line {n}: {fault}" for n, _, fault in read if fault is not None)

    def pages(self) -> Mapping[str, tuple[SpanEdit, ...]]:
        """For each page that has some, the corrections that stand, in their order."""
        given: dict[str, list[SpanEdit]] = {}
        for _, edit, _ in _edits(self._journal.lines()):
            if edit is not None:
                given.setdefault(edit.page, []).append(edit)
        return {page: left for page, own in given.items() if (left := _standing(own))}

    def standing(self, page: str) -> tuple[SpanEdit, ...]:
        """The corrections of a page that stand, less those that were taken back."""
        return _standing(_of(page, self._journal.lines()))

    def token(self, page: str) -> int:
        """How far a page's corrections are read: what `append` and `undo` want to be told."""
        return len(_of(page, self._journal.lines()))

    def append(self, edit: SpanEdit, token: int) -> int:
        """Write a correction behind all others.

        Args:
            edit: The correction.
            token: What `token` gave when the page was last looked at.

        Returns:
            The next token.

        Raises:
            Stale: There are further corrections of the page by now; nothing was written.
            JournalError: The file cannot be written.
        """
        with self._journal.alone() as (file, data):
            there = _of(edit.page, self._journal.lines(data))
            if len(there) != token:
                raise Stale(self.path, there[token:] or there)
            self._journal.add(file, data, [edit.to_record()])
        return token + 1

    def undo(self, page: str, by: str, token: int) -> int:
        """Take the last correction of a page back.

        Returns:
            The next token.

        Raises:
            Stale, JournalError: As of `append`.
            SpanEditError: None stands.
        """
        standing = self.standing(page)
        if not standing:
            raise SpanEditError("no correction of the page's spans stands that could be undone")
        return self.append(SpanEdit(page, by, now(), is_undo=True, source=standing[-1].source), token)


def _standing(edits: Sequence[SpanEdit]) -> tuple[SpanEdit, ...]:
    left: list[SpanEdit] = []
    for edit in edits:
        if not edit.is_undo:
            left.append(edit)
        elif left:
            left.pop()
    return tuple(left)


def _of(page: str, read: Iterable[tuple[int, Any]]) -> list[SpanEdit]:
    return [edit for _, edit, _ in _edits(read) if edit is not None and edit.page == page]


def _edits(read: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, SpanEdit | None, str | None]]:
    """Each line's number, its correction, and what is wrong with it."""
    for number, data in read:
        try:
            if isinstance(data, ValueError):
                raise SpanEditError(f"is no JSON ({data})")
            yield number, span_edit_of(data), None
        except SpanEditError as error:
            yield number, None, str(error)
