"""The rules and pictures that a page of a PDF draws, in the PDF's own axes.

Flow:  PDF -> **drawings** -> sheets -> grids, lines -> page

Two kinds of drawing are rules: a stroked line along an axis, and a filled box so thin that it is
seen as a line. Any other is a picture.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from gouji.inference.limits import keep_within

THIN = 3.0  # points; word processors' widest table borders have 2.25
_LEVELS = 8  # of drawings within drawings
_STROKE = 1.0  # point
_CORNERS = 24  # of a filled drawing that is more than a frame or a few rules in one path
_FEW = 10  # corners of an object: of one with more, so many count as one

Matrix = tuple[float, float, float, float, float, float]
Extent = tuple[float, float, float, float]  # left, bottom, right, top
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What is drawn; of a rule, how far it goes, and how far it is drawn."""

    rules: list[tuple[Extent, Extent]] = field(default_factory=list)
    pictures: list[Extent] = field(default_factory=list)
    lost: list[tuple[float, float]] = field(default_factory=list)  # characters that pdfium passes over
    objects: int = 0  # that were looked at

    def count(self, corners: int = 0) -> None:
        """Count an object, or what clips it; one of many corners as several.

        Raises:
            Exceeded: They are more than a sheet may hold.
        """
        self.objects += max(corners // _FEW, 1)
        keep_within("objects", self.objects)


def with_lone_print(page: Any, textpage: Any) -> Any:
    """The text of a page, with the print that pdfium passes over: a lone character of a font not at hand.

    Such print has no width there; a stroke gives it some. The page is changed in memory alone.
    """
    from pypdfium2 import raw

    seen = _Seen(raw, textpage)
    lone = [text for text in _texts(raw, page) if _is_lost(raw, seen, text)]
    filled = [t for t in lone if raw.FPDFTextObj_GetTextRenderMode(t) == raw.FPDF_TEXTRENDERMODE_FILL]
    for text in filled:
        raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
        raw.FPDFPageObj_SetStrokeWidth(text, _STROKE)
        raw.FPDFPageObj_Transform(text, *IDENTITY)  # its box is measured anew
    if not filled:
        return textpage
    textpage.close()
    return page.get_textpage()


def clips_of(page: Any) -> dict[int, Extent]:
    """The boxes that a page's texts are drawn in, where paths clip them, by the texts' addresses.

    Those of texts within other drawings are not told: they count in these drawings' axes.
    """
    from pypdfium2 import raw

    clips: dict[int, Extent] = {}
    counted = Drawn()
    for index in range(raw.FPDFPage_CountObjects(page)):
        drawing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(drawing) == raw.FPDF_PAGEOBJ_TEXT:
            clip = _clip(raw, drawing, counted)
            if clip[0] > -math.inf:
                clips[address_of(drawing)] = clip
    return clips


def address_of(drawing: Any) -> int:
    """By what a drawing is known again."""
    return ctypes.cast(drawing, ctypes.c_void_p).value or 0


def drawn_on(page: Any, textpage: Any) -> Drawn:
    """What a page draws.

    Args:
        page: A `pypdfium2.PdfPage`.
        textpage: Its text.
    """
    from pypdfium2 import raw

    drawn, seen = Drawn(), _Seen(raw, textpage)
    for index in range(raw.FPDFPage_CountObjects(page)):
        _collect(raw, seen, raw.FPDFPage_GetObject(page, index), IDENTITY, drawn, _LEVELS)
    return drawn


@dataclass
class _Seen:
    """The texts of a page that pdfium gives characters of."""

    raw: Any
    textpage: Any

    def holds(self, text: Any) -> bool:
        """Whether it gives some of a text."""
        return address_of(text) in self._texts

    @cached_property
    def _texts(self) -> set[int]:
        """Where they lie: to ask for each text's characters takes as long as the page has characters."""
        raw, textpage = self.raw, self.textpage
        named = (i for i in range(raw.FPDFText_CountChars(textpage)) if raw.FPDFText_GetUnicode(textpage, i))
        return {address_of(raw.FPDFText_GetTextObject(textpage, index)) for index in named}


def _collect(raw: Any, seen: _Seen, drawing: Any, matrix: Matrix, drawn: Drawn, levels: int) -> None:
    """Gather the rules and pictures of a drawing, and of those within it."""
    kind = raw.FPDFPageObj_GetType(drawing)
    is_path = kind == raw.FPDF_PAGEOBJ_PATH
    drawn.count(raw.FPDFPath_CountSegments(drawing) if is_path else 1)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        if _is_lost(raw, seen, drawing):
            _, _, _, _, x, y = composed(_matrix(raw, drawing), matrix)
            drawn.lost.append((x, y))
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        a, b, c, d, e, f = composed(_matrix(raw, drawing), matrix)
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        drawn.pictures.append((min(xs), min(ys), max(xs), max(ys)))
    elif kind == raw.FPDF_PAGEOBJ_FORM and levels:
        inner = composed(_matrix(raw, drawing), matrix)
        for index in range(raw.FPDFFormObj_CountObjects(drawing)):
            _collect(raw, seen, raw.FPDFFormObj_GetObject(drawing, index), inner, drawn, levels - 1)
    elif is_path:
        _collect_path(raw, drawing, composed(_matrix(raw, drawing), matrix), drawn)


def _texts(raw: Any, page: Any) -> Iterator[Any]:
    """The texts that a page draws, also within other drawings."""
    held = [(raw.FPDFPage_GetObject(page, i), _LEVELS) for i in range(raw.FPDFPage_CountObjects(page))]
    while held:
        drawing, levels = held.pop()
        kind = raw.FPDFPageObj_GetType(drawing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield drawing
        elif kind == raw.FPDF_PAGEOBJ_FORM and levels:
            inner = range(raw.FPDFFormObj_CountObjects(drawing))
            held += [(raw.FPDFFormObj_GetObject(drawing, index), levels - 1) for index in inner]


def _is_lost(raw: Any, seen: _Seen, drawing: Any) -> bool:
    """Whether pdfium passes print over: a lone character has no width where its font is not at hand."""
    is_at_hand = raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(drawing)) != 0
    return not is_at_hand and not seen.holds(drawing)


def _collect_path(raw: Any, path: Any, matrix: Matrix, drawn: Drawn) -> None:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, filled, stroked)
    outlines = list(_outlines(raw, path, matrix))
    if filled.value and sum(map(len, outlines)) > _CORNERS:
        corners = [corner for outline in outlines for corner in outline]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        drawn.pictures.append((min(xs), min(ys), max(xs), max(ys)))
    elif filled.value or stroked.value:
        clip = _clip(raw, path, drawn)
        rules = ((box, _within(box, clip)) for box in _rules(outlines, bool(stroked.value)))
        drawn.rules.extend((box, seen) for box, seen in rules if seen is not None)


