from __future__ import annotations

import json
from datetime import timedelta

import psycopg
import pytest
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from backend.changes.domain import key_digest
from backend.core.audit import verify
from tests.integration.changes.conftest import Feed
from tests.integration.conftest import Check
from tests.integration.register import TODAY


def removals(feed: Feed, number: int) -> None:
    with feed.register() as register:
        listings = [register.listing(register.entity()) for _ in range(number)]
    for listing in listings:
        feed.execute("DELETE FROM register.listing WHERE id = %s", listing)


def test_an_answer_is_what_the_documents_say(feed: Feed, check: Check) -> None:
    with feed.register() as register:
        register.listing(register.entity())
        register.listing(register.entity("虚构有限公司", "company", uscc="91999999MA0000000X"))
    removals(feed, 1)
    for key in (None, feed.key):
        check("ChangeList", feed.get("", key=key).get_json())
    check("MemberList", feed.get("/listed", key=feed.key).get_json())
    check("SigningKey", feed.get("/key").get_json())
    answer = feed.get("?since=2")
    assert answer.headers["Cache-Control"] == "no-store"
    assert feed.get("", key=feed.key).headers["Cache-Control"] == "private, no-store"
    assert list(answer.get_json()) == ["items", "as_of", "next", "head", "since"]
    people = [item for item in feed.get("/listed", key=feed.key).get_json()["items"] if "uscc" not in item["entity"]]
    assert [item["entity"]["kind"] for item in people] == ["person"]


def test_pages_follow_one_another(feed: Feed) -> None:
    removals(feed, 9)
    first = feed.get("?since=0&limit=4").get_json()
    second = feed.get(f"?since=0&limit=4&cursor={first['next']}").get_json()
    third = feed.get(f"?since=0&limit=4&cursor={second['next']}").get_json()
    assert third["next"] is None
    items = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert len(items) == len(set(items)) == 9
    assert items == [str(entity) for entity in feed.removed()]
    assert first["head"] == feed.head() == 18
    assert feed.get(f"?since={first['head']}").get_json()["items"] == []
    assert feed.get("?since=999999").get_json()["items"] == []
    # The cursor belongs to the since it was made for.
    assert feed.get(f"?since=1&limit=4&cursor={first['next']}").status_code == 422


@pytest.mark.parametrize(
    "query",
    ["since=x", "since=-1", "since=1.5", "since=", "since=9999999999999999999", "since=１", "since=1&since=2",
     "limit=0", "limit=101", "cursor=x", "cursor=", "after=1", "since=%FF", "since=1%00"],
)  # fmt: skip
def test_what_is_no_sequence_is_refused(feed: Feed, query: str) -> None:
    answer = feed.get(f"?{query}")
    assert answer.status_code == 422
    assert answer.get_json()["errors"]


def test_the_signature_is_of_the_very_bytes(feed: Feed) -> None:
    removals(feed, 1)
    answer, other = feed.get("?since=0"), feed.get("?since=1")
    feed.check_signature(answer)
    told = feed.get("/key").get_json()
    key = VerifyKey(bytes.fromhex(told["public_key"]))
    signature = bytes.fromhex(answer.headers["Signature-Ed25519"])
    changed = answer.get_data().replace(b'"remove"', b'"forget"')
    for message in (changed, other.get_data(), answer.get_data()[:-1]):
        with pytest.raises(BadSignatureError):
            key.verify(told["purpose"].encode() + message, signature)
    with pytest.raises(BadSignatureError):
        key.verify(answer.get_data(), signature)


def test_only_a_key_that_holds_shows_more_than_removals(feed: Feed) -> None:
    with feed.register() as register:
        register.listing(register.entity("甄虚构"))
    assert "甄虚构" in feed.get("", key=feed.key).get_data(as_text=True)
    assert feed.get().get_json()["items"] == []
    assert feed.get("/listed").status_code == 401
    for key in ("x", feed.key + "x", feed.key[:-1]):
        answer = feed.get("", key=key)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    basic = feed.app.test_client().get("/v1/changes", headers={"Authorization": f"Basic {feed.key}"})
    assert basic.status_code == 401
    lower = feed.app.test_client().get("/v1/changes", headers={"Authorization": f"bearer {feed.key}"})
    assert "甄虚构" in lower.get_data(as_text=True), "a scheme is written in any case"
    assert feed.run("recipients", "end", "虚构接收方").exit_code == 0
    assert feed.get("", key=feed.key).status_code == 401
    assert feed.get("/listed", key=feed.key).status_code == 401
    assert feed.get().status_code == 200


