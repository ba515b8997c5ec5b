-- name: find_target(court, target)^
-- What an id names at a court, and the listings that are meant.
SELECT kind, listings
FROM register.objection_target(:court, :target);

-- name: file_objection(filing, court, listings)$
SELECT register.file_objection(:filing, :court, :listings);

-- name: find_objection(rowkey)^
SELECT
    due_on, outcome, decided_on, acted, removal_code, working_days_left, stopped_at, review_asked_on, review_due_on,
    review_decided_on, review_outcome, review_act
FROM register.find_objection(:rowkey);

-- name: list_objections(court)
-- A court's objections, those still to be decided first, the most pressing at the top.
SELECT
    filing.number, filing.hour, filing.state, filing.target_kind, objection.due_on, objection.outcome,
    objection.decided_on, objection.decided_on IS NULL AND objection.due_on < serving.today() AS overdue,
    (
        SELECT string_agg(listing.case_number, '、' ORDER BY listing.case_number)
        FROM register.objection_listing
        INNER JOIN register.listing ON listing.id = objection_listing.listing_id
        WHERE objection_listing.filing_id = objection.filing_id
    ) AS case_numbers
FROM register.objection
INNER JOIN sealed.filing ON filing.id = objection.filing_id
WHERE objection.court_id = :court  -- noqa: RF02
ORDER BY objection.decided_on IS NOT NULL, objection.due_on, filing.number;

-- name: lock_objection(filing)^
-- One objection, held until the transaction ends, with the listings that it is about.
SELECT
    objection.filing_id, objection.court_id, objection.task_id, objection.outcome, objection.decided_on,
    (SELECT filing.state IN ('shredding', 'shredded') FROM sealed.filing WHERE filing.id = objection.filing_id)
        AS destroyed,
    ARRAY(
        SELECT objection_listing.listing_id
        FROM register.objection_listing
        WHERE objection_listing.filing_id = objection.filing_id
        ORDER BY objection_listing.listing_id
    ) AS listings
FROM register.objection
WHERE objection.filing_id = :filing
FOR UPDATE;

-- name: find_filing_id(court, number)$
SELECT id
FROM sealed.filing
WHERE court_id = :court AND purpose = 'objection' AND number = :number;

-- name: find_review(court, decided_on)^
-- The next higher court, and the last day to ask it about a decision of a day.
SELECT
    superior.id AS court_id, superior.name AS court, superior.phone, superior.address,
    register.due_on('ask_for_review', CAST(:decided_on AS date)) AS until  -- noqa: RF02
FROM register.court
LEFT JOIN register.court AS superior ON superior.id = court.superior_id
WHERE court.id = CAST(:court AS uuid);

-- name: list_of_case(case_key)
-- The acting court's listings of one case.
SELECT id
FROM register.listing
WHERE case_key = :case_key;

-- name: link_listings(filing, court, listings)!
-- What the court has found to be meant by an objection that names the court only.
INSERT INTO register.objection_listing (filing_id, listing_id)
SELECT CAST(:filing AS uuid), listing.id  -- noqa: ST06
FROM register.listing
WHERE listing.id = ANY(:listings) AND listing.court_id = :court
ON CONFLICT DO NOTHING;

-- name: update_decision(filing, outcome, today, officer)!
UPDATE register.objection
SET outcome = :outcome, decided_on = :today, officer_id = :officer
WHERE filing_id = :filing;

-- name: lock_listings(listings)!
-- In their order, so that two decisions about the same never wait for each other.
SELECT id
FROM register.listing
WHERE id = ANY(:listings)
ORDER BY id
FOR UPDATE;

-- name: close_duty(task, today)!
UPDATE register.task
SET done_on = :today
WHERE id = :task AND done_on IS NULL;

-- name: close_duties(listings, today)!
-- The duty to decide ends with the last objection about a listing that is still open.
UPDATE register.task
SET done_on = :today
WHERE
    listing_id = ANY(:listings) AND kind = 'decide_objection' AND done_on IS NULL
    AND NOT EXISTS (
        SELECT FROM register.objection_listing
        INNER JOIN register.objection ON objection.filing_id = objection_listing.filing_id
        WHERE objection_listing.listing_id = task.listing_id AND objection.decided_on IS NULL
    );

-- name: open_duty_to_act(listing, court, act, today)!
-- What a founded objection asks of the court, by its clock, of a listing that has not ended; less never takes the place
-- of more.
INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on, due_on)
SELECT  -- noqa: ST06
    listing.id, :court, 'act_on_objection', :act, CAST(:today AS date),
    register.due_on('act_on_objection', CAST(:today AS date))
FROM register.listing
WHERE listing.id = :listing AND listing.ended_on IS NULL
ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO UPDATE
    SET cause = excluded.cause
    WHERE task.cause = 'correct';

