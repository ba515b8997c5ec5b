-- migrate:up

SET ROLE owner;

CREATE INDEX area_label_tile ON register.area (label_tile_x, label_tile_y);
CREATE INDEX area_level ON register.area (level);
CREATE INDEX court_as_of ON register.court (as_of);
CREATE INDEX area_label_point_gist ON register.area USING gist (label_point);

CREATE TABLE serving.count_day (
    only_row boolean PRIMARY KEY DEFAULT true,
    counted_on date NOT NULL,
    CONSTRAINT count_day_one_row CHECK (only_row)
);
COMMENT ON TABLE serving.count_day IS
'The day that serving.area_count and serving.court_count count. What changes by itself between it and today is added from the rows that do.';
INSERT INTO serving.count_day (counted_on) VALUES (serving.today());

CREATE TABLE serving.area_count (
    from_zoom smallint NOT NULL,
    area_code text COLLATE "C" NOT NULL,
    ground_mask smallint NOT NULL,
    notice boolean NOT NULL,
    person bigint NOT NULL,
    person_by_county bigint NOT NULL,
    company bigint NOT NULL,
    organisation bigint NOT NULL,
    CONSTRAINT area_count_from_zoom_known CHECK (from_zoom IN (0, 6, 9, 12))
);
CREATE INDEX area_count_area ON serving.area_count (from_zoom, area_code);
CREATE INDEX area_count_total ON serving.area_count (from_zoom, area_code) WHERE ground_mask = 0;
COMMENT ON TABLE serving.area_count IS
'Signed numbers of entities to be summed, by the bubble that counts them. Only ever inserted into, so that writers never wait for one another; serving.fold_counts() sums up.';
COMMENT ON COLUMN serving.area_count.from_zoom IS
'0 provinces, 6 cities, 9 everybody in the area itself, 12 those of them without a point.';
COMMENT ON COLUMN serving.area_count.ground_mask IS
'The grounds of those counted; 0 in the rows that count all of a bubble together, once more, so that a tile without filters reads one row an area.';
COMMENT ON COLUMN serving.area_count.person_by_county IS 'The people whom the list itself places in a county.';

CREATE TABLE serving.court_count (
    court_id uuid NOT NULL,
    area_code text COLLATE "C" NOT NULL,
    city_bubble_code text COLLATE "C" NOT NULL,
    at_point boolean NOT NULL,
    ground_mask smallint NOT NULL,
    notice boolean NOT NULL,
    person bigint NOT NULL,
    company bigint NOT NULL,
    organisation bigint NOT NULL
);
CREATE INDEX court_count_court ON serving.court_count (court_id);
COMMENT ON TABLE serving.court_count IS
'Signed numbers of entities to be summed, by court: an entity counts once for each, with the grounds of that court''s listings.';

-- Both statements group first what counts alike, so that few groups rather than all rows are spread over bubbles and
-- courts. $1 is the sign, $2 the counted day.
CREATE FUNCTION serving.area_counting(area_counts text, rows_from text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN format(
    'WITH alike AS (
        SELECT
            area_code, city_bubble_code, tile_key IS NOT NULL AS at_point, kind, placed_by, ground_mask, notice,
            $1 * count(*) AS n
        FROM %2$s
        WHERE shown_from <= $2 AND shown_until > $2
        GROUP BY area_code, city_bubble_code, tile_key IS NOT NULL, kind, placed_by, ground_mask, notice
    )

    INSERT INTO serving.%1$I (from_zoom, area_code, ground_mask, notice, person, person_by_county, company, organisation)
    SELECT
        bubble.from_zoom, bubble.area_code, coalesce(alike.ground_mask, 0), coalesce(alike.notice, false),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''person''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''person'' AND alike.placed_by = ''county''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''company''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''organisation''), 0)
    FROM alike
    CROSS JOIN
        LATERAL serving.bubbles(alike.area_code, alike.city_bubble_code, CASE WHEN alike.at_point THEN 0 END) AS bubble
    GROUP BY
        GROUPING SETS (
            (bubble.from_zoom, bubble.area_code, alike.ground_mask, alike.notice),
            (bubble.from_zoom, bubble.area_code)
        )
    ORDER BY bubble.from_zoom, bubble.area_code, 3, 4',
    area_counts, rows_from
);
COMMENT ON FUNCTION serving.area_counting(text, text) IS
'The statement that counts serving rows into a table like serving.area_count.';

