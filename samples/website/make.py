"""Make labelled pages of a form of items, one value each, from nothing but the form's own TOML.

Flow:  website.toml -> figures -> items -> **a layout** -> labelled pages, page files, truths

Run from anywhere, with the train extra: `python samples/website/make.py`. Nothing here names an item of the
form: labels, groups, order and sums are read from the file, so another form's file does as well. Issuers,
figures, addresses and prose are made up.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gouji.annotations.page_files import write_page_files
from gouji.annotations.pages import LabelledPage, write_labelled_pages
from gouji.model.forms import Block, Form, Label, load_form
from gouji.model.labels import Span, Tag
from gouji.training.figures import make_figures
from gouji.training.places import invent_issuer
from gouji.training.prose import Writer

HERE = Path(__file__).parent
SEED, LABELLED, TESTED = 11, 12, 12
GROUP_GONE, ITEM_GONE, BLANK, ALIAS = 0.06, 0.03, 0.06, 0.3  # how often print takes these liberties
UNIT_GONE = 0.2  # of pages, whose labels go without their units

Number = int | float


@dataclass(frozen=True, slots=True)
class Item:
    """One printed item: its groups from the outermost, its label, and what stands behind it."""

    groups: tuple[str, ...]
    opens: int  # how many of the groups, the last ones, begin with this item
    label: str
    answer: str  # "" where the page leaves it blank
    is_value: bool


@dataclass(slots=True)
class Sheet:
    """A page in the making: text, and the spans of what was printed with a tag."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)

    def put(self, text: str, tag: Tag | None = None) -> None:
        if tag is not None and text:
            self.spans.append(Span(tag, len(self.text), len(self.text) + len(text)))
        self.text += text

    def cell(self, item: Item) -> None:
        self.put(item.answer, Tag.VALUE if item.is_value else None)


def lines(sheet: Sheet, items: Sequence[Item], rng: random.Random) -> None:
    """Each cell on a line of its own."""
    gap = rng.choice(("\n", "\n\n"))
    for item in items:
        for group in item.groups[len(item.groups) - item.opens :]:
            sheet.put(group, Tag.GROUP)
            sheet.put(gap)
        sheet.put(item.label, Tag.ROW)
        sheet.put(gap)
        sheet.cell(item)
        sheet.put(gap if item.answer else "")


def colons(sheet: Sheet, items: Sequence[Item], rng: random.Random) -> None:
    """`总数：120`, under its groups."""
    for item in items:
        for group in item.groups[len(item.groups) - item.opens :]:
            sheet.put(group, Tag.GROUP)
            sheet.put("\n")
        sheet.put(item.label, Tag.ROW)
        sheet.put("：")
        sheet.cell(item)
        sheet.put("\n")


def _table(sheet: Sheet, items: Sequence[Item], opening: str, between: str, repeated: bool) -> None:
    """A line for each item: its groups, where they begin or each time, its label, its answer."""
    deepest = max(len(item.groups) for item in items)
    for item in items:
        sheet.put(opening)
        first = 0 if repeated else len(item.groups) - item.opens
        for place in range(deepest):
            if first <= place < len(item.groups):
                sheet.put(item.groups[place], Tag.GROUP)
            sheet.put(between)
        sheet.put(item.label, Tag.ROW)
        sheet.put(between)
        sheet.cell(item)
        sheet.put(opening[::-1] + "\n")


def pipes(sheet: Sheet, items: Sequence[Item], rng: random.Random) -> None:
    """`| 信息发布 | | 总数 | 120 |`."""
    _table(sheet, items, "| ", " | ", repeated=False)


def tabs(sheet: Sheet, items: Sequence[Item], rng: random.Random) -> None:
    """The same between tabs."""
    _table(sheet, items, "", "\t", repeated=False)


def repeated(sheet: Sheet, items: Sequence[Item], rng: random.Random) -> None:
    """Every line names its groups again, as tools print cells merged downwards. Kept for the test."""
    _table(sheet, items, "| ", " | ", repeated=True)


def spaces(sheet: Sheet, items: Sequence[Item], rng: random.Random) -> None:
    """One line an item, blanks between, an empty line before a group. Kept for the test."""
    for item in items:
        sheet.put("\n" if item.opens else "")
        for group in item.groups[len(item.groups) - item.opens :]:
            sheet.put(group, Tag.GROUP)
            sheet.put("   ")
        sheet.put(item.label, Tag.ROW)
        sheet.put("   ")
        sheet.cell(item)
        sheet.put("\n")


Layout = Callable[[Sheet, Sequence[Item], random.Random], None]
TRAINED: tuple[Layout, ...] = (lines, pipes, colons, tabs)
TESTED_ON: tuple[Layout, ...] = (lines, pipes, colons, tabs, repeated, spaces)


