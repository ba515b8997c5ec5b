-- migrate:up

DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'court') THEN
        CREATE ROLE court NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'court', 'MEMBER') THEN
        EXECUTE format('GRANT court TO %I', current_user);
    END IF;
END
$$;

SET ROLE owner;

CREATE FUNCTION register.acting_court() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.court', true), '')::uuid;
COMMENT ON FUNCTION register.acting_court() IS
'The court for which this transaction acts, set by the console (app.court); null, which equals nothing, where none is set.';

-- What a court's officers do at the console needs what an operator's commands need, but for what belongs to the
-- installation as a whole, which they only read.
DO $$
DECLARE
    allowed record;
    readable_only CONSTANT text [] := ARRAY[
        'area', 'area_outline', 'calendar_day', 'cause', 'clock', 'common_gram', 'court', 'court_name', 'ground',
        'installation', 'notice_transition', 'recipient', 'retention', 'rounding', 'transition'
    ];
BEGIN
    GRANT USAGE ON SCHEMA register, sealed, serving TO court;
    FOR allowed IN
        SELECT pg_namespace.nspname, pg_class.relname, granted.privilege_type, NULL::name AS attname
        FROM pg_class
        INNER JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
        CROSS JOIN aclexplode(pg_class.relacl) AS granted
        WHERE granted.grantee = 'operator'::regrole AND pg_namespace.nspname IN ('register', 'sealed', 'serving')
        UNION ALL
        SELECT pg_namespace.nspname, pg_class.relname, granted.privilege_type, pg_attribute.attname
        FROM pg_attribute
        INNER JOIN pg_class ON pg_class.oid = pg_attribute.attrelid
        INNER JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
        CROSS JOIN aclexplode(pg_attribute.attacl) AS granted
        WHERE granted.grantee = 'operator'::regrole AND pg_namespace.nspname IN ('register', 'sealed', 'serving')
    LOOP
        IF allowed.privilege_type = 'SELECT' OR NOT allowed.relname = ANY(readable_only) THEN
            EXECUTE format(
                'GRANT %s%s ON %I.%I TO court', allowed.privilege_type, '(' || quote_ident(allowed.attname) || ')',
                allowed.nspname, allowed.relname
            );
        END IF;
    END LOOP;
END
$$;
REVOKE ALL ON register.recipient FROM court;
GRANT EXECUTE ON FUNCTION register.close_ended_notices(uuid), register.index_name_keys(),
register.lock_notice(uuid), register.refresh_statistics(text []), register.removal_code(uuid),
register.tip_case_closed_on(text, uuid, uuid), register.tip_listings(text, uuid, uuid),
register.tip_notices(uuid), serving.end_bulk(), serving.rebuild() TO court;

-- A court's officers reach only their own court's rows, whatever a statement asks for.
DO $$
DECLARE
    guarded record;
BEGIN
    FOR guarded IN
        SELECT *
        FROM (
            VALUES
            ('register.listing', NULL, NULL), ('register.notice', NULL, NULL), ('register.objection', NULL, NULL),
            ('register.officer', NULL, NULL), ('register.removal_notice', NULL, NULL),
            ('register.reward', NULL, NULL), ('register.task', NULL, NULL), ('register.tip', NULL, NULL),
            ('register.tombstone', NULL, NULL), ('register.court_key', NULL, NULL),
            ('register.court_secret', NULL, NULL), ('register.recovery_key', NULL, NULL),
            ('sealed.claim', NULL, NULL), ('sealed.filing', NULL, NULL), ('sealed.counter', NULL, NULL),
            ('register.listing_event', 'register.listing', 'listing_id'),
            ('register.withheld_text', 'register.listing', 'listing_id'),
            ('register.notice_event', 'register.notice', 'notice_id'),
            ('register.objection_listing', 'register.objection', 'filing_id'),
            ('register.officer_key', 'register.officer', 'officer_id'),
            ('sealed.part', 'sealed.filing', 'filing_id'),
            ('sealed.bearer', 'sealed.filing', 'filing_id'),
            ('sealed.unwrapping', 'sealed.filing', 'filing_id')
        ) AS list (name, parent, key)
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded.name);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded.name);
        EXECUTE format('CREATE POLICY by_grant ON %s USING (true) WITH CHECK (true)', guarded.name);
        IF guarded.parent IS NULL THEN
            EXECUTE format(
                'CREATE POLICY own_court ON %s AS RESTRICTIVE TO court USING (court_id = register.acting_court())',
                guarded.name
            );
        ELSE
            -- The parent's own policy narrows what the subquery sees.
            EXECUTE format(
                'CREATE POLICY own_court ON %1$s AS RESTRICTIVE TO court USING ('
                'EXISTS (SELECT FROM %2$s AS parent WHERE parent.%3$I = %1$s.%4$I))',
                guarded.name, guarded.parent,
                CASE WHEN guarded.key = 'filing_id' AND guarded.parent <> 'sealed.filing' THEN 'filing_id' ELSE 'id' END,
                guarded.key
            );
        END IF;
    END LOOP;
END
$$;

-- Its own tables' policies ask it, too.
GRANT USAGE ON SCHEMA register TO audit_owner;

-- A view reads with its reader's rights, so that the rows' own policies hold through it.
ALTER VIEW register.listing_course SET (security_invoker = true);
ALTER VIEW register.objection_course SET (security_invoker = true);
ALTER VIEW register.open_task SET (security_invoker = true);
ALTER VIEW register.past_life SET (security_invoker = true);
ALTER VIEW register.past_withheld_text SET (security_invoker = true);

RESET ROLE;
SET ROLE audit_owner;

GRANT USAGE ON SCHEMA audit TO court;
GRANT EXECUTE ON FUNCTION audit.append(text [], uuid [], text []) TO court;
GRANT SELECT ON audit.entry, audit.body TO court;
ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON audit.entry USING (true) WITH CHECK (true);
CREATE POLICY own_court ON audit.entry AS RESTRICTIVE TO court USING (court_id = register.acting_court());
ALTER TABLE audit.body ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON audit.body USING (true) WITH CHECK (true);
CREATE POLICY own_court ON audit.body AS RESTRICTIVE TO court USING (
    EXISTS (SELECT FROM audit.entry WHERE entry.sequence = body.sequence)
);

RESET ROLE;

-- migrate:down

DO $$
DECLARE
    guarded record;
BEGIN
    FOR guarded IN
        SELECT DISTINCT format('%I.%I', schemaname, tablename) AS name
        FROM pg_policies
        WHERE policyname = 'own_court'
    LOOP
        EXECUTE format('DROP POLICY own_court ON %s', guarded.name);
        EXECUTE format('DROP POLICY by_grant ON %s', guarded.name);
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', guarded.name);
        EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', guarded.name);
    END LOOP;
END
$$;
ALTER VIEW register.listing_course RESET (security_invoker);
ALTER VIEW register.objection_course RESET (security_invoker);
ALTER VIEW register.open_task RESET (security_invoker);
ALTER VIEW register.past_life RESET (security_invoker);
ALTER VIEW register.past_withheld_text RESET (security_invoker);
DROP FUNCTION register.acting_court();
REVOKE USAGE ON SCHEMA register FROM audit_owner;
DROP OWNED BY court;
