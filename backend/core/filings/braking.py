"""Limits on filing by address and by what is filed about, and on guessing receipts.

Counted under hashes keyed anew every day, so that a store of counters says nothing about who filed or about whom.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import cast

from flask import current_app

from backend.core.budgets import DAY, HOUR
from backend.core.clock import today
from backend.core.counters import Counters, make_counters
from backend.core.errors import Exceeded
from backend.core.filings.filing import Target
from backend.core.http import settings
from backend.core.limits import brakes


def count_filing(purpose: str, target: Target) -> None:
    """Count a new filing. Raises Exceeded."""
    limits = settings().filings
    of_target = limits.a_day_per_court if target.kind == "court" else limits.a_day_per_target
    _count(f"{purpose} {_hashed(target.id.bytes)}", DAY, of_target)
    count_words()


def count_words() -> None:
    """Count something an address sends that is kept. Raises Exceeded."""
    _count(f"filing {brakes().address()}", HOUR, settings().filings.an_hour_per_address)


def refuse_guessing() -> None:
    """Before a look-up: whoever guessed too often waits. Raises Exceeded."""
    _count(f"guess {brakes().address()}", HOUR, settings().filings.unknown_receipts_an_hour - 1, amount=0)


def count_guess() -> None:
    """A look-up led nowhere."""
    _counters().add(f"guess {brakes().address()}", HOUR)


def _count(key: str, seconds: int, limit: int, amount: int = 1) -> None:
    if not brakes().limits.on:
        return
    times, ends_in = _counters().add(key, seconds, amount)
    if times > limit:
        raise Exceeded(max(1, ends_in))


def _hashed(data: bytes) -> str:
    day = blake2b(today().isoformat().encode(), key=brakes().keys.of("filing"), digest_size=32).digest()
    return blake2b(data, key=day, digest_size=12).hexdigest()


def _counters() -> Counters:
    held = current_app.extensions.get("filing_counters")
    if held is None:
        held = current_app.extensions.setdefault("filing_counters", make_counters(brakes().limits.redis_url))
    return cast("Counters", held)
