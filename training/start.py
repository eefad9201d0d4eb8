"""What a training starts from: nothing, a model of ours, or an encoder trained elsewhere.

Flow:  labelled pages -> **vocabulary, network** -> training -> model folder

The folder of a gouji model keeps its vocabulary. Any other encoder is given one made from
the pages, so that extraction needs no tokenizer but ours.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from transformers import PreTrainedModel

from gouji.annotations.pages import LabelledPage
from gouji.model.network import WeightsError, adopt_vocabulary, load_network, new_network
from gouji.model.tokens import WEIGHTS_DIR, Tokenizer
from gouji.training.vocabulary import PIECES_FILE, WORDS_FILE, build_vocabulary

# Learning rates: from nothing, from a model of ours, from an encoder trained on other text. With five pages
# of a new layout the second brought 100% of its cells right at 1e-3, 99.98% at 6e-4 and 99.6% at 3e-4, and
# what was known before suffered alike: span F1 on other flatteners fell from 0.994 to 0.992 with each.
_RATE_NEW, _RATE_OURS, _RATE_FOREIGN = 1.5e-3, 1e-3, 5e-5


def write_vocabulary(pages: Sequence[LabelledPage], out: Path, base: Path | str | None) -> None:
    """Put the vocabulary of a model to come into a folder.

    Raises:
        WeightsError: The base is a gouji model's folder, and not whole.
    """
    if base is None or not is_ours(base):
        build_vocabulary(pages).write(out)
    else:
        for name in (WORDS_FILE, PIECES_FILE):
            if not (Path(base) / name).is_file():
                raise WeightsError(f"{base}: {name} missing; expected the whole folder of a gouji model")
            shutil.copyfile(Path(base) / name, out / name)


def starting_network(tokenizer: Tokenizer, base: Path | str | None) -> PreTrainedModel:
    """The network before its first step; a new one's weights are drawn from torch's global generator."""
    pieces = tokenizer.vocabulary or ()
    if base is None:
        return new_network(len(pieces))
    network = load_network(base)
    if not is_ours(base):
        adopt_vocabulary(network, pieces, base)
    return network


def usual_rate(base: Path | str | None) -> float:
    """The learning rate for what a training starts from."""
    if base is None:
        return _RATE_NEW
    return _RATE_OURS if is_ours(base) else _RATE_FOREIGN


def name_of(base: Path | str) -> str:
    """What a model card calls a base: nothing of the machine that it lay on."""
    if Path(base).resolve() == WEIGHTS_DIR.resolve():
        return "the shipped weights"
    return f"`{Path(base).name if Path(base).is_dir() else base}`"


def is_ours(base: Path | str) -> bool:
    """Whether a base is the folder of a gouji model."""
    return (Path(base) / PIECES_FILE).is_file()
