-- migrate:up

SET ROLE owner;

CREATE VIEW register.announced_notice AS
SELECT
    id, listing_id, court_id, source, kind, basis, amount, percent, cap, funder, how_to_claim, published_on, ends_on
FROM register.notice
WHERE state = 'published';
COMMENT ON VIEW register.announced_notice IS
'Notices that are published, before, on and after their days: the only ones that anything public is made from.';

CREATE OR REPLACE VIEW serving.current_notice AS
SELECT notice.id, notice.listing_id, current_listing.entity_id, notice.kind, notice.published_on, notice.ends_on
FROM register.announced_notice AS notice
INNER JOIN serving.current_listing ON current_listing.id = notice.listing_id
WHERE (SELECT serving.today()) BETWEEN notice.published_on AND notice.ends_on;

-- A few words change in what other migrations write, so the words are changed and not the whole.
DO $$
DECLARE
    timeline constant text := pg_get_functiondef('serving.timeline(uuid [])'::regprocedure);
    detail constant text := pg_get_viewdef('serving.listing_detail'::regclass);
BEGIN
    IF timeline NOT LIKE '%FROM register.notice%' OR detail NOT LIKE '%FROM register.notice%' THEN
        RAISE EXCEPTION 'what marks a notice is not where it was';
    END IF;
    EXECUTE replace(timeline, 'FROM register.notice', 'FROM register.announced_notice AS notice');
    EXECUTE 'CREATE OR REPLACE VIEW serving.listing_detail AS '
    || replace(detail, 'FROM register.notice', 'FROM register.announced_notice notice');
    EXECUTE 'CREATE OR REPLACE VIEW register.open_task AS '
    || rtrim(pg_get_viewdef('register.open_task'::regclass), '; ')
    || ' UNION ALL SELECT NULL, notice.court_id, notice.listing_id, ''answer_notice_request'', NULL,'
    || ' notice.requested_on, notice.answer_due_on FROM register.notice'
    || ' WHERE notice.state = ''draft'' AND notice.requested_on IS NOT NULL';
END
$$;
COMMENT ON VIEW register.open_task IS
'Every open duty: those recorded, terms that a file did not state, listings past their term that nobody has closed yet, and requests for a notice that wait for an answer.';

CREATE VIEW serving.running_notice AS
SELECT
    notice.id, notice.kind, notice.basis, notice.amount, notice.percent, notice.cap, notice.funder,
    notice.how_to_claim, notice.published_on, notice.ends_on, notice.source,
    court.id AS court_id, court.name AS court_name, court.as_of,
    listing.case_number, entity.id AS entity_id, entity.kind AS entity_kind, entity.area_code, area.name AS area_name,
    CASE WHEN entity.kind <> 'person' THEN entity.name END AS entity_name
FROM register.announced_notice AS notice
INNER JOIN serving.current_listing AS listing ON listing.id = notice.listing_id
INNER JOIN register.court ON court.id = notice.court_id
INNER JOIN register.entity ON entity.id = listing.entity_id
INNER JOIN register.area ON area.code = entity.area_code
WHERE (SELECT serving.today()) BETWEEN notice.published_on AND notice.ends_on;
COMMENT ON VIEW serving.running_notice IS 'What the public reads of the notices that run today on a current listing.';
COMMENT ON COLUMN serving.running_notice.entity_name IS
'Of a company or organisation. NULL for a person, whom only the entity''s own page names, under its brakes.';

CREATE FUNCTION register.close_ended_notices(only_listing uuid DEFAULT NULL) RETURNS integer
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    -- Listings before notices, as whoever ends a listing takes them; what somebody is changing is left for next time.
    WITH ended AS MATERIALIZED (
        SELECT
            notice.id,
            CASE WHEN listing.term_ends_on < serving.today() THEN 'listing_ended' ELSE 'term_over' END AS cause
        FROM register.notice
        INNER JOIN register.listing ON listing.id = notice.listing_id
        WHERE
            notice.state IN ('draft', 'approved', 'published')
            AND (notice.ends_on < serving.today() OR listing.term_ends_on < serving.today())
            AND (only_listing IS NULL OR listing.id = only_listing)
        FOR SHARE OF listing SKIP LOCKED
    )

    SELECT coalesce(sum(register.close_notices(by_cause.ids, by_cause.cause)), 0)::integer
    FROM (SELECT array_agg(ended.id ORDER BY ended.id) AS ids, ended.cause FROM ended GROUP BY ended.cause) AS by_cause
$$;
COMMENT ON FUNCTION register.close_ended_notices(uuid) IS
'Closes every notice, of one listing or of all, whose last day or whose listing''s has passed; how many. No answer waits for it: queries ask the date.';
REVOKE EXECUTE ON FUNCTION register.close_ended_notices(uuid) FROM public;
GRANT EXECUTE ON FUNCTION register.close_ended_notices(uuid) TO operator;

