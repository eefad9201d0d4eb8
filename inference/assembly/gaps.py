"""Read from the layout which cells of a row were left empty.

Flow:  strips -> **gaps** -> readings

Some flatteners keep something for each empty cell: a pipe, a tab, a line, a no-break space,
or the position in the line; others drop it without a trace. One table is flattened in one
way, so a way counts as kept only when it explains every row of the table: in each there must
be room for all columns, and never for too many. Drawn borders may miss a row or two, into
which a foreign number fell. Otherwise nothing is known, and the arithmetic has to find the places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gouji.inference.assembly.strips import Strip
from gouji.model.labels import Span
from gouji.model.page import Page, fold

_NO_BREAK = re.compile("[\u00a0\u3000]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*[\u00a0\u3000][^\S\n]*(?=\n)")
_LONE_NO_BREAK = re.compile("(?<= )[\u00a0\u3000](?= )")
_BARS = "|│┃║┆┊"
_PRINT = re.compile(rf"[^\s{_BARS}\u200b*_]")  # neither a border nor markdown's emphasis
_BORDER = re.compile(rf"[{_BARS}\t\n]")
_CELL = re.compile(r"\S+(?: \S+)*")
_MISSED = 0.1  # of a table's rows, which borders that explain all others may not explain


@dataclass(frozen=True, slots=True)
class Blanks:
    """The empty cells between the chunks of a strip, and at its edges where these are known."""

    inner: tuple[int, ...]  # one fewer than chunks
    leading: int | None = None
    trailing: int | None = None
    to_confirm: bool = False  # no other row and no border bears witness: the row's sums must


def _bars(gap: str) -> int:
    return sum(character in _BARS for character in gap)


def _tabs(gap: str) -> int:
    """Tabs within a line; those that begin one are its indentation."""
    return 0 if "\n" in gap else gap.count("\t")


def _lines(gap: str) -> int:
    return gap.count("\n")


def _no_breaks(gap: str) -> int:
    """No-break spaces, where nothing else parts the cells; else none can be told from an indent."""
    return -1 if _BORDER.search(gap) else len(_NO_BREAK.findall(gap))


def _lone_no_breaks(gap: str) -> int:
    """No-break spaces that stand between blanks, as the whole content of a cell."""
    return -1 if _BORDER.search(gap) else len(_LONE_NO_BREAK.findall(gap))


def _held(gap: str) -> int:
    """Lines that hold a no-break space: each is an empty cell, where an empty line parts paragraphs."""
    return len(_BLANK_LINE.findall(gap))


@dataclass(frozen=True, slots=True)
class _Way:
    """One thing that may stand for a cell's border.

    `base` is what the gap between two neighbours measures at least; full rows, or else the
    column labels, may show it to be more (`||` or `\n\n` between cells).
    """

    measure: Callable[[str], int]
    base: int
    borders: bool = False  # it can be nothing but a cell's border


_WAYS = (
    _Way(_bars, 1, borders=True),
    _Way(_tabs, 1, borders=True),
    _Way(_lines, 1),
    _Way(_lone_no_breaks, 0),
    _Way(_no_breaks, 0),
)


def shown_blanks(
    strips: Sequence[Strip], columns: int, head_gaps: Sequence[str] = ()
) -> list[Blanks | None] | None:
    """The empty cells around the numbers of each row, where the layout shows them.

    Args:
        strips: The rows of one table.
        columns: How many cells each row has.
        head_gaps: The raw text between neighbouring column labels.

    Returns:
        The empty cells of each strip, None for one that its borders do not explain; or None where
        no way of keeping blanks explains the table.
    """
    for way in _WAYS:
        bases = _bases(strips, columns, way, head_gaps)
        found = [b for base in bases if (b := _explain(strips, columns, way, base, head_gaps)) is not None]
        if len(found) > 1:
            return None  # two measures that explain all prove neither
        # What is no border proves nothing unless it is seen to stand for an empty cell somewhere.
        if found and (way.borders or any(blanks is not None and any(blanks.inner) for blanks in found[0])):
            return found[0]
    return None


def _explain(
    strips: Sequence[Strip], columns: int, way: _Way, base: int, head_gaps: Sequence[str]
) -> list[Blanks | None] | None:
    printed = [strip for strip in strips if strip.chunks]
    broken = [_is_broken(strip) for strip in strips if len(strip.chunks) > 1]
    own_lines = broken.count(True) * 2 > len(broken) or (
        len(strips) > 1 and all("\n" in strip.gaps[0] for strip in printed)
    )
    if way.borders and own_lines and all(len(strip.chunks) < columns for strip in printed):
        return None  # what borders on lines of their own mean, a full row must show
    # An empty cell adds a whole gap, but where each cell has its own line between borders: there, one border.
    step = 1 if way.borders and own_lines else max(base, 1)
    drawn = way.borders and not own_lines
    # Full rows show whether borders before the first cell are those of group labels that are not there.
    full = [strip for strip in strips if len(strip.chunks) == columns]
    labelled = drawn and any(way.measure(strip.gaps[0]) > base for strip in full)
    told = len(head_gaps) >= columns  # by labels, that all columns are there
    closing = (
        _closing(strips, columns, way.measure, base, one_line=not own_lines, told=told)
        if way.borders
        else base
    )
    missed = int(len(strips) * _MISSED) if drawn else 0
    held = way.measure is _lines and _hold_blanks(strips, base)
    found: list[Blanks | None] = []
    for strip in strips:
        extra = [way.measure(gap) - base for gap in strip.gaps[1:-1]]
        inner = tuple(size // step for size in extra)
        blanks: Blanks | None = None
        if any(size < 0 or size % step for size in extra):
            pass
        elif drawn and (_holds_print(strip) or _is_broken(strip) or _is_below_empty(strip, columns, way)):
            pass  # what stands beyond the label is not one of the row's cells
        elif len(strips) == 1:
            blanks = _alone(strip, inner, columns, way, base, head_gaps)
        elif held and len(strip.chunks) + sum(inner) + _held_at_edges(strip) < columns:
            pass  # of the empty cells at its edges, as of those within, some line would be left
        else:
            blanks = _among_others(strip, inner, columns, way, base, step, closing, own_lines, labelled)
        if blanks is None and found.count(None) == missed:
            return None
        found.append(blanks)
    return found


def _among_others(
    strip: Strip,
    inner: tuple[int, ...],
    columns: int,
    way: _Way,
    base: int,
    step: int,
    closing: int,
    own_lines: bool,
    labelled: bool,
) -> Blanks | None:
    """The blanks of a row of a table; the cells before its own depend on its labels, and may be more."""
    one_line = way.borders and not own_lines
    behind = _edge(strip.gaps[-1], way.measure, one_line=one_line) if strip.chunks else 0
    leading = max(_edge(strip.gaps[0], way.measure) - (base if strip.chunks else closing), 0) // step
    trailing = max(behind - closing, 0) // step
    cells = len(strip.chunks) + sum(inner)
    # Digits run together hide how many cells there are: at most as many as digits.
    touching = any(chunk.touching for chunk in strip.chunks)
    hidden = sum(max(len(chunk.digits) - 1, 0) for chunk in strip.chunks) if touching else 0
    if cells > columns or cells + hidden + leading + trailing < columns:
        return None
    if labelled and cells + trailing == columns and not hidden:
        return Blanks(inner, 0, trailing)
    exact = cells + leading + trailing == columns and not hidden
    return Blanks(inner, leading, trailing) if exact else Blanks(inner)


def _alone(
    strip: Strip, inner: tuple[int, ...], columns: int, way: _Way, base: int, head_gaps: Sequence[str]
) -> Blanks | None:
    """The blanks of a line that has no other row as a witness: its edges must be exact.

    Whether borders close the lines, the line of column labels above tells; then they open them too.
    Behind a label on its own line nothing tells.
    Where cells are lines, the labels show what parts two cells, and what parts two rows.
    """
    rest = columns - len(strip.chunks) - sum(inner)
    edges: set[tuple[int, int]] = set()
    if way.borders and "\n" not in "".join(strip.gaps[1:-1]):
        behind = _edge(strip.gaps[-1], way.measure, one_line=True)
        above, below, own = strip.gaps[0].rpartition("\n")
        before, closes = way.measure(own), min(way.measure(above.partition("\n")[0]), 1)
        if not below:  # behind its label, a border parts them; the last one may close the line
            edges = {(before - 1, max(behind - 1, 0))}
        else:
            edges = {(before - min(before, closes), behind - closes)}
    elif way.measure is _lines:
        # Only a line that holds a no-break space is a cell; an empty one parts paragraphs.
        cells = [_held(gap) for gap in strip.gaps]
        if tuple(cells[1:-1]) == inner:
            edges = {(cells[0], cells[-1])}
        leading = _leading_under(strip, base, head_gaps)
        if leading is not None and leading > rest:
            return None  # an empty line among the numbers is no cell
        if leading is not None and _edge(strip.gaps[-1], _lines) > (rest - leading) * base:
            edges |= {(leading, rest - leading)}
    elif way.measure is _lone_no_breaks:
        own = strip.gaps[0].rpartition("\n")[2]
        edges = {(_edge(own, way.measure), _edge(strip.gaps[-1], way.measure, one_line=True))}
    fitting = sorted(edge for edge in edges if min(edge) >= 0 and sum(edge) == rest)
    edge = (0, 0) if rest == 0 else fitting[0] if fitting else None
    return None if edge is None else Blanks(inner, *edge, to_confirm=not way.borders)


def _leading_under(strip: Strip, base: int, head_gaps: Sequence[str]) -> int | None:
    """How many empty lines lead, where the column labels are parted as the cells are; else None.

    Between labels of one row the gap is `base`. What parts two rows of labels, and so the labels
    from the numbers, is the one larger gap that there is, or the same where there is none.
    """
    sizes = Counter(map(_lines, head_gaps))
    if len(sizes) > 2 or not sizes[base] or min(sizes) < base:
        return None
    leading, odd = divmod(_edge(strip.gaps[0], _lines) - max(sizes), base)
    return None if odd or leading < 0 else leading


def _closing(
    strips: Sequence[Strip],
    columns: int,
    measure: Callable[[str], int],
    base: int,
    *,
    one_line: bool,
    told: bool,
) -> int:
    """The borders that close a row: as behind full rows, else as the rows' own tell, else the fewest.

    Where the next row's label stands on the same line, nothing closes the row.
    """
    ending = [s for s in strips if s.chunks and not (one_line and _goes_on(s)) and not _holds_print(s)]
    full = Counter(_edge(s.gaps[-1], measure, one_line=one_line) for s in ending if len(s.chunks) == columns)
    if full:
        return full.most_common(1)[0][0]
    # Where a border alone parts a row's label from its first number, all empty cells stand behind that.
    borders = {
        _edge(s.gaps[-1], measure, one_line=True)
        - (columns - len(s.chunks))
        + sum(measure(g) - base for g in s.gaps[1:-1])
        for s in ending
        if told and one_line and measure(s.gaps[0]) == base
    }
    if len(borders) == 1 and min(borders) > 0:  # a border that may as well close the row tells nothing
        return borders.pop()
    return min((_edge(s.gaps[-1], measure, one_line=one_line) for s in ending), default=0)


def _is_broken(strip: Strip) -> bool:
    """Whether a row's numbers stand on more lines than one."""
    return any("\n" in gap for gap in strip.gaps[1:-1])


