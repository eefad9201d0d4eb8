"""Tell which reports are one issuer's, by name.

Flow:  reports -> **issuers** -> identities across years

A name is a chain of places and an organ: 乐山市 五通桥区 | 经济和信息化局. Two names are one
issuer's where the organs agree, written short or long, by an old name or a new one, or but for
a letter; and where no place contradicts. A name without its place (县政府办, 市水务局) belongs to
the one place of that rank that the reports name, and to nobody where they name several. What
two bodies of one year are called is two issuers' names: nobody reports twice.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from gouji.inference.audit.issuer_names import FORMER_STEMS, RENAMED_ENDINGS, SHORT_ENDINGS, SHORT_STEMS
from gouji.model.errors import GoujiError
from gouji.model.page import fold

# Of the letters of two organs' names, how many must agree where no list knows them as one: 文化体育广电局 and
# 文化体育广电和旅游局 are 0.82 alike and two bodies; a name of ten letters with one changed or lost is 0.90.
_LIKENESS = 90.0

_RANKS = "省|自治区|市|地区|自治州|盟|自治县|县|新区|林区|特区|区|自治旗|旗"
_PLACE = re.compile(rf"(?:[\u4e00-\u9fff]{{2,8}}?(?:{_RANKS})|[\u4e00-\u9fff](?:县|旗))(?!道|域)")
_BARE_RANK = re.compile(rf"(?:{_RANKS})(?=[\u4e00-\u9fff])")
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道|苏木)(?=人民政府|办事处|政府|办|$)")
_TELLING = re.compile(r"[一二三四五六七八九十东西南北中前后上下新老甲乙0-9]")  # one of these is another body
_COLUMNS = ("name", "issuer")


class AliasError(GoujiError):
    """A table of aliases is faulty; all its faults at once."""


@dataclass(frozen=True, slots=True)
class Name:
    """An issuer's name taken apart."""

    places: tuple[str, ...]  # from the larger to the smaller
    rank: str | None  # of a name that has a rank in a place's stead: 县 in 县政府办
    organ: str  # as it is written most fully today

    @property
    def place(self) -> str | None:
        return self.places[-1] if self.places else None


@dataclass(frozen=True, slots=True)
class Match:
    """A name that reports bear, whose it is, and how that was told."""

    name: str
    issuer: str
    how: str  # same name, alias, place, abbreviated, renamed, alike


def match_issuers(
    reporting: Iterable[tuple[str, int | None]], aliases: Mapping[str, str] | None = None
) -> dict[str, Match]:
    """Tell which names are one issuer's.

    Args:
        reporting: Each report's issuer and year.
        aliases: What a user says a name stands for; it is believed.

    Returns:
        For each name its issuer, called by the fullest of its names; none for a name without a place
        that may be several issuers', for the reports name several places.

    >>> found = match_issuers([("青溪县财政局", 2020), ("青溪县环保局", 2021), ("县生态环境局", 2022)])
    >>> [(match.issuer, match.how) for match in found.values()]
    [('青溪县财政局', 'same name'), ('青溪县环保局', 'same name'), ('青溪县环保局', 'renamed')]
    """
    aliases = {_written(name): _written(issuer) for name, issuer in (aliases or {}).items()}
    years: dict[str, set[int]] = {}
    for name, year in reporting:
        reported = years.setdefault(name, set())
        if year is not None:
            reported.add(year)
    called = {name: aliases.get(_written(name), _written(name)) for name in years}
    parsed = {name: parse_name(written) for name, written in called.items()}
    clusters: list[list[str]] = []
    for name in sorted(years, key=lambda n: (-len(parsed[n].places), -len(called[n]), n)):
        fitting = [c for c in clusters if _joins(name, c, called, parsed, years)]
        if len(fitting) == 1:
            fitting[0].append(name)
        else:
            clusters.append([name])
    return {
        name: Match(name, called[cluster[0]], _how(name, cluster[0], called, parsed))
        for name, cluster in _in_order(years, clusters)
        if called[name] in aliases.values() or _is_one_issuers(parsed[cluster[0]], parsed.values())
    }


