"""The series of a panel, read from TOML: what each variable is called, holds, and can be compared with.

Flow:  series.toml, forms -> **series** -> values of a report, columns, codebook

A series is a cell of the forms, a sum of cells, an amount of money or a ratio of series. The file names rows
and columns; official labels come from the forms. A faulty file is refused with all its faults at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import Any

from gouji.inference.outputs.places import CellPlace, places
from gouji.model.errors import GoujiError
from gouji.model.forms import Form

LONGEST_NAME = 32 - len("_why")  # Stata's, with the ending of the second variable
_UNIT = re.compile(r"（单位[^）]*）")  # in a form's label; a variable names its own
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class SeriesError(GoujiError):
    """A file of series is faulty; the message lists every fault found in it."""


class Kind(StrEnum):
    """How a series comes to its value."""

    CELL = "cell"
    SUM = "sum"
    AMOUNT = "amount"
    RATIO = "ratio"


class Comparable(StrEnum):
    """Whether a series means the same in every form, from the strictest to the loosest."""

    NO = "no"
    NEAR = "near"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Series:
    """One variable, or of an amount three: as printed, its unit, and in 万元."""

    name: str
    kind: Kind
    chinese: str
    english: str
    comparable: Comparable
    unit: str | None = None
    note: str | None = None
    cells: Mapping[str, tuple[str, ...]] | None = None  # form -> keys that are added up; none of a ratio
    over: tuple[str, ...] = ()  # of a ratio: series
    under: tuple[str, ...] = ()

    @property
    def formula(self) -> str:
        """What it is computed of, in names of series or in rows of cells; empty for a single cell."""
        if self.kind is Kind.RATIO:
            return f"({' + '.join(self.over)}) / ({' + '.join(self.under)})"
        return {Kind.SUM: "sum of its cells", Kind.AMOUNT: "in 万元: 元 / 10000, 亿元 * 10000"}.get(
            self.kind, ""
        )


def load_series(forms: Mapping[str, Form], path: Path | None = None) -> tuple[Series, ...]:
    """The series of a file, those that are computed first; of the shipped file where none is named.

    Raises:
        SeriesError: The file cannot be read as TOML, or something in it is not of a form; all faults at once.
    """
    where = str(path or "series.toml")
    try:
        text = (path or files(__package__) / "series.toml").read_text(encoding="utf-8")
        data = tomllib.loads(text)
        found = list(_series(data, _Cells(forms)))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SeriesError(f"{where}: cannot be read as TOML: {error}") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        fault = f"misses {error}" if isinstance(error, KeyError) else str(error)
        raise SeriesError(f"{where}: {fault}; the shipped series.toml shows what each part needs") from error
    faults = list(_faults(found))
    if faults:
        raise SeriesError("\n".join(f"{where}: {fault}" for fault in faults))
    return tuple(_with_comparables(found))


class _Cells:
    """The cells of the known forms, by key."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self.places: dict[str, dict[str, CellPlace]] = {}  # key -> form -> place
        for form in forms.values():
            for table in form.tables:
                for place in places(table):
                    self.places.setdefault(place.key, {})[form.id] = place

    def newest(self, key: str) -> CellPlace:
        """Where a cell stands in the newest form that has it."""
        return list(self.places[key].values())[-1]


def _fits(key: list[str], parts: list[str]) -> bool:
    """Whether a pattern of series.toml means a key; `*` is one part of it."""
    return len(key) == len(parts) and all(map(fnmatchcase, key, parts))


def _series(data: Mapping[str, Any], cells: _Cells) -> Iterator[Series]:
    endings = {table["id"]: table["columns"] for table in data.get("table", ())}
    for ratio in data.get("ratio", ()):
        yield _ratio(ratio)
    for each in data.get("sum", ()):
        yield from _sums(each, endings, cells)
    for amount in data.get("amount", ()):
        yield from _amounts(amount, cells)
    notes = [(cell, remark["note"]) for remark in data.get("remark", ()) for cell in remark["cells"]]
    for table in data.get("table", ()):
        yield from _cells(table, notes, cells)


def _ratio(data: Mapping[str, Any]) -> Series:
    own = {key: data[key] for key in ("name", "chinese", "english")}
    over, under = tuple(data["over"]), tuple(data["under"])
    return Series(
        **own, kind=Kind.RATIO, comparable=Comparable.YES, note=data.get("note"), over=over, under=under
    )


