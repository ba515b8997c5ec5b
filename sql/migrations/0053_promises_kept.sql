-- migrate:up

SET ROLE owner;

CREATE INDEX filing_target_id ON sealed.filing (target_id);

CREATE VIEW register.promised_listing WITH (security_invoker = true) AS
SELECT notice.listing_id
FROM register.notice
INNER JOIN register.listing ON listing.id = notice.listing_id
INNER JOIN sealed.filing
    ON filing.court_id = notice.court_id AND filing.target_id IN (notice.id, listing.id, listing.entity_id)
INNER JOIN register.tip ON tip.filing_id = filing.id
LEFT JOIN sealed.claim ON claim.filing_id = filing.id
WHERE
    (filing.hour AT TIME ZONE 'Asia/Shanghai')::date
    BETWEEN notice.published_on AND least(notice.ends_on, notice.closed_on)
    AND filing.state NOT IN ('shredding', 'shredded')
    AND tip.outcome IS DISTINCT FROM 'not_used'
    AND (claim.id IS NULL OR claim.id IN (SELECT unsettled_claim.id FROM sealed.unsettled_claim));
COMMENT ON VIEW register.promised_listing IS
'Listings under a notice for which a reward may still be due: of a tip that waits for its decision, was found useful and not claimed for yet, or has a claim that is not settled.';
GRANT SELECT ON register.promised_listing TO operator, court;

CREATE OR REPLACE VIEW register.past_life WITH (security_invoker = true) AS
SELECT
    listing.id, listing.court_id, listing.entity_id, listing.listing_key, listing.source, listing.published_on,
    CASE WHEN listing.ended_on IS NULL THEN 'expired' ELSE listing.state END AS state,
    coalesce(listing.ended_cause, 'term_ended') AS cause,
    least(listing.ended_on, listing.term_ends_on + 1) AS ended_on
FROM register.listing
WHERE
    -- invented records have no legal life
    listing.source = 'court'
    AND least(listing.ended_on, listing.term_ends_on + 1)
    <= (SELECT serving.today() - register.kept_days('listing'))
    -- while somebody waits for an answer, what it is about is kept
    AND NOT EXISTS (
        SELECT FROM register.task
        WHERE
            task.listing_id = listing.id
            AND task.done_on IS NULL
            AND task.kind IN ('decide_objection', 'act_on_objection', 'decide_review')
    )
    -- and so are the terms of a reward that may still be due
    AND NOT EXISTS (SELECT FROM register.promised_listing WHERE promised_listing.listing_id = listing.id);

DROP FUNCTION register.find_claim(bytea);
CREATE FUNCTION register.find_claim(
    given bytea, OUT number bigint, OUT court_id uuid, OUT waits boolean, OUT paid boolean, OUT told boolean
)
RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT
    claim.number, claim.court_id, claim.state = 'received', coalesce(reward.approved_on IS NOT NULL, false),
    coalesce(reward.exported_on IS NOT NULL, false)
FROM sealed.bearer
INNER JOIN sealed.claim ON claim.filing_id = bearer.filing_id
LEFT JOIN register.reward ON reward.claim_id = claim.id
WHERE bearer.rowkey = given;
$$;
COMMENT ON FUNCTION register.find_claim(bytea) IS
'The claim for a bearer''s tip: whether it waits for its decision, its reward is approved, and the cashier was told to pay it.';
REVOKE EXECUTE ON FUNCTION register.find_claim(bytea) FROM public;
GRANT EXECUTE ON FUNCTION register.find_claim(bytea) TO tip_writer;

