from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jsonschema
import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from psycopg.rows import DictRow
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from backend.app import create_app
from backend.config import Settings
from backend.core.db import Connection, Database
from backend.courts import sign_in
from tests.integration.register import Register
from tests.ports import free_port

Check = Callable[[str, Any], None]
# Tests of what is answered read more people than any budget allows; those of the brakes turn them on.
WITHOUT_LIMITS = {"RATE_LIMITS": "off", "IDENTITY_KEY": "5a" * 32}
WITH_LIMITS = {"IDENTITY_KEY": "5a" * 32}


def wait_for_room_in_the_hour(seconds: float = 60) -> None:
    """Attempts are counted by the clock's hours: a test that uses them up begins in no hour that is about to end."""
    left = 3600 - time.time() % 3600
    if left < seconds:
        time.sleep(left)


@pytest.fixture
def within_an_hour() -> None:
    wait_for_room_in_the_hour()


class SameTransaction(Database):
    """Reads as the public role inside the test's own transaction, so that nothing needs to be committed."""

    def __init__(self, connection: psycopg.Connection[DictRow]) -> None:
        super().__init__("postgresql://unused")
        self.connection = connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.connection.transaction():
            self.connection.execute("SET LOCAL ROLE public_reader")
            yield self.connection
            self.connection.execute("RESET ROLE")


def client_on(connection: psycopg.Connection[DictRow]) -> FlaskClient:
    return create_app(Settings.from_environment(WITHOUT_LIMITS), SameTransaction(connection)).test_client()


@pytest.fixture
def register(connection: psycopg.Connection[DictRow]) -> Register:
    return Register(connection)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """64 MiB a password would take most of the suite's time; `test_sign_in` holds what the product uses."""
    quick = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    monkeypatch.setattr(sign_in, "_HASHER", quick)
    monkeypatch.setattr(sign_in, "_NOBODY", quick.hash("nobody has this password"))


@pytest.fixture(scope="session")
def app() -> Flask:
    """Without limits it keeps nothing from one request to the next, so that one serves every test that only reads."""
    return create_app(Settings.from_environment(WITHOUT_LIMITS), Database("postgresql://unused"))


@pytest.fixture
def client(app: Flask, connection: psycopg.Connection[DictRow]) -> FlaskClient:
    app.extensions["database"] = SameTransaction(connection)
    return app.test_client()


@dataclass
class RedisServer:
    """A Redis of the tests' own, without persistence; may be stopped and started again."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        with Redis.from_url(self.url, retry=Retry(ConstantBackoff(0.05), 1200)) as client:
            client.ping()

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def empty(self) -> None:
        with Redis.from_url(self.url) as client:
            client.flushall()

    def dump(self) -> str:
        """Every key with its value."""
        with Redis.from_url(self.url) as client:
            readers = {b"string": client.get, b"set": client.smembers, b"hash": client.hgetall}
            return "\n".join(f"{key!r} {readers[client.type(key)](key)!r}" for key in client.scan_iter())


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer(free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis(redis_server: RedisServer) -> RedisServer:
    redis_server.empty()
    return redis_server


@pytest.fixture(scope="session")
def check(app: Flask) -> Check:
    """Holds an answer to a schema of the published OpenAPI text; undeclared keys are refused there."""
    schemas = app.test_client().get("/v1/openapi.json").get_json()["components"]["schemas"]

    def against(name: str, answer: Any) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        jsonschema.Draft202012Validator(schema).validate(answer)

    return against
