from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from io import BytesIO
from threading import Event
from typing import Any

import pytest

from backend.config import Settings
from backend.core.bodies import Bodies, Body, Pace
from backend.core.db import Database

# What comes, comes within this, on a busy machine too; no time is asserted.
SOON = 60
PATIENT = Pace(
    seconds=60, bytes_a_second=1, largest=1_000_000, largest_list=2_000_000, together=10_000_000, at_once=100
)


class Stream:
    """As granian's: `read` returns when all of it has come, or nothing comes any more."""

    def __init__(self, *pieces: bytes) -> None:
        self.held, self.more, self.gone = b"".join(pieces), Event(), False

    def read(self, size: int) -> bytes:
        while len(self.held) < size and not self.gone:
            self.more.wait()
        piece, self.held = self.held[:size], self.held[size:]
        return piece

    def end(self, rest: bytes = b"") -> None:
        self.held, self.gone = self.held + rest, True
        self.more.set()


@dataclass
class Site:
    """Bodies before an application that reads everything; each request in a thread of its own."""

    pace: Pace
    seats: int = 4
    read: list[bytes] = field(default_factory=list)
    held_up: Event = field(default_factory=Event)
    streams: list[Stream] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.held_up.set()
        self.bodies = Bodies(self._application, Database("postgresql://unused", seats=self.seats), self.pace)
        self.threads = ThreadPoolExecutor(20)

    def _application(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        assert self.held_up.wait(SOON)
        self.read.append(environ["wsgi.input"].read())
        start_response("201 CREATED", [])
        return []

    def send(self, stream: Any, **more: str) -> Future[tuple[int, dict[str, str]]]:
        scope = {"REQUEST_METHOD": "POST", "PATH_INFO": "/v1/tips", "SERVER_PORT": "1", "REMOTE_ADDR": "192.0.2.1"}
        return self.threads.submit(self._answer, {**scope, "CONTENT_LENGTH": "1", "wsgi.input": stream, **more})

    def on_its_way(self, *pieces: bytes) -> tuple[Stream, Future[tuple[int, dict[str, str]]]]:
        stream = Stream(*pieces)
        self.streams.append(stream)
        return stream, self.send(stream)

    def _answer(self, environ: dict[str, Any]) -> tuple[int, dict[str, str]]:
        told: list[tuple[int, dict[str, str]]] = []
        self.bodies(environ, lambda status, headers, *_: told.append((int(status[:3]), dict(headers))))  # type: ignore[arg-type]
        return told[0]

    @property
    def held(self) -> tuple[int, int]:
        """How many are on their way, and the bytes of all that are not answered yet."""
        return sum(not body.is_let_go for body in self.bodies._reading), self.bodies._held


Make = Callable[..., Site]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[Site] = []

    def make(pace: Pace = PATIENT, **more: Any) -> Site:
        made.append(Site(pace, **more))
        return made[-1]

    yield make
    for site in made:
        site.held_up.set()
        for stream in site.streams:
            stream.end()
        site.threads.shutdown()


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_what_is_sent_reaches_the_application_whole(make: Make) -> None:
    site, data = make(), b"some bytes " * 600
    assert site.send(BytesIO(data), CONTENT_LENGTH=str(len(data))).result(SOON)[0] == 201
    assert (site.read, site.held) == ([data], (0, 0))


@pytest.mark.parametrize(
    "scope",
    [
        {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": ""},
        {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "0"},
        {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "1000001"},
    ],
)
def test_what_has_no_body_or_too_long_a_one_is_not_read_before(make: Make, scope: dict[str, str]) -> None:
    site, stream = make(), BytesIO(b"x")
    site.held_up.clear()
    answer = site.send(stream, **scope)
    time.sleep(0.1)
    assert (stream.tell(), site.held, answer.done()) == (0, (0, 0), False)
    site.held_up.set()
    assert answer.result(SOON)[0] == 201


def test_one_that_does_not_say_how_long_it_is_is_read_as_far_as_any_may_be(make: Make) -> None:
    site = make()
    stream = BytesIO(bytes(3_000_000))
    assert site.send(stream, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked").result(SOON)[0] == 201
    assert 1_000_000 < len(site.read[0]) == stream.tell() < 1_010_000


def test_a_list_at_the_console_may_be_larger(make: Make) -> None:
    site = make()
    assert (
        site.send(BytesIO(bytes(1_500_000)), CONTENT_LENGTH="1500000", PATH_INFO="/court/lists/").result(SOON)[0] == 201
    )
    assert len(site.read[0]) == 1_500_000
    assert site.held == (0, 0)


def test_who_drips_is_cut_off_by_the_next_piece(make: Make) -> None:
    site = make(replace(PATIENT, seconds=0.3, bytes_a_second=4096))
    stream, answer = site.on_its_way(b"x" * 20)
    time.sleep(0.5)
    assert not answer.done()
    stream.held += b"x" * 12
    stream.more.set()
    assert answer.result(SOON)[0] == 408
    assert (site.read, site.held) == ([], (0, 0))


def test_whose_connection_was_ended_is_told_the_same(make: Make) -> None:
    site = make(replace(PATIENT, seconds=0.3, bytes_a_second=4096))
    stream, answer = site.on_its_way()
    time.sleep(0.5)
    stream.end()
    assert answer.result(SOON)[0] == 408


def test_one_that_ends_before_its_time_is_not_worked_on(make: Make) -> None:
    site = make()
    assert site.send(BytesIO(b"x" * 99), CONTENT_LENGTH="100").result(SOON)[0] == 408
    assert site.send(BytesIO(b""), CONTENT_LENGTH="").result(SOON)[0] == 201, "none was announced"
    assert site.read == [b""]


def test_without_a_pace_a_slow_one_is_waited_for(make: Make) -> None:
    """The control."""
    site = make()
    stream, answer = site.on_its_way(b"x" * 20)
    time.sleep(0.5)
    stream.end(b"x" * 12)
    assert answer.result(SOON)[0] == 201


@pytest.mark.parametrize(
    ("seconds", "came", "is_late"),
    [
        (9.9, 0, False),
        (10.1, 0, True),
        (11, 55, True),
        (70, 573_440, False),
        (70, 240_000, True),
        (900, 7_370_000, False),
    ],
)
def test_the_defaults_serve_a_slow_phone(seconds: float, came: int, is_late: bool) -> None:  # noqa: FBT001
    """Eight KiB a second; with less than four, once the first seconds are over, it is cut off."""
    body = Body(size=came, began=100)
    assert body.is_late(100 + seconds, Pace.of(Settings.from_environment({}))) is is_late


def test_who_waits_for_a_body_keeps_nobody_from_working(make: Make) -> None:
    site = make(seats=1)
    waiting = [site.on_its_way(b"x") for _ in range(10)]
    wait_until(lambda: site.held[0] == 10)
    assert site.send(BytesIO(b"y")).result(SOON)[0] == 201
    assert not any(answer.done() for _, answer in waiting)


def test_no_more_work_at_one_time_than_there_are_seats(make: Make) -> None:
    site = make(seats=2)
    site.held_up.clear()
    answers = [site.send(BytesIO(b"y")) for _ in range(6)]
    wait_until(lambda: len(site.bodies._working) == 6)
    assert site.bodies.database._free.empty()
    site.held_up.set()
    assert [answer.result(SOON)[0] for answer in answers] == [201] * 6
    assert site.bodies.database._free.qsize() == 2


def test_beyond_what_all_may_hold_the_largest_goes(make: Make) -> None:
    site = make(replace(PATIENT, together=1_000_000))
    (_, small), (stream, large) = site.on_its_way(b"x" * 262_144), site.on_its_way(b"x" * 524_288)
    wait_until(lambda: site.held == (2, 786_432))
    _, third = site.on_its_way(b"x" * 262_144)
    wait_until(lambda: site.held == (2, 524_288))
    assert site.bodies._slow_addresses(), "its connection is ended if it sends nothing more"
    stream.end(b"x")
    status, headers = large.result(SOON)
    assert (status, "Retry-After" in headers) == (503, True)
    assert not small.done()
    assert not third.done()


def test_with_room_for_all_of_them_none_goes(make: Make) -> None:
    """The control."""
    site = make()
    for size in (262_144, 524_288, 262_144):
        site.on_its_way(b"x" * size)
    wait_until(lambda: site.held == (3, 1_048_576))


def test_more_than_there_is_room_for_are_told_to_come_back(make: Make) -> None:
    site = make(replace(PATIENT, at_once=2))
    (stream, first), _ = site.on_its_way(), site.on_its_way()
    wait_until(lambda: site.held[0] == 2)
    status, headers = site.send(Stream()).result(SOON)
    assert (status, "Retry-After" in headers) == (503, True)
    stream.end(b"x")
    assert first.result(SOON)[0] == 201
    assert site.send(BytesIO(b"x")).result(SOON)[0] == 201


def test_connections_of_whom_we_work_for_long_are_no_slow_ones(make: Make) -> None:
    site = make()
    site.on_its_way()
    wait_until(lambda: site.held[0] == 1)
    (slow,) = site.bodies._reading
    slow.began -= 2 * PATIENT.seconds
    assert site.bodies._slow_addresses() == {"192.0.2.1"}
    site.held_up.clear()
    site.send(BytesIO(b"x"))
    wait_until(lambda: len(site.bodies._working) == 1)
    assert site.bodies._slow_addresses() == {"192.0.2.1"}, "what is soon answered protects nobody"
    (worked_on,) = site.bodies._working
    worked_on.began -= PATIENT.seconds
    assert site.bodies._slow_addresses() == set()
