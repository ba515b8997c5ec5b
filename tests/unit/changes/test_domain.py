from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.changes.domain import (
    BeyondTheWindow,
    Place,
    decode_member,
    encode_member,
    key_digest,
    new_key,
    refuse_old,
)


@given(st.integers(0, 10**17), st.integers(0, 10**17))
def test_a_cursor_comes_back_as_it_went(since: int, further: int) -> None:
    place = Place(since, since + further)
    assert Place.decode(since, place.encode()) == place
    with pytest.raises(ValueError, match="cursor"):
        Place.decode(since + 1, place.encode())


@given(st.text(max_size=30))
def test_nothing_else_is_a_cursor(text: str) -> None:
    with pytest.raises(ValueError, match="cursor"):
        Place.decode(0, text + "!")
    with pytest.raises(ValueError, match="cursor"):
        decode_member(text)


def test_a_place_before_since_is_no_cursor() -> None:
    with pytest.raises(ValueError, match="cursor"):
        Place.decode(5, Place(5, 4).encode())


@given(st.uuids())
def test_a_member_comes_back_as_it_went(entity: UUID) -> None:
    assert decode_member(encode_member(entity)) == entity


@pytest.mark.parametrize(("since", "refused"), [(0, True), (6, True), (7, False), (8, False)])
def test_the_window_ends_where_entries_were_forgotten(since: int, *, refused: bool) -> None:
    if refused:
        with pytest.raises(BeyondTheWindow, match="7"):
            refuse_old(since, 7)
    else:
        refuse_old(since, 7)


def test_keys_are_long_and_never_the_same() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == len({key_digest(key) for key in keys}) == 100
    assert all(len(key) >= 43 for key in keys)
