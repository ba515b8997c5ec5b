from __future__ import annotations

import base64
import json
import re
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.proof import CHALLENGE_SECONDS
from backend.core.visitors import TOKEN_SECONDS
from tests.integration.conftest import Check, RedisServer
from tests.integration.visitors_of import BEGIN, Site

PURPOSES = ("visitors", "tips", "objections", "self-check")


@pytest.fixture
def site(connection: psycopg.Connection[DictRow]) -> Site:
    return Site.over(connection)


def pointers(answer: Any) -> list[str]:
    assert answer.content_type == "application/problem+json"
    assert answer.status_code == 422
    return [error["pointer"] for error in answer.get_json()["errors"]]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_challenge_names_its_purpose(site: Site, check: Check, purpose: str) -> None:
    answer = site.challenge(purpose)
    check("Challenge", answer.get_json())
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"for={purpose}" in answer.get_json()["salt"]
    assert answer.get_json()["maxnumber"] <= 50_000


@pytest.mark.parametrize("query", ["", "for=", "for=everything", "for=tips&for=tips", "for=visitors&x=1", "for=%00"])
def test_a_challenge_needs_a_purpose(site: Site, query: str) -> None:
    assert pointers(site.get(f"/v1/challenge?{query}"))


def test_a_proof_buys_a_token_for_a_day(site: Site, check: Check) -> None:
    answer = site.post({"challenge": site.proof()})
    assert answer.status_code == 201
    check("Visitor", answer.get_json())
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"]
    assert answer.get_json()["visitor"] in cookie
    for part in ("Path=/v1/entities", "HttpOnly", "SameSite=Strict", f"Max-Age={TOKEN_SECONDS}"):
        assert part in cookie
    assert "Secure" not in cookie
    secure = site.post({"challenge": site.proof()}, base_url="https://example.org")
    assert "Secure" in secure.headers["Set-Cookie"]


@pytest.mark.parametrize("store", ["memory", "redis"])
def test_a_proof_is_good_once(
    connection: psycopg.Connection[DictRow], request: pytest.FixtureRequest, store: str
) -> None:
    redis: RedisServer | None = request.getfixturevalue("redis") if store == "redis" else None
    site = Site.over(connection, **({"REDIS_URL": redis.url} if redis else {}))
    proof = site.proof()
    assert site.post({"challenge": proof}).status_code == 201
    payload = json.loads(base64.b64decode(proof))
    otherwise = base64.b64encode(json.dumps(payload, indent=1, sort_keys=True).encode()).decode()
    for again in (proof, otherwise):
        answer = site.post({"challenge": again})
        assert pointers(answer) == ["/body/challenge"]
        assert "used before" in answer.text


def test_a_proof_for_another_purpose_or_too_late_is_refused(site: Site) -> None:
    for purpose in PURPOSES[1:]:
        assert pointers(site.post({"challenge": site.proof(purpose)})) == ["/body/challenge"]
    proof = site.proof()
    site.now += CHALLENGE_SECONDS
    answer = site.post({"challenge": proof})
    assert pointers(answer) == ["/body/challenge"]
    assert "has ended" in answer.text
    # The control: in time it would have been taken.
    site.now = BEGIN
    assert site.post({"challenge": proof}).status_code == 201


@pytest.mark.parametrize(
    "body", [{}, [], None, 1, "x", {"challenge": None}, {"challenge": 1}, {"challenge": ["x"]}, {"challenge": ""},
             {"challenge": "a\0b"}, {"challenge": "张三"}, {"challenge": "A" * 2000}, {"challenge": "x", "more": 1}],
)  # fmt: skip
def test_another_body_is_refused(site: Site, body: Any) -> None:
    assert pointers(site.post(body))


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"{", "application/json"),
        (b"", "application/json"),
        (b"\xff\xfe{}", "application/json"),
        (b'{"challenge": "\xff"}', "application/json"),
        (b'{"challenge": "\\ud800"}', "application/json"),
        (b'{"\\ud800": 1}', "application/json"),
        (b'{"challenge": NaN}', "application/json"),
        (b"[" * 4000, "application/json"),
        (b"\0" * 100, "application/json"),
        (b'{"challenge": "' + b"A" * 5000 + b'"}', "application/json"),
        (b'{"challenge": "x"}', "text/plain"),
        (b'{"challenge": "x"}', ""),
        (b"challenge=x", "application/x-www-form-urlencoded"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"<challenge/>", "application/xml"),
    ],
)
def test_hostile_bodies_get_a_problem(site: Site, data: bytes, content_type: str) -> None:
    answer = site.client.post("/v1/visitors", data=data, content_type=content_type)
    assert 400 <= answer.status_code < 500
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["status"] == answer.status_code


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(site: Site, method: str) -> None:
    answer = site.client.open("/v1/visitors", method=method)
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")


def test_new_readers_of_one_address_are_limited(connection: psycopg.Connection[DictRow]) -> None:
    site = Site.over(connection, NEW_VISITORS_AN_HOUR="5")
    asked = [site.challenge() for _ in range(7)]
    assert [answer.status_code for answer in asked] == [200] * 5 + [429] * 2
    refused = asked[-1]
    assert refused.content_type == "application/problem+json"
    assert re.fullmatch(r"[1-9]\d{0,3}", refused.headers["Retry-After"])
    assert site.challenge(address="192.0.2.2").status_code == 200
    assert site.challenge(address="2001:db8::1").status_code == 200
    posted = [site.post({"challenge": "x"}).status_code for _ in range(7)]
    assert posted == [422] * 5 + [429] * 2


def test_a_token_opens_nothing_but_a_budget(site: Site) -> None:
    token = site.visitor()
    assert pointers(site.post({"challenge": token})) == ["/body/challenge"]
    assert pointers(site.get("/v1/entities", cursor=token)) == ["/query/cursor"]
    assert site.get(f"/v1/entities/{token}").status_code == 404
    padded = base64.b64encode(json.dumps({"challenge": token}).encode()).decode()
    assert pointers(site.post({"challenge": padded})) == ["/body/challenge"]
