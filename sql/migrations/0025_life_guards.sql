-- migrate:up

SET ROLE owner;

CREATE OR REPLACE VIEW serving.listing_detail AS
SELECT
    listed.entity_id, listed.kind, listed.summary,
    entity.uscc, entity.representative, entity.registered_address,
    listing.id AS listing_id, court.id AS court_id, court.name AS court_name, listing.case_number,
    listing.basis_issuer, listing.basis_number, listing.duty,
    listing.performance, listing.performed_part, listing.unperformed_part, listing.ground_mask,
    listing.filed_on, listing.published_on, listing.term_ends_on,
    listing.corrected_on, listing.corrected_field, listing.source_file_on,
    court.as_of AT TIME ZONE 'UTC' AS as_of,
    CASE
        WHEN listed.notice THEN (
            SELECT notice.id
            FROM register.notice
            WHERE
                notice.listing_id = listing.id
                AND (SELECT serving.today()) BETWEEN notice.published_on AND notice.ends_on
            ORDER BY notice.published_on DESC, notice.id
            LIMIT 1
        )
    END AS notice_id,
    (
        -- one probe of task_open_once, which holds open duties only: nothing is read where there is none
        SELECT
            string_agg(
                concat_ws(
                    ' ',
                    task.kind,
                    CASE WHEN task.cause = 'performed' THEN 'performed' ELSE '-' END,
                    coalesce(task.due_on::text, '-'),
                    CASE WHEN task.due_on < (SELECT serving.today()) THEN 'overdue' ELSE '-' END
                ),
                ';'
                ORDER BY task.due_on, task.kind
            )
        FROM register.task
        WHERE
            task.listing_id = listing.id
            AND task.done_on IS NULL
            AND task.kind IN (
                'withdraw', 'correct', 'delete_after_cause', 'decide_objection', 'act_on_objection',
                'decide_early_deletion'
            )
    ) AS duties
FROM serving.listed
INNER JOIN serving.current_listing AS listing ON listing.entity_id = listed.entity_id
INNER JOIN register.entity ON entity.id = listed.entity_id
INNER JOIN register.court ON court.id = listing.court_id;
COMMENT ON COLUMN serving.listing_detail.duties IS
'Open duties of the court that end or change the listing, the most pressing first, as `kind performed|- day|- overdue|-` with semicolons between them; NULL where there is none. Of a task nothing else is public.';

ALTER TABLE register.entity ADD COLUMN minor_noted_on date;
COMMENT ON COLUMN register.entity.minor_noted_on IS
'Day on which a court found that this person is under 18; while it stands, nothing of theirs is ever shown. No birth date is kept.';
UPDATE register.entity
SET minor_noted_on = found.noted_on
FROM (
    SELECT listing.entity_id, max(listing_event.effective_on) AS noted_on
    FROM register.listing_event
    INNER JOIN register.listing ON listing.id = listing_event.listing_id
    WHERE listing_event.cause = 'minor'
    GROUP BY listing.entity_id
) AS found
WHERE entity.id = found.entity_id;
CREATE INDEX entity_never_shown ON register.entity (id) WHERE minor_noted_on IS NOT NULL OR deceased_on IS NOT NULL;

CREATE FUNCTION register.refuse_showing() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM register.entity WHERE entity.id = new.entity_id AND entity.minor_noted_on IS NOT NULL) THEN
        RAISE EXCEPTION 'a minor is never shown' USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_minor';
    END IF;
    IF EXISTS (SELECT FROM register.entity WHERE entity.id = new.entity_id AND entity.deceased_on IS NOT NULL) THEN
        RAISE EXCEPTION 'nothing of the dead is shown before the court has decided'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_deceased';
    END IF;
    IF EXISTS (
        SELECT
        FROM register.listing_event
        WHERE
            listing_event.listing_id = new.id
            AND listing_event.cause = 'creditor_request'
            AND register.due_on('relist_barred', listing_event.effective_on) > serving.today()
    ) THEN
        RAISE EXCEPTION 'barred after a deletion that the creditor asked for'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_not_barred';
    END IF;
    IF old.state = 'grace' AND old.grace_until >= serving.today() THEN
        RAISE EXCEPTION 'the period of grace is not over'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_grace_over';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.refuse_showing() IS
'Lets no listing be shown again, or for the first time after a decision, of a minor, of the dead, within the six months of Article 10, or while the period of grace lasts.';
CREATE TRIGGER may_be_shown AFTER UPDATE ON register.listing
FOR EACH ROW WHEN (new.state = 'published' AND old.state <> 'published')
EXECUTE FUNCTION register.refuse_showing();

CREATE FUNCTION register.hold_back() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    held record;
BEGIN
    -- few are noted as minors or dead, and nothing of theirs is published but what this statement has brought
    FOR held IN
        SELECT
            listing.id, listing.court_id, listing.import_file_id,
            CASE WHEN entity.minor_noted_on IS NOT NULL THEN 'minor' ELSE 'death' END AS cause,
            CASE WHEN entity.minor_noted_on IS NOT NULL THEN 'check_minor' ELSE 'decide_after_death' END AS duty
        FROM register.entity
        INNER JOIN register.listing ON listing.entity_id = entity.id
        WHERE
            (entity.minor_noted_on IS NOT NULL OR entity.deceased_on IS NOT NULL)
            AND listing.state = 'published'
            AND listing.import_file_id IS NOT NULL
    LOOP
        UPDATE register.listing SET state = 'suspended' WHERE listing.id = held.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, import_file_id
        )
        VALUES (
            held.id, 'suspend', 'published', 'suspended', held.cause,
            CASE held.cause WHEN 'minor' THEN '第四条' ELSE '' END, serving.today(), held.import_file_id
        );
        INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
        VALUES (held.id, held.court_id, held.duty, held.cause, serving.today())
        ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
        PERFORM audit.append(
            ARRAY['listing.suspend'], ARRAY[held.court_id],
            ARRAY[json_build_object('listing', held.id, 'cause', held.cause, 'import_file', held.import_file_id)::text]
        );
    END LOOP;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.hold_back() IS
