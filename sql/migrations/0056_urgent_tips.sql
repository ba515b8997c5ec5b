-- migrate:up

SET ROLE owner;

ALTER TABLE register.tip ADD COLUMN urgent boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN register.tip.urgent IS
'Whether a reader who opened it found that it cannot wait: it is then verified by the clock for urgent ones. Why is not said: it would tell what the tip says.';
GRANT UPDATE (urgent) ON register.tip TO operator, court;

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
            THEN register.due_on(
                CASE WHEN tip.urgent THEN 'verify_urgent_tip' ELSE 'verify_tip' END,
                (filing.hour AT TIME ZONE 'Asia/Shanghai')::date
            )
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
COMMENT ON COLUMN register.tip_desk.due_on IS
'Last day to verify it, while it is undecided, counted from the day it came: seven days, three of an urgent one.';

RESET ROLE;

-- migrate:down

SET ROLE owner;

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
COMMENT ON COLUMN register.tip_desk.due_on IS 'Last day to verify it, while it is undecided.';
REVOKE UPDATE (urgent) ON register.tip FROM operator, court;
ALTER TABLE register.tip DROP COLUMN urgent;

RESET ROLE;
