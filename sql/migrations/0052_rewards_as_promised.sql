-- migrate:up

SET ROLE owner;

ALTER TABLE register.reward
ADD COLUMN found boolean NOT NULL DEFAULT false,
ADD CONSTRAINT reward_recovered_or_found CHECK (found OR recovered > 0),
DROP CONSTRAINT reward_eligible,
ADD CONSTRAINT reward_eligible CHECK (not_agent AND not_bound AND not_known AND (claim_met OR found));
COMMENT ON COLUMN register.reward.found IS
'The court found them thanks to the tip: what a fixed reward for whereabouts is promised for, whether money was recovered or not.';

ALTER TABLE sealed.claim ADD COLUMN opened_by uuid [] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN sealed.claim.opened_by IS
'Officers to whom it was lent: none but these propose its reward, since only opening it shows whose it is.';
-- Whoever asked for a second signature before this was kept.
UPDATE sealed.claim
SET opened_by = ARRAY[approval.asked_by]
FROM register.approval
WHERE approval.kind = 'claim.pay' AND approval.subject = claim.id AND approval.state = 'waiting';
GRANT UPDATE (opened_by) ON sealed.claim TO operator, court;

ALTER TABLE register.reward
ADD COLUMN exporting_by uuid REFERENCES register.officer (id),
ADD COLUMN exporting_at timestamptz,
ADD CONSTRAINT reward_exporting_whole CHECK ((exporting_by IS NULL) = (exporting_at IS NULL)),
ADD CONSTRAINT reward_exporting_once_approved CHECK (exporting_by IS NULL OR approved_on IS NOT NULL);
COMMENT ON COLUMN register.reward.exporting_by IS
'Who was last given it to tell the cashier; for a while nobody else is, so that no two files name the same payment.';
GRANT UPDATE (exporting_by, exporting_at) ON register.reward TO operator, court;

RESET ROLE;

-- migrate:down

SET ROLE owner;

REVOKE UPDATE (opened_by) ON sealed.claim FROM operator, court;
REVOKE UPDATE (exporting_by, exporting_at) ON register.reward FROM operator, court;
ALTER TABLE sealed.claim DROP COLUMN opened_by;
ALTER TABLE register.reward
DROP CONSTRAINT reward_exporting_whole,
DROP CONSTRAINT reward_exporting_once_approved,
DROP COLUMN exporting_by,
DROP COLUMN exporting_at,
DROP CONSTRAINT reward_recovered_or_found,
DROP CONSTRAINT reward_eligible,
DROP COLUMN found;
-- What was paid for finding somebody stays paid.
ALTER TABLE register.reward
ADD CONSTRAINT reward_eligible CHECK (not_agent AND not_bound AND not_known AND claim_met) NOT VALID;

RESET ROLE;
