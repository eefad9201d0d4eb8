"""What the tools that write documents as JSON have in common: parts in lists, texts, what a sheet repeats.

Flow:  value -> **parts** -> tool -> markup
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouji.inference.readers.html_scripts import as_markup
from gouji.inference.readers.json_values import Figure
from gouji.inference.readers.markup import paragraphs

Told = Mapping[str, Any]

# What stands on every sheet and is none of the document's text.
OF_THE_SHEET = frozenset((
    "header", "footer", "page_number", "number", "page_header", "page_footer", "pageHeader", "pageFooter",
    "pageNumber", "header_image", "footer_image", "aside_text", "discarded",
))  # fmt: skip


def objects_in(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts_in(value: Any) -> list[str]:
    """A text, or several in a list."""
    held = value if isinstance(value, list) else [value]
    return [text for text in held if isinstance(text, str) and not isinstance(text, Figure) and text.strip()]


def printed(text: str) -> str:
    """Text as it is shown: markup as such."""
    return as_markup(text) or paragraphs(text)
