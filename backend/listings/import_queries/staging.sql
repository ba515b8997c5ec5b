-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:code:'冀0108'
-- sqlfluff:templater:placeholder:import_file_id:'00000000-0000-0000-0000-000000000000'

-- name: try_import_lock()$
-- Only one import or demo command works on a database at a time.
SELECT pg_try_advisory_xact_lock(7201986012);

-- name: wait_for_import_lock()
SELECT pg_advisory_xact_lock(7201986012);

-- name: find_identity_key_check()$
SELECT identity_key_check FROM register.installation;

-- name: insert_identity_key_check(identity_key_check)!
INSERT INTO register.installation (identity_key_check)
VALUES (:identity_key_check)
ON CONFLICT DO NOTHING;

-- name: find_today()$
SELECT serving.today();

-- name: list_court_names()
-- Every folded name of every court, with the name of the province the court's area lies in.
SELECT court_name.name_folded, court.id::text AS id, court.code, court.area_code, province.name AS province
FROM register.court_name
INNER JOIN register.court ON court.id = court_name.court_id
INNER JOIN register.area AS province ON province.code = left(court.area_code, 2)
ORDER BY court_name.name_folded, court.code;

-- name: find_court_by_code(code)^
SELECT court.id::text AS id, court.code, court.area_code, court.name, province.name AS province
FROM register.court
INNER JOIN register.area AS province ON province.code = left(court.area_code, 2)
WHERE court.code = :code;

-- name: list_county_codes()
SELECT code FROM register.area WHERE level = 'county';

-- name: create_staging()#
-- Rows as they may be stored, for one transaction: no ID, no mask, no birth date, no address that is withheld.
CREATE TEMPORARY TABLE staged (
    ordinal integer NOT NULL,
    listing_key bytea NOT NULL,
    identity_key bytea NOT NULL,
    content_hash bytea,
    row_hash uuid,
    court_id uuid NOT NULL,
    has_identifier boolean NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    name_folded text COLLATE "C" NOT NULL,
    sex text,
    age_band text,
    uscc text,
    representative text,
    area_code text COLLATE "C",
    placed_by text,
    registered_address text,
    lon double precision,
    lat double precision,
    tile_key bigint,
    case_number text NOT NULL,
    case_key text NOT NULL,
    basis_issuer text,
    basis_number text,
    duty text,
    performance text,
    performed_part text,
    unperformed_part text,
    ground_mask smallint,
    filed_on date,
    published_on date,
    term_ends_on date,
    duty_withheld text,
    performed_part_withheld text,
    unperformed_part_withheld text,
    ended_on date,
    ended_cause text
) ON COMMIT DROP;
-- Rows of earlier chunks on which the end of the file decides.
CREATE TEMPORARY TABLE waiting (LIKE staged) ON COMMIT DROP;
CREATE INDEX ON waiting (listing_key) WHERE ended_cause IS NOT NULL;
-- Rows that an earlier file held already, word for word.
CREATE TEMPORARY TABLE same (
    ordinal integer NOT NULL,
    listing_id uuid NOT NULL,
    court_id uuid NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE kept (
    listing_key bytea,
    name_folded text COLLATE "C"
) ON COMMIT DROP;

-- name: analyze_staging()#
-- Only what joins look at: the long texts would cost most of the time.
ANALYZE staged (ordinal, listing_key, identity_key, court_id, published_on);

-- name: take_same(ordinals, row_hashes, import_file_id)^
-- Of the rows whose hash some listing keeps, only that they are there; their ordinals and courts. What this file has
-- brought itself is left out, since a row that repeats it must be counted as that.
-- First the join, by itself: where one file brought all listings, the planner takes "another file" for none of them,
-- and would compare every row with every listing.
WITH found AS MATERIALIZED (
    SELECT row.ordinal, listing.id, listing.court_id, listing.state, listing.import_file_id
    FROM unnest(CAST(:ordinals AS integer []), CAST(:row_hashes AS uuid [])) AS row (ordinal, row_hash)
    INNER JOIN register.listing ON listing.row_hash = row.row_hash
),

taken AS (
    INSERT INTO same (ordinal, listing_id, court_id)
    SELECT found.ordinal, found.id, found.court_id
    FROM found
    WHERE found.state = 'published' AND found.import_file_id <> :import_file_id
    RETURNING ordinal, court_id
)

SELECT array_agg(ordinal) AS ordinals, array_agg(DISTINCT court_id::text) AS courts
FROM taken;

-- name: settle_same()#
-- Of a key repeated inside one file the last row counts, whether it is staged or the same as ever.
ANALYZE same;
DELETE FROM staged
USING same
INNER JOIN register.listing ON listing.id = same.listing_id
WHERE listing.listing_key = staged.listing_key AND same.ordinal > staged.ordinal;
DELETE FROM same
USING register.listing
INNER JOIN staged ON staged.listing_key = listing.listing_key
WHERE listing.id = same.listing_id;

-- name: count_same()$
SELECT count(DISTINCT listing_id) FROM same;
