-- name: list_register_areas()
-- What the rule for courts starts from.
SELECT code, name, parent_code
FROM register.area
ORDER BY code;

-- name: list_corrected_courts()
-- Courts that a corrections file or the court itself stated: the rule never overwrites them.
SELECT
    court.code, court.name, court.level, court.area_code, superior.code AS superior, court.phone, court.address
FROM register.court
LEFT JOIN register.court AS superior ON superior.id = court.superior_id
WHERE NOT court.by_rule;

-- name: create_staged_court()#
-- A place for courts and their names until they are compared with the register.
CREATE TEMPORARY TABLE staged_court (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    area_code text NOT NULL,
    superior_id uuid,
    phone text,
    address text,
    by_rule boolean NOT NULL
);
CREATE TEMPORARY TABLE staged_court_name (
    name_folded text NOT NULL,
    court_id uuid NOT NULL
);

-- name: drop_staged_court()#
-- Make room for another load in the same transaction.
DROP TABLE staged_court, staged_court_name;

-- name: apply_staged_court()^
-- Insert what is new and update what differs, never as_of; xmax is 0 only in rows that this statement inserted.
WITH written AS (
    INSERT INTO register.court AS court (
        id, code, name, level, area_code, superior_id, phone, address, by_rule
    )
    SELECT id, code, name, level, area_code, superior_id, phone, address, by_rule
    FROM staged_court
    ON CONFLICT (id) DO UPDATE
        SET
            name = excluded.name,
            level = excluded.level,
            area_code = excluded.area_code,
            superior_id = excluded.superior_id,
            phone = excluded.phone,
            address = excluded.address,
            by_rule = excluded.by_rule
        WHERE
        (
            court.name, court.level, court.area_code, court.superior_id,
            court.phone, court.address, court.by_rule
        )
        IS DISTINCT FROM
        (
            excluded.name, excluded.level, excluded.area_code, excluded.superior_id,
            excluded.phone, excluded.address, excluded.by_rule
        )
    RETURNING (xmax = 0) AS is_new
)

SELECT
    count(*) FILTER (WHERE is_new) AS added,
    count(*) FILTER (WHERE NOT is_new) AS changed
FROM written;

-- name: delete_other_names()!
-- Names by which a staged court is no longer called.
DELETE FROM register.court_name
USING staged_court
WHERE
    staged_court.id = court_name.court_id
    AND NOT EXISTS (
        SELECT FROM staged_court_name
        WHERE
            staged_court_name.court_id = court_name.court_id
            AND staged_court_name.name_folded = court_name.name_folded
    );

-- name: insert_staged_names()!
-- Names by which the staged courts are called.
INSERT INTO register.court_name (name_folded, court_id)
SELECT name_folded, court_id
FROM staged_court_name
ON CONFLICT DO NOTHING;

-- name: save_ground(id, text, plain_zh, plain_en, short_zh, short_en, article, has_term, how_it_ends_zh, how_it_ends_en)!
-- One ground, new or in place.
INSERT INTO register.ground (
    id, text, plain_zh, plain_en, short_zh, short_en, article, has_term, how_it_ends_zh, how_it_ends_en
)
VALUES (
    :id, :text, :plain_zh, :plain_en, :short_zh, :short_en, :article, :has_term, :how_it_ends_zh, :how_it_ends_en
)
ON CONFLICT (id) DO UPDATE
    SET
        text = excluded.text,
        plain_zh = excluded.plain_zh,
        plain_en = excluded.plain_en,
        short_zh = excluded.short_zh,
        short_en = excluded.short_en,
        article = excluded.article,
        has_term = excluded.has_term,
        how_it_ends_zh = excluded.how_it_ends_zh,
        how_it_ends_en = excluded.how_it_ends_en;

-- name: list_grounds()
-- The six grounds.
SELECT id, text, plain_zh, plain_en, short_zh, short_en, article, how_it_ends_zh, how_it_ends_en
FROM serving.ground
ORDER BY id;

-- name: find_court(court)^
-- One court with its area and its superior.
SELECT
    court.id, court.code, court.name, court.level, court.area_code, area.name AS area_name, area.name_en AS area_name_en,
    superior.id AS superior_id, superior.name AS superior_name,
    court.phone, court.address, court.by_rule, court.as_of,
    acceptance.accepts_tips, acceptance.accepts_objections
FROM serving.court
INNER JOIN serving.area ON area.code = court.area_code
INNER JOIN serving.court_acceptance AS acceptance ON acceptance.court_id = court.id
LEFT JOIN serving.court AS superior ON superior.id = court.superior_id
WHERE court.id = CAST(:court AS uuid);

-- name: list_court_keys(court)
-- What a phone needs to walk from the root to the court's keys: the signing key first.
SELECT court_id, use, number, key, not_after, signature
FROM serving.court_key
WHERE court_id = CAST(:court AS uuid)
ORDER BY use <> 'sign', use;

-- name: find_self_check_counts(court)^
-- Of a court's current listings of people: how many there are, and how many a self-check can compare.
SELECT comparable, total
FROM serving.self_check_counts(CAST(:court AS uuid));

-- name: find_area(code)^
-- An area, if there is one of this code.
SELECT code
FROM serving.area
WHERE code = :code;

-- name: find_as_of(area)$
-- The import of the oldest list of a court of this area, or of one above or below it; an empty area means any court.
SELECT min(as_of)
FROM serving.court
WHERE starts_with(area_code, :area) OR starts_with(:area, area_code);
