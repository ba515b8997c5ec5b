"""Who is signed in at the court console, from which browser, and for how long.

The database keeps a digest of each session's token; the token itself is in the browser's cookie only.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
from flask import g, request
from werkzeug.wrappers import Response as AnyResponse

from backend.core.clock import now
from backend.core.db import Connection
from backend.core.http import database, settings
from backend.core.officers import Officer

# `__Host-`: only this very host, over TLS or on loopback, sets or reads it (RFC 6265bis section 4.1.3.2).
COOKIE = "__Host-court"
_statements: Any = aiosql.from_path(Path(__file__).with_name("sessions_queries.sql"), "psycopg")


@dataclass(frozen=True)
class Session:
    """Who is signed in, and since when."""

    id: UUID
    officer: Officer
    login: str
    name: str
    court_name: str
    court_code: str
    proved_at: datetime | None
    handed_out: bool
    token: str

    @property
    def csrf(self) -> str:
        """What a form of this session carries; another session's does not fit."""
        return hmac.new(self.token.encode(), b"form", sha256).hexdigest()

    @property
    def is_fresh(self) -> bool:
        return self.proved_at is not None and now() - self.proved_at < timedelta(minutes=settings().desk.fresh_minutes)


def find_session() -> Session | None:
    """The session whose token the browser brought, unless it has ended."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    with database().transaction("doorkeeper") as connection:
        row = _statements.touch_session(
            connection, digest=sha256(token.encode()).digest(), idle_minutes=settings().desk.session_idle_minutes,
            hours=settings().desk.session_hours,
        )  # fmt: skip
    if row is None:
        return None
    officer = Officer(row["officer_id"], row["court_id"], tuple(row["roles"]))
    return Session(
        row["id"], officer, row["login"], row["name"], row["court_name"], row["court_code"], row["proved_at"],
        row["handed_out"], token,
    )  # fmt: skip


def current_session() -> Session:
    """Whoever is signed in; only for views behind the guard."""
    session: Session | None = g.get("session")
    if session is None:
        raise RuntimeError("nobody is signed in")
    return session


def begin_session(connection: Connection, officer: UUID, *, proved: bool, agent: str) -> str:
    """A new session in a transaction of the role `doorkeeper`; its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    _statements.insert_session(
        connection, digest=sha256(token.encode()).digest(), officer=officer, proved=proved, agent=agent[:200]
    )
    return token


def rotate_session(connection: Connection) -> str:
    """Prove the present session under a new token: one known before is worth nothing. Its twelve hours run on."""
    session, token = current_session(), secrets.token_urlsafe(32)
    _statements.rotate_session(
        connection, former=sha256(session.token.encode()).digest(), digest=sha256(token.encode()).digest()
    )
    # What is rendered from here on carries the form token of the new one.
    g.session = replace(session, token=token, proved_at=now())
    return token


def end_session(connection: Connection, token: str) -> None:
    """End one session: at sign-out, and when another takes its place."""
    _statements.delete_session(connection, digest=sha256(token.encode()).digest())


def end_sessions(connection: Connection, officer: UUID) -> None:
    """End all of an officer's sessions: after a change of roles, of password, or when they leave."""
    _statements.delete_sessions(connection, officer=officer)


def set_cookie(response: AnyResponse, token: str) -> None:
    """Let the browser carry a session, here and nowhere else, until it is closed."""
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="Strict", path="/")


def clear_cookie(response: AnyResponse) -> None:
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Strict", path="/")