def pages(
    form: Form, layouts: Sequence[Layout], name: str, count: int, issuers: set[str]
) -> Iterator[LabelledPage]:
    """Pages of one issuer each; each depends on the seed, its name and its number alone."""
    for number in range(count):
        rng = random.Random(f"{SEED}/{name}/{number}")
        issuer = invent_issuer(rng)
        while issuer.name in issuers:
            issuer = invent_issuer(rng)
        issuers.add(issuer.name)
        layout, year = layouts[number % len(layouts)], rng.randrange(2018, 2026)
        writer, sheet = Writer(issuer, year, rng), Sheet()
        truth: dict[str, Number | None] = {}
        sheet.put("\n".join([*writer.navigation(), ""]))
        for table in form.tables:
            sheet.put(f"{issuer.name}{table.title}（{year}年度）\n")
            figures = _figures(table.id, form, rng)
            for block in table.blocks:
                items = list(_items(block, f"{table.id}/{{}}/{block.columns[0].id}", figures, truth, rng))
                layout(sheet, items, rng)
        sheet.put("\n" + "\n".join(writer.footer()))
        yield LabelledPage(
            id=f"{name}{number}",
            text=sheet.text,
            spans=tuple(sheet.spans),
            tool=layout.__name__,
            issuer=issuer.name,
            form=form.id,
            truth=truth,
        )


def _figures(table: str, form: Form, rng: random.Random) -> dict[str, Number]:
    """Figures whose sums hold, larger than a report's: draws added up, the later ones many times over."""
    figures: dict[str, Number] = {}
    for times in (1, 23, 1007)[: rng.randrange(1, 4)]:
        for key, value in make_figures({table: form}, rng).items():
            figures[key] = figures.get(key, 0) + times * value
    return figures


def _items(
    block: Block, key: str, figures: Mapping[str, Number], truth: dict[str, Number | None], rng: random.Random
) -> Iterator[Item]:
    """The items as one page prints them; the truth is told of each that it prints."""
    groups = {group.id: group for group in block.groups}
    gone = {group for group in groups if rng.random() < GROUP_GONE}
    bare, thousands, before = rng.random() < UNIT_GONE, rng.random() < 0.4, tuple[str, ...]()
    in_sums = rng.random() < BLANK  # whether this page leaves values blank at all
    for item in block.items:
        chain = tuple(_chain(item, groups))
        if gone & {group.id for group in chain} or rng.random() < ITEM_GONE:
            continue
        names = tuple(_bare(group.label) if bare else group.label for group in chain)
        label = rng.choice(item.wordings) if rng.random() < ALIAS else item.label
        shared = next((i for i, (a, b) in enumerate(zip(names, before, strict=False)) if a != b), None)
        shared = min(len(names), len(before)) if shared is None else shared
        before = names
        if is_value := item in block.rows:
            value: Number | None = figures[key.format(item.id)]
            if in_sums and rng.random() < BLANK:
                value = None
            truth[key.format(item.id)] = value
            answer = "" if value is None else f"{value:,}" if thousands else str(value)
        else:
            answer = _in_words(item.label, rng)
        yield Item(names, len(names) - shared, _bare(label) if bare else label, answer, is_value)


def _chain(item: Label, groups: Mapping[str, Label]) -> Iterator[Label]:
    """The groups that an item is in, the outermost first."""
    if item.group is not None:
        group = groups[item.group]
        yield from _chain(group, groups)
        yield group


def _bare(label: str) -> str:
    return label.partition("（")[0]


def _in_words(label: str, rng: random.Random) -> str:
    """An answer to an item that is no number: a tick, an address, a number that only names, or words."""
    if "是否" in label:
        return rng.choice(("☑是 □否", "□是 ☑否", "是", "否"))
    if "网址" in label:
        return f"http://www.{''.join(rng.choices('abcdehjlmqstxyz', k=5))}.example.cn/"
    if label.endswith("码"):
        return str(rng.randrange(10**9, 10**10))
    if "号" in label:
        return f"某ICP备{rng.randrange(10**7, 10**8)}号-{rng.randrange(1, 9)}"
    return rng.choice(("", "无", f"{invent_issuer(rng).place}发布", invent_issuer(rng).name))


if __name__ == "__main__":
    website, seen = load_form(HERE / "website.toml"), set[str]()
    write_labelled_pages(pages(website, TRAINED, "label", LABELLED, seen), HERE / "labelled.jsonl")
    write_page_files(pages(website, TESTED_ON, "test", TESTED, seen), HERE)
