"""Print a report as the file that somebody publishes or keeps: HTML, text, DOCX or PDF.

Flow:  report -> **printing** -> page file

Same report, same chance, same bytes: dates that programs put into their files are replaced by one of ours. A
PDF of Chromium or LibreOffice needs that program, and its bytes are those of its version.
"""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from gouji.training.damage import apply_damage
from gouji.training.documents import write_docx
from gouji.training.flatteners import FLATTENERS, Flattener, flatten
from gouji.training.markup import write_html
from gouji.training.pdf import write_pdf
from gouji.training.reports import Report
from gouji.training.standins import Codebook, Piece
from gouji.training.typesetting import typeset

_DATE = (2025, 3, 1, 0, 0, 0)  # of the files in a DOCX
_DATES = re.compile(rb"(/(?:Creation|Mod)Date ?\(D:)([^)]{15,})(?=\))")
_MARKS = re.compile(rb"(?<=[</])[0-9A-F]{32}\b")
_PRINTED_PAGE = (
    "<style>@page { size: A4; margin: 15mm }"
    " body, p, td, div, h1, h2, h3, strong, b"  # one font to embed
    " { font-family: 'Noto Sans CJK SC'; font-weight: normal; font-size: 10pt }"
    " table { border-collapse: collapse; width: 100% }"
    " td { border: 1px solid; font-size: 8pt; text-align: center }</style></head>"
)
_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Printed:
    """A page file; of a text, the pieces of it that print tables."""

    data: bytes
    pieces: tuple[Piece, ...] | None = None


class NoProgram(Exception):
    """A program that prints PDF is not installed."""


def print_report(report: Report, manner: str, damage: str, rng: random.Random) -> Printed:
    """A report in the manner FORMAT/HOW.

    Raises:
        NoProgram: The manner is a PDF of a program that is not installed.
    """
    form, _, how = manner.partition("/")
    if form == "html":
        return Printed(write_html(report, how, rng).encode())
    if form == "docx":
        return Printed(_docx(report))
    if form == "pdf":
        return Printed(_pdf(report, how, rng))
    return _text(report, how, damage, rng)


def _text(report: Report, how: str, damage: str, rng: random.Random) -> Printed:
    """A flattened page; its labels are followed through the flattener, so that damage finds them."""
    markup, _, tool = how.partition("-")
    codebook = Codebook()
    flattened = _flattened(codebook.encode(report), markup, FLATTENERS[tool], rng)
    text, pieces = codebook.decode(flattened)
    if damage:
        text, pieces = apply_damage(damage, text, pieces, rng)
    return Printed(text.encode(), tuple(pieces))


def _flattened(report: Report, markup: str, flattener: Flattener, rng: random.Random) -> str:
    if flattener.source == "html":
        return flattener.flatten(write_html(report, markup, rng))
    return flatten(flattener, report, rng)[0]


def _docx(report: Report) -> bytes:
    """A DOCX whose parts all have one date."""
    written, out = io.BytesIO(), io.BytesIO()
    write_docx(report).save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as dated:
        for part in parts.namelist():
            info = zipfile.ZipInfo(part, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            dated.writestr(info, parts.read(part))
    return out.getvalue()


def _pdf(report: Report, how: str, rng: random.Random) -> bytes:
    if how == "typeset":
        return write_pdf(typeset(report, rng))
    html = write_html(report, "official", rng).replace("</head>", _PRINTED_PAGE)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        printed = page.with_suffix(".pdf")
        profile = f"{folder}/profile"
        if how == "chromium":
            options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}")
            plain = ("--no-pdf-header-footer", "--disable-pdf-tagging")
            _run(how, *options, *plain, f"--print-to-pdf={printed}", page.as_uri())
        else:
            wanted = ("--convert-to", "pdf:writer_web_pdf_Export", "--outdir", folder)
            _run("soffice", "--headless", f"-env:UserInstallation=file://{profile}", *wanted, str(page))
        return _undated(printed.read_bytes())


def _run(program: str, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise NoProgram(f"{program}: not installed; its pages stay as they are")
    subprocess.run([path, *arguments], check=True, capture_output=True, timeout=_SECONDS)


def _undated(data: bytes) -> bytes:
    """A PDF with every date and mark of its making overwritten, no byte longer or shorter."""
    dated = _DATES.sub(lambda found: found[1] + b"20250301000000Z".ljust(len(found[2])), data)
    return _MARKS.sub(b"0" * 32, dated)
