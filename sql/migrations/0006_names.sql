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
    CREATE INDEX name_keys_of_people ON register.name USING gin (keys) WITH (fastupdate = off) WHERE is_person;
    CREATE INDEX name_keys_of_bodies ON register.name USING gin (keys) WITH (fastupdate = off) WHERE NOT is_person;
$$;
COMMENT ON FUNCTION register.index_name_keys() IS 'Make the indexes on keys, after a first filling.';

CREATE FUNCTION register.unindex_name_keys() RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = register, pg_temp
AS $$
    DROP INDEX register.name_keys_of_people, register.name_keys_of_bodies;
$$;
COMMENT ON FUNCTION register.unindex_name_keys() IS
'Drop the indexes on keys before a first filling: made afterwards, in the same transaction, they take a fifth of the time. Locks the table.';

REVOKE EXECUTE ON FUNCTION register.index_name_keys(), register.unindex_name_keys() FROM public;
SELECT register.index_name_keys();

CREATE TABLE register.common_gram (
    is_person boolean NOT NULL,
    gram text COLLATE "C" NOT NULL,
    PRIMARY KEY (is_person, gram)
);
COMMENT ON TABLE register.common_gram IS
'Pairs of characters in so many names (公司, 有限) that walking the names finds twenty of them sooner than the index does. Counted anew after an import.';

CREATE VIEW serving.name AS
SELECT is_person, name_folded, keys
FROM register.name;
COMMENT ON VIEW serving.name IS 'Names to search in; may hold some whose last listing has ended.';

CREATE VIEW serving.common_gram AS
SELECT is_person, gram
FROM register.common_gram;
COMMENT ON VIEW serving.common_gram IS 'Pairs of characters too common to be looked up in the index.';

-- A plan made without knowing the keys guesses that every 200th name holds them and reads the table from its start;
-- so the functions below leave the planner only the index on keys.
CREATE FUNCTION serving.names_with_any(of_people boolean, wanted text [], most integer) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET enable_seqscan = off
SET enable_indexscan = off
SET enable_indexonlyscan = off
AS $$
BEGIN
    IF of_people THEN
        RETURN QUERY
        SELECT name.name_folded FROM serving.name WHERE name.is_person AND name.keys && wanted LIMIT most;
    ELSE
        RETURN QUERY
        SELECT name.name_folded FROM serving.name WHERE NOT name.is_person AND name.keys && wanted LIMIT most;
    END IF;
END
$$;
COMMENT ON FUNCTION serving.names_with_any(boolean, text [], integer) IS
'Names of people or of bodies that have at least one of the keys: at most so many, in no stated order.';

CREATE FUNCTION serving.names_with_all(of_people boolean, wanted text [], most integer) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET enable_seqscan = off
SET enable_indexscan = off
SET enable_indexonlyscan = off
AS $$
BEGIN
    IF of_people THEN
        RETURN QUERY
        SELECT name.name_folded FROM serving.name WHERE name.is_person AND name.keys @> wanted LIMIT most;
    ELSE
        RETURN QUERY
        SELECT name.name_folded FROM serving.name WHERE NOT name.is_person AND name.keys @> wanted LIMIT most;
    END IF;
END
$$;
COMMENT ON FUNCTION serving.names_with_all(boolean, text [], integer) IS
'Names of people or of bodies that have every one of the keys: at most so many, in no stated order.';

CREATE FUNCTION serving.characters_at(
    of_people boolean, place integer, wanted text [], name_pattern text, most integer
) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET enable_seqscan = off
SET enable_indexscan = off
SET enable_indexonlyscan = off
AS $$
BEGIN
    IF of_people THEN
        RETURN (
            SELECT string_agg(substr(found.name_folded, place, 1), '')
            FROM (
                SELECT name.name_folded
                FROM serving.name
                WHERE name.is_person AND name.keys @> wanted AND name.name_folded LIKE name_pattern
                LIMIT most
            ) AS found
        );
    END IF;
    RETURN (
        SELECT string_agg(substr(found.name_folded, place, 1), '')
        FROM (
            SELECT name.name_folded
            FROM serving.name
            WHERE NOT name.is_person AND name.keys @> wanted AND name.name_folded LIKE name_pattern
            LIMIT most
        ) AS found
    );
END
$$;
COMMENT ON FUNCTION serving.characters_at(boolean, integer, text [], text, integer) IS
'Which characters stand at a place, counted from 1, of the names that match a pattern; the keys must follow from the pattern. The names themselves need not travel: they differ in that place only.';

CREATE FUNCTION serving.names_walked(of_people boolean, part text, after_name text, most integer, walked integer)
RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET enable_seqscan = off
SET enable_bitmapscan = off
AS $$
BEGIN
    RETURN QUERY
    SELECT step.name_folded
    FROM (
        SELECT name.name_folded
        FROM serving.name
        WHERE name.is_person = of_people AND name.name_folded > after_name
        ORDER BY name.name_folded
        LIMIT walked
    ) AS step
    WHERE strpos(step.name_folded, part) > 0
    LIMIT most;
END
$$;
COMMENT ON FUNCTION serving.names_walked(boolean, text, text, integer, integer) IS
'Names that contain a text, found by walking the names in order from one on, so many at most: for texts that many names contain.';

GRANT SELECT, INSERT, UPDATE, DELETE ON register.name, register.common_gram TO operator;
GRANT EXECUTE ON FUNCTION register.index_name_keys(), register.unindex_name_keys() TO operator;
GRANT SELECT ON serving.name, serving.common_gram TO public_reader, operator;

RESET ROLE;

-- migrate:down

DROP FUNCTION serving.names_walked(boolean, text, text, integer, integer);
DROP FUNCTION serving.characters_at(boolean, integer, text [], text, integer);
DROP FUNCTION serving.names_with_all(boolean, text [], integer);
DROP FUNCTION serving.names_with_any(boolean, text [], integer);
DROP VIEW serving.common_gram;
DROP VIEW serving.name;
DROP TABLE register.common_gram;
DROP FUNCTION register.unindex_name_keys();
DROP FUNCTION register.index_name_keys();
DROP TABLE register.name;
