-- name: find_site()^
-- What the register holds by source, and when a list was last imported.
SELECT
    holds_demo,
    holds_court,
    as_of
FROM serving.site;
