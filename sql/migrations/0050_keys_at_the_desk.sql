-- migrate:up

SET ROLE owner;

-- An officer of the console may add a key, but not hold a court's row: the trigger does it with its owner's rights.
ALTER FUNCTION register.refuse_older_key() SECURITY DEFINER SET search_path = pg_catalog, pg_temp;

ALTER TABLE register.officer_key
ADD COLUMN compared_by uuid REFERENCES register.officer (id),
ADD COLUMN compared_at timestamptz,
ADD CONSTRAINT officer_key_compared_whole CHECK ((compared_by IS NULL) = (compared_at IS NULL));
COMMENT ON COLUMN register.officer_key.compared_by IS
'The keeper who compared its fingerprint in person; NULL before, and for what was sealed by command line.';
GRANT UPDATE (compared_by, compared_at) ON register.officer_key TO court;

CREATE TABLE register.key_request (
    -- Sealed to recovery as well: it goes with the key that it was sealed to.
    court_id uuid PRIMARY KEY REFERENCES register.recovery_key (court_id) ON DELETE CASCADE,
    number integer NOT NULL,
    key bytea NOT NULL,
    not_after timestamptz NOT NULL,
    sealed jsonb NOT NULL,
    asked_by uuid NOT NULL REFERENCES register.officer (id),
    asked_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT key_request_number_positive CHECK (number > 0),
    CONSTRAINT key_request_key_has_32_bytes CHECK (octet_length(key) = 32)
);
COMMENT ON TABLE register.key_request IS
'A court''s new signing key that waits for the root''s signature, made offline; a row goes when it comes or is dropped.';
COMMENT ON COLUMN register.key_request.sealed IS
'Its secret, sealed to keepers and recovery: a list of {officer, fingerprint, sealed}, officer null for recovery; fingerprint of the key it is sealed to.';
ALTER TABLE register.key_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.key_request FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.key_request USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.key_request AS RESTRICTIVE TO court USING (court_id = register.acting_court());
GRANT SELECT, INSERT, DELETE ON register.key_request TO court;

CREATE TABLE register.key_exposure (
    court_id uuid NOT NULL,
    use text NOT NULL,
    number integer NOT NULL,
    officer_id uuid NOT NULL REFERENCES register.officer (id),
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (court_id, use, number, officer_id),
    FOREIGN KEY (court_id, use, number) REFERENCES register.court_key (court_id, use, number) ON DELETE CASCADE
);
COMMENT ON TABLE register.key_exposure IS
'Keys that were taken from an officer who had them: what was sealed to that officer may be known to them still.';
COMMENT ON COLUMN register.key_exposure.since IS 'When it was taken away; a new key is due the same day.';
ALTER TABLE register.key_exposure ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.key_exposure FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.key_exposure USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.key_exposure AS RESTRICTIVE TO court USING (court_id = register.acting_court());
GRANT SELECT ON register.key_exposure TO court, operator;

CREATE FUNCTION register.note_exposure() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO register.key_exposure (court_id, use, number, officer_id)
    VALUES (old.court_id, old.use, old.number, old.officer_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.note_exposure() IS 'Remembers which keys somebody knew from whom they are taken.';
CREATE TRIGGER secret_was_known AFTER DELETE ON register.court_secret
FOR EACH ROW WHEN (old.officer_id IS NOT NULL) EXECUTE FUNCTION register.note_exposure();

CREATE VIEW register.key_duty WITH (security_invoker = true) AS
SELECT exposure.court_id, exposure.use, max(exposure.number) AS number, min(exposure.since) AS since
FROM register.key_exposure AS exposure
WHERE
    NOT EXISTS (
        SELECT FROM register.court_key AS newer
        WHERE newer.court_id = exposure.court_id AND newer.use = exposure.use AND newer.number > exposure.number
    )
GROUP BY exposure.court_id, exposure.use;
COMMENT ON VIEW register.key_duty IS
'Which of a court''s present keys must be replaced, since somebody knew them who may hold them no more.';
GRANT SELECT ON register.key_duty TO court;

ALTER VIEW register.desk_duty RENAME TO case_duty;
COMMENT ON VIEW register.case_duty IS 'What a court''s officers have to do in its cases, from whichever feature.';
CREATE VIEW register.desk_duty WITH (security_invoker = true) AS
SELECT court_id, source, kind, subject, number, case_number, came_at, due_on, holder_id
FROM register.case_duty
UNION ALL
SELECT
    key_duty.court_id, 'key', 'replace_key_' || key_duty.use, NULL, NULL, NULL, key_duty.since,
    (key_duty.since AT TIME ZONE 'Asia/Shanghai')::date, NULL
FROM register.key_duty;
COMMENT ON VIEW register.desk_duty IS
'Everything that a court''s officers have to do, from whichever feature, as the first page of the console counts it.';
COMMENT ON COLUMN register.desk_duty.came_at IS 'To the hour for what was sealed, to the day for what only has a day.';
COMMENT ON COLUMN register.desk_duty.holder_id IS 'Who has it in hand; NULL while nobody does.';
GRANT SELECT ON register.desk_duty TO court;

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP VIEW register.desk_duty;
ALTER VIEW register.case_duty RENAME TO desk_duty;
COMMENT ON VIEW register.desk_duty IS
'Everything that a court''s officers have to do, from whichever feature, as the first page of the console counts it.';
DROP VIEW register.key_duty;
DROP TRIGGER secret_was_known ON register.court_secret;
DROP FUNCTION register.note_exposure();
DROP TABLE register.key_exposure;
DROP TABLE register.key_request;
REVOKE UPDATE (compared_by, compared_at) ON register.officer_key FROM court;
ALTER TABLE register.officer_key DROP COLUMN compared_by, DROP COLUMN compared_at;
ALTER FUNCTION register.refuse_older_key() SECURITY INVOKER RESET search_path;

RESET ROLE;
