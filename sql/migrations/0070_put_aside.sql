-- migrate:up

SET ROLE owner;

ALTER TABLE register.approval ADD COLUMN put_aside_at timestamptz;
ALTER TABLE register.approval ADD CONSTRAINT approval_put_aside_was_sent_back CHECK (
    put_aside_at IS NULL OR state = 'sent_back'
);
COMMENT ON COLUMN register.approval.put_aside_at IS
'When whoever asked had read why it was sent back and needed to be told no more; null until then.';
CREATE INDEX approval_decided ON register.approval (court_id, decided_at DESC) WHERE state <> 'waiting';

RESET ROLE;

-- migrate:down

DROP INDEX register.approval_decided;
ALTER TABLE register.approval DROP COLUMN put_aside_at;
