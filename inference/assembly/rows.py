"""The readings of each printed line of a table, by what its layout shows.

Flow:  strips, gaps -> **rows** -> one reading of the page

What the layout shows comes first: a number for every column, or every empty cell. Only where
it does not are readings worked out: blanks that vanished, digits that ran together, a column
too many, rows whose labels were lost. A line that is shown plainly has one reading, whatever
the arithmetic says of it: print wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from gouji.inference.assembly.added_column import added_column, narrowed, widened
from gouji.inference.assembly.cell_places import cells_of, places_of
from gouji.inference.assembly.cells import cells_of_table
from gouji.inference.assembly.collector import DOUBTFUL
from gouji.inference.assembly.dealing import Dealt, with_lost_labels
from gouji.inference.assembly.few_heads import lacking
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.heads import named_columns, under_heads
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.layout_proof import prints_every_cell, proves_places
from gouji.inference.assembly.line_readings import (
    LineReadings,
    holds,
    over_lines,
    plain,
    worked_out,
)
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.near_readings import with_near
from gouji.inference.assembly.search import TABLE_EFFORT, Effort
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.assembly.wording import bare
from gouji.inference.unread_marks import PICTURE
from gouji.model.forms import Label
from gouji.model.page import Page

_FEWEST_TOLD = 3  # rows that print something, from which most are more than one or two


def read_lines(marked: MarkedPage, found: FoundTable) -> dict[int, LineReadings]:
    """The readings of every line of a table that the page holds, by index of the line."""
    dealt = with_lost_labels(found)
    found = replace(found, doubtful=found.doubtful | dealt.open)
    added = found.added or added_column(marked.page, found.lines, dealt.strips)
    if added is None:
        read = _read_lines(marked, found, dealt)
        return _wider(found, read) if _names_another(marked, found) else read
    wide = {i for i, line in enumerate(found.lines) if line.sums or found.added}
    lines = tuple(widened(line, added) if i in wide else line for i, line in enumerate(found.lines))
    read = _read_lines(marked, replace(found, lines=lines), dealt)
    return {i: narrowed(line, added) if i in wide else line for i, line in read.items()}


def _names_another(marked: MarkedPage, found: FoundTable) -> bool:
    """Whether a column of the publisher's own is named above a table."""
    first = found.lines[min(found.strips)] if found.strips else None
    return first is not None and max(named_columns(marked, found), default=0) >= len(first.block.columns)


def _wider(found: FoundTable, read: Mapping[int, LineReadings]) -> dict[int, LineReadings]:
    """The lines of a table that is wider than its form: those with no number too many are open."""
    wider = {}
    for index, one in read.items():
        line = found.lines[index]
        full = one.shown or len(one.strip.chunks) > len(line.keys)
        says = any(  # of zeros it is the same whatever the width
            any(reading.values) for reading in one.readings
        )
        wider[index] = replace(one, more=True) if line.sums and says and not full else one
    return wider


