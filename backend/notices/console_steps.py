"""What a second officer signs of a notice, word for word as the public will read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from backend.core.approvals import Difference, Request, Step
from backend.core.db import Connection
from backend.core.errors import Forbidden
from backend.core.officers import Officer, Signatures
from backend.notices import service, wording
from backend.notices.domain import Reward


def request_of_approval(notice: Mapping[str, Any], reason: str) -> Request:
    """A draft before its second signature."""
    return Request(
        kind="notice.approve", subject=notice["id"],
        title=f"批准悬赏公告 Approve a reward notice · {notice['case_number']}",
        reason=reason, request={"notice": str(notice["id"])}, due_on=notice["answer_due_on"],
        differences=[Difference(what, None, text) for what, text in public_lines(notice)],
    )  # fmt: skip


def request_of_extension(notice: Mapping[str, Any], ends_on: date, reason: str) -> Request:
    return Request(
        kind="notice.extend", subject=notice["id"],
        title=f"延长悬赏公告 Extend a reward notice · {notice['case_number']}",
        reason=reason, request={"notice": str(notice["id"]), "ends_on": ends_on.isoformat()},
        differences=[Difference("止 Last day", notice["ends_on"].isoformat(), ends_on.isoformat())],
    )  # fmt: skip


def public_lines(notice: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each line of the public page, in both languages; a person is named on none of them."""
    words = wording.explained(notice)
    reward = Reward(notice["basis"], notice["amount"], notice["percent"], notice["cap"])
    lines = [
        ("种类 Kind", _both(wording.NAMES[notice["kind"]])),
        ("案号 Case", notice["case_number"]),
        ("奖金 Reward", _both(wording.promise(reward))),
        ("期限 Until", notice["ends_on"].isoformat()),
        ("征集什么 Wanted", _both(words["wanted"])),
        ("举例 Example", _both(words["example"])),
        ("谁付 Who pays", _both(words["who_pays"])),
        ("什么时候不付 When it is not paid", " ".join(_both(text) for text in words["not_paid"])),
        ("谁不能领 Who cannot get it", " ".join(_both(text) for text in words["not_eligible"])),
        ("怎么领 How to claim", _both(words["how_to_claim"])),
        ("法院补充 The court adds", words["court_adds"]),
        ("提醒 Mind", _both(words["misuse"]) if words["misuse"] else None),
    ]
    return [(what, text) for what, text in lines if text]


def _both(text: wording.Text) -> str:
    return f"{text['zh']} / {text['en']}"


def _approve(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    service.approve(connection, UUID(request["notice"]), _second(signed))


def _extend(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    service.extend(connection, UUID(request["notice"]), date.fromisoformat(request["ends_on"]), signed)


def _second(signed: Signatures) -> Officer:
    if signed.approver is None:
        raise Forbidden
    return signed.approver


STEPS = (Step("notice.approve", "approver", _approve), Step("notice.extend", "approver", _extend))
