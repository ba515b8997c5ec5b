-- name: holds_court(court)$
SELECT EXISTS (SELECT FROM serving.court WHERE id = :court);

-- name: find_last_day()$
-- The last day of the last whole quarter.
SELECT CAST(date_trunc('quarter', serving.today()) AS date) - 1;

-- name: list_numbers(court)
SELECT quarter, cell, number
FROM serving.court_statistics(:court)
WHERE quarter <> 'infinity';

-- name: find_overdue(court)$
SELECT coalesce(max(number), 0)
FROM serving.court_statistics(:court)
WHERE quarter = 'infinity';
