"""How sure the tagger is, held against how often it is right: bins, the error, the diagram, the commands."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from gouji.annotations.pages import LabelledPage, load_labelled_pages
from gouji.annotations.reading_order import as_read
from gouji.inference.calibration import CALIBRATION_FILE, load_calibration
from gouji.inference.cli import main
from gouji.inference.evaluation.reliability import JudgedSpan, judged_spans, reliability, uncalibrated
from gouji.inference.evaluation.reliability_figure import reliability_figure
from gouji.inference.tagger import TaggedPage, Tagger
from gouji.model.labels import Span, Tag
from gouji.model.page import Page
from gouji.model.tokens import WEIGHTS_DIR, Tokenizer

LABELLED = Path(__file__).parents[2] / "evaluation" / "labelled.jsonl"


def test_a_tag_is_right_where_all_that_it_covers_has_it_wherever_it_ends():
    text = "规章 12 34 其他"
    page = LabelledPage("a", text, (Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 8)))
    found = (Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 5), Span(Tag.VALUE, 6, 11, 0.6))
    tagged = TaggedPage(Page("a", text), tuple(Tokenizer.load().tokenize(text)), (), (), found)

    judged = judged_spans([page], [tagged])

    assert judged == [JudgedSpan(1.0, True), JudgedSpan(1.0, True), JudgedSpan(0.6, False)]


def test_the_error_is_the_distance_of_each_bin_weighted_by_its_spans():
    spans = [JudgedSpan(0.9, True)] * 9 + [JudgedSpan(0.9, False)] + [JudgedSpan(0.4, True)] * 10

    found = reliability(spans)

    assert found.error == pytest.approx(0.5 * 0.0 + 0.5 * 0.6)
    assert [(b.least, b.most, b.spans, b.right) for b in found.bins if b.spans] == [
        (0.0, 0.5, 10, 10),
        (0.8, 0.9, 10, 9),
    ]


def test_the_shipped_calibration_halves_the_error_at_least_on_pages_that_it_was_not_fitted_to():
    tagger = Tagger.load()
    pages = [as_read(page) for page in load_labelled_pages(LABELLED)]

    judged = judged_spans(pages, [tagger.tag(Page(page.id, page.text)) for page in pages])
    before = reliability(uncalibrated(judged, load_calibration(WEIGHTS_DIR)))

    assert reliability(judged).error < before.error / 2


def test_the_diagram_is_well_formed_and_says_each_curves_error():
    curve = reliability([JudgedSpan(0.9, True)] * 9 + [JudgedSpan(0.9, False)])

    root = ElementTree.fromstring(ElementTree.tostring(reliability_figure({"before": curve, "after": curve})))

    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert "before: ECE 0.00000" in texts
    assert sum(element.tag.endswith("polyline") for element in root.iter()) == 2


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Four labelled pages."""
    lines = LABELLED.read_text(encoding="utf-8").splitlines()[:4]
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_calibrate_writes_the_file_that_evaluate_then_draws(few: Path, tmp_path: Path):
    model = tmp_path / "model"
    shutil.copytree(WEIGHTS_DIR, model)
    (model / CALIBRATION_FILE).unlink()
    drawn = ["evaluate", "--labelled", str(few), "--model", str(model), "--diagram", str(tmp_path / "a.svg")]

    bare = CliRunner().invoke(main, drawn)
    made = CliRunner().invoke(main, ["calibrate", str(few), "--model", str(model)])
    after = CliRunner().invoke(main, [*drawn, "--overwrite"])

    assert (bare.exit_code, made.exit_code, after.exit_code) == (0, 0, 0), made.output
    assert "not calibrated" in bare.output
    assert "tags wrong on 4 pages" in made.output
    assert "before calibration" in after.output
    assert "calibrated: ECE" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert load_calibration(model) is not None


def test_a_diagram_is_of_labelled_pages_alone(few: Path, tmp_path: Path):
    run = CliRunner().invoke(
        main, ["evaluate", "--pages", str(tmp_path), "--truth", str(tmp_path), "--diagram", "a.svg"]
    )

    assert run.exit_code == 2
    assert "--diagram goes with" in run.output
