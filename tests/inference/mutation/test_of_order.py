"""Columns, blocks and tables stand in another order with their labels, or labels alone do."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest

from gouji.inference.mutation.catalogue import mutate
from gouji.inference.mutation.of_additions import MUTATIONS_OF_ADDITIONS
from gouji.inference.mutation.of_order import MUTATIONS_OF_ORDER
from gouji.inference.mutation.sheet import Place, Sheet
from gouji.model.forms import Block, Form, Label, Table
from gouji.model.labels import Tag

PEOPLE = Block(
    None,
    (
        Label("person", "自然人"),
        Label("business", "商业企业", group="法人"),
        Label("research", "科研机构", group="法人"),
        Label("total", "总计"),
    ),
    (Label("received", "新收"), Label("granted", "予以公开")),
    (),
    ("法人",),
    (),
)
DOCUMENTS = Block(
    "第一项",
    (Label("issued", "制发"), Label("in_force", "有效")),
    (Label("rules", "规章"), Label("orders", "文件")),
    (),
    (),
    (),
)
DECISIONS = Block("第五项", (Label("decisions", "决定"),), (Label("licensing", "许可"),), (), (), ())
SUITS = Block(
    None,
    (Label("upheld", "维持"), Label("total", "合计")),
    (Label("direct", "直接起诉", group="suits"), Label("after", "复议后起诉", group="suits")),
    (Label("suits", "行政诉讼"),),
    (),
    (),
)
FORM = Form(
    "f",
    "",
    (
        Table("disclosure", "", (), "", None, "rows", (DOCUMENTS, DECISIONS), ()),
        Table("applications", "", (), "", None, "rows", (PEOPLE,), ()),
        Table("review", "", (), "", None, "band", (SUITS,), ()),
    ),
)
LABELS = ("新收", "予以公开", "规章", "文件", "许可")
MARKS = {
    Tag.COLUMN: "自然人 商业企业 科研机构 法人 总计 制发 有效 决定 直接起诉 复议后起诉 维持 合计",
    Tag.SUBTABLE: "第一项 第五项",
    Tag.SECTION: "公开情况 申请情况",
}
ROWS = ("disclosure/rules", "disclosure/orders", "disclosure/licensing", "applications/received",
        "applications/granted", "review/direct", "review/after")  # fmt: skip


def page(text: str) -> Sheet:
    """The sheet of a page: its numbers are the cells of the rows whose labels it prints, each number once."""
    cells: dict[str, Place] = {}
    rows: dict[str, tuple[str, ...]] = {}
    numbers = [Place(*match.span()) for match in re.finditer(r"\d+", text)]
    for table in FORM.tables:
        for block, row in table.rows():
            if row.label in text:
                keys = tuple(f"{table.id}/{row.id}/{column.id}" for column in block.columns)
                rows[f"{table.id}/{row.id}"] = keys
                cells.update({key: numbers.pop(0) for key in keys})
    values = {key: int(text[place.start : place.end]) for key, place in cells.items()}
    labels = {
        f"{t.id}/{row.id}": Place(text.index(row.label), text.index(row.label) + len(row.label))
        for t in FORM.tables
        if t.printed == "rows"
        for _, row in t.rows()
        if row.label in text
    }
    marks = {
        tag: tuple(Place(*found.span()) for found in re.finditer("|".join(words.split()), text))
        for tag, words in MARKS.items()
    }
    order = {"disclosure": tuple(sorted((*labels, *cells), key=lambda name: {**labels, **cells}[name].start))}
    order["disclosure"] = tuple(name for name in order["disclosure"] if name.startswith("disclosure/"))
    return Sheet(
        text, cells, labels, {Tag.GROUP: (), **marks}, rows, values, values, order=order, forms=(FORM,)
    )


TWO_LINES = "自然人 法人 总计\n商业企业 科研机构\n新收 11 12 13 36\n予以公开 21 22 23 66\n"
GRID = (
    "|  | 自然人 | 法人 |  | 总计 |\n|  |  | 商业企业 | 科研机构 |  |\n"
    "| 新收 | 11 | 12 | 13 | 36 |\n| 予以公开 | 21 | 22 | 23 | 66 |\n"
)
BLOCKS = "公开情况\n第一项\n制发 有效\n规章 1 2\n文件 3 4\n第五项\n决定\n许可 5\n"
BAND = "直接起诉 复议后起诉\n维持 合计 维持 合计\n1 2 3 4\n"


def mutants(text: str, name: str) -> Sequence[Sheet]:
    found = (mutate(page(text), [name], random.Random(seed)) for seed in range(12))
    return [mutant for mutant in found if mutant is not None]


@pytest.mark.parametrize(
    ("name", "text", "mutated"),
    [
        ("columns_in_other_order", TWO_LINES,
         "自然人 法人 总计\n科研机构 商业企业\n新收 11 13 12 36\n予以公开 21 23 22 66\n"),
        ("columns_reversed", TWO_LINES,
         "总计 法人 自然人\n科研机构 商业企业\n新收 36 13 12 11\n予以公开 66 23 22 21\n"),
        ("total_column_first", TWO_LINES,
         "总计 自然人 法人\n商业企业 科研机构\n新收 36 11 12 13\n予以公开 66 21 22 23\n"),
        ("total_column_first", GRID,
         "|  | 总计 | 自然人 | 法人 |  |\n|  |  |  | 商业企业 | 科研机构 |\n"
         "| 新收 | 36 | 11 | 12 | 13 |\n| 予以公开 | 66 | 21 | 22 | 23 |\n"),
        ("heading_first", GRID,
         "|  | 法人 |  | 自然人 | 总计 |\n|  | 商业企业 | 科研机构 |  |  |\n"
         "| 新收 | 12 | 13 | 11 | 36 |\n| 予以公开 | 22 | 23 | 21 | 66 |\n"),
        ("blocks_in_other_order", BLOCKS,
         "公开情况\n第五项\n决定\n许可 5\n第一项\n制发 有效\n规章 1 2\n文件 3 4\n"),
        ("suits_exchanged", BAND, "复议后起诉 直接起诉\n维持 合计 维持 合计\n3 4 1 2\n"),
        ("tables_in_other_order", f"{BLOCKS}申请情况\n{TWO_LINES}", f"申请情况\n{TWO_LINES}{BLOCKS}"),
        ("serial_numbers", TWO_LINES,
         "自然人 法人 总计\n商业企业 科研机构\n1 新收 11 12 13 36\n2 予以公开 21 22 23 66\n"),
    ],
)  # fmt: skip
def test_figures_go_with_their_labels(name: str, text: str, mutated: str):
    found = mutants(text, name)

    assert {mutant.text for mutant in found} == {mutated}
    for mutant in found:
        assert {key: int(mutant.surface(key)) for key in mutant.cells} == page(text).truth
        assert not mutant.readings
        assert not mutant.is_moved("disclosure")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("column_numbers", r"(栏次|列次|序号) 1 2 3 4\n新收 11 12 13 36"),
        (
            "remarks_column",
            r"自然人 法人 总计 (备注|说明)\n.*\n新收 11 12 13 36 \S+\n予以公开 21 22 23 66 \S+\n",
        ),
        (
            "last_year_column",
            r"自然人 法人 总计 上年总计\n.*\n新收 11 12 13 36 \d+\n予以公开 21 22 23 66 \d+\n",
        ),
    ],
)
def test_a_table_has_a_row_or_column_more_that_names_itself(name: str, lines: str):
    found = mutants(TWO_LINES, name)

    assert found
    for mutant in found:
        assert re.search(lines, mutant.text)
        assert {key: int(mutant.surface(key)) for key in mutant.cells} == page(TWO_LINES).truth


def test_labels_exchanged_alone_say_that_each_column_has_the_others_figures():
    found = mutants(BLOCKS, "heads_exchanged")

    assert {mutant.text for mutant in found} == {BLOCKS.replace("制发 有效", "有效 制发")}
    for mutant in found:
        assert mutant.printed["disclosure/rules/issued"] == 2
        assert mutant.readings["disclosure/rules/issued"] == (2,)
        assert mutant.surface("disclosure/rules/issued") == "2"
        assert not mutant.is_moved("disclosure")


def test_suits_stand_before_the_reconsideration_with_the_labels_of_all_lines():
    leaves = "维持 纠正 其他 未审结 合计"
    numbers = [str(number) for number in range(11, 26)]
    text = f"复议 诉讼\n{leaves} 直接 复议后\n{leaves} {leaves}\n{' '.join(numbers)}\n"
    places = {f"review/{n}": Place(text.index(n), text.index(n) + 2) for n in numbers}
    columns = tuple(Place(*match.span()) for match in re.finditer(r"[^\s\d]+", text))
    sheet = Sheet(text, places, {}, {Tag.COLUMN: columns}, {}, {}, {}, forms=(FORM,))

    mutant = mutate(sheet, ["suits_first"], random.Random(0))

    assert mutant is not None
    moved = " ".join([*numbers[5:], *numbers[:5]])
    assert mutant.text == f"诉讼 复议\n直接 复议后 {leaves}\n{leaves} {leaves}\n{moved}\n"
    assert mutant.surface("review/11") == "11"
    assert mutate(mutant, ["suits_first"], random.Random(0)) is None  # the labels stand otherwise by now


@pytest.mark.parametrize(
    "text",
    [
        TWO_LINES.replace("36\n", "36\n自然人\n"),  # labels again, between the rows
        f"自然人\n{TWO_LINES}",  # a label twice
        TWO_LINES.replace("自然人 法人 总计", "总计 自然人 法人"),  # another order already
        GRID.replace("|  |  | 商业企业", "|  | 商业企业"),  # no cell for each column
    ],
)  # fmt: skip
def test_columns_stay_where_labels_do_not_stand_plainly(text: str):
    assert not mutants(text, "total_column_first")


def test_each_order_is_tested():
    tested = {
        case[0]
        for test in (
            test_figures_go_with_their_labels,
            test_a_table_has_a_row_or_column_more_that_names_itself,
        )
        for case in test.pytestmark[0].args[1]
    }

    assert {*MUTATIONS_OF_ORDER, *MUTATIONS_OF_ADDITIONS} - tested == {"heads_exchanged", "suits_first"}


def test_a_lie_told_of_a_cell_under_an_exchanged_label_is_what_it_prints():
    for seed in range(8):
        twice = mutate(page(BLOCKS), ["heads_exchanged", "digit_changed"], random.Random(seed))

        assert twice is not None
        told = {key for key, (reading,) in twice.readings.items() if reading != int(twice.surface(key))}
        assert not told
