"""The smallest page of a doubt: made from its print, and assembled with the doubt and without.

Flow:  doubt -> **smallest page -> matrices with and without** -> table, tests

A print names its table, whose headings are put before it, then marks what the tagger would find:

    applications
    {R:1.属于国家秘密} {V:1} {V:0} {V:0} {V:0} {V:0} {V:0}
    - {V:1} -

`page` instead of a table: nothing is put before it. `known` behind it: a line with tabs is a row whose
cells the file knows. `{V?:3}` is near both a value and none, `{V!:3}` a value below the bound of confidence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gouji.inference.assembly.assemble import assemble
from gouji.inference.assembly.doubt import Doubt
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Cell, State
from gouji.model.forms import load_forms
from gouji.model.labels import Span, Tag
from gouji.model.page import Page, Stretch
from gouji.model.tokens import Tokenizer

_TAGS: Mapping[str, Tag] = {
    "S": Tag.SECTION,
    "B": Tag.SUBTABLE,
    "C": Tag.COLUMN,
    "R": Tag.ROW,
    "G": Tag.GROUP,
    "V": Tag.VALUE,
    "N": Tag.NOTE,
}
_MARKUP = re.compile(r"([^{]*)(?:\{([A-Z])([?!]?):([^}]*)\})?")
_HALF = 0.5  # how sure the tagger is of what it is not sure of
_BANDS = "{C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}"
HEADINGS: Mapping[str, str] = {
    "page": "",
    "disclosure": "{S:二、主动公开政府信息情况}\n{B:第二十条第（一）项}\n"
    "{C:信息内容} {C:本年制发件数} {C:本年废止件数} {C:现行有效件数}\n",
    "applications": "{S:三、收到和处理政府信息公开申请情况}\n"
    "{C:自然人} {C:商业企业} {C:科研机构} {C:社会公益组织} {C:法律服务机构} {C:其他} {C:总计}\n",
    "review": "{S:四、政府信息公开行政复议、行政诉讼情况}\n{C:行政复议} {C:未经复议直接起诉} {C:复议后起诉}\n"
    f"{_BANDS} {_BANDS} {_BANDS}\n",
}


class Notice(StrEnum):
    """What a smallest page shows of its doubt."""

    OPENS = "opens"  # a cell is open with it alone
    UNLISTS = "unlists"  # the cells are open anyhow, but with it alone not every candidate is listed
    EXPLAINS = "explains"  # the cells are open anyhow, and it alone says why


@dataclass(frozen=True, slots=True)
class Answer:
    """What is read of a smallest page, and which doubts stood against something of it."""

    cells: Mapping[str, Cell]
    doubts: frozenset[str]  # names

    @property
    def open(self) -> frozenset[str]:
        """The keys of the cells that are ambiguous."""
        return frozenset(key for key, cell in self.cells.items() if cell.state is State.AMBIGUOUS)

    @property
    def unlisted(self) -> frozenset[str]:
        """The keys of the cells that may have other values than those that are listed."""
        return frozenset(key for key, cell in self.cells.items() if cell.more)


def notices(doubt: Doubt) -> Notice | None:
    """What a doubt's smallest page shows of it; None where it has none, or others say the same of it."""
    if not doubt.print_:
        return None
    on, off = answer(doubt.print_), answer(doubt.print_, without=[doubt.name])
    if doubt.name not in on.doubts or on.cells == off.cells:
        return None
    if not on.open <= off.open:
        return Notice.OPENS
    return Notice.UNLISTS if not on.unlisted <= off.unlisted else Notice.EXPLAINS


def answer(print_: str, *, without: Collection[str] = ()) -> Answer:
    """The tables of a print, `without` the doubts of those names."""
    marked = page_of_print(print_)
    matrices = assemble(marked, _finder().find(marked), without).values()
    return Answer(
        {key: cell for matrix in matrices for key, cell in matrix.cells.items()},
        frozenset(doubt.name for matrix in matrices for doubt in matrix.doubts),
    )


def page_of_print(print_: str) -> MarkedPage:
    """The tagged page of a smallest print."""
    first, _, markup = print_.partition("\n")
    table, *options = first.split()
    return marked_page(f"{HEADINGS[table]}{markup}\n", known="known" in options)


def marked_page(markup: str, *, known: bool = False) -> MarkedPage:
    """The tagged page of a text in which `{R:规章} {V:3}` marks what the tagger would find.

    Args:
        markup: The text.
        known: Whether a line with tabs is a row whose cells the file knows.
    """
    text, spans, unsure = "", list[Span](), list[Span]()
    for before, tag, how, surface in _MARKUP.findall(markup):
        text += before
        if tag:
            confidence = _HALF if how == "!" else 1.0
            span = Span(_TAGS[tag], len(text), len(text) + len(surface), confidence)
            spans.append(span)
            unsure += [span] if how == "?" else []
            text += surface
    page = Page("a.txt", text, rows=_rows_with_tabs(text) if known else ())
    tokens = _tokenizer().tokenize(page.folded)
    shares = [_HALF if any(s.start <= token.start < s.end for s in unsure) else 1.0 for token in tokens]
    return MarkedPage(page, tokens, spans, shares if unsure else ())


def _rows_with_tabs(text: str) -> Sequence[Stretch]:
    rows, start = [], 0
    for line in text.split("\n"):
        if "\t" in line:
            rows.append((start, start + len(line)))
        start += len(line) + 1
    return tuple(rows)


@cache
def _finder() -> TableFinder:
    return TableFinder(load_forms())


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer.load()
