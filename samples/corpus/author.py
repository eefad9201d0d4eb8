"""Write the prose of the corpus: sentences that say what the tables say, others without their figures.

Flow:  figures, corpus.toml -> **author** -> paragraphs around the tables

What claims something of the tables is worded by training/claim_phrases.py. A contradiction is one sentence
among true ones, none of which tells the same figure.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from gouji.model.forms import Form
from gouji.training import claim_phrases as phrases
from gouji.training.claim_phrases import Claim
from gouji.training.claims import ClaimWriter
from gouji.training.figures import Number
from gouji.training.places import Issuer

_COMPARED = ("{updown}", "{pct}")  # of a claim that compares with figures of no table


class Author(ClaimWriter):
    """Writes one report's prose.

    Args:
        issuer: Who publishes.
        year: The year that is reported on.
        form: The tables' form.
        figures: What they print.
        sentences: The lists of `[prose]`.
        planted: What the prose contradicts: `prose_...`, or nothing.
        rng: Where all chance comes from.
    """

    def __init__(
        self,
        issuer: Issuer,
        year: int,
        form: Form,
        figures: Mapping[str, Number],
        sentences: Mapping[str, Sequence[str]],
        planted: str,
        rng: random.Random,
    ) -> None:
        super().__init__(issuer, year, form, figures, rng)
        self._sentences = sentences
        self._slots |= {
            "two": lambda: rng.choice(sentences["units"]),
            "n": lambda: str(rng.randrange(60, 900)),
            "s": lambda: str(rng.randrange(8, 40)),
            "few": lambda: str(rng.randrange(2, 6)),
        }
        self.planted = self._plant(planted.removeprefix("prose_")) if planted.startswith("prose_") else ""
        self._wrong = planted

    def paragraphs(self, kind: str) -> list[str]:
        if kind != "overview":
            return ["".join(self._some(kind, 3 if kind == "problems" else 1))]
        period = self.fill(self.rng.choice(phrases.PERIODS[:2]))
        opening = [*self._some("opening", 1), self.planted if self._wrong == "prose_year" else period]
        review = self._claims(phrases.REVIEW, 1, ("SUITS",) if self._wrong == "prose_lawsuit" else ())
        asked = self._claims(phrases.APPLICATIONS, 2, ("RECEIVED",) if self._wrong in _OF_RECEIVED else ())
        known = phrases.DISCLOSURE_2021 if self._form.id == "2021" else phrases.DISCLOSURE_2019
        if self._wrong in _OF_RECEIVED:
            asked.insert(0, self.planted)
        if self._wrong == "prose_lawsuit":
            review.append(self.planted)
        return [
            "".join(opening),
            "（一）主动公开。" + "".join([*self._some("disclosure", 2), *self._claims(known, 1)]),
            "（二）依申请公开。" + "".join([*asked, *self._some("applications", 1)]),
            "（三）行政复议和行政诉讼。" + "".join(review),
            "（四）管理、平台和监督。" + "".join(self._some("management", 3)),
        ]

    def sentence(self) -> str:
        return self.fill(self.rng.choice(self._sentences["management"]))

    def counts(self) -> list[tuple[str, ...]]:
        rows = [(channel, self.fill("{n}")) for channel in self._sentences["channels"]]
        return [("公开渠道", "发布数量（条）"), *rows]

    def _some(self, kind: str, count: int) -> list[str]:
        """Some sentences of a list, in its order."""
        known = self._sentences[kind]
        return [self.fill(known[place]) for place in sorted(self.rng.sample(range(len(known)), count))]

    def _claims(self, known: Sequence[Claim], count: int, told: Sequence[str] = ()) -> list[str]:
        """Some true claims; none of the figures that another sentence tells."""
        free = [
            claim
            for claim in known
            if self._is_true(claim)
            and not any(mark in claim.text for mark in _COMPARED)
            and not any(f"{{{slot}" in claim.text or slot in claim.zero for slot in told)
        ]
        return [self._tell(claim) for claim in self.rng.sample(free, min(count, len(free)))]

    def _plant(self, kind: str) -> str:
        if kind == "year":
            year = str(self._year)
            return self.fill(phrases.PERIODS[0]).replace(year, str(self._year - 1))
        if kind == "lawsuit":
            return self.fill(phrases.LAWSUITS[1])
        if kind == "none":
            return self._tell(Claim("{when}{who}未收到政府信息公开申请。"))
        return self._tell(Claim("{when}{who}共收到政府信息公开申请{RECEIVED}件。"), wrong="RECEIVED")


_OF_RECEIVED = ("prose_received", "prose_none")
