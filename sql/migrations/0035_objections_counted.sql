-- migrate:up

SET ROLE owner;

CREATE OR REPLACE VIEW register.objection_course AS
SELECT
    objection.court_id, objection.filed_on, objection.decided_on,
    coalesce(objection.outcome IN ('founded', 'founded_in_part'), false) AS upheld
FROM register.objection;

DROP FUNCTION register.find_objection(bytea);
CREATE FUNCTION register.find_objection(
    given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text
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
    ),
    (
        SELECT min(register.removal_code(objection_listing.listing_id))
        FROM register.objection_listing
        WHERE objection_listing.filing_id = objection.filing_id
    )
FROM sealed.bearer
INNER JOIN register.objection ON objection.filing_id = bearer.filing_id
WHERE bearer.rowkey = given;
$$;
COMMENT ON FUNCTION register.find_objection(bytea) IS
'How a bearer''s objection stands; acted once no duty that follows from its decision is open any more, with the code of the removal notice where one was issued.';
REVOKE EXECUTE ON FUNCTION register.find_objection(bytea) FROM public;
GRANT EXECUTE ON FUNCTION register.find_objection(bytea) TO tip_writer;

RESET ROLE;

-- migrate:down

DROP FUNCTION register.find_objection(bytea);
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

REVOKE EXECUTE ON FUNCTION register.find_objection(bytea) FROM public;
GRANT EXECUTE ON FUNCTION register.find_objection(bytea) TO tip_writer;

CREATE OR REPLACE VIEW register.objection_course AS
SELECT
    task.court_id, task.begun_on AS filed_on, task.done_on AS decided_on,
    coalesce(task.cause = 'upheld', false)
    OR EXISTS (
        SELECT FROM register.task AS duty
        WHERE duty.listing_id = task.listing_id AND duty.kind = 'act_on_objection' AND duty.begun_on = task.done_on
    )
    OR EXISTS (
        SELECT FROM register.listing_event
        WHERE
            listing_event.listing_id = task.listing_id
            AND listing_event.cause IN ('objection_founded', 'objection_founded_in_part')
            AND listing_event.effective_on = task.done_on
    ) AS upheld
FROM register.task
WHERE task.kind = 'decide_objection';
