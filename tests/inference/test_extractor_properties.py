"""Print any matrix in any layout, extract it: it comes back, or the answer says that it cannot be known."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gouji.inference.extraction import Cell, Extraction, Number, State, Status
from gouji.model.forms import Block, Form, Label, Table, load_forms

Truth = Mapping[str, Number]
Row = Sequence[str | None]  # the cells of a grid; None where the cell before spans this place too
Extract = Callable[[str], Extraction]
Layout = Callable[[Iterable[Row]], str]


def one_per_line(rows: Iterable[Row]) -> str:
    return "\n".join(cell for row in rows for cell in _cells(row))


def one_per_line_without_blanks(rows: Iterable[Row]) -> str:
    return "\n".join(cell for row in rows for cell in _cells(row) if cell)


def between_pipes(rows: Iterable[Row]) -> str:
    return "\n".join("| " + " | ".join(_cells(row)) + " |" for row in rows)


def between_pipes_without_blanks(rows: Iterable[Row]) -> str:
    return "\n".join("| " + " | ".join(filter(None, row)) + " |" for row in rows)


def between_tabs(rows: Iterable[Row]) -> str:
    return "\n".join("\t".join(_cells(row)) for row in rows)


def between_spaces(rows: Iterable[Row]) -> str:
    return "\n".join(" ".join(filter(None, row)) for row in rows)


def in_columns(rows: Iterable[Row]) -> str:
    """Each cell at its column's own place in the line."""
    grid = list(rows)
    widths = [
        max(_width(row[i] or "") for row in grid if i < len(row)) + 2 for i in range(max(map(len, grid)))
    ]
    lines = (
        "".join((cell or "") + " " * (w - _width(cell or "")) for cell, w in zip(r, widths, strict=False))
        for r in grid
    )
    return "\n".join(line.rstrip() for line in lines)


def glued(rows: Iterable[Row]) -> str:
    return "\n".join("".join(filter(None, row)) for row in rows)


LAYOUTS: tuple[Layout, ...] = (
    one_per_line,
    one_per_line_without_blanks,
    between_pipes,
    between_pipes_without_blanks,
    between_tabs,
    between_spaces,
    in_columns,
    glued,
)


def _cells(row: Row) -> list[str]:
    return [cell for cell in row if cell is not None]


