"""What divisions are called, in full and in short, and which chains of them a text begins with.

Flow:  divisions -> **names -> chains** -> settle -> place

A division goes by its official name, and those with peoples in their name by the one without
(恩施州, 峨边县). A bare stem (南京, 广西) is a name only where what follows shows that a place is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouji.inference.places.divisions import FIRST, Division, Rank, load_divisions

_LONGEST = 15  # characters of a name: 积石山保安族东乡族撒拉族自治县 has 14
_PEOPLES = (
    "蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族"
    "|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|塔吉克"
    "|怒族|普米族|鄂温克族|鄂伦春|独龙族|裕固族|保安族|各族"
)
_WITHOUT_PEOPLES = re.compile(rf"^(.{{1,7}}?)((?:{_PEOPLES})+)?自治(州|县|旗|区)$")
# Short names that no rule makes.
_CALLED: Mapping[str, tuple[str, ...]] = {
    "克孜勒苏柯尔克孜自治州": ("克州",),
    "博尔塔拉蒙古自治州": ("博州",),
    "巴音郭楞蒙古自治州": ("巴州",),
    "海西蒙古族藏族自治州": ("海西州",),
    "前郭尔罗斯蒙古族自治县": ("前郭县",),
    "杜尔伯特蒙古族自治县": ("杜蒙县",),
    "喀喇沁左翼蒙古族自治县": ("喀左县",),
    "莫力达瓦达斡尔族自治旗": ("莫旗",),
    "鄂温克族自治旗": ("鄂温克旗",),
    "鄂伦春自治旗": ("鄂伦春旗",),
    "东乡族自治县": ("东乡县",),
    "积石山保安族东乡族撒拉族自治县": ("积石山县",),
    "锡林郭勒盟": ("锡盟",),
    "杨陵区": ("杨凌区",),
}
_WITHOUT_RANK = {"内蒙古自治区": "内蒙古"}  # where 蒙古 is no people's name
_STEMS_OF_PROVINCES = ("内蒙古", "广西", "西藏", "宁夏", "新疆")  # go without 自治区 before any body
_RANK = re.compile(r"(?:自治[州县旗区]|省|市|地区|州|盟|县|区|旗|林区|特区)$")
# What shows that a stem before it is a place: 苏州工业园区, 国家统计局济南调查队.
_ZONE = re.compile(
    r"(?![省市县区旗州盟])[\u4e00-\u9fff]{0,14}?(?:新区|园区|开发区|高新区|经开区|保税区|试验区|示范区|度假区|风景名胜区|风景区|管理区|合作区)"
)
_NO_BODY = re.compile(r"^(?:省|自治区|铁路|海关|生产建设兵团)|大学|学院|集团|公司|银行|医院|日报|航空")


@dataclass(frozen=True, slots=True)
class Chain:
    """Divisions that a text begins with, each within the one before; where the text goes on."""

    divisions: tuple[Division, ...]
    end: int

    @property
    def last(self) -> Division:
        """The smallest."""
        return self.divisions[-1]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The divisions of some time, by their names."""

    full: Mapping[str, Sequence[Division]]
    stems: Mapping[str, Sequence[Division]]  # without what they are

    def chains(self, text: str, *, branch: bool = False) -> list[Chain]:
        """The longest chains that a text begins with.

        Args:
            text: A body's name.
            branch: Whether it is of a local branch, which goes by stems: 济南调查队.
        """
        found = list(self._chains(text, 0, (), branch))
        longest = max((chain.end for chain in found), default=0)
        return [chain for chain in found if chain.end == longest]

    def _chains(self, text: str, at: int, above: tuple[Division, ...], branch: bool) -> Iterator[Chain]:
        for length in range(min(_LONGEST, len(text) - at), 1, -1):
            name, end = text[at : at + length], at + length
            for division in self.full.get(name, ()):
                if not above or above[-1].holds(division):
                    yield from self._ended(text, end, (*above, division), branch)
            for division in self.stems.get(name, ()):
                if above and not above[-1].holds(division):
                    continue
                below = [c for c in self._chains(text, end, (*above, division), branch) if c.end > end]
                yield from below
                if not below and _shows_place(division, text[end:], branch):
                    yield Chain((*above, division), end)

    def _ended(self, text: str, end: int, divisions: tuple[Division, ...], branch: bool) -> Iterator[Chain]:
        yield Chain(divisions, end)
        yield from self._chains(text, end, divisions, branch)


@lru_cache(maxsize=64)
def gazetteer(year: int | None) -> Gazetteer:
    """The divisions that there were at a year's end, or, where none is named, ever since 2008."""
    full: dict[str, list[Division]] = defaultdict(list)
    stems: dict[str, list[Division]] = defaultdict(list)
    for division, names, stem in _named_divisions():
        if year is not None and not division.first <= max(year, FIRST) <= division.last:
            continue
        for name in names:
            full[name].append(division)
        if 1 < len(stem) < len(division.name):
            stems[stem].append(division)
    return Gazetteer(dict(full), dict(stems))


@lru_cache(maxsize=1)
def _named_divisions() -> list[tuple[Division, tuple[str, ...], str]]:
    """All divisions, with their names and their stems."""
    return [(division, names_of(division), stem_of(division.name)) for division in load_divisions()]


def names_of(division: Division) -> tuple[str, ...]:
    """A division's official name, and short ones that say what it is.

    >>> sorted(names_of(d) for d in load_divisions() if d.code in ("511132", "422800"))
    [('峨边彝族自治县', '峨边县', '峨边自治县'), ('恩施土家族苗族自治州', '恩施州', '恩施自治州')]
    """
    names = [division.name, *_CALLED.get(division.name, ())]
    match = _WITHOUT_PEOPLES.match(division.name)
    if match and division.rank is not Rank.PROVINCE:
        stem, _, kind = match.groups()
        names += [stem + kind] if len(stem) > 1 else []
        names += [f"{stem}自治{kind}"] if match[2] and len(stem) > 1 else []
    return tuple(dict.fromkeys(names))


def stem_of(name: str) -> str:
    """A name without what it is.

    >>> stem_of("南京市"), stem_of("恩施土家族苗族自治州"), stem_of("广西壮族自治区")
    ('南京', '恩施', '广西')
    """
    match = None if name in _WITHOUT_RANK else _WITHOUT_PEOPLES.match(name)
    return match[1] if match else _WITHOUT_RANK.get(name) or _RANK.sub("", name)


def _shows_place(division: Division, rest: str, branch: bool) -> bool:
    """Whether a stem before a rest is the name of a place."""
    if _ZONE.match(rest):
        return division.rank is not Rank.COUNTY
    if branch:
        return True
    return (
        division.rank is Rank.PROVINCE
        and stem_of(division.name) in _STEMS_OF_PROVINCES
        and not (not rest or _NO_BODY.search(rest))
    )
