"""Read MinerU's `content_list.json` and `middle.json`, and sheets that are told by their numbers.

Flow:  value -> **blocks in reading order** -> markup
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from gouji.inference.readers.json_told import OF_THE_SHEET, Told, objects_in, printed, texts_in
from gouji.inference.readers.json_values import shown

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


def mineru_list(value: Any) -> Iterator[str] | None:
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
        printed(text)
        for block in blocks
        if block.get("type") not in OF_THE_SHEET
        for key in _OF_MINERU
        for text in texts_in(block.get(key))
    )


def sheets(value: Any) -> Iterator[str] | None:
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
    return map(printed, texts)


def mineru_middle(value: Any) -> Iterator[str] | None:
    """`middle.json`: pages of blocks of lines of spans."""
    pages = value.get("pdf_info") if isinstance(value, dict) else None
    if not isinstance(pages, list):
        return None
    return (
        markup
        for page in objects_in(pages)
        for block in objects_in(page.get("para_blocks"))
        for markup in _of_block(block)
    )


def _of_block(block: Told) -> Iterator[str]:
    for inner in objects_in(block.get("blocks")):
        yield from _of_block(inner)
    for line in objects_in(block.get("lines")):
        spans = objects_in(line.get("spans"))
        yield from (span["html"] for span in spans if isinstance(span.get("html"), str))
        if text := "".join(shown(span.get("content")) for span in spans if "html" not in span):
            yield printed(text)
