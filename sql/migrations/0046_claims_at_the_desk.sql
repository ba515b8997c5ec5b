-- migrate:up

SET ROLE owner;

-- What it tells must be the acting court's own.
ALTER VIEW sealed.unsettled_claim SET (security_invoker = true);
GRANT EXECUTE ON FUNCTION register.pay_notice(uuid, numeric, uuid, uuid) TO court;

CREATE VIEW register.claim_desk WITH (security_invoker = true) AS
SELECT
    claim.id, claim.court_id, claim.number, claim.filed_on, claim.closed_on, reward.notice_id, reward.tip_rank,
    reward.recovered, reward.amount, reward.proposed_on, reward.approved_on, reward.exported_on,
    proposer.name AS proposer, approver.name AS approver,
    CASE
        WHEN claim.state = 'refused' THEN 'refused'
        WHEN claim.state IN ('shredding', 'shredded') THEN 'closed'
        WHEN reward.exported_on IS NOT NULL THEN 'exported'
        WHEN reward.approved_on IS NOT NULL THEN 'approved'
        WHEN reward.claim_id IS NOT NULL OR EXISTS (
            SELECT FROM register.approval
            WHERE approval.kind = 'claim.pay' AND approval.subject = claim.id AND approval.state = 'waiting'
        ) THEN 'proposed'
        ELSE 'received'
    END AS status
FROM sealed.claim
LEFT JOIN register.reward ON reward.claim_id = claim.id
LEFT JOIN register.officer AS proposer ON proposer.id = reward.proposed_by
LEFT JOIN register.officer AS approver ON approver.id = reward.approved_by;
COMMENT ON VIEW register.claim_desk IS
'A court''s claims with what stands in the ledger, as its pages show them; who claims is sealed.';
COMMENT ON COLUMN register.claim_desk.status IS
'received, proposed (waits for a second signature), approved (to be paid), exported (the cashier has it), refused, closed (destroyed).';
GRANT SELECT ON register.claim_desk TO court;

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP VIEW register.claim_desk;
REVOKE EXECUTE ON FUNCTION register.pay_notice(uuid, numeric, uuid, uuid) FROM court;
ALTER VIEW sealed.unsettled_claim RESET (security_invoker);

RESET ROLE;
