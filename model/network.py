"""The tagger as a network: a small RoFormer encoder with a token-classification head.

Flow:  page -> tokens -> windows -> **network** -> labels

For training and export only: this module imports torch and transformers, which the
extraction of pages never does; that runs the exported ONNX file. Weights are read from
safetensors alone: a pickled file can run code when it is read, and is refused.

Positions are rotary: learned ones do not train in minutes. Their table of sines is a constant of
the network, which no training moves, whatever it starts from. There is no dropout in a new
network: every page of synthetic training is seen about once, so there is nothing to
overfit, and on a CPU drawing the noise takes half of a step's time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import (
    AutoConfig,
    AutoModelForTokenClassification,
    AutoTokenizer,
    PreTrainedModel,
    RoFormerConfig,
    RoFormerForTokenClassification,
)

from gouji.model.errors import GoujiError
from gouji.model.labels import LABEL_IDS, LABELS
from gouji.model.layout import PLACES
from gouji.model.windows import WINDOW

_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")


class WeightsError(GoujiError):
    """A model folder holds no weights that may be read."""


def new_network(
    vocabulary_size: int,
    *,
    layers: int = 2,
    hidden: int = 96,
    heads: int = 4,
    intermediate: int = 192,
    embedding: int = 96,
) -> RoFormerForTokenClassification:
    """An untrained network; its weights are drawn from torch's global generator.

    Its `input_ids`, `attention_mask` and `token_type_ids` (the places of `model.layout`) are
    (batch, length), int64; its logits are (batch, length, len(LABELS)), float32. Piece 0 pads.
    """
    config = RoFormerConfig(
        vocab_size=vocabulary_size,
        embedding_size=embedding,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=intermediate,
        max_position_embeddings=WINDOW,
        type_vocab_size=PLACES,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=0,
        id2label=dict(enumerate(LABELS)),
        label2id=dict(LABEL_IDS),
    )
    return RoFormerForTokenClassification(config)


def load_network(base: Path | str) -> PreTrainedModel:
    """A network with the weights of a model folder or of a hub's model, and a head for our labels.

    A head of other labels is left behind, and drawn anew. Every number is the base's own, those of a table
    of positions too: what an earlier training made of one, its other weights were fitted to.

    Args:
        base: A folder with `config.json` and `model.safetensors`, or a hub id.

    Raises:
        WeightsError: There are no weights, or only pickled ones, or they are no encoder's.
    """
    _refuse_pickles(Path(base))
    try:
        config = AutoConfig.from_pretrained(base, trust_remote_code=False)
        config.id2label, config.label2id = dict(enumerate(LABELS)), dict(LABEL_IDS)
        network: PreTrainedModel = AutoModelForTokenClassification.from_pretrained(
            base,
            config=config,
            use_safetensors=True,
            trust_remote_code=False,
            dtype=torch.float32,  # some are saved in half precision, in which nothing small is learnt
            ignore_mismatched_sizes=True,
            attn_implementation="eager",
        )
    except (OSError, ValueError, SafetensorError) as error:
        raise WeightsError(f"{base}: no network could be read: {error}") from error
    positions = getattr(network.config, "max_position_embeddings", WINDOW)
    if positions < WINDOW:
        raise WeightsError(f"{base}: reads {positions} tokens at once; expected at least {WINDOW}")
    _freeze_constants(network)
    return network


def reads_places(network: PreTrainedModel) -> bool:
    """Whether a network was made to read where on its line a token stands; foreign ones are not."""
    return getattr(network.config, "type_vocab_size", 0) == PLACES


def adopt_vocabulary(network: PreTrainedModel, pieces: Sequence[str], base: Path | str) -> None:
    """Give a network of another tokenizer our pieces, each the mean of that tokenizer's own.

    So an encoder from elsewhere reads the same tokens as ours, and extraction needs no
    second tokenizer.

    Raises:
        WeightsError: The base has no tokenizer.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(base, trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise WeightsError(f"{base}: no tokenizer could be read: {error}") from error
    theirs = _embeddings(network).detach().clone()
    network.resize_token_embeddings(len(pieces), mean_resizing=False)
    parts = tokenizer(list(pieces), add_special_tokens=False)["input_ids"]
    with torch.no_grad():
        ours = _embeddings(network)
        for row, ids in enumerate(parts):
            if ids:
                ours[row] = theirs[ids].mean(dim=0)
        ours[0] = 0.0
    network.config.pad_token_id = 0


def _freeze_constants(network: PreTrainedModel) -> None:
    """Keep from training what a new network of the kind holds constant: reading weights frees it."""
    with torch.device("meta"):  # takes no memory, and draws nothing
        new = type(network)(network.config)
    for name, parameter in new.named_parameters():
        if not parameter.requires_grad:
            network.get_parameter(name).requires_grad_(False)


def _embeddings(network: PreTrainedModel) -> torch.Tensor:
    """(pieces, width)."""
    layer: Any = network.get_input_embeddings()
    weight: torch.Tensor = layer.weight
    return weight


def _refuse_pickles(folder: Path) -> None:
    if not folder.is_dir() or any(folder.glob("*.safetensors")):
        return
    pickled = sorted(path.name for pattern in _PICKLES for path in folder.glob(pattern))
    if pickled:
        raise WeightsError(
            f"{folder}: found pickled weights only ({', '.join(pickled)}); expected model.safetensors; "
            "convert them where they were made, with save_pretrained(…)"
        )
    raise WeightsError(f"{folder}: found no weights; expected model.safetensors")
