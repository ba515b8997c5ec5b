-- name: create_going(most)!
-- The listings of one batch, those that ended longest ago first, held until the transaction ends.
CREATE TEMPORARY TABLE going ON COMMIT DROP AS
SELECT id, court_id, entity_id, listing_key, source, published_on, state, cause, ended_on
FROM register.past_life
ORDER BY ended_on, id
LIMIT :most;

-- name: drop_going()#
DROP TABLE going;

-- name: lock_going()
SELECT listing.id
FROM register.listing
INNER JOIN going ON going.id = listing.id
ORDER BY listing.id
FOR UPDATE OF listing;

-- name: insert_tombstones()!
INSERT INTO register.tombstone (
    listing_id, court_id, source, state, cause, published_on, ended_on, reduced_on, listing_key, barred_until, taken_down
)
SELECT
    going.id, going.court_id, going.source, going.state, going.cause, going.published_on, going.ended_on,
    serving.today(), going.listing_key,
    register.barred_until(going.id),
    going.state IN ('withdrawn', 'deleted') AND EXISTS (
        SELECT FROM register.listing_event
        WHERE listing_event.listing_id = going.id AND listing_event.officer_id IS NOT NULL
    )
FROM going;

-- name: forget_older_keys()!
-- A key that an older tombstone holds: the same row had come back and has now left again.
UPDATE register.tombstone
SET listing_key = NULL
FROM going
WHERE tombstone.listing_key = going.listing_key;

-- name: unlink_tasks()!
-- What a court did and when is counted for ever; about whom is not.
UPDATE register.task
SET listing_id = NULL
FROM going
WHERE task.listing_id = going.id AND task.done_on IS NOT NULL AND task.kind IN ('decide_objection', 'act_on_objection', 'decide_review');

-- name: delete_going()!
DELETE FROM register.listing
USING going
WHERE listing.id = going.id;

-- name: remember_never_shown()!
INSERT INTO register.never_shown (identity_key, minor_noted_on, deceased_on)
SELECT entity.identity_key, entity.minor_noted_on, entity.deceased_on
FROM register.entity
WHERE
    entity.id IN (SELECT going.entity_id FROM going)
    AND (entity.minor_noted_on IS NOT NULL OR entity.deceased_on IS NOT NULL)
    AND NOT EXISTS (SELECT FROM register.listing WHERE listing.entity_id = entity.id)
ON CONFLICT (identity_key) DO UPDATE
    SET
        minor_noted_on = excluded.minor_noted_on,
        deceased_on = excluded.deceased_on;

-- name: delete_entities_without_listing()!
DELETE FROM register.entity
WHERE
    entity.id IN (SELECT going.entity_id FROM going)
    AND NOT EXISTS (SELECT FROM register.listing WHERE listing.entity_id = entity.id);

-- name: count_going_by_court()
SELECT court_id, count(*) AS listings
FROM going
GROUP BY court_id
ORDER BY court_id;

-- name: delete_withheld_texts()!
DELETE FROM register.withheld_text
USING register.past_withheld_text AS past
WHERE withheld_text.listing_id = past.listing_id AND withheld_text.field = past.field;

-- name: list_past_bodies(most)
-- Entries that say something of a listing or an entity, and whose time is over; what was erased is gone from here.
SELECT body.sequence, entry.action, entry.recorded_at
FROM audit.body
INNER JOIN audit.entry ON entry.sequence = body.sequence
WHERE
    (starts_with(entry.action, 'listing.') OR starts_with(entry.action, 'entity.'))
    AND entry.recorded_at
    < (CAST(serving.today() - register.kept_days('audit_body') AS timestamp) AT TIME ZONE 'Asia/Shanghai')
ORDER BY body.sequence
LIMIT :most;

-- name: erase_body(sequence)
SELECT audit.erase(:sequence, 'retention');

-- name: forget_keys()!
UPDATE register.tombstone
SET listing_key = NULL
WHERE
    listing_key IS NOT NULL
    AND reduced_on <= serving.today() - register.kept_days('tombstone_key')
    AND coalesce(barred_until < serving.today(), true);

-- name: list_past_life()
SELECT past_life.id, court.name AS court, past_life.state, past_life.cause, past_life.ended_on
FROM register.past_life
INNER JOIN register.court ON court.id = past_life.court_id
ORDER BY past_life.ended_on, past_life.id;

-- name: list_past_withheld_texts()
SELECT listing_id, field
FROM register.past_withheld_text
ORDER BY listing_id, field;

-- name: list_keys_to_forget()
SELECT listing_id, reduced_on
FROM register.tombstone
WHERE
    listing_key IS NOT NULL
    AND reduced_on <= serving.today() - register.kept_days('tombstone_key')
    AND coalesce(barred_until < serving.today(), true)
ORDER BY listing_id;

-- name: delete_removal_notices()!
DELETE FROM register.removal_notice
WHERE issued_on <= serving.today() - register.kept_days('removal_notice');

-- name: list_past_removal_notices()
SELECT listing_id, issued_on
FROM register.removal_notice
WHERE issued_on <= serving.today() - register.kept_days('removal_notice')
ORDER BY listing_id;
