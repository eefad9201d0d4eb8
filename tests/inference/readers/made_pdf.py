"""PDFs made for the tests: a report's tables set with rules on sheets, each cell at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from gouji.training.pdf import write_pdf
from gouji.training.typesetting import Line, TypesetPage, wrap

from .made import Report

LABEL, COLUMN, NARROW = 44, 10, 7  # half-widths: of labels, of numbers, of a table of numbers alone
SHEET = 40  # lines


class Setter:
    """Sets paragraphs and rows one below the other; a row that does not fit begins the next sheet."""

    def __init__(
        self, ruled: bool = True, head: str = "", foot: str = "", column: int = COLUMN, edge: float = inf
    ) -> None:
        self.sheets: list[TypesetPage] = []
        self.lines: list[Line] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.y = 1
        self.ruled, self.head, self.foot, self.column = ruled, head, foot, column
        self.edge = edge  # what begins behind it is left out of the file

    def paragraph(self, text: str) -> None:
        self._room(1)
        self._print(0, self.y, text)
        self.y += 2

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        columns = max(map(len, rows))
        widths = [NARROW] * columns if columns > 10 else [LABEL, *[self.column] * (columns - 1)]
        for row in rows:
            self.row(row, widths)
        self.y += 1

    def row(self, cells: Sequence[str], widths: Sequence[int]) -> None:
        """One row; the last of fewer cells takes the rest of its width."""
        shares = [*widths[: len(cells) - 1], sum(widths[len(cells) - 1 :])]
        wrapped = [wrap(text, share - 2) if text else [] for text, share in zip(cells, shares, strict=True)]
        height = max(1, *map(len, wrapped))
        self._room(height)
        x = 0
        for lines, share in zip(wrapped, shares, strict=True):
            for number, text in enumerate(lines):
                self._print(x + 1, self.y + number, text)
            if self.ruled:
                self.rules.append((x, self.y, share, height))
            x += share
        self.y += height

    def lines_in_one_row(self, columns: Sequence[Sequence[str]]) -> None:
        """A row whose cells hold a line for each row that was meant."""
        x = 0
        for index, lines in enumerate(columns):
            share = COLUMN if index else LABEL
            for number, text in enumerate(lines):
                self._print(x + 1, self.y + number, text)
            self.rules.append((x, self.y, share, max(map(len, columns))))
            x += share
        self.y += max(map(len, columns))

    def end_sheet(self) -> None:
        number = len(self.sheets) + 1
        for text, y in ((self.head, 0), (self.foot, SHEET + 1)):
            if text:
                self._print(20, y, text.format(number))
        self.sheets.append(TypesetPage(tuple(self.lines), tuple(self.rules)))
        self.lines, self.rules, self.y = [], [], 1

    def _room(self, needed: int) -> None:
        if self.y + needed > SHEET:
            self.end_sheet()

    def _print(self, x: float, y: float, text: str) -> None:
        if x < self.edge:
            self.lines.append(Line(x, y, text, len(self.lines)))


def pdf_of(made: Report, **style: object) -> bytes:
    """A report as a PDF."""

    def write(setter: Setter) -> None:
        setter.paragraph(made.title)
        setter.paragraph("一、总体情况")
        for heading, rows in made.tables():
            setter.paragraph(heading)
            setter.table(rows)
        setter.paragraph("五、存在的主要问题及改进情况")

    return pdf(write, **style)


def pdf(write: Callable[[Setter], None], **style: object) -> bytes:
    """What a function sets, as a PDF."""
    setter = Setter(**style)  # type: ignore[arg-type]
    write(setter)
    setter.end_sheet()
    return write_pdf(setter.sheets)


def print_rows(setter: Setter, *rows: list[str], left: float = 0, moved: float = 0) -> None:
    """Print rows without their rules."""
    for y, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            x = LABEL + COLUMN * (column - 1) + 1 if column else left + bool(left)
            setter.lines.append(Line(x + moved, y, text, y))


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation: its box in the PDF's own axes, what it holds, and what it shows."""

    box: tuple[float, float, float, float]
    value: str | None = None
    shown: str | None = None
    kind: str = "Widget"

    def objects(self, number: int) -> list[bytes]:
        """It, and what it shows, as objects from a number on."""
        left, bottom, right, top = self.box
        body = f"<< /Type /Annot /Subtype /{self.kind} /F 4 /Rect [{left} {bottom} {right} {top}]"
        if self.kind == "Widget":
            body += f" /FT /Tx /T (f{number}) /DA (/F9 9 Tf 0 g)"
        if self.value is not None:
            body += f" /{'V' if self.kind == 'Widget' else 'Contents'} ({self.value})"
        if self.shown is not None:
            body += f" /AP << /N {number + 1} 0 R >>"
        drawn = f"BT /F9 9 Tf 2 3 Td ({self.shown or ''}) Tj ET"
        form = (
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 {right - left} {top - bottom}] /Length {len(drawn)}"
        )
        font = "<< /Font << /F9 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        return [f"{body} >>".encode(), f"{form} /Resources {font} >>\nstream\n{drawn}\nendstream".encode()]


