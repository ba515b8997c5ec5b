-- migrate:up

SET ROLE owner;

ALTER TABLE register.import_file ADD COLUMN court_id uuid REFERENCES register.court (id);
COMMENT ON COLUMN register.import_file.court_id IS
'The court whose listings the file wrote, where that is one court alone; NULL for demo data and for files of several courts, which no court''s officers see.';
UPDATE register.import_file
SET court_id = only_court.court_id
FROM (
    SELECT listing.import_file_id, min(listing.court_id::text)::uuid AS court_id
    FROM register.listing
    WHERE listing.source = 'court'
    GROUP BY listing.import_file_id
    HAVING count(DISTINCT listing.court_id) = 1
) AS only_court
WHERE import_file.id = only_court.import_file_id;
UPDATE register.import_file SET court_id = full_list_of WHERE full_list_of IS NOT NULL;
ALTER TABLE register.import_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.import_file FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.import_file USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.import_file AS RESTRICTIVE TO court USING (
    coalesce(court_id, full_list_of) = register.acting_court()
);

CREATE TABLE register.court_list (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    court_id uuid NOT NULL REFERENCES register.court (id),
    name text NOT NULL,
    sha256 bytea NOT NULL,
    whole boolean NOT NULL,
    state text NOT NULL DEFAULT 'checked',
    uploaded_by uuid NOT NULL REFERENCES register.officer (id),
    uploaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    counts jsonb NOT NULL DEFAULT '{}',
    digest bytea,
    quarantine bytea,
    asked_by uuid REFERENCES register.officer (id),
    approved_by uuid REFERENCES register.officer (id),
    progress text,
    failure text,
    import_file_id uuid REFERENCES register.import_file (id),
    applied_at timestamptz,
    undo_asked_by uuid REFERENCES register.officer (id),
    undo_approved_by uuid REFERENCES register.officer (id),
    undone_by uuid REFERENCES register.import_file (id),
    CONSTRAINT court_list_state_known CHECK (
        state IN ('checked', 'approved', 'applying', 'applied', 'failed', 'discarded', 'undoing', 'undone')
    ),
    CONSTRAINT court_list_two_officers CHECK (approved_by <> asked_by AND undo_approved_by <> undo_asked_by),
    CONSTRAINT court_list_applied_whole CHECK ((import_file_id IS NULL) = (applied_at IS NULL)),
    CONSTRAINT court_list_name_length CHECK (length(name) BETWEEN 1 AND 200)
);
CREATE INDEX court_list_court_id ON register.court_list (court_id, uploaded_at DESC);
COMMENT ON TABLE register.court_list IS 'Files that officers uploaded: checked, approved, applied, undone. The file itself is kept nowhere.';
COMMENT ON COLUMN register.court_list.whole IS 'Whether the file is the court''s whole list, so that whoever it lacks leaves.';
COMMENT ON COLUMN register.court_list.digest IS 'SHA-256 of what the file would do, as it was checked: what is approved, and nothing else, is applied.';
COMMENT ON COLUMN register.court_list.quarantine IS
'The rows that could not be taken, sealed with a key that only the browser of whoever uploaded them has.';
COMMENT ON COLUMN register.court_list.progress IS 'Which part of the work is being done while it is applied.';

CREATE TABLE register.court_list_row (
    list_id uuid NOT NULL REFERENCES register.court_list (id) ON DELETE CASCADE,
    kind text NOT NULL,
    content jsonb NOT NULL,
    CONSTRAINT court_list_row_kind_known CHECK (kind IN ('row', 'kept', 'minor'))
);
CREATE INDEX court_list_row_list_id ON register.court_list_row (list_id);
COMMENT ON TABLE register.court_list_row IS
'Rows of an uploaded file as they may be stored, between the check and the application: no ID, no mask, no birth date.';

