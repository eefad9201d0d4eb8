"""Read the column headers above a table's rows, and the order in which they stand.

Flow:  found table -> **headers** -> columns -> line readings -> one reading of the page

A header that was wrapped lies in pieces: those of its lower lines stand below it or come right
behind it, and its words say where they belong. Headers of two levels are a tree: those under a
heading over several stand in that heading's place. Where a browser centred them so that their lines
say nothing of their levels, their places in the line tell the order, if the rows' numbers stand
under them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby, pairwise, zip_longest
from operator import itemgetter

from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Strip
from gouji.inference.assembly.wording import Wordings, named, runs_through
from gouji.model.label_words import bare
from gouji.model.labels import Span

ANOTHER_YEAR = re.compile("[上去往]一?年|历年|累计")
_YEARS_WORDS = 3  # characters of those, at most
_LEVELS = 2  # of headers
_FEWEST = 3  # rows whose numbers stand under their headers

Extent = tuple[int, int]  # from the first place in a line to behind the last


@dataclass(frozen=True)
class Header:
    """A column's header, or a heading over several, as it is printed: its pieces joined."""

    words: str  # bare
    text: str  # of its first piece, where it has but one
    start: int  # where its first piece begins, in characters of the page
    line: int  # where the line of its first piece begins
    last: int  # where the line of its last piece begins
    print_: tuple[str, str]  # of its last piece: what stands before it on its line, and the piece there

    @cached_property
    def extents(self) -> tuple[Extent, Extent]:
        """Where its last piece stands on its line: in characters, and in places of a terminal."""
        return _extents(*self.print_)


def headers_of(marked: MarkedPage, spans: Sequence[Span], words: frozenset[str]) -> list[Header]:
    """The headers among spans in reading order, wrapped ones whole; `words`: what a header may say, bare.

    Tools place cells by characters or by what a terminal shows: what joins more pieces is how they stand.
    Where both join as many and not the same, none is joined.
    """
    pieces = _untorn(pieces_of(marked, spans), words)
    begun, parts = _beginnings(words)
    if not any(
        piece.words in parts and any(piece.words + other.words in begun for other in pieces[place:])
        for place, piece in enumerate(pieces, 1)
    ):
        return pieces
    one, other = (_joined(pieces, words, begun, measure) for measure in (0, 1))
    if len(one) == len(other) and [h.words for h in one] != [h.words for h in other]:
        return pieces
    return min(other, one, key=len)


def pieces_of(marked: MarkedPage, spans: Sequence[Span]) -> list[Header]:
    """Each span that has words, for itself, as if it were a header."""
    pieces = [piece for piece in (_piece(marked, span) for span in spans) if piece.words]
    behind = [piece.start for piece in pieces[1:]]
    return [piece for piece, start in zip_longest(pieces, behind) if piece.start != start]  # else begins it


def _untorn(pieces: Sequence[Header], words: frozenset[str]) -> list[Header]:
    """The pieces, those joined that touch and are no part of what a header may say: 农村 and 集体."""
    found: list[Header] = []
    for piece in pieces:
        before = found[-1] if found else None
        touching = before is not None and before.start + len(before.text) == piece.start
        if before is None or not touching or any(_is_part(one, words) for one in (before, piece)):
            found.append(piece)
        else:
            text = before.text + piece.text
            found[-1] = replace(before, words=bare(text), text=text, print_=(before.print_[0], text))
    return found


def _is_part(header: Header, words: frozenset[str]) -> bool:
    return any(header.words in whole for whole in words)


def _piece(marked: MarkedPage, span: Span) -> Header:
    start = _begin_of(marked, span)
    text = marked.page.text[start : span.end]
    line = _line_of(marked, start)
    return Header(bare(text), text, start, line, line, _print_on_line(marked, start, span.end))


def _begin_of(marked: MarkedPage, span: Span) -> int:
    """Where a header begins, with the words of another year that the tagger left out: 上年 of 上年总计."""
    before = ANOTHER_YEAR.search(marked.folded, max(span.start - _YEARS_WORDS, 0), span.start)
    return before.start() if before is not None and before.end() == span.start else span.start


def _joined(
    pieces: Sequence[Header], words: frozenset[str], begun: frozenset[str], measure: int
) -> list[Header]:
    found: list[Header] = []
    for piece in pieces:
        above = _above(found, piece, measure)
        if found and _ends_on_its_line(found[-1], piece, words):
            above.append(len(found) - 1)
        place = next((i for i in above if found[i].words + piece.words in begun), len(found))
        if place == len(found):
            found.append(piece)
        else:
            text = found[place].words + piece.words
            found[place] = replace(found[place], words=text, text=text, last=piece.line, print_=piece.print_)
    return found


