"""A person's answer discards the readings that do not agree with it, and proves none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gouji.inference.assembly.assemble import answered
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.matrix import Matrix
from gouji.inference.assembly.read_page import read_page
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Answers, Cell, Number, Settled, State
from gouji.inference.why import Why
from gouji.model.forms import load_forms

Mark = Callable[[str], MarkedPage]

HEADS = "".join(
    f" {{C:{c}}}" for c in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
)
RECEIVED, CARRIED_IN = "{R:一、本年新收政府信息公开申请数量}", "{R:二、上年结转政府信息公开申请数量}"
REVIEW = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
TOTAL, CARRIED_OUT = "{R:（七）总计}", "{R:四、结转下年度继续办理}"


def cells_under(mark: Mark, rows: dict[str, str], **answers: Number | None) -> dict[str, Cell]:
    """The cells of an applications table by row and column, under answers by `row__column`."""
    said = {f"applications/{where.replace('__', '/')}": value for where, value in answers.items()}
    cells = matrices_under(mark(applications(rows)), said)["applications"].cells
    return {key.removeprefix("applications/"): cell for key, cell in cells.items()}


def applications(rows: dict[str, str]) -> str:
    lines = [f"{label} " + " ".join(f"{{V:{n}}}" for n in numbers.split()) for label, numbers in rows.items()]
    return "{S:三、收到和处理政府信息公开申请情况}\n" + HEADS + "\n" + "\n".join(lines) + "\n"


def matrices_under(marked: MarkedPage, said: Mapping[str, Number | None]) -> Mapping[str, Matrix]:
    """The tables of a page under answers, which say the same where the page was looked at before."""
    settled = Settled("li", "2026-11-30T08:00:00Z")
    given: Answers = {key: Cell(key, value, State.SETTLED, settled=settled) for key, value in said.items()}
    read = read_page(marked, TableFinder(load_forms()).find(marked))
    anew = answered(read, given)
    assert answered(read, given, answered(read)) == anew
    assert answered(read, {}, anew) == answered(read)
    return anew.matrices


def states(cells: dict[str, Cell], row: str) -> list[str]:
    return [str(cell.state) for key, cell in cells.items() if key.split("/")[0] == row]


def values(cells: dict[str, Cell], row: str) -> list[Number | None]:
    return [cell.value for key, cell in cells.items() if key.split("/")[0] == row]


LOST = {RECEIVED: "3 4 7"}  # two of six applicants, and nothing tells which


def test_what_only_one_of_the_readings_left_allows_is_settled_too(mark: Mark):
    before = cells_under(mark, LOST)
    once = cells_under(mark, LOST, received__business=3)
    twice = cells_under(mark, LOST, received__business=3, received__other=4)

    assert states(before, "received") == ["ambiguous"] * 6 + ["placed"]
    assert values(once, "received")[:2] == [0, 3]  # nothing stands before 3
    assert states(once, "received")[2:6] == ["ambiguous"] * 4
    assert values(twice, "received") == [0, 3, 0, 0, 0, 4, 7]
    assert states(twice, "received")[1] == "settled"


def test_a_settled_cell_names_where_its_number_is_printed(mark: Mark):
    cells = cells_under(mark, LOST, received__business=3)

    assert cells["received/business"].raw == "3"


def test_an_answer_in_one_row_settles_another_by_the_sums_of_the_columns(mark: Mark):
    rows = {RECEIVED: "3 4 7", CARRIED_IN: "0 0 0 0 0 0 0", TOTAL: "3 4 7", CARRIED_OUT: "0 0 0 0 0 0 0"}

    before = cells_under(mark, rows)
    cells = cells_under(mark, rows, received__natural_person=3, received__other=4)

    assert "ambiguous" in states(before, "total")
    assert values(cells, "total") == values(cells, "received") == [3, 0, 0, 0, 0, 4, 7]


def test_a_row_of_which_no_reading_agrees_with_an_answer_is_open_but_for_the_answer(mark: Mark):
    cells = cells_under(mark, LOST, received__natural_person=5)

    assert states(cells, "received") == ["settled"] + ["ambiguous"] * 6
    assert cells["received/total"].why == (Why.ANSWERED_OTHERWISE,)


def test_what_a_discarded_reading_settled_elsewhere_is_open_again(mark: Mark):
    rows = {
        RECEIVED: "3 4 7",
        CARRIED_IN: "0 0 0 0 0 0 0",
        TOTAL: "3 0 0 0 0 4 7",
        CARRIED_OUT: "0 0 0 0 0 0 0",
    }

    before = cells_under(mark, rows)
    cells = cells_under(mark, rows, received__natural_person=5)

    assert values(before, "received") == [3, 0, 0, 0, 0, 4, 7]  # by the sums of the columns
    assert states(cells, "received") == ["settled"] + ["ambiguous"] * 6


def test_an_answer_proves_nothing_of_a_row_against_which_something_stands(mark: Mark):
    rows = {RECEIVED: "3 4 8"}  # they do not add up, wherever they stand

    cells = cells_under(mark, rows, received__natural_person=3)

    assert states(cells, "received") == ["settled"] + ["ambiguous"] * 6
    assert cells["received/total"].more


def test_a_row_whose_cells_are_all_answered_takes_part_in_the_sums_of_the_columns(mark: Mark):
    answered = {
        f"total__{column}": value
        for column, value in zip(
            (
                "natural_person",
                "business",
                "research",
                "nonprofit",
                "legal_service",
                "other",
                "total",
            ),
            (3, None, None, None, None, 4, 7),
            strict=True,
        )
    }
    rows = {RECEIVED: "3 4 7", CARRIED_IN: "0 0 0 0 0 0 0", CARRIED_OUT: "0 0 0 0 0 0 0"}  # no row of totals

    cells = cells_under(mark, rows, **answered)

    assert values(cells, "received") == [3, 0, 0, 0, 0, 4, 7]


def test_a_blank_and_a_zero_are_one_reading(mark: Mark):
    blank = cells_under(mark, LOST, received__natural_person=None)
    nought = cells_under(mark, LOST, received__natural_person=0)

    assert [c.candidates for c in blank.values()] == [c.candidates for c in nought.values()]
    assert blank["received/natural_person"].value is None


def test_a_figure_corrected_so_that_its_row_adds_up_leaves_the_rest_of_the_row(mark: Mark):
    rows = {RECEIVED: "3 0 0 0 0 4 9"}

    mended = cells_under(mark, rows, received__total=7)
    broken = cells_under(mark, rows, received__total=8)

    assert states(mended, "received") == ["read"] * 6 + ["settled"]
    assert states(broken, "received") == ["ambiguous"] * 6 + ["settled"]


def test_a_row_that_is_as_it_stands_leaves_the_other_table_in_its_place(mark: Mark):
    page = mark(
        applications({RECEIVED: "2 2 2 2 2 2", CARRIED_IN: "1 1 1 1 1 1"})
        + "{S:四、政府信息公开行政复议、行政诉讼情况}\n"
        + " ".join(f"{{C:{column}}}" for column in REVIEW * 3)
        + "\n"
        + " ".join(f"{{V:{n}}}" for n in (1, 0, 0, 0, 9, *[0] * 10))
        + "\n- 3 -\n"  # of the page, or of the row: the band's own layout proves nothing
    )
    columns = ("natural_person", "business", "research", "nonprofit", "legal_service", "other", "total")
    as_printed = {
        f"applications/{row}/{column}": None if column == "other" else value
        for row, value in (("received", 2), ("carried_in", 1))
        for column in columns
    }

    torn = matrices_under(page, {})["review"].cells["review/reconsideration/total"]
    orderly = matrices_under(page, as_printed)["review"].cells["review/reconsideration/total"]

    assert (torn.state, orderly.state, orderly.value) == (State.AMBIGUOUS, State.READ, 9)
