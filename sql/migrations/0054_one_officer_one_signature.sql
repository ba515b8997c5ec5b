-- migrate:up

SET ROLE owner;

-- Whoever held both until now stays the keeper, without whom a court's keys are closed; the demo's sign second.
UPDATE register.officer
SET
    roles = array_remove(
        roles, CASE WHEN starts_with(login, 'demo-') THEN 'keeper' ELSE 'approver' END
    )
WHERE roles @> ARRAY['keeper', 'approver'];
DELETE FROM register.court_secret
USING register.officer
WHERE
    officer.id = court_secret.officer_id
    AND (
        (court_secret.use = 'sign' AND NOT 'keeper' = ANY(officer.roles))
        OR (court_secret.use = 'box' AND NOT officer.roles && ARRAY['clerk', 'approver'])
    );

ALTER TABLE register.officer ADD COLUMN kept boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN register.officer.kept IS
'Is or was a keeper, who may have let others in and know how: signs second no more (docs/adr/0027).';
UPDATE register.officer
SET kept = true
WHERE 'keeper' = ANY(roles);

CREATE FUNCTION register.note_keeper() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    new.kept := 'keeper' = ANY(new.roles) OR coalesce(old.kept, false);
    RETURN new;
END
$$;
COMMENT ON FUNCTION register.note_keeper() IS 'Remembers who was a keeper, whatever a statement says.';
CREATE TRIGGER officer_kept
BEFORE INSERT OR UPDATE ON register.officer
FOR EACH ROW EXECUTE FUNCTION register.note_keeper();
ALTER TABLE register.officer
ADD CONSTRAINT officer_keeper_never_signs CHECK (NOT (kept AND 'approver' = ANY(roles)));

CREATE OR REPLACE FUNCTION desk.end_sign_ins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- The password first: a sign-in that holds it is waited for, and the session that it leaves ends below.
    IF NOT new.active
        OR 'approver' = ANY(new.roles) AND NOT 'approver' = ANY(old.roles)
        OR 'keeper' = ANY(new.roles) AND NOT 'keeper' = ANY(old.roles)
    THEN
        DELETE FROM desk.credential WHERE officer_id = new.id;
        DELETE FROM desk.passkey WHERE officer_id = new.id;
        DELETE FROM desk.recovery_code WHERE officer_id = new.id;
    END IF;
    DELETE FROM desk.session WHERE officer_id = new.id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION desk.end_sign_ins() IS
'Whose roles change is signed out everywhere; who acts no more loses password and second factors, too, and so does whoever becomes approver or keeper: a keeper may have handed out what they had.';

CREATE FUNCTION desk.refuse_handed_out() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    held text [];
BEGIN
    -- Locked, so that roles which change at this moment are known.
    SELECT officer.roles INTO held
    FROM register.officer
    WHERE officer.id = new.officer_id
    FOR SHARE;
    IF held && ARRAY['approver', 'keeper'] THEN
        RAISE EXCEPTION 'the password of an approver or keeper is given by the operator'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'credential_never_handed_to_signers';
    END IF;
    RETURN new;
END
$$;
COMMENT ON FUNCTION desk.refuse_handed_out() IS
'A keeper, who could use it first, hands out no password of an approver or keeper.';
REVOKE EXECUTE ON FUNCTION desk.refuse_handed_out() FROM public;
CREATE TRIGGER credential_handed_out
BEFORE INSERT OR UPDATE ON desk.credential
FOR EACH ROW WHEN (new.provisional_until IS NOT NULL)
EXECUTE FUNCTION desk.refuse_handed_out();

-- Handed out before this rule, and used by whoever: the operator gives another.
DELETE FROM desk.credential
USING register.officer
WHERE
    officer.id = credential.officer_id AND credential.provisional_until IS NOT NULL
    AND officer.roles && ARRAY['approver', 'keeper'];

RESET ROLE;

-- migrate:down

DROP TRIGGER credential_handed_out ON desk.credential;
DROP FUNCTION desk.refuse_handed_out();
CREATE OR REPLACE FUNCTION desk.end_sign_ins() RETURNS trigger
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
ALTER TABLE register.officer DROP CONSTRAINT officer_keeper_never_signs;
DROP TRIGGER officer_kept ON register.officer;
DROP FUNCTION register.note_keeper();
ALTER TABLE register.officer DROP COLUMN kept;
