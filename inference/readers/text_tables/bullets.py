"""Tables that a model wrote as a list: `- **label**：自然人 418 件，…`, or a bullet for each number.

Flow:  lines -> items -> **rows under the heads that they name** -> blocks

An item is a row where it names a column of the forms for each of its numbers; the numbers keep the order and
the names that are printed with them. What names another thing, or nothing, stays a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gouji.inference.readers.form_words import form_words
from gouji.inference.readers.text_tables.rows import Found, Lines, Row, printed
from gouji.inference.readers.writer import Block, Table
from gouji.model.label_words import bare, ordinal_of, without_brackets

_HEADS = (
    "自然人|商业企业|总计|结果维持|结果纠正|尚未审结|制发件数|现行有效件数|处理决定数量|公开总?数量|项目数量"
    "|增/减|总?金额"
)
PRESENT = re.compile(
    rf"(?:{_HEADS})[*` \t]*[：:=][*` \t]*-?\d|[：:][^：:\n]*(?:{_HEADS})[*` \t]*[：:=为]?[*` \t]*-?\d"
)
_ITEM = re.compile(r"(\s*)(?:[-*+•·●○▪◦‣–]\s+|\d{1,2}\)\s+)?(\S.*)")
_NAMED = re.compile(r"((?:[^：:（(]|[（(][^（()）]*[)）]){1,60}?)\s*[：:]\s*(.*)", re.DOTALL)
_PARTS = re.compile(r"[，；;。、|]|,(?!\d{3}(?!\d))")
_BRACKET = re.compile(r"[（(](?:其中[：:]?)?([^（()）]*\d[^（()）]*)[)）]")
_SIGN, _MARK = (
    r"[-−－–+＋]|(?<![^\s：:])(?:减少?|增加?|负)",
    r"[-—－–/／无零空OoＯ○〇]|——|--",
)  # before a number; in its place
_NOTE = r"[（(][^（()）]*[)）]|[①-⑳※*]|\[\d+\]"
_UNITS = "件|个|项|条|宗|份|次|起|万元|元"
_VALUE = rf"(?:{_SIGN})?\s*+\d[\d,.，．]*+\s*+(?:{_UNITS})?(?:{_NOTE})?|{_MARK}"
_NAME_END = r"(?<=[^\W_]|[)）”’\"'」』】])"  # no sign of the number's, drawn in whatever way
_PAIR = re.compile(
    r"(?P<name>[^\d\s：:=-](?:[^\d：:=（(]|[（(][^（()）]*[)）])*?)"
    rf"{_NAME_END}\s*+[：:=为]?\s*+(?P<value>{_VALUE})"
)
_FIGURE = re.compile(_VALUE)
_UNIT = re.compile(r"[（(](?:单位[：:])?(件|万元|元)[)）]$")
_BULLET = re.compile(r"\s*[-*+•·●○▪◦‣–]\s")
_JOINT = re.compile(r"[\s·/_>—-]+")  # between the labels of a path
_FEWEST_ROWS = 2
_LISTS = "bullets"
_LAST = 40  # lines of a list that are looked at for themselves, where one row is among them
_DEEPEST = 20  # items within items


@dataclass(slots=True)
class _Item:
    """An item of a list, with those below it."""

    indent: int
    label: str
    pairs: list[tuple[str, str]]  # columns and what is printed for them; "" for one that is not named
    below: list[_Item] = field(default_factory=list)
    empty: bool = False  # nothing stands behind the colon


def find(lines: Lines, index: int) -> Found | None:
    """The list that begins at a line, blank lines between its items."""
    if index < lines.fruitless.get(_LISTS, 0):
        return None
    items: list[_Item] = []
    end = at = index
    while at < len(lines):
        item = _item(lines[at])
        if item is None and lines[at].strip():
            break
        at += 1
        if item is not None:
            items.append(item)
            end = at
    rows = [row for item in _nested(items) for row in _rows(item)]
    told = sum(bool(pairs) and _is_row(label) for label, pairs in rows)
    alone = len(rows) == 1 and all(name for _, pairs in rows for name, _ in pairs)
    if told < (1 if alone and _BULLET.match(lines[index]) else _FEWEST_ROWS):
        lines.fruitless[_LISTS] = end - (_LAST if told else 0)  # a list's end tells no more than the whole
        return None
    return Found(tuple(_tables(rows)), end)


def _item(line: str) -> _Item | None:
    """A line as an item: a label, and what it says of columns; None where it says anything else."""
    found = _ITEM.fullmatch(line.rstrip())
    if found is None or found[2].startswith(("#", "|", ">", '"', "{", "}", "[")):
        return None
    text = printed(found[2])
    named = _NAMED.fullmatch(text)
    label, rest = (named[1], named[2]) if named else (text, "")
    if not rest:
        is_label = bare(label) in form_words().all or (_BULLET.match(line) is not None and _path(found[2]))
        shown = (_path(found[2]) or label).rstrip("：:")
        return _Item(len(found[1]), shown, [], empty=named is not None) if is_label else None
    pairs = _pairs(rest)
    if pairs is None:
        return None
    return _Item(len(found[1]), label, [(name, _UNIT.sub(r"\1", value)) for name, value in pairs])


def _path(label: str) -> str:
    """A row's label behind those of its groups; without what stands before it where that is no group's.

    >>> _path("第二十条第（一）项 规章"), _path("全年公开 规章三件")
    ('规章', '')
    """
    *groups, last = _JOINT.split(label.strip("*_：: "))
    words = form_words().all
    if not groups or bare(last) not in words:
        return ""
    return " ".join([*(group for group in groups if bare(group) in words), last])


def _is_row(label: str) -> bool:
    """Whether a label is a form's row, alone or at the end of its path."""
    words = form_words()
    if without_brackets(label) in words.all or _path(label):
        return True
    return any(bare(label).endswith(head) for head in words.heads)


