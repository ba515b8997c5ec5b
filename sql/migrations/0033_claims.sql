-- migrate:up

SET ROLE owner;

CREATE TABLE sealed.claim (
    id uuid PRIMARY KEY,
    filing_id uuid NOT NULL REFERENCES sealed.filing (id),
    court_id uuid NOT NULL REFERENCES register.court (id),
    number bigint NOT NULL,
    key_id integer NOT NULL,
    filed_on date NOT NULL,
    data bytea,
    digest bytea NOT NULL,
    state text NOT NULL DEFAULT 'received',
    closed_on date,
    CONSTRAINT claim_once_a_tip UNIQUE (filing_id),
    CONSTRAINT claim_number_once UNIQUE (court_id, number),
    CONSTRAINT claim_number_positive CHECK (number > 0),
    CONSTRAINT claim_digest_has_32_bytes CHECK (octet_length(digest) = 32),
    CONSTRAINT claim_state_known CHECK (state IN ('received', 'refused', 'approved', 'shredding', 'shredded')),
    CONSTRAINT claim_closed_by_state CHECK ((state = 'received') = (closed_on IS NULL)),
    CONSTRAINT claim_shredded_holds_nothing CHECK ((state = 'shredded') = (data IS NULL))
);
ALTER TABLE sealed.claim ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE INDEX claim_closed_on ON sealed.claim (closed_on) WHERE state <> 'shredded' AND closed_on IS NOT NULL;
COMMENT ON TABLE sealed.claim IS
'Claims of rewards (领奖): who is to be paid, sealed to the court''s reward key and lying under a key of its own, which is destroyed after the ledger''s term.';
COMMENT ON COLUMN sealed.claim.number IS 'Counts the court''s claims; all that the cashier learns of the matter.';
COMMENT ON COLUMN sealed.claim.key_id IS 'Number of the court''s reward key to which it is sealed.';
COMMENT ON COLUMN sealed.claim.digest IS 'Of what was sent, so that a repetition is known from another claim.';
COMMENT ON COLUMN sealed.claim.closed_on IS 'From this day the term runs after which the claim''s own key is destroyed.';

CREATE TABLE register.reward (
    claim_id uuid PRIMARY KEY REFERENCES sealed.claim (id),
    filing_id uuid NOT NULL REFERENCES sealed.filing (id),
    court_id uuid NOT NULL REFERENCES register.court (id),
    notice_id uuid NOT NULL,
    tip_rank integer NOT NULL,
    recovered numeric(14, 2) NOT NULL,
    amount numeric(14, 2) NOT NULL,
    not_agent boolean NOT NULL,
    not_bound boolean NOT NULL,
    not_known boolean NOT NULL,
    claim_met boolean NOT NULL,
    proposed_by uuid NOT NULL REFERENCES register.officer (id),
    proposed_on date NOT NULL,
    approved_by uuid REFERENCES register.officer (id),
    approved_on date,
    CONSTRAINT reward_once_a_tip UNIQUE (filing_id),
    CONSTRAINT reward_eligible CHECK (not_agent AND not_bound AND not_known AND claim_met),
    CONSTRAINT reward_rank_positive CHECK (tip_rank > 0),
    CONSTRAINT reward_amount_positive CHECK (amount > 0),
    CONSTRAINT reward_recovered_known CHECK (recovered >= 0),
    CONSTRAINT reward_two_officers CHECK (approved_by <> proposed_by),
    CONSTRAINT reward_approved_whole CHECK ((approved_by IS NULL) = (approved_on IS NULL))
);
CREATE INDEX reward_notice_id ON register.reward (notice_id) WHERE approved_on IS NOT NULL;
COMMENT ON TABLE register.reward IS
'The ledger of rewards: what one officer proposed and another approved. It names nobody; a tip is paid for once, by constraint.';
COMMENT ON COLUMN register.reward.notice_id IS 'The notice that promised it; kept where the notice is gone.';
COMMENT ON COLUMN register.reward.recovered IS 'Yuan, to the fen, recovered thanks to the tip.';
COMMENT ON COLUMN register.reward.amount IS 'Yuan, to the fen, by the notice''s rule and cap.';
COMMENT ON COLUMN register.reward.not_agent IS 'The claimant is no agent of the creditor (财产调查规定, Article 24).';
COMMENT ON COLUMN register.reward.not_bound IS 'The claimant had no duty to give the clue.';
COMMENT ON COLUMN register.reward.not_known IS 'The court did not know the clue before.';
COMMENT ON COLUMN register.reward.claim_met IS 'The creditor''s claim was met in whole or part thanks to it.';

