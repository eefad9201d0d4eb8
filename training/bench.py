"""What ablations share: pages to train on and to measure on, and models that are trained once.

Flow:  variants, pages -> **models, each made once** -> ablations
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from gouji.annotations.pages import LabelledPage, load_labelled_pages, write_labelled_pages
from gouji.model.tokens import WEIGHTS_DIR
from gouji.training.loop import train
from gouji.training.measurement import Sheet
from gouji.training.recipe import Recipe
from gouji.training.start import usual_rate
from gouji.training.synthesize import HELD_OUT, HELD_OUT_DAMAGES, synthesize
from gouji.training.variants import Variant, write_untrained

_BESIDE = 300  # made-up pages beside labelled ones, lest the rest be forgotten


@dataclass(frozen=True, slots=True)
class Bench:
    """Where ablations work, what they train on, and what they measure on."""

    work: Path
    trained: int  # pages
    sheets: Sequence[Sheet]
    seed: int = 0
    model: Path = WEIGHTS_DIR  # of the ablations that train nothing, and where the curve begins
    program: Path | None = None  # a Python file with parse(text), to stand beside
    curve: Sequence[LabelledPage] = ()  # pages of one layout
    curve_name: str = "curve"  # of that layout; models are kept by it

    @property
    def base(self) -> str:
        """The model's name and a part of its checksum: what was made of other weights is not of these."""
        return f"{self.model.name}-{sha256((self.model / 'model.onnx').read_bytes()).hexdigest()[:8]}"

    def pages(self, count: int) -> list[LabelledPage]:
        """Made-up pages to train on; fewer are the first of more."""
        path = self.work / f"pages-{self.trained}-{self.seed}.jsonl"
        if not path.is_file():
            self.work.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            write_labelled_pages(
                synthesize(self.trained, self.seed, exclude=(*HELD_OUT, *HELD_OUT_DAMAGES), augmented=True),
                partial,
            )
            partial.rename(path)
        return load_labelled_pages(path)[:count]

    def trained_model(self, variant: Variant, count: int) -> tuple[Path, float]:
        """The folder of a variant trained on so many pages, and the seconds that it took."""
        name = f"{variant.name.replace(' ', '-')}-{count}-{self.seed}"
        start = self.work / "untrained" / name

        def make(out: Path) -> None:
            pages = self.pages(count)
            write_untrained(variant, pages, start, seed=self.seed)
            recipe = Recipe(seed=self.seed, learning_rate=usual_rate(None))
            train([], [], out, made_up=pages, recipe=recipe, base=start)

        return self.made(name, make)

    def taught_model(self, count: int) -> tuple[Path, float]:
        """The model trained on, with so many pages of the curve, and the seconds that it took."""

        def make(out: Path) -> None:
            beside = self.pages(min(_BESIDE, self.trained))
            recipe = Recipe(seed=self.seed)
            train(self.curve[:count], [], out, made_up=beside, recipe=recipe, base=self.model)

        return self.made(f"{self.base}-{self.curve_name}-{count}-{self.seed}", make)

    def made(self, name: str, make: Callable[[Path], None]) -> tuple[Path, float]:
        """A model folder, made now unless it was made before, and the seconds that it took."""
        folder = self.work / "models" / name
        stamp = folder / "seconds.json"
        if not stamp.is_file():
            begun = time.monotonic()
            make(folder)
            stamp.write_text(json.dumps(time.monotonic() - begun), encoding="utf-8")
        return folder, float(json.loads(stamp.read_text(encoding="utf-8")))
