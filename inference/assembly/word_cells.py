"""Cells that print words or signs where a number is due: `待定`, `同上`, `####`, `较2019年减少7`.

Flow:  marked page -> **word cells** -> collector -> unread cells

What is neither a number, nor a blank's mark, nor a label's is still the print of a cell, and nobody can read
it. Between borders that is all that stands there, elsewhere what blanks or line ends part. The tagger may
call such words a label: within a row's own line, whose numbers they stand among, they are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gouji.inference.assembly.figures import BLANK_WORDS, UNIT, is_blank, is_plain
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Chunk
from gouji.inference.unread_marks import PICTURE
from gouji.model.labels import Span, Tag
from gouji.model.numbers import printed_digits
from gouji.model.page import GHOST, Stretch
from gouji.model.tokens import NUMBER, ORDINAL, SEPARATOR, WORD

# A shorter piece of label that no row takes is a splinter of a wrapped one, not a row of its own.
SHORTEST_LABEL = 3
_LONGEST = 24  # characters of what a cell prints for a number
_ON_ITS_LINE = 6  # likewise, where it is a line and may as well be other text
_SHEETS_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?")  # #VALUE!, #REF!, #DIV/0!
_UNITS = re.compile(rf"\(?{UNIT}\)?")
_MARKUP = f"*_`\\{GHOST}"  # markdown's emphasis, around what a cell prints


def word_cell(
    marked: MarkedPage,
    index: int,
    begun: int,
    end: int,
    own: Callable[[Span], bool],
    *,
    sole: bool,
    full: bool,
) -> Chunk | None:
    """What a cell prints that begins with a token and is no number, unread; None where it is none.

    Args:
        marked: The page with its tokens and their tags.
        index: The token, a separator before it.
        begun: Where the last thing ends that is the row's own: its label, or a number.
        end: Where the row's print ends.
        own: Whether a label's span belongs to the row itself.
        sole: Whether the row has one cell, and prints nothing so far.
        full: Whether it prints a number for each of its cells: what stands behind these is none of them.
    """
    token = marked.tokens[index]
    cell = _cell_at(marked, index)
    if cell[1] > end or (cell[1] == token.end and token.kind is not WORD):
        return None
    inside = [i for i in marked.between(*cell) if marked.tokens[i].kind is not SEPARATOR]
    labels = [s for i in inside if (s := marked.owners[i]) is not None and s.tag is not Tag.VALUE]
    numbers = [marked.tokens[i] for i in inside if marked.tokens[i].kind is not WORD]
    if any(token.kind is ORDINAL for token in numbers):
        return None  # a row's label
    is_number = numbers and not full and not labels and any(map(marked.is_value, inside))
    if is_number or len(inside) == len(numbers):
        return None  # whether it is understood, is asked of each number
    if labels and (any(map(own, labels)) or not _may_be_no_label(marked, labels, cell, begun, sole=sole)):
        return None
    text = marked.folded[slice(*cell)].strip(_MARKUP)
    below = "\n" in marked.folded[begun : cell[0]]
    if below and marked.folded[begun - 1].isdigit() and not _is_a_line(marked, begun):
        return None  # the row's cells are no lines
    if below and (":" in text or not _is_whole_line(marked, cell) or _is_before_heads(marked, cell)):
        return None  # who filled it in, of whom several stand on a line; the first of the next block's heads
    longest = _ON_ITS_LINE if below and not _SHEETS_ERROR.fullmatch(text) else _LONGEST
    if not text or len(text) > longest or text == PICTURE or is_plain(text):
        return None
    if text in BLANK_WORDS:
        return Chunk("", *cell)
    if is_blank(text) or (_UNITS.fullmatch(text) and marked.folded[begun - 1].isdigit()):
        return None  # a unit is the number's before it, a blank between them
    digits = printed_digits(marked.surface(numbers[0]))[0] if numbers else ""
    return Chunk(digits, *cell, places=(cell[0],) * len(digits), unread=True)


def is_among_blanks(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether blanks alone part a print from another: what it belongs to, nothing says."""
    around = marked.tokens[marked.index_at(start) - 1], *marked.tokens[marked.index_at(end) :][:1]
    return any(token.piece in ("[ ]", "[GAP]") for token in around)


