-- migrate:up

SET ROLE owner;

CREATE TABLE register.area (
    code text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    level text NOT NULL,
    parent_code text COLLATE "C" REFERENCES register.area (code),
    city_bubble_code text COLLATE "C" NOT NULL REFERENCES register.area (code) DEFERRABLE INITIALLY DEFERRED,
    label_point geometry(Point, 4326) NOT NULL,
    label_tile_x integer NOT NULL,
    label_tile_y integer NOT NULL,
    outline geometry(MultiPolygon, 4326),
    provider text NOT NULL,
    provider_version text NOT NULL,
    provider_crs text NOT NULL,
    CONSTRAINT area_level_known CHECK (level IN ('province', 'city', 'county')),
    CONSTRAINT area_code_matches_level CHECK (
        (level = 'province' AND code ~ '^[0-9]{2}$')
        OR (level = 'city' AND code ~ '^[0-9]{4}$')
        OR (level = 'county' AND code ~ '^[0-9]{6}$')
    ),
    CONSTRAINT area_parent_by_level CHECK ((level = 'province') = (parent_code IS NULL)),
    CONSTRAINT area_below_its_parent CHECK (parent_code IS NULL OR starts_with(code, parent_code)),
    CONSTRAINT area_outline_valid CHECK (outline IS NULL OR ST_IsValid(outline))
);
CREATE INDEX area_parent_code ON register.area (parent_code);
CREATE INDEX area_outline_gist ON register.area USING gist (outline);
COMMENT ON TABLE register.area IS
'Administrative divisions (行政区划), GB/T 2260 codes: province 2 digits, city 4, county 6. A code answers for everything below it.';
COMMENT ON COLUMN register.area.city_bubble_code IS
'The area whose bubble counts this one at zoom 6-8: its city; its province where the province has no city level; else itself.';
COMMENT ON COLUMN register.area.label_point IS
'Where the name and the count stand, WGS 84. A label, not a place; inside the outline where there is one.';
COMMENT ON COLUMN register.area.label_tile_x IS 'Web-mercator tile column of label_point at zoom 21.';
COMMENT ON COLUMN register.area.label_tile_y IS 'Web-mercator tile row of label_point at zoom 21.';
COMMENT ON COLUMN register.area.outline IS 'Full outline, WGS 84; NULL where no provider draws one.';
COMMENT ON COLUMN register.area.provider_crs IS 'The CRS the provider published; the outline itself is stored in WGS 84.';

CREATE TABLE register.area_outline (
    area_code text COLLATE "C" NOT NULL REFERENCES register.area (code) ON DELETE CASCADE,
    max_zoom smallint NOT NULL,
    outline geometry(MultiPolygon, 4326) NOT NULL,
    PRIMARY KEY (area_code, max_zoom),
    CONSTRAINT area_outline_zoom_range CHECK (max_zoom BETWEEN 0 AND 18),
    CONSTRAINT area_outline_simplified_valid CHECK (ST_IsValid(outline))
);
COMMENT ON TABLE register.area_outline IS
'Outlines simplified for drawing, edges shared by neighbours kept shared. A zoom is served by the row with the least max_zoom not below it.';

CREATE VIEW serving.area AS
SELECT
    code, name, level, parent_code, city_bubble_code, label_point, label_tile_x, label_tile_y, outline,
    provider, provider_version
FROM register.area;
COMMENT ON VIEW serving.area IS 'Administrative divisions with their full outlines.';

CREATE VIEW serving.area_outline AS
SELECT area_code, max_zoom, outline
FROM register.area_outline;
COMMENT ON VIEW serving.area_outline IS 'Outlines simplified for drawing.';

GRANT SELECT, INSERT, UPDATE, DELETE ON register.area, register.area_outline TO operator;
GRANT SELECT ON serving.area, serving.area_outline TO public_reader, operator;

RESET ROLE;

-- migrate:down

DROP VIEW serving.area_outline;
DROP VIEW serving.area;
DROP TABLE register.area_outline;
DROP TABLE register.area;
