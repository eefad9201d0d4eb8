"""Read a row by the cells that its file knows: each number where it stands, each empty cell blank.

Flow:  strips -> **known cells** -> readings

HTML and word processors' documents hold their tables by cells, and a page of them says which of
its lines are table rows. Such a row has one reading where it has, behind its label, a cell for
every column; the label may stand in a row of its own above.

A cell stays open by itself where it holds words or signs instead of a number, or more beside one than
a unit. A row stays open where to count its numbers through might shift them: where a cell holds two and
another none, where words follow the label, where its numbers may be another row's or go on there, and
where the sheet's edge cuts it off, unless it is known which columns are left (`cut_off`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from gouji.inference.assembly.cell_places import (
    cells_behind,
    cells_left,
    cells_of,
    places_of,
    row_above,
    row_below,
    rows_beside,
)
from gouji.inference.assembly.doubts.raised_in_rows import CELLS_UNTOLD
from gouji.inference.assembly.figures import LEADING, is_blank
from gouji.inference.assembly.line_readings import LineReadings, holds, reading_of
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.unread_marks import is_held
from gouji.model.page import Page, Stretch, fold

_NOWHERE = -1
_FEWEST = 2  # full rows of one build
_NUMBER = re.compile(r"\d+")
_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅟↉"


def padded(page: Page, lines: Sequence[Line], strips: Mapping[int, Strip], columns: int) -> dict[int, int]:
    """Of rows with more cells than columns, and fewer numbers: how many empty ones stand before them, by row.

    Full rows of the same build, so many cells up to the label and so many behind it, tell: a tool pads
    its rows at one end.
    """
    builds: dict[tuple[int, int], list[int]] = {}
    first: dict[tuple[int, int], list[int]] = {}
    for index, strip in strips.items():
        label_end, _ = places_of(strip)
        cells = cells_behind(page, label_end, label_end)
        build = len(cells_of(page, label_end)) - len(cells), len(cells)
        if len(cells) > columns:
            if len(strip.chunks) < columns:
                builds.setdefault(build, []).append(index)
            if _is_full(lines[index], strip):
                places = [sum(end < chunk.start for _, end in cells) for chunk in strip.chunks]
                side_by_side = places[-1] - places[0] == columns - 1
                first.setdefault(build, []).append(places[0] if side_by_side else _NOWHERE)
    return {
        index: places[0]
        for build, places in first.items()
        if len(places) >= _FEWEST and {*places} == {places[0]} - {_NOWHERE}
        for index in builds.get(build, ())
    }


def _is_full(line: Line, strip: Strip) -> bool:
    """Whether a row prints a number for each of its cells, and its sums hold, not of zeros alone."""
    reading = reading_of(strip.chunks) if len(strip.chunks) == len(line.keys) else None
    return bool(reading is not None and line.sums and any(reading.values) and holds(line.sums, reading))


def in_cells(
    page: Page, columns: int, strip: Strip, *, cut_off: bool = False, before: int | None = None
) -> LineReadings | None:
    """A row's one reading by its cells; None where the file does not know them, or has others.

    Args:
        page: The page as it is read.
        columns: How many cells the row has behind its label.
        strip: What is printed there.
        cut_off: Whether these are the columns that the sheet's edge leaves of a row.
        before: How many empty cells a tool prints before the columns', where it pads its rows.
    """
    if not page.rows:
        return None
    if cells_left(page, strip) != (columns if cut_off else None):
        return _open(strip)
    label_end, first = places_of(strip)
    cells = _less_padding(page, cells_behind(page, label_end, label_end), columns, before)
    if not strip.chunks:
        return _without_number(page, strip, cells, columns)
    if len(cells) != columns:
        cells = _below_label(page, columns, label_end, first)  # of a band, or of a row below its label
    elif first >= cells[-1][1] and _is_without_label(page, columns, first):
        return _open(strip)  # the label's own row is empty, and numbers stand below it
    if len(cells) != columns:
        cells = _below_label(page, columns, 0, first)  # of a row without a label
        if len(cells) != columns or any(map(str.isalpha, page.text[slice(*cells[0])])):
            return _open(strip) if _lacks_cells(page, strip, columns) else None
    if any(label_end <= chunk.start < cells[0][0] and not chunk.is_mark for chunk in strip.chunks):
        return _open(strip)  # a number in the label's cell
    held: list[list[Chunk]] = [[] for _ in cells]
    for chunk in (*strip.chunks, *(stray for stray in strip.strays if stray.tagged)):
        place = next((i for i, (start, end) in enumerate(cells) if start <= chunk.start < end), None)
        if place is not None:  # else another row's
            held[place].append(chunk)
    free = [[c for c in own if _is_free(page, c, cell)] for own, cell in zip(held, cells, strict=True)]
    several = any(len(own) > 1 for own in free) and not all(held)
    worded = not held[0] and any(map(str.isalpha, page.text[slice(*cells[0])]))
    if several or worded or _goes_on(page, strip, cells, held):
        return _open(strip)
    unsure = frozenset(i for i, own in enumerate(held) if not _explains(page, own, cells[i]))
    reading = reading_of([own[0] if own and i not in unsure else None for i, own in enumerate(held)])
    assert reading is not None  # of what is no number the cell is unsure
    return LineReadings(strip, (reading,), shown=True, known=True, unsure=unsure)


def _less_padding(
    page: Page, cells: Sequence[Stretch], columns: int, before: int | None
) -> Sequence[Stretch]:
    """The cells of a row's columns, where those that a tool pads it with are empty; else all."""
    if before is None or not all(_is_empty(page, c) for c in (*cells[:before], *cells[before + columns :])):
        return cells
    return cells[before : before + columns]


