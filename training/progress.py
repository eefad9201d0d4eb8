"""Show how far a training has come, on stderr.

A person watching sees a bar; a log file gets a line now and then.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from transformers import TrainerCallback


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
        if self.console.is_terminal:
            self.bar.start()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Advance the bar."""
        self.bar.update(self.task, completed=state.global_step)

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
        """Show the loss."""
        if not logs or "loss" not in logs:
            return
        loss = f"{float(logs['loss']):.4f}"
        self.bar.update(self.task, loss=loss)
        if not self.console.is_terminal:
            self.console.print(f"training: step {state.global_step} of {state.max_steps}, loss {loss}")

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Close the bar."""
        self.bar.stop()
