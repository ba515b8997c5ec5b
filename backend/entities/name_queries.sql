-- name: list_names_around(people, bodies, part, pairs, brand, score, from_name, most)
-- Names that contain a text, best first, from a score and a name on.
SELECT true AS is_person, name_folded, score
FROM serving.names_around(true, :part, :pairs, :brand, :score, :from_name, :most)
WHERE :people
UNION ALL
SELECT false, name_folded, score
FROM serving.names_around(false, :part, :pairs, :brand, :score, :from_name, :most)
WHERE :bodies;

-- name: list_names_walked(people, part, from_name, most, walked)
-- Names that contain a text which many names contain, in their order from one on.
SELECT name_folded, is_found
FROM serving.names_walked(:people, :part, :from_name, :most, :walked);

-- name: list_names_spelt(people, bodies, readings, initials, most)
-- Names with one of the reading keys, and names with one of the initials.
SELECT true AS is_person, false AS by_initials, name_folded
FROM serving.names_with_any(true, :readings, :most) AS name_folded
WHERE :people
UNION ALL
SELECT false, false, name_folded
FROM serving.names_with_any(false, :readings, :most) AS name_folded
WHERE :bodies
UNION ALL
SELECT true, true, name_folded
FROM serving.names_with_any(true, :initials, :most) AS name_folded
WHERE :people
UNION ALL
SELECT false, true, name_folded
FROM serving.names_with_any(false, :initials, :most) AS name_folded
WHERE :bodies;

-- name: list_names_with_any(people, keys, most)
-- Names that have at least one of the keys.
SELECT name_folded
FROM serving.names_with_any(:people, :keys, :most) AS name_folded;

-- name: list_names_alike(nets, most_by_sound, most)
-- Of people and of bodies: names with one of the reading keys; those of some names; and names that are open at one
-- place, the likeliest there first.
WITH net AS (
    SELECT net.*
    FROM
        jsonb_to_recordset(CAST(:nets AS jsonb))
            AS net (is_person boolean, readings text [], among text [], pairs text [], start text, rest text, alike text)
)

SELECT net.is_person, true AS by_sound, found.name_folded
FROM net
CROSS JOIN LATERAL serving.names_with_any(net.is_person, net.readings, :most_by_sound) AS found (name_folded)  -- noqa: RF02
WHERE net.readings IS NOT NULL
UNION ALL
SELECT net.is_person, false, found.name_folded
FROM net
CROSS JOIN LATERAL serving.names_among(net.is_person, net.among, :most) AS found (name_folded)  -- noqa: RF02
WHERE net.among IS NOT NULL
UNION ALL
SELECT net.is_person, false, found.name_folded
FROM net
CROSS JOIN
    LATERAL serving.names_one_off(
        net.is_person, net.pairs, net.start, net.rest, net.alike, :most  -- noqa: RF02
    ) AS found (name_folded)
WHERE net.pairs IS NOT NULL;
