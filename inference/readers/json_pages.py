"""Find the pages that a value of JSON holds: a named string, a tool's document, articles, or tables by keys.

Flow:  values -> **pages** -> kind -> reader

The first of these that the value is decides. A string is handed on as it is, to be looked at anew; the rest
becomes markup, in which cells are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gouji.inference.printable import encodable
from gouji.inference.readers.content import Content, Unread
from gouji.inference.readers.json_notebook import notebook_text
from gouji.inference.readers.json_reports import reports_in
from gouji.inference.readers.json_search import Found, articles_in, at_path, opened, tables_named, text_of
from gouji.inference.readers.json_tables import tables_of
from gouji.inference.readers.json_text import CUT_OFF, Sentences
from gouji.inference.readers.json_tools import tool_markup
from gouji.inference.readers.json_values import Figure
from gouji.inference.readers.markup import paragraphs

_SAYS = ("msg", "message", "error", "errmsg", "errorMessage", "detail")  # why an answer holds nothing
_KEYS = 10  # that an error lists


def pages_of_values(
    values: Sequence[Any], name: str, column: str | None, what: str = "JSON"
) -> Iterator[Content | Unread]:
    """The pages in the values of a text.

    Args:
        values: Each value, and what is said between them.
        name: What a page is called if it is the only one; else they are numbered.
        column: The path of the pages' strings, where it is named.
        what: What wrote the values.
    """
    parts = [opened(value) for value in values]
    texts = _texts(parts) if column is None else _named(parts, column)
    if not texts:
        yield Unread(name, _no_page(parts, column, what))
    for number, text in enumerate(texts, 1):
        own = name if len(texts) == 1 else f"{name}#{number}"
        yield Content(own, encodable(text).encode(), charset="utf-8", decoded=True)


def pages_with_tables(values: Sequence[Any]) -> list[str]:
    """The pages in the values of a text that have a table of a report, each as a string."""
    parts = [opened(value) for value in values if not isinstance(value, Sentences)]
    return [text for part in parts if holds_page(part) for text in _texts([part])]


def holds_page(value: Any) -> bool:
    """Whether a value is a page or holds one, with one of the tables at least."""
    value = opened(value)
    return tool_markup(value) is not None or _has_tables(articles_in(value)) or bool(reports_in(value))


def _texts(parts: Sequence[Any]) -> list[str]:
    """The pages in the parts of a text, each as a string."""
    values = [part for part in parts if not isinstance(part, Sentences)]
    whole = values[0] if len(values) == 1 else values
    notebook = notebook_text(whole)
    if notebook is not None:
        return [notebook]
    markup = tool_markup(whole, cut_off=CUT_OFF in parts)
    if markup is not None:
        return [markup]
    articles = articles_in(whole)
    by_keys = reports_in(whole)
    if len(by_keys) > 1 and not _has_tables(articles):
        return [tables_of(report.value, report.name) for report in by_keys]
    if by_keys and (len(parts) > 1 or not any(found.is_markup for article in articles for found in article)):
        return [
            "".join(paragraphs(part) if isinstance(part, Sentences) else tables_of(part) for part in parts)
        ]
    said = "\n".join(part for part in parts if isinstance(part, Sentences))
    if tables_named(said) and not _has_tables(articles):
        return [paragraphs(said)]
    return [text_of(whole, article) for article in articles]


def _has_tables(articles: Sequence[Sequence[Found]]) -> bool:
    return any(found.tables for article in articles for found in article)


def _named(parts: Sequence[Any], column: str) -> list[str]:
    """The strings at a path."""
    found = [text for part in parts for text in at_path(part, column) or []]
    return [text for text in found if isinstance(text, str) and text.strip() and not isinstance(text, Figure)]


def _no_page(parts: Sequence[Any], column: str | None, what: str) -> str:
    """That no page was found, what is there, and what to do."""
    remedy = "name the page's key with --column, as data.content or data.0.content"
    if CUT_OFF in parts:
        return f"is {what} that is cut off, and what is left tells no table; fetch it again"
    if column is not None:
        return f'has no text at "{column}"; {_what_is_there(parts)}: {remedy}'
    expected = "expected a report's text, its HTML, or tables whose keys are labels"
    return f"is {what} without a page; {expected}; {_what_is_there(parts)}: {remedy}"


def _what_is_there(parts: Sequence[Any]) -> str:
    """The keys of the first object, and what it says."""
    first = next((part for part in parts if isinstance(part, dict)), None)
    if first is None:
        return f"it has {len(parts)} values"
    says = next((first[key] for key in _SAYS if isinstance(first.get(key), str) and first[key]), None)
    said = f' and says "{says[:80]}"' if says else ""
    return "it has " + (", ".join(f'"{key}"' for key in list(first)[:_KEYS]) or "no key") + said
