-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:court_id:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:import_file_id:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:source:'court'

-- name: plan_changes(import_file_id)!
-- What each staged row means for the register; of rows that repeat a key the last one counts. `ahead` is a row whose
-- listing an earlier chunk of this file brought, `undone` a removal of such a one, `undecided` a listing that an
-- earlier chunk removed.
CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
WITH last_of_key AS (
    SELECT DISTINCT ON (listing_key) ordinal, listing_key, content_hash, identity_key, published_on, ended_cause
    FROM staged
    ORDER BY listing_key ASC, ordinal DESC
)

SELECT
    last_of_key.ordinal,
    last_of_key.identity_key,
    last_of_key.published_on,
    listing.id AS listing_id,
    listing.state AS from_state,
    CASE
        WHEN listing.import_file_id = :import_file_id AND last_of_key.ended_cause IS NOT NULL THEN 'undone'
        WHEN listing.import_file_id = :import_file_id THEN 'ahead'
        WHEN last_of_key.ended_cause IS NOT NULL AND listing.id IS NULL THEN 'unknown'
        -- What officers have decided stays: no file shows again what they suspended, withdrew or deleted, nor a minor.
        WHEN listing.state NOT IN ('published', 'deleted', 'withdrawn', 'expired') OR listing.ended_cause = 'minor'
            THEN 'unchanged'
        WHEN listing.state <> 'published' AND EXISTS (
            SELECT 1
            FROM register.listing_event
            WHERE listing_event.listing_id = listing.id AND listing_event.officer_id IS NOT NULL
        ) THEN 'unchanged'
        WHEN last_of_key.ended_cause IS NOT NULL AND listing.state <> 'published' THEN 'unchanged'
        WHEN last_of_key.ended_cause IS NOT NULL THEN 'removed'
        WHEN listing.id IS NULL AND EXISTS (
            SELECT 1
            FROM waiting
            WHERE waiting.listing_key = last_of_key.listing_key AND waiting.ended_cause IS NOT NULL
        ) THEN 'undecided'
        WHEN listing.id IS NULL THEN 'new'
        WHEN listing.state <> 'published' THEN 'republished'
        WHEN listing.content_hash <> last_of_key.content_hash THEN 'changed'
        ELSE 'unchanged'
    END AS action
FROM last_of_key
LEFT JOIN register.listing ON listing.listing_key = last_of_key.listing_key;
ANALYZE planned;
-- The official feed states no term: one that a court has decided or completed, or a file has stated, stays until a file
-- states another, lest whoever is listed stays so for ever.
UPDATE staged
SET term_ends_on = listing.term_ends_on
FROM planned
INNER JOIN register.listing ON listing.id = planned.listing_id
WHERE
    staged.ordinal = planned.ordinal
    AND planned.action = 'changed'
    AND staged.term_ends_on IS NULL
    AND staged.ground_mask & 62 <> 0;
-- What an officer has set right stays where a row says again what was wrong. Of sex and age no event says what was
-- wrong, so that those of this listing stay; a later listing of the same person brings its own.
UPDATE staged
SET
    duty = CASE
        WHEN wrong.said @> jsonb_build_array(jsonb_build_object('duty', staged.duty)) THEN wrong.duty
        ELSE staged.duty
    END,
    performance = CASE
        WHEN wrong.said @> jsonb_build_array(jsonb_build_object('performance', staged.performance)) THEN wrong.performance
        ELSE staged.performance
    END,
    performed_part = CASE
        WHEN wrong.said @> jsonb_build_array(jsonb_build_object('performed_part', staged.performed_part)) THEN wrong.performed_part
        ELSE staged.performed_part
    END,
    unperformed_part = CASE
        WHEN wrong.said @> jsonb_build_array(jsonb_build_object('unperformed_part', staged.unperformed_part)) THEN wrong.unperformed_part
        ELSE staged.unperformed_part
    END,
    basis_issuer = CASE
        WHEN wrong.said @> jsonb_build_array(jsonb_build_object('basis_issuer', staged.basis_issuer)) THEN wrong.basis_issuer
        ELSE staged.basis_issuer
    END,
    basis_number = CASE
        WHEN wrong.said @> jsonb_build_array(jsonb_build_object('basis_number', staged.basis_number)) THEN wrong.basis_number
        ELSE staged.basis_number
    END,
    filed_on = CASE
        WHEN wrong.said @> jsonb_build_array(jsonb_build_object('filed_on', staged.filed_on)) THEN wrong.filed_on
        ELSE staged.filed_on
    END,
    term_ends_on = CASE
        WHEN wrong.said @> jsonb_build_array(jsonb_build_object('term_ends_on', staged.term_ends_on)) THEN wrong.term_ends_on
        ELSE staged.term_ends_on
    END,
    duty_withheld = CASE
        WHEN NOT wrong.said @> jsonb_build_array(jsonb_build_object('duty', staged.duty)) THEN staged.duty_withheld
    END,
    performed_part_withheld = CASE
        WHEN NOT wrong.said @> jsonb_build_array(jsonb_build_object('performed_part', staged.performed_part)) THEN staged.performed_part_withheld
    END,
    unperformed_part_withheld = CASE
        WHEN NOT wrong.said @> jsonb_build_array(jsonb_build_object('unperformed_part', staged.unperformed_part)) THEN staged.unperformed_part_withheld
    END,
    sex = CASE WHEN wrong.said @> '[{"sex": null}]' THEN wrong.sex ELSE staged.sex END,
    age_band = CASE WHEN wrong.said @> '[{"age_band": null}]' THEN wrong.age_band ELSE staged.age_band END
