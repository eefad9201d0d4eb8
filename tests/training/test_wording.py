"""A publisher's habits show in every label that it prints, and take nothing away that they should not."""

from __future__ import annotations

import random
from dataclasses import replace

from gouji.model.forms import Label, load_forms
from gouji.training.printed import Print
from gouji.training.wording import Wording


def group_label() -> Label:
    return load_forms()["2021"].table("applications").blocks[0].groups[0]


def plain_wording(seed: int) -> Wording:
    drawn = Wording.draw(random.Random(seed), 2023)
    return replace(drawn, half=False, alias=0, explained=0, breaks=0, spaced=0, lossy=0, upright=None)


def test_a_group_printed_down_the_page_keeps_its_characters_and_breaks_every_line() -> None:
    label = group_label()

    printed = replace(plain_wording(1), upright=2).group(label)

    assert printed.replace("\n", "") == label.label
    assert {len(line) for line in printed.split("\n")[:-1]} == {2}


def test_a_group_printed_across_is_one_line() -> None:
    assert plain_wording(1).group(group_label()) == group_label().label


def test_blanks_stand_inside_a_label_and_nowhere_else() -> None:
    wording = replace(plain_wording(2), spaced=1.0)

    printed = [wording.label(group_label()) for _ in range(50)]

    assert all("".join(text.split()) == group_label().label for text in printed)
    assert all(text == text.strip() and len(text.split()) > 1 for text in printed)


def test_a_unit_stands_behind_every_count_and_not_behind_money() -> None:
    wording = replace(
        plain_wording(3), blank=None, unit="", count_unit="件", full_digits=False, thousands=False, padding=""
    )

    assert wording.value(12, money=False, signed=False) == Print("12件", 12, "件")
    assert wording.value(0, money=False, signed=False) == Print("0件", 0, "件")
    assert "件" not in wording.value(12, money=True, signed=False).text


def test_an_explanation_stands_behind_a_label_or_inside_it() -> None:
    wording = replace(plain_wording(4), explained=1.0)
    label = Label("informants", "信访举报投诉类申请")

    printed = [wording.label(label) for _ in range(150)]

    assert any(text.startswith(label.label) for text in printed)
    assert any(not text.startswith(label.label) and text.endswith(label.label[-1]) for text in printed)
