"""What one page of an OFD draws: glyphs, rules and pictures, upright, in points from the upper left.

Flow:  drawing objects -> **sheet** -> grids, lines -> page

An object has a box on the page (`Boundary`) and may have a matrix (`CTM`) by which it is turned and
stretched in it. A text object gives the place of its first character and the steps to the others; how wide
a character is, only its font knows, so it is taken to reach as far as the next, or as its kind is wide.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from gouji.inference.readers.packages import NoNumber, child, children, is_on, tag_of
from gouji.inference.readers.pdf_drawings import IDENTITY, THIN, Matrix, composed
from gouji.inference.readers.pdf_glyphs import Glyph
from gouji.inference.readers.pdf_sheet import Picture, Rule, Sheet
from gouji.inference.unread_marks import PICTURE

_POINTS = 72 / 25.4  # a millimetre
_SIZE = 3.7  # millimetres of print that names no size
_NARROW = 0.5  # of its size: a digit's or a letter's width; other characters are as wide as high
_CLOSE = 1.3  # times its own width, up to which a step is a character's width
_OBLIQUE = math.radians(5)  # from which a baseline runs askew, as a watermark's does
_FARTHEST = 1e5  # points from a sheet's corner, beyond which no print stands
_LEVELS = 8  # of drawings within drawings
_CORNERS = 24  # of a filled drawing that is more than a frame or a few rules in one path
_OPERANDS: Mapping[str, int] = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Point = tuple[float, float]


class Box(NamedTuple):
    """A box on a page, in millimetres."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Character:
    """A printed character: where it begins and ends on its baseline, and its size."""

    text: str
    begin: Point
    end: Point
    size: float


@dataclass(slots=True)
class Drawing:
    """What a page draws, gathered object by object, in millimetres."""

    units: Mapping[str, Element]  # drawings that others are composed of, by number
    characters: list[_Character] = field(default_factory=list)
    lines: list[tuple[Point, Point]] = field(default_factory=list)
    pictures: list[tuple[Point, Point]] = field(default_factory=list)
    hidden: int = 0  # characters that are not drawn, as text recognition lays them over a scan

    def add(self, element: Element, box: Box | None = None) -> None:
        """Gather what an object draws, and all in it; in a box, where it has one of its own around it."""
        self._add(element, IDENTITY if box is None else _moved(box), 0)

    def _add(self, element: Element, outer: Matrix, level: int) -> None:
        if level > _LEVELS or (element.get("Visible") is not None and not is_on(element.get("Visible"))):
            return
        tag, matrix = tag_of(element), composed(_matrix_of(element), outer)
        if tag == "TextObject":
            self._add_text(element, matrix)
        elif tag == "PathObject":
            self._add_path(element, matrix)
        elif tag in ("ImageObject", "VideoObject"):
            self.pictures.append(
                _extent([_at(matrix, corner) for corner in ((0, 0), (1, 0), (0, 1), (1, 1))])
            )
        elif tag == "CompositeObject":
            for content in children(self.units.get(element.get("ResourceID", "")), "Content"):
                self._add(content, matrix, level + 1)
        elif tag in ("Layer", "PageBlock", "Content", "Appearance"):
            for each in element:
                self._add(each, outer, level + 1)

    def _add_text(self, element: Element, matrix: Matrix) -> None:
        size = _number(element.get("Size"), _SIZE)
        stretch = _number(element.get("HScale"), 1.0)
        drawn = element.get("Fill") != "false" or is_on(element.get("Stroke"))
        colour = child(element, "FillColor")
        clear = element.get("Alpha") == "0" or (colour is not None and colour.get("Alpha") == "0")
        for code in children(element, "TextCode"):
            made = list(_characters(code, size, stretch, matrix))
            self.characters += made
            self.hidden += len(made) if clear or not drawn else 0

    def _add_path(self, element: Element, matrix: Matrix) -> None:
        data = child(element, "AbbreviatedData")
        outlines = list(_outlines("" if data is None else data.text or "", matrix))
        stroked, filled = element.get("Stroke") != "false", is_on(element.get("Fill"))
        corners = [corner for outline in outlines for corner in outline]
        if filled and len(corners) > _CORNERS:
            self.pictures.append(_extent(corners))
        elif filled or stroked:
            self.lines += _rules(outlines, stroked=stroked)


def sheet_of(drawing: Drawing, area: Box) -> Sheet:
    """A page's drawing, upright: which side is up, most of its text says."""
    turns = _turns(drawing.characters)
    width, height = (area.height, area.width) if turns % 2 else (area.width, area.height)

    def place(point: Point) -> Point:
        x, y = point[0] - area.left, point[1] - area.top
        turned = ((x, y), (y, area.width - x), (area.width - x, area.height - y), (area.height - y, x))[turns]
        return (turned[0] * _POINTS, turned[1] * _POINTS)

    upright = [c for c in drawing.characters if _askew(c) < _OBLIQUE]
    glyphs = [_glyph(c, place(c.begin), place(c.end)) for c in upright]
    nameless = [glyph._replace(text=PICTURE) for glyph in glyphs if _is_nameless(glyph.text)]
    pictures = [_extent([place(a), place(b)]) for a, b in drawing.pictures]
    return Sheet(
        width=width * _POINTS,
        height=height * _POINTS,
        glyphs=tuple(glyph for glyph in glyphs if not _is_nameless(glyph.text)),
        rules=tuple(_rule(place(a), place(b)) for a, b in drawing.lines),
        pictures=tuple(Picture(*a, *b) for a, b in pictures),
        lost=tuple(nameless),
        unmapped=len(nameless),
        hidden=drawing.hidden,
    )


