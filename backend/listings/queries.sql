-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:code:'冀0108'
-- sqlfluff:templater:placeholder:court_id:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:import_file_id:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:source:'court'
-- sqlfluff:templater:placeholder:seed:1

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

-- name: plan_changes(import_file_id)!
-- What each staged row means for the register; of rows that repeat a key the last one counts. `ahead` is a row whose
-- listing an earlier chunk of this file brought, `undone` a removal of such a one, `undecided` a listing that an
-- earlier chunk removed.
CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
WITH last_of_key AS (
    SELECT DISTINCT ON (listing_key) ordinal, listing_key, content_hash, identity_key, published_on, ended_cause
    FROM staged
    ORDER BY listing_key ASC, ordinal DESC
)

SELECT
    last_of_key.ordinal,
    last_of_key.identity_key,
    last_of_key.published_on,
    listing.id AS listing_id,
    listing.state AS from_state,
    CASE
        WHEN listing.import_file_id = :import_file_id AND last_of_key.ended_cause IS NOT NULL THEN 'undone'
        WHEN listing.import_file_id = :import_file_id THEN 'ahead'
        WHEN last_of_key.ended_cause IS NOT NULL AND listing.id IS NULL THEN 'unknown'
        -- What officers have decided stays: no file shows again what they suspended, withdrew or deleted, nor a minor.
        WHEN listing.state NOT IN ('published', 'deleted', 'withdrawn', 'expired') OR listing.ended_cause = 'minor'
            THEN 'unchanged'
        WHEN listing.state <> 'published' AND EXISTS (
            SELECT 1
            FROM register.listing_event
            WHERE listing_event.listing_id = listing.id AND listing_event.officer_id IS NOT NULL
        ) THEN 'unchanged'
        WHEN last_of_key.ended_cause IS NOT NULL AND listing.state <> 'published' THEN 'unchanged'
        WHEN last_of_key.ended_cause IS NOT NULL THEN 'removed'
        WHEN listing.id IS NULL AND EXISTS (
            SELECT 1
            FROM waiting
            WHERE waiting.listing_key = last_of_key.listing_key AND waiting.ended_cause IS NOT NULL
        ) THEN 'undecided'
        WHEN listing.id IS NULL THEN 'new'
        WHEN listing.state <> 'published' THEN 'republished'
        WHEN listing.content_hash <> last_of_key.content_hash THEN 'changed'
        ELSE 'unchanged'
    END AS action
FROM last_of_key
LEFT JOIN register.listing ON listing.listing_key = last_of_key.listing_key;
ANALYZE planned;

-- name: plan_entities()#
-- For each entity the most recently published of the rows that say something new. It applies unless the register
-- holds a listing of that entity published later.
CREATE TEMPORARY TABLE candidate ON COMMIT DROP AS
WITH latest AS (
    SELECT DISTINCT ON (identity_key) identity_key, ordinal, published_on, listing_id
    FROM planned
    WHERE action IN ('new', 'changed', 'republished', 'ahead')
    ORDER BY identity_key ASC, published_on DESC, ordinal DESC
)

SELECT
    latest.ordinal,
    entity.id AS entity_id,
    coalesce(staged.area_code, holder.code, court.area_code) AS area_code,
    ST_SetSRID(ST_MakePoint(staged.lon, staged.lat), 4326) AS point,
    NOT EXISTS (
        SELECT 1
        FROM register.listing
        WHERE
            listing.entity_id = entity.id
            AND listing.id IS DISTINCT FROM latest.listing_id
            AND listing.published_on > latest.published_on
    ) AS applies
FROM latest
INNER JOIN staged ON staged.ordinal = latest.ordinal
INNER JOIN register.court ON court.id = staged.court_id
LEFT JOIN register.entity ON entity.identity_key = latest.identity_key
LEFT JOIN LATERAL (
    SELECT area.code
    FROM register.area
    WHERE
        staged.area_code IS NULL
        AND area.level = 'county'
        AND ST_Covers(area.outline, ST_SetSRID(ST_MakePoint(staged.lon, staged.lat), 4326))
    ORDER BY area.code
    LIMIT 1
) AS holder ON true;
ANALYZE candidate;

