"""What is kept of a page at hand changes no answer: each is what a page read anew says under it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

import gouji
from gouji.inference.cli import main
from gouji.inference.extraction import Cell, Check, State
from gouji.inference.extractor import Extractor, PageWithReadings
from gouji.inference.result import Extraction
from gouji.inference.settling import gain
from gouji.inference.settling.answers import Answer, Said, answered
from gouji.inference.settling.at_hand import at_hand
from gouji.inference.settling.consequences import consequences
from gouji.inference.settling.gain import expected
from gouji.inference.settling.settle import settled
from gouji.model.page import Page

pytest.importorskip("bs4", reason="pip install 'gouji[train]' to run these")

TURNS = 4  # answers to a page, one after the other
ASKED = 5  # cells of which candidates are tried, each turn
DAMAGES = "blanks_vanished_in_row,zeros_vanished_in_table,blanks_gone_in_table,digit_dropped"


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Pages in held-out flattenings, of which most leave much open."""
    folder = tmp_path_factory.mktemp("held_out")

    def run(*arguments: str | Path) -> None:
        done = CliRunner().invoke(main, [*map(str, arguments), "--jobs", "1"])
        assert done.exit_code == 0, done.stderr

    made, kept = folder / "made", folder / "kept"
    run("synthesize", "--held-out", "--count", 8, "--seed", 8101, "--pages", made)
    source = ("--pages", made / "pages", "--truth", made / "truth")
    run("mutate", *source, "--count", 12, "--operators", DAMAGES, "--no-pairs", "--keep-all", kept)
    return [gouji.read(path) for path in sorted((kept / "pages").iterdir())]


def anew(extractor: Extractor, read: PageWithReadings, answers: Sequence[Answer]) -> Extraction:
    """The page under answers, all of it chosen again."""
    return extractor.answer(read, {answer.key: answer.cell() for answer in answers}).extraction


def asked_of(extraction: Extraction, rng: random.Random) -> list[str]:
    """Some open cells, and one that is known."""
    open_cells = [cell.key for cell in extraction.cells if cell.state is State.AMBIGUOUS]
    others = [cell.key for cell in extraction.cells if cell.state is not State.AMBIGUOUS]
    return [*rng.sample(open_cells, min(ASKED, len(open_cells))), rng.choice(others)]


def an_answer(page: Page, extraction: Extraction, rng: random.Random) -> Answer:
    """Any candidate of any open cell, or a value that nothing speaks for."""
    cell = extraction[asked_of(extraction, rng)[0]]
    value = rng.choice([*cell.candidates, cell.value, 7])
    return answered(page, cell, Said.BLANK if value is None else value, "li")


def other_changes(before: Extraction, after: Extraction, key: str) -> Iterator[Cell]:
    """The cells, as they are then, that say otherwise."""
    for old, new in zip(before.cells, after.cells, strict=True):
        said = [(c.state, c.value, set(c.candidates), c.more, c.derived) for c in (old, new)]
        if new.key != key and said[0] != said[1]:
            yield new


def changed_checks(before: Extraction, after: Extraction) -> set[Check]:
    pairs = zip(before.checks, after.checks, strict=True)
    return {new for old, new in pairs if old.state is not new.state}


def test_each_candidate_means_what_the_page_says_when_it_is_answered_anew(
    extractor: Extractor, damaged: list[Page]
):
    tried = following = 0
    for page in damaged:
        rng, read = random.Random(page.source), extractor.with_readings(extractor.find(page))
        answers: list[Answer] = []
        for _ in range(TURNS):
            now = anew(extractor, read, answers)
            assert settled(extractor, page, answers) == now
            for key in asked_of(now, rng):
                others = [answer for answer in answers if answer.key != key]
                without = anew(extractor, read, others)
                for meant in consequences(extractor, page, answers, key):
                    given = answered(page, without[key], meant.value, "li")
                    then = anew(extractor, read, [*others, given])
                    assert [c.after for c in meant.changes] == list(other_changes(without, then, key))
                    assert changed_checks(without, then) <= set(meant.checks) <= set(then.checks)
                    tried, following = tried + 1, following + len(meant.changes)
            answers.append(an_answer(page, now, rng))
    assert min(tried, following) > 100


def test_what_an_answer_is_worth_is_what_the_solver_leaves_under_each_of_its_values(
    extractor: Extractor, damaged: list[Page], monkeypatch: pytest.MonkeyPatch
):
    extractions = [settled(extractor, page, ()) for page in damaged]
    looked_through = [expected(extraction) for extraction in extractions]

    monkeypatch.setattr(gain, "choices_of_table", lambda rows, sums: None)
    solved = [expected(extraction) for extraction in extractions]

    assert [pytest.approx(gains) for gains in solved] == looked_through
    assert max(max(gains.values(), default=0) for gains in looked_through) > 2


def test_a_page_at_hand_is_read_once_and_another_of_its_text_for_itself(extractor: Extractor):
    page = Page("a.txt", "今天天气很好。")

    first = at_hand(extractor, page)

    assert at_hand(extractor, Page("a.txt", page.text)) is first
    assert at_hand(extractor, Page("b.txt", page.text)) is not first
    assert at_hand(Extractor(), page) is not first
