"""A listed person finds themselves, and whoever guesses learns nothing that the public page does not say."""

from __future__ import annotations

import json
import os
import re
import tempfile
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow
from werkzeug.test import TestResponse

from backend.core import proof
from backend.core.identities import IdentityHasher, check_of
from backend.core.names import fold
from tests.integration.conftest import Check, RedisServer, SameTransaction
from tests.integration.register import Register
from tests.integration.visitors_of import HOME, Site

KEY = bytes.fromhex("5a" * 32)
NAME, MASK = "甄试查", "9999991985****0013"
Connection = psycopg.Connection[DictRow]


@pytest.fixture(autouse=True)
def _easy_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work of a moment: a thousand guesses are made below."""
    monkeypatch.setattr(proof, "MAX_NUMBER", 20)


@pytest.fixture
def site(connection: Connection) -> Site:
    return Site.over(connection)


def person(register: Register, name: str = NAME, mask: str | None = MASK, source: str = "court") -> uuid.UUID:
    """A person whose identity is hashed as an import does; without a mask, one who cannot be compared."""
    entity = register.entity(name, source=source)
    parts = (source, "person", fold(name), mask or "")
    register.connection.execute(
        "UPDATE register.entity SET identity_key = %s, has_identifier = %s WHERE id = %s",
        (IdentityHasher(KEY).digest(parts), mask is not None, entity),
    )
    return entity


def ask(site: Site, register: Register, address: str = HOME, **changes: Any) -> TestResponse:
    body = {"court": str(register.courts[0]), "mask_form": MASK, "name": NAME, **changes}
    if "challenge" not in body:
        body["challenge"] = site.proof("self-check", address)
    data = json.dumps(body)  # in ASCII, so that half a character can be sent too
    return site.client.post(
        "/v1/self-check", data=data, content_type="application/json", environ_overrides={"REMOTE_ADDR": address}
    )


def answer(site: Site, register: Register, **changes: Any) -> dict[str, Any]:
    found = ask(site, register, **changes)
    assert found.status_code == 200, found.text
    return found.get_json()  # type: ignore[no-any-return]


def pointers(refused: TestResponse) -> list[str]:
    assert refused.status_code == 422, refused.text
    return [error["pointer"] for error in refused.get_json()["errors"]]


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


@pytest.mark.parametrize("typed", ["甄 试查", "　甄试查 ", "甄・试查"])
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
        (IdentityHasher(KEY).digest(("court", "person", fold(NAME), MASK)), nobody),
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


def test_a_wrong_key_is_never_answered_with_not_found(site: Site, register: Register) -> None:
    register.listing(person(register))
    register.connection.execute(
        "INSERT INTO register.installation (identity_key_check) VALUES (%s)", (check_of(bytes(32)),)
    )
    refused = ask(site, register)
    assert (refused.status_code, "items" in refused.text) == (503, False)
    register.connection.execute("UPDATE register.installation SET identity_key_check = %s", (check_of(KEY),))
    assert len(answer(site, register)["items"]) == 1


def test_the_public_role_can_neither_read_hashes_nor_ask_by_them(connection: Connection, register: Register) -> None:
    register.listing(person(register))
    guess = ("SELECT found FROM serving.self_check(%s, %s, '')", (register.courts[0], [identity()]))
    for statement, values in (("SELECT identity_key FROM register.entity", ()), guess):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), SameTransaction(connection).read() as reading:
            reading.execute(statement, values)
    # The control: its own role asks, and without the restriction the public role would read.
    with SameTransaction(connection).read_as("self_checker") as checking:
        assert len(checking.execute(*guess).fetchone()["found"]) == 1  # type: ignore[index]
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            checking.execute("SELECT identity_key FROM register.entity")
    connection.execute("GRANT USAGE ON SCHEMA register TO public_reader")
    connection.execute("GRANT SELECT ON register.entity TO public_reader")
    with SameTransaction(connection).read() as reading:
        keys = reading.execute("SELECT identity_key FROM register.entity").fetchall()
    assert identity() in [row["identity_key"] for row in keys]


def identity() -> bytes:
    return IdentityHasher(KEY).digest(("court", "person", fold(NAME), MASK))


@pytest.fixture
def sent(connection: Connection) -> Iterator[Any]:
    """What the application says to PostgreSQL, as libpq sees it."""
    with tempfile.TemporaryFile() as file:
        connection.prepare_threshold = None
        connection.pgconn.trace(file.fileno())

        def read() -> str:
            file.seek(0)
            text = file.read().decode(errors="replace")
            file.seek(0)
            os.ftruncate(file.fileno(), 0)
            return text

        yield read
        connection.pgconn.untrace()


def statements(trace: str) -> list[str]:
    """The texts of statements, in order; names of savepoints are counted on."""
    messages = re.split(r"^(?=\d{4}-\d\d-\d\d )", trace, flags=re.MULTILINE)
    asked = [message for message in messages if re.search(r"\tF\t\d+\t(Query|Parse)\t", message)]
    return [re.sub(r"_pg\w+?_\d+", "_", message.split("\t", 4)[4]) for message in asked]


def test_found_or_not_the_same_statements_run(site: Site, register: Register, sent: Any) -> None:
    register.listing(person(register))
    register.listing(person(register, "甄旁人", "9999991970****0021"))
    cases = {
        "found": {},
        "unknown name": {"name": "甄不在"},
        "same number, other name": {"name": "甄旁人"},
        "same name, other number": {"mask_form": "9999991970****0021"},
        "another court": {"court": str(register.courts[1])},
        "unknown court": {"court": str(uuid.UUID(int=1))},
    }
    traces = {}
    for case, changes in cases.items():
        challenge = site.proof("self-check")
        sent()
        ask(site, register, challenge=challenge, **changes)
        traces[case] = statements(sent())
    assert len(traces["found"]) > 5
    assert sum("self_check" in text for text in traces["found"]) == 1
    assert sum("listing_detail" in text for text in traces["found"]) == 1
    assert all(trace == traces["found"] for trace in traces.values())


def test_name_and_number_stay_nowhere(
    register: Register,
    redis: RedisServer,
    sent: Any,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    connection = register.connection
    caplog.set_level(0)
    canaries = ("金丝雀试", "9999991931****7351", "9999991931", "7351")
    site = Site.over(connection, REDIS_URL=redis.url)
    register.listing(person(register))
    body = {"name": canaries[0], "mask_form": canaries[1]}
    assert ask(site, register, **body).status_code == 200
    assert ask(site, register, **body, challenge="x").status_code == 422
    assert ask(site, register, **body, more="x").status_code == 422
    assert ask(site, register, **body, court=str(uuid.UUID(int=1))).status_code == 422
    # An error that nobody foresaw is logged with its trace.
    connection.execute("SAVEPOINT broken")
    connection.execute("DROP FUNCTION serving.self_check(uuid, bytea [], bytea)")
    assert ask(site, register, **body).status_code == 500
    connection.execute("ROLLBACK TO broken")
    assert "unforeseen error" in caplog.text
    printed = capfd.readouterr()
    held = [caplog.text, printed.out, printed.err, redis.dump(), site.get("/metrics").text, sent()]
    held.append(everything(connection))
    assert "self-check:name:" in held[3]
    assert "self_check" in held[5]
    assert HOME not in held[3]
    for text in held:
        # Random ids and digests may hold any four digits.
        words = re.sub(r"[0-9a-f]{8,}", "", text)
        for canary in canaries[:3]:
            assert canary not in words


def everything(connection: Connection) -> str:
    """Every row of every table, and what PostgreSQL says of what runs."""
    tables = connection.execute(
        "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
        " WHERE schemaname IN ('register', 'serving', 'audit')"
    ).fetchall()
    rows = [
        row["row"] for table in tables for row in connection.execute(f"SELECT t::text AS row FROM {table['name']} t")
    ]
    rows += [str(row["query"]) for row in connection.execute("SELECT query FROM pg_stat_activity")]
    return "\n".join(rows)


def test_an_answer_is_kept_by_no_cache(site: Site, register: Register) -> None:
    register.listing(person(register))
    found = ask(site, register)
    assert found.headers["Cache-Control"] == "no-store"
    assert "ETag" not in found.headers
    assert "noindex" in found.headers["X-Robots-Tag"]
