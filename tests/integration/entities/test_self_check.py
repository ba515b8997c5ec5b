"""A listed person finds themselves, and whoever guesses learns nothing that the public page does not say."""

from __future__ import annotations

import re
import uuid
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow
from werkzeug.test import TestResponse

from tests.integration.conftest import Check, RedisServer
from tests.integration.entities.self_checks import MASK, answer, ask, identity, person, pointers
from tests.integration.register import Register
from tests.integration.visitors_of import HOME, Site

Connection = psycopg.Connection[DictRow]
# A thousand guesses are made below.
pytestmark = pytest.mark.usefixtures("easy_proofs")


def test_a_listed_person_finds_the_court_s_listings(site: Site, register: Register, check: Check) -> None:
    me = person(register)
    register.listing(me)
    register.listing(me, court_id=register.courts[1])
    register.listing(person(register, "甄旁人"))
    register.listing(person(register, "甄无号", None))
    register.listing(register.entity("虚构公司", "company"))
    found = answer(site, register)
    check("SelfCheckAnswer", found)
    assert (found["comparable"], found["of"]) == (2, 3)
    assert [item["id"] for item in found["items"]] == [str(me)]
    page = site.get(f"/v1/entities/{me}").get_json()
    assert len(page["listings"]) == 2
    at_court = [one for one in page["listings"] if one["court"]["id"] == str(register.courts[0])]
    assert [one["case_number"] for one in found["items"][0]["listings"]] == [one["case_number"] for one in at_court]
    # No more than the public page says.
    assert set(found["items"][0]) == set(page)
    assert {key: page[key] for key in page if key != "listings"} == {
        key: found["items"][0][key] for key in page if key != "listings"
    }


def test_demo_people_and_a_court_s_own_are_both_found(site: Site, register: Register) -> None:
    both = {person(register), person(register, source="demo")}
    for one in both:
        register.listing(one)
    assert {item["id"] for item in answer(site, register)["items"]} == {str(one) for one in both}


@pytest.mark.parametrize("typed", ["甄 试查", "　甄试查 ", "甄・试查", "甄試查"])
def test_a_name_is_compared_as_everywhere(site: Site, register: Register, typed: str) -> None:
    register.listing(person(register))
    assert len(answer(site, register, name=typed)["items"]) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "甄旁人"},
        {"name": "甄不在"},
        {"mask_form": "9999991985****001X"},
        {"name": "甄旁人", "mask_form": "9999991990****0013"},
    ],
)
def test_name_and_number_must_both_be_theirs(site: Site, register: Register, changes: dict[str, str]) -> None:
    register.listing(person(register))
    register.listing(person(register, "甄旁人", "9999991970****0021"))
    assert answer(site, register, **changes) == {"items": [], "comparable": 2, "of": 2}


@pytest.mark.parametrize("state", ["expired", "future", "draft", "ended"])
def test_only_what_is_current_today_is_found(site: Site, register: Register, state: str) -> None:
    register.listing(person(register), state)
    assert answer(site, register) == {"items": [], "comparable": 0, "of": 0}


def test_another_court_s_listing_is_not_this_court_s(site: Site, register: Register) -> None:
    register.listing(person(register), court_id=register.courts[1])
    assert answer(site, register)["items"] == []
    assert len(answer(site, register, court=str(register.courts[1]))["items"]) == 1


def test_the_figures_are_those_of_the_court_s_page(site: Site, register: Register) -> None:
    register.listing(person(register))
    register.listing(person(register, "甄无号", None))
    for court in register.courts:
        found = answer(site, register, court=str(court))
        assert site.get(f"/v1/courts/{court}").get_json()["self_check"] == {
            "comparable": found["comparable"],
            "of": found["of"],
        }


