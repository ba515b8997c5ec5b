from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from backend.core.clock import today
from backend.core.sealing.certificates import Certificate, check_certificate
from backend.core.sealing.wire import to_bytes, to_text
from tests.integration.conftest import Check
from tests.integration.filing_world import World, env_in


def test_an_objection_is_filed_certified_and_found_again(world: World, check: Check) -> None:
    phone = world.phone()
    body = phone.seal(jpegs=(b"\xff\xd8 one", b"\xff\xd8 two"))
    answer = world.file(body)
    assert answer.status_code == 201, answer.text
    filed = answer.get_json()
    check("ObjectionFiled", filed)
    assert answer.headers["Cache-Control"] == "no-store"
    certificate = Certificate.from_json(filed["certificate"])
    _, server_key = world.key("cert")
    check_certificate(certificate, server_key, str(world.court), to_bytes(env_in(body)))
    status = world.status(phone)
    check("ObjectionStatus", status)
    assert status == filed | {
        "state": "received", "outcome": None, "decided_on": None, "messages": [], "next_n": 1, "keys": [],
        "expires_on": None, "removal_code": None, "stopped_at": None,
        "review": None,
    }  # fmt: skip
    (due,) = world.rows("SELECT register.working_days_left(%s) AS days", filed["answer_by"])
    assert filed["working_days_left"] == due["days"] > 5


def test_a_repeated_request_gets_the_first_answer_without_another_proof(world: World) -> None:
    phone = world.phone()
    body = phone.seal() | {"challenge": world.challenge()}
    first, again = world.post("", body), world.post("", body)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()


def test_other_contents_under_the_same_receipt_are_refused(world: World) -> None:
    phone = world.phone()
    assert world.file(phone.seal("eins")).status_code == 201
    other = world.file(phone.seal("zwei"))
    assert other.status_code == 409
    assert other.get_json()["title"] == "Something else was filed under this receipt"


def test_a_proof_is_good_once(world: World) -> None:
    proof = world.challenge()
    assert world.post("", world.phone().seal() | {"challenge": proof}).status_code == 201
    again = world.post("", world.phone().seal() | {"challenge": proof})
    assert again.status_code == 422
    assert again.get_json()["errors"][0]["pointer"] == "/body/challenge"


def test_a_listing_an_entity_and_the_court_itself_can_be_named(world: World) -> None:
    for target, kind, listings in (
        (world.listings[1], "listing", 1), (world.entity, "entity", 2), (world.court, "court", 0),
    ):  # fmt: skip
        filed = world.file(world.phone(target).seal()).get_json()
        (row,) = world.rows(
            "SELECT filing.id, target_kind, due_on FROM sealed.filing"
            " INNER JOIN register.objection ON filing_id = filing.id WHERE number = %s",
            filed["number"],
        )
        assert row["target_kind"] == kind
        assert filed["answer_by"] == row["due_on"].isoformat()
        meant = world.rows("SELECT FROM register.objection_listing WHERE filing_id = %s", row["id"])
        assert len(meant) == listings
    open_tasks = world.rows("SELECT listing_id FROM register.task WHERE kind = 'decide_objection' AND done_on IS NULL")
    assert {None, *world.listings} <= {task["listing_id"] for task in open_tasks}
    assert world.other_listing not in {task["listing_id"] for task in open_tasks}


@pytest.mark.parametrize("target", [uuid.UUID(int=1), uuid.UUID(int=0)])
def test_what_the_court_does_not_list_is_no_target(world: World, target: uuid.UUID) -> None:
    answer = world.file(world.phone(target).seal())
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/body/target"


def test_what_is_over_or_another_courts_is_no_target(world: World) -> None:
    copied = (
        "INSERT INTO register.listing SELECT (jsonb_populate_record(listing, CAST(%s AS jsonb))).*"
        " FROM register.listing WHERE id = %s"
    )
    (other,) = world.rows("SELECT id FROM register.court WHERE id <> %s ORDER BY code LIMIT 1", world.court)
    with psycopg.connect(world.url) as connection:
        for changed, kind in (
            ({}, "listing"),  # the control
            ({"court_id": str(other["id"])}, None),
            ({"state": "grace", "grace_until": "2099-01-01"}, None),
            ({"term_ends_on": (today() - timedelta(days=1)).isoformat()}, None),
        ):
            new = {"id": str(uuid.uuid4()), "listing_key": f"\\x{uuid.uuid4().hex}", "state": "suspended", **changed}
            connection.execute(copied, (json.dumps(new), world.listings[0]))
            found = connection.execute(
                "SELECT kind FROM register.objection_target(%s, %s)", (world.court, new["id"])
            ).fetchone()
            assert found == (kind,), changed
        connection.rollback()


