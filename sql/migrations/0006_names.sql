-- migrate:up

SET ROLE owner;

CREATE TABLE register.name (
    is_person boolean NOT NULL,
    name_folded text COLLATE "C" NOT NULL,
    keys text [] COLLATE "C" NOT NULL,
    PRIMARY KEY (is_person, name_folded)
);
COMMENT ON TABLE register.name IS
'Names by which somebody was ever listed, once each, with the forms by which they are found. Removed late: whoever shows a name asks serving.entity whether it is current.';
COMMENT ON COLUMN register.name.is_person IS 'True for people; false for companies and other organisations, whose brand is indexed too.';
COMMENT ON COLUMN register.name.keys IS
'Told apart by the first character: two neighbouring characters (or A_C for a three-character name), ~ a full reading, ^ initials, # a brand. Made by backend/core/name_forms.py.';

CREATE FUNCTION register.index_name_keys() RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = register, pg_temp
AS $$
    -- Without the list of pending entries, which every look-up would have to read through.
    CREATE INDEX IF NOT EXISTS name_keys_of_people
    ON register.name USING gin (keys) WITH (fastupdate = off) WHERE is_person;
    CREATE INDEX IF NOT EXISTS name_keys_of_bodies
    ON register.name USING gin (keys) WITH (fastupdate = off) WHERE NOT is_person;
$$;
COMMENT ON FUNCTION register.index_name_keys() IS
'Make the indexes on keys where they are not there yet: behind the first filling, since made before it they take five times as long. Nothing is dropped, so no reader waits.';
REVOKE EXECUTE ON FUNCTION register.index_name_keys() FROM public;

CREATE TABLE register.common_gram (
    is_person boolean NOT NULL,
    gram text COLLATE "C" NOT NULL,
    PRIMARY KEY (is_person, gram)
);
COMMENT ON TABLE register.common_gram IS
'Pairs of characters in so many names (公司, 有限) that walking the names finds twenty of them sooner than the index does. Counted anew after an import.';

-- The public role reads names through the functions in serving alone, and they give only names that somebody listed
-- today bears. A plan made without knowing the keys guesses that every 200th name holds them and reads the table from
-- its start; so the functions below leave the planner only the index that answers them, and let it plan once: planning takes
-- longer than most of them run.
CREATE FUNCTION register.names_with_any(of_people boolean, wanted text [], most integer) RETURNS text []
LANGUAGE plpgsql STABLE
SET enable_seqscan = off
SET enable_indexscan = off
SET enable_indexonlyscan = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    IF of_people THEN
        RETURN ARRAY(SELECT name.name_folded FROM register.name WHERE name.is_person AND name.keys && wanted LIMIT most);
    END IF;
    RETURN ARRAY(SELECT name.name_folded FROM register.name WHERE NOT name.is_person AND name.keys && wanted LIMIT most);
END
$$;
COMMENT ON FUNCTION register.names_with_any(boolean, text [], integer) IS
'Names of people or of bodies that have at least one of the keys: at most so many, in no stated order.';

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

CREATE FUNCTION register.are_common(of_people boolean, pairs text []) RETURNS boolean
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
COMMENT ON FUNCTION register.are_common(boolean, text []) IS
'Whether every one of the pairs of characters stands in so many names that walking the names is the shorter way.';

