"""Every doubt has a name of its own, and a smallest page that reads otherwise without it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

from gouji.inference import assembly
from gouji.inference.ablation.smallest_page import Notice, answer, notices
from gouji.inference.assembly.answered import ANSWERED_OTHERWISE
from gouji.inference.assembly.doubt import Doubt
from gouji.inference.assembly.doubts.catalogue import DOUBTS
from gouji.inference.assembly.doubts.view import RowDoubt

WITHOUT_PAGE = {"twin_label"}  # no shipped form has rows that print the same words
OPEN_ANYHOW = {
    "cells_untold",
    "long_among_few",
    "on_a_line_like_a_page_mark",
    "too_many_readings",
    "totals_of_nought",
    "too_many_without_sum",
}


def defined() -> Iterator[Doubt]:
    """Every doubt that some module of the assembler defines."""
    for module in pkgutil.walk_packages(assembly.__path__, f"{assembly.__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, RowDoubt):
                yield value.doubt
            elif isinstance(value, Doubt):
                yield value


def test_the_catalogue_knows_every_doubt_by_one_name():
    doubts = set(defined())

    assert doubts == {*DOUBTS.values(), ANSWERED_OTHERWISE}  # that one is about no print
    assert len({doubt.name for doubt in doubts}) == len(doubts)


@pytest.mark.parametrize("doubt", DOUBTS.values(), ids=list(DOUBTS))
def test_a_doubt_says_in_a_sentence_what_it_is_about(doubt: Doubt):
    assert doubt.about.endswith(".")
    assert bool(doubt.print_) == (doubt.name not in WITHOUT_PAGE)


@pytest.mark.parametrize("name", sorted(DOUBTS.keys() - WITHOUT_PAGE))
def test_cells_of_its_smallest_page_are_open_for_the_doubts_reason(name: str):
    read = answer(DOUBTS[name].print_)

    assert name in read.doubts
    assert any(DOUBTS[name].why in read.cells[key].why for key in read.open)


@pytest.mark.parametrize("name", sorted(DOUBTS.keys() - WITHOUT_PAGE - OPEN_ANYHOW))
def test_its_smallest_page_is_settled_further_without_the_doubt(name: str):
    assert notices(DOUBTS[name]) is Notice.OPENS


@pytest.mark.parametrize("name", sorted(OPEN_ANYHOW))
def test_without_a_doubt_of_what_is_open_anyhow_its_page_says_more_than_it_may(name: str):
    assert notices(DOUBTS[name]) in (Notice.UNLISTS, Notice.EXPLAINS)
