"""Where on its page a cell stands, or should stand, and the text around it.

Flow:  evaluation, page text -> **places, excerpts** -> HTML

A cell that was read from print has its own place. For any other the place is inferred, for a person to
look at, and says how: between the printed cells before and after it, or at its row's label.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from gouji.inference.evaluation import CellScore, PageScore
from gouji.inference.html_page import Child, el
from gouji.inference.wording import bare
from gouji.model.forms import load_forms
from gouji.model.page import fold

AROUND = 70  # characters shown on either side of a place
_WIDEST = 240  # a stretch between two cells that is longer is no place

_SIGNS = {"\n": "⏎", "\r": "", "\t": "⇥"}  # shown for what a browser would swallow, or a line for each


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a page's text, and how it was found."""

    start: int  # characters
    end: int
    how: str


def places(score: PageScore, cells: Sequence[CellScore], text: str) -> dict[Place | None, list[CellScore]]:
    """Cells of a page by their place, in the order of the cells; None for those without any.

    Args:
        score: The page.
        cells: Some of its cells.
        text: Its text.
    """
    found = _Places(score, text)
    grouped: dict[Place | None, list[CellScore]] = {}
    for cell in cells:
        grouped.setdefault(found.place(cell), []).append(cell)
    return grouped


def excerpt(text: str, start: int, end: int) -> Element:
    """The text around a stretch, with the stretch marked."""
    before, inside, after = text[max(start - AROUND, 0) : start], text[start:end], text[end : end + AROUND]
    return el(
        "blockquote",
        "…" if start > AROUND else "",
        *_signed(before),
        el("mark", *_signed(inside)),
        *_signed(after),
        "…" if end + AROUND < len(text) else "",
    )


def _signed(text: str) -> list[Child]:
    """A text with its line breaks and tabs made visible."""
    children: list[Child] = []
    plain = 0
    for index, character in enumerate(text):
        if character in _SIGNS:
            children.extend((text[plain:index], el("i", _SIGNS[character], class_="sign")))
            plain = index + 1
    return [*children, text[plain:]]


class _Places:
    """The places of one page's cells."""

    def __init__(self, score: PageScore, text: str) -> None:
        self.cells = score.cells
        self.indices = {cell.key: index for index, cell in enumerate(score.cells)}
        self.text = text
        letters = [(i, character) for i, character in enumerate(fold(text)) if character.isalnum()]
        self.offsets = [i for i, _ in letters]
        self.letters = "".join(character for _, character in letters)
        self.labels, self.headings = _wordings(score.form)

    def place(self, cell: CellScore) -> Place | None:
        if cell.found.start is not None and cell.found.end is not None:
            return Place(cell.found.start, cell.found.end, "read here")
        return self._between(cell) or self._at_label(cell)

    def _between(self, cell: CellScore) -> Place | None:
        """The stretch between the nearest printed cells of the same row on either side."""
        index = self.indices[cell.key]
        row = cell.key.rpartition("/")[0]
        before = self._nearest(range(index - 1, -1, -1), row)
        after = self._nearest(range(index + 1, len(self.cells)), row)
        if before is None or after is None:
            return None
        start, end = before.found.end, after.found.start
        if start is None or end is None or not 0 <= end - start <= _WIDEST:
            return None
        return Place(start, end, "between the cells printed before and after it")

    def _nearest(self, indices: range, row: str) -> CellScore | None:
        near = (self.cells[i] for i in indices)
        return next((c for c in near if c.key.startswith(f"{row}/") and c.found.start is not None), None)

    def _at_label(self, cell: CellScore) -> Place | None:
        """Where the row's label stands: after the table's heading and the printed cell before it."""
        index = self.indices[cell.key]
        near = (self.cells[i] for i in range(index - 1, -1, -1))
        ends = (c.found.end for c in near if c.table == cell.table and c.found.end is not None)
        last = next(ends, None)
        if last is None:
            headings = (self.letters.find(heading) for heading in self.headings.get(cell.table, ()))
            first = next((at for at in headings if at >= 0), 0)
        else:
            first = bisect_left(self.offsets, last)
        for label in self.labels.get(cell.key.rpartition("/")[0], ()):
            at = self.letters.find(label, first)
            if at >= 0:
                return Place(self.offsets[at], self.offsets[at + len(label) - 1] + 1, "its row's label")
        return None


def _wordings(form_id: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The bare labels of each row `table/row`, the bare headings of each table; of every form it may be."""
    forms = load_forms()
    labels: defaultdict[str, list[str]] = defaultdict(list)
    headings: defaultdict[str, list[str]] = defaultdict(list)
    for form in [forms[form_id]] if form_id in forms else forms.values():
        for table in form.tables:
            headings[table.id].extend(bare(wording) for wording in (table.heading, *table.aliases))
            for _, row in table.rows():
                labels[f"{table.id}/{row.id}"].extend(bare(wording) for wording in row.wordings)
    return labels, headings