def test_recipients_by_command_line(feed: Feed) -> None:
    added = feed.run("recipients", "add", "另一接收方")
    key = added.output.splitlines()[-1]
    assert feed.get("", key=key).status_code == 200
    assert feed.run("recipients", "add", "另一接收方").exit_code == 1
    assert feed.run("recipients", "add", " ").exit_code == 1
    assert feed.run("recipients", "end", "无此接收方").exit_code == 1
    listed = feed.run("recipients", "list").output
    assert "另一接收方" in listed
    assert key not in listed
    feed.execute("UPDATE register.recipient SET added_at = '2026-03-01 17:00+00' WHERE name = '另一接收方'")
    assert "另一接收方\t2026-03-02\t—\n" in feed.run("recipients", "list").output  # the day in China
    (row,) = feed.execute("SELECT * FROM register.recipient WHERE name = '另一接收方'")
    assert key not in str(row)
    assert row["key_digest"] == key_digest(key)
    with feed.database.transaction("operator") as connection:
        assert verify(connection) is None
    actions = [entry["action"] for entry in feed.execute("SELECT action FROM audit.entry ORDER BY sequence")]
    assert actions == ["recipient.add", "recipient.add"]


def test_what_is_older_than_the_window_is_gone(feed: Feed) -> None:
    removals(feed, 3)
    feed.move_to(TODAY + timedelta(days=60))
    removals(feed, 2)
    assert feed.run("changes", "prune").output.startswith("已删除 0 条")
    feed.move_to(TODAY + timedelta(days=91))
    assert feed.run("changes", "prune", "--dry-run").output.startswith("试运行:会删除 6 条")
    assert len(feed.removed()) == 5
    following = feed.get("?since=0&limit=1").get_json()["next"]
    assert feed.run("changes", "prune").output.startswith("已删除 6 条")
    for since in (0, 5):
        for key in (None, feed.key):
            answer = feed.get(f"?since={since}", key=key)
            assert (answer.status_code, answer.content_type) == (410, "application/problem+json")
            assert answer.get_json()["status"] == 410
    late = feed.get(f"?since=0&limit=1&cursor={following}")
    assert late.status_code == 410, "a reader between two pages is told, too"
    assert len(feed.removed(6)) == 2
    assert len(feed.read(6)) == 4
    # Sequences go on where they were.
    removals(feed, 1)
    assert feed.head() == 12
    assert len(feed.execute("SELECT sequence FROM serving.change")) == 6


def test_everybody_listed_in_pages(feed: Feed) -> None:
    with feed.register() as register:
        entities = [register.entity(f"甄虚构{number}") for number in range(5)]
        for entity in entities:
            register.listing(entity)
    seen, cursor = [], ""
    while cursor is not None:
        page = feed.get(f"/listed?limit=2{cursor and f'&cursor={cursor}'}", key=feed.key)
        feed.check_signature(page)
        body = json.loads(page.get_data())
        assert body["head"] == 5
        seen += [item["id"] for item in body["items"]]
        cursor = body["next"]
    assert sorted(seen) == seen == sorted(str(entity) for entity in entities)
    for bad in ("x", "bQ", "MC4w"):
        assert feed.get(f"/listed?cursor={bad}", key=feed.key).status_code == 422


@pytest.mark.parametrize(
    "statement",
    ["SELECT serving.enter_day()", "SELECT * FROM serving.mirrored", "SELECT * FROM register.recipient",
     "SELECT serving.prune_changes(1)", "SELECT serving.enter_touched('serving.entity_row')",
     "SELECT serving.note_change(NULL)", "UPDATE serving.change_head SET sequence = 0"],
)  # fmt: skip
@pytest.mark.parametrize("role", ["public_reader", "day_keeper"])
def test_who_reads_cannot_write(feed: Feed, role: str, statement: str) -> None:
    if (role, statement) == ("day_keeper", "SELECT serving.enter_day()"):
        return
    connection = psycopg.connect(feed.url, options=f"-c role={role}")
    with connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)
