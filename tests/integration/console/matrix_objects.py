"""What `matrix_things.py` and its fellows make for the matrix: who calls, and what an address may name."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

ROLES = ("clerk", "approver", "reward_officer", "keeper", "auditor")


@dataclass(frozen=True)
class Caller:
    """Who calls: an officer of the first court in one role."""

    id: uuid.UUID
    role: str


@dataclass(frozen=True)
class Objects:
    """One object of each sort as it stands in an address; None where there is no such sort."""

    own: str | None
    other: str | None
    ended: str | None
    unknown: str | None

    def __iter__(self) -> Any:
        return iter(vars(self).items())
