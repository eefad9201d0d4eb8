"""Read from what stands between a row's numbers which of its cells were left empty.

Flow:  strips -> **gaps** -> cells of a table -> readings

Some flatteners keep something for each empty cell: a border, a tab, a no-break space, a line; others
drop it without a trace. One table is flattened in one way, so a way counts as kept only when it
explains every row of the table: in each there must be room for all columns, and never for too many.
Drawn borders may miss a row or two, into which a foreign number fell. Where every row has exactly as
many cells as columns, edges and all, the layout proves each number's place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from gouji.inference.assembly.strips import Strip
from gouji.model.page import fold

BORDERS = "|│┃║┆┊"
_NO_BREAK = re.compile("[\u00a0\u3000]")
_LONE_NO_BREAK = re.compile("(?<=[ \n])[\u00a0\u3000]+(?=[ \n])")
_PRINT = re.compile(rf"[^\s{BORDERS}\u200b*_]")  # neither a border nor markdown's emphasis
_BORDER = re.compile(rf"[{BORDERS}\t]")
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


def _borders(gap: str) -> int:
    return sum(character in BORDERS for character in gap)


def _tabs(gap: str) -> int:
    """Tabs within a line; those that begin one are its indentation."""
    return 0 if "\n" in gap else gap.count("\t")


def _lines(gap: str) -> int:
    return gap.count("\n")


def _lone_no_breaks(gap: str) -> int:
    """No-break spaces that are the whole content of a cell."""
    return -1 if _BORDER.search(gap) else len(_LONE_NO_BREAK.findall(gap))


def _no_breaks(gap: str) -> int:
    """No-break spaces, where nothing else parts the cells; else none can be told from an indent."""
    return -1 if "\n" in gap or _BORDER.search(gap) else len(_NO_BREAK.findall(gap))


@dataclass(frozen=True, slots=True)
class _Way:
    """One thing that may stand for a cell's border, or for an empty cell.

    `base` is what the gap between two neighbours measures at least; full rows, or else the
    column labels, may show it to be more (`||` or `\n\n` between cells).
    """

    by: str
    measure: Callable[[str], int]
    base: int
    borders: bool = False  # it can be nothing but a cell's border


_WAYS = (
    _Way("borders", _borders, 1, borders=True),
    _Way("tabs", _tabs, 1, borders=True),
    _Way("no-break cells", _lone_no_breaks, 0),
    _Way("lines", _lines, 1),
    _Way("no-breaks", _no_breaks, 0),
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the gaps of one table measure: between two cells, behind the last of a line, and of a row."""

    way: _Way
    columns: int
    base: int
    step: int  # what an empty cell adds: as much again, or less the line of its print
    closing: int
    joining: int  # between the last cell and the label of the next row, where it stands on the same line

    def empty(self, size: int) -> int:
        return size // self.step

    def inner(self, strip: Strip) -> tuple[int, ...] | None:
        """The empty cells between a row's numbers; None where they are not parted in this way."""
        extra = [self.way.measure(gap) - self.base for gap in strip.gaps[1:-1]]
        odd = any(size < 0 or size % self.step for size in extra)
        return None if odd else tuple(map(self.empty, extra))

    def before(self, strip: Strip) -> int:
        """The empty cells, and those of its label, before a row's first number; of an empty row, all."""
        if not strip.chunks:
            return self.empty(max(_end(strip, self.way) - self.closing, 0))
        return self.empty(self._extra_before(strip))

    def _extra_before(self, strip: Strip) -> int:
        return max(self.way.measure(_behind_print(strip.gaps[0])) - self.base, 0)

    def is_odd_before(self, strip: Strip) -> bool:
        """Whether lines stand before a row's first number that are no whole number of empty cells."""
        return bool(strip.chunks) and not self.way.borders and self._extra_before(strip) % self.step > 0

    def behind(self, strip: Strip) -> int:
        """The empty cells behind a row's last number."""
        closing = self.joining if self.way.borders and _goes_on(strip) else self.closing
        return self.empty(max(_end(strip, self.way) - closing, 0)) if strip.chunks else 0


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
    for way in _WAYS:
        base = _base(strips, columns, way, head_gaps)
        if base is None:
            continue
        shown = _explain(strips, columns, way, base, max(base, 1), head_gaps, levels)
        if shown is None and way.measure is _lines and base > 1:
            shown = _explain(strips, columns, way, base, base - 1, head_gaps, levels)
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
    strips: Sequence[Strip],
    columns: int,
    way: _Way,
    base: int,
    step: int,
    head_gaps: Sequence[str],
    levels: Sequence[int],
) -> Shown | None:
    if len(strips) == 1:
        blanks = _alone(strips[0], columns, way, base, step, head_gaps)
        return None if blanks is None else Shown(way.by, (blanks,), not blanks.to_confirm)
    frame = replace(_frame(strips, columns, way, base, head_gaps), step=step)
    found = [_among_others(strip, frame) for strip in strips]
    if way.borders and found.count(None) <= len(strips) * _MISSED and levels:
        found = _behind_labels(strips, found, frame, levels)
    elif not way.borders:
        found[-1] = _last(strips[-1], found, frame)
    if found.count(None) > (len(strips) * _MISSED if way.borders else 0):
        return None
    exact = all(blanks is not None and blanks.leading is not None for blanks in found)
    return Shown(way.by, tuple(found), exact) if exact or way.measure is not _lone_no_breaks else None


