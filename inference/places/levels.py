"""Of which level a body is: a small fixed set of words, the same in every output.

Flow:  a name's places and the rest of it -> **level** -> place
"""

from __future__ import annotations

import re
from enum import StrEnum

from gouji.inference.places.divisions import Rank


class Level(StrEnum):
    """A government, or a body of one; a branch of a central body counts as of the level that it serves."""

    CENTRAL = "central"  # 国务院部门
    PROVINCE = "province"
    PROVINCE_DEPARTMENT = "province_department"
    CITY = "city"  # of the rank of a prefecture: 市, 地区, 自治州, 盟
    CITY_DEPARTMENT = "city_department"
    COUNTY = "county"  # 县, 区, 旗, and cities of that rank
    COUNTY_DEPARTMENT = "county_department"
    TOWNSHIP = "township"  # 乡, 镇, 街道
    TOWNSHIP_DEPARTMENT = "township_department"
    ZONE = "zone"  # the committee of a development zone, which is no division
    ZONE_DEPARTMENT = "zone_department"


_GOVERNMENT = re.compile(r"^(?:人民政府|政府|行政公署|行署)?$")
_TOWN = re.compile(
    r"^([\u4e00-\u9fff]{1,10}?(?:民族乡|镇|乡|街道|苏木|地区(?=办事处)))(人民政府|政府|办事处|党工委|办$)?"
)
# What is no township's name unless its government stands behind it: 城镇管理局, 公安局城关镇派出所.
_NO_TOWN = re.compile(r"[局委办厅院]|城镇|乡镇|村镇")
_ZONE = re.compile(
    r"^([\u4e00-\u9fff]{0,24}?(?:新区|园区|开发区|高新区|经开区|保税区|试验区|示范区|度假区|名胜区|风景区|管理区|合作区|功能区"
    r"|产业区|工业区|(?:示范|产业|工业|科技)园(?!区)|地区(?=管)))(.*)$"
)
_COMMITTEE = re.compile(r"^(?:管理委员会|管委会|管委|党工委)")
_NO_ZONE = re.compile(r"[局厅]|委员会")


def town_in(rest: str) -> tuple[str, str] | None:
    """The township that the rest of a name begins with, and what goes on behind it and its government.

    >>> town_in("先锋镇人民政府"), town_in("江南中街道办事处"), town_in("乡村振兴局")
    (('先锋镇', ''), ('江南中街道', ''), None)
    """
    match = _TOWN.match(rest)
    if match is None or (not match[2] and _NO_TOWN.search(match[1])):
        return None
    return match[1], rest[match.end() :]


def zone_in(rest: str) -> tuple[str, str] | None:
    """The zone that the rest of a name begins with, and what goes on behind it and its committee.

    >>> zone_in("经济技术开发区管委会"), zone_in("国有资产监督管理委员会"), zone_in("湖滨新区教育局")
    (('经济技术开发区', ''), None, ('湖滨新区', '教育局'))
    """
    match = _ZONE.match(rest)
    if match is None or _NO_ZONE.search(match[1]):
        return None
    return match[1], _COMMITTEE.sub("", match[2])


def level_of(rank: Rank, rest: str) -> Level:
    """The level of a body whose place is of that rank; `rest` is its name without its place."""
    town = town_in(rest)
    if town is not None:
        return Level.TOWNSHIP_DEPARTMENT if town[1] else Level.TOWNSHIP
    zone = zone_in(rest)
    if zone is not None:
        return Level.ZONE_DEPARTMENT if zone[1] else Level.ZONE
    own = Level(rank)
    return own if _GOVERNMENT.match(rest) else Level(f"{own}_department")
