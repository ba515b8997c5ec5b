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

RESET ROLE;

-- migrate:down

SET ROLE owner;

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
