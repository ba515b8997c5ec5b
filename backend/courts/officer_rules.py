"""Which roles one officer may hold, and who lets whom in, so that nobody comes by both signatures of a step.

A keeper makes accounts and hands out the passwords with which others enter first. So a keeper never signs second, not
later either, and never had in hand what a second signer enters with (docs/adr/0027). Knows neither web nor database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from backend.core.errors import Conflict, Invalid

Role = Literal["clerk", "approver", "reward_officer", "keeper", "auditor"]
ROLES: tuple[str, ...] = get_args(Role)
# Whoever holds one of these can give others their hands, or sign for a second time.
GUARDED = frozenset({"keeper", "approver"})


class UnknownRoles(Invalid):
    """An officer has at least one of the five roles"""


class KeeperNeverSigns(Invalid):
    """Whoever is or was a keeper cannot be an approver: one person would give both signatures"""


class OperatorLetsIn(Conflict):
    """Only the operator, on the server, gives an approver or keeper a password"""


def check_roles(roles: Sequence[str], *, kept: bool = False) -> list[str]:
    """The roles in order, each once.

    Args:
        kept: the officer is or was a keeper.

    Raises:
        UnknownRoles, KeeperNeverSigns: nobody may hold these, or this officer may not.
    """
    if not roles or not set(roles) <= set(ROLES):
        raise UnknownRoles
    if "approver" in roles and (kept or "keeper" in roles):
        raise KeeperNeverSigns
    return sorted(set(roles))


def needs_two(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a change of roles needs a second officer: a guarded one comes or goes."""
    return bool(GUARDED & (set(before) ^ set(after)))


def check_handing_out(roles: Sequence[str]) -> None:
    """See that a keeper may hand out the password of an officer with these roles.

    Raises:
        OperatorLetsIn: it may open a hand that signs second, or makes accounts.
    """
    if GUARDED & set(roles):
        raise OperatorLetsIn
