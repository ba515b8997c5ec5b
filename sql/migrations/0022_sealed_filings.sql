-- migrate:up

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tip_writer') THEN
        CREATE ROLE tip_writer NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'tip_writer', 'MEMBER') THEN
        EXECUTE format('GRANT tip_writer TO %I', current_user);
    END IF;
END
$$;

CREATE SCHEMA sealed AUTHORIZATION owner;
COMMENT ON SCHEMA sealed IS
'What only a court can read. Whoever writes here cannot read here; nothing holds a time finer than the hour, an address or a receipt.';
GRANT USAGE ON SCHEMA sealed TO tip_writer, operator;

SET ROLE owner;

CREATE TABLE sealed.counter (
    court_id uuid NOT NULL REFERENCES register.court (id),
    purpose text NOT NULL,
    number bigint NOT NULL,
    head bytea NOT NULL,
    PRIMARY KEY (court_id, purpose),
    CONSTRAINT counter_purpose_known CHECK (purpose IN ('objection', 'tip')),
    CONSTRAINT counter_head_has_32_bytes CHECK (octet_length(head) = 32)
);
COMMENT ON TABLE sealed.counter IS
'The last number and the head of the chain of each court''s filings for one purpose: locked last, so that numbers have no gap and follow the order of commits.';

CREATE TABLE sealed.filing (
    id uuid PRIMARY KEY,
    purpose text NOT NULL,
    court_id uuid NOT NULL REFERENCES register.court (id),
    target_kind text NOT NULL,
    target_id uuid NOT NULL,
    key_id integer NOT NULL,
    number bigint NOT NULL,
    hour timestamptz NOT NULL,
    env bytea NOT NULL,
    head bytea NOT NULL,
    state text NOT NULL DEFAULT 'received',
    closed_on date,
    CONSTRAINT filing_number_once UNIQUE (court_id, purpose, number),
    CONSTRAINT filing_number_positive CHECK (number > 0),
    CONSTRAINT filing_purpose_known CHECK (purpose IN ('objection', 'tip')),
    CONSTRAINT filing_state_known CHECK (state IN ('received', 'checking', 'closed', 'shredding', 'shredded')),
    CONSTRAINT filing_closed_by_state CHECK ((state IN ('received', 'checking')) = (closed_on IS NULL)),
    CONSTRAINT filing_tells_the_hour CHECK (hour = date_trunc('hour', hour, 'UTC')),
    CONSTRAINT filing_hashes_have_32_bytes CHECK (octet_length(env) = 32 AND octet_length(head) = 32)
);
CREATE INDEX filing_closed_on ON sealed.filing (closed_on) WHERE state IN ('closed', 'shredding');
COMMENT ON TABLE sealed.filing IS
'What stays of a filing when it is destroyed: number, hour, state, what it is about, and the fingerprint that its certificate repeats.';
COMMENT ON COLUMN sealed.filing.key_id IS 'Number of the court''s box key to which it is sealed.';
COMMENT ON COLUMN sealed.filing.head IS 'Of the court''s chain behind this filing.';
COMMENT ON COLUMN sealed.filing.closed_on IS 'From this day the term runs after which the filing''s key is destroyed.';

