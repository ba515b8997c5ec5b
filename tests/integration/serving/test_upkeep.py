"""After whatever happens to the register, the serving tables hold what it says: today, tomorrow and next year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from tests.integration.register import Register
from tests.integration.serving.upkeep import Story, differences, operations


@pytest.fixture(scope="module")
def register(database_url: str) -> Iterator[Register]:
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        yield Register(connection)
        connection.rollback()


@settings(max_examples=60, deadline=None)
@given(happenings=st.lists(operations, max_size=25), later=st.lists(st.sampled_from([1, 1, 9, 30, 365]), max_size=4))
def test_serving_follows_whatever_happens(
    register: Register, happenings: list[tuple[Any, ...]], later: list[int]
) -> None:
    with register.connection.transaction(force_rollback=True):
        story = Story(register)
        for happening in happenings:
            story.happen(*happening)
        assert differences(register.connection) == {}
        for number in later:
            story.midnight(number)
            assert differences(register.connection) == {}


@settings(max_examples=20, deadline=None)
@given(happenings=st.lists(operations.filter(lambda operation: operation[0] != "rebuild"), max_size=25))
def test_a_bulk_change_is_refreshed_at_its_end(register: Register, happenings: list[tuple[Any, ...]]) -> None:
    with register.connection.transaction(force_rollback=True):
        story = Story(register)
        register.connection.execute("SET LOCAL listings.bulk = 'on'")
        for happening in happenings:
            story.happen(*happening)
        register.connection.execute("SELECT serving.end_bulk()")
        assert differences(register.connection) == {}
        story.list(0, 0, "current", 1)
        assert differences(register.connection) == {}


@pytest.fixture
def story(register: Register) -> Iterator[Story]:
    with register.connection.transaction(force_rollback=True):
        yield Story(register)


def _without_trigger(story: Story) -> None:
    story.register.connection.execute("ALTER TABLE register.listing DISABLE TRIGGER serving_insert")
    story.list(0, 0, "current", 1)


def _without_counting(story: Story) -> None:
    story.register.connection.execute("ALTER TABLE serving.entity_row DISABLE TRIGGER count_insert")
    story.list(0, 0, "current", 1)


def _without_the_end_of_bulk(story: Story) -> None:
    story.register.connection.execute("SET LOCAL listings.bulk = 'on'")
    story.list(0, 0, "current", 1)


@pytest.mark.parametrize(
    ("spoil", "places"),
    [
        (_without_trigger, {"rows", "area counts", "court counts"}),
        (_without_counting, {"area counts", "court counts"}),
        (_without_the_end_of_bulk, {"rows", "area counts", "court counts"}),
    ],
)
def test_the_check_finds_what_was_not_kept(story: Story, spoil: Callable[[Story], None], places: set[str]) -> None:
    story.list(1, 1, "current", 2)
    assert differences(story.register.connection) == {}
    spoil(story)
    assert set(differences(story.register.connection)) == places
    story.rebuild()
    assert differences(story.register.connection) == {}


def test_somebody_yet_to_be_published_is_in_no_public_view(story: Story) -> None:
    story.list(0, 0, "future", 1)
    connection = story.register.connection
    connection.execute("SET LOCAL ROLE public_reader")
    assert connection.execute("SELECT * FROM serving.listed").fetchall() == []
    counted = connection.execute("SELECT sum(person) AS n FROM serving.current_count").fetchall()
    assert not counted[0]["n"]
    with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
        connection.execute("SELECT * FROM serving.entity_row")
