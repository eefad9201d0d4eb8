"""Layout damage to rows, tables and the page round them. No figure of a table changes.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from gouji.inference.mutation.choices import Mutation, between_rows, labelled_rows, one_table
from gouji.inference.mutation.sheet import Part, Place, Sheet
from gouji.model.labels import Tag

_PAGE_MARKS = ("- {} -", "— {} —", "第 {} 页 共 14 页", "{}/14", "Page {} of 14")
_PROSE = (
    "以上统计截至2023年12月31日，共涉及{}个部门、{}件事项。",
    "咨询电话：0571-8705{}{}，受理时间9:00至17:00。",
    "全年收到申请{}件，办结{}件。",
    "（依据国办公开办函〔2021〕{}号，第{}条）",
)
_ALIEN_ROWS = ("其他主动公开文件", "6.属于其他情形", "其中：网上申请", "9.网上公示")


def _inserted(make: Callable[[Sheet, random.Random], str]) -> Mutation:
    """Insert a line between two rows."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        breaks, line = between_rows(sheet), make(sheet, rng)
        if not breaks or not line:
            return None
        at = rng.choice(breaks)
        return sheet.edited([Part(at, at, line + "\n")])

    return mutation


def _page_mark(sheet: Sheet, rng: random.Random) -> str:
    return rng.choice(_PAGE_MARKS).format(rng.randrange(2, 12))


def _prose(sheet: Sheet, rng: random.Random) -> str:
    return rng.choice(_PROSE).format(rng.randrange(2, 40), rng.randrange(2, 40))


def _heads(sheet: Sheet, rng: random.Random) -> str:
    """The column labels of the page as they are printed above its greatest table."""
    labels = [label.start for row, label in sheet.labels.items() if row.startswith("applications/")]
    columns = [place for place in sheet.marks[Tag.COLUMN] if labels and place.end <= min(labels)]
    columns = columns[-9:]
    return sheet.text[columns[0].start : columns[-1].end] if columns else ""


def _page_break(sheet: Sheet, rng: random.Random) -> str:
    return f"\n{_page_mark(sheet, rng)}\n\f\n{_heads(sheet, rng)}"


def _repeated_group(sheet: Sheet, rng: random.Random) -> str:
    groups = [sheet.text[place.start : place.end] for place in sheet.marks[Tag.GROUP]]
    return rng.choice(groups) if groups else ""


