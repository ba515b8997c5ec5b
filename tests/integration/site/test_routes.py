from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.integration.register import Register


def answer(client: FlaskClient) -> Any:
    return client.get("/v1/site").json


def test_an_empty_register_holds_no_demo_data(client: FlaskClient) -> None:
    assert answer(client)["demo"] == "none"


def test_the_notice_follows_the_records_that_are_shown(client: FlaskClient, register: Register) -> None:
    invented = register.listing(register.entity("甄虚构", source="demo"), source="demo")
    register.listing(register.entity("甄过期", source="court"), "expired", source="court")
    assert answer(client)["demo"] == "all"
    register.listing(register.entity("甄示范", source="court"), source="court")
    assert answer(client)["demo"] == "mixed"
    register.connection.execute("DELETE FROM register.listing WHERE id = %s", (invented,))
    assert answer(client)["demo"] == "none"


def test_says_where_the_map_opens_and_how_fresh_the_oldest_list_is(client: FlaskClient, register: Register) -> None:
    register.court("甲县人民法院", "130108", "2036-11-21T18:00:00+08:00")
    assert (answer(client)["home_area"], answer(client)["as_of"]) == ("130108", "2026-02-10T10:00:00Z")
    register.court("乙县人民法院", "130108", "2016-11-21T18:00:00+08:00")
    assert answer(client)["as_of"] == "2016-11-21T10:00:00Z"


def test_says_where_the_source_is_only_where_the_operator_does(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer(client)["source_url"] is None
    ours = client.application.extensions["settings"]
    theirs = dataclasses.replace(ours, source_url="https://code.example.cn/map")
    monkeypatch.setitem(client.application.extensions, "settings", theirs)
    assert answer(client)["source_url"] == "https://code.example.cn/map"
