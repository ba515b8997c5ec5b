-- migrate:up

SET ROLE owner;

CREATE VIEW register.calendar_gap WITH (security_invoker = true) AS
SELECT
    year.number AS year,
    EXISTS (
        SELECT FROM register.calendar_day
        WHERE extract(YEAR FROM calendar_day.day) = year.number
    ) AS provisional
FROM
    generate_series(
        extract(YEAR FROM serving.today())::integer, extract(YEAR FROM serving.today() + 31)::integer
    ) AS year (number)
WHERE NOT EXISTS (
    SELECT FROM register.calendar_day
    WHERE
        extract(YEAR FROM calendar_day.day) = year.number
        AND strpos(calendar_day.source, '国务院调休安排公布前') = 0
);
COMMENT ON VIEW register.calendar_gap IS
'Years in which duties end, or will within 31 days, and whose days off by the State Council''s arrangement are not loaded: days there are counted by the week, and where provisional by the standing regulation. The State Council tells its arrangement in November.';
COMMENT ON COLUMN register.calendar_gap.provisional IS
'Whether the days off of the standing regulation are loaded; else the week alone counts.';
GRANT SELECT ON register.calendar_gap TO operator, court;

CREATE FUNCTION register.count_duties_anew() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    counted integer;
    told integer;
BEGIN
    UPDATE register.task
    SET due_on = register.due_since(task.kind, task.begun_on)
    WHERE
        task.done_on IS NULL AND task.due_on IS NOT NULL
        AND task.kind IN (SELECT clock.name FROM register.clock)
        AND task.due_on <> register.due_since(task.kind, task.begun_on);
    GET DIAGNOSTICS counted = ROW_COUNT;
    UPDATE register.objection
    SET due_on = register.due_since('decide_objection', objection.filed_on)
    WHERE
        objection.decided_on IS NULL
        AND objection.due_on <> register.due_since('decide_objection', objection.filed_on);
    UPDATE register.review
    SET due_on = register.due_since('decide_review', review.asked_on)
    WHERE
        review.decided_on IS NULL
        AND review.due_on <> register.due_since('decide_review', review.asked_on);
    UPDATE register.notice
    SET answer_due_on = register.due_since('answer_notice_request', notice.requested_on)
    WHERE
        notice.state = 'draft'
        AND notice.answer_due_on <> register.due_since('answer_notice_request', notice.requested_on);
    GET DIAGNOSTICS told = ROW_COUNT;
    RETURN counted + told;
END
$$;
COMMENT ON FUNCTION register.count_duties_anew() IS
'Counts the last day of every open duty anew after the calendar or the law''s time limits were loaded; how many have another one.';
REVOKE EXECUTE ON FUNCTION register.count_duties_anew() FROM public;
GRANT EXECUTE ON FUNCTION register.count_duties_anew() TO operator;

CREATE OR REPLACE VIEW register.desk_duty WITH (security_invoker = true) AS
SELECT court_id, source, kind, subject, number, case_number, came_at, due_on, holder_id
FROM register.case_duty
UNION ALL
SELECT
    key_duty.court_id, 'key', 'replace_key_' || key_duty.use, NULL, NULL, NULL, key_duty.since,
    (key_duty.since AT TIME ZONE 'Asia/Shanghai')::date, NULL
FROM register.key_duty
UNION ALL
-- Without a new one the court is closed to tips and objections the day a key runs out; a week is left to make it.
SELECT
    newest.court_id, 'key', 'renew_key_' || newest.use, NULL, NULL, NULL, newest.not_after - interval '30 days',
    (newest.not_after AT TIME ZONE 'Asia/Shanghai')::date - 7, NULL
FROM (
    SELECT DISTINCT ON (court_key.court_id, court_key.use) court_key.court_id, court_key.use, court_key.not_after
    FROM register.court_key
    ORDER BY court_key.court_id, court_key.use, court_key.number DESC
) AS newest
WHERE
    (newest.not_after AT TIME ZONE 'Asia/Shanghai')::date - 30 <= (SELECT serving.today())
    AND NOT EXISTS (
        SELECT FROM register.key_duty
        WHERE key_duty.court_id = newest.court_id AND key_duty.use = newest.use
    );

COMMENT ON FUNCTION register.barred_until(uuid) IS
'The last day of the six months in which a listing may not be listed again after a deletion that the creditor asked for (Article 10): the day itself belongs to them (Civil Code, Article 202). NULL where nothing bars it.';
COMMENT ON COLUMN register.tombstone.barred_until IS
'Last day on which it may not be listed again (Article 10); NULL where nothing barred it.';