def load_aliases(path: Path) -> dict[str, str]:
    """A user's table of aliases: a CSV with the columns name and issuer.

    Raises:
        AliasError: It cannot be read, lacks a column, or a row is faulty; all faults at once.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [(reader.line_num, row) for row in reader]
            columns = reader.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AliasError(f"{path}: cannot be read: {error}; expected a CSV in utf-8") from error
    if not set(_COLUMNS) <= set(columns):
        found = ", ".join(columns) or "nothing"
        raise AliasError(f"{path}: expected the columns name and issuer; found {found}")
    aliases: dict[str, str] = {}
    faults = []
    for number, row in rows:
        name, issuer = ((row[column] or "").strip() for column in _COLUMNS)
        if not name or not issuer:
            faults.append(f"{path} line {number}: name or issuer is empty; give both, or drop the line")
        elif aliases.setdefault(name, issuer) != issuer:
            faults.append(f"{path} line {number}: {name} is {aliases[name]} already; name it once")
    if faults:
        raise AliasError("\n".join(faults))
    return aliases


@lru_cache(maxsize=1 << 14)
def parse_name(written: str) -> Name:
    """Take an issuer's name apart.

    >>> parse_name("乐山市五通桥区经信局")
    Name(places=('乐山市', '五通桥区'), rank=None, organ='经济和信息化局')
    >>> parse_name("县政府办")
    Name(places=(), rank='县', organ='人民政府办公室')
    """
    places = []
    rest = written
    while match := _PLACE.match(rest):
        places.append(match.group())
        rest = rest[match.end() :]
    rank = None
    if bare := _BARE_RANK.match(rest) if not places else None:
        rank, rest = bare.group(), rest[bare.end() :]
    if town := _TOWN.match(rest):
        places.append(town.group())
        rest = rest[town.end() :]
    if places and rest in ("人民政府", "政府", "办事处"):
        rest = ""  # a place reports as its government
    return Name(tuple(places), rank, full_organ(rest))


def names_of_body(issuer: str) -> set[str]:
    """What a page may call its own issuer: with and without its places, its organ short and long.

    >>> sorted(names_of_body("青溪县水务局"), key=len)
    ['水务局', '县水务局', '青溪县水务局']
    """
    name = parse_name(_written(issuer))
    if not name.organ:
        places = ["".join(name.places[i:]) for i in range(len(name.places))]
        return {place + ending for place in places for ending in ("", "政府", "人民政府", "办事处")}
    own = _written(issuer).removeprefix("".join(name.places)).removeprefix(name.rank or "")
    organs = {own, name.organ, *_short_organs(name.organ)}
    fronts = {"", *("".join(name.places[i:]) for i in range(len(name.places)))}
    if name.place:
        fronts.add(name.place[-1])
    if name.rank:
        fronts.add(name.rank)
    return {front + organ for front in fronts for organ in organs}


def _is_one_issuers(name: Name, world: Iterable[Name]) -> bool:
    """Whether a name tells whose it is: it has a place, or there is no more than one that it could have."""
    if name.places:
        return True
    places = {place for other in world for place in other.places if place.endswith(name.rank or "")}
    return len(places) <= 1


def _in_order(
    years: Mapping[str, set[int]], clusters: Sequence[list[str]]
) -> Iterator[tuple[str, list[str]]]:
    for name in years:
        yield name, next(cluster for cluster in clusters if name in cluster)


def _joins(
    name: str,
    cluster: Sequence[str],
    called: Mapping[str, str],
    parsed: Mapping[str, Name],
    years: Mapping[str, set[int]],
) -> bool:
    """Whether a name is another one of an issuer known by some already."""
    if called[name] in (called[other] for other in cluster):
        return True
    if any(years[name] & years[other] for other in cluster):
        return False  # both report for one year: two issuers
    return all(
        _places_agree(parsed[name], parsed[other], parsed.values())
        and _organs_agree(parsed[name], parsed[other])
        for other in cluster
    )


def _places_agree(one: Name, other: Name, world: Iterable[Name]) -> bool:
    if one.places and other.places:
        longer, shorter = sorted((one.places, other.places), key=len, reverse=True)
        if longer[len(longer) - len(shorter) :] != shorter:
            return False
        chains = {n.places for n in world if n.places[-len(shorter) :] == shorter and n.places != shorter}
        return len(longer) == len(shorter) or len(chains) == 1
    bare, full = (one, other) if not one.places else (other, one)
    if bare.rank is None or full.rank is not None:
        return one.places == other.places and one.rank == other.rank
    of_rank = {place for n in world for place in n.places if place.endswith(bare.rank)}
    return full.place is not None and full.place.endswith(bare.rank) and of_rank == {full.place}


def _organs_agree(one: Name, other: Name) -> bool:
    if one.organ == other.organ:
        return True
    if _stem(one.organ)[0] == _stem(other.organ)[0]:
        return {_stem(one.organ)[1], _stem(other.organ)[1]} in [set(pair) for pair in RENAMED_ENDINGS]
    if set(_TELLING.findall(one.organ)) != set(_TELLING.findall(other.organ)):
        return False
    if (
        min(len(one.organ), len(other.organ)) < 9
    ):  # of short names one letter is most of what tells them apart
        return False
    return fuzz.ratio(one.organ, other.organ) >= _LIKENESS


def _how(name: str, issuer: str, called: Mapping[str, str], parsed: Mapping[str, Name]) -> str:
    if _written(name) == called[issuer]:
        return "same name"
    if called[name] != _written(name):
        return "alias"
    one, other = parsed[name], parsed[issuer]
    if one.organ != other.organ:
        return "renamed" if _stem(one.organ)[0] == _stem(other.organ)[0] else "alike"
    own, others = (_written(n).removeprefix("".join(parsed[n].places)) for n in (name, issuer))
    if _is_former(own) != _is_former(others):
        return "renamed"
    return "abbreviated" if own.removeprefix(one.rank or "") != others else "place"


def _written(name: str) -> str:
    return re.sub(r"[\s\u200b]|^中共", "", fold(name))


def _stem(organ: str) -> tuple[str, str]:
    for ending in ("管理委员会", "委员会", "办公室", "局", "厅", "院", "中心", "会"):
        if organ.endswith(ending):
            return organ.removesuffix(ending), ending
    return organ, ""


def full_organ(organ: str) -> str:
    """An organ's name as it is written most fully today.

    >>> [full_organ(organ) for organ in ("发改委", "环境保护局", "政府办", "扶贫办", "高新区管委会")]
    ['发展和改革委员会', '生态环境局', '人民政府办公室', '乡村振兴办公室', '高新区管理委员会']
    """
    if organ == "政府":
        return "人民政府"
    for full, shorts in SHORT_ENDINGS.items():
        for short in shorts:
            if organ.endswith(short) and not organ.endswith(full):
                organ = organ.removesuffix(short) + full
                break
    if organ in ("政府办公室", "人民政府办公室"):
        return "人民政府办公室"
    stem, ending = _stem(organ)
    return _STEMS.get(stem, stem) + ending if ending else organ


def _short_organs(organ: str) -> set[str]:
    """The short forms of an organ's full name."""
    stem, ending = _stem(organ)
    stems = {stem, *(short for short, full in _STEMS.items() if full == stem)}
    endings = {ending, *SHORT_ENDINGS.get(ending, ())}
    if organ == "人民政府办公室":
        stems.add("政府")
    return {short + end for short in stems for end in endings}


def _is_former(organ: str) -> bool:
    stem, _ = _stem(organ if not organ.endswith("办") else organ + "公室")
    return any(stem.endswith(former) for formers in FORMER_STEMS.values() for former in formers)


_STEMS: Mapping[str, str] = {
    **{short: full for full, shorts in SHORT_STEMS.items() for short in shorts},
    **{former: new for new, formers in FORMER_STEMS.items() for former in formers},
}
