-- name: find_reward_key(court)^
-- The present key to which a court's awards and claims are made.
SELECT number, key
FROM serving.court_key
WHERE court_id = :court AND use = 'reward';

-- name: find_claim(rowkey)^
SELECT number, court_id, waits, paid, told
FROM register.find_claim(:rowkey);

-- name: put_claim(rowkey, claim, key_id, content, digest)$
SELECT sealed.put_claim(:rowkey, :claim, :key_id, :content, :digest);

-- name: list_claims(court)
-- A court's claims with what stands in the ledger; who claims is sealed.
SELECT
    claim.number, claim.filed_on, claim.state, reward.tip_rank, reward.amount, reward.proposed_on, reward.approved_on
FROM sealed.claim
LEFT JOIN register.reward ON reward.claim_id = claim.id
WHERE claim.court_id = :court  -- noqa: RF02
ORDER BY claim.state <> 'received', claim.number;

-- name: lock_claim(court, number)^
-- One claim, held until the transaction ends.
SELECT id, filing_id, court_id, number, key_id, data, state, opened_by
FROM sealed.claim
WHERE court_id = :court AND number = :number
FOR NO KEY UPDATE;

-- name: note_opened(claim, officer)!
UPDATE sealed.claim
SET opened_by = array_append(opened_by, :officer)
WHERE id = :claim AND :officer <> ALL(opened_by);

-- name: find_claimed_filing(filing)^
-- The tip of a claim, as far as it is not sealed.
SELECT id, purpose, court_id, key_id, number, hour, env, head, state, closed_on
FROM sealed.filing
WHERE id = :filing;

-- name: find_award(filing)^
SELECT part, key_id, data
FROM sealed.part
WHERE filing_id = :filing AND part = 'award';

-- name: find_box_key(court, number)$
-- A box key of a court, also one that was replaced.
SELECT key
FROM register.court_key
WHERE court_id = :court AND use = 'box' AND number = :number;

-- name: list_notices(filing)
SELECT notice_id
FROM register.tip_notices(:filing) AS notice_id;

-- name: lock_notice(notice)^
-- What a notice promised, held until the transaction ends.
SELECT kind, basis, amount, percent, cap
FROM register.lock_notice(:notice);

-- name: sum_approved(notice)$
SELECT coalesce(sum(amount), 0)
FROM register.reward
WHERE notice_id = :notice AND approved_on IS NOT NULL;

-- name: insert_reward(claim, filing, court, notice, tip_rank, recovered, amount, not_agent, not_bound, not_known, claim_met, found, officer, today)!
INSERT INTO register.reward (
    claim_id, filing_id, court_id, notice_id, tip_rank, recovered, amount, not_agent, not_bound, not_known, claim_met,
    found, proposed_by, proposed_on
)
VALUES (
    :claim, :filing, :court, :notice, :tip_rank, :recovered, :amount, :not_agent, :not_bound, :not_known, :claim_met,
    :found, :officer, :today
);

-- name: find_reward(claim)^
SELECT notice_id, filing_id, tip_rank, amount, proposed_by, approved_on
FROM register.reward
WHERE claim_id = :claim;

-- name: approve_reward(claim, officer, today)!
UPDATE register.reward
SET approved_by = :officer, approved_on = :today
WHERE claim_id = :claim AND approved_on IS NULL;

-- name: close_claim(claim, state, today)!
UPDATE sealed.claim
SET state = :state, closed_on = :today
WHERE id = :claim AND state = 'received';