def _clip(raw: Any, path: Any, drawn: Drawn) -> Extent:
    """The box that a path is drawn in, as far as paths that clip it tell."""
    clips = raw.FPDFPageObj_GetClipPath(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    left, bottom, right, top = -math.inf, -math.inf, math.inf, math.inf
    for index in range(max(raw.FPDFClipPath_CountPaths(clips), 0)):
        corners = []
        count = raw.FPDFClipPath_CountPathSegments(clips, index)
        if count > _FEW:
            drawn.count(count)
        for place in range(count):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clips, index, place), x, y)
            corners.append((x.value, y.value))
        if corners:
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            left, bottom = max(left, min(xs)), max(bottom, min(ys))
            right, top = min(right, max(xs)), min(top, max(ys))
    return (left, bottom, right, top)


def _within(box: Extent, clip: Extent) -> Extent | None:
    """What is drawn of a rule, or lies right at the clip's edge, as a table's side may; None if nothing."""
    left, bottom, right, top = (
        max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
    )  # fmt: skip
    if left > right + THIN or bottom > top + THIN:
        return None
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _rules(outlines: Sequence[Sequence[tuple[float, float]]], stroked: bool) -> Iterator[Extent]:
    for outline in outlines:
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            yield box
        elif stroked:
            for (ax, ay), (bx, by) in pairwise(outline):
                if min(abs(ax - bx), abs(ay - by)) <= THIN / 2:
                    yield (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _outlines(raw: Any, path: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each outline of a path; one that closes ends where it began."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and outline:
            yield outline
            outline = []
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        outline.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    if outline:
        yield outline


def _matrix(raw: Any, drawing: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawing, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def composed(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does as one does and then as another."""
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (
        a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q,
    )  # fmt: skip
