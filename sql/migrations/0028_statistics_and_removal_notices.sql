-- migrate:up

SET ROLE owner;

CREATE TABLE register.rounding (
    only_row boolean PRIMARY KEY DEFAULT true,
    secret bytea NOT NULL,
    CONSTRAINT rounding_one_row CHECK (only_row)
);
COMMENT ON TABLE register.rounding IS
'What decides at which counts a published number steps; read by no role of the application.';
INSERT INTO register.rounding (secret) VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

CREATE FUNCTION register.rounded(counted bigint, cell text) RETURNS bigint
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
RETURN 5 * (
    (
        rounded.counted
        + (
            SELECT
                (
                    get_byte(sha256(rounding.secret || convert_to(rounded.cell, 'UTF8')), 0) * 256
                    + get_byte(sha256(rounding.secret || convert_to(rounded.cell, 'UTF8')), 1)
                ) % 5
            FROM register.rounding
        )
    ) / 5
);
COMMENT ON FUNCTION register.rounded(bigint, text) IS
'A count as a multiple of five, up or down by less than five. Where it steps is a secret of each cell, the same whenever it is asked, so that neither a step nor a difference tells a count: every number published stands for nine. None stays none.';
REVOKE EXECUTE ON FUNCTION register.rounded(bigint, text) FROM public;

CREATE VIEW register.objection_course AS
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
COMMENT ON VIEW register.objection_course IS
'Every objection: its court, when it was filed and decided, and whether it was upheld at least in part. What the statistics count; says nothing of whom it was about.';

CREATE VIEW register.listing_course AS
SELECT
    listing.court_id, listing.published_on, least(listing.ended_on, listing.term_ends_on + 1) AS ended_on,
    coalesce(listing.ended_cause, 'term_ended') AS cause
FROM register.listing
WHERE listing.published_on IS NOT NULL
UNION ALL
SELECT tombstone.court_id, tombstone.published_on, tombstone.ended_on, tombstone.cause
FROM register.tombstone
WHERE tombstone.published_on IS NOT NULL;
COMMENT ON VIEW register.listing_course IS
'Every listing that was ever published, reduced ones as well: its court, from when until when, and why it ended.';

CREATE FUNCTION serving.court_statistics(court uuid) RETURNS TABLE (quarter date, cell text, number bigint)
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
WITH period AS (
    -- whole quarters only: one that still runs would tell of every day
    SELECT
        date_trunc('quarter', serving.today())::date AS until,
        (date_trunc('quarter', serving.today()) - interval '3 years')::date AS since
),

counted AS (
    SELECT date_trunc('quarter', course.published_on)::date AS quarter, 'listed' AS cell, count(*) AS n
    FROM register.listing_course AS course, period
    WHERE course.court_id = court AND course.published_on >= period.since AND course.published_on < period.until
    GROUP BY 1
    UNION ALL
    SELECT
        date_trunc('quarter', course.ended_on)::date,
        CASE
            WHEN course.cause IN ('performed', 'performed_in_grace') THEN 'performed'
            WHEN course.cause IN ('creditor_request', 'creditor_agreed') THEN 'creditor_request'
            WHEN course.cause IN ('withdrawn', 'wrongly_listed', 'objection_founded', 'minor') THEN 'withdrawn'
            WHEN course.cause IN ('expired', 'term_ended') THEN 'expired'
            WHEN course.cause IN (
                'settled', 'no_property', 'stay', 'non_enforcement', 'terminated', 'early_deletion'
            ) THEN course.cause
            ELSE 'other'
        END,
        count(*)
    FROM register.listing_course AS course, period
    WHERE course.court_id = court AND course.ended_on >= period.since AND course.ended_on < period.until
    GROUP BY 1, 2
    UNION ALL
    SELECT date_trunc('quarter', course.filed_on)::date, 'filed', count(*)
    FROM register.objection_course AS course, period
    WHERE course.court_id = court AND course.filed_on >= period.since AND course.filed_on < period.until
    GROUP BY 1
    UNION ALL
    SELECT date_trunc('quarter', course.decided_on)::date, 'upheld', count(*)
    FROM register.objection_course AS course, period
    WHERE
        course.court_id = court AND course.upheld
        AND course.decided_on >= period.since AND course.decided_on < period.until
    GROUP BY 1
    UNION ALL
    SELECT 'infinity'::date, 'overdue', count(*)
    FROM register.open_task
    WHERE open_task.court_id = court AND open_task.due_on < serving.today()
),