def test_a_court_without_keys_is_not_open_and_says_so(world: World) -> None:
    (row,) = world.rows("SELECT id FROM register.court WHERE id <> %s ORDER BY code LIMIT 1", world.court)
    phone = world.phone()
    phone.court = phone.target = row["id"]
    answer = world.file(phone.seal())
    assert answer.status_code == 409
    assert answer.get_json()["title"] == "This court does not take this here yet"
    assert world.show_court(row["id"])["accepts_objections"] is False


def test_a_key_that_was_replaced_is_refused(world: World) -> None:
    phone = world.phone()
    phone.number += 1
    answer = world.file(phone.seal())
    assert answer.status_code == 409
    assert answer.get_json()["title"].startswith("The court has another key")


def test_an_unknown_receipt_is_one_and_the_same_404(world: World) -> None:
    phone = world.phone()
    unknown = world.post("/status", {"lookup": phone.lookup})
    words = world.post("/messages", phone.words(1, "nichts"))
    assert unknown.status_code == words.status_code == 404
    assert unknown.data == words.data == b'{"title": "Not Found", "status": 404}'


def test_a_receipt_of_an_objection_finds_no_tip_and_takes_no_words_for_one(world: World) -> None:
    phone, tips = world.phone(), replace(world, kind="tips")
    assert world.file(phone.seal()).status_code == 201
    status, words = tips.post("/status", {"lookup": phone.lookup}), tips.post("/messages", phone.words(1, "nichts"))
    assert status.status_code == words.status_code == 404
    assert status.data == words.data == b'{"title": "Not Found", "status": 404}'
    assert world.status(phone)["next_n"] == 1


def test_a_server_whose_key_the_court_has_not_certified_takes_nothing(world: World) -> None:
    file = world.var / "cert.key"
    certified = file.read_text("ascii")
    file.write_text(to_text(bytes(32)), "ascii")
    try:
        answer = world.file(world.phone().seal())
    finally:
        file.write_text(certified, "ascii")
    assert answer.status_code == 409
    assert answer.get_json()["detail"].startswith("This server cannot certify")


def test_later_words_are_stored_once_under_their_number(world: World) -> None:
    phone = world.phone()
    world.file(phone.seal())
    words = phone.words(1, "补充说明")
    assert [world.post("/messages", words).status_code for _ in range(2)] == [201, 201]
    other = world.post("/messages", phone.words(1, "anders"))
    assert other.status_code == 409
    assert world.post("/messages", phone.words(51, "zu viele")).status_code == 409
    assert world.post("/messages", phone.words(2, "x") | {"key_id": 2**31}).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"sealed": to_text(bytes(4143))},
        {"sealed": to_text(bytes(4145))},
        {"sealed": "%%"},
        {"sealed": None},
        {"photos": [to_text(bytes(131072 + 16))] * 7},
        {"photos": [to_text(bytes(131072))]},
        {"photos": [to_text(bytes(16))]},
        {"photos": "x"},
        {"lookup": to_text(bytes(31))},
        {"lookup": to_text(bytes(32)) + "="},
        {"key_id": 0},
        {"key_id": "1"},
        {"court": "裕华"},
        {"challenge": "x" * 1001},
        {"more": 1},
    ],
)
def test_hostile_bodies_are_refused(world: World, wrong: dict[str, Any]) -> None:
    body = world.phone().seal() | {"challenge": "x"} | wrong
    assert world.post("", body).status_code == 422


def test_a_body_beyond_the_limit_or_cut_off_is_refused(world: World) -> None:
    client = world.app.test_client()
    for data in (b'{"sealed": "' + b"A" * 50_000_000 + b'"}', b'{"sealed": "AAAA', b"[" * 100_000, b"\xff\xfe"):
        answer = client.post("/v1/objections", data=data, content_type="application/json")
        assert 400 <= answer.status_code < 500, answer.text
    small = client.post("/v1/objections/status", data=b" " * 20_000, content_type="application/json")
    assert 400 <= small.status_code < 500


def test_nothing_of_it_is_counted_by_the_metrics(world: World) -> None:
    world.file(world.phone().seal())
    text = world.app.test_client().get("/metrics").get_data(as_text=True)
    assert '"objections.' not in text
    assert "visitors.show_challenge" in text


def test_one_that_is_too_large_leaves_nothing_behind(world: World) -> None:
    assert world.app.test_client().post("/v1/objections", data=b"x" * 9_000_000).status_code == 413
    assert world.post("/status", {"lookup": world.phone().lookup}).status_code == 404
