"""Draw the figures of one public body over years: applications come in, are answered, or are carried over.

Flow:  size -> **bodies** -> figures of each year -> report -> markup -> flattener

Every application is drawn by itself: who asks, and what becomes of it. So all sums of a report hold, and
what one year carries over the next one has carried in, because it is the same applications. Documents and
items are kept as stocks likewise. Nothing is planted here.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gouji.model.forms import Form, load_forms
from gouji.training.figures import Number

Figures = dict[str, Number]

_FIRST_OF_2021 = 2021  # the first year that is reported on in the form of 2021
_DRIFT = 0.12  # how far a year's counts stray from the body's usual ones
_CARRIED = (0.02, 0.1)  # of the applications at hand at a year's end, how many are carried over
# Of a hundred applications: who asks, and what is answered; an answer that is not named weighs one.
_APPLICANTS = {
    "natural_person": 84.0,
    "business": 7.5,
    "legal_service": 4.0,
    "other": 2.5,
    "nonprofit": 1.2,
    "research": 0.8,
}
_ANSWERS = {
    "granted": 34.0,
    "partly_granted": 9.0,
    "unavailable.not_held": 26.0,
    "rejected.petition": 6.0,
    "other": 6.0,
    "other.rest": 4.5,
    "other.fee_unpaid": 0.1,
    "denied.state_secret": 0.4,
    "rejected.publication": 0.4,
}
_OUTCOMES = {"upheld": 60, "corrected": 12, "other": 18, "pending": 10}
_REVIEWS = {"reconsideration": 0.03, "direct_suit": 0.009, "suit_after_reconsideration": 0.006}
_ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")


@dataclass(frozen=True, slots=True)
class Size:
    """A body's usual counts in a year."""

    applications: float
    regulations: float  # issued
    documents: float  # issued
    licences: float
    penalties: float
    coercions: float
    fees: float  # 万元
    items: int  # of licensing, in its list


SIZES: Mapping[str, Size] = {
    "province_office": Size(240, 0, 5, 5200, 140, 6, 1850, 46),
    "city": Size(1150, 1.2, 18, 212_000, 94_000, 4200, 68_400, 410),
    "city_office": Size(42, 0, 1.5, 640, 85, 3, 310, 22),
    "county": Size(165, 0, 7, 26_400, 7300, 430, 5200, 280),
    "county_office": Size(2.5, 0, 0.7, 0, 0, 0, 0, 2),
    "township": Size(5, 0, 0.2, 130, 12, 1, 0, 9),
    "street": Size(7, 0, 0, 0, 24, 2, 0, 5),
}


def figures_over_years(years: Iterable[int], size: Size, rng: random.Random) -> dict[int, Figures]:
    """Each year's figures, every cell of the form that was in force.

    Args:
        years: In order, without a gap.
        size: The body's.
        rng: Where all chance comes from.
    """
    body = _Body(size, rng)
    return {year: body.report(year, form_of(year)) for year in years}


def form_of(year: int) -> Form:
    """The form that was in force for a year's report."""
    return load_forms()["2019" if year < _FIRST_OF_2021 else "2021"]


