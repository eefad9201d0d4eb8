"""What the service keeps, in a folder: a line for each report, and each report's text with its spans.

Flow:  answers -> **FOLDER/extraction.jsonl, FOLDER/pages/ID.json** -> records, views

The file of lines is one of `gouji extract`, that every other command reads. A report's id is made of its
page's name and text: the same page dropped twice is one report, and a restarted service finds it. In memory
are the places of the lines, and what the index says of each.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gouji.inference.outputs.files import beside
from gouji.inference.outputs.records import Record, record_of_line
from gouji.inference.serve.kept_page import KeptPage, kept_page_of
from gouji.inference.serve.work import PageAnswer
from gouji.inference.viewer.corpus import Corpus
from gouji.model.errors import GoujiError
from gouji.model.forms import Form

LINES = "extraction.jsonl"
PAGES = "pages"
LOCK = ".lock"
ID = re.compile(r"[0-9a-f]{16}")


class StoreError(GoujiError):
    """The folder cannot be used."""


class NoReport(GoujiError):
    """There is no such report."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a report's line stands in the file."""

    start: int  # bytes
    size: int


class Store:
    """The folder of one service.

    Args:
        folder: Made where it is not there.
        forms: The forms that reports are read by.

    Raises:
        StoreError: It cannot be made or written, or another service has it.
    """

    def __init__(self, folder: Path, forms: Mapping[str, Form]) -> None:
        self.folder = folder
        self.forms = forms
        self._lines: dict[str, _Line] = {}
        self._told: dict[str, Corpus] = {}
        self._lock = threading.RLock()
        self.version = 0  # of what is kept; another after each change
        try:
            (folder / PAGES).mkdir(parents=True, exist_ok=True)
            self._locked = _locked(folder)
            self._file = (folder / LINES).open("a+b")
        except OSError as error:
            raise StoreError(f"{folder}: cannot be used: {error.strerror}; name another folder") from error
        self._find()

    def close(self) -> None:
        """Let another service have the folder."""
        self._file.close()
        os.close(self._locked)

    def add(self, answer: PageAnswer) -> str:
        """Keep an answer; return the report's id."""
        record = record_of_line(answer.line, answer.source)
        text = "" if answer.page is None else json.loads(answer.page)["text"]
        id_ = id_of(record, text)
        if answer.page is not None:
            with beside(self._page(id_)) as part:
                part.write_text(answer.page, encoding="utf-8")
        line = f'{answer.line[:-1]}, "id": "{id_}"}}\n'.encode("utf-8", "replace")
        with self._lock:
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(line)
            self._file.flush()
            self._keep(id_, _Line(start, len(line)), record)
        return id_

    def ids(self) -> list[str]:
        """The ids of all reports, in the order in which they came."""
        with self._lock:
            return list(self._lines)

    def record(self, id_: str) -> Record:
        """A report as it was read.

        Raises:
            NoReport: There is none of that id.
        """
        with self._lock:
            line = self._lines.get(id_)
            if line is None:
                raise NoReport(f"{id_[:32]!r}: no such report; GET /reports lists them")
            self._file.seek(line.start)
            return record_of_line(self._file.read(line.size), f"{LINES} at {line.start}")

    def page(self, id_: str) -> KeptPage | None:
        """A report's page; None where it could not be read, or its file is gone."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return kept_page_of(json.loads(self._page(id_).read_text(encoding="utf-8")))
        return None

    def told(self, id_: str) -> Corpus:
        """What the index says of one report."""
        with self._lock:
            return self._told[id_]

    def tell(self, id_: str, record: Record) -> None:
        """Let the index say this of a report from now on."""
        told = Corpus(self.forms)
        told.add(record, None if record.error is not None else f"reports/{id_}.html")
        with self._lock:
            self._told[id_] = told
            self.version += 1

    def _find(self) -> None:
        """Take up what an earlier service has kept; a line that was not written to its end is cut off."""
        self._file.seek(0)
        start = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.truncate(start)
                break
            record = record_of_line(line, f"{self.folder / LINES} at {start}")
            if ID.fullmatch(id_ := str(record.other.get("id"))):
                self._keep(id_, _Line(start, len(line)), record)
            start += len(line)

    def _keep(self, id_: str, line: _Line, record: Record) -> None:
        self._lines[id_] = line
        self.tell(id_, record)

    def _page(self, id_: str) -> Path:
        assert ID.fullmatch(id_), id_
        return self.folder / PAGES / f"{id_}.json"


def id_of(record: Record, text: str) -> str:
    """The id of a report: of its source's name, its part and its page's text."""
    of = "\0".join((record.source, str(record.part), text or record.error or ""))
    return hashlib.sha256(of.encode("utf-8", "replace")).hexdigest()[:16]


def _locked(folder: Path) -> int:
    """Have the folder alone, as long as this process lives."""
    file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        import fcntl
    except ImportError:  # not on every system
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise StoreError(f"{folder}: another gouji serve has it; name another folder") from error
    return file
