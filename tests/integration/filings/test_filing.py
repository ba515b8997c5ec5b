"""Storing, numbering and certifying, and what holds when it is cut off in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from backend.config import ROOT as CLONE
from backend.core.db import Connection, Database
from backend.core.filings import filing as machinery
from backend.core.filings.filing import WRITER, Filing, Submission, Target, file, find
from backend.core.filings.refusals import NotStored, OtherContents
from backend.core.filings.shred_store import ShredStore
from backend.core.filings.shredding import list_keyless, sweep
from backend.core.sealing.chains import Link, check_chain
from backend.core.sealing.wire import to_bytes
from tests.integration.filing_world import Phone, World


def nothing(_connection: Connection, _filing: UUID) -> None:
    """No feature adds anything."""


def submission(phone: Phone, body: dict[str, Any] | None = None) -> Submission:
    body = body or phone.seal()
    photos = [to_bytes(blob) for blob in body["photos"]]
    target = Target("court", phone.court)
    return Submission("tip", phone.court, target, phone.number, phone.keys.lookup, to_bytes(body["sealed"]), photos)


def kept(world: World, given: Submission) -> Filing:
    return file(world.database, world.store, given, nothing)


def links(world: World) -> list[Link]:
    rows = world.rows("SELECT number, env, head FROM sealed.filing WHERE purpose = 'tip' ORDER BY number")
    return [Link(**row) for row in rows]


def test_sixteen_clients_at_once_get_numbers_without_a_gap_in_one_chain(fresh: World) -> None:
    world, given = fresh, [submission(fresh.phone(fresh.court)) for _ in range(48)]
    with ThreadPoolExecutor(16) as clients:
        stored = list(clients.map(lambda one: kept(world, one), given))
    assert sorted(one.number for one in stored) == list(range(1, 49))
    assert check_chain(links(world))
    hours = [row["hour"] for row in world.rows("SELECT hour FROM sealed.filing WHERE purpose = 'tip' ORDER BY number")]
    assert hours == sorted(hours)
    assert list_keyless(world.database, world.store) == []


def test_one_filing_sent_sixteen_times_at_once_is_one_filing(fresh: World) -> None:
    world, given = fresh, submission(fresh.phone(fresh.court))
    with ThreadPoolExecutor(16) as clients:
        stored = list(clients.map(lambda _: kept(world, given), range(16)))
    assert len({one.number for one in stored}) == 1
    assert len({one.certificate(b"s" * 32).signature for one in stored}) == 1
    assert check_chain(links(world))
    assert {str(one) for one in world.store.list_filings()} == {
        str(row["id"]) for row in world.rows("SELECT id FROM sealed.filing")
    }


def test_the_chain_shows_a_filing_taken_out_or_changed(world: World) -> None:
    for _ in range(3):
        kept(world, submission(world.phone(world.court)))
    whole = links(world)
    for broken in (
        whole[1:],
        whole[:-2] + whole[-1:],
        [*whole[:-1], Link(whole[-1].number, b"o" * 32, whole[-1].head)],
    ):
        with pytest.raises(Exception, match="does not follow"):
            check_chain(broken)


def test_another_purpose_court_or_contents_under_one_receipt_is_refused(world: World) -> None:
    phone = world.phone(world.court)
    given = submission(phone)
    kept(world, given)
    with pytest.raises(OtherContents):
        kept(world, submission(phone))
    with pytest.raises(OtherContents):
        kept(world, Submission("objection", *list(vars(given).values())[1:]))


def test_a_filing_that_a_feature_refuses_leaves_no_row_and_no_gap(world: World) -> None:
    def refuse(connection: Connection, _filing: UUID) -> None:
        connection.execute("SELECT 1 / 0")

    given = submission(world.phone(world.court))
    before = links(world)
    with pytest.raises(NotStored):
        file(world.database, world.store, given, refuse)
    assert links(world) == before
    assert find(world.database, given.lookup) is None
    assert kept(world, given).number == len(before) + 1
    assert sweep(world.database, world.store, older_than_seconds=0) == 1
    assert list_keyless(world.database, world.store) == []


def test_a_commit_waits_for_the_disk_whatever_the_databases_default(fresh: World) -> None:
    with psycopg.connect(fresh.url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {connection.info.dbname} SET synchronous_commit = off")
    with closing(Database(fresh.url)) as database:
        with database.transaction(WRITER) as connection:  # the control
            assert _commits(connection) == "off"
        seen: list[str] = []
        file(database, fresh.store, submission(fresh.phone(fresh.court)), lambda one, _: seen.append(_commits(one)))
    assert seen == ["on"]


def _commits(connection: Connection) -> str:
    [row] = connection.execute("SELECT current_setting('synchronous_commit') AS waits").fetchall()
    return str(row["waits"])


def test_a_commit_with_a_warning_is_no_success(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Warned:
        """A connection whose commit warns as one does that gave up waiting for a standby."""

        def __init__(self, connection: Connection) -> None:
            self.connection = connection

        def add_notice_handler(self, handler: Callable[..., None]) -> None:
            self.connection.add_notice_handler(handler)

        def remove_notice_handler(self, handler: Callable[..., None]) -> None:
            self.connection.remove_notice_handler(handler)

        def commit(self) -> None:
            self.connection.execute("DO $$BEGIN RAISE WARNING 'canceling wait' USING ERRCODE = '01000'; END$$")
            self.connection.commit()

    commit = machinery.commit
    monkeypatch.setattr(machinery, "commit", lambda connection: commit(Warned(connection)))  # type: ignore[arg-type]
    given = submission(world.phone(world.court))
    with pytest.raises(NotStored):
        kept(world, given)
    monkeypatch.undo()
    assert kept(world, given).env == given.env


# Files one letter and is killed at a line of its own choosing, as by the machine.
_KILLED = """
import os, signal, sys
from uuid import UUID
from backend.core.db import Database
from backend.core.filings import filing
from backend.core.filings.filing import Submission, Target, file
from backend.core.filings.shred_store import ShredStore
from pathlib import Path
url, place, court, when = sys.argv[1:]

