"""Rows that areas and courts count: one listing each, of one entity, in one import."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import psycopg
from psycopg.rows import DictRow

TODAY = date(2026, 11, 21)


class Listed:
    """Writes into the caller's transaction, in which today is `TODAY`."""

    def __init__(self, connection: psycopg.Connection[DictRow], court: str = "虚0101") -> None:
        self.connection = connection
        self.court = court
        connection.execute("SELECT set_config('listings.today', %s, true)", (TODAY.isoformat(),))
        row = connection.execute(
            "INSERT INTO register.import_file (name, sha256, source, counts)"
            " VALUES ('list.json', '\\x00', 'demo', '{}') RETURNING id"
        ).fetchone()
        assert row is not None
        self.import_file = row["id"]

    def entity(
        self, area: str = "990101", kind: str = "person", placed_by: str = "court_area", *, has_identifier: bool = True
    ) -> uuid.UUID:
        entity = uuid.uuid4()
        self.connection.execute(
            "INSERT INTO register.entity (id, identity_key, has_identifier, kind, name, name_folded, area_code,"
            " placed_by, source) VALUES (%s, %s, %s, %s, '虚构者', '虚构者', %s, %s, 'demo')",
            (entity, entity.bytes, has_identifier, kind, area, placed_by),
        )
        return entity

    def listing(self, entity: uuid.UUID, days_ago: int = 100, court: str | None = None, **fields: Any) -> None:
        """A listing published `days_ago`; `ended_days_ago` or `term_ends_on` make it end."""
        ended_days_ago = fields.pop("ended_days_ago", None)
        ended_on = None if ended_days_ago is None else TODAY - timedelta(days=ended_days_ago)
        key = uuid.uuid4().bytes
        self.connection.execute(
            "INSERT INTO register.listing (entity_id, court_id, listing_key, content_hash, case_number, case_key,"
            " performance, ground_mask, published_on, term_ends_on, state, ended_on, ended_cause, import_file_id,"
            " source) SELECT %s, court.id, %s, '\\x00', '（2026）虚0101执1号', '2026虚0101执1号', 'none', 1, %s, %s,"
            " %s, %s, %s, %s, 'demo' FROM register.court WHERE code = %s",
            (
                entity, key, TODAY - timedelta(days=days_ago), fields.pop("term_ends_on", None),
                "deleted" if ended_on else "published", ended_on, "performed" if ended_on else None,
                self.import_file, court or self.court,
            ),
        )  # fmt: skip
        assert not fields
