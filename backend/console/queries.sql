-- name: list_duties()
-- Open duties, the nearest clock first; those without a clock last.
SELECT
    open_task.id, open_task.listing_id, open_task.kind, open_task.cause, open_task.begun_on, open_task.due_on,
    listing.case_number, open_task.due_on < serving.today() AS overdue
FROM register.open_task
LEFT JOIN register.listing ON listing.id = open_task.listing_id
ORDER BY open_task.due_on NULLS LAST, open_task.begun_on, open_task.kind
LIMIT 200;
