"""A query read the lean way means what the schema says, and what is refused there is left to the schema."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import Invalid
from backend.core.http import QuerySchema, StrictParser
from backend.entities.schemas import EntityQuery, LeanParser, TileQuery, VectorTileQuery

_APP = Flask(__name__)
_PAIRS = [
    "kind=person", "kind=company", "kind=x", "kind=", "ground=1", "ground=6", "ground=7", "ground=01", "notice=true",
    "notice=false", "notice=1", "court=0b6dbd5b-5fa5-4b6a-9bd0-8c4a4f0cbd4e", "court=x", "crs=gcj02", "crs=wgs84",
    "area=13", "area=1301", "area=1", "bbox=114,37,115,38", "bbox=115,37,114,38", "near=114,38", "radius_m=500",
    "radius_m=0", "limit=5", "limit=0", "limit=101", "limit=5_0", "cursor=abc", "q=abc", "q=ab", "q=%E5%BC%A0%E4%BC%9F",
    "q=a+b+c", "unknown=1", "kind", "=1", "",
]  # fmt: skip


def _parsed(parser: StrictParser, schema: type[QuerySchema], query: str) -> Any:
    with _APP.test_request_context(f"/?{query}"):
        try:
            return parser.parse(schema(), request, location="query")
        except Invalid as error:
            return error.errors


@given(
    schema=st.sampled_from([EntityQuery, TileQuery, VectorTileQuery]),
    pairs=st.lists(st.sampled_from(_PAIRS), max_size=5),
)
def test_reads_every_query_as_the_schema_does(schema: type[QuerySchema], pairs: list[str]) -> None:
    query = "&".join(pairs)
    assert _parsed(LeanParser(), schema, query) == _parsed(StrictParser(), schema, query)


@pytest.mark.parametrize("query", ["kind=person&ground=1&ground=4&notice=true", "bbox=114,37,115,38&limit=100", ""])
def test_asks_the_whole_schema_only_for_the_unusual(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = EntityQuery
    expected = _parsed(StrictParser(), schema, query)

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(StrictParser, "parse", refuse)
    assert _parsed(LeanParser(), schema, query) == expected
    with pytest.raises(AssertionError):
        _parsed(LeanParser(), schema, query + "&unknown=1")
