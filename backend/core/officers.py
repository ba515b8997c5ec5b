"""Who acts for a court, as services and commands of every feature need it; officers are made in backend/courts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from backend.core.db import Connection
from backend.core.errors import Forbidden, NotFound

# Who works with what belongs to a court; an auditor reads the trail and the court's numbers only.
WORKING = ("clerk", "approver", "reward_officer", "keeper")


class NotYourCourt(Forbidden):
    """The listing is another court's"""


class RoleMissing(Forbidden):
    """Your role does not allow this"""


@dataclass(frozen=True)
class Officer:
    """Who acts, for which court and in which roles."""

    id: UUID
    court_id: UUID
    roles: tuple[str, ...]

    def must_be(self, role: str, court: UUID) -> None:
        """See that the officer may act in a role at a court.

        Raises:
            NotYourCourt, RoleMissing: the officer is another court's, or has not the role.
        """
        if self.court_id != court:
            raise NotYourCourt
        if role not in self.roles:
            raise RoleMissing(f"This needs the role {role}.")


@dataclass(frozen=True)
class Signatures:
    """Who does something, and who signs it second where that is needed."""

    officer: Officer
    approver: Officer | None = None


def find_officer(connection: Connection, login: str) -> Officer:
    """An active officer by login.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(
        "SELECT id, court_id, roles FROM register.officer WHERE login = %s AND active", (login,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no active officer {login}.")
    return Officer(row["id"], row["court_id"], tuple(row["roles"]))
