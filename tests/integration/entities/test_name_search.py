from __future__ import annotations

import json
from dataclasses import dataclass

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.names import fold
from backend.entities import name_search
from backend.entities.domain import Filters, Position, Search
from backend.entities.matches import find_matches
from backend.entities.name_search import Candidate, NameQuery, containing
from tests.integration.register import Register

Connection = psycopg.Connection[DictRow]
PEOPLE = [
    *("张伟", "章伟", "张韦", "张伟明", "张卫明", "王小明", "王晓明", "李明", "曾国伟", "单于明", "单伟", "欧阳娜娜"),
    *("歐陽俊", "尉迟伟", "万俟杰", "吕绿", "士国强", "闫虚构", "买买提·艾力", "李乾坤", "成虚拟", "王虚伟"),
    *("赵示例", "钱示例", "孙示范", "周虚"),
]
BODIES = [
    *("石家庄虚构商贸有限公司", "河北省石家庄市虚构建筑工程有限公司", "虚构（北京）科技有限公司"),
    *("北京示例科技有限公司", "张伟餐馆", "石家庄市裕华区老示餐馆", "上海示例虚构物流有限公司", "ABC示例有限公司"),
]


@dataclass(frozen=True)
class Seen:
    """One of the answers: folded name, whether a person's, how it was found and where it stands."""

    name: str
    is_person: bool
    how: str
    score: float
    position: Position


@pytest.fixture
def names(register: Register, connection: Connection) -> Connection:
    """A handful of made-up people and bodies, listed."""
    for kind, listed in (("person", PEOPLE), ("company", BODIES)):
        for name in listed:
            register.listing(register.entity(name, kind))
    connection.execute("SET ROLE public_reader")
    return connection


def found(connection: Connection, text: str, kinds: tuple[str, ...] = (), limit: int = 100) -> list[Seen]:
    """Everybody whom a search finds, over all its pages."""
    answers: list[Seen] = []
    after = None
    # Spelt out, since the service refuses texts that are too short to be looked for.
    search = Search(text, fold(text), None, None)
    while True:
        page = find_matches(connection, Filters(search, kinds=kinds), search, limit=limit, after=after)
        for one in page.found:
            match = json.loads(one.text)["match"]
            answers.append(
                Seen(str(one.position[2]), bool(one.position[3]), match["how"], match["score"], one.position)
            )
        after = page.end
        if after is None:
            return answers


def how(connection: Connection, text: str, name: str) -> str | None:
    return next((one.how for one in found(connection, text) if one.name == fold(name)), None)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("张伟", "张伟", "exact"),
        ("張 偉", "张伟", "exact"),
        ("欧阳俊", "歐陽俊", "exact"),
        ("阎虚构", "闫虚构", "exact"),
        ("买买提艾力", "买买提·艾力", "exact"),
        ("买买提・艾力", "买买提·艾力", "exact"),
        ("虚构(北京)科技有限公司", "虚构（北京）科技有限公司", "exact"),
        ("张伟", "张伟明", "prefix"),
        ("李乾", "李乾坤", "prefix"),
        ("伟明", "张伟明", "contains"),
        ("虚构", "石家庄虚构商贸有限公司", "contains"),
        ("虚构商贸", "石家庄虚构商贸有限公司", "contains"),
        ("北京科技", "虚构（北京）科技有限公司", None),
        ("虚构科技", "虚构（北京）科技有限公司", "contains"),
        ("zhangweiming", "张伟明", "pinyin"),
        ("Zhāng Wěi Míng", "张卫明", "pinyin"),
        ("zhang1 wei3 ming2", "张伟明", "pinyin"),
        ("zengguowei", "曾国伟", "pinyin"),
        ("chanyuming", "单于明", "pinyin"),
        ("shan wei", "单伟", "pinyin"),
        ("yuchiwei", "尉迟伟", "pinyin"),
        ("moqijie", "万俟杰", "pinyin"),
        ("lü lü", "吕绿", "pinyin"),
        ("lv4 lv4", "吕绿", "pinyin"),
        ("lu:lu:", "吕绿", "pinyin"),
        ("liqiankun", "李乾坤", "pinyin"),
        ("张weiming", "张伟明", "pinyin"),
        ("xugou", "石家庄虚构商贸有限公司", "pinyin"),
        ("xu gou bei jing ke ji you xian gong si", "虚构（北京）科技有限公司", "pinyin"),
        ("abcshiliyouxiangongsi", "ABC示例有限公司", "pinyin"),
        ("zwm", "张伟明", "initials"),
        ("zgw", "曾国伟", "initials"),
        ("张卫民", "张卫明", "similar"),
        ("张委", "张伟", "similar"),
        ("彰伟明", "张伟明", "similar"),
        ("土国强", "士国强", "similar"),
        ("晟虚拟", "成虚拟", "similar"),
        ("王虚鑫", "王虚伟", "similar"),
        ("石家庄虚够商贸有限公司", "石家庄虚构商贸有限公司", "similar"),
        ("虚构（北京）料技有限公司", "虚构（北京）科技有限公司", "similar"),
        ("虚够", "石家庄虚构商贸有限公司", "similar"),
    ],
)
def test_finds_a_name_as_people_type_it_and_says_how(
    names: Connection, text: str, name: str, expected: str | None
) -> None:
    assert how(names, text, name) == expected


