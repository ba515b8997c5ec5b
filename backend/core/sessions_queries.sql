-- name: touch_session(digest, idle_minutes, hours)^
-- The session of a token, if it is neither idle nor old; said to be alive at most once a minute.
WITH alive AS (
    SELECT
        session.digest, session.id, session.officer_id, session.seen_at, session.proved_at, officer.court_id,
        officer.login, officer.name, officer.roles, court.name AS court_name, court.code AS court_code,
        credential.provisional_until IS NOT NULL AS handed_out
    FROM desk.session
    INNER JOIN register.officer ON officer.id = session.officer_id AND officer.active
    INNER JOIN register.court ON court.id = officer.court_id
    LEFT JOIN desk.credential ON credential.officer_id = officer.id
    WHERE
        session.digest = CAST(:digest AS bytea)  -- noqa: RF02
        AND session.seen_at > clock_timestamp() - make_interval(mins => :idle_minutes)  -- noqa: RF02
        AND session.began_at > clock_timestamp() - make_interval(hours => :hours)  -- noqa: RF02
),

touched AS (
    UPDATE desk.session
    SET seen_at = clock_timestamp()
    FROM alive
    WHERE session.digest = alive.digest AND alive.seen_at < clock_timestamp() - interval '1 minute'
)

SELECT id, officer_id, court_id, login, name, roles, court_name, court_code, proved_at, handed_out FROM alive;

-- name: insert_session(digest, officer, proved, agent)!
-- Sweeps on the way what no setting lets live so long.
WITH swept AS (
    DELETE FROM desk.session
    WHERE began_at < clock_timestamp() - interval '24 hours'
)

INSERT INTO desk.session (digest, officer_id, proved_at, agent)
VALUES (:digest, :officer, CASE WHEN :proved THEN clock_timestamp() END, :agent);

-- name: rotate_session(former, digest)!
-- What the former token was still to sign or to be shown does not pass to the new one.
UPDATE desk.session
SET
    digest = :digest, proved_at = clock_timestamp(), challenge = NULL, challenge_until = NULL, pending_secret = NULL
WHERE digest = :former;

-- name: delete_session(digest)!
DELETE FROM desk.session
WHERE digest = :digest;

-- name: delete_sessions(officer)!
DELETE FROM desk.session
WHERE officer_id = :officer;