CREATE OR REPLACE FUNCTION register.refuse_showing() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM register.entity
        WHERE
            entity.id = new.entity_id
            AND register.is_minor(entity.minor_noted_on, entity.adult_noted_on, old.ended_cause, old.ended_on)
    ) THEN
        RAISE EXCEPTION 'a minor is never shown' USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_minor';
    END IF;
    IF EXISTS (SELECT FROM register.entity WHERE entity.id = new.entity_id AND entity.deceased_on IS NOT NULL) THEN
        RAISE EXCEPTION 'nothing of the dead is shown before the court has decided'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_deceased';
    END IF;
    IF register.barred_until(new.id) >= serving.today() THEN
        RAISE EXCEPTION 'barred after a deletion that the creditor asked for'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_not_barred';
    END IF;
    IF old.state = 'grace' AND old.grace_until >= serving.today() THEN
        RAISE EXCEPTION 'the period of grace is not over'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_grace_over';
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION register.hold_back_reduced() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    held record;
BEGIN
    -- by the index, one probe a row: no join, whose plan for a small statement would be kept for large ones
    FOR held IN
        SELECT listing.id, listing.court_id, listing.import_file_id
        FROM register.tombstone
        INNER JOIN register.listing ON listing.listing_key = tombstone.listing_key
        WHERE
            tombstone.listing_key = ANY(ARRAY(SELECT changed.listing_key FROM changed))
            AND (tombstone.taken_down OR tombstone.barred_until >= serving.today())
            AND listing.state = 'published'
            AND listing.import_file_id IS NOT NULL
    LOOP
        UPDATE register.listing SET state = 'suspended' WHERE listing.id = held.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, import_file_id
        )
        VALUES (held.id, 'suspend', 'published', 'suspended', 'taken_down', '第十条', serving.today(), held.import_file_id);
        INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
        VALUES (held.id, held.court_id, 'correct', 'taken_down', serving.today())
        ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
        PERFORM audit.append(
            ARRAY['listing.suspend'], ARRAY[held.court_id],
            ARRAY[json_build_object('listing', held.id, 'cause', 'taken_down', 'import_file', held.import_file_id)::text]
        );
    END LOOP;
    RETURN NULL;
END
$$;

RESET ROLE;

-- migrate:down

SET ROLE owner;

CREATE OR REPLACE FUNCTION register.hold_back_reduced() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    held record;
BEGIN
    -- by the index, one probe a row: no join, whose plan for a small statement would be kept for large ones
    FOR held IN
        SELECT listing.id, listing.court_id, listing.import_file_id
        FROM register.tombstone
        INNER JOIN register.listing ON listing.listing_key = tombstone.listing_key
        WHERE
            tombstone.listing_key = ANY(ARRAY(SELECT changed.listing_key FROM changed))
            AND (tombstone.taken_down OR tombstone.barred_until > serving.today())
            AND listing.state = 'published'
            AND listing.import_file_id IS NOT NULL
    LOOP
        UPDATE register.listing SET state = 'suspended' WHERE listing.id = held.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, import_file_id
        )
        VALUES (held.id, 'suspend', 'published', 'suspended', 'taken_down', '第十条', serving.today(), held.import_file_id);
        INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
        VALUES (held.id, held.court_id, 'correct', 'taken_down', serving.today())
        ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
        PERFORM audit.append(
            ARRAY['listing.suspend'], ARRAY[held.court_id],
            ARRAY[json_build_object('listing', held.id, 'cause', 'taken_down', 'import_file', held.import_file_id)::text]
        );
    END LOOP;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION register.refuse_showing() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM register.entity
        WHERE
            entity.id = new.entity_id
            AND register.is_minor(entity.minor_noted_on, entity.adult_noted_on, old.ended_cause, old.ended_on)
    ) THEN
        RAISE EXCEPTION 'a minor is never shown' USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_minor';
    END IF;
    IF EXISTS (SELECT FROM register.entity WHERE entity.id = new.entity_id AND entity.deceased_on IS NOT NULL) THEN
        RAISE EXCEPTION 'nothing of the dead is shown before the court has decided'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_deceased';
    END IF;
    IF register.barred_until(new.id) > serving.today() THEN
        RAISE EXCEPTION 'barred after a deletion that the creditor asked for'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_not_barred';
    END IF;
    IF old.state = 'grace' AND old.grace_until >= serving.today() THEN
        RAISE EXCEPTION 'the period of grace is not over'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_grace_over';
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON COLUMN register.tombstone.barred_until IS 'First day on which it may be listed again (Article 10); NULL where nothing barred it.';
COMMENT ON FUNCTION register.barred_until(uuid) IS
'The first day on which a listing may be listed again after a deletion that the creditor asked for (Article 10); NULL where nothing bars it.';
CREATE OR REPLACE VIEW register.desk_duty WITH (security_invoker = true) AS
SELECT court_id, source, kind, subject, number, case_number, came_at, due_on, holder_id
FROM register.case_duty
UNION ALL
SELECT
    key_duty.court_id, 'key', 'replace_key_' || key_duty.use, NULL, NULL, NULL, key_duty.since,
    (key_duty.since AT TIME ZONE 'Asia/Shanghai')::date, NULL
FROM register.key_duty;
DROP FUNCTION register.count_duties_anew();
DROP VIEW register.calendar_gap;

RESET ROLE;
