-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:file:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:import_file_id:'00000000-0000-0000-0000-000000000000'

-- name: create_moved()#
-- What a file does to listings that were there before it, until the events are written.
CREATE TEMPORARY TABLE moved (
    listing_id uuid NOT NULL,
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    cause text NOT NULL,
    effective_on date NOT NULL
) ON COMMIT DROP;

-- name: note_planned()!
-- What the plan has done, once it is applied.
INSERT INTO moved (listing_id, action, from_state, to_state, cause, effective_on)
SELECT
    planned.listing_id,
    CASE
        WHEN planned.action = 'changed' THEN 'correct'
        WHEN planned.action = 'republished' THEN 'relist'
        ELSE ended.action
    END,
    planned.from_state, listing.state,
    coalesce(staged.ended_cause, 'stated'), coalesce(staged.ended_on, serving.today())
FROM planned
INNER JOIN staged ON staged.ordinal = planned.ordinal
INNER JOIN register.listing ON listing.id = planned.listing_id
LEFT JOIN (VALUES ('deleted', 'delete'), ('withdrawn', 'withdraw'), ('expired', 'expire')) AS ended (state, action)
    ON ended.state = listing.state
WHERE planned.action IN ('changed', 'republished', 'removed');

-- name: note_absent()!
-- What a full list has dropped.
INSERT INTO moved (listing_id, action, from_state, to_state, cause, effective_on)
SELECT
    absent.listing_id, 'delete', 'published', 'deleted', coalesce(absent.cause, 'not_in_list'), serving.today()
FROM absent
WHERE NOT absent.stays;

-- name: withdraw_minors(listing_keys, identity_keys, published)!
-- Takes down the listings of whoever a row shows to be a minor: its own, and those of the same person that were
-- published no later.
WITH revealed AS (
    SELECT row.listing_key, row.identity_key, row.published_on
    FROM unnest(
        CAST(:listing_keys AS bytea []), CAST(:identity_keys AS bytea []), CAST(:published AS date [])
    ) AS row (listing_key, identity_key, published_on)
),

shown AS (
    SELECT listing.id, listing.state
    FROM register.listing
    WHERE
        listing.state IN ('decided', 'grace', 'published', 'suspended')
        AND (
            listing.listing_key IN (SELECT revealed.listing_key FROM revealed)
            OR listing.id IN (
                SELECT theirs.id
                FROM revealed
                INNER JOIN register.entity ON entity.identity_key = revealed.identity_key
                INNER JOIN register.listing AS theirs ON theirs.entity_id = entity.id
                WHERE theirs.published_on <= revealed.published_on
            )
        )
),

taken_down AS (
    UPDATE register.listing
    SET state = 'withdrawn', ended_on = serving.today(), ended_cause = 'minor', row_hash = NULL
    FROM shown
    WHERE listing.id = shown.id
    RETURNING listing.id, shown.state
)

INSERT INTO moved (listing_id, action, from_state, to_state, cause, effective_on)
SELECT taken_down.id, 'withdraw', taken_down.state, 'withdrawn', 'minor', serving.today()
FROM taken_down;

-- name: forget_rows_of_minors(listing_keys, identity_keys, published, import_file_id)$
-- Rows that would list them all the same count for nothing; how many, but for those of listings that an earlier chunk
-- of the file brought, which are counted as new.
WITH forgotten AS (
    DELETE FROM staged
    USING
        unnest(
            CAST(:listing_keys AS bytea []), CAST(:identity_keys AS bytea []), CAST(:published AS date [])
        ) AS revealed (listing_key, identity_key, published_on)
    WHERE
        staged.listing_key = revealed.listing_key
        OR (staged.identity_key = revealed.identity_key AND staged.published_on <= revealed.published_on)
    RETURNING staged.listing_key
)

SELECT count(*)
FROM forgotten
WHERE
    NOT EXISTS (
        SELECT FROM register.listing
        WHERE
            listing.listing_key = forgotten.listing_key
            AND listing.import_file_id = CAST(:import_file_id AS uuid)
    );

-- name: open_checks_of_minors(listing_keys)!
-- Whoever may be a minor by the year of birth alone was an adult by an earlier row: the court has to look.
INSERT INTO register.task (court_id, listing_id, kind, cause, begun_on)
SELECT listing.court_id, listing.id, 'check_minor', 'minor', serving.today()
FROM register.listing
WHERE listing.listing_key = ANY(CAST(:listing_keys AS bytea [])) AND listing.state IN ('published', 'suspended')
ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;

