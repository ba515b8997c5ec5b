"""What happened to a listing, as its page tells it and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from backend.core.desk import t
from backend.core.desk_tables import Heading, Sheet
from backend.listings import console_words as words

_COLUMNS = (
    Heading("recorded_at", "记录时间", "Recorded"),
    Heading("effective_on", "生效日", "Effective"),
    Heading("what", "事项", "What"),
    Heading("why", "事由和依据", "Why and by which article"),
    Heading("who", "经办人、批准人", "Officer, approver"),
    Heading("detail", "说明", "Detail"),
)
# What a decision states beside its own day.
_DATES = ("term_ends_on", "grace_until")


def history_of(listing: Mapping[str, Any], events: Iterable[Mapping[str, Any]]) -> Sheet:
    """The latest first; `action` and `id` of an event stand beside what is shown, for its paper."""
    rows = [_row(event) for event in events]
    if listing["file_at"]:
        rows.append(_file(listing))
    return Sheet(_COLUMNS, rows)


def _row(event: Mapping[str, Any]) -> dict[str, Any]:
    # Once where it stays what it was, or begins.
    states = dict.fromkeys(words.word(words.STATES, event[side]) for side in ("from_state", "to_state") if event[side])
    cause = t(event["zh"], event["en"]) if event["zh"] else event["cause"]
    return {
        "id": event["id"],
        "action": event["action"],
        "recorded_at": event["recorded_at"],
        "effective_on": event["effective_on"],
        "what": f"{words.word(words.ACTIONS, event['action'])}: {' → '.join(states)}",
        "why": " · ".join(filter(None, (cause, event["article"]))),
        "who": _who(event),
        "detail": _detail(event["detail"]),
    }


def _file(listing: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": None,
        "action": None,
        "recorded_at": listing["file_at"],
        "effective_on": listing["published_on"],
        "what": t("最近写入它的文件", "Last written by the file"),
        "why": "",
        "who": listing["file_name"],
        "detail": "",
    }


def _who(event: Mapping[str, Any]) -> str:
    if event["elsewhere"]:
        return t("另一法院", "another court")
    if event["officer"]:
        return "、".join(filter(None, (event["officer"], event["approver"])))
    return f"{t('文件', 'file')} {event['file_name'] or ''}".strip()


def _detail(detail: Mapping[str, Any]) -> str:
    said = words.word(words.FIELDS, detail.get("field"))
    if said and ("before" in detail or "after" in detail):
        before, after = (words.value(detail["field"], detail.get(side)) or "—" for side in ("before", "after"))
        said += f": {before} → {after}"
    dates = (f"{words.word(words.FIELDS, name)} {detail[name]}" for name in _DATES if name in detail)
    return " ".join(filter(None, (said, *dates, detail.get("note"))))
