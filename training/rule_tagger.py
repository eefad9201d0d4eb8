"""Tag pages by regular expressions instead of a network, to know what the network is worth.

Flow:  page -> tokens -> **rules instead of tags** -> spans -> the same assembler

A label is a wording of the forms, blanks anywhere between its characters and its punctuation
optional; a value is any number between the first heading and the section after the tables that is
no part of a label. That is how scripts for these reports do it, and like them it knows no marks of
blank cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gouji.inference.tagger import TaggedPage, Tagger
from gouji.model.forms import Form, load_forms
from gouji.model.labels import Span, Tag
from gouji.model.page import GHOST, Page, fold
from gouji.model.tokens import Kind, Tokenizer

_BLANKS = rf"[\s{GHOST}]*"
_OPTIONAL = "().,、:;\"'"
_NUMBER_BEHIND = re.compile(r"[^\w]{0,8}\d")
_BEHIND = re.compile(rf"\n{_BLANKS}五{_BLANKS}[、.,]")  # the section after the tables


class RuleTagger(Tagger):
    """Finds the forms' own wordings, and the numbers among them.

    Args:
        tokenizer: Cuts a page; the assembler wants tokens.
        forms: Whose labels to look for; the shipped forms where not given.
    """

    def __init__(self, tokenizer: Tokenizer, forms: Mapping[str, Form] | None = None) -> None:
        self.tokenizer = tokenizer
        tags: dict[str, set[Tag]] = {}
        for wording, tag in _wordings(load_forms() if forms is None else forms):
            tags.setdefault(_pattern(wording), set()).add(tag)
        patterns = sorted(tags, key=len, reverse=True)  # of two that begin alike the longer one
        self._tags = [tags[pattern] for pattern in patterns]
        self._label = re.compile("|".join(f"({pattern})" for pattern in patterns))

    def tag(self, page: Page) -> TaggedPage:
        """Tag the labels and values of a page; its tokens have no labels of their own."""
        tokens = tuple(self.tokenizer.tokenize(page.folded))
        labels = list(self._labels(page.folded))
        heads = (span.start for span in labels if span.tag in (Tag.SECTION, Tag.SUBTABLE))
        first = min(heads, default=len(page.text))
        behind = [match.start() for match in _BEHIND.finditer(page.folded, first)]
        last = behind[-1] if behind else len(page.text)
        labels = [span for span in labels if first <= span.start < last]
        covered = {place for span in labels for place in range(span.start, span.end)}
        values = [
            Span(Tag.VALUE, token.start, token.end)
            for token in tokens
            if token.kind is Kind.NUMBER and first <= token.start < last and token.start not in covered
        ]
        spans = sorted((*labels, *values), key=lambda span: span.start)
        return TaggedPage(page, tokens, (), (), tuple(spans))

    def _labels(self, folded: str) -> Iterator[Span]:
        for match in self._label.finditer(folded):
            assert match.lastindex is not None
            tags = self._tags[match.lastindex - 1]
            if len(tags) > 1:
                # 其他 heads a column and a row: a row's label is followed by a number.
                numbered = _NUMBER_BEHIND.match(folded, match.end()) is not None
                tags = {Tag.ROW} if numbered and Tag.ROW in tags else tags - {Tag.ROW}
            yield Span(min(tags), match.start(), match.end())


def _wordings(forms: Mapping[str, Form]) -> Iterator[tuple[str, Tag]]:
    """Every wording of every label with its tag; rows printed side by side are heads of columns."""
    for table in (table for form in forms.values() for table in form.tables):
        yield from ((text, Tag.SECTION) for text in (table.title, table.heading, *table.aliases))
        if table.note:
            yield table.note, Tag.NOTE
        band = table.printed == "band"
        row, group = (Tag.COLUMN, Tag.COLUMN) if band else (Tag.ROW, Tag.GROUP)
        for block in table.blocks:
            if block.label:
                yield block.label, Tag.SUBTABLE
            yield from ((text, Tag.COLUMN) for text in (*block.heads, *block.surplus))
            for labels, tag in ((block.columns, Tag.COLUMN), (block.rows, row), (block.groups, group)):
                yield from ((text, tag) for label in labels for text in label.wordings)


def _pattern(wording: str) -> str:
    """A wording as a regular expression.

    >>> bool(re.fullmatch(_pattern("（一）予以公开"), "一 予以\\n公开"))
    True
    """
    characters = "".join(fold(wording).split())
    return _BLANKS.join(f"{re.escape(c)}?" if c in _OPTIONAL else re.escape(c) for c in characters)
