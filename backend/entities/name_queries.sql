-- name: list_exact_names(people, bodies, name)
-- A folded name as it was typed, of people and of bodies.
SELECT is_person, name_folded
FROM serving.name
WHERE name_folded = :name AND ((is_person AND :people) OR (NOT is_person AND :bodies));

-- name: list_names_from(people, bodies, first_name, until_name, most)
-- Names from one on to before another, in order: those that begin with a text.
SELECT is_person, name_folded
FROM (
    (
        SELECT is_person, name_folded
        FROM serving.name
        WHERE :people AND is_person AND name_folded >= :first_name AND name_folded < :until_name
        ORDER BY name_folded
        LIMIT :most
    )
    UNION ALL
    (
        SELECT is_person, name_folded
        FROM serving.name
        WHERE :bodies AND NOT is_person AND name_folded >= :first_name AND name_folded < :until_name
        ORDER BY name_folded
        LIMIT :most
    )
) AS name
ORDER BY name_folded, is_person
LIMIT :most;

-- name: list_common_grams(people, grams)
-- Those of the pairs of characters that too many names have.
SELECT gram
FROM serving.common_gram
WHERE is_person = :people AND gram = ANY(:grams);

-- name: list_names_walked(people, part, most, walked)
-- Names that contain a text which many names contain, in their order from the first on.
SELECT name_folded
FROM serving.names_walked(:people, :part, '', :most, :walked) AS name_folded;

-- name: list_names_with_all(people, keys, most)
-- Names that have every key.
SELECT name_folded
FROM serving.names_with_all(:people, :keys, :most) AS name_folded;

-- name: list_names_with_any(people, keys, most)
-- Names that have at least one of the keys.
SELECT name_folded
FROM serving.names_with_any(:people, :keys, :most) AS name_folded;

-- name: list_known_names(people, names)
-- Those of the names that are listed.
SELECT name_folded
FROM serving.name
WHERE is_person = :people AND name_folded = ANY(:names);

-- name: list_characters_at(people, places, keys, patterns, most)
-- For each place, counted from 1, the characters that listed names have there and the typed one has not.
SELECT wanted.place, serving.characters_at(:people, wanted.place, string_to_array(wanted.keys, chr(1)), wanted.pattern, :most) AS characters
FROM unnest(CAST(:places AS integer []), CAST(:keys AS text []), CAST(:patterns AS text [])) AS wanted (place, keys, pattern);