class Store(ShredStore):
    def make(self, filing):
        if when == "key after commit":
            return b"k" * 32
        key = super().make(filing)
        if when == "between key and row":
            os.kill(os.getpid(), signal.SIGKILL)
        return key

enter = filing._enter
def die(*arguments):
    entered = enter(*arguments)
    if when == "before commit":
        os.kill(os.getpid(), signal.SIGKILL)
    return entered
filing._enter = die
commit = filing.commit
def die_after(connection):
    commit(connection)
    os.kill(os.getpid(), signal.SIGKILL)
filing.commit = die_after
store = Store(Path(place), None)
given = Submission("tip", UUID(court), Target("court", UUID(court)), 1, os.urandom(32), bytes(4144))
file(Database(url), store, given, lambda connection, filing: None)
"""


def killed(world: World, when: str) -> None:
    arguments = [world.url, str(world.var / "shred"), str(world.court), when]
    done = subprocess.run([sys.executable, "-c", _KILLED, *arguments], cwd=CLONE, capture_output=True, text=True)
    assert done.returncode == -9, done.stderr


@pytest.mark.parametrize("when", ["between key and row", "before commit", "after commit"])
def test_a_server_killed_anywhere_leaves_no_filing_without_its_key(world: World, when: str) -> None:
    before = len(links(world))
    killed(world, when)
    assert list_keyless(world.database, world.store) == []
    assert len(links(world)) == before + (when == "after commit")
    assert sweep(world.database, world.store, older_than_seconds=0) == (when != "after commit")


def test_a_key_written_after_the_commit_would_be_lost_with_the_server(world: World) -> None:
    killed(world, "key after commit")
    keyless = list_keyless(world.database, world.store)
    assert len(keyless) == 1
    world.execute("UPDATE sealed.filing SET state = 'shredded', closed_on = '2026-01-01' WHERE id = %s", keyless[0])


def test_the_writing_role_reads_nothing_and_writes_only_by_its_functions(world: World) -> None:
    kept(world, submission(world.phone(world.court)))
    tables = [
        "sealed.filing",
        "sealed.part",
        "sealed.bearer",
        "sealed.counter",
        "register.objection",
        "register.listing",
    ]
    for role, statements in {
        "tip_writer": [f"SELECT count(*) FROM {table}" for table in tables]
        + [
            "DELETE FROM sealed.part",
            "UPDATE sealed.filing SET state = 'shredded'",
            "INSERT INTO sealed.counter SELECT gen_random_uuid(), 'tip', 0, ''",
        ],
        "public_reader": [f"SELECT count(*) FROM {table}" for table in tables]
        + ["SELECT sealed.find_filing('')", "SELECT sealed.lock_counter(gen_random_uuid(), 'tip')"],
        "operator": [
            "SELECT rowkey FROM sealed.bearer",
            "UPDATE sealed.filing SET number = 1",
            "UPDATE sealed.part SET data = ''",
        ],
    }.items():
        for statement in statements:
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege),
                Database(world.url).transaction(role) as connection,
            ):
                connection.execute(statement)


def test_nothing_kept_is_finer_than_the_hour(world: World) -> None:
    kept(world, submission(world.phone(world.court)))
    # Besides what is sealed, whatever stands beside it: tips, objections, claims and their duties.
    beside = world.rows(
        "SELECT DISTINCT relname FROM pg_constraint INNER JOIN pg_class ON pg_class.oid = conrelid"
        " WHERE contype = 'f' AND confrelid IN ('sealed.filing'::regclass, 'sealed.claim'::regclass)"
    )
    names = {row["relname"] for row in beside} | {"task"}
    assert names >= {"tip", "objection", "part", "bearer"}
    columns = world.rows(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE (table_schema = 'sealed' OR table_name = ANY(%s))"
        " AND (data_type LIKE 'timestamp%%' OR data_type LIKE 'time %%') ORDER BY 1, 2",
        list(names),
    )
    assert columns == [
        {"table_name": "filing", "column_name": "hour"},
        {"table_name": "reward", "column_name": "exporting_at"},  # an officer's hour, not a sender's
        {"table_name": "unwrapping", "column_name": "unwrapped_at"},
    ]
    with pytest.raises(psycopg.errors.CheckViolation, match="tells_the_hour"):
        world.execute("UPDATE sealed.filing SET hour = hour + interval '1 second'")


def test_a_new_folder_of_the_store_is_on_the_disk_before_its_first_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    sync = os.fsync

    def note(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    store, filing = ShredStore(tmp_path / "new" / "shred"), uuid.uuid4()
    store.make(filing)
    place = store.directory
    assert synced == [str(path) for path in (place.parent, tmp_path, place / str(filing), place)]
    synced.clear()
    store.make(uuid.uuid4())
    assert str(tmp_path) not in synced


def test_the_store_keeps_a_key_in_both_directories_and_reads_either(world: World) -> None:
    stored = kept(world, submission(world.phone(world.court)))
    files = [world.var / place / str(stored.id) for place in ("shred", "mirror")]
    assert len({path.read_bytes() for path in files}) == 1
    assert [path.stat().st_mode & 0o777 for path in files] == [0o600, 0o600]
    assert [path.stat().st_mtime % 3600 for path in files] == [0, 0]
    files[0].unlink()
    assert world.store.find(stored.id) == files[1].read_bytes()
    assert list_keyless(world.database, ShredStore(world.var / "shred")) == [stored.id]
    files[0].write_bytes(files[1].read_bytes())
