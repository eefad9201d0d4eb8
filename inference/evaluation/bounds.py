"""How large a share may still be, after so many trials: a bound beside every count of faults.

Flow:  reports, faulty reports -> **upper bound** -> tables, JSON, HTML

No fault in N reports does not mean that there is none: were one report in N/3 faulty, N of them would
still show none one time in twenty. This is the bound of Clopper and Pearson (1934), which takes the
trials to be independent and like those to come. Copies of one report are not: who asks counts reports.
"""

from __future__ import annotations

from math import exp, lgamma, log

LEVEL = 0.95  # one-sided
_HALVINGS = 50  # of an interval of 1: far finer than any figure that is shown


def upper_bound(faulty: int, trials: int) -> float | None:
    """The largest share of faults that goes with so few of them, at `LEVEL`; None without a trial.

    Of none it is just below 3/N, the rule of three:

    >>> f"{upper_bound(0, 300):.4f}", f"{upper_bound(1, 300):.4f}", upper_bound(2, 2), upper_bound(0, 0)
    ('0.0099', '0.0157', 1.0, None)
    """
    if not trials:
        return None
    if faulty >= trials:
        return 1.0
    low, high = faulty / trials, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _at_most(faulty, trials, middle) > 1 - LEVEL:
            low = middle
        else:
            high = middle
    return high


def _at_most(faulty: int, trials: int, share: float) -> float:
    """The probability of so few faults, or fewer, where each trial has one with the probability `share`."""
    if share >= 1:
        return 0.0
    if share <= 0:
        return 1.0
    return sum(
        exp(
            lgamma(trials + 1)
            - lgamma(count + 1)
            - lgamma(trials - count + 1)
            + count * log(share)
            + (trials - count) * log(1 - share)
        )
        for count in range(faulty + 1)
    )
