-- migrate:up

SET ROLE owner;

CREATE FUNCTION register.end_demo_keys() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    demo_courts uuid [] := ARRAY(
        SELECT DISTINCT officer.court_id
        FROM register.officer
        INNER JOIN register.officer_key ON officer_key.officer_id = officer.id
        WHERE starts_with(officer.login, 'demo-')
    );
BEGIN
    DELETE FROM register.court_secret
    USING register.officer
    WHERE officer.id = court_secret.officer_id AND starts_with(officer.login, 'demo-');
    DELETE FROM register.officer_key
    USING register.officer
    WHERE officer.id = officer_key.officer_id AND starts_with(officer.login, 'demo-');
    UPDATE register.officer SET active = false WHERE starts_with(login, 'demo-');
    -- what nobody holds any more but a recovery key whose sheets were printed into a file
    demo_courts := ARRAY(
        SELECT court_id
        FROM unnest(demo_courts) AS demo (court_id)
        WHERE NOT EXISTS (
            SELECT FROM register.court_secret
            WHERE court_secret.court_id = demo.court_id AND court_secret.officer_id IS NOT NULL
        )
    );
    DELETE FROM register.court_secret WHERE court_id = ANY(demo_courts);
    DELETE FROM register.court_key WHERE court_id = ANY(demo_courts);
    DELETE FROM register.recovery_key WHERE court_id = ANY(demo_courts);
END
$$;
COMMENT ON FUNCTION register.end_demo_keys() IS
'Takes the demo''s officers and keys away, whose phrases stand in a file: no court''s own keys may ever be sealed to them.';
REVOKE EXECUTE ON FUNCTION register.end_demo_keys() FROM public;
GRANT EXECUTE ON FUNCTION register.end_demo_keys() TO operator;

RESET ROLE;

-- migrate:down

DROP FUNCTION register.end_demo_keys();
