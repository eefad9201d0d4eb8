"""The official forms, read from TOML: tables, blocks, rows, columns, and their arithmetic.

Flow:  page -> tokens -> tags -> spans -> **form** -> readings -> checks

A form is data (`model/forms/*.toml`, and any file a user names); a new one needs no code,
and docs/forms.md says how it is written. A table is a list of
blocks, each with its own columns; its rows are printed one under the other, or, where
the table says `printed = "band"`, side by side on one line. Checks name rows and columns
by id and mean: the sum of `left` equals the sum of `right`, for each row or each column.
Identities across years (`[[table.years]]`) say likewise what two reports in a row must agree on.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from gouji.model.errors import GoujiError

FORMS_DIR = Path(__file__).parent
# Below this a printed label is not taken for a row's. Half of a two-line label still scores 0.67;
# the nearest pair of different rows of the shipped forms (本年新收…, 上年结转政府信息公开申请数量)
# scores 0.79, so that the order of print decides too.
LIKENESS = 0.64
# More is no form: every label is held against every piece of print. The largest official table has 25 rows,
# the longest label 37 characters.
_MOST = 1000  # labels of a list
_LONGEST = 1000  # characters of a label


_LARGEST = 1 << 20  # bytes of a file of forms; the larger that ships has 10 KB


class FormError(GoujiError):
    """A form's file is faulty; the message lists every fault found in it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: its stable id, the official wording, and the aliases that print."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    group: str | None = None
    money: bool = False  # of a column in a table of counts: it is a sum of money

    @property
    def wordings(self) -> tuple[str, ...]:
        """The official wording first, then the aliases."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share columns; `label` is the sub-table heading, where there is one.

    `items` are the rows and, between them, what is answered in words and has no cell.
    """

    label: str | None
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    groups: tuple[Label, ...]
    heads: tuple[str, ...]  # headings over columns or over the row labels
    surplus: tuple[str, ...]  # columns that some publishers add and the form does not have
    items: tuple[Label, ...] = ()

    @property
    def in_words(self) -> tuple[Label, ...]:
        """The items that are answered in words or by a tick, in the order of print."""
        rows = set(self.rows)
        return tuple(item for item in self.items if item not in rows)

    def groups_of(self, row: Label) -> tuple[Label, ...]:
        """The groups that one of the rows stands in, outermost first."""
        groups = {group.id: group for group in self.groups}
        path: list[Label] = []
        above = row.group
        while above is not None and len(path) < len(groups):
            path.insert(0, groups[above])
            above = groups[above].group
        return tuple(path)


@dataclass(frozen=True, slots=True)
class SumRule:
    """The sum of `left` equals the sum of `right`, in each row or in each column of a table."""

    name: str
    each: Literal["row", "column"]
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearRule:
    """What one year's report and the next one's must say alike, in each row or each column of a table.

    The sum of `earlier`, read in the earlier report, and of `plus`, read in the later one, equals the
    sum of `later`, read in the later one.
    """

    name: str
    each: Literal["row", "column"]
    earlier: tuple[str, ...]
    plus: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One official table."""

    id: str
    heading: str
    aliases: tuple[str, ...]
    title: str  # the heading as issued, with its ordinal
    note: str | None
    printed: Literal["rows", "band"]
    blocks: tuple[Block, ...]
    checks: tuple[SumRule, ...]
    likeness: float = LIKENESS  # 0..1; below it a printed label is not taken for a row's
    years: tuple[YearRule, ...] = ()
    counts: bool = False  # every column counts, and has whole numbers, but for those of money

    def rows(self) -> Iterator[tuple[Block, Label]]:
        """Every row with its block, in the order of print."""
        for block in self.blocks:
            for row in block.rows:
                yield block, row

    def keys(self) -> list[str]:
        """Every cell's key `table/row/column`, in the order of print."""
        return [f"{self.id}/{row.id}/{column.id}" for block, row in self.rows() for column in block.columns]


@dataclass(frozen=True, slots=True)
class Form:
    """One official table set."""

    id: str
    source: str
    tables: tuple[Table, ...]

    def table(self, table_id: str) -> Table:
        """The table of that id; KeyError where the form has none."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)

    def keys(self) -> list[str]:
        """Every cell's key, in the order of print."""
        return [key for table in self.tables for key in table.keys()]


def forms_with(files: Iterable[Path]) -> Mapping[str, Form]:
    """The shipped forms, and behind them those of a user's own files.

    Raises:
        FormError: A file is faulty, or its form has the id of another one; all faults at once.
    """
    forms = dict(load_forms())
    faults = []
    for path in files:
        try:
            form = load_form(path)
        except FormError as error:
            faults.append(str(error))
            continue
        if form.id in forms:
            faults.append(f"{path}: id {form.id!r} is another form's already; give the form its own")
        forms.setdefault(form.id, form)
    if faults:
        raise FormError("\n".join(faults))
    return forms