@pytest.mark.parametrize("text", ["张伟", "虚构", "zhangwei", "示例", "王小明", "张wei", "张wm", "abc示例"])
def test_candidates_run_by_rank_and_no_name_stands_twice(names: Connection, text: str) -> None:
    candidates = found(names, text)
    assert [one.position for one in candidates] == sorted(one.position for one in candidates)
    assert len({(one.name, one.is_person) for one in candidates}) == len(candidates)


def test_nothing_ranks_above_the_exact_name(names: Connection) -> None:
    first, *others = found(names, "张伟")
    assert (first.how, first.score) == ("exact", 1.0)
    assert all(one.score < 1 for one in others)


def test_a_brand_that_is_the_text_stands_before_names_that_only_contain_it(names: Connection) -> None:
    containing = [one.name for one in found(names, "虚构", ("company",)) if one.how == "contains"]
    assert containing.index("石家庄虚构商贸有限公司") < containing.index("上海示例虚构物流有限公司")


@pytest.mark.parametrize(
    ("letters", "score"), [("ygq", 0.6), ("sgq", 0.6), ("wgq", 0.58), ("dgq", 0.58), ("cgq", 0.58)]
)
def test_initials_of_the_likeliest_reading_come_before_other_usual_ones(
    register: Register, connection: Connection, letters: str, score: float
) -> None:
    for name in ("蔚国强", "单国强"):
        register.listing(register.entity(name))
    connection.execute("SET ROLE public_reader")
    assert [one.score for one in found(connection, letters)] == [score]


def test_kinds_are_kept_apart(names: Connection) -> None:
    assert {one.is_person for one in found(names, "张伟", ("person",))} == {True}
    assert [one.name for one in found(names, "张伟", ("company",))] == ["张伟餐馆"]


@pytest.mark.parametrize("text", ["张伟", "虚构", "示例", "zhangweiming"])
def test_a_page_goes_on_where_the_last_one_ended(names: Connection, text: str) -> None:
    assert found(names, text, limit=1) == found(names, text)


@pytest.mark.parametrize(
    "text", ["%", "_", "%_%", "张%", "张_明", "😀😀", "((((", "a'b", "\\", "zh.*", "张" * 100, "--", ""]
)
def test_odd_texts_match_nobody_by_accident(names: Connection, text: str) -> None:
    assert all(one.how == "similar" for one in found(names, text))


