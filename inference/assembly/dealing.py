"""Give numbers back to the rows whose labels were lost, or printed after them.

Flow:  strips -> **dealing** -> line readings -> one reading of the page
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.inference.assembly.cell_places import cells_behind, places_of
from gouji.inference.assembly.doubts.raised_in_tables import UNLABELLED_NUMBERS
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import holds, plain
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.strips import Chunk, Seen, Strip
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Dealt:
    """The strips by line, with numbers that stand before or far behind their label moved to it."""

    strips: Mapping[int, Strip]
    lines: frozenset[int] = frozenset()  # whose numbers were dealt to them


def with_lost_labels(page: Page, found: FoundTable) -> tuple[FoundTable, Dealt]:
    """Deal numbers out to the rows whose labels do not stand right before them.

    Where more numbers follow a label than its row has, they may be those of the next rows:
    their labels were lost, or wrapped around the numbers. They are dealt out in order when
    they fill each row and each row's sum holds. Where that moves numbers that fill the row
    behind whose label they stand, or its own label comes again between them, a row may as well have
    been printed twice, and where another label has no numbers at all, they may be that one's: all stay open.
    So do rows without a label that are more than those whose numbers are there. A row behind whose label
    all of its cells stand has what these print.
    """
    strips = dict(found.strips)
    if found.table.printed == "band" or found.disordered:  # a label out of order may be that of any of them
        return found, Dealt(strips)
    dealt: set[int] = set()
    unsettled: set[int] = set()
    empty = [index for index, strip in found.strips.items() if not strip.chunks]
    for first in range(-1, len(found.lines)):
        source = (None if 0 in strips else found.leading) if first < 0 else strips.get(first)
        chunks = () if source is None or first in dealt else _numbers_behind(source)
        start, width = max(first, 0), 0 if first < 0 else len(found.lines[first].keys)
        if source is None or len(chunks) <= width:
            continue
        for until in range(start + 1, len(found.lines) + 1):
            last = found.strips.get(until - 1) if until - 1 > start else None
            if last is not None and _has_cells(page, last, len(found.lines[until - 1].keys)):
                break
            if parts := _deal(found.lines[start:until], chunks):
                unlabelled = any(index not in found.strips for index in range(start, until))
                if unlabelled and empty:
                    unsettled.update(range(start, until), empty)
                    break
                whole = any(_fills_its_row(found, index) for index in range(start + 1, until))
                if first >= 0 and (whole or Seen.LABEL_AGAIN in source.seen):
                    unsettled.update(range(start, until))
                    break
                for index, part in enumerate(parts, start):
                    strips[index] = _dealt(source if index == start else strips.get(index), part, index)
                    dealt.add(index)
                if until < len(found.lines) and until not in found.strips:
                    # The next row has no label either: which of them printed the numbers is not told.
                    unsettled.update(index for index in range(start, until) if index not in found.strips)
                break
            following = strips.get(until)
            if following is not None and len(following.chunks) > len(found.lines[start].keys):
                break  # one row too long after the other has a column too many, not a label too few
            if following is not None:
                chunks = (*chunks, *_numbers_behind(following))
    return found.doubted(unsettled, UNLABELLED_NUMBERS), Dealt(strips, frozenset(dealt))


def _has_cells(page: Page, strip: Strip, columns: int) -> bool:
    """Whether as many cells as columns stand behind a label: its file knows them, or tabs part them."""
    label_end, _ = places_of(strip)
    tabs = strip.gaps[0].partition("\n")[0].count("\t")
    return max(tabs, len(cells_behind(page, label_end, label_end))) >= columns


def _fills_its_row(found: FoundTable, index: int) -> bool:
    """Whether the numbers behind a label fill its row, and its sums hold."""
    strip = found.strips.get(index)
    return strip is not None and bool(strip.chunks) and _adds_up(found.lines[index], strip)


def _numbers_behind(strip: Strip) -> tuple[Chunk, ...]:
    """A strip's chunks and those beyond foreign text, unless that text is the label of another row."""
    strays = () if strip.foreign_row else tuple(chunk for chunk in strip.strays if chunk.tagged)
    return (*strip.chunks, *strays)


def _dealt(strip: Strip | None, chunks: tuple[Chunk, ...], index: int) -> Strip:
    """The strip of a line to which these chunks were dealt."""
    return Strip(
        row=index,
        chunks=chunks,
        gaps=(" ",) * (len(chunks) + 1),
        page_marks=strip.page_marks if strip is not None else (),
        confidence=strip.confidence if strip is not None else 1.0,
    )


def _deal(lines: Sequence[Line], chunks: tuple[Chunk, ...]) -> list[tuple[Chunk, ...]]:
    """The chunks dealt out to lines, where they fill each and every sum holds; else nothing."""
    if len(chunks) != sum(len(line.keys) for line in lines) or any(chunk.is_mark for chunk in chunks):
        return []
    parts = []
    for line in lines:
        part, chunks = chunks[: len(line.keys)], chunks[len(line.keys) :]
        if not line.sums or not _adds_up(line, Strip(None, part, ())):
            return []
        parts.append(part)
    return parts


def without_untagged(line: Line, strip: Strip) -> Strip:
    """The strip without numbers that the tagger calls no value, where the row is whole without them."""
    tagged = [i for i, chunk in enumerate(strip.chunks) if chunk.tagged]
    if len(tagged) == len(strip.chunks) or len(tagged) != len(line.keys):
        return strip
    chunks = tuple(strip.chunks[i] for i in tagged)
    whole = replace(strip, chunks=chunks, gaps=(*(strip.gaps[i] for i in tagged), strip.gaps[-1]))
    return whole if line.sums and _adds_up(line, whole) else strip


def _adds_up(line: Line, strip: Strip) -> bool:
    """Whether a strip's numbers fill a line as they stand, and its sums hold."""
    answer = plain(line, strip, shown=True)
    return answer is not None and holds(line.sums, answer.readings[0])
