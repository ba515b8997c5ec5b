"""Every listing that a file moves has its event, and the file's entry in the trail holds for all of them."""

from __future__ import annotations

from hashlib import sha256

import pytest

from backend.clocks.service import load_clocks
from backend.core.audit import verify
from tests.integration.listings.events import FULL, Register, entries, people
from tests.integration.listings.lists import YEAR, Importer, person


def test_every_first_publication_is_an_event_that_outlives_later_files(importer: Importer, register: Register) -> None:
    load_clocks(importer.database)
    importer.take(people(3))
    (file,) = register.execute("SELECT id FROM register.import_file").fetchall()
    importer.take([person(1, duty="支付货款2元", publishDate=f"{YEAR}年05月07日"), person(4)])
    rows = register.execute(
        "SELECT right(listing.case_number, 2) AS place, event.from_state, event.to_state, event.cause, event.article,"
        " event.effective_on::text AS day, event.import_file_id = %s AS first"
        " FROM register.listing_event AS event INNER JOIN register.listing ON listing.id = event.listing_id"
        " WHERE event.action = 'publish' ORDER BY listing.case_number",
        (file["id"],),
    ).fetchall()
    assert [tuple(row.values()) for row in rows] == [
        (f"{place}号", None, "published", "stated", "第五条、第七条", f"{YEAR}-05-06", place < 4)
        for place in range(1, 5)
    ]
    # Without the event nobody would know: the listing names the last file and what that one says.
    (listing,) = register.execute(
        "SELECT import_file_id, published_on::text FROM register.listing WHERE case_number LIKE '%%执1号'"
    ).fetchall()
    assert listing["import_file_id"] != file["id"]
    assert listing["published_on"] == f"{YEAR}-05-07"


def test_the_entrys_digest_is_that_of_the_events(importer: Importer, register: Register) -> None:
    importer.take(people(3))
    importer.take([*people(1), person(7)], **FULL)
    digests = []
    for file in register.execute("SELECT id FROM register.import_file ORDER BY imported_at").fetchall():
        rows = register.execute(
            "SELECT listing_id, action, from_state, to_state, cause, article, effective_on FROM register.listing_event"
            " WHERE import_file_id = %s ORDER BY listing_id, action",
            (file["id"],),
        ).fetchall()
        assert len(rows) == 3
        said = [" ".join(str(value) for value in row.values() if value is not None) for row in rows]
        digests.append(sha256(b"".join(sha256(one.encode()).digest() for one in said)).hexdigest())
    assert [entry["events_digest"] for entry in entries(register)[-2:]] == digests


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE register.listing_event SET cause = 'performed' WHERE action = 'delete'",
        "UPDATE register.listing_event SET effective_on = effective_on - 1 WHERE action = 'publish'",
        """INSERT INTO register.listing_event
               (listing_id, action, to_state, cause, article, effective_on, import_file_id)
           SELECT listing_id, 'correct', to_state, cause, article, effective_on, import_file_id
           FROM register.listing_event WHERE action = 'delete'""",
    ],
)
def test_an_event_of_a_file_that_is_changed_or_put_in_breaks_the_trail(
    importer: Importer, register: Register, change: str
) -> None:
    importer.take(people(3))
    importer.take(people(1), **FULL)
    with register.transaction(force_rollback=True):
        assert verify(register) is None
        register.execute("SET LOCAL session_replication_role = replica")
        register.execute(change)
        found = verify(register)
        assert found is not None
        assert found.reason == "the events of the file that it counts were changed"
        first = "publish" in change
        rows = register.execute(
            "SELECT sequence FROM audit.entry WHERE action = 'listings.import' ORDER BY 1"
        ).fetchall()
        assert found.sequence == rows[-2 if first else -1]["sequence"]


def test_events_that_went_with_their_listing_leave_the_trail_whole(importer: Importer, register: Register) -> None:
    importer.take(people(3))
    register.execute("DELETE FROM register.listing WHERE case_number LIKE '%%执1号'")
    with register.transaction():
        assert verify(register) is None
