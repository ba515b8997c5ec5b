from __future__ import annotations

import json
import tracemalloc
import uuid
from datetime import date
from typing import Any

import pytest

from backend.core.filings import desk
from backend.core.sealing.certificates import Certificate, check_certificate
from backend.core.sealing.wire import to_bytes, to_text
from tests.integration.conftest import Check
from tests.integration.filing_world import World, env_in


def make_notice(
    world: World, listing: uuid.UUID, first: str = "2026-01-01", last: str = "2099-12-31", **terms: Any
) -> uuid.UUID:
    """A notice that two officers made public; `terms` are what it promises."""
    columns = world.rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'notice'")
    values: dict[str, Any] = {
        "listing_id": listing, "kind": "property", "published_on": date.fromisoformat(first),
        "ends_on": date.fromisoformat(last),
    }  # fmt: skip
    if "requested_on" in {column["column_name"] for column in columns}:
        officers = {row["login"]: row["id"] for row in world.rows("SELECT login, id FROM register.officer")}
        values |= {"state": "published", "requested_on": first, "answer_due_on": first}
        values |= {"basis": "fixed", "amount": 5000, "drafted_by": officers["lin"], "approved_by": officers["zhou"]}
    values |= terms
    (row,) = world.rows(
        f"INSERT INTO register.notice ({', '.join(values)}) VALUES ({', '.join(['%s'] * len(values))}) RETURNING id",
        *values.values(),
    )
    found: uuid.UUID = row["id"]
    return found


def copy_listing(world: World, listing_key: bytes, **changed: str) -> uuid.UUID:
    """Another listing like the first, with what is to differ."""
    differs = {"id": str(uuid.uuid4()), "listing_key": f"\\x{listing_key.hex()}", **changed}
    world.execute(
        "INSERT INTO register.listing SELECT (jsonb_populate_record(listing, CAST(%s AS jsonb))).*"
        " FROM register.listing WHERE id = %s",
        json.dumps(differs), world.listings[0],
    )  # fmt: skip
    return uuid.UUID(differs["id"])


def test_a_tip_is_filed_certified_and_found_again(world: World, check: Check) -> None:
    phone = world.phone()
    body = phone.seal("车停在虚构路", jpegs=(b"\xff\xd8 one",), kind="property", place="虚构路")
    answer = world.file(body)
    assert answer.status_code == 201, answer.text
    filed = answer.get_json()
    check("TipFiled", filed)
    assert set(filed) == {"number", "court", "hour", "certificate"}
    assert answer.headers["Cache-Control"] == "no-store"
    certificate = Certificate.from_json(filed["certificate"])
    _, server_key = world.key("cert")
    check_certificate(certificate, server_key, str(world.court), to_bytes(env_in(body)))
    status = world.status(phone)
    check("TipStatus", status)
    told = {"state": "received", "outcome": None, "reason": None, "can_claim": False, "claim": None}
    assert status == filed | told | {"messages": [], "next_n": 1, "keys": [], "expires_on": None}


def test_a_repeated_request_gets_the_first_answer_without_another_proof(world: World) -> None:
    body = world.phone().seal() | {"challenge": world.challenge()}
    first, again = world.post("", body), world.post("", body)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()


def test_other_contents_under_the_same_receipt_are_refused(world: World) -> None:
    phone = world.phone()
    assert world.file(phone.seal("eins")).status_code == 201
    other = world.file(phone.seal("zwei"))
    assert other.status_code == 409
    assert other.get_json()["title"] == "Something else was filed under this receipt"


def test_a_receipt_of_an_objection_opens_no_tip(world: World) -> None:
    phone = world.phone()
    body = phone.seal()
    world.kind = "objections"
    assert world.file(body).status_code == 201
    world.kind = "tips"
    assert world.post("/status", {"lookup": phone.lookup}).status_code == 404
    assert world.file(body).status_code == 409


def test_a_proof_for_something_else_or_used_before_is_refused(world: World) -> None:
    proof = world.challenge()
    world.kind = "objections"
    other = world.challenge()
    world.kind = "tips"
    assert world.post("", world.phone().seal() | {"challenge": proof}).status_code == 201
    for bad in (proof, other):
        refused = world.post("", world.phone().seal() | {"challenge": bad})
        assert refused.status_code == 422
        assert refused.get_json()["errors"][0]["pointer"] == "/body/challenge"


def test_a_notice_a_listing_an_entity_and_the_court_itself_can_be_named(world: World) -> None:
    notice = make_notice(world, world.listings[1])
    for target, kind in (
        (notice, "notice"), (world.listings[1], "listing"), (world.entity, "entity"), (world.court, "court"),
    ):  # fmt: skip
        filed = world.file(world.phone(target).seal()).get_json()
        (row,) = world.rows(
            "SELECT target_kind, target_id FROM sealed.filing INNER JOIN register.tip ON filing_id = filing.id"
            " WHERE number = %s",
            filed["number"],
        )
        assert row == {"target_kind": kind, "target_id": target}


