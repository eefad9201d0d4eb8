"""OFD documents written by hand for the tests, after GB/T 33190: text at places, ruled paths, pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

from .made import Report

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_SIZE = 3.2  # millimetres
_HEIGHT = 7.0  # of a row
Write = Callable[[str, float, float], str]


def ofd(pages: Sequence[str], *, common: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """An OFD of one document, each page by the objects on it."""
    documents = {"Doc_0": (pages, common)}
    return ofd_of_documents(documents, parts or {})


def ofd_of_documents(documents: Mapping[str, tuple[Sequence[str], str]], parts: Mapping[str, str]) -> bytes:
    """An OFD of documents, each with its pages and what these share."""
    held: dict[str, str] = dict(parts)
    roots = ""
    for name, (pages, common) in documents.items():
        roots += f"<ofd:DocBody><ofd:DocRoot>{name}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        listed = ""
        for number, objects in enumerate(pages):
            listed += f'<ofd:Page ID="{number + 100}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
            page = objects if "<ofd:Content>" in objects else content(objects)
            held[f"{name}/Pages/Page_{number}/Content.xml"] = f"<ofd:Page {SPACE}>{page}</ofd:Page>"
        held[f"{name}/Document.xml"] = (
            f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
            f"</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
            "</ofd:Document>"
        )
    held["OFD.xml"] = f'<ofd:OFD {SPACE} Version="1.0" DocType="OFD">{roots}</ofd:OFD>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in held.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return packed.getvalue()


def content(objects: str) -> str:
    return f'<ofd:Content><ofd:Layer Type="Body" ID="1">{objects}</ofd:Layer></ofd:Content>'


def text_object(text: str, x: float, y: float) -> str:
    """A text in one object, its steps one by one."""
    steps = " ".join(f"{_width(character):g}" for character in text[:-1])
    delta = f' DeltaX="{steps}"' if steps else ""
    return _text(text, x, y, delta)


def repeated_steps(text: str, x: float, y: float) -> str:
    """A text in one object, its steps by `g` where they repeat."""
    steps = [_width(character) for character in text[:-1]]
    runs: list[list[float]] = []
    for step in steps:
        if runs and runs[-1][1] == step:
            runs[-1][0] += 1
        else:
            runs.append([1, step])
    delta = " ".join(f"g {int(times)} {step:g}" if times > 1 else f"{step:g}" for times, step in runs)
    return _text(text, x, y, f' DeltaX="{delta}"' if delta else "")


def stretched(text: str, x: float, y: float) -> str:
    """A text whose matrix makes it half as large as it is written."""
    steps = " ".join(f"{2 * _width(character):g}" for character in text[:-1])
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject ID="2" Boundary="{x:g} {y - _SIZE:g} 100 5" Font="1" Size="{2 * _SIZE:g}"'
        f' CTM="0.5 0 0 0.5 0 0"><ofd:TextCode X="0" Y="{2 * _SIZE:g}"{delta}>{escape(text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def characters(text: str, x: float, y: float) -> str:
    """A text of which each character is an object, and says which glyph of its font it is."""
    made = ""
    for character in text:
        made += _text(
            character,
            x,
            y,
            "",
            '<ofd:CGTransform CodePosition="0"><ofd:Glyphs>9</ofd:Glyphs></ofd:CGTransform>',
        )
        x += _width(character)
    return made


def rule(x: float, y: float, width: float, height: float) -> str:
    """A stroked line."""
    return _path(x, y, width, height, f"M 0 0 L {width:g} {height:g}")


def frame(x: float, y: float, width: float, height: float) -> str:
    """A stroked box, as one path that closes."""
    return _path(x, y, width, height, f"M 0 0 L {width:g} 0 L {width:g} {height:g} L 0 {height:g} C")


def image(x: float = 0, y: float = 0, width: float = 210, height: float = 297) -> str:
    return (
        f'<ofd:ImageObject ID="4" Boundary="{x:g} {y:g} {width:g} {height:g}"'
        f' CTM="{width:g} 0 0 {height:g} 0 0" ResourceID="5"/>'
    )


def report_pages(made: Report, write: Write = text_object, *, framed: bool = False) -> list[str]:
    """A report's pages: its title, and its tables with rules, broken over pages."""
    pages = [write(made.title, 30.0, 20.0)]
    at = 30.0
    for heading, rows in made.tables():
        if at > 240:
            pages.append("")
            at = 20.0
        pages[-1] += write(heading, 20.0, at)
        at += 4.0
        for row in rows:
            height = _HEIGHT * max(1, -(-max(map(len, row)) // _wide(row)))
            if at + height > 285:
                pages.append("")
                at = 20.0
            pages[-1] += _row(row, at, height, write, framed=framed)
            at += height
        at += 12.0
    return pages


def _path(x: float, y: float, width: float, height: float, data: str) -> str:
    return (
        f'<ofd:PathObject ID="3" Boundary="{x:g} {y:g} {width:g} {height:g}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _row(row: Sequence[str], at: float, height: float, write: Write, *, framed: bool) -> str:
    label = 60.0 if len(row) < 10 else 180.0 / len(row)
    widths = [label, *[(180.0 - label) / max(len(row) - 1, 1)] * (len(row) - 1)]
    x, made = 15.0, ""
    for text, width in zip(row, widths, strict=True):
        if framed:
            made += frame(x, at, width, height)
        else:
            made += rule(x, at, width, 0) + rule(x, at + height, width, 0)
            made += rule(x, at, 0, height) + rule(x + width, at, 0, height)
        fits = max(int((width - 1) / _SIZE), 1)
        lines = [text[i : i + fits] for i in range(0, len(text), fits)] if not text.isdigit() else [text]
        for number, printed in enumerate(lines):
            made += write(printed, x + 0.5, at + 4.0 + number * 4.0)
        x += width
    return made


def _wide(row: Sequence[str]) -> int:
    return 14 if len(row) < 10 else 3


def _text(text: str, x: float, y: float, delta: str, glyphs: str = "") -> str:
    return (
        f'<ofd:TextObject ID="2" Boundary="{x:g} {y - _SIZE:g} 100 5" Font="1" Size="{_SIZE:g}">{glyphs}'
        f'<ofd:TextCode X="0" Y="{_SIZE:g}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def _width(character: str) -> float:
    return _SIZE if character > "\u2e80" else _SIZE * 0.55
