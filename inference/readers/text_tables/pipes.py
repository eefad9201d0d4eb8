r"""Tables drawn with pipes: Markdown, org, grids of dashes, Jira's `||heads||`.

Flow:  lines -> **rows** -> blocks

The assembler reads plain ones in the text itself. A page of them is rewritten only where a cell holds
what is no print (`FOREIGN`): line breaks, escaped pipes, what pandas writes, a page's separator between rows.
A row whose cell holds a line break itself goes on in the lines below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.inference.readers.form_words import is_official
from gouji.inference.readers.text_tables.rows import Found, Lines, table_of

_SIGNS = (
    r"<br|\\\||&\w+;|\$|\b(?:nan|NaN|NaT|None|null)\b|<NA>|\d\.0+\s*\|"
    r"|<<[^<>\n]*>>|\]\{|\|\s*(?:\*[^\s*|][^*|]*\*|_[^\s_|][^_|]*_)\s*\|"
    r"|Unnamed: \d|(?<=\|)\s*(?:数据|Column|列)\s*\d+\s*\|"
)
FOREIGN = re.compile(
    rf"(?m)^[^\S\n]*\|.*?(?:{_SIGNS})|^[^\S\n]*(?:\|\|[^|\n]+){{2,}}\|\|\s*$|^\+[-=+]{{3,}}\+\s*$"
)
PRESENT = re.compile(r"(?m)^[^\S\n]*\|.*\|")
_RULE = re.compile(r"(?=.*?[-=]{2})[\s|+:=-]+|\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_BAR = re.compile(r"(?<!\\)\|")
_BAR_OF_HEADS = re.compile(r"(?<!\\)\|\|")
_HEADS = re.compile(r"(?:\|\|[^|]+){2,}\|\|")
_FEWEST_CELLS = 2  # of the widest row
_BARS = "bars"
_FULL_WIDTH = "｜"
FULL_WIDTH = re.compile(r"(?m)^.*｜.*｜")
_FEWEST_BARS = 2  # full-width ones, of a row
_FEWEST_ROWS, _FEWEST_LABELS = 2, 2  # of a table of full-width bars
_MOST_LINES = 8  # over which a row may be broken


def find(lines: Lines, index: int) -> Found | None:
    """The table that begins at a line."""
    if index < lines.fruitless.get(_BARS, 0):
        return None
    bare_rule = index + 1 < len(lines) and "|" in lines[index + 1] and _RULE.fullmatch(lines[index + 1])
    if not _is_row(lines[index]) and not (bare_rule and "|" in lines[index]):
        return None
    rows: list[tuple[str, ...]] = []
    end, width = index, 0
    while end < len(lines):
        line = lines[end]
        if _RULE.fullmatch(line):
            end += 1
            continue
        if not (_is_row(line) or (bare_rule and "|" in line)):
            break
        line, end = _whole(lines, end, width)
        rows.append(_cells(line))
        width = max(width, len(rows[-1]))
    if width < _FEWEST_CELLS:
        lines.fruitless[_BARS] = end
        return None
    return Found((table_of(rows),), end)


def find_full_width(lines: Lines, index: int) -> Found | None:
    """The table of full-width bars that begins at a line, with bars at its sides or none."""
    held = lines.stretch(_FULL_WIDTH, index, lambda line: line.count(_FULL_WIDTH) >= _FEWEST_BARS)
    drawn = [line.strip() for line in held]
    closed = all(line.startswith(_FULL_WIDTH) and line.endswith(_FULL_WIDTH) for line in drawn)
    rows = [(line[1:-1] if closed else line).split(_FULL_WIDTH) for line in drawn]
    if len(rows) < _FEWEST_ROWS or not is_official(rows, _FEWEST_LABELS):
        return None
    return Found((table_of(rows),), index + len(rows))


def _is_row(line: str) -> bool:
    stripped = line.lstrip()
    return stripped.startswith("|") and stripped.count("|") > 1


def _whole(lines: Sequence[str], index: int, width: int) -> tuple[str, int]:
    """A row, with the lines that it goes on in where it lacks cells and its last bar; the line behind it."""
    line = lines[index].strip()
    if line.endswith("|") or not width or len(_cells(line)) >= width:
        return line, index + 1
    for end in range(index + 1, min(index + _MOST_LINES, len(lines))):
        if not lines[end].strip() or _is_row(lines[end]):
            break
        line += f"\n{lines[end].strip()}"
        if line.endswith("|"):
            return line, end + 1
    return lines[index].strip(), index + 1


def _cells(line: str) -> tuple[str, ...]:
    bar = _BAR_OF_HEADS if _HEADS.fullmatch(line) else _BAR
    cells = bar.split(line.strip())
    first = 1 if not cells[0].strip() else 0
    last = len(cells) - 1 if len(cells) > 1 and not cells[-1].strip() else len(cells)
    return tuple(cells[first:last])
