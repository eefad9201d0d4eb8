"""Where a body is, of which level, and what it is called without its place; what is not settled is listed.

Flow:  issuer, year, page -> name apart -> candidates -> settle -> **place**

A name's divisions are looked for as they were at the end of the report's year, then at its begin, then in
any year, where what the division was in the report's year is told by its lineage. A place in front of a
name that no year knows is no division, and nothing behind it is read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gouji.inference.places.bodies import GOVERNMENT, Issuer, apart, issuer_id_of
from gouji.inference.places.divisions import Division, Rank, load_divisions
from gouji.inference.places.levels import Level, level_of, town_in
from gouji.inference.places.names import Chain, gazetteer
from gouji.inference.places.nearby import divisions_of_rank
from gouji.inference.places.settle import Witness, settle
from gouji.model.page import fold

_UNKNOWN = re.compile(
    r"[\u4e00-\u9fff]{1,4}?(?<![社园灾地小市景牧山老林库校军城特])[县区旗](?![域划道级])"
    r"|[\u4e00-\u9fff]{2,4}?(?<![城都超股门上县区])市(?![场政容民内域道区])"
)
_ORGAN_WORD = re.compile(r"[局委办厅院所和与及]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body is; what is not certain is None."""

    province: str | None = None
    city: str | None = None  # none for a municipality's districts and for counties directly under a province
    county: str | None = None
    level: Level | None = None
    body: str | None = None  # the name without its place
    division_code: str | None = None  # of the smallest division that is settled
    division_codes: tuple[str, ...] = ()  # where several are possible
    issuer_id: str | None = None

    def to_record(self) -> dict[str, Any]:
        """The place as JSON has it, without the id."""
        return {
            "province": self.province,
            "city": self.city,
            "county": self.county,
            "level": None if self.level is None else str(self.level),
            "body": self.body,
            "division_code": self.division_code,
            **({"division_codes": list(self.division_codes)} if self.division_codes else {}),
        }


def place_of(issuer: str, year: int | None = None, text: str = "", url: str | None = None) -> Place:
    """Where an issuer is.

    Args:
        issuer: Its name, as the page says it.
        year: The report's; None where it is not known: then a code must be one of all years.
        text: The page's text, which may settle what the name leaves open.
        url: The page's address, likewise.

    Returns:
        The place. Without the codes' package nothing but an id that rests on the name.

    >>> place_of("淮安市楚州区水务局", 2010).division_code, place_of("淮安市淮安区水务局", 2012).division_code
    ('320803', '320803')
    >>> place_of("鼓楼区人民政府", 2022).division_codes
    ('320106', '320302', '350102', '410204')
    >>> place_of("鼓楼区人民政府", 2022, "主办：南京市鼓楼区人民政府").division_code
    '320106'
    """
    named = apart(issuer)
    if not load_divisions():
        return Place(issuer_id=issuer_id_of(named, None))
    if named.name == "":
        return Place(level=Level.CENTRAL, body=named.central, issuer_id=issuer_id_of(named, None))
    witness = Witness(fold(text), url)
    candidates, end = _candidates(named, year, witness)
    if not candidates:
        level = Level.CENTRAL if named.central else _level_of_unknown(named)
        return Place(level=level, body=named.own_body, issuer_id=issuer_id_of(named, None))
    return _described(named, named.name[end:], candidates, year, witness)


def _described(
    named: Issuer, rest: str, found: Sequence[Division], year: int | None, witness: Witness
) -> Place:
    candidates = settle(_holding(rest, found, year), witness)
    outside = town_in(rest) is None and _is_unknown_place(rest, candidates)
    ranks = {each.rank for each in found}
    level = level_of(Rank.COUNTY if outside else ranks.pop(), rest) if len(ranks) == 1 or outside else None
    of_year = list(dict.fromkeys(each for old in candidates for each in _in_year(old, year)))
    codes = sorted({each.code for each in of_year})
    one = of_year[0] if len(codes) == 1 and not outside and _is_in_force(of_year[0], year) else None
    place = Place(
        province=_common(each.province for each in of_year),
        city=_common(each.name if each.rank is Rank.CITY else each.city for each in of_year),
        county=_common(each.name if each.rank is Rank.COUNTY else None for each in of_year),
        level=level,
        body=rest or GOVERNMENT,
        division_code=None if one is None else one.code,
        division_codes=() if one is not None or outside else tuple(codes),
    )
    return replace(place, issuer_id=issuer_id_of(named, one, rest))


def _candidates(named: Issuer, year: int | None, witness: Witness) -> tuple[list[Division], int]:
    """The divisions that the name may be of, and where it goes on behind them."""
    best: list[Chain] = []
    for time in (None,) if year is None else (year, year - 1, None):
        chains = gazetteer(time).chains(named.name, branch=bool(named.central))
        if time is None and year is not None:
            chains = [chain for chain in chains if _was_known(chain.last, year)]
        if chains and (not best or chains[0].end > best[0].end):
            best = chains
    if not best and named.bare_rank is not None:
        return divisions_of_rank(named, year, witness), len(named.bare_rank)
    lasts = list(dict.fromkeys(chain.last for chain in best))
    return lasts, best[0].end if best else 0


def _holding(rest: str, found: Sequence[Division], year: int | None) -> list[Division]:
    """The divisions that may hold a body: a town whose county is not named lies in any of its city."""
    if town_in(rest) is None:
        return list(found)
    held = []
    for division in found:
        below = [each for each in load_divisions() if each.rank is Rank.COUNTY and division.holds(each)]
        held += [each for each in below if year is None or each.in_force(year)] or [division]
    return held


def _in_year(division: Division, year: int | None) -> list[Division]:
    """What a division was at a year's end, or else at its begin; itself where it was none then."""
    if year is None or _is_in_force(division, year):
        return [division]
    kin = [each for each in load_divisions() if each.lineage == division.lineage and each.in_force(year)]
    return sorted(kin, key=lambda each: each.last)[-1:] or [division]


def _was_known(division: Division, year: int) -> bool:
    """Whether a division, or what it was called then, was there in a year or before it."""
    return division.first <= year or any(_is_in_force(each, year) for each in _in_year(division, year))


def _is_in_force(division: Division, year: int | None) -> bool:
    return year is None or division.in_force(year)


def _is_unknown_place(rest: str, candidates: Sequence[Division]) -> bool:
    """Whether a place stands behind the divisions that is none of theirs: 宿迁市青溪县水务局."""
    match = _UNKNOWN.match(rest)
    if match is None or _ORGAN_WORD.search(match[0]) or _is_of_zone(rest):
        return False
    return any(each.rank is not Rank.COUNTY for each in candidates)


def _is_of_zone(rest: str) -> bool:
    """Whether a name goes on with a zone, which is no division."""
    return level_of(Rank.CITY, rest) in (Level.ZONE, Level.ZONE_DEPARTMENT)


def _level_of_unknown(named: Issuer) -> Level | None:
    """The level of a body of a place that no year knows, by what the place calls itself."""
    if not named.places:
        return None
    last = named.places[-1]
    if last.endswith(("省", "自治区")):
        rank = Rank.PROVINCE
    elif last.endswith(("县", "区", "旗")):
        rank = Rank.COUNTY
    elif last.endswith(("自治州", "盟", "地区")):
        rank = Rank.CITY
    else:
        return None  # 市 is of either rank
    return level_of(rank, named.own_body if named.own_body != GOVERNMENT else "")


def _common(names: Iterable[str | None]) -> str | None:
    held = set(names)
    return held.pop() if len(held) == 1 else None
