"""Columns that a publisher splits, each into the same parts: this year's number and last year's.

Flow:  headers of a block -> **split columns** -> choice of columns -> printed lines

Below the headers of the form's columns the same few words stand once for each: 本年, 上年. Where one of them
alone is of the year on which the page reports, its places are the form's, and all others the publisher's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from gouji.inference.assembly.block_headers import BlockHeaders
from gouji.inference.assembly.columns import HEADERS, Columns
from gouji.inference.assembly.strips import BORDERS

_WORD = re.compile(rf"[^\s{BORDERS}*]+")
_MOST_PARTS = 3
_WITHIN = 8  # words from where the last header begins to the first of the parts
_YEAR = re.compile("20[0-9]{2}(?=年|$)")
_THIS_YEAR = re.compile("本年度?|今年|当年|数量|件数")
_OTHERS = re.compile("[上去往].*|同比.*|增减.*|占比.*|比例.*|[(（]?[%％][)）]?")

Part = tuple[int, str]  # where a word stands, and the word


def split_columns(view: BlockHeaders) -> Columns | None:
    """The columns of rows that print each of the form's in parts; None where headers say no such thing."""
    last = max((header.start for column, header in view.leaves if column is not None), default=None)
    numbers = min((strip.chunks[0].start for strip in view.strips.values() if strip.chunks), default=0)
    parts = [] if last is None else _parts(view.marked.folded, last, numbers, view.width)
    if not parts:
        return None
    own = [place for place, (_, word) in enumerate(parts) if _is_this_years(word, view.marked.report_year)]
    others = [word for place, (_, word) in enumerate(parts) if place not in own]
    end = parts[0][0]
    above = [replace(span, end=min(span.end, end)) for span in view.spans if span.start < end]
    upper = replace(view, spans=above)
    order = upper.order
    told = order is not None and len(upper.told) == len(order) == view.width
    if order is None or not told or len(own) != 1 or not all(map(_is_another, others)):
        return None
    return Columns(
        tuple(column if part in own else None for column in order for part in range(len(parts))), HEADERS
    )


def _parts(text: str, start: int, end: int, width: int) -> Sequence[Part]:
    """The words between two places that stand there as often as there are columns, in one order."""
    found = _WORD.finditer(text, start, end) if start < end else ()
    words = [(word.start(), word[0]) for word in islice(found, _WITHIN + _MOST_PARTS * width)]
    for first in range(1, _WITHIN):
        for count in range(2, _MOST_PARTS + 1):
            parts = words[first : first + count]
            said = [word for _, word in words[first : first + count * width]]
            if (
                len(said) == count * width
                and said == [word for _, word in parts] * width
                and len(set(said)) == count
            ):
                return parts
    return ()


def _is_this_years(word: str, report_year: int | None) -> bool:
    year = _YEAR.match(word)
    return int(year[0]) == report_year if year else _THIS_YEAR.fullmatch(word) is not None


def _is_another(word: str) -> bool:
    return _YEAR.match(word) is not None or _OTHERS.fullmatch(word) is not None