class _Body:
    """A body between two years: what it has in hand, and in force."""

    def __init__(self, size: Size, rng: random.Random) -> None:
        self._rng = rng
        self._usual = size
        self._trend = rng.uniform(0.94, 1.1)  # a year's growth
        self._in_hand: Counter[str] = Counter(self._asked(round(size.applications * 0.05)))
        self._in_force = {
            "regulations": round(size.regulations * 12),
            "normative_documents": round(size.documents * 8),
        }
        shares = (1.0, 0.3, 2.0, 0.25, 0.08)
        self._items = {row: round(size.items * share) for row, share in zip(_ITEMS, shares, strict=True)}
        self._growth = 1.0

    def report(self, year: int, form: Form) -> Figures:
        """The figures of the next year."""
        self._growth *= self._trend
        drawn = {**self._disclosure(year), **self._applications(form)}
        drawn |= self._reviews(drawn["applications/total/total"])
        return {key: drawn[key] for table in form.tables for key in table.keys()}

    def _disclosure(self, year: int) -> Figures:
        """The disclosure table's cells of either form: the one in force takes its own."""
        usual, rng, figures = self._usual, self._rng, Figures()
        for row, mean in (("regulations", usual.regulations), ("normative_documents", usual.documents)):
            issued = self._about(mean)
            ended = min(self._about(mean * 0.6), self._in_force[row]) if year >= _FIRST_OF_2021 else 0
            self._in_force[row] += issued - ended
            for name in ("made", "published", "issued"):
                figures[f"disclosure/{row}/{name}"] = issued
            figures[f"disclosure/{row}/repealed"] = ended
            for name in ("public_total", "in_force"):
                figures[f"disclosure/{row}/{name}"] = self._in_force[row]
        counts = (usual.licences, usual.licences * 0.4, usual.penalties, usual.coercions, 0)
        for row, mean in zip(_ITEMS, counts, strict=True):
            before = self._items[row]
            self._items[row] = max(0, before + round(rng.gauss(0, 0.04) * before + rng.uniform(-1, 1)))
            figures[f"disclosure/{row}/previous_year"] = before
            figures[f"disclosure/{row}/change"] = self._items[row] - before
            figures[f"disclosure/{row}/decisions"] = self._about(mean)
        figures["disclosure/fees/amount"] = self._money(usual.fees)
        figures["disclosure/procurement/projects"] = projects = self._about(3 + usual.items / 4)
        figures["disclosure/procurement/amount"] = self._money(projects * 85.0)
        return figures

    def _applications(self, form: Form) -> Figures:
        """What came in, what was answered, and how, each application by itself."""
        table, rng = form.table("applications"), self._rng
        answers = next(rule.left for rule in table.checks if rule.name == "results")
        weights = [_ANSWERS.get(answer, 1.0) for answer in answers]
        received = Counter(self._asked(self._about(self._usual.applications)))
        at_hand = sorted((self._in_hand + received).elements())
        carried = set(rng.sample(range(len(at_hand)), round(len(at_hand) * rng.uniform(*_CARRIED))))
        cells = Counter({("received", who): count for who, count in received.items()})
        cells.update({("carried_in", who): count for who, count in self._in_hand.items()})
        self._in_hand = Counter(at_hand[place] for place in carried)
        cells.update({("carried_out", who): count for who, count in self._in_hand.items()})
        for place, who in enumerate(at_hand):
            if place not in carried:
                cells.update([(rng.choices(answers, weights)[0], who), ("total", who)])
        figures = Figures()
        for _, row in table.rows():
            for who in _APPLICANTS:
                figures[f"applications/{row.id}/{who}"] = cells[row.id, who]
            figures[f"applications/{row.id}/total"] = sum(cells[row.id, who] for who in _APPLICANTS)
        return figures

    def _reviews(self, answered: Number) -> Iterator[tuple[str, Number]]:
        """Reconsiderations and suits over what was answered."""
        outcomes, weights = list(_OUTCOMES), list(_OUTCOMES.values())
        for row, share in _REVIEWS.items():
            count = sum(self._rng.random() < share for _ in range(int(answered)))
            drawn = Counter(self._rng.choices(outcomes, weights, k=count))
            for outcome in outcomes:
                yield f"review/{row}/{outcome}", drawn[outcome]
            yield f"review/{row}/total", count

    def _asked(self, count: int) -> list[str]:
        return self._rng.choices(list(_APPLICANTS), list(_APPLICANTS.values()), k=count)

    def _about(self, mean: float) -> int:
        """A count of about so many; of nothing, none."""
        mean *= self._growth
        return max(0, round(self._rng.gauss(mean, mean**0.5 + _DRIFT * mean))) if mean else 0

    def _money(self, mean: float) -> Number:
        """A sum of money in 万元, mostly with decimals."""
        value = round(mean * self._growth * self._rng.uniform(0.8, 1.2), self._rng.choice((0, 1, 2, 2, 4)))
        return int(value) if value == int(value) else value