'Suspends at once what a file brings of somebody who is noted as a minor or as dead, whatever code forgot, and asks the court.';
CREATE TRIGGER hold_back AFTER INSERT ON register.listing
FOR EACH STATEMENT EXECUTE FUNCTION register.hold_back();

CREATE FUNCTION register.ask_about_performance() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    has_term constant boolean := new.ground_mask & 62 <> 0 OR new.term_ends_on IS NOT NULL;
    wanted constant text := CASE WHEN has_term THEN 'decide_early_deletion' ELSE 'delete_after_cause' END;
BEGIN
    INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on, due_on)
    VALUES (
        new.id, new.court_id, wanted, 'performed', serving.today(),
        CASE
            -- no last day where the clocks are not loaded yet
            WHEN NOT has_term AND EXISTS (SELECT FROM register.clock WHERE clock.name = wanted)
                THEN register.due_on(wanted, serving.today())
        END
    )
    ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.ask_about_performance() IS
'Opens the court''s duty when a file or an officer says that everything is performed: to delete where there is no term, else to decide whether it deletes early. Deletes nothing itself (Articles 2 and 10).';
CREATE TRIGGER performed_on_arrival AFTER INSERT ON register.listing
FOR EACH ROW WHEN (new.state = 'published' AND new.performance = 'full')
EXECUTE FUNCTION register.ask_about_performance();
CREATE TRIGGER performed_since AFTER UPDATE ON register.listing
FOR EACH ROW WHEN (
    new.state = 'published' AND new.performance = 'full' AND (old.performance <> 'full' OR old.state <> 'published')
)
EXECUTE FUNCTION register.ask_about_performance();

-- What an earlier version's register holds; without clocks there is no register yet.
INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on, due_on)
SELECT
    listing.id, listing.court_id,
    CASE WHEN listing.ground_mask & 62 <> 0 OR listing.term_ends_on IS NOT NULL THEN 'decide_early_deletion' ELSE 'delete_after_cause' END,
    'performed', serving.today(),
    CASE
        WHEN listing.ground_mask & 62 = 0 AND listing.term_ends_on IS NULL
            THEN register.due_on('delete_after_cause', serving.today())
    END
FROM register.listing
WHERE
    listing.state = 'published' AND listing.performance = 'full'
    AND EXISTS (SELECT FROM register.clock WHERE clock.name = 'delete_after_cause')
ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;

RESET ROLE;

-- migrate:down

DROP TRIGGER performed_since ON register.listing;
DROP TRIGGER performed_on_arrival ON register.listing;
DROP FUNCTION register.ask_about_performance();
DROP TRIGGER hold_back ON register.listing;
DROP FUNCTION register.hold_back();
DROP TRIGGER may_be_shown ON register.listing;
DROP FUNCTION register.refuse_showing();
DROP VIEW serving.listing_detail;
DROP INDEX register.entity_never_shown;
ALTER TABLE register.entity DROP COLUMN minor_noted_on;

SET ROLE owner;
CREATE VIEW serving.listing_detail AS
SELECT
    listed.entity_id, listed.kind, listed.summary,
    entity.uscc, entity.representative, entity.registered_address,
    listing.id AS listing_id, court.id AS court_id, court.name AS court_name, listing.case_number,
    listing.basis_issuer, listing.basis_number, listing.duty,
    listing.performance, listing.performed_part, listing.unperformed_part, listing.ground_mask,
    listing.filed_on, listing.published_on, listing.term_ends_on,
    listing.corrected_on, listing.corrected_field, listing.source_file_on,
    court.as_of AT TIME ZONE 'UTC' AS as_of,
    CASE
        WHEN listed.notice THEN (
            SELECT notice.id
            FROM register.notice
            WHERE
                notice.listing_id = listing.id
                AND (SELECT serving.today()) BETWEEN notice.published_on AND notice.ends_on
            ORDER BY notice.published_on DESC, notice.id
            LIMIT 1
        )
    END AS notice_id
FROM serving.listed
INNER JOIN serving.current_listing AS listing ON listing.entity_id = listed.entity_id
INNER JOIN register.entity ON entity.id = listed.entity_id
INNER JOIN register.court ON court.id = listing.court_id;
COMMENT ON VIEW serving.listing_detail IS
'Every current listing with what is said of the entity, for the page of one entity: half the time of asking serving.entity and serving.current_notice, which each look again whether a listing is current.';
COMMENT ON COLUMN serving.listing_detail.as_of IS 'When the court''s list was last imported, UTC.';
COMMENT ON COLUMN serving.listing_detail.notice_id IS 'The newest reward notice of the listing that runs today.';
GRANT SELECT ON serving.listing_detail TO public_reader, operator;
RESET ROLE;
