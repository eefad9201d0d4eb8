"""Read what converters and recognizers write of a document: its text and its tables in reading order.

Flow:  value -> **tool** -> markup -> page

MinerU's `content_list.json` and `middle.json`, PaddleOCR's results (PP-Structure, PP-StructureV3, lines with
boxes), Docling's document, Azure's Document Intelligence, Textract's blocks. Each is known by its keys. What
a sheet repeats on every page, its head, foot and number, is left out; tables that a page break cuts stay as
many tables of one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from gouji.inference.readers.html_scripts import as_markup
from gouji.inference.readers.json_cells import Box, Cell, box_of, cells_of, lines_of, rows_of
from gouji.inference.readers.json_values import Figure, shown
from gouji.inference.readers.markup import paragraphs, table
from gouji.inference.unread_marks import ABSENT

Told = Mapping[str, Any]

# What stands on every sheet and is none of the document's text.
_OF_THE_SHEET = frozenset((
    "header", "footer", "page_number", "number", "page_header", "page_footer", "pageHeader", "pageFooter",
    "pageNumber", "header_image", "footer_image", "aside_text", "discarded",
))  # fmt: skip
_OF_MINERU = ("text", "table_caption", "table_body", "table_footnote", "list_items", "code_body")
_SHEET_NUMBERS = (
    "page",
    "page_number",
    "page_no",
    "page_idx",
    "page_index",
    "pageNumber",
    "pageIndex",
    "页码",
)
_SHEET_TEXTS = ("markdown", "md", "html", "text", "content", "page_content")
_PLACES = ("text_region", "bbox", "box", "position", "poly", "dt_polys", "points")


def tool_markup(value: Any, *, cut_off: bool = False) -> str | None:
    """The markup of a document that a tool has written; None where the value is no such one.

    Args:
        value: As JSON says it.
        cut_off: Whether its end is gone: then what is told in several places is not whole in any.
    """
    for tool in _TOOLS[:_IN_ONE_PLACE] if cut_off else _TOOLS:
        found = tool(value)
        if found is not None:
            return "".join(found)
    return None


def is_piece(value: Any) -> bool:
    """Whether a value is one part of a document, as PaddleOCR writes them a line."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("type"), str)
        and ("res" in value or "page_idx" in value)
    )


def _mineru_list(value: Any) -> Iterator[str] | None:
    """`content_list.json`: blocks by their type."""
    blocks = (
        [block for page in value for block in (page if isinstance(page, list) else [page])]
        if isinstance(value, list)
        else []
    )
    known = [
        isinstance(block, dict)
        and isinstance(block.get("type"), str)
        and not {"page_idx", "img_path", "table_body", "text_level", "list_items"}.isdisjoint(block)
        for block in blocks
    ]
    if not blocks or sum(known) * 2 <= len(blocks) or not all(isinstance(block, dict) for block in blocks):
        return None
    return (
        _printed(text)
        for block in blocks
        if block.get("type") not in _OF_THE_SHEET
        for key in _OF_MINERU
        for text in _texts(block.get(key))
    )


def _sheets(value: Any) -> Iterator[str] | None:
    """Sheets by their numbers, each with its text: of one document."""
    sheets = value
    if isinstance(value, dict):
        sheets = next(
            (value[key] for key in ("pages", "documents") if isinstance(value.get(key), list)), None
        )
    if not isinstance(sheets, list) or len(sheets) < 2 or not all(isinstance(each, dict) for each in sheets):
        return None
    numbers = [shown(next((each[key] for key in _SHEET_NUMBERS if key in each), None)) for each in sheets]
    texts = [
        next((each[key] for key in _SHEET_TEXTS if isinstance(each.get(key), str)), "") for each in sheets
    ]
    if not all(map(str.isdecimal, numbers)) or not any(texts):
        return None
    if any(int(after) != int(number) + 1 for number, after in pairwise(numbers)):
        return None
    return map(_printed, texts)


def _mineru_middle(value: Any) -> Iterator[str] | None:
    """`middle.json`: pages of blocks of lines of spans."""
    pages = value.get("pdf_info") if isinstance(value, dict) else None
    if not isinstance(pages, list):
        return None
    return (
        markup
        for page in _objects(pages)
        for block in _objects(page.get("para_blocks"))
        for markup in _of_block(block)
    )


