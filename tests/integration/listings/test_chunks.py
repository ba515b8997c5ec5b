"""A file goes in chunk by chunk, and nobody can tell from the outcome."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.errors import OperatorError
from backend.listings import importing
from backend.listings.importing import Summary
from tests.integration.listings.lists import YEAR, Importer, Record, body, person

Register = psycopg.Connection[DictRow]
ELSEWHERE = "（2099）示0101执900号"
# What is in the register before, and a file in which the same keys and the same people come again and again.
BEFORE = [person(1), person(2, duty="旧"), person(3), person(4), person(20), body(5)]
FILE = [
    person(1),
    person(2, duty="新"),
    person(6, duty="电话13000000000"),
    person(7, cause="已履行"),
    person(3, cause="已履行"),
    person(1, performance="部分未履行"),
    person(6, duty="电话13100000000", age="55"),
    person(7),
    person(8),
    person(2, duty="旧"),
    person(8, cause="撤销"),
    person(9, age="x"),
    person(4, caseCode=ELSEWHERE, age="55", publishDate=f"{YEAR}-06-06"),
    person(10, caseCode="（2099）示0101执901号", publishDate=f"{YEAR}-06-06", age="65"),
    person(10),
    person(20, sexy="女性"),
    person(20, caseCode="（2099）示0101执902号", sexy="女性"),
    person(11),
    person(11),
    body(5, registered_address="甲区虚构大街1号", registered_lon="110.25", registered_lat="30.25"),
]


def outcome(register: Register) -> list[str]:
    """Every entity with its listings and what is withheld of them, without ids and times."""
    query = """
        SELECT (to_jsonb(entity) - 'id')::text AS entity,
            (to_jsonb(listing) - ARRAY['id', 'entity_id', 'import_file_id'])::text AS listing,
            (import_file.counts -> 'new')::text AS counts, withheld_text.field, withheld_text.original
        FROM register.entity
        LEFT JOIN register.listing ON listing.entity_id = entity.id
        LEFT JOIN register.import_file ON import_file.id = listing.import_file_id
        LEFT JOIN register.withheld_text ON withheld_text.listing_id = listing.id"""
    return sorted(str(row) for row in register.execute(query))


def take(importer: Importer, register: Register, rows: list[Record], **options: Any) -> tuple[Summary, list[str]]:
    for table in ("entity", "listing", "import_file"):
        register.execute(f"TRUNCATE register.{table} CASCADE")
    importer.take(BEFORE)
    return importer.take(rows, **options), outcome(register)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11])
@pytest.mark.parametrize("backwards", [False, True])
def test_the_size_of_a_chunk_changes_nothing(
    importer: Importer, register: Register, monkeypatch: pytest.MonkeyPatch, size: int, *, backwards: bool
) -> None:
    rows = FILE[::-1] if backwards else FILE
    whole = take(importer, register, rows)
    assert whole[0].repeated == 6
    monkeypatch.setattr(importing, "CHUNK", size)
    assert take(importer, register, rows) == whole


def test_a_repetition_far_away_is_no_correction(
    importer: Importer, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    summary = importer.take([person(1, duty="一"), person(2), person(3), person(4), person(1, duty="二")])
    assert (summary.new, summary.changed, summary.repeated) == (4, 0, 1)
    found = register.execute("SELECT corrected_on FROM register.listing WHERE duty = '二'").fetchall()
    assert [row["corrected_on"] for row in found] == [None]


def test_a_full_list_is_refused_as_a_whole(
    importer: Importer, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [person(number) for number in range(1, 242)]
    importer.take(people[:200])
    monkeypatch.setattr(importing, "CHUNK", 10)
    with pytest.raises(OperatorError, match="--approved-by"):
        importer.take(people, full_list_of="示0101")
    assert register.execute("SELECT count(*) AS n FROM register.listing").fetchall() == [{"n": 200}]
    assert importer.take(people[:239], full_list_of="示0101").new == 39


def test_an_error_beside_the_reading_ends_the_import(
    importer: Importer, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    register.execute("ALTER TABLE register.listing ADD CONSTRAINT planted CHECK (duty <> '坏')")
    try:
        with pytest.raises(psycopg.errors.CheckViolation):
            importer.take([person(1), person(2, duty="坏"), *[person(number) for number in range(3, 9)]])
    finally:
        register.execute("ALTER TABLE register.listing DROP CONSTRAINT planted")
    assert register.execute("SELECT 1 FROM register.entity").fetchall() == []