-- name: plan_full_list(court_id, source)!
-- Current listings of a court that its full list no longer holds; `stays` where a quarantined row may be theirs.
CREATE TEMPORARY TABLE absent ON COMMIT DROP AS
SELECT
    listing.id AS listing_id,
    EXISTS (
        SELECT 1
        FROM kept
        WHERE kept.listing_key = listing.listing_key OR kept.name_folded = entity.name_folded
    ) AS stays,
    NULL::text AS cause
FROM register.listing
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE
    listing.court_id = :court_id
    AND listing.source = :source
    AND listing.state = 'published'
    AND (listing.term_ends_on IS NULL OR listing.term_ends_on >= serving.today())
    AND NOT EXISTS (SELECT 1 FROM staged WHERE staged.listing_key = listing.listing_key)
    AND NOT EXISTS (SELECT 1 FROM same WHERE same.listing_id = listing.id);

-- name: count_actions()
SELECT action, count(*) AS n FROM planned GROUP BY action;

-- name: wait_with_others()#
-- Of a chunk only new listings go in ahead; all else waits for the end of the file. The tables have one shape, so that
-- their 37 columns are not named (AM04).
INSERT INTO waiting
SELECT staged.*  -- noqa: AM04
FROM planned
INNER JOIN staged ON staged.ordinal = planned.ordinal
WHERE planned.action <> 'new';
DELETE FROM planned
WHERE action <> 'new';

-- name: wait_with_known_entities()#
-- What a chunk says of entities that were there before it is compared at the end of the file, too.
INSERT INTO waiting
SELECT staged.*  -- noqa: AM04
FROM candidate
INNER JOIN staged ON staged.ordinal = candidate.ordinal
WHERE candidate.entity_id IS NOT NULL;

-- name: forget_chunk()#
DROP TABLE planned, candidate;
TRUNCATE staged;

-- name: end_waiting()#
INSERT INTO staged
SELECT * FROM waiting;  -- noqa: AM04
TRUNCATE waiting;

-- name: count_absent()^
SELECT
    count(*) FILTER (WHERE stays) AS stay,
    count(*) FILTER (WHERE NOT stays AND cause IS NULL) AS leave
FROM absent;

-- name: count_current_of_court(court_id, source)$
SELECT count(*)
FROM register.listing
WHERE
    court_id = :court_id
    AND source = :source
    AND state = 'published'
    AND (term_ends_on IS NULL OR term_ends_on >= serving.today());

-- name: insert_import_file(name, sha256, source, full_list_of, approved_by, court_id, counts)$
INSERT INTO register.import_file (name, sha256, source, full_list_of, approved_by, court_id, counts)
VALUES (:name, :sha256, :source, :full_list_of, :approved_by, coalesce(:court_id, CAST(:full_list_of AS uuid)), :counts)
RETURNING id;

-- name: update_import_file_counts(import_file_id, counts, court_id)!
UPDATE register.import_file
SET counts = :counts, court_id = coalesce(court_id, CAST(:court_id AS uuid))
WHERE id = :import_file_id;

-- name: insert_entities(source)!
INSERT INTO register.entity (
    identity_key, has_identifier, kind, name, name_folded, sex, age_band, uscc, representative,
    registered_address, area_code, placed_by, point, tile_key, source
)
SELECT
    staged.identity_key, staged.has_identifier, staged.kind, staged.name, staged.name_folded, staged.sex,
    staged.age_band, staged.uscc, staged.representative, staged.registered_address, candidate.area_code,
    staged.placed_by, candidate.point, staged.tile_key, :source
FROM candidate
INNER JOIN staged ON staged.ordinal = candidate.ordinal
WHERE candidate.entity_id IS NULL
-- Neighbours on the map lie together on disk.
ORDER BY candidate.area_code, staged.tile_key, candidate.ordinal;

-- name: update_listings(import_file_id)!
-- Before update_entities, so that the correction names what differs from what was shown.
UPDATE register.listing
SET
    content_hash = staged.content_hash,
    row_hash = staged.row_hash,
    basis_issuer = staged.basis_issuer,
    basis_number = staged.basis_number,
    duty = staged.duty,
    performance = staged.performance,
    performed_part = staged.performed_part,
    unperformed_part = staged.unperformed_part,
    ground_mask = staged.ground_mask,
    filed_on = staged.filed_on,
    published_on = staged.published_on,
    term_ends_on = staged.term_ends_on,
    import_file_id = :import_file_id,
    state = 'published',
    ended_on = NULL,
    ended_cause = NULL,
    corrected_on = CASE
        WHEN planned.action IN ('republished', 'ahead') THEN NULL
        WHEN difference.field IS NULL THEN listing.corrected_on
        ELSE serving.today()
    END,
    corrected_field = CASE
        WHEN planned.action IN ('republished', 'ahead') THEN NULL
        ELSE coalesce(difference.field, listing.corrected_field)
    END
