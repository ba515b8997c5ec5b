"""The court that is full of payloads has one in every free text that the console may write."""

from __future__ import annotations

from tests.e2e.hostile_court import HostileCourt

# Texts that hold no payload, and why.
_CODE, _CHECKED = "a code of a fixed table", "a number, login or fact whose form is checked"
_FOLDED = "a name in small letters, as it is looked for"
NOT_WRITTEN = {
    "register.approval.kind": _CODE,
    "register.court_list_change.cause": _CODE,
    "register.entity.age_band": _CODE,
    "register.import_file.counts": _CODE,
    "register.listing.corrected_field": _CODE,
    "register.listing.ended_cause": _CODE,
    "register.listing_event.action": _CODE,
    "register.listing_event.article": _CODE,
    "register.listing_event.cause": _CODE,
    "register.listing_event.from_state": _CODE,
    "register.listing_event.to_state": _CODE,
    "register.notice.closed_cause": _CODE,
    "register.notice_event.action": _CODE,
    "register.notice_event.cause": _CODE,
    "register.notice_event.from_state": _CODE,
    "register.notice_event.to_state": _CODE,
    "register.task.cause": _CODE,
    "register.entity.uscc": _CHECKED,
    "register.listing.case_key": _CHECKED,
    "register.listing.case_number": _CHECKED,
    "register.officer.login": _CHECKED,
    "register.removal_notice.code": _CHECKED,
    "register.removal_notice.signed_text": _CHECKED,
    "register.entity.name_folded": _FOLDED,
    "register.name.keys": _FOLDED,
    "register.name.name_folded": _FOLDED,
    "register.import_file.approved_by": _CHECKED,
    "register.key_request.sealed": "secrets, sealed",
    "desk.credential.password_hash": "a hash",
    "sealed.part.part": "which part of a filing it is",
}


def test_every_free_text_of_the_database_holds_one(busy_court: HostileCourt) -> None:
    """From the catalogue, so that no new field is forgotten: what is no code, no reference and no digest is a text."""
    texts = busy_court.world.rows(FREE_TEXTS)
    assert len(texts) > 20
    found = set()
    for one in texts:
        where, column = one["where"], one["column"]
        [row] = busy_court.world.rows(
            f"SELECT EXISTS (SELECT FROM {where} WHERE {column}::text LIKE '%%RUN%%') AS holds"
        )
        if not row["holds"]:
            found.add(f"{where}.{column}")
    differing = sorted(found ^ NOT_WRITTEN.keys())
    assert not differing, "\n".join(differing)


# Texts, lists of texts and JSON that the console may write, no constraint binds to codes, and that refer to nothing.
FREE_TEXTS = """
SELECT attribute.attrelid::regclass::text AS where, attribute.attname AS column
FROM pg_attribute AS attribute
INNER JOIN pg_class ON pg_class.oid = attribute.attrelid AND pg_class.relkind IN ('r', 'p')
WHERE
    pg_class.relnamespace IN ('register'::regnamespace, 'sealed'::regnamespace, 'desk'::regnamespace)
    AND attribute.attnum > 0 AND NOT attribute.attisdropped
    AND (
        has_column_privilege('court', attribute.attrelid, attribute.attnum, 'INSERT, UPDATE')
        OR has_column_privilege('doorkeeper', attribute.attrelid, attribute.attnum, 'INSERT, UPDATE')
    )
    AND attribute.atttypid IN ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype, 'varchar'::regtype)
    AND NOT EXISTS (
        SELECT FROM pg_constraint
        WHERE
            pg_constraint.conrelid = attribute.attrelid AND attribute.attnum = ANY (pg_constraint.conkey)
            AND (
                pg_constraint.contype = 'f'
                OR (cardinality(pg_constraint.conkey) = 1 AND pg_get_constraintdef(pg_constraint.oid) LIKE '%%ARRAY[%%')
            )
    )
ORDER BY 1, 2
"""
