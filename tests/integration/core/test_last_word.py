"""What the database refuses by itself, whoever writes it: each rule is evaluated on a row that breaks it alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from backend.core.db import Connection

_LIN, _ZHOU, _DAY = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002", "2026-03-01"


def _by(first: str, second: str, **more: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Signed twice by one officer, and by two."""
    return {first: _LIN, second: _LIN, **more}, {first: _LIN, second: _ZHOU, **more}


_RULES = [
    ("register.approval", "approval_two_officers", *_by("asked_by", "decided_by", state="approved")),
    ("register.court_list", "court_list_two_officers", *_by("asked_by", "approved_by")),
    ("register.court_list", "court_list_two_officers", *_by("undo_asked_by", "undo_approved_by")),
    ("register.notice_event", "notice_event_two_people", *_by("officer_id", "approver_id")),
    ("register.readiness_statement", "readiness_statement_two_officers", *_by("stated_by", "approved_by")),
    ("register.listing_event", "listing_event_has_actor", {}, {"officer_id": _LIN}),
    (
        "register.reward", "reward_exported_once_approved", {"exported_on": _DAY},
        {"exported_on": _DAY, "approved_on": _DAY},
    ),
    # an age is kept as a band, a person at no point, and nothing of a claim that was destroyed
    ("register.entity", "entity_age_band_form", {"age_band": "41"}, {"age_band": "40-49"}),
    ("serving.entity_row", "entity_row_person_without_point", {"kind": "person", "tile_key": 1}, {"kind": "person"}),
    ("sealed.claim", "claim_shredded_holds_nothing", {"state": "shredded", "data": "x"}, {"state": "shredded"}),
    ("register.objection_reminder", "objection_reminder_tells_no_length", {"openid": "o"}, {"openid": "o" * 169}),
    ("desk.credential", "credential_password_is_argon2id", {"password_hash": "a"}, {"password_hash": "$argon2id$v=19"}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "rule", "broken", "kept"), _RULES)
def test_the_database_has_the_last_word(
    connection: Connection, table: str, rule: str, broken: dict[str, Any], kept: dict[str, Any]
) -> None:
    said = connection.execute(
        "SELECT replace(pg_get_expr(conbin, conrelid), '%%', '%%%%') AS rule"
        " FROM pg_constraint WHERE conname = %s AND convalidated",
        (rule,),
    ).fetchone()
    assert said
    for row, refused in ((broken, True), (kept, False)):
        found = connection.execute(
            f"SELECT ({said['rule']}) IS FALSE AS refused FROM jsonb_populate_record(NULL::{table}, %s)",  # type: ignore[call-overload,arg-type,unused-ignore]
            (json.dumps(row),),
        ).fetchone()
        assert found == {"refused": refused}
