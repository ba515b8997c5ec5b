"""The brakes on bulk reading of people: who is cut, and who never is."""

from __future__ import annotations

import base64
import re

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.limits import VISITOR_COOKIE
from backend.entities.brakes import show
from tests.integration.conftest import Check
from tests.integration.entities.crowds import COUNTIES, every, fill, names, whole
from tests.integration.register import Register
from tests.integration.visitors_of import BEGIN, HOME, Site

Connection = psycopg.Connection[DictRow]


@pytest.fixture
def site(connection: Connection) -> Site:
    return Site.over(connection, PEOPLE_AN_HOUR="30", PEOPLE_A_DAY="50", PEOPLE_AN_HOUR_PER_ADDRESS="70")


def test_people_beyond_the_budget_keep_their_surname(site: Site, register: Register, check: Check) -> None:
    fill(register, 60)
    first, second = (site.list(limit=20, area=area) for area in COUNTIES[:2])
    assert "surnames_only_until" not in first
    assert "surnames_only_until" not in second
    site.now += 60
    beyond = site.list(limit=100)
    check("EntityList", beyond)
    assert beyond["surnames_only_until"] == "2026-09-21T15:13:20Z"  # an hour after the first was seen
    assert len(whole(beyond)) == 30
    assert set(names(beyond)) - {"甄某"} >= set(names(first))
    assert "甄某" in names(beyond)
    site.now = BEGIN + 3600
    assert len(whole(site.list(limit=100))) == 30, "the next hour shows others, and the day ends at fifty"


def test_a_day_ends_at_its_own_number(site: Site, register: Register) -> None:
    fill(register, 90)
    seen: set[str] = set()
    for hour in range(4):
        site.now = BEGIN + 3600 * hour
        seen |= set().union(*(whole(site.list(limit=100, area=area)) for area in COUNTIES[hour:] + COUNTIES))
    assert len(seen) == 50


def test_who_was_seen_keeps_the_name_and_costs_nothing(site: Site, register: Register) -> None:
    fill(register, 60)
    first = site.list(limit=20, area="130108")
    for _ in range(10):
        assert site.list(limit=20, area="130108") == first
    site.list(limit=100)
    assert site.list(limit=20, area="130108") == first
    for entity in whole(first):
        assert "surnames_only_until" not in site.get(f"/v1/entities/{entity}").get_json()


def test_bodies_are_never_cut_and_never_count(site: Site, register: Register) -> None:
    for number in range(8):
        kind = "company" if number % 2 else "organisation"
        register.listing(register.entity(f"虚构{number}有限公司", kind, point=(114.5, 38.0)), published_on="2025-07-01")
    fill(register, 60)
    mixed = site.list(limit=100)
    assert len([item for item in mixed["items"] if item["name"].endswith("有限公司")]) == 8
    assert len(whole(mixed)) == 38
    bodies = site.get("/v1/entities", kind="company")
    assert "surnames_only_until" not in bodies.get_json()
    assert not {"RateLimit", "RateLimit-Policy", "Vary"} & set(bodies.headers.keys())
    for item in mixed["items"][:8]:
        detail = site.get(f"/v1/entities/{item['id']}")
        assert detail.get_json()["name"] == item["name"]
        assert "RateLimit" not in detail.headers


def test_a_detail_is_cut_with_its_free_texts(site: Site, register: Register, check: Check) -> None:
    all_names = fill(register, 60)
    seen = site.list(limit=100)
    hidden = next(item["id"] for item in seen["items"] if item["name"] == "甄某")
    answer = site.get(f"/v1/entities/{hidden}")
    detail = answer.get_json()
    check("Detail", detail)
    assert detail["name"] == "甄某"
    assert detail["surnames_only_until"] == seen["surnames_only_until"]
    assert detail["listings"][0]["duty"] == "被执行人甄某偿还本金"
    assert not [name for name in all_names if name in answer.text]
    other = site.get(f"/v1/entities/{hidden}", address="192.0.2.2").get_json()
    assert other["name"] in all_names
    assert other["listings"][0]["duty"] == f"被执行人{other['name']}偿还本金"


