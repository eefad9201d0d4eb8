"""Flatten reports with programs that are no part of this project's installation, where they are installed.

Flow:  report -> stand-ins -> markup or document -> **program** -> text and spans

None of them is used unless asked for: the pages of a seed must not depend on what else a
machine holds. Text grids and page layouts stand in for them by default. A program that
has a stand-in of its name is called `_real`, so that a page says which of both it came from.

Every page is held against the one that the program makes of the plain report (`agreement`);
of reports 0, 1, 2, ... so many came through:

| program | reports | without a difference | agreed |
|---|---|---|---|
| w3m_real, w3m80_real, w3m100_real | 90 | 78 | 78: a line broken before a bracket is broken elsewhere |
| lynx, lynx_wide | 60 | 39 | 60: centred otherwise |
| pandoc, pandoc_docx | 60 | 60 | 60 |
| pandoc_md, pandoc_gfm | 60 | 39 | 60: rules, backslashes, quotation marks |
| markitdown_real, markitdown_docx | 60 | 60 | 60 |
| chromium | 30 | 30 | 30 |
| pdftotext_real, with -layout, with -raw | 60 | 59 | 59 |
| libreoffice, libreoffice_html, chromium_textContent | 12 | 12 | 12 |

Of the packages (`flatteners`) all of 30 reports came through each, but html2text and
trafilatura's markdown (backslashes; all agreed) and html2text_pad (28, and 2 that it fails on).
"""

from __future__ import annotations

import contextlib
import html as html_entities
import importlib.util
import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from gouji.model.errors import GoujiError
from gouji.training.flatteners import Flattener

_SECONDS = 120.0  # LibreOffice takes eleven on a busy machine, the others less than four
# What a program needs -> the commands that may be it, and where to get one; packages have no command.
_COMMANDS = {
    "w3m": ("w3m",),
    "lynx": ("lynx",),
    "pandoc": ("pandoc",),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "soffice": ("soffice", "libreoffice"),
    "pdftotext": ("pdftotext",),
}
_REMEDIES = {
    "w3m": "the system's package w3m",
    "lynx": "the system's package lynx",
    "pandoc": "the system's package pandoc, or pip install 'gouji[tools]'",
    "chromium": "the system's package chromium",
    "soffice": "the system's package libreoffice-writer-nogui",
    "pdftotext": "the system's package poppler-utils",
    "markitdown": "pip install 'gouji[tools]'",
    "mammoth": "pip install 'gouji[tools]'",
}


class ProgramError(GoujiError):
    """A program that a flattener needs is not installed, or failed."""


@dataclass(frozen=True, slots=True)
class Program(Flattener):
    """A flattener that needs more than the train extra installs."""

    needs: str = ""  # a command or a Python package

    @property
    def installed(self) -> bool:
        """Whether this machine has it."""
        if self.needs in _COMMANDS:
            return _path(self.needs) is not None
        return importlib.util.find_spec(self.needs) is not None

    @property
    def remedy(self) -> str:
        """Where to get what it needs."""
        return _REMEDIES[self.needs]


def _path(needs: str) -> str | None:
    """Where a command lies; pandoc's may lie inside the package that carries it."""
    if found := next(filter(None, map(shutil.which, _COMMANDS[needs])), None):
        return found
    if needs == "pandoc" and importlib.util.find_spec("pypandoc"):
        import pypandoc

        with contextlib.suppress(OSError):  # it has none of its own either
            return str(pypandoc.get_pandoc_path())
    return None


def run_program(command: Sequence[str], given: bytes = b"", seconds: float = _SECONDS) -> str:
    """What a program prints; it is found by the name that `command` begins with.

    Raises:
        ProgramError: It is not installed, failed, or gave no answer in time.
    """
    needs = command[0]
    path = _path(needs)
    if path is None:
        raise ProgramError(f"{needs}: not installed; leave its flatteners out, or get {_REMEDIES[needs]}")
    try:
        done = subprocess.run(
            [path, *command[1:]], input=given, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ProgramError(f"{needs}: no answer in {seconds:.0f} s; leave its flatteners out") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-200:]
        raise ProgramError(f"{needs}: exit status {done.returncode}: {said}; leave its flatteners out")
    return done.stdout.decode("utf-8", "replace")


def _w3m(columns: int, html: str) -> str:
    charsets = ("-I", "UTF-8", "-O", "UTF-8")
    return run_program(["w3m", "-dump", "-T", "text/html", *charsets, "-cols", str(columns)], html.encode())


