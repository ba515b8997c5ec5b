-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:list:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:file:'00000000-0000-0000-0000-000000000000'

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

-- name: end_lost_checks(minutes)!
UPDATE register.court_list
SET state = 'refused', progress = NULL, failure = 'The server stopped while this was checked; upload the file again.'
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
-- Approved lists, those on which a worker has died, those that are taken back, and those to be checked again.
SELECT id, state
FROM register.court_list
WHERE state IN ('approved', 'applying', 'undoing') OR (state = 'checking' AND digest IS NOT NULL)
ORDER BY uploaded_at;

-- name: begin_undo(list, asked_by, approved_by)$
-- Nobody has approved it where nobody would be shown again.
UPDATE register.court_list
SET state = 'undoing', undo_asked_by = :asked_by, undo_approved_by = :approved_by, failure = NULL
WHERE id = :list AND state = 'applied'
RETURNING id;

-- name: find_undo_officers(list)^
SELECT
    asker.id AS asker, asker.roles AS asker_roles, approver.id AS approver, approver.roles AS approver_roles,
    court_list.court_id
FROM register.court_list
INNER JOIN register.officer AS asker ON asker.id = court_list.undo_asked_by
LEFT JOIN register.officer AS approver ON approver.id = court_list.undo_approved_by
WHERE court_list.id = :list;  -- noqa: RF02

