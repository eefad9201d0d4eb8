"""Row labels are found in the form's order: whole, wrapped, broken by numbers, beside labels of no row."""

from __future__ import annotations

from collections.abc import Callable

from gouji.inference.assembly.anchors import Alignment, align, labels_of
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.wording import Wordings
from gouji.model.forms import load_forms

Mark = Callable[[str], MarkedPage]


def aligned(marked: MarkedPage, form: str = "2021", table: str = "applications") -> Alignment:
    found = load_forms()[form].table(table)
    rows = Wordings([row for _, row in found.rows()])
    return align(labels_of(marked.page, marked.spans, rows), load_forms()[form], found, rows)


def found_rows(
    marked: MarkedPage, form: str = "2021", table: str = "applications"
) -> list[tuple[str, list[str]]]:
    """The id of each row that was found, with the pieces of its label."""
    alignment = aligned(marked, form, table)
    ids = [row.id for _, row in alignment.table.rows()]
    return [
        (ids[anchor.row], [marked.page.text[piece.start : piece.end] for piece in anchor.pieces])
        for anchor in alignment.anchors
    ]


def test_every_row_of_a_complete_table_is_found_at_its_label(mark: Mark):
    labels = [row.label for _, row in load_forms()["2021"].table("applications").rows()]

    alignment = aligned(mark("\n".join(f"{{R:{label}}}" for label in labels)))

    assert [anchor.row for anchor in alignment.anchors] == list(range(len(labels)))
    assert all(anchor.likeness == 1.0 for anchor in alignment.anchors)


def test_a_label_broken_in_two_is_one_rows(mark: Mark):
    page = mark(
        "{R:1.属于国家秘密} {V:0}\n{R:2.其他法律行政}\n{R:法规禁止公开} {V:3}\n{R:3.危及三安全一稳定} {V:1}"
    )

    assert found_rows(page) == [
        ("denied.state_secret", ["1.属于国家秘密"]),
        ("denied.law_prohibits", ["2.其他法律行政", "法规禁止公开"]),
        ("denied.endangers_security", ["3.危及三安全一稳定"]),
    ]


def test_a_label_wrapped_around_its_numbers_is_one_rows(mark: Mark):
    page = mark(
        "{R:4.无正当理由大量反复申请} {V:9}\n"
        "{R:5.要求行政机关确认或重新出}\n{V:4} {V:7} {V:0}\n{R:具已获取信息}\n"
        "{R:（七）总计} {V:0}"
    )

    assert found_rows(page) == [
        ("rejected.excessive", ["4.无正当理由大量反复申请"]),
        ("rejected.reconfirm", ["5.要求行政机关确认或重新出", "具已获取信息"]),
        ("total", ["（七）总计"]),
    ]


def test_a_group_label_repeated_after_a_page_break_is_no_row(mark: Mark):
    page = mark(
        "{G:（四）无法提供}\n{R:1.本机关不掌握相关政府信息} {V:2}\n- 5 -\n{G:（四）无法提供}\n"
        "{R:2.没有现成信息需要另行制作} {V:0}"
    )

    assert [row for row, _ in found_rows(page)] == ["unavailable.not_held", "unavailable.must_be_created"]


def test_pieces_of_a_group_label_between_those_of_a_row_are_left_out(mark: Mark):
    page = mark("{R:5.要求行政机关确认或重新出}\n{G:不予处理}\n{R:具已获取信息} {V:1}\n{R:（七）总计} {V:8}")

    assert found_rows(page) == [
        ("rejected.reconfirm", ["5.要求行政机关确认或重新出", "具已获取信息"]),
        ("total", ["（七）总计"]),
    ]


def test_a_lost_label_leaves_its_row_out_and_moves_no_other(mark: Mark):
    page = mark("{R:5.属于三类内部事务信息} {V:6}\n{V:8}\n{R:7.属于行政执法案卷} {V:3}")

    assert [row for row, _ in found_rows(page)] == ["denied.internal_affairs", "denied.enforcement_file"]


def test_a_row_that_the_form_does_not_have_is_no_anchor(mark: Mark):
    page = mark("{R:规章} {V:1}\n{R:规范性文件} {V:2}\n{R:其他主动公开文件} {V:57}\n{R:行政许可} {V:3}")

    rows = [row for row, _ in found_rows(page, "2019", "disclosure")]

    assert rows == ["regulations", "normative_documents", "licensing"]


def test_the_same_short_label_in_two_places_is_the_row_that_order_allows(mark: Mark):
    page = mark(
        "{C:其他}\n{R:2.申请人逾期未按收费通知要求缴纳费用} {V:0}\n{R:3.其他} {V:7}\n{R:（七）总计} {V:7}"
    )

    assert [row for row, _ in found_rows(page)] == ["other.fee_unpaid", "other.rest", "total"]


def test_the_single_row_of_other_handling_tells_the_form_of_2019(mark: Mark):
    page = mark(
        "{R:5.要求行政机关确认或重新出具已获取信息} {V:1}\n{R:（六）其他处理} {V:4}\n{R:（七）总计} {V:9}"
    )

    assert aligned(page, "2019").score > aligned(page, "2021").score


def test_the_rows_of_other_handling_tell_the_form_of_2021(mark: Mark):
    labels = [row.label for _, row in load_forms()["2021"].table("applications").rows()]
    page = mark("\n".join(f"{{R:{label}}}" for label in labels[-8:]))

    assert aligned(page, "2021").score > aligned(page, "2019").score


def test_a_page_without_row_labels_fits_no_form(mark: Mark):
    alignment = aligned(mark("{C:自然人} {C:总计}\n{V:3}"))

    assert alignment.anchors == ()
    assert alignment.score == float("-inf")