def families(forms: Iterable[Form]) -> list[tuple[Form, ...]]:
    """The forms, those together that share a table's id: of them a report follows one, table by table."""
    found: list[tuple[Form, ...]] = []
    for form in forms:
        ids = {table.id for table in form.tables}
        akin = [family for family in found if ids & {table.id for each in family for table in each.tables}]
        found = [family for family in found if family not in akin]
        found.append((*(each for family in akin for each in family), form))
    return found


@cache
def load_forms(directory: Path = FORMS_DIR) -> Mapping[str, Form]:
    """Every form of a directory, by id, in the order of their ids.

    Raises:
        FormError: A file is not TOML, or misses something; all its faults at once.
    """
    forms = {}
    for path in sorted(directory.glob("*.toml")):
        form = load_form(path)
        forms[form.id] = form
    if not forms:
        raise FormError(f"{directory}: no form here; expected at least one *.toml")
    return forms


def toml_of(path: Path) -> dict[str, Any]:
    """What a file of TOML says.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no TOML, nests too deep, or is larger than any of ours.
    """
    if path.stat().st_size > _LARGEST:
        raise ValueError(f"it has more than {_LARGEST >> 20} MB")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError("its brackets nest too deep") from None


def load_form(path: Path) -> Form:
    """Read one form.

    Raises:
        FormError: The file is not TOML, or misses something; all its faults at once.
    """
    try:
        data = toml_of(path)
    except (ValueError, OSError) as error:
        raise FormError(f"{path}: cannot be read as TOML: {error}") from error
    faults: list[str] = []
    tables = tuple(
        _table(t, f"table[{i}]", faults) for i, t in enumerate(_objects(data, "table", "", faults))
    )
    form = Form(_text(data, "id", "", faults), _text(data, "source", "", faults), tables)
    if not tables:
        faults.append("table: missing; a form needs at least one [[table]]")
    faults.extend(_rule_faults(form))
    if faults:
        raise FormError("\n".join(f"{path}: {fault}" for fault in faults))
    return form


def _text(data: Mapping[str, Any], key: str, where: str, faults: list[str]) -> str:
    value = data.get(key)
    if isinstance(value, str) and len(value) > _LONGEST:
        faults.append(f"{where}.{key}: has {len(value)} characters; expected at most {_LONGEST}")
        return ""
    if isinstance(value, str) and value:
        return value
    place = f"{where}.{key}" if where else key
    faults.append(f"{place}: {'missing' if value is None else f'found {value!r}'}; expected a text")
    return ""


def _text_if_any(data: Mapping[str, Any], key: str, where: str, faults: list[str]) -> str | None:
    return None if data.get(key) is None else _text(data, key, where, faults)


def _objects(data: Mapping[str, Any], key: str, where: str, faults: list[str]) -> list[dict[str, Any]]:
    values = data.get(key, [])
    place = f"{where}.{key}" if where else key
    if not isinstance(values, list):
        faults.append(f"{place}: found {values!r}; expected a list of {{ … }}")
        return []
    for index, value in enumerate(values):
        if not isinstance(value, dict):
            faults.append(f"{place}[{index}]: found {value!r}; expected {{ key = value, … }}")
    return [value for value in values if isinstance(value, dict)]


def _texts(data: Mapping[str, Any], key: str, where: str, faults: list[str]) -> tuple[str, ...]:
    values = data.get(key, [])
    if isinstance(values, list) and all(isinstance(value, str) for value in values):
        if len(values) <= _MOST and all(len(value) <= _LONGEST for value in values):
            return tuple(values)
        faults.append(f"{where}.{key}: expected at most {_MOST} texts, each of at most {_LONGEST} characters")
        return ()
    faults.append(f"{where}.{key}: found {values!r}; expected a list of texts")
    return ()


def _flag(data: Mapping[str, Any], key: str, where: str, faults: list[str]) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        faults.append(f"{where}.{key}: found {value!r}; expected true or false")
    return value is True


def _labels(data: Mapping[str, Any], key: str, where: str, faults: list[str]) -> tuple[Label, ...]:
    labels = []
    items = _objects(data, key, where, faults)
    if len(items) > _MOST:
        faults.append(f"{where}.{key}: has {len(items)}; expected at most {_MOST}")
        return ()
    for index, item in enumerate(items):
        place = f"{where}.{key}[{index}]"
        labels.append(
            Label(
                _text(item, "id", place, faults),
                _text(item, "label", place, faults),
                _texts(item, "aliases", place, faults),
                _text_if_any(item, "group", place, faults),
                _flag(item, "money", place, faults),
            )
        )
    return tuple(labels)


