-- migrate:up

SET ROLE owner;

CREATE TABLE register.objection (
    filing_id uuid PRIMARY KEY REFERENCES sealed.filing (id) DEFERRABLE INITIALLY DEFERRED,
    court_id uuid NOT NULL REFERENCES register.court (id),
    filed_on date NOT NULL,
    due_on date NOT NULL,
    task_id uuid REFERENCES register.task (id) ON DELETE SET NULL,
    outcome text,
    decided_on date,
    officer_id uuid REFERENCES register.officer (id),
    CONSTRAINT objection_outcome_known CHECK (outcome IN ('founded', 'founded_in_part', 'not_founded')),
    CONSTRAINT objection_decided_whole CHECK (num_nonnulls(outcome, decided_on, officer_id) IN (0, 3))
);
CREATE INDEX objection_open ON register.objection (court_id, due_on) WHERE decided_on IS NULL;
COMMENT ON TABLE register.objection IS
'Requests under Article 11, with their clock and how they were decided. What they say is sealed; why they were decided so was answered under seal.';
COMMENT ON COLUMN register.objection.due_on IS 'Last day to decide, by register.due_on().';
COMMENT ON COLUMN register.objection.task_id IS 'The duty to decide, where no listing is named and so none can hold it.';

CREATE TABLE register.objection_listing (
    filing_id uuid NOT NULL REFERENCES register.objection (filing_id) ON DELETE CASCADE,
    listing_id uuid NOT NULL REFERENCES register.listing (id) ON DELETE CASCADE,
    PRIMARY KEY (filing_id, listing_id)
);
CREATE INDEX objection_listing_listing_id ON register.objection_listing (listing_id);
COMMENT ON TABLE register.objection_listing IS 'The listings that an objection is about; none where it names the court only, until the court finds which are meant.';

CREATE FUNCTION register.objection_target(court uuid, target uuid, OUT kind text, OUT listings uuid [])
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
WITH objectionable AS (
    SELECT listing.id, listing.entity_id
    FROM register.listing
    WHERE
        listing.court_id = objection_target.court
        AND listing.state IN ('published', 'suspended')
        AND listing.published_on <= (SELECT serving.today())
        AND coalesce(listing.term_ends_on >= (SELECT serving.today()), true)
        AND objection_target.target IN (listing.id, listing.entity_id)
)

SELECT
    CASE
        WHEN objection_target.target = objection_target.court THEN 'court'
        WHEN bool_or(objectionable.id = objection_target.target) THEN 'listing'
        WHEN count(*) > 0 THEN 'entity'
    END,
    coalesce(array_agg(objectionable.id ORDER BY objectionable.id), '{}')
FROM objectionable;
$$;
COMMENT ON FUNCTION register.objection_target(uuid, uuid) IS
'What an id names: the court itself, one of its current or suspended listings, or an entity with such; kind is NULL for anything else.';

CREATE FUNCTION register.file_objection(filing uuid, court uuid, listings uuid []) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    today constant date := serving.today();
    due constant date := register.due_on('decide_objection', today);
    duty uuid;
BEGIN
    -- one duty a listing, whose clock is that of its first open objection
    INSERT INTO register.task (listing_id, court_id, kind, begun_on, due_on)
    SELECT one.listing, court, 'decide_objection', today, due
    FROM unnest(listings) AS one (listing)
    ORDER BY one.listing
    ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    IF cardinality(listings) = 0 THEN
        INSERT INTO register.task (court_id, kind, begun_on, due_on)
        VALUES (court, 'decide_objection', today, due)
        RETURNING id INTO duty;
    END IF;
    INSERT INTO register.objection (filing_id, court_id, filed_on, due_on, task_id)
    VALUES (filing, court, today, due, duty);
    INSERT INTO register.objection_listing (filing_id, listing_id)
    SELECT filing, one.listing
    FROM unnest(listings) AS one (listing);
    RETURN due;
END
$$;
COMMENT ON FUNCTION register.file_objection(uuid, uuid, uuid []) IS
'Opens the duty to decide with its clock, in the transaction that files; the last day to decide.';

CREATE FUNCTION register.find_objection(
    given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean
) RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT
    objection.due_on, objection.outcome, objection.decided_on,
    objection.outcome IN ('founded', 'founded_in_part')
    AND EXISTS (
        SELECT FROM register.objection_listing
        WHERE objection_listing.filing_id = objection.filing_id
    )
    AND NOT EXISTS (
        SELECT FROM register.objection_listing
        INNER JOIN register.task ON task.listing_id = objection_listing.listing_id
        WHERE
            objection_listing.filing_id = objection.filing_id AND task.done_on IS NULL
            AND task.kind IN ('act_on_objection', 'correct')
    )
FROM sealed.bearer
INNER JOIN register.objection ON objection.filing_id = bearer.filing_id
WHERE bearer.rowkey = given;
$$;
COMMENT ON FUNCTION register.find_objection(bytea) IS
'How a bearer''s objection stands; acted once no duty that follows from its decision is open any more.';

CREATE FUNCTION register.suspend_for_objection(suspended uuid, officer uuid, today date) RETURNS boolean
LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE register.listing SET state = 'suspended' WHERE id = suspended AND state = 'published';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO register.listing_event (
        listing_id, action, from_state, to_state, cause, article, effective_on, officer_id
    )
    SELECT suspended, cause.action, 'published', 'suspended', cause.code, cause.article, today, officer
    FROM register.cause
    WHERE
        cause.action = 'suspend' AND cause.code = 'objection_founded_in_part'
        AND cause.valid_from <= today AND (cause.valid_until IS NULL OR cause.valid_until >= today);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the law knows no such reason on %', today USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on, due_on)
    SELECT listing.id, listing.court_id, 'correct', 'objection_founded_in_part', today, register.due_on('correct', today)
    FROM register.listing
    WHERE listing.id = suspended
    ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    RETURN true;
END
$$;
COMMENT ON FUNCTION register.suspend_for_objection(uuid, uuid, date) IS
'Takes a published listing off view until it is corrected, with its event and duty; false where it is not published.';

GRANT USAGE ON SCHEMA register TO tip_writer;
REVOKE EXECUTE ON FUNCTION
register.objection_target(uuid, uuid), register.file_objection(uuid, uuid, uuid []), register.find_objection(bytea)
FROM public;
GRANT EXECUTE ON FUNCTION
register.objection_target(uuid, uuid), register.file_objection(uuid, uuid, uuid []), register.find_objection(bytea)
TO tip_writer;
GRANT SELECT, UPDATE (outcome, decided_on, officer_id) ON register.objection TO operator;
GRANT SELECT, INSERT ON register.objection_listing TO operator;

RESET ROLE;

-- migrate:down

REVOKE USAGE ON SCHEMA register FROM tip_writer;
DROP FUNCTION register.suspend_for_objection(uuid, uuid, date);
DROP FUNCTION register.find_objection(bytea);
DROP FUNCTION register.file_objection(uuid, uuid, uuid []);
DROP FUNCTION register.objection_target(uuid, uuid);
DROP TABLE register.objection_listing;
DROP TABLE register.objection;
