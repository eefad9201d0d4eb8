"""Show how far a training has come, on stderr.

A person watching sees a bar; a log file gets a line now and then.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from transformers import TrainerCallback

from gouji.training.validation import SPAN_F1


class StepProgress(TrainerCallback):
    """A callback of the Trainer."""

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        self.bar = Progress(
            TextColumn("training"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("loss {task.fields[loss]}"),
            TimeRemainingColumn(),
            console=self.console,
        )
        self.task = self.bar.add_task("training", loss="…")

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Open the bar."""
        self.bar.update(self.task, total=state.max_steps)
        if self.console.is_terminal and state.is_world_process_zero:
            self.bar.start()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Advance the bar."""
        self.bar.update(self.task, completed=state.global_step)

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
        """Show the loss, and what the pages kept aside say."""
        if not logs or not state.is_world_process_zero:
            return
        if "loss" in logs:
            loss = f"{float(logs['loss']):.4f}"
            self.bar.update(self.task, loss=loss)
            if not self.console.is_terminal:
                self._say(state, f"loss {loss}")
        if f"eval_{SPAN_F1}" in logs and state.global_step:
            self._say(state, f"span F1 of the pages kept aside {logs[f'eval_{SPAN_F1}']:.4f}")

    def _say(self, state: Any, what: str) -> None:
        line = f"training: step {state.global_step} of {state.max_steps}, {what}"
        self.console.print(line, highlight=False, soft_wrap=True)

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Close the bar, and say what takes some seconds more."""
        if self.bar.live.is_started:  # else it would print an empty line
            self.bar.stop()
        if state.is_world_process_zero:
            self._say(state, "ended; the model is exported and scored")
