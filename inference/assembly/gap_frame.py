"""What the gaps between a table's numbers measure, and what one without an empty cell does.

Flow:  strips -> **frame of gaps** -> gaps -> what parts the cells

Borders, tabs, no-break spaces or lines may stand for a cell's border, or for an empty cell: full rows, or
else the column labels, show how much of it stands between two cells, behind a line, and behind a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouji.inference.assembly.strips import BORDERS, Strip
from gouji.model.page import fold

_NO_BREAK = re.compile("[\u00a0\u3000]")
_LONE_NO_BREAK = re.compile("(?<=[ \n])[\u00a0\u3000]+(?=[ \n])")
_PRINT = re.compile(rf"[^\s{BORDERS}\u200b*_]")  # neither a border nor markdown's emphasis
_DRAWN = re.compile(f"[{BORDERS}]")
_BORDER = re.compile(rf"[{BORDERS}\t]")


def _borders(gap: str) -> int:
    return len(_DRAWN.findall(gap))


def _tabs(gap: str) -> int:
    """Tabs within a line; those that begin one are its indentation."""
    return 0 if "\n" in gap else gap.count("\t")


def lines_in(gap: str) -> int:
    return gap.count("\n")


def lone_no_breaks(gap: str) -> int:
    """No-break spaces that are the whole content of a cell."""
    return -1 if _BORDER.search(gap) else len(_LONE_NO_BREAK.findall(gap))


def _no_breaks(gap: str) -> int:
    """No-break spaces, where nothing else parts the cells; else none can be told from an indent."""
    return -1 if "\n" in gap or _BORDER.search(gap) else len(_NO_BREAK.findall(gap))


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that may stand for a cell's border, or for an empty cell.

    `base` is what the gap between two neighbours measures at least; full rows, or else the
    column labels, may show it to be more (`||` or `\n\n` between cells).
    """

    by: str
    measure: Callable[[str], int]
    base: int
    borders: bool = False  # it can be nothing but a cell's border

    def edge_of(self, gap: str) -> int:
        """The measure of a gap's blank beginning: what follows belongs to other rows."""
        print_ = _print_in(gap)
        return self.measure(gap[: print_[0]] if print_ else gap)

    def end_of(self, strip: Strip) -> int:
        """The measure of what stands behind a row: borders on its line alone."""
        behind = strip.gaps[-1]
        return self.edge_of(behind.partition("\n")[0] if self.borders else behind)


