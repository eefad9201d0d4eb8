"""Damage a labelled page as scrapers and converters do, and keep its spans true.

Flow:  flattener -> text and spans -> **damage** -> labelled page

Each damage is a list of edits: what stands at an offset gives way to something else. Those
that take labels and marks away are kept apart, in `losses`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from gouji.model.labels import Tag
from gouji.training.edits import Damage, Edit, apply_edits
from gouji.training.losses import LOSSES
from gouji.training.standins import Piece


def apply_damage(
    name: str, text: str, pieces: Sequence[Piece], rng: random.Random
) -> tuple[str, list[Piece]]:
    """The text with one damage done, and its pieces moved along."""
    return apply_edits(text, pieces, list(DAMAGES[name](text, pieces, rng)))


def _mapped(table: Mapping[str, str]) -> Damage:
    pattern = re.compile("|".join(map(re.escape, table)))

    def damage(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
        for match in pattern.finditer(text):
            yield Edit(match.start(), match.end(), table[match.group()])

    return damage


def _fullwidth(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """Digits of values, or all digits, in full width."""
    everywhere = rng.random() < 0.5
    spans = (
        [(0, len(text))]
        if everywhere
        else [(p.span.start, p.span.end) for p in pieces if p.span.tag is Tag.VALUE]
    )
    for start, end in spans:
        for offset in range(start, end):
            if "0" <= text[offset] <= "9":
                yield Edit(offset, offset + 1, chr(ord(text[offset]) + 0xFEE0))


def _nbsp(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """No-break spaces for blanks, or round about values."""
    for match in re.finditer(" ", text):
        if rng.random() < 0.7:
            yield Edit(match.start(), match.end(), "\u00a0")


def _value_blanks(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """A blank before or after values, as cells that hold a stray no-break space leave it."""
    blank = rng.choice(("\u00a0", " ", "\u3000", "\u2003"))
    before = rng.random() < 0.5
    for piece in pieces:
        if piece.span.tag is Tag.VALUE and rng.random() < 0.8:
            at = piece.span.start if before else piece.span.end
            yield Edit(at, at, blank)


def _spaces(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """A blank inside a label, or two, anywhere."""
    share = rng.choice((0.1, 0.3, 0.8))
    for piece in pieces:
        start, end = piece.span.start, piece.span.end
        if piece.span.tag is not Tag.VALUE and end - start > 3 and rng.random() < share:
            for at in sorted(rng.sample(range(start + 1, end), rng.choice((1, 1, 1, 2)))):
                yield Edit(at, at, rng.choice((" ", " ", "  ", "\u3000")))


def _label_broken(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """A line break inside long labels."""
    share = rng.choice((0.1, 0.4))
    for piece in pieces:
        start, end = piece.span.start, piece.span.end
        if piece.span.tag is not Tag.VALUE and end - start > 5 and rng.random() < share:
            at = rng.randrange(start + 2, end - 1)
            yield Edit(at, at, rng.choice(("\n", "\n", "\n  ")))


def _thousands(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """Separators in every value of four digits or more."""
    comma = rng.choice((",", ",", "，"))
    for piece in pieces:
        if piece.span.tag is Tag.VALUE:
            match = re.match(r"[-+]?([0-9]{4,9})(?![0-9])", text[piece.span.start : piece.span.end])
            if match:
                digits = piece.span.start + match.start(1), piece.span.start + match.end(1)
                for at in range(digits[1] - 3, digits[0], -3)[::-1]:
                    yield Edit(at, at, comma)


def _page_marks(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """Lines of page numbers between the lines of a page, and of a label that is broken over lines."""
    pattern = rng.choice(("- {} -", "{}", "第 {} 页 共 9 页", "— {} —", "－{}－", "{}/9", "第{}页"))
    every = rng.randrange(25, 90)
    closed = {
        offset
        for piece in pieces
        if piece.span.tag is Tag.VALUE
        for offset in range(piece.span.start + 1, piece.span.end)
    }
    breaks = [
        match
        for match in re.finditer(r"([^\S\n]*\n+)(\s*)", text)
        if not {match.start(), match.end()} & closed
    ]
    for page, match in enumerate(breaks[every::every], rng.randrange(1, 4)):
        mark = pattern.format(page) + rng.choice(("\n", "\n", "\n\n"))
        yield Edit(match.start(), match.end(), match.group(1) + mark + match.group(2), foreign=True)


def _blank_lines(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """Blank lines dropped, doubled, or sown."""
    kind = rng.choice(("drop", "double", "sow"))
    inside = {offset for piece in pieces for offset in range(piece.span.start, piece.span.end)}
    for match in re.finditer(r"\n+", text):
        if match.start() in inside:
            continue
        if kind == "drop" and len(match.group()) > 1:
            yield Edit(match.start() + 1, match.end(), "")
        elif kind == "double" or (kind == "sow" and rng.random() < 0.2):
            yield Edit(match.end(), match.end(), "\n" * rng.randrange(1, 3))


def _indentation(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """Blanks at the head of lines, the same for all or not."""
    indent = rng.choice(("  ", "    ", "\t", "\u3000\u3000", " "))
    share = rng.choice((1.0, 0.4))
    for match in re.finditer("\n", text):
        if rng.random() < share:
            yield Edit(match.end(), match.end(), indent)


def _ghosts(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """Zero-width characters, sown thin."""
    ghost = rng.choice(("\u200b", "\ufeff", "\u200d", "\u00ad"))
    for offset in sorted(rng.sample(range(len(text)), min(len(text), rng.randrange(5, 80)))):
        yield Edit(offset, offset, ghost)


_FULL = {"(": "（", ")": "）", ":": "：", ";": "；"}
_HALF = {"（": "(", "）": ")", "，": ",", "：": ":", "；": ";", "“": '"', "”": '"'}
DAMAGES: Mapping[str, Damage] = {
    "halfwidth": _mapped(_HALF),
    "fullwidth_marks": _mapped(_FULL),
    "straight_quotes": _mapped({"“": '"', "”": '"'}),
    "fullwidth": _fullwidth,
    "fullwidth_points": _mapped({".": "．"}),
    "nbsp": _nbsp,
    "value_blanks": _value_blanks,
    "spaces": _spaces,
    "label_broken": _label_broken,
    "thousands": _thousands,
    "page_marks": _page_marks,
    "blank_lines": _blank_lines,
    "indentation": _indentation,
    "ghosts": _ghosts,
    "crlf": _mapped({"\n": "\r\n"}),
    "tabs_to_blanks": _mapped({"\t": "    "}),
    **LOSSES,
}
