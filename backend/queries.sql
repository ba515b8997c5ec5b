-- name: find_held()^
-- What a start need not load again; areas of a version without English names are loaded once more.
SELECT
    EXISTS (SELECT 1 FROM register.area WHERE name_en IS NOT NULL) AS areas,
    EXISTS (SELECT 1 FROM register.court) AS courts,
    (SELECT count(*) FROM register.listing WHERE source = 'demo') AS demo_listings;
