"""A court's desk for sealed requests: in front of the site, it takes what phones send and opens it for the court.

It answers the paths of requests itself, adds the court's keys to what the site says of courts, and passes on all the
rest. The tests meet the desk only through the members of `Desk` that have no underscore.
"""

from __future__ import annotations

import http.client
import json
import secrets
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from backend.core.proof import make_challenge, read_proof
from backend.core.sealing.certificates import Certificate, sign_certificate
from backend.core.sealing.chains import env_of
from backend.core.sealing.conversations import Message, box_to_informant, unseal_from_informant
from backend.core.sealing.letters import Address, Letter, unseal_letter
from backend.core.sealing.photos import open_photo, photo_hash
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, sign_statement
from backend.core.sealing.wire import to_bytes, to_text
from tests.data.protocol_parties import COURT_PAIR, secret_of

PROOF_KEY = secret_of("proof")
KEY_NUMBER = 3
# Until then phones take the court's keys, by the true clock.
_LATER = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
# What concerns one connection is not passed on, and what is passed on is not packed.
_NOT_ASKED = {"host", "connection", "accept-encoding", "if-none-match"}
_NOT_ANSWERED = {"content-length", "transfer-encoding", "connection"}


@dataclass
class Kept:
    """One request as the desk holds it."""

    body: dict[str, Any]
    certificate: dict[str, Any]
    state: str = "received"
    outcome: str | None = None
    removal_code: str | None = None
    stopped_at: str | None = None
    review: dict[str, Any] | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)
    messages: dict[int, str] = field(default_factory=dict)


