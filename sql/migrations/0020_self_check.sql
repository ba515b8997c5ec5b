-- migrate:up

-- A server may hold a second database of this product, so the role may be there already.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'self_checker') THEN
        CREATE ROLE self_checker NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'self_checker', 'MEMBER') THEN
        EXECUTE format('GRANT self_checker TO %I', current_user);
    END IF;
END
$$;

SET ROLE owner;

CREATE FUNCTION serving.self_check_counts(checked_court uuid, OUT comparable bigint, OUT total bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT count(*) FILTER (WHERE entity.has_identifier), count(*)
    FROM serving.current_listing AS listing
    INNER JOIN register.entity ON entity.id = listing.entity_id
    WHERE listing.court_id = checked_court AND entity.kind = 'person';
$$;
COMMENT ON FUNCTION serving.self_check_counts(uuid) IS
'Of a court''s current listings of people: how many there are, and how many hold an official mask that a self-check can compare.';
REVOKE EXECUTE ON FUNCTION serving.self_check_counts(uuid) FROM public;
GRANT EXECUTE ON FUNCTION serving.self_check_counts(uuid) TO public_reader, self_checker;

CREATE FUNCTION serving.self_check(
    checked_court uuid, identities bytea [], key_check bytea,
    OUT court_known boolean, OUT key_fits boolean, OUT comparable bigint, OUT total bigint, OUT found uuid []
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT
        EXISTS (SELECT FROM register.court WHERE court.id = checked_court),
        NOT EXISTS (SELECT FROM register.installation WHERE installation.identity_key_check <> key_check),
        counted.comparable,
        counted.total,
        ARRAY(
            SELECT entity.id
            FROM register.entity
            WHERE
                entity.identity_key = ANY(identities)
                AND entity.kind = 'person'
                AND entity.has_identifier
                AND EXISTS (
                    SELECT FROM serving.current_listing AS listing
                    WHERE listing.entity_id = entity.id AND listing.court_id = checked_court
                )
            ORDER BY entity.id
        )
    FROM serving.self_check_counts(checked_court) AS counted;
$$;
COMMENT ON FUNCTION serving.self_check(uuid, bytea [], bytea) IS
'Who of a court''s current listings bears one of these identity hashes, and of how many that can be said. One row whatever is found. The only way from a hash to an entity, and closed to the public role. key_fits is false where the hashes were made with another key than the register''s, so that nothing could ever be found.';
REVOKE EXECUTE ON FUNCTION serving.self_check(uuid, bytea [], bytea) FROM public;
GRANT EXECUTE ON FUNCTION serving.self_check(uuid, bytea [], bytea) TO self_checker;
GRANT USAGE ON SCHEMA serving TO self_checker;

COMMENT ON COLUMN register.entity.has_identifier IS
'Whether the file held an identifier that holds across courts: of a person the official mask, which a self-check can compare.';

RESET ROLE;

-- migrate:down

SET ROLE owner;

COMMENT ON COLUMN register.entity.has_identifier IS
'Whether the file held a mask or code, so that a self-check can compare it.';
DROP FUNCTION serving.self_check(uuid, bytea [], bytea);
DROP FUNCTION serving.self_check_counts(uuid);
REVOKE USAGE ON SCHEMA serving FROM self_checker;

RESET ROLE;
