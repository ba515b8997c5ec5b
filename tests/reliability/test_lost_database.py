"""PostgreSQL stops under a running server: whoever asks is told to come back, nobody gets an error of ours."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from typing import Any

import pytest

from backend.core.sealing.wire import to_text
from tests.integration.visitors_of import solve
from tests.reliability.served import Server, serving

Request = tuple[str, dict[str, Any] | None]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("lost"), "tips") as server:
        server.wait()
        yield server


def ask(server: Server, request: Request) -> tuple[int, Message, bytes]:
    path, body = request
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Cookie": "__Host-court=somebody"}
    sent = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", data, headers)
    try:
        with urllib.request.urlopen(sent, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def filing(server: Server, kind: str) -> Request:
    made = server.get(f"/v1/challenge?for={kind}")[1]
    return f"/v1/{kind}", server.world.phone(server.world.court).seal() | {"challenge": solve(made)}


def requests(server: Server) -> list[tuple[Request, int]]:
    """What is asked for, and how it is answered while the database is there."""
    phone, court = server.world.phone(), server.world.court
    lookup = {"lookup": phone.lookup}
    unknown: list[Request] = [(f"/v1/{kind}/status", lookup) for kind in ("tips", "objections")]
    unknown += [(f"/v1/{kind}/messages", phone.words(1, "补充")) for kind in ("tips", "objections")]
    unknown += [("/v1/claims", lookup | {"key_id": 1, "sealed": to_text(bytes(4144))})]
    unknown += [("/v1/objections/reminders/withdrawals", lookup)]
    reads = ["/v1/entities?area=130108", "/v1/areas", "/v1/map/5/26/12.json", "/v1/notices", f"/v1/courts/{court}"]
    reads += ["/v1/changes?since=0", f"/v1/statistics/courts/{court}", "/v1/site", "/readyz"]
    found: list[tuple[Request, int]] = [((path, None), 200) for path in reads]
    return found + [(one, 404) for one in unknown]


def test_whoever_asks_while_the_database_is_away_is_told_to_come_back(server: Server) -> None:
    asked = requests(server)
    filings = [filing(server, kind) for kind in ("tips", "objections")]
    assert [(request, ask(server, request)[0]) for request, _ in asked] == asked
    server.stop_database()
    try:
        for request in (*filings, *(request for request, _ in asked)):
            code, headers, body = ask(server, request)
            assert (code, headers["Content-Type"]) == (503, "application/problem+json"), (request[0], body)
            assert int(headers["Retry-After"]) > 0
            assert json.loads(body)["status"] == 503
        code, headers, _ = ask(server, ("/court", None))
        assert (code, "Retry-After" in headers) == (503, True)
        plain = {rule.rule for rule in server.world.app.url_map.iter_rules() if not rule.arguments}
        assert 500 not in {ask(server, (path, None))[0] for path in plain}
    finally:
        server.start_database()
    assert [(request, ask(server, request)[0]) for request, _ in asked] == asked
    # The very same requests, with the very same proofs.
    assert [ask(server, request)[0] for request in filings] == [201, 201]
    said = server.log.read_text()
    assert "Traceback" not in said
    assert "unforeseen" not in said


@pytest.mark.parametrize("kind", ["tips", "objections"])
def test_a_filing_whose_commit_was_lost_is_stored_when_it_is_sent_again_as_it_is(server: Server, kind: str) -> None:
    """Behind the proof and every count: the connection dies at the commit, as with the server behind it."""
    world = server.world
    world.execute(
        "CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'"
    )
    world.execute(
        "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON sealed.filing DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION public.die()"
    )
    request = filing(server, kind)
    try:
        assert [ask(server, request)[0] for _ in range(3)] == [503] * 3
    finally:
        world.execute("DROP FUNCTION public.die() CASCADE")
    first, again = ask(server, request), ask(server, request)
    assert (first[0], again[0]) == (201, 201)
    assert first[2] == again[2]
    # The control: another filing, under the same proof, is refused.
    other = filing(server, kind)[1] or {}
    assert ask(server, (request[0], other | {"challenge": (request[1] or {})["challenge"]}))[0] == 422
    assert "Traceback" not in server.log.read_text()


def test_an_error_that_nobody_foresaw_would_be_logged_as_one(server: Server) -> None:
    """The control of what is looked for in the log: a statement of ours that fails for its own sake."""
    server.world.execute("ALTER FUNCTION sealed.find_filing(bytea) RENAME TO find_filing_away")
    try:
        code, *_ = ask(server, ("/v1/tips/status", {"lookup": server.world.phone().lookup}))
    finally:
        server.world.execute("ALTER FUNCTION sealed.find_filing_away(bytea) RENAME TO find_filing")
    assert code == 500
    said = server.log.read_text()
    assert "Traceback" in said
    assert "unforeseen" in said
