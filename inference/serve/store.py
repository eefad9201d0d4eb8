"""What the service keeps, in a folder: a line for each report, and each report's text with its spans.

Flow:  answers -> **FOLDER/extraction.jsonl, pages/ID.json, settled/ID.json** -> records, views

The file of lines is one of `gouji extract`, that every other command reads: what pages say, whatever a person
answers. A report under such answers lies beside it, and can be made anew from them. A report's id is made of
its page's name and text: the same page dropped twice is one report, and a restarted service finds it. In
memory are the places of the lines, and what the index says of each.
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
from typing import Any

from gouji.inference.outputs.files import beside
from gouji.inference.outputs.records import Record, record_of_json, record_of_line
from gouji.inference.serve.kept_page import KeptPage, kept_page_of
from gouji.inference.serve.work import PageAnswer, SettledReport
from gouji.inference.settling import page_hash
from gouji.inference.viewer.corpus import Corpus
from gouji.model.errors import GoujiError
from gouji.model.forms import Form

LINES = "extraction.jsonl"
PAGES = "pages"
SETTLED = "settled"
LOCK = ".lock"
_NO_TEXT = ""  # of a page that could not be read
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
    text: str  # the digest of the page's text
    part: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What the index says of a report."""

    corpus: Corpus  # of this report alone
    worth: float  # cells that its best next answer is expected to settle
    token: int  # how many lines of answers it rests on


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an answer that was to be kept."""

    id: str
    is_new: bool  # there was no report of that id


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
        self._told: dict[str, Told] = {}
        self._lock = threading.RLock()
        try:
            for part in (PAGES, SETTLED):
                (folder / part).mkdir(parents=True, exist_ok=True)
            self._locked = _locked(folder)
            self._file = (folder / LINES).open("a+b")
        except OSError as error:
            raise StoreError(f"{folder}: cannot be used: {error.strerror}; name another folder") from error
        self._find()

    def close(self) -> None:
        """Let another service have the folder."""
        self._file.close()
        os.close(self._locked)

    def add(self, answer: PageAnswer) -> Added:
        """Keep an answer, in place of the one that its report had."""
        record = record_of_line(answer.line, answer.source)
        text = _NO_TEXT if answer.page is None else page_hash(kept_page_of(json.loads(answer.page)).page)
        id_ = id_of(record, text)
        if answer.page is not None:
            _write(self._path(PAGES, id_), answer.page)
        own = json.dumps({"id": id_, "text_sha256": text, "worth": round(answer.worth, 4)})
        line = f"{answer.line[:-1]}, {own[1:]}\n".encode("utf-8", "replace")
        with self._lock:
            is_new = id_ not in self._lines
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(line)
            self._file.flush()
            self._keep(id_, _Line(start, len(line), text, record.part), record, answer.worth)
            if answer.settled is not None:
                self.settle(id_, answer.settled)
        return Added(id_, is_new)

    def settle(self, id_: str, report: SettledReport) -> None:
        """Keep a report as it is under the answers to it; the line that was read stays."""
        record = record_of_line(report.line, id_)
        told = {"token": report.token, "worth": report.worth, "record": record.to_json()}
        _write(self._path(SETTLED, id_), json.dumps(told, ensure_ascii=False))
        self._tell(id_, record, report.worth, report.token)

    def ids(self) -> list[str]:
        """The ids of all reports, in the order in which they came."""
        with self._lock:
            return list(self._lines)

    def record(self, id_: str) -> Record:
        """A report as it is now: under the answers to it, where there are some.

        Raises:
            NoReport: There is none of that id.
        """
        line = self._line(id_)
        if self.token(id_):
            told = self._settled(id_)
            if told is not None:
                return record_of_json({**told["record"], "id": id_})
        with self._lock:
            self._file.seek(line.start)
            return record_of_line(self._file.read(line.size), f"{LINES} at {line.start}")

    def report_of_text(self, id_: str) -> tuple[str, int | None]:
        """The digest of a report's text, and which report of that text it is.

        Raises:
            NoReport: There is none of that id.
        """
        line = self._line(id_)
        return line.text, line.part

    def ids_of_text(self, text: str, part: int | None) -> list[str]:
        """The reports of one text, which may have come under several names."""
        with self._lock:
            return [id_ for id_, line in self._lines.items() if (line.text, line.part) == (text, part)]

    def ids_with_text(self, text: str) -> list[str]:
        """The reports of one text, whichever of its reports they are."""
        with self._lock:
            return [id_ for id_, line in self._lines.items() if line.text == text]

    def token(self, id_: str) -> int:
        """How many lines of answers a report rests on."""
        return self.told(id_).token

    def page(self, id_: str) -> KeptPage | None:
        """A report's page; None where it could not be read, or its file is gone."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return kept_page_of(json.loads(self._path(PAGES, id_).read_text(encoding="utf-8")))
        return None

    def told(self, id_: str) -> Told:
        """What the index says of one report.

        Raises:
            NoReport: There is none of that id.
        """
        self._line(id_)
        with self._lock:
            return self._told[id_]

    def _line(self, id_: str) -> _Line:
        with self._lock:
            if id_ not in self._lines:
                raise NoReport(f"{id_[:32]!r}: no such report; GET /reports lists them")
            return self._lines[id_]

    def _settled(self, id_: str) -> Any:
        with suppress(OSError, ValueError):
            return json.loads(self._path(SETTLED, id_).read_text(encoding="utf-8"))
        return None

    def _find(self) -> None:
        """Take up what an earlier service has kept; a line that was not written to its end is cut off."""
        self._file.seek(0)
        start = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.truncate(start)
                break
            record = record_of_line(line, f"{self.folder / LINES} at {start}")
            own = record.other
            if ID.fullmatch(id_ := str(own.get("id"))):
                text = str(own.get("text_sha256", _NO_TEXT))
                self._keep(id_, _Line(start, len(line), text, record.part), record, own.get("worth", 0.0))
            start += len(line)
        for id_ in self._lines:
            if (told := self._settled(id_)) is not None:
                self._tell(id_, record_of_json(told["record"]), told["worth"], told["token"])

    def _keep(self, id_: str, line: _Line, record: Record, worth: float) -> None:
        self._lines[id_] = line
        self._tell(id_, record, worth, 0)

    def _tell(self, id_: str, record: Record, worth: float, token: int) -> None:
        """Let the index say this of a report from now on."""
        corpus = Corpus(self.forms)
        corpus.add(record, None if record.error is not None else f"reports/{id_}.html")
        with self._lock:
            self._told[id_] = Told(corpus, worth, token)

    def _path(self, folder: str, id_: str) -> Path:
        assert ID.fullmatch(id_), id_
        return self.folder / folder / f"{id_}.json"


def id_of(record: Record, text: str) -> str:
    """The id of a report: of its source's name, its part and the digest of its page's text."""
    of = "\0".join((record.source, str(record.part), text, record.error or ""))
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


def _write(path: Path, text: str) -> None:
    with beside(path) as part:
        part.write_text(text, encoding="utf-8", errors="replace")
