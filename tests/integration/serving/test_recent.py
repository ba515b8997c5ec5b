"""Who came and who left in the last 30 days: counted at an import's end, right for 30 days after with no job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from tests.integration.register import AREAS, TODAY, Register
from tests.integration.serving.upkeep import Story, operations

# The rule in plain words, asked of the register alone.
_BY_RULE = """
SELECT area.code,
    (
        SELECT count(*) FROM register.entity
        WHERE starts_with(entity.area_code, area.code) AND EXISTS (
            SELECT FROM register.listing WHERE listing.entity_id = entity.id
            AND listing.published_on BETWEEN serving.today() - 29 AND serving.today()
        )
    ) AS added,
    (
        SELECT count(*) FROM register.entity
        WHERE starts_with(entity.area_code, area.code) AND EXISTS (
            SELECT FROM register.listing WHERE listing.entity_id = entity.id
            AND least(listing.ended_on, listing.term_ends_on + 1) BETWEEN serving.today() - 29 AND serving.today()
        ) AND NOT EXISTS (SELECT FROM serving.current_listing WHERE current_listing.entity_id = entity.id)
    ) AS removed
FROM register.area
"""
_KEPT = """
SELECT area.code, coalesce(sum(added), 0) AS added, coalesce(sum(removed), 0) AS removed
FROM register.area
LEFT JOIN serving.recent_count ON recent_count.area_code = area.code AND recent_count.day <= serving.today()
GROUP BY area.code
"""


@pytest.fixture(scope="module")
def register(database_url: str) -> Iterator[Register]:
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        yield Register(connection)
        connection.rollback()


@pytest.fixture
def story(register: Register) -> Iterator[Story]:
    with register.connection.transaction(force_rollback=True):
        yield Story(register)


def counts(story: Story, query: str) -> dict[str, tuple[int, int]]:
    rows = story.register.connection.execute(query).fetchall()
    found = {row["code"]: (int(row["added"]), int(row["removed"])) for row in rows}
    assert set(found) == set(AREAS)
    return found


@settings(max_examples=60, deadline=None)
@given(happenings=st.lists(operations, max_size=25), later=st.lists(st.sampled_from([1, 1, 5, 9]), max_size=3))
def test_recent_counts_are_what_the_register_says(
    register: Register, happenings: list[tuple[Any, ...]], later: list[int]
) -> None:
    with register.connection.transaction(force_rollback=True):
        story = Story(register)
        for happening in happenings:
            story.happen(*happening)
        story.fold()
        assert counts(story, _KEPT) == counts(story, _BY_RULE)
        for number in later:
            story.midnight(number)
            assert counts(story, _KEPT) == counts(story, _BY_RULE)


def test_an_import_counts_at_its_end(story: Story) -> None:
    story.register.connection.execute("SET LOCAL listings.bulk = 'on'")
    story.list(0, 0, "ended", 1)
    story.list(1, 0, "last_day", 1)
    story.listing_term(1, -3, 0)
    before = counts(story, _KEPT)
    story.register.connection.execute("SELECT serving.end_bulk()")
    # The control: what was not counted yet is not there.
    assert before["13"] == (0, 0)
    assert counts(story, _KEPT)["13"] == counts(story, _BY_RULE)["13"] == (1, 1)


def test_who_comes_back_has_not_left(story: Story) -> None:
    story.list(0, 0, "ended", 1)
    story.list(0, 0, "future", 1)
    story.fold()
    assert counts(story, _KEPT)["130108"] == (0, 1)
    story.midnight(1)
    assert counts(story, _KEPT)["130108"] == (1, 0)


def test_a_rebuild_counts_too(story: Story) -> None:
    story.list(0, 0, "ended", 1)
    story.rebuild()
    assert counts(story, _KEPT)["1301"] == (0, 1)


def test_nobody_is_recent_after_thirty_days(story: Story) -> None:
    story.list(0, 0, "ended", 1)
    story.listing_term(0, 0, None)
    story.fold()
    assert counts(story, _KEPT)["13"] == (1, 1)
    story.register.set_today(TODAY + timedelta(days=30))
    assert counts(story, _KEPT)["13"] == counts(story, _BY_RULE)["13"] == (0, 0)
