"""The split by issuer: no report on both sides, whatever tells that two pages are of one."""

from __future__ import annotations

import dataclasses
import random

from hypothesis import given
from hypothesis import strategies as st

from gouji.annotations.pages import LabelledPage
from gouji.training.split import issuers_of, keep_aside, split_by_issuer

FIGURES = {f"applications/row{number}/total": number for number in range(1, 15)}


def page(name: str, *, text: str = "", issuer: str = "", truth: dict[str, int] | None = None) -> LabelledPage:
    return LabelledPage(name, text or f"page {name}", (), issuer=issuer, truth=truth)


@given(st.lists(st.integers(0, 12), max_size=40), st.integers(0, 3), st.randoms(use_true_random=False))
def test_no_issuer_is_on_both_sides_and_no_page_is_lost(numbers: list[int], seed: int, rng: random.Random):
    pages = [page(f"p{place}", issuer=f"第{number}局") for place, number in enumerate(numbers)]
    cut = len(pages) // 2

    split = split_by_issuer(pages[:cut], pages[cut:], seed=seed)

    learnt = {p.issuer for p in (*split.labelled, *split.made_up)}
    watched = {p.issuer for p in (*split.watched_labelled, *split.watched_made_up)}
    assert not learnt & watched
    assert sorted(p.id for p in (*split.labelled, *split.watched_labelled)) == sorted(
        p.id for p in pages[:cut]
    )
    assert len(split.made_up) + len(split.watched_made_up) == len(pages) - cut
    shuffled = rng.sample(pages[:cut], cut)
    again = split_by_issuer(shuffled, pages[cut:], seed=seed)
    assert {p.id for p in again.watched_labelled} == {p.id for p in split.watched_labelled}


@given(st.lists(st.integers(0, 6), max_size=20), st.randoms(use_true_random=False))
def test_pages_to_measure_on_are_of_issuers_that_are_not_learnt_from(numbers: list[int], rng: random.Random):
    pages = [page(f"p{place}", issuer=f"第{number}局") for place, number in enumerate(numbers)]

    learnt, aside = keep_aside(rng.sample(pages, len(pages)), seed=0)

    assert not {p.issuer for p in learnt} & {p.issuer for p in aside}
    assert sorted(p.id for p in (*learnt, *aside)) == sorted(p.id for p in pages)
    assert bool(aside) == (len(set(numbers)) > 1)
    assert {p.id for p in aside} == {p.id for p in keep_aside(pages, seed=0)[1]}  # whatever their order


def test_of_twenty_issuers_four_are_kept_aside_and_another_seed_keeps_others():
    pages = [page(f"p{number}", issuer=f"第{number}局") for number in range(20)]

    aside = {split_by_issuer(pages, [], seed=seed).watched_labelled for seed in range(5)}

    assert all(len(watched) == 4 for watched in aside)
    assert len(aside) == 5


def test_of_nineteen_issuers_every_page_is_learnt_from_and_every_made_up_one():
    pages = [page(f"p{number}", issuer=f"第{number}局") for number in range(19)]
    made_up = [page(f"m{number}", issuer=f"第{number}厅") for number in range(40)]

    split = split_by_issuer(pages, made_up, seed=0)

    assert (split.labelled, split.made_up) == (tuple(pages), tuple(made_up))
    assert (split.watched_labelled, split.watched_made_up) == ((), ())
    assert (split.issuers, split.watched_issuers) == (19, 0)


def test_of_made_up_pages_alone_some_are_kept_aside():
    made_up = [page(f"m{number}", issuer=f"第{number}厅") for number in range(40)]

    assert len(split_by_issuer([], made_up, seed=0).watched_made_up) == 2


def test_pages_without_an_issuer_are_of_one_report_by_title_id_text_or_figures():
    by_title = (
        page("a", text="青溪市水务局2020年政府信息公开工作年度报告\n一、总体情况"),
        page("b", issuer="青溪市 水务局"),
    )
    by_id = page("c__web"), page("c__pdf")
    by_text = page("d", text="same"), page("e", text="same")
    by_figures = page("f", truth=FIGURES), page("g", truth={**FIGURES, "applications/row99/total": 0})

    for pair in (by_title, by_id, by_text, by_figures):
        assert len(set(issuers_of(pair))) == 1, pair
    assert len(set(issuers_of([*by_title, *by_id, *by_text, *by_figures]))) == 4


def test_reports_of_a_few_figures_may_agree_by_chance():
    few = {"applications/received/total": 1, "applications/carried_in/total": 0}

    assert len(set(issuers_of([page("a", truth=few), page("b", truth=few)]))) == 2


def test_a_made_up_page_of_a_labelled_issuer_stays_on_its_side():
    labelled = [page(f"p{number}", issuer=f"第{number}局") for number in range(20)]
    made_up = [dataclasses.replace(p, id=f"m-{p.id}", text=f"made up {p.id}") for p in labelled]

    split = split_by_issuer(labelled, made_up, seed=0)

    assert [p.issuer for p in split.watched_made_up] == [p.issuer for p in split.watched_labelled]
