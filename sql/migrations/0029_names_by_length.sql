-- migrate:up

SET ROLE owner;

-- What many names hold is ranked by how long the name is: with the length in the key, the best are found first and the
-- others are never read.
DROP INDEX IF EXISTS register.name_keys_of_people, register.name_keys_of_bodies;
UPDATE register.name
SET
    keys = ARRAY(
        SELECT told.key
        FROM unnest(name.keys) AS known (key)
        CROSS JOIN
            LATERAL (
                SELECT
                    CASE
                        WHEN char_length(known.key) = 2 AND left(known.key, 1) NOT IN ('~', '^', '#')
                            THEN known.key || '/' || least(char_length(name.name_folded), 40)
                        ELSE known.key
                    END AS key
                UNION
                SELECT known.key || '/' || least(char_length(name.name_folded), 40)
                WHERE known.key LIKE '#%'
            ) AS told
        ORDER BY told.key
    );
COMMENT ON COLUMN register.name.keys IS
'Told apart by the first character: two neighbouring characters with the name''s length, 40 at most (or A_C for a three-character name), ~ a full reading, ^ initials, # a brand, with the length and without. Made by backend/core/name_forms.py.';

CREATE OR REPLACE FUNCTION register.index_name_keys() RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = register, pg_temp
AS $$
    -- Without the list of pending entries, which every look-up would have to read through.
    CREATE INDEX IF NOT EXISTS name_keys_of_people
    ON register.name USING gin (keys) WITH (fastupdate = off) WHERE is_person;
    CREATE INDEX IF NOT EXISTS name_keys_of_bodies
    ON register.name USING gin (keys) WITH (fastupdate = off) WHERE NOT is_person;
    -- A given name is borne by thousands, who come in their order from here.
    CREATE INDEX IF NOT EXISTS name_behind_first_of_people
    ON register.name (substr(name_folded, 2), name_folded) WHERE is_person;
$$;
DO $$
BEGIN
    IF EXISTS (SELECT FROM register.name) THEN
        PERFORM register.index_name_keys();
    END IF;
END
$$;

CREATE FUNCTION register.with_lengths(parts text [], shortest integer, longest integer) RETURNS text []
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT part.key || '/' || length.number
    FROM unnest(parts) AS part (key)
    CROSS JOIN generate_series(shortest, longest) AS length (number)
);
COMMENT ON FUNCTION register.with_lengths(text [], integer, integer) IS
'The keys of pairs of characters, or of brands, in names of some lengths.';

CREATE OR REPLACE FUNCTION serving.contains_score(folded text, part text, is_brand boolean) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    -- among those of one brand the shortest first, which is nearest to what was typed
    WHEN is_brand THEN round(0.9 - 0.0001 * least(char_length(folded), 40), 4)
    ELSE greatest(0.003, round(
        CASE WHEN strpos(folded, part) > 0 THEN 0.8 ELSE 0.08 END * char_length(part) / char_length(folded), 3
    ))
END::double precision;

ALTER TABLE register.common_gram
ADD COLUMN names bigint NOT NULL DEFAULT 0,
ADD COLUMN is_walked boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN register.common_gram.names IS 'In how many names it stands, estimated.';
COMMENT ON COLUMN register.common_gram.is_walked IS
'Whether in so many (公司, 有限) that walking the names finds twenty of them sooner than the index does.';
COMMENT ON TABLE register.common_gram IS 'Pairs of characters in many names (公司, 石家). Counted anew after an import.';

CREATE OR REPLACE FUNCTION register.are_common(of_people boolean, pairs text []) RETURNS boolean
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM unnest(pairs) AS pair (gram)
        WHERE NOT EXISTS (
            SELECT FROM register.common_gram
            WHERE common_gram.is_person = of_people AND common_gram.gram = pair.gram AND common_gram.is_walked
        )
    );
END
$$;

CREATE FUNCTION register.telling(of_people boolean, pairs text [], most integer) RETURNS text []
LANGUAGE sql STABLE
AS $$
    SELECT ARRAY(
        SELECT pair.gram
        FROM unnest(pairs) WITH ORDINALITY AS pair (gram, place)
        LEFT JOIN register.common_gram ON common_gram.is_person = of_people AND common_gram.gram = pair.gram
        ORDER BY common_gram.names NULLS FIRST, pair.place DESC
        LIMIT most
    )
$$;
COMMENT ON FUNCTION register.telling(boolean, text [], integer) IS
'So many of the pairs of characters, those that fewest names hold first; of the rare ones the last, since a name begins with its place.';

