"""Print any matrix in any layout, damage it, extract it: it comes back, or the answer leaves it open.

What is drawn: the form, the figures (few and small, or many), how zeros are printed, the layout of each
table, which labels are wrapped, which blanks vanish and which separators. Print that contradicts itself is
drawn only where the layout shows every cell: elsewhere a false sum may place a number, which nobody can see.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gouji.inference.extraction import Cell, Extraction, Number, State, Status
from gouji.inference.extractor import Extractor
from gouji.model.forms import Block, Form, Label, Table, load_forms
from gouji.model.page import Page

Truth = Mapping[str, Number]
Row = Sequence[str | None]  # the cells of a grid; None where the cell before spans this place too
Extract = Callable[[str], Extraction]
Unaccounted = Callable[[Extractor, Page], list[tuple[str, int]]]
Layout = Callable[[Iterable[Row]], str]

# A cell stands between these while a page is laid out, so that what parts two cells can be taken away.
LABEL, VALUE, CLOSE = "\ue000", "\ue001", "\ue002"
CELL = re.compile(f"([{LABEL}{VALUE}])([^{CLOSE}]*){CLOSE}")


def one_per_line(rows: Iterable[Row]) -> str:
    return "\n".join(cell for row in rows for cell in _cells(row))


def between_pipes(rows: Iterable[Row]) -> str:
    return "\n".join("| " + " | ".join(_cells(row)) + " |" for row in rows)


def between_tabs(rows: Iterable[Row]) -> str:
    return "\n".join("\t".join(_cells(row)) for row in rows)


def between_spaces(rows: Iterable[Row]) -> str:
    return "\n".join(" ".join(_cells(row)) for row in rows)


def amid_labels(rows: Iterable[Row]) -> str:
    """A row's numbers between the two lines of its label, as where a narrow cell was wrapped."""
    lines = []
    for label, *values in map(_cells, rows):
        if len(label) > 8 and values and all(VALUE in value for value in values):
            lines += [label[:7] + CLOSE, " ".join(values), LABEL + label[7:]]
        else:
            lines.append(" ".join([label, *values]))
    return "\n".join(lines)


def in_columns(rows: Iterable[Row]) -> str:
    """Each cell at its column's own place in the line."""
    grid = [[" ".join((cell or "").split("\n")) for cell in row] for row in rows]
    widths = [max(_width(row[i]) for row in grid if i < len(row)) + 2 for i in range(max(map(len, grid)))]
    lines = ("".join(c + " " * (w - _width(c)) for c, w in zip(r, widths, strict=False)) for r in grid)
    return "\n".join(line.rstrip() for line in lines)


