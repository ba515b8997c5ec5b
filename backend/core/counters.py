"""How often something happened in a window that begins with its first time; in this process or in Redis."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from threading import Lock
from typing import Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from backend.core.budgets import Clock
from backend.core.shared_budgets import AWAY_SECONDS, TIMEOUT_SECONDS

# Some 200 bytes each; beyond it those that began longest ago are forgotten.
MAX_HELD = 200_000
_log = logging.getLogger(__name__)


class Counters(Protocol):
    """Counts by key; keys are hashes, never what was hashed."""

    def add(self, key: str, seconds: int, amount: int = 1) -> tuple[int, int]:
        """Count once more (or, by 0, only look); how often so far, and in how many seconds the window ends."""


class MemoryCounters:
    """Counts in this process; right for one worker."""

    def __init__(self, clock: Clock = time.time, max_held: int = MAX_HELD) -> None:
        self._clock, self._max_held = clock, max_held
        self._held: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    def add(self, key: str, seconds: int, amount: int = 1) -> tuple[int, int]:
        now = int(self._clock())
        with self._lock:
            times, ends_at = self._held.get(key, (0, 0))
            if ends_at <= now:
                times, ends_at = 0, now + seconds
                self._held.pop(key, None)
            times += amount
            if times:
                self._held[key] = times, ends_at
            while len(self._held) > self._max_held:
                self._held.popitem(last=False)
            return times, ends_at - now


class RedisCounters:
    """Counts in Redis for several workers; raises `RedisError` when it cannot."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )

    def add(self, key: str, seconds: int, amount: int = 1) -> tuple[int, int]:
        name = f"count:{key}"
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.set(name, 0, ex=seconds, nx=True)
            pipe.incrby(name, amount)
            pipe.ttl(name)
            _, times, left = pipe.execute()
        return int(times), max(1, int(left))


class FallbackCounters:
    """Asks shared counters, and this process's own while those are away."""

    def __init__(self, shared: Counters, own: Counters, clock: Clock = time.monotonic) -> None:
        self._shared, self._own, self._clock = shared, own, clock
        self._away_until = 0.0

    def add(self, key: str, seconds: int, amount: int = 1) -> tuple[int, int]:
        if self._clock() >= self._away_until:
            try:
                return self._shared.add(key, seconds, amount)
            except RedisError as error:
                self._away_until = self._clock() + AWAY_SECONDS
                _log.warning("Redis is away (%s): filings are counted in this process", type(error).__name__)
        return self._own.add(key, seconds, amount)


def make_counters(redis_url: str | None) -> Counters:
    own = MemoryCounters()
    return FallbackCounters(RedisCounters(redis_url), own) if redis_url else own
