r"""Tables drawn with pipes: Markdown, org, grids of dashes, Jira's `||heads||`.

Flow:  lines -> **rows** -> blocks

The assembler reads plain ones in the text itself. A page of them is rewritten only where a cell holds
what is no print (`FOREIGN`): line breaks, escaped pipes, what pandas writes, a page's separator between rows.
A row whose cell holds a line break itself goes on in the lines below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.inference.readers.form_words import form_words, is_official
from gouji.inference.readers.text_tables.rows import FIGURE, Found, Lines, table_of
from gouji.inference.readers.writer import Table
from gouji.model.label_words import without_brackets

_SIGNS = (
    r"<br|\\\||&\w+;|\$|\b(?:nan|NaN|NaT|None|null)\b|<NA>|\d\.0+\s*\|"
    r"|<<[^<>\n]*>>|[\]`]\{|\|\s*(?:\*[^\s*|][^*|]*\*|_[^\s_|][^_|]*_)\s*\|"
    r"|Unnamed: \d|(?<=\|)\s*(?:数据|Column|列)\s*\d+\s*\|"
)
FOREIGN = re.compile(
    rf"(?m)</?(?:class|verbatim)>|^[^\S\n]*\|.*?(?:{_SIGNS})|^[^\S\n]*(?:\|\|[^|\n]+){{2,}}\|\|\s*$|^\+[-=+]{{3,}}\+\s*$"
)
QUERY = re.compile(r"(?m)^ *-{2,}(?:\+-{2,})+ *$")  # below the head of psql's and Presto's answers
PRESENT = re.compile(rf"(?m)^[^\S\n]*\|.*\||^ [^|\n]* \|[^|\n]* \||{QUERY.pattern.removeprefix('(?m)')}")
# Headings and marks of Jira, Textile, org, djot and Muse, whose tables are grids without a rule.
OF_WIKI = re.compile(
    r"(?m)^h[1-6](?:\([^\n)]*\))?\. |\{anchor:|^:PROPERTIES:|^#\+?[A-Za-z]+:? |</?(?:class|verbatim)>"
    r"|^\{[.#][^{}\n]*\}$"
)
_RULED = re.compile(r"(?m)^[^\S\n]*\|(?:[^\S\n]*:?-+:?[^\S\n]*\|)+[^\S\n]*$")
_RULE = re.compile(r"(?=.*?[-=]{2})[\s|+:=-]+|\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_BETWEEN = re.compile(r"(?<=\s)\|{1,3}(?=\s)")
_BAR = re.compile(r"(?<!\\)\|")
_BAR_OF_HEADS = re.compile(r"(?<!\\)\|\|")
_HEADS = re.compile(r"(?:\|\|[^|]+){2,}\|\|")
_FEWEST_CELLS = 2  # of the widest row
_BARS = "bars"
_GOES_ON = "\\\\"  # behind a line of a cell, in org
_WORDS = re.compile(r"[\u3400-\u9fff]{2}")
_HEADING = re.compile("第?二十条|信息内容")  # above the rows of a block
_FULL_WIDTH = "｜"
FULL_WIDTH = re.compile(r"(?m)^.*｜.*｜")
_FEWEST_BARS = 2  # full-width ones, of a row
_FEWEST_ROWS, _FEWEST_LABELS = 2, 2  # of a table of full-width bars
_MOST_LINES = 60  # over which a row may be broken
_BLANK_LINES = 2  # in sequence, that no cell holds


def find(lines: Lines, index: int) -> Found | None:
    """The table that begins at a line."""
    if index < lines.fruitless.get(_BARS, 0):
        return None
    below = lines[index + 1] if index + 1 < len(lines) else ""
    bare_rule = ("|" in below and _RULE.fullmatch(below)) or QUERY.fullmatch(below)
    end, width = index, _ruled_width(lines, index)
    opens = "" if bare_rule else "|"  # what each line of a row begins with
    between = len(re.findall("[|+]", below)) if bare_rule and below.strip()[:1] not in "|+" else 0
    fewest = 1 if bare_rule or width else _FEWEST_CELLS  # bars
    if not _is_row(lines[index], opens, fewest):
        return _without_sides(lines, index)
    rows: list[tuple[str, ...]] = []
    while end < len(lines):
        line = lines[end]
        if _RULE.fullmatch(line):
            end += 1
            continue
        if not _is_row(line, opens, 1 if width else fewest):
            break
        line, end = _whole(lines, end, width)
        cells = _cells(line, between)
        goes_on = bool(rows) and any(cell.rstrip().endswith(_GOES_ON) for cell in rows[-1])
        if goes_on and len(cells) == len(rows[-1]):
            cells = tuple(map(_below, rows.pop(), cells))
        rows.append(cells)
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


def _without_sides(lines: Lines, index: int) -> Found | None:
    """The table of lines with as many bars between blanks each, none at their sides, as in Muse."""
    bars = _bars_between(lines[index])
    if bars < _FEWEST_BARS:
        return None
    held = lines.stretch(f"{bars} bars", index, lambda line: _bars_between(line) == bars)
    found = Found((table_of(tuple(_BETWEEN.split(f"{line} ")) for line in held),), index + len(held))
    return found if len(held) >= _FEWEST_ROWS and are_whole_rows(found) else None


def _bars_between(line: str) -> int:
    """How many bars part the cells of a line that begins with a blank."""
    is_row = line.startswith(" ") and not line.lstrip().startswith("|")
    return len(_BETWEEN.findall(f"{line} ")) if is_row else 0


def _is_row(line: str, opens: str = "|", fewest: int = _FEWEST_CELLS) -> bool:
    stripped = line.lstrip()
    return stripped.startswith(opens) and stripped.count("|") >= fewest


def _below(cell: str, rest: str) -> str:
    """A cell of org with the row below, where its line ends in two backslashes."""
    above = cell.rstrip()
    return f"{above[: -len(_GOES_ON)]}\n{rest}" if above.endswith(_GOES_ON) else f"{cell}{rest}"


def is_broken(found: Found, text: str) -> bool:
    """Whether some rows of a table stand on several lines."""
    lines = [line for line in text.split("\n") if line.strip() and not _RULE.fullmatch(line)]
    return len(_rows_of(found)) < len(lines)


def are_grids(drawn: Sequence[Found], text: str) -> bool:
    """Whether all official tables of a text are grids, with merged cells that the grid leaves empty.

    Without such cells the assembler reads them in the text itself. So it does where one table has rows that
    end where their cells do, or are filled up at their end.
    """
    if not (OF_WIKI.search(text) or _RULED.search(text)):
        return False
    official = [found for found in drawn if is_official(_rows_of(found), _FEWEST_LABELS)]
    padded = any(
        row and (not row[0] or (_HEADING.match(row[0]) and not any(row[1:])))
        for found in official
        for row in _rows_of(found)
    )
    return padded and all(are_whole_rows(found) and _keeps_columns(found) for found in official)


def _rows_of(found: Found) -> list[tuple[str, ...]]:
    return [row for block in found.blocks if isinstance(block, Table) for row in block.rows]


def _keeps_columns(found: Found) -> bool:
    """Whether no column has a number in one row and a label in another."""
    numbered = [row for row in _rows_of(found) if any(map(FIGURE.fullmatch, row))]
    return not any(
        any(map(FIGURE.fullmatch, column))
        and any(_WORDS.search(cell) and not FIGURE.fullmatch(cell) for cell in column)
        for column in zip(*numbered, strict=True)
    )


def are_whole_rows(found: Found) -> bool:
    """Whether the rows of a table are whole, and as wide as one another.

    Some programs print a broken label in several rows: what begins none of a form's rows says so.
    """
    rows = _rows_of(found)
    words = form_words().all
    for row in rows:
        said = [cell for cell in row if cell]
        begins = any(FIGURE.fullmatch(cell) for cell in said) or len(said) > _FEWEST_CELLS
        heading = len(set(said)) == 1 and _HEADING.match(said[0])
        if said and not begins and not heading and not any(without_brackets(cell) in words for cell in said):
            return False
    return len({len(row) for row in rows}) == 1 and is_official(rows, _FEWEST_LABELS)


def _whole(lines: Sequence[str], index: int, width: int) -> tuple[str, int]:
    """A row, with the lines that it goes on in until it has all its bars; the line behind it."""
    line = lines[index].strip()
    bars = len(_BAR.findall(line))
    if line.endswith("|") or not line.startswith("|") or not width or bars > width:
        return line, index + 1
    for end in range(index + 1, min(index + _MOST_LINES, len(lines))):
        bars += len(_BAR.findall(lines[end]))
        if bars > width + 1 or not any(map(str.strip, lines[end : end + _BLANK_LINES])):
            break
        line += f"\n{lines[end].strip()}"
        if line.endswith("|") and bars == width + 1:
            return line, end + 1
    return lines[index].strip(), index + 1


def _ruled_width(lines: Sequence[str], index: int) -> int:
    """How many columns the rule below a head has that goes over several lines; 0 where there is none."""
    if lines[index].rstrip().endswith("|"):
        return 0
    for line in lines[index + 1 : index + _MOST_LINES]:
        if not line.strip():
            break
        if line.startswith("|") and _RULE.fullmatch(line):
            return line.count("|") - 1
    return 0


def _cells(line: str, between: int) -> tuple[str, ...]:
    """The cells of a row; as many bars as stand between two cells each have none at their sides."""
    if between and len(_BAR.findall(line)) == between:
        return tuple(_BAR.split(line))
    bar = _BAR_OF_HEADS if _HEADS.fullmatch(line) else _BAR
    cells = bar.split(line.strip())
    first = 1 if not cells[0].strip() else 0
    last = len(cells) - 1 if len(cells) > 1 and not cells[-1].strip() else len(cells)
    return tuple(cells[first:last])