CREATE FUNCTION serving.court_counting(court_counts text, rows_from text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN format(
    'WITH alike AS (
        SELECT
            courts, court_masks, area_code, city_bubble_code, tile_key IS NOT NULL AS at_point, kind, notice,
            $1 * count(*) AS n
        FROM %2$s
        WHERE shown_from <= $2 AND shown_until > $2
        GROUP BY courts, court_masks, area_code, city_bubble_code, tile_key IS NOT NULL, kind, notice
    )

    INSERT INTO serving.%1$I (court_id, area_code, city_bubble_code, at_point, ground_mask, notice, person, company, organisation)
    SELECT
        court.id, alike.area_code, alike.city_bubble_code, alike.at_point, court.ground_mask, alike.notice,
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''person''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''company''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''organisation''), 0)
    FROM alike
    CROSS JOIN LATERAL serving.courts(alike.courts, alike.court_masks) AS court
    GROUP BY court.id, alike.area_code, alike.city_bubble_code, alike.at_point, court.ground_mask, alike.notice
    ORDER BY court.id, alike.area_code, alike.city_bubble_code, alike.at_point, court.ground_mask, alike.notice',
    court_counts, rows_from
);
COMMENT ON FUNCTION serving.court_counting(text, text) IS
'The statement that counts serving rows into a table like serving.court_count.';

CREATE FUNCTION serving.count_rows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
DECLARE
    sign constant integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    day date;
BEGIN
    IF NOT EXISTS (SELECT FROM changed) THEN
        RETURN NULL;
    END IF;
    -- Held to the end, so that the day cannot move while this is not committed.
    SELECT count_day.counted_on INTO day FROM serving.count_day FOR SHARE;
    EXECUTE serving.area_counting('area_count', 'changed') USING sign, day;
    EXECUTE serving.court_counting('court_count', 'changed') USING sign, day;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.count_rows() IS
'Counts the serving rows that a statement wrote, or takes back exactly those that it deleted.';

