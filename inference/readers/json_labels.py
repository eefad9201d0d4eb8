"""What the keys of an object name in the forms: rows, columns, headings over either; and in which order.

Flow:  keys -> **labels of the forms** -> tables of objects

Keys stand in no order that means something: a program may sort them. A key that is a form's label says
which row or column a value is in, and is put where the form prints it. Keys of which one is no label stay
as they stand: nothing is made alike here, only what reads the same but for ordinals, brackets and blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gouji.model.forms import Block, Label, Table, load_forms
from gouji.model.label_words import bare, bare_wordings, ordinal_of

_JOINT = re.compile(r"\s*[._/|>→:：—-]+\s*|\s+")
_JOINTS_OF_REST = re.compile(r"(?<!\d)[._/|>→—-]+")  # an ordinal's point is none
_TALLIES = ("总计", "合计", "小计", "其他")  # that are rows and columns alike


@dataclass(frozen=True, slots=True)
class _Order:
    """The labels of a table, or of one of its blocks' columns, as they are printed: each by its places."""

    places: dict[str, list[int]] = field(default_factory=dict)

    def add(self, wordings: Iterable[str], place: int) -> None:
        for wording in wordings:
            for name in {bare(wording), ordinal_of(wording) + bare(wording)}:
                self.places.setdefault(name, []).append(place)

    def of(self, key: str) -> list[int]:
        """Where a key may stand; by its ordinal alone where that tells."""
        words = bare(key)
        return self.places.get(ordinal_of(key) + words) or self.places.get(words, [])


@dataclass(frozen=True, slots=True)
class Band:
    """A table whose rows are printed side by side: the labels of its rows and of its columns."""

    rows: tuple[Label, ...]
    columns: tuple[Label, ...]

    groups: tuple[Label, ...] = ()

    def is_group(self, label: str) -> bool:
        """Whether a label stands over several of the rows."""
        return bare(label) in bare_wordings(self.groups)

    def row_of(self, label: str) -> int | None:
        """The row that a label names: by itself, or behind what it is grouped under."""
        words = bare(label)
        found = [i for i, row in enumerate(self.rows) if any(words.endswith(w) for w in bare_wordings([row]))]
        return found[0] if len(found) == 1 else None

    def column_of(self, label: str) -> int | None:
        """The column that a label names."""
        words = bare(label)
        return next((i for i, column in enumerate(self.columns) if words in bare_wordings([column])), None)


def is_column(key: str) -> bool:
    """Whether a key is a column's label."""
    return bare(key) in _known().columns


def is_row(key: str) -> bool:
    """Whether a key is a row's label, or that of a group of rows."""
    return bare(key) in _known().rows


def has_cells(key: str) -> bool:
    """Whether a key is the label of a row that has cells, not of a group."""
    return bare(key) in _known().blocks_of_rows


def is_head(key: str) -> bool:
    """Whether a key is a heading over several columns."""
    return bare(key) in _known().heads


def rows_named(keys: Iterable[str]) -> frozenset[str]:
    """The keys that name rows of a form, and nothing else, without their ordinals."""
    known = _known()
    return frozenset(words for key in keys if (words := bare(key)) in known.rows - known.columns)


def names_columns(keys: Iterable[str]) -> bool:
    """Whether more of the keys are columns' labels than rows'; those that are both decide nothing.

    >>> names_columns(["自然人", "其他", "总计"]), names_columns(["行政处罚", "行政强制"])
    (True, False)
    """
    keys = list(keys)
    columns, rows = sum(map(is_column, keys)), sum(map(is_row, keys))
    return columns > rows or (0 < columns == rows and all(bare(key) in _TALLIES for key in keys))


def names_rows(keys: Iterable[str]) -> bool:
    """Whether more of the keys are rows' labels than columns'."""
    keys = list(keys)
    return sum(map(is_row, keys)) > sum(map(is_column, keys))


def in_order(keys: Sequence[str]) -> list[str]:
    """The keys as their form prints them; as they stand where one is no label, or they stand so already.

    >>> in_order(["四、结转下年度继续办理", "一、本年新收政府信息公开申请数量"])
    ['一、本年新收政府信息公开申请数量', '四、结转下年度继续办理']
    """
    if len(keys) < 2 or not all(bare(key) in _known().labels for key in keys):
        return list(keys)
    for order in _known().orders:
        found = [order.of(key) for key in keys]
        if all(found):
            return list(keys) if _run(found) else _sorted(keys, found)
    return list(keys)


def may_have(row: str, column: str) -> bool:
    """Whether a row may have a cell in a column: unless a form has both, and never one in the other.

    >>> may_have("行政许可", "本年处理决定数量"), may_have("行政许可", "现行有效件数")
    (True, False)
    """
    known = _known()
    blocks = known.blocks_of_rows.get(bare(row), set())
    others = known.blocks_of_columns.get(bare(column), set())
    return not blocks or not others or not blocks.isdisjoint(others)


def in_one_block(row: str, other: str) -> bool:
    """Whether two rows may stand under the same heads: unless they are of different blocks of the forms."""
    blocks = _known().blocks_of_rows
    own, others = blocks.get(bare(row), set()), blocks.get(bare(other), set())
    return not own or not others or not own.isdisjoint(others)


