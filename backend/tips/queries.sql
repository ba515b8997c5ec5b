-- name: find_target(court, target)$
-- What an id names at a court.
SELECT register.tip_target(:court, :target);

-- name: file_tip(filing, court)!
SELECT register.file_tip(:filing, :court);

-- name: find_tip(rowkey)^
SELECT outcome, reason, awarded
FROM register.find_tip(:rowkey);

-- name: find_officer(login)^
-- An acting officer.
SELECT id, court_id, roles
FROM register.officer
WHERE login = :login AND active;

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

-- name: find_reward_key(court)^
-- The present key to which a court's awards and claims are made.
SELECT number, key
FROM serving.court_key
WHERE court_id = :court AND use = 'reward';

-- name: find_today()$
SELECT serving.today();
