-- migrate:up

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'day_keeper') THEN
        CREATE ROLE day_keeper NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'day_keeper', 'MEMBER') THEN
        EXECUTE format('GRANT day_keeper TO %I', current_user);
    END IF;
END
$$;

SET ROLE owner;

CREATE TABLE serving.change_head (
    only_row boolean PRIMARY KEY DEFAULT true,
    sequence bigint NOT NULL DEFAULT 0,
    entered_for date NOT NULL,
    pruned_to bigint NOT NULL DEFAULT 0,
    CONSTRAINT change_head_one_row CHECK (only_row)
);
COMMENT ON TABLE serving.change_head IS
'The last change of the feed. Whoever enters changes holds this row to the end of the transaction, so that the order of sequences is that of commits and none is skipped.';
COMMENT ON COLUMN serving.change_head.entered_for IS
'The day in China for which everything that begins or ends by itself has been entered.';
COMMENT ON COLUMN serving.change_head.pruned_to IS 'The last sequence that is no longer kept; 0 before the first pruning.';
INSERT INTO serving.change_head (entered_for) VALUES (serving.today());

CREATE TABLE serving.change (
    sequence bigint PRIMARY KEY,
    op text NOT NULL,
    entity_id uuid NOT NULL,
    entered_on date NOT NULL,
    CONSTRAINT change_op_known CHECK (op IN ('add', 'update', 'remove'))
);
CREATE INDEX change_removal ON serving.change (sequence) WHERE op = 'remove';
COMMENT ON TABLE serving.change IS
'Who came, changed and left, in the order of commits. Holds nothing personal: what is said of somebody is read when it is asked for, and only while they are listed.';

CREATE TABLE serving.mirrored (
    entity_id uuid PRIMARY KEY,
    shown_until date NOT NULL,
    content bigint
);
CREATE INDEX mirrored_shown_until ON serving.mirrored (shown_until) WHERE shown_until < 'infinity';
COMMENT ON TABLE serving.mirrored IS 'Whoever is listed by the feed''s last entry: what the next entries are told from.';
COMMENT ON COLUMN serving.mirrored.shown_until IS 'The first day on which what is shown of them changes or ends by itself.';
COMMENT ON COLUMN serving.mirrored.content IS
'Hash of serving.mirror.content; NULL until the first change after their coming, which is then entered unseen.';

CREATE TABLE serving.unentered (entity_id uuid NOT NULL);
COMMENT ON TABLE serving.unentered IS 'Whom the present transaction has touched; empty outside of it.';
CREATE TABLE serving.entering (asked boolean NOT NULL);
COMMENT ON TABLE serving.entering IS
'One row in a transaction that has touched somebody, so that its trigger enters the changes at the commit; empty outside of it.';

CREATE VIEW serving.mirror AS
SELECT
    entity.id AS entity_id,
    (
        jsonb_build_object(
            'id', entity.id, 'kind', entity.kind, 'name', entity.name, 'sex', entity.sex, 'age_band', entity.age_band,
            'area', jsonb_build_object('code', entity.area_code, 'name', area.name), 'placed_by', entity.placed_by,
            'source', entity.source, 'listings', said.listings
        )
        || CASE
            WHEN entity.kind = 'person' THEN '{}'
            ELSE jsonb_build_object(
                'uscc', entity.uscc, 'representative', entity.representative,
                'registered_address', entity.registered_address
            )
        END
    )::text AS content
FROM register.entity
INNER JOIN register.area ON area.code = entity.area_code
CROSS JOIN
    LATERAL (
        SELECT
            jsonb_agg(
                jsonb_build_object(
                    'court', jsonb_build_object('id', court.id, 'name', court.name), 'case_number', listing.case_number,
                    'basis', jsonb_build_object('issuer', listing.basis_issuer, 'number', listing.basis_number),
                    'duty', listing.duty, 'performance', listing.performance, 'performed_part', listing.performed_part,
                    'unperformed_part', listing.unperformed_part,
                    'grounds', ('[' || serving.grounds(listing.ground_mask) || ']')::jsonb,
                    'filed_on', listing.filed_on, 'published_on', listing.published_on,
                    'term_ends_on', listing.term_ends_on,
                    'notice', EXISTS (
                        SELECT FROM register.notice
                        WHERE
                            notice.listing_id = listing.id
                            AND (SELECT serving.today()) BETWEEN notice.published_on AND notice.ends_on
                    ),
                    'corrected', CASE
                        WHEN listing.corrected_on IS NOT NULL
                            THEN jsonb_build_object('on', listing.corrected_on, 'field', listing.corrected_field)
                    END
                )
                ORDER BY listing.published_on DESC, listing.id
            ) AS listings
        FROM serving.current_listing AS listing
        INNER JOIN register.court ON court.id = listing.court_id
        WHERE listing.entity_id = entity.id
    ) AS said
