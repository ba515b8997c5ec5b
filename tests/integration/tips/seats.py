"""Officers at the console of a world that commits, and what their browser's worker would do, done in Python."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.core.filings.reading import Desk
from backend.core.sealing.letters import Address, Letter, unseal_letter
from backend.core.sealing.wire import to_bytes
from backend.core.sessions import COOKIE, begin_session
from tests.integration.filing_world import World

_desks: dict[tuple[str, str], Desk] = {}


def desk_of(world: World, login: str) -> Desk:
    """Opened once: phrases are slow to try, on purpose."""
    # By its folder: databases of several modules have one name after the other.
    held = (str(world.var), login)
    if held not in _desks:
        _desks[held] = world.desk(login)
    return _desks[held]


@dataclass
class Seat:
    """A signed-in officer; `csrf` goes along as the console's scripts send it."""

    world: World
    client: FlaskClient
    login: str
    csrf: str

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/court{path}", base_url="https://localhost")

    def send(self, path: str, body: Any = None, *, csrf: str | None = None) -> TestResponse:
        headers = {"X-CSRF-Token": self.csrf if csrf is None else csrf}
        return self.client.post(f"/court{path}", json=body or {}, headers=headers, base_url="https://localhost")

    def post(self, path: str, **form: Any) -> TestResponse:
        return self.client.post(f"/court{path}", data={"csrf": self.csrf, **form}, base_url="https://localhost")

    def open(self, number: int) -> Letter:
        """Borrow a tip and unseal it, as the worker does."""
        answer = self.send(f"/tips/{number}/lend")
        assert answer.status_code == 200, answer.text
        lent = answer.get_json()
        filing = lent["filing"]
        [sealed] = [part for part in lent["parts"] if part["part"] == "sealed"]
        reader = desk_of(self.world, self.login).reader
        address = Address(filing["court"], filing["target"], filing["key_id"])
        return unseal_letter(to_bytes(sealed["data"]), reader.pair("box", filing["key_id"]), address)


def sit(world: World, login: str) -> Seat:
    """A fresh sign-in of one of the world's officers."""
    [officer] = world.rows("SELECT id FROM register.officer WHERE login = %s", login)
    with world.database.transaction("doorkeeper") as connection:
        token = begin_session(connection, officer["id"], proved=True, agent="test")
    client = world.app.test_client()
    client.set_cookie(COOKIE, token, domain="localhost", secure=True)
    seat = Seat(world, client, login, "")
    answer = client.get("/court/approvals", base_url="https://localhost")
    seat.csrf = answer.text.partition('name="csrf" content="')[2].partition('"')[0]
    assert seat.csrf, answer.text
    return seat


def sit_elsewhere(world: World, *roles: str) -> Seat:
    """An officer of another court, with another court's keys: none."""
    login = f"elsewhere.{uuid.uuid4().hex[:8]}"
    world.execute(
        "INSERT INTO register.officer (court_id, login, name, roles)"
        " SELECT id, %s, '虚构人员', %s FROM register.court WHERE id <> %s LIMIT 1",
        login, list(roles), world.court,
    )  # fmt: skip
    return sit(world, login)


def age_proof(world: World, login: str) -> None:
    """The second factor of an officer's sessions was shown an hour ago."""
    world.execute(
        "UPDATE desk.session SET proved_at = now() - interval '1 hour' FROM register.officer"
        " WHERE officer.id = session.officer_id AND officer.login = %s",
        login,
    )
