"""Read from what stands between a row's numbers which of its cells were left empty.

Flow:  strips -> **gaps** -> cells of a table -> readings

Some flatteners keep something for each empty cell: a border, a tab, a no-break space, a line; others
drop it without a trace. One table is flattened in one way, so a way counts as kept only when it
explains every row of the table: in each there must be room for all columns, and never for too many.
Drawn borders may miss a row or two, into which a foreign number fell. Where every row has exactly as
many cells as columns, edges and all, the layout proves each number's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gouji.inference.assembly.gap_frame import (
    WAYS,
    Frame,
    base_of,
    frame_of,
    goes_on,
    holds_print,
    is_before_print,
    lines_in,
    lone_no_breaks,
    row_end_of,
    usual_of,
)
from gouji.inference.assembly.strips import Strip

_MISSED = 0.1  # of a table's rows, which borders that explain all others may not explain
_WITNESSES = 3  # rows with empty cells at their edges, or such cells of one row, that are seen to be cells


@dataclass(frozen=True, slots=True)
class Blanks:
    """The empty cells between the chunks of a strip, and at its edges where these are known."""

    inner: tuple[int, ...]  # one fewer than chunks
    leading: int | None = None
    trailing: int | None = None
    to_confirm: bool = False  # no other row and no border bears witness: the row's sums must


@dataclass(frozen=True, slots=True)
class Shown:
    """What parts the cells of a table, and the empty cells of each row; None for one it does not explain."""

    by: str
    rows: tuple[Blanks | None, ...]
    is_exact: bool = False  # each row has as many cells as columns, without a rest


def shown_blanks(
    strips: Sequence[Strip], columns: int, head_gaps: Sequence[str] = (), levels: Sequence[int] = ()
) -> Shown | None:
    """The empty cells around the numbers of each row, where the layout shows them.

    Args:
        strips: The rows of one table.
        columns: How many cells each row has.
        head_gaps: The raw text between neighbouring column labels.
        levels: In how many groups each row stands: wide labels are printed over as many cells.

    Returns:
        The empty cells of each strip; or None where no way of keeping blanks explains the table.
    """
    for way in WAYS:
        base = base_of(strips, columns, way, head_gaps)
        if base is None:
            continue
        frame = frame_of(strips, columns, way, base, head_gaps)
        shown = _explain(strips, frame, head_gaps, levels)
        if shown is None and way.measure is lines_in and base > 1:
            shown = _explain(strips, replace(frame, step=base - 1), head_gaps, levels)
            shown = shown if shown is not None and shown.is_exact else None
        if shown is not None and (way.borders or _is_seen(shown)):
            return shown
    return None


def _is_seen(shown: Shown) -> bool:
    """Whether what is no border is seen to be an empty cell: within rows, or several at their edges."""
    told = [blanks for blanks in shown.rows if blanks is not None]
    edges = sum(bool(blanks.leading or blanks.trailing) for blanks in told)
    alone = max((blanks.leading or 0 for blanks in told if not blanks.inner), default=0)
    return any(any(blanks.inner) for blanks in told) or (shown.is_exact and max(edges, alone) >= _WITNESSES)


def _explain(
    strips: Sequence[Strip], frame: Frame, head_gaps: Sequence[str], levels: Sequence[int]
) -> Shown | None:
    way = frame.way
    if len(strips) == 1:
        blanks = _alone(strips[0], frame, head_gaps)
        return None if blanks is None else Shown(way.by, (blanks,), not blanks.to_confirm)
    found = [_among_others(strip, frame) for strip in strips]
    if way.borders and found.count(None) <= len(strips) * _MISSED and levels:
        found = _behind_labels(strips, found, frame, levels)
    elif not way.borders:
        found[-1] = _last(strips[-1], found, frame)
    if found.count(None) > (len(strips) * _MISSED if way.borders else 0):
        return None
    exact = all(blanks is not None and blanks.leading is not None for blanks in found)
    return Shown(way.by, tuple(found), exact) if exact or way.measure is not lone_no_breaks else None


def _among_others(strip: Strip, frame: Frame) -> Blanks | None:
    """The blanks of a row of a table; the cells before its own depend on its labels, and may be more."""
    inner = frame.inner(strip)
    if inner is None or frame.is_odd_before(strip):
        return None
    if frame.way.borders and (holds_print(strip) or _is_broken(strip) or _is_below_empty(strip, frame)):
        return None  # what stands beyond the label is not one of the row's cells
    # Digits run together hide how many cells there are: at most as many as digits.
    touching = any(chunk.touching for chunk in strip.chunks)
    hidden = sum(max(len(chunk.digits) - 1, 0) for chunk in strip.chunks) if touching else 0
    over = frame.over(strip, inner)
    if len(strip.chunks) + sum(inner) > frame.columns or over + hidden < 0:
        return None
    exact = not over and not hidden and not (frame.way.borders and is_before_print(strip))
    return Blanks(inner, frame.before(strip), frame.behind(strip)) if exact else Blanks(inner)


def _behind_labels(
    strips: Sequence[Strip], found: Sequence[Blanks | None], frame: Frame, levels: Sequence[int]
) -> list[Blanks | None]:
    """The rows, those told too whose label is printed over several cells: so many for all of their level.

    Some row's label is printed over one, or else nothing tells a label's cells from the row's; nor, where
    no row is full, whether an empty cell between numbers is one of a column that the form does not have.
    """
    rows = [
        (place, strip, blanks.inner, frame.over(strip, blanks.inner))
        for place, (strip, blanks) in enumerate(zip(strips, found, strict=True))
        if blanks is not None and strip.chunks
    ]
    over: dict[int, list[int]] = {}
    for place, _, _, size in rows:
        over.setdefault(levels[place], []).append(size)
    usual = {level: usual_of(sizes) for level, sizes in over.items()}
    told = list(found)
    if min(usual.values(), default=1):
        full = any(len(strip.chunks) == frame.columns for _, strip, _, _ in rows)
        untold = {place for place, _, inner, _ in rows if any(inner) and not full}
        return [None if place in untold else blanks for place, blanks in enumerate(told)]
    odd: list[int] = []  # with a cell too many, of which nothing tells which it is
    for place, strip, inner, size in rows:
        leading = frame.before(strip) - usual[levels[place]]
        if size != usual[levels[place]]:
            odd += [] if goes_on(strip) or is_before_print(strip) else [place]
        elif leading >= 0 and not is_before_print(strip):
            told[place] = Blanks(inner, leading, frame.behind(strip))
    few = len(odd) <= len(strips) * _MISSED
    return [None if few and place in odd else blanks for place, blanks in enumerate(told)]


def _last(strip: Strip, found: Sequence[Blanks | None], frame: Frame) -> Blanks | None:
    """The last row: what stands behind it is no table's any more, so that it may be full, or like another."""
    told = _among_others(strip, replace(frame, closing=0))
    if told is None or (found[-1] is not None and found[-1].leading is not None):
        return found[-1]
    if not strip.chunks:
        return Blanks((), 0, frame.columns)
    leading = frame.before(strip)
    trailing = frame.columns - len(strip.chunks) - sum(told.inner) - leading
    like = replace(told, leading=leading, trailing=trailing)
    return like if like in found or (trailing == leading == 0) else found[-1]


