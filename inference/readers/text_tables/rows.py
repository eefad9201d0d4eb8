"""Rows of cells as a text writes them, and how it is told that they are an official table's.

Flow:  lines of a text -> format -> **rows** -> blocks -> page

A format gives what stands between its marks; here a cell's own marks go (bold, escapes, line breaks),
and nothing of its print. Which rows are a table of interest is told by the forms' labels in them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouji.inference.readers.text_tables.merged import joined
from gouji.inference.readers.writer import Block, Table, cell
from gouji.inference.unread_marks import UNSEEN
from gouji.model.forms import load_forms
from gouji.model.label_words import bare

Row = tuple[str, ...]

FEWEST_LABELS = 2  # official labels among the cells, from which rows are taken for a table of a report
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:b|i|u|em|strong|font|span|center)\b[^<>]*>", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__|`)(.*?)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STACKED = re.compile(r"\s*-?\d[\d.,]*\s*(?:\n|<br\s*/?>)\s*-?\d[\d.,]*\s*", re.IGNORECASE)
_FORMULA = re.compile(r"\$+\s*(-?[\d.,]+)\s*\$+|\\\(\s*(-?[\d.,]+)\s*\\\)")


@dataclass(frozen=True, slots=True)
class Found:
    """What a format found in a text's lines: blocks in their place, and the line behind them."""

    blocks: tuple[Block, ...]
    end: int  # index of a line


def printed(text: str) -> str:
    r"""What a cell prints, without the marks of Markdown, HTML and formulas in it.

    >>> printed(r"**1\.属于<br>国家秘密** "), printed("$ 12 $"), printed("518<br>73")
    ('1.属于国家秘密', '12', '518 73')
    """
    text = without_formula(text)
    text = _INLINE.sub("", text) if "<" in text else text
    text = _ESCAPED.sub(r"\1", _BOLD.sub(r"\2", text)) if any(mark in text for mark in "\\*_`") else text
    return cell(_BREAK.split(html.unescape(text) if "&" in text else text))


def without_formula(text: str) -> str:
    """A cell that is nothing but a number, set as a formula: that number."""
    formula = _FORMULA.fullmatch(text.strip())
    return text if formula is None else formula[1] or formula[2]


def table_of(rows: Iterable[Sequence[str]]) -> Table:
    """A table of cells as they are printed; a row that is one long cell, padded, is that cell alone.

    An official label is never alone: what stands behind it is blank. But an empty cell below two numbers in
    one is not: the lower one may be its own.
    """
    found: list[Row] = []
    above: Sequence[str] = ()
    for row in rows:
        stacked = [_STACKED.fullmatch(text) is not None for text in above] + [False] * len(row)
        below = tuple(
            UNSEEN if under and not text else printed(text) for text, under in zip(row, stacked, strict=False)
        )
        found.append(_unpadded(below))
        above = row
    return Table(tuple(joined(found)))


def _unpadded(row: Row) -> Row:
    alone = len(row) > 1 and row[0] and not any(row[1:])
    return row[:1] if alone and bare(row[0]) not in official_labels() else row


@lru_cache(maxsize=1)
def official_labels() -> frozenset[str]:
    """The words of the rows, columns and groups of every form that is shipped."""
    blocks = (b for form in load_forms().values() for table in form.tables for b in table.blocks)
    labels = (label for b in blocks for label in (*b.rows, *b.columns, *b.groups, *b.items))
    return frozenset(bare(wording) for label in labels for wording in label.wordings)


def is_official(rows: Iterable[Sequence[str]]) -> bool:
    """Whether rows are a table of a report: several of their cells are official labels."""
    known = official_labels()
    found: set[str] = set()
    for row in rows:
        found.update(words for text in row if text and (words := bare(printed(text))) in known)
        if len(found) >= FEWEST_LABELS:
            return True
    return False