class Desk:
    """What the tests ask of it; `closed` makes every court one without a key."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.closed = False
        self.key_number = KEY_NUMBER
        self.lose_answers = 0
        self.posted = 0
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self._kept: dict[str, Kept] = {}
        self.posts = {
            "/v1/objections": self.file,
            "/v1/objections/status": self.status,
            "/v1/objections/messages": self.message,
        }
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"desk": self}))
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def loses_answer(self) -> bool:
        """Counts a filing that came in, and whether its answer gets lost on the way back."""
        self.posted += 1
        self.lose_answers -= 1
        return self.lose_answers >= 0

    def letters(self) -> list[Letter]:
        return [_open(kept) for kept in self._kept.values()]

    def bodies(self) -> list[dict[str, Any]]:
        return [kept.body for kept in self._kept.values()]

    def photos(self) -> list[bytes]:
        """The pictures of all letters, opened."""
        opened = []
        for kept in self._kept.values():
            for blob, photo in zip(kept.body["photos"], _open(kept).photos, strict=True):
                opened.append(open_photo(to_bytes(blob), photo))
        return opened

    def answer(self, text: str, outcome: str, removal_code: str | None = None) -> None:
        """The court decides the only request there is, and writes to whoever filed it."""
        (kept,) = self._kept.values()
        self._write(kept, text, COURT_PAIR.secret)
        kept.state, kept.outcome, kept.removal_code = "decided", outcome, removal_code

    def stop(self, at: str, removal_code: str | None = None) -> None:
        """The listing of the only request there is goes off view."""
        (kept,) = self._kept.values()
        kept.stopped_at, kept.removal_code = at, removal_code

    def review(self, outcome: str | None = None, act: str | None = None) -> None:
        """The next higher court was asked about the only request there is, and, with an outcome, has decided."""
        (kept,) = self._kept.values()
        decided_on = "2026-11-24" if outcome else None
        kept.review = {
            "asked_on": "2026-11-18",
            "answer_by": "2099-12-03",
            "decided_on": decided_on,
            "outcome": outcome,
            "act": act,
        }

    def forge(self, text: str) -> None:
        """An answer that the server makes up: it knows the reader's public key at most, not the court's secret."""
        (kept,) = self._kept.values()
        self._write(kept, text, secrets.token_bytes(32))

    def _write(self, kept: Kept, text: str, secret: bytes) -> None:
        n = len(kept.answers) + 1
        boxed = box_to_informant(Message(n, text), _open(kept).answering.reply, secret)
        kept.answers.append({"n": n, "key_id": self.key_number, "boxed": to_text(boxed)})

    def messages(self) -> list[Message]:
        (kept,) = self._kept.values()
        speak = _open(kept).answering.speak
        return [unseal_from_informant(to_bytes(sealed), COURT_PAIR, speak) for sealed in kept.messages.values()]

    def file(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        read_proof(PROOF_KEY, "objections", body.pop("challenge"), time.time())
        env = env_of(to_bytes(body["sealed"]), [photo_hash(to_bytes(blob)) for blob in body["photos"]])
        kept = self._kept.get(body["lookup"])
        if kept is None and body["key_id"] != self.key_number:
            return 409, {"title": "The court has another key now; seal to that one"}
        if kept is None:
            certificate = _certify(body["court"], len(self._kept) + 1, env)
            kept = self._kept[body["lookup"]] = Kept(body, certificate)
        return (201, _filed(kept)) if kept.certificate["env"] == to_text(env) else (409, {})

    def status(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        kept = self._kept.get(body["lookup"])
        if kept is None:
            return 404, {}
        return 200, _filed(kept) | {
            "state": kept.state,
            "outcome": kept.outcome,
            "decided_on": None,
            "messages": kept.answers,
            "next_n": max(kept.messages, default=0) + 1,
            "keys": court_keys(kept.body["court"], self.key_number),
            "removal_code": kept.removal_code,
            "stopped_at": kept.stopped_at,
            "expires_on": None,
            "review": kept.review,
        }

    def message(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        kept = self._kept[body["lookup"]]
        known = kept.messages.setdefault(body["n"], body["sealed"])
        return (201 if known == body["sealed"] else 409), {}

    def add_keys(self, court: dict[str, Any]) -> dict[str, Any]:
        keys = [] if self.closed else court_keys(court["id"], self.key_number)
        return court | {"accepts_objections": not self.closed, "keys": keys}


def court_keys(court: str, box_number: int) -> list[dict[str, Any]]:
    signing = secret_of("signing")
    made = [
        (Statement(court, "sign", 1, verify_key_of(signing), _LATER), secret_of("root")),
        (Statement(court, "box", box_number, COURT_PAIR.public, _LATER), signing),
        (Statement(court, "cert", 1, verify_key_of(secret_of("server")), _LATER), signing),
    ]
    return [sign_statement(statement, seed).to_json() for statement, seed in made]


def _filed(kept: Kept) -> dict[str, Any]:
    certificate = kept.certificate
    told = {name: certificate[name] for name in ("number", "court", "hour")}
    offer = {"template_id": "any", "asked": False}
    return told | {"certificate": certificate, "answer_by": "2099-12-07", "working_days_left": 10, "reminder": offer}


def _certify(court: str, number: int, env: bytes) -> dict[str, Any]:
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    unsigned = Certificate(court, number, hour, env, secret_of("head"))
    return sign_certificate(unsigned, secret_of("server")).to_json()


def _open(kept: Kept) -> Letter:
    body = kept.body
    return unseal_letter(to_bytes(body["sealed"]), COURT_PAIR, Address(body["court"], body["target"], body["key_id"]))


class _Handler(BaseHTTPRequestHandler):
    desk: Desk

    def do_GET(self) -> None:
        self.desk.asked.append(self.path)
        path = urlsplit(self.path).path
        if self.path == "/v1/challenge?for=objections":
            self._answer(200, make_challenge(PROOF_KEY, "objections", time.time()))
            return
        status, headers, content = self._pass_on()
        if status == 200 and path.startswith("/v1/courts/"):
            self._answer(200, self.desk.add_keys(json.loads(content)))
        else:
            self._write(status, headers, content)

    def do_POST(self) -> None:
        self.desk.asked.append(self.path)
        content = self.rfile.read(int(self.headers["content-length"]))
        take = self.desk.posts.get(self.path)
        if take is None:
            self._write(*self._pass_on(content))
            return
        self.desk.headers.append(dict(self.headers))
        status, answer = take(json.loads(content))
        if self.path == "/v1/objections" and self.desk.loses_answer():
            self.close_connection = True
            self.connection.close()
        else:
            self._answer(status, answer)

    def _pass_on(self, content: bytes | None = None) -> tuple[int, list[tuple[str, str]], bytes]:
        there = http.client.HTTPConnection(urlsplit(self.desk.site).netloc, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _NOT_ASKED}
        with closing(there):
            there.request(self.command, self.path, content, headers)
            answer = there.getresponse()
            return answer.status, answer.getheaders(), answer.read()

    def _answer(self, status: int, value: dict[str, Any]) -> None:
        self._write(status, [("content-type", "application/json")], json.dumps(value).encode())

    def _write(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in _NOT_ANSWERED:
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests have nothing to log."""
