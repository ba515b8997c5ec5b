"""What no answer tells: a person's place and contacts, and who is listed no more."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.integration.entities.pages import detail
from tests.integration.register import TODAY, Register

# No person's answer may name a place finer than an area, a contact, or anything the file did not publish.
FORBIDDEN = (
    "address", "phone", "lon", "lat", "point", "distance", "coordinates", "bbox", "id_number", "card", "uscc",
    "representative", "identity", "score", "risk", "focus",
)  # fmt: skip


def keys_of(answer: Any) -> Iterator[str]:
    """Every key at any depth."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield key
            yield from keys_of(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from keys_of(value)


def forbidden_keys(answer: Any) -> list[str]:
    return [key for key in keys_of(answer) if any(word in key.lower() for word in FORBIDDEN)]


def test_a_persons_answers_name_no_place_and_no_contact(client: FlaskClient, register: Register) -> None:
    person = register.entity("甄虚构", sex="male", age_band="30-39")
    register.notice(register.listing(person, grounds=[1, 2, 3, 4, 5, 6]))
    assert forbidden_keys(detail(client, person)) == []
    listed = client.get("/v1/entities?kind=person&bbox=114,37,115,39&area=13").get_json()
    assert listed["items"]
    assert forbidden_keys(listed) == []


def test_the_check_for_forbidden_keys_finds_them(client: FlaskClient, register: Register) -> None:
    # The control: a body's page has such keys, so the check above can fail.
    body = register.entity("虚构有限公司", "company", point=(114.5, 38.0))
    register.listing(body)
    assert set(forbidden_keys(detail(client, body))) == {"uscc", "representative", "registered_address"}
    assert forbidden_keys({"a": [{"home_address": 1}]}) == ["home_address"]


def test_searched_people_carry_a_match_and_nothing_else_forbidden(client: FlaskClient, register: Register) -> None:
    register.listing(register.entity("甄虚构"))
    listed = client.get("/v1/entities", query_string={"q": "甄虚构"}).get_json()
    assert forbidden_keys(listed) == ["score"]  # of the match of names, not of a person


def test_people_are_never_found_by_nearness(client: FlaskClient, register: Register) -> None:
    register.listing(register.entity("甄虚构"))
    for place in ("114.52,37.99", "114.5,38.0"):
        assert client.get(f"/v1/entities?near={place}&radius_m=50000").get_json()["items"] == []


@pytest.mark.parametrize("state", ["expired", "future", "ended"])
def test_gone_unknown_and_malformed_ids_get_one_and_the_same_answer(
    client: FlaskClient, register: Register, state: str
) -> None:
    gone = register.entity()
    register.listing(gone, state)
    never = register.entity()
    answers = [
        client.get(f"/v1/entities/{text}")
        for text in (gone, never, uuid.uuid4(), "x", "%00", "1", f"{{{gone}}}", gone.hex, "%ED%A0%80", "0" * 5000)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.data, str(sorted(answer.headers.items()))) for answer in answers}) == 1
    assert answers[0].content_type == "application/problem+json"


def test_a_listing_is_gone_at_midnight_in_china_with_no_job(client: FlaskClient, register: Register) -> None:
    person = register.entity("甄虚构", area="110101")
    register.listing(person, "last_day")
    paths = (f"/v1/entities/{person}", "/v1/entities?area=11", "/v1/map/9/421/193.json")
    before = [client.get(path) for path in paths]
    assert [answer.status_code for answer in before] == [200, 200, 200]
    register.set_today(TODAY + timedelta(days=1))
    after = [client.get(path) for path in paths]
    assert after[0].status_code == 404
    assert after[1].get_json()["items"] == []
    assert before[2].get_json()["features"]
    assert after[2].get_json()["features"] == []
    assert before[2].headers["ETag"] != after[2].headers["ETag"]
