"""Where on its page a cell stands, or should stand, and the text around it.

Flow:  evaluation, page text -> **places, excerpts** -> HTML

A cell that was read from print has its own place. For any other the place is inferred, for a person to
look at, and says how: between the printed cells before and after it, or at its row's label.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from gouji.inference.evaluation.cells import PageScore
from gouji.inference.evaluation.verdicts import CellScore
from gouji.inference.html_page import Child, el
from gouji.model.forms import load_forms
from gouji.model.label_words import bare
from gouji.model.page import fold

AROUND = 70  # characters shown on either side of a place; a run of blanks is one
_WIDEST = 240  # a stretch between two cells that is longer is no place

_BLANKS = re.compile(r"(\s{2,}|[^\S ])")


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
    before, after = text[:start], text[end:]
    lead, tail = _reach(reversed(before)), _reach(after)
    return el(
        "blockquote",
        "…" if lead < len(before) else "",
        *_signed(before[len(before) - lead :]),
        el("mark", *_signed(text[start:end])),
        *_signed(after[:tail]),
        "…" if tail < len(after) else "",
    )


def _reach(characters: Iterable[str]) -> int:
    """How many characters hold `AROUND` of them, a run of blanks counted as one."""
    shown = taken = 0
    blank = False
    for character in characters:
        shown += not (blank and character.isspace())
        if shown > AROUND:
            break
        blank = character.isspace()
        taken += 1
    return taken


def _signed(text: str) -> list[Child]:
    """A text with each run of blanks that holds a break or a tab as one sign."""
    parts = _BLANKS.split(text)
    return [el("i", _sign(part), class_="sign") if index % 2 else part for index, part in enumerate(parts)]


def _sign(blanks: str) -> str:
    """What is shown for a run of blanks.

    >>> _sign("\\n\\n  "), _sign("\\t"), _sign("    ")
    ('⏎', '⇥', '␣␣')
    """
    if "\n" in blanks:
        return "⏎"
    return "⇥" if "\t" in blanks else "␣␣"


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
