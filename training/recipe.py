"""What decides the weights of a training besides its pages, and how often each page is seen.

Flow:  labelled pages -> split -> **recipe** -> windows -> training
"""

from __future__ import annotations

from dataclasses import dataclass

# Five pages of a new layout beside 300 made-up ones: seen 10 times 98.3% of the layout's cells came out
# right, 20 times 99.6%. Twelve pages of another form, seen 8 times: 89% and 76%, by seed; 20 times: 97, 94%.
# Many pages are seen a few times: what they have to say is in their number.
_MOST_VISITS, _FEWEST_VISITS, _VISITS = 20, 3, 240

# The share of the steps after which it is looked. Earlier the rate is high, and what looks best by chance is
# worse on what nobody looks at: F1 0.988 on other flatteners after four tenths, 0.992 after nine.
FIRST_LOOK = 0.5


@dataclass(frozen=True, slots=True)
class Recipe:
    """Seed, length, rate, and how a training is watched."""

    seed: int = 0
    epochs: float = 1.0
    windows_a_step: int = 4  # of the same 1,500 pages 4 learnt F1 0.985, 8 learnt 0.977; of all processes
    learning_rate: float | None = None  # None: by what it starts from
    warmup: float = 0.05  # share of the steps
    threads: int = 2
    checkpoints: int = 10  # with a look at the pages kept aside before each of the second half
    patience: int = 3  # looks in a row without a better one, after which the training ends


def visits(labelled: int) -> int:
    """How often a training goes over each of so many labelled pages; over a made-up one it goes once.

    >>> [visits(count) for count in (1, 4, 10, 40, 1000)]
    [20, 20, 20, 6, 3]
    """
    return max(_FEWEST_VISITS, min(_MOST_VISITS, round(_VISITS / max(labelled, 1))))
