"""A subtotal before the total (法人小计) is a column of the publisher's own, and never read as the total."""

from __future__ import annotations

from collections.abc import Callable

from gouji.inference.assembly.column_choice import in_columns
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.model.forms import load_forms

from .assembled import APPLICATIONS, LABELS, cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]


def with_subtotals(heads: str) -> str:
    """Two rows that add up and three of totals of 0, all with a subtotal before their total."""
    rows = [(21, 1, 4, 9, 6, 2, 22, 43), (3, 1, 0, 0, 0, 0, 1, 4), *[(0, 0, 1, 0, 0, 0, 1, 0)] * 3]
    cells = ["|".join(f"{{V:{value}}}" for value in row) for row in rows]
    labels = (*LABELS[:2], "（一）予以公开", *LABELS[2:])
    lines = [f"{{R:{label}}}|{row}" for label, row in zip(labels, cells, strict=True)]
    return APPLICATIONS + heads + "\n" + "\n".join(lines) + "\n"


def test_headers_part_a_subtotal_from_totals_of_nought_that_would_fit_as_well(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    marked = mark(with_subtotals("|".join(f"{{C:{head}}}" for head in heads)))

    (found,) = [in_columns(marked, table) for table in TableFinder(load_forms()).find(marked)]

    assert [key.rpartition("/")[2] for key in found.lines[0].keys[-3:]] == ["other", "", "total"]
    assert not found.doubts


def test_under_the_headers_of_all_columns_and_of_one_more_print_stands_whatever_the_sums_say(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    rows = [(21, 1, 4, 9, 6, 2, 22, 43), (3, 1, 0, 0, 0, 0, 1, 4), (24, 2, 4, 9, 6, 2, 23, 48)]
    cells = ["|".join(f"{{V:{value}}}" for value in row) for row in (*rows, (0,) * 8)]
    lines = [f"{{R:{label}}}|{row}" for label, row in zip(LABELS, cells, strict=True)]
    text = "|".join(f"{{C:{head}}}" for head in heads) + "\n" + "\n".join(lines) + "\n"

    found = cells_of(mark(APPLICATIONS + text), "applications")

    assert row_of(found, "received")["total"] == 43
    assert row_of(found, "total")["total"] == 48
    assert {str(cell.state) for key, cell in found.items() if key.startswith("received/")} == {"placed"}


def test_headers_part_a_subtotal_from_a_wrong_total_though_it_would_add_up(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    rows = [(0, 0, 1, 2, 5, 1, 9, 9), (0, 0, 0, 0, 1, 0, 1, 1), (0, 0, 1, 0, 0, 0, 1, 2), (0,) * 8]
    cells = ["|".join(f"{{V:{value}}}" for value in row) for row in rows]
    lines = [f"{{R:{label}}}|{row}" for label, row in zip(LABELS, cells, strict=True)]
    text = "|".join(f"{{C:{head}}}" for head in heads) + "\n" + "\n".join(lines) + "\n"

    found = cells_of(mark(APPLICATIONS + text), "applications")

    assert row_of(found, "total")["total"] == 2


def test_a_subtotal_above_a_total_that_is_blank_is_not_read_as_the_total(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    rows = [(0, 3, 1, 0, 0, 2, 6, 6), (4, 0, 0, 0, 0, 0, 0, 4), (0, 3, 0, 0, 0, 2, 5), (78, 0, 0, 0, 0, 78)]
    lines = [
        f"{{R:{label}}} " + " ".join(f"{{V:{value}}}" for value in row)
        for label, row in zip(LABELS, rows, strict=True)
    ]
    text = " ".join(f"{{C:{head}}}" for head in heads) + "\n" + "\n".join(lines) + "\n"

    found = cells_of(mark(APPLICATIONS + text), "applications")

    assert row_of(found, "received")["total"] == 6
    assert row_of(found, "total")["business"] == 3
    assert str(found["total/total"].state) == "ambiguous"
    assert is_open(found, "carried_out")


def test_without_headers_totals_of_nought_and_a_subtotal_are_open(mark: Mark):
    cells = cells_of(mark(with_subtotals("")), "applications")

    assert {cell.value for key, cell in cells.items() if key.endswith("/total")} == {None}


def test_rows_that_break_their_sums_are_open_where_a_subtotal_is_headed_and_a_total_may_be_blank(mark: Mark):
    names = ("自然人", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计")
    heads = " ".join(f"{{C:{name}}}" for name in names) + "\n"
    subtotal = ("114", "110", "7", "219", "10", "2", "348")
    numbers = [subtotal, *[("0", "17", "0", "0", "0", "0", "17")] * (len(LABELS) - 1)]
    rows = [
        f"{{R:{label}}} | " + " | ".join(f"{{V:{number}}}" for number in own) + " |\n"
        for label, own in zip(LABELS, numbers, strict=True)
    ]

    cells = cells_of(mark(APPLICATIONS + heads + "".join(rows)), "applications")

    assert is_open(cells, "received")


def test_a_header_like_that_of_a_subtotal_is_one_before_a_total_that_is_blank(mark: Mark):
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人合计", "总计")
    heads = "|".join(f"{{C:{name}}}" for name in names)
    rows = [(9, 2, 0, 0, 0, 1, 3), (0, 9, 7, 0, 0, 73, 89), (0, 1, 0, 0, 0, 1, 2), (0, 0, 1, 0, 0, 0, 1)]
    lines = [
        f"{{R:{label}}}|" + "|".join(f"{{V:{value}}}" for value in row) + "| "
        for label, row in zip(LABELS, rows, strict=True)
    ]

    found = cells_of(mark(APPLICATIONS + heads + "\n" + "\n".join(lines) + "\n"), "applications")

    assert is_open(found, "carried_in")


def test_the_lines_of_a_subtotals_header_that_stand_on_one_line_are_its_own(mark: Mark):
    heads = (
        "{C:自然\n人} {C:法人或其他组织}\n{C:总计} {C:商业\n企业} {C:科研\n机构} {C:社会\n公益\n组织}\n"
        "{C:法律\n服务\n机构}\n{C:其他} {C:法人} {C:小计}\n"
    )
    rows = [(21, 1, 4, 9, 6, 2, 22, 43), (3, 1, 0, 0, 0, 0, 1, 4), (24, 2, 4, 9, 6, 2, 23, 47), (0,) * 8]
    lines = [
        f"{{R:{label}}} " + " ".join(f"{{V:{value}}}" for value in row)
        for label, row in zip(LABELS, rows, strict=True)
    ]

    cells = cells_of(mark(APPLICATIONS + heads + "\n".join(lines) + "\n"), "applications")

    assert list(row_of(cells, "received").values()) == [21, 1, 4, 9, 6, 2, 43]


def test_a_subtotal_that_is_headed_is_no_rival_of_totals_of_nought(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    reasons = ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益")
    all_ = (2, 1, 1, 1, 1, 0, 4, 6)
    single = {label: [*(int(i == place) for i in range(6)), 1, 0] for place, label in enumerate(reasons, 1)}
    rows = {
        LABELS[0]: all_,
        LABELS[1]: (0,) * 8,
        "（一）予以公开": (2, *[0] * 7),
        **single,
        LABELS[2]: all_,
        LABELS[3]: (0,) * 8,
    }
    lines = [f"{{R:{label}}}|" + "|".join(f"{{V:{n}}}" for n in row) for label, row in rows.items()]
    text = "|".join(f"{{C:{head}}}" for head in heads) + "\n" + "\n".join(lines) + "\n"

    cells = cells_of(mark(APPLICATIONS + text), "applications")

    assert list(row_of(cells, "denied.third_party").values()) == [0, 0, 0, 0, 1, 0, 0]
    assert row_of(cells, "total")["total"] == 6
