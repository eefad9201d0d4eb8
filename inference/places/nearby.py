"""Whose a name is that has a rank in its place's stead: 区发改局, by what else stands on its page.

Flow:  bare rank, page -> **divisions of that rank that publish there** -> settle

A place that is only spoken of is none: it must stand before its government's name or a body's.
"""

from __future__ import annotations

import re

from gouji.inference.places.bodies import Issuer
from gouji.inference.places.divisions import Division, Rank, load_divisions
from gouji.inference.places.names import names_of, stem_of
from gouji.inference.places.settle import SITE_CODE, Witness

_BODY = r"(?:人民政府|政府|门户网|[\u4e00-\u9fff]{2,12}?(?:局|委员会|办公室|管委会))"
_RANKS = {
    "省": (Rank.PROVINCE,),
    "自治区": (Rank.PROVINCE,),
    "州": (Rank.CITY,),
    "自治州": (Rank.CITY,),
    "盟": (Rank.CITY,),
}


def divisions_of_rank(issuer: Issuer, year: int | None, witness: Witness) -> list[Division]:
    """The divisions of an issuer's rank that publish on its page; several where it does not settle which."""
    rank = issuer.bare_rank or ""
    ranks = _RANKS.get(rank, (Rank.CITY, Rank.COUNTY, Rank.PROVINCE) if rank == "市" else (Rank.COUNTY,))
    of_rank = [
        each
        for each in load_divisions()
        if each.rank in ranks and each.name.endswith(rank) and (year is None or each.in_force(year))
    ]
    site = {match[1] for match in SITE_CODE.finditer(witness.text)}
    if own := [each for each in of_rank if each.code in site]:
        return own
    organ = issuer.name.removeprefix(rank)
    found: dict[str, list[Division]] = {}
    for each in of_rank:
        if len(stem_of(each.name)) < 2 and each.name in ("城区", "郊区", "矿区"):
            continue
        for name in names_of(each):
            if name in witness.text:
                found.setdefault(name, []).append(each)
    publishing = [
        n for n in found if re.search(rf"{re.escape(n)}(?:{_BODY}|{re.escape(organ)})", witness.text)
    ]
    named = [n for n in publishing if not any(n != other and n in other for other in publishing)]
    return [each for name in named for each in found[name]]
