-- migrate:up

SET ROLE owner;

CREATE FUNCTION register.is_minor(
    minor_noted_on date, adult_noted_on date, ended_cause text, ended_on date
) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN minor_noted_on IS NOT NULL
OR coalesce(ended_cause = 'minor' AND coalesce(adult_noted_on < ended_on, true), false);
COMMENT ON FUNCTION register.is_minor(date, date, text, date) IS
'Whether a listing may not be shown since it is a minor''s (Article 4): a court has noted its entity (the first two dates are the entity''s), or it was taken down as a minor''s and no court has found since that they are of age. Never NULL; a listing that has not ended has a NULL cause and end.';

CREATE OR REPLACE FUNCTION register.refuse_showing() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM register.entity
        WHERE
            entity.id = new.entity_id
            AND register.is_minor(entity.minor_noted_on, entity.adult_noted_on, old.ended_cause, old.ended_on)
    ) THEN
        RAISE EXCEPTION 'a minor is never shown' USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_minor';
    END IF;
    IF EXISTS (SELECT FROM register.entity WHERE entity.id = new.entity_id AND entity.deceased_on IS NOT NULL) THEN
        RAISE EXCEPTION 'nothing of the dead is shown before the court has decided'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_deceased';
    END IF;
    IF register.barred_until(new.id) > serving.today() THEN
        RAISE EXCEPTION 'barred after a deletion that the creditor asked for'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_not_barred';
    END IF;
    IF old.state = 'grace' AND old.grace_until >= serving.today() THEN
        RAISE EXCEPTION 'the period of grace is not over'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_grace_over';
    END IF;
    RETURN NULL;
END
$$;

RESET ROLE;

-- migrate:down

SET ROLE owner;

CREATE OR REPLACE FUNCTION register.refuse_showing() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM register.entity
        WHERE
            entity.id = new.entity_id
            AND (
                entity.minor_noted_on IS NOT NULL
                OR old.ended_cause = 'minor' AND coalesce(entity.adult_noted_on < old.ended_on, true)
            )
    ) THEN
        RAISE EXCEPTION 'a minor is never shown' USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_minor';
    END IF;
    IF EXISTS (SELECT FROM register.entity WHERE entity.id = new.entity_id AND entity.deceased_on IS NOT NULL) THEN
        RAISE EXCEPTION 'nothing of the dead is shown before the court has decided'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_deceased';
    END IF;
    IF register.barred_until(new.id) > serving.today() THEN
        RAISE EXCEPTION 'barred after a deletion that the creditor asked for'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_not_barred';
    END IF;
    IF old.state = 'grace' AND old.grace_until >= serving.today() THEN
        RAISE EXCEPTION 'the period of grace is not over'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_grace_over';
    END IF;
    RETURN NULL;
END
$$;

DROP FUNCTION register.is_minor(date, date, text, date);

RESET ROLE;
