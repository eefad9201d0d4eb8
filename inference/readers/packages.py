"""Open the ZIP archive that an office document is, and give its parts as XML.

Flow:  content -> **parts** -> cells, paragraphs, drawings

Names of parts are compared as programs do that write them: without case, either slash. What the parser
may unfold is limited by expat (2.4.1 and later), and nothing outside the archive is ever opened.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from gouji.inference.limits import limits
from gouji.inference.readers.content import Content
from gouji.inference.reading import ReadingError

_SHOWN = 20  # characters of what is no number
_NUMBER = re.compile(r"\s*\+?([0-9]{1,9})\s*")


class NoNumber(ValueError):
    """What must be a whole number in a document is none."""


DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    NotImplementedError,
    ElementTree.ParseError,
    NoNumber,
)  # what opening an archive raises, and reading a part of it


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an office document."""

    name: str  # of the document
    archive: zipfile.ZipFile

    @property
    def parts(self) -> Sequence[str]:
        """The names of the parts, as they are compared."""
        return [_compared(name) for name in self.archive.namelist()]

    def xml(self, part: str) -> Element | None:
        """The root of a part; None where there is none of that name.

        Raises:
            ReadingError: It is too large, or holds too many elements.
            One of `DAMAGE`: It is damaged; see `opened`.
        """
        wanted = _compared(part)
        stored = next((n for n in self.archive.namelist() if _compared(n) == wanted), None)
        if stored is None:
            return None
        return parsed(self.archive, stored, self.name)


@contextmanager
def opened(content: Content, what: str) -> Iterator[Package]:
    """A document's parts; what is wrong with them is said in the document's name.

    Args:
        content: The document.
        what: What it is, with its article.

    Raises:
        ReadingError: The archive is protected, or damaged, or one of the parts that were read is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content.whole())) as archive:
            yield Package(content.name, archive)
    except RecursionError:
        raise
    except RuntimeError as error:
        raise ReadingError(
            f"{content.name}: is {what} protected by a password; save it without one"
        ) from error
    except DAMAGE as error:
        raise ReadingError(
            f"{content.name}: is {what} that cannot be read ({error}); its archive is cut or damaged:"
            " fetch it again"
        ) from error


@contextmanager
def parsing(content: Content, what: str) -> Iterator[None]:
    """Say what is wrong with a document that is one piece of XML in its name.

    Raises:
        ReadingError: It is no XML, or says something else where a number must stand.
    """
    try:
        yield
    except (ElementTree.ParseError, NoNumber) as error:
        raise ReadingError(f"{content.name}: is {what} that is damaged ({error}); fetch it again") from error


def parsed(archive: zipfile.ZipFile, part: str, name: str) -> Element:
    """The root of a part of an archive, by the name that it is stored under.

    Raises:
        ReadingError: It is too large, or holds too many elements.
        ElementTree.ParseError: It is no XML, or in an encoding that is not known.
    """
    if (size := archive.getinfo(part).file_size) > limits().bytes:
        raise ReadingError(f"{name}: {part} {limits().reached('bytes', size)}")
    return root_of(bytes_of(archive, part), f"{name}: {part}")


def bytes_of(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part of an archive; one that would lie before the file's beginning is one of `DAMAGE`, too."""
    try:
        return archive.read(part)
    except ValueError as error:
        raise zipfile.BadZipFile(str(error)) from error


def root_of(data: bytes, name: str) -> Element:
    """The root of a piece of XML.

    Raises:
        ReadingError: It holds too many elements.
        ElementTree.ParseError: It is no XML, or in an encoding that is not known.
    """
    if (tags := data.count(b"<") - data.count(b"</")) > limits().tags:
        raise ReadingError(f"{name} {limits().reached('tags', tags)}")
    try:
        return ElementTree.fromstring(data)
    except (LookupError, ValueError) as error:  # it says that it is in an encoding that the parser has not
        raise ElementTree.ParseError(str(error)) from error


def beside(part: str, target: str) -> str:
    """The part that another names: from the root, or from its own folder.

    >>> beside("xl/workbook.xml", "worksheets/sheet1.xml"), beside("xl/workbook.xml", "/xl/styles.xml")
    ('xl/worksheets/sheet1.xml', 'xl/styles.xml')
    """
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def tag_of(element: Element) -> str:
    """An element's name without its namespace, of which strict documents have others."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def below(element: Element, *names: str) -> Iterator[Element]:
    """All elements of these names that an element holds, however deep."""
    return (inner for inner in element.iter() if tag_of(inner) in names)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of a name; none of no element."""
    return (child for child in (() if element is None else element) if tag_of(child) == name)


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    return next(children(element, name), None)


def number_of(written: str | None, otherwise: int = 0) -> int:
    """The whole number, not below 0, that an attribute says; where there is none, the other.

    Raises:
        NoNumber: It says something else, and where a cell stands is not known.

    >>> number_of("12"), number_of(None, 1)
    (12, 1)
    """
    if not written:
        return otherwise
    number = _NUMBER.fullmatch(written)
    if number is None:
        raise NoNumber(f"expected a whole number, found {written[:_SHOWN]!r}")
    return int(number[1])


def is_on(value: str | None) -> bool:
    """Whether an attribute that switches something on does."""
    return value is not None and value.lower() in ("1", "true", "on")


def _compared(name: str) -> str:
    return name.lower().replace("\\", "/").lstrip("/")