CREATE OR REPLACE VIEW register.tip_desk WITH (security_invoker = true) AS
SELECT
    tip.filing_id, tip.court_id, filing.number, filing.hour, filing.target_kind, filing.target_id, tip.reason,
    tip.decided_on, tip.holder_id, holder.name AS holder,
    CASE
        WHEN filing.state IN ('shredding', 'shredded') THEN 'closed'
        WHEN reward.exported_on IS NOT NULL THEN 'claimable'
        WHEN reward.approved_on IS NOT NULL THEN 'rewarded'
        WHEN tip.outcome IS NULL AND filing.state <> 'closed' THEN filing.state
        -- Of a useful tip whose case has ended, a claim can be sent or waits for its decision.
        WHEN tip.outcome = 'useful' AND (
            claim.state = 'received'
            OR (
                claim.id IS NULL
                AND EXISTS (SELECT FROM sealed.part WHERE part.filing_id = filing.id AND part.part = 'award')
            )
        ) THEN 'useful'
        WHEN filing.state = 'closed' THEN 'closed'
        ELSE tip.outcome
    END AS status,
    filing.state <> 'received' AS opened,
    CASE
        WHEN tip.decided_on IS NULL AND filing.state IN ('received', 'checking')
            THEN register.due_on('verify_tip', (filing.hour AT TIME ZONE 'Asia/Shanghai')::date)
    END AS due_on,
    CASE
        WHEN filing.state <> 'received' THEN (
            SELECT string_agg(listing.case_number, '、' ORDER BY listing.case_number)
            FROM register.tip_listings(filing.target_kind, filing.target_id, filing.court_id) AS listing
        )
    END AS case_numbers
FROM register.tip
INNER JOIN sealed.filing ON filing.id = tip.filing_id
LEFT JOIN register.officer AS holder ON holder.id = tip.holder_id
LEFT JOIN sealed.claim ON claim.filing_id = filing.id
LEFT JOIN register.reward ON reward.claim_id = claim.id;

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP FUNCTION register.find_claim(bytea);
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
REVOKE EXECUTE ON FUNCTION register.find_claim(bytea) FROM public;
GRANT EXECUTE ON FUNCTION register.find_claim(bytea) TO tip_writer;

CREATE OR REPLACE VIEW register.tip_desk WITH (security_invoker = true) AS
SELECT
    tip.filing_id, tip.court_id, filing.number, filing.hour, filing.target_kind, filing.target_id, tip.reason,
    tip.decided_on, tip.holder_id, holder.name AS holder,
    CASE
        WHEN tip.outcome = 'not_used' THEN 'not_used'
        WHEN tip.outcome = 'useful' AND reward.approved_on IS NOT NULL THEN 'rewarded'
        WHEN
            tip.outcome = 'useful' AND claim.id IS NULL
            AND EXISTS (SELECT FROM sealed.part WHERE part.filing_id = filing.id AND part.part = 'award')
            THEN 'claimable'
        WHEN tip.outcome = 'useful' THEN 'useful'
        WHEN filing.state IN ('received', 'checking') THEN filing.state
        ELSE 'closed'
    END AS status,
    filing.state <> 'received' AS opened,
    CASE
        WHEN tip.decided_on IS NULL AND filing.state IN ('received', 'checking')
            THEN register.due_on('verify_tip', (filing.hour AT TIME ZONE 'Asia/Shanghai')::date)
    END AS due_on,
    CASE
        WHEN filing.state <> 'received' THEN (
            SELECT string_agg(listing.case_number, '、' ORDER BY listing.case_number)
            FROM register.tip_listings(filing.target_kind, filing.target_id, filing.court_id) AS listing
        )
    END AS case_numbers
FROM register.tip
INNER JOIN sealed.filing ON filing.id = tip.filing_id
LEFT JOIN register.officer AS holder ON holder.id = tip.holder_id
LEFT JOIN sealed.claim ON claim.filing_id = filing.id
LEFT JOIN register.reward ON reward.claim_id = claim.id;

CREATE OR REPLACE VIEW register.past_life WITH (security_invoker = true) AS
SELECT
    listing.id, listing.court_id, listing.entity_id, listing.listing_key, listing.source, listing.published_on,
    CASE WHEN listing.ended_on IS NULL THEN 'expired' ELSE listing.state END AS state,
    coalesce(listing.ended_cause, 'term_ended') AS cause,
    least(listing.ended_on, listing.term_ends_on + 1) AS ended_on
FROM register.listing
WHERE
    -- invented records have no legal life
    listing.source = 'court'
    AND least(listing.ended_on, listing.term_ends_on + 1)
    <= (SELECT serving.today() - register.kept_days('listing'))
    -- while somebody waits for an answer, what it is about is kept
    AND NOT EXISTS (
        SELECT FROM register.task
        WHERE
            task.listing_id = listing.id
            AND task.done_on IS NULL
            AND task.kind IN ('decide_objection', 'act_on_objection', 'decide_review')
    );
DROP VIEW register.promised_listing;
DROP INDEX sealed.filing_target_id;

RESET ROLE;
