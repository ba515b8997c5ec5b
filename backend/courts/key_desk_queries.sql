-- name: list_holders()
-- Acting officers whose roles may hold a key, with their own key, whether it was compared, and what is sealed to it.
SELECT
    officer.id, officer.login, officer.name, officer.roles, officer_key.public_key, officer_key.compared_at,
    officer_key.compared_at IS NOT NULL OR held.keys IS NOT NULL AS compared, coalesce(held.keys, '{}') AS held
FROM register.officer
LEFT JOIN register.officer_key ON officer_key.officer_id = officer.id
LEFT JOIN LATERAL (
    SELECT array_agg(secret.use || ' ' || secret.number ORDER BY secret.use, secret.number) AS keys
    FROM register.court_secret AS secret
    WHERE secret.officer_id = officer.id
) AS held ON true
WHERE
    officer.active AND officer.court_id = register.acting_court()
    AND officer.roles && ARRAY['clerk', 'approver', 'reward_officer', 'keeper']
ORDER BY officer.login;

-- name: list_newest_keys()
-- The acting court's newest key of each use: whether phones take it now, how many hold it, and whether it must go.
SELECT
    court_key.use, court_key.number, court_key.key, court_key.not_after, key_duty.since AS exposed_at,
    present.number IS NOT NULL AS valid,
    (
        SELECT count(*)
        FROM register.court_secret AS secret
        WHERE
            secret.court_id = court_key.court_id AND secret.use = court_key.use
            AND secret.number = court_key.number AND secret.officer_id IS NOT NULL
    ) AS holders
FROM (
    SELECT DISTINCT ON (use) court_id, use, number, key, not_after
    FROM register.court_key
    WHERE court_id = register.acting_court()
    ORDER BY use, number DESC
) AS court_key
LEFT JOIN serving.court_key AS present
    ON
        present.court_id = court_key.court_id AND present.use = court_key.use
        AND present.number = court_key.number
LEFT JOIN register.key_duty ON key_duty.court_id = court_key.court_id AND key_duty.use = court_key.use;

-- name: list_key_duties()
-- Which present keys of the acting court must be replaced, and since when.
SELECT use, number, since
FROM register.key_duty
WHERE court_id = register.acting_court()
ORDER BY use;

-- name: lock_officer(id)^
-- An acting officer of the acting court with the own key, held so that the roles stay while a key is sealed.
SELECT officer.id, officer.login, officer.name, officer.roles, officer_key.public_key, officer_key.compared_at
FROM register.officer
LEFT JOIN register.officer_key ON officer_key.officer_id = officer.id
WHERE officer.id = :id AND officer.active AND officer.court_id = register.acting_court()  -- noqa: RF02
FOR UPDATE OF officer;

-- name: mark_compared(officer, by)!
UPDATE register.officer_key
SET compared_by = :by, compared_at = clock_timestamp()
WHERE officer_id = :officer;

-- name: find_key_number(use, number)$
-- Whether the acting court has such a key.
SELECT number
FROM register.court_key
WHERE court_id = register.acting_court() AND use = :use AND number = :number;

-- name: find_key_request()^
SELECT number, key, not_after, sealed, asked_by, asked_at
FROM register.key_request
WHERE court_id = register.acting_court();

-- name: insert_key_request(court, number, key, not_after, sealed, by)!
INSERT INTO register.key_request (court_id, number, key, not_after, sealed, asked_by)
VALUES (:court, :number, :key, :not_after, :sealed, :by);

-- name: delete_key_request()!
DELETE FROM register.key_request
WHERE court_id = register.acting_court();
