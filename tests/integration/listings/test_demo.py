from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.errors import OperatorError
from backend.listings.demo.people import EXAMPLE_NAME, EXAMPLE_NUMBER
from backend.listings.domain.identifiers import resident_id_is_valid, uscc_is_valid
from backend.listings.service import clear_demo, fill_demo
from tests.integration.listings.lists import Importer, person

Register = psycopg.Connection[DictRow]


def rows(register: Register, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in register.execute(query)]


def fill(importer: Importer, listings: int = 600, *, again: bool = True) -> int:
    return fill_demo(importer.settings, importer.database, listings, again=again)


def test_every_demo_record_is_marked_and_nobodys(importer: Importer, register: Register) -> None:
    assert fill(importer) == 600
    assert rows(register, "SELECT DISTINCT source FROM register.listing UNION SELECT source FROM register.entity") == [
        ("demo",)
    ]
    assert rows(register, "SELECT count(*) FROM register.listing WHERE case_number NOT LIKE '（2099）%'") == [(0,)]
    bodies = rows(register, "SELECT name, uscc FROM register.entity WHERE kind <> 'person'")
    assert len(bodies) > 50
    assert all("虚构" in name or "示例" in name for name, _ in bodies)
    assert all(code[2:8] == "999999" and uscc_is_valid(code) for _, code in bodies)


def test_all_of_it_is_current(importer: Importer, register: Register) -> None:
    fill(importer)
    assert rows(register, "SELECT count(*) FROM serving.current_listing") == [(600,)]
    assert rows(register, "SELECT count(*) > 0 FROM register.listing WHERE published_on < serving.today() - 1096") == [
        (False,)
    ]


def test_it_has_something_of_everything(importer: Importer, register: Register) -> None:
    fill(importer, 3000)
    assert {mask for (mask,) in rows(register, "SELECT DISTINCT ground_mask FROM register.listing")} >= {
        1,
        8,
        16,
        32,
        9,
    }
    assert len(rows(register, "SELECT DISTINCT kind, placed_by FROM register.entity")) == 6
    assert len(rows(register, "SELECT DISTINCT performance FROM register.listing")) == 4
    assert len(rows(register, "SELECT DISTINCT age_band FROM register.entity WHERE kind = 'person'")) == 8
    shared = "SELECT 1 FROM register.entity WHERE point IS NOT NULL GROUP BY point HAVING count(*) > 1"
    several = "SELECT 1 FROM register.listing GROUP BY entity_id HAVING count(*) > 1"
    debtors = "SELECT 1 FROM register.listing GROUP BY case_key HAVING count(DISTINCT entity_id) > 1"
    terms = "SELECT 1 FROM register.listing WHERE term_ends_on IS NOT NULL AND ground_mask > 1"
    for query in (
        shared,
        several,
        debtors,
        terms,
        "SELECT 1 FROM register.withheld_text",
        "SELECT 1 FROM register.notice",
    ):
        assert rows(register, query)


def test_points_lie_in_their_county(importer: Importer, register: Register) -> None:
    fill(importer)
    outside = """
        SELECT 1 FROM register.entity INNER JOIN register.area ON area.code = entity.area_code
        WHERE NOT ST_Covers(ST_Buffer(area.outline, 0.0001), entity.point)
    """
    assert rows(register, outside) == []
    assert rows(register, "SELECT 1 FROM register.entity WHERE point IS NOT NULL")


def test_the_same_demo_each_time(importer: Importer, register: Register) -> None:
    query = """
        SELECT name, case_number, published_on, area_code, tile_key
        FROM register.listing INNER JOIN register.entity ON entity.id = entity_id ORDER BY 2, 1
    """
    fill(importer)
    first = rows(register, query)
    assert fill(importer) == 600
    assert rows(register, query) == first


def test_one_person_s_whole_number_is_known_and_nobodys(importer: Importer, register: Register) -> None:
    fill(importer)
    assert EXAMPLE_NUMBER.startswith("999999")
    assert resident_id_is_valid(EXAMPLE_NUMBER)
    found = "SELECT name, kind, has_identifier, source FROM register.entity WHERE name = '甄示例'"
    assert rows(register, found) == [(EXAMPLE_NAME, "person", True, "demo")]


def test_a_database_with_listings_is_left_alone(importer: Importer, register: Register) -> None:
    importer.take([person(1)])
    assert fill(importer, again=False) == 0
    assert rows(register, "SELECT count(*) FROM register.listing") == [(1,)]


def test_clearing_the_demo_leaves_the_courts_own_records(importer: Importer, register: Register) -> None:
    importer.take([person(1)])
    own = "SELECT to_jsonb(l)::text FROM register.listing l WHERE source = 'court'"
    kept = rows(register, own)
    fill(importer)
    summary = importer.take([person(2)])
    assert summary.demo == 600
    assert clear_demo(importer.database) == 600
    assert rows(register, "SELECT count(*) FROM register.listing") == [(2,)]
    assert rows(register, own)[0] == kept[0]
    assert rows(register, "SELECT source FROM register.import_file GROUP BY source") == [("court",)]
    assert rows(register, "SELECT code FROM register.court WHERE as_of IS NOT NULL") == [("示0101",)]
    assert clear_demo(importer.database) == 0


def test_demo_and_court_records_never_meet(importer: Importer, register: Register) -> None:
    importer.take([person(1)], source="demo")
    importer.take([person(1)])
    assert rows(register, "SELECT source FROM register.entity ORDER BY 1") == [("court",), ("demo",)]


def test_without_courts_it_says_so(importer: Importer, register: Register) -> None:
    register.execute("UPDATE register.court SET level = 'special'")
    try:
        with pytest.raises(OperatorError, match="courts"):
            fill(importer)
    finally:
        register.execute("UPDATE register.court SET level = 'basic'")