def test_what_may_be_a_person_uncounted_is_not_shown(site: Site) -> None:
    with site.client.application.app_context(), pytest.raises(ValueError, match="who is a person"):
        show(['{"name":"甄虚构","kind":"person"}'], 0)


def test_a_full_name_is_found_beyond_the_budget(site: Site, register: Register) -> None:
    fill(register, 60)
    register.listing(register.entity("甄好找"), published_on="2024-01-01")
    register.listing(register.entity("甄好找寻"), published_on="2024-01-01")
    site.list(limit=100)
    found = site.list(q="甄好找")
    assert [(item["name"], item["match"]["how"]) for item in found["items"][:2]] == [
        ("甄好找", "exact"),
        ("甄某", "prefix"),
    ]
    assert "surnames_only_until" in found
    assert site.get(f"/v1/entities/{found['items'][0]['id']}").get_json()["name"] == "甄好找"
    assert site.get(f"/v1/entities/{found['items'][1]['id']}").get_json()["name"] == "甄某"


def test_full_names_are_found_so_many_times(connection: Connection, register: Register) -> None:
    site = Site.over(connection, PEOPLE_AN_HOUR="1", FULL_NAME_SEARCHES_AN_HOUR="4")
    wanted = fill(register, 6, areas=["130108"])
    shown = [names(site.list(q=name))[0] for name in wanted]
    assert shown == [*wanted[:4], "甄某", "甄某"]
    assert names(site.list(q=wanted[0]))[0] == wanted[0], "who was seen stays"
    assert names(site.list(site.visitor(), q=wanted[5]))[0] == wanted[5]


@pytest.mark.parametrize("term", ["甄明", "zhenmingweiming", "zmwm", "甄明韦明"])
def test_a_search_is_no_way_around_the_budget(site: Site, register: Register, term: str) -> None:
    everybody = fill(register, 120)
    visitor = site.visitor()
    site.list(visitor, limit=100, area="11")
    found = [item for page in every(site, visitor, q=term, limit=1) for item in page["items"]]
    cut = [item for item in found if item["name"] == "甄某"]
    assert cut
    assert all(item["match"]["how"] != "exact" for item in cut)
    # Nor does the cursor tell, which holds the name where the search goes on.
    cursor = site.list(visitor, q="甄明", limit=1)["next"]
    sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert not [name for name in everybody if name.encode() in sealed]
    # The control: with nothing spent the same search names them.
    assert whole(site.list(q=term, address="192.0.2.2")) >= {cut[0]["id"]}


def test_a_case_number_names_nobody_beyond_the_budget(site: Site, register: Register) -> None:
    fill(register, 60)
    register.listing(register.entity("甄好找"), case_number="（2025）虚8888执1号", published_on="2024-01-01")
    site.list(limit=100)
    [found] = site.list(q="（2025）虚8888执1号")["items"]
    assert (found["name"], found["match"]["how"]) == ("甄某", "exact")
    assert names(site.list(q="（2025）虚8888执1号", address="192.0.2.2")) == ["甄好找"]


def test_a_list_ends_with_its_hundredth_person(connection: Connection, register: Register) -> None:
    fill(register, 130)
    site = Site.over(connection)
    for limit in (1, 7, 30, 40, 100):
        pages = every(site, limit=limit)
        assert sum(len(page["items"]) for page in pages) == 100
    off = Site.over(connection, RATE_LIMITS="off")
    assert sum(len(page["items"]) for page in every(off, address="127.0.0.1", limit=40)) == 130


def test_a_list_of_bodies_has_no_such_end(connection: Connection, register: Register) -> None:
    for number in range(120):
        register.listing(register.entity(f"虚构{number}公司", "company"), published_on="2025-07-01")
    fill(register, 130)
    site = Site.over(connection)
    assert sum(len(page["items"]) for page in every(site, limit=50, kind="company")) == 120
    mixed = [item for page in every(site, limit=50) for item in page["items"]]
    assert [item["kind"] for item in mixed].count("person") == 100
    assert len(mixed) == 220


