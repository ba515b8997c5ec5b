-- name: find_login(login)^
SELECT
    officer.id, officer.court_id, officer.login, officer.name, officer.roles, court.name AS court_name,
    court.code AS court_code
FROM register.officer
INNER JOIN register.court ON court.id = officer.court_id
WHERE officer.login = :login AND officer.active;  -- noqa: RF02

-- name: upsert_password(officer, hash, until)!
INSERT INTO desk.credential (officer_id, password_hash, provisional_until)
VALUES (:officer, :hash, :until)
ON CONFLICT (officer_id) DO UPDATE
    SET
        password_hash = excluded.password_hash,
        provisional_until = excluded.provisional_until,
        changed_at = clock_timestamp();

-- name: find_credential(login)^
-- Held until the sign-in is done, so that a password that is replaced or taken away leaves no session behind.
SELECT officer.id, officer.court_id, credential.password_hash, credential.provisional_until
FROM register.officer
INNER JOIN desk.credential ON credential.officer_id = officer.id
WHERE officer.login = :login AND officer.active  -- noqa: RF02
FOR SHARE OF credential;

-- name: find_factors(officer)^
-- What an officer can show, and until when a password that was handed out is good.
SELECT
    credential.changed_at, credential.provisional_until, credential.totp_secret IS NOT NULL AS totp,
    (SELECT count(*) FROM desk.passkey WHERE passkey.officer_id = credential.officer_id) AS passkeys,
    (
        SELECT count(*)
        FROM desk.recovery_code
        WHERE recovery_code.officer_id = credential.officer_id AND recovery_code.used_at IS NULL
    ) AS recovery_codes
FROM desk.credential
WHERE credential.officer_id = :officer;

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

-- name: set_pending_secret(session, secret)!
UPDATE desk.session
SET pending_secret = :secret
WHERE id = :session;

-- name: find_pending_secret(session)$
SELECT pending_secret
FROM desk.session
WHERE id = :session;

-- name: insert_recovery_code(officer, digest)!
INSERT INTO desk.recovery_code (officer_id, digest)
VALUES (:officer, :digest);

-- name: delete_recovery_codes(officer)!
DELETE FROM desk.recovery_code
WHERE officer_id = :officer;

-- name: use_recovery_code(officer, digest)!
-- One row the first time, none afterwards; of two at once, one.
UPDATE desk.recovery_code
SET used_at = clock_timestamp()
WHERE officer_id = :officer AND digest = :digest AND used_at IS NULL;

-- name: find_user_handle(officer)$
SELECT user_handle
FROM desk.credential
WHERE officer_id = :officer;

-- name: set_challenge(session, challenge, until)!
UPDATE desk.session
SET challenge = :challenge, challenge_until = :until
WHERE id = :session;

-- name: take_challenge(session, present)$
-- What a passkey was to sign, unless it is too late; asked for once.
WITH before AS (
    SELECT session.id, session.challenge, session.challenge_until
    FROM desk.session
    WHERE session.id = :session AND session.challenge IS NOT NULL
    FOR UPDATE
),

used AS (
    UPDATE desk.session
    SET challenge = NULL, challenge_until = NULL
    FROM before
    WHERE session.id = before.id
)

SELECT challenge
FROM before
WHERE challenge_until > :present;

-- name: insert_passkey(id, officer, public_key, sign_count, label)!
-- None where somebody has this very key already.
INSERT INTO desk.passkey (id, officer_id, public_key, sign_count, label)
VALUES (:id, :officer, :public_key, :sign_count, :label)
ON CONFLICT DO NOTHING;

-- name: list_passkeys(officer)
SELECT id, label, added_on
FROM desk.passkey
WHERE officer_id = :officer
ORDER BY added_on, label, id;

-- name: find_passkey(officer, id)^
-- Locked: a copied key that counts on from the same number loses the race.
SELECT public_key, sign_count
FROM desk.passkey
WHERE id = :id AND officer_id = :officer
FOR UPDATE;

-- name: use_passkey(id, sign_count)!
UPDATE desk.passkey
SET sign_count = :sign_count
WHERE id = :id;

-- name: delete_passkey(officer, id)!
DELETE FROM desk.passkey
WHERE officer_id = :officer AND id = :id;

-- name: delete_passkeys(officer)!
DELETE FROM desk.passkey
WHERE officer_id = :officer;

-- name: lock_subject(subject)$
-- Tries of one subject are noted one after the other; `IS NULL` since the driver knows no void.
SELECT pg_advisory_xact_lock(hashtextextended(encode(:subject, 'hex'), 0)) IS NULL;

-- name: sweep_attempts(before)!
DELETE FROM desk.attempt
WHERE failed_at < :before;

-- name: list_attempts(subject)
SELECT failed_at
FROM desk.attempt
WHERE subject = :subject;

-- name: insert_attempt(subject, at)^
INSERT INTO desk.attempt (subject, failed_at)
VALUES (:subject, :at)
RETURNING id;

-- name: delete_attempts(ids)!
DELETE FROM desk.attempt
WHERE id = ANY(:ids);

-- name: list_sessions(officer, idle_minutes, hours)
-- Sign-ins of an officer that still hold.
SELECT id, began_at, seen_at, agent, proved_at IS NOT NULL AS proved
FROM desk.session
WHERE
    officer_id = :officer
    AND seen_at > clock_timestamp() - make_interval(mins => :idle_minutes)
    AND began_at > clock_timestamp() - make_interval(hours => :hours)
ORDER BY began_at DESC;

-- name: end_own_session(officer, id)!
DELETE FROM desk.session
WHERE officer_id = :officer AND id = :id;
