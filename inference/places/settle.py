"""Which of several divisions a body's is: what its page prints beside the name.

Flow:  name -> chains -> **settle** -> place

鼓楼区 is a district of four cities. A page tells which: by the whole chain (南京市鼓楼区), by the mark that
every government site bears (网站标识码, whose first six digits are the division's code; 苏ICP备, whose first
letter is the province), by its address, and by the cities and provinces that it names. Evidence that
contradicts other evidence settles nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouji.inference.places.divisions import Division, Rank
from gouji.inference.places.domains import places_of_address
from gouji.inference.places.names import names_of, stem_of

SITE_CODE = re.compile(r"(?:网站)?标识码\s*[::]?\s*(\d{6})\d{4}(?!\d)")
_POLICE_CODE = re.compile(r"公网安备\s*(\d{6})\d{8}(?!\d)")
_ICP = re.compile(
    r"([京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕甘陇青宁新蒙])\s*ICP\s*[备证]", re.I
)
_LETTERS = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "辽": "21", "吉": "22", "黑": "23",
    "沪": "31", "苏": "32", "浙": "33", "皖": "34", "闽": "35", "赣": "36", "鲁": "37", "豫": "41",
    "鄂": "42", "湘": "43", "粤": "44", "桂": "45", "琼": "46", "渝": "50", "川": "51", "蜀": "51",
    "贵": "52", "黔": "52", "云": "53", "滇": "53", "藏": "54", "陕": "61", "甘": "62", "陇": "62",
    "青": "63", "宁": "64", "新": "65",
}  # fmt: skip
# Before or behind a place's name: it is spoken of, and publishes nothing.
_ELSEWHERE = r"(?<![赴到往与和同及、])"
_VISITED = r"(?!学习|考察|调研|参观|等地|籍)"


@dataclass(frozen=True, slots=True)
class Witness:
    """What else is known of a body beside its name: its page's text, and its address."""

    text: str = ""  # folded
    url: str | None = None


def settle(candidates: Sequence[Division], witness: Witness) -> list[Division]:
    """The candidates that the page leaves: one, where it settles which; else all that it does not exclude."""
    if len(candidates) < 2:
        return list(candidates)
    told = [kept for kept in _strong(candidates, witness) if kept is not None]
    left = [each for each in candidates if all(each in kept for kept in told)]
    if told and not left:
        return list(candidates)  # it contradicts itself
    if len(left) > 1 and (named := _named(left, witness.text)):
        left = named
    return left


def site_codes(text: str) -> set[str]:
    """The codes of divisions that a page's own marks say: 网站标识码, 公网安备."""
    return {match[1] for mark in (SITE_CODE, _POLICE_CODE) for match in mark.finditer(text)}


def _strong(candidates: Sequence[Division], witness: Witness) -> Iterable[list[Division] | None]:
    """What each piece of evidence leaves; None for one that is not there, or is of none of them."""
    yield [each for each in candidates if _printed_chain(each, witness.text)] or None
    for code in site_codes(witness.text):
        yield _of_code(candidates, code)
    for letter in {match[1] for match in _ICP.finditer(witness.text)}:
        yield [each for each in candidates if each.code.startswith(_LETTERS[letter])] or None
    if witness.url is not None:
        places = places_of_address(witness.url)
        yield [each for each in candidates if any(place in places for place in each.chain)] or None


def _of_code(candidates: Sequence[Division], code: str) -> list[Division] | None:
    """The candidates that a code is of; or of what holds or is held by the code's division."""
    exact = [each for each in candidates if each.code == code]
    near = [each for each in candidates if _stub(each.code) == _stub(code) or each.code[:4] == code[:4]]
    return exact or near or None


def _stub(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4]


def _printed_chain(division: Division, text: str) -> bool:
    """Whether the page prints the division behind what it lies in: 南京市鼓楼区, 南京鼓楼区."""
    if len(division.chain) < 2:
        return division.rank is Rank.PROVINCE and division.name in text
    return _chain_pattern(division).search(text) is not None


@lru_cache(maxsize=4096)
def _chain_pattern(division: Division) -> re.Pattern[str]:
    above = {name for place in division.chain[:-1] for name in (place, stem_of(place))}
    fronts, names = (
        "|".join(map(re.escape, sorted(each, key=len, reverse=True))) for each in (above, names_of(division))
    )
    return re.compile(rf"(?:{fronts})(?:{names})")


def _named(candidates: Sequence[Division], text: str) -> list[Division] | None:
    """The candidates whose city the page names in full, or else whose province; None where it names none."""
    for depth in (2, 1):
        kept = [each for each in candidates if _names_above(each, text, depth)]
        if kept:
            return kept
    return None


def _names_above(division: Division, text: str, depth: int) -> bool:
    above = division.chain[:-1]
    if len(above) < depth and depth > 1:
        return len(above) == 1 and _mentions(
            above[0], text
        )  # a municipality's district: its city is its province
    return len(above) >= depth and _mentions(above[depth - 1], text)


def _mentions(name: str, text: str) -> bool:
    return re.search(f"{_ELSEWHERE}{re.escape(name)}{_VISITED}", text) is not None
