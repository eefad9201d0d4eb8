"""Write typeset pages as a PDF whose text any reader can take out again, stand-ins included.

Flow:  report -> stand-ins -> typeset pages -> **PDF** -> flattener -> text and spans

Written by hand, because a font that holds every script would have to be shipped: the
text names its characters by number, a ToUnicode map says what they are, and nothing is
ever drawn, so no glyphs are needed.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.training.typesetting import TypesetPage, width_of

_EM, _LEADING, _MARGIN = 10.0, 14.0, 40.0  # points


def write_pdf(pages: Sequence[TypesetPage]) -> bytes:
    """The pages as one PDF document."""
    codes: dict[str, int] = {}
    contents = [_content(page, codes) for page in pages]
    highest = max((line.y for page in pages for line in page.lines), default=0)
    height = (highest + 2) * _LEADING + 2 * _MARGIN
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_font(codes)]
    kids = []
    for content in contents:
        number = len(bodies) + 1
        kids.append(f"{number} 0 R")
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 640 {height:.0f}] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        bodies.append(_stream(content.replace("HEIGHT", f"{height - _MARGIN:.0f}").encode()))
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(bodies)


def _content(page: TypesetPage, codes: dict[str, int]) -> str:
    parts = ["1 0 0 1 0 HEIGHT cm"]
    for x, y, width, height in page.rules:
        box = (_MARGIN + x * _EM / 2 - 2, -(y + height) * _LEADING + 10, width * _EM / 2, height * _LEADING)
        parts.append("{:.1f} {:.1f} {:.1f} {:.1f} re S".format(*box))
    parts.append(f"BT /F1 {_EM:.0f} Tf")
    for line in page.lines:
        shown = "".join(f"{codes.setdefault(c, len(codes) + 1):04x}" for c in line.text)
        parts.append(f"1 0 0 1 {_MARGIN + line.x * _EM / 2:.1f} {-line.y * _LEADING:.1f} Tm <{shown}> Tj")
    return "\n".join((*parts, "ET"))


def _font(codes: dict[str, int]) -> list[bytes]:
    """The font, its descendant with every width, and the map from codes to characters: objects 3 to 6."""
    widths = " ".join(f"{code} [{width_of(character) * 500}]" for character, code in codes.items())
    entries = [f"<{code:04x}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.items()]
    chunks = [entries[i : i + 100] for i in range(0, len(entries), 100)]
    mapping = "".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar\n" for chunk in chunks)
    cmap = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /U def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n" + mapping + "endcmap\nend\nend"
    )
    return [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /U /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /U /FontDescriptor 5 0 R /DW 1000 /CIDSystemInfo "
        f"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [{widths}] >>".encode(),
        b"<< /Type /FontDescriptor /FontName /U /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        b"/Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream(cmap.encode()),
    ]


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(bodies: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start)
    return bytes(out)
