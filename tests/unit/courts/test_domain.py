from __future__ import annotations

import pytest

from backend.courts.domain import Area, Court, Filters, Place, court_id, courts_by_rule, name_variants

AREAS = [
    Area("13", "河北省", None),
    Area("1301", "石家庄市", "13"),
    Area("130108", "裕华区", "1301"),
    Area("130123", "正定县", "1301"),
    Area("130181", "辛集市", "1301"),
    Area("11", "北京市", None),
    Area("110101", "东城区", "11"),
    Area("50", "重庆市", None),
    Area("500229", "城口县", "50"),
    Area("42", "湖北省", None),
    Area("429004", "仙桃市", "42"),
    Area("429021", "神农架林区", "42"),
    Area("15", "内蒙古自治区", None),
    Area("52", "贵州省", None),
    Area("71", "台湾省", None),
]


@pytest.fixture(scope="module")
def courts() -> dict[str, Court]:
    return {court.code: court for court in courts_by_rule(AREAS)}


@pytest.mark.parametrize(
    ("code", "name", "level", "superior"),
    [
        ("冀", "河北省高级人民法院", "high", None),
        ("冀01", "河北省石家庄市中级人民法院", "intermediate", "冀"),
        ("冀0108", "石家庄市裕华区人民法院", "basic", "冀01"),
        ("冀0123", "正定县人民法院", "basic", "冀01"),
        ("冀0181", "辛集市人民法院", "basic", "冀01"),
        ("京0101", "北京市东城区人民法院", "basic", None),
        ("渝0229", "重庆市城口县人民法院", "basic", None),
        ("鄂9004", "仙桃市人民法院", "basic", None),
        ("鄂9021", "神农架林区人民法院", "basic", None),
    ],
)
def test_code_name_and_superior_follow_from_the_area(
    courts: dict[str, Court], code: str, name: str, level: str, superior: str | None
) -> None:
    court = courts[code]
    assert (court.name, court.level, court.superior, court.by_rule) == (name, level, superior, True)


def test_signs_are_those_of_case_numbers_and_not_of_number_plates(courts: dict[str, Court]) -> None:
    assert courts["内"].name == "内蒙古自治区高级人民法院"
    assert courts["黔"].name == "贵州省高级人民法院"
    assert not {"蒙", "贵"} & courts.keys()


def test_makes_no_courts_where_case_numbers_know_none(courts: dict[str, Court]) -> None:
    assert all(court.area_code != "71" for court in courts.values())


def test_every_superior_exists_and_comes_first(courts: dict[str, Court]) -> None:
    seen: set[str | None] = {None}
    for court in courts.values():
        assert court.superior in seen
        seen.add(court.code)


def test_ids_never_change() -> None:
    assert str(court_id("冀0108")) == "82070b30-a206-5203-9199-1e31f50ea89d"


def test_basic_courts_are_found_with_and_without_city_and_province() -> None:
    assert name_variants("石家庄市裕华区人民法院", "basic", "河北省", "石家庄市") == {
        "裕华区人民法院",
        "石家庄市裕华区人民法院",
        "河北裕华区人民法院",
        "河北省裕华区人民法院",
        "河北石家庄市裕华区人民法院",
        "河北省石家庄市裕华区人民法院",
    }


def test_a_county_court_is_also_found_with_its_city() -> None:
    variants = name_variants("正定县人民法院", "basic", "河北省", "石家庄市")
    assert {"正定县人民法院", "石家庄市正定县人民法院", "河北省正定县人民法院"} <= variants


def test_municipal_courts_are_found_with_the_short_name() -> None:
    assert name_variants("北京市东城区人民法院", "basic", "北京市", None) == {
        "东城区人民法院",
        "北京东城区人民法院",
        "北京市东城区人民法院",
    }


def test_intermediate_courts_keep_their_city() -> None:
    assert name_variants("河北省石家庄市中级人民法院", "intermediate", "河北省", "石家庄市") == {
        "石家庄市中级人民法院",
        "河北石家庄市中级人民法院",
        "河北省石家庄市中级人民法院",
    }


@pytest.mark.parametrize(
    ("name", "level", "province", "city"),
    [
        ("北京市第一中级人民法院", "intermediate", "北京市", None),
        ("东莞市第一人民法院", "basic", "广东省", "东莞市"),
    ],
)
def test_numbered_courts_never_lose_their_place(name: str, level: str, province: str, city: str | None) -> None:
    variants = name_variants(name, level, province, city)  # type: ignore[arg-type]
    assert name in variants
    assert not any(variant.startswith("第") for variant in variants)


def test_special_courts_have_their_own_name_only() -> None:
    assert name_variants("上海铁路运输法院", "special", "上海市", None) == {"上海铁路运输法院"}


def test_cursors_go_there_and_back() -> None:
    filters, place = Filters("裕华", "13"), Place(1, "冀0108")
    assert Place.decode(filters, place.encode(filters)) == place


@pytest.mark.parametrize("text", ["", "x", "=", "AAAA", "裕华", "a" * 200, "\0"])
def test_refuses_what_is_no_cursor(text: str) -> None:
    with pytest.raises(ValueError, match="not a cursor of this list"):
        Place.decode(Filters(), text)


def test_refuses_a_cursor_of_another_list() -> None:
    cursor = Place(0, "冀0108").encode(Filters())
    with pytest.raises(ValueError, match="not a cursor of this list"):
        Place.decode(Filters(area="13"), cursor)
