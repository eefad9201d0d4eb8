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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gouji.inference.assembly.assemble import Matrix, assemble
from gouji.inference.assembly.doubt import Doubt
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import State
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


@dataclass(frozen=True, slots=True)
class Answer:
    """The tables of a smallest page: which rows are open, and which doubts stood against something."""

    matrices: Mapping[str, Matrix]

    @property
    def doubts(self) -> frozenset[str]:
        """The names of the doubts."""
        return frozenset(doubt.name for matrix in self.matrices.values() for doubt in matrix.doubts)

    @property
    def open(self) -> frozenset[str]:
        """The keys of the cells that are ambiguous."""
        return frozenset(
            key
            for matrix in self.matrices.values()
            for key, cell in matrix.cells.items()
            if cell.state is State.AMBIGUOUS
        )


def opens_its_page(doubt: Doubt) -> bool:
    """Whether a doubt has a smallest page, and cells of it are open that are not with the doubt off."""
    if not doubt.print_:
        return False
    with_it = answer(doubt.print_)
    return doubt.name in with_it.doubts and not with_it.open <= answer(doubt.print_, without=doubt.name).open


def answer(print_: str, *, without: str = "") -> Answer:
    """The tables of a print, `without` a doubt of that name."""
    marked = page_of_print(print_)
    return Answer(assemble(marked, _finder().find(marked), [without]))


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
