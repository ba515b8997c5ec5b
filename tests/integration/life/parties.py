"""A court with its officers, for tests of what they do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend.clocks.service import store_clocks
from backend.listings.life import Move, Officer, Signatures, move
from tests.integration.desk import Console, Seat
from tests.integration.register import Register


@dataclass
class Court:
    """A court's own register with two officers, and noise that must never move."""

    register: Register
    clerk: Officer = field(init=False)
    approver: Officer = field(init=False)
    noise: UUID = field(init=False)

    def __post_init__(self) -> None:
        store_clocks(self.register.connection)
        self.clerk = self.officer("lin.clerk", "clerk")
        self.approver = self.officer("zhou.approver", "approver")
        self.noise = self.register.listing(self.register.entity("无关虚构"))

    @property
    def both(self) -> Signatures:
        return Signatures(self.clerk, self.approver)

    @property
    def alone(self) -> Signatures:
        return Signatures(self.clerk)

    def officer(self, login: str, *roles: str, at: int = 0) -> Officer:
        court = self.register.courts[at]
        officer = self.register.insert("officer", court_id=court, login=login, name="虚构书记员", roles=list(roles))
        return Officer(officer, court, roles)

    def listing(self, **fields: Any) -> tuple[UUID, UUID]:
        entity = self.register.entity()
        return entity, self.register.listing(entity, **{"term_ends_on": None, **fields})

    def move(self, listing: UUID, action: str, cause: str, **rest: Any) -> str:
        return move(self.register.connection, listing, Move(action, cause, **rest), self.both)

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return self.register.connection.execute(sql, values).fetchall()


def one(console: Console, listing: UUID) -> dict[str, Any]:
    row = console.connection.execute("SELECT * FROM register.listing WHERE id = %s", (listing,)).fetchone()
    assert row
    return row


def events(console: Console, listing: UUID) -> list[dict[str, Any]]:
    return console.connection.execute(
        "SELECT * FROM register.listing_event WHERE listing_id = %s ORDER BY id", (listing,)
    ).fetchall()


def stale(console: Console, seat: Seat) -> None:
    """The second factor was shown a while ago."""
    console.connection.execute(
        "UPDATE desk.session SET proved_at = now() - interval '20 minutes' WHERE officer_id = %s", (seat.officer,)
    )