FROM planned
INNER JOIN staged ON staged.ordinal = planned.ordinal
INNER JOIN register.entity ON entity.identity_key = staged.identity_key
LEFT JOIN candidate ON candidate.ordinal = planned.ordinal AND candidate.applies
INNER JOIN register.listing AS shown ON shown.id = planned.listing_id
CROSS JOIN
    LATERAL (
        SELECT CASE
            WHEN shown.ground_mask <> staged.ground_mask THEN 'grounds'
            WHEN shown.performance <> staged.performance THEN 'performance'
            WHEN (shown.term_ends_on IS DISTINCT FROM staged.term_ends_on) THEN 'term_ends_on'
            WHEN (shown.duty IS DISTINCT FROM staged.duty) THEN 'duty'
            WHEN (shown.performed_part IS DISTINCT FROM staged.performed_part) THEN 'performed_part'
            WHEN (shown.unperformed_part IS DISTINCT FROM staged.unperformed_part) THEN 'unperformed_part'
            WHEN shown.published_on <> staged.published_on THEN 'published_on'
            WHEN (shown.filed_on IS DISTINCT FROM staged.filed_on) THEN 'filed_on'
            WHEN (shown.basis_number IS DISTINCT FROM staged.basis_number) THEN 'basis_number'
            WHEN (shown.basis_issuer IS DISTINCT FROM staged.basis_issuer) THEN 'basis_issuer'
            WHEN candidate.ordinal IS NULL THEN NULL
            WHEN entity.name <> staged.name THEN 'name'
            WHEN (entity.sex IS DISTINCT FROM staged.sex) THEN 'sex'
            WHEN (entity.age_band IS DISTINCT FROM staged.age_band) THEN 'age_band'
            WHEN (entity.representative IS DISTINCT FROM staged.representative) THEN 'representative'
            WHEN (entity.registered_address IS DISTINCT FROM staged.registered_address) THEN 'registered_address'
            WHEN entity.area_code <> candidate.area_code OR entity.placed_by <> staged.placed_by THEN 'area'
        END AS field
    ) AS difference
WHERE
    listing.id = planned.listing_id
    AND planned.action IN ('changed', 'republished', 'ahead')
    AND (listing.content_hash <> staged.content_hash OR planned.action = 'republished');

-- name: remember_rows()!
-- A row that says what is known in other words, or was read by other rules, is known as it is from now on.
UPDATE register.listing
SET row_hash = staged.row_hash
FROM planned
INNER JOIN staged ON staged.ordinal = planned.ordinal
WHERE
    listing.id = planned.listing_id
    AND planned.action = 'unchanged'
    AND staged.row_hash <> coalesce(listing.row_hash, '00000000-0000-0000-0000-000000000000');

-- name: update_entities()!
UPDATE register.entity
SET
    name = staged.name,
    sex = staged.sex,
    age_band = staged.age_band,
    representative = staged.representative,
    registered_address = staged.registered_address,
    area_code = candidate.area_code,
    placed_by = staged.placed_by,
    point = candidate.point,
    tile_key = staged.tile_key
FROM candidate
INNER JOIN staged ON staged.ordinal = candidate.ordinal
WHERE
    entity.id = candidate.entity_id
    AND candidate.applies
    AND (
        entity.name, entity.sex, entity.age_band, entity.representative, entity.registered_address,
        entity.area_code, entity.placed_by, entity.tile_key, ST_AsBinary(entity.point)
    ) IS DISTINCT FROM (
        staged.name, staged.sex, staged.age_band, staged.representative, staged.registered_address,
        candidate.area_code, staged.placed_by, staged.tile_key, ST_AsBinary(candidate.point)
    );

