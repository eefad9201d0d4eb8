"""A number that the tagger may as well call none is read both ways; only a sum settles which."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from gouji.inference.assembly.assemble import Matrix, assemble
from gouji.inference.assembly.cell_doubts import BOUND
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Cell, State
from gouji.model.forms import load_forms
from gouji.model.labels import Span, Tag

Mark = Callable[[str], MarkedPage]

APPLICATIONS = "{S:三、收到和处理政府信息公开申请情况}\n" + " ".join(
    f"{{C:{label}}}"
    for label in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
)
DISCLOSURE = (
    "{S:二、主动公开政府信息情况}\n{B:第二十条第（一）项}\n"
    "{C:信息内容} {C:本年制发件数} {C:本年废止件数} {C:现行有效件数}\n"
    "{R:规章} {V:81} {V:82} {V:83}\n{R:行政规范性文件}"
)
COLUMNS = ("issued", "repealed", "in_force")


def tagged(mark: Mark, markup: str, values: Mapping[str, float], confidence: float = 1.0) -> MarkedPage:
    """A page as a tagger gives it that is sure of all but some numbers.

    Args:
        mark: Makes a page of markup.
        markup: The page.
        values: The share of VALUE that it gives some numbers, by their print.
        confidence: How sure it is of the spans that hold those numbers.
    """
    page = mark(markup)
    spans = [
        Span(s.tag, s.start, s.end, confidence if _print(page, s.start, s.end) in values else 1.0)
        for s in page.spans
    ]
    of_value = [owner is not None and owner.tag is Tag.VALUE for owner in page.owners]
    shares = [
        values.get(_print(page, token.start, token.end), float(own))
        for token, own in zip(page.tokens, of_value, strict=True)
    ]
    return MarkedPage(page.page, page.tokens, spans, shares)


def _print(page: MarkedPage, start: int, end: int) -> str:
    return re.sub(r"[^0-9].*", "", page.page.text[start:end])


def read(page: MarkedPage, table: str) -> Matrix:
    found = next(found for found in TableFinder(load_forms()).find(page) if found.table.id == table)
    return assemble(page, [found])[table]


def row_of(matrix: Matrix, row: str) -> list[Cell]:
    return [cell for key, cell in matrix.cells.items() if key.split("/")[1] == row]


def numbers(*values: int) -> str:
    return "".join(f" {{V:{value}}}" for value in values)


def test_a_number_that_may_be_none_is_followed_both_ways_where_no_sum_tells(mark: Mark):
    page = tagged(mark, DISCLOSURE + numbers(11, 12, 13), {"12": 0.6}, confidence=0.95)

    cells = row_of(read(page, "disclosure"), "normative_documents")

    assert {cell.state for cell in cells} == {State.AMBIGUOUS}
    assert set(cells[0].candidates) == {11, None}
    assert set(cells[1].candidates) == {12, 11, 13, None}
    assert set(cells[2].candidates) == {13, None}


def test_a_number_that_the_tagger_passes_over_with_doubt_is_followed_both_ways_too(mark: Mark):
    page = tagged(mark, DISCLOSURE + " {V:11} 12 {V:13}", {"12": 0.4})

    cells = row_of(read(page, "disclosure"), "normative_documents")

    assert {cell.state for cell in cells} == {State.AMBIGUOUS}
    assert {12, 11, None} <= set(cells[1].candidates)


@pytest.mark.parametrize("share", [0.2, 0.8])
def test_a_number_in_its_own_cell_that_may_be_a_heading_is_not_lost(mark: Mark, share: float):
    page = tagged(mark, DISCLOSURE + "\n{V:11}\n{V:12}\n{C:13件}\n\n", {"13": share})

    matrix = read(page, "disclosure")

    cells = row_of(matrix, "normative_documents")
    assert {cell.state for cell in cells} == {State.AMBIGUOUS}
    assert 13 in cells[2].candidates
    assert "13" in " ".join(number.raw for number in matrix.unplaced)


def test_a_number_that_the_tagger_is_sure_of_is_read_one_way(mark: Mark):
    page = tagged(mark, DISCLOSURE + numbers(11, 12, 13), {"12": 0.97})

    cells = row_of(read(page, "disclosure"), "normative_documents")

    assert [cell.value for cell in cells] == [11, 12, 13]


def test_a_rows_sum_settles_whether_a_number_is_one(mark: Mark):
    markup = APPLICATIONS + "\n{R:（一）予以公开}" + numbers(11, 12, 13, 0, 0, 0, 36)

    cells = row_of(read(tagged(mark, markup, {"12": 0.6}), "applications"), "granted")

    assert [cell.value for cell in cells] == [11, 12, 13, 0, 0, 0, 36]


def test_a_row_that_contradicts_itself_is_not_mended_by_leaving_a_number_out(mark: Mark):
    markup = APPLICATIONS + "\n{R:（一）予以公开}" + numbers(0, 11, 19, 0, 0, 0, 11)

    cells = row_of(read(tagged(mark, markup, {"19": 0.94}), "applications"), "granted")

    assert (cells[2].state, cells[2].more) == (State.AMBIGUOUS, True)
    assert 19 in cells[2].candidates


def test_a_row_whose_sum_holds_both_ways_stays_open(mark: Mark):
    # Without the total the last part may be it: 12 = 12.
    markup = APPLICATIONS + "\n{R:（一）予以公开}" + numbers(0, 0, 0, 0, 11, 11, 22)

    matrix = read(tagged(mark, markup, {"22": 0.6}), "applications")

    cells = row_of(matrix, "granted")
    assert set(cells[6].candidates) == {22, 11}
    assert {cells[4].state, cells[6].state} == {State.AMBIGUOUS}
    assert [number.raw for number in matrix.unplaced if number.raw != "0"] == ["11", "11", "22"]


@pytest.mark.parametrize(
    ("confidence", "state"), [(BOUND - 0.01, State.AMBIGUOUS), (BOUND + 0.08, State.READ)]
)
def test_a_value_below_the_bound_is_open_where_no_sum_confirms_it(
    mark: Mark, confidence: float, state: State
):
    page = mark(DISCLOSURE + numbers(11, 12, 13))
    spans = [
        Span(
            s.tag, s.start, s.end, confidence if page.page.text[s.start : s.end] == "行政规范性文件" else 1.0
        )
        for s in page.spans
    ]

    matrix = read(MarkedPage(page.page, page.tokens, spans), "disclosure")

    cells = row_of(matrix, "normative_documents")
    assert {cell.state for cell in cells} == {state}
    if state is State.AMBIGUOUS:
        assert [cell.candidates for cell in cells] == [(11,), (12,), (13,)]
        assert {n.reason for n in matrix.unplaced} == {"the tagger is not sure enough whose it is"}


def test_a_number_in_what_a_label_explains_in_brackets_is_the_labels(mark: Mark):
    rows = DISCLOSURE.replace(
        "{R:行政规范性文件}", "{R:行政规范性文件（现行有效的，如2024年的 3 件）} {V:1} {V:2} {V:4}\n"
    )

    cells = read(tagged(mark, rows, {"3": 0.5}), "disclosure").cells

    assert [cells[f"disclosure/normative_documents/{column}"].value for column in COLUMNS] == [1, 2, 4]


def test_the_forms_very_words_in_a_cell_of_their_own_are_a_label_however_unsure_the_tagger(mark: Mark):
    def states(row: str) -> set[str]:
        page = mark(DISCLOSURE.replace("{R:行政规范性文件}", f"{row}\t{{V:1}}\t{{V:2}}\t{{V:4}}\n"))
        spans = [replace(s, confidence=0.7) if s is page.spans[-4] else s for s in page.spans]
        cells = read(MarkedPage(page.page, page.tokens, spans), "disclosure").cells
        return {str(cells[f"disclosure/normative_documents/{column}"].state) for column in COLUMNS}

    assert states("{R:行政规范性文件}") == {"read"}
    assert states("{R:行政规范文件}") == {"ambiguous"}
    assert states("见 {R:行政规范性文件}") == {"ambiguous"}