CREATE FUNCTION serving.bubbles(area_code text, city_bubble_code text, tile_key bigint)
RETURNS TABLE (from_zoom smallint, area_code text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT bubble.from_zoom::smallint, bubble.area_code
    FROM (VALUES (0, left($1, 2)), (6, $2), (9, $1), (12, CASE WHEN $3 IS NULL THEN $1 END)) AS bubble (from_zoom, area_code)
    WHERE bubble.area_code IS NOT NULL
$$;
COMMENT ON FUNCTION serving.bubbles(text, text, bigint) IS
'The areas in whose bubbles an entity counts, each with the first zoom at which it does.';

CREATE FUNCTION serving.courts(courts uuid [], court_masks smallint [])
RETURNS TABLE (id uuid, ground_mask smallint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT listing.id, bit_or(listing.ground_mask)
    FROM unnest($1, $2) AS listing (id, ground_mask)
    GROUP BY listing.id
$$;
COMMENT ON FUNCTION serving.courts(uuid [], smallint []) IS 'Each court of a serving row once, with the grounds of all its listings.';

CREATE TRIGGER count_insert AFTER INSERT ON serving.entity_row
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.count_rows();
CREATE TRIGGER count_delete AFTER DELETE ON serving.entity_row
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.count_rows();

CREATE VIEW serving.uncounted_change AS
WITH day AS MATERIALIZED (
    SELECT
        count_day.counted_on, serving.today() AS today,
        least(count_day.counted_on, serving.today()) AS earlier,
        greatest(count_day.counted_on, serving.today()) AS later
    FROM serving.count_day
)

SELECT
    entity_row.kind, entity_row.area_code, entity_row.city_bubble_code, entity_row.placed_by, entity_row.tile_key,
    entity_row.ground_mask, entity_row.notice, entity_row.courts, entity_row.court_masks,
    (
        entity_row.shown_from <= (SELECT day.today FROM day) AND entity_row.shown_until > (SELECT day.today FROM day)
    )::integer - (
        entity_row.shown_from <= (SELECT day.counted_on FROM day)
        AND entity_row.shown_until > (SELECT day.counted_on FROM day)
    )::integer AS n
FROM serving.entity_row
WHERE
    (
        entity_row.shown_from > (SELECT day.earlier FROM day)
        AND entity_row.shown_from <= (SELECT day.later FROM day)
    )
    OR (
        entity_row.shown_until > (SELECT day.earlier FROM day)
        AND entity_row.shown_until <= (SELECT day.later FROM day)
    );
COMMENT ON VIEW serving.uncounted_change IS
'Rows that begin or end to hold between the counted day and today; n is 1, -1 or 0. Empty on the counted day itself.';

CREATE VIEW serving.area_change AS
SELECT
    bubble.from_zoom, bubble.area_code, uncounted_change.ground_mask, uncounted_change.notice,
    CASE WHEN uncounted_change.kind = 'person' THEN uncounted_change.n ELSE 0 END::bigint AS person,
    CASE
        WHEN uncounted_change.kind = 'person' AND uncounted_change.placed_by = 'county' THEN uncounted_change.n
        ELSE 0
    END::bigint AS person_by_county,
    CASE WHEN uncounted_change.kind = 'company' THEN uncounted_change.n ELSE 0 END::bigint AS company,
    CASE WHEN uncounted_change.kind = 'organisation' THEN uncounted_change.n ELSE 0 END::bigint AS organisation
FROM serving.uncounted_change
CROSS JOIN
    LATERAL serving.bubbles(
        uncounted_change.area_code, uncounted_change.city_bubble_code, uncounted_change.tile_key
    ) AS bubble
WHERE uncounted_change.n <> 0;
COMMENT ON VIEW serving.area_change IS 'What serving.area_count lacks to count today.';

CREATE VIEW serving.court_change AS
SELECT
    court.id AS court_id, uncounted_change.area_code, uncounted_change.city_bubble_code, court.ground_mask,
    uncounted_change.notice, uncounted_change.tile_key IS NOT NULL AS at_point,
    CASE WHEN uncounted_change.kind = 'person' THEN uncounted_change.n ELSE 0 END::bigint AS person,
    CASE WHEN uncounted_change.kind = 'company' THEN uncounted_change.n ELSE 0 END::bigint AS company,
    CASE WHEN uncounted_change.kind = 'organisation' THEN uncounted_change.n ELSE 0 END::bigint AS organisation
FROM serving.uncounted_change
CROSS JOIN LATERAL serving.courts(uncounted_change.courts, uncounted_change.court_masks) AS court
WHERE uncounted_change.n <> 0;
COMMENT ON VIEW serving.court_change IS 'What serving.court_count lacks to count today.';

CREATE VIEW serving.current_count AS
SELECT from_zoom, area_code, ground_mask, notice, person, person_by_county, company, organisation
FROM serving.area_count
WHERE ground_mask <> 0
UNION ALL
SELECT from_zoom, area_code, ground_mask, notice, person, person_by_county, company, organisation
FROM serving.area_change;
COMMENT ON VIEW serving.current_count IS 'Numbers of the listed today by bubble, to be summed.';

CREATE VIEW serving.current_court_count AS
WITH counted AS (
    SELECT court_id, area_code, city_bubble_code, at_point, ground_mask, notice, person, company, organisation
    FROM serving.court_count
    UNION ALL
    SELECT court_id, area_code, city_bubble_code, at_point, ground_mask, notice, person, company, organisation
    FROM serving.court_change
)

SELECT
    counted.court_id, bubble.from_zoom, bubble.area_code, counted.ground_mask, counted.notice,
    counted.person, counted.company, counted.organisation
FROM counted
CROSS JOIN
    LATERAL serving.bubbles(
        counted.area_code, counted.city_bubble_code, CASE WHEN counted.at_point THEN 0 END
    ) AS bubble;
COMMENT ON VIEW serving.current_court_count IS 'Numbers of each court''s listed today by bubble, to be summed.';

CREATE VIEW serving.counted AS
SELECT from_zoom, area_code, ground_mask, notice, person, company, organisation
FROM serving.area_count;
COMMENT ON VIEW serving.counted IS
'serving.current_count as of the counted day, with the rows that count all grounds together (ground_mask 0).';

CREATE VIEW serving.counted_by_court AS
SELECT court_id, area_code, city_bubble_code, at_point, ground_mask, notice, person, company, organisation
FROM serving.court_count;
COMMENT ON VIEW serving.counted_by_court IS 'The numbers of each court''s listed on the counted day, to be summed.';

CREATE VIEW serving.counted_today AS
SELECT counted_on = serving.today() AS is_today
FROM serving.count_day;
COMMENT ON VIEW serving.counted_today IS
'Whether the counted day is today, so that nothing that changes by itself has to be added to what is counted.';

GRANT SELECT ON
serving.current_count, serving.current_court_count, serving.counted, serving.counted_by_court, serving.counted_today
TO public_reader, operator;

CREATE FUNCTION serving.sum_counts(area_counts text, court_counts text) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    counts record;
BEGIN
    FOR counts IN
        SELECT known.name, known.keys, known.sums, known.numbers
        FROM (
            VALUES
            (
                area_counts, 'from_zoom, area_code, ground_mask, notice',
                'sum(person), sum(person_by_county), sum(company), sum(organisation)',
                'person, person_by_county, company, organisation'
            ),
            (
                court_counts, 'court_id, area_code, city_bubble_code, at_point, ground_mask, notice',
                'sum(person), sum(company), sum(organisation)', 'person, company, organisation'
            )
        ) AS known (name, keys, sums, numbers)
    LOOP
        EXECUTE format(
            'WITH repeated AS (SELECT %2$s FROM serving.%1$I GROUP BY %2$s HAVING count(*) > 1),
            taken AS (DELETE FROM serving.%1$I WHERE (%2$s) IN (SELECT * FROM repeated) RETURNING *)
            INSERT INTO serving.%1$I (%2$s, %4$s)
            SELECT %2$s, %3$s FROM taken GROUP BY %2$s HAVING (%3$s) <> (%5$s) ORDER BY %2$s',
            counts.name, counts.keys, counts.sums, counts.numbers, regexp_replace(counts.sums, 'sum\(\w+\)', '0', 'g')
        );
    END LOOP;
END
$$;
COMMENT ON FUNCTION serving.sum_counts(text, text) IS
'Sums up the numbers in tables like serving.area_count and serving.court_count, one row a key; changes no sum.';
REVOKE EXECUTE ON FUNCTION serving.sum_counts(text, text) FROM public;

CREATE FUNCTION serving.fold_counts() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    -- Waits for whoever counts by the day that was, and lets nobody count by it until the new one is committed.
    PERFORM FROM serving.count_day FOR UPDATE;
    INSERT INTO serving.area_count (
        from_zoom, area_code, ground_mask, notice, person, person_by_county, company, organisation
    )
    SELECT
        from_zoom, area_code, coalesce(ground_mask, 0), coalesce(notice, false),
        sum(person), sum(person_by_county), sum(company), sum(organisation)
    FROM serving.area_change
    GROUP BY GROUPING SETS ((from_zoom, area_code, ground_mask, notice), (from_zoom, area_code));
    INSERT INTO serving.court_count (
        court_id, area_code, city_bubble_code, at_point, ground_mask, notice, person, company, organisation
    )
    SELECT court_id, area_code, city_bubble_code, at_point, ground_mask, notice, person, company, organisation
    FROM serving.court_change;
    UPDATE serving.count_day SET counted_on = serving.today();
    PERFORM serving.sum_counts('area_count', 'court_count');
    -- Past by the counted day, so the counts hold nothing of them.
    DELETE FROM serving.entity_row WHERE entity_row.shown_until <= serving.today();
END
$$;
COMMENT ON FUNCTION serving.fold_counts() IS
'Counts today, sums up, and drops rows of past days. Changes no answer; keeps the first tile after midnight as fast as the last before it.';
REVOKE EXECUTE ON FUNCTION serving.fold_counts() FROM public;
GRANT EXECUTE ON FUNCTION serving.fold_counts() TO operator;

RESET ROLE;

-- migrate:down

DROP TRIGGER count_insert ON serving.entity_row;
DROP TRIGGER count_delete ON serving.entity_row;
DROP FUNCTION serving.fold_counts();
DROP FUNCTION serving.sum_counts(text, text);
DROP VIEW serving.counted_today;
DROP VIEW serving.counted_by_court;
DROP VIEW serving.counted;
DROP VIEW serving.current_court_count;
DROP VIEW serving.current_count;
DROP VIEW serving.court_change;
DROP VIEW serving.area_change;
DROP VIEW serving.uncounted_change;
DROP FUNCTION serving.count_rows();
DROP FUNCTION serving.court_counting(text, text);
DROP FUNCTION serving.area_counting(text, text);
DROP FUNCTION serving.courts(uuid [], smallint []);
DROP FUNCTION serving.bubbles(text, text, bigint);
DROP TABLE serving.court_count;
DROP TABLE serving.area_count;
DROP TABLE serving.count_day;
DROP INDEX register.area_label_point_gist;
DROP INDEX register.court_as_of;
DROP INDEX register.area_level;
DROP INDEX register.area_label_tile;