CREATE FUNCTION register.names_of_lengths(
    of_people boolean, these text [], those text [], most integer
) RETURNS TABLE (folded text, keys text [])
LANGUAGE plpgsql STABLE
SET enable_seqscan = off
SET enable_indexscan = off
SET enable_indexonlyscan = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    IF of_people THEN
        RETURN QUERY
        SELECT name.name_folded, name.keys
        FROM register.name
        WHERE name.is_person AND name.keys && these AND name.keys && those
        LIMIT most;
    ELSE
        RETURN QUERY
        SELECT name.name_folded, name.keys
        FROM register.name
        WHERE NOT name.is_person AND name.keys && these AND name.keys && those
        LIMIT most;
    END IF;
END
$$;
COMMENT ON FUNCTION register.names_of_lengths(boolean, text [], text [], integer) IS
'Names with one of some keys and one of others, and all their keys, in no stated order.';

CREATE FUNCTION register.names_given(part text, from_name text, most integer) RETURNS SETOF text
LANGUAGE plpgsql STABLE
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    SELECT name.name_folded::text
    FROM register.name
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = name.name_folded AND bearer.is_person
            LIMIT 1
        ) AS borne
    WHERE name.is_person AND substr(name.name_folded, 2) = part AND name.name_folded >= from_name
    ORDER BY name.name_folded
    LIMIT most;
END
$$;
COMMENT ON FUNCTION register.names_given(text, text, integer) IS
'People''s names listed today that are the text behind one character, in their order from one on.';

CREATE FUNCTION register.names_ranked(
    of_people boolean, part text, brand text, pairs text [], lengths int4range, ways text [], from_score double precision,
    from_name text, most integer
) RETURNS TABLE (folded text, score double precision)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    least_length constant integer := lower(lengths);
    most_length constant integer := upper(lengths) - 1;
    these constant text [] := register.with_lengths(
        CASE WHEN ways = '{brand}' THEN ARRAY[brand] ELSE pairs[1:1] END, least_length, most_length
    );
    those constant text [] := register.with_lengths(pairs[cardinality(pairs):], least_length, most_length);
BEGIN
    RETURN QUERY
    SELECT ranked.folded, ranked.score
    FROM (
        SELECT scored.folded, scored.score
        FROM (
            SELECT
                found.folded,
                serving.contains_score(found.folded, part, way.name = 'brand') AS score
            FROM register.names_of_lengths(of_people, these, those, NULL) AS found
            CROSS JOIN
                LATERAL (
                    SELECT
                        CASE
                            WHEN brand = ANY(found.keys) THEN 'brand'
                            WHEN strpos(found.folded, part) > 0 THEN 'text'
                            WHEN serving.contains(found.folded, part, of_people) THEN 'bracket'
                        END AS name
                ) AS way
            WHERE way.name = ANY(ways) AND NOT starts_with(found.folded, part)
        ) AS scored
        WHERE scored.score < from_score OR (scored.score = from_score AND scored.folded >= from_name COLLATE "C")
        ORDER BY scored.score DESC, scored.folded COLLATE "C"
    ) AS ranked
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = ranked.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
    LIMIT most;
END
$$;
COMMENT ON FUNCTION register.names_ranked(
    boolean, text, text, text [], int4range, text [], double precision, text, integer
) IS
'Names listed today, so long, that contain a text in some of three ways (as the brand, as it stands, without what stands in brackets), best first.';

CREATE FUNCTION register.contains_steps(of_people boolean, part text, brand text, pairs text [])
RETURNS TABLE (number integer, lengths int4range, ways text [], least_score double precision)
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    -- names so long or longer share a key
    longest constant integer := 40;
    few constant integer := 400;
    size constant numeric := char_length(part);
BEGIN
    IF of_people THEN
        -- those one longer come by register.names_given()
        RETURN QUERY SELECT 1, int4range(least(size::integer + 2, longest), longest + 1), '{text}'::text [], 0.0::double precision;
        RETURN;
    END IF;
    IF (
        SELECT count(*)
        FROM register.names_of_lengths(
            false, register.with_lengths(pairs[1:1], 1, longest),
            register.with_lengths(pairs[cardinality(pairs):], 1, longest), few
        )
    ) < few THEN
        RETURN QUERY SELECT 1, int4range(1, longest + 1), '{brand,text,bracket}'::text [], 0.0::double precision;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT
        range.number + 100 * way.number, int4range(range.first, range.last + 1), ARRAY[way.name],
        CASE way.name
            WHEN 'brand' THEN 0.9 - 0.0001 * range.last
            WHEN 'text' THEN CASE range.last WHEN longest THEN 0 ELSE round(0.8 * size / range.last, 3) END
            ELSE 0
        END::double precision
    FROM (
        VALUES
        (1, 1, 8), (2, 9, 9), (3, 10, 10), (4, 11, 11), (5, 12, 12), (6, 13, 13), (7, 14, 14), (8, 15, 15), (9, 16, 17),
        (10, 18, 20), (11, 21, longest)
    ) AS range (number, first, last)
    CROSS JOIN (VALUES (1, 'brand'), (2, 'text')) AS way (number, name)
    WHERE range.last > size OR range.last = longest
    UNION ALL
    SELECT 300, int4range(1, longest + 1), '{bracket}'::text [], 0.0::double precision;
