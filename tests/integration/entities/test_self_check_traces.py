"""What looking for oneself leaves behind, and whom it tells anything: nothing, and nobody."""

from __future__ import annotations

import os
import re
import tempfile
import time
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.identities import check_of
from backend.entities import details, self_check
from tests.integration.conftest import RedisServer, SameTransaction
from tests.integration.entities.self_checks import KEY, NAME, answer, ask, identity, person
from tests.integration.register import Register
from tests.integration.visitors_of import HOME, Site

Connection = psycopg.Connection[DictRow]
pytestmark = pytest.mark.usefixtures("easy_proofs")


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


def _shortest(connection: Connection, register: Register) -> dict[str, float]:
    """Seconds for each way of not being found, asked in turn: the shortest, since a busy machine only adds to them."""
    site = Site.over(connection, RATE_LIMITS="off")
    cases: dict[str, dict[str, str]] = {
        "unknown": {"name": "甄不在"},
        "known name": {"mask_form": "9999991970****0022"},
        "known number": {"name": "甄旁人"},
    }
    taken: dict[str, list[float]] = {case: [] for case in cases}
    for _ in range(25):
        for case, changes in cases.items():
            challenge = site.proof("self-check", "127.0.0.1")
            begun = time.perf_counter()
            assert ask(site, register, "127.0.0.1", challenge=challenge, **changes).get_json()["items"] == []
            taken[case].append(time.perf_counter() - begun)
    return {case: min(times) for case, times in taken.items()}


def _alike(connection: Connection, register: Register) -> bool:
    times = _shortest(connection, register).values()
    return max(times) < 1.25 * min(times)


def test_not_being_found_takes_the_same_time_whatever_is_known(
    connection: Connection, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.listing(person(register))
    register.listing(person(register, "甄旁人", "9999991970****0022"))
    # A machine that is busy elsewhere may disturb one measurement, not three.
    assert any(_alike(connection, register) for _ in range(3))

    list_details, identities, known = details.list_details_at_court, self_check._identities, [False]
    longer = max(_shortest(connection, register).values())  # as slow as this machine is just now

    def hash_and_note(key: bytes, asked: self_check.Asked) -> list[bytes]:
        known[0] = asked.name == NAME
        return identities(key, asked)

    def look_longer(connection: Any, found: Any, court: Any) -> list[str]:
        time.sleep(longer * known[0])
        return list_details(connection, found, court)

    monkeypatch.setattr(self_check, "_identities", hash_and_note)
    monkeypatch.setattr(self_check, "list_details_at_court", look_longer)
    assert not any(_alike(connection, register) for _ in range(2)), "the control: one who knows a name waits longer"


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
