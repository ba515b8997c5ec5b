-- migrate:up

SET ROLE owner;

CREATE FUNCTION register.take_down_elsewhere(person uuid, why text, on_day date, officer uuid)
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
COMMENT ON FUNCTION register.take_down_elsewhere(uuid, text, date, uuid) IS
'Takes down what is left of a person at other courts once one court has found that they have died (suspended, each court decides) or are under 18 (withdrawn, Article 4). An officer''s own role reaches no other court''s rows.';
REVOKE EXECUTE ON FUNCTION register.take_down_elsewhere(uuid, text, date, uuid) FROM public;
GRANT EXECUTE ON FUNCTION register.take_down_elsewhere(uuid, text, date, uuid) TO court, operator;

RESET ROLE;

-- migrate:down

DROP FUNCTION register.take_down_elsewhere(uuid, text, date, uuid);
