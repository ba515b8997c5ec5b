"""Browsers in which an officer has signed in before: there, nobody else's failures hold the officer up.

Each keeps a cookie for an officer, made when a sign-in is whole (OWASP, "Slow Down Online Guessing Attacks with Device
Cookies"). It opens nothing: tries that carry it are counted by themselves.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from hashlib import blake2b

from flask import request
from werkzeug.wrappers import Response

from backend.core.clock import now
from backend.core.keys import Keys

_KNOWN_FOR = timedelta(days=90)


def remember_browser(response: Response, keys: Keys, login: str) -> None:
    """Let this browser be known as one in which an officer has signed in, for ninety days from now."""
    issued, number = str(int(now().timestamp())), secrets.token_hex(8)
    response.set_cookie(
        _name(keys, login), f"{issued}.{number}.{_sign(keys, login, issued, number)}", secure=True, httponly=True,
        samesite="Strict", path="/", max_age=_KNOWN_FOR,
    )  # fmt: skip


def known_browser(keys: Keys, login: str) -> str | None:
    """What tells this browser from others; None where this login has not signed in here within ninety days."""
    issued, _, rest = request.cookies.get(_name(keys, login), "").partition(".")
    number, _, signature = rest.partition(".")
    if not hmac.compare_digest(signature.encode(), _sign(keys, login, issued, number).encode()):
        return None
    return number if now().timestamp() - int(issued) < _KNOWN_FOR.total_seconds() else None


def _name(keys: Keys, login: str) -> str:
    """One cookie an officer, since a desk may be shared; tells nobody whose it is."""
    return f"__Host-known-{_hash(keys, f'name {login.casefold()}')}"


def _sign(keys: Keys, login: str, issued: str, number: str) -> str:
    return _hash(keys, f"browser {issued} {number} {login.casefold()}")


def _hash(keys: Keys, text: str) -> str:
    return blake2b(text.encode(), key=keys.of("known-browser"), digest_size=16).hexdigest()