CREATE FUNCTION sealed.put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tip register.tip;
    known bytea;
BEGIN
    SELECT claimed.* INTO tip
    FROM sealed.bearer
    INNER JOIN register.tip AS claimed ON claimed.filing_id = bearer.filing_id
    WHERE bearer.rowkey = given;
    IF NOT FOUND THEN
        RETURN 'unknown';
    END IF;
    -- One claim of a court after the other: their numbers have no gap.
    PERFORM FROM register.court WHERE id = tip.court_id FOR NO KEY UPDATE;
    SELECT digest INTO known FROM sealed.claim WHERE filing_id = tip.filing_id;
    IF FOUND THEN
        RETURN CASE WHEN known = fingerprint THEN 'known' ELSE 'other' END;
    END IF;
    IF tip.outcome IS DISTINCT FROM 'useful' OR NOT EXISTS (
        SELECT FROM sealed.part WHERE part.filing_id = tip.filing_id AND part.part = 'award'
    ) THEN
        RETURN 'closed';
    END IF;
    INSERT INTO sealed.claim (id, filing_id, court_id, number, key_id, filed_on, data, digest)
    SELECT
        claim, tip.filing_id, tip.court_id, coalesce(max(before.number), 0) + 1, key_number, serving.today(), content,
        fingerprint
    FROM sealed.claim AS before
    WHERE before.court_id = tip.court_id;
    RETURN 'stored';
END
$$;
COMMENT ON FUNCTION sealed.put_claim(bytea, uuid, integer, bytea, bytea) IS
'Stores a claim for a bearer''s tip. Answers stored; known for the same once more; other where another was filed; closed where nothing can be claimed; unknown.';

CREATE FUNCTION register.find_claim(given bytea, OUT number bigint, OUT court_id uuid, OUT paid boolean)
RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT claim.number, claim.court_id, coalesce(reward.approved_on IS NOT NULL, false)
FROM sealed.bearer
INNER JOIN sealed.claim ON claim.filing_id = bearer.filing_id
LEFT JOIN register.reward ON reward.claim_id = claim.id
WHERE bearer.rowkey = given;
$$;
COMMENT ON FUNCTION register.find_claim(bytea) IS 'The claim for a bearer''s tip, and whether its reward is approved.';

CREATE FUNCTION register.lock_notice(notice uuid) RETURNS SETOF register.notice
LANGUAGE sql
AS $$
SELECT held.* FROM register.notice AS held WHERE held.id = lock_notice.notice FOR UPDATE;
$$;
COMMENT ON FUNCTION register.lock_notice(uuid) IS
'A notice, held until the transaction ends: rewards for one notice are approved one after the other.';

REVOKE EXECUTE ON FUNCTION
sealed.put_claim(bytea, uuid, integer, bytea, bytea), register.find_claim(bytea), register.lock_notice(uuid)
FROM public;
GRANT EXECUTE ON FUNCTION sealed.put_claim(bytea, uuid, integer, bytea, bytea), register.find_claim(bytea)
TO tip_writer;
GRANT EXECUTE ON FUNCTION register.lock_notice(uuid) TO operator;
GRANT SELECT, UPDATE (state, closed_on, data) ON sealed.claim TO operator;
GRANT SELECT, INSERT, UPDATE (approved_by, approved_on) ON register.reward TO operator;

RESET ROLE;

-- migrate:down

DROP FUNCTION register.lock_notice(uuid);
DROP FUNCTION register.find_claim(bytea);
DROP FUNCTION sealed.put_claim(bytea, uuid, integer, bytea, bytea);
DROP TABLE register.reward;
DROP TABLE sealed.claim;