CREATE FUNCTION register.close_notices_of_listings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    hidden uuid [];
    suspended uuid [];
BEGIN
    SELECT array_agg(after.id), array_agg(after.id) FILTER (WHERE after.state = 'suspended')
    INTO hidden, suspended
    FROM after
    WHERE after.state <> 'published';
    IF hidden IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM register.close_notices(affected.ids, affected.cause)
    FROM (
        SELECT
            array_agg(notice.id ORDER BY notice.id) AS ids,
            CASE WHEN notice.listing_id = ANY(suspended) THEN 'listing_suspended' ELSE 'listing_ended' END AS cause
        FROM register.notice
        WHERE notice.listing_id = ANY(hidden) AND notice.state IN ('draft', 'approved', 'published')
        GROUP BY 2
    ) AS affected;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.close_notices_of_listings() IS
'Closes the notices of listings that a statement, whoever''s, has ended or suspended.';
CREATE TRIGGER notices_close AFTER UPDATE ON register.listing
REFERENCING NEW TABLE AS after
FOR EACH STATEMENT EXECUTE FUNCTION register.close_notices_of_listings();

CREATE FUNCTION register.trace_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    court uuid;
    said json;
BEGIN
    IF TG_OP = 'DELETE' THEN
        court := OLD.court_id;
        said := json_build_object('notice', OLD.id, 'from_state', OLD.state, 'cause', 'listing_deleted');
    ELSE
        SELECT notice.court_id INTO court FROM register.notice WHERE notice.id = NEW.notice_id;
        said := json_build_object(
            'notice', NEW.notice_id, 'from_state', NEW.from_state, 'to_state', NEW.to_state, 'cause', NEW.cause,
            'effective_on', NEW.effective_on
        );
    END IF;
    PERFORM audit.append(ARRAY['notice.close'], ARRAY[court], ARRAY[said::text]);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.trace_notice() IS
'Puts into the audit trail that a notice closed by itself, or went with its listing.';
-- At the commit, behind every row that a long import has still to lock: the trail's head is held from here on.
CREATE CONSTRAINT TRIGGER closed_by_itself AFTER INSERT ON register.notice_event
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.officer_id IS NULL)
EXECUTE FUNCTION register.trace_notice();
-- Invented notices go with the demo by the thousand, and nobody will ask where they are.
CREATE CONSTRAINT TRIGGER gone_with_listing AFTER DELETE ON register.notice
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (old.source <> 'demo' AND old.state IN ('draft', 'approved', 'published'))
EXECUTE FUNCTION register.trace_notice();

GRANT SELECT ON register.announced_notice TO operator;
GRANT SELECT ON serving.running_notice TO public_reader, operator;

SET ROLE audit_owner;
GRANT USAGE ON SCHEMA audit TO owner;
GRANT EXECUTE ON FUNCTION audit.append(text [], uuid [], text []) TO owner;

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP TRIGGER gone_with_listing ON register.notice;
DROP TRIGGER closed_by_itself ON register.notice_event;
DROP FUNCTION register.trace_notice();
DROP TRIGGER notices_close ON register.listing;
DROP FUNCTION register.close_notices_of_listings();
DROP FUNCTION register.close_ended_notices(uuid);
DROP VIEW serving.running_notice;
-- Notices that are not published have no mark to lose, but the words below would give them one.
DELETE FROM register.notice WHERE state <> 'published';
DO $$
DECLARE
    tasks constant text := pg_get_viewdef('register.open_task'::regclass);
BEGIN
    EXECUTE replace(
        pg_get_functiondef('serving.timeline(uuid [])'::regprocedure),
        'FROM register.announced_notice AS notice', 'FROM register.notice'
    );
    EXECUTE 'CREATE OR REPLACE VIEW serving.listing_detail AS '
    || replace(
        pg_get_viewdef('serving.listing_detail'::regclass), 'FROM register.announced_notice notice', 'FROM register.notice'
    );
    -- without its last part, which is what came above
    EXECUTE 'CREATE OR REPLACE VIEW register.open_task AS '
    || left(tasks, length(tasks) - strpos(reverse(tasks), reverse('UNION ALL')) - length('UNION ALL') + 1);
END
$$;
COMMENT ON VIEW register.open_task IS
'Every open duty: those recorded, terms that a file did not state, and listings past their term that nobody has closed yet.';
CREATE OR REPLACE VIEW serving.current_notice AS
SELECT notice.id, notice.listing_id, current_listing.entity_id, notice.kind, notice.published_on, notice.ends_on
FROM register.notice
INNER JOIN serving.current_listing ON current_listing.id = notice.listing_id
WHERE (SELECT serving.today()) BETWEEN notice.published_on AND notice.ends_on;
DROP VIEW register.announced_notice;
SET ROLE audit_owner;
REVOKE EXECUTE ON FUNCTION audit.append(text [], uuid [], text []) FROM owner;
REVOKE USAGE ON SCHEMA audit FROM owner;

RESET ROLE;
