-- migrate:up

SET ROLE owner;

ALTER TABLE desk.session
ADD COLUMN challenge bytea,
ADD COLUMN challenge_until timestamptz,
ADD COLUMN pending_secret bytea,
ADD CONSTRAINT session_challenge_whole CHECK ((challenge IS NULL) = (challenge_until IS NULL));
COMMENT ON COLUMN desk.session.challenge IS 'What a passkey must sign next, once; null while none was asked for.';
COMMENT ON COLUMN desk.session.pending_secret IS
'The sealed secret of time-based codes that this session is shown, until a first code proves that it was taken over.';

ALTER TABLE desk.credential ADD COLUMN provisional_until timestamptz;
COMMENT ON COLUMN desk.credential.provisional_until IS
'Until when a password that was handed out lets its officer in, who must then choose another; null once they have.';

ALTER TABLE desk.attempt ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
COMMENT ON COLUMN desk.attempt.id IS 'By which a try that turns out right is taken out again: each is noted before it is looked at.';
COMMENT ON TABLE desk.attempt IS
'Tries to sign in that failed or still run, by keyed hash of login, officer or address, for the delays; swept after an hour.';

CREATE FUNCTION desk.end_sign_ins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM desk.session WHERE officer_id = new.id;
    IF NOT new.active THEN
        DELETE FROM desk.credential WHERE officer_id = new.id;
        DELETE FROM desk.passkey WHERE officer_id = new.id;
        DELETE FROM desk.recovery_code WHERE officer_id = new.id;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION desk.end_sign_ins() IS
'Whose roles change is signed out everywhere; who acts no more loses password and second factors, too.';
REVOKE EXECUTE ON FUNCTION desk.end_sign_ins() FROM public;

CREATE TRIGGER officer_sign_ins_end
AFTER UPDATE OF roles, active ON register.officer
FOR EACH ROW WHEN (new.roles IS DISTINCT FROM old.roles OR new.active IS DISTINCT FROM old.active)
EXECUTE FUNCTION desk.end_sign_ins();

RESET ROLE;

-- migrate:down

DROP TRIGGER officer_sign_ins_end ON register.officer;
DROP FUNCTION desk.end_sign_ins();
ALTER TABLE desk.attempt DROP COLUMN id;
ALTER TABLE desk.credential DROP COLUMN provisional_until;
ALTER TABLE desk.session DROP COLUMN challenge, DROP COLUMN challenge_until, DROP COLUMN pending_secret;
