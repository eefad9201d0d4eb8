"""From a page to its answer: the whole way, in one call.

Flow:  **page -> tokens -> tags -> spans -> form -> readings -> one reading -> checks -> extraction**
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from gouji.annotations.reading_order import where_printed
from gouji.inference.assembly.assemble import AnsweredPage, answered
from gouji.inference.assembly.checks import evaluate_checks
from gouji.inference.assembly.choice import JointReadings
from gouji.inference.assembly.derivation import with_derived
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.read_page import ReadPage, read_page
from gouji.inference.assembly.suggestion import suggest
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import (
    NOTHING_ANSWERED,
    Answers,
    Cell,
    Check,
    CheckState,
    Note,
    State,
    Status,
    Unplaced,
)
from gouji.inference.lost_print import as_far_as_there
from gouji.inference.made_by import made_by
from gouji.inference.metadata import Metadata, read_metadata
from gouji.inference.no_tables import cause_of
from gouji.inference.own_year import in_the_forms_years
from gouji.inference.patterns import pattern_of
from gouji.inference.places.place import Place, place_of
from gouji.inference.print_style import STYLES
from gouji.inference.reading import ReadingError
from gouji.inference.result import Extraction
from gouji.inference.tagger import TaggedPage, Tagger
from gouji.inference.unread_marks import without_marks
from gouji.inference.why import Why
from gouji.model.forms import Form, families, load_forms
from gouji.model.insertions import without_insertions
from gouji.model.labels import Span
from gouji.model.page import Page
from gouji.model.ruled import unruled
from gouji.model.tokens import WEIGHTS_DIR

Found = TypeVar("Found", Cell, Unplaced)

_MARKUP = re.compile(r"</(?:td|tr|table|body|html)\s*>", re.IGNORECASE)
_FEWEST_TAGS = 10  # of those; a text may show some as a sample


@dataclass(frozen=True, slots=True)
class TaggedExtraction:
    """An extraction beside the page that it was made of and the spans that it rests on."""

    page: Page
    extraction: Extraction
    spans: tuple[Span, ...]  # pieces of the page's text, in its order


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that was tagged, and its tables found: what is left is to assemble them."""

    page: Page
    tagged: TaggedPage
    marked: MarkedPage  # the page as it is read
    tables: tuple[FoundTable, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The tagged spans, as pieces of the page's text."""
        return _spans(self.tagged)


@dataclass(frozen=True, slots=True)
class PageWithReadings:
    """A page whose lines were read, once for several answers of a person to it."""

    found: FoundPage
    read: ReadPage
    metadata: Metadata
    place: Place | None


@dataclass(frozen=True, slots=True)
class Assembled:
    """An extraction, and the names of the doubts that stood against something of it."""

    extraction: Extraction
    doubts: frozenset[str]
    answers: Answers
    answered: AnsweredPage

    @property
    def joint(self) -> tuple[JointReadings, ...]:
        """Of each table, what is left of lines whose readings are all known."""
        return tuple(matrix.joint for matrix in self.answered.matrices.values())


class Extractor:
    """Extracts the official tables of report pages.

    Args:
        model_dir: A model folder; the shipped one where not given.
        forms: The forms to look for, by id; the shipped ones where not given.

    Raises:
        ModelError: The model folder is incomplete.
        FormError: A form's file is faulty.

    >>> extraction = Extractor().extract(Page("a note", "今天天气很好。"))
    >>> str(extraction.status)
    'no_tables'
    """

    def __init__(self, model_dir: Path | None = None, forms: Mapping[str, Form] | None = None) -> None:
        self.forms = forms if forms is not None else load_forms()
        self.tagger = Tagger.load(model_dir or WEIGHTS_DIR)
        self._finder = TableFinder(self.forms)
        self._made_by = made_by(model_dir or WEIGHTS_DIR, self.forms)
        self._own_forms = None if self.forms == load_forms() else self.forms

    def extract(self, page: Page) -> Extraction:
        """Rebuild the tables of a page, or of its part, and check them.

        `gouji.extract` reads strings, bytes and files into pages.

        Raises:
            TypeError: It is no page.
            ReadingError: Its text is the markup of an HTML page.
        """
        return self.assemble(self.find(page)).extraction

    def extract_tagged(self, page: Page) -> TaggedExtraction:
        """Rebuild the tables of a page, and give the tagged spans along, for a person to see."""
        found = self.find(page)
        return TaggedExtraction(page, self.assemble(found).extraction, found.spans)

    def find(self, page: Page) -> FoundPage:
        """Tag a page and find its tables, once for several ways to assemble them; fails as `extract` does."""
        return self._found(page, self._tagged(page))

    def tag(self, page: Page) -> tuple[Span, ...]:
        """The tagged spans alone, as pieces of the page's text."""
        return _spans(self._tagged(page))

    def _tagged(self, page: Page) -> TaggedPage:
        if not isinstance(page, Page):
            raise TypeError(
                f"expected a Page, which a reader makes; got {type(page).__name__}:"
                " gouji.extract(…) takes HTML, text, bytes and files"
            )
        if not page.rows and len(_MARKUP.findall(page.text)) >= _FEWEST_TAGS:
            raise ReadingError(
                f"{page.source}: is the markup of an HTML page, not its text;"
                " hand the markup to gouji.extract or gouji.read, which know its cells"
            )
        plain = in_the_forms_years(without_insertions(without_marks(page.excerpt())), self.forms)
        tagged = self.tagger.tag(unruled(plain))
        return self._in_plain_style(page, tagged)

    def _in_plain_style(self, page: Page, tagged: TaggedPage) -> TaggedPage:
        """The tagged page, without a style of its print in which it was not wholly read."""
        told = None
        for plain_of in STYLES:
            style = plain_of(tagged.page)
            if style is None:
                continue
            told = self._read(page, tagged) if told is None else told
            if told.status in (Status.VERIFIED, Status.CONTRADICTED):
                break
            without_style = self.tagger.tag(style.page)
            other = self._read(page, without_style)
            if _known(other) > _known(told) and style.is_proven(told, other, self.forms):
                tagged, told = without_style, other
        return tagged

    def _read(self, page: Page, tagged: TaggedPage) -> Extraction:
        return self.assemble(self._found(page, tagged)).extraction

    def _found(self, page: Page, tagged: TaggedPage) -> FoundPage:
        spans = self._finder.labels_apart(tagged.page, tagged.spans)
        marked = MarkedPage(tagged.page, tagged.tokens, spans, tagged.values)
        return FoundPage(page, tagged, marked, tuple(self._finder.find(marked)))

    def assemble(self, found_page: FoundPage, without: Collection[str] = ()) -> Assembled:
        """Rebuild and check the tables that were found on a page.

        Args:
            found_page: The page and its tables.
            without: Names of doubts that are switched off, to measure what they are worth.
        """
        return self.answer(self.with_readings(found_page, without))

    def with_readings(self, found_page: FoundPage, without: Collection[str] = ()) -> PageWithReadings:
        """Read the lines of the tables that were found on a page; takes what `assemble` takes."""
        read = read_page(found_page.marked, found_page.tables, without)
        excerpt = without_insertions(found_page.page.excerpt())  # of several reports of a page, one
        metadata = read_metadata(excerpt)
        place = _place(metadata, excerpt.text, found_page.page.provenance.url)
        return PageWithReadings(found_page, read, metadata, place)

    def answer(
        self,
        page_read: PageWithReadings,
        answers: Answers = NOTHING_ANSWERED,
        before: Assembled | None = None,
    ) -> Assembled:
        """Choose among the readings of a page, and check what they say.

        Args:
            page_read: The page, its lines read.
            answers: The cells that a person has settled, by key; those of other forms are passed over.
            before: The page under other answers: the answer is the same with it, and there sooner.
        """
        found_page, metadata = page_read.found, page_read.metadata
        page, read = found_page.page, found_page.marked.page
        found = {table.table.id: table for table in found_page.tables}
        told = answered(page_read.read, answers, None if before is None else before.answered)
        matrices = as_far_as_there(read, found_page.tables, told.matrices)
        forms = _forms_of_tables(self.forms, found)
        cells: list[Cell] = []
        checks: list[Check] = []
        unplaced: list[Unplaced] = []
        for table_id, form in forms.items():
            table = form.table(table_id)
            own: dict[str, Cell] = {}
            if table_id in matrices:
                own = dict(matrices[table_id].cells)
                unplaced.extend(matrices[table_id].unplaced)
            whole = {key: _cell(key, own, answers) for key in table.keys()}
            whole = with_derived(table, whole)
            cells.extend(_where_printed(page, read, whole.values()))
            checks.extend(evaluate_checks(table, whole))
        known = [form.table(table_id) for table_id, form in forms.items()]
        held = {table_id: form.id if table_id in found else None for table_id, form in forms.items()}
        ids = {form_id for form_id in held.values() if form_id is not None}
        status = _status(cells, checks)
        values = {cell.key: cell.value for cell in cells}
        extraction = Extraction(
            source=page.source,
            part=page.part.number if page.part is not None else None,
            title=metadata.title,
            issuer=metadata.issuer,
            year=metadata.year,
            form=(ids.pop() if len(ids) == 1 else "mixed") if ids else None,
            forms=held or {table.id: None for form in self.forms.values() for table in form.tables},
            status=status,
            cells=tuple(cells),
            checks=tuple(checks),
            unplaced=_each_once(cells, _where_printed(page, read, unplaced)),
            suggestion=suggest(known, {cell.key: cell for cell in cells}, checks),
            pattern=pattern_of(known, values) if status is Status.CONTRADICTED else None,
            bounded={table: matrix.bounded for table, matrix in matrices.items() if matrix.bounded},
            cause=cause_of(page) if status is Status.NO_TABLES else None,
            place=page_read.place,
            provenance=page.provenance,
            made_by=self._made_by,
            known_forms=self._own_forms,
        )
        doubts = frozenset(doubt.name for matrix in matrices.values() for doubt in matrix.doubts)
        return Assembled(extraction, doubts, answers, told)


def _place(metadata: Metadata, text: str, url: str | None) -> Place | None:
    if metadata.issuer is None:
        return None
    return place_of(metadata.issuer, metadata.year, text, url)


def _cell(key: str, own: Mapping[str, Cell], answers: Answers) -> Cell:
    cell = own.get(key) or _missing(key, own)
    return answers.get(key, cell) if answers and cell.state is not State.SETTLED else cell


def _missing(key: str, own: Mapping[str, Cell]) -> Cell:
    """A cell that the page does not hold: its column is gone, its row's label, or the whole table."""
    row = key.rpartition("/")[0]
    in_row = any(other.rpartition("/")[0] == row for other in own)
    why = Why.NO_COLUMN if in_row else Why.NO_LABEL if own else Why.NO_TABLE
    return Cell(key, None, State.MISSING, why=(why,))


def _spans(tagged: TaggedPage) -> tuple[Span, ...]:
    return tuple(where_printed(tagged.page, tagged.spans))


def _where_printed(page: Page, read: Page, found: Collection[Found]) -> Collection[Found]:
    """Cells, or numbers without one, by their places in the page."""
    return found if read.origin is None else [_moved(page, read, one) for one in found]


def _moved(page: Page, read: Page, found: Found) -> Found:
    """A cell, or a number without one, by its place in the page; one in pieces by what holds them all."""
    if found.start is None or found.end is None:
        return found
    stretches = read.stretches(found.start, found.end)
    start, end = min(a for a, _ in stretches), max(b for _, b in stretches)
    moved = replace(found, start=start, end=end, raw=page.text[start:end])
    if isinstance(moved, Cell) and moved.note is not None:
        pieces = read.stretches(moved.note.start, moved.note.end)
        first, last = min(a for a, _ in pieces), max(b for _, b in pieces)
        moved = replace(moved, note=Note(page.text[first:last], first, last))
    if len(stretches) > 1 and isinstance(moved, Cell) and moved.state is State.READ:
        return replace(moved, state=State.PLACED)  # its bounds had to be worked out
    return moved


def _each_once(cells: Sequence[Cell], unplaced: Iterable[Unplaced]) -> tuple[Unplaced, ...]:
    """The numbers without a cell in their order; where tables lie in one another, both tell of some."""
    taken = {(cell.start, cell.end) for cell in cells}
    by_place = {(number.start, number.end): number for number in unplaced}
    return tuple(by_place[place] for place in sorted(by_place.keys() - taken))


def _forms_of_tables(forms: Mapping[str, Form], found: Mapping[str, FoundTable]) -> dict[str, Form]:
    """The form of each table, in the form's order; a table not found is one of the others' form.

    Of a family of forms of which the page holds no table, none is named.
    """
    named: dict[str, Form] = {}
    for family in families(forms.values()):
        first = next((table.form for table in found.values() if table.form in family), None)
        if first is not None:
            named.update((t.id, found[t.id].form if t.id in found else first) for t in first.tables)
    return named


def _known(extraction: Extraction) -> int:
    return sum(cell.is_known for cell in extraction.cells)


def _status(cells: list[Cell], checks: list[Check]) -> Status:
    if not cells:
        return Status.NO_TABLES
    if any(not cell.is_known for cell in cells):
        return Status.INCOMPLETE
    if any(check.state is CheckState.FAILS for check in checks):
        return Status.CONTRADICTED
    return Status.VERIFIED
