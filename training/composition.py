"""Compose whole reports: sections of prose around the official tables, as publishers print them.

Flow:  figures, prose, wording -> **composition** -> report -> stand-ins -> markup -> flattener
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from gouji.model.forms import Form, load_forms
from gouji.model.labels import Tag
from gouji.training.figures import Number, make_figures
from gouji.training.habits import follow_some
from gouji.training.places import Issuer, invent_issuer
from gouji.training.prose import Writer
from gouji.training.reports import Cell, Grid, Paragraph, Report, Role
from gouji.training.tables import TablePrinter
from gouji.training.wording import Wording

_ORDINALS = "一二三四五六七八"
_TITLES = (
    "{issuer}{year}年政府信息公开工作年度报告",
    "{issuer}{year}年度政府信息公开工作报告",
    "{year}年{issuer}政府信息公开工作年度报告",
    "{issuer}关于{year}年政府信息公开工作的年度报告",
    "{issuer}政府信息公开{year}年度报告",
    "{issuer}{year}年政府信息公开年报",
)
_OTHER_WORDINGS = {
    "总体情况": ("总体情况", "概述", "基本情况", "总体工作情况"),
    "存在的主要问题及改进情况": (
        "存在的主要问题及改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "存在问题及改进措施",
    ),
    "其他需要报告的事项": ("其他需要报告的事项", "其他需要报告的情况", "其他事项"),
}
_NOTES = (
    "注：本表统计期为{year}年1月1日至12月31日。",
    "备注：以上数据由{two}科提供，电话{phone}。",
    "（注：{two}{two}数量含上年结转{s}件）",
    "说明：{two}{two}{s}件已并入总计。",
    "注：1.本表数据不含下属单位。2.{two}项目{s}个单独统计。",
)

_UNIT_LINES = ("单位：件", "（单位：件）", "计量单位：件、万元", "单位:件", "（单位：万元、件）")

# Shares of the reports: those that hold no table at all, lack tables, are cut short, or mix the forms.
_NO_TABLES, _PARTIAL, _CUT, _MIXED = 0.02, 0.06, 0.04, 0.06


def compose_report(rng: random.Random, *, augmented: bool = False, consistent: bool = False) -> Report:
    """One report, with its publisher's habits.

    Args:
        rng: Where all chance comes from.
        augmented: Explain labels in any words now and then.
        consistent: Without habits: all sums hold, and figures print as the wording has them.
    """
    year = rng.randrange(2019, 2026)
    issuer = invent_issuer(rng)
    forms = _draw_forms(rng)
    figures = make_figures(forms, rng)
    habits = random.Random(rng.random())  # of its own: the report is the same with habits and without
    wording = Wording.draw(rng, year, augmented=augmented)
    report = _Composer(issuer, year, forms, figures, wording, rng).compose()
    return report if consistent else follow_some(report, habits)


def compose_with(
    writer: Writer,
    issuer: Issuer,
    year: int,
    forms: Mapping[str, Form],
    figures: Mapping[str, Number],
    rng: random.Random,
    wording: Wording | None = None,
) -> Report:
    """A report of given figures, without habits, its prose by a writer of one's own; a print may be given."""
    wording = wording or Wording.draw(rng, year)
    return _Composer(issuer, year, forms, figures, wording, rng, writer).compose()


def _draw_forms(rng: random.Random) -> dict[str, Form]:
    """The form of each table: mostly one form for all, now and then mixed, partial, or none."""
    known = load_forms()
    form = known[rng.choice(sorted(known))]
    forms = {table.id: form for table in form.tables}
    if rng.random() < _MIXED:
        forms = {table: known[rng.choice(sorted(known))] for table in forms}
    if rng.random() < _NO_TABLES:
        return {}
    if rng.random() < _PARTIAL:
        for table in rng.sample(sorted(forms), rng.randrange(1, 3)):
            del forms[table]
    return forms