def _frame(strips: Sequence[Strip], columns: int, way: _Way, base: int, head_gaps: Sequence[str]) -> _Frame:
    """What stands behind a row: as behind full ones, else as behind lines of labels, else the least."""
    sure = [strip for strip in strips if strip.chunks and not _holds_print(strip)]
    joined = [strip for strip in sure if way.borders and _goes_on(strip)]
    ending = [strip for strip in sure if strip not in joined]
    closed = [_end(strip, way) for strip in ending if len(strip.chunks) == columns]
    joining = [_end(strip, way) for strip in joined if len(strip.chunks) == columns]
    if way.measure is _lone_no_breaks:
        closed = [0]
    elif not closed and not way.borders:
        closed = [_row_end(base, head_gaps) or base]
    elif not closed:
        heads = [way.measure(gap.partition("\n")[0]) for gap in head_gaps if "\n" in gap]
        # Where a border alone parts a row's label from its first number, all empty cells stand behind that.
        told = {
            _end(s, way) - columns + len(s.chunks) + sum(way.measure(gap) - base for gap in s.gaps[1:-1])
            for s in ending
            if way.measure(s.gaps[0]) == base and len(head_gaps) >= columns
        }
        sole = [size for size in told if size > 0 and len(told) == 1]
        closed = sole or [min(heads or [_end(strip, way) for strip in ending], default=base)]
    return _Frame(way, columns, base, max(base, 1), _usual(closed), _usual(joining or [base]))


def _usual(sizes: Iterable[int]) -> int:
    return Counter(sizes).most_common(1)[0][0]


def _row_end(base: int, head_gaps: Sequence[str]) -> int | None:
    """How many lines part two rows, where the column labels are parted as the cells are; else None.

    Between labels of one row the gap is `base`. What parts two rows of labels, and so the labels
    from the numbers, is the one larger gap that there is, or the same where there is none.
    """
    sizes = Counter(map(_lines, head_gaps))
    return max(sizes) if len(sizes) < 3 and sizes[base] and min(sizes) >= base else None


def _among_others(strip: Strip, frame: _Frame) -> Blanks | None:
    """The blanks of a row of a table; the cells before its own depend on its labels, and may be more."""
    inner = frame.inner(strip)
    if inner is None or frame.is_odd_before(strip):
        return None
    if frame.way.borders and (_holds_print(strip) or _is_broken(strip) or _is_below_empty(strip, frame)):
        return None  # what stands beyond the label is not one of the row's cells
    leading, trailing = frame.before(strip), frame.behind(strip)
    cells = len(strip.chunks) + sum(inner)
    # Digits run together hide how many cells there are: at most as many as digits.
    touching = any(chunk.touching for chunk in strip.chunks)
    hidden = sum(max(len(chunk.digits) - 1, 0) for chunk in strip.chunks) if touching else 0
    if cells > frame.columns or cells + hidden + leading + trailing < frame.columns:
        return None
    exact = cells + leading + trailing == frame.columns and not hidden
    return Blanks(inner, leading, trailing) if exact else Blanks(inner)


def _behind_labels(
    strips: Sequence[Strip], found: Sequence[Blanks | None], frame: _Frame, levels: Sequence[int]
) -> list[Blanks | None]:
    """The rows, those told too whose label is printed over several cells: so many for all of their level.

    Some row's label is printed over one, or else nothing tells a label's cells from the row's.
    """
    over: dict[int, list[int]] = {}
    for strip, blanks, level in zip(strips, found, levels, strict=True):
        if blanks is not None and strip.chunks:
            over.setdefault(level, []).append(_over(strip, blanks, frame))
    usual = {level: _usual(sizes) for level, sizes in over.items()}
    if min(usual.values(), default=1):
        return list(found)
    told: list[Blanks | None] = []
    odd = []  # with a cell too many, of which nothing tells which it is
    for place, (strip, blanks, level) in enumerate(zip(strips, found, levels, strict=True)):
        if blanks is not None and strip.chunks and _over(strip, blanks, frame) == usual[level]:
            leading = frame.before(strip) - usual[level]
            whole = replace(blanks, leading=leading, trailing=frame.behind(strip))
            blanks = whole if leading >= 0 else blanks
        elif blanks is not None and strip.chunks and not _goes_on(strip):
            odd.append(place)
        told.append(blanks)
    few = len(odd) <= len(strips) * _MISSED
    return [None if few and place in odd else blanks for place, blanks in enumerate(told)]


def _last(strip: Strip, found: Sequence[Blanks | None], frame: _Frame) -> Blanks | None:
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


