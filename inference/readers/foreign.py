"""Name what is no document that is read: pictures, films, fonts, databases, programs, archives.

Flow:  the first bytes -> **what it is, and what to do** -> a refusal

Only what such a file must begin with decides. To be added to: a line in `_FOREIGN`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_PICTURE = (
    "recognize its text first (OCR: PaddleOCR, MinerU, a model that sees), and give what comes of it:"
    " Markdown, HTML, JSON or text"
)
_UNOPENED = "of a kind that is not opened"
_REPORT = "give the report itself"


class Sort(StrEnum):
    """What sort of file it is, whatever its format."""

    PICTURE = "picture"
    MEDIA = "media"
    FONT = "font"
    DATABASE = "database"
    PROGRAM = "program"
    ARCHIVE = "archive"


_REMEDIES = {
    Sort.PICTURE: _PICTURE,
    Sort.MEDIA: _REPORT,
    Sort.FONT: f"{_REPORT}; a page may have been saved with the files that it uses",
    Sort.DATABASE: "export the column of its pages as JSON lines, one object a row, and give that",
    Sort.PROGRAM: f"{_REPORT}, and do not start this file if you do not know it",
    Sort.ARCHIVE: "unpack it, or pack it as ZIP",
}


@dataclass(frozen=True, slots=True)
class Foreign:
    """A format that is not read: what it begins with, what it is called."""

    begins: re.Pattern[bytes]
    sort: Sort
    what: str

    @property
    def refusal(self) -> str:
        """What it is, and what to do."""
        return f"is {self.what}; {_REMEDIES[self.sort]}"


def _foreign(begins: bytes, sort: Sort, what: str) -> Foreign:
    return Foreign(re.compile(begins, re.S), sort, what)


# A drawing by itself; markup that only begins with one is a page.
_SVG = (
    rb"(?i:\s*(?>(?><\?xml[^>]*>|<!--.*?-->|<!doctype\s+svg[^>]*>)\s*)*+<svg\b(?!.*<(?:table|body|div|p)\b))"
)
_FOREIGN = (
    _foreign(rb"\x89PNG", Sort.PICTURE, "a picture (PNG)"),
    _foreign(rb"\xff\xd8\xff", Sort.PICTURE, "a picture (JPEG)"),
    _foreign(rb"GIF8", Sort.PICTURE, "a picture (GIF)"),
    _foreign(rb"II\*\x00|MM\x00\*", Sort.PICTURE, "a picture (TIFF)"),
    _foreign(rb"8BPS", Sort.PICTURE, "a picture (Photoshop)"),
    _foreign(rb"BM.{4}\0{4}", Sort.PICTURE, "a picture (BMP)"),
    _foreign(rb"RIFF.{4}WEBP", Sort.PICTURE, "a picture (WebP)"),
    _foreign(rb".{4}ftyp(?:avif|avis)", Sort.PICTURE, "a picture (AVIF)"),
    _foreign(rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1)", Sort.PICTURE, "a picture (HEIC)"),
    _foreign(rb"\x00\x00[\x01\x02]\x00.\x00", Sort.PICTURE, "a picture (icon)"),
    _foreign(rb"AT&TFORM", Sort.PICTURE, "a scan (DjVu)"),
    _foreign(_SVG, Sort.PICTURE, "a picture (SVG)"),
    _foreign(rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB", Sort.DATABASE, "a database (Access)"),
    _foreign(rb"SQLite format 3\0", Sort.DATABASE, "a database (SQLite)"),
    _foreign(rb"wOFF|wOF2|OTTO|true\0|ttcf|\x00\x01\x00\x00", Sort.FONT, "a font"),
    _foreign(rb"RIFF.{4}WAVE|ID3|OggS|fLaC|\xff[\xf2\xf3\xfb]|#!AMR", Sort.MEDIA, "sound"),
    _foreign(rb"RIFF.{4}AVI |FLV\x01|\x1aE\xdf\xa3|.{4}ftyp|\x00\x00\x01\xba", Sort.MEDIA, "a film"),
    _foreign(rb"[CF]WS[\x03-\x20]", Sort.MEDIA, "a film (Flash)"),
    _foreign(rb"0&\xb2u\x8ef\xcf\x11", Sort.MEDIA, "sound or a film (Windows Media)"),
    _foreign(rb"MZ(?=.{0,2000}(?:PE\0\0|This program|must be run))", Sort.PROGRAM, "a Windows program"),
    _foreign(rb"\x7fELF", Sort.PROGRAM, "a Linux program"),
    _foreign(rb"[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe", Sort.PROGRAM, "a program"),
    _foreign(rb"7z\xbc\xaf\x27\x1c", Sort.ARCHIVE, f"an archive (7z) {_UNOPENED}"),
    _foreign(rb"Rar!\x1a\x07", Sort.ARCHIVE, f"an archive (RAR) {_UNOPENED}"),
    _foreign(rb"BZh|\xfd7zXZ\x00|\x28\xb5\x2f\xfd|\x1f\x9d", Sort.ARCHIVE, f"an archive {_UNOPENED}"),
    _foreign(rb"MSCF|.{2}-lh\d-", Sort.ARCHIVE, f"an archive {_UNOPENED}"),
    _foreign(rb".{257}ustar", Sort.ARCHIVE, f"an archive (tar) {_UNOPENED}"),
)  # fmt: skip


def foreign_of(head: bytes) -> Foreign | None:
    """What a file that begins so is, where it is none that is read.

    >>> foreign_of(b"SQLite format 3\\0").what, foreign_of(b"<html>")
    ('a database (SQLite)', None)
    """
    return next((each for each in _FOREIGN if each.begins.match(head)), None)