-- name: insert_listings(import_file_id, source)!
-- Each with the event of its publication: a later file writes the listing over, and with it which one this was.
WITH added AS (
    INSERT INTO register.listing (
        entity_id, court_id, listing_key, content_hash, row_hash, case_number, case_key, basis_issuer, basis_number,
        duty, performance, performed_part, unperformed_part, ground_mask, filed_on, published_on, term_ends_on,
        import_file_id, source
    )
    SELECT
        entity.id, staged.court_id, staged.listing_key, staged.content_hash, staged.row_hash, staged.case_number,
        staged.case_key, staged.basis_issuer, staged.basis_number, staged.duty, staged.performance,
        staged.performed_part, staged.unperformed_part, staged.ground_mask, staged.filed_on, staged.published_on,
        staged.term_ends_on, :import_file_id, :source
    FROM planned
    INNER JOIN staged ON staged.ordinal = planned.ordinal
    INNER JOIN register.entity ON entity.identity_key = planned.identity_key
    WHERE planned.action = 'new'
    RETURNING id, published_on
)

INSERT INTO register.listing_event (
    listing_id, action, to_state, cause, article, effective_on, import_file_id
)
SELECT added.id, 'publish', 'published', 'stated', '第五条', added.published_on, :import_file_id
FROM added;

-- name: delete_replaced_withheld_texts()!
DELETE FROM register.withheld_text
USING planned
WHERE
    withheld_text.listing_id = planned.listing_id
    AND planned.action IN ('changed', 'republished', 'ahead');

-- name: insert_withheld_texts()!
INSERT INTO register.withheld_text (listing_id, field, original)
SELECT listing.id, held.field, held.original
FROM planned
INNER JOIN staged ON staged.ordinal = planned.ordinal
INNER JOIN register.listing ON listing.listing_key = staged.listing_key
CROSS JOIN
    LATERAL (
        VALUES
        ('duty', staged.duty_withheld),
        ('performed_part', staged.performed_part_withheld),
        ('unperformed_part', staged.unperformed_part_withheld)
    ) AS held (field, original)
WHERE
    planned.action IN ('new', 'changed', 'republished', 'ahead')
    AND num_nonnulls(staged.duty_withheld, staged.performed_part_withheld, staged.unperformed_part_withheld) > 0
    AND held.original IS NOT NULL;

-- name: end_stated(import_file_id)!
-- Listings that the file itself says have left: withdrawn, expired and deleted are kept apart.
UPDATE register.listing
SET
    state = CASE staged.ended_cause
        WHEN 'wrongly_listed' THEN 'withdrawn' WHEN 'term_ended' THEN 'expired' ELSE 'deleted'
    END,
    ended_on = staged.ended_on,
    ended_cause = staged.ended_cause,
    import_file_id = :import_file_id
FROM planned
INNER JOIN staged ON staged.ordinal = planned.ordinal
WHERE
    listing.id = planned.listing_id
    AND planned.action = 'removed';

-- name: delete_undone()#
-- A file that removes what it listed itself, more than a chunk before, has listed nothing.
DELETE FROM register.listing
USING planned
WHERE listing.id = planned.listing_id AND planned.action = 'undone';
DELETE FROM register.entity
USING planned
WHERE
    entity.identity_key = planned.identity_key
    AND planned.action = 'undone'
    AND NOT EXISTS (SELECT 1 FROM register.listing WHERE listing.entity_id = entity.id);

-- name: end_absent(import_file_id)!
UPDATE register.listing
SET
    state = 'deleted',
    ended_on = serving.today(),
    ended_cause = coalesce(absent.cause, 'not_in_list'),
    import_file_id = :import_file_id
FROM absent
WHERE
    listing.id = absent.listing_id
    AND NOT absent.stays;

-- name: update_courts_as_of(court_id, named)!
UPDATE register.court
SET as_of = now()
WHERE
    id = ANY(CAST(:named AS uuid []))
    OR id = CAST(:court_id AS uuid);

-- name: begin_bulk()$
-- Until end_bulk the serving tables stay behind, and each statement only notes whom it touches.
SELECT set_config('listings.bulk', 'on', true);

-- name: end_bulk()$
SELECT serving.end_bulk();

-- name: fold_counts()$
SELECT serving.fold_counts();

-- name: rebuild_serving()$
SELECT serving.rebuild();

-- name: list_serving_differences()
SELECT place, number FROM serving.differences();

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

-- name: holds_listings()$
SELECT EXISTS (SELECT 1 FROM register.listing);

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
