"""Batches: uploads that are laid in the folder, opened and answered; and how far each is.

Flow:  uploads -> FOLDER/batches/ID/* -> **engine -> store** -> how far it is

An upload's name is a name and never a path: on disk it is called by its number. A batch that a stopped
service left half done goes on when the next one starts; its uploads are removed when it is done.
"""

from __future__ import annotations

import json
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from gouji.inference.outputs.files import beside
from gouji.inference.printable import in_line
from gouji.inference.readers import Content
from gouji.inference.serve.engine import Engine
from gouji.inference.serve.store import Store
from gouji.inference.serve.work import Again, PageAnswer
from gouji.model.errors import GoujiError

FOLDER = "batches"
_NAMES = "names.json"  # written last: a batch without it was not taken in whole
_KEPT = 200  # batches that are remembered
_SHOWN_NAME = 200  # characters of an upload's name


@dataclass(slots=True)
class Batch:
    """How far a batch is."""

    id: str
    files: int
    client: str = ""  # whose it is
    opened: int = 0  # pages found so far
    answered: int = 0
    failed: int = 0  # of those answered
    known: int = 0  # of those answered: the same page was there before, under the same name
    fault: str | None = None  # why an answer could not be kept
    done: bool = False
    reports: list[str] = field(default_factory=list)  # ids, in the order in which they were answered


class Batches:
    """All batches of a service.

    Args:
        store: Where answers go.
        engine: What answers; started.
    """

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._folder = store.folder / FOLDER
        self._folder.mkdir(exist_ok=True)
        self._lock = threading.Lock()
        self._batches: dict[str, Batch] = {}

    def take_up(self) -> None:
        """Go on with what a stopped service left half done."""
        for folder in sorted(path for path in self._folder.iterdir() if path.is_dir()):
            try:
                names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
            except (OSError, ValueError):
                shutil.rmtree(folder, ignore_errors=True)
            else:
                self._work_on(folder, names)

    def begin(self, uploads: Iterable[tuple[str, BinaryIO]], client: str) -> Batch:
        """Lay uploads in the folder, and have them answered.

        Args:
            uploads: The name of each, and its bytes.
            client: Whose they are.
        """
        folder = self._folder / _new_id()
        folder.mkdir()
        names = []
        for number, (name, file) in enumerate(uploads):
            with (folder / str(number)).open("wb") as copy:
                shutil.copyfileobj(file, copy)
            names.append(called(name))
        with beside(folder / _NAMES) as part:
            part.write_text(json.dumps(names), encoding="utf-8")
        return self._work_on(folder, names, client)

    def read_again(self, client: str) -> Batch:
        """Have all pages that are kept read anew; a page under several names, under each of them.

        Args:
            client: Who asks for it.
        """
        pages = [kept.page for id_ in self._store.ids() if (kept := self._store.page(id_)) is not None]
        batch = self._begun(_new_id(), len(pages), client)
        batch.opened = len(pages)
        progress = _Progress(batch, self._folder / batch.id, self._store)
        for page in pages:
            self._engine.take(Again(page), progress)
        if not pages:
            progress.close()
        return batch

    def get(self, id_: str) -> Batch | None:
        """One batch, while it is remembered."""
        return self._batches.get(id_)

    def running(self) -> list[Batch]:
        """Those that are not done."""
        with self._lock:
            return [batch for batch in self._batches.values() if not batch.done]

    def _work_on(self, folder: Path, names: Sequence[str], client: str = "") -> Batch:
        batch = self._begun(folder.name, len(names), client)
        progress = _Progress(batch, folder, self._store)
        for number, name in enumerate(names):
            self._engine.take(Content(name, path=folder / str(number)), progress)
        if not names:
            progress.close()
        return batch

    def _begun(self, id_: str, files: int, client: str) -> Batch:
        batch = Batch(id_, files, client)
        with self._lock:
            while len(self._batches) >= _KEPT and (old := next(iter(self._batches.values()))).done:
                del self._batches[old.id]
            self._batches[batch.id] = batch
        return batch


@dataclass(slots=True)
class _Progress:
    """What the engine tells of a batch's uploads."""

    batch: Batch
    folder: Path
    store: Store
    closed: int = 0  # uploads of which nothing more comes

    def opened(self) -> None:
        self.batch.opened += 1

    def answered(self, answer: PageAnswer) -> None:
        try:
            added = self.store.add(answer)
            self.batch.reports.append(added.id)
            self.batch.known += not added.is_new
        except (OSError, GoujiError) as error:  # a full disk: the batch says so, and the next page is tried
            self.batch.fault = str(error)
        self.batch.answered += 1
        self.batch.failed += answer.is_error

    def finished(self) -> None:
        self.closed += 1
        if self.closed == self.batch.files:
            self.close()

    def close(self) -> None:
        self.batch.done = True
        shutil.rmtree(self.folder, ignore_errors=True)


def _new_id() -> str:
    return f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(3)}"


def called(name: str) -> str:
    """What an upload is called in answers: its name without signs that a terminal obeys, and not too long.

    >>> called("../a\\x1b.html"), called("")
    ('../a␛.html', 'page')
    """
    return in_line(name)[-_SHOWN_NAME:] or "page"