-- name: find_last_event()$
-- The last event before a file's own.
SELECT coalesce(max(id), 0) FROM register.listing_event;

-- name: insert_events(file)!
-- One event for each listing that was moved.
INSERT INTO register.listing_event (
    listing_id, action, from_state, to_state, cause, article, effective_on, import_file_id, detail
)
SELECT
    moved.listing_id, moved.action, moved.from_state, moved.to_state, moved.cause,
    coalesce(law.article, ''), moved.effective_on, :file,
    CASE
        WHEN moved.action = 'correct' AND listing.corrected_field IS NOT NULL
            THEN jsonb_build_object('field', listing.corrected_field)
        ELSE '{}'
    END
FROM moved
INNER JOIN register.listing ON listing.id = moved.listing_id
LEFT JOIN LATERAL (
    -- what a file tells of a day before the first such row of the law goes by that one
    SELECT cause.article
    FROM register.cause
    WHERE cause.action = moved.action AND cause.code = moved.cause
    ORDER BY
        cause.valid_from <= moved.effective_on AND coalesce(cause.valid_until >= moved.effective_on, true) DESC,
        cause.valid_from ASC
    LIMIT 1
) AS law ON true;

-- name: digest_events(file, since)^
-- Of all events of a file, by the last one before it: how many, and the digest of what they say, in order.
SELECT
    count(*) AS number,
    encode(
        sha256(
            coalesce(
                string_agg(register.event_digest(event), ''::bytea ORDER BY event.listing_id, event.action),
                ''::bytea
            )
        ),
        'hex'
    ) AS digest
FROM register.listing_event AS event
WHERE event.id > :since AND event.import_file_id = :file AND event.action <> 'suspend';

-- name: close_tasks_of_ended()!
-- Duties that end with the listing; an objection is answered all the same.
UPDATE register.task
SET done_on = serving.today()
FROM moved
WHERE
    task.listing_id = moved.listing_id
    AND moved.to_state IN ('deleted', 'withdrawn', 'expired')
    AND task.kind NOT IN ('decide_objection', 'decide_review')
    AND task.done_on IS NULL;

-- name: list_deceased()
-- Whoever the court knows to have died, with the listings that no file lists anew.
SELECT entity.identity_key, listing.listing_key
FROM register.entity
LEFT JOIN register.listing ON listing.entity_id = entity.id AND listing.state <> 'deleted'
WHERE entity.deceased_on IS NOT NULL;

-- name: list_barred()
-- Listings that may not be listed again yet, since the creditor asked for their deletion.
SELECT listing.listing_key
FROM register.listing
INNER JOIN (
    SELECT DISTINCT listing_event.listing_id
    FROM register.listing_event
    WHERE listing_event.cause = 'creditor_request'
) AS asked ON asked.listing_id = listing.id
WHERE listing.state = 'deleted' AND register.barred_until(listing.id) >= serving.today();

-- name: list_minors()
-- Whoever was taken down as a minor, with the last day on which they are known to have been one. Of those whom officers
-- have noted no file lists anything before a court has cleared it.
SELECT found.identity_key, max(found.minor_on) AS minor_on
FROM (
    SELECT entity.identity_key, listing.published_on AS minor_on
    FROM register.listing_event
    INNER JOIN register.listing ON listing.id = listing_event.listing_id
    INNER JOIN register.entity ON entity.id = listing.entity_id
    WHERE listing_event.cause = 'minor' AND listing.published_on IS NOT NULL
    UNION ALL
    SELECT entity.identity_key, serving.today()
    FROM register.entity
    WHERE entity.minor_noted_on IS NOT NULL
) AS found
GROUP BY found.identity_key;

-- name: find_approver(login, court)$
SELECT id
FROM register.officer
WHERE login = :login AND court_id = CAST(:court AS uuid) AND active AND 'approver' = ANY(roles);

-- name: digest_demo()$
-- SHA-256 of the ids of all demo listings, in order.
SELECT encode(sha256(convert_to(coalesce(string_agg(id::text, E'\n' ORDER BY id), ''), 'UTF8')), 'hex')
FROM register.listing
WHERE source = 'demo';
