from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from backend.clocks.service import store_clocks
from backend.core.officers import Officer, Signatures
from backend.notices import service
from backend.notices.domain import Reward
from backend.notices.service import Draft
from tests.integration.register import TODAY, Register

UNTIL = TODAY + timedelta(days=90)
FIVE_PERCENT = Reward("percent_recovered", percent=Decimal(5), cap=Decimal(200_000))


@dataclass
class Court:
    """A court's notices with its officers, and another court's listing and officer that must never matter."""

    register: Register
    clerk: Officer
    approver: Officer
    payer: Officer
    stranger: Officer

    @property
    def both(self) -> Signatures:
        return Signatures(self.clerk, self.approver)

    def listing(self, kind: str = "person", **fields: Any) -> UUID:
        return self.register.listing(self.register.entity(kind=kind), term_ends_on=None, **fields)

    def draft(self, listing: UUID, **fields: Any) -> UUID:
        values = {"kind": "property", "reward": FIVE_PERCENT, "requested_on": TODAY, "ends_on": UNTIL, **fields}
        return service.draft(self.register.connection, listing, Draft(**values), self.clerk)[0]

    def approved(self, listing: UUID, **fields: Any) -> UUID:
        notice = self.draft(listing, **fields)
        service.approve(self.register.connection, notice, self.approver)
        return notice

    def published(self, listing: UUID, **fields: Any) -> UUID:
        notice = self.approved(listing, **fields)
        service.publish(self.register.connection, notice, self.clerk)
        return notice

    def row(self, notice: UUID) -> dict[str, Any]:
        (row,) = self.rows("SELECT * FROM register.notice WHERE id = %s", notice)
        return row

    def actions(self, notice: UUID) -> list[tuple[str, str]]:
        rows = self.rows("SELECT action, cause FROM register.notice_event WHERE notice_id = %s ORDER BY id", notice)
        return [(row["action"], row["cause"]) for row in rows]

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return self.register.connection.execute(sql, values).fetchall()

    def on(self, day: date) -> None:
        self.register.set_today(day)

    def is_consistent(self) -> bool:
        return self.rows("SELECT place FROM serving.differences() WHERE number <> 0") == []


@pytest.fixture
def court(register: Register) -> Court:
    store_clocks(register.connection)
    home, other = register.courts[:2]

    def officer(court: UUID, login: str, *roles: str) -> Officer:
        return Officer(register.officer(court, login, *roles), court, roles)

    return Court(
        register,
        officer(home, "lin.clerk", "clerk"),
        officer(home, "zhou.approver", "approver"),
        officer(home, "wu.payer", "reward_officer"),
        officer(other, "sun.stranger", "clerk", "approver"),
    )
