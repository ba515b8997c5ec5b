-- migrate:up

SET ROLE owner;

CREATE OR REPLACE FUNCTION register.hold_back() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    held record;
BEGIN
    -- few are noted as minors or dead, and nothing of theirs is published but what this statement has brought
    FOR held IN
        SELECT
            listing.id, listing.court_id, listing.import_file_id,
            CASE WHEN entity.minor_noted_on IS NOT NULL THEN 'minor' ELSE 'death' END AS cause,
            CASE WHEN entity.minor_noted_on IS NOT NULL THEN 'check_minor' ELSE 'decide_after_death' END AS duty
        FROM register.entity
        INNER JOIN register.listing ON listing.entity_id = entity.id
        WHERE
            (entity.minor_noted_on IS NOT NULL OR entity.deceased_on IS NOT NULL)
            AND listing.state = 'published'
            AND listing.import_file_id IS NOT NULL
    LOOP
        UPDATE register.listing SET state = 'suspended' WHERE listing.id = held.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, import_file_id
        )
        VALUES (
            held.id, 'suspend', 'published', 'suspended', held.cause,
            coalesce(
                (
                    SELECT cause.article
                    FROM register.cause
                    WHERE
                        cause.action = 'suspend' AND cause.code = held.cause
                        AND cause.valid_from <= serving.today()
                        AND (cause.valid_until IS NULL OR cause.valid_until >= serving.today())
                    LIMIT 1
                ),
                ''
            ),
            serving.today(), held.import_file_id
        );
        INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
        VALUES (held.id, held.court_id, held.duty, held.cause, serving.today())
        ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
        PERFORM audit.append(
            ARRAY['listing.suspend'], ARRAY[held.court_id],
            ARRAY[json_build_object('listing', held.id, 'cause', held.cause, 'import_file', held.import_file_id)::text]
        );
    END LOOP;
    RETURN NULL;
END
$$;

CREATE FUNCTION register.event_digest(event register.listing_event) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(
    convert_to(
        concat_ws(
            ' ', event.listing_id, event.action, event.from_state, event.to_state, event.cause, event.article,
            event.effective_on
        ),
        'UTF8'
    )
);
COMMENT ON FUNCTION register.event_digest(register.listing_event) IS
'SHA-256 of what an event says, its fields parted by blanks. The entry of a file in the trail holds the SHA-256 of those of its events, one behind the other by listing and action.';

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

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP FUNCTION register.first_unlike_file();
DROP FUNCTION register.event_digest(register.listing_event);

CREATE OR REPLACE FUNCTION register.hold_back() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    held record;
BEGIN
    -- few are noted as minors or dead, and nothing of theirs is published but what this statement has brought
    FOR held IN
        SELECT
            listing.id, listing.court_id, listing.import_file_id,
            CASE WHEN entity.minor_noted_on IS NOT NULL THEN 'minor' ELSE 'death' END AS cause,
            CASE WHEN entity.minor_noted_on IS NOT NULL THEN 'check_minor' ELSE 'decide_after_death' END AS duty
        FROM register.entity
        INNER JOIN register.listing ON listing.entity_id = entity.id
        WHERE
            (entity.minor_noted_on IS NOT NULL OR entity.deceased_on IS NOT NULL)
            AND listing.state = 'published'
            AND listing.import_file_id IS NOT NULL
    LOOP
        UPDATE register.listing SET state = 'suspended' WHERE listing.id = held.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, import_file_id
        )
        VALUES (
            held.id, 'suspend', 'published', 'suspended', held.cause,
            CASE held.cause WHEN 'minor' THEN '第四条' ELSE '' END, serving.today(), held.import_file_id
        );
        INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
        VALUES (held.id, held.court_id, held.duty, held.cause, serving.today())
        ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
        PERFORM audit.append(
            ARRAY['listing.suspend'], ARRAY[held.court_id],
            ARRAY[json_build_object('listing', held.id, 'cause', held.cause, 'import_file', held.import_file_id)::text]
        );
    END LOOP;
    RETURN NULL;
END
$$;

RESET ROLE;
