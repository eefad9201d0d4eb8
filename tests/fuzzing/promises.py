"""What must hold of every page that a reader gives, and of every answer, whatever was read.

Flow:  page, answer -> **promises** -> targets, properties

An answer's own are the contract's, which the other tests hold it to as well.
"""

from __future__ import annotations

import json
from itertools import pairwise

from gouji.inference.extraction import Cell, State
from gouji.inference.printable import json_line
from gouji.inference.result import Extraction
from gouji.model.page import GHOST, Page, fold
from gouji.model.tokens import Token

from ..inference.contract import assert_keeps_the_contract


def assert_page_is_sound(page: Page) -> None:
    """Its text can be written, and what it says of places in it is true."""
    page.text.encode("utf-8")
    assert len(page.folded) == len(page.text), "folding has moved characters"
    assert page.origin is None, "a reader gives the text that it has decoded"
    assert _in_order(page.rows, len(page.text)), page.rows
    for start, end in page.rows:
        assert "\n" not in page.text[start:end], page.text[start:end]
    if page.part is not None:
        assert page.part.number > 0
        assert _in_order(page.part.stretches, len(page.text)), page.part


def _in_order(stretches: object, length: int) -> bool:
    places = [place for stretch in stretches for place in stretch]  # type: ignore[attr-defined]
    return all(one <= other for one, other in pairwise((0, *places, length)))


def assert_tokens_tile(text: str, tokens: list[Token]) -> None:
    """Together they are the text, but for characters that nobody sees."""
    folded, done = fold(text), 0
    for token in tokens:
        assert set(folded[done : token.start]) <= {GHOST}, (done, token)
        assert token.start < token.end, token
        done = token.end
    assert set(folded[done:]) <= {GHOST}, done


def assert_answer_is_sound(page: Page, answer: Extraction) -> None:
    """It keeps the contract, what it reads is printed, and it can be written and read again."""
    assert_keeps_the_contract(page.text, answer)
    for cell in answer.cells:
        assert cell.state is not State.READ or _is_printed(cell), cell
    record = answer.to_record()
    assert json.loads(json_line(record)) == json.loads(json.dumps(record))
    json_line(record).encode("utf-8")


def _is_printed(cell: Cell) -> bool:
    """Whether a value's digits are those of its print, where that is in digits."""
    assert cell.raw is not None
    printed = _digits(fold(cell.raw))
    return not printed or printed == _digits(str(cell.value))


def _digits(text: str) -> str:
    """The digits of a number that count: `1,036.50` and `1036.5` have the same."""
    whole, _, fraction = "".join(c for c in text if c in "0123456789.").partition(".")
    return f"{whole.lstrip('0')}.{fraction.rstrip('0.')}" if whole or fraction else ""
