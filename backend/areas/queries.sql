-- name: create_staged_area()#
-- A place for one provider's areas until they are compared with the register.
CREATE TEMPORARY TABLE staged_area (
    code text COLLATE "C" PRIMARY KEY,
    name text,
    level text NOT NULL,
    parent_code text,
    city_bubble_code text NOT NULL,
    label_point geometry (Point, 4326) NOT NULL,
    label_tile_x integer NOT NULL,
    label_tile_y integer NOT NULL,
    outline geometry (MultiPolygon, 4326),
    provider text NOT NULL,
    provider_version text NOT NULL,
    provider_crs text NOT NULL,
    name_en text
);
CREATE TEMPORARY TABLE staged_outline (
    area_code text COLLATE "C" NOT NULL,
    max_zoom smallint NOT NULL,
    outline geometry (MultiPolygon, 4326) NOT NULL
);

-- name: drop_staged_area()#
-- Make room for another load in the same transaction.
DROP TABLE staged_area, staged_outline;

-- name: apply_staged_area()^
-- Insert what is new and update what differs; xmax is 0 only in rows that this statement inserted.
WITH written AS (
    INSERT INTO register.area AS area (
        code, name, level, parent_code, city_bubble_code, label_point, label_tile_x, label_tile_y, outline,
        provider, provider_version, provider_crs, name_en
    )
    SELECT
        staged_area.code, coalesce(staged_area.name, known.name, staged_area.code), staged_area.level,
        staged_area.parent_code, staged_area.city_bubble_code, staged_area.label_point, staged_area.label_tile_x,
        staged_area.label_tile_y, staged_area.outline, staged_area.provider, staged_area.provider_version,
        staged_area.provider_crs, CASE WHEN staged_area.name IS NULL THEN known.name_en ELSE staged_area.name_en END
    FROM staged_area
    LEFT JOIN register.area AS known ON known.code = staged_area.code
    ON CONFLICT (code) DO UPDATE
        SET
            name = excluded.name,
            level = excluded.level,
            parent_code = excluded.parent_code,
            city_bubble_code = excluded.city_bubble_code,
            label_point = excluded.label_point,
            label_tile_x = excluded.label_tile_x,
            label_tile_y = excluded.label_tile_y,
            outline = excluded.outline,
            provider = excluded.provider,
            provider_version = excluded.provider_version,
            provider_crs = excluded.provider_crs,
            name_en = excluded.name_en
        WHERE area IS DISTINCT FROM excluded
    RETURNING (xmax = 0) AS is_new
)

SELECT
    count(*) FILTER (WHERE is_new) AS added,
    count(*) FILTER (WHERE NOT is_new) AS changed
FROM written;

-- name: delete_replaced_outlines()!
-- Simplified outlines of areas that the staged provider draws anew, or no longer draws.
DELETE FROM register.area_outline
USING staged_area
WHERE staged_area.code = area_outline.area_code;

-- name: insert_staged_outlines()!
-- The staged simplified outlines.
INSERT INTO register.area_outline (area_code, max_zoom, outline)
SELECT area_code, max_zoom, outline
FROM staged_outline;

-- name: delete_gone_areas()!
-- Areas that the staged provider lacks, unless a court or an entity stands in them or below; ':' sorts after '9'.
DELETE FROM register.area
WHERE
    NOT EXISTS (SELECT FROM staged_area WHERE staged_area.code = area.code)
    AND NOT EXISTS (
        SELECT FROM register.court
        WHERE court.area_code >= area.code AND court.area_code < area.code || ':'
    )
    AND NOT EXISTS (
        SELECT FROM register.entity
        WHERE entity.area_code >= area.code AND entity.area_code < area.code || ':'
    );

-- name: count_kept_areas()$
-- Areas that the staged provider lacks and that stay because something refers to them.
SELECT count(*)
FROM register.area
WHERE NOT EXISTS (SELECT FROM staged_area WHERE staged_area.code = area.code);

-- name: list_provinces()
-- Every province.
SELECT code, name, name_en, level, parent_code
FROM serving.area
WHERE parent_code IS NULL
ORDER BY code;

-- name: list_children(parent)
-- The areas directly below one.
SELECT code, name, name_en, level, parent_code
FROM serving.area
WHERE parent_code = :parent
ORDER BY code;

-- name: list_all()
-- Every area, for a search by name over the few thousand there are.
SELECT code, name, name_en, level, parent_code
FROM serving.area
ORDER BY code;

-- name: find_area_at(lon, lat)^
-- The county that holds a WGS 84 position, or the city or province where no county is drawn there.
SELECT code, name, name_en, level, parent_code
FROM serving.area
WHERE ST_Intersects(outline, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326))
ORDER BY length(code) DESC, code
LIMIT 1;

-- name: find_area(code)^
-- One area with its label point and its box: the outline's, or the label point's own where nothing is drawn.
-- materialized, so that a province's outline is read once and not for each side
WITH drawn AS MATERIALIZED (
    SELECT code, name, name_en, level, parent_code, label_point, Box3D(coalesce(outline, label_point)) AS box
    FROM serving.area
    WHERE code = :code
)

SELECT
    code,
    name,
    name_en,
    level,
    parent_code,
    ST_X(label_point) AS lon,
    ST_Y(label_point) AS lat,
    ST_XMin(box) AS west,
    ST_YMin(box) AS south,
    ST_XMax(box) AS east,
    ST_YMax(box) AS north
FROM drawn;

-- name: find_area_counts(code)^
-- Entities with a current listing in an area and everything below it, and how its people came to stand there.
SELECT
    coalesce(sum(person), 0)::bigint AS person,
    coalesce(sum(company), 0)::bigint AS company,
    coalesce(sum(organisation), 0)::bigint AS organisation,
    coalesce(sum(person_by_county), 0)::bigint AS by_county,
    coalesce(sum(person - person_by_county), 0)::bigint AS by_court_area
FROM serving.current_count
-- from zoom 9 on everybody counts in the area itself
WHERE from_zoom = 9 AND area_code >= :code AND area_code < :code || ':';

-- name: find_recent_counts(code)^
-- Entities listed in the last 30 days, and entities that left in that time and are listed no more, as last counted.
SELECT coalesce(sum(added), 0)::bigint AS added, coalesce(sum(removed), 0)::bigint AS removed
FROM serving.recent_count
WHERE area_code = :code AND day <= serving.today();

-- name: find_as_of(code)$
-- The import of the oldest list of a court of this area, or of one above or below it: age must not hide.
SELECT min(as_of)
FROM serving.court
WHERE starts_with(area_code, :code) OR starts_with(:code, area_code);

-- name: find_outline(code, zoom)^
-- An area with the coarsest outline that is good enough for a zoom, else the full one; GeoJSON, WGS 84.
WITH
wanted AS (
    SELECT code, name, level, outline
    FROM serving.area
    WHERE code = :code
),

-- a scale's outline serves every zoom up to its own
simplified AS (
    SELECT outline
    FROM serving.area_outline
    WHERE area_code = :code AND max_zoom >= :zoom
    ORDER BY max_zoom
    LIMIT 1
)

SELECT
    wanted.code,
    wanted.name,
    wanted.level,
    ST_AsGeoJSON(coalesce(simplified.outline, wanted.outline), 6) AS geometry
FROM wanted
LEFT JOIN simplified ON true;
