"""A page that can be damaged without losing sight of its cells: text, places, truth, and what it prints.

Flow:  page, truth, clean extraction -> **sheet** -> mutations -> mutated page -> extraction -> tallies

Mutations rearrange the text; the places of cells and labels move along. `truth` is the report's matrix,
`printed` the one that the page now prints: they differ where a mutation lies. Where a cell's print says
something else than its number, or nothing that is certain, `readings` hold what it may be read as.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gouji.annotations.truth import Truth
from gouji.inference.extraction import ExtractedReport, State
from gouji.model.forms import Form
from gouji.model.label_words import bare, without_brackets
from gouji.model.labels import Span, Tag
from gouji.model.page import GHOST, Page

Number = int | float

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PRINT = re.compile(r"[\w/\-—－%]")  # what is no separator of cells


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of text; `start < end`."""

    start: int  # characters
    end: int

    def holds(self, other: Place) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Part:
    """`start..end` of the old text, kept as it is, or giving way to `new`."""

    start: int
    end: int
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's text, where its cells and labels stand, and what they are and print."""

    text: str
    cells: Mapping[str, Place]  # by key, of the cells whose print is known: a number or a blank's mark
    labels: Mapping[str, Place]  # of rows, by `table/row`
    marks: Mapping[Tag, tuple[Place, ...]]  # of every other tag but VALUE, in reading order
    rows: Mapping[str, tuple[str, ...]]  # `table/row` -> the keys of its cells, both in the form's order
    truth: Mapping[str, Number | None]
    printed: Mapping[str, Number | None]
    doubtful: frozenset[str] = frozenset()  # None and 0 are both right
    worked_out: frozenset[str] = frozenset()  # tables in which a cell's place does not stand plainly
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # `in_order` of the page undamaged
    readings: Mapping[str, tuple[Number | None, ...]] = field(default_factory=dict)  # () is open
    forms: tuple[Form, ...] = ()  # that the page may follow

    def in_order(self, table: str) -> tuple[str, ...]:
        """The labels and cells of a table, in the order of print."""
        places = {**self.labels, **self.cells}
        own = [name for name in places if name.startswith(f"{table}/")]
        return tuple(sorted(own, key=lambda name: places[name].start))

    @property
    def lying(self) -> frozenset[str]:
        """The tables in which a cell prints, or may be read as, another figure than the report has."""
        others = (key for key, value in self.truth.items() if self.printed[key] != value)
        return frozenset(key.partition("/")[0] for key in (*others, *self.readings))

    def is_moved(self, table: str) -> bool:
        """Whether labels or cells of a table without sums stand in another order than undamaged."""
        now = self.in_order(table)
        before = self.order.get(table, ())
        return [name for name in before if name in now] != [name for name in now if name in before]

    def surface(self, key: str) -> str:
        """What a cell prints."""
        place = self.cells[key]
        return self.text[place.start : place.end]

    def is_plain(self, key: str) -> bool:
        """Whether a cell prints a bare number: no unit, no separator, not broken."""
        return key in self.cells and _PLAIN.fullmatch(self.surface(key)) is not None

    def rebuilt(self, parts: Sequence[Part]) -> Sheet:
        """The sheet with its text put together anew; each place goes where its first and last characters go.

        >>> sheet = Sheet("a1b2", {"x": Place(1, 2), "y": Place(3, 4)}, {}, {}, {}, {}, {})
        >>> moved = sheet.rebuilt([Part(2, 4), Part(0, 1), Part(1, 2, "１")])
        >>> moved.text, moved.surface("x"), moved.surface("y")
        ('b2a１', '１', '2')
        """
        bases = []
        length = 0
        pieces = []
        for part in parts:
            bases.append(length)
            pieces.append(self.text[part.start : part.end] if part.new is None else part.new)
            length += len(pieces[-1])
        homes: dict[int, tuple[int, int]] = {}
        for part, base, piece in zip(parts, bases, pieces, strict=True):
            for offset in range(part.start, part.end):
                kept = base + offset - part.start
                homes[offset] = (kept, kept + 1) if part.new is None else (base, base + len(piece))

        def moved(place: Place) -> Place | None:
            first, last = homes.get(place.start), homes.get(place.end - 1)
            if first is None or last is None or first[0] >= last[1]:
                return None
            return Place(first[0], last[1])

        return replace(
            self,
            text="".join(pieces),
            cells={key: new for key, old in self.cells.items() if (new := moved(old)) is not None},
            labels={row: new for row, old in self.labels.items() if (new := moved(old)) is not None},
            marks={
                tag: tuple(sorted(new for old in places if (new := moved(old)) is not None))
                for tag, places in self.marks.items()
            },
        )

    def edited(self, edits: Iterable[Part]) -> Sheet:
        """The sheet with some stretches giving way to new text; they do not overlap."""
        parts: list[Part] = []
        done = 0
        for edit in sorted(edits, key=lambda part: (part.start, part.end)):
            parts.extend((Part(done, edit.start), edit))
            done = edit.end
        return self.rebuilt([*parts, Part(done, len(self.text))])

    def exchanged(self, one: Place, other: Place) -> Sheet:
        """The sheet with two stretches in each other's place; they do not overlap."""
        first, second = sorted((one, other), key=lambda place: place.start)
        return self.rebuilt(
            [
                Part(0, first.start),
                Part(second.start, second.end),
                Part(first.end, second.start),
                Part(first.start, first.end),
                Part(second.end, len(self.text)),
            ]
        )

    def called(self, new: Mapping[str, str]) -> Sheet:
        """The sheet whose labels now say that cell `key` is what was printed for `new[key]`."""
        old = {key: key for key in self.truth} | dict(new)
        return replace(
            self,
            cells={key: self.cells[its] for key, its in old.items() if its in self.cells},
            printed={key: self.printed[its] for key, its in old.items()},
            readings={key: self.readings[its] for key, its in old.items() if its in self.readings},
        )

    def gap(self, one: str, other: str) -> Place | None:
        """What parts two cells, where the second follows the first and nothing else is printed between."""
        if one not in self.cells or other not in self.cells:
            return None
        start, end = self.cells[one].end, self.cells[other].start
        if start >= end or _PRINT.search(self.text[start:end]):
            return None
        return Place(start, end)

    def printed_cells(self, row: str) -> list[str]:
        """The cells of a row that print something."""
        return [key for key in self.rows[row] if key in self.cells]

    def gaps(self, row: str) -> list[Place]:
        """The gaps of a row; none unless all its printed cells stand one behind the other."""
        gaps = [self.gap(one, other) for one, other in pairwise(self.printed_cells(row))]
        return [gap for gap in gaps if gap is not None] if None not in gaps else []

    def numbers(self, row: str) -> Place | None:
        """The stretch of a row's cells, where no other cell or label stands in it."""
        cells = self.printed_cells(row)
        if not cells or (len(cells) > 1 and not self.gaps(row)):
            return None
        return Place(self.cells[cells[0]].start, self.cells[cells[-1]].end)

    def row(self, row: str) -> Place | None:
        """The stretch of a row's label and cells, where nothing known of other rows stands in it."""
        numbers, label = self.numbers(row), self.labels.get(row)
        if numbers is None or label is None or label.end > numbers.start:
            return None
        place = Place(label.start, numbers.end)
        others = (
            *(other for key, other in self.cells.items() if key not in self.rows[row]),
            *(other for name, other in self.labels.items() if name != row),
            *(other for places in self.marks.values() for other in places),
        )
        if any(other.start < place.end and place.start < other.end for other in others):
            return None
        return place