def _width(cell: str) -> int:
    """The columns of a terminal that a cell fills: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in cell)


@dataclass(frozen=True)
class Report:
    """A report as some tool prints it, and what it says."""

    text: str
    truth: Truth


COUNTS = st.one_of(st.integers(1, 9), st.integers(10, 99), st.integers(100, 60_000))
ZEROS = ("0", "", "/", "—")  # what a publisher leaves in a cell of nothing


@st.composite
def reports(draw: st.DrawFn, layout: Layout, zeros: Sequence[str] = ZEROS) -> Report:
    """Any report of any form that obeys the sums, in a layout, its zeros printed in one way or two."""
    form = load_forms()[draw(st.sampled_from(sorted(load_forms())))]
    zeros = draw(st.lists(st.sampled_from(zeros), min_size=1, max_size=2))
    chance = draw(st.randoms(use_true_random=False))
    truth = {**draw(disclosures(form)), **draw(applications(form)), **draw(reviews(form))}
    printed = {key: str(value) if value else chance.choice(zeros) for key, value in truth.items()}
    return Report(_page(form, printed, layout), truth)


@st.composite
def disclosures(draw: st.DrawFn, form: Form) -> Truth:
    """Figures that no sum binds: counts, changes that may be falls, amounts with decimals."""
    keys = form.table("disclosure").keys()
    filled = draw(st.dictionaries(st.sampled_from(keys), COUNTS, min_size=draw(st.integers(0, len(keys)))))
    return {key: _as_printed(key, filled.get(key, 0)) for key in keys}


def _as_printed(key: str, count: int) -> Number:
    if key.endswith("/amount"):
        return count / 100
    return -count if key.endswith("/change") and count % 2 else count


@st.composite
def applications(draw: st.DrawFn, form: Form) -> Truth:
    """Any result for any applicant; what came in is what went out and what is left, less what was there."""
    (block,), checks = (form.table("applications").blocks, form.table("applications").checks)
    applicants = [column.id for column in block.columns[:-1]]
    results = next(check.left for check in checks if check.name == "results")
    places = st.tuples(st.sampled_from(results), st.sampled_from(applicants))
    filled = draw(st.dictionaries(places, COUNTS, min_size=draw(st.integers(0, 40)), max_size=60))
    carried = draw(
        st.dictionaries(st.tuples(st.sampled_from(("out", "in")), st.sampled_from(applicants)), COUNTS)
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
def reviews(draw: st.DrawFn, form: Form) -> Truth:
    (block,) = form.table("review").blocks
    truth: dict[str, Number] = {}
    for row in block.rows:
        terms = draw(st.lists(st.just(0) | COUNTS, min_size=4, max_size=4))
        values = zip(block.columns, [*terms, sum(terms)], strict=True)
        truth |= {f"review/{row.id}/{column.id}": value for column, value in values}
    return truth


def _page(form: Form, printed: Mapping[str, str], layout: Layout) -> str:
    """A short report around the three tables, with numbers in its prose on either side of them."""
    disclosure, applied, review = (form.table(id_) for id_ in ("disclosure", "applications", "review"))
    parts = [
        "柳河县司法局2020年政府信息公开工作年度报告",
        "一、总体情况",
        "全年共发布信息1204条，接听来电36次。",
        disclosure.title,
        *(layout(_rows(disclosure, block, printed)) for block in disclosure.blocks),
        applied.title,
        layout(_rows(applied, applied.blocks[0], printed)),
        review.title,
        layout(_band(review, printed)),
        "五、存在的主要问题及改进情况",
        "公开的内容还不够细，下一步安排2次培训。",
        "六、其他需要报告的事项",
        "无其他事项。",
    ]
    return "\n".join(parts) + "\n"


def _rows(table: Table, block: Block, printed: Mapping[str, str]) -> list[Row]:
    """The grid of a block: its headings, then a row's label and its cells, or a group's label."""
    rows: list[Row] = [[block.label]] if block.label else []
    rows.append([block.heads[0], *(column.label for column in block.columns)])
    opened: list[Label] = []
    for row in block.rows:
        for group in _groups(block, row):
            if group not in opened:
                opened.append(group)
                rows.append([group.label])
        rows.append([row.label, *(printed[f"{table.id}/{row.id}/{column.id}"] for column in block.columns)])
    return rows


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
    first, *others = block.rows
    columns = [column.label for column in block.columns]
    span = [None] * (len(columns) - 1)
    return [
        [first.label, *span, block.groups[0].label],
        [*columns, *(cell for row in others for cell in (row.label, *span))],
        [*[None] * len(columns), *columns * len(others)],
        list(map(printed.__getitem__, table.keys())),
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


# To shrink a whole page takes minutes; a failing one is short enough to be read as it is.
UNSHRUNK = settings(
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
every_layout = pytest.mark.parametrize(
    "layout",
    [pytest.param(layout, id=layout.__name__) for layout in LAYOUTS],
)


@every_layout
@settings(UNSHRUNK, max_examples=6, derandomize=True)
@given(data=st.data())
def test_no_page_is_read_as_anything_but_what_it_says(extract: Extract, layout: Layout, data: st.DataObject):
    report = data.draw(reports(layout))

    assert_is_true(extract(report.text), report)


@pytest.mark.slow
@every_layout
@settings(UNSHRUNK, max_examples=60)
@given(data=st.data())
def test_none_of_many_pages_is_read_as_anything_but_what_it_says(
    extract: Extract, layout: Layout, data: st.DataObject
):
    report = data.draw(reports(layout))

    assert_is_true(extract(report.text), report)


@pytest.mark.parametrize("layout", [one_per_line, between_pipes, between_tabs])
@settings(UNSHRUNK, max_examples=6, derandomize=True)
@given(data=st.data())
def test_where_every_cell_is_printed_and_apart_every_cell_is_read(
    extract: Extract, layout: Layout, data: st.DataObject
):
    report = data.draw(reports(layout, zeros=("0",)))

    extraction = extract(report.text)

    assert extraction.status is Status.VERIFIED
    assert {cell.state for cell in extraction.cells} == {State.READ}
