"""Open a ZIP archive: each file in it is looked at anew, a bad one does not hold up the others.

Flow:  content -> **files in it** -> kind -> pages
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator

from gouji.inference.limits import limits
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.zip_headers import archive_by_headers
from gouji.inference.reading import ReadingError

_BESIDES = (
    ".css",
    ".js",
    ".map",
    ".svg",
    ".ico",
    ".woff",
    ".woff2",
    ".ttf",
    ".eot",
)  # what pages are made of
_OF_DOCUMENTS = ("[content_types].xml", "mimetype", "ofd.xml")  # parts of an office document, none a page
_SYSTEM = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".avif")
_TO_RECOGNIZE = "recognize their text first (OCR: PaddleOCR, MinerU), and give what comes of it"
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)  # what opening a ZIP archive raises, and reading a file of it


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The files in an archive, numbered; style sheets and the like are passed over.

    Raises:
        ReadingError: The archive itself cannot be opened.
    """
    with content.open() as file:
        lost: Exception | None = None  # of the directory
        try:
            archive = zipfile.ZipFile(file)
        except FAULTS as error:
            archive, lost = archive_by_headers(file), error
            if _holds_nothing(archive):
                fault = (
                    f"{content.name}: is a ZIP archive that is cut off or damaged ({error}); fetch it again"
                )
                raise ReadingError(fault) from error
        if len(archive.infolist()) > limits().members:
            raise ReadingError(f"{content.name}: {limits().reached('members', len(archive.infolist()))}")
        held = [info for info in archive.infolist() if _is_page(info)]
        if not held:
            raise ReadingError(f"{content.name}: is a ZIP archive without pages; expected some in it")
        if all(info.filename.lower().endswith(_PICTURES) for info in held):
            fault = f"is a ZIP archive of {len(held)} pictures ({held[0].filename} …)"
            raise ReadingError(f"{content.name}: {fault}; {_TO_RECOGNIZE}")
        for number, info in enumerate(held, 1):
            yield _file(archive, info, f"{content.name}#{number}")
        if lost is not None:
            found = f"{len(held)} files are found without it, and others may be lost"
            fault = (
                f"the directory of the ZIP archive is cut off or damaged ({lost}): {found}; fetch it again"
            )
            yield Unread(f"{content.name}#{len(held) + 1}", fault)


def _holds_nothing(archive: zipfile.ZipFile) -> bool:
    """Whether no page is found without the directory; an office document is whole, or none."""
    names = [info.filename.lower() for info in archive.infolist()]
    return not any(map(_is_page, archive.infolist())) or any(name in _OF_DOCUMENTS for name in names)


def _file(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Content | Unread:
    """One file of an archive."""
    if info.flag_bits & 1:
        return Unread(name, f"{info.filename} is protected by a password; pack the archive without one")
    if info.file_size > limits().bytes:
        return Unread(name, f"{info.filename} {limits().reached('bytes', info.file_size)}")
    try:
        return Content(name, archive.read(info))
    except FAULTS as error:
        return Unread(
            name, f"{info.filename} is damaged ({error or 'its end is missing'}); fetch the archive again"
        )


def _is_page(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    beside = name.lower().endswith(_BESIDES) or name.startswith(_SYSTEM) or name.endswith(_SYSTEM)
    return not info.is_dir() and not beside
