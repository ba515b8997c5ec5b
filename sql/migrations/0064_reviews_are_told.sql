-- migrate:up

SET ROLE owner;

DROP VIEW register.objection_course;
CREATE VIEW register.objection_course WITH (security_invoker = true) AS
SELECT
    objection.court_id, objection.filed_on, objection.decided_on,
    CASE
        WHEN objection.outcome IN ('founded', 'founded_in_part') THEN objection.decided_on
        WHEN review.outcome = 'reversed' THEN review.decided_on
    END AS upheld_on
FROM register.objection
LEFT JOIN register.review ON review.filing_id = objection.filing_id;
COMMENT ON VIEW register.objection_course IS
'Every objection: its court, when it was filed and decided, and when it was upheld at least in part, by the court or on review. What the statistics count; says nothing of whom it was about.';

DO $$
DECLARE
    change record;
    definition text;
BEGIN
    FOR change IN
        SELECT one.function, one.was, one.becomes
        FROM (
            VALUES
            -- a duty to withdraw or delete takes the place of one to correct
            (
                'register.decide_review(uuid, text, text, text, uuid, date)',
                'WHERE done_on IS NULL DO NOTHING;',
                'WHERE done_on IS NULL DO UPDATE
            SET cause = excluded.cause
        WHERE task.cause = ''correct'';'
            ),
            -- what was filed is kept for as long after a review as after a decision
            (
                'register.decide_review(uuid, text, text, text, uuid, date)',
                '    RETURN held.court_id;',
                '    UPDATE sealed.filing SET closed_on = today WHERE filing.id = held.filing_id AND filing.state = ''closed'';
    RETURN held.court_id;'
            ),
            (
                'serving.court_statistics(uuid)',
                'SELECT date_trunc(''quarter'', course.decided_on)::date, ''upheld'', count(*)
    FROM register.objection_course AS course, period
    WHERE
        course.court_id = court AND course.upheld
        AND course.decided_on >= period.since AND course.decided_on < period.until',
                'SELECT date_trunc(''quarter'', course.upheld_on)::date, ''upheld'', count(*)
    FROM register.objection_course AS course, period
    WHERE course.court_id = court AND course.upheld_on >= period.since AND course.upheld_on < period.until'
            )
        ) AS one (function, was, becomes)
    LOOP
        definition := pg_get_functiondef(change.function::regprocedure);
        IF position(change.was IN definition) = 0 THEN
            RAISE EXCEPTION '% is not what it was', change.function;
        END IF;
        EXECUTE replace(definition, change.was, change.becomes);
    END LOOP;
END
$$;

DROP FUNCTION register.find_objection(bytea);
CREATE FUNCTION register.find_objection(
    given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text,
    OUT working_days_left integer, OUT stopped_at timestamptz, OUT review_asked_on date, OUT review_due_on date,
    OUT review_decided_on date, OUT review_outcome text, OUT review_act text
) RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT
    objection.due_on, objection.outcome, objection.decided_on,
    (objection.outcome IN ('founded', 'founded_in_part') OR coalesce(review.outcome = 'reversed', false))
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
    ),
    review.asked_on, review.due_on, review.decided_on, review.outcome, review.act
FROM sealed.bearer
INNER JOIN register.objection ON objection.filing_id = bearer.filing_id
LEFT JOIN register.review ON review.filing_id = bearer.filing_id
WHERE bearer.rowkey = given;
$$;
COMMENT ON FUNCTION register.find_objection(bytea) IS
'How a bearer''s objection stands; acted once no duty that follows from its decision, or from a reversal on review, is open any more, with the code of the removal notice where one was issued, the working days left to decide, when publication stopped, and how a review stands where one was asked for.';
REVOKE EXECUTE ON FUNCTION register.find_objection(bytea) FROM public;
GRANT EXECUTE ON FUNCTION register.find_objection(bytea) TO tip_writer;

CREATE FUNCTION register.forget_reason() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE register.review SET reason = '—' WHERE review.filing_id = NEW.id AND review.reason IS NOT NULL;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.forget_reason() IS
'Forgets why a review ended so, once what was filed is destroyed: free text would outlive what it is about.';
CREATE TRIGGER forget_reason AFTER UPDATE OF state ON sealed.filing
FOR EACH ROW WHEN (new.state = 'shredding')
EXECUTE FUNCTION register.forget_reason();
COMMENT ON COLUMN register.review.reason IS
'Why, as the paper says it; a dash once what was filed is destroyed.';
UPDATE register.review
SET reason = '—'
FROM sealed.filing
WHERE filing.id = review.filing_id AND filing.state IN ('shredding', 'shredded') AND review.reason IS NOT NULL;

-- Nothing could close what was asked about a listing that has ended.
UPDATE register.task
SET done_on = greatest(task.begun_on, listing.ended_on)
FROM register.listing
WHERE
    listing.id = task.listing_id AND task.kind = 'act_on_objection' AND task.done_on IS NULL
    AND listing.ended_on IS NOT NULL;

RESET ROLE;

-- migrate:down

SET ROLE owner;

COMMENT ON COLUMN register.review.reason IS 'Why, as the paper says it.';
DROP TRIGGER forget_reason ON sealed.filing;
DROP FUNCTION register.forget_reason();
DROP VIEW register.objection_course;
CREATE VIEW register.objection_course WITH (security_invoker = true) AS
SELECT
    objection.court_id, objection.filed_on, objection.decided_on,
    coalesce(objection.outcome IN ('founded', 'founded_in_part'), false) AS upheld
FROM register.objection;
COMMENT ON VIEW register.objection_course IS
'Every objection: its court, when it was filed and decided, and whether it was upheld at least in part. What the statistics count; says nothing of whom it was about.';

DO $$
DECLARE
    change record;
    definition text;
BEGIN
    FOR change IN
        SELECT one.function, one.was, one.becomes
        FROM (
            VALUES
            (
                'register.decide_review(uuid, text, text, text, uuid, date)',
                'WHERE done_on IS NULL DO UPDATE
            SET cause = excluded.cause
        WHERE task.cause = ''correct'';',
                'WHERE done_on IS NULL DO NOTHING;'
            ),
            (
                'register.decide_review(uuid, text, text, text, uuid, date)',
                '    UPDATE sealed.filing SET closed_on = today WHERE filing.id = held.filing_id AND filing.state = ''closed'';
    RETURN held.court_id;',
                '    RETURN held.court_id;'
            ),
            (
                'serving.court_statistics(uuid)',
                'SELECT date_trunc(''quarter'', course.upheld_on)::date, ''upheld'', count(*)
    FROM register.objection_course AS course, period
    WHERE course.court_id = court AND course.upheld_on >= period.since AND course.upheld_on < period.until',
                'SELECT date_trunc(''quarter'', course.decided_on)::date, ''upheld'', count(*)
    FROM register.objection_course AS course, period
    WHERE
        course.court_id = court AND course.upheld
        AND course.decided_on >= period.since AND course.decided_on < period.until'
            )
        ) AS one (function, was, becomes)
    LOOP
        definition := pg_get_functiondef(change.function::regprocedure);
        IF position(change.was IN definition) = 0 THEN
            RAISE EXCEPTION '% is not what it was', change.function;
        END IF;
        EXECUTE replace(definition, change.was, change.becomes);
    END LOOP;
END
$$;

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
