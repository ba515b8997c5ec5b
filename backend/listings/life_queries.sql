-- name: lock_standing(listing)^
-- One listing, held until the transaction ends, with what may stand in the way of showing it.
SELECT
    listing.id, listing.court_id, listing.entity_id, listing.state, listing.ground_mask, listing.term_ends_on,
    entity.deceased_on IS NOT NULL AS is_deceased,
    EXISTS (
        SELECT FROM register.listing_event
        WHERE listing_event.listing_id = listing.id AND listing_event.cause = 'minor'
    ) AS is_minor,
    (
        SELECT register.due_on('relist_barred', max(listing_event.effective_on))
        FROM register.listing_event
        WHERE listing_event.listing_id = listing.id AND listing_event.cause = 'creditor_request'
        HAVING count(*) > 0
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

-- name: list_open_tasks(court, on_day)
-- What a court has to do, the most pressing first; overdue where the last day is past.
SELECT
    kind, cause, listing_id, begun_on, due_on, coalesce(due_on < :on_day, false) AS overdue,
    (SELECT listing.case_number FROM register.listing WHERE listing.id = open_task.listing_id) AS case_number
FROM register.open_task
WHERE court_id = :court
ORDER BY due_on NULLS LAST, begun_on, listing_id;

-- name: list_shown_of(entity)
-- Listings of an entity that are shown or on their way to be.
SELECT id
FROM register.listing
WHERE entity_id = :entity AND state = 'published'
ORDER BY id;

-- name: update_deceased_on(entity, died_on)!
UPDATE register.entity
SET deceased_on = :died_on
WHERE id = :entity;

-- name: find_today()$
SELECT serving.today();