-- name: reserve_payments(court, officer, most, seconds)
-- What the cashier is to pay and was not told yet, claims whose reward two officers decided: from now on this officer's alone to tell. Untried ones first.
WITH free AS (
    SELECT reward.claim_id, claim.number
    FROM register.reward
    INNER JOIN sealed.claim ON claim.id = reward.claim_id
    WHERE
        claim.court_id = :court AND reward.approved_on IS NOT NULL AND reward.exported_on IS NULL  -- noqa: RF02
        AND claim.data IS NOT NULL
        AND (
            reward.exporting_by IS NULL OR reward.exporting_by = :officer  -- noqa: RF02
            OR reward.exporting_at < now() - make_interval(secs => :seconds)  -- noqa: RF02
        )
    ORDER BY reward.exporting_at NULLS FIRST, claim.number
    LIMIT :most
    FOR NO KEY UPDATE OF reward SKIP LOCKED
)

UPDATE register.reward
SET exporting_by = :officer, exporting_at = now()
FROM free
WHERE reward.claim_id = free.claim_id
RETURNING free.number, reward.amount;

-- name: is_reserved(claim, officer, seconds)$
SELECT EXISTS (
    SELECT FROM register.reward
    WHERE
        claim_id = :claim AND exported_on IS NULL AND exporting_by = :officer
        AND exporting_at >= now() - make_interval(secs => :seconds)
);

-- name: count_approved(court)$
-- How many of them there are.
SELECT count(*)
FROM register.reward
INNER JOIN sealed.claim ON claim.id = reward.claim_id
WHERE
    claim.court_id = :court AND reward.approved_on IS NOT NULL AND reward.exported_on IS NULL  -- noqa: RF02
    AND claim.data IS NOT NULL;

-- name: mark_exported(claim, officer, today)!
-- Only once, and by the officer who made the file.
UPDATE register.reward
SET exported_on = :today
WHERE claim_id = :claim AND approved_on IS NOT NULL AND exported_on IS NULL AND exporting_by = :officer;

-- name: pay_notice(notice, paid, officer, approver)$
-- Moves a notice to paid where rewards of so many yuan have used it up.
SELECT register.pay_notice(:notice, :paid, :officer, :approver);

-- name: find_desk_claim(number)^
-- One claim of the acting court with what stands in the ledger.
SELECT
    id, court_id, number, filed_on, notice_id, tip_rank, recovered, amount, proposed_on, approved_on, exported_on,
    proposer, approver, status, closed_on
FROM register.claim_desk
WHERE number = :number;

-- name: take_claim(claim, officer)!
-- Whoever opens a claim first looks into it.
UPDATE sealed.claim
SET holder_id = :officer
WHERE id = :claim AND holder_id IS NULL;

-- name: hand_over_claim(claim, officer)!
UPDATE sealed.claim
SET holder_id = :officer
WHERE id = :claim;

-- name: find_refusal(number)^
-- Who refused a claim of the acting court, and why, as the trail keeps it for as long as it does.
SELECT officer.name AS officer, audit.said(body.content) ->> 'reason' AS reason
FROM audit.entry
INNER JOIN audit.body ON body.sequence = entry.sequence
LEFT JOIN register.officer ON CAST(officer.id AS text) = audit.said(body.content) ->> 'officer'
WHERE entry.action = 'claim.refuse' AND audit.said(body.content) ->> 'number' = CAST(:number AS text);  -- noqa: RF02

-- name: list_promised(claim)
-- What the notices promised for the tip of a claim.
SELECT notice.id, notice.kind, notice.basis, notice.amount, notice.percent, notice.cap, listing.case_number
FROM sealed.claim
CROSS JOIN LATERAL register.tip_notices(claim.filing_id) AS promised
INNER JOIN register.notice ON notice.id = promised
INNER JOIN register.listing ON listing.id = notice.listing_id
WHERE claim.id = :claim
ORDER BY listing.case_number;

-- name: find_rewarded(claim)^
-- What a reward was paid for: the case, NULL where it is forgotten by now, and whether for finding somebody.
SELECT listing.case_number, reward.found
FROM register.reward
LEFT JOIN register.notice ON notice.id = reward.notice_id
LEFT JOIN register.listing ON listing.id = notice.listing_id
WHERE reward.claim_id = :claim;  -- noqa: RF02