def _below_label(page: Page, columns: int, label_end: int, first: int) -> Sequence[Stretch]:
    """The cells of the row that a row's first number stands in, below its label.

    The label's own place may be empty there: where the rows beside it are wider, an empty first cell may
    as well be that.
    """
    cells = cells_behind(page, label_end, first)
    if not cells or cells_of(page, label_end) == cells_of(page, first) or not _is_empty(page, cells[0]):
        return cells
    widest = max(map(len, rows_beside(page, first)), default=0)
    if len(cells) == columns + 1 == widest:
        return cells[1:]
    return cells if widest <= columns else []


def _lacks_cells(page: Page, strip: Strip, columns: int) -> bool:
    """Whether a row has fewer cells than columns, no two numbers in any: it does not say which it lacks."""
    label_end, _ = places_of(strip)
    cells = cells_behind(page, label_end, label_end)
    counts = [sum(start <= chunk.start < end for chunk in strip.chunks) for start, end in cells]
    return 0 < len(cells) < columns and sum(counts) == len(strip.chunks) and max(counts) == 1


def _is_without_label(page: Page, columns: int, place: int) -> bool:
    """Whether what stands at a place, below an empty row, may be that row's: no words begin its own.

    Outside of all rows a number for itself is a page's, several are a row's.
    """
    cells = cells_of(page, place)
    if cells:
        return not any(map(str.isalpha, page.folded[slice(*cells[0])]))
    line = page.folded[page.folded.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    return not any(map(str.isalpha, line)) and (columns == 1 or len(_NUMBER.findall(line)) > 1)


def _goes_on(page: Page, strip: Strip, cells: Sequence[Stretch], held: Sequence[Sequence[Chunk]]) -> bool:
    """Whether a row may go on in another as wide: numbers there fill only cells that are empty here.

    Of two rows without a label nothing says which is meant.
    """
    own = cells_of(page, cells[0][0])
    is_labelled = any(map(str.isalpha, page.folded[slice(*own[0])]))
    empty = {place for place, chunks in enumerate(held) if not chunks}
    beyond: dict[int, set[int]] = {}  # by where another row begins, the places of its numbers
    for chunk in strip.chunks:
        other = cells_of(page, chunk.start)
        if other and other[0] != own[0] and len(other) == len(own):
            behind = other[len(own) - len(cells) :]
            place = sum(start <= chunk.start for start, _ in behind) - 1
            beyond.setdefault(other[0][0], set()).add(place)
    return any(not is_labelled or places <= empty for places in beyond.values())


def _is_free(page: Page, chunk: Chunk, cell: Stretch) -> bool:
    """Whether a number stands in its cell outside of brackets."""
    before = page.folded[cell[0] : chunk.start]
    return before.count("(") == before.count(")")


def _explains(page: Page, held: Sequence[Chunk], cell: Stretch) -> bool:
    """Whether a cell holds a number and nothing that might be one too, or neither number nor word."""
    start, end = cell
    if not held:
        return _is_empty(page, cell)
    if len(held) > 1 or reading_of(held) is None or held[0].unread:
        return False
    (chunk,) = held
    before, behind = page.text[start : chunk.start], page.text[chunk.print_end : end]
    beside = before + behind
    if any(map(str.isalpha, before)) and fold(before).strip(" :(") not in LEADING:
        return False
    return not is_held(beside) and not any(map(_is_figure, beside))


def _is_figure(character: str) -> bool:
    """Whether a character may be part of a number: a digit or a fraction; not a note's, as `①`."""
    return character.isdecimal() or unicodedata.category(character) == "Nl" or character in _FRACTIONS


def _is_empty(page: Page, cell: Stretch) -> bool:
    """Whether a cell prints nothing, or what marks a blank; any other sign may stand for a number: `####`."""
    text = page.text[slice(*cell)]
    return not is_held(text) and is_blank(fold(text))


def _without_number(page: Page, strip: Strip, cells: Sequence[Stretch], columns: int) -> LineReadings | None:
    """A row that no number follows: blank, but for cells that hold something else; open where it has none."""
    label_end, _ = places_of(strip)
    own = cells_of(page, label_end)
    if not cells and own:
        # Of a band: its cells stand below its headers, of which the last is its label.
        cells = row_below(page, label_end)
        if strip.row is not None or len(cells) != columns or not all(_is_empty(page, c) for c in cells):
            return _open(strip)
    if cells and _is_unnamed(page, row_above(page, label_end), len(own)):
        return _open(strip)
    unsure = frozenset(i for i, cell in enumerate(cells) if not _is_empty(page, cell))
    if unsure and (len(cells) != columns or any(map(str.isalpha, page.text[slice(*cells[0])]))):
        return _open(strip)
    blank = Reading((0,) * columns, (None,) * columns)
    return LineReadings(strip, (blank,), True, known=True, unsure=unsure) if len(cells) == columns else None


def _is_unnamed(page: Page, row: Sequence[Stretch], width: int) -> bool:
    """Whether a row of so many cells prints numbers and no words: they may be those of the row below."""
    print_ = "".join(page.folded[start:end] for start, end in row)
    return len(row) == width and any(map(str.isdecimal, print_)) and not any(map(str.isalpha, print_))


def _open(strip: Strip) -> LineReadings:
    return LineReadings(strip, ()).doubted(CELLS_UNTOLD)
