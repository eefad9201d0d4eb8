"""Which values of a sum's terms can take part in a sum of zero, and which rests stay within reach.

Flow:  readings -> solver -> **reachable sums** -> one reading of the page

The sums that some terms can reach are a set of small numbers: bit n of one long integer says
that n is reached, and a term is added by a shift. Where the sums spread too widely for that
they are kept apart as a set.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from gouji.inference.assembly.search import Effort

SPREAD = 1 << 20  # from the least to the greatest sum; 128 KiB as bits
_BITS = 512  # shifted in about the time that one sum kept apart takes


class Rest(NamedTuple):
    """What some terms can add up to: bits from the least sum on, None where the sums spread too widely."""

    least: int
    greatest: int
    bits: int | None


def supported(domains: Sequence[AbstractSet[int]], effort: Effort) -> list[set[int]]:
    """For each term the values that take part in some sum of zero.

    Raises:
        TooMuch: The effort is used up.

    >>> supported([{1, 2}, {0, 5}, {-7}], Effort())
    [{2}, {5}, {-7}]
    """
    least = [min(domain) for domain in domains]
    spread = sum(max(domain) for domain in domains) - sum(least)
    if spread > SPREAD:
        return _supported_apart(domains, effort)
    if not 0 <= -sum(least) <= spread:
        return [set() for _ in domains]
    effort.spend(2 * sum(map(len, domains)) * (1 + spread // _BITS))
    # Each term counts from its least value, so that no sum is negative.
    before = [1]
    for domain, first in zip(domains, least, strict=True):
        before.append(_shifted(before[-1], domain, first))
    needed = before[-1] & 1 << -sum(least)
    found: list[set[int]] = []
    for domain, first, totals in zip(reversed(domains), reversed(least), reversed(before[:-1]), strict=True):
        found.append({value for value in domain if totals & needed >> value - first})
        needed = _unshifted(needed, found[-1], first) & totals
    return found[::-1]


def rests(domains: Sequence[AbstractSet[int]]) -> list[Rest]:
    """What the terms from each on can add up to; the first is that of all terms, the last that of none.

    >>> [(rest.least, rest.greatest, rest.bits) for rest in rests([{1, 3}, {0, 2}])]
    [(1, 5, 21), (0, 2, 5), (0, 0, 1)]
    """
    wide = sum(max(domain) - min(domain) for domain in domains) > SPREAD
    found = [Rest(0, 0, None if wide else 1)]
    for domain in reversed(domains):
        rest, first = found[-1], min(domain)
        bits = None if rest.bits is None else _shifted(rest.bits, domain, first)
        found.append(Rest(rest.least + first, rest.greatest + max(domain), bits))
    return found[::-1]


def _shifted(sums: int, domain: AbstractSet[int], first: int) -> int:
    """The sums with any value of a term added."""
    more = 0
    for value in domain:
        more |= sums << value - first
    return more


def _unshifted(sums: int, domain: AbstractSet[int], first: int) -> int:
    """The sums with any value of a term taken away."""
    fewer = 0
    for value in domain:
        fewer |= sums >> value - first
    return fewer


def _supported_apart(domains: Sequence[AbstractSet[int]], effort: Effort) -> list[set[int]]:
    """The same with sums kept apart as a set."""
    before: list[set[int]] = [{0}]
    for domain in domains:
        effort.spend(2 * len(before[-1]) * len(domain))
        before.append({total + value for total in before[-1] for value in domain})
    found: list[set[int]] = []
    needed = {0} & before[-1]
    for domain, totals in zip(reversed(domains), reversed(before[:-1]), strict=True):
        found.append({v for v in domain if any(n - v in totals for n in needed)})
        needed = {n - v for n in needed for v in found[-1]} & totals
    return found[::-1]