CREATE TABLE register.court_list_change (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    list_id uuid NOT NULL REFERENCES register.court_list (id) ON DELETE CASCADE,
    action text NOT NULL,
    listing_id uuid,
    name text NOT NULL,
    case_number text NOT NULL,
    cause text,
    differences jsonb NOT NULL DEFAULT '{}',
    CONSTRAINT court_list_change_action_known CHECK (
        action IN ('new', 'republished', 'changed', 'removed', 'dropped', 'withdrawn')
    )
);
CREATE INDEX court_list_change_list_id ON register.court_list_change (list_id, action);
COMMENT ON TABLE register.court_list_change IS 'What an uploaded file would do to which listing, as its page shows it.';
COMMENT ON COLUMN register.court_list_change.cause IS
'Why a listing leaves; for `dropped`, which the file only lacks, as an officer has stated it.';
COMMENT ON COLUMN register.court_list_change.differences IS 'By field: what is shown now, and what would be.';

CREATE TABLE register.court_list_before (
    list_id uuid NOT NULL REFERENCES register.court_list (id) ON DELETE CASCADE,
    listing_id uuid NOT NULL REFERENCES register.listing (id) ON DELETE CASCADE,
    action text NOT NULL,
    listing jsonb,
    entity jsonb,
    entity_after text,
    withheld jsonb,
    PRIMARY KEY (list_id, listing_id)
);
COMMENT ON TABLE register.court_list_before IS
'What stood before a file was applied, for as long as it can be undone; NULL where the file has brought the listing.';
COMMENT ON COLUMN register.court_list_before.entity_after IS 'MD5 of the entity as the file left it: what changed since is left alone.';

ALTER TABLE register.court_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.court_list FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.court_list USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.court_list AS RESTRICTIVE TO court USING (court_id = register.acting_court());
ALTER TABLE register.court_list_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.court_list_row FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.court_list_row USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.court_list_row AS RESTRICTIVE TO court USING (
    EXISTS (SELECT FROM register.court_list AS parent WHERE parent.id = court_list_row.list_id)
);
ALTER TABLE register.court_list_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.court_list_change FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.court_list_change USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.court_list_change AS RESTRICTIVE TO court USING (
    EXISTS (SELECT FROM register.court_list AS parent WHERE parent.id = court_list_change.list_id)
);
ALTER TABLE register.court_list_before ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.court_list_before FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.court_list_before USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.court_list_before AS RESTRICTIVE TO court USING (
    EXISTS (SELECT FROM register.court_list AS parent WHERE parent.id = court_list_before.list_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON
register.court_list, register.court_list_row, register.court_list_change, register.court_list_before
TO operator;
GRANT SELECT, UPDATE (state, asked_by, approved_by, undo_asked_by, undo_approved_by, failure) ON register.court_list TO court;
GRANT SELECT, UPDATE (cause) ON register.court_list_change TO court;

CREATE FUNCTION jobs.defer_apply_lists() RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = jobs, pg_temp
AS $$
INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
VALUES ('default', 'apply-lists', 'apply-lists', 'apply-lists', '{}')
ON CONFLICT DO NOTHING;
$$;
COMMENT ON FUNCTION jobs.defer_apply_lists() IS
'Has approved lists applied by the worker as soon as the caller''s transaction is committed; once, however often it is asked.';
REVOKE EXECUTE ON FUNCTION jobs.defer_apply_lists() FROM public;
GRANT USAGE ON SCHEMA jobs TO court;
GRANT EXECUTE ON FUNCTION jobs.defer_apply_lists() TO court;

RESET ROLE;

-- migrate:down

DROP FUNCTION jobs.defer_apply_lists();
REVOKE USAGE ON SCHEMA jobs FROM court;
DROP TABLE register.court_list_before;
DROP TABLE register.court_list_change;
DROP TABLE register.court_list_row;
DROP TABLE register.court_list;
DROP POLICY own_court ON register.import_file;
DROP POLICY by_grant ON register.import_file;
ALTER TABLE register.import_file NO FORCE ROW LEVEL SECURITY;
ALTER TABLE register.import_file DISABLE ROW LEVEL SECURITY;
ALTER TABLE register.import_file DROP COLUMN court_id;