def with_notes(data: bytes, notes: Sequence[Note]) -> bytes:
    """A PDF with annotations on its first sheet."""
    body, number = _objects(data)
    names = []
    for note in notes:
        names.append(b"%d 0 R" % number)
        for written in note.objects(number):
            body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
            number += 1
    held = b"[%s]" % b" ".join(names)
    body = body.replace(b"/Type /Page /", b"/Type /Page /Annots %s /" % held, 1)
    body = body.replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm << /Fields %s >>" % held, 1)
    return _ended(body, number)


def drawn_over(data: bytes, operators: bytes) -> bytes:
    """A PDF with more drawn on its first sheet; `/F9` is its font, the origin that of the setter's lines."""
    body, number = _objects(data)
    body += b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        len(operators),
        operators,
    )
    body = re.sub(rb"/Contents (\d+ 0 R)", rb"/Contents [\1 %d 0 R]" % number, body, count=1)
    font = b"/F9 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /F1 3 0 R"
    return _ended(body.replace(b"/F1 3 0 R", font, 1), number + 1)


def begun_with(data: bytes, operators: bytes, box: bytes = b"") -> bytes:
    """A PDF whose sheets' drawings begin with operators; `box` is their new media box."""

    def longer(found: re.Match[bytes]) -> bytes:
        length = int(found[1]) + len(operators) + 1
        return b"<< /Length %d >>\nstream\n%s\n1 0 0 1 0" % (length, operators)

    body, number = _objects(data)
    body = re.sub(rb"<< /Length (\d+) >>\nstream\n1 0 0 1 0", longer, body)
    if box:
        body = re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox [%s]" % box, body)
    return _ended(body, number)


def _objects(data: bytes) -> tuple[bytes, int]:
    """A PDF's objects, and the number of the next."""
    body = data[: data.rindex(b"xref\n0 ")]
    return body, len(re.findall(rb"(?m)^\d+ 0 obj$", body)) + 1


def _ended(body: bytes, number: int) -> bytes:
    return body + b"trailer << /Size %d /Root 1 0 R >>\n%%%%EOF" % number


def in_own_fonts(characters: Sequence[tuple[str, float, tuple[int, int]]]) -> bytes:
    """A line as browsers embed it: each character is a font, boxed by its ink.

    Args:
        characters: Each with its place, and how low and high its ink reaches, in thousandths.
    """
    fonts = b" ".join(b"/F%d %d 0 R" % (n, 2 + 3 * n) for n in range(1, len(characters) + 1))
    shown = b"".join(
        b"BT /F%d 10 Tf %.1f 700 Td <01> Tj ET\n" % (n, x) for n, (_, x, _) in enumerate(characters, 1)
    )
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << %s >> >> >>" % fonts,
        _stream(shown),
    ]
    for text, _, (low, high) in characters:
        number = len(bodies) + 1
        bodies += [
            b"<< /Type /Font /Subtype /Type3 /FontBBox [60 %d 940 %d] /FontMatrix [.001 0 0 .001 0 0]"
            b" /FirstChar 1 /LastChar 1 /Widths [1000] /Encoding << /Differences [1 /g] >>"
            b" /CharProcs << /g %d 0 R >> /ToUnicode %d 0 R >>" % (low, high, number + 1, number + 2),
            _stream(b"1000 0 60 %d 940 %d d1 60 %d 880 %d re f" % (low, high, low, high - low)),
            _stream(b"begincmap 1 beginbfchar <01> <%04x> endbfchar endcmap" % ord(text)),
        ]
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(bodies, 1))
    return b"%%PDF-1.7\n%btrailer << /Size %d /Root 1 0 R >>\n%%%%EOF" % (objects, len(bodies) + 1)


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