def sheet_of(
    page: Page, truth: Truth, extraction: ExtractedReport, spans: Sequence[Span], forms: Mapping[str, Form]
) -> Sheet:
    """The sheet of a page that was read without a wrong cell.

    Args:
        page: The page.
        truth: What the page prints.
        extraction: What was read of it; it says where each cell is printed.
        spans: What the tagger marks on the page.
        forms: The forms that the page may follow; they word the row labels.
    """
    cells = {
        cell.key: Place(cell.start, cell.end)
        for cell in extraction.cells
        if cell.start is not None and cell.end is not None and cell.key in truth.cells
    }
    rows: dict[str, tuple[str, ...]] = {}
    for cell in extraction.cells:
        if cell.key in truth.cells:
            row = cell.key.rpartition("/")[0]
            rows[row] = (*rows.get(row, ()), cell.key)
    sheet = Sheet(
        text=page.text,
        cells=cells,
        labels=_row_labels(page, rows, cells, spans, _wordings(forms)),
        marks={
            tag: tuple(Place(span.start, span.end) for span in spans if span.tag is tag)
            for tag in Tag
            if tag not in (Tag.ROW, Tag.VALUE)
        },
        rows=rows,
        truth=dict(truth.cells),
        printed=dict(truth.cells),
        doubtful=truth.doubtful,
        worked_out=frozenset(
            cell.key.partition("/")[0]
            for cell in extraction.cells
            if cell.state not in (State.READ, State.BLANK)
        ),
        forms=tuple(forms.values()),
    )
    unsummed = {table.id for form in forms.values() for table in form.tables if not table.checks}
    return replace(sheet, order={table: sheet.in_order(table) for table in sorted(unsummed)})


def _wordings(forms: Mapping[str, Form]) -> dict[str, frozenset[str]]:
    """Every wording of each row of the forms, bare, by `table/row`."""
    wordings: dict[str, frozenset[str]] = {}
    for form in forms.values():
        for table in form.tables:
            for _, row in table.rows():
                name = f"{table.id}/{row.id}"
                bares = {short(wording) for wording in row.wordings for short in (bare, without_brackets)}
                wordings[name] = wordings.get(name, frozenset()) | bares
    return wordings


def _row_labels(
    page: Page,
    rows: Mapping[str, Sequence[str]],
    cells: Mapping[str, Place],
    spans: Sequence[Span],
    wordings: Mapping[str, frozenset[str]],
) -> dict[str, Place]:
    """The labels that stand whole before their row's numbers, behind every number before.

    One whose end stands behind the numbers, as in a narrow column, is none: it cannot be moved.
    """
    ends = sorted(place.end for place in cells.values())
    labels = {}
    for row, keys in rows.items():
        starts = [cells[key].start for key in keys if key in cells]
        if not starts:
            continue
        first = min(starts)
        after = max((end for end in ends if end <= first), default=0)
        pieces = [span for span in spans if span.tag is Tag.ROW and after <= span.start and span.end <= first]
        if pieces:
            label = Place(pieces[0].start, pieces[-1].end)
            surface = page.folded[label.start : label.end].replace(GHOST, "")
            if {bare(surface), without_brackets(surface)} & wordings.get(row, frozenset()):
                labels[row] = label
    return labels
