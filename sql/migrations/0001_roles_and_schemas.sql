-- migrate:up

-- A server may hold a second database of this product, so a role may be there already.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['owner', 'operator', 'public_reader'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
        IF NOT pg_has_role(current_user, role_name, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', role_name, current_user);
        END IF;
    END LOOP;
END
$$;

CREATE EXTENSION IF NOT EXISTS postgis;

CREATE SCHEMA register AUTHORIZATION owner;
COMMENT ON SCHEMA register IS
'What courts published and what was decided about it. Read and written by command-line work and, later, by courts; never by the public role.';

CREATE SCHEMA serving AUTHORIZATION owner;
COMMENT ON SCHEMA serving IS
'What the public may see now: views that hold only current listings and public fields. The public role reads nothing else.';

GRANT USAGE ON SCHEMA register TO operator;
GRANT USAGE ON SCHEMA serving TO operator, public_reader;

SET ROLE owner;

CREATE FUNCTION serving.today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(
    nullif(current_setting('listings.today', true), '')::date,
    (now() AT TIME ZONE 'Asia/Shanghai')::date
);
COMMENT ON FUNCTION serving.today() IS
'The date in China. A listing is shown through its last day and gone at midnight because every query asks this. The setting listings.today moves the clock in tests.';

-- Only a table's owner may ANALYZE it, and the application owns nothing.
CREATE FUNCTION register.refresh_statistics(only_tables text [] DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    table_name text;
BEGIN
    FOR table_name IN
        SELECT tablename
        FROM pg_tables
        WHERE schemaname = 'register' AND (only_tables IS NULL OR tablename = ANY(only_tables))
    LOOP
        EXECUTE format('ANALYZE register.%I', table_name);
    END LOOP;
END
$$;
COMMENT ON FUNCTION register.refresh_statistics(text []) IS
'Refreshes the planner''s statistics after a bulk load, of the named tables or of all: without them the first minute''s lists take seconds.';
REVOKE EXECUTE ON FUNCTION register.refresh_statistics(text []) FROM public;
GRANT EXECUTE ON FUNCTION register.refresh_statistics(text []) TO operator;

RESET ROLE;

GRANT SELECT ON public.schema_migrations TO public_reader;

-- migrate:down

DROP SCHEMA serving CASCADE;
DROP SCHEMA register CASCADE;
