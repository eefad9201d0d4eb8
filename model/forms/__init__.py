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

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from gouji.model.errors import GoujiError
from gouji.model.toml_entry import MOST, Entry, toml_of

FORMS_DIR = Path(__file__).parent
# Below this a printed label is not taken for a row's. Half of a two-line label still scores 0.67;
# the nearest pair of different rows of the shipped forms (本年新收…, 上年结转政府信息公开申请数量)
# scores 0.79, so that the order of print decides too.
LIKENESS = 0.64


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


def load_form(path: Path) -> Form:
    """Read one form.

    Raises:
        FormError: The file is not TOML, or misses something; all its faults at once.
    """
    try:
        data = toml_of(path)
    except (ValueError, OSError) as error:
        raise FormError(f"{path}: cannot be read as TOML: {error}") from error
    entry = Entry(data, "", [])
    tables = tuple(map(_table, entry.entries("table")))
    form = Form(entry.text("id"), entry.text("source"), tables)
    if not tables:
        entry.fault("table", "missing; a form needs at least one [[table]]")
    if faults := [*entry.faults, *_rule_faults(form)]:
        raise FormError("\n".join(f"{path}: {fault}" for fault in faults))
    return form


def _table(entry: Entry) -> Table:
    heading = entry.text("heading")
    return Table(
        id=entry.text("id"),
        heading=heading,
        aliases=entry.texts("aliases"),
        title=entry.text_if_any("title") or heading,
        note=entry.text_if_any("note"),
        printed=entry.choice("printed", ("rows", "band")),
        blocks=tuple(map(_block, entry.entries("block"))),
        checks=tuple(map(_rule, entry.entries("check"))),
        likeness=_likeness(entry),
        years=tuple(map(_year_rule, entry.entries("years"))),
        counts=entry.flag("counts"),
    )


def _block(entry: Entry) -> Block:
    rows = _entries_of_labels(entry, "rows")
    items = tuple(map(_label, rows))
    answers = [row.choice("answer", ("numbers", "words")) for row in rows]
    block = Block(
        label=entry.text_if_any("label"),
        columns=tuple(map(_label, _entries_of_labels(entry, "columns"))),
        rows=tuple(item for item, answer in zip(items, answers, strict=True) if answer == "numbers"),
        groups=tuple(map(_label, _entries_of_labels(entry, "groups"))),
        heads=entry.texts("heads"),
        surplus=entry.texts("surplus"),
        items=items,
    )
    for name in ("columns", "rows"):
        if not getattr(block, name):
            entry.fault(name, "missing; a block needs at least one")
    known = {group.id for group in block.groups}
    for label in (*block.items, *block.groups):
        if label.group is not None and label.group not in known:
            fault = f"{label.id} names group {label.group!r}, which the block does not have"
            entry.faults.append(f"{entry.where}: {fault}")
    for column in block.columns:
        if column.group is not None and column.group not in block.heads:
            fault = f"{column.id} names group {column.group!r}, which is none of the block's heads"
            entry.faults.append(f"{entry.where}: {fault}")
    return block


def _entries_of_labels(entry: Entry, key: str) -> list[Entry]:
    found = entry.entries(key)
    if len(found) > MOST:
        entry.fault(key, f"has {len(found)}; expected at most {MOST}")
        return []
    return found


def _label(entry: Entry) -> Label:
    return Label(
        entry.text("id"),
        entry.text("label"),
        entry.texts("aliases"),
        entry.text_if_any("group"),
        entry.flag("money"),
    )


def _likeness(entry: Entry) -> float:
    value = entry.data.get("likeness", LIKENESS)
    if isinstance(value, float) and LIKENESS <= value <= 1:
        return value
    entry.fault("likeness", f"found {value!r}; expected a number from {LIKENESS} to 1.0")
    return LIKENESS


def _each(entry: Entry) -> Literal["row", "column"]:
    return entry.choice("each", ("row", "column"), required=True)


def _rule(entry: Entry) -> SumRule:
    each, left, right = _each(entry), entry.texts("left"), entry.texts("right")
    if not left or not right:
        entry.faults.append(f"{entry.where}: left or right is empty; a sum needs both sides")
    return SumRule(entry.text("name"), each, left, right)


def _year_rule(entry: Entry) -> YearRule:
    each = _each(entry)
    earlier, plus, later = map(entry.texts, ("earlier", "plus", "later"))
    if not earlier or not later:
        fault = "earlier or later is empty; an identity across years needs both"
        entry.faults.append(f"{entry.where}: {fault}")
    return YearRule(entry.text("name"), each, earlier, plus, later)


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
