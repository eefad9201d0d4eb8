"""What one page of a PDF draws: glyphs and rules, upright, measured from the upper left corner.

Flow:  PDF -> drawings -> **sheets** -> grids, lines -> page

Which side is up, the text says: a table set across the page is turned.
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, NamedTuple

from gouji.inference.limits import keep_within
from gouji.inference.readers.pdf_annotations import Annotation
from gouji.inference.readers.pdf_drawings import THIN, Extent, address_of, clips_of, drawn_on, with_lone_print
from gouji.inference.readers.pdf_glyphs import ABOVE_BASE, Glyph, once, under_watermarks
from gouji.inference.unread_marks import PICTURE

_UNKNOWN = 9.0  # points, taken for the size of a character of which nothing but its place is known
_OBLIQUE = math.radians(5)  # from which a baseline runs askew
_FLAT = 0.9  # of a font's size: boxes of its ink are lower, those of Chromium's 一 by nine tenths
_NAMELESS = "\ufffd"
_UNMAPPED = frozenset("\x00\ufffe\uffff" + _NAMELESS)


class Rule(NamedTuple):
    """A drawn line: level, or plumb; `at` is its place across, `start` and `end` along it.

    `cut` tells where it goes on but is not drawn: before its start, behind its end.
    """

    level: bool
    at: float
    start: float
    end: float
    cut: tuple[bool, bool] = (False, False)


class Picture(NamedTuple):
    """An image, or a drawing that is no rule."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a PDF."""

    width: float  # points
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Picture, ...] = ()
    lost: tuple[Glyph, ...] = ()  # characters that no font at hand knows; `PICTURE` stands for each
    unmapped: int = 0  # glyphs whose font does not say what they are
    hidden: int = 0  # glyphs that are not drawn, as text recognition lays them over a scan


def moved(sheet: Sheet, shift: float) -> Sheet:
    """All that a sheet draws further right, and the sheet so much wider."""
    return replace(
        sheet,
        width=sheet.width + shift,
        glyphs=tuple(g._replace(left=g.left + shift, right=g.right + shift) for g in sheet.glyphs),
        lost=tuple(g._replace(left=g.left + shift, right=g.right + shift) for g in sheet.lost),
        pictures=tuple(p._replace(left=p.left + shift, right=p.right + shift) for p in sheet.pictures),
        rules=tuple(
            r._replace(start=r.start + shift, end=r.end + shift) if r.level else r._replace(at=r.at + shift)
            for r in sheet.rules
        ),
    )


def sheet_of(page: Any, over: Sequence[Annotation] = ()) -> Sheet:
    """What a page draws.

    Args:
        page: A `pypdfium2.PdfPage`.
        over: What stood over it, and was drawn in.

    Raises:
        Exceeded: It holds more than a sheet may.
    """
    from pypdfium2 import raw

    width, height = page.get_width(), page.get_height()
    if page.get_rotation() in (90, 270):
        width, height = height, width
    textpage = with_lone_print(page, page.get_textpage())
    count = raw.FPDFText_CountChars(textpage)
    keep_within("objects", count)
    shown = [i for i in range(count) if not raw.FPDFText_IsGenerated(textpage, i)]
    turns = _turns(raw, textpage, shown)
    upright = [i for i in shown if not _is_oblique(raw, textpage, i)]
    clips = {} if turns else clips_of(page)
    named, nameless = _by_name(_full_height(_glyphs(raw, textpage, upright, turns, (width, height), clips)))
    glyphs = under_watermarks(named)
    drawn = drawn_on(page, textpage)
    pictures = [*drawn.pictures, *(note[:4] for note in over if not note.written)]
    fields = [(note, _picture(note[:4], turns, (width, height))) for note in over if note.written]
    unread = _unread_of(fields, glyphs)
    return Sheet(
        width=height if turns % 2 else width,
        height=width if turns % 2 else height,
        glyphs=tuple(once(glyphs)),
        rules=tuple(_rule(whole, seen, turns, (width, height)) for whole, seen in drawn.rules),
        pictures=tuple(_picture(box, turns, (width, height)) for box in pictures),
        lost=(*(_unknown(x, y, turns, (width, height)) for x, y in drawn.lost), *unread, *nameless),
        unmapped=len(nameless),
        hidden=_hidden(raw, textpage, shown),
    )


def _turns(raw: Any, textpage: Any, shown: Sequence[int]) -> int:
    """How many quarter turns clockwise set most of the text upright."""
    angles = (raw.FPDFText_GetCharAngle(textpage, i) for i in shown)
    counted = Counter(-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)  # clockwise
    return counted.most_common(1)[0][0] if counted else 0


def _turned(x: float, y: float, turns: int, size: tuple[float, float]) -> tuple[float, float]:
    """A point of the PDF's axes, upright and measured from the upper left."""
    width, height = size
    return ((x, height - y), (y, x), (width - x, y), (height - y, width - x))[turns]


