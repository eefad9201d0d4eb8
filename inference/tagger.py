"""Tag every token of a page, and join the tags into spans.

Flow:  page -> tokens -> **tags -> spans** -> form -> readings

The network is an ONNX file; neither torch nor transformers is imported. A page longer
than the window is covered by overlapping windows, and each token takes its tag from the
window in which it stands most central: no token goes untagged.

Separators at a span's ends are not part of it: `page.text[start:end]` is print. How sure a tag is
says the model folder's calibration, where it has one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from gouji.inference.calibration import Calibration, load_calibration
from gouji.inference.decoding import decode, value_shares
from gouji.model.errors import GoujiError
from gouji.model.labels import LABELS, Span, Tag
from gouji.model.layout import places_of
from gouji.model.page import Page
from gouji.model.tokens import WEIGHTS_DIR, Kind, Token, Tokenizer
from gouji.model.windows import cover

TAGGER_FILES = ("model.onnx", "labels.json", "vocabulary.txt", "words.txt")
_LONGEST = 120  # characters of a library's own words
_BROKEN = "copy the folder anew from where it was trained, or train the model again"
_SLOW_FUSION = "SkipLayerNormFusion"  # takes 21 ms a page instead of 17, with onnxruntime 1.31 on a CPU

Ids = npt.NDArray[np.int64]
Logits = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float32] | npt.NDArray[np.float64]


class ModelError(GoujiError):
    """A model folder is incomplete, or was made for other labels."""


@dataclass(frozen=True, slots=True)
class TaggedPage:
    """A page, its tokens with one label and probability each, and its spans in reading order."""

    page: Page
    tokens: tuple[Token, ...]
    labels: tuple[str, ...]
    probabilities: tuple[float, ...]  # that each token's tag is right
    spans: tuple[Span, ...]
    values: tuple[float, ...] = ()  # how likely each token is part of a value, whatever its label


class Tagger:
    """A tokenizer and a network that were trained together.

    Args:
        tokenizer: Cuts a page and knows the network's ids.
        session: The network; `input_ids` and, where it reads them, `attention_mask` and the places
            of `model.layout` as `token_type_ids`, (1, length), int64, to `logits`
            (1, length, len(LABELS)), float32.
        calibration: What its probabilities are worth; None: what they say.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        session: onnxruntime.InferenceSession,
        calibration: Calibration | None = None,
    ) -> None:
        self.tokenizer = tokenizer
        self.session = session
        self.calibration = calibration
        self._inputs = tuple(entry.name for entry in session.get_inputs())

    @classmethod
    def load(cls, directory: Path = WEIGHTS_DIR, threads: int = 1) -> Tagger:
        """The tagger of a model folder.

        Args:
            directory: Holds `model.onnx`, `labels.json`, `vocabulary.txt` and `words.txt`, and
                `calibration.json` where it was calibrated.
            threads: For one page's network; pages are better spread over processes.

        Raises:
            ModelError: A file is missing or broken, or the labels are not this program's.
            CalibrationError: The calibration is faulty.
        """
        _check_folder(directory)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return cls(_tokenizer(directory), _session(directory, options), load_calibration(directory))

    def tag(self, page: Page) -> TaggedPage:
        """Tag every token of a page."""
        tokens = self.tokenizer.tokenize(page.folded)
        ids = np.array(self.tokenizer.encode(tokens), dtype=np.int64)
        logits = self.logits(ids, places_of(tokens, page.folded))
        label_ids, own = decode(logits)
        probabilities: Floats = own if self.calibration is None else self.calibration.confidence(own)
        return TaggedPage(
            page=page,
            tokens=tuple(tokens),
            labels=tuple(LABELS[i] for i in label_ids.tolist()),
            probabilities=tuple(probabilities.tolist()),
            spans=tuple(join_spans(tokens, label_ids, probabilities)),
            values=tuple(value_shares(logits).tolist()),
        )

    def logits(self, ids: Ids, places: Ids) -> Logits:
        """What the network says of a page's tokens, by their ids and places, (length,) each.

        Returns:
            (length, len(LABELS)).
        """
        logits: Logits = np.empty((len(ids), len(LABELS)), dtype=np.float32)
        known = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": places}
        # One window a run: on one core that is a seventh faster than all of a page at once.
        for window in cover(len(ids)):
            inputs = {name: known[name][None, window.start : window.end] for name in self._inputs}
            found = self.session.run(["logits"], inputs)[0][0]
            core = slice(window.first - window.start, window.last - window.start)
            logits[window.first : window.last] = found[core]
        return logits