def ruled(rows: Iterable[Row]) -> str:
    """Drawn borders, the labels wrapped within them, the numbers in the middle of their rows."""
    grid = [list(map(_wrapped, row)) for row in rows]
    count = max(map(len, grid))
    grid = [[*row, *[[""]] * (count - len(row))] for row in grid]
    widths = [max(_width(line) for row in grid for line in row[i]) for i in range(count)]

    def rule(left: str, middle: str, right: str) -> str:
        return left + middle.join("─" * (width // 2 * 2 + 2) for width in widths) + right

    lines = [rule("┌", "┬", "┐")]
    for row in grid:
        height = max(map(len, row))
        lines += [
            "│"
            + "│".join(_padded(c, n, height, w // 2 * 2 + 2) for c, w in zip(row, widths, strict=True))
            + "│"
            for n in range(height)
        ]
        lines.append(rule("├", "┼", "┤"))
    return "\n".join([*lines[:-1], rule("└", "┴", "┘")])


def _wrapped(cell: str | None, width: int = 7) -> list[str]:
    """The lines of a cell; a number stays on one."""
    found = CELL.fullmatch(cell or "")
    if found is None or found[1] == VALUE:
        return [cell or ""]
    text = found[2].replace("\n", "")
    return [f"{LABEL}{text[i : i + width]}{CLOSE}" for i in range(0, len(text), width)]


def _padded(lines: list[str], line: int, height: int, width: int) -> str:
    line -= (height - len(lines)) // 2
    text = lines[line] if 0 <= line < len(lines) else ""
    return f" {text}" + " " * (width - 1 - _width(text))


def glued(rows: Iterable[Row]) -> str:
    return "\n".join("".join(_cells(row)) for row in rows)


LAYOUTS: tuple[Layout, ...] = (
    one_per_line,
    between_pipes,
    between_tabs,
    between_spaces,
    amid_labels,
    in_columns,
    ruled,
    glued,
)
SHOWN = (one_per_line, between_pipes, between_tabs)  # they keep what stands for an empty cell


def _cells(row: Row) -> list[str]:
    return [cell for cell in row if cell is not None]


def _width(cell: str) -> int:
    """The columns of a terminal that a cell fills: two for a wide character."""
    return sum(
        0 if c in (LABEL, VALUE, CLOSE) else 2 if unicodedata.east_asian_width(c) in "WFA" else 1
        for c in cell
    )


@dataclass(frozen=True)
class Damage:
    """What befalls the print of one table; shares of 1 of what there is of each kind."""

    wrapped: float = 0.0  # labels over two lines
    blanks: float = 0.0  # empty cells that leave no trace
    between_numbers: float = 0.0  # separators gone between two numbers of a row
    behind_labels: float = 0.0  # ... between a label and a number
    before_labels: float = 0.0  # ... before a label
    seed: int = 0


@dataclass(frozen=True)
class Report:
    """A report as some tool prints it, and what it says."""

    form: Form
    truth: Truth
    printed: Mapping[str, str]
    layouts: Mapping[str, Layout]  # of each table
    damages: Mapping[str, Damage]
    misprint: str | None = None  # the cell that contradicts its sums

    @property
    def text(self) -> str:
        """A short report around the three tables, with numbers in its prose on either side of them."""
        disclosure, applied, review = (
            self.form.table(id_) for id_ in ("disclosure", "applications", "review")
        )
        parts = [
            "柳河县司法局2020年政府信息公开工作年度报告",
            "一、总体情况",
            "全年共发布信息1204条，接听来电36次。",
            disclosure.title,
            *(self._laid_out(disclosure, _rows(disclosure, b, self.printed)) for b in disclosure.blocks),
            applied.title,
            self._laid_out(applied, _rows(applied, applied.blocks[0], self.printed)),
            review.title,
            self._laid_out(review, _band(review, self.printed)),
            "五、存在的主要问题及改进情况",
            "公开的内容还不够细，下一步安排2次培训。",
            "六、其他需要报告的事项",
            "无其他事项。",
        ]
        return "\n".join(parts) + "\n"

    def _laid_out(self, table: Table, rows: Sequence[Row]) -> str:
        damage = self.damages[table.id]
        chance = Random(f"{damage.seed}/{rows[0]}")
        wrapped = [[_torn(cell, damage.wrapped, chance) for cell in row] for row in rows]
        return damaged(self.layouts[table.id](wrapped), damage, chance)


def _torn(cell: str | None, share: float, chance: Random) -> str | None:
    if cell is None or cell[0] == VALUE or len(cell) < 6 or chance.random() >= share:
        return cell
    cut = chance.randrange(3, len(cell) - 2)
    return cell[:cut] + "\n" + cell[cut:]


def damaged(text: str, damage: Damage, chance: Random) -> str:
    """The print of a table without some of its separators, and of its blanks with what is before each."""
    cells = list(CELL.finditer(text))
    printed, end = "", 0
    for before, cell in zip([None, *cells], cells, strict=False):
        gap, end = text[end : cell.start()], cell.end()
        if cell[1] == VALUE and not cell[2] and chance.random() < damage.blanks:
            continue
        if before is not None and chance.random() < _share(damage, before[1], cell[1]):
            gap = ""
        printed += gap + cell[2]
    return printed + text[end:]


def _share(damage: Damage, before: str, cell: str) -> float:
    """How many of the separators between two such cells are gone."""
    if cell == LABEL:
        return damage.before_labels
    return damage.behind_labels if before == LABEL else damage.between_numbers


COUNTS = st.one_of(st.integers(1, 9), st.integers(10, 99), st.integers(100, 60_000))
SMALL = st.integers(1, 3)
ZEROS = ("0", "", "/", "—")  # what a publisher leaves in a cell of nothing
SHARES = st.sampled_from((0.0, 0.0, 0.0, 0.05, 0.5, 1.0))


@st.composite
def reports(draw: st.DrawFn, layout: Layout, *, zeros: Sequence[str] = ZEROS, whole: bool = False) -> Report:
    """Any report of any form, its zeros printed in one way or two, one table or all of them in a layout.

    Args:
        layout: The layout of at least one table.
        zeros: How zeros may be printed.
        whole: Nothing is damaged.
    """
    form = load_forms()[draw(st.sampled_from(sorted(load_forms())))]
    zeros = draw(st.lists(st.sampled_from(zeros), min_size=1, max_size=2))
    chance = draw(st.randoms(use_true_random=True))
    counts = draw(st.sampled_from((COUNTS, SMALL)))
    truth = {
        **draw(disclosures(form, counts)),
        **draw(applications(form, counts)),
        **draw(reviews(form, counts)),
    }
    other = layout if whole or draw(st.booleans()) else draw(st.sampled_from(LAYOUTS))
    laid_out = draw(st.sampled_from([table.id for table in form.tables]))
    layouts = {table.id: layout if table.id == laid_out else other for table in form.tables}
    damages = {id_: Damage() if whole else draw(damages_of(each)) for id_, each in layouts.items()}
    misprint = None
    for table in ("applications", "review"):
        if layouts[table] in SHOWN and damages[table] == Damage() and draw(st.integers(0, 3)) == 3:
            misprint = draw(st.sampled_from(list(form.table(table).keys())))
            truth[misprint] += draw(st.integers(1, 9))
            break
    printed = {key: str(value) if value else chance.choice(zeros) for key, value in truth.items()}
    return Report(form, truth, printed, layouts, damages, misprint)


@st.composite
def damages_of(draw: st.DrawFn, layout: Layout) -> Damage:
    if draw(st.integers(0, 2)) == 0:
        return Damage()
    wrapped = draw(SHARES)
    if layout is ruled:
        return Damage()
    return Damage(
        wrapped if layout is not amid_labels else 0.0,
        *(draw(SHARES) for _ in range(4)),
        seed=draw(st.integers(0, 10**6)),
    )


@st.composite
def disclosures(draw: st.DrawFn, form: Form, counts: st.SearchStrategy[int]) -> Truth:
    """Figures that no sum binds: counts, changes that may be falls, amounts with decimals."""
    keys = form.table("disclosure").keys()
    filled = draw(st.dictionaries(st.sampled_from(keys), counts, min_size=draw(st.integers(0, len(keys)))))
    return {key: _as_printed(key, filled.get(key, 0)) for key in keys}


def _as_printed(key: str, count: int) -> Number:
    if key.endswith("/amount"):
        return count / 100
    return -count if key.endswith("/change") and count % 2 else count


@st.composite
def applications(draw: st.DrawFn, form: Form, counts: st.SearchStrategy[int]) -> Truth:
    """Any result for any applicant; what came in is what went out and what is left, less what was there."""
    (block,), checks = (form.table("applications").blocks, form.table("applications").checks)
    applicants = [column.id for column in block.columns[:-1]]
    results = next(check.left for check in checks if check.name == "results")
    places = st.tuples(st.sampled_from(results), st.sampled_from(applicants))
    filled = draw(st.dictionaries(places, counts, min_size=draw(st.integers(0, 40)), max_size=60))
    carried = draw(
        st.dictionaries(st.tuples(st.sampled_from(("out", "in")), st.sampled_from(applicants)), counts)
    )
    rows = {result: [filled.get((result, applicant), 0) for applicant in applicants] for result in results}
    rows["total"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    rows["carried_out"] = [carried.get(("out", applicant), 0) for applicant in applicants]
    work = [sum(pair) for pair in zip(rows["total"], rows["carried_out"], strict=True)]
    before = [carried.get(("in", applicant), 0) for applicant in applicants]
    rows["carried_in"] = [min(pair) for pair in zip(before, work, strict=True)]
    rows["received"] = [a - b for a, b in zip(work, rows["carried_in"], strict=True)]
    return {
        f"applications/{row.id}/{column.id}": value
        for row in block.rows
        for column, value in zip(block.columns, [*rows[row.id], sum(rows[row.id])], strict=True)
    }


@st.composite
def reviews(draw: st.DrawFn, form: Form, counts: st.SearchStrategy[int]) -> Truth:
    (block,) = form.table("review").blocks
    truth: dict[str, Number] = {}
    for row in block.rows:
        terms = draw(st.lists(st.just(0) | counts, min_size=4, max_size=4))
        values = zip(block.columns, [*terms, sum(terms)], strict=True)
        truth |= {f"review/{row.id}/{column.id}": value for column, value in values}
    return truth


def _rows(table: Table, block: Block, printed: Mapping[str, str]) -> list[Row]:
    """The grid of a block: its headings, then a row's label and its cells, or a group's label."""
    rows: list[Row] = [[_label(block.label)]] if block.label else []
    rows.append([_label(block.heads[0]), *(_label(column.label) for column in block.columns)])
    opened: list[Label] = []
    for row in block.rows:
        for group in _groups(block, row):
            if group not in opened:
                opened.append(group)
                rows.append([_label(group.label)])
        values = (_value(printed[f"{table.id}/{row.id}/{column.id}"]) for column in block.columns)
        rows.append([_label(row.label), *values])
    return rows


def _label(text: str) -> str:
    return f"{LABEL}{text}{CLOSE}"


def _value(text: str) -> str:
    return f"{VALUE}{text}{CLOSE}"


def _groups(block: Block, label: Label) -> list[Label]:
    """The groups that a label stands in, the outermost first."""
    return [
        outer
        for group in block.groups
        if group.id == label.group and group is not label
        for outer in (*_groups(block, group), group)
    ]


def _band(table: Table, printed: Mapping[str, str]) -> list[Row]:
    (block,) = table.blocks
    first, *others = (_label(row.label) for row in block.rows)
    columns = [_label(column.label) for column in block.columns]
    span = [None] * (len(columns) - 1)
    return [
        [first, *span, _label(block.groups[0].label)],
        [*columns, *(cell for row in others for cell in (row, *span))],
        [*[None] * len(columns), *columns * len(others)],
        [_value(printed[key]) for key in table.keys()],
    ]


def faults_of(extraction: Extraction, truth: Truth) -> list[Cell]:
    """The cells that say another value than the truth, or offer only others."""
    return [cell for cell in extraction.cells if not _is_true(cell, truth.get(cell.key, 0))]


def _is_true(cell: Cell, value: Number) -> bool:
    """Whether a cell says the truth, says that the page does not, or names the truth among others."""
    if cell.state is State.MISSING or cell.more:
        return True
    said = cell.candidates if cell.state is State.AMBIGUOUS else (cell.value,)
    return value in {candidate or 0 for candidate in said}


def assert_is_true(extraction: Extraction, report: Report) -> None:
    faults = [(cell, report.truth.get(cell.key)) for cell in faults_of(extraction, report.truth)]
    assert not faults, (faults[:4], report.text)


# How many pages of each layout. By hand, hours of them, others for each seed:
#   PAGES_A_LAYOUT=5000 pytest tests/inference/test_extractor_properties.py --hypothesis-seed=1
PAGES_A_LAYOUT = int(os.environ.get("PAGES_A_LAYOUT", "0"))

# To shrink a whole page takes minutes; a failing one is short enough to be read as it is.
UNSHRUNK = settings(
    deadline=None,
    phases=(Phase.generate,),
    max_examples=PAGES_A_LAYOUT or 8,
    derandomize=not PAGES_A_LAYOUT,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def in_layouts(layouts: Sequence[Layout]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("layout", [pytest.param(layout, id=layout.__name__) for layout in layouts])


@in_layouts(LAYOUTS)
@settings(UNSHRUNK)
@given(data=st.data())
def test_no_page_is_read_as_anything_but_what_it_says_and_no_number_is_lost(
    extract: Extract, extractor: Extractor, unaccounted: Unaccounted, layout: Layout, data: st.DataObject
):
    report = data.draw(reports(layout))

    assert_is_true(extract(report.text), report)
    assert not unaccounted(extractor, Page("a.txt", report.text)), report.text


@in_layouts(SHOWN)
@settings(UNSHRUNK)
@given(data=st.data())
def test_where_every_cell_is_printed_and_apart_every_cell_is_read(
    extract: Extract, layout: Layout, data: st.DataObject
):
    report = data.draw(reports(layout, zeros=("0",), whole=True))

    extraction = extract(report.text)

    assert {cell.state for cell in extraction.cells} == {State.READ}
    assert {cell.key: cell.value for cell in extraction.cells} == report.truth
    assert extraction.status is (Status.VERIFIED if report.misprint is None else Status.CONTRADICTED)
    if extraction.suggestion is not None:
        assert extraction.suggestion.key == report.misprint
