-- migrate:up

SET ROLE owner;

CREATE FUNCTION register.list_file_events()
RETURNS TABLE (file uuid, number bigint, digest text)
LANGUAGE sql STABLE
AS $$
    SELECT
        event.import_file_id,
        count(*),
        encode(
            sha256(string_agg(register.event_digest(event), ''::bytea ORDER BY event.listing_id, event.action)), 'hex'
        )
    FROM register.listing_event AS event
    -- what a trigger has held back has entries of its own
    WHERE event.import_file_id IS NOT NULL AND event.action <> 'suspend'
    GROUP BY event.import_file_id
$$;
COMMENT ON FUNCTION register.list_file_events() IS
'Of each file whose events are there: how many, and the digest of what they say, to be compared with what its entry in the trail says. Compared outside the database, for which an entry that somebody forged need not be readable.';
DROP FUNCTION register.first_unlike_file();

RESET ROLE;
SET ROLE audit_owner;

CREATE FUNCTION audit.said(content text) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN content::jsonb;
EXCEPTION
    -- no JSON, JSON that jsonb cannot hold, or nested too deep
    WHEN data_exception OR program_limit_exceeded OR statement_too_complex THEN
        RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit.said(text) IS
'What an entry says, to be looked into; NULL for one that somebody forged and that cannot be read, so that it hides no other.';

RESET ROLE;

-- migrate:down

SET ROLE audit_owner;

DROP FUNCTION audit.said(text);

RESET ROLE;
SET ROLE owner;

CREATE FUNCTION register.first_unlike_file() RETURNS bigint
LANGUAGE sql STABLE
RETURN (
    WITH told AS (
        SELECT
            entry.sequence,
            (body.content::json ->> 'import_file')::uuid AS file,
            (body.content::json ->> 'events')::bigint AS number,
            body.content::json ->> 'events_digest' AS digest
        FROM audit.entry
        INNER JOIN audit.body ON body.sequence = entry.sequence
        WHERE entry.action = 'listings.import'
    ),

    found AS (
        SELECT
            event.import_file_id AS file,
            count(*) AS number,
            encode(
                sha256(string_agg(register.event_digest(event), ''::bytea ORDER BY event.listing_id, event.action)), 'hex'
            ) AS digest
        FROM register.listing_event AS event
        -- what a trigger has held back has entries of its own
        WHERE event.import_file_id IS NOT NULL AND event.action <> 'suspend'
        GROUP BY event.import_file_id
    )

    SELECT min(told.sequence)
    FROM told
    INNER JOIN found ON found.file = told.file
    -- fewer there are once some of their listings are reduced to tombstones
    WHERE found.number > told.number OR (found.number = told.number AND found.digest <> told.digest)
);
COMMENT ON FUNCTION register.first_unlike_file() IS
'The first entry of a file in the trail whose events are not those that it counts and digests: one was changed or put in. NULL where there is none.';

DROP FUNCTION register.list_file_events();

RESET ROLE;