def _may_be_no_label(
    marked: MarkedPage, labels: Sequence[Span], cell: Stretch, begun: int, *, sole: bool
) -> bool:
    """Whether what is called a label may be a cell's print: on its row's line, or among lines of cells."""
    named = any(_is_label(marked, label) for label in labels)
    if named and any(label.tag is Tag.GROUP for label in labels):
        return False
    before = marked.folded[begun : cell[0]]
    if "\n" not in before:
        return not _is_heading(marked, labels[-1], cell)
    if before.strip() or not all(_may_be_row(marked, label) for label in labels):
        return False
    if named or sole:
        return sole and _is_line_between_labels(marked, cell)
    return _is_a_line(marked, begun)


def _is_a_line(marked: MarkedPage, end: int) -> bool:
    """Whether a number that ends there stands alone on its line."""
    line = marked.folded[marked.folded.rfind("\n", 0, end) + 1 : end].strip()
    return not any(map(str.isalpha, line)) and " " not in line


def _is_whole_line(marked: MarkedPage, cell: Stretch) -> bool:
    """Whether nothing stands beside a cell on its line."""
    begin, end = marked.folded.rfind("\n", 0, cell[0]) + 1, marked.folded.find("\n", cell[1])
    beside = marked.folded[begin : cell[0]], marked.folded[cell[1] : end if end >= 0 else None]
    return not any(map(str.strip, beside))


def _is_before_heads(marked: MarkedPage, cell: Stretch) -> bool:
    """Whether a column's label comes next behind a cell."""
    behind = marked.beside(marked.index_at(cell[1]) - 1, 1)
    owner = None if behind is None else marked.owners[marked.index_at(behind.start)]
    return owner is not None and owner.tag is Tag.COLUMN


def _may_be_row(marked: MarkedPage, label: Span) -> bool:
    """Whether a label is called a row's, or a heading and does not begin as `第二十条第（一）项` does."""
    named = marked.folded.startswith("第", label.start)
    return label.tag is Tag.ROW or (label.tag is Tag.SUBTABLE and not named)


def _is_label(marked: MarkedPage, label: Span) -> bool:
    """Whether what is called a label has so many letters that it may be one."""
    return sum(map(str.isalpha, marked.folded[label.start : label.end])) >= SHORTEST_LABEL


def _is_line_between_labels(marked: MarkedPage, cell: Stretch) -> bool:
    """Whether words stand on the line behind a label, and no number behind them: no row of their own."""
    number = marked.beside(marked.index_at(cell[1]) - 1, 1)
    before = marked.tokens[marked.index_at(cell[0]) - 1]
    return before.piece == "[SEP1]" and number is not None and number.kind is not NUMBER


def _is_heading(marked: MarkedPage, label: Span, cell: Stretch) -> bool:
    """Whether a column's label, or a table's, may be one: among blanks, or before another label."""
    behind = marked.index_at(cell[1]) + 1
    if label.tag is Tag.ROW or behind >= len(marked.tokens):
        return False
    owner = marked.owners[behind]
    goes_on = "\n" not in marked.folded[cell[1] : marked.tokens[behind].start]
    return is_among_blanks(marked, *cell) or (goes_on and owner is not None and owner.tag is not Tag.VALUE)


def _cell_at(marked: MarkedPage, index: int) -> Stretch:
    """Where what stands between two separators begins and ends, which a token begins."""
    tokens = marked.tokens
    whole = tokens[index - 1].parts_cells
    ends = (
        i
        for i in range(index + 1, len(tokens))
        if tokens[i].kind is SEPARATOR and (tokens[i].parts_cells or not whole)
    )
    return tokens[index].start, tokens[next(ends, len(tokens)) - 1].end