decided AS (
    SELECT
        date_trunc('quarter', course.decided_on)::date AS quarter, count(*) AS n,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY course.decided_on - course.filed_on) AS median
    FROM register.objection_course AS course, period
    WHERE course.court_id = court AND course.decided_on >= period.since AND course.decided_on < period.until
    GROUP BY 1
),

published AS (
    SELECT
        counted.quarter, counted.cell,
        register.rounded(counted.n, concat_ws(' ', court, counted.quarter, counted.cell)) AS number
    FROM counted
    UNION ALL
    -- the days, too, in steps of five, and only of so many that nobody's own shows
    SELECT decided.quarter, 'median_days', (5 * round(decided.median / 5))::bigint
    FROM decided
    WHERE register.rounded(decided.n, concat_ws(' ', court, decided.quarter, 'decided')) >= 10
)

SELECT published.quarter, published.cell, published.number
FROM published
WHERE published.number > 0 OR published.cell = 'median_days';
$$;
COMMENT ON FUNCTION serving.court_statistics(uuid) IS
'Rounded numbers of a court for the last twelve whole quarters, and of its overdue duties today (quarter infinity). No totals: each number is rounded by itself, and none follows from the others. What is missing is 0.';
REVOKE EXECUTE ON FUNCTION serving.court_statistics(uuid) FROM public;
GRANT EXECUTE ON FUNCTION serving.court_statistics(uuid) TO public_reader;

CREATE TABLE register.removal_notice (
    code text COLLATE "C" PRIMARY KEY,
    listing_id uuid NOT NULL UNIQUE,
    court_id uuid NOT NULL REFERENCES register.court (id),
    issued_on date NOT NULL,
    officer_id uuid NOT NULL REFERENCES register.officer (id),
    signed_text text NOT NULL,
    signature bytea NOT NULL,
    public_key bytea NOT NULL,
    CONSTRAINT removal_notice_code_form CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
    CONSTRAINT removal_notice_lengths CHECK (octet_length(signature) = 64 AND octet_length(public_key) = 32)
);
COMMENT ON TABLE register.removal_notice IS
'Removal notices (移出告知书): that a listing has ended, for banks and other sites. Names court, case number, day and cause, never the person; outlives the listing.';
COMMENT ON COLUMN register.removal_notice.signed_text IS 'JSON, word for word as it was signed (Ed25519, by a key outside the database).';
COMMENT ON COLUMN register.removal_notice.code IS 'Random; whoever holds the notice checks it by this.';

CREATE FUNCTION register.removal_code(listing uuid) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
RETURN (SELECT removal_notice.code FROM register.removal_notice WHERE removal_notice.listing_id = removal_code.listing);
COMMENT ON FUNCTION register.removal_code(uuid) IS 'The code of a listing''s removal notice; NULL where none was issued.';
REVOKE EXECUTE ON FUNCTION register.removal_code(uuid) FROM public;

CREATE VIEW serving.removal_notice AS
SELECT code, signed_text, encode(signature, 'hex') AS signature, encode(public_key, 'hex') AS public_key
FROM register.removal_notice;
COMMENT ON VIEW serving.removal_notice IS 'Removal notices, by the code that is printed on them.';

ALTER TABLE register.retention DROP CONSTRAINT retention_what_known;
ALTER TABLE register.retention ADD CONSTRAINT retention_what_known CHECK (
    what IN ('listing', 'withheld_text', 'audit_body', 'tombstone_key', 'removal_notice')
);

GRANT SELECT, INSERT, DELETE ON register.removal_notice TO operator;
GRANT EXECUTE ON FUNCTION register.removal_code(uuid) TO operator;
GRANT SELECT ON serving.removal_notice TO public_reader;

RESET ROLE;

-- migrate:down

DELETE FROM register.retention
WHERE what = 'removal_notice';
ALTER TABLE register.retention DROP CONSTRAINT retention_what_known;
ALTER TABLE register.retention ADD CONSTRAINT retention_what_known CHECK (
    what IN ('listing', 'withheld_text', 'audit_body', 'tombstone_key')
);
DROP VIEW serving.removal_notice;
DROP FUNCTION register.removal_code(uuid);
DROP TABLE register.removal_notice;
DROP FUNCTION serving.court_statistics(uuid);
DROP VIEW register.listing_course;
DROP VIEW register.objection_course;
DROP FUNCTION register.rounded(bigint, text);
DROP TABLE register.rounding;
