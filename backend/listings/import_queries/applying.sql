-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:court_id:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:import_file_id:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:source:'court'

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
),

-- what a file may state a publication by, as it was the law on a day
law AS (
    SELECT cause.article, cause.valid_from, cause.valid_until
    FROM register.cause
    WHERE cause.action = 'publish' AND cause.code = 'stated'
)

INSERT INTO register.listing_event (
    listing_id, action, to_state, cause, article, effective_on, import_file_id
)
SELECT
    added.id, 'publish', 'published', 'stated', coalesce(law.article, ''), added.published_on, :import_file_id
FROM added
LEFT JOIN law ON added.published_on >= law.valid_from AND coalesce(added.published_on <= law.valid_until, true);

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

-- name: holds_listings()$
SELECT EXISTS (SELECT 1 FROM register.listing);
