"""Open the ZIP archive that an office document is, and give its parts as XML.

Flow:  content -> **parts** -> cells, paragraphs, drawings

Names of parts are compared as programs do that write them: without case, either slash. What the parser
may unfold is limited by expat (2.4.1 and later), and nothing outside the archive is ever opened.
"""

from __future__ import annotations

import io
import posixpath
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
            ElementTree.ParseError, zipfile.BadZipFile, …: It is damaged; see `opened`.
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
    except RuntimeError as error:
        raise ReadingError(
            f"{content.name}: is {what} protected by a password; save it without one"
        ) from error
    except (
        zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ElementTree.ParseError
    ) as error:  # fmt: skip
        raise ReadingError(
            f"{content.name}: is {what} that cannot be read ({error}); its archive is cut or damaged:"
            " fetch it again"
        ) from error


def parsed(archive: zipfile.ZipFile, part: str, name: str) -> Element:
    """The root of a part of an archive, by the name that it is stored under.

    Raises:
        ReadingError: It is too large, or holds too many elements.
    """
    if (size := archive.getinfo(part).file_size) > limits().bytes:
        raise ReadingError(f"{name}: {part} {limits().reached('bytes', size)}")
    data = archive.read(part)
    if (tags := data.count(b"<") - data.count(b"</")) > limits().tags:
        raise ReadingError(f"{name}: {part} {limits().reached('tags', tags)}")
    return ElementTree.fromstring(data)


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


def is_on(value: str | None) -> bool:
    """Whether an attribute that switches something on does."""
    return value is not None and value.lower() in ("1", "true", "on")


def _compared(name: str) -> str:
    return name.lower().replace("\\", "/").lstrip("/")