def _read_lines(marked: MarkedPage, found: FoundTable, dealt: Dealt) -> dict[int, LineReadings]:
    strips = dealt.strips
    kept = {index: _without_untagged(found.lines[index], strip) for index, strip in strips.items()}
    cells = cells_of_table(marked, found, kept)
    glued = cells.glued
    uneven = _uneven(found, kept)
    straggler = _straggler(kept)
    below = _alone_below(kept)
    without = lacking(marked, found, kept)
    whole = prints_every_cell(marked, found, kept)
    effort = Effort(TABLE_EFFORT)
    read = {}
    for index, strip in kept.items():
        line = found.lines[index]
        headed = None if glued else under_heads(marked, found, index, strip)
        answer = (
            in_cells(marked.page, len(line.keys), strips[index], cut_off=line.cut_off)
            or headed
            or over_lines(line, strip)
            or plain(line, strip, shown=index not in dealt.lines, glued=glued)
            or cells.read(line, index, strip, effort)
            or worked_out(line, strip, glued, effort)
        )
        answer = answer if answer.known or whole else with_near(line, strip, answer, glued)
        # Of a cell too many only a column label, or a sum, says which it is.
        overfull = headed is None and len(strip.chunks) > len(line.keys)
        if line.sums:
            doubted = (strip.interrupted and overfull) or (not glued and _marks_touch(strip))
        else:
            unsure = any(chunk.confidence < DOUBTFUL for chunk in strip.chunks)
            doubted = strip.interrupted or overfull or unsure or _straggles(strip) or index in uneven
            doubted = doubted or _touch(strip, glued) or index == below or _is_behind_blank(strip)
        if len(strip.numbers) < len(line.keys) and any(
            _may_be_a_cell(marked, c) or (c.near and not line.sums) for c in strip.strays
        ):
            doubted = doubted or not strip.foreign_row or not strip.numbers
        if len(strip.chunks) < len(line.keys):
            doubted = doubted or _may_hold_a_mark(marked, strip) or (not glued and _has_glued_zero(strip))
            doubted = doubted or index == straggler
        doubted = doubted or (_shows_no_text(strip) and not _adds_up(line, answer))
        doubted = doubted or (
            headed is None and _has_other_cells(marked, strip) and not _is_proved(line, answer)
        )
        # What stands beyond a row's known cells is not the row's.
        doubted = (doubted or strip.like_mark) and not answer.known
        doubted = doubted or strip.suspect
        more = answer.more or doubted or index in found.doubtful or (index in without and not answer.known)
        read[index] = _without_unread(replace(answer, strip=strips[index], more=more))
    read = _behind_others(marked, found, read)
    return _with_doubts(found, read if proves_places(marked, found, read) else _distrusted(found, read))


def _without_unread(answer: LineReadings) -> LineReadings:
    """The line, those cells open whose print is not understood; all of it where they might be others'."""
    if not any(chunk.unread for chunk in answer.strip.chunks):
        return answer
    if not answer.shown or len(answer.readings) != 1:
        return replace(answer, more=True)
    prints = enumerate(answer.readings[0].prints)
    unread = {column for column, place in prints if place is not None and place.chunk.unread}
    return replace(answer, unsure=answer.unsure | unread)


def _behind_others(
    marked: MarkedPage, found: FoundTable, read: Mapping[int, LineReadings]
) -> dict[int, LineReadings]:
    """The lines, those open whose label or numbers may begin behind the row before them.

    The words before a foreign row's numbers may be the beginning of a label that goes on below them,
    without numbers of its own; those of an overfull row may be its as well. And numbers alone on a line,
    fewer than a row has, may be the upper part of those below, broken in narrow cells: a term and its
    total broken alike add up without it.
    """
    behind = dict(pairwise(sorted(read)))
    labels = [row for _, row in found.table.rows()] if found.table.printed != "band" else []
    opened = {}
    for index, other in behind.items():
        strip, one = read[index].strip, read[other]
        foreign = strip.foreign_row and any(chunk.tagged for chunk in strip.strays)
        above = _loose_below(strip, len(found.lines[index].keys))
        sums = found.lines[other].sums
        proved = len(one.readings) == 1 and bool(sums) and holds(sums, one.readings[0])
        broken = above > 1 or (above == 1 and bool(sums) and not proved)
        overfull = len(strip.chunks) > len(found.lines[index].keys)
        empty = (foreign or overfull) and not one.strip.chunks
        begun = bool(labels) and not one.strip.chunks and _begins_within(labels[other], strip)
        between = _between_labels(marked.page, strip, one.strip)
        if between or (not one.known and (empty or broken or begun)):
            opened[other] = replace(one, more=True)
        if between or (not one.known and begun):
            opened[index] = replace(opened.get(index, read[index]), more=True)
    return {**read, **opened}


def _between_labels(page: Page, strip: Strip, below: Strip) -> bool:
    """Whether a row of cells stands between two labels that are of no cell: it may be the lower one's."""
    if below.chunks or below.label_end is None or strip.label_end is None or not strip.chunks:
        return False
    first, _ = places_of(strip)
    labelled = cells_of(page, first) or cells_of(page, below.label_end - 1)
    return not labelled and bool(cells_of(page, strip.chunks[0].start))


def _begins_within(label: Label, strip: Strip) -> bool:
    """Whether a part of a label stands before a number of the row before it: the number is that label's."""
    before = {bare(gap) for gap in strip.gaps[:-1]}
    wordings = [bare(wording) for wording in label.wordings]
    return any(len(words) > 1 and any(w.startswith(words) for w in wordings) for words in before)


