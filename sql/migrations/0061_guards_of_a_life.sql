-- migrate:up

SET ROLE owner;

CREATE FUNCTION register.due_since(clock_name text, begins_on date) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN register.due_on(
    due_since.clock_name,
    greatest(
        due_since.begins_on,
        (SELECT min(clock.valid_from) FROM register.clock WHERE clock.name = due_since.clock_name)
    )
);
COMMENT ON FUNCTION register.due_since(text, date) IS
'As register.due_on(), but what began before there was such a clock is counted from the day on which it became law: old records have older dates than the law.';

CREATE FUNCTION register.barred_until(listing uuid) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT max(register.due_on('relist_barred', ended.effective_on))
    FROM register.listing_event AS ended
    WHERE
        ended.listing_id = barred_until.listing
        AND ended.action = 'delete'
        AND (
            ended.cause = 'creditor_request'
            -- a term that was ended early because the creditor had asked for it
            OR ended.cause = 'early_deletion' AND EXISTS (
                SELECT FROM register.listing_event AS asked
                WHERE asked.listing_id = barred_until.listing AND asked.cause = 'creditor_request'
            )
        )
        -- before the rule nothing was barred; where no time limits are loaded at all, asking for one fails
        AND coalesce(
            ended.effective_on >= (SELECT min(clock.valid_from) FROM register.clock WHERE clock.name = 'relist_barred'),
            true
        )
);
COMMENT ON FUNCTION register.barred_until(uuid) IS
'The first day on which a listing may be listed again after a deletion that the creditor asked for (Article 10); NULL where nothing bars it.';

CREATE OR REPLACE VIEW register.open_task WITH (security_invoker = true) AS
SELECT task.id, task.court_id, task.listing_id, task.kind, task.cause, task.begun_on, task.due_on
FROM register.task
WHERE task.done_on IS NULL
UNION ALL
SELECT NULL, listing.court_id, listing.id, 'complete_term', NULL, listing.published_on, NULL
FROM register.listing
WHERE listing.state = 'published' AND listing.term_ends_on IS NULL AND listing.ground_mask & 62 <> 0
UNION ALL
SELECT
    NULL, listing.court_id, listing.id, 'delete_after_term', NULL, listing.term_ends_on,
    register.due_since('delete_after_term', listing.term_ends_on)
FROM register.listing
WHERE listing.state IN ('published', 'suspended') AND listing.term_ends_on < (SELECT serving.today())
UNION ALL
SELECT
    NULL, notice.court_id, notice.listing_id, 'answer_notice_request', NULL, notice.requested_on, notice.answer_due_on
FROM register.notice
WHERE notice.state = 'draft' AND notice.requested_on IS NOT NULL;

ALTER TABLE register.entity ADD COLUMN adult_noted_on date;
COMMENT ON COLUMN register.entity.adult_noted_on IS
'Day on which a court found that somebody whose listing was withdrawn as a minor''s is of age, or never was a minor; no birth date is kept.';

CREATE OR REPLACE FUNCTION register.refuse_showing() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM register.entity
        WHERE
            entity.id = new.entity_id
            AND (
                entity.minor_noted_on IS NOT NULL
                OR old.ended_cause = 'minor' AND coalesce(entity.adult_noted_on < old.ended_on, true)
            )
    ) THEN
        RAISE EXCEPTION 'a minor is never shown' USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_minor';
    END IF;
    IF EXISTS (SELECT FROM register.entity WHERE entity.id = new.entity_id AND entity.deceased_on IS NOT NULL) THEN
        RAISE EXCEPTION 'nothing of the dead is shown before the court has decided'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_deceased';
    END IF;
    IF register.barred_until(new.id) > serving.today() THEN
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

-- A draft that is discarded never had a decision that could state a term.
ALTER TABLE register.listing
DROP CONSTRAINT listing_decided_here_has_term,
ADD CONSTRAINT listing_decided_here_has_term CHECK (
    import_file_id IS NOT NULL
    OR state = 'draft'
    OR (state = 'withdrawn' AND decided_on IS NULL)
    OR (ground_mask & 62 = 0) = (term_ends_on IS NULL)
);

RESET ROLE;

-- migrate:down

SET ROLE owner;

ALTER TABLE register.listing
DROP CONSTRAINT listing_decided_here_has_term,
ADD CONSTRAINT listing_decided_here_has_term CHECK (
    import_file_id IS NOT NULL OR state = 'draft' OR (ground_mask & 62 = 0) = (term_ends_on IS NULL)
);

CREATE OR REPLACE FUNCTION register.refuse_showing() RETURNS trigger
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

ALTER TABLE register.entity DROP COLUMN adult_noted_on;

CREATE OR REPLACE VIEW register.open_task WITH (security_invoker = true) AS
SELECT task.id, task.court_id, task.listing_id, task.kind, task.cause, task.begun_on, task.due_on
FROM register.task
WHERE task.done_on IS NULL
UNION ALL
SELECT NULL, listing.court_id, listing.id, 'complete_term', NULL, listing.published_on, NULL
FROM register.listing
WHERE listing.state = 'published' AND listing.term_ends_on IS NULL AND listing.ground_mask & 62 <> 0
UNION ALL
SELECT
    NULL, listing.court_id, listing.id, 'delete_after_term', NULL, listing.term_ends_on,
    register.due_on('delete_after_term', listing.term_ends_on)
FROM register.listing
WHERE listing.state IN ('published', 'suspended') AND listing.term_ends_on < (SELECT serving.today())
UNION ALL
SELECT
    NULL, notice.court_id, notice.listing_id, 'answer_notice_request', NULL, notice.requested_on, notice.answer_due_on
FROM register.notice
WHERE notice.state = 'draft' AND notice.requested_on IS NOT NULL;

DROP FUNCTION register.barred_until(uuid);
DROP FUNCTION register.due_since(text, date);

RESET ROLE;