def box_of(written: str | None) -> Box | None:
    """The box that an attribute gives: `x y width height`.

    >>> box_of("0 0 210 297")
    Box(left=0.0, top=0.0, width=210.0, height=297.0)
    """
    numbers = _numbers(written)
    return Box(*numbers) if len(numbers) == 4 else None


def _characters(code: Element, size: float, stretch: float, matrix: Matrix) -> Iterator[_Character]:
    """The characters of a text code at their places."""
    text = code.text or ""
    across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
    x, y = _number(code.get("X"), 0.0), _number(code.get("Y"), 0.0)
    scale = math.hypot(matrix[2], matrix[3])
    for index, character in enumerate(text):
        own = size * stretch * (1.0 if unicodedata.east_asian_width(character) in "WFA" else _NARROW)
        step = _step(across, index, 0.0 if down else own)
        width = step if 0 < step <= own * _CLOSE and index + 1 < len(text) else own
        begin, end = _at(matrix, (x, y)), _at(matrix, (x + width, y))
        yield _Character(" " if character.isspace() else character, begin, end, size * scale)
        x, y = x + step, y + _step(down, index, 0.0)


def _step(steps: Sequence[float], index: int, otherwise: float) -> float:
    return steps[index] if index < len(steps) else steps[-1] if steps else otherwise


def _steps(written: str | None) -> list[float]:
    """The steps from character to character; `g` and a count before a step repeat it.

    >>> _steps("3 g 2 1.5 4")
    [3.0, 1.5, 1.5, 4.0]
    """
    words = iter((written or "").split())
    steps: list[float] = []
    for word in words:
        if word == "g":
            times = int(_number(next(words, None), 0.0))
            steps += [_number(next(words, None), 0.0)] * min(times, 10_000)
        else:
            steps.append(_number(word, 0.0))
    return steps


def _glyph(character: _Character, begin: Point, end: Point) -> Glyph:
    if not all(abs(place) < _FARTHEST for place in (*begin, *end)):
        raise NoNumber(f"expected print on a sheet, found some at {begin[0]:g}, {begin[1]:g}")
    left, right = min(begin[0], end[0]), max(begin[0], end[0])
    return Glyph(character.text, left, right, begin[1], character.size * _POINTS)


def _is_nameless(text: str) -> bool:
    """Whether a character is one of a font's own, that no one else can name."""
    return unicodedata.category(text) in ("Co", "Cn", "Cs", "Cc") or text == "\ufffd"


def _direction(character: _Character) -> float:
    return math.atan2(character.end[1] - character.begin[1], character.end[0] - character.begin[0])


def _turns(characters: Sequence[_Character]) -> int:
    """How many quarter turns clockwise most of the text stands askew."""
    counted = Counter(round(_direction(c) / (math.pi / 2)) % 4 for c in characters if c.text != " ")
    return counted.most_common(1)[0][0] if counted else 0


def _askew(character: _Character) -> float:
    angle = _direction(character)
    return abs(angle - round(angle / (math.pi / 2)) * math.pi / 2)


def _outlines(data: str, matrix: Matrix) -> Iterator[list[Point]]:
    """The corners of each outline of a path; one that closes ends where it began."""
    words = iter(data.split())
    outline: list[Point] = []
    for word in words:
        numbers = [_number(next(words, None), 0.0) for _ in range(_OPERANDS.get(word, 0))]
        if word in ("S", "M") and outline:
            yield outline
            outline = []
        if word == "C" and outline:
            outline.append(outline[0])
        elif len(numbers) >= 2:
            outline.append(_at(matrix, (numbers[-2], numbers[-1])))
    if outline:
        yield outline


def _rules(outlines: Sequence[Sequence[Point]], *, stroked: bool) -> Iterator[tuple[Point, Point]]:
    """The lines of outlines that are rules: boxes so thin that they are seen as one, stroked sides."""
    for outline in outlines:
        (left, top), (right, bottom) = _extent(outline)
        if min(right - left, bottom - top) * _POINTS <= THIN:
            yield (left, top), (right, bottom)
        elif stroked:
            for (ax, ay), (bx, by) in pairwise(outline):
                if min(abs(ax - bx), abs(ay - by)) * _POINTS <= THIN / 2:
                    yield (ax, ay), (bx, by)


def _rule(begin: Point, end: Point) -> Rule:
    (ax, ay), (bx, by) = _extent([begin, end])
    if bx - ax >= by - ay:
        return Rule(True, (ay + by) / 2, ax, bx)
    return Rule(False, (ax + bx) / 2, ay, by)


def _extent(points: Sequence[Point]) -> tuple[Point, Point]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _matrix_of(element: Element) -> Matrix:
    """From an object's own axes to those around it."""
    box = box_of(element.get("Boundary"))
    numbers = _numbers(element.get("CTM"))
    own: Matrix = tuple(numbers) if len(numbers) == 6 else IDENTITY  # type: ignore[assignment]
    if tag_of(element) == "ImageObject" and box is not None and own == IDENTITY:
        own = (box.width, 0.0, 0.0, box.height, 0.0, 0.0)
    return own if box is None else composed(own, _moved(box))


def _moved(box: Box) -> Matrix:
    return (1.0, 0.0, 0.0, 1.0, box.left, box.top)


def _at(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    return (a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f)


def _numbers(written: str | None) -> list[float]:
    """The numbers of an attribute.

    Raises:
        NoNumber: It says something else: where print stands is not known.
    """
    try:
        numbers = [float(word) for word in (written or "").split()]
    except ValueError as error:
        raise NoNumber(f"expected numbers, found {written!r}") from error
    if not all(map(math.isfinite, numbers)):
        raise NoNumber(f"expected numbers, found {written!r}")
    return numbers


def _number(written: str | None, otherwise: float) -> float:
    numbers = _numbers(written)
    return numbers[0] if len(numbers) == 1 else otherwise