def _alien_row(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """A row that the form does not have, behind a row of as many cells, in that row's print."""
    rows = [row for row in sheet.rows if sheet.row(row)]
    if not rows:
        return None
    row = rng.choice(rows)
    place = sheet.row(row)
    breaks = [at for at in between_rows(sheet) if place and at > place.end]
    if place is None or not breaks:
        return None
    at = min(breaks)
    cells = [
        Part(sheet.cells[key].start, sheet.cells[key].end, str(rng.randrange(9)))
        for key in sheet.printed_cells(row)
    ]
    label = sheet.labels[row]
    copy = _spliced(
        sheet.text, Place(place.start, at), [Part(label.start, label.end, rng.choice(_ALIEN_ROWS)), *cells]
    )
    return sheet.edited([Part(at, at, _line_start(sheet, place.start) + copy)])


def _line_start(sheet: Sheet, at: int) -> str:
    """What stands on a line before an offset, if it is no word: a bar, an indentation."""
    before = sheet.text[sheet.text.rfind("\n", 0, at) + 1 : at]
    return before if not any(c.isalnum() for c in before) else ""


def _spliced(text: str, place: Place, edits: Sequence[Part]) -> str:
    """A stretch of a text with edits done."""
    parts: list[str] = []
    done = place.start
    for edit in sorted(edits, key=lambda part: part.start):
        parts.extend((text[done : edit.start], edit.new or ""))
        done = edit.end
    return "".join([*parts, text[done : place.end]])


def _gone(choose: Callable[[Sheet, str], bool]) -> Mutation:
    """Take a row away, label and numbers."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        places = [place for row in sheet.rows if choose(sheet, row) and (place := sheet.row(row))]
        if not places:
            return None
        place = rng.choice(places)
        return sheet.edited([Part(place.start, place.end, "")])

    return mutation


def _is_zero(sheet: Sheet, row: str) -> bool:
    return not any(sheet.printed[key] for key in sheet.rows[row])


def _is_total(sheet: Sheet, row: str) -> bool:
    return row.endswith("/total")


def _row_repeated(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """A row printed twice, as where a page ends."""
    places = [place for row in sheet.rows if (place := sheet.row(row))]
    if not places:
        return None
    place = rng.choice(places)
    break_at = sheet.text.find("\n", place.end) + 1
    if not break_at or break_at not in between_rows(sheet):
        return None
    copy = _line_start(sheet, place.start) + sheet.text[place.start : break_at]
    return sheet.edited([Part(break_at, break_at, copy)])


def _rows_exchanged(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """Two rows of a table in each other's place, with their labels."""
    rows = [row for row in labelled_rows(sheet, rng) if sheet.row(row)]
    if len(rows) < 2:
        return None
    one, other = (sheet.row(row) for row in rng.sample(rows, 2))
    return sheet.exchanged(one, other) if one and other else None


def _bounds(sheet: Sheet, table: str) -> Place | None:
    """From a table's first label or number to its last."""
    places = [p for row, p in sheet.labels.items() if row.startswith(f"{table}/")]
    places += [p for key, p in sheet.cells.items() if key.startswith(f"{table}/")]
    if not places:
        return None
    return Place(min(p.start for p in places), max(p.end for p in places))


def _reordered(order: Callable[[Sheet, list[str]], Iterator[Place]]) -> Mutation:
    """Print the labels and numbers of a table in another order, one a line."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        rows = labelled_rows(sheet, rng)
        bounds = _bounds(sheet, rows[0].partition("/")[0]) if rows else None
        if bounds is None:
            return None
        parts = [Part(0, bounds.start)]
        for place in order(sheet, rows):
            parts.extend((Part(place.start, place.end), Part(bounds.end, bounds.end, "\n")))
        return sheet.rebuilt([*parts, Part(bounds.end, len(sheet.text))])

    return mutation


def _labels_first(sheet: Sheet, rows: list[str]) -> Iterator[Place]:
    yield from (sheet.labels[row] for row in rows)
    yield from (sheet.cells[key] for row in rows for key in sheet.printed_cells(row))


def _by_columns(sheet: Sheet, rows: list[str]) -> Iterator[Place]:
    yield from (sheet.labels[row] for row in rows)
    columns = dict.fromkeys(key.rpartition("/")[2] for row in rows for key in sheet.rows[row])
    for column in columns:
        yield from (sheet.cells[f"{row}/{column}"] for row in rows if f"{row}/{column}" in sheet.cells)


def _numbers_first(sheet: Sheet, rows: list[str]) -> Iterator[Place]:
    yield from (sheet.cells[key] for row in rows for key in sheet.printed_cells(row))
    yield from (sheet.labels[row] for row in rows)


def _table_repeated(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """A table printed again at the end of the page, as in an appendix."""
    rows = one_table(sheet, rng)
    bounds = _bounds(sheet, rows[0].partition("/")[0]) if rows else None
    if bounds is None:
        return None
    copy = f"\n附件\n{sheet.text[bounds.start : bounds.end]}\n"
    return sheet.edited([Part(len(sheet.text), len(sheet.text), copy)])


def _page_repeated(sheet: Sheet, rng: random.Random) -> Sheet | None:
    end = len(sheet.text)
    return sheet.edited([Part(end, end, "\n" + sheet.text)])


def _cut_off(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """The page ends behind some row."""
    breaks = between_rows(sheet)
    return sheet.edited([Part(rng.choice(breaks), len(sheet.text), "")]) if breaks else None


MUTATIONS_OF_ROWS: Mapping[str, Mutation] = {
    "group_label_repeated": _inserted(_repeated_group),
    "page_mark_between_rows": _inserted(_page_mark),
    "page_number_between_rows": _inserted(lambda sheet, rng: str(rng.randrange(1, 12))),
    "heads_repeated": _inserted(_heads),
    "page_break": _inserted(_page_break),
    "prose_between_rows": _inserted(_prose),
    "alien_row": _alien_row,
    "zero_row_gone": _gone(_is_zero),
    "row_gone": _gone(lambda sheet, row: not _is_zero(sheet, row)),
    "total_row_gone": _gone(_is_total),
    "row_repeated": _row_repeated,
    "rows_in_other_order": _rows_exchanged,
    "labels_before_numbers": _reordered(_labels_first),
    "numbers_before_labels": _reordered(_numbers_first),
    "numbers_by_columns": _reordered(_by_columns),
    "table_repeated": _table_repeated,
    "page_repeated": _page_repeated,
    "cut_off": _cut_off,
}
