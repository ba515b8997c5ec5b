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
-- When a court of this area, or of one above or below it, last had a list imported; an empty area means any court.
SELECT max(as_of)
FROM serving.court
WHERE starts_with(area_code, :area) OR starts_with(:area, area_code);
