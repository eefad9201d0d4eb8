"""A printed label is known for the form's, whatever the printing did to it, and never for another row's."""

from __future__ import annotations

import pytest

from gouji.inference.assembly.wording import Wordings
from gouji.model.forms import LIKENESS, Label, load_forms


def likeness(printed: str, label: Label) -> float:
    return dict(Wordings([label]).matches(printed)).get(0, 0.0)


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("2.其他法律行政止公开", "2.其他法律行政法规禁止公开"),
        (
            "（二）部分公开（指同一件申请中既有给的也有不给的）",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        ),
        ("1.本机关不掌握", "1.本机关不掌握相关政府信息"),
        ("6. 属于 四类 过程性信息", "6.属于四类过程性信息"),
    ],
)
def test_a_label_cut_explained_or_spaced_is_still_like_itself(printed: str, label: str):
    assert likeness(printed, Label("row", label, ("（二）部分公开",) if "部分" in label else ())) > LIKENESS


def test_an_alias_is_as_good_as_the_official_wording():
    assert likeness("社会组织", Label("nonprofit", "社会公益组织", ("社会组织",))) == 1.0


@pytest.mark.parametrize(
    ("printed", "label"), [("其他", "（六）其他处理"), ("总计", "合计"), ("规章", "行政许可")]
)
def test_short_labels_are_not_each_others_misprint(printed: str, label: str):
    assert likeness(printed, Label("row", label)) < LIKENESS


@pytest.mark.parametrize("form", sorted(load_forms()))
@pytest.mark.parametrize("table", ["disclosure", "applications"])
def test_every_official_label_is_its_own_rows_and_no_others(form: str, table: str):
    labels = [row for _, row in load_forms()[form].table(table).rows()]
    wordings = Wordings(labels)

    for index, label in enumerate(labels):
        matches = dict(wordings.matches(label.label))
        assert matches[index] == 1.0
        assert [other for other, score in matches.items() if score == 1.0] == [index]


def test_the_rest_of_a_wrapped_label_belongs_to_its_row_and_nothing_does_not():
    wordings = Wordings([Label("granted", "（一）予以公开"), Label("query", "8.属于行政查询事项")])

    assert wordings.holds(1, "查询事项")
    assert not wordings.holds(0, "查询事项")
    assert not wordings.holds(0, "、")


def test_of_several_labels_those_are_told_that_are_alike_enough():
    wordings = Wordings([Label("law", "2.其他法律行政法规禁止公开"), Label("secret", "1.属于国家秘密")])

    assert [label.id for label in wordings.like("2.其他法律行政止公开", 0.8)] == ["law"]
    assert wordings.like("2.其他法律行政止公开", 0.9) == []


def test_a_label_cut_short_is_one_that_begins_so():
    rows = Wordings([Label("granted", "（一）予以公开"), Label("other", "（六）其他处理")])

    assert rows.matches("（六）其他…") == ((1, 0.9),)
    assert rows.matches("（六）其他") == ()


def test_a_label_numbered_on_another_level_is_less_alike():
    (match,) = Wordings([Label("rest", "3.其他")]).matches("（六）其他")

    assert match == (0, pytest.approx(0.92))


def test_a_short_label_that_lost_a_word_is_told_by_its_ordinal():
    rows = Wordings([Label("granted", "（一）予以公开"), Label("total", "（七）总计")])

    assert rows.matches("（七）总") == ((1, 0.9),)
    assert rows.matches("（六）总") == ()
