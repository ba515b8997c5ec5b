-- migrate:up

SET ROLE owner;

ALTER TABLE register.reward
ADD COLUMN exported_on date,
ADD CONSTRAINT reward_exported_once_approved CHECK (exported_on IS NULL OR approved_on IS NOT NULL);
COMMENT ON COLUMN register.reward.exported_on IS
'Day on which payee and account were given to the cashier; NULL before. Until then the tip, which proves the claim, is kept.';
GRANT UPDATE (exported_on) ON register.reward TO operator;

CREATE VIEW sealed.unsettled_claim AS
SELECT claim.id, claim.filing_id
FROM sealed.claim
LEFT JOIN register.reward ON reward.claim_id = claim.id
WHERE claim.state = 'received' OR (claim.state = 'approved' AND reward.exported_on IS NULL);
COMMENT ON VIEW sealed.unsettled_claim IS
'Claims that are still to be decided, or approved and not yet given to the cashier: what proves them lies under their tip''s key.';

CREATE FUNCTION sealed.keep_unsettled() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM sealed.unsettled_claim WHERE unsettled_claim.filing_id = NEW.id) THEN
        RAISE EXCEPTION 'a claim for this filing is not settled'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'filing_claim_settled';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION sealed.keep_unsettled() IS
'Lets no filing be destroyed, by whomever, while a claim that it proves is not settled.';
CREATE TRIGGER claim_settled BEFORE UPDATE OF state ON sealed.filing
FOR EACH ROW WHEN (new.state = 'shredding' AND old.state <> 'shredding')
EXECUTE FUNCTION sealed.keep_unsettled();

CREATE OR REPLACE FUNCTION sealed.put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea)
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
    -- Whoever destroys the tip waits for this claim, or this claim for the destruction.
    PERFORM FROM sealed.filing WHERE id = tip.filing_id AND state IN ('received', 'checking', 'closed') FOR SHARE;
    IF NOT FOUND THEN
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

CREATE OR REPLACE FUNCTION register.tip_notices(filing uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE
AS $$
SELECT notice.id
FROM sealed.filing AS filed
CROSS JOIN LATERAL register.tip_listings(filed.target_kind, filed.target_id, filed.court_id) AS listing
INNER JOIN register.notice ON notice.listing_id = listing.id
WHERE
    filed.id = tip_notices.filing
    AND (filed.target_kind <> 'notice' OR notice.id = filed.target_id)
    AND (filed.hour AT TIME ZONE 'Asia/Shanghai')::date BETWEEN notice.published_on AND least(notice.ends_on, notice.closed_on);
$$;
COMMENT ON FUNCTION register.tip_notices(uuid) IS
'The notices that promised a reward on the day a tip came, for what it is about; one that closed early promised until that day.';

CREATE OR REPLACE FUNCTION register.lock_notice(notice uuid) RETURNS SETOF register.notice
LANGUAGE sql
AS $$
SELECT FROM register.listing
WHERE listing.id = (SELECT notice.listing_id FROM register.notice WHERE notice.id = lock_notice.notice)
FOR UPDATE;
SELECT held.* FROM register.notice AS held WHERE held.id = lock_notice.notice FOR UPDATE;
$$;
COMMENT ON FUNCTION register.lock_notice(uuid) IS
'A notice, held until the transaction ends, behind its listing, as whoever ends a listing takes the two: rewards for one notice are approved one after the other.';

CREATE FUNCTION register.pay_notice(given uuid, paid numeric, officer uuid, approver uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    notice register.notice;
    said json;
BEGIN
    SELECT held.* INTO notice
    FROM register.notice AS held
    WHERE
        held.id = given AND held.state IN ('published', 'closed') AND held.published_on IS NOT NULL
        AND paid >= coalesce(held.amount, held.cap)
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE register.notice AS held
    SET state = 'paid', closed_on = coalesce(held.closed_on, serving.today()), closed_cause = 'paid'
    WHERE held.id = given;
    INSERT INTO register.notice_event (
        notice_id, action, from_state, to_state, cause, effective_on, officer_id, approver_id
    )
    VALUES (given, 'pay', notice.state, 'paid', 'paid', serving.today(), officer, approver);
    said := json_build_object(
        'notice', given, 'action', 'pay', 'from_state', notice.state, 'to_state', 'paid', 'cause', 'paid',
        'effective_on', serving.today(), 'officer', officer, 'approver', approver
    );
    PERFORM audit.append(ARRAY['notice.pay'], ARRAY[notice.court_id], ARRAY[said::text]);
    RETURN true;
END
$$;
COMMENT ON FUNCTION register.pay_notice(uuid, numeric, uuid, uuid) IS
'Moves a notice to paid, with its event and its entry in the trail, once rewards of so many yuan have used up its fixed amount or its cap; whether it did. To be called behind register.lock_notice().';

REVOKE EXECUTE ON FUNCTION register.pay_notice(uuid, numeric, uuid, uuid), sealed.keep_unsettled() FROM public;
GRANT EXECUTE ON FUNCTION register.pay_notice(uuid, numeric, uuid, uuid) TO operator;
GRANT SELECT ON sealed.unsettled_claim TO operator;

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP FUNCTION register.pay_notice(uuid, numeric, uuid, uuid);
DROP TRIGGER claim_settled ON sealed.filing;
DROP FUNCTION sealed.keep_unsettled();
DROP VIEW sealed.unsettled_claim;
ALTER TABLE register.reward
DROP CONSTRAINT reward_exported_once_approved,
DROP COLUMN exported_on;

CREATE OR REPLACE FUNCTION sealed.put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea)
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

CREATE OR REPLACE FUNCTION register.tip_notices(filing uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE
AS $$
SELECT notice.id
FROM sealed.filing AS filed
CROSS JOIN LATERAL register.tip_listings(filed.target_kind, filed.target_id, filed.court_id) AS listing
INNER JOIN register.notice ON notice.listing_id = listing.id
WHERE
    filed.id = tip_notices.filing
    AND (filed.target_kind <> 'notice' OR notice.id = filed.target_id)
    AND (filed.hour AT TIME ZONE 'Asia/Shanghai')::date BETWEEN notice.published_on AND notice.ends_on;
$$;
COMMENT ON FUNCTION register.tip_notices(uuid) IS
'The notices that promised a reward on the day a tip came, for what it is about.';

CREATE OR REPLACE FUNCTION register.lock_notice(notice uuid) RETURNS SETOF register.notice
LANGUAGE sql
AS $$
SELECT held.* FROM register.notice AS held WHERE held.id = lock_notice.notice FOR UPDATE;
$$;
COMMENT ON FUNCTION register.lock_notice(uuid) IS
'A notice, held until the transaction ends: rewards for one notice are approved one after the other.';

RESET ROLE;
