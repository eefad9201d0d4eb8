"""A body's name taken apart, and its id: the same across years and spellings, whatever else is in the batch.

Flow:  issuer -> **parts** -> place -> **issuer id**

An id rests on the first code of the division's lineage and on the body's name as it is written most fully
today: 320803-…; where the place is not settled, on the name alone, and it says so: name-….
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from gouji.inference.audit.issuers import full_organ, parse_name
from gouji.inference.places.divisions import Division
from gouji.inference.places.levels import town_in, zone_in
from gouji.model.page import fold

GOVERNMENT = "人民政府"

# Bodies of the State Council, and what the local branches of some begin with.
_CENTRAL = re.compile(
    r"^(?:中华人民共和国(?!海关)|国务院|国家(?:税务总局|统计局|外汇管理局|金融监督管理总局|矿山安全监察局|煤矿安全监察局|发展和改革委员会"
    r"|卫生健康委员会|民族事务委员会|市场监督管理总局|广播电视总局|体育总局|国际发展合作署|医疗保障局|信访局|粮食和物资储备局|能源局"
    r"|数据局|国防科技工业局|烟草专卖局|移民管理局|林业和草原局|铁路局|邮政局|文物局|中医药管理局|疾病预防控制局|药品监督管理局"
    r"|知识产权局|公务员局|档案局|保密局|密码管理局|自然科学基金委员会|地震局|海洋局|测绘地理信息局|安全生产监督管理总局|新闻出版广电总局"
    r"|乡村振兴局|机关事务管理局|版权局)"
    r"|中国(?:人民银行|气象局|地震局|民用航空局|民航局|证券监督管理委员会|证监会|银行保险监督管理委员会|银保监会|银行业监督管理委员会|银监会"
    r"|保险监督管理委员会|保监会|工程院|科学院|社会科学院)"
    r"|海关总署|审计署|最高人民法院|最高人民检察院|全国社会保障基金理事会"
    r"|(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和社会保障|自然资源|国土资源|生态环境|环境保护"
    r"|住房和城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|退役军人事务|应急管理|监察)部(?![\u4e00-\u9fff]{2}))"
)
_LEADING = re.compile(r"^(?:中共)")
_BARE_RANK = re.compile(
    r"^(?:自治区|自治州|自治县|自治旗|省|市|州|盟|县|区|旗)(?=[\u4e00-\u9fff]{2})(?!场|政[公管建设工园]|容|民|域|划|道)"
)
_ZONES_IN_FULL = {"高新区": "高新技术产业开发区"}


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer's name taken apart as far as the name alone says."""

    name: str  # without what it begins with that is no place
    central: str | None  # the body of the State Council whose branch it is, or that it is
    bare_rank: str | None  # in a place's stead: 区 in 区发改局
    places: tuple[str, ...]  # by their endings, whether or not there are such
    own_body: str  # the name less those places


def apart(issuer: str) -> Issuer:
    """Take an issuer's name apart.

    >>> apart("区发改局").bare_rank, apart("国家税务总局桐庐县税务局").name
    ('区', '桐庐县税务局')
    """
    written = _LEADING.sub("", re.sub(r"[\s\u200b()]", "", fold(issuer)))
    central = _CENTRAL.match(written)
    name = written[central.end() :] if central else written
    name = re.sub(r"^新疆生产建设兵团第[\u4e00-\u9fff]{1,3}师(?=[\u4e00-\u9fff]{2,5}市)", "", name)
    bare = None if central else _BARE_RANK.match(name)
    parsed = parse_name(name)
    places = parsed.places
    own = name.removeprefix("".join(places))
    return Issuer(name, central[0] if central else None, bare[0] if bare else None, places, own or GOVERNMENT)


def issuer_id_of(issuer: Issuer, division: Division | None, rest: str = "") -> str:
    """A body's id.

    Args:
        issuer: Its name.
        division: The division that it is of; None where that is not settled.
        rest: Its name without the division's.
    """
    if division is not None:
        return f"{division.lineage}-{_digest(canonical_body(rest), 8)}"
    place = "".join(issuer.places) or issuer.bare_rank or ""
    central = issuer.central or ""
    own = canonical_body(issuer.name.removeprefix(place)) if issuer.name else ""
    return f"name-{_digest(central + place + own, 12)}"


def canonical_body(rest: str) -> str:
    """A body's name without its place, as it is written most fully today.

    >>> [canonical_body(each) for each in ("", "发改局", "江南中街道", "高新区管委会", "政府办")]
    ['人民政府', '发展和改革局', '江南中街道办事处', '高新技术产业开发区管理委员会', '人民政府办公室']
    """
    if rest in ("", "政府", "行政公署", "行署"):
        return GOVERNMENT
    if (town := town_in(rest)) is not None:
        name, behind = town
        seat = "办事处" if name.endswith(("街道", "地区")) else GOVERNMENT
        return name + (full_organ(behind) if behind else seat)
    if (zone := zone_in(rest)) is not None:
        name, behind = zone
        name = _ZONES_IN_FULL.get(name, name)
        return name + (full_organ(behind) if behind else "管理委员会")
    return full_organ(rest)


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:digits]