WAYS = (
    Way("borders", _borders, 1, borders=True),
    Way("tabs", _tabs, 1, borders=True),
    Way("no-break cells", lone_no_breaks, 0),
    Way("lines", lines_in, 1),
    Way("no-breaks", _no_breaks, 0),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the gaps of one table measure: between two cells, behind the last of a line, and of a row."""

    way: Way
    columns: int
    base: int
    step: int  # what an empty cell adds: as much again, or less the line of its print
    closing: int
    joining: int  # between the last cell and the label of the next row, where it stands on the same line

    def inner(self, strip: Strip) -> tuple[int, ...] | None:
        """The empty cells between a row's numbers; None where they are not parted in this way."""
        extra = [self.way.measure(gap) - self.base for gap in strip.gaps[1:-1]]
        odd = any(size < 0 or size % self.step for size in extra)
        return None if odd else tuple(size // self.step for size in extra)

    def before(self, strip: Strip) -> int:
        """The empty cells, and those of its label, before a row's first number; of an empty row, all."""
        return self._extra_before(strip) // self.step

    def _extra_before(self, strip: Strip) -> int:
        if not strip.chunks:
            return max(self.way.end_of(strip) - self.closing, 0)
        print_ = _print_in(strip.gaps[0])  # the last may be that of a label printed over several cells
        return max(self.way.measure(strip.gaps[0][print_[1] if print_ else 0 :]) - self.base, 0)

    def is_odd_before(self, strip: Strip) -> bool:
        """Whether lines stand before a row's first number that are no whole number of empty cells."""
        return bool(strip.chunks) and not self.way.borders and self._extra_before(strip) % self.step > 0

    def behind(self, strip: Strip) -> int:
        """The empty cells behind a row's last number."""
        closing = self.joining if self.way.borders and goes_on(strip) else self.closing
        return max(self.way.end_of(strip) - closing, 0) // self.step if strip.chunks else 0

    def over(self, strip: Strip, inner: Sequence[int]) -> int:
        """How many cells more than its columns a row has, if all that is printed are its cells."""
        return len(strip.chunks) + sum(inner) + self.before(strip) + self.behind(strip) - self.columns


def frame_of(strips: Sequence[Strip], columns: int, way: Way, base: int, head_gaps: Sequence[str]) -> Frame:
    """What stands behind a row: as behind full ones, else as behind lines of labels, else the least."""
    sure = [strip for strip in strips if strip.chunks and not holds_print(strip)]
    joined = [strip for strip in sure if way.borders and goes_on(strip)]
    ending = [strip for strip in sure if strip not in joined]
    closed = [way.end_of(strip) for strip in ending if len(strip.chunks) == columns]
    joining = [way.end_of(strip) for strip in joined if len(strip.chunks) == columns]
    if way.measure is lone_no_breaks:
        closed = [0]
    elif not closed and not way.borders:
        closed = [row_end_of(base, head_gaps) or base]
    elif not closed:
        heads = [way.measure(gap.partition("\n")[0]) for gap in head_gaps if "\n" in gap]
        # Where a border alone parts a row's label from its first number, all empty cells stand behind that.
        told = {
            way.end_of(s) - columns + len(s.chunks) + sum(way.measure(gap) - base for gap in s.gaps[1:-1])
            for s in ending
            if way.measure(s.gaps[0]) == base and len(head_gaps) >= columns
        }
        sole = [size for size in told if size > 0 and len(told) == 1]
        closed = sole or [min(heads or [way.end_of(strip) for strip in ending], default=base)]
    return Frame(way, columns, base, max(base, 1), usual_of(closed), usual_of(joining or [base]))


def usual_of(sizes: Iterable[int]) -> int:
    return Counter(sizes).most_common(1)[0][0]


def row_end_of(base: int, head_gaps: Sequence[str]) -> int | None:
    """How many lines part two rows, where the column labels are parted as the cells are; else None.

    Between labels of one row the gap is `base`. What parts two rows of labels, and so the labels
    from the numbers, is the one larger gap that there is, or the same where there is none.
    """
    sizes = Counter(map(lines_in, head_gaps))
    return max(sizes) if len(sizes) < 3 and sizes[base] and min(sizes) >= base else None


def holds_print(strip: Strip) -> bool:
    """Whether other print stands among a row's numbers: one of them may be none of its cells."""
    return any(map(_print_in, strip.gaps[1:-1]))


def is_before_print(strip: Strip) -> bool:
    """Whether a row's numbers begin a line on which other print stands behind them: its label, maybe."""
    return "\n" in strip.gaps[0] and _print_in(strip.gaps[-1].partition("\n")[0]) is not None


def goes_on(strip: Strip) -> bool:
    """Whether the line goes on behind a row's numbers with the label of the next."""
    return "\n" not in strip.gaps[-1] and bool(strip.gaps[-1].strip() or not strip.gaps[-1])


def base_of(strips: Sequence[Strip], columns: int, way: Way, head_gaps: Sequence[str]) -> int | None:
    """What a gap without an empty cell measures: as in full rows, else as between column labels."""
    if way.measure is lone_no_breaks:
        return 0
    if not any(way.measure(gap) > 0 for strip in strips for gap in strip.gaps):
        return None
    full = [way.measure(gap) for s in strips if len(s.chunks) == columns for gap in s.gaps[1:-1]]
    if full:
        usual = usual_of(full)  # what does not part the cells of full rows is no border
        return usual if usual >= way.base and not (usual and way.measure is _no_breaks) else None
    if way.measure is _no_breaks:
        touching = any(chunk.touching for strip in strips for chunk in strip.chunks)
        return 0 if touching else None  # elsewhere it may as well stand beside a number
    if way.borders:
        return usual_of([n for gap in head_gaps if "\n" not in gap and (n := way.measure(gap))] or [way.base])
    # What parts most labels parts two cells: a gap no larger holds no empty one. Pieces of one stand nearer.
    return max(way.base, usual_of(map(way.measure, head_gaps)) if head_gaps else 0)


@lru_cache(maxsize=1 << 10)  # most gaps of a page are alike
def _print_in(gap: str) -> tuple[int, int] | None:
    """Where the first print in a gap begins, and the last ends; None where it holds none."""
    places = [match.start() for match in _PRINT.finditer(fold(gap))]
    return (places[0], places[-1] + 1) if places else None