def join_spans(tokens: Sequence[Token], label_ids: Ids, probabilities: Floats) -> list[Span]:
    """Join tokens into spans by their BIO labels; an `I-` that continues nothing opens a span.

    Args:
        tokens: The page's tokens.
        label_ids: (length,), indices into `LABELS`: 0 is outside, then B and I of each tag.
        probabilities: (length,), of each token's label.

    Returns:
        The spans in reading order, without the separators at their ends; a span of
        separators only is none.
    """
    inside = label_ids > 0
    tags = (label_ids - 1) // 2
    begins = inside & ((label_ids % 2 == 1) | np.concatenate([[True], tags[1:] != tags[:-1]])[: len(tags)])
    group = np.cumsum(begins)
    printed = inside & np.array([token.kind is not Kind.SEPARATOR for token in tokens], dtype=bool)
    kept = np.flatnonzero(printed)
    if not len(kept):
        return []
    heads = np.flatnonzero(np.concatenate([[True], np.diff(group[kept]) > 0]))
    firsts, lasts = kept[heads], kept[np.append(heads[1:], len(kept)) - 1]
    weakest = np.minimum.reduceat(probabilities[kept], heads)
    names = list(Tag)
    return [
        Span(names[tag], tokens[first].start, tokens[last].end, confidence)
        for tag, first, last, confidence in zip(
            tags[firsts].tolist(), firsts.tolist(), lasts.tolist(), weakest.tolist(), strict=True
        )
    ]


def _session(directory: Path, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    """The network; its file is read as a graph of known operators, never run as a program.

    Raises:
        ModelError: The file is broken, or another network's.
    """
    path = directory / "model.onnx"
    try:
        session = onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOW_FUSION]
        )
    except Exception as error:  # the library has a dozen kinds, of no common base
        fault = " ".join(str(error).split())[:_LONGEST]
        raise ModelError(f"{path}: cannot be loaded ({fault}); {_BROKEN}") from error
    if "logits" not in (entry.name for entry in session.get_outputs()):
        raise ModelError(f"{path}: has no output logits; expected the network of gouji train")
    return session


def _tokenizer(directory: Path) -> Tokenizer:
    """The tokenizer.

    Raises:
        ModelError: A file of it is broken.
    """
    try:
        return Tokenizer.load(directory)
    except (OSError, ValueError) as error:
        files = f"{directory / 'vocabulary.txt'} or {(directory / 'words.txt').name}"
        raise ModelError(f"{files}: cannot be read ({error}); {_BROKEN}") from error


def _check_folder(directory: Path) -> None:
    missing = [name for name in TAGGER_FILES if not (directory / name).is_file()]
    if missing:
        raise ModelError(f"{directory}: {', '.join(missing)} missing; {_remedy(directory)}")
    try:
        labels = json.loads((directory / "labels.json").read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{directory / 'labels.json'}: cannot be read ({error}); {_BROKEN}") from error
    if labels != list(LABELS):
        raise ModelError(
            f"{directory / 'labels.json'}: found {labels}; expected {list(LABELS)}; train the model anew"
        )


def _remedy(directory: Path) -> str:
    """What to do where a model folder is not whole, by what gouji train has left in it."""
    if (directory / "checkpoints").is_dir():
        return "a training into it is not finished: give the same gouji train with --resume"
    if (directory / "model.safetensors").is_file():
        return "its network is not exported: gouji train --resume does that where it was trained"
    return "make a model folder with gouji train"
