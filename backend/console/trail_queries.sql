-- name: find_open_check()$
-- The acting court's verification that has not ended.
SELECT id
FROM register.trail_check
WHERE ended_at IS NULL AND court_id = register.acting_court();

-- name: insert_check(court, officer)!
INSERT INTO register.trail_check (court_id, asked_by)
VALUES (:court, :officer)
ON CONFLICT DO NOTHING;

-- name: defer_verify()$
-- IS NULL since the driver knows no void.
SELECT jobs.defer_verify_audit() IS NULL;

-- name: find_check(wanted)^
-- A verification of the acting court as its page shows it.
SELECT
    trail_check.id, trail_check.asked_at, trail_check.walked, trail_check.total, trail_check.signed, trail_check.head,
    trail_check.broken_at, trail_check.reason, trail_check.ended_at, officer.name AS asked_by
FROM register.trail_check
INNER JOIN register.officer ON officer.id = trail_check.asked_by
WHERE trail_check.id = :wanted;  -- noqa: RF02

-- name: find_last_check()^
SELECT id, asked_at
FROM register.trail_check
WHERE court_id = register.acting_court()
ORDER BY asked_at DESC
LIMIT 1;

-- name: list_open_checks()
-- Verifications that wait, and those on which a worker has died, of all courts.
SELECT id
FROM register.trail_check
WHERE ended_at IS NULL
ORDER BY asked_at;

-- name: tell_check(wanted, walked, total)!
UPDATE register.trail_check
SET walked = :walked, total = :total
WHERE id = :wanted;

-- name: end_check(wanted, walked, signed, head, broken_at, reason)!
UPDATE register.trail_check
SET
    walked = :walked, total = coalesce(total, :walked), signed = :signed, head = :head, broken_at = :broken_at,
    reason = :reason, ended_at = clock_timestamp()
WHERE id = :wanted;