def test_a_forged_cursor_is_refused(connection: Connection, register: Register) -> None:
    fill(register, 60)
    site = Site.over(connection)
    cursor = site.list(limit=20)["next"]
    elsewhere = Site.over(connection, IDENTITY_KEY="5b" * 32).list(limit=20)["next"]
    for forged in (elsewhere, cursor[:-1], cursor + "A", cursor.swapcase(), "x", "张"):
        answer = site.get("/v1/entities", limit=20, cursor=forged)
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/query/cursor")
    assert len(site.list(limit=20, cursor=cursor)["items"]) == 20


def test_what_is_left_is_told(site: Site, register: Register) -> None:
    fill(register, 60)
    answer = site.get("/v1/entities", limit=20)
    assert answer.headers["RateLimit-Policy"] == '"people";q=30;w=3600'
    assert answer.headers["RateLimit"] == '"people";r=10;t=3600'
    assert answer.headers["Vary"] == "X-Visitor, Cookie"
    site.now += 100
    entity = answer.get_json()["items"][0]["id"]
    assert site.get(f"/v1/entities/{entity}").headers["RateLimit"] == '"people";r=10;t=3500'
    assert site.get("/v1/entities", limit=100).headers["RateLimit"] == '"people";r=0;t=3500'
    again = site.get("/v1/entities", limit=100, headers={"If-None-Match": "x"})
    assert again.headers["Cache-Control"] == "private, max-age=30"


def test_the_tag_is_that_of_what_was_answered(site: Site, register: Register) -> None:
    fill(register, 60)
    shown = site.get("/v1/entities", limit=20, area="130108")
    site.list(limit=100)
    cut = site.get("/v1/entities", limit=20, area="130102")
    assert site.get("/v1/entities", address="192.0.2.2", limit=20, area="130102").headers["ETag"] != cut.headers["ETag"]
    tag = shown.headers["ETag"]
    kept = site.get("/v1/entities", limit=20, area="130108", headers={"If-None-Match": tag})
    assert (kept.status_code, kept.headers["ETag"]) == (304, tag)
    stale = site.get("/v1/entities", limit=20, area="130102", headers={"If-None-Match": cut.headers["ETag"]})
    assert stale.status_code == 304


def test_a_token_has_a_budget_of_its_own_and_a_bad_one_that_of_the_address(site: Site, register: Register) -> None:
    fill(register, 60)
    site.list(limit=30)
    visitor = site.visitor()
    assert len(whole(site.list(visitor, limit=100))) == 30
    for bad in ("x", visitor[:-1], visitor.swapcase(), "张三", "\x7f"):
        answer = site.client.get("/v1/entities?limit=100", headers={"X-Visitor": bad.encode().decode("latin-1")},
                                 environ_overrides={"REMOTE_ADDR": HOME})  # fmt: skip
        assert answer.headers["RateLimit"].startswith('"people";r=0;')
    site.now += 24 * 3600
    site.list(limit=100)
    assert site.get("/v1/entities", visitor, limit=100).headers["RateLimit"].startswith('"people";r=0;')


def test_the_header_wins_over_the_cookie(site: Site, register: Register) -> None:
    fill(register, 60)
    one, other = site.visitor(), site.visitor()
    site.list(one, limit=30)
    left = [
        site.get("/v1/entities", limit=1, headers={"Cookie": f"{VISITOR_COOKIE}={cookie}"} | header).headers[
            "RateLimit"
        ]
        for cookie, header in ((one, {}), (other, {}), (one, {"X-Visitor": other}), (other, {"X-Visitor": one}))
    ]
    assert [re.search(r"r=(\d+)", text)[1] for text in left] == ["0", "29", "29", "0"]  # type: ignore[index]


def test_a_dead_redis_is_no_error(connection: Connection, register: Register) -> None:
    fill(register, 60)
    site = Site.over(connection, REDIS_URL="redis://127.0.0.1:1/0", PEOPLE_AN_HOUR="30")
    assert len(whole(site.list(limit=100))) == 30
    assert len(whole(site.list(site.visitor(), limit=100))) == 30