def completed(rows: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The columns of a table's rows, with those of its block that it does not have, where these are several.

    One that lacks among several is told by the heads of the others.

    >>> completed(["规章"], ["现行有效件数"])
    ['本年制发件数', '本年废止件数', '现行有效件数']
    """
    words = [bare(column) for column in columns]
    found: list[Sequence[Label]] = []
    for block in _known().blocks:
        of_rows = bare_wordings(block.rows)
        of_columns = [bare_wordings([column]) for column in block.columns]
        place = [next((i for i, own in enumerate(of_columns) if w in own), None) for w in words]
        if None in place or len(set(place)) < len(words) or not all(bare(row) in of_rows for row in rows):
            continue
        lacking = len(block.columns) - len(words)
        if not lacking or (lacking == 1 and len(words) > 1):
            return list(columns)
        found.append(block.columns)
    if not found or not rows:
        return list(columns)
    own = dict(zip(words, columns, strict=True))
    return [next((own[w] for w in bare_wordings([c]) if w in own), c.label) for c in min(found, key=len)]


def path_of(key: str) -> list[str]:
    """The labels that a key joins: 二、主动公开.规章_本年制发件数.

    >>> path_of("主动公开.规章_本年制发件数"), path_of("1.属于国家秘密-自然人")
    (['主动公开', '规章', '本年制发件数'], ['1.属于国家秘密', '自然人'])
    """
    path: list[str] = []
    rest = key
    while rest and not (path and is_row(rest)):
        known = is_row if path else is_column
        joint = next((joint for joint in _JOINT.finditer(rest) if known(rest[joint.end() :])), None)
        if joint is None:
            break
        path.insert(0, rest[joint.end() :])
        rest = rest[: joint.start()]
    parts = [rest] if not path or is_row(rest) else _JOINTS_OF_REST.split(rest)
    return [*filter(None, parts), *path]


def bands() -> Sequence[Band]:
    """The tables of the forms whose rows are printed side by side."""
    return _known().bands


def _run(found: Sequence[Sequence[int]]) -> bool:
    """Whether each key may stand behind the one before it."""
    last = -1
    for places in found:
        behind = [place for place in places if place > last]
        if not behind:
            return False
        last = min(behind)
    return True


def _sorted(keys: Sequence[str], found: Sequence[Sequence[int]]) -> list[str]:
    places = [own[-1] for own in found]
    if len(set(places)) < len(places):
        return list(keys)
    return [key for _, key in sorted(zip(places, keys, strict=True))]


@dataclass(frozen=True, slots=True)
class _Known:
    rows: frozenset[str]
    columns: frozenset[str]
    heads: frozenset[str]
    labels: frozenset[str]  # all that have a place in an order
    orders: tuple[_Order, ...]
    bands: tuple[Band, ...]
    blocks: tuple[Block, ...]
    blocks_of_rows: Mapping[str, set[int]]
    blocks_of_columns: Mapping[str, set[int]]


@lru_cache(maxsize=1)
def _known() -> _Known:
    forms = sorted(load_forms().values(), key=lambda form: form.id, reverse=True)
    tables = [table for form in forms for table in form.tables]
    blocks = [block for table in tables for block in table.blocks]
    heads = {bare(head) for block in blocks for head in block.heads if block.label is None}
    columns = bare_wordings(column for block in blocks for column in block.columns)
    columns |= {bare(own) for block in blocks for own in block.surplus}
    rows = bare_wordings(row for block in blocks for row in (*block.rows, *block.groups))
    orders = [_order_of(form.tables) for form in forms]
    orders += [_columns_of(block) for block in blocks]
    bands = [
        Band(t.blocks[0].rows, t.blocks[0].columns, t.blocks[0].groups) for t in tables if t.printed == "band"
    ]
    return _Known(
        rows=rows,
        columns=columns,
        heads=frozenset(heads),
        labels=frozenset(name for order in orders for name in order.places),
        orders=tuple(orders),
        bands=tuple(bands),
        blocks=tuple(blocks),
        blocks_of_rows=_blocks_by_words(blocks, rows=True),
        blocks_of_columns=_blocks_by_words(blocks, rows=False),
    )


def _blocks_by_words(blocks: Sequence[Block], *, rows: bool) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, block in enumerate(blocks):
        for label in block.rows if rows else block.columns:
            for words in bare_wordings([label]):
                found.setdefault(words, set()).add(number)
    return found


def _columns_of(block: Block) -> _Order:
    order = _Order()
    for place, column in enumerate(block.columns):
        order.add(column.wordings, place)
    return order


def _order_of(tables: Sequence[Table]) -> _Order:
    """Tables, blocks, groups and rows in the order of print."""
    order, place = _Order(), 0
    for table in tables:
        order.add((table.title, table.heading, *table.aliases), place)
        for block in table.blocks:
            place += 1
            order.add([block.label] if block.label else [], place)
            opened: set[str] = set()
            for row in block.rows:
                for group in block.groups_of(row):
                    if group.id not in opened:
                        opened.add(group.id)
                        place += 1
                        order.add(group.wordings, place)
                place += 1
                order.add(row.wordings, place)
        place += 1
    return order
