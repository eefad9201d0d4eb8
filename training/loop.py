"""Train the tagger, export it, score it, and write the model folder.

Flow:  labelled pages -> split -> vocabulary, windows -> **training** -> model folder

The same pages, seed, and number of threads and processes give the same weights, bit for bit.
The figures of the model card are those of the exported file, run as extraction runs it. Nothing
in the model folder changes before all of it is there to be replaced: till then everything lies in
its folder `checkpoints`, and stays there where the network cannot be exported, so that no step is lost.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from accelerate import PartialState
from datasets import Dataset
from transformers import PreTrainedModel, set_seed
from transformers.utils import logging as transformers_logging

from gouji.annotations.pages import LabelledPage
from gouji.annotations.reading_order import as_read
from gouji.annotations.spans_score import SpanScores, score_spans
from gouji.inference.calibration import CALIBRATION_FILE, CalibrationError
from gouji.inference.evaluation.reliability import Calibrated, calibrate
from gouji.inference.tagger import Tagger
from gouji.model.errors import GoujiError
from gouji.model.labels import LABELS
from gouji.model.network import load_network
from gouji.model.page import Page
from gouji.model.processes import is_main_process, processes_here
from gouji.model.tokens import Tokenizer
from gouji.training.card import Training, card, tools_of
from gouji.training.checkpoints import (
    CHECKPOINTS,
    check_given,
    check_start,
    describe,
    last_checkpoint,
    write_given,
)
from gouji.training.dataset import window_dataset
from gouji.training.export import ExportError, check_export, export_onnx
from gouji.training.fitting import Fit, fit, measure
from gouji.training.recipe import Recipe, visits
from gouji.training.reprint import with_reprints
from gouji.training.split import Split, split_by_issuer
from gouji.training.start import is_ours, name_of, starting_network, usual_rate, write_vocabulary
from gouji.training.validation import Validation
from gouji.training.vocabulary import PIECES_FILE, WORDS_FILE

_CHECKED_WINDOWS = 64  # on which the exported file must tag as the network does


class TrainingError(GoujiError):
    """There is nothing to train on."""


def train(
    labelled: Sequence[LabelledPage],
    held_out: Sequence[LabelledPage],
    out: Path,
    *,
    made_up: Sequence[LabelledPage] = (),
    recipe: Recipe | None = None,
    base: Path | str | None = None,
    resume: bool = False,
    command: str | None = None,
) -> Training:
    """Train a tagger and write its model folder.

    Of several processes each trains its share; the main one writes the folder and has the scores.

    Args:
        labelled: What it learns from, each page several times; a fifth of many issuers is kept aside.
        held_out: What it is scored on, and its confidence calibrated.
        out: The folder: config.json, model.safetensors, model.onnx, labels.json, vocabulary.txt,
            words.txt, calibration.json, README.md (the card). While training runs its checkpoints lie
            in it too.
        made_up: Pages that it learns from once, so that few labelled ones do not make it forget the rest.
        recipe: Seed, length, learning rate.
        base: A model folder or a hub id to start from; None: from nothing. The folder of a
            gouji model keeps its vocabulary; any other encoder is given one of these pages.
        resume: Go on from the last checkpoint in `out`.
        command: What the card says it was made by; None: what makes the same from made-up pages.

    Raises:
        TrainingError: No page.
        CheckpointError: No checkpoint to resume from, or one of another training; or one that would be lost.
        WeightsError: The base cannot be read.
        ExportError: The network was trained, and its export failed; it is kept beside its checkpoints.
    """
    recipe = recipe or Recipe()
    if not labelled and not made_up:
        raise TrainingError("no page to train on; give annotated pages, or a number of synthetic ones")
    check_start(out, resume=resume)
    given = describe((*labelled, *made_up), recipe, base)
    if resume:
        check_given(out, given)
    begun = time.monotonic()
    work = out / CHECKPOINTS
    labelled, held_out = list(map(as_read, labelled)), list(map(as_read, held_out))
    # A drawing that does not close is read as it stands, so half of them are learnt as they stand.
    made_up = [page if index % 2 else as_read(page) for index, page in enumerate(made_up)]
    with _deterministic(recipe):
        split = split_by_issuer(labelled, made_up, seed=recipe.seed)
        often = visits(len(split.labelled))
        learnt = [*with_reprints(split.labelled, split.made_up, often, seed=recipe.seed), *split.made_up]
        with PartialState(cpu=not torch.cuda.is_available()).main_process_first():
            if is_main_process():
                _prepare(work, given, learnt, base, keep=resume)
        tokenizer = Tokenizer.load(work)
        network = starting_network(tokenizer, base)
        windows = window_dataset(learnt, tokenizer, seed=recipe.seed)
        fitted = _fit(network, windows, split, tokenizer, out, recipe, base)
        if torch.distributed.is_initialized():
            torch.distributed.destroy_process_group()
        training = Training(
            split=split,
            fit=fitted,
            windows=len(windows),
            seed=recipe.seed,
            seconds=time.monotonic() - begun,
            parameters=sum(p.numel() for p in network.parameters() if p.requires_grad),
            base=None if base is None else name_of(base),
        )
        if not is_main_process():
            return training
        model = _write_model(network, windows, out)
    training = replace(
        training,
        seconds=time.monotonic() - begun,
        scores=score_tagger(Tagger.load(model), held_out) if held_out else None,
        scored_on=tools_of(held_out),
        scored_pages=len(held_out),
        calibrated=_calibrate(model, held_out),
    )
    if training.calibrated is None:
        (out / CALIBRATION_FILE).unlink(missing_ok=True)  # another model's
    (model / "README.md").write_text(card(training, command or _command(training)), encoding="utf-8")
    for path in model.iterdir():
        os.replace(path, out / path.name)
    shutil.rmtree(work)
    return training


def score_tagger(tagger: Tagger, pages: Sequence[LabelledPage]) -> SpanScores:
    """The strict scores of a tagger on labelled pages."""
    found = [tagger.tag(Page(page.id, page.text)).spans for page in pages]
    return score_spans([page.spans for page in pages], found)


def _calibrate(model: Path, pages: Sequence[LabelledPage]) -> Calibrated | None:
    """Keep in the model folder how sure its tagger may be; None where it finds nothing to tell from."""
    if not pages:
        return None
    try:
        made = calibrate(Tagger.load(model), pages)
    except CalibrationError:
        return None
    made.calibration.write(model)
    return made


def _command(training: Training) -> str:
    return f"gouji train --synthetic {training.made_up} --seed {training.seed}"


def _prepare(
    work: Path,
    given: Mapping[str, str],
    learnt: Sequence[LabelledPage],
    base: Path | str | None,
    *,
    keep: bool,
) -> None:
    """Make the folder that a training works in; `keep` leaves the checkpoints that are in it."""
    if not keep:
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    write_given(work, given)
    write_vocabulary(learnt, work, base)


def _fit(
    network: PreTrainedModel,
    windows: Dataset,
    split: Split,
    tokenizer: Tokenizer,
    out: Path,
    recipe: Recipe,
    base: Path | str | None,
) -> Fit:
    """Train in place; a model of ours is measured first, to say what the training brought."""
    rate = recipe.learning_rate or usual_rate(base)
    checkpoint = last_checkpoint(out)
    if not (split.watched_labelled or split.watched_made_up):
        return fit(network, windows, None, out, recipe, rate, checkpoint)
    validation = Validation(split.watched_labelled, split.watched_made_up, tokenizer)
    before = measure(network, validation, out, recipe) if base is not None and is_ours(base) else None
    return replace(fit(network, windows, validation, out, recipe, rate, checkpoint), before=before)


def _write_model(network: PreTrainedModel, windows: Dataset, out: Path) -> Path:
    """Write a whole model folder, but for its card, beside the checkpoints.

    Raises:
        ExportError: All is written but the ONNX file.
    """
    work = out / CHECKPOINTS
    model = work / "model"
    network.save_pretrained(model)
    (model / "labels.json").write_text(json.dumps(list(LABELS)) + "\n", encoding="utf-8")
    for name in (WORDS_FILE, PIECES_FILE):
        shutil.copyfile(work / name, model / name)
    saved = load_network(model)  # without what the Trainer has wrapped around it
    try:
        export_onnx(saved, model / "model.onnx")
        check_export(saved, model / "model.onnx", windows.with_format("numpy")[:_CHECKED_WINDOWS])
    except ExportError as error:
        (model / "model.onnx").unlink(missing_ok=True)  # what tags otherwise is not to be used
        raise ExportError(
            f"{error}\nthe trained network is kept in {model}; all else in {out} is as it was. To try the "
            "export again (with newer onnx, onnxscript and onnxruntime, say), give the same command with "
            f"--resume: no step is trained again. To train on from it, give --from {model}"
        ) from error
    return model


@contextlib.contextmanager
def _deterministic(recipe: Recipe) -> Iterator[None]:
    """Seeds, and a fixed number of threads: sums in another order round otherwise."""
    threads, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    torch.set_num_threads(max(1, recipe.threads // processes_here()))
    torch.use_deterministic_algorithms(True)
    # Filling new memory with NaN finds the faults of others' code, and is slow.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # one for each file read or written
    if not is_main_process():
        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    set_seed(recipe.seed)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
        torch.use_deterministic_algorithms(strict)
