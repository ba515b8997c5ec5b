-- migrate:up

SET ROLE owner;

CREATE TABLE register.objection_reminder (
    filing_id uuid PRIMARY KEY REFERENCES register.objection (filing_id) ON DELETE CASCADE,
    openid bytea NOT NULL,
    answers integer NOT NULL,
    CONSTRAINT objection_reminder_tells_no_length CHECK (octet_length(openid) = 169)
);
ALTER TABLE register.objection_reminder ALTER COLUMN openid SET STORAGE EXTERNAL;
COMMENT ON TABLE register.objection_reminder IS
'Objectors who asked for one WeChat message when the court has answered; a row goes with its message.';
COMMENT ON COLUMN register.objection_reminder.openid IS
'Whom to remind, padded to 128 bytes, under the filing''s own key, which no database holds.';
COMMENT ON COLUMN register.objection_reminder.answers IS 'How many answers the court had given when it was asked for.';

CREATE FUNCTION register.ask_reminder(given bytea, sealed_openid bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO register.objection_reminder (filing_id, openid, answers)
    SELECT objection.filing_id, sealed_openid, count(part.part)
    FROM sealed.bearer
    INNER JOIN register.objection ON objection.filing_id = bearer.filing_id
    LEFT JOIN sealed.part ON part.filing_id = objection.filing_id AND starts_with(part.part, 'c/')
    WHERE bearer.rowkey = given AND objection.outcome IS NULL
    GROUP BY objection.filing_id
    ON CONFLICT (filing_id) DO UPDATE SET openid = EXCLUDED.openid, answers = EXCLUDED.answers;
    RETURN found;
END
$$;
COMMENT ON FUNCTION register.ask_reminder(bytea, bytea) IS
'Keeps whom to remind of a bearer''s objection, in place of whoever it was before; false where it is decided or there is none.';

CREATE FUNCTION register.reminder_asked(given bytea) RETURNS boolean
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT EXISTS (
    SELECT FROM sealed.bearer
    INNER JOIN register.objection_reminder ON objection_reminder.filing_id = bearer.filing_id
    WHERE bearer.rowkey = given
);
$$;
COMMENT ON FUNCTION register.reminder_asked(bytea) IS 'Whether a reminder waits for the answer to a bearer''s objection.';

CREATE FUNCTION register.withdraw_reminder(given bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DELETE FROM register.objection_reminder
USING sealed.bearer
WHERE bearer.rowkey = given AND objection_reminder.filing_id = bearer.filing_id;
$$;
COMMENT ON FUNCTION register.withdraw_reminder(bytea) IS 'Forgets whom to remind of a bearer''s objection.';

REVOKE EXECUTE ON FUNCTION
register.ask_reminder(bytea, bytea), register.reminder_asked(bytea), register.withdraw_reminder(bytea)
FROM public;
GRANT EXECUTE ON FUNCTION
register.ask_reminder(bytea, bytea), register.reminder_asked(bytea), register.withdraw_reminder(bytea)
TO tip_writer;
GRANT SELECT, DELETE ON register.objection_reminder TO operator;

RESET ROLE;

-- migrate:down

DROP FUNCTION register.withdraw_reminder(bytea);
DROP FUNCTION register.reminder_asked(bytea);
DROP FUNCTION register.ask_reminder(bytea, bytea);
DROP TABLE register.objection_reminder;
