-- name: find_site()^
-- What the register holds by source, and when the oldest list was imported.
SELECT
    holds_demo,
    holds_court,
    as_of
FROM serving.site;
