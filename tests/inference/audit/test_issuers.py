"""Names of one issuer are matched, and names of two are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.inference.audit.issuers import AliasError, load_aliases, match_issuers, names_of_body


def issuers_of(*names: str) -> list[str]:
    """The issuers of names that report in one year after the other; a name without one stands for itself."""
    found = match_issuers([(name, 2019 + i) for i, name in enumerate(names)])
    return [found[name].issuer if name in found else f"? {name}" for name in names]


@pytest.mark.parametrize(
    ("names", "how"),
    [
        (("乐山市五通桥区水务局", "五通桥区水务局"), "place"),
        (("海盐县人民政府办公室", "县政府办"), "abbreviated"),
        (("海盐县人民政府办公室", "海盐县政府办公室"), "abbreviated"),
        (("白河市发展和改革委员会", "市发改委"), "abbreviated"),
        (("白河市环境保护局", "市生态环境局"), "renamed"),
        (("青溪县扶贫开发办公室", "青溪县乡村振兴局"), "renamed"),
        (("青溪县卫计局", "青溪县卫生健康局"), "renamed"),
        (("青溪县人民政府", "青溪县"), "abbreviated"),
        (("青溪县城东镇人民政府", "城东镇"), "abbreviated"),
        (("青溪县交通运输综合行政执法大队", "青溪县交通运输综合行政执法大对"), "alike"),
    ],
)
def test_another_name_of_one_body_is_matched_and_it_is_said_how(names: tuple[str, str], how: str):
    found = match_issuers([(names[0], 2020), (names[1], 2021)])

    assert len({match.issuer for match in found.values()}) == 1
    assert how in {match.how for match in found.values()}


@pytest.mark.parametrize(
    "names",
    [
        ("青溪县人民政府", "青溪县人民政府办公室"),
        ("青溪县水务局", "青溪县水利局"),
        ("青溪县城东镇人民政府", "青溪县城西镇人民政府"),
        ("青溪县水务局", "云泉县水务局"),
        ("白河市第一人民医院医疗集团", "白河市第二人民医院医疗集团"),
        ("白河市教育局", "白河市体育局"),
        ("白河市朝阳区教育局", "丰川市朝阳区教育局"),
    ],
)
def test_two_bodies_are_two_issuers(names: tuple[str, str]):
    assert len(set(issuers_of(*names))) == 2


def test_a_name_without_its_place_is_nobodys_where_several_places_report():
    assert issuers_of("青溪县水务局", "云泉县教育局", "县水务局")[2] == "? 县水务局"
    assert issuers_of("白河市朝阳区教育局", "丰川市朝阳区教育局", "朝阳区教育局")[2] == "朝阳区教育局"


def test_two_names_that_report_for_one_year_are_two_issuers():
    found = match_issuers([("青溪县水务局", 2021), ("县水务局", 2021)])

    assert found["青溪县水务局"].issuer != found["县水务局"].issuer


def test_an_alias_is_believed(tmp_path: Path):
    path = tmp_path / "aliases.csv"
    path.write_text("name,issuer\n县水利局,青溪县水务局\n", encoding="utf-8")

    found = match_issuers(
        [("青溪县水务局", 2020), ("县水利局", 2021), ("云泉县水利局", 2021)], load_aliases(path)
    )

    assert found["县水利局"].issuer == "青溪县水务局"
    assert found["县水利局"].how == "alias"


def test_a_faulty_table_of_aliases_is_named_with_all_its_faults(tmp_path: Path):
    path = tmp_path / "aliases.csv"
    path.write_text("name,issuer\n甲局,\n乙局,丙局\n乙局,丁局\n", encoding="utf-8")

    with pytest.raises(AliasError) as caught:
        load_aliases(path)

    assert "line 2: name or issuer is empty" in str(caught.value)
    assert "line 4: 乙局 is 丙局 already" in str(caught.value)


def test_a_table_without_its_columns_says_what_it_wants(tmp_path: Path):
    path = tmp_path / "aliases.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(AliasError, match="expected the columns name and issuer; found a, b"):
        load_aliases(path)


def test_what_a_page_calls_its_own_issuer_is_known():
    names = names_of_body("乐山市五通桥区经济和信息化局")

    assert {"五通桥区经信局", "区经信局", "经济和信息化局", "乐山市五通桥区经济和信息化局"} <= names
    assert "乐山市" not in names
