-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:list:'00000000-0000-0000-0000-000000000000'

-- name: insert_list(id, court, name, sha256, whole, officer)!
INSERT INTO register.court_list (id, court_id, name, sha256, whole, uploaded_by, state)
VALUES (:id, :court, :name, :sha256, :whole, :officer, 'checking');

-- name: finish_check(list, quarantine)!
UPDATE register.court_list
SET state = 'checked', progress = NULL, quarantine = :quarantine
WHERE id = :list AND state = 'checking';

-- name: refuse_list(list, failure)!
UPDATE register.court_list
SET state = 'refused', progress = NULL, failure = :failure
WHERE id = :list AND state = 'checking';

-- name: begin_check_again(list)$
-- What was checked before keeps its digest, by which the worker knows it from a file that is being read.
UPDATE register.court_list
SET state = 'checking', failure = NULL
WHERE id = :list AND state IN ('checked', 'failed')
RETURNING id;

-- name: end_lost_checks(minutes, failure)!
UPDATE register.court_list
SET state = 'refused', progress = NULL, failure = :failure
WHERE state = 'checking' AND digest IS NULL AND uploaded_at < now() - make_interval(mins => :minutes);

-- name: keep_rows(list)!
-- The staged rows, for the day on which they are applied.
INSERT INTO register.court_list_row (list_id, kind, content)
SELECT :list, 'row', to_jsonb(staged)
FROM staged;

-- name: keep_other(list, kind, content)!
INSERT INTO register.court_list_row (list_id, kind, content)
VALUES (:list, :kind, CAST(:content AS jsonb));

-- name: stage_again(list, removals_only)!
-- The kept rows in the staging table; of a list that only takes off, those alone that say so.
INSERT INTO staged
SELECT (jsonb_populate_record(NULL::staged, court_list_row.content)).*  -- noqa: AM04
FROM register.court_list_row
WHERE
    court_list_row.list_id = :list AND court_list_row.kind = 'row'
    AND (NOT CAST(:removals_only AS boolean) OR court_list_row.content ->> 'ended_cause' IS NOT NULL);

-- name: count_strange(court)$
-- Staged rows of any other court than the list's own.
SELECT count(*) FROM staged WHERE court_id <> :court;

-- name: list_others(list, kind)
SELECT content
FROM register.court_list_row
WHERE list_id = :list AND kind = :kind;

-- name: state_causes(list)!
-- The causes that an officer has stated for those whom a full list lacks.
UPDATE absent
SET cause = court_list_change.cause
FROM register.court_list_change
WHERE
    court_list_change.list_id = :list
    AND court_list_change.action = 'dropped'
    AND court_list_change.listing_id = absent.listing_id
    AND NOT absent.stays;

-- name: create_absent()#
CREATE TEMPORARY TABLE absent (listing_id uuid NOT NULL, stays boolean NOT NULL, cause text) ON COMMIT DROP;

-- name: name_absent(list)!
-- Of a full list that is not approved yet, those who leave for a stated cause.
INSERT INTO absent (listing_id, stays, cause)
SELECT listing.id, false, court_list_change.cause
FROM register.court_list_change
INNER JOIN register.listing ON listing.id = court_list_change.listing_id
WHERE
    court_list_change.list_id = :list
    AND court_list_change.action = 'dropped'
    AND court_list_change.cause IS NOT NULL
    AND listing.state = 'published';

-- name: note_given_causes(list)
-- Causes that were stated before the list was checked again.
SELECT listing_id, cause
FROM register.court_list_change
WHERE list_id = :list AND action = 'dropped' AND cause IS NOT NULL;

-- name: list_changes()
-- What the plan would do, as the page of the list shows it.
SELECT
    planned.action, planned.listing_id, staged.name, staged.case_number, staged.ended_cause AS cause,
    CASE WHEN planned.action = 'changed' THEN coalesce(changed.differences, '{}') ELSE '{}' END AS differences