class _Composer:
    def __init__(
        self,
        issuer: Issuer,
        year: int,
        forms: Mapping[str, Form],
        figures: Mapping[str, Number],
        wording: Wording,
        rng: random.Random,
        writer: Writer | None = None,
    ) -> None:
        self.issuer, self.year, self.forms, self.rng = issuer, year, forms, rng
        self.writer = writer or Writer(issuer, year, rng)
        self.wording = wording
        self.printer = TablePrinter(figures, self.wording, rng)
        self.blocks: list[Paragraph | Grid] = []
        self.section = 0
        self.heading_style = rng.choice(
            ("{}、{}",) * 8 + ("{}、 {}", "{} {}", "（{}）{}", "{}. {}", "第{}部分 {}", "{}，{}")
        )
        self.prose_style = self.wording.prose_style()
        self.heading_gap = rng.random() < 0.03

    def compose(self) -> Report:
        rng, writer = self.rng, self.writer
        title = rng.choice(_TITLES).format(issuer=self.issuer.name, year=self.year)
        self._add(writer.navigation() if rng.random() < 0.6 else [], "nav")
        self._add([writer.leftover()] if rng.random() < 0.05 else [], "nav")
        self._add([title], "title")
        self._add([writer.imprint()] if rng.random() < 0.6 else [], "imprint")
        self._add(writer.contents() if rng.random() < 0.04 else [])
        self._add([writer.sentence() for _ in range(rng.randrange(3))])
        tables_first = rng.random() < 0.03
        if not tables_first:
            self._prose_section("总体情况", "overview")
        for table_id in self.forms:
            self._table_section(table_id)
        if tables_first:
            self._prose_section("总体情况", "overview")
        if rng.random() < 0.95:
            self._prose_section("存在的主要问题及改进情况", "problems")
            self._prose_section("其他需要报告的事项", "others")
        if rng.random() < _CUT:
            self._cut_short()
        self._add(writer.footer() if rng.random() < 0.6 else [], "footer")
        self._add([writer.leftover()] if rng.random() < 0.05 else [], "footer")
        printed = {key.split("/", 1)[0] for key in self.printer.truth}
        forms = {table: form.id for table, form in self.forms.items() if table in printed}
        ids = set(forms.values())
        return Report(
            issuer=self.issuer.name,
            year=self.year,
            title=title,
            blocks=tuple(self.blocks),
            form=None if not ids else ids.pop() if len(ids) == 1 else "mixed",
            truth=dict(self.printer.truth),
            forms=forms,
        )

    def _add(self, texts: list[str], role: Role = "text") -> None:
        self.blocks.extend(Paragraph(self.prose_style(text), role) for text in texts)

    def _heading(self, text: str) -> None:
        ordinal = _ORDINALS[self.section]
        self.section += 1
        text = self.heading_style.format(ordinal, text) if not self.heading_gap else text
        self.blocks.append(Paragraph(self.wording.bare(text), "heading", Tag.SECTION))

    def _prose_section(self, heading: str, kind: str) -> None:
        rng = self.rng
        official = rng.random() < 0.85
        self._heading(heading if official else rng.choice(_OTHER_WORDINGS[heading]))
        self._add(self.writer.paragraphs(kind))
        if rng.random() < 0.06:
            self._counts()

    def _table_section(self, table_id: str) -> None:
        rng = self.rng
        table = self.forms[table_id].table(table_id)
        aliases = table.aliases if rng.random() < 0.15 else ()
        self._heading(rng.choice((table.heading, *aliases)))
        if rng.random() < 0.2:
            self._add([self.writer.sentence() for _ in range(rng.randrange(1, 3))])
        if rng.random() < 0.02:
            self._counts()
        if rng.random() < 0.05:
            self._add([rng.choice(_UNIT_LINES)])
        self.blocks.extend(self.printer.grids(table))
        if rng.random() < 0.06:
            self.blocks.append(Paragraph(self.writer.fill(rng.choice(_NOTES)), "note", Tag.NOTE))
        if rng.random() < 0.05:
            self._add([self.writer.sentence()])

    def _cut_short(self) -> None:
        """End the page within a table, as pages do that were not scraped to their end."""
        grids = [i for i, b in enumerate(self.blocks) if isinstance(b, Grid) and len(b.rows) > 2]
        if not grids:
            return
        at = self.rng.choice(grids)
        grid = self.blocks[at]
        assert isinstance(grid, Grid)
        count = self.rng.randrange(1, len(grid.rows))
        rows = tuple(
            tuple(replace(cell, rowspan=min(cell.rowspan, count - number)) for cell in row)
            for number, row in enumerate(grid.rows[:count])
        )
        self.blocks[at:] = [Grid(rows, grid.widths)]
        kept = {c.key for b in self.blocks if isinstance(b, Grid) for row in b.rows for c in row}
        for key in [key for key in self.printer.truth if key not in kept]:
            del self.printer.truth[key]

    def _counts(self) -> None:
        """A small table of something else, or its rows as plain lines: numbers that are no values."""
        rows = self.writer.counts()
        if self.rng.random() < 0.3:
            self._add([part for row in rows for part in row])
        else:
            self.blocks.append(
                Grid(tuple(tuple(map(Cell, row)) for row in rows), (2.0,) + (1.0,) * (len(rows[0]) - 1))
            )
