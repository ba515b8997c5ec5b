"""The same budgets in Redis, for several workers; when it is away, each worker counts by itself until it is back.

Attempts and spent proofs are noted in each worker all the while, so that a Redis that dies, or comes back empty, opens
nothing there that was closed (docs/adr/0025).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from backend.config import Limits
from backend.core.budgets import DAY, HOUR, REDIS_SECONDS, Clock, Grant, MemoryBudgets, Window
from backend.core.visitors import Reader

# Until then a Redis that was away is left alone, so that readers do not wait for it one by one.
AWAY_SECONDS = 5.0
_SCRIPT = Path(__file__).with_name("take.lua")
_ATTEMPT = Path(__file__).with_name("attempt.lua")
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class RedisBudgets:
    """Counts in Redis, in one round trip; raises `RedisError` when it cannot.

    Keys begin with `people:` or `attempts:` and end by themselves with their window; no address and no name stands in
    any.
    """

    def __init__(self, url: str, limits: Limits, clock: Clock = time.time) -> None:
        self._redis = Redis.from_url(
            url,
            socket_timeout=REDIS_SECONDS,
            socket_connect_timeout=REDIS_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._take = self._redis.register_script(_SCRIPT.read_text("utf-8"))
        self._attempt = self._redis.register_script(_ATTEMPT.read_text("utf-8"))
        self._clock = clock
        self._windows = (
            (limits.people_an_hour, HOUR),
            (limits.people_a_day, DAY),
            (limits.people_an_hour_per_address, HOUR),
            (limits.full_name_searches_an_hour, HOUR),
            (limits.full_name_searches_an_hour_per_address, HOUR),
        )

    def take(self, reader: Reader, people: Sequence[str], by_name: Collection[int] = ()) -> Grant:
        keys = [f"people:{name}:{reader.visitor}" for name in ("hour", "day")]
        keys += [f"people:address:{reader.address}", f"people:searches:{reader.visitor}"]
        keys.append(f"people:address-searches:{reader.address}")
        sizes = [number for window in self._windows for number in window]
        marked = [
            (b"1" if place in by_name else b"0") + bytes.fromhex(person.replace("-", ""))[:8]
            for place, person in enumerate(people)
        ]
        cut, until, left, ends_in = self._take(keys, [int(self._clock()), *sizes, *marked])
        places = [place for place, sign in enumerate(cut) if sign == ord("1")]
        return Grant(places, until or None, left, ends_in)

    def spend(self, proof: str, ends_at: int, use: str = "") -> bool:
        # Until the hour is over, since its own end would tell when the challenge was asked for.
        seconds = max(1, ends_at + -ends_at % HOUR - int(self._clock()))
        key = f"people:proof:{proof}"
        if self._redis.set(key, use, nx=True, ex=seconds):
            return True
        return bool(use) and self._redis.get(key) == use.encode()

    def attempt(self, windows: Sequence[Window], *, count: bool = True) -> int:
        return self.attempt_and_tell(windows, count=count)[0]

    def attempt_and_tell(self, windows: Sequence[Window], *, count: bool = True) -> tuple[int, list[int]]:
        """As `attempt`; and how many attempts each window holds now."""
        now = int(self._clock())
        numbers = [number for window in windows for number in (window.size, window.ends_at(now))]
        keys = [f"attempts:{window.key}" for window in windows]
        wait, *made = self._attempt(keys, [now, int(count), *numbers])
        return wait, made


class FallbackBudgets:
    """Asks shared budgets, and this process's own while those are away.

    Its own know every proof that was spent here, and of every attempt what the shared ones said last; what they refuse
    is refused, whatever has become of the shared ones.
    """

    def __init__(self, shared: RedisBudgets, own: MemoryBudgets, clock: Clock = time.monotonic) -> None:
        self._shared, self._own, self._clock = shared, own, clock
        self._away_until = 0.0

    def take(self, reader: Reader, people: Sequence[str], by_name: Collection[int] = ()) -> Grant:
        return self._ask(
            lambda: self._shared.take(reader, people, by_name), lambda: self._own.take(reader, people, by_name)
        )

    def spend(self, proof: str, ends_at: int, use: str = "") -> bool:
        if not self._own.spend(proof, ends_at, use):
            return False
        return self._ask(lambda: self._shared.spend(proof, ends_at, use), lambda: True)

    def attempt(self, windows: Sequence[Window], *, count: bool = True) -> int:
        if wait := self._own.attempt(windows, count=False):
            return wait
        return self._ask(
            lambda: self._attempt_shared(windows, count=count), lambda: self._own.attempt(windows, count=count)
        )

    def _attempt_shared(self, windows: Sequence[Window], *, count: bool) -> int:
        wait, made = self._shared.attempt_and_tell(windows, count=count)
        if count and not wait:
            self._own.attempt(windows)
        self._own.learn(windows, made)
        return wait

    def _ask(self, shared: Callable[[], _T], own: Callable[[], _T]) -> _T:
        if self._clock() >= self._away_until:
            try:
                return shared()
            except RedisError as error:
                self._away_until = self._clock() + AWAY_SECONDS
                _log.warning("Redis is away (%s): budgets are counted in this process", type(error).__name__)
        return own()