def test_what_is_not_public_or_not_the_courts_is_no_target(world: World) -> None:
    ended = make_notice(world, world.listings[0], "2026-01-01", "2026-01-02")
    (other_court,) = world.rows("SELECT id FROM register.court WHERE id <> %s ORDER BY code LIMIT 1", world.court)
    hidden = copy_listing(world, b"hidden", state="suspended")
    foreign = copy_listing(world, b"foreign", court_id=str(other_court["id"]))
    of_others = make_notice(world, foreign)
    targets = [ended, hidden, foreign, of_others, other_court["id"], uuid.uuid4(), uuid.UUID(int=0)]
    answers = [world.file(world.phone(target).seal()) for target in targets]
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.data for answer in answers}) == 1
    assert answers[0].get_json()["errors"][0]["pointer"] == "/body/target"


def test_an_entity_is_a_target_where_it_is_listed_alone(world: World) -> None:
    kinds = world.rows(
        "SELECT DISTINCT register.tip_target(court.id, %s) AS kind, court.id = %s AS own FROM register.court"
        " WHERE id = %s OR NOT EXISTS (SELECT FROM register.listing WHERE court_id = court.id) ORDER BY own",
        world.entity, world.court, world.court,
    )  # fmt: skip
    assert kinds == [{"kind": None, "own": False}, {"kind": "entity", "own": True}]


def test_a_court_with_one_reader_takes_objections_and_no_tips(world: World) -> None:
    phone = world.phone()
    world.execute("UPDATE register.officer SET active = false WHERE login = 'zhou'")
    try:
        assert world.show_court()["accepts_tips"] is False
        answer = world.file(phone.seal())
        assert (answer.status_code, answer.get_json()["title"]) == (409, "This court does not take this here yet")
    finally:
        world.execute("UPDATE register.officer SET active = true WHERE login = 'zhou'")
    assert world.file(phone.seal()).status_code == 201


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


def test_later_words_are_stored_once_under_their_number(world: World) -> None:
    phone = world.phone()
    world.file(phone.seal())
    words = phone.words(1, "补充说明")
    assert [world.post("/messages", words).status_code for _ in range(2)] == [201, 201]
    assert world.post("/messages", phone.words(1, "anders")).status_code == 409
    assert world.post("/messages", phone.words(51, "zu viele")).status_code == 409


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
        {"photos": [None]},
        {"photos": "x"},
        {"lookup": to_text(bytes(31))},
        {"lookup": to_text(bytes(32)) + "="},
        {"key_id": 0},
        {"key_id": 2**31},
        {"court": "裕华"},
        {"target": 7},
        {"challenge": "x" * 1001},
        {"more": 1},
    ],
)
def test_hostile_bodies_are_refused(world: World, wrong: dict[str, Any]) -> None:
    body = world.phone().seal() | {"challenge": "x"} | wrong
    assert world.post("", body).status_code == 422


def test_a_body_beyond_the_limit_or_cut_off_is_refused_and_the_next_is_served(world: World) -> None:
    client = world.app.test_client()
    bodies = [b'{"sealed": "' + b"A" * 50_000_000 + b'"}', b'{"sealed": "AAAA', b"[" * 100_000, b"\xff\xfe", b"null"]
    bodies += [b'{"key_id": ' + b"9" * 5000 + b"}", b'{"key_id": 1e999}', b'{"key_id": NaN}']
    for data in bodies:
        answer = client.post("/v1/tips", data=data, content_type="application/json")
        assert 400 <= answer.status_code < 500, answer.text
    for path in ("status", "messages"):
        small = client.post(f"/v1/tips/{path}", data=b" " * 20_000, content_type="application/json")
        assert 400 <= small.status_code < 500
    assert world.file(world.phone().seal()).status_code == 201


def peak_of(world: World, data: bytes) -> float:
    """Megabytes that Python takes meanwhile, beyond what it had."""
    tracemalloc.start()
    try:
        answer = world.app.test_client().post("/v1/tips", data=data, content_type="application/json")
        assert answer.status_code == 422
        assert len(answer.data) < 10_000
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def test_a_body_of_many_small_values_takes_no_more_memory_than_it_is_long(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = b"[" + b"{}," * 200_000 + b"1]"
    keys = b"{" + b",".join(b'"%d":1' % n for n in range(50_000)) + b"}"
    assert max(peak_of(world, many), peak_of(world, keys)) < 6
    # The control: the body is short, what it is read into is not.
    monkeypatch.setattr(desk, "MOST_SIGNS", 10**9)
    assert min(peak_of(world, many), peak_of(world, keys)) > 10


def test_texts_of_every_length_have_one_length_sealed_and_stored(world: World) -> None:
    lengths = set()
    for characters in [*range(0, 1001, 125), 1, 999, 1000]:
        body = world.phone(world.court).seal("字" * characters)
        lengths.add(len(body["sealed"]))
        assert world.file(body).status_code == 201
    assert len(lengths) == 1
    stored = world.rows(
        "SELECT DISTINCT octet_length(data) AS size FROM sealed.part"
        " INNER JOIN sealed.filing ON filing.id = filing_id WHERE part = 'sealed' AND purpose = 'tip'"
    )
    assert len(stored) == 1


def test_nothing_of_it_is_counted_by_the_metrics(world: World) -> None:
    world.file(world.phone().seal())
    text = world.app.test_client().get("/metrics").get_data(as_text=True)
    assert "tips." not in text
    assert "visitors.show_challenge" in text