def _is_below_empty(strip: Strip, columns: int, way: _Way) -> bool:
    """Whether a row's cells stand empty on its label's line, and its numbers below: a page's, maybe."""
    above, below, own = strip.gaps[0].rpartition("\n")
    return bool(below) and not way.measure(own) and way.measure(above.partition("\n")[0]) >= columns


def _hold_blanks(strips: Sequence[Strip], base: int) -> bool:
    """Whether what is left of every empty cell within a row is a line with a no-break space."""
    gaps = [gap for strip in strips for gap in strip.gaps[1:-1] if _lines(gap) > base]
    return bool(gaps) and all(_held(gap) == _lines(gap) - base for gap in gaps)


def _held_at_edges(strip: Strip) -> int:
    return _edge(strip.gaps[0], _held) + _edge(strip.gaps[-1], _held)


def _holds_print(strip: Strip) -> bool:
    """Whether other print stands among a row's numbers: one of them may be none of its cells."""
    return any(_PRINT.search(fold(gap)) for gap in strip.gaps[1:-1])


def _goes_on(strip: Strip) -> bool:
    """Whether the line goes on behind a row's numbers with the label of the next."""
    return "\n" not in strip.gaps[-1] and bool(strip.gaps[-1].strip() or not strip.gaps[-1])