FROM (
    SELECT
        planned.ordinal, listing.duty, listing.performance, listing.performed_part, listing.unperformed_part,
        listing.basis_issuer, listing.basis_number, listing.filed_on, listing.term_ends_on, entity.sex,
        entity.age_band,
        jsonb_agg(jsonb_build_object(event.detail ->> 'field', event.detail -> 'before')) AS said
    FROM planned
    INNER JOIN register.listing ON listing.id = planned.listing_id
    INNER JOIN register.entity ON entity.id = listing.entity_id
    INNER JOIN register.listing_event AS event ON event.listing_id = listing.id
    WHERE
        planned.action = 'changed'
        AND event.action = 'correct'
        AND event.officer_id IS NOT NULL
        AND event.detail ->> 'field' IS NOT NULL
    GROUP BY planned.ordinal, listing.id, entity.id
) AS wrong
WHERE staged.ordinal = wrong.ordinal;

-- name: plan_entities()#
-- For each entity the most recently published of the rows that say something new. It applies unless the register
-- holds a listing of that entity published later.
CREATE TEMPORARY TABLE candidate ON COMMIT DROP AS
WITH latest AS (
    SELECT DISTINCT ON (identity_key) identity_key, ordinal, published_on, listing_id
    FROM planned
    WHERE action IN ('new', 'changed', 'republished', 'ahead')
    ORDER BY identity_key ASC, published_on DESC, ordinal DESC
)

SELECT
    latest.ordinal,
    entity.id AS entity_id,
    coalesce(staged.area_code, holder.code, court.area_code) AS area_code,
    ST_SetSRID(ST_MakePoint(staged.lon, staged.lat), 4326) AS point,
    NOT EXISTS (
        SELECT 1
        FROM register.listing
        WHERE
            listing.entity_id = entity.id
            AND listing.id IS DISTINCT FROM latest.listing_id
            AND listing.published_on > latest.published_on
    ) AS applies
FROM latest
INNER JOIN staged ON staged.ordinal = latest.ordinal
INNER JOIN register.court ON court.id = staged.court_id
LEFT JOIN register.entity ON entity.identity_key = latest.identity_key
LEFT JOIN LATERAL (
    SELECT area.code
    FROM register.area
    WHERE
        staged.area_code IS NULL
        AND area.level = 'county'
        AND ST_Covers(area.outline, ST_SetSRID(ST_MakePoint(staged.lon, staged.lat), 4326))
    ORDER BY area.code
    LIMIT 1
) AS holder ON true;
ANALYZE candidate;

-- name: plan_full_list(court_id, source)!
-- Current listings of a court that its full list no longer holds; `stays` where a quarantined row may be theirs.
CREATE TEMPORARY TABLE absent ON COMMIT DROP AS
SELECT
    listing.id AS listing_id,
    EXISTS (
        SELECT 1
        FROM kept
        WHERE kept.listing_key = listing.listing_key OR kept.name_folded = entity.name_folded
    ) AS stays,
    NULL::text AS cause
FROM register.listing
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE
    listing.court_id = :court_id
    AND listing.source = :source
    AND listing.state = 'published'
    AND (listing.term_ends_on IS NULL OR listing.term_ends_on >= serving.today())
    AND NOT EXISTS (SELECT 1 FROM staged WHERE staged.listing_key = listing.listing_key)
    AND NOT EXISTS (SELECT 1 FROM same WHERE same.listing_id = listing.id);

-- name: count_actions()
SELECT action, count(*) AS n FROM planned GROUP BY action;

-- name: wait_with_others()#
-- Of a chunk only new listings go in ahead; all else waits for the end of the file. The tables have one shape, so that
-- their 37 columns are not named (AM04).
INSERT INTO waiting
SELECT staged.*  -- noqa: AM04
FROM planned
INNER JOIN staged ON staged.ordinal = planned.ordinal
WHERE planned.action <> 'new';
DELETE FROM planned
WHERE action <> 'new';

-- name: wait_with_known_entities()#
-- What a chunk says of entities that were there before it is compared at the end of the file, too.
INSERT INTO waiting
SELECT staged.*  -- noqa: AM04
FROM candidate
INNER JOIN staged ON staged.ordinal = candidate.ordinal
WHERE candidate.entity_id IS NOT NULL;

-- name: forget_chunk()#
DROP TABLE planned, candidate;
TRUNCATE staged;

-- name: end_waiting()#
INSERT INTO staged
SELECT * FROM waiting;  -- noqa: AM04
TRUNCATE waiting;

-- name: count_absent()^
SELECT
    count(*) FILTER (WHERE stays) AS stay,
    count(*) FILTER (WHERE NOT stays AND cause IS NULL) AS leave
FROM absent;

-- name: count_current_of_court(court_id, source)$
SELECT count(*)
FROM register.listing
WHERE
    court_id = :court_id
    AND source = :source
    AND state = 'published'
    AND (term_ends_on IS NULL OR term_ends_on >= serving.today());
