-- name: create_new_names()#
-- A place for the names that the index lacks, until the transaction ends.
CREATE TEMPORARY TABLE new_name (is_person boolean, name_folded text COLLATE "C", keys text []) ON COMMIT DROP;

-- name: drop_new_names()#
DROP TABLE new_name;

-- name: holds_new_names()$
-- Whether any name was staged.
SELECT EXISTS (SELECT 1 FROM new_name);

-- name: index_name_keys()#
-- Behind the first filling; later there is nothing to do.
SELECT register.index_name_keys();

-- name: list_unindexed_names()
-- Names of the listed that the index lacks.
SELECT DISTINCT entity.kind = 'person' AS is_person, entity.name_folded  -- noqa: ST06
FROM register.entity
WHERE
    NOT EXISTS (
        SELECT 1
        FROM register.name
        WHERE name.is_person = (entity.kind = 'person') AND name.name_folded = entity.name_folded
    );

-- name: insert_new_names()!
-- The staged names; one that another transaction added meanwhile stays as it is.
INSERT INTO register.name (is_person, name_folded, keys)
SELECT is_person, name_folded, keys
FROM new_name
ORDER BY is_person, name_folded
ON CONFLICT DO NOTHING;

-- name: delete_unused_names()!
-- Names that nobody in the register bears any more.
DELETE FROM register.name
WHERE
    NOT EXISTS (
        SELECT 1
        FROM register.entity
        WHERE entity.name_folded = name.name_folded AND (entity.kind = 'person') = name.is_person
    );

-- name: delete_common_grams()!
DELETE FROM register.common_gram;

-- name: insert_common_grams(sampled_names, least_names, least_percent, walked_percent)!
-- Pairs of characters in many names, estimated from a random sample.
WITH
total AS (
    SELECT greatest(count(*), 1) AS names
    FROM register.name
),

sample AS (
    SELECT name.is_person, name.keys
    FROM register.name
    WHERE random() * (SELECT total.names FROM total) <= :sampled_names
),

sampled AS (
    SELECT is_person, count(*) AS names
    FROM sample
    GROUP BY is_person
),

gram AS (
    -- the length of the name stands behind
    SELECT sample.is_person, left(known.key, 2) AS gram, count(*) AS names
    FROM sample
    CROSS JOIN LATERAL unnest(sample.keys) AS known (key)
    WHERE substr(known.key, 3, 1) = '/' AND left(known.key, 1) NOT IN ('~', '^', '#')
    GROUP BY sample.is_person, left(known.key, 2)
),

size AS (
    SELECT (SELECT total.names FROM total) / greatest(sum(sampled.names), 1) AS scale
    FROM sampled
)

INSERT INTO register.common_gram (is_person, gram, names, is_walked)
SELECT
    gram.is_person, gram.gram, gram.names * size.scale,  -- noqa: RF02
    100.0 * gram.names >= :walked_percent * sampled.names  -- noqa: RF02
FROM gram
INNER JOIN sampled ON sampled.is_person = gram.is_person
CROSS JOIN size
WHERE gram.names * size.scale >= :least_names AND 100.0 * gram.names >= :least_percent * sampled.names;  -- noqa: RF02