def _over(strip: Strip, blanks: Blanks, frame: _Frame) -> int:
    """Over how many cells more than one a row's label is printed, if all that is printed are its cells."""
    cells = len(strip.chunks) + sum(blanks.inner) + frame.before(strip) + frame.behind(strip)
    return cells - frame.columns


def _alone(
    strip: Strip, columns: int, way: _Way, base: int, step: int, head_gaps: Sequence[str]
) -> Blanks | None:
    """The blanks of a line that has no other row as a witness: its edges must be exact.

    Whether borders close the lines, the line of column labels above tells; then they open them too.
    Behind a label on its own line nothing tells.
    Where cells are lines, the labels show what parts two cells, and what parts two rows.
    """
    inner = _Frame(way, columns, base, step, base, base).inner(strip)
    if inner is None or (way.borders and (_holds_print(strip) or _is_broken(strip))):
        return None
    rest = columns - len(strip.chunks) - sum(inner)
    edge: tuple[int, int] | None = None
    if way.borders and "\n" not in "".join(strip.gaps[1:-1]):
        behind = _end(strip, way)
        above, below, own = strip.gaps[0].rpartition("\n")
        before, closes = way.measure(own), min(way.measure(above.partition("\n")[0]), 1)
        if not below:  # behind its label, a border parts them; the last one may close the line
            edge = (before - 1, max(behind - 1, 0))
        else:
            edge = (before - min(before, closes), behind - closes)
    elif way.measure is _lines:
        row_end = _row_end(base, head_gaps)
        leading, odd = divmod(_edge(strip.gaps[0], way) - (row_end or 0), step)
        room = leading == rest or _end(strip, way) > (rest - leading) * step
        if row_end is not None and not odd and leading >= 0 and room:
            edge = (leading, rest - leading)  # with more of them than there is room for, a line is no cell
    elif way.measure is _lone_no_breaks:
        edge = (_edge(strip.gaps[0], way), _end(strip, way))
    if edge is None and rest == 0:
        edge = (0, 0)
    if edge is None or min(edge) < 0 or sum(edge) != rest:
        return None
    is_seen = way.borders or (way.measure is _lone_no_breaks and any(inner))
    return Blanks(inner, *edge, to_confirm=not is_seen)


def _is_broken(strip: Strip) -> bool:
    """Whether a row's numbers stand on more lines than one."""
    return any("\n" in gap for gap in strip.gaps[1:-1])


def _is_below_empty(strip: Strip, frame: _Frame) -> bool:
    """Whether a row's cells stand empty on its label's line, and its numbers below: a page's, maybe."""
    above, below, own = strip.gaps[0].rpartition("\n")
    measure = frame.way.measure
    return (
        bool(below and strip.chunks)
        and not measure(own)
        and measure(above.partition("\n")[0]) >= frame.columns
    )


def _holds_print(strip: Strip) -> bool:
    """Whether other print stands among a row's numbers: one of them may be none of its cells."""
    return any(_PRINT.search(fold(gap)) for gap in strip.gaps[1:-1])


def _goes_on(strip: Strip) -> bool:
    """Whether the line goes on behind a row's numbers with the label of the next."""
    return "\n" not in strip.gaps[-1] and bool(strip.gaps[-1].strip() or not strip.gaps[-1])


def _base(strips: Sequence[Strip], columns: int, way: _Way, head_gaps: Sequence[str]) -> int | None:
    """What a gap without an empty cell measures: as in full rows, else as between column labels."""
    if way.measure is _lone_no_breaks or not any(way.measure(g) > 0 for strip in strips for g in strip.gaps):
        return 0 if way.measure is _lone_no_breaks else None
    full = [way.measure(gap) for s in strips if len(s.chunks) == columns for gap in s.gaps[1:-1]]
    if full:
        usual = _usual(full)  # what does not part the cells of full rows is no border
        return usual if usual >= way.base and not (usual and way.measure is _no_breaks) else None
    if way.measure is _no_breaks:
        touching = any(chunk.touching for strip in strips for chunk in strip.chunks)
        return 0 if touching else None  # elsewhere it may as well stand beside a number
    if way.borders:
        return _usual([n for gap in head_gaps if "\n" not in gap and (n := way.measure(gap))] or [way.base])
    # What parts most labels parts two cells: a gap no larger holds no empty one. Pieces of one stand nearer.
    return max(way.base, _usual(map(way.measure, head_gaps)) if head_gaps else 0)


def _edge(gap: str, way: _Way) -> int:
    """The measure of a gap's blank beginning: what follows belongs to other rows."""
    print_ = _PRINT.search(fold(gap))
    return way.measure(gap[: print_.start()] if print_ else gap)


def _behind_print(gap: str) -> str:
    """What stands in a gap behind its last print, that of a label which is printed over several cells."""
    prints = list(_PRINT.finditer(fold(gap)))
    return gap[prints[-1].end() :] if prints else gap


def _end(strip: Strip, way: _Way) -> int:
    """The measure of what stands behind a row: borders on its line alone."""
    behind = strip.gaps[-1]
    return _edge(behind.partition("\n")[0] if way.borders else behind, way)
