-- name: find_filing(rowkey)^
-- The filing that a bearer's hash leads to.
SELECT id, purpose, court_id, key_id, number, hour, env, head, state, closed_on
FROM sealed.find_filing(:rowkey);

-- name: confirm_durable()!
SELECT sealed.confirm_durable();

-- name: put_parts(filing, rowkey, key_id, parts, contents)$
SELECT sealed.put_parts(:filing, :rowkey, :key_id, :parts, :contents);

-- name: lock_counter(court, purpose)^
SELECT number, head
FROM sealed.lock_counter(:court, :purpose);

-- name: enter_filing(filing, court, purpose, target_kind, target, key_id, number, env, head)$
SELECT sealed.enter_filing(
    :filing, :court, :purpose, :target_kind, :target, :key_id, :number, :env, :head
);

-- name: put_message(rowkey, n, key_id, content)$
SELECT sealed.put_message(:rowkey, :n, :key_id, :content);

-- name: list_parts(rowkey, direction)
SELECT part, key_id, data
FROM sealed.list_parts(:rowkey, :direction);

-- name: find_court_keys(court)
-- What is served of a court's keys: enough to know whether it is open, and which key is its present one.
SELECT use, number, key
FROM serving.court_key
WHERE court_id = :court;

-- name: list_box_statements(court, numbers)
-- The statements by which answers made with these box keys are checked, the signing keys first.
SELECT DISTINCT court_id, use, number, key, not_after, signature
FROM serving.court_box_key
WHERE court_id = :court AND box_number = ANY(:numbers)
ORDER BY use DESC, number;

-- name: find_acceptance(court)^
SELECT accepts_objections, accepts_tips
FROM serving.court_acceptance
WHERE court_id = :court;

-- name: find_filing_of_court(court, purpose, number)^
-- A filing by the number that the court knows it by.
SELECT id, purpose, court_id, target_kind, target_id, key_id, number, hour, env, head, state, closed_on
FROM sealed.filing
WHERE court_id = :court AND purpose = :purpose AND number = :number;

-- name: list_all_parts(filing)
SELECT part, key_id, data
FROM sealed.part
WHERE filing_id = :filing
ORDER BY length(part), part;

-- name: insert_part(filing, part, key_id, content)!
INSERT INTO sealed.part (filing_id, part, key_id, data)
VALUES (:filing, :part, :key_id, :content);

-- name: mark_checking(filing)!
UPDATE sealed.filing
SET state = 'checking'
WHERE id = :filing AND state = 'received';

-- name: mark_closed(filing, today)!
UPDATE sealed.filing
SET state = 'closed', closed_on = :today
WHERE id = :filing AND state IN ('received', 'checking');

-- name: lock_officer(officer)!
-- Two requests of one officer count one after the other.
SELECT id
FROM register.officer
WHERE id = :officer
FOR UPDATE;

-- name: count_unwrapped(officer, filing, seconds)$
-- Other filings than this one that an officer opened lately.
SELECT count(DISTINCT filing_id)
FROM sealed.unwrapping
WHERE
    officer_id = :officer AND filing_id <> :filing
    AND unwrapped_at > clock_timestamp() - make_interval(secs => :seconds);

-- name: note_unwrapped(officer, filing)!
INSERT INTO sealed.unwrapping (officer_id, filing_id)
VALUES (:officer, :filing);

-- name: forget_unwrapped(seconds)!
DELETE FROM sealed.unwrapping
WHERE unwrapped_at < clock_timestamp() - make_interval(secs => :seconds);

-- name: find_officer_key(login)^
-- An acting officer's pair, and what may be opened by it.
SELECT officer.id, officer.court_id, officer.roles, officer_key.public_key, officer_key.wrapped
FROM register.officer
INNER JOIN register.officer_key ON officer_key.officer_id = officer.id
WHERE officer.login = :login AND officer.active;  -- noqa: RF02

-- name: list_secrets(officer)
-- A court's secret keys as they are sealed to one officer.
SELECT secret.use, secret.number, secret.sealed, court_key.key
FROM register.court_secret AS secret
INNER JOIN register.court_key
    ON
        court_key.court_id = secret.court_id
        AND court_key.use = secret.use
        AND court_key.number = secret.number
WHERE secret.officer_id = :officer  -- noqa: RF02
ORDER BY secret.use, secret.number;

