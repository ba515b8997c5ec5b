-- migrate:up

SET ROLE owner;

ALTER TABLE register.clock
DROP CONSTRAINT clock_kind_known,
ADD CONSTRAINT clock_kind_known CHECK (kind IN ('duty', 'right', 'bar', 'bound'));
COMMENT ON COLUMN register.clock.kind IS
'duty of a court, right of a party, bar, or bound within which a decision keeps. A duty or right that would end on a day off ends on the next working day; a bar or bound does not.';

CREATE OR REPLACE FUNCTION register.due_on(clock_name text, begins_on date) RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    rule register.clock;
BEGIN
    SELECT * INTO rule
    FROM register.clock
    WHERE
        clock.name = clock_name
        AND clock.valid_from <= begins_on
        AND (clock.valid_until IS NULL OR clock.valid_until >= begins_on);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no clock % on %', clock_name, begins_on USING ERRCODE = 'no_data_found';
    END IF;
    RETURN register.last_day_of_term(begins_on, rule.amount, rule.unit, rule.kind IN ('duty', 'right'));
END
$$;

RESET ROLE;

-- migrate:down

SET ROLE owner;

CREATE OR REPLACE FUNCTION register.due_on(clock_name text, begins_on date) RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    rule register.clock;
BEGIN
    SELECT * INTO rule
    FROM register.clock
    WHERE
        clock.name = clock_name
        AND clock.valid_from <= begins_on
        AND (clock.valid_until IS NULL OR clock.valid_until >= begins_on);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no clock % on %', clock_name, begins_on USING ERRCODE = 'no_data_found';
    END IF;
    RETURN register.last_day_of_term(begins_on, rule.amount, rule.unit, rule.kind <> 'bar');
END
$$;

DELETE FROM register.clock
WHERE kind = 'bound';
ALTER TABLE register.clock
DROP CONSTRAINT clock_kind_known,
ADD CONSTRAINT clock_kind_known CHECK (kind IN ('duty', 'right', 'bar'));
COMMENT ON COLUMN register.clock.kind IS
'duty of a court, right of a party, or bar. A duty or right that would end on a day off ends on the next working day; a bar does not.';

RESET ROLE;
