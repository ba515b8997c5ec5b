"""An answer that is given once more: as durable as the first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.core.filings.filing import find
from backend.core.filings.messages import Talk
from backend.core.sealing.wire import to_bytes
from tests.integration.filing_world import World


@pytest.mark.parametrize("what", ["filing", "words"])
def test_what_is_answered_once_more_is_on_the_disk_before(world: World, what: str) -> None:
    phone = world.phone(world.court)
    assert world.file(phone.seal()).status_code == 201
    words = phone.words(1, "虚构的补充")
    assert world.post("/messages", words).status_code == 201
    filing, sealed = find(world.database, phone.keys.lookup), to_bytes(words["sealed"])
    assert filing
    talk = Talk(world.database, world.store, filing, phone.keys.lookup)
    again: dict[str, Callable[[], object]] = {
        "filing": lambda: find(world.database, phone.keys.lookup),
        "words": lambda: talk.holds(1, sealed),
    }
    for _ in range(5):  # without waiting, what writes in the background may be first by chance
        [written] = world.rows("SELECT pg_logical_emit_message(false, 'test', '') AS until")
        assert again[what]()
        assert world.rows("SELECT pg_current_wal_flush_lsn() >= %s::pg_lsn AS flushed", written["until"]) == [
            {"flushed": True}
        ]