def _alone(strip: Strip, frame: Frame, head_gaps: Sequence[str]) -> Blanks | None:
    """The blanks of a line that has no other row as a witness: its edges must be exact.

    Whether borders close the lines, the line of column labels above tells; then they open them too.
    Behind a label on its own line nothing tells.
    Where cells are lines, the labels show what parts two cells, and what parts two rows.
    """
    inner, way = frame.inner(strip), frame.way
    if inner is None or (way.borders and (holds_print(strip) or _is_broken(strip))):
        return None
    rest = frame.columns - len(strip.chunks) - sum(inner)
    edge = (0, 0) if rest == 0 else (-1, -1)
    if way.borders:
        behind = way.end_of(strip)
        above, below, own = strip.gaps[0].rpartition("\n")
        before, closes = way.measure(own), min(way.measure(above.partition("\n")[0]), 1)
        if not below:  # behind its label, a border parts them; the last one may close the line
            edge = (before - 1, max(behind - 1, 0))
        else:
            edge = (before - min(before, closes), behind - closes)
    elif way.measure is lines_in:
        row_end = row_end_of(frame.base, head_gaps)
        leading, odd = divmod(way.edge_of(strip.gaps[0]) - (row_end or 0), frame.step)
        room = leading == rest or way.end_of(strip) > (rest - leading) * frame.step
        if row_end is not None and not odd and leading >= 0 and room:
            edge = (leading, rest - leading)  # with more of them than there is room for, a line is no cell
    elif way.measure is lone_no_breaks:
        edge = (way.edge_of(strip.gaps[0]), way.end_of(strip))
    is_seen = way.borders or (way.measure is lone_no_breaks and any(inner))
    return Blanks(inner, *edge, to_confirm=not is_seen) if min(edge) >= 0 and sum(edge) == rest else None


def _is_broken(strip: Strip) -> bool:
    """Whether a row's numbers stand on more lines than one."""
    return any("\n" in gap for gap in strip.gaps[1:-1])


def _is_below_empty(strip: Strip, frame: Frame) -> bool:
    """Whether a row's cells stand empty on its label's line, and its numbers below: a page's, maybe."""
    above, below, own = strip.gaps[0].rpartition("\n")
    measure = frame.way.measure
    return (
        bool(below and strip.chunks)
        and not measure(own)
        and measure(above.partition("\n")[0]) >= frame.columns
    )
