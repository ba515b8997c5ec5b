from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from psycopg.rows import DictRow, dict_row

from backend.core import name_index
from backend.core.db import Database
from backend.core.names import fold

Connection = psycopg.Connection[DictRow]


@pytest.fixture
def register(connection: Connection) -> Connection:
    """One area to list somebody in; the session works as `operator`."""
    connection.execute(
        "INSERT INTO register.area (code, name, level, city_bubble_code, label_point, label_tile_x, label_tile_y,"
        " provider, provider_version, provider_crs)"
        " VALUES ('99', '虚构省', 'province', '99', ST_SetSRID(ST_MakePoint(110, 35), 4326), 0, 0, 'test', '0', '4326')"
    )
    connection.execute("SET ROLE operator")
    return connection


def list_entity(connection: Connection, name: str, kind: str = "person") -> None:
    connection.execute(
        "INSERT INTO register.entity"
        " (identity_key, has_identifier, kind, name, name_folded, area_code, placed_by, source)"
        " VALUES (%s, false, %s, %s, %s, '99', 'court_area', 'demo')",
        (uuid4().bytes, kind, name, fold(name)),
    )


def indexed(connection: Connection) -> set[tuple[str, bool]]:
    rows = connection.execute("SELECT name_folded, is_person FROM register.name").fetchall()
    return {(row["name_folded"], row["is_person"]) for row in rows}


def test_indexes_each_name_once_for_people_and_once_for_bodies(register: Connection) -> None:
    for name, kind in [("张虚构", "person"), ("張虚构", "person"), ("张虚构", "organisation"), ("虚构公司", "company")]:
        list_entity(register, name, kind)
    assert name_index.index_new_names(register) == 3
    assert indexed(register) == {("张虚构", True), ("张虚构", False), ("虚构公司", False)}


def test_a_second_run_adds_only_what_is_new(register: Connection) -> None:
    list_entity(register, "张虚构")
    name_index.index_new_names(register)
    assert name_index.index_new_names(register) == 0
    list_entity(register, "李虚构")
    assert name_index.index_new_names(register) == 1
    assert indexed(register) == {("张虚构", True), ("李虚构", True)}


def test_names_that_nobody_bears_any_more_are_forgotten(register: Connection) -> None:
    list_entity(register, "张虚构")
    list_entity(register, "李虚构")
    name_index.index_new_names(register)
    register.execute("DELETE FROM register.entity WHERE name = '张虚构'")
    assert name_index.remove_unused_names(register) == 1
    assert indexed(register) == {("李虚构", True)}


def test_pairs_in_many_names_are_counted_by_kind(register: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_index, "COMMON_LEAST_NAMES", 3)
    monkeypatch.setattr(name_index, "COMMON_LEAST_PERCENT", 50)
    name_index.add_names(register, [(False, f"虚构{sign}公司") for sign in "甲乙丙丁"] + [(True, "张公司")])
    rows = register.execute("SELECT is_person, gram FROM register.common_gram").fetchall()
    assert {(row["is_person"], row["gram"]) for row in rows} == {(False, "虚构"), (False, "公司")}


def test_both_indexes_on_keys_are_there_after_a_first_filling(register: Connection) -> None:
    name_index.add_names(register, [(True, "张虚构")])
    rows = register.execute(
        "SELECT indexdef FROM pg_indexes WHERE tablename = 'name' AND indexdef LIKE '%gin%'"
    ).fetchall()
    assert len(rows) == 2


def test_a_search_never_waits_for_the_first_filling(database: Database) -> None:
    with psycopg.connect(database.url) as owner:
        owner.execute("TRUNCATE register.name")
        owner.execute("DROP INDEX IF EXISTS register.name_keys_of_people, register.name_keys_of_bodies")
    try:
        with psycopg.connect(database.url, row_factory=dict_row) as filling:
            filling.execute("SET ROLE operator")
            name_index.add_names(filling, [(True, "张虚构"), (False, "虚构公司")])
            assert not _waits(database)
            # What the filling must not do: with an index dropped, a reader would wait.
            filling.execute("RESET ROLE")
            filling.execute("DROP INDEX register.name_keys_of_people")
            assert _waits(database)
            filling.rollback()
    finally:
        # As the migrations leave it.
        with psycopg.connect(database.url) as owner:
            owner.execute("DROP INDEX IF EXISTS register.name_keys_of_people, register.name_keys_of_bodies")


def _waits(database: Database) -> bool:
    with database.read() as connection:
        connection.execute("SET lock_timeout = '200ms'")
        try:
            connection.execute("SELECT * FROM serving.names_with_any(true, ARRAY['张虚'], 10)")
        except psycopg.errors.LockNotAvailable:
            return True
        finally:
            connection.execute("RESET lock_timeout")
    return False
