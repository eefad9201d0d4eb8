"""Know a table that a page prints twice: last year's beside this year's.

Flow:  spans -> **labels of this year's tables** -> anchors -> found table

A heading that says 上年 tells whose the rows below it are. Where two tables of one kind print other
numbers and no heading tells them apart, none of them is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.inference.assembly.anchors import Anchor
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.wording import KEEN, Wordings
from gouji.model.labels import Span, Tag

_LAST_YEAR = re.compile(r"(?:上年|去年|上一年)(?!.*结转)")
_NUMBER = re.compile(r"\d+")


def this_years_labels(marked: MarkedPage) -> Sequence[Span]:
    """The spans of a page, less those below a heading of last year's table, up to the next heading."""
    headings = marked.tagged(Tag.SECTION, 0, len(marked.page.text))
    ends = [*(heading.start for heading in headings[1:]), len(marked.page.text)]
    last_years = [
        (heading.start, end)
        for heading, end in zip(headings, ends, strict=False)
        if _LAST_YEAR.search(marked.page.text[heading.start : heading.end])
    ]
    if not last_years:
        return marked.spans
    return [span for span in marked.spans if not any(a <= span.start < b for a, b in last_years)]


def printed_twice(marked: MarkedPage, anchors: Sequence[Anchor], rows: Wordings) -> frozenset[int]:
    """The rows of a table most of whose labels stand in another place too, with other numbers behind them."""
    first, last = anchors[0].start, anchors[-1].end
    again = [
        span
        for span in this_years_labels(marked)
        if span.tag is Tag.ROW
        and not first <= span.start < last
        and rows.like(marked.page.text[span.start : span.end], KEEN)
    ]
    if len(again) < 2 or len(again) * 2 < len(anchors):
        return frozenset()
    places = ((first, last), (again[0].start, again[-1].end))
    shorter, longer = sorted(
        (" ".join(_NUMBER.findall(marked.page.folded, *place)) for place in places), key=len
    )
    return frozenset() if shorter in longer else frozenset(anchor.row for anchor in anchors)
