-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:limit:20
-- sqlfluff:templater:placeholder:since:0

-- name: find_state()^
SELECT sequence AS head, pruned_to, day_is_open
FROM serving.feed_state;

-- name: list_removals(since, limit)
-- The next removals behind a sequence with the state of the feed, of one moment; one row without any where none is.
SELECT state.sequence AS head, state.pruned_to, entry.sequence, entry.entity_id, 'remove' AS op
FROM serving.feed_state AS state
LEFT JOIN LATERAL (
    SELECT feed.sequence, feed.entity_id
    FROM serving.feed
    WHERE feed.sequence > :since AND feed.op = 'remove'
    ORDER BY feed.sequence
    LIMIT :limit
) AS entry ON true
ORDER BY entry.sequence;

-- name: list_changes(since, limit)
-- The same of all changes, with what is said now of those still listed; whoever is not is told as removed.
SELECT
    state.sequence AS head, state.pruned_to, entry.sequence, entry.entity_id, said.content,
    CASE WHEN said.content IS NULL THEN 'remove' ELSE entry.op END AS op
FROM serving.feed_state AS state
LEFT JOIN LATERAL (
    SELECT feed.sequence, feed.entity_id, feed.op
    FROM serving.feed
    WHERE feed.sequence > :since
    ORDER BY feed.sequence
    LIMIT :limit
) AS entry ON true
LEFT JOIN LATERAL (
    SELECT mirror.content
    FROM serving.mirror
    WHERE mirror.entity_id = entry.entity_id AND entry.op <> 'remove'
) AS said ON true
ORDER BY entry.sequence;

-- name: list_members(after, limit)
-- Everybody listed, by id, behind an id.
SELECT state.sequence AS head, member.entity_id, said.content
FROM serving.feed_state AS state
LEFT JOIN LATERAL (
    SELECT feed_member.entity_id
    FROM serving.feed_member
    WHERE feed_member.entity_id > CAST(:after AS uuid)
    ORDER BY feed_member.entity_id
    LIMIT :limit
) AS member ON true
LEFT JOIN LATERAL (
    SELECT mirror.content
    FROM serving.mirror
    WHERE mirror.entity_id = member.entity_id
) AS said ON true
ORDER BY member.entity_id;

-- name: is_recipient(digest)$
SELECT serving.is_recipient(:digest);

-- name: enter_day()$
SELECT serving.enter_day();

-- name: prune_changes(kept_days)$
SELECT serving.prune_changes(:kept_days);

-- name: insert_recipient(name, digest)$
INSERT INTO register.recipient (name, key_digest)
VALUES (:name, :digest)
RETURNING id;

-- name: end_recipient(name)$
UPDATE register.recipient
SET ended_at = now()
WHERE name = :name AND ended_at IS NULL
RETURNING id;

-- name: list_recipients()
SELECT name, added_at, ended_at
FROM register.recipient
ORDER BY name;
