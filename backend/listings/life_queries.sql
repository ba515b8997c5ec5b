-- name: lock_standing(listing)^
-- One listing, held until the transaction ends, with what may stand in the way of showing it.
SELECT
    listing.id, listing.court_id, listing.entity_id, listing.state, listing.ground_mask, listing.term_ends_on,
    listing.published_on, listing.decided_on, listing.grace_until, listing.ended_on, entity.kind,
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
WHERE listing.id = :listing
FOR UPDATE OF listing, entity;

-- name: find_cause(action, cause, on_day)^
-- The article by which an action may be taken for a cause on a day.
SELECT article, zh, en
FROM register.cause
WHERE
    action = :action AND code = :cause
    AND valid_from <= :on_day AND (valid_until IS NULL OR valid_until >= :on_day);

-- name: update_state(listing, state, ended_on, ended_cause, published_on, decided_on, term_ends_on, grace_until)!
-- What an event changes on its listing; NULL leaves a date as it is, and nothing that is shown again has an end.
UPDATE register.listing
SET
    state = :state,
    ended_on = :ended_on,
    ended_cause = :ended_cause,
    published_on = coalesce(CAST(:published_on AS date), published_on),
    decided_on = coalesce(CAST(:decided_on AS date), decided_on),
    term_ends_on = coalesce(CAST(:term_ends_on AS date), term_ends_on),
    grace_until = coalesce(CAST(:grace_until AS date), grace_until)
WHERE id = :listing;

-- name: insert_event(listing, action, from_state, to_state, cause, article, effective_on, officer, approver, detail)!
INSERT INTO register.listing_event (
    listing_id, action, from_state, to_state, cause, article, effective_on, officer_id, approver_id, detail
)
VALUES (
    :listing, :action, :from_state, :to_state, :cause, :article, :effective_on, :officer, :approver,
    CAST(:detail AS jsonb)
);

-- name: open_task(listing, court, kind, cause, begun_on, clock)!
-- A duty from a day on, due by a clock where it has one; one that is open already stays as it is.
INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on, due_on)
VALUES (
    :listing, :court, :kind, :cause, :begun_on,
    CASE WHEN CAST(:clock AS text) IS NOT NULL THEN register.due_on(:clock, :begun_on) END
)
ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;

-- name: close_tasks(listing, kinds, done_on)!
-- Duties that what was done has met.
UPDATE register.task
SET done_on = :done_on
WHERE listing_id = :listing AND kind = ANY(:kinds) AND done_on IS NULL;

-- name: close_corrections(listing, reason, done_on)!
-- Duties that a correction for this reason has met. Where a founded objection asks for more, a correction does not do.
UPDATE register.task
SET done_on = :done_on
WHERE
    listing_id = :listing AND done_on IS NULL
    AND (kind = 'correct' OR (:reason = 'objection_founded' AND kind = 'act_on_objection' AND cause = 'correct'));

-- name: take_down_elsewhere(entity, cause, on_day, officer)
SELECT listing_id, court_id, from_state
FROM register.take_down_elsewhere(:entity, :cause, :on_day, :officer);

-- name: list_open_tasks(court, on_day)
-- What a court has to do, the most pressing first; overdue where the last day is past.
SELECT
    kind, cause, listing_id, begun_on, due_on, coalesce(due_on < :on_day, false) AS overdue,
    (SELECT listing.case_number FROM register.listing WHERE listing.id = open_task.listing_id) AS case_number
FROM register.open_task
WHERE court_id = :court
ORDER BY due_on NULLS LAST, begun_on, listing_id;

-- name: find_bounds(what, since)^
-- Between which days a term or a period of grace that begins on a day may end. A term may begin after the grace.
SELECT
    register.due_since(:what || '_shortest', :since) AS earliest,
    register.due_since(
        :what || '_longest',
        CASE WHEN :what = 'term' THEN register.due_since('grace_longest', :since) ELSE CAST(:since AS date) END
    ) AS latest;

-- name: update_deceased_on(entity, died_on)!
UPDATE register.entity
SET deceased_on = :died_on
WHERE id = :entity;

-- name: list_unended_of(entity)
-- Listings of an entity that have not ended, but for drafts.
SELECT id
FROM register.listing
WHERE entity_id = :entity AND state IN ('decided', 'grace', 'published', 'suspended')
ORDER BY id;

-- name: list_courts_of(entity)
-- Courts that have a listing of an entity, ended or not.
SELECT DISTINCT court_id
FROM register.listing
WHERE entity_id = :entity;

-- name: update_minor_noted_on(entity, noted_on)!
UPDATE register.entity
SET minor_noted_on = :noted_on
WHERE id = :entity;

-- name: delete_never_shown(entity)!
-- What was kept for the case that nothing else is.
DELETE FROM register.never_shown
USING register.entity
WHERE entity.id = :entity AND never_shown.identity_key = entity.identity_key;

