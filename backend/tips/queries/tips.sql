-- name: find_target(court, target)$
-- What an id names at a court.
SELECT register.tip_target(:court, :target);

-- name: file_tip(filing, court)!
SELECT register.file_tip(:filing, :court);

-- name: find_tip(rowkey)^
SELECT outcome, reason, awarded
FROM register.find_tip(:rowkey);

-- name: list_tips(court)
-- A court's tips in the order in which they came, those still to be decided first.
SELECT filing.number, filing.hour, filing.state, filing.target_kind, tip.outcome, tip.reason, tip.decided_on
FROM register.tip
INNER JOIN sealed.filing ON filing.id = tip.filing_id
WHERE tip.court_id = :court  -- noqa: RF02
ORDER BY tip.decided_on IS NOT NULL, filing.number;

-- name: lock_tip(filing)^
-- One tip, held until the transaction ends.
SELECT filing_id, court_id, outcome, decided_on
FROM register.tip
WHERE filing_id = :filing
FOR UPDATE;

-- name: update_decision(filing, outcome, reason, today, officer)!
UPDATE register.tip
SET outcome = :outcome, reason = :reason, decided_on = :today, officer_id = :officer
WHERE filing_id = :filing;

-- name: find_case_closed_on(filing)$
-- Day on which the case of a tip ended; today where there is none; NULL while it goes on.
SELECT register.tip_case_closed_on(target_kind, target_id, court_id)
FROM sealed.filing
WHERE id = :filing;

-- name: close_tips()!
-- Tips whose case has ended: decided or not, their term begins. Those that name the court only close with their decision.
WITH ended AS (
    SELECT
        filing.id, tip.decided_on,
        register.tip_case_closed_on(filing.target_kind, filing.target_id, filing.court_id) AS case_on
    FROM register.tip
    INNER JOIN sealed.filing ON filing.id = tip.filing_id
    WHERE filing.state IN ('received', 'checking') AND filing.target_kind <> 'court'
)

UPDATE sealed.filing
SET state = 'closed', closed_on = greatest(ended.case_on, ended.decided_on)
FROM ended
WHERE filing.id = ended.id AND ended.case_on IS NOT NULL AND filing.state IN ('received', 'checking');

-- name: count_notices(filing)$
-- How many notices promised a reward for what a tip is about on the day it came.
SELECT count(*)
FROM register.tip_notices(:filing);

-- name: find_today()$
SELECT serving.today();

-- name: find_desk_tip(number)^
-- One tip of the acting court as its desk shows it, with whether a reward was promised.
SELECT
    filing_id, court_id, number, hour, target_kind, status, reason, decided_on, holder_id, holder, opened, due_on,
    case_numbers, EXISTS (SELECT FROM register.tip_notices(tip_desk.filing_id)) AS promised,
    (SELECT tip.urgent FROM register.tip WHERE tip.filing_id = tip_desk.filing_id) AS urgent,
    (SELECT tip.outcome FROM register.tip WHERE tip.filing_id = tip_desk.filing_id) AS outcome
FROM register.tip_desk
WHERE number = :number;

-- name: find_desk_filing(number)^
-- A tip of the acting court as a filing, and what it is about.
SELECT id, purpose, court_id, key_id, number, hour, env, head, state, closed_on
FROM sealed.filing
WHERE purpose = 'tip' AND number = :number;

-- name: take_tip(filing, officer)!
-- Whoever opens a tip first looks into it.
UPDATE register.tip
SET holder_id = :officer
WHERE filing_id = :filing AND holder_id IS NULL;

-- name: hand_over(filing, officer)!
UPDATE register.tip
SET holder_id = :officer
WHERE filing_id = :filing;

-- name: update_urgent(filing, urgent)!
UPDATE register.tip
SET urgent = :urgent
WHERE filing_id = :filing;

-- name: list_same_case(number)
-- Tips about a case that one is about, whichever way they name it, decided or not: the tip itself and the earliest. Which of them tell the same only an officer can see.
WITH one AS (
    SELECT target_kind, target_id, court_id
    FROM sealed.filing
    WHERE purpose = 'tip' AND number = :number
),

-- its listings, which a tip names by themselves, by whose they are, or by a notice about them
about AS (
    SELECT listing.id, listing.entity_id
    FROM one
    CROSS JOIN LATERAL register.tip_listings(one.target_kind, one.target_id, one.court_id) AS listing
),

targets AS (
    SELECT target_id FROM one
    UNION
    SELECT id FROM about
    UNION
    SELECT entity_id FROM about
    UNION
    SELECT notice.id
    FROM register.notice
    INNER JOIN about ON about.id = notice.listing_id
)

SELECT other.number
FROM sealed.filing AS other
INNER JOIN targets ON targets.target_id = other.target_id
WHERE other.purpose = 'tip' AND other.state NOT IN ('shredding', 'shredded')
ORDER BY other.number <> :number, other.number  -- noqa: RF02
LIMIT 30;

-- name: list_noticed()
-- Notices of the acting court, for narrowing the inbox.
SELECT notice.id, listing.case_number
FROM register.notice
INNER JOIN register.listing ON listing.id = notice.listing_id
WHERE notice.published_on IS NOT NULL
ORDER BY listing.case_number
LIMIT 200;

-- name: find_court_area()$
-- Code of the acting court's area, whose outline is loaded before anything is read.
SELECT area_code
FROM register.court
WHERE id = register.acting_court();

-- name: find_court_name()$
SELECT name
FROM register.court
WHERE id = register.acting_court();
