"""Rebuild the matrix of each table: one reading of the page, and what it leaves open.

Flow:  rows -> **one reading of the page** -> checks

Each line brings its readings; the columns' sums choose among them. A value is given only
where every reading that is left agrees on it. Where tables were torn apart (numbers that no
row took, labels out of order), a row counts only if its own sums prove it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.inference.assembly import solver
from gouji.inference.assembly.accounting import open_beside, passed_over, untold
from gouji.inference.assembly.checks import evaluate_checks, keys_of
from gouji.inference.assembly.column_choice import in_columns
from gouji.inference.assembly.columns import without_own
from gouji.inference.assembly.contradictions import doubt_failing_sums, opened
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.likelihood import weights
from gouji.inference.assembly.line_readings import LineReadings, holds
from gouji.inference.assembly.lines import column_sums
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.rows import read_lines
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.extraction import Cell, CheckState, Note, Number, State, Unplaced
from gouji.model.forms import Table
from gouji.model.page import Page

CANDIDATES = 8  # values that an ambiguous cell lists
# Calibrated confidence below which a value is open, unless every sum that it is in holds. With taggers
# trained on 75, 150 and 300 pages alone 31 cells of 300 held-out pages (seed 20261127) were answered wrongly:
# 19 of them lie below it; most others were sums of money taken for headings, whose both readings are now
# followed where VALUE has a share. The shipped tagger's answers were all right: it loses 13 cells of 52,172.
BOUND = 0.85
_UNSURE = "the tagger is not sure enough whose it is"
ZERO_WITHOUT_CELL = "a zero of this row whose cell cannot be told"
BOUNDED = "there are more readings than are looked through"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells of one table that stand on the page, by key, and the numbers that none of them took."""

    cells: Mapping[str, Cell]
    unplaced: tuple[Unplaced, ...]
    bounded: str | None = None  # why not all of its readings were looked through


def assemble(marked: MarkedPage, tables: Sequence[FoundTable]) -> dict[str, Matrix]:
    """Rebuild the tables of a page.

    Args:
        marked: The page with its tokens and their tags.
        tables: The tables found on that page.

    Returns:
        For each table, by id, a cell for each line that the page holds; cells of other lines
        are left to the caller.
    """
    printed = [in_columns(marked, found) for found in tables]
    own_columns_gone = [without_own(found, read_lines(marked, found)) for found in printed]
    tables = [found for found, _ in own_columns_gone]
    read = {found.table.id: lines for found, lines in own_columns_gone}
    torn = {found.table.id: _is_torn(found, read[found.table.id]) for found in tables}
    matrices = {}
    for found in tables:
        id_ = found.table.id
        passed = passed_over(marked, found, tables)
        own = open_beside(passed, read[id_], found)
        matrix = _matrix(marked.page, found, own, torn[id_], any(torn.values()))
        beside = _of_chunks(marked.page, passed, "it stands among the table's headings")
        matrices[id_] = replace(matrix, unplaced=_in_order((*matrix.unplaced, *beside)))
    return _accounted(marked, tables, matrices)


def _accounted(
    marked: MarkedPage, tables: Sequence[FoundTable], matrices: Mapping[str, Matrix]
) -> dict[str, Matrix]:
    """The matrices, with the numbers of their tables of which nothing was said so far."""
    told: set[int] = set()
    for matrix in matrices.values():
        for cell in matrix.cells.values():
            if cell.start is not None and cell.end is not None:
                told.update(range(cell.start, cell.end))
            if cell.note is not None:
                told.update(range(cell.note.start, cell.note.end))
        for number in matrix.unplaced:
            told.update(range(number.start, number.end))
    accounted = {}
    for found in tables:
        matrix = matrices[found.table.id]
        rest: list[Unplaced] = []
        for chunk in untold(marked, found, told):
            rest += _of_chunks(marked.page, (chunk,), _why_untold(chunk))
            told.update(range(chunk.start, chunk.end))
        accounted[found.table.id] = replace(matrix, unplaced=_in_order((*matrix.unplaced, *rest)))
    return accounted


def _why_untold(chunk: Chunk) -> str:
    if not chunk.tagged:
        return "it stands in other text, and the tagger calls it no value"
    return ZERO_WITHOUT_CELL if not chunk.digits.strip("0") else "no cell took it"


def _matrix(
    page: Page, found: FoundTable, read: Mapping[int, LineReadings], torn: bool, torn_page: bool
) -> Matrix:
    """One table's cells; print that contradicts itself stands only where all else is in its place."""
    if torn:
        read = {index: _proved(page, found, index, read) for index in read}
    orderly = not torn_page and all(line.shown for line in read.values())
    left, reason = _choose(found, opened(found, read))
    cells: dict[str, Cell] = {}
    for index, line in left.items():
        cells.update((cell.key, cell) for cell in _cells(page, found.lines[index].keys, line))
    if not orderly:
        doubt_failing_sums(found.table, cells)
    doubted = _doubt_unsure(found.table, cells)
    unplaced: list[Unplaced] = []
    for index, line in left.items():
        keys = found.lines[index].keys
        why = _UNSURE if not doubted.isdisjoint(keys) else BOUNDED if line.cut else reason
        unplaced.extend(_unplaced(page, line, [cells[key] for key in keys], why))
    for strip in _leftover(found, read):
        unplaced.extend(_of_chunks(page, strip.chunks, "no row label stands before it"))
    bounded = BOUNDED if reason == BOUNDED or any(line.cut for line in read.values()) else None
    return Matrix(cells, _in_order(unplaced), bounded)


