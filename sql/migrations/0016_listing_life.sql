-- migrate:up

SET ROLE owner;

CREATE TABLE register.transition (
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (action, from_state)
);
COMMENT ON TABLE register.transition IS
'What may happen to a listing in which state. The same table stands in backend/listings/domain/life.py; a test compares them.';
INSERT INTO register.transition (action, from_state, to_state)
VALUES
('decide', 'draft', 'decided'),
('discard', 'draft', 'withdrawn'),
('grant_grace', 'decided', 'grace'),
('publish', 'decided', 'published'),
('publish', 'grace', 'published'),
('correct', 'published', 'published'),
('correct', 'suspended', 'suspended'),
('suspend', 'published', 'suspended'),
('resume', 'suspended', 'published'),
('withdraw', 'decided', 'withdrawn'),
('withdraw', 'grace', 'withdrawn'),
('withdraw', 'published', 'withdrawn'),
('withdraw', 'suspended', 'withdrawn'),
('delete', 'grace', 'deleted'),
('delete', 'published', 'deleted'),
('delete', 'suspended', 'deleted'),
('expire', 'published', 'expired'),
('expire', 'suspended', 'expired'),
('relist', 'withdrawn', 'published'),
('relist', 'deleted', 'published'),
('relist', 'expired', 'published');

CREATE TABLE register.cause (
    action text NOT NULL,
    code text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    zh text NOT NULL,
    en text NOT NULL,
    article text NOT NULL,
    PRIMARY KEY (action, code, valid_from),
    CONSTRAINT cause_validity_ordered CHECK (valid_until >= valid_from)
);
COMMENT ON TABLE register.cause IS
'Why a listing may be moved, with the article that says so, as dated rows. Loaded from sql/seed/causes.csv by `clocks load`.';

ALTER TABLE register.listing
DROP CONSTRAINT listing_state_known,
DROP CONSTRAINT listing_ended_by_state,
ALTER COLUMN published_on DROP NOT NULL,
ALTER COLUMN import_file_id DROP NOT NULL,
ADD COLUMN decided_on date,
ADD COLUMN grace_until date,
ADD CONSTRAINT listing_state_known CHECK (
    state IN ('draft', 'decided', 'grace', 'published', 'suspended', 'withdrawn', 'deleted', 'expired')
),
ADD CONSTRAINT listing_ended_by_state CHECK (
    (state IN ('withdrawn', 'deleted', 'expired')) = (ended_on IS NOT NULL)
),
ADD CONSTRAINT listing_shown_since CHECK (state IN ('draft', 'decided', 'grace', 'withdrawn', 'deleted') OR published_on IS NOT NULL),
ADD CONSTRAINT listing_grace_has_end CHECK (state <> 'grace' OR grace_until IS NOT NULL),
-- A decision made here states its term wherever the law gives one; a file may lack it.
ADD CONSTRAINT listing_decided_here_has_term CHECK (
    import_file_id IS NOT NULL OR state = 'draft' OR (ground_mask & 62 = 0) = (term_ends_on IS NULL)
);
ALTER TABLE register.entity ADD COLUMN deceased_on date;
COMMENT ON COLUMN register.entity.deceased_on IS
'Day on which the listed person died, as the court has verified it; nothing of theirs is shown from then on until the court decides.';
COMMENT ON COLUMN register.listing.import_file_id IS 'The last file that wrote this row; NULL for one that was decided here.';
COMMENT ON COLUMN register.listing.grace_until IS 'Last day of the one to three months in which performing avoids publication.';

CREATE TABLE register.listing_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    listing_id uuid NOT NULL REFERENCES register.listing (id) ON DELETE CASCADE,
    action text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    cause text NOT NULL,
    article text NOT NULL,
    effective_on date NOT NULL,
    officer_id uuid REFERENCES register.officer (id),
    approver_id uuid REFERENCES register.officer (id),
    import_file_id uuid REFERENCES register.import_file (id),
    detail jsonb NOT NULL DEFAULT '{}',
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT listing_event_has_actor CHECK (num_nonnulls(officer_id, import_file_id) = 1),
    CONSTRAINT listing_event_two_people CHECK (approver_id <> officer_id)
);
CREATE INDEX listing_event_listing_id ON register.listing_event (listing_id);
COMMENT ON TABLE register.listing_event IS
'What happened to a listing, when, why and by whom. Only ever added to; goes with its listing when that is reduced to a tombstone.';

