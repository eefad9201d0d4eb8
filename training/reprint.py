"""Print a labelled page anew: in its own layout, with the labels and figures of a made-up page.

Flow:  labelled pages, made-up pages -> **reprinted pages** -> windows

A few pages of a new layout show how it is laid out, and only a little of how publishers word
their labels, mark their blanks and print their figures. The made-up pages know that. So half of
the visits to a labelled page find every tagged text of it replaced by one of the same tag.
A page whose columns are aligned by blanks or ruled is left as it is: other words would shift them.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.annotations.pages import LabelledPage
from gouji.model.labels import Tag
from gouji.training.edits import Edit, apply_edits
from gouji.training.foreign import WRAPPED
from gouji.training.standins import Piece

_FEWEST_VALUES = 20  # of a made-up page that lends its print; some hold no table
_ALIGNED = re.compile(r"\S(?: {3,}|\u3000{2,})\S|[─━]{3}")
_ALIGNED_LINES = 0.1  # share of a page's lines

Supply = Mapping[Tag, Sequence[str]]


def with_reprints(
    labelled: Sequence[LabelledPage], made_up: Sequence[LabelledPage], visits: int, *, seed: int
) -> Iterator[LabelledPage]:
    """Each labelled page as often as it is visited, every other time in the print of a made-up page."""
    rng = random.Random(seed)
    lenders = [page for page in made_up if _lends(page)]
    for visit in range(visits):
        for page in labelled:
            if visit % 2 and lenders and not _is_aligned(page):
                yield reprinted(page, rng.choice(lenders), rng)
            else:
                yield page


def reprinted(page: LabelledPage, lender: LabelledPage, rng: random.Random) -> LabelledPage:
    """A page with each tagged text replaced by any of the same tag of another page; its truth is gone."""
    supply = _supply(lender)
    edits = [
        Edit(span.start, span.end, rng.choice(supply[span.tag])) for span in page.spans if span.tag in supply
    ]
    text, pieces = apply_edits(page.text, [Piece(span, 0) for span in page.spans], edits)
    return replace(page, text=text, spans=tuple(piece.span for piece in pieces), truth=None)


def _supply(lender: LabelledPage) -> Supply:
    """What another page prints, by tag; what is broken over lines there need not be here."""
    texts: defaultdict[Tag, list[str]] = defaultdict(list)
    for span in lender.spans:
        text = lender.text[span.start : span.end]
        if "\n" not in text and "\t" not in text:
            texts[span.tag].append(text)
    return texts


def _lends(page: LabelledPage) -> bool:
    """Whether a page prints whole labels, and enough figures."""
    values = sum(span.tag is Tag.VALUE for span in page.spans)
    return values >= _FEWEST_VALUES and not page.tool.startswith(WRAPPED)


def _is_aligned(page: LabelledPage) -> bool:
    lines = page.text.splitlines()
    return sum(bool(_ALIGNED.search(line)) for line in lines) > _ALIGNED_LINES * len(lines)
