-- name: list_ids(number)
SELECT listed.entity_id::text
FROM serving.listed
ORDER BY hashtext(listed.entity_id::text)
LIMIT :number;

-- name: list_shared_names(number)
-- Names of people that more than five listed bear.
SELECT listed.name
FROM serving.listed
WHERE listed.kind = 'person'
GROUP BY listed.name
HAVING count(*) > 5
ORDER BY hashtext(listed.name)
LIMIT :number;

-- name: list_prefixes(number)
-- Beginnings of two characters of people's names and of five of bodies', each of at least forty of the listed.
SELECT left(listed.name, CASE WHEN listed.kind = 'person' THEN 2 ELSE 5 END) AS beginning
FROM serving.listed
WHERE listed.kind <> 'organisation'
GROUP BY beginning
HAVING count(*) >= 40
ORDER BY hashtext(left(min(listed.name), 5))
LIMIT :number;

-- name: list_names(number)
SELECT listed.name
FROM serving.listed
WHERE char_length(listed.name) >= 3
ORDER BY hashtext(listed.entity_id::text || 'name')
LIMIT :number;

-- name: list_folded_names(number)
SELECT name.name_folded
FROM register.name
WHERE char_length(name.name_folded) >= 3
ORDER BY hashtext(name.name_folded)
LIMIT :number;

-- name: list_labels(number)
SELECT ST_X(area.label_point), ST_Y(area.label_point)
FROM serving.area
WHERE area.level = 'county'
ORDER BY hashtext(area.code)
LIMIT :number;

-- name: list_crowded(shift, least, most, number)
-- Tiles in which so many bodies stand, by the first bits of their keys.
SELECT listed.tile_key >> :shift AS tile
FROM serving.listed
WHERE listed.tile_key IS NOT NULL
GROUP BY tile
HAVING count(*) BETWEEN :least AND :most
ORDER BY hashint8(min(listed.tile_key))
LIMIT :number;

-- name: list_points(number)
SELECT ST_X(listed.point), ST_Y(listed.point)
FROM serving.listed
WHERE listed.point IS NOT NULL
ORDER BY hashtext(listed.entity_id::text || 'point')
LIMIT :number;

-- name: count_listed()$
SELECT count(*) FROM serving.listed;
