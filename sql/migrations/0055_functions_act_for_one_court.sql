-- migrate:up

SET ROLE owner;

CREATE FUNCTION register.may_act_for(court uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('role') <> 'court' OR court IS NOT DISTINCT FROM register.acting_court();
COMMENT ON FUNCTION register.may_act_for(uuid) IS
'Whether a transaction may touch a court''s rows: as role court the acting court''s alone, none where none is set. For functions with their owner''s rights, whom no policy narrows; SET ROLE stays to be seen inside them.';

CREATE OR REPLACE FUNCTION register.pay_notice(given uuid, paid numeric, officer uuid, approver uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    notice register.notice;
    said json;
BEGIN
    SELECT held.* INTO notice
    FROM register.notice AS held
    WHERE
        held.id = given AND held.state IN ('published', 'closed') AND held.published_on IS NOT NULL
        AND paid >= coalesce(held.amount, held.cap)
        AND register.may_act_for(held.court_id)
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE register.notice AS held
    SET state = 'paid', closed_on = coalesce(held.closed_on, serving.today()), closed_cause = 'paid'
    WHERE held.id = given;
    INSERT INTO register.notice_event (
        notice_id, action, from_state, to_state, cause, effective_on, officer_id, approver_id
    )
    VALUES (given, 'pay', notice.state, 'paid', 'paid', serving.today(), officer, approver);
    said := json_build_object(
        'notice', given, 'action', 'pay', 'from_state', notice.state, 'to_state', 'paid', 'cause', 'paid',
        'effective_on', serving.today(), 'officer', officer, 'approver', approver
    );
    PERFORM audit.append(ARRAY['notice.pay'], ARRAY[notice.court_id], ARRAY[said::text]);
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION register.take_down_elsewhere(person uuid, why text, on_day date, officer uuid)
RETURNS TABLE (listing_id uuid, court_id uuid, from_state text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    act constant text := CASE why WHEN 'death' THEN 'suspend' WHEN 'minor' THEN 'withdraw' END;
    target constant text := CASE why WHEN 'death' THEN 'suspended' WHEN 'minor' THEN 'withdrawn' END;
    law text;
    one record;
BEGIN
    IF NOT EXISTS (
        SELECT FROM register.listing
        INNER JOIN register.officer AS finder ON finder.court_id = listing.court_id
        WHERE
            listing.entity_id = person AND finder.id = officer AND finder.active
            AND register.may_act_for(finder.court_id)
    ) THEN
        RAISE EXCEPTION 'whoever finds that has no listing of this entity' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT cause.article INTO law
    FROM register.cause
    WHERE
        cause.action = act AND cause.code = why
        AND cause.valid_from <= on_day AND (cause.valid_until IS NULL OR cause.valid_until >= on_day);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the law knows no such reason on %', on_day USING ERRCODE = 'no_data_found';
    END IF;
    FOR one IN
        SELECT listing.id, listing.court_id, listing.state
        FROM register.listing
        WHERE
            listing.entity_id = person
            AND (
                listing.state = 'published'
                OR (why = 'minor' AND listing.state IN ('decided', 'grace', 'suspended'))
            )
        ORDER BY listing.id
        FOR UPDATE
    LOOP
        UPDATE register.listing
        SET
            state = target,
            ended_on = CASE WHEN why = 'minor' THEN on_day END,
            ended_cause = CASE WHEN why = 'minor' THEN why END
        WHERE listing.id = one.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, officer_id
        )
        VALUES (one.id, act, one.state, target, why, law, on_day, officer);
        IF why = 'death' THEN
            INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
            SELECT one.id, one.court_id, 'decide_after_death', why, on_day
            WHERE NOT EXISTS (
                SELECT FROM register.task
                WHERE task.listing_id = one.id AND task.kind = 'decide_after_death' AND task.done_on IS NULL
            );
        ELSE
            UPDATE register.task SET done_on = on_day
            WHERE
                task.listing_id = one.id AND task.done_on IS NULL
                AND task.kind NOT IN ('decide_objection', 'decide_review');
        END IF;
        listing_id := one.id;
        court_id := one.court_id;
        from_state := one.state;
        RETURN NEXT;
    END LOOP;
END
$$;

RESET ROLE;
SET ROLE audit_owner;
ALTER TABLE audit.entry FORCE ROW LEVEL SECURITY;
ALTER TABLE audit.body FORCE ROW LEVEL SECURITY;
RESET ROLE;

-- migrate:down

ALTER TABLE audit.body NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit.entry NO FORCE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION register.take_down_elsewhere(person uuid, why text, on_day date, officer uuid)
RETURNS TABLE (listing_id uuid, court_id uuid, from_state text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    act constant text := CASE why WHEN 'death' THEN 'suspend' WHEN 'minor' THEN 'withdraw' END;
    target constant text := CASE why WHEN 'death' THEN 'suspended' WHEN 'minor' THEN 'withdrawn' END;
    law text;
    one record;
BEGIN
    IF NOT EXISTS (
        SELECT FROM register.listing
        INNER JOIN register.officer AS finder ON finder.court_id = listing.court_id
        WHERE listing.entity_id = person AND finder.id = officer AND finder.active
    ) THEN
        RAISE EXCEPTION 'whoever finds that has no listing of this entity' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT cause.article INTO law
    FROM register.cause
    WHERE
        cause.action = act AND cause.code = why
        AND cause.valid_from <= on_day AND (cause.valid_until IS NULL OR cause.valid_until >= on_day);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the law knows no such reason on %', on_day USING ERRCODE = 'no_data_found';
    END IF;
    FOR one IN
        SELECT listing.id, listing.court_id, listing.state
        FROM register.listing
        WHERE
            listing.entity_id = person
            AND (
                listing.state = 'published'
                OR (why = 'minor' AND listing.state IN ('decided', 'grace', 'suspended'))
            )
        ORDER BY listing.id
        FOR UPDATE
    LOOP
        UPDATE register.listing
        SET
            state = target,
            ended_on = CASE WHEN why = 'minor' THEN on_day END,
            ended_cause = CASE WHEN why = 'minor' THEN why END
        WHERE listing.id = one.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, officer_id
        )
        VALUES (one.id, act, one.state, target, why, law, on_day, officer);
        IF why = 'death' THEN
            INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
            SELECT one.id, one.court_id, 'decide_after_death', why, on_day
            WHERE NOT EXISTS (
                SELECT FROM register.task
                WHERE task.listing_id = one.id AND task.kind = 'decide_after_death' AND task.done_on IS NULL
            );
        ELSE
            UPDATE register.task SET done_on = on_day
            WHERE
                task.listing_id = one.id AND task.done_on IS NULL
                AND task.kind NOT IN ('decide_objection', 'decide_review');
        END IF;
        listing_id := one.id;
        court_id := one.court_id;
        from_state := one.state;
        RETURN NEXT;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION register.pay_notice(given uuid, paid numeric, officer uuid, approver uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    notice register.notice;
    said json;
BEGIN
    SELECT held.* INTO notice
    FROM register.notice AS held
    WHERE
        held.id = given AND held.state IN ('published', 'closed') AND held.published_on IS NOT NULL
        AND paid >= coalesce(held.amount, held.cap)
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE register.notice AS held
    SET state = 'paid', closed_on = coalesce(held.closed_on, serving.today()), closed_cause = 'paid'
    WHERE held.id = given;
    INSERT INTO register.notice_event (
        notice_id, action, from_state, to_state, cause, effective_on, officer_id, approver_id
    )
    VALUES (given, 'pay', notice.state, 'paid', 'paid', serving.today(), officer, approver);
    said := json_build_object(
        'notice', given, 'action', 'pay', 'from_state', notice.state, 'to_state', 'paid', 'cause', 'paid',
        'effective_on', serving.today(), 'officer', officer, 'approver', approver
    );
    PERFORM audit.append(ARRAY['notice.pay'], ARRAY[notice.court_id], ARRAY[said::text]);
    RETURN true;
END
$$;

DROP FUNCTION register.may_act_for(uuid);
