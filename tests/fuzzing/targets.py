"""What is fuzzed: for each target, what bytes are made into, what must hold of it, and what to begin with.

Flow:  fuzzer's bytes -> **a file, a text, tags** -> reader, tokenizer, assembler, loader of forms -> promises

An error of the project's own is an answer; any other exception is a fault, and so is a promise that is
broken. `made` turns the fuzzer's bytes into the file that is checked, which is what a finding is kept as.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np

from gouji.inference.extractor import Extractor
from gouji.inference.not_pages import why_not_a_page
from gouji.inference.readers import Content, Options, Unread, kind_of, read, unpack
from gouji.inference.readers.detect import Kind
from gouji.inference.readers.ole import streams
from gouji.inference.reading import ReadingError, page_of_bytes
from gouji.inference.tagger import TaggedPage, join_spans
from gouji.model.errors import GoujiError
from gouji.model.forms import forms_with
from gouji.model.labels import LABELS
from gouji.model.page import Page, fold
from gouji.model.tokens import Tokenizer

from .material import ROOT
from .promises import assert_answer_is_sound, assert_page_is_sound, assert_tokens_tile

_PAGES = 20  # of one file, that are looked at
_ENCODINGS = (None, "gb18030", "big5", "utf-16-le", "latin-1", "cp1252")
_EDIT = 4  # bytes that change the tags of a stretch: two of its place, its length, its tag
_LONGEST_EDIT = 16  # tokens
_TITLES = ("二、主动公开", "三、收到和处理", "四、政府信息公开行政复议")
_PIECE = 500  # characters
_OLD = b"\xd0\xcf\x11\xe0"

Check = Callable[[bytes], None]


def archive_of(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP archive that holds some parts by their names, the same each time."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return data.getvalue()


class Parts:
    """Archives of one ending, of which the fuzzer changes a part: their bytes as such it could hardly change.

    Its first byte names an archive, its second a part of it, and the rest is what the part holds.
    """

    def __init__(self) -> None:
        self.archives: list[bytes] = []

    def made(self, data: bytes) -> bytes:
        if len(data) < 2 or not self.archives:
            return data
        held = self._parts(data[0])
        held[list(held)[data[1] % len(held)]] = data[2:]
        return archive_of(held)

    def seeds(self) -> Iterator[bytes]:
        for which in range(len(self.archives)):
            for number, part in enumerate(self._parts(which).values()):
                yield bytes([which, number]) + part

    def _parts(self, which: int) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.archives[which % len(self.archives)])) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@dataclass(frozen=True)
class Target:
    """One thing that is fuzzed."""

    name: str
    check: Check
    endings: Sequence[str] = ()  # of the files of the material that it begins with
    largest: int = 1 << 16  # bytes
    seeds: Callable[[], Iterator[bytes]] | None = None  # besides
    parts: Parts | None = None  # of archives, of which one is changed

    def made(self, data: bytes) -> bytes:
        """The file that is checked, of what the fuzzer gives."""
        return data if self.parts is None else self.parts.made(data)


def check_file(data: bytes) -> None:
    """A file of any kind: it is looked at as in a folder, opened and read."""
    content = Content("given", data)
    try:
        if kind_of(content) is Kind.OFFICE and not _is_workbook(data):
            return  # another program reads it
        why_not_a_page(content, Options())
    except ReadingError:
        pass
    pages = 0
    for held in unpack(content, Options()):
        if isinstance(held, Unread) or (kind_of(held) is Kind.OFFICE and not _is_workbook(held.whole())):
            continue
        for page in read(held, Options()):
            if isinstance(page, Page):
                assert_page_is_sound(page)
        pages += 1
        if pages == _PAGES:
            return


def _is_workbook(data: bytes) -> bool:
    return data.startswith(_OLD) and not {"Workbook", "Book"}.isdisjoint(streams(data))


def check_answer(data: bytes) -> None:
    """A file, read and extracted."""
    content = Content("given", data)
    for held in unpack(content, Options()):
        for page in [] if isinstance(held, Unread) else read(held, Options()):
            if isinstance(page, Page):
                assert_page_is_sound(page)
                _check_page(page)


def _check_page(page: Page) -> None:
    try:
        answer = extractor().extract(page)
    except GoujiError:
        return
    assert_answer_is_sound(page, answer)


def check_bytes(data: bytes) -> None:
    """Bytes of some encoding: the first says which one the user has named."""
    if not data:
        return
    try:
        page = page_of_bytes(data[1:], "given", _ENCODINGS[data[0] % len(_ENCODINGS)])
    except ReadingError:
        return
    assert_page_is_sound(page)


def check_tokens(data: bytes) -> None:
    """A text, cut into tokens."""
    text = data.decode("utf-8", "replace")
    tokens = _tokenizer().tokenize(fold(text))
    assert_tokens_tile(text, tokens)
    assert len(_tokenizer().encode(tokens)) == len(tokens)


def check_tags(data: bytes) -> None:
    """A page with made-up tags: its text, a NUL, and stretches of tokens that get other tags."""
    text, _, edits = data.partition(b"\0")
    page = Page("given", text.decode("utf-8", "replace"))
    try:
        tagged = extractor()._tagged(page)
        found = extractor()._found(page, _with_other_tags(tagged, edits))
        answer = extractor().assemble(found).extraction
    except GoujiError:
        return
    assert_answer_is_sound(page, answer)


def _with_other_tags(tagged: TaggedPage, edits: bytes) -> TaggedPage:
    labels = np.array([LABELS.index(label) for label in tagged.labels], dtype=np.int64)
    for at in range(0, len(edits) - _EDIT + 1, _EDIT):
        start, length = (
            int.from_bytes(edits[at : at + 2]) % max(1, len(labels)),
            edits[at + 2] % _LONGEST_EDIT,
        )
        labels[start : start + length + 1] = edits[at + 3] % len(LABELS)
    spans = join_spans(tagged.tokens, labels, np.array(tagged.probabilities))
    return replace(tagged, labels=tuple(LABELS[label] for label in labels), spans=tuple(spans))


def check_forms(data: bytes) -> None:
    """A file of a form, besides the shipped ones."""
    path = Path(tempfile.gettempdir()) / "fuzzed.toml"
    path.write_bytes(data)
    try:
        forms = forms_with([path])
    except GoujiError:
        return
    for form in forms.values():
        for table in form.tables:
            assert len(set(table.keys())) == len(list(table.keys())), form.id


@cache
def extractor() -> Extractor:
    return Extractor()


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer.load()


def _short_seeds() -> Iterator[bytes]:
    """Pieces of pages: a whole one takes the assembler long."""
    for path in sorted((ROOT / "samples").rglob("pages/*.txt"))[:20]:
        text = path.read_text(encoding="utf-8")
        for title in _TITLES:
            if (start := text.find(title)) >= 0:
                yield text[start : start + _PIECE].encode()


def _tagged_seeds() -> Iterator[bytes]:
    return (seed + b"\0" + bytes(range(0, 256, 7)) for seed in _short_seeds())


def _form_seeds() -> Iterator[bytes]:
    for path in chain((ROOT / "model" / "forms").glob("*.toml"), (ROOT / "tests").rglob("*.toml")):
        yield path.read_bytes()


def _encoded_seeds() -> Iterator[bytes]:
    for path in sorted((ROOT / "samples").rglob("pages/*.txt"))[:6]:
        text = path.read_text(encoding="utf-8")[:1500]
        for number, encoding in enumerate(("utf-8", "gb18030", "big5", "utf-16-le")):
            yield bytes([number]) + text.encode(encoding, "replace")
        for meant, taken in (("utf-8", "latin-1"), ("utf-8", "gb18030"), ("gb18030", "latin-1")):
            yield b"\0" + text.encode(meant).decode(taken, "replace").encode()


def _packed_seeds() -> Iterator[bytes]:
    from .containers import containers

    pages = [path.read_bytes() for path in sorted((ROOT / "samples" / "pages").glob("*.txt"))]
    yield from containers([page[:1200] for page in pages])


def _xml_seeds() -> Iterator[bytes]:
    from .containers import workbooks_of_xml

    pages = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples" / "pages").glob("*.txt"))]
    yield from workbooks_of_xml([page[:1200] for page in pages])


TARGETS = {
    target.name: target
    for target in (
        Target("html", check_file, ("html", "shtml", "aspx")),
        Target("text", check_file, ("txt", "md", "csv", "tsv", "tex")),
        Target("json", check_file, ("json", "jsonl")),
        Target("packed", check_file, ("gz",), seeds=_packed_seeds),
        Target("pdf", check_file, ("pdf",), largest=1 << 17),
        Target("xls", check_file, ("xls",)),
        Target("xml", check_file, ("fods", "xml"), largest=1 << 17, seeds=_xml_seeds),
        Target("docx", check_file, ("docx",), parts=Parts()),
        Target("xlsx", check_file, ("xlsx",), parts=Parts()),
        Target("ods", check_file, ("ods",), parts=Parts()),
        Target("odt", check_file, ("odt",), parts=Parts()),
        Target("ofd", check_file, ("ofd",), parts=Parts()),
        Target("bytes", check_bytes, seeds=_encoded_seeds),
        Target("tokens", check_tokens, ("txt", "md")),
        Target("tags", check_tags, seeds=_tagged_seeds, largest=1 << 12),
        Target("answer", check_answer, seeds=_short_seeds, largest=1 << 12),
        Target("forms", check_forms, seeds=_form_seeds),
    )
}
