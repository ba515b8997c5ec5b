-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:seed:1

-- name: count_demo_listings()$
SELECT count(*) FROM register.listing WHERE source = 'demo';

-- name: end_demo_keys()#
SELECT register.end_demo_keys();

-- name: delete_demo_entities()!
-- Their listings, withheld texts and notices go with them.
DELETE FROM register.entity WHERE source = 'demo';

-- name: delete_demo_import_files()!
DELETE FROM register.import_file WHERE source = 'demo';

-- name: forget_as_of_of_demo_courts()!
-- A court that no file of its own has reached is as it was before the demo.
UPDATE register.court
SET as_of = NULL
WHERE
    as_of IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM register.listing WHERE listing.court_id = court.id AND listing.source = 'court');

-- name: list_demo_counties()
-- Counties whose basic court is known, with the names a file would write.
SELECT
    area.code, area.name, court.id::text AS court_id, court.code AS court_code, court.name AS court_name,
    province.name AS province, area.outline IS NOT NULL AS has_outline,
    ST_X(area.label_point) AS lon, ST_Y(area.label_point) AS lat
FROM register.area
INNER JOIN register.court ON court.area_code = area.code
INNER JOIN register.area AS province ON province.code = left(area.code, 2)
WHERE area.level = 'county' AND court.level = 'basic'
ORDER BY area.code, court.code;

-- name: list_points_inside(codes, numbers, seed)
-- For each county so many points inside its outline, half of them spread, half within some 400 m of the first.
WITH wanted AS (
    SELECT area.code, area.outline, wanted.number
    FROM unnest(CAST(:codes AS text []), CAST(:numbers AS integer [])) AS wanted (code, number)
    INNER JOIN register.area ON area.code = wanted.code
    WHERE area.outline IS NOT NULL
),

-- The first point of each county is the middle of its cluster.
spread AS (
    SELECT wanted.code, (ST_Dump(ST_GeneratePoints(wanted.outline, 1 + wanted.number / 2, :seed))).*
    FROM wanted
),

clusters AS (
    SELECT
        wanted.code,
        (ST_Dump(ST_GeneratePoints(
            ST_Intersection(ST_Buffer(spread.geom, 0.004), wanted.outline), wanted.number - wanted.number / 2, :seed
        ))).*
    FROM wanted
    INNER JOIN spread ON spread.code = wanted.code AND spread.path[1] = 1
    WHERE wanted.number > 2
)

SELECT code, ST_X(geom) AS lon, ST_Y(geom) AS lat FROM spread
UNION ALL
SELECT code, ST_X(geom) AS lon, ST_Y(geom) AS lat FROM clusters
ORDER BY code;

-- name: insert_demo_notices()!
-- Every thirtieth demo listing has a reward notice with invented terms, so that the filter has something to find.
INSERT INTO register.notice (
    listing_id, court_id, source, kind, state, basis, amount, percent, cap, funder, requested_on, published_on, ends_on
)
SELECT
    id, court_id, source,
    CASE WHEN get_byte(listing_key, 1) < 64 THEN 'whereabouts' ELSE 'property' END,
    'published',
    CASE WHEN get_byte(listing_key, 1) < 96 THEN 'fixed' ELSE 'percent_recovered' END,
    CASE WHEN get_byte(listing_key, 1) < 96 THEN 1000 * (1 + mod(get_byte(listing_key, 2), 10)) END,
    CASE WHEN get_byte(listing_key, 1) >= 96 THEN 3 + mod(get_byte(listing_key, 2), 8) END,
    CASE WHEN get_byte(listing_key, 1) >= 160 THEN 50000 * (1 + mod(get_byte(listing_key, 3), 4)) END,
    CASE WHEN get_byte(listing_key, 4) < 32 THEN 'insurer' ELSE 'creditor' END,
    published_on - 7,
    published_on,
    serving.today() + 30 + get_byte(listing_key, 5)
FROM register.listing
WHERE source = 'demo' AND state = 'published' AND get_byte(listing_key, 0) < 9;
