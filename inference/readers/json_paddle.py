"""Read PaddleOCR's results: regions in reading order, or else tables, or else lines by their places.

Flow:  value -> **regions, tables, lines** -> markup
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gouji.inference.readers.json_cells import Box, box_of, lines_of
from gouji.inference.readers.json_told import OF_THE_SHEET, Told, objects_in, printed, texts_in
from gouji.inference.readers.markup import paragraphs
from gouji.inference.readers.recognized import markup_of_boxes

_PLACES = ("text_region", "bbox", "box", "position", "poly", "dt_polys", "points")


def paddle(value: Any) -> Iterator[str] | None:
    """PaddleOCR: a page's regions in reading order, or else its tables, or else its lines."""
    pages = [
        each.get("res", each) if isinstance(each, dict) and "type" not in each else each
        for each in (value if isinstance(value, list) else [value])
    ]
    if pages and all(
        isinstance(page, dict)
        and ({"parsing_res_list", "table_res_list", "rec_texts", "overall_ocr_res"} & page.keys())
        for page in pages
    ):
        return (markup for page in pages for markup in _paddle_page(page))
    if pages and all(isinstance(page, dict) and "type" in page and "res" in page for page in pages):
        return (markup for region in pages for markup in _paddle_region(region))
    lines = [each for page in pages for each in (page if isinstance(page, list) else [page])]
    boxes = [_box(line) for line in lines]
    if len(boxes) > 1 and None not in boxes:
        return iter([markup_of_boxes([[box for box in boxes if box is not None]])])
    return None


def _paddle_page(page: Told) -> Iterator[str]:
    regions = objects_in(page.get("parsing_res_list"))
    if regions:
        for region in regions:
            if region.get("block_label") not in OF_THE_SHEET:
                yield from map(printed, texts_in(region.get("block_content")))
        return
    held = page.get("overall_ocr_res")
    own = held if isinstance(held, dict) else page
    tables = [
        markup
        for found in objects_in(page.get("table_res_list"))
        for markup in texts_in(found.get("pred_html"))
    ]
    if tables:
        yield from map(
            paragraphs, texts_in(own.get("rec_texts"))[:1]
        )  # the title; what else it reads is in the tables
        yield from tables
        return
    places = own.get("rec_boxes") or own.get("rec_polys") or own.get("dt_polys") or []
    boxes = [box_of(*pair) for pair in zip(places, own.get("rec_texts") or [], strict=False)]
    yield paragraphs(
        "\n".join(
            lines_of([box for box in boxes if box is not None]) if boxes else texts_in(own.get("rec_texts"))
        )
    )


def _paddle_region(region: Told) -> Iterator[str]:
    held = region["res"]
    if region["type"] in OF_THE_SHEET:
        return
    if isinstance(held, dict):
        yield from texts_in(held.get("html"))
    else:
        boxes = [box for line in objects_in(held) if (box := _box(line)) is not None]
        yield paragraphs("\n".join(lines_of(boxes)))


def _box(line: Any) -> Box | None:
    """A recognized line: an object with its text and place, or a place and a text with its confidence."""
    if isinstance(line, dict):
        place = next((line[key] for key in _PLACES if key in line), None)
        return box_of(place, line.get("text", line.get("transcription")))
    if isinstance(line, list) and len(line) in (2, 3) and isinstance(line[0], list):
        text = line[1][0] if isinstance(line[1], list) and line[1] else line[1]
        return box_of(line[0], text)
    return None