-- name: update_list_state(list, state, failure)!
UPDATE register.court_list
SET state = :state, failure = :failure, progress = NULL
WHERE id = :list;

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
INSERT INTO register.court_list_before (list_id, listing_id, action, listing, entity, withheld)
SELECT
    :list, touched.listing_id, touched.action, to_jsonb(listing), to_jsonb(entity),
    (
        SELECT jsonb_object_agg(withheld_text.field, withheld_text.original)
        FROM register.withheld_text
        WHERE withheld_text.listing_id = touched.listing_id
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

-- name: create_undone()#
CREATE TEMPORARY TABLE undone (listing_id uuid NOT NULL, action text NOT NULL) ON COMMIT DROP;

-- name: find_undone(list, file)!
-- Those that are as the file left them; what officers or later files have done since stays, and nobody who may not be
-- shown is shown again.
INSERT INTO undone (listing_id, action)
SELECT court_list_before.listing_id, court_list_before.action
FROM register.court_list_before
INNER JOIN register.listing ON listing.id = court_list_before.listing_id
INNER JOIN register.entity ON entity.id = listing.entity_id
INNER JOIN register.court_list ON court_list.id = court_list_before.list_id
WHERE
    court_list_before.list_id = :list
    AND listing.import_file_id = :file
    AND listing.state = CASE WHEN court_list_before.action IN ('removed', 'dropped') THEN 'deleted' ELSE 'published' END
    AND NOT EXISTS (
        SELECT FROM register.listing_event
        WHERE
            listing_event.listing_id = listing.id
            AND listing_event.import_file_id IS DISTINCT FROM :file
            AND listing_event.recorded_at > court_list.applied_at
    )
    AND (
        court_list_before.action NOT IN ('removed', 'dropped')
        OR (
            entity.deceased_on IS NULL AND entity.minor_noted_on IS NULL
            AND NOT EXISTS (
                SELECT FROM register.listing_event
                WHERE listing_event.listing_id = listing.id AND listing_event.cause = 'creditor_request'
            )
        )
    );

-- name: count_undone()^
SELECT
    count(*) AS undone,
    count(*) FILTER (WHERE action IN ('removed', 'dropped')) AS shown_again
FROM undone;

-- name: list_shown_again()
-- Whom taking the list back would show again, by case.
SELECT listing.case_number
FROM undone
INNER JOIN register.listing ON listing.id = undone.listing_id
WHERE undone.action IN ('removed', 'dropped')
ORDER BY listing.case_key, listing.id;

-- name: undo_listings(list, file)!
-- Each listing as it was; one that the file has brought or listed again leaves.
UPDATE register.listing
SET
    state = CASE undone.action
        WHEN 'new' THEN 'deleted' WHEN 'republished' THEN 'deleted' ELSE 'published'
    END,
    ended_on = CASE undone.action WHEN 'new' THEN serving.today() WHEN 'republished' THEN former.ended_on END,
    ended_cause = CASE undone.action WHEN 'new' THEN 'stated' WHEN 'republished' THEN former.ended_cause END,
    content_hash = coalesce(former.content_hash, listing.content_hash),
    basis_issuer = CASE WHEN undone.action = 'new' THEN listing.basis_issuer ELSE former.basis_issuer END,
    basis_number = CASE WHEN undone.action = 'new' THEN listing.basis_number ELSE former.basis_number END,
    duty = CASE WHEN undone.action = 'new' THEN listing.duty ELSE former.duty END,
    performance = coalesce(former.performance, listing.performance),
    performed_part = CASE WHEN undone.action = 'new' THEN listing.performed_part ELSE former.performed_part END,
    unperformed_part = CASE WHEN undone.action = 'new' THEN listing.unperformed_part ELSE former.unperformed_part END,
    ground_mask = coalesce(former.ground_mask, listing.ground_mask),
    filed_on = CASE WHEN undone.action = 'new' THEN listing.filed_on ELSE former.filed_on END,
    published_on = coalesce(former.published_on, listing.published_on),
    term_ends_on = CASE WHEN undone.action = 'new' THEN listing.term_ends_on ELSE former.term_ends_on END,
    corrected_on = CASE WHEN undone.action = 'changed' THEN serving.today() ELSE former.corrected_on END,
    corrected_field = CASE WHEN undone.action = 'changed' THEN listing.corrected_field ELSE former.corrected_field END,
    import_file_id = :file,
    row_hash = NULL
FROM undone
INNER JOIN register.court_list_before
    ON court_list_before.list_id = :list AND court_list_before.listing_id = undone.listing_id
CROSS JOIN LATERAL jsonb_populate_record(NULL::register.listing, coalesce(court_list_before.listing, '{}')) AS former
WHERE listing.id = undone.listing_id;

-- name: undo_entities(list)!
-- Whom it is about, where nothing but the file has changed them.
UPDATE register.entity AS whom
SET
    name = former.name,
    sex = former.sex,
    age_band = former.age_band,
    representative = former.representative,
    registered_address = former.registered_address,
    area_code = former.area_code,
    placed_by = former.placed_by,
    point = former.point,
    tile_key = former.tile_key
FROM register.court_list_before
INNER JOIN undone ON undone.listing_id = court_list_before.listing_id
CROSS JOIN LATERAL jsonb_populate_record(NULL::register.entity, court_list_before.entity) AS former
WHERE
    court_list_before.list_id = :list
    AND court_list_before.entity IS NOT NULL
    AND whom.id = former.id
    AND md5(to_jsonb(whom)::text) = court_list_before.entity_after
    AND to_jsonb(whom) <> court_list_before.entity;

-- name: forget_new_withheld()!
DELETE FROM register.withheld_text
USING undone
WHERE withheld_text.listing_id = undone.listing_id AND undone.action IN ('changed', 'republished', 'new');

-- name: restore_withheld(list)!
INSERT INTO register.withheld_text (listing_id, field, original)
SELECT undone.listing_id, held.key, held.value
FROM undone
INNER JOIN register.court_list_before
    ON court_list_before.list_id = :list AND court_list_before.listing_id = undone.listing_id
CROSS JOIN LATERAL jsonb_each_text(court_list_before.withheld) AS held (key, value)
WHERE court_list_before.withheld IS NOT NULL AND undone.action IN ('changed', 'republished')
ON CONFLICT (listing_id, field) DO NOTHING;

-- name: note_undone()!
INSERT INTO moved (listing_id, action, from_state, to_state, cause, effective_on)
SELECT undone.listing_id, said.action, said.from_state, said.to_state, 'stated', serving.today()
FROM undone
INNER JOIN (
    VALUES
    ('new', 'delete', 'published', 'deleted'),
    ('republished', 'delete', 'published', 'deleted'),
    ('changed', 'correct', 'published', 'published'),
    ('removed', 'relist', 'deleted', 'published'),
    ('dropped', 'relist', 'deleted', 'published')
) AS said (undone, action, from_state, to_state) ON said.undone = undone.action;

-- name: mark_undone(list, file)!
UPDATE register.court_list
SET state = 'undone', undone_by = :file
WHERE id = :list;

-- name: may_undo(list, hours)$
SELECT applied_at > now() - make_interval(hours => :hours)
FROM register.court_list
WHERE id = :list AND state IN ('applied', 'undoing');

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

-- name: forget_rows(list)!
DELETE FROM register.court_list_row
WHERE list_id = :list;

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
