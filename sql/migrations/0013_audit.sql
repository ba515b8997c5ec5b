-- migrate:up

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'audit_owner') THEN
        CREATE ROLE audit_owner NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'audit_owner', 'MEMBER') THEN
        EXECUTE format('GRANT audit_owner TO %I', current_user);
    END IF;
END
$$;

CREATE SCHEMA audit AUTHORIZATION audit_owner;
COMMENT ON SCHEMA audit IS
'What was done, by whom and why, in a chain in which nothing can be changed, taken out or put in unnoticed.';
GRANT USAGE ON SCHEMA audit TO operator;

SET ROLE audit_owner;

CREATE TABLE audit.entry (
    sequence bigint PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    court_id uuid,
    action text NOT NULL,
    body_digest bytea NOT NULL,
    digest bytea NOT NULL
);
COMMENT ON TABLE audit.entry IS
'One link a change of state. Holds nothing personal: who and why stand in audit.body, which can be erased without breaking the chain.';
COMMENT ON COLUMN audit.entry.body_digest IS 'SHA-256 of the body''s salt and text.';
COMMENT ON COLUMN audit.entry.digest IS
'SHA-256 of the digest before and of this entry''s link: sequence and microseconds since 1970 as 8 bytes each, the court''s 16 bytes or zeros, the SHA-256 of the action, body_digest.';

CREATE TABLE audit.body (
    sequence bigint PRIMARY KEY REFERENCES audit.entry (sequence),
    salt bytea NOT NULL,
    content text NOT NULL
);
COMMENT ON TABLE audit.body IS
'What an entry says, as JSON text. Erased together with its salt, so that its digest cannot be matched by guessing.';

CREATE TABLE audit.head (
    only_row boolean PRIMARY KEY DEFAULT true,
    sequence bigint NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT head_one_row CHECK (only_row)
);
COMMENT ON TABLE audit.head IS 'The last link. Signed and kept outside the database, since whoever can cut the chain can also move this.';
INSERT INTO audit.head (sequence, digest) VALUES (0, sha256('court listings audit'));

CREATE FUNCTION audit.joined(previous bytea, link bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN sha256(previous || link);
COMMENT ON FUNCTION audit.joined(bytea, bytea) IS 'One step of the chain.';

CREATE AGGREGATE audit.chain(bytea) (sfunc = audit.joined, stype = bytea);
COMMENT ON AGGREGATE audit.chain(bytea) IS 'The digest behind a first digest and the links that follow it, in the order of the window.';

CREATE FUNCTION audit.append(actions text [], courts uuid [], contents text []) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = audit, pg_catalog, pg_temp
AS $$
DECLARE
    last audit.head;
    at_once constant timestamptz := clock_timestamp();
BEGIN
    IF cardinality(actions) = 0 THEN
        RETURN NULL;
    END IF;
    -- Whoever appends waits here until the one before has committed, so that order of entries is order of commits.
    SELECT * INTO last FROM audit.head FOR UPDATE;
    WITH said AS MATERIALIZED (
        SELECT
            last.sequence + number AS sequence, action, court, content,
            uuid_send(gen_random_uuid()) AS salt
        FROM unnest(actions, courts, contents) WITH ORDINALITY AS given (action, court, content, number)
    ),

    digested AS MATERIALIZED (
        SELECT said.*, sha256(said.salt || convert_to(said.content, 'UTF8')) AS body_digest
        FROM said
    ),

    linked AS (
        SELECT last.sequence AS sequence, last.digest AS link
        UNION ALL
        SELECT
            digested.sequence,
            int8send(digested.sequence)
            || int8send((extract(EPOCH FROM at_once) * 1000000)::bigint)
            || coalesce(uuid_send(digested.court), decode(repeat('00', 16), 'hex'))
            || sha256(convert_to(digested.action, 'UTF8'))
            || digested.body_digest
        FROM digested
    ),

    chained AS (
        SELECT linked.sequence, audit.chain(linked.link) OVER (ORDER BY linked.sequence) AS digest
        FROM linked
    ),

    entered AS (
        INSERT INTO audit.entry (sequence, recorded_at, court_id, action, body_digest, digest)
        SELECT digested.sequence, at_once, digested.court, digested.action, digested.body_digest, chained.digest
        FROM digested
        INNER JOIN chained USING (sequence)
        ORDER BY digested.sequence
    )

    INSERT INTO audit.body (sequence, salt, content)
    SELECT digested.sequence, digested.salt, digested.content
    FROM digested
    ORDER BY digested.sequence;
    UPDATE audit.head
    SET sequence = entry.sequence, digest = entry.digest
    FROM audit.entry
    WHERE entry.sequence = last.sequence + cardinality(actions)
    RETURNING head.sequence INTO last.sequence;
    RETURN last.sequence;
END
$$;
COMMENT ON FUNCTION audit.append(text [], uuid [], text []) IS
'Appends entries in their order, one for each place of the arrays; the sequence of the last one, NULL for none.';

CREATE FUNCTION audit.erase(erased bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = audit, pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM audit.body WHERE body.sequence = erased;
    IF FOUND THEN
        PERFORM audit.append(
            ARRAY['audit.erase'], ARRAY[NULL::uuid],
            ARRAY[json_build_object('sequence', erased, 'reason', reason)::text]
        );
    END IF;
END
$$;
COMMENT ON FUNCTION audit.erase(bigint, text) IS
'Erases what an entry says, with its salt, and records that; the chain stays whole.';

CREATE FUNCTION audit.refuse() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION audit.refuse() IS 'Stops a change of what was recorded, also by the tables'' owner.';
CREATE TRIGGER entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry
FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER body_never_changes BEFORE UPDATE OR TRUNCATE ON audit.body
FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON audit.head
FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

REVOKE EXECUTE ON FUNCTION audit.append(text [], uuid [], text []), audit.erase(bigint, text) FROM public;
GRANT EXECUTE ON FUNCTION audit.append(text [], uuid [], text []), audit.erase(bigint, text) TO operator;
GRANT SELECT ON audit.entry, audit.body, audit.head TO operator;

RESET ROLE;

-- migrate:down

DROP SCHEMA audit CASCADE;
