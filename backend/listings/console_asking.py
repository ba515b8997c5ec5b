"""What needs two officers about a listing: how it is put before the second one, and done once they sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from backend.core.approvals import Difference, Request, Step, ask
from backend.core.db import Connection
from backend.core.errors import NotFound
from backend.core.officers import Officer, Signatures
from backend.listings import console_words as words
from backend.listings import desk_queries as queries
from backend.listings.findings import clear_finding
from backend.listings.holders import take
from backend.listings.life import Move, check_move, move

_CLEARED: dict[str, Literal["death", "minor"]] = {"not_dead": "death", "of_age": "minor"}


def ask_move(connection: Connection, officer: Officer, row: Mapping[str, Any], what: Move) -> UUID:
    """Put a step before an approver, with what the public sees before and after it.

    Raises:
        AlreadyAsked: such a step waits for this listing.
        Conflict, Invalid: as `life.move`: nobody is asked to sign what cannot be done.
    """
    target = check_move(connection, row, what).target
    take(connection, row["id"], officer.id)
    request = {
        "listing": str(row["id"]), "action": what.action, "cause": what.cause, "note": what.note,
        "on": what.on.isoformat() if what.on else None,
        "dates": {name: day.isoformat() for name, day in what.dates.items()},
    }  # fmt: skip
    wanted = Request(
        kind="listing.move", subject=row["id"], request=request, reason=what.note,
        title=f"{words.both(words.ACTIONS, what.action)} · {row['case_number']}",
        differences=_differences(connection, row, what, target), due_on=queries.nearest_due(connection, row["id"]),
    )  # fmt: skip
    return ask(connection, officer, wanted)


def _differences(connection: Connection, row: Mapping[str, Any], what: Move, target: str) -> list[Difference]:
    causes = {cause["code"]: cause for cause in queries.list_causes(connection, what.action)}
    cause = causes[what.cause]
    shown = (words.PUBLIC, words.HIDDEN)
    told = [
        Difference("公示对象 Listed", row["name"], row["name"]),
        Difference("案号 Case", row["case_number"], row["case_number"]),
        Difference("状态 State", words.both(words.STATES, row["state"]), words.both(words.STATES, target)),
        Difference("公众 Public", shown[row["state"] != "published"], shown[target != "published"]),
        Difference("事由和依据 Cause and article", None, f"{cause['zh']} {cause['en']} {cause['article']}".strip()),
    ]
    return told + [
        Difference(words.both(words.FIELDS, name), _day(row[name]), day.isoformat())
        for name, day in what.dates.items()
        if name in words.FIELDS
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def ask_clearing(connection: Connection, officer: Officer, row: Mapping[str, Any], said: tuple[str, str]) -> UUID:
    """Put before an approver that a finding about a person was wrong; `said` is which, and why.

    Raises:
        NotFound: nobody noted it.
        AlreadyAsked: it waits already.
    """
    finding, reason = said
    if not row["is_deceased" if finding == "not_dead" else "is_minor"]:
        raise NotFound
    noted = "已死亡 deceased" if finding == "not_dead" else "未成年 under 18"
    wanted = Request(
        kind="listing.clear_finding", subject=row["entity_id"], title=f"撤回认定:{noted} {row['case_number']}",
        request={"entity": str(row["entity_id"]), "finding": _CLEARED[finding]}, reason=reason,
        differences=[Difference(row["name"], noted, "撤回;不自动恢复公示 taken back; shows nothing")],
    )  # fmt: skip
    return ask(connection, officer, wanted)


def _move(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    dates = {name: date.fromisoformat(day) for name, day in request["dates"].items()}
    on = date.fromisoformat(request["on"]) if request["on"] else None
    what = Move(request["action"], request["cause"], on, dates, request["note"])
    move(connection, UUID(request["listing"]), what, signed)


def _clear(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    clear_finding(connection, UUID(request["entity"]), request["finding"], signed)


STEPS = (Step("listing.move", "approver", _move), Step("listing.clear_finding", "approver", _clear))