def _block(data: Mapping[str, Any], where: str, faults: list[str]) -> Block:
    items = _labels(data, "rows", where, faults)
    block = Block(
        label=_text_if_any(data, "label", where, faults),
        columns=_labels(data, "columns", where, faults),
        rows=tuple(_with_cells(items, data, where, faults)),
        groups=_labels(data, "groups", where, faults),
        heads=_texts(data, "heads", where, faults),
        surplus=_texts(data, "surplus", where, faults),
        items=items,
    )
    for name in ("columns", "rows"):
        if not getattr(block, name):
            faults.append(f"{where}.{name}: missing; a block needs at least one")
    known = {group.id for group in block.groups}
    for label in (*block.items, *block.groups):
        if label.group is not None and label.group not in known:
            faults.append(f"{where}: {label.id} names group {label.group!r}, which the block does not have")
    for column in block.columns:
        if column.group is not None and column.group not in block.heads:
            faults.append(
                f"{where}: {column.id} names group {column.group!r}, which is none of the block's heads"
            )
    return block


def _with_cells(
    items: tuple[Label, ...], data: Mapping[str, Any], where: str, faults: list[str]
) -> Iterator[Label]:
    """The items that have cells: those that are not answered in words."""
    rows = [row for row in _objects(data, "rows", where, []) if isinstance(row.get("id"), str)]
    answers = {row["id"]: row.get("answer", "numbers") for row in rows}
    for index, item in enumerate(items):
        answer = answers.get(item.id, "numbers")
        if answer not in ("numbers", "words"):
            faults.append(f"{where}.rows[{index}].answer: found {answer!r}; expected 'numbers' or 'words'")
        elif answer == "numbers":
            yield item


def _likeness(data: Mapping[str, Any], where: str, faults: list[str]) -> float:
    value = data.get("likeness", LIKENESS)
    if isinstance(value, float) and LIKENESS <= value <= 1:
        return value
    faults.append(f"{where}.likeness: found {value!r}; expected a number from {LIKENESS} to 1.0")
    return LIKENESS


def _table(data: Mapping[str, Any], where: str, faults: list[str]) -> Table:
    printed = data.get("printed", "rows")
    if printed not in ("rows", "band"):
        faults.append(f"{where}.printed: found {printed!r}; expected 'rows' or 'band'")
    heading = _text(data, "heading", where, faults)

    def each_of(key: str) -> Iterator[tuple[int, dict[str, Any]]]:
        return enumerate(_objects(data, key, where, faults))

    return Table(
        id=_text(data, "id", where, faults),
        heading=heading,
        aliases=_texts(data, "aliases", where, faults),
        title=_text_if_any(data, "title", where, faults) or heading,
        note=_text_if_any(data, "note", where, faults),
        printed=printed,
        blocks=tuple(_block(b, f"{where}.block[{i}]", faults) for i, b in each_of("block")),
        checks=tuple(_rule(c, f"{where}.check[{i}]", faults) for i, c in each_of("check")),
        likeness=_likeness(data, where, faults),
        years=tuple(_year_rule(y, f"{where}.years[{i}]", faults) for i, y in each_of("years")),
        counts=_flag(data, "counts", where, faults),
    )


def _each(data: Mapping[str, Any], where: str, faults: list[str]) -> Literal["row", "column"]:
    if data.get("each") not in ("row", "column"):
        faults.append(f"{where}.each: found {data.get('each')!r}; expected 'row' or 'column'")
    return "column" if data.get("each") == "column" else "row"


def _year_rule(data: Mapping[str, Any], where: str, faults: list[str]) -> YearRule:
    each = _each(data, where, faults)
    earlier, plus, later = (_texts(data, key, where, faults) for key in ("earlier", "plus", "later"))
    if not earlier or not later:
        faults.append(f"{where}: earlier or later is empty; an identity across years needs both")
    return YearRule(_text(data, "name", where, faults), each, earlier, plus, later)


def _rule(data: Mapping[str, Any], where: str, faults: list[str]) -> SumRule:
    each = _each(data, where, faults)
    left, right = _texts(data, "left", where, faults), _texts(data, "right", where, faults)
    if not left or not right:
        faults.append(f"{where}: left or right is empty; a sum needs both sides")
    return SumRule(_text(data, "name", where, faults), each, left, right)


def _rule_faults(form: Form) -> Iterator[str]:
    """Ids that a rule names and its table does not have, and keys that stand twice."""
    for table in form.tables:
        rows = {row.id for _, row in table.rows()}
        columns = {column.id for block in table.blocks for column in block.columns}
        for rule in table.checks:
            known = columns if rule.each == "row" else rows
            for unknown in sorted({*rule.left, *rule.right} - known):
                yield f"table {table.id}, check {rule.name}: names {unknown!r}, which the table does not have"
        for years in table.years:
            known = columns if years.each == "row" else rows
            for unknown in sorted({*years.earlier, *years.plus, *years.later} - known):
                where = f"table {table.id}, years {years.name}"
                yield f"{where}: names {unknown!r}, which the table does not have"
    for key in sorted(key for key, count in Counter(form.keys()).items() if count > 1):
        yield f"{key}: stands twice"
