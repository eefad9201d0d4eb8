"""How much is answered, and how much of that is wrong, when only confident cells are believed.

Flow:  evaluation -> **coverage** -> tables, JSON, HTML

An answer is a number, or the word that the cell is blank; an ambiguous or missing cell is none. A
program that gives no confidence has no coverage.
"""

from __future__ import annotations

from dataclasses import dataclass

from gouji.inference.evaluation.cells import CellScore, Evaluation, Verdict

# Nine cells of ten on the development pages are above 0.997: the steps lie where the cells lie.
THRESHOLDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995)


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """The cells answered with at least this confidence."""

    threshold: float
    cells: int  # all, answered or not
    answered: int
    wrong: int  # of the answered
    missed: int  # of the answered: called blank where a number is printed

    @property
    def answered_share(self) -> float:
        """Of all cells; 1 where there is none."""
        return self.answered / self.cells if self.cells else 1.0

    @property
    def wrong_share(self) -> float:
        """Of the cells answered."""
        return self.wrong / self.answered if self.answered else 0.0


def coverage(evaluation: Evaluation) -> tuple[CoveragePoint, ...]:
    """One point for each threshold; none for a program without confidences."""
    cells = [cell for score in evaluation.scores for cell in score.cells]
    answers = [(c.found.confidence, c) for c in cells if c.found.answered and c.found.confidence is not None]
    if not answers:
        return ()
    return tuple(
        _point(threshold, len(cells), [cell for confidence, cell in answers if confidence >= threshold])
        for threshold in THRESHOLDS
    )


def _point(threshold: float, cells: int, answered: list[CellScore]) -> CoveragePoint:
    verdicts = [cell.verdict for cell in answered]
    return CoveragePoint(
        threshold, cells, len(answered), verdicts.count(Verdict.WRONG), verdicts.count(Verdict.MISSED)
    )
