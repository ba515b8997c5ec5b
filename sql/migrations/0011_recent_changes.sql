-- migrate:up

SET ROLE owner;

CREATE TABLE serving.recent_count (
    area_code text COLLATE "C" NOT NULL,
    day date NOT NULL,
    added integer NOT NULL,
    removed integer NOT NULL,
    PRIMARY KEY (area_code, day)
);
COMMENT ON TABLE serving.recent_count IS
'By how much the numbers of entities listed in the last 30 days, and of those who left in them and are listed no more, change from one day to the next, in an area and everything below it; summed up to a day they are that day''s. Holds for 30 days after the last count.';
COMMENT ON COLUMN serving.recent_count.day IS 'What was so before the day of the count stands at that day.';
GRANT SELECT ON serving.recent_count TO public_reader, operator;

CREATE FUNCTION serving.recent_spans() RETURNS TABLE (area_code text, change text, days daterange)
LANGUAGE sql STABLE
SET plan_cache_mode = force_custom_plan
AS $$
    -- the days that have somebody's publication in their last 30
    WITH came AS (
        SELECT listing.entity_id, range_agg(daterange(listing.published_on, listing.published_on + 30)) AS days
        FROM register.listing
        WHERE
            listing.published_on > serving.today() - 30
            AND listing.published_on <= serving.today() + 30
        GROUP BY listing.entity_id
    ),

    -- the days that have the end of one of somebody's listings in their last 30
    went AS (
        SELECT
            listing.entity_id,
            range_agg(
                daterange(
                    least(listing.ended_on, listing.term_ends_on + 1),
                    least(listing.ended_on, listing.term_ends_on + 1) + 30
                )
            ) AS days
        FROM register.listing
        WHERE
            least(listing.ended_on, listing.term_ends_on + 1) > serving.today() - 30
            AND least(listing.ended_on, listing.term_ends_on + 1) <= serving.today() + 30
        GROUP BY listing.entity_id
    ),

    -- the days on which those are listed all the same
    still AS (
        SELECT listing.entity_id, range_agg(daterange(listing.published_on, listing.term_ends_on, '[]')) AS days
        FROM register.listing
        INNER JOIN went ON went.entity_id = listing.entity_id
        WHERE
            listing.state = 'published'
            AND (listing.term_ends_on IS NULL OR listing.term_ends_on >= listing.published_on)
        GROUP BY listing.entity_id
    )

    SELECT entity.area_code, 'added', unnest(came.days)
    FROM came
    INNER JOIN register.entity ON entity.id = came.entity_id
    UNION ALL
    SELECT entity.area_code, 'removed', unnest(went.days - coalesce(still.days, '{}'))
    FROM went
    INNER JOIN register.entity ON entity.id = went.entity_id
    LEFT JOIN still ON still.entity_id = went.entity_id
$$;
COMMENT ON FUNCTION serving.recent_spans() IS
'For each entity the stretches of days on which it counts as added, and as removed, as far as the register says it for today and the 30 days to come.';
REVOKE EXECUTE ON FUNCTION serving.recent_spans() FROM public;

CREATE FUNCTION serving.count_recent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET work_mem = '64MB'
AS $$
DECLARE
    today constant date := serving.today();
BEGIN
    DELETE FROM serving.recent_count;
    INSERT INTO serving.recent_count (area_code, day, added, removed)
    WITH by_area AS (
        SELECT span.area_code, turn.day, sum(turn.added) AS added, sum(turn.removed) AS removed
        FROM serving.recent_spans() AS span
        CROSS JOIN LATERAL (
            VALUES
            (greatest(lower(span.days), today), (span.change = 'added')::integer, (span.change = 'removed')::integer),
            (upper(span.days), -(span.change = 'added')::integer, -(span.change = 'removed')::integer)
        ) AS turn (day, added, removed)
        WHERE upper(span.days) > today
        GROUP BY span.area_code, turn.day
    )

    -- a code is two digits longer with each level
    SELECT left(by_area.area_code, digits.number), by_area.day, sum(by_area.added), sum(by_area.removed)
    FROM by_area
    CROSS JOIN LATERAL generate_series(2, length(by_area.area_code), 2) AS digits (number)
    GROUP BY left(by_area.area_code, digits.number), by_area.day
    HAVING sum(by_area.added) <> 0 OR sum(by_area.removed) <> 0;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.count_recent() IS 'Counts recent changes anew, whenever an import ends or a day is counted.';
REVOKE EXECUTE ON FUNCTION serving.count_recent() FROM public;

CREATE TRIGGER count_recent AFTER UPDATE ON serving.count_day
FOR EACH STATEMENT EXECUTE FUNCTION serving.count_recent();

-- What an earlier version's register holds.
UPDATE serving.count_day SET counted_on = counted_on;

RESET ROLE;

-- migrate:down

DROP TRIGGER count_recent ON serving.count_day;
DROP FUNCTION serving.count_recent();
DROP FUNCTION serving.recent_spans();
DROP TABLE serving.recent_count;