FROM planned
INNER JOIN staged ON staged.ordinal = planned.ordinal
LEFT JOIN register.listing ON listing.id = planned.listing_id
LEFT JOIN register.entity ON entity.id = listing.entity_id
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(field.name, jsonb_build_array(field.now, field.then)) AS differences
    FROM (
        VALUES
        ('grounds', listing.ground_mask::text, staged.ground_mask::text),
        ('performance', listing.performance, staged.performance),
        ('term_ends_on', listing.term_ends_on::text, staged.term_ends_on::text),
        ('duty', listing.duty, staged.duty),
        ('performed_part', listing.performed_part, staged.performed_part),
        ('unperformed_part', listing.unperformed_part, staged.unperformed_part),
        ('published_on', listing.published_on::text, staged.published_on::text),
        ('filed_on', listing.filed_on::text, staged.filed_on::text),
        ('basis_number', listing.basis_number, staged.basis_number),
        ('basis_issuer', listing.basis_issuer, staged.basis_issuer),
        ('name', entity.name, staged.name),
        ('sex', entity.sex, staged.sex),
        ('age_band', entity.age_band, staged.age_band),
        ('representative', entity.representative, staged.representative),
        ('registered_address', entity.registered_address, staged.registered_address)
    ) AS field (name, now, "then")
    WHERE field.now IS DISTINCT FROM field.then
) AS changed ON true
WHERE planned.action IN ('new', 'republished', 'changed', 'removed')
ORDER BY staged.ordinal;

-- name: list_dropped()
SELECT 'dropped' AS action, listing.id AS listing_id, entity.name, listing.case_number, absent.cause
FROM absent
INNER JOIN register.listing ON listing.id = absent.listing_id
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE NOT absent.stays
ORDER BY listing.case_key, listing.id;

-- name: list_withdrawn()
SELECT 'withdrawn' AS action, listing.id AS listing_id, entity.name, listing.case_number, 'minor' AS cause
FROM moved
INNER JOIN register.listing ON listing.id = moved.listing_id
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE moved.action = 'withdraw'
ORDER BY listing.case_key, listing.id;

-- name: forget_changes(list)!
DELETE FROM register.court_list_change
WHERE list_id = :list;

-- name: insert_change(list, action, listing_id, name, case_number, cause, differences)!
INSERT INTO register.court_list_change (list_id, action, listing_id, name, case_number, cause, differences)
VALUES (:list, :action, :listing_id, :name, :case_number, :cause, CAST(:differences AS jsonb));

-- name: update_check(list, counts, digest)!
UPDATE register.court_list
SET counts = CAST(:counts AS jsonb), digest = :digest
WHERE id = :list;

-- name: find_list(list)^
-- A list of the acting court as its page shows it.
SELECT
    court_list.id, court_list.name, court_list.whole, court_list.state, court_list.counts, court_list.digest,
    court_list.progress, court_list.failure, court_list.uploaded_at, court_list.applied_at,
    officer.name AS uploaded_by, asker.name AS asked_by, approver.name AS approved_by,
    court_list.quarantine IS NOT NULL AS has_quarantine
FROM register.court_list
INNER JOIN register.officer ON officer.id = court_list.uploaded_by
LEFT JOIN register.officer AS asker ON asker.id = court_list.asked_by
LEFT JOIN register.officer AS approver ON approver.id = court_list.approved_by
WHERE court_list.id = :list;  -- noqa: RF02

-- name: find_quarantine(list)^
SELECT name, quarantine
FROM register.court_list
WHERE id = :list AND quarantine IS NOT NULL;

-- name: list_all_changes(list)
SELECT action, listing_id, name, case_number, cause, differences
FROM register.court_list_change
WHERE list_id = :list
ORDER BY action, case_number, name;

-- name: state_cause(list, changes, cause)!
-- For those whom the list lacks; all of them without a cause where none is named.
UPDATE register.court_list_change
SET cause = :cause
WHERE
    list_id = :list AND action = 'dropped'
    AND (
        id = ANY(CAST(:changes AS uuid []))
        OR (cardinality(CAST(:changes AS uuid [])) = 0 AND cause IS NULL)
    );

-- name: count_stated(list)$
-- How many leave for a stated cause.
SELECT count(*)
FROM register.court_list_change
WHERE list_id = :list AND (action = 'removed' OR (action = 'dropped' AND cause IS NOT NULL));

-- name: count_current(court)$
SELECT count(*)
FROM register.listing
WHERE
    court_id = :court AND source = 'court' AND state = 'published'
    AND (term_ends_on IS NULL OR term_ends_on >= serving.today());

-- name: discard_list(list)!
UPDATE register.court_list
SET state = 'discarded'
WHERE id = :list;
