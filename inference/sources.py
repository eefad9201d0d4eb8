"""Find what is to be read: the files, folders and standard input that arguments name, in their order.

Flow:  arguments -> **sources** -> contents -> pages

Every file below a folder is looked at, whatever its name: pages, and what holds some, become
sources, and what is evidently neither is told with its reason. A file that is named by itself is
always a source. An argument that names nothing is a source, too, that says what is wrong.
"""

from __future__ import annotations

import atexit
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.inference.not_pages import Why, is_hidden, why_not_a_page
from gouji.inference.readers import Content, Options

STDIN = "-"

_HELD = 1 << 26  # bytes of standard input that are held in memory
_REASONS = 5  # that are told apart in one line
_ADDRESS = re.compile(r"(?:https?|ftp)://\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a page's file, or its bytes, or what is wrong with the argument that named it."""

    name: str
    path: Path | None = None
    data: bytes | None = None
    fault: str | None = None

    @property
    def content(self) -> Content:
        """What is to be read."""
        return Content(self.name, self.data, self.path)


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file or a folder below an argument that is evidently no page."""

    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class Found:
    """What arguments name, and what lies there besides."""

    sources: Sequence[Source]
    not_read: Sequence[NotRead] = ()

    @property
    def paths(self) -> list[Path]:
        """The files among the sources."""
        return [source.path for source in self.sources if source.path is not None]


def find_sources(inputs: Sequence[str], options: Options | None = None) -> Found:
    """What arguments name, in their order: files, `-`, and the files below folders, sorted.

    Args:
        inputs: The arguments.
        options: What the user says of the files: which column holds pages, how they are encoded.
    """
    sources: list[Source] = []
    not_read: list[NotRead] = []
    for name in inputs:
        path = Path(name)
        if name == STDIN:
            sources.append(standard_input())
        elif path.is_dir():
            held = _found_below(path, options or Options())
            sources += held.sources
            not_read += held.not_read
        elif path.exists():
            sources.append(Source(_printable(name), path, fault=what_is_no_file(path)))
        else:
            sources.append(Source(_printable(name), fault=what_is_missing(name)))
    return Found(sources, not_read)


def what_is_no_file(path: Path) -> str | None:
    """What to say of a name that is there and is no regular file: reading it may wait for ever."""
    if path.is_file():
        return None
    kinds = ((path.is_fifo, "a pipe"), (path.is_socket, "a socket"))
    kind = next((kind for is_one, kind in kinds if is_one()), "a device")
    return f"is {kind}, no file; save what comes from it, or give it to standard input: gouji extract -"


def is_address(name: str) -> bool:
    """Whether a name is a page's on the web."""
    return _ADDRESS.match(name) is not None and not Path(name).exists()


def what_is_missing(name: str) -> str:
    """What to say of a name that is no file.

    >>> what_is_missing("https://a.gov.cn/b.html")
    'is an address, and gouji fetches nothing; fetch it first: curl -L -o page.html https://a.gov.cn/b.html'
    """
    if is_address(name):
        fetch = f"curl -L -o page.html {shlex.quote(name)}"
        return f"is an address, and gouji fetches nothing; fetch it first: {fetch}"
    return "no such file or folder; check the path"


def count_not_read(not_read: Sequence[NotRead]) -> str:
    """How many files were not read, by their reasons, of which those that few have are counted together.

    >>> count_not_read([NotRead("a.png", Why.PICTURE), NotRead("b", Why.EMPTY), NotRead("c", Why.EMPTY)])
    '3 files not read (empty 2, picture 1)'
    """
    counts = Counter(str(each.why) for each in not_read).most_common()
    reasons = [f"{why} {count}" for why, count in counts[:_REASONS]]
    if rest := sum(count for _, count in counts[_REASONS:]):
        reasons.append(f"others {rest}")
    files = "file" if len(not_read) == 1 else "files"
    return f"{len(not_read)} {files} not read ({', '.join(reasons)})"


def standard_input() -> Source:
    """What stands on standard input; much of it is laid in a file that goes with the process."""
    head = sys.stdin.buffer.read(_HELD)
    if len(head) < _HELD:
        return Source(STDIN, data=head)
    spooled = Path(tempfile.mkdtemp(prefix="gouji-")) / "stdin"
    atexit.register(shutil.rmtree, spooled.parent, ignore_errors=True)
    with spooled.open("wb") as file:
        file.write(head)
        shutil.copyfileobj(sys.stdin.buffer, file)
    return Source(STDIN, spooled)


def _found_below(folder: Path, options: Options) -> Found:
    sources: list[Source] = []
    not_read: list[NotRead] = []
    for found in sorted(_looked_at(folder, options), key=lambda each: Path(each.name)):
        if isinstance(found, Source):
            sources.append(found)
        else:
            not_read.append(found)
    if not sources:
        held = count_not_read(not_read) if not_read else "there is no file in it"
        sources.append(Source(_printable(str(folder)), fault=f"holds no page: {held}; check the folder"))
    return Found(sources, not_read)


def _looked_at(folder: Path, options: Options) -> Iterator[Source | NotRead]:
    """Everything below a folder; links to folders are not followed, for they may lead back."""
    closed: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=closed.append):
        for name in files:
            yield _look(Path(parent, name), options)
        for name in [name for name in folders if is_hidden(name) or Path(parent, name).is_symlink()]:
            folders.remove(name)
            why = Why.HIDDEN if is_hidden(name) else Why.LINK
            yield NotRead(_printable(str(Path(parent, name))), why)
    for error in closed:
        fault = f"cannot be opened: {error.strerror}; ask for the right to read it"
        yield Source(_printable(str(error.filename)), fault=fault)


def _look(path: Path, options: Options) -> Source | NotRead:
    name = _printable(str(path))
    if is_hidden(path.name):
        return NotRead(name, Why.HIDDEN)
    if not path.is_file():
        return NotRead(name, Why.NOWHERE if path.is_symlink() and not path.exists() else Why.NO_FILE)
    try:
        why = why_not_a_page(Content(name, path=path), options)
    except Exception:
        why = None  # reading it, in a process of its own, says what is wrong
    return Source(name, path) if why is None else NotRead(name, why)


def _printable(name: str) -> str:
    """A file's name as UTF-8 can say it: bytes that are none become question marks."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