-- name: take_listing(listing, officer)$
-- Whoever decides about a listing looks after it, where nobody does.
SELECT register.take_listing(:listing, :officer);

-- name: take_objection(filing, officer)!
-- Whoever opens an objection first looks into it.
UPDATE register.objection
SET holder_id = :officer
WHERE filing_id = :filing AND holder_id IS NULL;

-- name: hand_over(filing, officer)!
UPDATE register.objection
SET holder_id = :officer
WHERE filing_id = :filing;

-- name: find_review_of(filing)$
SELECT id
FROM register.review
WHERE filing_id = :filing;

-- name: find_desk_review(review)^
-- One review that concerns the acting court.
SELECT
    id, court_id, reviewing_court_id, asked_on, due_on, outcome, act, reason, decided_on, court, reviewing_court,
    officer, number, filed_on, objection_outcome, objection_decided_on, case_numbers,
    filing_id, court_id = reviewing_court_id AS told, reviewing_court_id = register.acting_court() AS deciding,
    decided_on IS NULL AND due_on < serving.today() AS overdue,
    -- of a reversal about no listing in particular, until the court that decided has found which are meant
    (
        SELECT task.id
        FROM register.review
        INNER JOIN register.task ON task.id = review.task_id
        WHERE
            review.id = review_desk.id AND review.court_id = register.acting_court()
            AND task.kind = 'act_on_objection' AND task.done_on IS NULL
    ) AS finding
FROM register.review_desk
WHERE id = :review;

-- name: decide_review(review, outcome, act, reason, officer, today)$
-- The court whose decision was reviewed; NULL where no such review of the acting court is open.
SELECT register.decide_review(:review, :outcome, CAST(:act AS text), :reason, :officer, :today);

-- name: suspend_listing(listing, officer, today)$
SELECT register.suspend_for_objection(:listing, :officer, :today);

-- name: open_reviews(filing, today)$
SELECT register.open_reviews(:filing, :today);

-- name: find_desk_objection(number)^
-- One objection of the acting court, as its page shows it.
SELECT
    filing.number, filing.hour, filing.state, filing.target_kind, objection.filing_id, objection.court_id,
    objection.filed_on, objection.due_on, objection.outcome, objection.decided_on, officer.name AS officer, court.name AS court_name,
    holder.name AS holder, review.id AS review_id,
    objection.decided_on IS NULL AND objection.due_on < serving.today() AS overdue,
    (
        SELECT string_agg(listing.case_number, '、' ORDER BY listing.case_number)
        FROM register.objection_listing
        INNER JOIN register.listing ON listing.id = objection_listing.listing_id
        WHERE objection_listing.filing_id = objection.filing_id
    ) AS case_numbers,
    ARRAY(
        SELECT objection_listing.listing_id
        FROM register.objection_listing
        WHERE objection_listing.filing_id = objection.filing_id
        ORDER BY objection_listing.listing_id
    ) AS listings
FROM register.objection
INNER JOIN sealed.filing ON filing.id = objection.filing_id
INNER JOIN register.court ON court.id = objection.court_id
LEFT JOIN register.officer ON officer.id = objection.officer_id
LEFT JOIN register.officer AS holder ON holder.id = objection.holder_id
LEFT JOIN register.review ON review.filing_id = objection.filing_id
WHERE filing.purpose = 'objection' AND filing.number = :number;  -- noqa: RF02

-- name: find_today()$
SELECT serving.today();

-- name: ask_reminder(rowkey, openid)$
SELECT register.ask_reminder(:rowkey, :openid);

-- name: reminder_asked(rowkey)$
SELECT register.reminder_asked(:rowkey);

-- name: withdraw_reminder(rowkey)$
SELECT register.withdraw_reminder(:rowkey);

-- name: list_due_reminders()
-- Reminders of objections that the court has answered or decided since; in no order that tells when they were asked for.
SELECT filing.id AS filing_id, filing.court_id, filing.key_id, objection_reminder.openid  -- noqa: ST06
FROM register.objection_reminder
INNER JOIN register.objection ON objection.filing_id = objection_reminder.filing_id
INNER JOIN sealed.filing ON filing.id = objection_reminder.filing_id
WHERE
    objection.decided_on IS NOT NULL
    OR objection_reminder.answers < (
        SELECT count(*)
        FROM sealed.part
        WHERE part.filing_id = objection_reminder.filing_id AND starts_with(part.part, 'c/')
    )
ORDER BY filing.id;

-- name: forget_reminder(filing)!
DELETE FROM register.objection_reminder
WHERE filing_id = :filing;

-- name: forget_old_reminders(days)!
-- Those whose objection was decided so many days ago that whoever asked has looked by themselves.
DELETE FROM register.objection_reminder
USING register.objection
WHERE
    objection.filing_id = objection_reminder.filing_id
    AND objection.decided_on < (SELECT serving.today()) - CAST(:days AS integer);
