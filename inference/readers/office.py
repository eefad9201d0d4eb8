"""Read a document of another word processor (DOC, RTF, WPS) as the DOCX that LibreOffice makes of it.

Flow:  document -> **LibreOffice** -> DOCX -> blocks -> page

An old container holds a document or a workbook, under any name: WPS gives the same two the endings `.wps`
and `.et`. A workbook goes to its own reader.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gouji.inference.limits import limits
from gouji.inference.readers import docx, xls
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.ole import is_encrypted_word, streams
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

_COMMANDS = ("soffice", "libreoffice")
_SHARE = 0.9  # of a page's time: so a slow document is named here, before its process is thrown away
_FILTER = "docx:MS Word 2007 XML"
_OLD = b"\xd0\xcf\x11\xe0"
_WORKBOOKS = ("Workbook", "Book")
# What an old container holds that is no document, by the name of a stream in it, and what to do.
_STREAMS = (
    ("EncryptedPackage", "is a DOCX or XLSX protected by a password; save it without one"),
    ("PowerPoint Document", "is a set of slides; give the report itself"),
    ("VisioDocument", "is a drawing (Visio); give the report itself"),
    ("__properties_version1.0", "is a mail (Outlook); save what is attached to it, and give that"),
    ("HwpSummaryInformation", "is a document of Hangul; save it as DOCX"),
)


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a document.

    Raises:
        ReadingError: LibreOffice is not installed, or cannot read it.
    """
    held = streams(content.whole()) if content.head().startswith(_OLD) else {}
    if any(stream in held for stream in _WORKBOOKS):
        yield from xls.read(content, options)
        return
    for stream, fault in _STREAMS:
        if stream in held:
            raise ReadingError(f"{content.name}: {fault}")
    if is_encrypted_word(content.whole(), held):
        raise ReadingError(f"{content.name}: is a DOC document protected by a password; save it without one")
    command = next(filter(None, map(shutil.which, _COMMANDS)), None)
    if command is None:
        raise ReadingError(
            f"{content.name}: is a document (DOC, RTF, WPS) that LibreOffice reads, and LibreOffice is not"
            " installed; install it (libreoffice-writer-nogui), or save the document as DOCX in Word or WPS"
        )
    with tempfile.TemporaryDirectory(prefix="gouji-") as folder:
        data = _as_docx(command, content, Path(folder))
    yield from docx.read(replace(content, data=data, path=None), options)


def _bounded(seconds: int) -> list[str]:
    """What lets the system end a program, and those that it starts in turn, after so much processor time.

    LibreOffice is a script that starts a program: where the script is stopped, that one goes on.
    """
    return ["/bin/sh", "-c", 'ulimit -t "$0"; exec "$@"', str(seconds)] if os.name == "posix" else []


def _as_docx(command: str, content: Content, folder: Path) -> bytes:
    given, made = folder / "document", folder / "made" / "document.docx"
    given.write_bytes(content.whole())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ("--headless", "--convert-to", _FILTER, "--outdir", str(made.parent), str(given))
    seconds = limits().seconds * _SHARE  # eleven on a busy machine
    try:
        done = subprocess.run(
            [*_bounded(limits().seconds), command, profile, *convert],
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        slow = f"LibreOffice takes {limits().reached('seconds')}, or save the document as DOCX"
        raise ReadingError(f"{content.name}: {slow}") from error
    if not made.is_file():
        said = done.stderr.decode("utf-8", "replace").strip()[-200:] or "no reason given"
        raise ReadingError(
            f"{content.name}: LibreOffice cannot read it ({said}); it may be damaged, protected by a"
            " password or no text document; save it as DOCX"
        )
    return made.read_bytes()
