"""What a table's numbers say of its columns: one is the publisher's own, or one of the form's is not printed.

Flow:  headers, strips -> **sums over columns** -> columns -> line readings

Rows that print all their numbers show a column of the publisher's own (法人小计): they have one too
many, and add up without that of one same place. Where a column of the form has no header, nor any
row a number for it, the sums over the rows say that the rest stands in its place, and the row
totals that it was there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.inference.assembly.columns import Columns, at
from gouji.inference.assembly.gaps import shown_blanks
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.line_readings import reading_of
from gouji.inference.assembly.lines import Line, column_sums
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.extraction import Number
from gouji.model.forms import Table
from gouji.model.page import Page

CONTESTED = "most of its rows add up without one, and others without another"
FEWEST = 2  # rows that show a column of the publisher's own

Printed = tuple[Number | None, ...]  # a row's values; None: what is printed there is no count
Rows = Mapping[int, Printed]  # by index of the line


def whole_rows(page: Page, strips: Mapping[int, Strip], width: int) -> dict[int, tuple[Number, ...]]:
    """The rows with a number, or an empty cell that the file knows, at each of so many places."""
    rows = _printed_rows(page, strips, width)
    known = {index: tuple(value for value in values if value is not None) for index, values in rows.items()}
    return {index: values for index, values in known.items() if len(values) == width}


def _printed_rows(page: Page, strips: Mapping[int, Strip], width: int) -> dict[int, Printed]:
    """The rows that print something, or an empty cell that the file knows, at each of so many places."""
    read = {index: _printed_row(page, strip, width) for index, strip in strips.items()}
    return {index: values for index, values in read.items() if values is not None}


def _printed_row(page: Page, strip: Strip, width: int) -> Printed | None:
    known = in_cells(page, width, strip)
    if known is not None:
        values = known.readings[0].values if known.known else ()
        return tuple(None if i in known.unsure else value for i, value in enumerate(values)) or None
    if len(strip.chunks) != width:
        return None
    return tuple(map(_value, strip.chunks))


def _rows_as_drawn(strips: Mapping[int, Strip], width: int) -> dict[int, Printed]:
    """The rows with their empty cells, where in each of them so many cells are drawn, or show otherwise."""
    shown = shown_blanks(list(strips.values()), width)
    if shown is None or not shown.is_exact:
        return {}
    rows: dict[int, Printed] = {}
    for (index, strip), blanks in zip(strips.items(), shown.rows, strict=True):
        if blanks is not None and strip.chunks:
            values: list[Number | None] = [0] * (blanks.leading or 0)
            for chunk, empty in zip(strip.chunks, (*blanks.inner, blanks.trailing or 0), strict=True):
                values += [_value(chunk), *[0] * empty]
            rows[index] = tuple(values)
    return rows


def _value(chunk: Chunk) -> Number | None:
    reading = None if chunk.unread else reading_of([chunk])
    return None if reading is None else reading.values[0]


def adds_up(line: Line, values: Sequence[Number | None]) -> bool:
    """Whether a row's values are known, and satisfy all sums within its line."""
    known = [value for value in values if value is not None]
    return len(known) == len(values) and all(rule.holds(known) for rule in line.sums)


def with_own_column(page: Page, lines: Mapping[int, Line], strips: Mapping[int, Strip]) -> Columns | None:
    """The places of rows that have a column besides those of their lines.

    None where no row has one number too many, or they do not agree on its place.
    """
    width = len(next(iter(lines.values())).keys)
    drawn = _rows_as_drawn(strips, width + 1)
    whole = drawn | _printed_rows(page, strips, width + 1)
    if len(whole) < FEWEST:
        return None
    fitting = {place: _rows_without(whole, lines, place) for place in range(width + 1)}
    most = max(map(len, fitting.values()))
    if most < FEWEST or most * 2 <= len(whole):
        return None
    found = [(place, _terms_of(rows, place)) for place, rows in fitting.items() if len(rows) == most]
    summing = [(place, terms) for place, terms in found if terms]
    printed = sum(bool(strip.chunks) for strip in strips.values())
    if len(summing) != 1 and (len(found) > 1 or most * 2 <= printed):
        return None
    place, terms = summing[0] if len(summing) == 1 else found[0]
    if not any(any(values[:place] + values[place + 1 :]) for values in fitting[place]):
        return None  # of zeros alone any column may be left out
    is_drawn = any(values[place] != 0 for values in drawn.values())
    if not (is_drawn or any(_is_printed(page, strip, width + 1, place) for strip in strips.values())):
        return None  # a tool has padded its rows
    because = CONTESTED if _is_contested(fitting, place) else "its numbers add up without one"
    return Columns((*range(place), None, *range(place, width)), because, terms)


