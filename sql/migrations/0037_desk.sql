-- migrate:up

DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'doorkeeper') THEN
        CREATE ROLE doorkeeper NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'doorkeeper', 'MEMBER') THEN
        EXECUTE format('GRANT doorkeeper TO %I', current_user);
    END IF;
END
$$;

CREATE SCHEMA desk AUTHORIZATION owner;
COMMENT ON SCHEMA desk IS
'Who sits at the court console: sessions, passwords and second factors of officers. Read by the role doorkeeper alone, which knows nothing of listings.';

SET ROLE owner;

CREATE TABLE desk.credential (
    officer_id uuid PRIMARY KEY REFERENCES register.officer (id),
    password_hash text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    totp_secret bytea,
    totp_last_step bigint,
    user_handle bytea NOT NULL DEFAULT sha256(gen_random_uuid()::text::bytea),
    CONSTRAINT credential_password_is_argon2id CHECK (password_hash LIKE '$argon2id$%')
);
COMMENT ON TABLE desk.credential IS 'What an officer signs in with; a row is there from the first password on.';
COMMENT ON COLUMN desk.credential.totp_secret IS
'The secret of time-based codes, sealed with the installation''s key; null while the officer has none.';
COMMENT ON COLUMN desk.credential.totp_last_step IS
'The last time step of which a code was taken: that code and earlier ones are taken no more.';
COMMENT ON COLUMN desk.credential.user_handle IS 'What passkeys know the officer by; tells nobody who it is.';

CREATE TABLE desk.passkey (
    id bytea PRIMARY KEY,
    officer_id uuid NOT NULL REFERENCES register.officer (id),
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    label text NOT NULL,
    added_on date NOT NULL DEFAULT serving.today(),
    CONSTRAINT passkey_label_length CHECK (length(label) BETWEEN 1 AND 60)
);
COMMENT ON TABLE desk.passkey IS 'WebAuthn credentials of officers.';
CREATE INDEX passkey_officer ON desk.passkey (officer_id);

CREATE TABLE desk.recovery_code (
    officer_id uuid NOT NULL REFERENCES register.officer (id),
    digest bytea NOT NULL,
    used_at timestamptz,
    CONSTRAINT recovery_code_pkey PRIMARY KEY (officer_id, digest)
);
COMMENT ON TABLE desk.recovery_code IS 'SHA-256 of codes that replace a second factor once each; ten an officer.';

CREATE TABLE desk.session (
    digest bytea PRIMARY KEY,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    officer_id uuid NOT NULL REFERENCES register.officer (id),
    began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    proved_at timestamptz,
    agent text NOT NULL,
    CONSTRAINT session_digest_has_32_bytes CHECK (octet_length(digest) = 32),
    CONSTRAINT session_agent_length CHECK (length(agent) <= 200),
    CONSTRAINT session_id_unique UNIQUE (id)
);
COMMENT ON TABLE desk.session IS 'Who is signed in. A row ends with sign-out, thirty idle minutes, twelve hours, or a change of roles or password.';
COMMENT ON COLUMN desk.session.digest IS 'SHA-256 of the token in the cookie, so that a copy of this table signs nobody in.';
COMMENT ON COLUMN desk.session.id IS 'What the list of sessions names one by.';
COMMENT ON COLUMN desk.session.proved_at IS 'When a second factor was last shown; null before the first, when nothing but showing it is allowed.';
COMMENT ON COLUMN desk.session.agent IS 'What the browser calls itself, so that its owner knows it in the list of sessions.';
CREATE INDEX session_officer ON desk.session (officer_id);

CREATE TABLE desk.attempt (
    subject bytea NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE desk.attempt IS 'Failed sign-ins, by keyed hash of login or address, for the delays; swept after an hour.';
CREATE INDEX attempt_subject ON desk.attempt (subject, failed_at);

GRANT USAGE ON SCHEMA desk, register TO doorkeeper;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA desk TO doorkeeper;
GRANT SELECT ON register.officer, register.court TO doorkeeper;
GRANT USAGE ON SCHEMA serving TO doorkeeper;

RESET ROLE;
SET ROLE audit_owner;
GRANT USAGE ON SCHEMA audit TO doorkeeper;
GRANT EXECUTE ON FUNCTION audit.append(text [], uuid [], text []) TO doorkeeper;
RESET ROLE;

-- migrate:down

DROP OWNED BY doorkeeper;
DROP SCHEMA desk CASCADE;