CREATE FUNCTION register.refuse_unknown_transition() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    wrong record;
BEGIN
    SELECT before.state AS from_state, after.state AS to_state INTO wrong
    FROM after
    INNER JOIN before ON before.id = after.id
    WHERE
        after.state <> before.state
        AND NOT EXISTS (
            SELECT FROM register.transition
            WHERE transition.from_state = before.state AND transition.to_state = after.state
        )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a listing never goes from % to %', wrong.from_state, wrong.to_state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_transition_known';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.refuse_unknown_transition() IS 'Lets states change only as register.transition says.';
CREATE TRIGGER transition_known AFTER UPDATE ON register.listing
REFERENCING OLD TABLE AS before NEW TABLE AS after
FOR EACH STATEMENT EXECUTE FUNCTION register.refuse_unknown_transition();

CREATE FUNCTION register.refuse_change_of_event() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'what happened to a listing is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION register.refuse_change_of_event() IS 'Keeps events as they were written.';
CREATE TRIGGER event_never_changes BEFORE UPDATE ON register.listing_event
FOR EACH STATEMENT EXECUTE FUNCTION register.refuse_change_of_event();

CREATE TABLE register.task (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    court_id uuid NOT NULL REFERENCES register.court (id),
    listing_id uuid REFERENCES register.listing (id) ON DELETE CASCADE,
    kind text NOT NULL,
    cause text,
    begun_on date NOT NULL,
    due_on date,
    done_on date,
    CONSTRAINT task_kind_known CHECK (
        kind IN (
            'withdraw', 'correct', 'delete_after_cause', 'delete_after_term', 'decide_objection', 'act_on_objection',
            'decide_review', 'decide_early_deletion', 'decide_after_death', 'complete_term', 'check_minor'
        )
    )
);
CREATE UNIQUE INDEX task_open_once ON register.task (listing_id, kind) WHERE done_on IS NULL;
CREATE INDEX task_open ON register.task (court_id, due_on) WHERE done_on IS NULL;
COMMENT ON TABLE register.task IS 'What a court has to do, and by when where the law says so.';
COMMENT ON COLUMN register.task.due_on IS 'Last day, by register.due_on(); NULL for what has no clock.';

CREATE VIEW register.open_task AS
SELECT task.id, task.court_id, task.listing_id, task.kind, task.cause, task.begun_on, task.due_on
FROM register.task
WHERE task.done_on IS NULL
UNION ALL
-- not rows: a first import would open a task for nearly every listing
SELECT NULL, listing.court_id, listing.id, 'complete_term', NULL, listing.published_on, NULL
FROM register.listing
WHERE listing.state = 'published' AND listing.term_ends_on IS NULL AND listing.ground_mask & 62 <> 0
UNION ALL
SELECT
    NULL, listing.court_id, listing.id, 'delete_after_term', NULL, listing.term_ends_on,
    register.due_on('delete_after_term', listing.term_ends_on)
FROM register.listing
WHERE listing.state IN ('published', 'suspended') AND listing.term_ends_on < (SELECT serving.today());
COMMENT ON VIEW register.open_task IS
'Every open duty: those recorded, terms that a file did not state, and listings past their term that nobody has closed yet.';

GRANT SELECT ON register.transition TO operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON register.cause, register.task TO operator;
GRANT SELECT, INSERT ON register.listing_event TO operator;
GRANT SELECT ON register.open_task TO operator;

RESET ROLE;

-- migrate:down

DROP VIEW register.open_task;
DROP TABLE register.task;
DROP TRIGGER transition_known ON register.listing;
DROP FUNCTION register.refuse_unknown_transition();
DROP TABLE register.listing_event;
DROP FUNCTION register.refuse_change_of_event();
ALTER TABLE register.entity DROP COLUMN deceased_on;
ALTER TABLE register.listing
DROP CONSTRAINT listing_decided_here_has_term,
DROP CONSTRAINT listing_grace_has_end,
DROP CONSTRAINT listing_shown_since,
DROP CONSTRAINT listing_ended_by_state,
DROP CONSTRAINT listing_state_known,
DROP COLUMN grace_until,
DROP COLUMN decided_on,
ALTER COLUMN import_file_id SET NOT NULL,
ALTER COLUMN published_on SET NOT NULL,
ADD CONSTRAINT listing_state_known CHECK (state IN ('published', 'deleted')),
ADD CONSTRAINT listing_ended_by_state CHECK ((state = 'published') = (ended_on IS NULL));
DROP TABLE register.cause;
DROP TABLE register.transition;
