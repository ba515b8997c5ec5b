"""Whoever comes, changes or leaves is in the feed with the same commit, by whichever way; and nobody else is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import DictRow

from backend.clocks.service import load_clocks
from backend.listings.life import Move, Officer, Signatures, move, record_death
from backend.listings.service import clear_demo, rebuild_serving
from tests.integration.changes.conftest import Feed
from tests.integration.register import TODAY, Register
from tests.integration.serving.upkeep import Story, operations


def somebody(register: Register, state: str = "current", **fields: Any) -> tuple[UUID, UUID]:
    entity = register.entity()
    return entity, register.listing(entity, state, **fields)


def test_a_life_by_officers(feed: Feed) -> None:
    load_clocks(feed.database)
    with feed.register() as register:
        entity, listing = somebody(register, term_ends_on=None)
        noise, _ = somebody(register)
        officer = register.insert("officer", court_id=feed.courts[0], login="lin", name="虚构", roles=["clerk"])
    assert sorted(feed.read()) == sorted([("add", entity), ("add", noise)])
    assert feed.removed() == []
    signed = Signatures(Officer(officer, feed.courts[0], ("clerk",)))
    with feed.database.transaction("operator") as connection:
        move(connection, listing, Move("delete", "performed"), signed)
    assert feed.read(2) == [("remove", entity)]
    assert feed.removed() == [entity]
    with feed.database.transaction("operator") as connection:
        record_death(connection, noise, TODAY, signed)
    assert feed.read(3) == [("remove", noise)]
    assert feed.removed(3) == [noise]


def test_a_change_that_is_rolled_back_is_in_no_feed(feed: Feed) -> None:
    with feed.register() as register:
        somebody(register)
        register.connection.rollback()
    assert (feed.read(), feed.head()) == ([], 0)
    with feed.register() as register:
        entity, _ = somebody(register)
        with register.connection.transaction(force_rollback=True):
            somebody(register)
    assert feed.read() == [("add", entity)]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("listing", "duty = '支付货款'"),
        ("listing", "performed_part = '一半'"),
        ("listing", "ground_mask = 9"),
        ("listing", "term_ends_on = term_ends_on + 1"),
        ("entity", "name = '甄改名'"),
        ("entity", "age_band = '30-39'"),
        ("court", "name = '改名法院'"),
        ("area", "name = '改名区'"),
    ],
)
def test_whatever_a_copy_holds_is_told_when_it_changes(feed: Feed, table: str, change: str) -> None:
    with feed.register() as register:
        entity, _ = somebody(register)
        elsewhere = register.entity("贾示例", area="110101")
        register.listing(elsewhere, court_id=feed.courts[2])
    head = feed.head()
    condition = {"listing": "entity_id = %s", "entity": "id = %s"}.get(table)
    values: tuple[Any, ...] = (entity,) if condition else ()
    condition = condition or {"court": f"id = '{feed.courts[0]}'", "area": "code = '130108'"}[table]
    feed.execute(f"UPDATE register.{table} SET {change} WHERE {condition}", *values)
    assert feed.read(head) == [("update", entity)]
    # The same again says nothing new.
    same = change if "+ 1" not in change else "term_ends_on = term_ends_on"
    feed.execute(f"UPDATE register.{table} SET {same} WHERE {condition}", *values)
    assert feed.head() == head + 1


def test_what_no_copy_holds_is_not_told(feed: Feed) -> None:
    with feed.register() as register:
        entity, listing = somebody(register)
    feed.execute("UPDATE register.listing SET row_hash = NULL, content_hash = 'y' WHERE id = %s", listing)
    feed.execute("UPDATE register.court SET as_of = now()")
    assert feed.read() == [("add", entity)]


def test_rebuilding_and_folding_tell_nothing(feed: Feed) -> None:
    with feed.register() as register:
        for _ in range(3):
            somebody(register)
    head = feed.head()
    rebuild_serving(feed.database)
    feed.execute("SELECT serving.fold_counts()")
    rebuild_serving(feed.database)
    assert feed.head() == head


def test_a_bulk_change_that_ends_in_a_rebuild_is_told_too(feed: Feed) -> None:
    with feed.register() as register:
        stays, _ = somebody(register)
        leaves, listing = somebody(register)
        renamed = register.entity("旧名虚构")
        register.listing(renamed)
    head = feed.head()
    with feed.register() as register:
        register.connection.execute("SET LOCAL listings.bulk = 'on'")
        comes, _ = somebody(register)
        register.connection.execute("DELETE FROM register.listing WHERE id = %s", (listing,))
        register.connection.execute("UPDATE register.entity SET name = '新名虚构' WHERE id = %s", (renamed,))
        register.connection.execute("SELECT serving.rebuild()")
    assert sorted(feed.read(head)) == sorted([("add", comes), ("remove", leaves), ("update", renamed)])
    feed.execute("UPDATE register.entity SET name = name WHERE id = %s", renamed)
    assert feed.head() == head + 3
    assert stays not in [entity for _, entity in feed.read(head)]


def test_cleared_demo_records_and_an_emptied_register_leave(feed: Feed) -> None:
    with feed.register() as register:
        demo = register.entity("贾演示", source="demo")
        register.listing(demo, source="demo")
        real, _ = somebody(register)
    head = feed.head()
    clear_demo(feed.database)
    assert feed.read(head) == [("remove", demo)]
    feed.execute("TRUNCATE register.entity, register.listing CASCADE")
    assert feed.read(head + 1) == [("remove", real)]


def test_dates_pass_without_any_job(feed: Feed) -> None:
    with feed.register() as register:
        ends, _ = somebody(register, "last_day")
        begins, _ = somebody(register, "future")
        stays, _ = somebody(register)
        both = register.entity("两案虚构")
        register.listing(both, "last_day")
        register.listing(both, "current")
    head = feed.head()
    assert begins not in [entity for _, entity in feed.read()]
    feed.move_to(TODAY + timedelta(days=1))
    expected = sorted([("add", begins), ("remove", ends), ("update", both)])
    # Readers at the same moment: one of them enters the day, and it is entered once.
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: sorted(feed.read(head)), range(8)))
    assert seen == [expected] * 8
    assert stays not in [entity for _, entity in seen[0]]
    assert feed.execute("SELECT serving.enter_day() AS n") == [{"n": 0}]


def test_a_day_is_entered_though_its_rows_were_dropped(feed: Feed) -> None:
    with feed.register() as register:
        ends, _ = somebody(register, "last_day")
        somebody(register, "future", term_ends_on=TODAY + timedelta(days=1))
    head = feed.head()
    feed.move_to(TODAY + timedelta(days=5))
    feed.execute("SELECT serving.fold_counts()")
    assert feed.removed(head) == [ends]
    assert feed.run("changes", "enter").output.startswith("已记入 0 条")


def test_without_entering_the_day_the_feed_would_lack_it(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    with feed.register() as register:
        ends, _ = somebody(register, "last_day")
    feed.move_to(TODAY + timedelta(days=1))
    monkeypatch.setattr("backend.changes.queries.enter_open_day", lambda *_: None)
    assert feed.removed() == []
    monkeypatch.undo()
    assert feed.removed() == [ends]


def test_a_writer_from_before_midnight_tells_of_the_new_day(feed: Feed) -> None:
    with feed.register() as register:
        listing = register.listing(register.entity(), "last_day")
        noise, _ = somebody(register)
        # This transaction is still at the old day when the new one is entered.
        feed.move_to(TODAY + timedelta(days=1))
        assert feed.read() == []
        assert register.connection.execute("SELECT serving.today() AS day").fetchone() == {"day": TODAY}
    assert feed.read() == [("add", noise)]
    assert listing


def test_nothing_of_a_person_is_kept_in_the_feed(feed: Feed) -> None:
    with feed.register() as register:
        entity = register.entity("甄难忘")
        listing = register.listing(entity, case_number="（2025）虚9999执424242号", duty="归还难忘的借款")
    said = feed.get("", key=feed.key).get_data(as_text=True)
    assert "甄难忘" in said
    assert "424242" in said
    feed.execute("DELETE FROM register.listing WHERE id = %s", listing)
    # Also the entry of their coming, read late, says only that they are gone.
    again = feed.get("", key=feed.key)
    assert feed.read() == [("remove", entity), ("remove", entity)]
    kept = "".join(
        str(row["t"])
        for table in ("change", "change_head", "mirrored", "unentered", "entering")
        for row in feed.execute(f"SELECT t::text FROM serving.{table} AS t")
    )
    for word in ("甄", "难忘", "424242"):
        assert word not in again.get_data(as_text=True) + kept


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(operations, min_size=3, max_size=14))
def test_whoever_follows_the_feed_knows_who_is_listed(
    connection: psycopg.Connection[DictRow], happened: list[tuple[Any, ...]]
) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute("UPDATE serving.change_head SET entered_for = %s", (TODAY,))
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        story, known, last = Story(Register(connection)), set[UUID](), 0
        row = connection.execute("SELECT sequence FROM serving.change_head").fetchone()
        last = row["sequence"] if row else 0
        for one in happened:
            story.happen(*one)
            if one[0] == "midnight":
                connection.execute("SELECT serving.enter_day()")
            entries = connection.execute(
                "SELECT sequence, op, entity_id FROM serving.change WHERE sequence > %s ORDER BY sequence", (last,)
            ).fetchall()
            for entry in entries:
                last += 1
                assert entry["sequence"] == last
                assert (entry["entity_id"] in known) == (entry["op"] != "add")
                (known.discard if entry["op"] == "remove" else known.add)(entry["entity_id"])
            listed = {row["entity_id"] for row in connection.execute("SELECT entity_id FROM serving.listed")}
            assert known == listed, one
            assert one[0] not in ("fold", "rebuild") or not entries
