"""What a keeper's and an officer's browser would do with keys, done in Python, against the console's pages."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from werkzeug.test import TestResponse

from backend.core.sealing.envelopes import KeyPair, seal
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, sign_statement
from backend.core.sealing.wire import to_text
from backend.courts.keys import certify, fingerprint
from tests.integration.desk import Console, Seat
from tests.integration.filing_world import ROOT

KEYS = "/court/settings/keys"


def send(seat: Seat, path: str, body: Any = None) -> TestResponse:
    """As the page's script sends it."""
    headers = {"X-CSRF-Token": seat.csrf}
    return seat.client.post(f"{KEYS}{path}", json=body or {}, headers=headers, base_url="https://localhost")


@dataclass
class Hands:
    """One keeper; `pairs` of officers by id, which stand for what their phrases open."""

    console: Console
    keeper: Seat
    pairs: dict[uuid.UUID, KeyPair] = field(default_factory=dict)
    recovery: KeyPair = field(default_factory=lambda: KeyPair.of(secrets.token_bytes(32)))
    signing: bytes = b""

    @property
    def court(self) -> str:
        return str(self.console.register.courts[0])

    def make_own(self, seat: Seat) -> TestResponse:
        pair = KeyPair.of(secrets.token_bytes(32))
        answer = send(seat, "/own", {"public_key": to_text(pair.public), "wrapped": to_text(bytes(88))})
        if answer.status_code == 201:
            self.pairs[seat.officer] = pair
        return answer

    def compare(self, officer: uuid.UUID) -> TestResponse:
        return send(self.keeper, f"/{officer}/compare", {"fingerprint": self.fingerprint(officer)})

    def fingerprint(self, officer: uuid.UUID) -> str:
        return fingerprint(self.pairs[officer].public)

    def grant(self, officer: uuid.UUID, use: str, number: int = 1) -> TestResponse:
        granted = [{"use": use, "number": number, "sealed": to_text(bytes(80))}]
        return send(self.keeper, f"/{officer}/grant", {"fingerprint": self.fingerprint(officer), "granted": granted})

    def make_recovery(self) -> TestResponse:
        return send(self.keeper, "/court/recovery", {"public_key": to_text(self.recovery.public)})

    def sealed(self, secret: bytes, *officers: uuid.UUID) -> list[dict[str, Any]]:
        holders = [(None, self.recovery), *((str(one), self.pairs[one]) for one in officers)]
        return [
            {"officer": one, "fingerprint": fingerprint(pair.public), "sealed": to_text(seal(secret, pair.public))}
            for one, pair in holders
        ]

    def plan(self) -> dict[str, Any]:
        return send(self.keeper, "/plan").get_json()  # type: ignore[no-any-return]

    def unsigned(self, use: str, key: bytes, **other: Any) -> Statement:
        term = self.plan()["next"][use]
        until = datetime.fromisoformat(term["not_after"]) + timedelta(days=other.pop("longer", 0))
        return Statement(self.court, use, other.get("number", term["number"]), key, until)

    def request(self, *officers: uuid.UUID, **other: Any) -> TestResponse:
        self.signing = secrets.token_bytes(32)
        unsigned = self.unsigned("sign", verify_key_of(self.signing), **other)
        body = {"statement": unsigned.to_json(), "sealed": self.sealed(self.signing, *officers)}
        return send(self.keeper, "/court/request", body)

    def certify(self) -> TestResponse:
        """The root signs what the keeper saved."""
        asked = self.keeper.get(f"{KEYS}/court/request.json").get_json(force=True)
        return send(self.keeper, "/court/certified", {"statement": certify(asked, ROOT).to_json()})

    def make(self, use: str, *officers: uuid.UUID, signer: bytes = b"", **other: Any) -> TestResponse:
        secret = secrets.token_bytes(32)
        stated = sign_statement(self.unsigned(use, KeyPair.of(secret).public, **other), signer or self.signing)
        sealed = other.get("sealed", self.sealed(secret, *officers))
        return send(self.keeper, "/court/made", {"statement": stated.to_json(), "sealed": sealed})

    def certify_server(self, key: bytes) -> TestResponse:
        stated = sign_statement(self.unsigned("cert", key), self.signing)
        return send(self.keeper, "/court/server", {"statement": stated.to_json()})

    def make_all(self, readers: tuple[uuid.UUID, ...]) -> None:
        """A court with recovery, a signing key, and a reading key for `readers`."""
        done = [self.make_recovery(), self.make_own(self.keeper), self.compare(self.keeper.officer)]
        done += [self.compare(one) for one in readers]
        done += [self.request(self.keeper.officer), self.certify(), self.make("box", *readers)]
        assert [one.status_code for one in done if one.status_code not in (200, 201)] == []

    def traces(self) -> list[str]:
        rows = self.console.connection.execute(
            "SELECT action FROM audit.entry WHERE court_id = %s AND action LIKE 'keys.%%' ORDER BY sequence",
            (self.court,),
        ).fetchall()
        return [row["action"] for row in rows]

    def held(self, officer: uuid.UUID | None) -> set[tuple[str, int]]:
        rows = self.console.connection.execute(
            "SELECT use, number FROM register.court_secret WHERE officer_id IS NOT DISTINCT FROM %s", (officer,)
        ).fetchall()
        return {(row["use"], row["number"]) for row in rows}
