-- name: find_court_by_code(code)^
-- A court by its sign in case numbers.
SELECT id
FROM register.court
WHERE code = :code;

-- name: insert_officer(court, login, name, roles)^
INSERT INTO register.officer (court_id, login, name, roles)
VALUES (:court, :login, :name, :roles)
RETURNING id;

-- name: end_officer(login)^
UPDATE register.officer
SET active = false
WHERE login = :login AND active
RETURNING id, court_id;

-- name: list_officers()
-- Every officer there was, with the court's sign.
SELECT court.code AS court, officer.login, officer.name, officer.roles, officer.active
FROM register.officer
INNER JOIN register.court ON court.id = officer.court_id
ORDER BY court.code, officer.login;

-- name: find_acting_officer(id)^
-- An acting officer among those that this transaction may see.
SELECT id, login, name, roles, kept
FROM register.officer
WHERE id = :id AND active;

-- name: count_approvers()$
SELECT count(*)
FROM register.officer
WHERE active AND 'approver' = ANY(roles) AND court_id = register.acting_court();

-- name: lock_other_keepers(officer)
-- Held, so that of two keepers who end each other at once one stays.
SELECT id
FROM register.officer
WHERE court_id = register.acting_court() AND active AND 'keeper' = ANY(roles) AND id <> :officer
ORDER BY id
FOR UPDATE;

-- name: set_roles(id, roles)!
UPDATE register.officer
SET roles = :roles
WHERE id = :id AND active;

-- name: end_own_officer(id)!
UPDATE register.officer
SET active = false
WHERE id = :id AND active;

-- name: delete_other_secrets(officer, held)!
-- Wrapped keys whose use the officer may hold no more.
DELETE FROM register.court_secret
WHERE officer_id = :officer AND use <> ALL(:held);

-- name: delete_own_key(officer)!
DELETE FROM register.officer_key
WHERE officer_id = :officer;

-- name: find_readiness()^
-- The lines of the acting court's go-live list, and what it takes by them.
SELECT
    ready.contact, ready.imported, ready.approvers, ready.readers, ready.recovery_sealed, ready.announcement_reviewed,
    ready.demo_cleared, ready.mixed, acceptance.accepts_tips, acceptance.accepts_objections
FROM register.own_readiness AS ready
INNER JOIN serving.court_acceptance AS acceptance ON acceptance.court_id = ready.court_id;

-- name: insert_statement(court, line, stated_by, approved_by)!
INSERT INTO register.readiness_statement (court_id, line, stated_by, approved_by)
VALUES (:court, :line, :stated_by, :approved_by)
ON CONFLICT DO NOTHING;

-- name: find_contact(court)^
SELECT name, code, phone, address
FROM register.court
WHERE id = :court;

-- name: state_contact(phone, address)$
-- IS NULL since the driver knows no void.
SELECT register.state_contact(:phone, :address) IS NULL;