def _of_block(block: Told) -> Iterator[str]:
    for inner in _objects(block.get("blocks")):
        yield from _of_block(inner)
    for line in _objects(block.get("lines")):
        spans = _objects(line.get("spans"))
        yield from (span["html"] for span in spans if isinstance(span.get("html"), str))
        if text := "".join(shown(span.get("content")) for span in spans if "html" not in span):
            yield _printed(text)


def _paddle(value: Any) -> Iterator[str] | None:
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
        return iter([paragraphs("\n".join(lines_of([box for box in boxes if box is not None])))])
    return None


def _paddle_page(page: Told) -> Iterator[str]:
    regions = _objects(page.get("parsing_res_list"))
    if regions:
        for region in regions:
            if region.get("block_label") not in _OF_THE_SHEET:
                yield from map(_printed, _texts(region.get("block_content")))
        return
    held = page.get("overall_ocr_res")
    own = held if isinstance(held, dict) else page
    tables = [
        markup for found in _objects(page.get("table_res_list")) for markup in _texts(found.get("pred_html"))
    ]
    if tables:
        yield from map(
            paragraphs, _texts(own.get("rec_texts"))[:1]
        )  # the title; what else it reads is in the tables
        yield from tables
        return
    places = own.get("rec_boxes") or own.get("rec_polys") or own.get("dt_polys") or []
    boxes = [box_of(*pair) for pair in zip(places, own.get("rec_texts") or [], strict=False)]
    yield paragraphs(
        "\n".join(
            lines_of([box for box in boxes if box is not None]) if boxes else _texts(own.get("rec_texts"))
        )
    )


def _paddle_region(region: Told) -> Iterator[str]:
    held = region["res"]
    if region["type"] in _OF_THE_SHEET:
        return
    if isinstance(held, dict):
        yield from _texts(held.get("html"))
    else:
        boxes = [box for line in _objects(held) if (box := _box(line)) is not None]
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


def _docling(value: Any) -> Iterator[str] | None:
    """Docling's document: what its body refers to, in that order."""
    if not isinstance(value, dict) or not isinstance(value.get("body"), dict) or "texts" not in value:
        return None
    return _docling_items(value, value["body"], set())


def _docling_items(document: Told, parent: Told, seen: set[str]) -> Iterator[str]:
    for child in _objects(parent.get("children")):
        reference = child.get("$ref", child.get("cref"))
        if not isinstance(reference, str) or reference in seen:
            continue
        seen.add(reference)
        item = _referred(document, reference)
        if item.get("label") in _OF_THE_SHEET or item.get("content_layer") == "furniture":
            continue
        data = item.get("data")
        if isinstance(data, dict):
            for caption in _objects(item.get("captions")):
                seen.add(shown(caption.get("$ref")))
                yield paragraphs(shown(_referred(document, shown(caption.get("$ref"))).get("text")))
            yield from _docling_table(data)
        elif isinstance(item.get("text"), str):
            marker = shown(item.get("marker")) if item.get("enumerated") else ""
            yield _printed(f"{marker}{item['text']}")
        if not isinstance(data, dict):
            yield from _docling_items(document, item, seen)


def _docling_table(data: Told) -> Iterator[str]:
    grid = data.get("grid")
    told = data.get("table_cells") or [cell for row in grid or [] for cell in row]
    cells = cells_of(told)
    if cells:
        whole = "num_cols" in data  # which stands behind the cells; a file that is cut off lacks it
        yield table(rows_of(list(dict.fromkeys(cells)), lists_all=whole))


def _referred(document: Told, reference: str) -> Told:
    """What `#/texts/3` refers to."""
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return {}
    return found if isinstance(found, dict) else {}


