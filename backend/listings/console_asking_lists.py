"""How a list is put before the second officer: the numbers, the guard, and what happens in which case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.core.approvals import Difference, Request, Step, ask
from backend.core.db import Connection
from backend.core.errors import Conflict
from backend.core.officers import Officer
from backend.listings import console_words as words
from backend.listings.lists import statements
from backend.listings.lists_applying import approve, approve_undo

# An approver reads so many cases on the approval's own page, and all of them on the list's.
_SHOWN = 200


class NothingToDo(Conflict):
    """This list changes nothing"""


def ask_for_list(connection: Connection, officer: Officer, found: Mapping[str, Any], reason: str) -> UUID:
    """Put a list before the approvers.

    Raises:
        NothingToDo: it would change nothing.
        AlreadyAsked: it waits already.
    """
    changes = list(statements.list_all_changes(connection, list=found["id"]))
    if not changes:
        raise NothingToDo
    counts = found["counts"]
    told = [Difference(f"{zh} {en}", None, str(counts.get(kind, 0))) for kind, (zh, en) in words.CHANGES.items()]
    if counts.get("guarded"):
        told.insert(0, Difference("全量名单变化过大 Large change of a full list", None, words.GUARD[0]))
    told += [_difference(one) for one in changes[:_SHOWN]]
    if len(changes) > _SHOWN:
        rest = len(changes) - _SHOWN
        told.append(Difference(f"其余 {rest} 条 {rest} more", None, "见名单核对页 on the list's own page"))
    wanted = Request(
        kind="list.apply", subject=found["id"], title=f"名单 {found['name']}", reason=reason,
        request={"list": str(found["id"]), "digest": found["digest"].hex()}, differences=told, count=len(changes),
    )  # fmt: skip
    return ask(connection, officer, wanted)


def _difference(change: Mapping[str, Any]) -> Difference:
    """One case; people are told by it, not by name, since a request is kept longer than a listing."""
    what = f"{words.CHANGES[change['action']][0]} {change['case_number']}"
    before, after = words.SHOWN[change["action"]]
    if change["differences"]:
        pairs = sorted(change["differences"].items())
        before = "; ".join(f"{words.word(words.FIELDS, field)}: {now or '—'}" for field, (now, _) in pairs)
        after = "; ".join(f"{words.word(words.FIELDS, field)}: {then or '—'}" for field, (_, then) in pairs)
    if change["cause"]:
        after = f"{after} ({change['cause']})"
    return Difference(what, before, after)


def ask_for_undo(connection: Connection, officer: Officer, found: Mapping[str, Any], said: tuple[int, str]) -> UUID:
    """Put the undoing of a list before the approvers; `said`: how many would be shown again, and why.

    Raises:
        AlreadyAsked: it waits already.
    """
    again, reason = said
    wanted = Request(
        kind="list.undo", subject=found["id"], title=f"撤回名单 {found['name']}", reason=reason, count=again,
        request={"list": str(found["id"])},
        differences=[
            Difference("名单 List", "已生效 applied", "撤回 taken back"),
            Difference("重新公示 Shown again", "0", str(again)),
        ],
    )  # fmt: skip
    return ask(connection, officer, wanted)


# A list may take hundreds off at once, and withdraw some.
STEPS = (
    Step("list.apply", "approver", approve, fresh=True),
    Step("list.undo", "approver", approve_undo, fresh=True),
)
