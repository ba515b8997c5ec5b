-- name: find_held()^
-- What a start need not load again.
SELECT
    EXISTS (SELECT 1 FROM register.area) AS areas,
    EXISTS (SELECT 1 FROM register.court) AS courts,
    EXISTS (SELECT 1 FROM register.clock) AND EXISTS (SELECT 1 FROM register.retention) AS clocks,
    (SELECT count(*) FROM register.listing WHERE source = 'demo') AS demo_listings;
