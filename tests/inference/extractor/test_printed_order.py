"""Heads say which column a number is in; what counts rows or columns is no cell; print stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from gouji.inference.extraction import Number, State, Status
from gouji.inference.result import Extraction
from gouji.model.forms import Block, load_forms

Extract = Callable[[str], Extraction]
Cells = Mapping[str, Number | None]

FORM = load_forms()["2021"]


@dataclass(frozen=True)
class Print:
    """A report as pipes, and what its publisher did otherwise than the form."""

    cells: Cells
    blocks: Sequence[int] = (0, 1, 2, 3)  # of the disclosure table
    issued: Sequence[int] = (0, 1, 2)  # the columns of its first block
    applicants: Sequence[int] = (0, 1, 2, 3, 4, 5, 6)
    review: Sequence[int] = (0, 1, 2)  # the rows of the review table
    counted_columns: bool = False
    counted_rows: bool = False
    heads: bool = True

    @property
    def text(self) -> str:
        disclosure, applications, review = FORM.tables
        lines = [disclosure.title]
        for index in self.blocks:
            block = disclosure.blocks[index]
            order = self.issued if index == 0 else range(len(block.columns))
            lines += [block.label or "", "信息内容 | " + " | ".join(_labels(block, order))]
            lines += [_row(self.cells, "disclosure", row.id, row.label, block, order) for row in block.rows]
        lines += [applications.title, *self._applications(applications.blocks[0])]
        lines += [review.title, *self._review(review.blocks[0])]
        return "\n".join([*lines, "五、存在的主要问题及改进情况", "公开的内容还不够细。", ""])

    def _applications(self, block: Block) -> list[str]:
        total_first = self.applicants[0] == 6
        top = ["总计", "自然人", "法人或其他组织"] if total_first else ["自然人", "法人或其他组织", "总计"]
        legal = [block.columns[i].label for i in self.applicants if block.columns[i].group]
        lines = ["申请人情况", " | ".join(top), " | ".join(legal)] if self.heads else []
        if self.counted_columns:
            lines.append("栏次 | 1 | 2 | 3 | 4 | 5 | 6 | 7")
        for number, row in enumerate(block.rows, 1):
            line = _row(self.cells, "applications", row.id, row.label, block, self.applicants)
            lines.append(f"{number} | {line}" if self.counted_rows else line)
        return lines

    def _review(self, block: Block) -> list[str]:
        first, *suits = (block.rows[i] for i in self.review)
        labels = " | ".join(column.label for column in block.columns)
        values = [
            _print(self.cells[f"review/{row.id}/{column.id}"])
            for row in (first, *suits)
            for column in block.columns
        ]
        return [
            f"{first.label} | 行政诉讼",
            f"{labels} | {' | '.join(row.label for row in suits)}",
            f"{labels} | {labels}",
            " | ".join(values),
        ]


def _labels(block: Block, order: Sequence[int]) -> list[str]:
    return [block.columns[index].label for index in order]


def _row(cells: Cells, table: str, row: str, label: str, block: Block, order: Sequence[int]) -> str:
    values = [_print(cells[f"{table}/{row}/{block.columns[index].id}"]) for index in order]
    return " | ".join([label, *values])


def _print(value: Number | None) -> str:
    return "" if value is None else str(value)


@pytest.fixture(scope="module")
def truth(samples: Path) -> Cells:
    data = json.loads((samples.parent / "truth" / "yunling_2022.json").read_text(encoding="utf-8"))
    return {key: value or 0 for key, value in data["cells"].items()}


def wrong(extraction: Extraction, truth: Cells) -> list[str]:
    answered = (State.READ, State.PLACED, State.BLANK)
    return [
        cell.key
        for cell in extraction.cells
        if cell.state in answered and (cell.value or 0) != (truth[cell.key] or 0)
    ]


@pytest.mark.parametrize(
    "otherwise",
    [
        {},
        {"issued": (2, 0, 1)},
        {"issued": (0, 2, 1)},
        {"applicants": (6, 0, 1, 2, 3, 4, 5)},
        {"applicants": (0, 5, 4, 3, 2, 1, 6)},
        {"review": (0, 2, 1)},
        {"blocks": (1, 2, 3, 0)},
        {"blocks": (3, 2, 1, 0), "issued": (2, 0, 1), "applicants": (6, 0, 1, 2, 3, 4, 5)},
        {"counted_columns": True},
        {"counted_rows": True},
        {"counted_columns": True, "counted_rows": True},
    ],
)
def test_a_table_in_another_order_is_read_by_its_own_labels(
    extract: Extract, truth: Cells, otherwise: Mapping[str, object]
):
    extraction = extract(replace(Print(truth), **otherwise).text)  # type: ignore[arg-type]

    assert not wrong(extraction, truth)
    assert extraction.status is Status.VERIFIED


def test_labels_that_contradict_the_forms_order_and_lack_one_leave_their_rows_open(
    extract: Extract, truth: Cells
):
    text = replace(Print(truth), issued=(2, 0, 1)).text.replace(" | 本年废止件数", " | 数量")

    extraction = extract(text)

    assert extraction["disclosure/regulations/issued"].state is State.AMBIGUOUS
    assert extraction["disclosure/licensing/decisions"].state is State.READ


def zero_totals(truth: Cells) -> Cells:
    return {key: 0 if key.endswith("/total") else value for key, value in truth.items()}


def test_print_that_its_layout_explains_stands_though_most_sums_fail(extract: Extract, truth: Cells):
    printed = zero_totals(truth)

    extraction = extract(Print(printed).text)

    assert extraction.status is Status.CONTRADICTED
    assert not wrong(extraction, printed)


def test_print_without_its_column_labels_does_not_stand_against_its_sums(extract: Extract, truth: Cells):
    extraction = extract(replace(Print(zero_totals(truth)), heads=False).text)

    assert extraction.status is Status.INCOMPLETE


def test_a_heading_over_two_groups_of_columns_tells_no_order(extract: Extract, truth: Cells):
    text = Print(truth).text.replace(
        "自然人 | 法人或其他组织 | 总计", "法人或其他组织 | 自然人 | 法人或其他组织 | 总计"
    )

    extraction = extract(text)

    assert extraction.status is Status.INCOMPLETE
    assert not wrong(extraction, truth)


def test_a_column_that_has_no_header_is_missing_and_the_others_are_read_under_theirs(
    extract: Extract, truth: Cells
):
    lines = Print(truth).text.splitlines()
    head = next(index for index, line in enumerate(lines) if "本年废止件数" in line)
    lines[head] = "信息内容 | 本年制发件数 | 现行有效件数"
    lines[head + 1] = "规章 | 1 | 2"
    lines[head + 2] = "行政规范性文件 | 3 | 17"

    extraction = extract("\n".join([*lines, ""]))

    assert extraction["disclosure/regulations/repealed"].state is State.MISSING
    assert extraction["disclosure/normative_documents/in_force"].value == 17
    assert extraction["disclosure/normative_documents/in_force"].state is State.READ


def test_suits_whose_labels_are_exchanged_above_cut_column_labels_are_not_read_in_the_forms_order(
    extract: Extract,
):
    labels = ["结果维持", "结果", "其他", "尚未", "总计"]
    suits = ["复议后起诉", "未经复议直接起诉"]
    numbers = [9, 1, 2, 3, 15, 4, 0, 5, 6, 15, 1, 1, 0, 2, 4]
    lines = ["行政复议", "行政诉讼", *labels, *suits, *labels[1:2], *labels[1:], *labels[1:2], *labels[1:]]

    extraction = extract(
        "四、政府信息公开行政复议、行政诉讼情况\n"
        + "\n".join([*lines, *map(str, numbers)])
        + "\n五、存在的主要问题"
    )

    assert extraction["review/direct_suit/total"].value in (None, 4)
