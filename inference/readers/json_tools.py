"""Find the tool that wrote a document as JSON: each is known by its keys.

Flow:  value -> **tool** -> markup -> page

What a sheet repeats on every page, its head, foot and number, is left out; tables that a page break cuts stay
as many tables of one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gouji.inference.readers.json_documents import azure, docling, textract
from gouji.inference.readers.json_mineru import mineru_list, mineru_middle, sheets
from gouji.inference.readers.json_paddle import paddle
from gouji.inference.readers.json_places import places

Tool = Callable[[Any], Iterator[str] | None]

_IN_ONE_PLACE: tuple[Tool, ...] = (mineru_list, mineru_middle, paddle, places, sheets)
_WITH_REFERENCES: tuple[Tool, ...] = (docling, azure, textract)  # from one part of a file to another


def tool_markup(value: Any, *, cut_off: bool = False) -> str | None:
    """The markup of a document that a tool has written; None where the value is no such one.

    Args:
        value: As JSON says it.
        cut_off: Whether its end is gone: then what is told in several places is not whole in any.
    """
    for tool in _IN_ONE_PLACE if cut_off else (*_IN_ONE_PLACE, *_WITH_REFERENCES):
        found = tool(value)
        if found is not None:
            return "".join(found)
    return None


def is_piece(value: Any) -> bool:
    """Whether a value is one part of a document, as PaddleOCR writes them a line."""
    is_typed = isinstance(value, dict) and isinstance(value.get("type"), str)
    return is_typed and ("res" in value or "page_idx" in value)
