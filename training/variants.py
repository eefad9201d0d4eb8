"""Variants of the shipped tagger that differ in one part: words or characters, size, precision.

Flow:  labelled pages -> **untrained model folder of a variant** -> training
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import onnx
import torch

from gouji.annotations.pages import LabelledPage
from gouji.model.network import new_network
from gouji.training.vocabulary import PIECES_FILE, WORDS_FILE, Vocabulary, build_vocabulary


@dataclass(frozen=True, slots=True)
class Variant:
    """What a tagger is made of; the defaults are those of the shipped one."""

    words: bool = True  # False: every character is a token
    layers: int = 2
    hidden: int = 96

    @property
    def name(self) -> str:
        return f"{'words' if self.words else 'characters'} {self.layers}x{self.hidden}"


def write_untrained(variant: Variant, pages: Sequence[LabelledPage], folder: Path, *, seed: int) -> None:
    """Write the folder of a tagger that has learnt nothing, for a training to start from."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = build_vocabulary(pages)
    if not variant.words:
        vocabulary = without_words(vocabulary)
    vocabulary.write(folder)
    torch.manual_seed(seed)
    network = new_network(
        len(vocabulary.pieces),
        layers=variant.layers,
        hidden=variant.hidden,
        intermediate=2 * variant.hidden,
        embedding=variant.hidden,
    )
    network.save_pretrained(folder)


def without_words(vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary less every word of several characters; separators, numbers, ordinals stay."""
    return replace(
        vocabulary,
        words=tuple((word, frequency) for word, frequency in vocabulary.words if len(word) == 1),
        pieces=tuple(piece for piece in vocabulary.pieces if len(piece) == 1 or piece.startswith("[")),
    )


def write_int8(model: Path, folder: Path) -> None:
    """Write a model folder again with weights rounded to int8, by onnxruntime's dynamic quantization."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    for name in (WORDS_FILE, PIECES_FILE, "labels.json"):
        shutil.copyfile(model / name, folder / name)
    network = onnx.load(model / "model.onnx")
    del network.graph.value_info[:]  # the exporter's shapes, of which the rounded products have others
    quantize_dynamic(network, folder / "model.onnx", weight_type=QuantType.QInt8)