CREATE TABLE sealed.bearer (
    rowkey bytea PRIMARY KEY,
    filing_id uuid NOT NULL UNIQUE REFERENCES sealed.filing (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT bearer_rowkey_has_32_bytes CHECK (octet_length(rowkey) = 32)
);
COMMENT ON TABLE sealed.bearer IS
'By what a sender comes back: a hash of the lookup, which is itself a hash of the receipt. Deleted with the filing''s key.';

CREATE TABLE sealed.part (
    filing_id uuid NOT NULL REFERENCES sealed.filing (id) DEFERRABLE INITIALLY DEFERRED,
    part text COLLATE "C" NOT NULL,
    key_id integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (filing_id, part),
    CONSTRAINT part_known CHECK (part ~ '^(sealed|claim|photo/[1-6]|[ic]/[1-9][0-9]{0,5})$')
);
-- Sealed bytes do not shrink.
ALTER TABLE sealed.part ALTER COLUMN data SET STORAGE EXTERNAL;
COMMENT ON TABLE sealed.part IS
'The letter, its photos and what was written after it, each under the filing''s own key, which is kept outside every database.';
COMMENT ON COLUMN sealed.part.part IS 'sealed, photo/1 to photo/6, i/n from the phone, c/n from the court, claim.';
COMMENT ON COLUMN sealed.part.key_id IS 'Number of the court''s box key that opens or has made it.';

CREATE TABLE sealed.unwrapping (
    officer_id uuid NOT NULL REFERENCES register.officer (id),
    filing_id uuid NOT NULL REFERENCES sealed.filing (id),
    unwrapped_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX unwrapping_officer_id ON sealed.unwrapping (officer_id, unwrapped_at);
COMMENT ON TABLE sealed.unwrapping IS
'Which filings'' keys an officer was lent in the last minutes, to limit how many; the lasting record stands in the audit trail.';

CREATE FUNCTION sealed.find_filing(
    given bytea,
    OUT id uuid, OUT purpose text, OUT court_id uuid, OUT key_id integer, OUT number bigint, OUT hour timestamptz,
    OUT env bytea, OUT head bytea, OUT state text, OUT closed_on date
) RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT
    filing.id, filing.purpose, filing.court_id, filing.key_id, filing.number, filing.hour, filing.env, filing.head,
    filing.state, filing.closed_on
FROM sealed.bearer
INNER JOIN sealed.filing ON filing.id = bearer.filing_id
WHERE bearer.rowkey = given;
$$;
COMMENT ON FUNCTION sealed.find_filing(bytea) IS 'The filing that a bearer''s hash leads to, or nothing.';

CREATE FUNCTION sealed.confirm_durable() RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
SELECT pg_logical_emit_message(true, 'lm1', '');
$$;
COMMENT ON FUNCTION sealed.confirm_durable() IS
'Makes this transaction''s commit wait until whatever was committed before it is as durable as it: for an answer given once more.';

CREATE FUNCTION sealed.put_parts(filing uuid, given bytea, key_number integer, parts text [], contents bytea [])
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO sealed.bearer (rowkey, filing_id) VALUES (given, filing) ON CONFLICT (rowkey) DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO sealed.part (filing_id, part, key_id, data)
    SELECT filing, one.part, key_number, one.data
    FROM unnest(parts, contents) AS one (part, data);
    RETURN true;
END
$$;
COMMENT ON FUNCTION sealed.put_parts(uuid, bytea, integer, text [], bytea []) IS
'Stores what a filing holds; false where the bearer has filed before. The filing itself follows in the same transaction, or nothing stays.';

CREATE FUNCTION sealed.lock_counter(court uuid, purpose text, OUT number bigint, OUT head bytea)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    SELECT counter.number, counter.head INTO lock_counter.number, lock_counter.head
    FROM sealed.counter
    WHERE counter.court_id = lock_counter.court AND counter.purpose = lock_counter.purpose
    FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO sealed.counter (court_id, purpose, number, head)
        VALUES (lock_counter.court, lock_counter.purpose, 0, decode(repeat('00', 32), 'hex'))
        ON CONFLICT DO NOTHING;
        SELECT counter.number, counter.head INTO lock_counter.number, lock_counter.head
        FROM sealed.counter
        WHERE counter.court_id = lock_counter.court AND counter.purpose = lock_counter.purpose
        FOR UPDATE;
    END IF;
END
$$;
COMMENT ON FUNCTION sealed.lock_counter(uuid, text) IS
'The last number and head of a court''s chain, held until the transaction ends. To be called last: whoever holds it waits for nobody else.';

CREATE FUNCTION sealed.enter_filing(
    filing uuid, court uuid, purpose text, target_kind text, target uuid, key_number integer,
    number bigint, env bytea, head bytea
) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    -- of the moment in which the counter is held, so that hours rise with the numbers
    hour constant timestamptz := date_trunc('hour', clock_timestamp(), 'UTC');
BEGIN
    UPDATE sealed.counter AS held
    SET number = enter_filing.number, head = enter_filing.head
    WHERE
        held.court_id = enter_filing.court AND held.purpose = enter_filing.purpose
        AND held.number = enter_filing.number - 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'number % does not follow', number USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO sealed.filing (id, purpose, court_id, target_kind, target_id, key_id, number, hour, env, head)
    VALUES (filing, purpose, court, target_kind, target, key_number, number, hour, env, head);
    RETURN hour;
END
$$;
COMMENT ON FUNCTION sealed.enter_filing(uuid, uuid, text, text, uuid, integer, bigint, bytea, bytea) IS
'Enters a filing under the next number of its court''s chain; the hour that it is entered with.';

CREATE FUNCTION sealed.put_message(given bytea, n integer, key_number integer, content bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO sealed.part (filing_id, part, key_id, data)
    SELECT bearer.filing_id, 'i/' || n, key_number, content
    FROM sealed.bearer
    INNER JOIN sealed.filing ON filing.id = bearer.filing_id
    WHERE bearer.rowkey = given AND filing.state IN ('received', 'checking', 'closed')
    ON CONFLICT (filing_id, part) DO NOTHING;
    RETURN found;
END
$$;
COMMENT ON FUNCTION sealed.put_message(bytea, integer, integer, bytea) IS
'Stores later words of a bearer as the nth; false where there is no such bearer, the filing is being destroyed, or the number is taken.';

CREATE FUNCTION sealed.list_parts(given bytea, direction text, OUT part text, OUT key_id integer, OUT data bytea)
RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT part.part, part.key_id, part.data
FROM sealed.bearer
INNER JOIN sealed.part ON part.filing_id = bearer.filing_id
WHERE bearer.rowkey = given AND starts_with(part.part, direction || '/')
ORDER BY length(part.part), part.part;
$$;
COMMENT ON FUNCTION sealed.list_parts(bytea, text) IS
'The messages of one direction (i from the phone, c from the court) of a bearer''s filing, in their order, still under its key.';

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA sealed FROM public;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sealed TO tip_writer;
GRANT SELECT ON sealed.counter TO operator;
GRANT SELECT, UPDATE (state, closed_on) ON sealed.filing TO operator;
GRANT SELECT, INSERT, DELETE ON sealed.part, sealed.unwrapping TO operator;
GRANT SELECT (filing_id), DELETE ON sealed.bearer TO operator;

RESET ROLE;

-- migrate:down

DROP SCHEMA sealed CASCADE;