def _bases(strips: Sequence[Strip], columns: int, way: _Way, head_gaps: Sequence[str]) -> list[int]:
    """What a gap without an empty cell may measure: as in full rows, else as between column labels."""
    gaps = [way.measure(gap) for strip in strips for gap in strip.gaps[1:-1]]
    full = Counter(
        way.measure(gap) for strip in strips if len(strip.chunks) == columns for gap in strip.gaps[1:-1]
    )
    if not any(way.measure(gap) > 0 for strip in strips for gap in strip.gaps):
        return []
    if full:
        usual = full.most_common(1)[0][0]
        if way.measure is _no_breaks and usual:
            return []  # where they part the cells, one more may be no cell
        return [usual] if usual >= way.base else []  # what does not part the cells of full rows is no border
    if way.measure is _no_breaks:
        touching = any(chunk.touching for strip in strips for chunk in strip.chunks)
        return [0] if touching else []  # elsewhere it may as well stand beside a number
    if way.borders:
        between = Counter(size for gap in head_gaps if "\n" not in gap and (size := way.measure(gap)) > 0)
        return [between.most_common(1)[0][0]] if between else [way.base]
    # What parts two labels parts two cells, so that a gap no larger holds no empty one.
    least = max([way.base, *([min(map(way.measure, head_gaps))] if head_gaps else [])])
    return [0] if way.measure is _lone_no_breaks else sorted({least, max(min(gaps, default=0), least)})


