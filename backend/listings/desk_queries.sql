-- name: find_listing(listing)^
-- One listing of the acting court with whom it is about, as its page at the console shows it.
SELECT
    listing.id, listing.court_id, listing.entity_id, listing.state, listing.case_number, listing.basis_issuer,
    listing.basis_number, listing.duty, listing.performance, listing.performed_part, listing.unperformed_part,
    listing.ground_mask, listing.filed_on, listing.decided_on, listing.grace_until, listing.published_on,
    listing.term_ends_on, listing.ended_on, listing.ended_cause, listing.corrected_on, listing.corrected_field,
    listing.source, entity.kind, entity.name, entity.sex, entity.age_band, entity.uscc, entity.representative,
    entity.deceased_on, entity.minor_noted_on, area.name AS area_name, court.name AS court_name, court.as_of,
    import_file.name AS file_name, import_file.imported_at AS file_at,
    register.removal_code(listing.id) AS removal_code,
    entity.deceased_on IS NOT NULL AS is_deceased,
    register.is_minor(entity.minor_noted_on, entity.adult_noted_on, listing.ended_cause, listing.ended_on) AS is_minor,
    (
        SELECT listing_event.cause
        FROM register.listing_event
        WHERE
            listing_event.listing_id = listing.id AND listing_event.to_state = 'suspended'
            AND listing_event.from_state IS DISTINCT FROM 'suspended'
        ORDER BY listing_event.id DESC
        LIMIT 1
    ) AS suspended_for,
    greatest(
        register.barred_until(listing.id),
        (SELECT tombstone.barred_until FROM register.tombstone WHERE tombstone.listing_key = listing.listing_key)
    ) AS barred_until
FROM register.listing
INNER JOIN register.entity ON entity.id = listing.entity_id
INNER JOIN register.area ON area.code = entity.area_code
INNER JOIN register.court ON court.id = listing.court_id
LEFT JOIN register.import_file ON import_file.id = listing.import_file_id
WHERE listing.id = :listing;

-- name: list_history(listing)
-- Everything that happened to a listing, the latest first. Another court's officers are not named.
SELECT
    listing_event.id, listing_event.recorded_at, listing_event.effective_on, listing_event.action,
    listing_event.from_state, listing_event.to_state, listing_event.cause, listing_event.article,
    listing_event.detail, officer.name AS officer, approver.name AS approver, import_file.name AS file_name,
    law.zh, law.en, listing_event.officer_id IS NOT NULL AND officer.id IS NULL AS elsewhere
FROM register.listing_event
LEFT JOIN register.officer ON officer.id = listing_event.officer_id
LEFT JOIN register.officer AS approver ON approver.id = listing_event.approver_id
LEFT JOIN register.import_file ON import_file.id = listing_event.import_file_id
LEFT JOIN LATERAL (
    SELECT cause.zh, cause.en
    FROM register.cause
    WHERE cause.code = listing_event.cause
    ORDER BY cause.action = listing_event.action DESC, cause.valid_from DESC
    LIMIT 1
) AS law ON true
WHERE listing_event.listing_id = :listing  -- noqa: RF02
ORDER BY listing_event.id DESC;

-- name: find_event(listing, event)^
-- One act as its paper shows it.
SELECT
    listing_event.id, listing_event.recorded_at, listing_event.effective_on, listing_event.action,
    listing_event.from_state, listing_event.to_state, listing_event.cause, listing_event.article,
    listing_event.detail, officer.name AS officer, approver.name AS approver, import_file.name AS file_name,
    law.zh, law.en
FROM register.listing_event
LEFT JOIN register.officer ON officer.id = listing_event.officer_id
LEFT JOIN register.officer AS approver ON approver.id = listing_event.approver_id
LEFT JOIN register.import_file ON import_file.id = listing_event.import_file_id
LEFT JOIN LATERAL (
    SELECT cause.zh, cause.en
    FROM register.cause
    WHERE cause.code = listing_event.cause
    ORDER BY cause.action = listing_event.action DESC, cause.valid_from DESC
    LIMIT 1
) AS law ON true
WHERE listing_event.listing_id = :listing AND listing_event.id = :event;  -- noqa: RF02

-- name: list_duties(listing)
-- Open duties about a listing, the nearest clock first.
SELECT kind, cause, begun_on, due_on, coalesce(due_on < serving.today(), false) AS overdue
FROM register.open_task
WHERE listing_id = :listing
ORDER BY due_on NULLS LAST, kind;

-- name: list_causes(action)
-- Why an act may be done today, with the article.
SELECT code, zh, en, article
FROM register.cause
WHERE
    action = :action AND valid_from <= serving.today()
    AND (valid_until IS NULL OR valid_until >= serving.today())
ORDER BY article, code;

-- name: list_grounds()
SELECT id, short_zh, short_en, text, article
FROM register.ground
ORDER BY id;

-- name: list_withheld(listing)
-- Free text that waits for a clerk's decision, beside what is shown of it.
SELECT
    withheld_text.field, withheld_text.original,
    CASE withheld_text.field
        WHEN 'duty' THEN listing.duty
        WHEN 'performed_part' THEN listing.performed_part
        WHEN 'unperformed_part' THEN listing.unperformed_part
    END AS shown
FROM register.withheld_text
INNER JOIN register.listing ON listing.id = withheld_text.listing_id
WHERE withheld_text.listing_id = :listing
ORDER BY withheld_text.field;

-- name: find_withheld(listing, field)^
SELECT original
FROM register.withheld_text
WHERE listing_id = :listing AND field = :field
FOR UPDATE;

-- name: show_withheld(listing, field, original)!
-- The row of the file says nothing else than before, so its content hash stays and a later file changes nothing.
UPDATE register.listing
SET
    duty = CASE :field WHEN 'duty' THEN :original ELSE duty END,
    performed_part = CASE :field WHEN 'performed_part' THEN :original ELSE performed_part END,
    unperformed_part = CASE :field WHEN 'unperformed_part' THEN :original ELSE unperformed_part END,
    row_hash = NULL
WHERE id = :listing;

-- name: forget_withheld(listing, field)!
DELETE FROM register.withheld_text
WHERE listing_id = :listing AND field = :field;

-- name: list_waiting_of(listing)
-- What waits for a second signature about a listing.
SELECT id, title
FROM register.approval
WHERE subject = :listing AND state = 'waiting';

-- name: list_chosen(listings)
-- Several listings of the acting court, for one act on all of them.
SELECT listing.id, listing.case_number, listing.state, listing.ground_mask, listing.term_ends_on, entity.name
FROM register.listing
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE listing.id = ANY(:listings)  -- noqa: RF02
ORDER BY listing.id;

-- name: count_gaps()
-- How many of the acting court's listings lack what.
SELECT lacks, count(*) AS n
FROM register.listing_gap
GROUP BY lacks;
