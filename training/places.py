"""Invent who publishes a report: provinces, cities, counties, bureaus, townships, by combination.

Flow:  figures, **issuers** and prose -> report -> markup -> flattener -> labelled page
"""

from __future__ import annotations

import random
from dataclasses import dataclass

_FIRST = (
    "安宝北长昌常朝成赤川春大丹德定东丰凤福阜甘高谷固广桂海汉和河鹤恒衡红洪湖华怀淮黄惠吉济嘉建江金锦"
    "晋靖九开康昆兰乐丽连凉林临灵龙隆陇庐鲁洛马梅蒙密明南宁攀平浦祁齐千青清庆曲泉仁荣如瑞三沙山上韶深"
    "石双顺松苏绥泰太唐桃天铁通同铜潼万威文武西溪襄新兴徐宣雅延盐阳宜永榆玉云枣张昭肇镇中资遵"
)
_SECOND = (
    "安城川德定东都丰阜岗港高谷关海河湖华化家江津京陵岭龙隆罗门明南宁平坪浦泉仁沙山水顺台潭田通团屯洼"
    "湾西溪乡祥新兴阳义邑源远苑云寨镇州洲竹庄"
)
_BUREAU_NAMES = (
    "发展和改革 教育 科学技术 工业和信息化 公安 民政 司法 财政 人力资源和社会保障 "
    "自然资源 生态环境 住房和城乡建设 交通运输 水利 水务 农业农村 商务 文化和旅游 "
    "文化广电旅游 卫生健康 退役军人事务 应急管理 审计 市场监督管理 统计 医疗保障 林业 "
    "城市管理 行政审批服务 政务服务 大数据发展 机关事务管理 信访 乡村振兴 体育 "
    "粮食和物资储备 地方金融监督管理 国有资产监督管理 人民防空 地震 气象 档案 "
    "城市管理综合执法 经济和信息化 园林绿化 "
)
_BUREAUS = tuple(_BUREAU_NAMES.split())


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who publishes, what prose calls it, and the place whose site it publishes on."""

    name: str  # 青川县水利局
    short: str  # 我局
    place: str  # 青川县


def invent_issuer(rng: random.Random) -> Issuer:
    """A publisher of any rank."""
    city = _name(rng) + "市"
    county = _name(rng) + rng.choice(("县", "区", "市", "旗", "自治县"))
    kind = rng.choice(("province", "city", "county", "bureau", "bureau", "bureau", "township", "office"))
    if kind == "province":
        place = _name(rng) + rng.choice(("省", "自治区", "市"))
        return Issuer(rng.choice((place, place + "人民政府")), "全" + place[-1], place)
    if kind == "city":
        return Issuer(city + rng.choice(("", "人民政府", "人民政府办公室")), "全市", city)
    if kind == "county":
        return Issuer(
            rng.choice(("", city)) + county + rng.choice(("", "人民政府")), "全" + county[-1], county
        )
    place = rng.choice((city, county, city + county))
    if kind == "township":
        town = _name(rng) + rng.choice(("镇", "乡", "街道", "镇"))
        seat = "办事处" if town.endswith("街道") else "人民政府"
        return Issuer(place + town + rng.choice((seat, seat, "")), "我" + town[-1], place)
    if kind == "office":
        rest = rng.choice(
            ("高新技术产业开发区管理委员会", "经济技术开发区管委会", "供销合作社联合社", "残疾人联合会")
        )
        return Issuer(place + rest, rng.choice(("我委", "我单位")), place)
    ending = rng.choice(("局", "局", "局", "厅", "委员会", "办公室"))
    return Issuer(
        place + rng.choice(_BUREAUS) + ending, "我" + ending[0] if ending[0] != "办" else "我办", place
    )


def _name(rng: random.Random) -> str:
    return rng.choice(_FIRST) + rng.choice(_SECOND)
