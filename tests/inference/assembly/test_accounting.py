"""No number inside a table is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable

from gouji.inference.assembly.assemble import Matrix, assemble
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import State
from gouji.model.forms import load_forms

Mark = Callable[[str], MarkedPage]

HEADS = "{B:第二十条第（一）项}\n{C:信息内容} {C:本年制发件数} {C:本年废止件数} {C:现行有效件数}"


def disclosure(marked: MarkedPage) -> Matrix:
    return assemble(marked, TableFinder(load_forms()).find(marked))["disclosure"]


def test_numbers_among_the_headings_are_told_of_and_no_row_is_blank_beside_them(mark: Mark):
    marked = mark(HEADS + "\n{V:1}\n{V:52}\n{V:11}\n{C:（单位：万元）}\n{R:规章}\n{R:行政规范性文件}\n")

    matrix = disclosure(marked)

    assert [number.raw for number in matrix.unplaced] == ["1", "52", "11"]
    assert {cell.state for cell in matrix.cells.values()} == {State.AMBIGUOUS}


def test_a_number_in_brackets_that_the_tagger_calls_a_note_leaves_its_row_open(mark: Mark):
    marked = mark(HEADS + "\n{R:规章} {V:1} {V:2} {V:3}\n{R:行政规范性文件}\n{V:4}\n{V:5}\n{N:（9）}\n")

    cells = disclosure(marked).cells

    assert cells["disclosure/regulations/in_force"].value == 3
    assert cells["disclosure/normative_documents/in_force"].state is State.AMBIGUOUS


def test_a_year_in_a_labels_explanation_is_no_number_of_the_table(mark: Mark):
    marked = mark(
        HEADS + "\n{R:规章（指\n2023\n年事项数）} {V:1} {V:2} {V:3}\n{R:行政规范性文件} {V:4} {V:5} {V:6}\n"
    )

    matrix = disclosure(marked)

    assert not matrix.unplaced
    assert {cell.state for cell in matrix.cells.values()} == {State.READ}


def test_the_numbers_of_another_table_in_the_section_open_no_row(mark: Mark):
    marked = mark(
        "{S:二、主动公开政府信息情况}\n{R:政策解读} {V:8}\n"
        + HEADS
        + "\n{R:规章} {V:1} {V:2} {V:3}\n{R:行政规范性文件}\n"
    )

    assert disclosure(marked).cells["disclosure/normative_documents/issued"].state is State.BLANK
