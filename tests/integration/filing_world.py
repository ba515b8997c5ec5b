"""A court with keys and officers, a server, and phones that file: in a database of its own, since filings commit."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from psycopg.rows import dict_row
from werkzeug.test import TestResponse

from backend.app import create_app
from backend.clocks.service import load_clocks
from backend.config import Settings
from backend.core import proof
from backend.core.clock import now, today
from backend.core.db import Database
from backend.core.filings.cert_key import make_cert_key
from backend.core.filings.keyring import open_keyring
from backend.core.filings.reading import Desk
from backend.core.filings.shred_store import ShredStore
from backend.core.sealing.chains import env_of
from backend.core.sealing.conversations import Message, seal_to_court, unbox_from_court
from backend.core.sealing.letters import Address, Answering, Letter, seal_letter
from backend.core.sealing.photos import PhotoKey, photo_hash, seal_photo
from backend.core.sealing.receipts import RECEIPT_BYTES, ReceiptKeys
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, Wanted, check_path
from backend.core.sealing.wire import to_bytes, to_text
from backend.courts.keeping import Root, Sheets
from backend.courts.keys import add_officer_key, make_court
from backend.courts.officers import NewOfficer, add_officer
from tests.databases import database_of_its_own, make_database
from tests.integration.register import Register
from tests.integration.visitors_of import solve

ROOT = Root(verify_key_of(b"r" * 32), b"r" * 32)
_easy = Lock()
OFFICERS = {"lin": ("clerk", "keeper"), "zhou": ("approver",), "wu": ("reward_officer",)}


@dataclass
class Phone:
    """One sender with one receipt; `number` is the court's box key that it seals to."""

    court: UUID
    target: UUID
    court_key: bytes
    number: int
    receipt: bytes = field(default_factory=lambda: secrets.token_bytes(RECEIPT_BYTES))

    @property
    def keys(self) -> ReceiptKeys:
        return ReceiptKeys.of(self.receipt)

    @property
    def lookup(self) -> str:
        return to_text(self.keys.lookup)

    def seal(self, text: str = "虚构的申请", jpegs: tuple[bytes, ...] = (), **more: Any) -> dict[str, Any]:
        """A body without its challenge."""
        photo_keys = [secrets.token_bytes(32) for _ in jpegs]
        blobs = [seal_photo(jpeg, key) for jpeg, key in zip(jpegs, photo_keys, strict=True)]
        photos = tuple(PhotoKey(key, photo_hash(blob)) for key, blob in zip(photo_keys, blobs, strict=True))
        keys = self.keys
        answering = Answering(keys.reply.public, keys.speak, keys.claim_tag)
        address = Address(str(self.court), str(self.target), self.number)
        letter = Letter(address, more.pop("kind", "data_wrong"), text, answering, photos, more)
        return {
            "court": str(self.court),
            "target": str(self.target),
            "key_id": self.number,
            "lookup": self.lookup,
            "sealed": to_text(seal_letter(letter, self.court_key)),
            "photos": [to_text(blob) for blob in blobs],
        }

    def words(self, n: int, text: str) -> dict[str, Any]:
        sealed = seal_to_court(Message(n, text), self.keys.speak, self.court_key)
        return {"lookup": self.lookup, "sealed": to_text(sealed), "n": n}

    def read(self, message: Mapping[str, Any]) -> Message:
        return unbox_from_court(to_bytes(message["boxed"]), self.court_key, self.keys.reply.secret)


def env_in(body: Mapping[str, Any]) -> str:
    hashes = [photo_hash(to_bytes(blob)) for blob in body["photos"]]
    return to_text(env_of(to_bytes(body["sealed"]), hashes))