def _glyphs(
    raw: Any,
    textpage: Any,
    shown: Sequence[int],
    turns: int,
    size: tuple[float, float],
    clips: Mapping[int, Extent],
) -> Iterator[tuple[Glyph, float]]:
    """The glyphs by their boxes, each with the size of its font.

    Of what a path clips above or below no words are taken; a figure there is not known. Beside a figure that
    it clips on a side, others may be left out.
    """
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    pair = ""
    for index in shown:
        character = chr(raw.FPDFText_GetUnicode(textpage, index))
        if "\ud800" <= character <= "\udbff":
            pair = character
            continue
        if pair:
            character = (pair + character).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            pair = ""
        elif "\udc00" <= character <= "\udfff":
            character = "\ufffd"
        if raw.FPDFText_HasUnicodeMapError(textpage, index) == 1:
            character = _NAMELESS  # what is given for it is its number in the font
        if not raw.FPDFText_GetLooseCharBox(textpage, index, box):
            continue
        clip = clips.get(address_of(raw.FPDFText_GetTextObject(textpage, index))) if clips else None
        if clip is not None and not clip[1] <= (box.bottom + box.top) / 2 <= clip[3]:
            if not character.isdecimal():
                continue
            character = _NAMELESS
        cut = clip is not None and character.isdecimal() and _is_cut(box, clip, size[0])
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        left, top = _turned(box.left, box.top, turns, size)
        right, bottom = _turned(box.right, box.bottom, turns, size)
        base = _turned(x.value, y.value, turns, size)[1]
        left, right, height = min(left, right), max(left, right), abs(bottom - top)
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        points = raw.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
        yield Glyph(" " if character.isspace() else character, left, right, base, height), points
        if cut:
            yield Glyph(_NAMELESS, right, right, base, height), points


def _is_cut(box: Any, clip: Extent, width: float) -> bool:
    """Whether a path clips a character on a side, within the sheet: programs leave out the print beyond."""
    left, right = clip[0] > THIN and box.left <= clip[0], clip[2] < width - THIN and box.right >= clip[2]
    return left or right


def _full_height(sized: Iterable[tuple[Glyph, float]]) -> list[Glyph]:
    """The glyphs, those that are lower than their font made as high: a font may box its ink alone.

    Not where most are: there the font's size is counted in other units.
    """
    sized = list(sized)
    usual = median([glyph.height / points for glyph, points in sized if points > 0] or [0.0])
    if not _FLAT < usual < 1 / _FLAT:
        return [glyph for glyph, _ in sized]
    return [glyph._replace(height=max(glyph.height, points * _FLAT)) for glyph, points in sized]


def _by_name(glyphs: Iterable[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs whose font says what they are, and those of which it does not: a mark stands for each."""
    named: list[Glyph] = []
    nameless: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text in _UNMAPPED:
            nameless.append(glyph._replace(text=PICTURE))
        else:
            named.append(glyph)
    return named, nameless


def _is_oblique(raw: Any, textpage: Any, index: int) -> bool:
    """Whether a character's baseline runs askew, as that of a watermark does."""
    if _askew(raw.FPDFText_GetCharAngle(textpage, index)) < _OBLIQUE:
        return False
    matrix = raw.FS_MATRIX()  # slanted print has a level baseline
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    return _askew(math.atan2(matrix.b, matrix.a)) >= _OBLIQUE


def _askew(angle: float) -> float:
    """How far an angle is from the next quarter turn."""
    return abs(angle - round(angle / (math.pi / 2)) * math.pi / 2)


def _hidden(raw: Any, textpage: Any, shown: Sequence[int]) -> int:
    """How many glyphs are not drawn."""
    invisible = raw.FPDF_TEXTRENDERMODE_INVISIBLE
    modes = (raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(textpage, i)) for i in shown)
    return sum(mode == invisible for mode in modes)


def _unknown(x: float, y: float, turns: int, size: tuple[float, float]) -> Glyph:
    left, base = _turned(x, y, turns, size)
    return Glyph(PICTURE, left, left + _UNKNOWN, base, _UNKNOWN)


def _unread_of(fields: Sequence[tuple[Annotation, Picture]], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """A mark for each form field or note that shows no text, or other text than it holds."""
    by_place = sorted(enumerate(glyphs), key=_centre) if fields else []
    unread = []
    for note, box in fields:
        first, behind = (
            bisect_left(by_place, box.left, key=_centre),
            bisect_right(by_place, box.right, key=_centre),
        )
        inside = sorted(
            (index, glyph)
            for index, glyph in by_place[first:behind]
            if box.top <= glyph.base - glyph.height * ABOVE_BASE <= box.bottom
        )
        shown = "".join(glyph.text for _, glyph in inside).replace(" ", "")
        if not shown or (note.value is not None and shown != "".join(note.value.split())):
            unread.append(_unread(box))
    return unread


def _centre(numbered: tuple[int, Glyph]) -> float:
    return (numbered[1].left + numbered[1].right) / 2


def _unread(box: Picture) -> Glyph:
    centre, middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    base = middle + _UNKNOWN * ABOVE_BASE
    return Glyph(PICTURE, centre - _UNKNOWN / 2, centre + _UNKNOWN / 2, base, _UNKNOWN)


def _rule(whole: Extent, seen: Extent, turns: int, size: tuple[float, float]) -> Rule:
    rule, drawn = _line(whole, turns, size), _line(seen, turns, size)
    cut = (drawn.start > rule.start + THIN, drawn.end < rule.end - THIN)
    return rule._replace(start=max(rule.start, drawn.start), end=min(rule.end, drawn.end), cut=cut)


def _line(box: Extent, turns: int, size: tuple[float, float]) -> Rule:
    ax, ay = _turned(box[0], box[1], turns, size)
    bx, by = _turned(box[2], box[3], turns, size)
    if abs(ax - bx) >= abs(ay - by):
        return Rule(True, (ay + by) / 2, min(ax, bx), max(ax, bx))
    return Rule(False, (ax + bx) / 2, min(ay, by), max(ay, by))


def _picture(box: Extent, turns: int, size: tuple[float, float]) -> Picture:
    ax, ay = _turned(box[0], box[1], turns, size)
    bx, by = _turned(box[2], box[3], turns, size)
    return Picture(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
