"""Fit a network to windows, watched on pages kept aside: the Trainer, as this project uses it.

Flow:  windows, network -> **steps, looks, checkpoints** -> the best network

A look tags the pages kept aside; looks begin halfway, each before a checkpoint. The network that
comes out is that of the best look, and where the last looks brought nothing better the training ends early.
Started again from a checkpoint it takes the same steps as if it had never stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from safetensors.torch import load_model
from transformers import (
    EarlyStoppingCallback,
    PreTrainedModel,
    Trainer,
    TrainerState,
    TrainingArguments,
    default_data_collator,
)
from transformers.trainer_callback import PrinterCallback, ProgressCallback

from gouji.model.processes import is_main_process, process_count
from gouji.training.checkpoints import CHECKPOINTS, Checkpoint
from gouji.training.export import input_names
from gouji.training.progress import StepProgress
from gouji.training.recipe import FIRST_LOOK, Recipe
from gouji.training.validation import SPAN_F1, Validation

Figures = Mapping[str, float]  # by the names of `validation`


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fitting did; the figures are those of the best look, None where nothing was watched."""

    steps: int
    planned: int
    best_step: int | None
    figures: Figures | None
    before: Figures | None = None  # of the model that it started from


def fit(
    network: PreTrainedModel,
    windows: Dataset,
    validation: Validation | None,
    out: Path,
    recipe: Recipe,
    rate: float,
    checkpoint: Checkpoint | None,
) -> Fit:
    """Train a network in place.

    Args:
        network: Left with the weights of the best look.
        windows: What it learns from.
        validation: What it is watched on; None: every step is taken, and the last is the best.
        out: The model folder; checkpoints are written below it.
        recipe: Length, patience, seed.
        rate: The highest learning rate.
        checkpoint: Where to go on from.
    """
    every, steps = _plan(len(windows), recipe)
    arguments = _arguments(out / CHECKPOINTS, recipe, rate, every, steps, watched=validation is not None)
    trainer = _trainer(network, windows, validation, arguments, recipe)
    if checkpoint is not None and _is_over(checkpoint.state, recipe):
        state = checkpoint.state
    else:
        trainer.train(resume_from_checkpoint=None if checkpoint is None else str(checkpoint.folder))
        state = trainer.state
    best = state.best_global_step if validation is not None else None
    if is_main_process():  # alone: the others may be ahead of what it is still writing
        kept = out / CHECKPOINTS / f"checkpoint-{best or state.global_step}"
        load_model(network, kept / "model.safetensors")
    return Fit(state.global_step, steps, best, _figures(state) if best is not None else None)


def measure(network: PreTrainedModel, validation: Validation, out: Path, recipe: Recipe) -> Figures:
    """The figures of a network as it is."""
    arguments = _arguments(out / CHECKPOINTS, recipe, rate=0.0, every=1, steps=1, watched=True)
    metrics = _trainer(network, None, validation, arguments, recipe).evaluate()
    return _named(metrics)


def _plan(windows: int, recipe: Recipe) -> tuple[int, int]:
    """The steps between two checkpoints, and all steps: one is written after the last."""
    wanted = max(1, round(windows * recipe.epochs / recipe.windows_a_step))
    every = max(1, round(wanted / recipe.checkpoints))
    return every, every * -(-wanted // every)


def _arguments(
    folder: Path, recipe: Recipe, rate: float, every: int, steps: int, *, watched: bool
) -> TrainingArguments:
    arguments = TrainingArguments(
        output_dir=str(folder),
        max_steps=steps,
        per_device_train_batch_size=max(1, recipe.windows_a_step // process_count()),
        per_device_eval_batch_size=16,
        learning_rate=rate,
        warmup_steps=round(steps * recipe.warmup),
        lr_scheduler_type="cosine",
        weight_decay=0.01,
        seed=recipe.seed,
        use_cpu=not torch.cuda.is_available(),
        report_to="none",
        logging_steps=max(1, steps // 10),
        eval_strategy="steps" if watched else "no",
        eval_steps=every,
        eval_delay=steps * FIRST_LOOK,
        save_steps=every,
        save_total_limit=2,  # the best and the last
        load_best_model_at_end=watched,
        metric_for_best_model=SPAN_F1 if watched else None,
        greater_is_better=True if watched else None,
        restore_callback_states_from_checkpoint=True,  # else the patience begins anew
        disable_tqdm=True,
    )
    # One process trains on one GPU; several are for a launcher to start, and would be one batch each here.
    arguments._n_gpu = min(arguments.n_gpu, 1)
    return arguments


def _trainer(
    network: PreTrainedModel,
    windows: Dataset | None,
    validation: Validation | None,
    arguments: TrainingArguments,
    recipe: Recipe,
) -> Trainer:
    columns = [*input_names(network), "labels"]
    callbacks: list[Any] = [StepProgress()]
    if validation is not None:
        callbacks.append(EarlyStoppingCallback(recipe.patience))
    trainer = Trainer(
        model=network,
        args=arguments,
        train_dataset=None if windows is None else windows.select_columns(columns),
        eval_dataset=None if validation is None else validation.windows.select_columns(columns),
        compute_metrics=None if validation is None else validation.metrics,
        data_collator=default_data_collator,
        callbacks=callbacks,
    )
    for printer in (PrinterCallback, ProgressCallback):  # both write to stdout
        trainer.remove_callback(printer)
    return trainer


def _is_over(state: TrainerState, recipe: Recipe) -> bool:
    """Whether a training had come to its end when it was stopped; the Trainer would go on."""
    kept: Any = state.stateful_callbacks  # by the names of the callbacks, once read from a file
    stopping = kept.get("EarlyStoppingCallback", {})
    in_vain = stopping.get("attributes", {}).get("early_stopping_patience_counter", 0)
    return bool(state.global_step >= state.max_steps or in_vain >= recipe.patience)


def _figures(state: TrainerState) -> Figures:
    """What the best look showed."""
    looks = (entry for entry in state.log_history if f"eval_{SPAN_F1}" in entry)
    return _named(next(entry for entry in looks if entry["step"] == state.best_global_step))


def _named(metrics: Mapping[str, Any]) -> Figures:
    """The Trainer's figures under the names of `validation`."""
    return {name.removeprefix("eval_"): value for name, value in metrics.items() if name.endswith("_f1")}
