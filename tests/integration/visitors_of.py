"""Readers as the tests play them: a clock that is set, addresses, proofs of work and tokens."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from altcha.v1 import solve_challenge
from flask.testing import FlaskClient
from psycopg.rows import DictRow
from werkzeug.test import TestResponse

from backend.app import create_app
from backend.config import Settings
from backend.core.budgets import MemoryBudgets
from tests.integration.conftest import WITH_LIMITS, SameTransaction

BEGIN = 1_790_000_000.0
HOME = "192.0.2.1"


@dataclass
class Site:
    """An application whose budgets and tokens follow `now`, and that answers readers from any address."""

    client: FlaskClient
    now: float = field(default=BEGIN)

    @classmethod
    def over(cls, connection: psycopg.Connection[DictRow], **environment: str) -> Site:
        settings = Settings.from_environment(WITH_LIMITS | environment)
        app = create_app(settings, SameTransaction(connection))
        site = cls(app.test_client(use_cookies=False))
        brakes = app.extensions["brakes"]
        brakes.clock = lambda: site.now
        if not settings.limits.redis_url:
            brakes.budgets = MemoryBudgets(settings.limits, brakes.clock)
        return site

    def get(
        self,
        path: str,
        visitor: str | None = None,
        address: str = HOME,
        headers: Mapping[str, str] | None = None,
        **query: Any,
    ) -> TestResponse:
        return self.client.get(
            path,
            query_string=query or None,
            headers={**({"X-Visitor": visitor} if visitor else {}), **(headers or {})},
            environ_overrides={"REMOTE_ADDR": address},
        )

    def list(self, visitor: str | None = None, address: str = HOME, **query: Any) -> dict[str, Any]:
        answer = self.get("/v1/entities", visitor, address, **query)
        assert answer.status_code == 200, answer.text
        return answer.get_json()  # type: ignore[no-any-return]

    def proof(self, purpose: str = "visitors", address: str = HOME) -> str:
        answer = self.challenge(purpose, address)
        assert answer.status_code == 200, answer.text
        return solve(answer.get_json())

    def challenge(self, purpose: str = "visitors", address: str = HOME) -> TestResponse:
        return self.get(f"/v1/challenge?for={purpose}", address=address)

    def post(self, body: Any, address: str = HOME, **options: Any) -> TestResponse:
        return self.client.post("/v1/visitors", json=body, environ_overrides={"REMOTE_ADDR": address}, **options)

    def visitor(self, address: str = HOME) -> str:
        answer = self.post({"challenge": self.proof(address=address)}, address)
        assert answer.status_code == 201, answer.text
        return str(answer.get_json()["visitor"])


def solve(challenge: dict[str, Any]) -> str:
    """What a reader's page sends back."""
    found = solve_challenge(challenge["challenge"], challenge["salt"], challenge["algorithm"], challenge["maxnumber"])
    assert found
    payload = {name: challenge[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps(payload | {"number": found.number}).encode()).decode()