-- name: list_to_shred(days)
-- Filings whose term after closing is over, and those whose destruction was begun and not finished.
SELECT id
FROM sealed.filing
WHERE
    state = 'shredding'
    OR (
        state = 'closed'
        AND closed_on + CAST(:days AS integer) <= (SELECT serving.today())
        AND NOT EXISTS (SELECT FROM sealed.needed_filing WHERE needed_filing.filing_id = filing.id)
    )
ORDER BY closed_on, id;

-- name: count_kept(days)$
-- Filings whose term is over and that a claim or a review still needs.
SELECT count(*)
FROM sealed.filing
WHERE
    state = 'closed'
    AND closed_on + CAST(:days AS integer) <= (SELECT serving.today())
    AND EXISTS (SELECT FROM sealed.needed_filing WHERE needed_filing.filing_id = filing.id);

-- name: mark_shredding(filing)!
UPDATE sealed.filing
SET state = 'shredding'
WHERE id = :filing;

-- name: forget_bearer(filing)!
DELETE FROM sealed.bearer
WHERE filing_id = :filing;

-- name: forget_parts(filing)!
DELETE FROM sealed.part
WHERE filing_id = :filing;

-- name: forget_unwrapping(filing)!
DELETE FROM sealed.unwrapping
WHERE filing_id = :filing;

-- name: mark_shredded(filing)^
UPDATE sealed.filing
SET state = 'shredded'
WHERE id = :filing
RETURNING court_id, purpose, number;

-- name: forget_unused_secrets()!
-- Old box keys that no filing needs any more: their wrappers go with the last filing sealed to them.
DELETE FROM register.court_secret
WHERE
    use = 'box'
    AND number < (
        SELECT max(court_key.number)
        FROM register.court_key
        WHERE court_key.court_id = court_secret.court_id AND court_key.use = 'box'
    )
    AND NOT EXISTS (
        SELECT FROM sealed.part
        INNER JOIN sealed.filing ON filing.id = part.filing_id
        WHERE filing.court_id = court_secret.court_id AND part.key_id = court_secret.number
    );

-- name: list_known(filings)
-- Those of the filings and claims that have a row and are not destroyed.
SELECT id
FROM sealed.filing
WHERE id = ANY(:filings) AND state <> 'shredded'
UNION ALL
SELECT id
FROM sealed.claim
WHERE id = ANY(:filings) AND state <> 'shredded';

-- name: list_living()
-- Every filing and claim that must have a key.
SELECT id
FROM sealed.filing
WHERE state NOT IN ('shredding', 'shredded')
UNION ALL
SELECT id
FROM sealed.claim
WHERE state NOT IN ('shredding', 'shredded');

-- name: list_claims_to_shred(days)
-- Claims whose term in the ledger is over, and those whose destruction was begun and not finished.
SELECT id
FROM sealed.claim
WHERE
    state = 'shredding'
    OR (state IN ('refused', 'approved') AND closed_on + CAST(:days AS integer) <= (SELECT serving.today()))
ORDER BY closed_on, id;

-- name: mark_claim_shredding(claim)!
UPDATE sealed.claim
SET state = 'shredding'
WHERE id = :claim;

-- name: forget_claim(claim)^
UPDATE sealed.claim
SET state = 'shredded', data = NULL
WHERE id = :claim
RETURNING court_id, number;

-- name: list_heads()
-- The heads of the courts' chains; without numbers, which would tell how many filed in a day.
SELECT court_id, purpose, head
FROM sealed.counter
ORDER BY court_id, purpose;

-- name: find_today()$
SELECT serving.today();

-- name: list_present_statements(court)
-- The present statements of a court's signing and reward keys, the signing keys first.
SELECT court_id, use, number, key, not_after, signature
FROM serving.court_key
WHERE court_id = :court AND use IN ('sign', 'reward')
ORDER BY use DESC, number;

-- name: find_box_number(court, number)$
SELECT number
FROM register.court_key
WHERE court_id = :court AND use = 'box' AND number = :number;

-- name: list_part_names(filing)
SELECT part
FROM sealed.part
WHERE filing_id = :filing;

-- name: list_readers(roles, use)
-- Officers of the acting court in one of some roles who hold a key of one use.
SELECT officer.id, officer.name, officer.login
FROM register.officer
WHERE
    officer.active AND officer.roles && CAST(:roles AS text [])
    AND EXISTS (
        SELECT FROM register.court_secret
        WHERE court_secret.officer_id = officer.id AND court_secret.use = :use  -- noqa: RF02
    )
ORDER BY officer.name, officer.login;
