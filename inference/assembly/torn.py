"""Tables whose labels and numbers were torn apart: there a row counts only if its own sums prove it.

Flow:  line readings -> **torn tables** -> one reading of the page

Numbers that no row took, labels in another order than the form's, rows that no reading satisfies: what
stands behind a label may not be its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from gouji.inference.assembly.doubt import Doubt, Doubts, less
from gouji.inference.assembly.doubts.raised_in_rows import NO_READING, TORN
from gouji.inference.assembly.doubts.raised_in_tables import NUMBERS_WITHOUT_ROW, OUT_OF_ORDER
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings, agrees, holds, is_wrapped
from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.whole_table import WholeTable
from gouji.inference.extraction import NOTHING_ANSWERED, Answers
from gouji.model.page import Page


def torn_by(found: FoundTable, read: Mapping[int, LineReadings], off: Collection[str] = ()) -> Doubts:
    """What says that a table's numbers and labels were torn apart; nothing where they were not."""
    doubts: set[Doubt] = set()
    if not _is_one_rows_matter(found, read):
        doubts.update(*(line.doubts & TORN for index, line in read.items() if found.lines[index].sums))
    if found.disordered:
        doubts.add(OUT_OF_ORDER)
    strays = any(_has_strays(found, read, index) for index in read) and not _each_has_its_own(found, read)
    if strays or leftover(found, read):
        doubts.add(NUMBERS_WITHOUT_ROW)
    return less(frozenset(doubts), off)


def _is_one_rows_matter(found: FoundTable, read: Mapping[int, LineReadings]) -> bool:
    """Whether what is printed for each row shows that none has numbers of another that has its label.

    A number that was torn from its row is one too few there, and one too many elsewhere: none was where all
    rows but one show as many cells as they have.
    """
    excess = _excess(found, read)
    full = [line for index, line in read.items() if len(line.strip.chunks) == len(found.lines[index].keys)]
    if any(NO_READING in line.doubts and is_wrapped(line.strip) for line in full):
        return False  # lines of two rows may have been exchanged
    return sum(map(bool, excess.values())) <= 1


def _excess(found: FoundTable, read: Mapping[int, LineReadings]) -> dict[int, int]:
    """By how many numbers each row prints more than it has cells, those below it without a label included."""
    excess: dict[int, int] = {}
    above: int | None = None
    for index, line in enumerate(found.lines):
        if index in read:
            above, strip = index, read[index].strip
            shown = bool(strip.chunks) and read[index].shown  # where they are, blanks are cells as well
            cells = len(line.keys) if shown else len(strip.chunks)
            excess[above] = cells + sum(chunk.tagged for chunk in strip.strays) - len(line.keys)
        elif above is not None and excess[above] >= len(line.keys):
            excess[above] -= len(line.keys)
        else:
            excess[index] = -len(line.keys)
    return excess


def _has_strays(found: FoundTable, read: Mapping[int, LineReadings], index: int) -> bool:
    """Whether values stand behind a row that no row could take.

    The numbers of a row that the form does not have are no such values, if the row before it
    is whole without them, and they are no more than one row's or no row lacks its own; nor are
    those beyond a row whose cells are known.
    """
    line = read[index]
    strays = [chunk for chunk in line.strip.strays if chunk.tagged]
    if line.known or all(chunk.is_mark for chunk in strays):
        return False
    whole = line.strip.foreign_row and line.shown and holds(found.lines[index].sums, line.readings[0])
    many = len(strays) > len(found.lines[index].keys)
    return not whole or (many and not all(each.strip.chunks for each in read.values()))


def _each_has_its_own(found: FoundTable, read: Mapping[int, LineReadings]) -> bool:
    """Whether every row of the form stands there, or each on one line, and none prints too few numbers.

    Then numbers behind a row's own are those of a row, or a block, that the publisher has added, or renamed.
    """
    full = all(
        line.shown and not line.strip.interrupted and len(line.strip.chunks) == len(found.lines[index].keys)
        for index, line in read.items()
    )
    return full and (len(read) == len(found.lines) or all(map(_is_on_one_line, read.values())))


def _is_on_one_line(line: LineReadings) -> bool:
    """Whether a row's numbers stand on its label's line, no words between; behind them none or whole rows."""
    if sum(chunk.tagged for chunk in line.strip.strays) % len(line.strip.chunks):
        return False
    first, *between = line.strip.gaps[:-1]
    return not any(map(str.isalnum, first)) and not any("\n" in gap for gap in (first, *between))


def leftover(found: FoundTable, read: Mapping[int, LineReadings]) -> Sequence[Chunk]:
    """The numbers before the first label, where they were not dealt out to lost rows."""
    if found.leading is None or (0 in read and 0 not in found.strips):
        return ()
    return found.leading.chunks if any(chunk.tagged for chunk in found.leading.numbers) else ()


def in_place(
    page: Page,
    found: FoundTable,
    read: Mapping[int, LineReadings],
    torn: Doubts,
    whole: WholeTable | None,
    answers: Answers = NOTHING_ANSWERED,
) -> tuple[FoundTable, dict[int, LineReadings]]:
    """A torn table as one order of all its numbers reads it, or with the lines open that nothing proves.

    Args:
        page: The page.
        found: The table with its columns as they are printed.
        read: The readings of its lines.
        torn: What says that it was torn; nothing where it was not.
        whole: The table as the one order reads it; None where there is none.
        answers: What a person has answered; an order that says otherwise is none.
    """
    if not torn:
        return found, dict(read)
    if whole is not None:
        table, lines = whole
        if all(agrees(table.lines[i], line.readings[0], answers) for i, line in lines.items()):
            return table, dict(lines)
    proved = set(_proved(page, found, read))
    return found, {
        index: line if index in proved else line.doubted(*torn)._replace(shown=False)
        for index, line in read.items()
    }


def _proved(page: Page, found: FoundTable, read: Mapping[int, LineReadings]) -> Iterator[int]:
    """The lines of a torn table that their own sums prove, numbers side by side.

    A sum does not tell in which order its terms were printed; one line of text does. Nor does it
    tell whose the numbers are: where a row beside it has none, they may be that row's; and numbers
    beyond its own may be the rest of it. Numbers before the first label say that every label may
    stand behind its own.
    """
    if leftover(found, read):
        return
    order = sorted(read)
    for place, index in enumerate(order):
        line, sums = read[index], found.lines[index].sums
        beside = (*order[max(place - 1, 0) : place], *order[place + 1 : place + 2])
        own = all(read[other].strip.chunks for other in beside) and not any(
            c.tagged for c in line.strip.strays
        )
        if own and sums and len(line.readings) == 1 and not line.claims and line.strip.side_by_side(page):
            values, prints = line.readings[0]
            whole = all(place is None or place.whole for place in prints)  # digits add up by chance when cut
            if whole and all(rule.holds(values) and values[rule.right[0]] for rule in sums):
                yield index
