"""How much is answered, and how much of that is wrong, when only confident answers are kept.

Flow:  evaluation -> **risk against coverage** -> tables, JSON, HTML

This is the curve of selective prediction (El-Yaniv and Wiener 2010; Geifman and El-Yaniv 2017). Answers
are sorted by confidence; keeping those above a bound gives a point: coverage is the share of the cells
that is answered, risk the share of the answers that is wrong. The cells are those that print a number,
and the blanks that were given one: a number called blank and a blank called a number are both wrong, and
blanks rightly seen do not dilute the risk. The last point is the program as it ran: what it leaves open
has no confidence, so that no point lies beyond. A program without confidences is that one point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from gouji.inference.evaluation.cells import Evaluation
from gouji.inference.evaluation.tally import share
from gouji.inference.evaluation.verdicts import CellScore

# Nine cells of ten on the development pages are above 0.997: the steps lie where the cells lie.
THRESHOLDS = (0.9, 0.99, 0.995, 0.999, 0.9995)
RISKS = (0.0, 0.0001, 0.001, 0.01)  # of which is told how much may be answered


@dataclass(frozen=True, slots=True)
class Point:
    """The answers kept where this confidence is asked for."""

    confidence: float  # the least that is kept
    cells: int  # all, answered or not
    answered: int
    wrong: int  # of the answered

    @property
    def coverage(self) -> float | None:
        return share(self.answered, self.cells)

    @property
    def risk(self) -> float | None:
        return share(self.wrong, self.answered)


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """A program's curve, from its surest answers to all of them."""

    chosen: Point  # the program as it ran: every answer that it gives
    curve: tuple[Point, ...]  # one for each confidence, the highest first; none without confidences

    @property
    def aurc(self) -> float | None:
        """The area under the curve: the mean, over the answers, of the risk at their confidence."""
        if not self.curve:
            return None
        steps = pairwise((Point(1.0, self.chosen.cells, 0, 0), *self.curve))
        summed = sum((here.answered - before.answered) * (here.risk or 0) for before, here in steps)
        return summed / self.chosen.answered

    def at(self, confidence: float) -> Point:
        """The point at which this confidence is asked for."""
        kept = [point for point in self.curve if point.confidence >= confidence]
        last = kept[-1] if kept else Point(confidence, self.chosen.cells, 0, 0)
        return Point(confidence, last.cells, last.answered, last.wrong)

    def within(self, risk: float) -> Point | None:
        """The point of most answers at which no larger a share of them is wrong; None where there is none."""
        return next((point for point in reversed(self.curve) if (point.risk or 0) <= risk), None)


def risk_coverage(evaluation: Evaluation) -> RiskCoverage:
    """The curve of one program over all its pages."""
    cells = [c for score in evaluation.scores for c in score.cells if c.is_number or c.is_wrong]
    answers = [cell for cell in cells if cell.found.answered]
    known = any(cell.found.confidence is not None for cell in answers)
    chosen = Point(0.0, len(cells), len(answers), sum(cell.is_wrong for cell in answers))
    return RiskCoverage(chosen, tuple(_points(answers, len(cells))) if known else ())


def _points(answers: Iterable[CellScore], cells: int) -> Iterable[Point]:
    """A point for each confidence; answers of one confidence cannot be told apart, and join together."""
    answered = wrong = 0
    for confidence, group in groupby(sorted(answers, key=_confidence, reverse=True), _confidence):
        joining = list(group)
        answered += len(joining)
        wrong += sum(cell.is_wrong for cell in joining)
        yield Point(confidence, cells, answered, wrong)


def _confidence(cell: CellScore) -> float:
    """An answer without a confidence is the least sure of all."""
    return cell.found.confidence or 0.0
