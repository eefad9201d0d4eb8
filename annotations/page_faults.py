"""What can be wrong with the record of a labelled page: every fault, each with its remedy.

Flow:  JSON lines -> **faults** -> labelled pages

Nothing is mended here. What a tool exports is mended, where that is safe, by `labelling`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from gouji.model.forms import Form
from gouji.model.labels import Tag
from gouji.model.page import GHOST, fold

_TEXTS = ("tool", "damage", "issuer", "expect")  # may be absent
_KEYS = ("id", "text", "spans", *_TEXTS, "form", "truth")
_MIXED = "mixed"  # a page whose tables follow several forms

TAG_NAMES = ", ".join(Tag)


def record_faults(record: Any, forms: Mapping[str, Form]) -> Iterator[str]:
    """Every fault of one page's record; none for a page that may be used."""
    if not isinstance(record, dict):
        yield f"found {type(record).__name__}; expected an object"
        return
    for key in ("id", "text"):
        if not isinstance(record.get(key), str):
            yield f"{key}: found {record.get(key)!r}; expected a text"
    if record.get("id") == "":
        yield "id: is empty; expected a name that no other page of the file has"
    for key in _TEXTS:
        if not isinstance(record.get(key, ""), str):
            yield f"{key}: found {record[key]!r}; expected a text, or leave the key out"
    for key in sorted(record.keys() - set(_KEYS)):
        yield f"{key}: unknown key; expected {', '.join(_KEYS)}"
    text = record.get("text")
    text = text if isinstance(text, str) else None
    if text is not None:
        yield from text_faults(text)
    yield from _form_faults(record, forms)
    yield from _span_faults(record.get("spans"), text)


def text_faults(text: str) -> Iterator[str]:
    """A text that cannot be written as utf-8, with the place."""
    for offset, character in enumerate(text):
        if "\ud800" <= character <= "\udfff":
            yield f"text: half a surrogate pair at {offset}; save the page again as utf-8"
            return


def printed_bounds(folded: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks and zero-width characters at its ends; empty where it holds no other.

    >>> printed_bounds(fold("规章\\u3000 3\\u200b\\r\\n"), 2, 8)
    (4, 5)
    """
    while start < end and _is_blank(folded[start]):
        start += 1
    while start < end and _is_blank(folded[end - 1]):
        end -= 1
    return start, end


def _is_blank(folded: str) -> bool:
    return folded.isspace() or folded == GHOST


def _form_faults(record: Mapping[str, Any], forms: Mapping[str, Form]) -> Iterator[str]:
    form, truth = record.get("form"), record.get("truth")
    if form is not None and form != _MIXED and (not isinstance(form, str) or form not in forms):
        yield f"form: found {form!r}; expected one of {', '.join((*forms, _MIXED))}, or leave the key out"
        form = None
    if truth is None:
        return
    if not isinstance(truth, dict):
        yield f"truth: found {type(truth).__name__}; expected an object of cell keys and numbers"
        return
    own = forms.get(form) if isinstance(form, str) else None
    known = {key for each in ([own] if own else forms.values()) for key in each.keys()}
    of = f"form {own.id}" if own else "any form"
    for key, value in truth.items():
        if key not in known:
            yield f"truth[{key}]: is no cell of {of}; check the key"
        if value is not None and not _is_number(value):
            yield f"truth[{key}]: found {value!r}; expected a number, or null for a blank"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _span_faults(spans: Any, text: str | None) -> Iterator[str]:
    if not isinstance(spans, list):
        yield "spans: expected a list of [start, end, tag]"
        return
    folded = None if text is None else fold(text)
    last: tuple[int, Any] = (0, None)  # the furthest end so far, and its span
    for span in spans:
        if not (isinstance(span, list) and len(span) == 3 and all(type(n) is int for n in span[:2])):
            yield f"span {span!r}: expected [start, end, tag]"
            continue
        start, end, tag = span
        if not isinstance(tag, str) or tag not in Tag.__members__:
            yield f"span {span!r}: unknown tag; expected one of {TAG_NAMES}"
        if start < 0:
            yield f"span {span!r} starts before the text"
        elif end <= start:
            yield f"span {span!r} ends before it starts" if end < start else f"span {span!r} is empty"
        elif start < last[0]:
            yield f"span {span!r} overlaps {last[1]!r}, or comes before it; sort them by start"
        elif folded is not None and end > len(folded):
            yield f"span {span!r} ends after the text, which has {len(folded)} characters"
        elif folded is not None:
            yield from _edge_faults(span, folded)
        if 0 <= start < end:
            last = max(last, (end, span), key=lambda pair: pair[0])


def _edge_faults(span: list[Any], folded: str) -> Iterator[str]:
    start, end, tag = span
    printed = printed_bounds(folded, start, end)
    if printed[0] == printed[1]:
        yield f"span {span!r} holds nothing but blanks; leave it out"
    elif printed != (start, end):
        yield f"span {span!r} begins or ends in blanks; make it {[*printed, tag]!r}"
