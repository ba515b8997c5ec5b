"""Sequences agree with the order of commits, and none is skipped, whoever writes at once and whoever gives up."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg

from tests.integration.changes.conftest import Feed
from tests.integration.register import TODAY

WRITERS, ROUNDS = 12, 8
# What a transaction does to one entity, and how it tells of that.
Write = Callable[[psycopg.Connection, int], None]


def run_writers(feed: Feed, write: Write) -> None:
    """Many transactions at once, each writing first, dawdling, and then committing or giving up."""

    def work(number: int) -> None:
        rng = random.Random(number)
        for turn in range(ROUNDS):
            with psycopg.connect(feed.url, options="-c lock_timeout=60s") as connection:
                write(connection, number * ROUNDS + turn)
                time.sleep(rng.random() * 0.03)
                if rng.random() < 0.3:
                    connection.rollback()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))


def follow(read: Callable[[int], list[int]], stop: threading.Event) -> list[int]:
    """Every sequence that a reader sees who always asks for what is behind the last one seen."""
    seen: list[int] = []
    while True:
        ended = stop.is_set()
        seen += read(seen[-1] if seen else 0)
        if ended:
            return seen


def sequences_seen(feed: Feed, write: Write, table: str) -> tuple[list[int], list[int]]:
    """What a reader saw while writers worked, and what is there in the end."""

    def read(since: int) -> list[int]:
        rows = feed.execute(f"SELECT sequence FROM {table} WHERE sequence > %s ORDER BY sequence", since)
        return [row["sequence"] for row in rows]

    stop = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(follow, read, stop)
        run_writers(feed, write)
        stop.set()
        return reader.result(), read(0)


def test_no_reader_misses_a_change_and_no_sequence_is_skipped(feed: Feed) -> None:
    with feed.register() as register:
        listings = [register.listing(register.entity()) for _ in range(WRITERS * ROUNDS)]
    begun = feed.head()

    def delete(connection: psycopg.Connection, number: int) -> None:
        connection.execute(
            "UPDATE register.listing SET state = 'deleted', ended_on = %s, ended_cause = 'performed' WHERE id = %s",
            (TODAY, listings[number]),
        )

    seen, kept = sequences_seen(feed, delete, "serving.change")
    assert seen == kept == list(range(1, len(kept) + 1))
    assert begun < len(kept) < begun + WRITERS * ROUNDS
    ended = feed.execute("SELECT count(*) AS n FROM register.listing WHERE state = 'deleted'")
    assert len(feed.removed()) == ended[0]["n"] == len(kept) - begun


def test_a_plain_sequence_would_skip_and_be_missed(feed: Feed) -> None:
    feed.execute("CREATE TABLE public.plain (sequence bigint GENERATED ALWAYS AS IDENTITY, number integer)")

    def insert(connection: psycopg.Connection, number: int) -> None:
        connection.execute("INSERT INTO public.plain (number) VALUES (%s)", (number,))

    seen, kept = sequences_seen(feed, insert, "public.plain")
    assert kept != list(range(1, len(kept) + 1))
    assert seen != kept


def test_two_writers_of_one_entity_tell_what_stands_in_the_end(feed: Feed) -> None:
    with feed.register() as register:
        entity = register.entity()
        first, second = register.listing(entity), register.listing(entity)
    head = feed.head()

    def delete(listing: object) -> None:
        with psycopg.connect(feed.url, options="-c lock_timeout=60s") as connection:
            connection.execute("DELETE FROM register.listing WHERE id = %s", (listing,))
            time.sleep(0.05)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(delete, (first, second)))
    assert feed.read(head)[-1] == ("remove", entity)
    assert feed.removed() == [entity]
