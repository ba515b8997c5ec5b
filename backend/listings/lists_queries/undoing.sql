-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:list:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:file:'00000000-0000-0000-0000-000000000000'

-- name: approve_undo(list, asked_by, approved_by)!
UPDATE register.court_list
SET state = 'undoing', undo_asked_by = :asked_by, undo_approved_by = :approved_by, failure = NULL
WHERE id = :list;

-- name: find_undo_officers(list)^
SELECT
    asker.id AS asker, asker.roles AS asker_roles, approver.id AS approver, approver.roles AS approver_roles,
    court_list.court_id
FROM register.court_list
INNER JOIN register.officer AS asker ON asker.id = court_list.undo_asked_by
INNER JOIN register.officer AS approver ON approver.id = court_list.undo_approved_by
WHERE court_list.id = :list;  -- noqa: RF02

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
