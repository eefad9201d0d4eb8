"""Write a network as one ONNX file, and see that it tags as the network does.

Flow:  network -> **ONNX file** -> tagger

Inputs `input_ids`, `attention_mask` and, for a network that reads places, `token_type_ids`,
(batch, length), int64; output `logits` (batch, length, tags), float32. Weights stay float32:
rounded to int8 some tag changes on one page in twenty.
"""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import torch
from transformers import PreTrainedModel

from gouji.model.errors import GoujiError
from gouji.model.network import reads_places
from gouji.model.windows import WINDOW

Ids = npt.NDArray[np.int64]
Logits = npt.NDArray[np.float32]


class ExportError(GoujiError):
    """The ONNX file does not tag as the network does."""


class _Logits(torch.nn.Module):
    """A network that takes its inputs by place and gives the bare logits."""

    def __init__(self, network: Any, names: Sequence[str]) -> None:
        super().__init__()
        self.network = network
        self.names = names

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.network(**dict(zip(self.names, inputs, strict=True))).logits
        return logits


def input_names(network: PreTrainedModel) -> tuple[str, ...]:
    """What a network is given."""
    names = ("input_ids", "attention_mask")
    return (*names, "token_type_ids") if reads_places(network) else names


def export_onnx(network: PreTrainedModel, path: Path) -> None:
    """Write a network as one ONNX file, for any number of windows of any length up to WINDOW."""
    network.train(False)
    names = input_names(network)
    batch = torch.export.Dim("batch", min=1, max=4096)
    length = torch.export.Dim("length", min=2, max=WINDOW)
    with _quiet():
        torch.onnx.export(
            _Logits(network, names),
            # One tensor for each: one given twice is taken for one input.
            tuple(torch.ones((2, WINDOW), dtype=torch.int64) for _ in names),
            str(path),
            input_names=list(names),
            output_names=["logits"],
            dynamic_shapes=(tuple({0: batch, 1: length} for _ in names),),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    onnx.checker.check_model(onnx.load(path))


def check_export(network: PreTrainedModel, path: Path, inputs: Mapping[str, Ids]) -> float:
    """Compare the file with the network on encoded windows.

    Args:
        network: The network that was exported.
        path: Its ONNX file.
        inputs: By the names of `input_names`, each (windows, length).

    Returns:
        The largest difference of two logits.

    Raises:
        ExportError: A tag differs.
    """
    names = input_names(network)
    network.train(False)
    with torch.no_grad():
        ours = _Logits(network, names)(*(torch.from_numpy(inputs[name]) for name in names)).numpy()
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    theirs = session.run(["logits"], {name: inputs[name] for name in names})[0]
    real = inputs["attention_mask"].astype(bool)
    unlike = int((ours.argmax(-1) != theirs.argmax(-1))[real].sum())
    if unlike:
        raise ExportError(f"{path}: {unlike} of {int(real.sum())} tags differ from the network's own")
    return float(np.abs(ours - theirs)[real].max())


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The exporter prints and logs every step it takes."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
