"""What tests of the settings share: approving what was asked for, and keys that stand for keys."""

from __future__ import annotations

import re
import uuid

from tests.integration.desk import Console, Seat


def approve_asked(asked: str | None, approver: Seat) -> int:
    assert asked
    assert re.fullmatch(r"/court/approvals/[0-9a-f-]{36}", asked), asked
    return approver.post(f"{asked}/approve").status_code


def add_key(console: Console, use: str, *holders: uuid.UUID, signed_by: int | None = None) -> None:
    """A court's key, and who holds it; what it opens is not asked here."""
    court, connection = console.register.courts[0], console.connection
    connection.execute(
        "INSERT INTO register.court_key (court_id, use, number, key, not_after, signature, signed_by)"
        " VALUES (%s, %s, 1, %s, now() + interval '1 year', %s, %s)",
        (court, use, b"k" * 32, b"s" * 64, signed_by),
    )
    for holder in holders:
        connection.execute(
            "INSERT INTO register.officer_key (officer_id, public_key, wrapped) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            (holder, b"k" * 32, b"w" * 88),
        )
        connection.execute(
            "INSERT INTO register.court_secret (court_id, use, number, officer_id, sealed) VALUES (%s, %s, 1, %s, %s)",
            (court, use, holder, b"x" * 80),
        )
