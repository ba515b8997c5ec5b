"""How a list is put before the second officer: the numbers, the guard, and what happens in which case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.core.approvals import Difference, Request, Step, ask
from backend.core.db import Connection
from backend.core.errors import Conflict
from backend.core.officers import Officer
from backend.listings import console_words as words
from backend.listings import desk_queries
from backend.listings.lists import statements
from backend.listings.lists_applying import approve
from backend.listings.lists_taking_back import approve_undo

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
    said = _Words.read(connection)
    told += [_difference(one, said) for one in changes[:_SHOWN]]
    if len(changes) > _SHOWN:
        rest = len(changes) - _SHOWN
        told.append(Difference(f"其余 {rest} 条 {rest} more", None, "见名单核对页 on the list's own page"))
    wanted = Request(
        kind="list.apply", subject=found["id"], title=f"名单 List · {found['name']}", reason=reason,
        request={"list": str(found["id"]), "digest": found["digest"].hex()}, differences=told, count=len(changes),
    )  # fmt: skip
    return ask(connection, officer, wanted)


@dataclass(frozen=True)
class _Words:
    """What causes and grounds are called, in both languages."""

    causes: Mapping[str, str]
    grounds: Sequence[Mapping[str, Any]]

    @classmethod
    def read(cls, connection: Connection) -> _Words:
        causes = [one for act in ("delete", "withdraw") for one in desk_queries.list_causes(connection, act)]
        named = {one["code"]: " ".join(filter(None, (one["zh"], one["en"], one["article"]))) for one in causes}
        return cls(named, desk_queries.list_grounds(connection))

    def value(self, field: str, value: Any) -> str:
        """As the public reads it, never as a code."""
        if value is None:
            return "—"
        if field == "grounds":
            held = words.grounds_of(int(value), self.grounds)
            return "、".join(f"{one['short_zh']} {one['short_en']}" for one in held)
        return words.value_in_both(field, value)

    def fields(self, differences: Mapping[str, Any], side: int) -> str:
        """All that differs, before (0) or after (1)."""
        pairs = sorted(differences.items())
        return "; ".join(f"{words.both(words.FIELDS, field)}: {self.value(field, two[side])}" for field, two in pairs)


def _difference(change: Mapping[str, Any], said: _Words) -> Difference:
    """One case; people are told by it, not by name, since a request is kept longer than a listing."""
    what = f"{words.both(words.CHANGES, change['action'])} · {change['case_number']}"
    before, after = words.SHOWN[change["action"]]
    if change["differences"]:
        before, after = (said.fields(change["differences"], side) for side in (0, 1))
    if change["cause"]:
        after = f"{after} ({said.causes.get(change['cause'], change['cause'])})"
    return Difference(what, before, after)


def ask_for_undo(
    connection: Connection, officer: Officer, found: Mapping[str, Any], said: tuple[Sequence[str], str]
) -> UUID:
    """Put the undoing of a list before the approvers; `said`: which cases would be shown again, and why.

    Raises:
        AlreadyAsked: it waits already.
    """
    again, reason = said
    told = [Difference("名单 List", "已生效 applied", "撤回 taken back")]
    told += [Difference(f"再次公示 shown again · {case}", words.HIDDEN, words.PUBLIC) for case in again]
    wanted = Request(
        kind="list.undo", subject=found["id"], title=f"撤回名单 Take a list back · {found['name']}", reason=reason,
        count=len(again), request={"list": str(found["id"])}, differences=told,
    )  # fmt: skip
    return ask(connection, officer, wanted)


# A list may take hundreds off at once, and withdraw some.
STEPS = (
    Step("list.apply", "approver", approve, fresh=True),
    Step("list.undo", "approver", approve_undo, fresh=True),
)
