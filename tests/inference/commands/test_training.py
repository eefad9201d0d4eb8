"""What the commands around a training write, where, and what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.annotations.pages import LabelledPage, load_labelled_pages
from gouji.inference.calibration import CALIBRATION_FILE, load_calibration
from gouji.inference.cli import main
from gouji.inference.tagger import ModelError, Tagger
from gouji.model.tokens import WEIGHTS_DIR

ROOT = Path(__file__).parents[3]
LABELLED = ROOT / "annotations" / "labelled" / "samples.jsonl"


def gouji(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    "command",
    [
        ["annotate", ROOT / "samples" / "pages", "--to", "jsonl", "-o"],
        ["annotations", "import", LABELLED, "--from", "jsonl", "-o"],
        ["evaluate", "--pages", ROOT / "samples" / "pages", "--truth", ROOT / "samples" / "truth", "--html"],
        ["evaluate", "--labelled", LABELLED, "--html"],
        ["evaluate", "--labelled", LABELLED, "--diagram"],
        ["synthesize", "--count", "1", "-o"],
        ["synthesize", "--count", "1", "--pages"],
        ["calibrate", LABELLED, "--out"],
    ],
    ids=lambda command: f"{command[0]} {command[-1]}",
)
def test_a_file_or_folder_to_write_has_its_folders_made(command: list[str | Path], tmp_path: Path):
    written = tmp_path / "no" / "such" / "yet"

    result = gouji(*command, written)

    assert result.exit_code == 0, result.output
    assert written.exists()


def test_a_folder_that_cannot_be_made_is_named_before_any_page_is_read(tmp_path: Path):
    (tmp_path / "file").touch()

    result = gouji("evaluate", "--labelled", LABELLED, "--html", tmp_path / "file" / "folder" / "report.html")

    assert result.exit_code == 2
    assert f"{tmp_path / 'file' / 'folder'}: cannot be made: Not a directory" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("model", [[], ["--model", WEIGHTS_DIR]], ids=["by default", "by name"])
def test_the_shipped_model_is_never_calibrated_in_its_place(model: list[str | Path]):
    before = (WEIGHTS_DIR / CALIBRATION_FILE).read_bytes()

    result = gouji("calibrate", LABELLED, *model)

    assert result.exit_code == 2
    assert "ships with gouji and is never changed; name another folder with --out" in result.stderr
    assert (WEIGHTS_DIR / CALIBRATION_FILE).read_bytes() == before


def test_a_calibrated_copy_is_a_whole_model_and_leaves_the_other_as_it_was(tmp_path: Path):
    result = gouji("calibrate", LABELLED, "--out", tmp_path / "copy")

    assert result.stdout.startswith(f"{tmp_path / 'copy'}: ")
    assert Tagger.load(tmp_path / "copy").calibration != load_calibration(WEIGHTS_DIR)
    assert (tmp_path / "copy" / "model.safetensors").read_bytes() == (
        WEIGHTS_DIR / "model.safetensors"
    ).read_bytes()


def test_a_training_that_cannot_be_exported_exits_1_and_says_where_its_network_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("torch")
    from gouji.training import loop, synthesize
    from gouji.training.export import ExportError

    def fail(*_: object, **__: object) -> None:
        raise ExportError("model.onnx: 6 tags differ\nthe trained network is kept in checkpoints/model")

    monkeypatch.setattr(loop, "train", fail)
    monkeypatch.setattr(synthesize, "synthesize", lambda *_, **__: [])

    result = gouji("train", LABELLED, "--out", tmp_path / "new" / "model")

    assert result.exit_code == 1
    assert "gouji: model.onnx: 6 tags differ\nthe trained network is kept" in result.stderr


def test_issuers_that_are_kept_aside_are_written_and_not_learnt_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("torch")
    from gouji.training import loop, synthesize
    from gouji.training.export import ExportError

    learnt: list[LabelledPage] = []

    def fail(pages: list[LabelledPage], *_: object, **__: object) -> None:
        learnt.extend(pages)
        raise ExportError("as far as that")

    monkeypatch.setattr(loop, "train", fail)
    monkeypatch.setattr(synthesize, "synthesize", lambda *_, **__: [])

    result = gouji(
        "train", LABELLED, "--out", tmp_path / "model", "--aside", tmp_path / "new" / "aside.jsonl"
    )

    aside = load_labelled_pages(tmp_path / "new" / "aside.jsonl")
    given = load_labelled_pages(LABELLED)
    assert f"aside.jsonl: {len(aside)} labelled pages kept aside" in result.stderr
    assert 0 < len(aside) < len(given)
    assert sorted(p.id for p in (*learnt, *aside)) == sorted(p.id for p in given)
    assert not {p.issuer for p in learnt} & {p.issuer for p in aside}


def test_the_shipped_model_is_never_trained_over():
    pytest.importorskip("torch")

    result = gouji("train", LABELLED, "--from", "shipped", "--out", WEIGHTS_DIR)

    assert result.exit_code == 2
    assert "ships with gouji and is never changed" in result.stderr


@pytest.mark.parametrize(
    ("left", "remedy"),
    [
        ("checkpoints/", "a training into it is not finished: give the same gouji train with --resume"),
        ("model.safetensors", "its network is not exported: gouji train --resume does that"),
        ("notes.txt", "make a model folder with gouji train"),
    ],
)
def test_a_model_folder_that_is_not_whole_says_how_it_becomes_so(tmp_path: Path, left: str, remedy: str):
    for name in ("labels.json", "vocabulary.txt", "words.txt"):
        shutil.copy(WEIGHTS_DIR / name, tmp_path)
    (tmp_path / left).mkdir() if left.endswith("/") else (tmp_path / left).touch()

    with pytest.raises(ModelError, match=rf"model\.onnx missing; {remedy}"):
        Tagger.load(tmp_path)