CREATE FUNCTION serving.contains(folded text, part text, of_people boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN strpos(folded, part) > 0
OR (NOT of_people AND strpos(folded, '(') > 0 AND strpos(regexp_replace(folded, '\([^()]*\)', '', 'g'), part) > 0);
COMMENT ON FUNCTION serving.contains(text, text, boolean) IS
'Whether a folded name contains a text; in a body''s name what stands in brackets may be left out.';

CREATE FUNCTION serving.contains_score(folded text, part text, is_brand boolean) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN is_brand THEN 0.9
    ELSE greatest(0.003, round(
        CASE WHEN strpos(folded, part) > 0 THEN 0.8 ELSE 0.08 END * char_length(part) / char_length(folded), 3
    ))
END::double precision;
COMMENT ON FUNCTION serving.contains_score(text, text, boolean) IS
'How well a contained text fits: a body''s brand best, else its share of the name; last where it is only there without what stands in brackets.';

CREATE FUNCTION serving.names_with_any(of_people boolean, wanted text [], most integer) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    SELECT found.folded
    FROM unnest(register.names_with_any(of_people, wanted, most)) AS found (folded)
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = found.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne;
END
$$;
COMMENT ON FUNCTION serving.names_with_any(boolean, text [], integer) IS
'Names of people or of bodies listed today that have at least one of the keys, in no stated order; at most so many are looked at.';

CREATE FUNCTION serving.names_around(
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

CREATE FUNCTION serving.names_walked(
    of_people boolean, part text, from_name text, most integer, walked integer
) RETURNS TABLE (name_folded text, is_found boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_bitmapscan = off
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    steps text [] := ARRAY(
        SELECT name.name_folded
        FROM register.name
        WHERE name.is_person = of_people AND name.name_folded >= from_name
        ORDER BY name.name_folded
        LIMIT walked
    );
    given integer;
BEGIN
    RETURN QUERY
    SELECT fitting.folded, true
    FROM (
        SELECT step.folded, step.place
        FROM unnest(steps) WITH ORDINALITY AS step (folded, place)
        WHERE serving.contains(step.folded, part, of_people) AND NOT starts_with(step.folded, part)
        ORDER BY step.place
    ) AS fitting
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = fitting.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
    LIMIT most;
    GET DIAGNOSTICS given = ROW_COUNT;
    IF given < most AND cardinality(steps) = walked THEN
        -- where to go on: the last name that may be told
        RETURN QUERY
        SELECT passed.folded, false
        FROM (
            SELECT step.folded
            FROM unnest(steps) WITH ORDINALITY AS step (folded, place)
            ORDER BY step.place DESC
        ) AS passed
        CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = passed.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
        LIMIT 1;
    END IF;
END
$$;
COMMENT ON FUNCTION serving.names_walked(boolean, text, text, integer, integer) IS
'Names listed today that contain a text, found by walking the names in order from one on, for texts that many names contain; where the walk ends without so many, its last name, not found.';

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

CREATE FUNCTION serving.names_among(of_people boolean, wanted text [], most integer) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET enable_hashjoin = off
SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    SELECT ranked.folded
    FROM (
        SELECT known.folded
        FROM unnest(wanted) WITH ORDINALITY AS known (folded, place)
        INNER JOIN register.name ON name.is_person = of_people AND name.name_folded = known.folded
        ORDER BY known.place
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
COMMENT ON FUNCTION serving.names_among(boolean, text [], integer) IS
'Those of some names that are listed today, in the order given, so many at most.';

REVOKE EXECUTE ON FUNCTION
register.names_with_any(boolean, text [], integer), register.names_with_all(boolean, text [], text, integer),
register.are_common(boolean, text [])
FROM public;

GRANT SELECT, INSERT, UPDATE, DELETE ON register.name, register.common_gram TO operator;
GRANT EXECUTE ON FUNCTION register.index_name_keys() TO operator;

RESET ROLE;

-- migrate:down

DROP FUNCTION serving.names_among(boolean, text [], integer);
DROP FUNCTION serving.names_one_off(boolean, integer, text [], text, text, integer);
DROP FUNCTION serving.names_walked(boolean, text, text, integer, integer);
DROP FUNCTION serving.names_around(boolean, text, text [], text, double precision, text, integer);
DROP FUNCTION serving.names_with_any(boolean, text [], integer);
DROP FUNCTION serving.contains_score(text, text, boolean);
DROP FUNCTION serving.contains(text, text, boolean);
DROP FUNCTION register.are_common(boolean, text []);
DROP FUNCTION register.names_with_all(boolean, text [], text, integer);
DROP FUNCTION register.names_with_any(boolean, text [], integer);
DROP TABLE register.common_gram;
DROP FUNCTION register.index_name_keys();
DROP TABLE register.name;
