-- migrate:up

SET ROLE owner;

ALTER TABLE register.reward
ADD COLUMN found boolean NOT NULL DEFAULT false,
ADD CONSTRAINT reward_recovered_or_found CHECK (found OR recovered > 0),
DROP CONSTRAINT reward_eligible,
ADD CONSTRAINT reward_eligible CHECK (not_agent AND not_bound AND not_known AND (claim_met OR found));
COMMENT ON COLUMN register.reward.found IS
'The court found them thanks to the tip: what a fixed reward for whereabouts is promised for, whether money was recovered or not.';

RESET ROLE;

-- migrate:down

SET ROLE owner;

ALTER TABLE register.reward
DROP CONSTRAINT reward_recovered_or_found,
DROP CONSTRAINT reward_eligible,
DROP COLUMN found;
-- What was paid for finding somebody stays paid.
ALTER TABLE register.reward
ADD CONSTRAINT reward_eligible CHECK (not_agent AND not_bound AND not_known AND claim_met) NOT VALID;

RESET ROLE;
