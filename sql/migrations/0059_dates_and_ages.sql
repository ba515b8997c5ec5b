-- migrate:up

SET ROLE owner;

-- The oldest list, not the newest: one court that imports daily would hide another that stopped.
CREATE OR REPLACE VIEW serving.site AS
SELECT
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'demo') AS holds_demo,
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'court') AS holds_court,
    (SELECT min(as_of) FROM register.court) AS as_of;
COMMENT ON COLUMN serving.site.as_of IS
'When the list that was imported longest ago was imported; NULL before the first import.';

-- Working days are counted by the server's calendar: a phone does not know the make-up days.
CREATE FUNCTION serving.working_days_left(due_on date) RETURNS integer
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
RETURN register.working_days_left(working_days_left.due_on);
COMMENT ON FUNCTION serving.working_days_left(date) IS
'Working days after today up to and with a day: 0 on the day itself, NULL behind it and where no clock runs.';
REVOKE EXECUTE ON FUNCTION serving.working_days_left(date) FROM public;
GRANT EXECUTE ON FUNCTION serving.working_days_left(date) TO public_reader, operator;

DO $$
DECLARE
    detail constant text := pg_get_viewdef('serving.listing_detail'::regclass);
    counted constant text := regexp_replace(
        detail, '(''overdue''::text\s+ELSE ''-''::text\s+END)(\), '';'')',
        '\1, coalesce(serving.working_days_left(task.due_on)::text, ''-'')\2'
    );
BEGIN
    IF counted = detail THEN
        RAISE EXCEPTION 'the duties of a listing are not where they were';
    END IF;
    EXECUTE 'CREATE OR REPLACE VIEW serving.listing_detail AS ' || counted;
END
$$;
COMMENT ON COLUMN serving.listing_detail.duties IS
'Open duties of the court that end or change the listing, the most pressing first, as `kind performed|- day|- overdue|- working days left|-` with semicolons between them; NULL where there is none. Of a task nothing else is public.';

CREATE FUNCTION register.stopped_at(listing uuid) RETURNS timestamptz
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
RETURN (
    WITH listed AS (
        SELECT
            listing.state,
            CASE
                WHEN listing.term_ends_on < serving.today()
                    THEN (listing.term_ends_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
            END AS midnight
        FROM register.listing
        WHERE listing.id = stopped_at.listing
    ),

    taken_off AS (
        SELECT max(listing_event.recorded_at) AS at
        FROM register.listing_event
        WHERE
            listing_event.listing_id = stopped_at.listing
            AND listing_event.from_state = 'published' AND listing_event.to_state <> 'published'
    )

    SELECT CASE WHEN listed.state = 'published' THEN listed.midnight ELSE least(taken_off.at, listed.midnight) END
    FROM listed
    CROSS JOIN taken_off
);
COMMENT ON FUNCTION register.stopped_at(uuid) IS
'When a listing was last taken off view: by an act that was recorded, or at the midnight that ended its term. NULL while it is shown.';
REVOKE EXECUTE ON FUNCTION register.stopped_at(uuid) FROM public;

DROP FUNCTION register.find_objection(bytea);
CREATE FUNCTION register.find_objection(
    given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text,
    OUT working_days_left integer, OUT stopped_at timestamptz
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
    ),
    CASE WHEN objection.decided_on IS NULL THEN register.working_days_left(objection.due_on) END,
    (
        -- of several listings, once the last of them has left
        SELECT CASE WHEN count(*) = count(stopped.at) THEN max(stopped.at) END
        FROM register.objection_listing
        CROSS JOIN LATERAL (SELECT register.stopped_at(objection_listing.listing_id) AS at) AS stopped
        WHERE objection_listing.filing_id = objection.filing_id
    )
FROM sealed.bearer
INNER JOIN register.objection ON objection.filing_id = bearer.filing_id
WHERE bearer.rowkey = given;
$$;
COMMENT ON FUNCTION register.find_objection(bytea) IS
'How a bearer''s objection stands; acted once no duty that follows from its decision is open any more, with the code of the removal notice where one was issued, the working days left to decide, and when publication stopped.';
REVOKE EXECUTE ON FUNCTION register.find_objection(bytea) FROM public;
GRANT EXECUTE ON FUNCTION register.find_objection(bytea) TO tip_writer;

RESET ROLE;

-- migrate:down

SET ROLE owner;

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
DROP FUNCTION register.stopped_at(uuid);

DO $$
DECLARE
    detail constant text := pg_get_viewdef('serving.listing_detail'::regclass);
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW serving.listing_detail AS '
    || regexp_replace(detail, ', COALESCE\(\(serving\.working_days_left\(task\.due_on\)\)::text, ''-''::text\)', '');
END
$$;
COMMENT ON COLUMN serving.listing_detail.duties IS
'Open duties of the court that end or change the listing, the most pressing first, as `kind performed|- day|- overdue|-` with semicolons between them; NULL where there is none. Of a task nothing else is public.';
DROP FUNCTION serving.working_days_left(date);

COMMENT ON COLUMN serving.site.as_of IS NULL;
CREATE OR REPLACE VIEW serving.site AS
SELECT
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'demo') AS holds_demo,
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'court') AS holds_court,
    (SELECT max(as_of) FROM register.court) AS as_of;

RESET ROLE;