def test_a_tier_is_not_asked_before_the_ones_before_it_are_used_up(
    names: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def similar(*_: object) -> list[Candidate]:
        asked.append("similar")
        return []

    monkeypatch.setattr(name_search, "_similar", similar)
    search = Search.parse("张伟")
    find_matches(names, Filters(search), search, limit=2)
    find_matches(names, Filters(search), search, limit=20)
    assert not asked
    found(names, "张伟")
    assert asked == ["similar"]


def test_texts_in_most_names_are_found_by_walking_the_names(names: Connection) -> None:
    names.execute("RESET ROLE")
    names.execute("INSERT INTO register.common_gram (is_person, gram) VALUES (false, '公司'), (false, '限公')")
    names.execute("SET ROLE public_reader")
    wanted = {fold(name) for name in BODIES if "公司" in name}
    assert {one.name for one in found(names, "公司", ("company",))} == wanted


NAME_FUNCTIONS = {
    "names_with_any": "SELECT * FROM serving.names_with_any(true, ARRAY['~zhenwuren'], 10)",
    "names_around": "SELECT name_folded FROM serving.names_around(true, '无人', ARRAY['无人'], '#', 1, '', 10)",
    "names_walked": "SELECT name_folded FROM serving.names_walked(true, '无人', '', 10, 1)",
    "names_one_off": "SELECT * FROM serving.names_one_off(true, ARRAY['无人'], '', '无人', '', 10)",
    "names_among": "SELECT * FROM serving.names_among(true, ARRAY['甄无人'], 10)",
    "bearer": "SELECT name_folded FROM serving.bearer",
}


@pytest.mark.parametrize("function", NAME_FUNCTIONS)
@pytest.mark.parametrize("state", ["current", "ended", "expired", "future"])
def test_the_public_role_is_told_no_name_whose_listings_have_ended(
    register: Register, connection: Connection, function: str, state: str
) -> None:
    register.listing(register.entity("甄无人"), state)
    connection.execute("SET ROLE public_reader")
    rows = connection.execute(NAME_FUNCTIONS[function]).fetchall()
    assert {name for row in rows for name in row.values()} == ({"甄无人"} if state == "current" else set())


@pytest.mark.parametrize("table", ["register.name", "register.common_gram", "register.entity"])
def test_the_public_role_reads_no_table_of_names(names: Connection, table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        names.execute(f"SELECT * FROM {table}")


def test_the_public_may_read_names_but_change_nothing(names: Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        names.execute("DELETE FROM register.name")


LOOK_UPS = {
    "names_with_any(true, ARRAY['张伟/2'], 20)": "name_keys_of_people",
    "names_of_lengths(true, ARRAY['张伟/2'], ARRAY['张伟/2'], 20)": "name_keys_of_people",
    "names_open(true, ARRAY['张_伟'], '张', '伟', 20)": "name_keys_of_people",
    "names_beginning('张', 20)": "name_pkey",
    "names_ending('伟', 20)": "name_behind_first_of_people",
    "names_given('伟', '', 20)": "name_behind_first_of_people",
}


@pytest.mark.parametrize("look_up", LOOK_UPS)
def test_look_ups_by_key_never_read_the_whole_table(names: Connection, look_up: str) -> None:
    names.execute("RESET ROLE")
    names.execute(
        "INSERT INTO register.name"
        " SELECT true, '虚构' || n, ARRAY['虚构/3', n::text] FROM generate_series(1, 5000) AS n"
    )
    names.execute("ANALYZE register.name")
    names.execute("LOAD 'auto_explain'")
    names.execute("SET auto_explain.log_min_duration = 0")
    names.execute("SET auto_explain.log_nested_statements = on")
    names.execute("SET auto_explain.log_level = notice")
    names.execute("SET plan_cache_mode = force_generic_plan")
    plans: list[str] = []
    names.add_notice_handler(lambda notice: plans.append(notice.message_primary or ""))
    names.execute(f"SELECT register.{look_up}")
    assert any(LOOK_UPS[look_up] in plan for plan in plans), plans
    assert not any("Seq Scan on name" in plan for plan in plans)


def many_bodies(number: int) -> list[str]:
    """Distinct names of many lengths that hold 鼎虚: as the brand, inside, and around what stands in brackets."""
    brands = ["鼎虚", "大鼎虚", "鼎(某)虚", "千里鼎虚"]
    signs = "甲乙丙丁戊己庚辛壬癸"
    return [
        f"{signs[n % 10]}{signs[n // 10 % 10]}城{brands[n % 4]}{'贸易' * (n % 7)}{signs[n // 100]}有限公司"
        for n in range(number)
    ]


@pytest.mark.parametrize("number", [60, 600])
def test_many_names_that_contain_a_text_come_best_first_however_they_are_looked_up(
    register: Register, connection: Connection, number: int
) -> None:
    bodies = {fold(name) for name in many_bodies(number)}
    for name in bodies:
        register.listing(register.entity(name, "company"))
    connection.execute("SET ROLE public_reader")
    query = NameQuery.parse("鼎虚", people=False)
    first = [one for batch in containing(connection, query) for one in batch.candidates]
    assert [one.place for one in first] == sorted(one.place for one in first)
    assert {one.name for one in first} == bodies
    middle = first[len(first) // 2].place
    after = [one for batch in containing(connection, query, middle) for one in batch.candidates]
    assert after == first[len(first) // 2 :]


def test_given_names_come_in_order_and_before_longer_names(register: Register, connection: Connection) -> None:
    people = [
        f"{surname}虚构"
        for surname in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
    ]
    people += [*(f"{surname}虚构甲" for surname in "赵钱孙"), "虚构甲", "欧阳虚构"]
    for name in people:
        register.listing(register.entity(name))
    connection.execute("SET ROLE public_reader")
    query = NameQuery.parse("虚构", bodies=False)
    first = [one for batch in containing(connection, query) for one in batch.candidates]
    assert [one.place for one in first] == sorted(one.place for one in first)
    assert {one.name for one in first} == set(people) - {"虚构甲"}