def _lynx(columns: int, html: str) -> str:
    charsets = ("-assume_charset=utf-8", "-display_charset=utf-8")
    return run_program(["lynx", "-dump", "-stdin", "-nolist", *charsets, f"-width={columns}"], html.encode())


def _pandoc(reads: str, writes: str, document: bytes) -> str:
    return run_program(["pandoc", "-f", reads, "-t", writes, "--wrap=none"], document)


def _pdftotext(options: Sequence[str], data: bytes) -> str:
    return run_program(["pdftotext", *options, "-", "-"], data)


def _chromium(field: str, html: str) -> str:
    """What a browser's page says of its own text: a script puts it in the page's place."""
    script = f"addEventListener('load',()=>{{document.documentElement.textContent=document.body.{field}}})"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html.replace("</head>", f"<script>{script}</script></head>"), encoding="utf-8")
        options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile")
        printed = run_program(["chromium", *options, "--dump-dom", page.as_uri()], b"")
    inside = re.sub(r"\A.*?<html[^>]*>|</html>\s*\Z", "", printed, flags=re.DOTALL)
    return html_entities.unescape(inside)


def _libreoffice(suffix: str, document: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / f"page{suffix}"
        page.write_bytes(document)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        wanted = ("--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder)
        run_program(["soffice", "--headless", profile, *wanted, str(page)], b"")
        written = page.with_suffix(".txt")
        if not written.exists():
            raise ProgramError("soffice: wrote no text; leave its flatteners out")
        return written.read_text(encoding="utf-8-sig")


def _markitdown(suffix: str, document: bytes) -> str:
    from markitdown import MarkItDown, StreamInfo

    # Without it a charset is guessed from the text, and from stand-ins it is guessed wrong.
    known = StreamInfo(extension=suffix, charset="utf-8" if suffix == ".html" else None)
    return str(MarkItDown().convert_stream(io.BytesIO(document), stream_info=known).text_content)


def _saved(document: Any) -> bytes:
    """The bytes of an open python-docx document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _programs() -> Iterator[Program]:
    def html(name: str, needs: str, flatten: Callable[[str], str], weight: float = 1.0) -> Program:
        return Program(name, "html", flatten, weight, compared=True, needs=needs)

    def docx(name: str, needs: str, flatten: Callable[[bytes], str], weight: float) -> Program:
        return Program(name, "docx", lambda d: flatten(_saved(d)), weight, compared=True, needs=needs)

    def pdf(name: str, *options: str) -> Program:
        flatten = partial(_pdftotext, options)
        return Program(name, "pdf", flatten, 1.0, compared=True, needs="pdftotext")

    yield html("w3m_real", "w3m", partial(_w3m, 132))
    yield html("w3m80_real", "w3m", partial(_w3m, 80))
    yield html("w3m100_real", "w3m", partial(_w3m, 100))
    yield html("lynx", "lynx", partial(_lynx, 80))
    yield html("lynx_wide", "lynx", partial(_lynx, 180))
    yield html("pandoc", "pandoc", lambda h: _pandoc("html", "plain", h.encode()), 0.7)
    yield html("pandoc_md", "pandoc", lambda h: _pandoc("html", "markdown", h.encode()), 0.5)
    yield html("pandoc_gfm", "pandoc", lambda h: _pandoc("html", "gfm", h.encode()), 0.7)
    yield docx("pandoc_docx", "pandoc", partial(_pandoc, "docx", "plain"), 0.5)
    yield html("markitdown_real", "markitdown", lambda h: _markitdown(".html", h.encode()), 0.7)
    yield docx("markitdown_docx", "mammoth", partial(_markitdown, ".docx"), 0.5)
    yield html("chromium", "chromium", partial(_chromium, "innerText"), 0.2)
    yield html("chromium_textContent", "chromium", partial(_chromium, "textContent"), 0.1)
    yield docx("libreoffice", "soffice", partial(_libreoffice, ".docx"), 0.1)
    yield html("libreoffice_html", "soffice", lambda h: _libreoffice(".html", h.encode()), 0.1)
    yield pdf("pdftotext_real")
    yield pdf("pdftotext_layout_real", "-layout")
    yield pdf("pdftotext_raw_real", "-raw")


PROGRAMS: Mapping[str, Program] = {program.name: program for program in _programs()}
# What makes pages like those of a flattener that is kept out of training.
RELATED_TO_HELD_OUT = ("w3m80_real",)
