-- migrate:up

SET ROLE owner;

ALTER TABLE register.tip ADD COLUMN holder_id uuid REFERENCES register.officer (id);
COMMENT ON COLUMN register.tip.holder_id IS
'Who looks into it: whoever opened it first, or to whom it was handed over; NULL before it is opened.';
CREATE INDEX tip_holder_id ON register.tip (holder_id) WHERE decided_on IS NULL;
GRANT UPDATE (holder_id) ON register.tip TO operator, court;

CREATE VIEW register.tip_desk WITH (security_invoker = true) AS
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
COMMENT ON VIEW register.tip_desk IS
'A court''s tips as its inbox shows them: one that nobody has opened tells number, hour and kind of target only.';
COMMENT ON COLUMN register.tip_desk.status IS 'In the words that the bearer of the receipt is told.';
COMMENT ON COLUMN register.tip_desk.due_on IS 'Last day to verify it, while it is undecided.';
GRANT SELECT ON register.tip_desk TO operator, court;

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP VIEW register.tip_desk;
DROP INDEX register.tip_holder_id;
-- A right on a column would outlive the column, and no REVOKE could name it.
REVOKE UPDATE (holder_id) ON register.tip FROM operator, court;
ALTER TABLE register.tip DROP COLUMN holder_id;

RESET ROLE;
