"""How likely a row's reading is, by what reports hold there: to put candidates in order, never to choose.

Flow:  readings -> **likelihood** -> candidates, the likeliest first

Reports were counted (`python -m gouji.training.likelihoods`): in each cell, how often nothing stands
there, how often the greatest number of its row, and how often a smaller one. A reading is as likely
as its cells are together, each taken for itself; a cell that was never counted says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gouji.inference.extraction import Number
from gouji.model.errors import GoujiError
from gouji.model.forms import FORMS_DIR

LIKELIHOODS_FILE = FORMS_DIR / "likelihoods.json"
# Nothing; less than a tenth of its row's greatest number; less than that number; that number.
SIZES = ("nought", "small", "part", "greatest")
_SMALL = 0.1
# Drawn figures spread applications over the applicants more evenly than real reports do, so shares count by
# this power. The first candidate is true on the development set's pages in 68.8% with 1, 68.4% with 2, 68.6%
# with 3 (before: 58.8%), on drawn figures in 72.8%, 72.0%, 71.6% (72.5%). With 1 and 2 the first candidate of
# `34 34` would be a blank for every applicant, five others having had the number as well.
_SHARPNESS = 3

Floats = npt.NDArray[np.float64]
Counts = Mapping[str, Sequence[int]]  # cell key -> how often each of SIZES was seen
_UNKNOWN: Floats = np.zeros(len(SIZES))


class LikelihoodError(GoujiError):
    """The counts cannot be read."""


def weights_of_values(keys: Sequence[str], values: Sequence[Sequence[Number]]) -> list[float]:
    """How likely each reading of a line is, the likeliest being 1.

    Args:
        keys: The line's cells.
        values: What each reading gives them.
    """
    if not values:
        return []
    known = log_shares()
    logs = np.stack([known.get(key, _UNKNOWN) for key in keys])
    found = sizes(keys, np.array(values, dtype=np.float64))
    scores = logs[np.arange(len(keys)), found].sum(axis=1)
    weighed: list[float] = np.exp(_SHARPNESS * (scores - scores.max())).tolist()
    return weighed


def sizes(keys: Sequence[str], values: Floats) -> npt.NDArray[np.int64]:
    """The size of each value beside the others of its row, as an index into SIZES.

    Args:
        keys: The cells of one line; of a band it holds several rows.
        values: (readings, cells).

    >>> sizes(["t/a/x", "t/a/y", "t/b/x", "t/b/y"], np.array([[0.0, 3.0, 50.0, 4.0]])).tolist()
    [[0, 3, 3, 1]]
    """
    found = np.zeros(values.shape, dtype=np.int64)
    rows = [key.rpartition("/")[0] for key in keys]
    starts = [i for i, row in enumerate(rows) if i == 0 or row != rows[i - 1]]
    for start, end in pairwise((*starts, len(keys))):
        own = np.abs(values[:, start:end])
        most = own.max(axis=1, keepdims=True)
        sized = np.where(own == most, 3, np.where(own < _SMALL * most, 1, 2))
        found[:, start:end] = np.where(own == 0, 0, sized)
    return found


@lru_cache(maxsize=1)
def log_shares() -> Mapping[str, Floats]:
    """For each cell the logarithm of each size's share of reports, one report of each size being added.

    Raises:
        LikelihoodError: The counts cannot be read.
    """
    try:
        counts: Counts = json.loads(LIKELIHOODS_FILE.read_text(encoding="utf-8"))["cells"]
        return {key: _log_shares(seen) for key, seen in counts.items()}
    except (OSError, ValueError, KeyError) as error:
        raise LikelihoodError(
            f"{LIKELIHOODS_FILE}: {error!r}; install gouji anew, or count reports anew with"
            " python -m gouji.training.likelihoods"
        ) from error


def _log_shares(seen: Sequence[int]) -> Floats:
    smoothed = np.array(seen, dtype=np.float64) + 1
    logs: Floats = np.log(smoothed / smoothed.sum())
    return logs
