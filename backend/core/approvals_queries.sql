-- name: insert_approval(court, kind, subject, title, request, differences, count, reason, asked_by, due_on)^
INSERT INTO register.approval (
    court_id, kind, subject, title, request, differences, count, reason, asked_by, due_on
)
VALUES (:court, :kind, :subject, :title, :request, :differences, :count, :reason, :asked_by, :due_on)
RETURNING id;

-- name: list_waiting()
-- What waits, the nearest clock first.
SELECT
    approval.id, approval.court_id, approval.kind, approval.subject, approval.title, approval.request,
    approval.differences, approval.count, approval.reason, approval.asked_by, asker.name AS asked_by_name,
    asker.roles AS asked_by_roles, approval.asked_at, approval.due_on, approval.state,
    decider.name AS decided_by_name, approval.decided_at, approval.answer, approval.put_aside_at
FROM register.approval
INNER JOIN register.officer AS asker ON asker.id = approval.asked_by
LEFT JOIN register.officer AS decider ON decider.id = approval.decided_by
WHERE approval.state = 'waiting'
ORDER BY approval.due_on NULLS LAST, approval.asked_at;

-- name: find_approval(id)^
SELECT
    approval.id, approval.court_id, approval.kind, approval.subject, approval.title, approval.request,
    approval.differences, approval.count, approval.reason, approval.asked_by, asker.name AS asked_by_name,
    asker.roles AS asked_by_roles, approval.asked_at, approval.due_on, approval.state,
    decider.name AS decided_by_name, approval.decided_at, approval.answer, approval.put_aside_at
FROM register.approval
INNER JOIN register.officer AS asker ON asker.id = approval.asked_by
LEFT JOIN register.officer AS decider ON decider.id = approval.decided_by
WHERE approval.id = :id;  -- noqa: RF02

-- name: lock_approval(id)^
SELECT id
FROM register.approval
WHERE id = :id
FOR UPDATE;

-- name: decide_approval(id, state, officer, answer)!
UPDATE register.approval
SET state = :state, decided_by = :officer, decided_at = clock_timestamp(), answer = :answer
WHERE id = :id;

-- name: put_aside(id, officer)$
-- Of whoever asked, what was sent back; nothing where it is not that.
UPDATE register.approval
SET put_aside_at = coalesce(put_aside_at, clock_timestamp())
WHERE id = :id AND asked_by = :officer AND state = 'sent_back'
RETURNING id;

-- name: note_opening(approval, officer)!
INSERT INTO register.approval_opening (approval_id, officer_id)
VALUES (:approval, :officer)
ON CONFLICT DO NOTHING;

-- name: has_opened(approval, officer)$
SELECT EXISTS (
    SELECT FROM register.approval_opening
    WHERE approval_id = :approval AND officer_id = :officer
);
