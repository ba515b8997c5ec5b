-- migrate:up

SET ROLE owner;

ALTER TABLE register.area ADD COLUMN name_en text;
COMMENT ON COLUMN register.area.name_en IS
'The name in English, made of its pinyin when areas are loaded; NULL for one that does not read, and until they are loaded again.';

CREATE OR REPLACE VIEW serving.area AS
SELECT
    code, name, level, parent_code, city_bubble_code, label_point, label_tile_x, label_tile_y, outline,
    provider, provider_version, name_en
FROM register.area;

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP VIEW serving.area;
ALTER TABLE register.area DROP COLUMN name_en;
CREATE VIEW serving.area AS
SELECT
    code, name, level, parent_code, city_bubble_code, label_point, label_tile_x, label_tile_y, outline,
    provider, provider_version
FROM register.area;
COMMENT ON VIEW serving.area IS 'Administrative divisions with their full outlines.';
GRANT SELECT ON serving.area TO public_reader, operator, court;

RESET ROLE;