def _in_order(unplaced: Iterable[Unplaced]) -> tuple[Unplaced, ...]:
    return tuple(sorted(unplaced, key=lambda number: number.start))


def _is_torn(found: FoundTable, read: Mapping[int, LineReadings]) -> bool:
    """Whether numbers and labels were torn apart, so that what stands behind a label may not be its own."""
    return found.disordered or _has_strays(found, read) or any(line.torn for line in read.values())


def _doubt_unsure(table: Table, cells: dict[str, Cell]) -> set[str]:
    """Open the cells that rest on a tag below the bound, unless every sum that they are in confirms them."""
    unsure = {
        key
        for key, cell in cells.items()
        if cell.state is not State.AMBIGUOUS and cell.confidence is not None and cell.confidence < BOUND
    }
    if not unsure:
        return unsure
    whole = {key: cells.get(key) or Cell(key, None, State.MISSING) for key in table.keys()}
    summed: dict[str, bool] = {}
    for check in evaluate_checks(table, whole):
        for key in keys_of(table, check.name):
            summed[key] = summed.get(key, True) and check.state is CheckState.HOLDS
    opened = {key for key in unsure if not summed.get(key, False)}
    for key in opened:
        cells[key] = Cell(key, None, State.AMBIGUOUS, candidates=(cells[key].value,), more=True)
    return opened


def _has_strays(found: FoundTable, read: Mapping[int, LineReadings]) -> bool:
    """Whether values stand in the table that no row could take, so that rows may have lost theirs.

    The numbers of a row that the form does not have are no such values, if the row before it
    is whole without them; nor are those beyond a row whose cells are known.
    """
    for index, line in read.items():
        if not line.known and any(chunk.tagged and not chunk.is_mark for chunk in line.strip.strays):
            whole = line.shown and holds(found.lines[index].sums, line.readings[0])
            if not (line.strip.foreign_row and whole):
                return True
    return bool(_leftover(found, read))


def _leftover(found: FoundTable, read: Mapping[int, LineReadings]) -> list[Strip]:
    """The numbers before the first label, where they were not dealt out to lost rows."""
    if found.leading is None or (0 in read and 0 not in found.strips):
        return []
    return [found.leading] if any(chunk.tagged for chunk in found.leading.numbers) else []


def _proved(page: Page, found: FoundTable, index: int, read: Mapping[int, LineReadings]) -> LineReadings:
    """The line as it is where its own sums prove it and its numbers stand side by side; else open.

    A sum does not tell in which order its terms were printed; one line of text does. Nor does it
    tell whose the numbers are: where a row beside it has none, they may be that row's; and numbers
    beyond its own may be the rest of it.
    """
    line, sums = read[index], found.lines[index].sums
    order = sorted(read)
    place = order.index(index)
    beside = (*order[max(place - 1, 0) : place], *order[place + 1 : place + 2])
    own = all(read[other].strip.chunks for other in beside) and not any(c.tagged for c in line.strip.strays)
    # Numbers before the first label say that every label may stand behind its own.
    own = own and not _leftover(found, read)
    if own and len(line.readings) == 1 and not line.claimed and sums and line.strip.side_by_side(page):
        values = line.readings[0].values
        if all(rule.holds(values) and values[rule.right[0]] for rule in sums):
            return line
    return replace(line, shown=False, more=True)


def _choose(found: FoundTable, read: Mapping[int, LineReadings]) -> tuple[dict[int, LineReadings], str]:
    """The lines with the readings that the columns leave, and why some stay open."""
    sums = [
        rule
        for rule in column_sums(found.table)
        if all(_is_whole(read.get(row)) for row in (*rule.left, *rule.right))
    ]
    summed = {row for rule in sums for row in (*rule.left, *rule.right)}
    read = {i: _unless_claimed(line) if i not in summed else line for i, line in read.items()}
    rows = {index: line for index, line in read.items() if line.readings and not line.more}
    if not sums or all(len(line.readings) == 1 for line in rows.values()):
        return dict(read), "its row can be read in several ways"
    order = {index: place for place, index in enumerate(rows)}
    moved = [
        replace(rule, left=tuple(order[r] for r in rule.left), right=tuple(order[r] for r in rule.right))
        for rule in sums
    ]
    left = solver.survivors([[r.values for r in line.readings] for line in rows.values()], moved)
    chosen = dict(read)
    for (index, line), kept in zip(rows.items(), left.rows, strict=True):
        chosen[index] = replace(line, readings=tuple(line.readings[i] for i in kept))
    if not left.consistent:
        chosen = {index: _unless_claimed(line) for index, line in chosen.items()}
        return chosen, "no reading of its row satisfies the columns' sums"
    return chosen, "its row can be read in several ways" if left.exact else BOUNDED


