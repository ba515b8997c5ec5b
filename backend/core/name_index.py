"""The index of names: filled set-based from the register, as `operator`, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import psycopg

from backend.core.db import load_queries
from backend.core.name_forms import keys_of_body, keys_of_person

_queries = load_queries(__file__)
Connection = psycopg.Connection[Any]
# In so many names a pair of characters is told apart from rarer ones, which are looked up first.
COMMON_LEAST_NAMES = 5_000
COMMON_LEAST_PERCENT = 0.25
# Twenty names of every twentieth are found sooner by walking the names in order. Rarer ones must not be walked to,
# since those of one town stand together far away.
WALKED_LEAST_PERCENT = 5.0
_SAMPLED_NAMES = 50_000
# How many names travel at once while their keys are made.
_BATCH = 10_000


def index_new_names(connection: Connection) -> int:
    """Add the names in `register.entity` that the index lacks, and count common pairs anew if there were any.

    Returns how many names were added. The time is that of making keys (some 30 µs a person, 60 µs a body) and of two
    index inserts; names that are known cost a look-up.
    """
    with connection.cursor(name="unindexed_names", row_factory=psycopg.rows.tuple_row) as cursor:
        cursor.itersize = _BATCH
        cursor.execute(_queries.list_unindexed_names.sql)
        _stage(connection, cursor)
    return _insert_staged(connection)


def add_names(connection: Connection, names: Iterable[tuple[bool, str]]) -> int:
    """Add folded names, each with whether it is a person's; those that are known stay as they are."""
    _stage(connection, names)
    return _insert_staged(connection)


def _stage(connection: Connection, names: Iterable[tuple[bool, str]]) -> None:
    _queries.create_new_names(connection)
    rows = _with_keys(names)
    # In batches, since the names may come from a cursor of the same connection.
    while batch := list(islice(rows, _BATCH)):
        statement = "COPY new_name (is_person, name_folded, keys) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in batch:
                copy.write_row(row)


def _with_keys(names: Iterable[tuple[bool, str]]) -> Iterator[tuple[bool, str, list[str]]]:
    for is_person, name in names:
        yield is_person, name, sorted(keys_of_person(name) if is_person else keys_of_body(name))


def _insert_staged(connection: Connection) -> int:
    if not _queries.holds_new_names(connection):
        _queries.drop_new_names(connection)
        return 0
    added: int = _queries.insert_new_names(connection)
    _queries.index_name_keys(connection)
    _queries.drop_new_names(connection)
    count_common_grams(connection)
    return added


def count_common_grams(connection: Connection) -> None:
    """Estimate anew which pairs of characters are too common for the index."""
    _queries.delete_common_grams(connection)
    _queries.insert_common_grams(
        connection,
        sampled_names=_SAMPLED_NAMES,
        least_names=COMMON_LEAST_NAMES,
        least_percent=COMMON_LEAST_PERCENT,
        walked_percent=WALKED_LEAST_PERCENT,
    )


def remove_unused_names(connection: Connection) -> int:
    """Forget names that nobody in the register bears any more; returns how many."""
    removed: int = _queries.delete_unused_names(connection)
    return removed