-- name: lock_finding(entity)^
-- What was found of a person, held until the transaction ends.
SELECT
    entity.deceased_on IS NOT NULL AS is_deceased,
    EXISTS (
        SELECT FROM register.listing
        WHERE
            listing.entity_id = entity.id
            AND register.is_minor(
                entity.minor_noted_on, entity.adult_noted_on, listing.ended_cause, listing.ended_on
            )
    ) AS is_minor
FROM register.entity
WHERE entity.id = :entity
FOR UPDATE;

-- name: update_adult_noted_on(entity)!
UPDATE register.entity
SET minor_noted_on = NULL, adult_noted_on = serving.today()
WHERE id = :entity;

-- name: holds_open_task(listing, kind)$
SELECT EXISTS (SELECT FROM register.task WHERE listing_id = :listing AND kind = :kind AND done_on IS NULL);

-- name: find_corrected(listing, field)$
-- What a field of a listing says now, as text.
SELECT
    CASE :field
        WHEN 'duty' THEN duty
        WHEN 'performance' THEN performance
        WHEN 'performed_part' THEN performed_part
        WHEN 'unperformed_part' THEN unperformed_part
        WHEN 'basis_issuer' THEN basis_issuer
        WHEN 'basis_number' THEN basis_number
        WHEN 'filed_on' THEN filed_on::text
        WHEN 'term_ends_on' THEN term_ends_on::text
    END
FROM register.listing
WHERE id = :listing;

-- name: correct_listing(listing, field, value, on_day)!
-- One field of a listing; the row of the file it came from no longer stands for it.
UPDATE register.listing
SET
    duty = CASE :field WHEN 'duty' THEN :value ELSE duty END,
    performance = CASE :field WHEN 'performance' THEN :value ELSE performance END,
    performed_part = CASE :field WHEN 'performed_part' THEN :value ELSE performed_part END,
    unperformed_part = CASE :field WHEN 'unperformed_part' THEN :value ELSE unperformed_part END,
    basis_issuer = CASE :field WHEN 'basis_issuer' THEN :value ELSE basis_issuer END,
    basis_number = CASE :field WHEN 'basis_number' THEN :value ELSE basis_number END,
    filed_on = CASE :field WHEN 'filed_on' THEN CAST(:value AS date) ELSE filed_on END,
    term_ends_on = CASE :field WHEN 'term_ends_on' THEN CAST(:value AS date) ELSE term_ends_on END,
    corrected_on = :on_day,
    corrected_field = :field,
    row_hash = NULL
WHERE id = :listing;

-- name: correct_age_band(entity, age_band)!
UPDATE register.entity
SET age_band = :age_band
WHERE id = :entity AND kind = 'person';

-- name: correct_sex(entity, sex)!
UPDATE register.entity
SET sex = :sex
WHERE id = :entity AND kind = 'person';

-- name: note_correction(listing, field, on_day)!
-- Says on the page of a listing that something of the entity was corrected.
UPDATE register.listing
SET corrected_on = :on_day, corrected_field = :field, row_hash = NULL
WHERE id = :listing;

-- name: find_removal_code(listing)$
SELECT register.removal_code(:listing);

-- name: find_removal(listing)^
-- What a removal notice names. A cause that tells of a person's life is told as the general one it belongs to.
SELECT
    court.name AS court, listing.case_number, listing.ended_on, told.code AS cause, told.zh, told.en, told.article,
    serving.today() AS today, listing.source = 'demo' AS demo
FROM register.listing
INNER JOIN register.court ON court.id = listing.court_id
CROSS JOIN
    LATERAL (
        SELECT cause.code, cause.zh, cause.en, cause.article
        FROM register.cause
        WHERE
            cause.code IN (
                CASE listing.ended_cause
                    WHEN 'minor' THEN 'wrongly_listed'
                    WHEN 'death' THEN 'stated'
                    WHEN 'withdrawn' THEN 'wrongly_listed'
                    WHEN 'expired' THEN 'term_ended'
                    WHEN 'creditor_agreed' THEN 'creditor_request'
                    ELSE listing.ended_cause
                END,
                'stated'
            )
            AND cause.action IN ('delete', 'withdraw', 'expire')
            AND cause.valid_from <= listing.ended_on
            AND (cause.valid_until IS NULL OR cause.valid_until >= listing.ended_on)
        ORDER BY cause.code = 'stated', cause.action
        LIMIT 1
    ) AS told
WHERE listing.id = :listing;

-- name: insert_removal_notice(code, listing, court, officer, signed_text, signature, public_key)!
INSERT INTO register.removal_notice (
    code, listing_id, court_id, issued_on, officer_id, signed_text, signature, public_key
)
VALUES (:code, :listing, :court, serving.today(), :officer, :signed_text, :signature, :public_key);

-- name: find_today()$
SELECT serving.today();
