"""Open what text recognition writes as markup or TSV: hOCR, ALTO, PAGE, Tesseract's table of words.

Flow:  content -> **boxes of each sheet** -> markup -> page

A word's box is as wide as the word and as high as its line, so that a dash is no lower than a digit.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.inference.printable import encodable
from gouji.inference.readers.charset import decode_html
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.json_cells import Box
from gouji.inference.readers.ocr_kind import TSV
from gouji.inference.readers.recognized import markup_of_boxes

_PAGE, _WORD, _LINE = "1", "5", "4"  # levels of Tesseract's table
_NUMBER = r"-?\d+(?:\.\d+)?"
# hOCR: an element of a class, its box, and what it prints.
_HOCR_KINDS = "ocr_page|ocr_line|ocrx_line|ocr_header|ocr_caption|ocr_textfloat|ocrx_word"
_HOCR = re.compile(
    rf"<\w+\b(?=[^>]*class=['\"](?P<kind>{_HOCR_KINDS})['\"])[^>]*\bbbox (?P<left>{_NUMBER})"
    rf" (?P<top>{_NUMBER}) (?P<right>{_NUMBER}) (?P<bottom>{_NUMBER})[^>]*>"
    r"(?P<text>[^<]*(?:<(?:strong|em|b|i)>[^<]*</\w+>)?)"
)
_ALTO = re.compile(r"<(?:\w+:)?(?P<kind>Page|TextLine|String)\b(?P<told>[^>]*)>")
_TOLD = re.compile(r"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_OF_PAGE = re.compile(r"<(?:\w+:)?(?P<kind>Page)\b|<(?:\w+:)?TextLine\b.*?</(?:\w+:)?TextLine>", re.DOTALL)
_POINTS = re.compile(r"<(?:\w+:)?Coords\b[^>]*points=[\"']([^\"']+)[\"']")
_UNICODE = re.compile(r"<(?:\w+:)?Unicode>([^<]*)</")
_TAG = re.compile(r"<[^>]*>")


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The page of a recognizer's file.

    Raises:
        ReadingError: It cannot be decoded.
    """
    text = decode_html(content, options.encoding)
    if text.startswith(TSV.decode()):
        sheets = _of_tsv(text)
    elif re.search(r"<(?:\w+:)?alto\b", text):
        sheets = _of_alto(text)
    elif re.search(r"<(?:\w+:)?PcGts\b", text):
        sheets = _of_page(text)
    else:
        sheets = _of_hocr(text)
    markup = markup_of_boxes(sheets)
    if not markup:
        yield Unread(content.name, "is a recognizer's file without words; expected a report's page")
        return
    yield replace(content, data=encodable(markup).encode(), path=None, charset="utf-8", decoded=True)


def _of_tsv(text: str) -> list[list[Box]]:
    sheets: list[list[Box]] = []
    line = (0.0, 0.0)  # its top and its bottom
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        try:
            left, top = float(row["left"]), float(row["top"])
            right, bottom = left + float(row["width"]), top + float(row["height"])
        except (TypeError, ValueError, KeyError):
            continue
        if row["level"] == _PAGE or not sheets:
            sheets.append([])
        if row["level"] == _LINE:
            line = (top, bottom)
        words = (row.get("text") or "").strip()
        if row["level"] == _WORD and words:
            sheets[-1].append(Box(left, *_heights(line, top, bottom, right, words)))
    return sheets


def _heights(
    line: tuple[float, float], top: float, bottom: float, right: float, text: str
) -> tuple[float, float, float, str]:
    """The rest of a word's box: as high as its line, where it lies in that."""
    inside = line[0] <= (top + bottom) / 2 <= line[1]
    return (line[0] if inside else top, right, line[1] if inside else bottom, text)


def _of_hocr(text: str) -> list[list[Box]]:
    sheets: list[list[Box]] = [[]]
    line = (0.0, 0.0)
    has_words = "ocrx_word" in text
    for found in _HOCR.finditer(text):
        left, top, right, bottom = (float(found[side]) for side in ("left", "top", "right", "bottom"))
        words = " ".join(html.unescape(_TAG.sub("", found["text"])).split())
        if found["kind"] == "ocr_page":
            sheets.append([])
        elif found["kind"] == "ocrx_word":
            if words:
                sheets[-1].append(Box(left, *_heights(line, top, bottom, right, words)))
        else:
            line = (top, bottom)
            if not has_words and words:
                sheets[-1].append(Box(left, top, right, bottom, words))
    return sheets


def _of_alto(text: str) -> list[list[Box]]:
    sheets: list[list[Box]] = [[]]
    line = (0.0, 0.0)
    for found in _ALTO.finditer(text):
        told = dict(_TOLD.findall(found["told"]))
        if found["kind"] == "Page":
            sheets.append([])
            continue
        try:
            left, top = float(told["HPOS"]), float(told["VPOS"])
            right, bottom = left + float(told["WIDTH"]), top + float(told["HEIGHT"])
        except (KeyError, ValueError):
            continue
        if found["kind"] == "TextLine":
            line = (top, bottom)
        elif words := html.unescape(told.get("CONTENT", "")).strip():
            sheets[-1].append(Box(left, *_heights(line, top, bottom, right, words)))
    return sheets


def _of_page(text: str) -> list[list[Box]]:
    sheets: list[list[Box]] = [[]]
    for found in _OF_PAGE.finditer(text):
        if found["kind"]:
            sheets.append([])
            continue
        place, words = _POINTS.search(found[0]), _UNICODE.findall(found[0])
        if place is None or not words:
            continue
        sheets[-1].append(_of_points(place[1].split(), html.unescape(words[-1]).strip()))
    return sheets


def _of_points(points: Sequence[str], text: str) -> Box:
    across, down = zip(*(map(float, point.split(",")) for point in points), strict=True)
    return Box(min(across), min(down), max(across), max(down), text)
