"""What a file leaves behind, as the tests of its traces read it."""

from __future__ import annotations

import json
from typing import Any

import psycopg
from psycopg.rows import DictRow

from tests.integration.listings.lists import Record, person

Register = psycopg.Connection[DictRow]
FULL: dict[str, Any] = {"full_list_of": "示0101"}


def people(number: int) -> list[Record]:
    return [person(place) for place in range(1, number + 1)]


def events(register: Register) -> list[tuple[Any, ...]]:
    rows = register.execute(
        "SELECT listing.case_number, event.action, event.from_state, event.to_state, event.cause"
        " FROM register.listing_event AS event INNER JOIN register.listing ON listing.id = event.listing_id"
        " WHERE event.import_file_id IS NOT NULL AND event.action <> 'publish' ORDER BY event.id, listing.case_number"
    )
    return [(int(row["case_number"][-2]), *list(row.values())[1:]) for row in rows]


def entries(register: Register, action: str = "listings.import") -> list[dict[str, Any]]:
    rows = register.execute(
        "SELECT entry.court_id, body.content FROM audit.entry INNER JOIN audit.body USING (sequence)"
        " WHERE entry.action = %s ORDER BY sequence",
        (action,),
    )
    return [{**json.loads(row["content"]), "court": row["court_id"]} for row in rows]


def states(register: Register) -> dict[int, str]:
    rows = register.execute("SELECT case_number, state FROM register.listing ORDER BY case_number")
    return {int(row["case_number"][-2]): row["state"] for row in rows}
