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

RESET ROLE;

-- migrate:down

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
