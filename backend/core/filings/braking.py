"""Limits on filing by address and by what is filed about, and on guessing receipts.

Counted under hashes keyed anew every day, so that a store of counters says nothing about who filed or about whom.
"""

from __future__ import annotations

from hashlib import blake2b

from backend.core.budgets import DAY, Window
from backend.core.clock import today
from backend.core.errors import Exceeded
from backend.core.filings.filing import Target
from backend.core.http import settings
from backend.core.limits import brakes


def count_filing(purpose: str, target: Target) -> None:
    """Count a new filing. Raises Exceeded."""
    limits = settings().filings
    of_target = limits.a_day_per_court if target.kind == "court" else limits.a_day_per_target
    _attempt(Window(f"{purpose}:{_hashed(target.id.bytes)}", of_target, DAY), _by_address())


def count_words() -> None:
    """Count something an address sends that is kept. Raises Exceeded."""
    _attempt(_by_address())


def refuse_guessing() -> None:
    """Before a look-up: whoever guessed too often waits. Raises Exceeded."""
    _attempt(_guesses(), count=False)


def count_guess() -> None:
    """A look-up led nowhere."""
    if brakes().limits.on:
        brakes().budgets.attempt([_guesses()])


def _by_address() -> Window:
    return Window(f"filing:{brakes().address()}", settings().filings.an_hour_per_address)


def _guesses() -> Window:
    return Window(f"guess:{brakes().address()}", settings().filings.unknown_receipts_an_hour)


def _attempt(*windows: Window, count: bool = True) -> None:
    if not brakes().limits.on:
        return
    seconds = brakes().budgets.attempt(windows, count=count)
    if seconds:
        raise Exceeded(seconds)


def _hashed(data: bytes) -> str:
    day = blake2b(today().isoformat().encode(), key=brakes().keys.of("filing"), digest_size=32).digest()
    return blake2b(data, key=day, digest_size=12).hexdigest()
