"""Candidates stand in the order of what reports hold; the order proves nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from gouji.inference.assembly.assemble import assemble
from gouji.inference.assembly.likelihood import log_shares, weights_of_values
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Cell, State
from gouji.model.forms import load_forms

COLUMNS = ("natural_person", "business", "research", "nonprofit", "legal_service", "other", "total")
KEYS = tuple(f"applications/granted/{column}" for column in COLUMNS)
HEADS = "{S:三、收到和处理政府信息公开申请情况}\n" + " ".join(
    f"{{C:{label}}}"
    for label in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
)


def one_applicant(place: int, number: int = 34) -> list[int]:
    """The values of the reading of `34 34` in which one applicant has all."""
    return [number if column in (place, 6) else 0 for column in range(7)]


def granted(marked: MarkedPage) -> list[Cell]:
    found = next(f for f in TableFinder(load_forms()).find(marked) if f.table.id == "applications")
    cells = assemble(marked, [found])["applications"].cells
    return [cell for key, cell in cells.items() if key.startswith("applications/granted/")]


def test_natural_persons_have_all_applications_far_more_often_than_any_other_applicant():
    weighed = weights_of_values(KEYS, [one_applicant(place) for place in range(6)])

    assert weighed[0] == 1.0
    assert sum(weighed[1:]) < 0.6


def test_the_likeliest_candidate_comes_first_and_the_cell_stays_open(mark: Callable[[str], MarkedPage]):
    cells = granted(mark(HEADS + "\n{R:（一）予以公开} {V:34} {V:34}"))

    assert [cell.candidates for cell in cells[:2]] == [(34, None), (None, 34)]
    assert {cell.state for cell in cells[:6]} == {State.AMBIGUOUS}
    assert (cells[6].value, cells[6].state) == (34, State.PLACED)


def test_cells_that_were_never_counted_leave_the_order_as_it_is():
    weighed = weights_of_values(("website/visits/a", "website/visits/b"), [(5, 0), (0, 5)])

    assert weighed == [1.0, 1.0]


def test_numbers_of_any_length_are_weighed():
    weighed = weights_of_values(KEYS, [one_applicant(0, 10**60), one_applicant(1, 10**60)])

    assert all(0 <= weight <= 1 for weight in weighed)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_cell_of_the_shipped_forms_was_counted_and_its_shares_add_up(form: str):
    shares = log_shares()

    for table in load_forms()[form].tables:
        for key in table.keys():
            assert np.exp(shares[key]).sum() == pytest.approx(1.0), key
