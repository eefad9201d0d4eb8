"""Read a document of another word processor (DOC, RTF, ODT, WPS) as the DOCX that LibreOffice makes of it.

Flow:  document -> **LibreOffice** -> DOCX -> blocks -> page
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gouji.inference.readers import docx
from gouji.inference.readers.content import Content, Options
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

_COMMANDS = ("soffice", "libreoffice")
_SECONDS = 120.0  # eleven on a busy machine
_FILTER = "docx:MS Word 2007 XML"
# What an old container holds, by the name of a stream in it, and what to do.
_STREAMS = (
    ("EncryptedPackage", "is protected by a password; save it without one"),
    ("Workbook", "is a spreadsheet; export the report's page, or save the sheet as HTML"),
    ("PowerPoint Document", "is a set of slides; give the report itself"),
)


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a document.

    Raises:
        ReadingError: LibreOffice is not installed, or cannot read it.
    """
    for stream, fault in _STREAMS:
        if stream.encode("utf-16-le") in content.whole():
            raise ReadingError(f"{content.name}: {fault}")
    command = next(filter(None, map(shutil.which, _COMMANDS)), None)
    if command is None:
        raise ReadingError(
            f"{content.name}: is a document that LibreOffice reads, and LibreOffice is not installed;"
            " install it (libreoffice-writer-nogui), or save the document as DOCX"
        )
    with tempfile.TemporaryDirectory(prefix="gouji-") as folder:
        data = _as_docx(command, content, Path(folder))
    yield from docx.read(replace(content, data=data, path=None), options)


def _as_docx(command: str, content: Content, folder: Path) -> bytes:
    given, made = folder / "document", folder / "made" / "document.docx"
    given.write_bytes(content.whole())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ("--headless", "--convert-to", _FILTER, "--outdir", str(made.parent), str(given))
    try:
        done = subprocess.run(
            [command, profile, *convert], capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        fault = f"{content.name}: LibreOffice gave no answer in {_SECONDS:.0f} s; save the document as DOCX"
        raise ReadingError(fault) from error
    if not made.is_file():
        said = done.stderr.decode("utf-8", "replace").strip()[-200:] or "no reason given"
        raise ReadingError(
            f"{content.name}: LibreOffice cannot read it ({said}); it may be damaged, protected by a"
            " password or no text document; save it as DOCX"
        )
    return made.read_bytes()