WHERE said.listings IS NOT NULL;
COMMENT ON VIEW serving.mirror IS
'What a recipient may mirror of everybody listed today: public fields only, as JSON text.';

CREATE FUNCTION serving.enter_touched(rows_from regclass) RETURNS bigint
LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    last serving.change_head;
    day date;
    entered bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM serving.unentered) THEN
        RETURN 0;
    END IF;
    -- Waits for whoever entered before to commit, and sees in the next statement what they have written.
    SELECT * INTO last FROM serving.change_head FOR UPDATE;
    -- A transaction may have begun before midnight, and the day been entered meanwhile.
    day := greatest(last.entered_for, serving.today());
    EXECUTE format(
        'WITH touched AS MATERIALIZED (
            SELECT DISTINCT unentered.entity_id FROM serving.unentered
        ),

        found AS MATERIALIZED (
            SELECT
                touched.entity_id, shown.shown_until, mirrored.entity_id IS NOT NULL AS known,
                mirrored.shown_until AS known_until, mirrored.content AS known_content
            FROM touched
            LEFT JOIN %s AS shown
                ON shown.entity_id = touched.entity_id AND shown.shown_from <= $1 AND shown.shown_until > $1
            LEFT JOIN serving.mirrored ON mirrored.entity_id = touched.entity_id
        ),

        -- of those who stay, what is said of them now
        said AS MATERIALIZED (
            SELECT found.entity_id, hashtextextended(mirror.content, 0) AS content
            FROM found
            INNER JOIN serving.mirror ON mirror.entity_id = found.entity_id
            WHERE found.known AND found.shown_until IS NOT NULL
        ),

        decided AS MATERIALIZED (
            SELECT
                found.entity_id, found.shown_until, said.content,
                CASE
                    WHEN found.shown_until IS NULL AND found.known THEN ''remove''
                    WHEN found.shown_until IS NOT NULL AND NOT found.known THEN ''add''
                    WHEN said.content IS DISTINCT FROM found.known_content THEN ''update''
                    WHEN found.shown_until IS DISTINCT FROM found.known_until THEN ''prolong''
                END AS op
            FROM found
            LEFT JOIN said ON said.entity_id = found.entity_id
        ),

        gone AS (
            DELETE FROM serving.mirrored
            USING decided
            WHERE decided.entity_id = mirrored.entity_id AND decided.op = ''remove''
        ),

        come AS (
            INSERT INTO serving.mirrored (entity_id, shown_until)
            SELECT decided.entity_id, decided.shown_until FROM decided WHERE decided.op = ''add''
        ),

        stayed AS (
            UPDATE serving.mirrored
            SET shown_until = decided.shown_until, content = decided.content
            FROM decided
            WHERE decided.entity_id = mirrored.entity_id AND decided.op IN (''update'', ''prolong'')
        )

        INSERT INTO serving.change (sequence, op, entity_id, entered_on)
        SELECT $2 + row_number() OVER (), decided.op, decided.entity_id, $1
        FROM decided
        WHERE decided.op IN (''add'', ''update'', ''remove'')',
        rows_from
    ) USING day, last.sequence;
    GET DIAGNOSTICS entered = ROW_COUNT;
    UPDATE serving.change_head SET sequence = last.sequence + entered;
    DELETE FROM serving.unentered;
    DELETE FROM serving.entering;
    RETURN entered;
END
$$;
COMMENT ON FUNCTION serving.enter_touched(regclass) IS
'Enters into the feed how those whom the transaction touched differ from what the feed last said of them, by rows of a table like serving.entity_row; how many changes. Late in a transaction: others wait.';
REVOKE EXECUTE ON FUNCTION serving.enter_touched(regclass) FROM public;

CREATE FUNCTION serving.enter_at_commit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET work_mem = '64MB'
AS $$
BEGIN
    PERFORM serving.enter_touched('serving.entity_row');
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.enter_at_commit() IS 'Enters what a transaction has changed, as the last thing it does.';
CREATE CONSTRAINT TRIGGER enter_at_commit AFTER INSERT ON serving.entering
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION serving.enter_at_commit();

CREATE FUNCTION serving.note_change(ids uuid []) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO serving.unentered (entity_id) SELECT unnest(ids);
    IF FOUND AND NOT EXISTS (SELECT FROM serving.entering) THEN
        INSERT INTO serving.entering (asked) VALUES (true);
    END IF;
