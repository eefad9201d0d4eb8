"""Ablations change the part that they name and nothing else, and measure on no page that they train on."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from click.testing import CliRunner

from gouji.annotations.pages import LabelledPage
from gouji.inference.extractor import Extractor
from gouji.inference.readers import read_page
from gouji.inference.tagger import Tagger
from gouji.model.labels import Tag
from gouji.model.network import load_network
from gouji.model.page import Page, fold
from gouji.model.tokens import WEIGHTS_DIR, Kind, Tokenizer
from gouji.training import ablations, bench
from gouji.training.ablations import AblationError, markdown, without_column_sums
from gouji.training.bench import Bench
from gouji.training.measurement import measure, measure_program, sheets_of_labelled
from gouji.training.rule_tagger import RuleTagger
from gouji.training.synthesize import synthesize
from gouji.training.variants import Variant, write_int8, write_untrained

GLUED = Path(__file__).parents[1] / "inference" / "pages" / "glued_2019.txt"
REPORT = "全年收到 3 件\n二、主动公开政府信息情况\n规　章\t12\t0\t7\n行政 许可 5\n五、问题 4 个"


@pytest.fixture(scope="module")
def pages() -> list[LabelledPage]:
    return list(synthesize(6, 5, flatteners=("bs4_nl", "tabs", "bars")))


def test_without_words_every_character_is_a_token_and_numbers_stay_whole(
    pages: list[LabelledPage], tmp_path: Path
):
    write_untrained(Variant(words=False), pages, tmp_path, seed=0)

    tokens = Tokenizer.load(tmp_path).tokenize(fold("行政许可 1,036 件"))

    assert [token.end - token.start for token in tokens] == [1, 1, 1, 1, 1, 5, 1, 1]
    assert [token.kind for token in tokens].count(Kind.NUMBER) == 1


def test_an_untrained_variant_has_the_size_that_it_names_and_another_seed_other_weights(
    pages: list[LabelledPage], tmp_path: Path
):
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        write_untrained(Variant(layers=1, hidden=32), pages, tmp_path / name, seed=seed)

    config = load_network(tmp_path / "a").config
    weights = [(tmp_path / name / "model.safetensors").read_bytes() for name in "abc"]
    assert (config.num_hidden_layers, config.hidden_size) == (1, 32)
    assert weights[0] == weights[1] != weights[2]


def test_weights_rounded_to_int8_are_a_smaller_model_that_tags(tmp_path: Path, samples: Path):
    write_int8(WEIGHTS_DIR, tmp_path)

    page = Page("a", (samples / "hexi_2020__glued.txt").read_text(encoding="utf-8"))
    sizes = [(folder / "model.onnx").stat().st_size for folder in (tmp_path, WEIGHTS_DIR)]
    assert sizes[0] < sizes[1] / 2
    assert {span.tag for span in Tagger.load(tmp_path).tag(page).spans} >= {Tag.ROW, Tag.VALUE}


def test_rules_tag_labels_with_blanks_inside_and_the_numbers_between_the_headings():
    spans = RuleTagger(Tokenizer.load()).tag(Page("a", REPORT)).spans

    assert [(str(span.tag), REPORT[span.start : span.end]) for span in spans] == [
        ("SECTION", "二、主动公开政府信息情况"),
        ("ROW", "规　章"),
        ("VALUE", "12"),
        ("VALUE", "0"),
        ("VALUE", "7"),
        ("ROW", "行政 许可"),
        ("VALUE", "5"),
    ]


def test_without_the_sums_of_the_columns_more_stays_open_and_what_is_read_is_the_same():
    page = read_page(GLUED)
    extractor = Extractor()

    with_sums = {cell.key: cell.value for cell in extractor.extract(page).cells}
    with without_column_sums():
        without = {cell.key: cell.value for cell in extractor.extract(page).cells if cell.value is not None}
    again = {cell.key: cell.value for cell in extractor.extract(page).cells}

    assert len(without) < sum(value is not None for value in with_sums.values())
    assert without.items() <= with_sums.items()
    assert again == with_sums


def test_a_measurement_scores_spans_and_cells_and_leaves_the_extractor_as_it_was(pages: list[LabelledPage]):
    extractor = Extractor()
    own = extractor.tagger

    measured = measure(extractor, sheets_of_labelled(pages))

    assert extractor.tagger is own
    assert measured.spans is not None
    assert measured.spans.micro.gold > 0
    assert measured.cells.pages == len(measured.tagged) == len(pages)
    assert 0 < measured.tagging < measured.seconds


def test_two_pages_of_one_name_are_measured_as_two(pages: list[LabelledPage]):
    page = next(page for page in pages if page.truth)
    twin = replace(page, truth=dict.fromkeys(page.truth or {}, 987))

    measured = measure_program(lambda text: {"cells": page.truth}, sheets_of_labelled([page, twin]))

    assert (measured.cells.exact, measured.cells.pages) == (1, 2)


def test_a_model_is_made_once(tmp_path: Path):
    made = []
    for _ in range(2):
        Bench(tmp_path, 1, ()).made("a", lambda out: made.append(out) or out.mkdir(parents=True))  # type: ignore[func-returns-value]

    assert made == [tmp_path / "models" / "a"]


def test_the_curve_measures_on_no_page_that_it_trains_on(
    pages: list[LabelledPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    learnt: list[set[str]] = []

    def learn(given: list[LabelledPage], held_out: object, out: Path, **_: object) -> None:
        learnt.append({page.id for page in given} & {page.id for page in pages})
        shutil.copytree(WEIGHTS_DIR, out)

    monkeypatch.setattr(bench, "train", learn)
    monkeypatch.setattr(ablations, "LABELLED", (0, 1, 2))

    lines = list(ablations.curve(Bench(tmp_path, 2, (), curve=pages)))

    assert learnt == [{pages[0].id}, {page.id for page in pages[:2]}]
    assert [line.name for line in lines] == ["0 labelled", "1 labelled", "2 labelled"]
    assert [line.measured.cells.pages for line in lines] == [len(pages) - 2] * 3


def test_a_curve_with_nothing_left_to_measure_on_is_refused(pages: list[LabelledPage], tmp_path: Path):
    with pytest.raises(AblationError, match="needs more than 10 pages of its layout, found 6"):
        list(ablations.curve(Bench(tmp_path, 2, (), curve=pages)))


def test_an_ablation_prints_a_table_with_a_row_for_each_variant(samples: Path, tmp_path: Path):
    other = tmp_path / "regex.py"
    other.write_text("def parse(text):\n    return {'cells': {}}\n", encoding="utf-8")
    arguments = ["tagger", "--pages", samples, "--truth", samples.parent / "truth", "--against-module", other]

    result = CliRunner().invoke(ablations.main, [str(argument) for argument in arguments])

    rows = [line.split(" | ") for line in result.stdout.splitlines()]
    assert [row[0] for row in rows[2:]] == [
        "| network",
        "| regular expressions",
        "| regex, without the assembler",
    ]
    assert len({len(row) for row in rows}) == 1
    right = [float(row[rows[0].index("cells right")].rstrip("%")) for row in (rows[2], rows[4])]
    assert right[0] > 50 > right[1]


@pytest.mark.slow
def test_variants_are_trained_measured_and_compared(tmp_path: Path):
    measured = list(synthesize(2, 8, flatteners=("bs4_nl",)))

    lines = list(ablations.words(Bench(tmp_path, 3, sheets_of_labelled(measured))))

    assert [line.name for line in lines] == ["words 2x96", "characters 2x96"]
    assert "trained in s" in markdown(lines).splitlines()[0]
