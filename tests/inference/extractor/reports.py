"""Any report that Hypothesis draws: its figures, how zeros are printed, each table's layout and damage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from gouji.inference.extraction import Number
from gouji.model.forms import Block, Form, Label, Table, load_forms

from .layouts import LAYOUTS, SHOWN, Damage, Layout, Row, amid_labels, damaged, label, ruled, torn, value

Truth = Mapping[str, Number]

COUNTS = st.one_of(st.integers(1, 9), st.integers(10, 99), st.integers(100, 60_000))
SMALL = st.integers(1, 3)
ZEROS = ("0", "", "/", "—")  # what a publisher leaves in a cell of nothing
SHARES = st.sampled_from((0.0, 0.0, 0.0, 0.05, 0.5, 1.0))


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
        wrapped = [[torn(cell, damage.wrapped, chance) for cell in row] for row in rows]
        return damaged(self.layouts[table.id](wrapped), damage, chance)


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
    rows: list[Row] = [[label(block.label)]] if block.label else []
    rows.append([label(block.heads[0]), *(label(column.label) for column in block.columns)])
    opened: list[Label] = []
    for row in block.rows:
        for group in _groups(block, row):
            if group not in opened:
                opened.append(group)
                rows.append([label(group.label)])
        values = (value(printed[f"{table.id}/{row.id}/{column.id}"]) for column in block.columns)
        rows.append([label(row.label), *values])
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
    first, *others = (label(row.label) for row in block.rows)
    columns = [label(column.label) for column in block.columns]
    span = [None] * (len(columns) - 1)
    return [
        [first, *span, label(block.groups[0].label)],
        [*columns, *(cell for row in others for cell in (row, *span))],
        [*[None] * len(columns), *columns * len(others)],
        [value(printed[key]) for key in table.keys()],
    ]
