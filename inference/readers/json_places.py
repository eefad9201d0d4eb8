"""Find in a value the pieces of print that a recognizer lists with their places, whatever it calls them.

Flow:  value -> **boxes of each sheet** -> sheets -> markup

EasyOCR, RapidOCR, the services of Baidu, Tencent, Google, Azure: a list of objects, or of lists, each with a
text and a place. A place is a rectangle or corners, as numbers or under names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gouji.inference.readers.json_cells import Box
from gouji.inference.readers.json_values import Figure
from gouji.inference.readers.recognized import markup_of_boxes

_TEXTS = (
    "text", "words", "word", "txt", "transcription", "DetectedText", "description", "content", "rec_text",
    "rec_txt", "label_text",
)  # fmt: skip
_PLACES = (
    "box", "bbox", "boundingBox", "bounding_box", "boundingPoly", "boundingPolygon", "location", "Polygon",
    "polygon", "position", "pos", "points", "poly", "ItemPolygon", "text_region", "rect", "coords", "quad",
    "vertices",
)  # fmt: skip
_LEFT, _TOP = ("left", "x", "X", "xmin", "l", "x1", "x0"), ("top", "y", "Y", "ymin", "t", "y1", "y0")
_RIGHT, _BOTTOM = ("right", "xmax", "r", "x2"), ("bottom", "ymax", "b", "y2")
_WIDTH, _HEIGHT = ("width", "Width", "w"), ("height", "Height", "h")
_FEWEST = 5  # pieces of print, from which a list is a sheet
_SHARE = 0.8  # of a list's elements that are such

Corners = list[tuple[float, float]]


def places(value: Any) -> Iterator[str] | None:
    """The markup of a recognizer's answer; None where a value is none."""
    sheets = list(_sheets(value))
    return iter([markup_of_boxes(sheets)]) if sheets else None


def _sheets(value: Any) -> Iterator[list[Box]]:
    """The lists of boxes in a value, the outermost of each."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _sheets(inner)
    elif isinstance(value, list):
        told = [_told(each) for each in value]
        found = [each for each in told if each is not None]
        if len(found) >= _FEWEST and len(found) >= _SHARE * len(value):
            yield _boxes(found)
        else:
            for inner in value:
                yield from _sheets(inner)


def _told(value: Any) -> tuple[str, Corners] | None:
    """A piece of print and the corners that are told of it; of a rectangle two numbers may be its size."""
    if isinstance(value, dict):
        text = next((value[key] for key in _TEXTS if isinstance(value.get(key), str)), None)
        place = next((value[key] for key in _PLACES if value.get(key)), value)
    elif isinstance(value, list) and len(value) in (2, 3):
        place, text = value[0], value[1]
        text = text[0] if isinstance(text, list) and text else text
    else:
        return None
    corners = _corners(place)
    if not isinstance(text, str) or isinstance(text, Figure) or corners is None:
        return _of_number(text, corners)
    return " ".join(text.split()), corners


def _of_number(text: Any, corners: Corners | None) -> tuple[str, Corners] | None:
    return (str(text), corners) if isinstance(text, Figure) and corners is not None else None


def _corners(place: Any) -> Corners | None:
    if isinstance(place, dict):
        held = next((place[key] for key in ("vertices", "points") if isinstance(place.get(key), list)), None)
        return _corners(held) if held else _rectangle(place)
    if not isinstance(place, list) or not place:
        return None
    try:
        if all(isinstance(each, dict) for each in place):
            points = [(_first(each, _LEFT), _first(each, _TOP)) for each in place]
            return [(x, y) for x, y in points if x is not None and y is not None] or None
        if all(isinstance(each, list) and len(each) == 2 for each in place):
            return [(float(x), float(y)) for x, y in place]
        numbers = [float(each) for each in place]
    except (TypeError, ValueError):
        return None
    return list(zip(numbers[::2], numbers[1::2], strict=True)) if len(numbers) in (4, 8) else None


def _rectangle(place: Mapping[str, Any]) -> Corners | None:
    left, top = _first(place, _LEFT), _first(place, _TOP)
    right, bottom = _first(place, _RIGHT), _first(place, _BOTTOM)
    width, height = _first(place, _WIDTH), _first(place, _HEIGHT)
    if left is None or top is None:
        return None
    right = left + width if right is None and width is not None else right
    bottom = top + height if bottom is None and height is not None else bottom
    return (
        None
        if right is None or bottom is None
        else [(left, top), (right, top), (right, bottom), (left, bottom)]
    )


def _first(place: Mapping[str, Any], keys: Sequence[str]) -> float | None:
    value = next((place[key] for key in keys if key in place), None)
    try:
        return None if value is None or isinstance(value, dict | list) else float(value)
    except ValueError:
        return None


def _boxes(told: Sequence[tuple[str, Corners]]) -> list[Box]:
    """The boxes of a sheet; of two corners the second is a size, where that of one lies before its first."""
    sized = any(len(c) == 2 and (c[1][0] <= c[0][0] or c[1][1] <= c[0][1]) for _, c in told)
    found = []
    for text, corners in told:
        if sized and len(corners) == 2:
            (x, y), (width, height) = corners
            corners = [(x, y), (x + width, y + height)]
        across, down = zip(*corners, strict=True)
        found.append(Box(min(across), min(down), max(across), max(down), text))
    return found
