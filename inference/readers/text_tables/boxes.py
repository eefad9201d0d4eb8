"""Grids drawn with the characters for boxes (`┌─┬─┐`, `│`, `╞═╡`), of which every row is known.

Flow:  lines -> the same drawn with `+`, `-` and `|` -> **grid** -> blocks

A drawing with a rule below every row, or whose lines each begin a row of a form, is a table of cells. What
may hold a label broken over lines stays the text that it is, and is read by the assembler.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.inference.readers.form_words import form_words
from gouji.inference.readers.text_tables import drawn_grids, pipes
from gouji.inference.readers.text_tables.rows import FIGURE, Found, Lines
from gouji.inference.readers.writer import Block
from gouji.inference.unread_marks import UNSEEN
from gouji.model.label_words import bare

_LEVEL, _UPRIGHT = "─━═╌╍┄┅┈┉", "│┃║╎╏┆┇┊┋"
_JUNCTION = "┌-╋╒-╬╭-╰╴-╿"
PRESENT = re.compile(rf"(?m)^[^\S\n]*[{_JUNCTION}{_LEVEL}][{_JUNCTION}{_LEVEL}]{{3,}}[^\S\n]*$")
_SIGN = re.compile(rf"[{_JUNCTION}{_LEVEL}{_UPRIGHT}]")
_RULE = re.compile(rf"[{_LEVEL}](?:[{_LEVEL}]|(?<=[{_JUNCTION}]))+|[{_LEVEL}](?=[{_JUNCTION}])")
_CUT_OFF = "…"
_MARK = re.compile(r"[-－—–/]+")  # in a number's place
_JUNCTIONS = re.compile(f"[{_JUNCTION}]")
_BARS = re.compile(f"[{_UPRIGHT}]")


def find(lines: Lines, index: int) -> Found | None:
    """The table whose upper rule is a line."""
    if PRESENT.fullmatch(lines[index]) is None:
        return None
    held = lines.stretch("boxes", index, lambda line: _SIGN.match(line.lstrip()) is not None)
    drawn = Lines(_in_ascii(line) for line in held)
    if len(drawn) < 3:
        return None
    found = drawn_grids.find(drawn, 0) or _by_lines(drawn)
    return None if found is None else Found(tuple(map(_opened, found.blocks)), index + found.end)


def _opened(block: Block) -> Block:
    """A table whose rows have their numbers open where their label is cut off before it says which it is."""
    if isinstance(block, str):
        return block
    rows = (
        tuple(f"{cell}{UNSEEN}" if _is_value(cell) else cell for cell in row) if _is_lost(row) else row
        for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _is_lost(row: Sequence[str]) -> bool:
    """Whether the label before a row's first number is cut off, and several labels begin so, or none."""
    first = next((place for place, cell in enumerate(row) if _is_value(cell)), 0)
    label = next((cell for cell in reversed(row[:first]) if cell), "")
    begun, mark, rest = label.partition(_CUT_OFF)
    begins = bare(begun)
    return bool(mark) and (bool(rest) or sum(word.startswith(begins) for word in form_words().rows) != 1)


def _in_ascii(line: str) -> str:
    """A line with the signs of a drawing as ASCII has them; a dash within a cell stays.

    >>> _in_ascii("├────┼────┤"), _in_ascii("│ 规章 │  ─ │")
    ('+----+----+', '| 规章 |  ─ |')
    """
    ruled = _RULE.sub(lambda rule: "-" * len(rule[0]), line)
    return _BARS.sub("|", _JUNCTIONS.sub("+", ruled))


def _by_lines(drawn: Sequence[str]) -> Found | None:
    """The table of a drawing of which each line is a row."""
    lines = Lines(line for line in drawn if line.lstrip().startswith("|"))
    if len({line.count("|") for line in lines}) != 1 or len(lines) < len(drawn) - 3:
        return None
    found = pipes.find(lines, 0)
    if found is None or found.end < len(lines) or not pipes.are_whole_rows(found):
        return None
    return Found(found.blocks, len(drawn))


def _is_value(cell: str) -> bool:
    return FIGURE.fullmatch(cell) is not None or _MARK.fullmatch(cell) is not None