END
$$;
COMMENT ON FUNCTION serving.note_change(uuid []) IS 'Has these entities looked at when the transaction commits.';
REVOKE EXECUTE ON FUNCTION serving.note_change(uuid []) FROM public;

CREATE OR REPLACE FUNCTION serving.note_touched(ids uuid []) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF ids IS NULL THEN
        RETURN;
    END IF;
    IF current_setting('listings.bulk', true) = 'on' THEN
        INSERT INTO serving.touched (entity_id) SELECT unnest(ids);
    ELSE
        PERFORM serving.refresh(ids);
    END IF;
    PERFORM serving.note_change(ids);
END
$$;

CREATE OR REPLACE FUNCTION serving.follow_truncate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM serving.entity_row;
    PERFORM serving.note_change((SELECT array_agg(mirrored.entity_id) FROM serving.mirrored));
    RETURN NULL;
END
$$;

CREATE FUNCTION serving.follow_texts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM serving.note_change((
        -- what serving.mirror says beside what serving.follow_listing_update() looks at
        SELECT array_agg(DISTINCT changed.entity_id)
        FROM (
            SELECT
                id, entity_id, basis_issuer, basis_number, duty, performance, performed_part, unperformed_part,
                filed_on, corrected_on, corrected_field
            FROM after
            EXCEPT
            SELECT
                id, entity_id, basis_issuer, basis_number, duty, performance, performed_part, unperformed_part,
                filed_on, corrected_on, corrected_field
            FROM before
        ) AS changed
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.follow_texts() IS 'Has those looked at whose listings say something else than before.';
CREATE TRIGGER change_feed AFTER UPDATE ON register.listing
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_texts();

CREATE OR REPLACE FUNCTION serving.rebuild() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET work_mem = '128MB'
SET maintenance_work_mem = '256MB'
SET enable_nestloop = off  -- whom a bulk change touched is guessed too low
AS $$
BEGIN
    -- Readers go on; writers wait until the swap, since what they wrote meanwhile would be lost.
    LOCK TABLE
        register.area, register.court, register.entity, register.listing, register.notice IN SHARE ROW EXCLUSIVE MODE;
    UPDATE serving.count_day SET counted_on = serving.today();
    PERFORM serving.fill_next();
    PERFORM serving.index_next();
    DELETE FROM serving.touched;
    PERFORM set_config('listings.bulk', 'off', true);
    -- Here and not at the commit, since readers wait from the swap on.
    PERFORM serving.enter_touched('serving.entity_row_next');
    PERFORM serving.swap_next();
END
$$;

CREATE FUNCTION serving.enter_day() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    last serving.change_head;
    entered bigint;
BEGIN
    SELECT * INTO last FROM serving.change_head FOR UPDATE;
    IF last.entered_for >= serving.today() THEN
        RETURN 0;
    END IF;
    INSERT INTO serving.unentered (entity_id)
    SELECT mirrored.entity_id
    FROM serving.mirrored
    WHERE mirrored.shown_until <= serving.today() AND mirrored.shown_until < 'infinity'
    UNION
    SELECT entity_row.entity_id
    FROM serving.entity_row
    WHERE entity_row.shown_from > last.entered_for AND entity_row.shown_from <= serving.today();
    entered := serving.enter_touched('serving.entity_row');
    UPDATE serving.change_head SET entered_for = serving.today();
    RETURN entered;
END
$$;
COMMENT ON FUNCTION serving.enter_day() IS
'Enters whoever has come, changed or left by a date alone since the day last entered; how many changes. Asked by the day''s first reader; does nothing the second time.';
REVOKE EXECUTE ON FUNCTION serving.enter_day() FROM public;
GRANT USAGE ON SCHEMA serving TO day_keeper;
GRANT EXECUTE ON FUNCTION serving.enter_day() TO day_keeper, operator;

CREATE FUNCTION serving.prune_changes(kept_days integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
DECLARE
    last_old bigint;
    pruned bigint;
BEGIN
    PERFORM FROM serving.change_head FOR UPDATE;
    SELECT max(change.sequence) INTO last_old
    FROM serving.change
    WHERE change.entered_on < serving.today() - kept_days;
    DELETE FROM serving.change WHERE change.sequence <= last_old;
    GET DIAGNOSTICS pruned = ROW_COUNT;
    UPDATE serving.change_head SET pruned_to = greatest(pruned_to, last_old);
    RETURN pruned;
END
$$;
COMMENT ON FUNCTION serving.prune_changes(integer) IS
'Forgets changes entered more than so many days ago; how many. Whoever has not read them must begin anew.';
REVOKE EXECUTE ON FUNCTION serving.prune_changes(integer) FROM public;
GRANT EXECUTE ON FUNCTION serving.prune_changes(integer) TO operator;

CREATE VIEW serving.feed AS
SELECT sequence, op, entity_id
FROM serving.change;
COMMENT ON VIEW serving.feed IS 'The feed''s entries, by sequence.';

CREATE VIEW serving.feed_state AS
SELECT sequence, pruned_to, entered_for < serving.today() AS day_is_open
FROM serving.change_head;
COMMENT ON VIEW serving.feed_state IS
'The last sequence and the last one no longer kept; day_is_open where serving.enter_day() has something to do.';

CREATE VIEW serving.feed_member AS
SELECT entity_id
FROM serving.mirrored;
COMMENT ON VIEW serving.feed_member IS 'Whoever is listed by the feed''s last entry, for those who begin anew.';
GRANT SELECT ON serving.feed, serving.feed_state, serving.feed_member, serving.mirror TO public_reader, operator;

CREATE TABLE register.recipient (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    key_digest bytea NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    CONSTRAINT recipient_name_unique UNIQUE (name),
    CONSTRAINT recipient_name_said CHECK (name <> ''),
    CONSTRAINT recipient_key_unique UNIQUE (key_digest)
);
COMMENT ON TABLE register.recipient IS
'Who may mirror the list. Never deleted, since the trail names them: who leaves has an end.';
COMMENT ON COLUMN register.recipient.key_digest IS 'SHA-256 of a key of 256 random bits, which is shown once and kept nowhere.';
GRANT SELECT, INSERT, UPDATE ON register.recipient TO operator;

CREATE FUNCTION serving.is_recipient(given bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
RETURN EXISTS (
    SELECT FROM register.recipient WHERE recipient.key_digest = is_recipient.given AND recipient.ended_at IS NULL
);
COMMENT ON FUNCTION serving.is_recipient(bytea) IS 'Whether a key with this digest may mirror the list now.';
REVOKE EXECUTE ON FUNCTION serving.is_recipient(bytea) FROM public;
GRANT EXECUTE ON FUNCTION serving.is_recipient(bytea) TO public_reader;

-- What an earlier version's register holds.
INSERT INTO serving.unentered (entity_id)
SELECT DISTINCT entity_row.entity_id FROM serving.entity_row;
SELECT serving.enter_touched('serving.entity_row');

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP FUNCTION serving.is_recipient(bytea);
DROP TABLE register.recipient;
DROP VIEW serving.feed_member;
DROP VIEW serving.feed_state;
DROP VIEW serving.feed;
DROP FUNCTION serving.prune_changes(integer);
DROP FUNCTION serving.enter_day();
REVOKE USAGE ON SCHEMA serving FROM day_keeper;
DROP TRIGGER change_feed ON register.listing;
DROP FUNCTION serving.follow_texts();

CREATE OR REPLACE FUNCTION serving.rebuild() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET work_mem = '128MB'
SET maintenance_work_mem = '256MB'
AS $$
BEGIN
    -- Readers go on; writers wait until the swap, since what they wrote meanwhile would be lost.
    LOCK TABLE
        register.area, register.court, register.entity, register.listing, register.notice IN SHARE ROW EXCLUSIVE MODE;
    UPDATE serving.count_day SET counted_on = serving.today();
    PERFORM serving.fill_next();
    PERFORM serving.index_next();
    DELETE FROM serving.touched;
    PERFORM set_config('listings.bulk', 'off', true);
    PERFORM serving.swap_next();
END
$$;

CREATE OR REPLACE FUNCTION serving.follow_truncate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM serving.entity_row;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION serving.note_touched(ids uuid []) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF ids IS NULL THEN
        RETURN;
    END IF;
    IF current_setting('listings.bulk', true) = 'on' THEN
        INSERT INTO serving.touched (entity_id) SELECT unnest(ids);
    ELSE
        PERFORM serving.refresh(ids);
    END IF;
END
$$;

DROP FUNCTION serving.note_change(uuid []);
DROP TABLE serving.entering;
DROP FUNCTION serving.enter_at_commit();
DROP FUNCTION serving.enter_touched(regclass);
DROP VIEW serving.mirror;
DROP TABLE serving.unentered;
DROP TABLE serving.mirrored;
DROP TABLE serving.change;
DROP TABLE serving.change_head;

RESET ROLE;
