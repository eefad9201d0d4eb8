"""Train the tagger, export it, score it, and write the model folder.

Flow:  labelled pages -> vocabulary, windows -> **training** -> model folder

The same pages, seed and number of threads give the same weights, bit for bit. The figures
of the model card are those of the exported file, run as extraction runs it, on pages of
flatteners that no training page came from.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# A thread that waits by spinning makes a step ten times as long where a core is busy with
# something else. OpenMP reads this once, when torch loads it.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
from datasets import Dataset
from transformers import PreTrainedModel, Trainer, TrainingArguments, default_data_collator, set_seed
from transformers.trainer_callback import PrinterCallback, ProgressCallback
from transformers.utils.logging import disable_progress_bar

from gouji.annotations.pages import LabelledPage
from gouji.annotations.spans_score import SpanScores, score_spans
from gouji.inference.tagger import Tagger
from gouji.model.errors import GoujiError
from gouji.model.labels import LABELS
from gouji.model.network import load_network
from gouji.model.page import Page
from gouji.model.tokens import Tokenizer
from gouji.training.card import Training, card, tools_of
from gouji.training.dataset import window_dataset
from gouji.training.export import check_export, export_onnx, input_names
from gouji.training.progress import StepProgress
from gouji.training.start import starting_network, usual_rate, write_vocabulary

CHECKPOINTS = "checkpoints"
_CHECKED_WINDOWS = 64  # on which the exported file must tag as the network does


class TrainingError(GoujiError):
    """There is nothing to train on, or nothing to resume."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights, besides the pages."""

    seed: int = 0
    epochs: float = 1.0
    windows_a_step: int = 4  # of the same 1,500 pages 4 learnt F1 0.985, 8 learnt 0.977
    learning_rate: float | None = None  # None: by what it starts from
    warmup: float = 0.05  # share of the steps
    threads: int = 2


def train(
    pages: Sequence[LabelledPage],
    held_out: Sequence[LabelledPage],
    out: Path,
    *,
    recipe: Recipe | None = None,
    base: Path | str | None = None,
    resume: bool = False,
    command: str | None = None,
) -> Training:
    """Train a tagger and write its model folder.

    Args:
        pages: What it learns from.
        held_out: What it is scored on.
        out: The folder: config.json, model.safetensors, model.onnx, labels.json, vocabulary.txt,
            words.txt, README.md (the card). While training runs its checkpoints lie in it too.
        recipe: Seed, epochs, learning rate.
        base: A model folder or a hub id to start from; None: from nothing. The folder of a
            gouji model keeps its vocabulary; any other encoder is given one of these pages.
        resume: Go on from the last checkpoint in `out`.
        command: What the card says it was made by; None: what makes the same from made-up pages.

    Raises:
        TrainingError: No page, or no checkpoint to resume from.
        WeightsError: The base cannot be read.
    """
    recipe = recipe or Recipe()
    if not pages:
        raise TrainingError("no page to train on; give annotated pages, or a number of synthetic ones")
    if resume and not any((out / CHECKPOINTS).glob("checkpoint-*")):
        raise TrainingError(f"{out / CHECKPOINTS}: no checkpoint to resume from; train without --resume")
    begun = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    with _deterministic(recipe):
        write_vocabulary(pages, out, base)
        tokenizer = Tokenizer.load(out)
        network = starting_network(tokenizer, base)
        windows = window_dataset(pages, tokenizer, seed=recipe.seed)
        windows = windows.select_columns([*input_names(network), "labels"])
        rate = recipe.learning_rate or usual_rate(base)
        steps = _fit(network, windows, out / CHECKPOINTS, recipe, rate, resume)
        _write_network(network, windows, out)
    seconds = time.monotonic() - begun
    training = Training(
        pages=len(pages),
        made_up=sum(bool(page.tool) for page in pages),
        windows=len(windows),
        steps=steps,
        seed=recipe.seed,
        seconds=seconds,
        parameters=sum(p.numel() for p in network.parameters() if p.requires_grad),
        scores=score_tagger(Tagger.load(out), held_out) if held_out else None,
        scored_on=tools_of(held_out),
        scored_pages=len(held_out),
        base=None if base is None else Path(base).name,
    )
    (out / "README.md").write_text(card(training, command or _command(training)), encoding="utf-8")
    return training


def score_tagger(tagger: Tagger, pages: Sequence[LabelledPage]) -> SpanScores:
    """The strict scores of a tagger on labelled pages."""
    found = [tagger.tag(Page(page.id, page.text)).spans for page in pages]
    return score_spans([page.spans for page in pages], found)


def _command(training: Training) -> str:
    return f"gouji train --synthetic {training.made_up} --seed {training.seed}"


def _fit(
    network: PreTrainedModel, windows: Dataset, folder: Path, recipe: Recipe, rate: float, resume: bool
) -> int:
    """Train in place; returns the number of steps."""
    steps = max(1, round(len(windows) * recipe.epochs / recipe.windows_a_step))
    arguments = TrainingArguments(
        output_dir=str(folder),
        max_steps=steps,
        per_device_train_batch_size=recipe.windows_a_step,
        learning_rate=rate,
        warmup_steps=round(steps * recipe.warmup),
        lr_scheduler_type="cosine",
        weight_decay=0.01,
        seed=recipe.seed,
        use_cpu=True,
        report_to="none",
        logging_steps=max(1, steps // 20),
        save_steps=max(1, steps // 4),
        save_total_limit=1,
        disable_tqdm=True,
    )
    trainer = Trainer(
        model=network,
        args=arguments,
        train_dataset=windows,
        data_collator=default_data_collator,
        callbacks=[StepProgress()],
    )
    for printer in (PrinterCallback, ProgressCallback):  # both write to stdout
        trainer.remove_callback(printer)
    disable_progress_bar()  # type: ignore[no-untyped-call]  # else one more bar for each file written
    trainer.train(resume_from_checkpoint=resume)
    shutil.rmtree(folder, ignore_errors=True)
    return steps


def _write_network(network: PreTrainedModel, windows: Dataset, out: Path) -> None:
    network.save_pretrained(out)
    (out / "labels.json").write_text(json.dumps(list(LABELS)) + "\n", encoding="utf-8")
    saved = load_network(out)  # without what the Trainer has wrapped around it
    export_onnx(saved, out / "model.onnx")
    check_export(saved, out / "model.onnx", windows.with_format("numpy")[:_CHECKED_WINDOWS])


@contextlib.contextmanager
def _deterministic(recipe: Recipe) -> Iterator[None]:
    """Seeds, and a fixed number of threads: sums in another order round otherwise."""
    threads, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    torch.set_num_threads(recipe.threads)
    torch.use_deterministic_algorithms(True)
    # Filling new memory with NaN finds the faults of others' code, and is slow.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    set_seed(recipe.seed)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
        torch.use_deterministic_algorithms(strict)