@dataclass
class World:
    """The server and its court; `phrases` by login; `kind` is what its phones file: `objections` or `tips`."""

    url: str
    var: Path
    app: Flask
    court: UUID
    code: str
    entity: UUID
    listings: list[UUID]
    other_listing: UUID
    phrases: dict[str, str]
    sheets: Sheets
    kind: str = "objections"

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["database"]
        return found

    @property
    def store(self) -> ShredStore:
        return ShredStore(self.var / "shred", self.var / "mirror")

    def key(self, use: str) -> tuple[int, bytes]:
        """A court's key as a phone finds it: number and key, checked from the root."""
        by_use = {key["use"]: Statement.from_json(key) for key in self.show_court()["keys"]}
        court = str(self.court)
        path = [Wanted(court, "sign"), Wanted(court, use)]
        return by_use[use].number, check_path([by_use["sign"], by_use[use]], ROOT.public, path, now())

    def show_court(self, court: UUID | None = None) -> dict[str, Any]:
        answer = self.app.test_client().get(f"/v1/courts/{court or self.court}")
        assert answer.status_code == 200, answer.text
        return answer.get_json()  # type: ignore[no-any-return]

    def phone(self, target: UUID | None = None) -> Phone:
        number, key = self.key("box")
        return Phone(self.court, target or self.listings[0], key, number)

    def challenge(self) -> str:
        """Solved, and made so that it takes a moment; the lock lets several threads ask at once."""
        with _easy, pytest.MonkeyPatch.context() as patch:
            patch.setattr(proof, "MAX_NUMBER", 20)
            made = self.app.test_client().get(f"/v1/challenge?for={self.kind}").get_json()
        return solve(made)

    def post(self, path: str, body: Any, address: str = "127.0.0.1") -> TestResponse:
        overrides = {"REMOTE_ADDR": address}
        return self.app.test_client().post(f"/v1/{self.kind}{path}", json=body, environ_overrides=overrides)

    def file(self, body: dict[str, Any]) -> TestResponse:
        return self.post("", body | {"challenge": self.challenge()})

    def status(self, phone: Phone) -> dict[str, Any]:
        answer = self.post("/status", {"lookup": phone.lookup})
        assert answer.status_code == 200, answer.text
        return answer.get_json()  # type: ignore[no-any-return]

    def desk(self, login: str = "lin") -> Desk:
        with self.database.transaction("operator") as connection:
            return Desk(self.database, self.store, open_keyring(connection, login, self.phrases[login]))

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, row_factory=dict_row) as connection:
            return connection.execute(sql, values).fetchall()

    def execute(self, sql: str, *values: Any, alone: bool = False) -> None:
        """`alone`: for what PostgreSQL runs outside a transaction only."""
        with psycopg.connect(self.url, autocommit=alone) as connection:
            connection.execute(sql, values)

    def wait_until_held(self, number: int = 1) -> None:
        """Until so many transactions of others wait for a lock."""
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        for _ in range(1200):
            if self.rows(waiting)[0]["count"] >= number:
                return
            time.sleep(0.05)
        raise AssertionError("they do not wait")


@contextmanager
def world_in(server_url: str, name: str, var: Path) -> Iterator[World]:
    """A world in a database of its own on a server, dropped afterwards."""
    with copy_of(_first(server_url, var.parent), name, var) as world:
        yield world


_firsts: dict[str, World] = {}


def _first(server_url: str, place: Path) -> World:
    """The world that all others on a server are copies of."""
    if server_url not in _firsts:
        _firsts[server_url] = make_world(make_database(server_url, "first_world"), place / "first_world")
    return _firsts[server_url]


@contextmanager
def copy_of(world: World, name: str, var: Path, **environment: str) -> Iterator[World]:
    """The same court, officers and server in another database, sooner than made anew."""
    world.database.close()
    with database_of_its_own(world.url, name, world.url.rpartition("/")[2]) as url:
        shutil.copytree(world.var, var, dirs_exist_ok=True)
        app, listings, phrases = _app(url, var, environment), [*world.listings], {**world.phrases}
        copied = replace(world, url=url, var=var, app=app, listings=listings, phrases=phrases)
        yield copied
        copied.database.close()


def _app(url: str, var: Path, environment: Mapping[str, str]) -> Flask:
    defaults = {"RATE_LIMITS": "off", "IDENTITY_KEY": "5a" * 32, "ROOT_PUBLIC_KEY": to_text(ROOT.public)}
    places = {"VAR_DIR": str(var), "SHRED_MIRROR_DIR": str(var / "mirror"), "DATABASE_URL": url}
    return create_app(Settings.from_environment({**defaults, **places, **environment}), Database(url))


def make_world(url: str, var: Path) -> World:
    app = _app(url, var, {})
    database: Database = app.extensions["database"]
    load_clocks(database)
    with psycopg.connect(url, row_factory=dict_row) as connection:
        register = Register(connection)
        court = register.courts[0]
        register.go_live(court)
        connection.execute("UPDATE register.court SET superior_id = %s WHERE id = %s", (register.courts[1], court))
        row = connection.execute("SELECT code FROM register.court WHERE id = %s", (court,)).fetchone()
        assert row
        entity = register.entity()
        # The world's day is the true one, of whatever year.
        until = today() + timedelta(days=400)
        listings = [
            register.listing(entity, term_ends_on=until),
            register.listing(entity, grounds=(4,), term_ends_on=until),
        ]
        other = register.listing(register.entity("贾示例"), term_ends_on=until)
    phrases = {}
    for login, roles in OFFICERS.items():
        add_officer(database, NewOfficer(row["code"], login, "虚构人员", roles))
        phrases[login] = add_officer_key(database, login, None).phrase or ""
    sheets = make_court(database, row["code"], ROOT, verify_key_of(make_cert_key(var / "cert.key")))
    assert sheets
    return World(url, var, app, court, row["code"], entity, listings, other, phrases, sheets)