def _loose_below(strip: Strip, columns: int) -> int:
    """How many numbers too many stand on the last line of a row's, by themselves; none if they fill a row."""
    last = next((i for i in range(len(strip.chunks), 0, -1) if "\n" in strip.gaps[i - 1]), 0) - 1
    own = len(strip.chunks) - last
    return own if last >= columns and own < columns else 0


def _distrusted(found: FoundTable, read: dict[int, LineReadings]) -> dict[int, LineReadings]:
    """The lines, open where most of those that print something contradict their sums.

    A publisher errs in a row or two; that most rows are wrong says that the columns are, as
    where one was left out. And the numbers far below a label, or with foreign text among them,
    may be those of the next row, whose label was lost.
    """
    told = [
        holds(found.lines[index].sums, one.readings[0])
        for index, one in read.items()
        if found.lines[index].sums and len(one.readings) == 1 and any(one.readings[0].values)
        if not (one.known and None in one.readings[0].prints)  # known to print no total, or no term
    ]
    told.extend(
        rule.holds(one.readings[0].values)
        for index, one in read.items()
        if len(found.lines[index].sums) > 1 and len(one.readings) == 1 and not one.unsure
        for rule in found.lines[index].sums
    )
    wrong = len(told) >= _FEWEST_TOLD and told.count(False) * 2 > len(told)
    below = {
        index: one.strip.gaps[0].count("\n")
        for index, one in read.items()
        if len(one.strip.chunks) == len(found.lines[index].keys)
    }
    return {
        index: replace(one, more=True)
        if (wrong and one.strip.chunks)
        or (index in below and _is_far(index, below, found, read))
        or (one.strip.interrupted and _lost_next(index, found, read))
        else one
        for index, one in read.items()
    }


def _is_far(
    index: int, below: Mapping[int, int], found: FoundTable, read: Mapping[int, LineReadings]
) -> bool:
    """Whether there is room for a row of empty lines before a row's numbers, and no row behind it."""
    others = [lines for other, lines in below.items() if other != index]
    room = below[index] >= max(others, default=below[index]) + len(found.lines[index].keys)
    return room and _lost_next(index, found, read)


def _lost_next(index: int, found: FoundTable, read: Mapping[int, LineReadings]) -> bool:
    return index + 1 < len(found.lines) and index + 1 not in read


def _has_glued_zero(strip: Strip) -> bool:
    """Whether a number begins with a zero that may have been a cell of its own: `0328`."""
    return any(len(c.digits) > 1 and c.digits[0] == "0" and c.digits[1] != "." for c in strip.chunks)


def _may_hold_a_mark(marked: MarkedPage, strip: Strip) -> bool:
    """Whether a page's number like `21/25` stands there, which may as well be cells around a blank."""
    text = marked.page.folded
    return any("/" in (text[c.start - 1 : c.start], text[c.end : c.end + 1]) for c in strip.page_marks)


def _shows_no_text(strip: Strip) -> bool:
    """Whether print that is no text stands among a row's numbers or beside them: it may be one of them."""
    return any(PICTURE in gap for gap in strip.gaps)


def _adds_up(line: Line, answer: LineReadings) -> bool:
    """Whether a number stands in every column of a row, and its sums hold."""
    whole = len(answer.strip.chunks) == len(line.keys) and len(answer.readings) == 1
    return whole and bool(line.sums) and holds(line.sums, answer.readings[0])


def _has_other_cells(marked: MarkedPage, strip: Strip) -> bool:
    """Whether the file knows the cells that a row's numbers stand in, and some between them are empty."""
    cells = cells_of(marked.page, strip.chunks[0].start) if strip.chunks else []
    inside = [cell for cell in cells if strip.chunks[0].start < cell[1] and cell[0] <= strip.chunks[-1].start]
    return len(inside) > len(strip.chunks)


def _is_proved(line: Line, answer: LineReadings) -> bool:
    """Whether a row has sums, and they hold however it is read."""
    return bool(line.sums) and all(holds(line.sums, reading) for reading in answer.readings)


