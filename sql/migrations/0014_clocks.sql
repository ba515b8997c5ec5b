-- migrate:up

SET ROLE owner;

CREATE TABLE register.calendar_day (
    day date PRIMARY KEY,
    works boolean NOT NULL,
    name text NOT NULL,
    source text NOT NULL
);
COMMENT ON TABLE register.calendar_day IS
'Days on which courts work or rest otherwise than the week says: the State Council''s holidays and make-up days.';
COMMENT ON COLUMN register.calendar_day.source IS 'The notice that says so; for a year without one yet, the regulation on public holidays.';

CREATE TABLE register.clock (
    name text NOT NULL,
    kind text NOT NULL,
    amount integer NOT NULL,
    unit text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    article text NOT NULL,
    PRIMARY KEY (name, valid_from),
    CONSTRAINT clock_kind_known CHECK (kind IN ('duty', 'right', 'bar')),
    CONSTRAINT clock_unit_known CHECK (unit IN ('working_day', 'day', 'month')),
    CONSTRAINT clock_amount_positive CHECK (amount > 0),
    CONSTRAINT clock_validity_ordered CHECK (valid_until >= valid_from)
);
COMMENT ON TABLE register.clock IS
'How long what may take, by law, as dated rows: a change of the law is a new row, and what began before runs by the old one.';
COMMENT ON COLUMN register.clock.kind IS
'duty of a court, right of a party, or bar. A duty or right that would end on a day off ends on the next working day; a bar does not.';
COMMENT ON COLUMN register.clock.valid_until IS 'Last day on which it holds for what begins; NULL while it is the law.';

CREATE FUNCTION register.is_working_day(day date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(
    (SELECT calendar_day.works FROM register.calendar_day WHERE calendar_day.day = is_working_day.day),
    extract(ISODOW FROM is_working_day.day) < 6
);
COMMENT ON FUNCTION register.is_working_day(date) IS
'Whether courts work on a day: by the calendar table, else Monday to Friday.';

CREATE FUNCTION register.working_day_from(day date) RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
BEGIN
    WHILE NOT register.is_working_day(day) LOOP
        day := day + 1;
    END LOOP;
    RETURN day;
END
$$;
COMMENT ON FUNCTION register.working_day_from(date) IS 'A day itself where courts work on it, else the next on which they do.';

CREATE FUNCTION register.last_day_of_term(begins_on date, amount integer, unit text, extended boolean)
RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    last date := begins_on;
BEGIN
    IF unit = 'working_day' THEN
        FOR counted IN 1..amount LOOP
            last := register.working_day_from(last + 1);
        END LOOP;
        RETURN last;
    END IF;
    last := CASE unit WHEN 'month' THEN begins_on + make_interval(months => amount) ELSE begins_on + amount END;
    RETURN CASE WHEN extended THEN register.working_day_from(last) ELSE last END;
END
$$;
COMMENT ON FUNCTION register.last_day_of_term(date, integer, text, boolean) IS
'The last day of a term. The day of the event does not count, and a last day off gives way to the next working day (Civil Procedure Law, Article 85) where extended is set.';

CREATE FUNCTION register.due_on(clock_name text, begins_on date) RETURNS date
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
COMMENT ON FUNCTION register.due_on(text, date) IS
'The last day for what began on a day in China, by the clock that was law on that day.';

GRANT SELECT, INSERT, UPDATE, DELETE ON register.calendar_day, register.clock TO operator;

RESET ROLE;

-- migrate:down

DROP FUNCTION register.due_on(text, date);
DROP FUNCTION register.last_day_of_term(date, integer, text, boolean);
DROP FUNCTION register.working_day_from(date);
DROP FUNCTION register.is_working_day(date);
DROP TABLE register.clock;
DROP TABLE register.calendar_day;
