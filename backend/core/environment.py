"""How values of the environment are read; what makes no sense ends the program with one sentence."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from backend.core.errors import OperatorError

# Characters that WeChat takes in each kind of field.
_TEMPLATE_ROOM = {"thing": 20, "phrase": 5, "character_string": 32, "const": 20}


def number(environ: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    """A whole number within bounds.

    Raises:
        OperatorError: it is none, or beyond them.
    """
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise OperatorError(f"{name} must be a whole number from {low} to {high}, not {text!r}.")
    return int(text)


def budget(environ: Mapping[str, str], name: str, default: int) -> int:
    """How much somebody may ask for: a number of at least one."""
    return number(environ, name, default, low=1, high=1_000_000)


def public_key(environ: Mapping[str, str], name: str) -> str:
    """A public key of 32 bytes as base64url; empty where none is set.

    Raises:
        OperatorError: it is no key.
    """
    text = environ.get(name, "")
    if text and not re.fullmatch(r"[A-Za-z0-9_-]{43}", text):
        raise OperatorError(f"{name} must be 32 bytes as base64url, 43 characters.")
    return text


def https_url(environ: Mapping[str, str], name: str, default: str) -> str:
    """An address that is asked over TLS, or on this machine; without a slash behind it, and empty where none is set.

    Raises:
        OperatorError: it is asked in the clear.
    """
    text = environ.get(name) or default
    url = urlsplit(text)
    if text and url.scheme != "https" and not (url.scheme == "http" and is_loopback(url.hostname or "")):
        raise OperatorError(f"{name} must begin with https://.")
    return text.rstrip("/")


def limits_on(text: str, host: str) -> bool:
    """Whether limits hold: always, but where `host` is this machine alone and they were turned off.

    Raises:
        OperatorError: it is neither on nor off, or off beyond this machine.
    """
    if text in ("", "on"):
        return True
    if text != "off":
        raise OperatorError(f"RATE_LIMITS must be on or off, not {text!r}.")
    if not is_loopback(host):
        raise OperatorError(f"RATE_LIMITS=off is for measuring on one machine only: HOST is {host}, not 127.0.0.1.")
    return False


def is_loopback(host: str) -> bool:
    """Whether a server that listens there is reached from this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def redis_url(text: str) -> str | None:
    """The address of a Redis server; None where none is set.

    Raises:
        OperatorError: it is no such address.
    """
    if text and not text.startswith(("redis://", "rediss://", "unix://")):
        raise OperatorError("REDIS_URL must look like redis://host:6379/0.")
    return text or None


def database_url(text: str) -> str | None:
    """The address of a PostgreSQL server; None where none is set.

    Raises:
        OperatorError: it is no such address.
    """
    if not text:
        return None
    if text.startswith("postgres://"):  # libpq takes it, SQLAlchemy does not
        text = "postgresql://" + text.removeprefix("postgres://")
    if not text.startswith("postgresql://"):
        raise OperatorError("DATABASE_URL must look like postgresql://user:password@host:5432/database.")
    return text


def template_fields(text: str) -> tuple[tuple[str, str], ...]:
    """The same words for everybody: nothing of a request can get into a message."""
    pairs = tuple((name, words) for name, _, words in (pair.partition("=") for pair in text.split(";")))
    for name, words in pairs:
        kind = re.fullmatch(r"(thing|phrase|character_string|const)[1-9][0-9]?", name)
        if not kind or not 0 < len(words) <= _TEMPLATE_ROOM[kind[1]]:
            raise OperatorError(
                f"WECHAT_TEMPLATE_FIELDS: {name!r} is no field of fixed words, or its words are too long."
            )
    return pairs