def _pairs(text: str) -> list[tuple[str, str]] | None:
    """The columns that a text names, and their numbers; a number alone has no name."""
    if _FIGURE.fullmatch(text.rstrip("。 ")):
        return [("", text.rstrip("。 "))]
    parts = _split(text)
    pairs = [_PAIR.fullmatch(part) for part in parts]
    named = [(_column(pair["name"]), pair["value"]) for pair in pairs if pair is not None]
    if len(named) < len(parts) or not all(name for name, _ in named):
        return None
    return [(name or "", value) for name, value in named]


def _split(text: str) -> list[str]:
    """The parts of a text, those within brackets that name columns among them."""
    opened = _BRACKET.sub(lambda found: f"，{found[1]}" if _names_columns(found[1]) else found[0], text)
    return [part.strip() for part in _PARTS.split(opened) if part.strip()]


def _names_columns(text: str) -> bool:
    pairs = [_PAIR.fullmatch(part.strip()) for part in _PARTS.split(text) if part.strip()]
    return all(pair is not None and _column(pair["name"]) for pair in pairs)


def _column(name: str) -> str | None:
    """The head that a name is, or the one head that it is a part of."""
    heads = form_words().columns
    last = re.split(r"[-–—_/·.]", name.strip())[-1]
    if bare(name) in heads or bare(last) in heads:
        return name if bare(name) in heads else last
    wider = [head for head in heads if bare(last) and bare(last) in head]
    return last if len(wider) == 1 else None


def _nested(items: Sequence[_Item]) -> list[_Item]:
    """Items with those below them that stand further right."""
    roots: list[_Item] = []
    open_items: list[_Item] = []
    for item in items:
        while open_items and (open_items[-1].indent >= item.indent or len(open_items) == _DEEPEST):
            open_items.pop()
        (open_items[-1].below if open_items else roots).append(item)
        open_items.append(item)
    return roots


def _rows(item: _Item) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The rows that an item and those below it are: a label, and its columns with their print."""
    columns = [pair for below in item.below for pair in _columns(below)]
    if columns and all(_is_column(below) for below in item.below):
        yield item.label, [*item.pairs, *columns] if all(name for name, _ in item.pairs) else columns
        return
    yield item.label, item.pairs
    for below in item.below:
        yield from _rows(below)


def _is_column(item: _Item) -> bool:
    """Whether an item names a column, or a heading over such."""
    named = bare(item.label) in form_words().columns and not ordinal_of(item.label)
    return named and all(map(_is_column, item.below)) and all(not name for name, _ in item.pairs)


def _columns(item: _Item) -> Iterator[tuple[str, str]]:
    yield from ((item.label, value) for _, value in item.pairs)
    if item.empty and not item.below:
        yield item.label, ""
    for below in item.below:
        yield from _columns(below)


def _tables(rows: Sequence[tuple[str, list[tuple[str, str]]]]) -> Iterator[Block]:
    """Rows that name the same columns under one head; a table for each change of columns."""
    held: list[Row] = []
    heads: Row = ()
    for label, pairs in rows:
        names = tuple(name for name, _ in pairs)
        if not pairs and bare(label) in form_words().heads:
            continue  # a heading over the rows of a band, which each name themselves
        if pairs and names != heads:
            if held:
                yield Table(tuple(held))
            heads = names
            held = [("", *heads)] if any(heads) else []
        held.append((label, *(value for _, value in pairs)))
    yield Table(tuple(held))
