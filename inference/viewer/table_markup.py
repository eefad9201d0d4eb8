"""An official table as elements: headings as issued, cells with their states, sums beside what they prove.

Flow:  view, grid -> **tables** -> report page
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from gouji.inference.extraction import Cell, CheckState, Number, State
from gouji.inference.html_page import Child, el
from gouji.inference.outputs.layout import BoxKind
from gouji.inference.outputs.marks import SHOWN_CANDIDATES
from gouji.inference.viewer.grid import GridCell, ProofKind, grid
from gouji.inference.viewer.signs import CHECK_SIGNS, STATE_SIGNS, figure
from gouji.inference.viewer.view import View
from gouji.inference.viewer.words import said, sign
from gouji.model.forms import Table

_SCOPES = {BoxKind.ROW: "row", BoxKind.GROUP: "rowgroup", BoxKind.COLUMN: "col"}


_WRAPPED = 12  # characters of candidates from which on they may be wrapped
_BAR = "\u2009|\u2009"  # thin blanks: a cell is narrow


class TableMarkup:
    """Writes the tables of one report."""

    def __init__(self, view: View) -> None:
        self._view = view

    def table(self, table: Table) -> Element:
        """A table under its heading; of one that the page lacks, that it does."""
        heading = el("h3", table.title)
        if not self._view.holds(table):
            return el("div", heading, said("table.none", "p"), class_="official")
        bodies = [el("tbody", *(self._row(cells) for cells in rows)) for rows in grid(table)]
        look = table.printed if table.checks else f"{table.printed} plain"
        shape = el("table", *bodies, role="grid", aria_label=table.title, class_=look)
        doubtful = any(key in self._view.doubtful for key in table.keys())
        scroll = el("div", shape, class_="scroll")
        bounded = (
            [said("bounded", "p", class_="bounded")] if table.id in self._view.extraction.bounded else []
        )
        told = (*bounded, *self._reasons(table))
        return el("div", heading, *told, scroll, class_="official doubt" if doubtful else "official")

    def _reasons(self, table: Table) -> Iterator[Element]:
        """What stands against the table's open cells, each reason once, and against how many."""
        counts = Counter(why for key in table.keys() for why in self._view.cells[key].why)
        if counts:
            items = (el("li", el("b", str(n)), " ", said(f"why.{why}")) for why, n in counts.most_common())
            yield el("details", said("why", "summary"), el("ul", *items), class_="reasons")

    def _row(self, cells: Sequence[GridCell]) -> Element:
        keys = [cell.key for cell in cells if cell.key is not None]
        proofs = [name for cell in cells for name in cell.checks]
        kind = "values" if keys else "proofs" if proofs else "heads"
        added_up = (key for name in proofs for side in self._view.sides[name] for key in side)
        in_doubt = not self._view.doubtful.isdisjoint([*keys, *added_up])
        return el("tr", *(self._cell(cell) for cell in cells), class_=f"{kind} doubt" if in_doubt else kind)

    def _cell(self, cell: GridCell) -> Element:
        spans = {
            name: str(count)
            for name, count in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
            if count > 1
        }
        if cell.key is not None:
            return self._value(self._view.cells[cell.key], spans)
        if cell.kind is ProofKind.PROOF:
            return self._proof(cell.checks, spans)
        if cell.kind is ProofKind.RULE:
            return el("th", cell.text, class_="rule", **spans)
        scope = _SCOPES.get(cell.kind, "colgroup")
        if cell.kind is BoxKind.CORNER:
            return el("td", cell.text, class_="corner", **spans)
        inner: Child = el("span", cell.text) if cell.kind is BoxKind.GROUP else cell.text
        return el("th", inner, scope=scope, class_=str(cell.kind), **spans)

    def _value(self, cell: Cell, spans: dict[str, str]) -> Element:
        classes = [str(cell.state)]
        if cell.key in self._view.doubtful:
            classes.append("doubt")
        one = self._view.extraction.suggestion
        would = [el("small", f"→{one.would_be}?", class_="would")] if one and one.key == cell.key else []
        td = el("td", *_content(cell), *would, class_=" ".join(classes), **spans)
        td.set("id", f"c{self._view.number[cell.key]}")
        if cell.state is State.AMBIGUOUS:
            td.set("data-need", "")
        return td

    def _proof(self, names: Sequence[str], spans: dict[str, str]) -> Element:
        if not names:
            return el("td", class_="proof", **spans)
        checks = [self._view.checks[name] for name in names]
        signs = [sign(CHECK_SIGNS[check.state], f"check.{check.state}") for check in checks]
        worst = max(
            checks,
            key=lambda check: (CheckState.HOLDS, CheckState.UNKNOWN, CheckState.FAILS).index(check.state),
        )
        td = el("td", *signs, class_=f"proof {worst.state}", **spans)
        td.set("data-check", str(self._view.check_number[worst.name]))
        return td


def _content(cell: Cell) -> Iterator[Child]:
    """What stands in a cell: the number as it is read, and the sign of its state."""
    mark = STATE_SIGNS.get(cell.state, "")
    if cell.state is State.BLANK:
        yield sign(cell.raw.strip() if cell.raw and cell.raw.strip() else mark, "state.blank")
        return
    if cell.state is State.AMBIGUOUS:
        some = [_candidate(candidate) for candidate in cell.candidates[:SHOWN_CANDIDATES]]
        more = ["…"] if cell.more or len(cell.candidates) > SHOWN_CANDIDATES else []
        listed = _BAR.join([*some, *more])
        yield el("span", listed, class_="candidates long" if len(listed) > _WRAPPED else "candidates")
    elif cell.state is State.SETTLED and cell.value is None:
        yield sign(STATE_SIGNS[State.BLANK if cell.is_known else State.MISSING], "state.settled")
    elif cell.value is not None:
        yield f"{figure(cell.value)}"
        if cell.unit:
            yield el("small", cell.unit)
    elif cell.derived is not None:
        yield el("span", f"={figure(cell.derived)}", class_="candidates")
    if mark:
        yield sign(mark, f"state.{cell.state}")


def _candidate(value: Number | None) -> str:
    return STATE_SIGNS[State.BLANK] if value is None else str(value)
