-- migrate:up

SET ROLE owner;

CREATE OR REPLACE FUNCTION register.refuse_unknown_transition() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    wrong record;
BEGIN
    -- No join of the two: its plan for a first statement that changes nothing, a nested loop, would be kept for one that
    -- changes a hundred thousand.
    SELECT changed.from_state, changed.to_state INTO wrong
    FROM (
        SELECT
            both_of.id,
            max(both_of.state) FILTER (WHERE both_of.was) AS from_state,
            max(both_of.state) FILTER (WHERE NOT both_of.was) AS to_state
        FROM (
            SELECT before.id, before.state, true AS was FROM before
            UNION ALL
            SELECT after.id, after.state, false FROM after
        ) AS both_of
        GROUP BY both_of.id
    ) AS changed
    WHERE
        changed.from_state <> changed.to_state
        AND NOT EXISTS (
            SELECT FROM register.transition
            WHERE transition.from_state = changed.from_state AND transition.to_state = changed.to_state
        )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a listing never goes from % to %', wrong.from_state, wrong.to_state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_transition_known';
    END IF;
    RETURN NULL;
END
$$;

RESET ROLE;

-- migrate:down

SET ROLE owner;

CREATE OR REPLACE FUNCTION register.refuse_unknown_transition() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    wrong record;
BEGIN
    SELECT before.state AS from_state, after.state AS to_state INTO wrong
    FROM after
    INNER JOIN before ON before.id = after.id
    WHERE
        after.state <> before.state
        AND NOT EXISTS (
            SELECT FROM register.transition
            WHERE transition.from_state = before.state AND transition.to_state = after.state
        )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a listing never goes from % to %', wrong.from_state, wrong.to_state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_transition_known';
    END IF;
    RETURN NULL;
END
$$;

RESET ROLE;
