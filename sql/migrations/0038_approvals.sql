-- migrate:up

SET ROLE owner;

CREATE TABLE register.approval (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    court_id uuid NOT NULL REFERENCES register.court (id),
    kind text NOT NULL,
    subject uuid,
    title text NOT NULL,
    request jsonb NOT NULL,
    differences jsonb NOT NULL,
    count integer NOT NULL DEFAULT 1,
    reason text NOT NULL,
    asked_by uuid NOT NULL REFERENCES register.officer (id),
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_on date,
    state text NOT NULL DEFAULT 'waiting',
    decided_by uuid REFERENCES register.officer (id),
    decided_at timestamptz,
    answer text,
    CONSTRAINT approval_state_known CHECK (state IN ('waiting', 'approved', 'sent_back', 'taken_back')),
    CONSTRAINT approval_decided_whole CHECK ((state = 'waiting') = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT approval_two_officers CHECK (state = 'taken_back' OR decided_by <> asked_by),
    CONSTRAINT approval_sent_back_says_why CHECK (state <> 'sent_back' OR answer IS NOT NULL),
    CONSTRAINT approval_reason_length CHECK (length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT approval_count_positive CHECK (count > 0)
);
COMMENT ON TABLE register.approval IS
'What an officer prepared and another must sign. Nothing of it is done before it is approved.';
COMMENT ON COLUMN register.approval.kind IS 'Which step, e.g. listing.withdraw; names the code that does it.';
COMMENT ON COLUMN register.approval.subject IS 'The listing, notice, file, claim … it is about, where it is about one.';
COMMENT ON COLUMN register.approval.title IS 'One line that says what would be done.';
COMMENT ON COLUMN register.approval.request IS 'What the step needs in order to be done.';
COMMENT ON COLUMN register.approval.differences IS 'What the approver signs: a list of {what, before, after}.';
COMMENT ON COLUMN register.approval.count IS 'How many records it changes; more than one must be typed in to approve.';
COMMENT ON COLUMN register.approval.due_on IS 'The legal clock that runs meanwhile; null where none does.';
CREATE INDEX approval_waiting ON register.approval (court_id, asked_at) WHERE state = 'waiting';
CREATE UNIQUE INDEX approval_once_a_subject ON register.approval (kind, subject) WHERE state = 'waiting';

ALTER TABLE register.approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.approval FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.approval USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.approval AS RESTRICTIVE TO court USING (court_id = register.acting_court());
GRANT SELECT, INSERT, UPDATE ON register.approval TO court;
GRANT SELECT ON register.approval TO operator;

RESET ROLE;

-- migrate:down

DROP TABLE register.approval;
