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

RESET ROLE;

-- migrate:down

DROP TABLE register.approval_opening;