def _is_whole(line: LineReadings | None) -> bool:
    """Whether all that a line may say is listed."""
    return line is not None and not line.more and not line.unsure


def _unless_claimed(line: LineReadings) -> LineReadings:
    """The line, open where its own sum is all that speaks for it."""
    return replace(line, more=True) if line.claimed else line


def _cells(page: Page, keys: Sequence[str], line: LineReadings) -> Iterator[Cell]:
    open_line = line.more or len(line.readings) != 1
    likely = weights(keys, line.readings) if open_line else []
    for column, key in enumerate(keys):
        if column in line.unsure:
            yield _ambiguous(key, (), (), column, more=True)
        elif line.more or not line.readings:
            yield _ambiguous(key, line.readings, likely, column, more=True)
        elif len({reading.values[column] for reading in line.readings}) > 1:
            yield _ambiguous(key, line.readings, likely, column, more=False)
        else:
            yield _settled(page, key, line, column)


def _settled(page: Page, key: str, line: LineReadings, column: int) -> Cell:
    """A cell on whose value every reading agrees."""
    value = line.readings[0].values[column]
    prints = {reading.prints[column] for reading in line.readings}
    # Equal numbers may each be the cell's: the value is settled, and one reading names them all once.
    printed = line.readings[0].prints[column] if value or len(prints) == 1 else None
    confidence = line.strip.confidence
    if printed is not None:
        confidence = min(confidence, printed.chunk.confidence)
        start, end, unit = printed.start, printed.end, None
        if printed.chunk.unit_end is not None and end == printed.chunk.end:
            end, unit = printed.chunk.unit_end, printed.chunk.unit
        raw = page.text[start:end]
        if printed.chunk.is_mark:
            return Cell(key, None, State.BLANK, raw, None, start, end, confidence)
        state = State.READ if line.shown and printed.whole else State.PLACED
        return Cell(key, value, state, raw, unit, start, end, confidence, note=_note(page, printed.chunk))
    if len(line.readings) == 1 and (line.known or (line.shown and not _zeros_left(line))):
        return Cell(key, None, State.BLANK, confidence=confidence)
    return Cell(key, value, State.PLACED, confidence=confidence)


def _note(page: Page, chunk: Chunk) -> Note | None:
    return None if chunk.note is None else Note(page.text[slice(*chunk.note)], *chunk.note)


def _zeros_left(line: LineReadings) -> bool:
    """Whether the row prints zeros that no cell took: then which cells are blank is not shown."""
    taken = {printed.chunk for printed in line.readings[0].prints if printed is not None}
    return any(chunk.digits == "0" and chunk not in taken for chunk in line.strip.chunks)


def _ambiguous(
    key: str, readings: Sequence[Reading], likely: Sequence[float], column: int, *, more: bool
) -> Cell:
    """A cell of which several values are left, the likeliest first; what is likely proves nothing."""
    values: dict[Number | None, float] = {}
    for reading, weight in zip(readings, likely, strict=True):
        value = (
            reading.values[column] if reading.values[column] or reading.prints[column] is not None else None
        )
        values[value] = values.get(value, 0.0) + weight
    if None in values and 0 in values:  # 0 and blank are one reading
        values[0] += values.pop(None)
    ranked = sorted(values, key=lambda value: -values[value])
    return Cell(
        key,
        None,
        State.AMBIGUOUS,
        candidates=tuple(ranked[:CANDIDATES]),
        more=more or len(ranked) > CANDIDATES,
    )


def _unplaced(page: Page, line: LineReadings, cells: Sequence[Cell], reason: str) -> Iterator[Unplaced]:
    """The numbers of a line that no cell took."""
    taken = [(cell.start, cell.end) for cell in cells if cell.start is not None and cell.end is not None]
    zeros = all(cell.state is not State.AMBIGUOUS for cell in cells)
    for chunk in line.strip.chunks:
        if chunk.is_mark or any(start < chunk.end and chunk.start < end for start, end in taken):
            continue
        if zeros:
            why = ZERO_WITHOUT_CELL if chunk.digits == "0" else "a number too many in its row"
        else:
            why = reason
        yield from _of_chunks(page, (chunk,), why)
    stray = (
        "its row is not in the form" if line.strip.foreign_row else "it follows other text, not a row's label"
    )
    beyond = (c for c in line.strip.strays if c.tagged and (c.start, c.unit_end or c.end) not in taken)
    yield from _of_chunks(page, beyond, stray)
    yield from _of_chunks(page, line.strip.page_marks, "page number")


def _of_chunks(page: Page, chunks: Sequence[Chunk] | Iterator[Chunk], reason: str) -> Iterator[Unplaced]:
    for chunk in chunks:
        if not chunk.is_mark:
            end = chunk.unit_end or chunk.end
            yield Unplaced(page.text[chunk.start : end], chunk.start, end, reason)
