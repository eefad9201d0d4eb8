"""Training: the same seed gives the same weights, and the folder written is whole and true to them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("datasets")

import numpy as np  # noqa: E402

from gouji.annotations.pages import LabelledPage  # noqa: E402
from gouji.inference.tagger import Tagger  # noqa: E402
from gouji.model.labels import Span, Tag  # noqa: E402
from gouji.model.network import load_network  # noqa: E402
from gouji.model.tokens import Tokenizer  # noqa: E402
from gouji.training import loop, progress  # noqa: E402
from gouji.training.dataset import IGNORED, encode_page, window_dataset  # noqa: E402
from gouji.training.export import ExportError, check_export, input_names  # noqa: E402
from gouji.training.loop import Recipe, TrainingError, train  # noqa: E402
from gouji.training.synthesize import synthesize  # noqa: E402
from gouji.training.vocabulary import special_pieces  # noqa: E402

FEW_STEPS = Recipe(seed=3, epochs=0.4, windows_a_step=8, threads=1)


@pytest.fixture(scope="module")
def pages() -> list[LabelledPage]:
    return list(synthesize(20, 5, flatteners=("bs4_nl", "tabs", "bars")))


@pytest.fixture
def no_export(monkeypatch: pytest.MonkeyPatch) -> None:
    """The export takes longer than these few steps, and has its own tests."""
    monkeypatch.setattr(loop, "export_onnx", lambda network, path: None)
    monkeypatch.setattr(loop, "check_export", lambda network, path, inputs: 0.0)


@pytest.fixture(scope="module")
def folder(pages: list[LabelledPage], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    train(pages, pages[:2], out, recipe=FEW_STEPS)
    return out


def test_a_model_folder_is_complete(folder: Path):
    assert {path.name for path in folder.iterdir()} == {
        "config.json",
        "model.safetensors",
        "model.onnx",
        "labels.json",
        "vocabulary.txt",
        "words.txt",
        "README.md",
    }
    assert "Seed 3" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_export")
def test_the_same_seed_gives_the_same_files_and_another_seed_others(
    pages: list[LabelledPage], folder: Path, tmp_path: Path
):
    train(pages, [], tmp_path / "again", recipe=FEW_STEPS)
    train(pages, [], tmp_path / "other", recipe=dataclasses.replace(FEW_STEPS, seed=4))

    for name in ("model.safetensors", "vocabulary.txt", "words.txt"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
    other = (tmp_path / "other" / "model.safetensors").read_bytes()
    assert other != (folder / "model.safetensors").read_bytes()


def test_the_onnx_file_tags_as_the_network_does(pages: list[LabelledPage], folder: Path):
    network = load_network(folder)
    windows = window_dataset(pages[:4], Tokenizer.load(folder), seed=9).with_format("numpy")[:]

    difference = check_export(network, folder / "model.onnx", windows)

    assert difference < 1e-4


def test_an_onnx_file_of_other_weights_is_found_out(pages: list[LabelledPage], folder: Path):
    network = load_network(folder)
    windows = window_dataset(pages[:4], Tokenizer.load(folder), seed=9).with_format("numpy")[:]
    with torch.no_grad():
        network.classifier.bias += torch.linspace(0, 50, len(network.classifier.bias))

    with pytest.raises(ExportError, match="tags differ"):
        check_export(network, folder / "model.onnx", windows)


@pytest.mark.usefixtures("no_export")
def test_training_starts_from_a_folder_of_ours_with_its_vocabulary(
    pages: list[LabelledPage], folder: Path, tmp_path: Path
):
    train(pages[:4], [], tmp_path, recipe=FEW_STEPS, base=folder)

    assert (tmp_path / "vocabulary.txt").read_bytes() == (folder / "vocabulary.txt").read_bytes()


def test_training_starts_from_an_encoder_of_another_tokenizer(pages: list[LabelledPage], tmp_path: Path):
    from transformers import BertConfig, BertModel, BertTokenizerFast

    characters = sorted({character for page in pages for character in page.text if not character.isspace()})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    base = tmp_path / "base"
    base.mkdir()
    (base / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    BertTokenizerFast(vocab=str(base / "vocab.txt")).save_pretrained(base)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(base)

    train(pages[:4], [], tmp_path / "out", recipe=FEW_STEPS, base=base)

    network = load_network(tmp_path / "out")
    assert input_names(network) == ("input_ids", "attention_mask")
    assert network.config.vocab_size == len(Tokenizer.load(tmp_path / "out").ids)
    assert Tagger.load(tmp_path / "out").tokenizer.ids["[PAD]"] == 0


@pytest.mark.usefixtures("no_export")
def test_a_training_that_broke_off_is_taken_up_again(
    pages: list[LabelledPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def break_off(self: object, args: object, state: object, control: object, **_: object) -> None:
        if state.global_step == 3:  # type: ignore[attr-defined]
            raise KeyboardInterrupt

    whole, broken = tmp_path / "whole", tmp_path / "broken"
    train(pages, [], whole, recipe=FEW_STEPS)
    with monkeypatch.context() as patch:
        patch.setattr(progress.StepProgress, "on_step_begin", break_off)
        with pytest.raises(KeyboardInterrupt):
            train(pages, [], broken, recipe=FEW_STEPS)
    assert any((broken / loop.CHECKPOINTS).glob("checkpoint-*"))

    train(pages, [], broken, recipe=FEW_STEPS, resume=True)

    assert (broken / "model.safetensors").read_bytes() == (whole / "model.safetensors").read_bytes()


def test_nothing_to_train_on_and_nothing_to_resume_are_said(pages: list[LabelledPage], tmp_path: Path):
    with pytest.raises(TrainingError, match="no page"):
        train([], [], tmp_path)
    with pytest.raises(TrainingError, match="no checkpoint"):
        train(pages, [], tmp_path, resume=True)


def test_windows_hold_each_token_with_its_label_and_ignore_the_padding(
    pages: list[LabelledPage], folder: Path
):
    tokenizer = Tokenizer.load(folder)
    short = LabelledPage("short", "规章 12", (Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 5)))

    windows = window_dataset([short], tokenizer, seed=0).with_format("numpy")[:]

    _, ids, labels = encode_page(short, tokenizer)
    assert windows["labels"][0, : len(labels)].tolist() == labels.tolist() == [7, 0, 11]
    assert (windows["labels"][0, len(labels) :] == IGNORED).all()
    assert int(windows["attention_mask"].sum()) == len(ids)


def test_digits_run_together_are_one_value(folder: Path):
    glued = LabelledPage("glued", "规章123", tuple(Span(Tag.VALUE, i, i + 1) for i in (2, 3, 4)))

    _, _, labels = encode_page(glued, Tokenizer.load(folder))

    assert labels.tolist() == [0, 11]


def test_every_piece_that_stands_for_a_separator_or_a_number_is_in_the_vocabulary(
    pages: list[LabelledPage], folder: Path
):
    tokenizer = Tokenizer.load(folder)

    assert set(special_pieces()) <= set(tokenizer.ids)
    shares = [np.mean(encode_page(page, tokenizer)[1] == tokenizer.ids["[UNK]"]) for page in pages]
    assert max(shares) < 0.02