def _above(found: Sequence[Header], piece: Header, measure: int) -> list[int]:
    """Which headers a piece may go on: those that it stands below, from the next above; and the last read."""
    left, right = piece.extents[measure]
    below = []
    for i, header in enumerate(found):
        begin, end = header.extents[measure]
        if header.last < piece.line and begin < right and left < end:
            below.append(i)
    below.sort(key=lambda i: (found[i].last, i), reverse=True)
    return below + ([len(found) - 1] if found and found[-1].last < piece.line else [])


def _ends_on_its_line(header: Header, piece: Header, words: frozenset[str]) -> bool:
    """Whether a piece ends the header that a blank parts from it: 法人 小计, the lines of one cell joined."""
    whole = header.words not in words and header.words + piece.words in words
    before, own = piece.print_[0], header.print_[1]
    return whole and header.last == piece.line and before.rstrip(" ").endswith(own)


@lru_cache(maxsize=64)
def _beginnings(words: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """All that a header may begin with, whole ones too, and what is only a part of one."""
    parts = frozenset(wording[:end] for wording in words for end in range(len(wording)))
    return parts | words, parts


def _line_of(marked: MarkedPage, place: int) -> int:
    """Where the line of text begins that holds a place."""
    return marked.folded.rfind("\n", 0, place) + 1


def _print_on_line(marked: MarkedPage, start: int, end: int) -> tuple[str, str]:
    """What stands before a print on its line, and what of it stands there."""
    line = _line_of(marked, start)
    return marked.page.text[line:start], marked.page.text[start:end].partition("\n")[0]


def _extents(before: str, own: str) -> tuple[Extent, Extent]:
    """The places of a print in its line, counted in characters and as a terminal shows them."""
    left, shown = len(before), _width(before)
    return (left, left + len(own)), (shown, shown + _width(own))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


Leaf = tuple[int | None, Header]  # the column that a header names, None for one that the form does not have


def in_order(leaves: Sequence[Leaf], headings: Sequence[Header], groups: Sequence[str]) -> list[Leaf] | None:
    """The headers of columns as their columns stand side by side; None where their lines do not say it.

    Args:
        leaves: The headers of columns, in reading order.
        headings: Those over several columns.
        groups: For each column of the form, the heading over it, bare, or "".
    """
    told = {header.line for column, header in leaves if column is not None}
    if len({header.line for _, header in leaves}) < len(leaves):
        leaves = [leaf for leaf in leaves if leaf[1].line in told]  # no place is told of one on its own line
    place = {heading.words: heading.start for heading in reversed(headings)}
    headed = {heading.line for heading in headings}
    tail = leaves[-len(groups) :]
    again = all(column is not None for column, _ in leaves)  # else one is the publisher's own
    if again and 1 < len(tail) < len(leaves) and {column for column, _ in tail} == set(range(len(groups))):
        return list(tail)  # merged downwards, the upper level's stand there again
    lines = {header.line for _, header in leaves}
    if len(place) < len(headings):  # in two places: before each label under it, or telling nothing
        behind = [next((c for c, h in leaves if h.start > over.start), None) for over in headings]
        under = [groups[column] if column is not None else "" for column in behind]
        return list(leaves) if under == [over.words for over in headings] else None
    above, or_above = (_groups_above(leaves, groups, step) for step in (-1, 1))
    if any(group and group not in place for group in above.values()):
        if 1 < len(lines) < len(leaves):
            return None
        columns = [column for column, _ in leaves if column is not None]
        two_lines = sorted(columns, key=lambda column: (bool(groups[column]), column))
        return None if columns == two_lines else list(leaves)
    if not _is_tree(leaves, headings, above):
        as_read = [column for column, _ in leaves]
        return list(leaves) if as_read == list(range(len(groups))) else None
    lower = {header.line for _, header in leaves if above[id(header)]}
    upper = {header.line for _, header in leaves if not above[id(header)]} | headed
    apart = len({header.line for _, header in leaves} | headed) == len(leaves) + len(headings)
    if not apart and (len(upper) > 1 or len(lower) > 1):
        return None
    ordered, or_so = (
        sorted(leaves, key=lambda leaf: (place.get(own[id(leaf[1])], leaf[1].start), leaf[1].start))
        for own in (above, or_above)
    )
    if ordered != or_so:
        return None  # one of the publisher's own may stand under a heading or beside it
    columns = [column for column, _ in ordered if column is not None]
    one_line = len(upper | lower) == 1 and ordered != list(leaves)
    return None if one_line and columns != sorted(columns) else ordered  # a line of two levels tells no other


def _is_tree(leaves: Sequence[Leaf], headings: Sequence[Header], above: Mapping[int, str]) -> bool:
    """Whether headers under a heading are read right behind it, or behind all others of its level.

    A heading that was centred over rows that others span is read before these, and tells nothing.
    """
    level = [(header.start, bool(above[id(header)])) for _, header in leaves]
    level += [(heading.start, False) for heading in headings]
    runs = [(is_lower, list(run)) for is_lower, run in groupby(sorted(level), key=itemgetter(1))]
    if not headings or len(runs) <= _LEVELS:
        return True
    before, _, *behind = runs
    return len(behind) == 1 and before[1][-1][0] in {heading.start for heading in headings}


def _groups_above(leaves: Sequence[Leaf], groups: Sequence[str], step: int) -> dict[int, str]:
    """The heading over each header; one of the publisher's own stands with those of its line.

    Where lines do not tell with which, with those before it (`step` -1) or with those behind it (1).
    """
    above: dict[int, str] = {}
    for index, (column, header) in enumerate(leaves):
        if column is not None:
            above[id(header)] = groups[column]
            continue
        beside = [
            [(groups[c], other.line == header.line) for c, other in part if c is not None][:1]
            for part in (leaves[:index][::-1], leaves[index + 1 :])
        ]
        before, behind = (own[0] if own else ("", False) for own in beside)
        told = before[1] != behind[1]
        above[id(header)] = (behind if (behind[1] if told else step > 0 and beside[1]) else before)[0]
    return above


def by_place(marked: MarkedPage, leaves: Sequence[Leaf], strips: Sequence[Strip]) -> list[Leaf] | None:
    """The headers of columns from left to right, where each number of a row stands under its own header."""
    rows = [s for s in strips if len(s.chunks) == len(leaves) and s.side_by_side(marked.page)]
    if len(rows) < _FEWEST:
        return None
    for measure in (0, 1):
        ordered = sorted(leaves, key=lambda leaf: _centre(leaf[1].extents[measure]))
        middles = [_centre(header.extents[measure]) for _, header in ordered]
        apart = len(set(middles)) == len(middles)
        if apart and all(_under(marked, strip, middles, measure) for strip in rows):
            return ordered
    return None


def _under(marked: MarkedPage, strip: Strip, middles: Sequence[float], measure: int) -> bool:
    """Whether the number at each place in a row is nearer to the header at that place than to any other."""
    bounds = [(a + b) / 2 for a, b in pairwise(middles)]
    places = [
        _centre(_extents(*_print_on_line(marked, chunk.start, chunk.end))[measure]) for chunk in strip.chunks
    ]
    return all(
        left <= place <= right
        for left, place, right in zip((0, *bounds), places, (*bounds, float("inf")), strict=True)
    )


def _centre(extent: Extent) -> float:
    return sum(extent) / 2


def contradict(
    headers: Sequence[Header], names: Wordings, official: str, lower: Collection[int] | None = None
) -> bool:
    """Whether on some line of headers, whole or in pieces, what they say is not in the official order.

    Where each has a line for itself, those of each level stand in order; `lower`: which are below a heading.
    """
    runs = [list(run) for _, run in groupby(headers, key=lambda header: header.line)]
    if lower is not None and max(map(len, runs), default=0) == 1:
        runs = _by_level(headers, names, lower)
    return any(_is_in_other_order(run, names, official) for run in runs)


def contradict_running_on(
    headers: Sequence[Header], names: Wordings, official: str, lower: Collection[int]
) -> bool:
    """Whether headers contradict that run on: each stands behind the end of one, at a line's beginning."""
    runs: list[list[Header]] = []
    for header in headers:
        before = runs[-1][-1] if runs else None
        if before is not None and (before.line == header.line or _runs_on(before, header)):
            runs[-1].append(header)
        else:
            runs.append([header])
    runs = [run for run in runs if run[0].line < run[-1].line]
    levels = (level for run in runs for level in _by_level(run, names, lower))
    return any(_is_in_other_order(level, names, official) for level in levels)


def _runs_on(before: Header, header: Header) -> bool:
    """Whether a header stands behind the end of the one before, which was begun on the line above."""
    _, wrapped, end = before.text.rpartition("\n")
    return bool(wrapped) and header.print_[0].strip() == end.strip()


def _by_level(headers: Sequence[Header], names: Wordings, lower: Collection[int]) -> list[list[Header]]:
    """Headers below a heading, and the others."""
    return [[h for h in headers if (named(names, h.text) in lower) is own] for own in (True, False)]


def _is_in_other_order(headers: Sequence[Header], names: Wordings, official: str) -> bool:
    said: list[str] = []
    for header in headers:
        column = named(names, header.text)
        words = bare(header.text)
        if words not in official and column is not None:
            words = bare(names.labels[column].label)  # by another name: 合计 for 总计
        if words in official and said[-1:] != [words]:
            said.append(words)
    return not runs_through("".join(said), official)
