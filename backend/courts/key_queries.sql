-- name: lock_court(code)^
-- A court by its sign, held so that its keys change one after the other.
SELECT id, name
FROM register.court
WHERE code = :code
FOR UPDATE;

-- name: find_officer(login)^
-- An officer, acting or not, with the court's sign and the own key where there is one.
SELECT
    officer.id, officer.court_id, officer.login, officer.roles, officer.active, court.code AS court,
    officer_key.public_key
FROM register.officer
INNER JOIN register.court ON court.id = officer.court_id
LEFT JOIN register.officer_key ON officer_key.officer_id = officer.id
WHERE officer.login = :login;  -- noqa: RF02

-- name: list_officer_keys(court)
-- The acting officers of a court who have a key.
SELECT officer.id, officer.roles, officer_key.public_key
FROM register.officer
INNER JOIN register.officer_key ON officer_key.officer_id = officer.id
WHERE officer.court_id = :court AND officer.active  -- noqa: RF02
ORDER BY officer.login;

-- name: revive_officer(login, roles)!
-- A demo officer whose keys were taken away with the demo's records, or whose roles were others in an earlier release; none who was a keeper and would sign.
UPDATE register.officer
SET active = true, roles = :roles
WHERE login = :login AND NOT (kept AND 'approver' = ANY(:roles));

-- name: insert_officer_key(officer, public_key, wrapped)!
INSERT INTO register.officer_key (officer_id, public_key, wrapped)
VALUES (:officer, :public_key, :wrapped);

-- name: delete_officer_secrets(officer)!
DELETE FROM register.court_secret
WHERE officer_id = :officer;

-- name: delete_officer_key(officer)!
DELETE FROM register.officer_key
WHERE officer_id = :officer;

-- name: end_officer(officer)!
-- By a trigger, what they sign in with goes, and every session ends.
UPDATE register.officer
SET active = false
WHERE id = :officer AND active;

-- name: find_recovery_key(court)$
SELECT public_key
FROM register.recovery_key
WHERE court_id = :court;

-- name: insert_recovery_key(court, public_key)!
INSERT INTO register.recovery_key (court_id, public_key)
VALUES (:court, :public_key);

-- name: list_recovery_secrets(court)
SELECT use, number, sealed
FROM register.court_secret
WHERE court_id = :court AND officer_id IS NULL
ORDER BY use, number;

-- name: find_last_key(court, use)^
-- The newest statement of a use, valid or not.
SELECT number, key, not_after, signature
FROM register.court_key
WHERE court_id = :court AND use = :use
ORDER BY number DESC
LIMIT 1;

-- name: insert_key(court, use, number, key, not_after, signature, signed_by)!
INSERT INTO register.court_key (court_id, use, number, key, not_after, signature, signed_by)
VALUES (:court, :use, :number, :key, :not_after, :signature, :signed_by);

-- name: insert_secret(court, use, number, officer, sealed)!
-- A secret sealed to one holder; one who holds it already keeps what is there.
INSERT INTO register.court_secret (court_id, use, number, officer_id, sealed)
VALUES (:court, :use, :number, :officer, :sealed)
ON CONFLICT DO NOTHING;

-- name: list_keys()
-- Every court's newest keys, with how many acting officers hold each.
SELECT
    court.code, court.name, court_key.use, court_key.number, court_key.not_after,
    court_key.not_after <= now() AS expired,
    (
        SELECT count(*)
        FROM register.court_secret
        INNER JOIN register.officer ON officer.id = court_secret.officer_id AND officer.active
        WHERE
            court_secret.court_id = court_key.court_id
            AND court_secret.use = court_key.use
            AND court_secret.number = court_key.number
    ) AS holders
FROM register.court_key
INNER JOIN register.court ON court.id = court_key.court_id
WHERE
    NOT EXISTS (
        SELECT FROM register.court_key AS newer
        WHERE
            newer.court_id = court_key.court_id AND newer.use = court_key.use AND newer.number > court_key.number
    )
ORDER BY court.code, court_key.use;

-- name: fill_demo_contact(code)!
-- Where a court has said nothing of itself: invented, and taken away with the demo's officers.
UPDATE register.court
SET phone = '0000-0000000', address = '演示地址,不是真实地址'
WHERE
    code = :code AND phone IS NULL AND address IS NULL
    AND EXISTS (
        SELECT FROM register.officer
        WHERE officer.court_id = court.id AND officer.active AND starts_with(officer.login, 'demo-')
    );

-- name: insert_demo_statement(line, stated_by, approved_by)!
INSERT INTO register.readiness_statement (court_id, line, stated_by, approved_by)
SELECT first.court_id, :line, first.id, second.id  -- noqa: RF02, AL08
FROM register.officer AS first
INNER JOIN register.officer AS second ON second.court_id = first.court_id AND second.login = :approved_by  -- noqa: RF02
WHERE first.login = :stated_by  -- noqa: RF02
ON CONFLICT DO NOTHING;

-- name: is_demo_court(code)$
-- Whether invented records are here, and whoever acts for this court is invented, too.
SELECT
    EXISTS (SELECT FROM register.import_file WHERE source = 'demo')
    AND EXISTS (SELECT FROM register.court WHERE court.code = :code)  -- noqa: RF02
    AND NOT EXISTS (
        SELECT FROM register.officer
        INNER JOIN register.court ON court.id = officer.court_id
        WHERE court.code = :code AND officer.active AND NOT starts_with(officer.login, 'demo-')  -- noqa: RF02
    );
