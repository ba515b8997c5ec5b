"""Limits on filing by address and by what is filed about, and on guessing receipts.

Counted under hashes keyed anew every day, by the clock's hours and days, so that a store of counters says nothing about
who filed or about whom, and nothing finer than the hour about when. What was paid for is known by a mark of its own for
a day at least: whoever is not told whether it was stored sends the same again, with the same proof (docs/adr/0025).
"""

from __future__ import annotations

from hashlib import blake2b

from backend.core.budgets import DAY, Window
from backend.core.clock import today
from backend.core.errors import Exceeded
from backend.core.filings.filing import Target
from backend.core.http import settings
from backend.core.limits import brakes, spend_proof


def mark_of(kind: str, *parts: bytes) -> str:
    """What one filing or message is known by while it is paid for; says nothing about it without the key."""
    hashing = blake2b(key=brakes().keys.of("filing"), digest_size=16)
    for part in (kind.encode(), *parts):
        hashing.update(len(part).to_bytes(4, "big") + part)
    return hashing.hexdigest()


def prove(challenges: str, challenge: str, mark: str) -> None:
    """Take a solved challenge for what has this mark, again too where nothing of it was stored; no other may use it.

    Raises:
        Invalid: as `spend_proof`; never of what is paid for already.
    """
    if not _is_paid(mark):
        spend_proof(challenges, challenge, mark)


def count_filing(purpose: str, target: Target, mark: str) -> None:
    """Count a new filing, once however often it is sent. Raises Exceeded."""
    limits = settings().filings
    of_target = limits.a_day_per_court if target.kind == "court" else limits.a_day_per_target
    _pay(mark, Window(f"{purpose}:{_hashed(target.id.bytes)}", of_target, DAY), _by_address())


def count_words(mark: str = "") -> None:
    """Count something an address sends that is kept, once if it has a mark. Raises Exceeded."""
    if mark:
        _pay(mark, _by_address())
    else:
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


def _pay(mark: str, *windows: Window) -> None:
    seconds = brakes().budgets.attempt([_paid(mark), *(windows if brakes().limits.on else ())])
    if seconds and not _is_paid(mark):
        raise Exceeded(seconds)


def _is_paid(mark: str) -> bool:
    return brakes().budgets.attempt([_paid(mark)], count=False) > 0


def _paid(mark: str) -> Window:
    return Window(f"paid:{mark}", 1, DAY, least=DAY)


def _attempt(*windows: Window, count: bool = True) -> None:
    if not brakes().limits.on:
        return
    seconds = brakes().budgets.attempt(windows, count=count)
    if seconds:
        raise Exceeded(seconds)


def _hashed(data: bytes) -> str:
    day = blake2b(today().isoformat().encode(), key=brakes().keys.of("filing"), digest_size=32).digest()
    return blake2b(data, key=day, digest_size=12).hexdigest()
