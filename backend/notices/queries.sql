-- name: lock_listing(listing)^
-- A listing with whom it names, held until the transaction ends, so that it and its notices change in one order.
SELECT listing.id, listing.court_id, listing.state, entity.name
FROM register.listing
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE listing.id = :listing
FOR UPDATE OF listing;

-- name: find_listing_of(notice)$
SELECT listing_id
FROM register.notice
WHERE id = :notice;

-- name: lock_notice(notice)^
-- One notice, held until the transaction ends.
SELECT id, listing_id, court_id, kind, state, requested_on, published_on, ends_on, closed_on, drafted_by, approved_by
FROM register.notice
WHERE id = :notice
FOR UPDATE;

-- name: insert_notice(listing, kind, basis, amount, percent, cap, funder, how_to_claim, requested_on, ends_on, officer)^
-- A draft, with the last day for the court's answer to the creditor.
INSERT INTO register.notice (
    listing_id, kind, basis, amount, percent, cap, funder, how_to_claim, requested_on, answer_due_on, ends_on, drafted_by
)
VALUES (
    :listing, :kind, :basis, :amount, :percent, :cap, :funder, :how_to_claim, :requested_on,
    register.due_on('answer_notice_request', :requested_on), :ends_on, :officer
)
RETURNING id, answer_due_on;

-- name: update_notice(notice, state, approved_by, published_on, ends_on, closed_on, closed_cause)!
-- What an act changes; NULL leaves what is there.
UPDATE register.notice
SET
    state = :state,
    approved_by = coalesce(CAST(:approved_by AS uuid), approved_by),
    published_on = coalesce(CAST(:published_on AS date), published_on),
    ends_on = coalesce(CAST(:ends_on AS date), ends_on),
    closed_on = coalesce(CAST(:closed_on AS date), closed_on),
    closed_cause = coalesce(CAST(:closed_cause AS text), closed_cause)
WHERE id = :notice;

-- name: insert_event(notice, action, from_state, to_state, cause, effective_on, officer, approver)!
INSERT INTO register.notice_event (
    notice_id, action, from_state, to_state, cause, effective_on, officer_id, approver_id
)
VALUES (:notice, :action, :from_state, :to_state, :cause, :effective_on, :officer, :approver);

-- name: close_ended(listing)$
-- Whatever is past its last day, of one listing or of all; how many.
SELECT register.close_ended_notices(CAST(:listing AS uuid));

-- name: list_of_court(court)
-- Every notice of a court, those that wait for an answer first.
SELECT
    id, kind, state, requested_on, answer_due_on, published_on, ends_on, closed_cause,
    state = 'draft' AND answer_due_on < serving.today() AS overdue,
    (SELECT listing.case_number FROM register.listing WHERE listing.id = notice.listing_id) AS case_number
FROM register.notice
WHERE court_id = :court
ORDER BY state <> 'draft', answer_due_on NULLS LAST, published_on DESC NULLS FIRST, id;

-- name: find_today()$
SELECT serving.today();

-- name: find_running(notice)^
-- One notice that runs today.
SELECT
    id, kind, basis, amount, percent, cap, funder, how_to_claim, published_on, ends_on, source,
    court_id, court_name, as_of, case_number, entity_id, entity_kind, entity_name, area_code, area_name
FROM serving.running_notice
WHERE id = :notice;

-- name: find_area(code)^
SELECT code
FROM serving.area
WHERE code = :code;

-- name: find_court(court)^
SELECT as_of
FROM serving.court
WHERE id = :court;

-- name: find_as_of(area)$
-- The import of the oldest list of a court of this area, or of one above or below it; an empty area means any court.
SELECT min(as_of)
FROM serving.court
WHERE starts_with(area_code, :area) OR starts_with(:area, area_code);

-- name: find_of_court(notice)^
-- One notice of the acting court as its console shows it, with whom it is about.
SELECT
    notice.id, notice.listing_id, notice.court_id, notice.kind, notice.state, notice.basis, notice.amount,
    notice.percent, notice.cap, notice.funder, notice.how_to_claim, notice.requested_on, notice.answer_due_on,
    notice.published_on, notice.ends_on, notice.closed_on, notice.closed_cause, notice.source,
    listing.case_number, entity.kind AS entity_kind, entity.name AS entity_name,
    (SELECT court.name FROM register.court WHERE court.id = notice.court_id) AS court_name
FROM register.notice
INNER JOIN register.listing ON listing.id = notice.listing_id
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE notice.id = :notice;

-- name: list_events(notice)
-- What happened to a notice, in order; no officer where it closed by itself.
SELECT event.action, event.cause, event.effective_on, event.recorded_at, officer.name AS officer, approver.name AS approver
FROM register.notice_event AS event
LEFT JOIN register.officer ON officer.id = event.officer_id
LEFT JOIN register.officer AS approver ON approver.id = event.approver_id
WHERE event.notice_id = :notice  -- noqa: RF02
ORDER BY event.id;

-- name: list_noticeable(case_key, name_folded)
-- Listings of the acting court that are shown, by a part of their case number or a whole name.
SELECT listing.id, listing.case_number, listing.published_on, entity.name, entity.kind
FROM register.listing
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE
    listing.state = 'published'
    AND (position(:case_key IN listing.case_key) > 0 OR entity.name_folded = :name_folded)  -- noqa: RF02
ORDER BY listing.published_on DESC, listing.id
LIMIT 20;

-- name: find_noticeable(listing)^
-- One listing of the acting court that is shown.
SELECT listing.id, listing.case_number, listing.published_on, entity.name, entity.kind
FROM register.listing
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE listing.id = :listing AND listing.state = 'published';
