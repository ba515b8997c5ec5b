"""Which listings an officer finds to be meant by an objection that names no case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from backend.core.db import Connection
from backend.core.errors import FieldError, Invalid
from backend.core.names import fold_case_number
from backend.objections.service import queries

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def find_meant(connection: Connection, named: Sequence[str]) -> tuple[UUID, ...]:
    """The listings that an officer names by case number, or by the address of their page at the console.

    Raises:
        Invalid: the court has no such case, or several are listed in it.
    """
    return tuple(_meant(connection, one) for one in named)


def _meant(connection: Connection, named: str) -> UUID:
    if address := _ID.search(named):
        return UUID(address[0])
    found = [row["id"] for row in queries.list_of_case(connection, case_key=fold_case_number(named))]
    if len(found) != 1:
        why = f"{len(found)} listings have the case number {named}; give the address of the one that is meant."
        raise Invalid(errors=(FieldError("/body/listings", why),))
    return UUID(str(found[0]))
