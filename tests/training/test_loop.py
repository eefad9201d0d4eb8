"""Training: the same seed gives the same weights, and the folder written is whole and true to them."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import Literal

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("datasets")

import numpy as np  # noqa: E402
from safetensors.torch import load, load_file  # noqa: E402

from gouji.annotations.pages import LabelledPage  # noqa: E402
from gouji.inference.tagger import ModelError, Tagger  # noqa: E402
from gouji.model.labels import Span, Tag  # noqa: E402
from gouji.model.network import WeightsError, load_network, new_network  # noqa: E402
from gouji.model.tokens import WEIGHTS_DIR, Tokenizer  # noqa: E402
from gouji.training import loop, progress  # noqa: E402
from gouji.training.checkpoints import CHECKPOINTS, CheckpointError, last_checkpoint  # noqa: E402
from gouji.training.dataset import IGNORED, encode_page, window_dataset  # noqa: E402
from gouji.training.export import ExportError, check_export, export_onnx, input_names  # noqa: E402
from gouji.training.loop import TrainingError, train  # noqa: E402
from gouji.training.recipe import Recipe  # noqa: E402
from gouji.training.synthesize import synthesize  # noqa: E402
from gouji.training.validation import Validation  # noqa: E402
from gouji.training.vocabulary import special_pieces  # noqa: E402

FEW_STEPS = Recipe(seed=3, epochs=0.04, windows_a_step=8, threads=1, checkpoints=4)


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
        "calibration.json",
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


def test_a_label_that_stands_as_near_to_another_as_rounding_is_no_fault_of_the_export(
    pages: list[LabelledPage], folder: Path, tmp_path: Path
):
    network = load_network(folder)
    windows = window_dataset(pages[:4], Tokenizer.load(folder), seed=9).with_format("numpy")[:]
    with torch.no_grad():
        network.classifier.weight.zero_()
        network.classifier.bias.zero_()
    export_onnx(network, tmp_path / "model.onnx")
    with torch.no_grad():
        network.classifier.bias[3] += 1e-4

    assert check_export(network, tmp_path / "model.onnx", windows) == pytest.approx(1e-4)


def test_a_table_of_positions_that_an_earlier_training_moved_is_exported_as_it_is(
    pages: list[LabelledPage], folder: Path, tmp_path: Path
):
    network = load_network(folder)
    windows = window_dataset(pages[:4], Tokenizer.load(folder), seed=9).with_format("numpy")[:]
    with torch.no_grad():
        network.roformer.encoder.embed_positions.weight.mul_(0.5)

    export_onnx(network, tmp_path / "model.onnx")

    assert check_export(network, tmp_path / "model.onnx", windows) < 1e-4
    with pytest.raises((AssertionError, ExportError)):  # of the network as it was some tags may differ, too
        assert check_export(load_network(folder), tmp_path / "model.onnx", windows) < 1e-4


def test_what_stops_the_exporter_is_said_in_one_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object, **__: object) -> None:
        raise NotImplementedError("no such operator\nand a hundred lines more")

    monkeypatch.setattr(torch.onnx, "export", fail)

    with pytest.raises(ExportError, match=r"model\.onnx: .* NotImplementedError: no such operator$"):
        export_onnx(load_network(folder), tmp_path / "model.onnx")


def test_no_exported_file_names_the_code_that_made_it(folder: Path):
    for path in (folder / "model.onnx", WEIGHTS_DIR / "model.onnx"):
        assert b".py" not in path.read_bytes()


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


@pytest.mark.usefixtures("no_export")
@pytest.mark.parametrize("from_folder", [False, True], ids=["from nothing", "from a folder"])
def test_no_training_moves_the_table_of_positions(
    pages: list[LabelledPage], folder: Path, tmp_path: Path, from_folder: bool
):
    exact = new_network(1).roformer.encoder.embed_positions.weight

    training = train(pages, [], tmp_path, recipe=FEW_STEPS, base=folder if from_folder else None)

    trained = load_network(tmp_path)
    assert torch.equal(trained.roformer.encoder.embed_positions.weight, exact)
    assert training.parameters == sum(p.numel() for p in trained.parameters()) - exact.numel()


def base_of(model: Literal["Bert", "RoFormer"], pages: list[LabelledPage], base: Path) -> Path:
    """An encoder as others make them: its own tokenizer, no places, dropout, saved in half precision."""
    import transformers
    from transformers import BertTokenizerFast

    characters = sorted({character for page in pages for character in page.text if not character.isspace()})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (base / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    BertTokenizerFast(vocab=str(base / "vocab.txt")).save_pretrained(base)
    config = getattr(transformers, f"{model}Config")(
        vocab_size=len(pieces),
        embedding_size=32,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    torch.manual_seed(1)
    getattr(transformers, f"{model}Model")(config).half().save_pretrained(base)
    return base


@pytest.fixture(scope="module")
def encoder(pages: list[LabelledPage], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base_of("Bert", pages, tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize("model", ["Bert", "RoFormer"])
def test_training_starts_from_an_encoder_of_another_tokenizer(
    pages: list[LabelledPage], tmp_path: Path, model: Literal["Bert", "RoFormer"]
):
    (tmp_path / "base").mkdir()
    encoder = base_of(model, pages, tmp_path / "base")

    train(pages[:4], pages[:2], tmp_path / "out", recipe=FEW_STEPS, base=encoder)

    network = load_network(tmp_path / "out")
    assert input_names(network) == ("input_ids", "attention_mask")
    assert network.dtype == torch.float32
    assert network.config.vocab_size == len(Tokenizer.load(tmp_path / "out").ids)
    assert Tagger.load(tmp_path / "out").tokenizer.ids["[PAD]"] == 0


@pytest.mark.usefixtures("no_export")
def test_pickled_weights_are_no_base_and_the_folder_stays_as_it_was(
    pages: list[LabelledPage], folder: Path, tmp_path: Path
):
    base = tmp_path / "base"
    base.mkdir()
    (base / "config.json").write_bytes((folder / "config.json").read_bytes())
    torch.save(load_network(folder).state_dict(), base / "pytorch_model.bin")

    with pytest.raises(WeightsError, match="pickled weights only"):
        train(pages[:4], [], tmp_path / "out", recipe=FEW_STEPS, base=base)

    assert not [path for path in (tmp_path / "out").glob("*") if path.is_file()]


def break_off_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """Have the next training end as if its process were killed before that step."""

    def break_off(self: object, args: object, state: object, control: object, **_: object) -> None:
        if state.global_step == step:  # type: ignore[attr-defined]
            raise KeyboardInterrupt

    patch.setattr(progress.StepProgress, "on_step_begin", break_off)


@pytest.mark.usefixtures("no_export")
@pytest.mark.parametrize("foreign", [False, True], ids=["from nothing", "from an encoder with dropout"])
def test_a_training_that_broke_off_is_taken_up_again_and_ends_the_same(
    pages: list[LabelledPage],
    encoder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    foreign: bool,
):
    base = encoder if foreign else None
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    uninterrupted = train(pages, [], whole, recipe=FEW_STEPS, base=base)
    every = uninterrupted.fit.planned // 4
    with monkeypatch.context() as patch:
        break_off_at(2 * every + 1, patch)
        with pytest.raises(KeyboardInterrupt):
            train(pages, [], broken, recipe=FEW_STEPS, base=base)
    half_written = broken / CHECKPOINTS / f"checkpoint-{3 * every}"
    half_written.mkdir()
    (half_written / "trainer_state.json").write_text('{"epoch": 0.', encoding="utf-8")
    found = last_checkpoint(broken)
    assert found is not None
    assert found.state.global_step == 2 * every  # one step was lost

    resumed = train(pages, [], broken, recipe=FEW_STEPS, base=base, resume=True)

    assert (broken / "model.safetensors").read_bytes() == (whole / "model.safetensors").read_bytes()
    assert resumed.fit == uninterrupted.fit
    assert not (broken / CHECKPOINTS).exists()


@pytest.mark.usefixtures("no_export")
def test_a_training_that_ended_early_takes_no_further_step_when_its_export_is_taken_up_again(
    pages: list[LabelledPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    hopeless = dataclasses.replace(FEW_STEPS, learning_rate=1e-12, patience=1)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    uninterrupted = train(pages, [], whole, recipe=hopeless)

    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(loop, "export_onnx", break_off)
        with pytest.raises(KeyboardInterrupt):
            train(pages, [], broken, recipe=hopeless)
    resumed = train(pages, [], broken, recipe=hopeless, resume=True)

    assert uninterrupted.fit.best_step == uninterrupted.fit.planned // 2  # the first look
    assert uninterrupted.fit.steps == uninterrupted.fit.planned * 3 // 4
    assert resumed.fit == uninterrupted.fit
    assert (broken / "model.safetensors").read_bytes() == (whole / "model.safetensors").read_bytes()


@pytest.mark.usefixtures("no_export")
def test_a_broken_training_is_neither_overwritten_nor_gone_on_with_from_something_else(
    pages: list[LabelledPage], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        break_off_at(5, patch)
        with pytest.raises(KeyboardInterrupt):
            train(pages, [], tmp_path, recipe=FEW_STEPS)

    with pytest.raises(CheckpointError, match="broke off after 4 steps; go on with --resume"):
        train(pages, [], tmp_path, recipe=FEW_STEPS)
    with pytest.raises(CheckpointError, match="seed: found 4; expected 3"):
        train(pages, [], tmp_path, recipe=dataclasses.replace(FEW_STEPS, seed=4), resume=True)
    with pytest.raises(CheckpointError, match=r"pages: found \w+; expected \w+"):
        train(pages[1:], [], tmp_path, recipe=FEW_STEPS, resume=True)


@pytest.mark.usefixtures("no_export")
def test_the_weights_kept_are_those_of_the_best_look(
    pages: list[LabelledPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    figures = iter([0.2, 0.9, 0.3])
    monkeypatch.setattr(Validation, "metrics", lambda self, prediction: {"span_f1": next(figures)})
    kept: dict[int, bytes] = {}

    def keep(self: object, args: object, state: object, control: object, **_: object) -> None:
        step = state.global_step  # type: ignore[attr-defined]
        kept[step] = (tmp_path / CHECKPOINTS / f"checkpoint-{step}" / "model.safetensors").read_bytes()

    monkeypatch.setattr(progress.StepProgress, "on_save", keep)

    training = train(pages, [], tmp_path, recipe=FEW_STEPS)

    assert training.fit.best_step == training.fit.planned * 3 // 4
    best = load_file(tmp_path / "model.safetensors")
    assert all(torch.equal(best[name], tensor) for name, tensor in load(kept[training.fit.best_step]).items())


@pytest.mark.usefixtures("no_export")
def test_a_model_in_the_way_stays_whole_until_a_new_one_is(
    pages: list[LabelledPage], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "model"
    shutil.copytree(folder, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with monkeypatch.context() as patch:
        break_off_at(5, patch)
        with pytest.raises(KeyboardInterrupt):
            train(pages[4:], [], out, recipe=FEW_STEPS)

    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_a_training_whose_export_fails_keeps_its_network_and_leaves_the_model_in_the_way_whole(
    pages: list[LabelledPage], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "model"
    shutil.copytree(folder, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def differ(network: object, path: Path, inputs: object) -> float:
        raise ExportError(f"{path}: 6 of 16384 tags differ from the network's own")

    with monkeypatch.context() as patch:
        patch.setattr(loop, "check_export", differ)
        with pytest.raises(ExportError, match=r"6 of 16384 .*\n.* is kept in .*model; .* --resume"):
            train(pages[4:], [], out, recipe=FEW_STEPS)

    kept = out / CHECKPOINTS / "model"
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    assert {path.name for path in kept.iterdir()} == {
        "config.json",
        "model.safetensors",
        "labels.json",
        "vocabulary.txt",
        "words.txt",
    }
    with pytest.raises(ModelError, match=r"model\.onnx missing; its network is not exported"):
        Tagger.load(kept)
    weights = (kept / "model.safetensors").read_bytes()
    resumed = train(pages[4:], [], out, recipe=FEW_STEPS, resume=True)
    assert (out / "model.safetensors").read_bytes() == weights
    assert resumed.fit.steps == resumed.fit.planned
    assert not (out / CHECKPOINTS).exists()


@pytest.mark.usefixtures("no_export")
def test_one_issuer_alone_is_learnt_from_and_nothing_is_watched(pages: list[LabelledPage], tmp_path: Path):
    training = train(pages[:1], [], tmp_path, recipe=FEW_STEPS)

    assert training.split.labelled == (pages[0],)
    assert training.fit.figures is None
    assert training.fit.steps == training.fit.planned


def test_nothing_to_train_on_and_nothing_to_resume_are_said(pages: list[LabelledPage], tmp_path: Path):
    with pytest.raises(TrainingError, match="no page"):
        train([], [], tmp_path)
    with pytest.raises(CheckpointError, match="no checkpoint"):
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