def _may_be_a_cell(marked: MarkedPage, stray: Chunk) -> bool:
    """Whether a number beyond foreign text may be one of the row: the tagger says so, or it stands alone."""
    if stray.tagged:
        return True
    indices = marked.between(stray.start, stray.end)
    if len(indices) != 1:
        return False
    return marked.stands_alone(indices[0]) or marked.stands_alone_in_brackets(indices[0])


def _straggles(strip: Strip) -> bool:
    """Whether a row begins on its label's line and goes on below: there a page's number may stand."""
    return "\n" not in strip.gaps[0] and any("\n" in gap for gap in strip.gaps[1:-1])


def _touch(strip: Strip, glued: bool) -> bool:
    """Whether nothing parts two cells: the figures, or the dashes of one mark, are not surely two."""
    return any(
        not gap and (not glued or one.is_mark or other.is_mark)
        for gap, (one, other) in zip(strip.gaps[1:-1], pairwise(strip.chunks), strict=True)
    )


def _straggler(strips: Mapping[int, Strip]) -> int | None:
    """The one row that goes on below its label's line: there a page's number may stand."""
    several = {index: strip for index, strip in strips.items() if len(strip.chunks) > 1}
    found = [index for index, strip in several.items() if _straggles(strip)]
    return found[0] if len(found) == 1 and len(several) >= _FEWEST_TOLD else None


def _alone_below(strips: Mapping[int, Strip]) -> int | None:
    """The one row whose numbers stand below its label, where all others' stand beside: there a page's may."""
    printed = {index: "\n" in strip.gaps[0] for index, strip in strips.items() if strip.chunks}
    found = [index for index, is_below in printed.items() if is_below]
    return found[0] if len(found) == 1 and len(printed) > _FEWEST_TOLD else None


def _is_behind_blank(strip: Strip) -> bool:
    """Whether an empty cell's no-break space ends the label's line, and numbers stand below it."""
    own, below, _ = strip.gaps[0].partition("\n")
    return bool(strip.chunks) and bool(below) and not {"\u00a0", "\u3000"}.isdisjoint(own)


def _marks_touch(strip: Strip) -> bool:
    """Whether nothing parts two marks, which may be one: no sum tells where a blank is."""
    pairs = zip(strip.gaps[1:-1], pairwise(strip.chunks), strict=True)
    return any(not gap and one.is_mark and other.is_mark for gap, (one, other) in pairs)


def _uneven(found: FoundTable, strips: Mapping[int, Strip]) -> frozenset[int]:
    """The full rows whose numbers stand further apart here than there, as in no other row.

    One of the near ones may be a page's number, and a blank cell may have made room for it.
    """
    breaks = {
        index: tuple(gap.count("\n") for gap in strip.gaps[1:-1])
        for index, strip in strips.items()
        if len(strip.chunks) == len(found.lines[index].keys)
    }
    alike = Counter(breaks.values())
    return frozenset(index for index, own in breaks.items() if len(set(own)) > 1 and alike[own] == 1)


def _with_doubts(found: FoundTable, read: dict[int, LineReadings]) -> dict[int, LineReadings]:
    """The lines, those with too few numbers left open where another has too many that may be theirs."""
    excess = {index: len(one.strip.chunks) - len(found.lines[index].keys) for index, one in read.items()}
    if not any(excess[index] > 0 and (one.more or len(one.readings) > 1) for index, one in read.items()):
        return read
    return {index: replace(one, more=True) if excess[index] < 0 else one for index, one in read.items()}


def _without_untagged(line: Line, strip: Strip) -> Strip:
    """The strip without numbers that the tagger calls no value, where the row is whole without them."""
    tagged = [i for i, chunk in enumerate(strip.chunks) if chunk.tagged]
    if len(tagged) == len(strip.chunks) or len(tagged) != len(line.keys):
        return strip
    chunks = tuple(strip.chunks[i] for i in tagged)
    gaps = (*(strip.gaps[i] for i in tagged), strip.gaps[-1])
    whole = replace(strip, chunks=chunks, gaps=gaps)
    answer = plain(line, whole, shown=True)
    if answer is None or not line.sums or not holds(line.sums, answer.readings[0]):
        return strip
    return whole
