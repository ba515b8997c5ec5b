-- name: prepare_bench()#
-- The bench's own schema, which the product never looks at, and its functions.
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO public_reader;

-- The same number from 0 to 1 for the same row and question, whatever the plan.
CREATE FUNCTION bench.dice(n bigint, question integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (hashint8extended(n, question) & 2147483647) / 2147483648.0::double precision;

-- The number's bits at the even places, as backend/core/geo.py spreads them.
CREATE FUNCTION bench.spread(cell bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
    cell := (cell | (cell << 16)) & 281470681808895;
    cell := (cell | (cell << 8)) & 71777214294589695;
    cell := (cell | (cell << 4)) & 1085102592571150095;
    cell := (cell | (cell << 2)) & 3689348814741910323;
    RETURN (cell | (cell << 1)) & 6148914691236517205;
END
$$;

CREATE FUNCTION bench.tile_key(lon double precision, lat double precision) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN bench.spread(floor((lon + 180) / 360 * 2097152)::bigint)
| (bench.spread(floor((1 - asinh(tan(radians(lat))) / pi()) / 2 * 2097152)::bigint) << 1);

CREATE TABLE bench.person_name (place integer PRIMARY KEY, name text NOT NULL, name_folded text COLLATE "C" NOT NULL);
CREATE TABLE bench.body_name (place integer PRIMARY KEY, name text NOT NULL, name_folded text COLLATE "C" NOT NULL);

-- name: make_counties()#
-- Counties with a court, in an order of chance; the weights follow a Zipf law, flattened at its head.
CREATE TABLE bench.county AS
WITH ranked AS (
    SELECT
        area.code, area.name, ST_X(area.label_point) AS lon, ST_Y(area.label_point) AS lat,
        court.id AS court_id, court.code AS court_code,
        row_number() OVER (ORDER BY md5(area.code)) AS place
    FROM register.area
    INNER JOIN LATERAL (
        SELECT court.id, court.code FROM register.court WHERE court.area_code = area.code ORDER BY court.code LIMIT 1
    ) AS court ON true
    WHERE area.level = 'county'
),

weighted AS (
    SELECT ranked.*, 1 / (ranked.place + 60)::double precision ^ 0.9 AS weight
    FROM ranked
)

SELECT
    weighted.*,
    (sum(weighted.weight) OVER (ORDER BY weighted.place) - weighted.weight) / sum(weighted.weight) OVER () AS begins_at
FROM weighted;
ALTER TABLE bench.county ADD PRIMARY KEY (place);

-- name: fill_entities(first, last)!
-- One entity in a third is a body; four in five of those stand at points: half in a town's heart of some 600 metres, a third in
-- its quarters, the others all over the county; one in forty shares the very point of others.
INSERT INTO register.entity (
    id, identity_key, has_identifier, kind, name, name_folded, sex, age_band, uscc, representative,
    registered_address, area_code, placed_by, point, tile_key, source
)
WITH thresholds AS MATERIALIZED (
    SELECT array_agg(county.begins_at ORDER BY county.place) AS begins_at
    FROM bench.county
),

pools AS MATERIALIZED (
    SELECT
        (SELECT count(*) FROM bench.person_name)::integer AS people,
        (SELECT count(*) FROM bench.body_name)::integer AS bodies
),

drawn AS (
    SELECT
        row_of.n,
        width_bucket(bench.dice(row_of.n, 1), (SELECT thresholds.begins_at FROM thresholds)) AS county,
        CASE
            WHEN bench.dice(row_of.n, 2) < 0.667 THEN 'person'
            WHEN bench.dice(row_of.n, 3) < 0.82 THEN 'company'
            ELSE 'organisation'
        END AS kind,
        bench.dice(row_of.n, 4) < 0.8 AS at_point,
        -- a body's distance in degrees, and its direction
        CASE
            WHEN bench.dice(row_of.n, 5) < 0.025 THEN 0
            WHEN bench.dice(row_of.n, 5) < 0.5 THEN 0.006 * sqrt(-ln(1 - bench.dice(row_of.n, 6)))
            WHEN bench.dice(row_of.n, 5) < 0.83 THEN 0.015 * sqrt(-ln(1 - bench.dice(row_of.n, 6)))
            ELSE 0.06 * sqrt(-ln(1 - bench.dice(row_of.n, 6)))
        END AS distance,
        2 * pi() * bench.dice(row_of.n, 7) AS direction,
        -- which of eight towns, the first the largest
        floor(8 * bench.dice(row_of.n, 8) ^ 2.2) AS town
    FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS row_of (n)
),

placed AS (
    SELECT
        drawn.n, drawn.kind, county.code, county.name AS county_name,
        drawn.kind <> 'person' AND drawn.at_point AS has_point,
        county.lon + 0.02 * drawn.town * cos(2.4 * drawn.town + county.place)
        + drawn.distance * cos(drawn.direction) AS lon,
        county.lat + 0.016 * drawn.town * sin(2.4 * drawn.town + county.place)
        + 0.8 * drawn.distance * sin(drawn.direction) AS lat
    FROM drawn
    INNER JOIN bench.county ON county.place = drawn.county
)

SELECT
    overlay(
        overlay(md5(placed.n || 'entity') PLACING '4' FROM 13 FOR 1) PLACING '8' FROM 17 FOR 1
    )::uuid,
    sha256(int8send(placed.n)), true, placed.kind,
    coalesce(person_name.name, body_name.name),
    coalesce(person_name.name_folded, body_name.name_folded),
    CASE WHEN placed.kind = 'person' THEN CASE WHEN bench.dice(placed.n, 11) < 0.74 THEN 'male' ELSE 'female' END END,
    CASE
        WHEN placed.kind = 'person'
            THEN (ARRAY['20-29', '30-39', '40-49', '50-59', '60-69'])[1 + floor(5 * bench.dice(placed.n, 12))::integer]
    END,
    -- Z stands in no credit code, so none of these can be anybody's.
    CASE WHEN placed.kind <> 'person' THEN '91999999MA' || lpad((mod(placed.n, 10000000))::text, 7, '0') || 'Z' END,
    CASE WHEN placed.kind <> 'person' THEN '虚构' END,
    CASE WHEN placed.has_point THEN placed.county_name || '虚构大街' || (1 + mod(placed.n, 300)) || '号' END,
    placed.code,
    CASE
        WHEN placed.has_point THEN 'registered_address'
        WHEN bench.dice(placed.n, 13) < 0.3 THEN 'county'
        ELSE 'court_area'
    END,
    CASE WHEN placed.has_point THEN ST_SetSRID(ST_MakePoint(placed.lon, placed.lat), 4326) END,
    CASE WHEN placed.has_point THEN bench.tile_key(placed.lon, placed.lat) END,
    'demo'
FROM placed
CROSS JOIN pools
LEFT JOIN bench.person_name
    ON placed.kind = 'person'
    AND person_name.place = floor(pools.people * bench.dice(placed.n, 9) ^ 2)::integer
LEFT JOIN bench.body_name
    ON placed.kind <> 'person'
    AND body_name.place = floor(pools.bodies * bench.dice(placed.n, 10) ^ 1.2)::integer;

-- name: fill_listings(first, last, rows, ever, import_file)!
-- The first listing of every entity, and a second one for one in sixteen; of `ever` entities, `rows` are listed today.
INSERT INTO register.listing (
    id, entity_id, court_id, listing_key, content_hash, case_number, case_key, basis_issuer, basis_number, duty,
    performance, performed_part, unperformed_part, ground_mask, filed_on, published_on, term_ends_on,
    state, ended_on, ended_cause, import_file_id, source
)
WITH thresholds AS MATERIALIZED (
    SELECT array_agg(county.begins_at ORDER BY county.place) AS begins_at
    FROM bench.county
),

drawn AS (
    SELECT
        row_of.n, nth.nth, (row_of.n * 2 + nth.nth) AS key,
        row_of.n * CAST(:rows AS bigint) / :ever > (row_of.n - 1) * CAST(:rows AS bigint) / :ever AS is_current,
        width_bucket(bench.dice(row_of.n, 1), (SELECT thresholds.begins_at FROM thresholds)) AS county,
        serving.today() - 30 - floor(1790 * bench.dice(row_of.n * 2 + nth.nth, 21) ^ 1.6)::integer AS published_on,
        (ARRAY[8, 8, 8, 8, 1, 1, 9, 4, 4, 12, 16, 32, 2, 24])[
            1 + floor(14 * bench.dice(row_of.n * 2 + nth.nth, 22))::integer
        ] AS ground_mask,
        bench.dice(row_of.n * 2 + nth.nth, 23) AS ends
    FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS row_of (n)
    CROSS JOIN LATERAL generate_series(0, (mod(row_of.n, 16) = 0)::integer) AS nth (nth)
)

SELECT
    overlay(
        overlay(md5(drawn.key || 'listing') PLACING '4' FROM 13 FOR 1) PLACING '8' FROM 17 FOR 1
    )::uuid,
    overlay(
        overlay(md5(drawn.n || 'entity') PLACING '4' FROM 13 FOR 1) PLACING '8' FROM 17 FOR 1
    )::uuid,
    county.court_id, sha256(int8send(drawn.key)), sha256(int8send(-drawn.key)),
    '（2099）' || county.court_code || '执' || drawn.key || '号',
    '2099' || county.court_code || '执' || drawn.key || '号',
    county.name || '人民法院', '（2098）' || county.court_code || '民初' || drawn.key || '号',
    '被告于本判决生效之日起十日内支付货款人民币' || (1000 + mod(drawn.key, 1000000)) || '.00元及逾期利息；案件受理费2,300元由被告负担。',
    CASE WHEN mod(drawn.key, 5) = 0 THEN 'partial' ELSE 'none' END,
    CASE WHEN mod(drawn.key, 5) = 0 THEN '1,000元' END,
    CASE WHEN mod(drawn.key, 5) = 0 THEN '其余全部' END,
    drawn.ground_mask, drawn.published_on - 100, drawn.published_on,
    CASE
        WHEN drawn.is_current AND drawn.ground_mask <> 1 AND drawn.ends < 0.5
            THEN serving.today() + 10 + floor(700 * drawn.ends)::integer
        WHEN NOT drawn.is_current AND drawn.ends < 0.4 THEN drawn.published_on + 20
    END,
    CASE WHEN drawn.is_current OR drawn.ends < 0.4 THEN 'published' ELSE 'deleted' END,
    CASE WHEN NOT drawn.is_current AND drawn.ends >= 0.4 THEN drawn.published_on + 25 END,
    CASE WHEN NOT drawn.is_current AND drawn.ends >= 0.4 THEN 'performed' END,
    :import_file::uuid, 'demo'
FROM drawn
INNER JOIN bench.county ON county.place = drawn.county;

-- name: fill_notices()!
-- A reward notice for one current listing in a thousand.
INSERT INTO register.notice (
    listing_id, court_id, source, state, kind, basis, amount, funder, published_on, ends_on
)
SELECT
    listing.id, listing.court_id, 'demo', 'published', 'property', 'fixed', 5000, 'creditor', serving.today() - 10,
    serving.today() + 300
FROM register.listing
WHERE
    listing.state = 'published'
    AND (listing.term_ends_on IS NULL OR listing.term_ends_on >= serving.today())
    AND mod(hashtext(listing.case_key), 1000) = 0;

-- name: insert_import_file()$
INSERT INTO register.import_file (name, sha256, source, counts)
VALUES ('national', '\x00', 'demo', '{}')
RETURNING id;

-- name: list_indexes(table)
-- Indexes of a table but its primary key, each with its definition and, where it keeps a constraint, that one.
SELECT
    pg_index.indexrelid::regclass::text, pg_get_indexdef(pg_index.indexrelid), pg_constraint.conname,
    pg_get_constraintdef(pg_constraint.oid)
FROM pg_index
LEFT JOIN pg_constraint ON pg_constraint.conindid = pg_index.indexrelid AND pg_constraint.contype = 'u'
WHERE pg_index.indrelid = CAST(:table AS regclass) AND NOT pg_index.indisprimary;

-- name: set_freshness()!
-- Every court's list is a day old.
UPDATE register.court
SET as_of = now() - interval '1 day';

-- name: fill_peers()#
-- For the peers alone: everybody listed today as a point, people at their area's label.
CREATE TABLE bench.listed_point AS
SELECT
    row_number() OVER () AS place, listed.entity_id::text AS id, listed.kind, listed.name, listed.area_code,
    listed.published_on, listed.notice,
    coalesce(
        listed.point,
        ST_SetSRID(ST_MakePoint(ST_X(area.label_point), ST_Y(area.label_point)), 4326)
    )::geometry(Point, 4326) AS geom
FROM serving.listed
INNER JOIN register.area ON area.code = listed.area_code;
ALTER TABLE bench.listed_point ADD PRIMARY KEY (place);
CREATE INDEX listed_point_geom ON bench.listed_point USING gist (geom);
ANALYZE bench.listed_point;
