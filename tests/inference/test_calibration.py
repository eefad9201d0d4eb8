"""Confidence says how often a tag is right: fitted to counted tags, kept beside weights, no tag changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from gouji.inference.calibration import (
    CALIBRATION_FILE,
    Calibration,
    CalibrationError,
    fit_calibration,
    load_calibration,
)
from gouji.inference.tagger import Tagger
from gouji.model.page import Page
from gouji.model.tokens import WEIGHTS_DIR

PAGE = Page("a.txt", "规章\n1\n2\n3\n行政规范性文件\n4\n5\n")
TRUE = Calibration(power=1.4, scale=2.5, pages=1, spans=1, wrong=0)


def counted(true: Calibration, of_each: int = 4000) -> tuple[list[float], list[bool]]:
    """Tags that are right as often as a calibration says, at each of some probabilities."""
    probabilities, right = [], []
    for probability in (0.4, 0.6, 0.8, 0.9, 0.97, 0.99, 0.999):
        share = float(true.confidence(probability))
        probabilities += [probability] * of_each
        right += [index < share * of_each for index in range(of_each)]
    return probabilities, right


def test_the_fit_finds_how_often_tags_were_right():
    fitted = fit_calibration(*counted(TRUE), pages=7)

    assert fitted.power == pytest.approx(1.4, abs=0.05)
    assert fitted.scale == pytest.approx(2.5, abs=0.2)
    assert (fitted.pages, fitted.spans) == (7, 28_000)


def test_a_few_tags_that_are_all_right_make_nobody_sure_without_bound():
    fitted = fit_calibration([0.9, 0.95, 0.99], [True, True, True], pages=1)

    assert 0.9 < float(fitted.confidence(0.9)) < 0.99


def test_confidence_keeps_the_order_and_gives_the_probability_back():
    probabilities = np.array([0.0, 0.3, 0.9, 0.999, 0.99999])

    confidences = TRUE.confidence(probabilities)

    assert (np.diff(confidences) > 0).all()
    assert np.allclose(TRUE.probability(confidences), probabilities)


def test_without_a_tag_there_is_nothing_to_fit():
    with pytest.raises(CalibrationError, match="no tag was found"):
        fit_calibration([], [], pages=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped model folder that may be changed."""
    shutil.copytree(WEIGHTS_DIR, tmp_path / "model")
    return tmp_path / "model"


def test_a_folder_without_the_file_says_what_its_network_says(folder: Path):
    shipped = Tagger.load().tag(PAGE)
    (folder / CALIBRATION_FILE).unlink()

    bare = Tagger.load(folder)
    tagged = bare.tag(PAGE)

    shipped_calibration = load_calibration(WEIGHTS_DIR)
    assert bare.calibration is None
    assert shipped_calibration is not None
    assert (tagged.labels, tagged.values) == (shipped.labels, shipped.values)
    again = shipped_calibration.confidence(np.array(tagged.probabilities, dtype=np.float32))
    assert np.allclose(again, shipped.probabilities)
    assert [(s.tag, s.start, s.end) for s in tagged.spans] == [(s.tag, s.start, s.end) for s in shipped.spans]


@pytest.mark.parametrize(
    "text", ["{", '{"power": 1}', '{"power": -1, "scale": 1, "pages": 1, "spans": 1, "wrong": 0}']
)
def test_a_faulty_file_is_named_with_the_remedy(folder: Path, text: str):
    (folder / CALIBRATION_FILE).write_text(text, encoding="utf-8")

    with pytest.raises(CalibrationError, match=r"calibration\.json: .*gouji calibrate"):
        Tagger.load(folder)
