-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:list:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:file:'00000000-0000-0000-0000-000000000000'

-- name: lock_list(list)^
SELECT
    court_list.id, court_list.court_id, court_list.name, court_list.sha256, court_list.whole, court_list.state,
    court_list.counts, court_list.digest, court_list.asked_by, court_list.approved_by, court_list.import_file_id,
    court_list.applied_at, court.code AS court_code, approver.login AS approver_login
FROM register.court_list
INNER JOIN register.court ON court.id = court_list.court_id
LEFT JOIN register.officer AS approver ON approver.id = court_list.approved_by
WHERE court_list.id = :list  -- noqa: RF02
FOR NO KEY UPDATE OF court_list;

-- name: read_list(list)^
-- As lock_list, without holding it.
SELECT
    court_list.id, court_list.court_id, court_list.name, court_list.sha256, court_list.whole, court_list.state,
    court_list.counts, court_list.digest, court_list.asked_by, court_list.approved_by, court_list.import_file_id,
    court_list.applied_at, court.code AS court_code, approver.login AS approver_login
FROM register.court_list
INNER JOIN register.court ON court.id = court_list.court_id
LEFT JOIN register.officer AS approver ON approver.id = court_list.approved_by
WHERE court_list.id = :list;  -- noqa: RF02

-- name: count_leaving()$
-- How many leave by what is planned.
SELECT (SELECT count(*) FROM planned WHERE action = 'removed') + (SELECT count(*) FROM absent WHERE NOT stays);

-- name: forget_before(list)!
-- What left for a stated cause is shown again only by two officers, and never by taking the list back.
DELETE FROM register.court_list_before
WHERE list_id = :list;

-- name: list_to_apply()
-- Approved lists, those on which a worker has died, those of which some leave or that are taken back, and those to be
-- checked again.
SELECT id, state
FROM register.court_list
WHERE state IN ('removing', 'approved', 'applying', 'undoing') OR (state = 'checking' AND digest IS NOT NULL)
ORDER BY uploaded_at;

-- name: update_list_state(list, state, failure)!
UPDATE register.court_list
SET state = :state, failure = :failure, progress = NULL
WHERE id = :list;

-- name: begin_removal(list, asked_by)$
-- Nobody approves it.
UPDATE register.court_list
SET state = 'removing', asked_by = :asked_by, approved_by = NULL, failure = NULL
WHERE id = :list AND state IN ('checked', 'failed')
RETURNING id;

-- name: find_asker(list)^
SELECT officer.id, officer.court_id, officer.roles
FROM register.court_list
INNER JOIN register.officer ON officer.id = court_list.asked_by
WHERE court_list.id = :list;  -- noqa: RF02

-- name: approve_list(list, asked_by, approved_by)!
UPDATE register.court_list
SET state = 'approved', asked_by = :asked_by, approved_by = :approved_by, failure = NULL
WHERE id = :list;

-- name: defer_apply()$
SELECT jobs.defer_apply_lists();

-- name: update_progress(list, progress)!
UPDATE register.court_list
SET progress = :progress
WHERE id = :list;

-- name: mark_applied(list, file)!
UPDATE register.court_list
SET state = 'applied', import_file_id = :file, applied_at = now(), progress = NULL, failure = NULL
WHERE id = :list;

-- name: keep_before(list)!
-- What stands before the plan is applied, of each listing that it touches.
INSERT INTO register.court_list_before (list_id, listing_id, action, listing, entity, withheld, duties)
SELECT
    :list, touched.listing_id, touched.action, to_jsonb(listing), to_jsonb(entity),
    (
        SELECT jsonb_object_agg(withheld_text.field, withheld_text.original)
        FROM register.withheld_text
        WHERE withheld_text.listing_id = touched.listing_id
    ),
    ARRAY(
        SELECT task.id
        FROM register.task
        WHERE
            task.listing_id = touched.listing_id AND task.done_on IS NULL
            AND task.kind NOT IN ('decide_objection', 'decide_review')
    )
FROM (
    SELECT planned.listing_id, planned.action
    FROM planned
    WHERE planned.action IN ('changed', 'republished', 'removed')
    UNION ALL
    SELECT absent.listing_id, 'dropped'
    FROM absent
    WHERE NOT absent.stays
) AS touched
INNER JOIN register.listing ON listing.id = touched.listing_id
INNER JOIN register.entity ON entity.id = listing.entity_id
ON CONFLICT DO NOTHING;

-- name: keep_new(list)!
-- What the plan has brought, and how it has left those whom it changed.
INSERT INTO register.court_list_before (list_id, listing_id, action)
SELECT :list, listing.id, 'new'  -- noqa: ST06
FROM planned
INNER JOIN staged ON staged.ordinal = planned.ordinal
INNER JOIN register.listing ON listing.listing_key = staged.listing_key
WHERE planned.action = 'new';

-- name: note_entities(list)!
UPDATE register.court_list_before
SET entity_after = md5(to_jsonb(whom)::text)
FROM register.listing
INNER JOIN register.entity AS whom ON whom.id = listing.entity_id
WHERE court_list_before.list_id = :list AND listing.id = court_list_before.listing_id;

-- name: forget_closed(hours, days)!
-- What was kept of lists that can be undone no more, and lists that nobody sent on.
WITH closed AS (
    SELECT id
    FROM register.court_list
    WHERE
        (state = 'applied' AND applied_at < now() - make_interval(hours => :hours))
        OR state IN ('discarded', 'undone')
        OR (state IN ('checked', 'failed') AND uploaded_at < now() - make_interval(days => :days))
),

rows_gone AS (DELETE FROM register.court_list_row USING closed WHERE list_id = closed.id),

changes_gone AS (DELETE FROM register.court_list_change USING closed WHERE list_id = closed.id),

before_gone AS (DELETE FROM register.court_list_before USING closed WHERE list_id = closed.id)

UPDATE register.court_list
SET quarantine = NULL, state = CASE WHEN state IN ('checked', 'failed') THEN 'discarded' ELSE state END
FROM closed
WHERE court_list.id = closed.id;
