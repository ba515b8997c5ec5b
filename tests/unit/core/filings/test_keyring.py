from __future__ import annotations

import re
from uuid import uuid4

import pytest

from backend.core.filings.keyring import Reader, make_phrase
from backend.core.filings.refusals import NotAReader


def test_a_phrase_is_six_words_that_can_be_said() -> None:
    phrases = [make_phrase() for _ in range(200)]
    assert all(
        re.fullmatch(r"(?:[bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz] ?){6}", one)
        for one in phrases
    )
    assert len({word for phrase in phrases for word in phrase.split()}) > 1000


def test_a_reader_uses_the_newest_key_held_and_none_that_is_not() -> None:
    reader = Reader(uuid4(), uuid4(), (), {("box", 1): b"1" * 32, ("box", 3): b"3" * 32})
    assert reader.newest("box") == (3, b"3" * 32)
    with pytest.raises(NotAReader):
        reader.pair("box", 2)
    with pytest.raises(NotAReader):
        reader.newest("sign")
    assert "3333" not in repr(reader)
