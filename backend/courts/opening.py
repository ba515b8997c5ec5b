"""What a court says of itself before the public may write to it: contacts, and what two officers vouch for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql

from backend.core.approvals import Difference, Request, Step, ask
from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Conflict, NotFound
from backend.core.officers import Officer, Signatures

_statements: Any = aiosql.from_path(Path(__file__).with_name("officer_queries.sql"), "psycopg")
# What no program can see: whether paper lies in a safe, and whether somebody has read a text.
VOUCHED = {
    "recovery_sealed": "恢复密钥已封存 recovery sheets sealed",
    "announcement_reviewed": "公告已审 announcement reviewed",
}


class NothingChanged(Conflict):
    """This is what it says already"""


def find_contact(connection: Connection, court: UUID) -> dict[str, Any]:
    """Name, code, phone and address of a court."""
    found: dict[str, Any] = _statements.find_contact(connection, court=court)
    return found


def find_readiness(connection: Connection) -> dict[str, Any]:
    """The lines of the acting court's go-live list, and what it accepts by them."""
    found: dict[str, Any] = _statements.find_readiness(connection)
    return found


def request_contact(connection: Connection, by: Officer, phone: str, address: str, reason: str) -> UUID:
    """Ask for another phone and address, which everybody reads.

    Raises:
        NothingChanged: they are what is known already.
        AlreadyAsked: a change of them waits.
    """
    before = find_contact(connection, by.court_id)
    if (before["phone"], before["address"]) == (phone, address):
        raise NothingChanged
    differences = [
        Difference("电话 Phone", before["phone"], phone), Difference("地址 Address", before["address"], address)
    ]  # fmt: skip
    request = {"phone": phone, "address": address}
    title = "更改法院信息 Court contacts"
    return ask(connection, by, Request("court.contact", by.court_id, title, reason, request, differences))


def request_statement(connection: Connection, by: Officer, line: str, reason: str) -> UUID:
    """Ask for a second officer to vouch for a line of the go-live list.

    Raises:
        NotFound: nobody vouches for such a line.
        NothingChanged: two officers have vouched for it.
        AlreadyAsked: it waits for the second.
    """
    if line not in VOUCHED:
        raise NotFound
    if find_readiness(connection)[line]:
        raise NothingChanged
    differences = [Difference(VOUCHED[line], "未确认 no", "已确认 yes")]
    wanted = Request(f"court.{line}", by.court_id, f"确认:{VOUCHED[line]}", reason, {"line": line}, differences)
    return ask(connection, by, wanted)


def _state_contact(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    _statements.state_contact(connection, phone=request["phone"], address=request["address"])
    _record(connection, "court.contact", signed, request)


def _vouch(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    _statements.insert_statement(
        connection, court=signed.officer.court_id, line=request["line"], stated_by=signed.officer.id,
        approved_by=signed.approver.id if signed.approver else None,
    )  # fmt: skip
    _record(connection, "court.vouch", signed, request)


def _record(connection: Connection, action: str, signed: Signatures, request: Mapping[str, Any]) -> None:
    who = {"officer": signed.officer.id, "approver": signed.approver.id if signed.approver else None}
    append(connection, [Record(action, {**who, **request}, signed.officer.court_id)])


STEPS = (
    Step("court.contact", "approver", _state_contact),
    *(Step(f"court.{line}", "approver", _vouch) for line in VOUCHED),
)
