"""Account for every number that stands inside a table: none is passed over in silence.

Flow:  found table -> **numbers passed over** -> one reading of the page -> extraction

What the tagger calls a heading, or what stands where no row looks, is still print. Where such a
number may be a cell's, a row that prints too few numbers cannot be read as blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from gouji.inference.assembly.cells import ZERO_WITHOUT_CELL, unplaced
from gouji.inference.assembly.doubts.raised_in_tables import PASSED_OVER
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.matrix import Matrix, in_order
from gouji.inference.assembly.strips import Chunk
from gouji.model.labels import Tag

Passed = Mapping[str, Sequence[Chunk]]  # by the table's id


def passed_over(marked: MarkedPage, tables: Sequence[FoundTable]) -> Passed:
    """For each table, by id, the numbers from its column labels to its end that no row of any has collected.

    What the tagger calls a value between the last label before those and them counts too.
    Numbers within a label are its words, unless they have a cell for themselves; `tagged` says which may
    be a cell's.
    """
    taken = {place for found in tables for place in found.ordinals}
    for found in tables:
        for strip in (*found.strips.values(), found.leading):
            for chunk in (*strip.chunks, *strip.strays, *strip.page_marks) if strip is not None else ():
                taken.update(range(chunk.start, chunk.print_end))
    return {
        found.table.id: tuple(
            Chunk(marked.folded[token.start : token.end], token.start, token.end, tagged=is_cell)
            for index, is_cell in _numbers(marked, found, taken)
            if (token := marked.tokens[index]).start not in taken
        )
        for found in tables
    }


def _numbers(marked: MarkedPage, found: FoundTable, told: set[int]) -> Iterator[tuple[int, bool]]:
    """Every number of a table not told of, no ordinal nor part of a label; and whether it may be a cell's."""
    labels = [marked.tagged(tag, 0, found.start)[-1:] for tag in Tag if tag is not Tag.VALUE]
    start = max((label.end for last in labels for label in last), default=0)
    for index in marked.numbers_between(start, found.end):
        token = marked.tokens[index]
        if told.issuperset(range(token.start, token.end)) or marked.is_ordinal(index):
            continue
        owner = marked.owners[index]
        is_value = owner is not None and owner.tag is Tag.VALUE
        if token.start < found.start and not is_value:
            continue
        if owner is None or is_value:
            may_be = is_value or marked.stands_alone(index)
            yield index, may_be and not marked.is_page_mark(token, full=True, summed=False)
            continue
        # A row label that begins with a number too long for an ordinal: `288293开（区分处理的…）`.
        long = owner.tag is Tag.ROW and token.start == owner.start and token.end - token.start > 2
        if long or marked.may_be_number(index):
            yield index, True


def _untold(marked: MarkedPage, found: FoundTable, told: set[int]) -> Iterator[Chunk]:
    """The numbers of a table of which nothing is said, or the pieces of those of which not all is.

    What the tagger calls no value counts where it stands by itself, not among the words of a text.
    """
    for index, _ in _numbers(marked, found, told):
        token, owner = marked.tokens[index], marked.owners[index]
        if token.start in found.ordinals or (owner is None and not marked.stands_alone(index)):
            continue
        digits = [p for p in range(token.start, token.end) if marked.folded[p].isdigit() and p not in told]
        for _, run in groupby(enumerate(digits), key=lambda pair: pair[1] - pair[0]):
            places = [place for _, place in run]
            piece = marked.folded[places[0] : places[-1] + 1]
            yield Chunk(piece, places[0], places[-1] + 1, tagged=owner is not None)


def open_beside(
    passed: Sequence[Chunk], read: Mapping[int, LineReadings], found: FoundTable
) -> dict[int, LineReadings]:
    """The lines of a table, those open that print too few numbers where some were passed over."""
    lost = any(chunk.tagged for chunk in passed)
    return {
        index: line.doubted(PASSED_OVER)
        if lost and not line.known and len(line.strip.numbers) < len(found.lines[index].keys)
        else line
        for index, line in read.items()
    }


def accounted(
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
    once: set[int] = set()  # by identity: what two tables came upon is said once, of the longer print
    every = [number for matrix in matrices.values() for number in matrix.unplaced]
    for number in sorted(every, key=lambda number: number.start - number.end):
        if told.isdisjoint(range(number.start, number.end)):
            once.add(id(number))
            told.update(range(number.start, number.end))
    accounted = {}
    for found in tables:
        matrix = matrices[found.table.id]
        rest = [number for number in matrix.unplaced if id(number) in once]
        for chunk in _untold(marked, found, told):
            why = ZERO_WITHOUT_CELL if chunk.is_nought else "no cell took it"
            if not chunk.tagged:
                why = "it stands in other text, and the tagger calls it no value"
            rest += unplaced(marked.page, (chunk,), why)
            told.update(range(chunk.start, chunk.end))
        accounted[found.table.id] = replace(matrix, unplaced=in_order(rest))
    return accounted