def test_without_a_number_nobody_is_found_by_name_alone(site: Site, register: Register) -> None:
    nobody = person(register, mask=None)
    register.listing(nobody)
    # Not even if a row without a number came to bear the hash.
    register.connection.execute(
        "UPDATE register.entity SET identity_key = %s WHERE id = %s",
        (identity(), nobody),
    )
    assert answer(site, register) == {"items": [], "comparable": 0, "of": 1}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mask_form", "999999198501010013"),
        ("mask_form", "99999919850101001x"),
        ("mask_form", "999999850101001"),
        ("mask_form", "９９９９９９１９８５０１０１００１３"),
        ("mask_form", "9999991985****001"),
        ("mask_form", "9999991985****001x"),
        ("mask_form", "9999991985****00130"),
        ("mask_form", "9999991985×××0013"),
        ("mask_form", "9999991985****001٣"),
        ("mask_form", "999999********0013"),
        ("mask_form", " 9999991985****0013"),
        ("mask_form", ""),
        ("mask_form", None),
        ("mask_form", 9999991985),
        ("name", "甄试查999999198501010013"),
        ("name", "甄试查999999850101001"),
        ("name", ""),
        ("name", " ·"),
        ("name", "甄" * 101),
        ("name", "甄\0查"),
        ("name", "甄\ud800"),
        ("name", None),
        ("court", "1"),
        ("court", None),
        ("court", str(uuid.UUID(int=1))),
        ("challenge", "x"),
        ("more", "x"),
    ],
)
def test_anything_else_is_refused_and_not_repeated(site: Site, register: Register, field: str, value: Any) -> None:
    register.listing(person(register))
    refused = ask(site, register, **{field: value})
    assert pointers(refused) == [f"/body/{field}"]
    assert refused.headers["Cache-Control"] == "no-store"
    if isinstance(value, str) and len(value) > 5:
        assert value not in refused.text


@pytest.mark.parametrize("body", [[], None, 1, "x", {}])
def test_another_body_is_refused(site: Site, body: Any) -> None:
    assert site.client.post("/v1/self-check", json=body).status_code == 422
    assert site.client.post("/v1/self-check", data=b"A" * 5000, content_type="application/json").status_code == 413


def test_a_proof_is_needed_and_good_once(site: Site, register: Register) -> None:
    proven = site.proof("self-check")
    assert ask(site, register, challenge=proven).status_code == 200
    assert pointers(ask(site, register, challenge=proven)) == ["/body/challenge"]
    assert pointers(ask(site, register, challenge=site.proof("visitors"))) == ["/body/challenge"]


@pytest.mark.usefixtures("within_an_hour")
@pytest.mark.parametrize("store", ["memory", "redis"])
@pytest.mark.parametrize("counted", ["address", "name", "number"])
def test_attempts_are_limited(
    connection: Connection, register: Register, request: pytest.FixtureRequest, store: str, counted: str
) -> None:
    limits = {f"SELF_CHECKS_AN_HOUR_PER_{counted.upper()}": "3"}
    if store == "redis":
        limits["REDIS_URL"] = request.getfixturevalue("redis").url
    site = Site.over(connection, **limits)

    def attempt(number: int, **same: str) -> TestResponse:
        changes = {"address": f"192.0.2.{number}", "name": f"甄试{chr(0x4E00 + number)}"}
        return ask(site, register, **changes | {"mask_form": f"9999991985****{number:04d}"} | same)

    same = {"address": {"address": HOME}, "name": {"name": "甄 试查"}, "number": {"mask_form": MASK}}[counted]
    made = [attempt(number, **same) for number in range(1, 6)]
    assert [one.status_code for one in made] == [200] * 3 + [429] * 2
    assert made[-1].content_type == "application/problem+json"
    assert re.fullmatch(r"[1-9]\d{0,3}", made[-1].headers["Retry-After"])
    assert attempt(9).status_code == 200, "others go on"
    if store == "memory":
        site.now += 3600
        assert attempt(1, **same).status_code == 200
    else:
        kept = request.getfixturevalue("redis").dump()
        assert "self-check:number:" in kept
        assert "9999991985" not in kept, "no counter names whom it counts"


@pytest.mark.usefixtures("within_an_hour")
def test_without_redis_attempts_are_still_limited(
    connection: Connection, register: Register, redis: RedisServer
) -> None:
    site = Site.over(connection, REDIS_URL=redis.url, SELF_CHECKS_AN_HOUR_PER_NAME="3")
    redis.stop()
    try:
        assert [ask(site, register).status_code for _ in range(5)] == [200] * 3 + [429] * 2
    finally:
        redis.start()


def test_without_limits_a_thousand_guesses_pass(connection: Connection, register: Register) -> None:
    # The control of the tests above: what stands between a guesser and a number is the limits.
    register.listing(person(register))
    site = Site.over(connection, RATE_LIMITS="off")
    hits = 0
    for last in range(1000):
        found = ask(site, register, "127.0.0.1", mask_form=f"9999991985****{last:04d}")
        assert found.status_code == 200
        hits += len(found.get_json()["items"])
    assert hits == 1
