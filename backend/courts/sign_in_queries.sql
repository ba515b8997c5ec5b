-- name: find_login(login)^
SELECT id, court_id
FROM register.officer
WHERE login = :login AND active;

-- name: upsert_password(officer, hash)!
INSERT INTO desk.credential (officer_id, password_hash)
VALUES (:officer, :hash)
ON CONFLICT (officer_id) DO UPDATE
    SET password_hash = excluded.password_hash, changed_at = clock_timestamp();

-- name: find_credential(login)^
SELECT
    officer.id, officer.court_id, credential.password_hash, credential.totp_secret, credential.totp_last_step
FROM register.officer
INNER JOIN desk.credential ON credential.officer_id = officer.id
WHERE officer.login = :login AND officer.active;  -- noqa: RF02

-- name: set_totp(officer, secret)!
UPDATE desk.credential
SET totp_secret = :secret, totp_last_step = NULL
WHERE officer_id = :officer;

-- name: lock_totp(officer)^
SELECT totp_secret, totp_last_step
FROM desk.credential
WHERE officer_id = :officer
FOR UPDATE;

-- name: use_step(officer, step)!
UPDATE desk.credential
SET totp_last_step = :step
WHERE officer_id = :officer;