def _azure(value: Any) -> Iterator[str] | None:
    """Azure's answer: its tables by their cells, and the paragraphs outside of them, by their places."""
    told = value.get("analyzeResult", value.get("analyze_result", value)) if isinstance(value, dict) else None
    if not isinstance(told, dict):
        return None
    tables = [
        each for page in (told, *_objects(told.get("pageResults"))) for each in _objects(page.get("tables"))
    ]
    cells = [cells_of(each.get("cells") or []) for each in tables]
    if not tables or None in cells:
        return None
    places = [_stretches(each) for each in tables]
    found = [
        (own[0][0] if own else len(places), table(rows_of(held or [])))
        for own, held in zip(places, cells, strict=True)
    ]
    inside = sorted(place for own in places for place in own)
    for paragraph in _objects(told.get("paragraphs")):
        (start, _), *_others = _stretches(paragraph) or [(0, 0)]
        within = any(begin <= start < end for begin, end in inside)
        if not within and paragraph.get("role") not in _OF_THE_SHEET:
            found.append((start, paragraphs(shown(paragraph.get("content")))))
    lines = [line for page in _objects(told.get("readResults")) for line in _objects(page.get("lines"))]
    found += [
        (-1, paragraphs(shown(line.get("text")))) for line in lines[:3]
    ]  # of the older answer: its title
    return (markup for _, markup in sorted(found, key=lambda each: each[0]))


def _stretches(told: Told) -> list[tuple[int, int]]:
    """Where the text of a thing stands in the whole."""
    spans = [(shown(span.get("offset")), shown(span.get("length"))) for span in _objects(told.get("spans"))]
    return [
        (int(start), int(start) + int(length))
        for start, length in spans
        if start.isdecimal() and length.isdecimal()
    ]


def _textract(value: Any) -> Iterator[str] | None:
    """Textract's blocks: its tables by their cells, and the lines outside of them."""
    blocks = value.get("Blocks") if isinstance(value, dict) else None
    if not isinstance(blocks, list) or not all(
        isinstance(block, dict) and "BlockType" in block for block in blocks
    ):
        return None
    by_id = {shown(block.get("Id")): block for block in blocks}
    tables = [block for block in blocks if block["BlockType"] == "TABLE"]
    words = {word for held in tables for cell in _related(held, by_id) for word in _ids(cell, "CHILD")}
    return _textract_parts(blocks, by_id, words)


def _textract_parts(blocks: Sequence[Told], by_id: Mapping[str, Told], in_tables: set[str]) -> Iterator[str]:
    for block in blocks:
        if block["BlockType"] == "TABLE":
            cells = list(_textract_cells(block, by_id))
            if cells:
                yield table(rows_of(cells))
        elif block["BlockType"] == "LINE" and in_tables.isdisjoint(_ids(block, "CHILD")):
            yield paragraphs(shown(block.get("Text")))


def _textract_cells(block: Told, by_id: Mapping[str, Told]) -> Iterator[Cell]:
    """A table's cells, those that are merged as one."""
    merged = [by_id[own] for own in _ids(block, "MERGED_CELL") if own in by_id]
    inside = {own for cell in merged for own in _ids(cell, "CHILD")}
    single = [by_id[own] for own in _ids(block, "CHILD") if own in by_id and own not in inside]
    for cell in (*merged, *single):
        parts = [by_id[own] for own in _ids(cell, "CHILD") if own in by_id] if cell in merged else [cell]
        words = [word for part in parts for word in _related(part, by_id)]
        known = all(own in by_id for part in parts for own in _ids(part, "CHILD"))
        text = "".join(shown(word.get("Text")) for word in words) if known else ABSENT
        yield from cells_of([{**cell, "text": text}]) or []


def _related(block: Told, by_id: Mapping[str, Told]) -> list[Told]:
    return [by_id[own] for own in _ids(block, "CHILD") if own in by_id]


def _ids(block: Told, kind: str) -> list[str]:
    related = [each for each in _objects(block.get("Relationships")) if each.get("Type") == kind]
    return [shown(own) for each in related for own in each.get("Ids") or []]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    """A text, or several in a list."""
    held = value if isinstance(value, list) else [value]
    return [text for text in held if isinstance(text, str) and not isinstance(text, Figure) and text.strip()]


def _printed(text: str) -> str:
    """Text as it is shown: markup as such."""
    return as_markup(text) or paragraphs(text)


_IN_ONE_PLACE = 4  # of the tools: the others refer from one part of a file to another
_TOOLS: tuple[Callable[[Any], Iterator[str] | None], ...] = (
    _mineru_list, _mineru_middle, _paddle, _sheets, _docling, _azure, _textract,
)  # fmt: skip
