-- migrate:up

SET ROLE owner;

CREATE TABLE register.officer (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    court_id uuid NOT NULL REFERENCES register.court (id),
    login text COLLATE "C" NOT NULL,
    name text NOT NULL,
    roles text [] NOT NULL,
    active boolean NOT NULL DEFAULT true,
    CONSTRAINT officer_login_unique UNIQUE (login),
    CONSTRAINT officer_login_form CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
    CONSTRAINT officer_roles_known CHECK (
        cardinality(roles) > 0 AND roles <@ ARRAY['clerk', 'approver', 'reward_officer', 'keeper', 'auditor']
    )
);
COMMENT ON TABLE register.officer IS
'Who acts for a court. Never deleted, since the trail names them: who leaves is no longer active.';
COMMENT ON COLUMN register.officer.roles IS
'clerk prepares, approver signs second, reward_officer pays, keeper looks after officers and keys, auditor reads the trail.';

GRANT SELECT, INSERT, UPDATE ON register.officer TO operator;

RESET ROLE;

-- migrate:down

DROP TABLE register.officer;