END
$$;
COMMENT ON FUNCTION register.contains_steps(boolean, text, text, text []) IS
'In which order the names that contain a text are looked at: all at once where they are few, else by ways and lengths, best scores first.';

CREATE OR REPLACE FUNCTION serving.names_around(
    of_people boolean, part text, pairs text [], brand text, from_score double precision, from_name text, most integer
) RETURNS TABLE (name_folded text, score double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    behind_first constant double precision := serving.contains_score('?' || part, part, false);
    telling text [];
    step record;
    given integer := 0;
    added integer;
BEGIN
    IF register.are_common(of_people, pairs) THEN
        RETURN QUERY SELECT NULL::text, NULL::double precision;
        RETURN;
    END IF;
    telling := register.telling(of_people, pairs, 2);
    IF of_people AND from_score >= behind_first THEN
        RETURN QUERY
        SELECT found.folded, behind_first
        FROM register.names_given(part, CASE WHEN from_score = behind_first THEN from_name ELSE '' END, most)
            AS found (folded);
        GET DIAGNOSTICS given = ROW_COUNT;
    END IF;
    FOR step IN
        SELECT range.lengths, range.ways
        FROM register.contains_steps(of_people, part, brand, telling) AS range
        -- whose least score is above the place to go on from has nothing behind it
        WHERE range.least_score <= from_score
        ORDER BY range.number
    LOOP
        EXIT WHEN given >= most;
        RETURN QUERY
        SELECT ranked.folded, ranked.score
        FROM register.names_ranked(
            of_people, part, brand, telling, step.lengths, step.ways, from_score, from_name, most - given
        ) AS ranked;
        GET DIAGNOSTICS added = ROW_COUNT;
        given := given + added;
    END LOOP;
END
$$;

DROP FUNCTION serving.names_one_off(boolean, integer, text [], text, text, integer);
CREATE FUNCTION register.names_beginning(start text, most integer) RETURNS text []
LANGUAGE plpgsql STABLE
SET enable_seqscan = off
SET enable_bitmapscan = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN ARRAY(
        SELECT name.name_folded
        FROM register.name
        WHERE
            name.is_person AND name.name_folded > start AND name.name_folded < start || chr(1114111)
            AND char_length(name.name_folded) = char_length(start) + 1
        LIMIT most
    );
END
$$;
COMMENT ON FUNCTION register.names_beginning(text, integer) IS
'People''s names that are the text and one character more.';

CREATE FUNCTION register.names_ending(rest text, most integer) RETURNS text []
LANGUAGE plpgsql STABLE
SET enable_seqscan = off
SET enable_bitmapscan = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN ARRAY(
        SELECT name.name_folded
        FROM register.name
        WHERE name.is_person AND substr(name.name_folded, 2) = rest
        LIMIT most
    );
END
$$;
COMMENT ON FUNCTION register.names_ending(text, integer) IS 'People''s names that are one character and the text.';

CREATE FUNCTION register.names_open(of_people boolean, pairs text [], start text, rest text, most integer) RETURNS text []
LANGUAGE plpgsql STABLE
SET enable_seqscan = off
SET enable_indexscan = off
SET enable_indexonlyscan = off
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    size constant integer := char_length(start) + 1 + char_length(rest);
    wanted constant text [] := ARRAY(
        SELECT pair.gram || CASE WHEN char_length(pair.gram) = 2 THEN '/' || least(size, 40) ELSE '' END
        FROM unnest(register.telling(of_people, pairs, 10)) AS pair (gram)
    );
BEGIN
    IF of_people THEN
        RETURN ARRAY(
            SELECT name.name_folded
            FROM register.name
            WHERE
                name.is_person AND name.keys @> wanted AND char_length(name.name_folded) = size
                AND starts_with(name.name_folded, start) AND right(name.name_folded, char_length(rest)) = rest
            LIMIT most
        );
    END IF;
    RETURN ARRAY(
        SELECT name.name_folded
        FROM register.name
        WHERE
            NOT name.is_person AND name.keys @> wanted AND char_length(name.name_folded) = size
            AND starts_with(name.name_folded, start) AND right(name.name_folded, char_length(rest)) = rest
        LIMIT most
    );
END
$$;
COMMENT ON FUNCTION register.names_open(boolean, text [], text, text, integer) IS
'Names that are one text, any character, and another text; the pairs, or A_C, must follow from both.';

CREATE FUNCTION serving.names_one_off(
    of_people boolean, pairs text [], start text, rest text, alike text, most integer
) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    -- more share no two characters but those of legal forms
    looked_at constant integer := 3000;
    found text [];
BEGIN
    found := CASE
        WHEN of_people AND rest = '' THEN register.names_beginning(start, looked_at)
        WHEN of_people AND start = '' THEN register.names_ending(rest, looked_at)
        ELSE register.names_open(of_people, pairs, start, rest, looked_at)
    END;
    RETURN QUERY
    SELECT ranked.folded
    FROM (
        SELECT one.folded
        FROM unnest(found) AS one (folded)
        ORDER BY nullif(strpos(alike, substr(one.folded, char_length(start) + 1, 1)), 0)
    ) AS ranked
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = ranked.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
    LIMIT most;
END
$$;
COMMENT ON FUNCTION serving.names_one_off(boolean, text [], text, text, text, integer) IS
'Names listed today that are one text, any character, and another text: those with the likeliest characters there first, so many at most. The pairs must follow from the texts.';

DROP FUNCTION register.names_with_all(boolean, text [], text, integer);
REVOKE EXECUTE ON FUNCTION
register.telling(boolean, text [], integer), register.names_of_lengths(boolean, text [], text [], integer),
register.names_given(text, text, integer), register.contains_steps(boolean, text, text, text []),
register.names_ranked(boolean, text, text, text [], int4range, text [], double precision, text, integer),
register.names_beginning(text, integer), register.names_ending(text, integer),
register.names_open(boolean, text [], text, text, integer)
FROM public;

RESET ROLE;

-- migrate:down

DROP FUNCTION serving.names_one_off(boolean, text [], text, text, text, integer);
DROP FUNCTION register.names_open(boolean, text [], text, text, integer);
DROP FUNCTION register.names_ending(text, integer);
DROP FUNCTION register.names_beginning(text, integer);
DROP FUNCTION register.names_ranked(boolean, text, text, text [], int4range, text [], double precision, text, integer);
DROP FUNCTION register.contains_steps(boolean, text, text, text []);
DROP FUNCTION register.names_given(text, text, integer);
DROP FUNCTION register.names_of_lengths(boolean, text [], text [], integer);
DROP FUNCTION register.telling(boolean, text [], integer);
DROP FUNCTION register.with_lengths(text [], integer, integer);
DROP INDEX IF EXISTS
register.name_keys_of_people, register.name_keys_of_bodies, register.name_behind_first_of_people;
SET ROLE owner;

CREATE OR REPLACE FUNCTION register.index_name_keys() RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = register, pg_temp
AS $$
    -- Without the list of pending entries, which every look-up would have to read through.
    CREATE INDEX IF NOT EXISTS name_keys_of_people
    ON register.name USING gin (keys) WITH (fastupdate = off) WHERE is_person;
    CREATE INDEX IF NOT EXISTS name_keys_of_bodies
    ON register.name USING gin (keys) WITH (fastupdate = off) WHERE NOT is_person;
$$;

CREATE OR REPLACE FUNCTION serving.contains_score(folded text, part text, is_brand boolean) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN is_brand THEN 0.9
    ELSE greatest(0.003, round(
        CASE WHEN strpos(folded, part) > 0 THEN 0.8 ELSE 0.08 END * char_length(part) / char_length(folded), 3
    ))
END::double precision;
COMMENT ON FUNCTION serving.contains_score(text, text, boolean) IS
'How well a contained text fits: a body''s brand best, else its share of the name; last where it is only there without what stands in brackets.';

CREATE FUNCTION register.names_with_all(of_people boolean, wanted text [], name_pattern text, most integer) RETURNS text []
LANGUAGE plpgsql STABLE
SET enable_seqscan = off
SET enable_indexscan = off
SET enable_indexonlyscan = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    IF of_people THEN
        RETURN ARRAY(
            SELECT name.name_folded
            FROM register.name
            WHERE name.is_person AND name.keys @> wanted AND name.name_folded LIKE name_pattern
            LIMIT most
        );
    END IF;
    RETURN ARRAY(
        SELECT name.name_folded
        FROM register.name
        WHERE NOT name.is_person AND name.keys @> wanted AND name.name_folded LIKE name_pattern
        LIMIT most
    );
END
$$;
COMMENT ON FUNCTION register.names_with_all(boolean, text [], text, integer) IS
'Names of people or of bodies that have every one of the keys and match a pattern: at most so many, in no stated order.';
REVOKE EXECUTE ON FUNCTION register.names_with_all(boolean, text [], text, integer) FROM public;

CREATE OR REPLACE FUNCTION serving.names_around(
    of_people boolean, part text, pairs text [], brand text, from_score double precision, from_name text, most integer
) RETURNS TABLE (name_folded text, score double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    IF register.are_common(of_people, pairs) THEN
        RETURN QUERY SELECT NULL::text, NULL::double precision;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT ranked.folded, ranked.score
    FROM (
        SELECT scored.folded, scored.score
        FROM (
            SELECT found.folded, serving.contains_score(found.folded, part, branded.folded IS NOT NULL) AS score
            FROM unnest(register.names_with_all(of_people, pairs, '%', NULL)) AS found (folded)
            LEFT JOIN unnest(
                CASE WHEN of_people THEN '{}' ELSE register.names_with_any(false, ARRAY[brand], 5000) END
            ) AS branded (folded) ON branded.folded = found.folded
            WHERE serving.contains(found.folded, part, of_people) AND NOT starts_with(found.folded, part)
        ) AS scored
        WHERE scored.score < from_score OR (scored.score = from_score AND scored.folded >= from_name COLLATE "C")
        ORDER BY scored.score DESC, scored.folded COLLATE "C"
    ) AS ranked
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = ranked.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
    LIMIT most;
END
$$;
COMMENT ON FUNCTION serving.names_around(boolean, text, text [], text, double precision, text, integer) IS
'Names listed today that contain a text and do not begin with it, best first, from a score and name on, so many at most. One row of NULLs where every pair of its characters is common: names_walked finds those.';

CREATE FUNCTION serving.names_one_off(
    of_people boolean, place integer, pairs text [], name_pattern text, alike text, most integer
) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    -- a few tell enough, and those of legal forms and large places nothing
    telling text [] := ARRAY(
        SELECT pair.gram
        FROM unnest(pairs) WITH ORDINALITY AS pair (gram, place)
        LEFT JOIN register.common_gram ON common_gram.is_person = of_people AND common_gram.gram = pair.gram
        ORDER BY common_gram.gram IS NOT NULL, pair.place
        LIMIT 4
    );
BEGIN
    RETURN QUERY
    SELECT ranked.folded
    FROM (
        SELECT found.folded
        FROM unnest(register.names_with_all(of_people, telling, name_pattern, 3000)) AS found (folded)
        ORDER BY nullif(strpos(alike, substr(found.folded, place, 1)), 0)
    ) AS ranked
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = ranked.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
    LIMIT most;
END
$$;
COMMENT ON FUNCTION serving.names_one_off(boolean, integer, text [], text, text, integer) IS
'Names listed today that match a pattern open at one place, counted from 1: those with the likeliest characters there first, so many at most. The pairs must follow from the pattern.';

CREATE OR REPLACE FUNCTION register.are_common(of_people boolean, pairs text []) RETURNS boolean
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM unnest(pairs) AS pair (gram)
        WHERE NOT EXISTS (
            SELECT FROM register.common_gram
            WHERE common_gram.is_person = of_people AND common_gram.gram = pair.gram
        )
    );
END
$$;
ALTER TABLE register.common_gram DROP COLUMN names, DROP COLUMN is_walked;
COMMENT ON TABLE register.common_gram IS
'Pairs of characters in so many names (公司, 有限) that walking the names finds twenty of them sooner than the index does. Counted anew after an import.';

UPDATE register.name
SET
    keys = ARRAY(
        SELECT DISTINCT regexp_replace(known.key, '/[0-9]+$', '') AS key
        FROM unnest(name.keys) AS known (key)
        ORDER BY key
    );
COMMENT ON COLUMN register.name.keys IS
'Told apart by the first character: two neighbouring characters (or A_C for a three-character name), ~ a full reading, ^ initials, # a brand. Made by backend/core/name_forms.py.';
DO $$
BEGIN
    IF EXISTS (SELECT FROM register.name) THEN
        PERFORM register.index_name_keys();
    END IF;
END
$$;
RESET ROLE;
