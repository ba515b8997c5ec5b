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