def _is_printed(page: Page, strip: Strip, width: int, place: int) -> bool:
    """Whether a row of so many places prints something at one, a number or words."""
    known = in_cells(page, width, strip)
    if known is None or not known.readings:
        return len(strip.chunks) == width
    return place in known.unsure or known.readings[0].prints[place] is not None


def _rows_without(whole: Rows, lines: Mapping[int, Line], place: int) -> list[Printed]:
    """The rows that add up without the number at a place."""
    kept = [other for other in range(len(next(iter(whole.values()), ()))) if other != place]
    return [values for index, values in whole.items() if adds_up(lines[index], at(values, kept))]


def _is_contested(fitting: Mapping[int, Sequence[Printed]], place: int) -> bool:
    """Whether several rows add up without the number at another place, and not without that at this one."""
    others = [
        sum(values not in fitting[place] for values in rows) for at, rows in fitting.items() if at != place
    ]
    return max(others) >= FEWEST


def _terms_of(rows: Sequence[Printed], place: int) -> tuple[int, ...]:
    """The places right before one that it adds up in every row, if it is just those."""
    if sum(bool(values[place]) for values in rows) < FEWEST or any(None in values for values in rows):
        return ()
    known = [[value for value in values if value is not None] for values in rows]
    first = [
        start
        for start in range(place - 1)
        if all(abs(sum(values[start:place]) - values[place]) < 1e-6 for values in known)
    ]
    return tuple(range(first[0], place)) if len(first) == 1 else ()


def without_lost_column(
    page: Page, table: Table, lines: Mapping[int, Line], strips: Mapping[int, Strip], lost: int, own: bool
) -> Columns | None:
    """The places of rows that lack one column; None where their numbers do not bear that out.

    Args:
        page: The page.
        table: The table that the rows are of.
        lines: The rows' lines in the form's order, by index.
        strips: What is printed on them.
        lost: The column that has no header.
        own: Whether a column of the publisher's own has one, which may stand in the other's stead.
    """
    width = len(next(iter(lines.values())).keys)
    kept = tuple(column for column in range(width) if column != lost)
    columns = Columns(kept, "no header and no number is of the other")
    rows = whole_rows(page, strips, width - 1)
    as_many = whole_rows(page, strips, width) if own else {}
    place = _own_place(as_many, lines)
    if place is not None:
        rows = {index: values[:place] + values[place + 1 :] for index, values in as_many.items()}
        terms = _terms_of(list(as_many.values()), place)
        columns = Columns((*kept[:place], None, *kept[place:]), columns.because, terms)
    printed = [strip for strip in strips.values() if strip.chunks]
    too_long = any(len(strip.chunks) > len(columns.printed) for strip in printed)
    if too_long or len(rows) * 2 <= len(printed) or not _columns_hold(table, rows):
        return None
    return columns if all(_lost_value(lines[i], values, lost) >= 0 for i, values in rows.items()) else None


def _own_place(whole: Rows, lines: Mapping[int, Line]) -> int | None:
    """The one place whose numbers add up those before them, where the rows do not add up as the form's."""
    if all(adds_up(lines[index], values) for index, values in whole.items()):
        return None
    printed = list(whole.values())
    found = [place for place in range(len(printed[0])) if _terms_of(printed, place)]
    return found[0] if len(found) == 1 else None


def _columns_hold(table: Table, rows: Rows) -> bool:
    """Whether every sum over rows that are all there holds, in every printed column, and there is one."""
    rules = [rule for rule in column_sums(table) if all(row in rows for row in (*rule.left, *rule.right))]
    for rule in rules:
        left, right = (
            map(sum, zip(*(rows[row] for row in side), strict=True)) for side in (rule.left, rule.right)
        )
        if any(abs(a - b) > 1e-6 for a, b in zip(left, right, strict=True)):
            return False
    return bool(rules)


def _lost_value(line: Line, values: Sequence[Number], place: int) -> Number:
    """What the row's sums say that the lost column held; 0 where it is their total."""
    row = (*values[:place], 0, *values[place:])
    lacking = [
        sum(row[column] for column in rule.right) - sum(row[column] for column in rule.left)
        for rule in line.sums
        if place in rule.left
    ]
    return min([0, *lacking])