def _sums(data: Mapping[str, Any], endings: Mapping[str, Any], cells: _Cells) -> Iterator[Series]:
    """A sum of cells: one series, or, where the columns are `*`, one for each column of the table."""
    named = data["cells"]
    of_form = {form: named.get(form, named.get("any", ())) for form in cells.forms}
    patterns = [pattern for each in named.values() for pattern in each]
    table = patterns[0].split("/")[0]
    columns = endings[table] if patterns[0].endswith("/*") else {"": ""}
    for column, ending in columns.items():
        keys = {
            form: tuple(pattern.removesuffix("*") + column if column else pattern for pattern in patterns)
            for form, patterns in of_form.items()
        }
        held = {form: own for form, own in keys.items() if own and all(_in(cells, form, key) for key in own)}
        if not held:
            raise ValueError(f"sum {data['name']!r}: no known form has all of its cells")
        label = cells.newest(next(iter(held.values()))[0]).column.label if column else ""
        yield Series(
            name=data["name"] + ending,
            kind=Kind.SUM,
            chinese=" · ".join(filter(None, (data["chinese"], label))),
            english=": ".join(filter(None, (data["english"], _words(column)))),
            comparable=Comparable(data["comparable"]),
            unit=data.get("unit"),
            note=data.get("note"),
            cells=held,
        )


def _in(cells: _Cells, form: str, key: str) -> bool:
    return form in cells.places.get(key, {})


def _amounts(data: Mapping[str, Any], cells: _Cells) -> Iterator[Series]:
    held = cells.places[data["cell"]]
    place = cells.newest(data["cell"])
    yield Series(
        name=data["name"],
        kind=Kind.AMOUNT,
        chinese=f"{place.row.label} · {_UNIT.sub('', place.column.label)}",
        english=f"{_words(place.row.id).capitalize()}: {_words(place.column.id)}",
        comparable=Comparable(data["comparable"]),
        unit=place.unit,
        note=data.get("note"),
        cells=dict.fromkeys(held, (data["cell"],)),
    )


def _cells(data: Mapping[str, Any], notes: Iterable[tuple[str, str]], cells: _Cells) -> Iterator[Series]:
    """A series for each cell of a table that has a row and a column with a name."""
    for key, held in cells.places.items():
        table, row, column = key.split("/")
        if table != data["id"] or row not in data["rows"] or column not in data["columns"]:
            continue
        place = cells.newest(key)
        group = (place.group_label or "").rpartition(" · ")[2]
        told = (note for pattern, note in notes if _fits(key.split("/"), pattern.split("/")))
        everywhere = all(form in held for form in cells.forms if _has(cells.forms[form], table))
        yield Series(
            name=data["rows"][row] + data["columns"][column],
            kind=Kind.CELL,
            chinese=" · ".join(filter(None, (group, place.row.label, place.column.label))),
            english=f"{_words(row).capitalize()}: {_words(column)}",
            comparable=Comparable.YES if everywhere else Comparable.NO,
            unit=place.unit or data.get("unit"),
            note=" ".join(told) or None,
            cells=dict.fromkeys(held, (key,)),
        )


def _has(form: Form, table: str) -> bool:
    return any(each.id == table for each in form.tables)


def _words(name: str) -> str:
    return name.replace(".", ", ").replace("_", " ")


def _faults(found: Iterable[Series]) -> Iterator[str]:
    names: set[str] = set()
    series = list(found)
    known = {each.name for each in series if each.kind is not Kind.RATIO}
    for each in series:
        if not _NAME.fullmatch(each.name) or len(each.name) > LONGEST_NAME:
            yield f"{each.name!r}: expected a to z, digits and _, at most {LONGEST_NAME}"
        if each.name in names:
            yield f"{each.name!r}: is the name of two series"
        names.add(each.name)
        for part in (*each.over, *each.under):
            if part not in known:
                yield f"{each.name!r}: is computed from {part!r}, which is no series of cells"


def _with_comparables(found: Iterable[Series]) -> Iterator[Series]:
    """The series, a ratio as comparable as the least comparable of its parts."""
    order = list(Comparable)
    series = list(found)
    of = {each.name: each.comparable for each in series}
    for each in series:
        parts = (*each.over, *each.under)
        yield replace(each, comparable=min((of[p] for p in parts), key=order.index)) if parts else each