def _edge(gap: str, measure: Callable[[str], int], *, one_line: bool = False) -> int:
    """The measure of a gap's blank beginning: what follows belongs to other rows."""
    gap = gap.partition("\n")[0] if one_line else gap
    print_ = _PRINT.search(fold(gap))
    return measure(gap[: print_.start()] if print_ else gap)


def columns_by_position(
    page: Page, strips: Sequence[Strip], columns: int, heads: Sequence[Span] = ()
) -> list[tuple[int, ...]] | None:
    """The column of each chunk where every cell of a table begins at its column's own position.

    Tools that lay text out in a grid (inscriptis, text browsers without ruling) print each
    cell left-aligned, so the distinct places at which cells begin are the grid's columns, and
    a row's values take the columns next after its label. Whether that is so is for the
    arithmetic to confirm.

    Args:
        page: The page.
        strips: The rows of one table.
        columns: How many cells each row has.
        heads: Column labels that stand on the same grid; given, the rows have no labels.

    Returns:
        For each strip the column index of each of its chunks, or None where the rows do not
        stand on such a grid.
    """
    rows = [_begins(page, s.chunks[0].start, s.chunks[-1].end) if s.chunks else (0, ()) for s in strips]
    if any(row is None for row in rows):
        return None
    lines = [row for row in rows if row is not None]
    above = [line for head in heads if (line := _begins(page, head.start, head.end)) is not None]
    begun = {begin for _, begins in lines for begin in begins}
    headed = {begin for _, begins in above for begin in begins}
    if headed and any(begin < max(headed) for begin in begun - headed):
        return None  # a number that begins between two labels is aligned in another way
    grid = sorted(begun | headed)
    if heads and len(grid) != columns:
        return None
    rank = {begin: index for index, begin in enumerate(grid)}
    found: list[tuple[int, ...]] = []
    for strip, (start, begins) in zip(strips, lines, strict=True):
        places = [rank.get(chunk.start - start, -1) for chunk in strip.chunks]
        labels = [rank[begin] for begin in begins if begin < strip.chunks[0].start - start]
        if min(places, default=0) < 0 or (strip.chunks and not labels and not heads):
            return None
        first = labels[-1] + 1 if labels else 0
        taken = tuple(place - first for place in places)
        if taken and taken[-1] >= columns:
            return None
        found.append(taken)
    return found


def _begins(page: Page, first: int, last: int) -> tuple[int, tuple[int, ...]] | None:
    """The line that holds `first..last`: where it begins, and where in it each cell does."""
    if "\n" in page.folded[first:last]:
        return None
    start, end = page.folded.rfind("\n", 0, first) + 1, page.folded.find("\n", last)
    line = page.folded[start : end if end >= 0 else len(page.folded)]
    return start, tuple(match.start() for match in _CELL.finditer(line))
