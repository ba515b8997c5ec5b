"""How many distinct people a reader has been shown by name, counted in this process (docs/adr/0007).

Windows are fixed: each begins with the first person asked for and ends at a stated time. Whoever was shown in the
visitor's window is shown again at no cost. Attempts are counted by the clock's hours and China's days instead, so that
no counter tells when an attempt was made (docs/adr/0025). `backend.core.shared_budgets` counts the same in Redis.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from backend.config import Limits
from backend.core.visitors import Reader

HOUR, DAY = 3600, 86_400
# Days end at midnight in China, which has no summer time; hours end there as everywhere.
_CHINA = 8 * HOUR
Clock = Callable[[], float]
# Some 130 bytes each, so that a flood of readers fills no more than 70 MB; then the windows unused longest go.
MAX_HELD = 500_000
# Twice what any one address may solve in the ten minutes a challenge lasts, a thousand times over.
MAX_PROOFS = 250_000
# Most need a proof, and guesses of receipts an address each, so that even a farm of addresses fills them in no hour;
# then the windows unused longest go.
MAX_ATTEMPTS = 250_000
# A counter that takes longer than an answer is worse than none.
REDIS_SECONDS = 0.25


@dataclass(frozen=True)
class Grant:
    """What a reader may be shown.

    Attributes:
        cut: places of those whose name is cut to the surname.
        until: when the earliest window that cuts ends, seconds since 1970; None when nobody is cut.
        left: how many more people could be shown now.
        ends_in: seconds until the window with the least left ends.
    """

    cut: Collection[int]
    until: int | None
    left: int
    ends_in: int


@dataclass(frozen=True)
class Window:
    """Something that may be tried so many times within an hour or a day of the clock.

    Attributes:
        key: whose or what it is; a hash, where it would name somebody.
        seconds: the length of the clock's hours or days.
        least: for so many seconds it holds at any rate, whenever it begins.
    """

    key: str
    size: int
    seconds: int = HOUR
    least: int = 0

    def ends_at(self, now: int) -> int:
        """When it ends if it begins now, seconds since 1970: always on the hour, or at midnight in China."""
        held = now + self.least
        return held + self.seconds - (held + _CHINA) % self.seconds


class Budgets(Protocol):
    """Counts people shown, proofs used and attempts made."""

    def take(self, reader: Reader, people: Sequence[str], by_name: Collection[int] = ()) -> Grant:
        """Show people to a reader, or decide whose name is cut.

        Args:
            reader: who asks.
            people: their ids, in the order of the answer; at least one.
            by_name: places of those found by their full name, who are shown beyond the budget too, so many times.
        """

    def spend(self, proof: str, ends_at: int, use: str = "") -> bool:
        """Note that a proof was used; False when it was before. It may be forgotten once it has ended.

        Args:
            proof: what names it.
            ends_at: seconds since 1970.
            use: for what it is used; for the very same again it is good again, unless that is empty.
        """

    def attempt(self, windows: Sequence[Window], *, count: bool = True) -> int:
        """Count an attempt in every window, or in none where one is full: 0, else seconds until the last of those ends.

        Args:
            windows: whose attempt it is, at least one.
            count: False only looks.
        """


@dataclass
class _Window:
    size: int
    ends_at: int
    seen: set[int] = field(default_factory=set)


class MemoryBudgets:
    """Counts in this process; right for one worker."""

    def __init__(self, limits: Limits, clock: Clock = time.time, max_held: int = MAX_HELD) -> None:
        self._limits = limits
        self._clock = clock
        self._max_held = max_held
        self._windows: OrderedDict[str, _Window] = OrderedDict()
        self._searches: OrderedDict[str, _Window] = OrderedDict()
        self._spent: OrderedDict[str, tuple[int, str]] = OrderedDict()
        self._attempts: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def take(self, reader: Reader, people: Sequence[str], by_name: Collection[int] = ()) -> Grant:
        # A hash of this process names a person in a tenth of the memory.
        marks = [hash(person) for person in people]
        now = int(self._clock())
        with self._lock:
            windows = self._windows_of(reader, now)
            free = by_name if by_name and self._may_search(reader, now) else ()
            cut, until = self._show(windows, marks, free)
            self._forget(now)
            least = min(windows, key=_left)
            return Grant(cut, until, max(0, _left(least)), least.ends_at - now)

    def spend(self, proof: str, ends_at: int, use: str = "") -> bool:
        now = int(self._clock())
        with self._lock:
            while self._spent and (len(self._spent) >= MAX_PROOFS or next(iter(self._spent.values()))[0] <= now):
                self._spent.popitem(last=False)
            if proof in self._spent:
                return bool(use) and self._spent[proof][1] == use
            self._spent[proof] = (ends_at, use)
            return True

    def attempt(self, windows: Sequence[Window], *, count: bool = True) -> int:
        now = int(self._clock())
        with self._lock:
            counted = [self._attempts_of(window, now) for window in windows]
            waits = [ends - now for window, (made, ends) in zip(windows, counted, strict=True) if made >= window.size]
            if waits or not count:
                return max(waits, default=0)
            self._note(windows, [(made + 1, ends) for made, ends in counted])
            return 0

    def learn(self, windows: Sequence[Window], made: Sequence[int]) -> None:
        """Take over how many attempts were made elsewhere, where that is more than was counted here."""
        now = int(self._clock())
        with self._lock:
            for window, there in zip(windows, made, strict=True):
                here, ends = self._attempts_of(window, now)
                if there > here:
                    self._note([window], [(there, ends)])

    def _note(self, windows: Sequence[Window], counted: Sequence[tuple[int, int]]) -> None:
        for window, held in zip(windows, counted, strict=True):
            self._attempts[window.key] = held
            self._attempts.move_to_end(window.key)
        while len(self._attempts) > MAX_ATTEMPTS:
            self._attempts.popitem(last=False)

    def _attempts_of(self, window: Window, now: int) -> tuple[int, int]:
        """How many were made, and when the window ends."""
        made, ends = self._attempts.get(window.key, (0, 0))
        return (made, ends) if ends > now else (0, window.ends_at(now))

    def _windows_of(self, reader: Reader, now: int) -> list[_Window]:
        limits, visitor = self._limits, reader.visitor
        return [
            self._window("hour " + visitor, limits.people_an_hour, HOUR, now),
            self._window("day " + visitor, limits.people_a_day, DAY, now),
            self._window("address " + reader.address, limits.people_an_hour_per_address, HOUR, now),
        ]

    def _window(self, key: str, size: int, seconds: int, now: int) -> _Window:
        window = self._windows.get(key)
        if window is None or window.ends_at <= now:
            self._held += 1 - (1 + len(window.seen) if window else 0)
            window = self._windows[key] = _Window(size, now + seconds)
        self._windows.move_to_end(key)
        return window

    def _show(self, windows: list[_Window], marks: list[int], free: Collection[int]) -> tuple[list[int], int | None]:
        seen = windows[0].seen
        if seen.issuperset(marks):
            return [], None
        new = [mark for mark in marks if mark not in seen]
        if len(new) <= min(map(_left, windows)):
            self._add(windows, new)
            return [], None
        return self._show_some(windows, marks, free)

    def _show_some(
        self, windows: list[_Window], marks: list[int], free: Collection[int]
    ) -> tuple[list[int], int | None]:
        cut, ends = [], []
        for place, mark in enumerate(marks):
            if mark in windows[0].seen:
                continue
            full = [window.ends_at for window in windows if _left(window) <= 0 and mark not in window.seen]
            if full and place not in free:
                cut.append(place)
                ends += full
            else:
                self._add(windows, [mark])
        return cut, min(ends, default=None)

    def _add(self, windows: list[_Window], marks: list[int]) -> None:
        for window in windows:
            before = len(window.seen)
            window.seen.update(marks)
            self._held += len(window.seen) - before

    def _may_search(self, reader: Reader, now: int) -> bool:
        limits = self._limits
        mine = self._search_window("visitor " + reader.visitor, limits.full_name_searches_an_hour, now)
        all_of_address = limits.full_name_searches_an_hour_per_address
        theirs = self._search_window("address " + reader.address, all_of_address, now)
        if _left(mine) <= 0 or _left(theirs) <= 0:
            return False
        for window in (mine, theirs):
            window.seen.add(len(window.seen))
        return True

    def _search_window(self, key: str, size: int, now: int) -> _Window:
        window = self._searches.get(key)
        if window is None or window.ends_at <= now:
            window = self._searches[key] = _Window(size, now + HOUR)
            self._searches.move_to_end(key)
        return window

    def _forget(self, now: int) -> None:
        """Let go of windows that have ended, and beyond what may be held of those unused longest."""
        while self._windows:
            oldest = next(iter(self._windows.values()))
            if self._held <= self._max_held and oldest.ends_at > now:
                break
            self._windows.popitem(last=False)
            self._held -= 1 + len(oldest.seen)
        while self._searches and (
            next(iter(self._searches.values())).ends_at <= now or len(self._searches) * 100 > self._max_held
        ):
            self._searches.popitem(last=False)


def _left(window: _Window) -> int:
    return window.size - len(window.seen)
