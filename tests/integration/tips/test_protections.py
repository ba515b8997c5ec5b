"""What protects tips, each with a control in which the protection is off and its absence shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from backend.core.db import Database
from backend.core.filings.filing import Filing, Submission, Target, file
from backend.core.filings.refusals import NotStored
from backend.core.filings.shredding import list_keyless, record_heads, shred_due
from backend.core.sealing.chains import Link, check_chain
from backend.core.sealing.claims import unbox_award
from backend.core.sealing.envelopes import KeyPair, unseal_object
from backend.core.sealing.refusals import CannotOpen
from backend.core.sealing.rows import Place, unwrap_row
from backend.core.sealing.wire import to_bytes
from backend.tips.domain import Decision
from backend.tips.service import close_tips, decide, opening_tip
from tests.integration.filing_world import Phone, World, copy_of
from tests.integration.tips.test_routes import make_notice


def submission(phone: Phone) -> Submission:
    body = phone.seal()
    target = Target("court", phone.court)
    return Submission("tip", phone.court, target, phone.number, phone.keys.lookup, to_bytes(body["sealed"]))


def kept(world: World, given: Submission) -> Filing:
    return file(world.database, world.store, given, opening_tip(world.court))


def links(world: World) -> list[Link]:
    rows = world.rows("SELECT number, env, head FROM sealed.filing WHERE purpose = 'tip' ORDER BY number")
    return [Link(**row) for row in rows]


def test_sixteen_clients_at_once_get_numbers_without_a_gap_in_one_chain(world: World) -> None:
    before = len(links(world))
    given = [submission(world.phone(world.court)) for _ in range(64)]
    with ThreadPoolExecutor(16) as clients:
        stored = list(clients.map(lambda one: kept(world, one), given))
    assert sorted(one.number for one in stored) == list(range(before + 1, before + 65))
    assert check_chain(links(world))
    assert list_keyless(world.database, world.store) == []
    (tips,) = world.rows("SELECT count(*) FROM register.tip INNER JOIN sealed.filing ON filing.id = filing_id")
    assert tips["count"] == before + 64


def test_without_the_counters_lock_the_sixteen_collide(world: World, tmp_path: Path) -> None:
    def tried(given: Submission) -> bool:
        try:
            return bool(kept(unlocked, given))
        except NotStored:
            return False

    with copy_of(world, "unlocked", tmp_path / "var") as unlocked:
        kept(unlocked, submission(unlocked.phone(unlocked.court)))
        unlocked.execute(
            "CREATE OR REPLACE FUNCTION sealed.lock_counter(court uuid, purpose text, OUT number bigint,"
            " OUT head bytea) LANGUAGE sql SECURITY DEFINER AS 'SELECT held.number, held.head"
            " FROM sealed.counter AS held, pg_sleep(0.02)"
            " WHERE court_id = lock_counter.court AND held.purpose = lock_counter.purpose'"
        )
        given = [submission(unlocked.phone(unlocked.court)) for _ in range(32)]
        with ThreadPoolExecutor(16) as clients:
            assert False in list(clients.map(tried, given))
        assert check_chain(links(unlocked))


def test_the_chains_head_enters_the_trail_without_numbers(world: World) -> None:
    kept(world, submission(world.phone(world.court)))
    record_heads(world.database)
    (counter,) = world.rows("SELECT head FROM sealed.counter WHERE purpose = 'tip'")
    entries = world.rows(
        "SELECT content FROM audit.body INNER JOIN audit.entry USING (sequence) WHERE action = 'filing.head'"
        " AND content::jsonb ->> 'head' = %s",
        counter["head"].hex(),
    )
    assert len(entries) == 1
    assert "number" not in entries[0]["content"]


def test_the_writing_role_cannot_read_what_it_writes(world: World) -> None:
    statements = [
        "SELECT count(*) FROM sealed.filing",
        "SELECT count(*) FROM sealed.part",
        "SELECT count(*) FROM sealed.bearer",
        "SELECT count(*) FROM sealed.counter",
        "SELECT count(*) FROM register.tip",
        "SELECT register.tip_case_closed_on('court', gen_random_uuid(), gen_random_uuid())",
        "SELECT register.tip_notices(gen_random_uuid())",
        "UPDATE register.tip SET reason = NULL WHERE false",
        "DELETE FROM sealed.part WHERE false",
    ]
    for statement in statements:
        for role in ("tip_writer", "public_reader"):
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege),
                Database(world.url).transaction(role) as connection,
            ):
                connection.execute(statement)
        # The control: the statements are right, only the role is not.
        world.execute(statement)


def parts(world: World, number: int) -> tuple[UUID, dict[str, tuple[int, bytes]]]:
    rows = world.rows(
        "SELECT filing_id, part, part.key_id, data FROM sealed.part INNER JOIN sealed.filing ON filing.id = filing_id"
        " WHERE purpose = 'tip' AND number = %s",
        number,
    )
    return rows[0]["filing_id"], {row["part"]: (row["key_id"], row["data"]) for row in rows}


def opens(world: World, data: bytes) -> bool:
    """With any secret key of the court: of letters, of awards or of claims."""
    held = [world.desk(login).reader.secrets for login in world.phrases]
    _, court_key = world.key("box")
    for secret in {secret for one in held for secret in one.values()}:
        for attempt in (
            lambda secret=secret: unseal_object(data, KeyPair.of(secret)),
            lambda secret=secret: unbox_award(data, court_key, secret),
        ):
            try:
                attempt()
            except CannotOpen:
                continue
            return True
    return False


def test_after_shredding_a_dump_and_all_court_keys_open_nothing(world: World) -> None:
    phone = world.phone(make_notice(world, world.other_listing))
    number = world.file(phone.seal(jpegs=(b"\xff\xd8 photo",))).get_json()["number"]
    decide(world.desk(), number, Decision("useful"))
    filing, dumped = parts(world, number)
    assert set(dumped) == {"sealed", "photo/1", "award"}
    assert not any(opens(world, data) for _, data in dumped.values())
    # The control: without the layer of the row the same keys open letter and award.
    key = world.store.find(filing)
    assert key
    for name in ("sealed", "award"):
        key_id, data = dumped[name]
        assert opens(world, unwrap_row(data, Place(str(world.court), str(filing), key_id, name), key)), name
    world.execute(
        "UPDATE register.listing SET state = 'deleted', ended_on = '2026-01-01', ended_cause = 'performed'"
        " WHERE id = %s",
        world.other_listing,
    )
    close_tips(world.database)
    assert shred_due(world.database, world.store, 3650) == 0
    assert world.status(phone)["can_claim"]
    assert shred_due(world.database, world.store, 0) >= 1
    assert world.store.find(filing) is None
    assert world.post("/status", {"lookup": phone.lookup}).status_code == 404
    assert world.rows("SELECT FROM sealed.part WHERE filing_id = %s", filing) == []
    assert not any(opens(world, data) for _, data in dumped.values())
    left = world.rows("SELECT state, number, target_kind FROM sealed.filing WHERE id = %s", filing)
    assert left == [{"state": "shredded", "number": number, "target_kind": "notice"}]
