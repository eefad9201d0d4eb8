"""Write a network as one ONNX file, and see that it tags as the network does.

Flow:  network -> **ONNX file** -> tagger

Inputs by name: `input_ids`, and what else the network reads of `attention_mask` and, for one
that reads places, `token_type_ids`, each (1, length), int64; output `logits`
(1, length, labels), float32. Weights stay float32: rounded to int8 some tag changes on one
page in twenty.
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
from gouji.training.lean import LeanTagger

# By rounding alone logits of the file and of the network lie up to 4e-5 apart, and labels that are nearer to
# each other may change places. Of 16,384 tokens that three models tagged, the two best were once within this.
_ROUNDING = 1e-3

Ids = npt.NDArray[np.int64]
Logits = npt.NDArray[np.float32]


class ExportError(GoujiError):
    """There is no ONNX file that tags as the network does."""


class _Logits(torch.nn.Module):
    """A network of any kind that takes its inputs by place and gives the bare logits."""

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
    """Write a network as one ONNX file, for one window of any length up to WINDOW.

    Raises:
        ExportError: The exporter gives up.
    """
    network.train(False)
    try:
        _export(network, path)
    except Exception as error:  # it raises whatever its libraries do, and a training stands behind it
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        raise ExportError(f"{path}: PyTorch cannot export this network: {said}") from error


def _export(network: PreTrainedModel, path: Path) -> None:
    lean = LeanTagger.covers(network)
    names = LeanTagger.INPUTS if lean else input_names(network)
    length = torch.export.Dim("length", min=2, max=WINDOW)
    shapes = tuple({1: length} for _ in names)
    with _quiet():
        torch.onnx.export(
            LeanTagger(network) if lean else _Logits(network, names),
            # One tensor for each: one given twice is taken for one input.
            tuple(torch.ones((1, WINDOW), dtype=torch.int64) for _ in names),
            str(path),
            input_names=list(names),
            output_names=["logits"],
            dynamic_shapes=shapes if lean else (shapes,),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    model = without_origins(onnx.load(path))
    onnx.checker.check_model(model)
    onnx.save(model, path)


def without_origins(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model without what the exporter notes of each step: the lines of code, by this machine's paths."""
    graph = model.graph
    values = (*graph.input, *graph.output, *graph.value_info, *graph.initializer)
    for part in (model, graph, *graph.node, *values):
        del part.metadata_props[:]
        part.doc_string = ""
    return model


def check_export(network: PreTrainedModel, path: Path, inputs: Mapping[str, Ids]) -> float:
    """Compare the file with the network on encoded windows.

    Args:
        network: The network that was exported.
        path: Its ONNX file.
        inputs: By the names of `input_names`, each (windows, length), padded at the end.

    Returns:
        The largest difference of two logits.

    Raises:
        ExportError: A tag differs, and not by rounding.
    """
    names = input_names(network)
    network.train(False)
    with torch.no_grad():
        ours = _Logits(network, names)(*(torch.from_numpy(inputs[name]) for name in names)).numpy()
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    wanted = [entry.name for entry in session.get_inputs()]
    unlike, largest = 0, 0.0
    for window, length in enumerate(inputs["attention_mask"].sum(axis=1).tolist()):
        given = {name: inputs[name][window : window + 1, :length] for name in wanted}
        theirs = session.run(["logits"], given)[0][0]
        expected = ours[window, :length]
        of_theirs = np.take_along_axis(expected, theirs.argmax(-1)[:, None], axis=1)[:, 0]
        unlike += int((expected.max(-1) - of_theirs > _ROUNDING).sum())
        largest = max(largest, float(np.abs(expected - theirs).max()))
    if unlike:
        total = int(inputs["attention_mask"].sum())
        raise ExportError(f"{path}: {unlike} of {total} tags differ from the network's own")
    return largest


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
