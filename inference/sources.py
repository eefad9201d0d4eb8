"""Find what is to be read: the files, folders and standard input that arguments name, in their order.

Flow:  arguments -> **sources** -> contents -> pages

Every file below a folder is looked at (`looking`), whatever its name: pages, and what holds some, become
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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from glob import has_magic, iglob
from pathlib import Path

from gouji.inference.looking import Looker
from gouji.inference.not_pages import Why, is_hidden
from gouji.inference.readers import Content, Options, Unread
from gouji.inference.reading import ReadingError
from gouji.model.irregular import what_is_no_file

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

    @property
    def held(self) -> Content | Unread:
        """What is to be read, or that it cannot be."""
        return self.content if self.fault is None else Unread(self.name, self.fault)


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
    for found in looked_up(inputs, options):
        if isinstance(found, Source):
            sources.append(found)
        else:
            not_read.append(found)
    return Found(sources, not_read)


def looked_up(inputs: Iterable[str], options: Options | None = None) -> Iterator[Source | NotRead]:
    """What `find_sources` finds, one after the other, for lists that are too long to be held.

    An argument that names nothing and has `*`, `?` or `[` in it is a pattern: it stands for what it
    matches, sorted, as in a shell; with `**` for the files at any depth.
    """
    with closing(Looker(options or Options())) as looker:
        for name in inputs:
            if name == STDIN:
                yield standard_input()
            elif not os.path.lexists(name) and has_magic(name):
                yield from _matched(name, looker)
            else:
                yield from _named(name, looker)


def listed_in(list_file: str) -> Iterator[str]:
    """The names that stand in a file, one a line; `-` is standard input.

    Raises:
        ReadingError: The file cannot be read.
    """
    try:
        with sys.stdin.buffer if list_file == STDIN else open(list_file, "rb") as lines:
            for line in lines:
                if name := line.rstrip(b"\r\n"):
                    yield os.fsdecode(name)
    except OSError as error:
        raise ReadingError(
            f"{list_file}: cannot be read: {error.strerror}; expected a path a line"
        ) from error


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


def count_not_read(not_read: Iterable[NotRead]) -> str:
    """How many files were not read, by their reasons, of which those that few have are counted together.

    >>> count_not_read([NotRead("a.png", Why.PICTURE), NotRead("b", Why.EMPTY), NotRead("c", Why.EMPTY)])
    '3 files not read (empty 2, picture 1)'
    """
    return _told(Counter(each.why for each in not_read))


def _told(counted: Counter[Why]) -> str:
    counts = counted.most_common()
    reasons = [f"{why} {count}" for why, count in counts[:_REASONS]]
    if rest := sum(count for _, count in counts[_REASONS:]):
        reasons.append(f"others {rest}")
    files = "file" if counted.total() == 1 else "files"
    return f"{counted.total()} {files} not read ({', '.join(reasons)})"


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


def _named(name: str, looker: Looker) -> Iterator[Source | NotRead]:
    """What one name stands for: a file, or the files below a folder."""
    path = Path(name)
    if os.path.isdir(name):
        yield from _found_below(path, looker)
    elif os.path.exists(name):
        yield Source(_printable(name), path, fault=what_is_no_file(path))
    else:
        yield Source(_printable(name), fault=what_is_missing(name))


def _matched(pattern: str, looker: Looker) -> Iterator[Source | NotRead]:
    """What a pattern stands for; of `**` the files alone, for their folders' are among them."""
    names = sorted(iglob(pattern, recursive=True), key=lambda name: Path(name).parts)
    if "**" in pattern:
        names = [name for name in names if not os.path.isdir(name)]
    if not names:
        yield Source(_printable(pattern), fault=what_is_missing(pattern))
    for name in names:
        yield from _named(name, looker)


def _found_below(folder: Path, looker: Looker) -> Iterator[Source | NotRead]:
    """Everything below a folder, in the order of their paths; links to folders are not followed."""
    there_are_sources, not_read = False, Counter[Why]()
    for found in _looked_at(str(folder), looker):
        if isinstance(found, Source):
            there_are_sources = True
        else:
            not_read[found.why] += 1
        yield found
    if not there_are_sources:
        held = _told(not_read) if not_read else "there is no file in it"
        yield Source(_printable(str(folder)), fault=f"holds no page: {held}; check the folder")


def _looked_at(folder: str, looker: Looker) -> Iterator[Source | NotRead]:
    waiting = [(folder, _names_in(folder))]  # of each folder on the way, the names that are left
    while waiting:
        parent, names = waiting[-1]
        if isinstance(names, OSError):
            waiting.pop()
            yield Source(_printable(parent), fault=_closed(names.strerror))
        elif not names:
            waiting.pop()
        else:
            path = Path(parent, name := names.pop())
            if not os.path.isdir(path):
                yield _look(path, looker)
            elif is_hidden(name) or path.is_symlink():  # a link may lead back
                yield NotRead(_printable(str(path)), Why.HIDDEN if is_hidden(name) else Why.LINK)
            else:
                waiting.append((str(path), _names_in(str(path))))


def _names_in(folder: str) -> list[str] | OSError:
    """The names in a folder, the first one last; or why it cannot be opened."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry.name for entry in entries), reverse=True)
    except OSError as error:
        return error


def _look(path: Path, looker: Looker) -> Source | NotRead:
    name = _printable(str(path))
    if is_hidden(path.name):
        return NotRead(name, Why.HIDDEN)
    try:
        if not path.is_file():
            return NotRead(name, Why.NOWHERE if path.is_symlink() and not path.exists() else Why.NO_FILE)
    except OSError as error:
        return Source(name, fault=_closed(error.strerror))
    seen = looker.look(Content(name, path=path))
    if seen.fault is not None:
        return Source(name, fault=_closed(seen.fault))
    return Source(name, path) if seen.why is None else NotRead(name, seen.why)


def _closed(how: str | None) -> str:
    return f"cannot be opened: {how}; ask for the right to read it"


def _printable(name: str) -> str:
    """A file's name as UTF-8 can say it: bytes that are none become question marks."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
