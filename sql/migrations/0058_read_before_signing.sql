-- migrate:up

SET ROLE owner;

CREATE TABLE register.approval_opening (
    approval_id uuid NOT NULL REFERENCES register.approval (id) ON DELETE CASCADE,
    officer_id uuid NOT NULL REFERENCES register.officer (id),
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (approval_id, officer_id)
);
COMMENT ON TABLE register.approval_opening IS
'Who has opened what a request of many records would change: without it nobody signs such a request.';
ALTER TABLE register.approval_opening ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.approval_opening FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.approval_opening USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.approval_opening AS RESTRICTIVE TO court USING (
    EXISTS (SELECT FROM register.approval AS parent WHERE parent.id = approval_opening.approval_id)
);
GRANT SELECT, INSERT ON register.approval_opening TO court;

CREATE TABLE register.trail_check (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    court_id uuid NOT NULL REFERENCES register.court (id),
    asked_by uuid NOT NULL REFERENCES register.officer (id),
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    walked bigint NOT NULL DEFAULT 0,
    total bigint,
    signed bigint,
    head bytea,
    broken_at bigint,
    reason text,
    ended_at timestamptz,
    CONSTRAINT trail_check_broken_whole CHECK ((broken_at IS NULL) = (reason IS NULL)),
    CONSTRAINT trail_check_ended_whole CHECK (ended_at IS NULL OR reason IS NOT NULL OR head IS NOT NULL)
);
COMMENT ON TABLE register.trail_check IS
'Verifications of the audit trail that auditors asked for: how far the worker is, and what it found.';
COMMENT ON COLUMN register.trail_check.walked IS 'Entries of the whole chain that were walked so far.';
COMMENT ON COLUMN register.trail_check.total IS 'Entries of the whole chain when the walk began; NULL before.';
COMMENT ON COLUMN register.trail_check.signed IS 'Heads signed outside the database that were looked for in the chain.';
COMMENT ON COLUMN register.trail_check.broken_at IS
'The first entry that is not what it was; 0 where the signed heads themselves are damaged.';
CREATE INDEX trail_check_court_id ON register.trail_check (court_id, asked_at DESC);
CREATE UNIQUE INDEX trail_check_one_at_a_time ON register.trail_check (court_id) WHERE ended_at IS NULL;
ALTER TABLE register.trail_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.trail_check FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.trail_check USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.trail_check AS RESTRICTIVE TO court USING (court_id = register.acting_court());
GRANT SELECT, INSERT (court_id, asked_by) ON register.trail_check TO court;
GRANT SELECT, UPDATE ON register.trail_check TO operator;

CREATE FUNCTION jobs.defer_verify_audit() RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = jobs, pg_temp
AS $$
INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
VALUES ('default', 'verify-audit', 'verify-audit', 'verify-audit', '{}')
ON CONFLICT DO NOTHING;
$$;
COMMENT ON FUNCTION jobs.defer_verify_audit() IS
'Has the worker verify the audit trail as soon as the caller''s transaction is committed; once, however often it is asked.';
REVOKE EXECUTE ON FUNCTION jobs.defer_verify_audit() FROM public;
GRANT EXECUTE ON FUNCTION jobs.defer_verify_audit() TO court;

ALTER TABLE register.court_list DROP CONSTRAINT court_list_state_known;
ALTER TABLE register.court_list ADD CONSTRAINT court_list_state_known CHECK (
    state IN (
        'checking', 'refused', 'checked', 'approved', 'applying', 'applied', 'failed', 'discarded', 'undoing', 'undone'
    )
);
COMMENT ON COLUMN register.court_list.progress IS
'Which part of the work is being done while it is checked or applied, and how many rows were read.';

RESET ROLE;

-- migrate:down

DELETE FROM register.court_list WHERE state IN ('checking', 'refused');
ALTER TABLE register.court_list DROP CONSTRAINT court_list_state_known;
ALTER TABLE register.court_list ADD CONSTRAINT court_list_state_known CHECK (
    state IN ('checked', 'approved', 'applying', 'applied', 'failed', 'discarded', 'undoing', 'undone')
);
COMMENT ON COLUMN register.court_list.progress IS 'Which part of the work is being done while it is applied.';
DROP FUNCTION jobs.defer_verify_audit();
DROP TABLE register.trail_check;
DROP TABLE register.approval_opening;
