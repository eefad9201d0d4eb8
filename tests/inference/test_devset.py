"""The real pages that the project is measured on, where they lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import read_page
from gouji.inference.result import Extraction
from gouji.model.labels import Tag
from gouji.model.tokens import Kind, Token

DEVSET = Path(__file__).resolve().parents[2].parent / "shared" / "devset"
SEEDS = [f"seed{number}" for number in range(5)]

pytestmark = pytest.mark.skipif(not DEVSET.is_dir(), reason="shared/devset is not beside this checkout")


def page_of(seed: str) -> Path:
    return DEVSET / "pages" / f"{seed}__web.txt"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_of_a_seed_is_right_and_the_page_is_verified(extractor: Extractor, seed: str):
    truth = json.loads((DEVSET / "truth" / f"{seed}.json").read_text(encoding="utf-8"))
    doubtful = set(truth.get("doubtful", ()))

    extraction = extractor.extract(read_page(page_of(seed)))

    found = {cell.key: cell.value for cell in extraction.cells}
    assert {k: v for k, v in found.items() if k not in doubtful} == {
        k: v for k, v in truth["cells"].items() if k not in doubtful
    }
    assert {found[key] or 0 for key in doubtful} <= {0}
    assert extraction.status is Status.VERIFIED


@pytest.mark.parametrize("seed", SEEDS)
def test_every_printed_number_of_a_seeds_tables_is_tagged_a_value_and_nothing_else(
    extractor: Extractor, seed: str
):
    page = read_page(page_of(seed))
    first, last = page.text.index("第二十条第"), page.text.rindex("五、存在")

    tagged = extractor.tagger.tag(page)

    values = {span.start for span in tagged.spans if span.tag is Tag.VALUE}
    tokens = tagged.tokens
    numbers = {
        token.start
        for index, token in enumerate(tokens)
        if token.kind is Kind.NUMBER and first < token.start < last and not _in_words(tokens, index)
    }
    assert values == numbers


def _in_words(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a word stands right before a number, as in 保留4位小数."""
    return tokens[index - 1].kind is Kind.WORD


@pytest.fixture(scope="module")
def answers(extractor: Extractor) -> dict[str, Extraction]:
    """The answer to every text page, by the file's name."""
    pages = sorted((DEVSET / "pages").glob("*.txt"))
    return {path.name: extractor.extract(read_page(path)) for path in pages}


@pytest.mark.slow
def test_every_open_cell_of_any_page_says_why_and_no_other_does(answers: dict[str, Extraction]):
    cells = [(name, cell) for name, answer in answers.items() for cell in answer.cells]

    open_states = (State.AMBIGUOUS, State.MISSING)
    assert not [each for each in cells if bool(each[1].why) is not (each[1].state in open_states)]


@pytest.mark.slow
def test_no_cell_of_any_page_is_wrong_and_no_candidate_list_misses_the_truth(
    answers: dict[str, Extraction],
):
    truths = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (DEVSET / "truth").glob("*.json")
    }
    wrong = []
    for name, answer in answers.items():
        cells = {cell.key: cell for cell in answer.cells}
        for key, value in truths[name.split("__")[0]]["cells"].items():
            cell = cells[key]
            if cell.state is State.AMBIGUOUS and not cell.more:
                said = {candidate or 0 for candidate in cell.candidates}
            elif cell.value is None:
                continue
            else:
                said = {cell.value}
            if (value or 0) not in said:
                wrong.append((name, key, value, cell))

    assert not wrong
