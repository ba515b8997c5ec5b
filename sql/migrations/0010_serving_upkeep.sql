-- migrate:up

SET ROLE owner;

CREATE VIEW serving.listed_by_rule AS
-- what each entity's current listings say together, newest first
WITH said AS (
    SELECT
        listing.entity_id,
        bit_or(listing.ground_mask) AS ground_mask,
        max(listing.published_on) AS published_on,
        array_agg(listing.court_id ORDER BY listing.published_on DESC, listing.id) AS courts,
        array_agg(listing.ground_mask ORDER BY listing.published_on DESC, listing.id) AS court_masks,
        serving.unrepeated(array_agg(court.name ORDER BY listing.published_on DESC, listing.id))::text AS court_names,
        serving.unrepeated(
            array_agg(listing.case_number ORDER BY listing.published_on DESC, listing.id)
        )::text AS case_numbers
    FROM serving.current_listing AS listing
    INNER JOIN register.court ON court.id = listing.court_id
    GROUP BY listing.entity_id
)

SELECT
    entity.id AS entity_id, entity.kind, entity.area_code, area.city_bubble_code, entity.placed_by, entity.tile_key,
    entity.point, said.ground_mask, noticed.notice, said.published_on, said.courts, said.court_masks, entity.name,
    entity.source,
    serving.summary(
        entity, area.name, said.court_names, said.case_numbers, said.ground_mask, said.published_on, noticed.notice
    ) AS summary
FROM said
INNER JOIN register.entity ON entity.id = said.entity_id
INNER JOIN register.area ON area.code = entity.area_code
CROSS JOIN
    LATERAL (
        SELECT EXISTS (SELECT FROM serving.current_notice WHERE current_notice.entity_id = entity.id) AS notice
    ) AS noticed;
COMMENT ON VIEW serving.listed_by_rule IS
'What serving.listed must hold today, computed from the register alone. For checks: it reads everything.';

CREATE FUNCTION serving.differences() RETURNS TABLE (place text, number bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
    WITH kept AS (
        SELECT entity_row.*
        FROM serving.entity_row
        WHERE entity_row.shown_from <= serving.today() AND entity_row.shown_until > serving.today()
    ),

    -- rows as text, since a point has no order
    row_difference AS (
        SELECT kept.entity_id
        FROM kept
        FULL JOIN serving.listed_by_rule AS rule ON rule.entity_id = kept.entity_id
        WHERE
            (
                kept.kind, kept.area_code, kept.city_bubble_code, kept.placed_by, kept.tile_key, kept.point::text,
                kept.ground_mask, kept.notice, kept.published_on, kept.courts, kept.court_masks, kept.name,
                kept.source, kept.summary
            ) IS DISTINCT FROM (
                rule.kind, rule.area_code, rule.city_bubble_code, rule.placed_by, rule.tile_key, rule.point::text,
                rule.ground_mask, rule.notice, rule.published_on, rule.courts, rule.court_masks, rule.name,
                rule.source, rule.summary
            )
            OR kept.entity_id IS NULL
            OR rule.entity_id IS NULL
    ),

    -- signed: what is kept less what must be
    area_number AS (
        SELECT
            counted.from_zoom, counted.area_code, counted.ground_mask, counted.notice,
            counted.person, counted.person_by_county, counted.company, counted.organisation
        FROM serving.current_count AS counted
        UNION ALL
        SELECT
            bubble.from_zoom, bubble.area_code, rule.ground_mask, rule.notice,
            -(rule.kind = 'person')::integer, -(rule.kind = 'person' AND rule.placed_by = 'county')::integer,
            -(rule.kind = 'company')::integer, -(rule.kind = 'organisation')::integer
        FROM serving.listed_by_rule AS rule
        CROSS JOIN LATERAL serving.bubbles(rule.area_code, rule.city_bubble_code, rule.tile_key) AS bubble
    ),

    area_difference AS (
        SELECT area_number.from_zoom
        FROM area_number
        GROUP BY area_number.from_zoom, area_number.area_code, area_number.ground_mask, area_number.notice
        HAVING
            sum(area_number.person) <> 0 OR sum(area_number.person_by_county) <> 0
            OR sum(area_number.company) <> 0 OR sum(area_number.organisation) <> 0
    ),

    court_number AS (
        SELECT
            counted.court_id, counted.from_zoom, counted.area_code, counted.ground_mask, counted.notice,
            counted.person, counted.company, counted.organisation
        FROM serving.current_court_count AS counted
        UNION ALL
        SELECT
            court.id, bubble.from_zoom, bubble.area_code, court.ground_mask, rule.notice,
            -(rule.kind = 'person')::integer, -(rule.kind = 'company')::integer, -(rule.kind = 'organisation')::integer
        FROM serving.listed_by_rule AS rule
        CROSS JOIN LATERAL serving.courts(rule.courts, rule.court_masks) AS court
        CROSS JOIN LATERAL serving.bubbles(rule.area_code, rule.city_bubble_code, rule.tile_key) AS bubble
    ),

    court_difference AS (
        SELECT court_number.court_id
        FROM court_number
        GROUP BY
            court_number.court_id, court_number.from_zoom, court_number.area_code,
            court_number.ground_mask, court_number.notice
        HAVING sum(court_number.person) <> 0 OR sum(court_number.company) <> 0 OR sum(court_number.organisation) <> 0
    )

    SELECT 'rows', count(*) FROM row_difference
    UNION ALL
    SELECT 'area counts', count(*) FROM area_difference
    UNION ALL
    SELECT 'court counts', count(*) FROM court_difference;
END
$$;
COMMENT ON FUNCTION serving.differences() IS
'How many serving rows, area counts and court counts differ from what the register says today: 0 each.';
REVOKE EXECUTE ON FUNCTION serving.differences() FROM public;
GRANT EXECUTE ON FUNCTION serving.differences() TO operator;

CREATE FUNCTION serving.fill_next() RETURNS void
LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off  -- what is read is read whole; rows of a CTE are guessed too low
AS $$
DECLARE
    day constant date := (SELECT count_day.counted_on FROM serving.count_day);
BEGIN
    CREATE TABLE serving.entity_row_next (LIKE serving.entity_row INCLUDING CONSTRAINTS INCLUDING COMMENTS);
    CREATE TABLE serving.area_count_next (LIKE serving.area_count INCLUDING CONSTRAINTS INCLUDING COMMENTS);
    CREATE TABLE serving.court_count_next (LIKE serving.court_count INCLUDING CONSTRAINTS INCLUDING COMMENTS);
    INSERT INTO serving.entity_row_next SELECT timeline.* FROM serving.timeline(NULL) AS timeline;
    -- Once at the end, not by a trigger, which would keep a second copy of all rows.
    EXECUTE serving.area_counting('area_count_next', 'serving.entity_row_next') USING 1, day;
    EXECUTE serving.court_counting('court_count_next', 'serving.entity_row_next') USING 1, day;
END
$$;
COMMENT ON FUNCTION serving.fill_next() IS 'Fills new serving tables beside the live ones, in map order, without indexes.';
REVOKE EXECUTE ON FUNCTION serving.fill_next() FROM public;

CREATE FUNCTION serving.index_next() RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    live record;
BEGIN
    FOR live IN
        SELECT pg_indexes.tablename, pg_indexes.indexname, pg_indexes.indexdef
        FROM pg_indexes
        WHERE
            pg_indexes.schemaname = 'serving'
            AND pg_indexes.tablename IN ('entity_row', 'area_count', 'court_count')
    LOOP
        EXECUTE replace(
            replace(live.indexdef, format(' %I ON ', live.indexname), format(' %I ON ', live.indexname || '_next')),
            format(' ON serving.%I ', live.tablename), format(' ON serving.%I ', live.tablename || '_next')
        );
    END LOOP;
    ANALYZE serving.entity_row_next, serving.area_count_next, serving.court_count_next;
END
$$;
COMMENT ON FUNCTION serving.index_next() IS 'Gives the new serving tables the indexes of the live ones, and statistics.';
REVOKE EXECUTE ON FUNCTION serving.index_next() FROM public;

CREATE FUNCTION serving.lock_for_swap() RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    FOR attempt IN 1..600 LOOP
        BEGIN
            -- Shorter than the server's wait for a deadlock: whoever gives way is never a reader.
            PERFORM set_config('lock_timeout', '50ms', true);
            LOCK TABLE
                serving.listed, serving.current_count, serving.current_court_count,
                serving.counted, serving.counted_by_court,
                serving.entity_row, serving.area_count, serving.court_count
            IN ACCESS EXCLUSIVE MODE;
            RETURN;
        EXCEPTION
            WHEN lock_not_available THEN
                PERFORM pg_sleep(0.1);
        END;
    END LOOP;
    RAISE EXCEPTION 'the serving tables are never free' USING ERRCODE = 'lock_not_available';
END
$$;
COMMENT ON FUNCTION serving.lock_for_swap() IS
'Locks what readers use, all or nothing: while a reader is in the way it lets go again, so that readers wait milliseconds.';
REVOKE EXECUTE ON FUNCTION serving.lock_for_swap() FROM public;

CREATE FUNCTION serving.swap_next() RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    live record;
    views text [];
    definition text;
BEGIN
    SELECT array_agg(
        DISTINCT format('CREATE OR REPLACE VIEW %s AS %s', pg_rewrite.ev_class::regclass, pg_get_viewdef(pg_rewrite.ev_class))
    )
    INTO views
    FROM pg_depend
    INNER JOIN pg_rewrite ON pg_rewrite.oid = pg_depend.objid AND pg_depend.classid = 'pg_rewrite'::regclass
    WHERE
        pg_depend.refobjid IN (
            'serving.entity_row'::regclass, 'serving.area_count'::regclass, 'serving.court_count'::regclass
        );
    PERFORM serving.lock_for_swap();
    FOR live IN SELECT * FROM unnest(ARRAY['entity_row', 'area_count', 'court_count']) AS known (name) LOOP
        EXECUTE format(
            'COMMENT ON TABLE serving.%I IS %L',
            live.name || '_next', obj_description(format('serving.%I', live.name)::regclass, 'pg_class')
        );
        EXECUTE format('ALTER TABLE serving.%I RENAME TO %I', live.name, live.name || '_last');
        EXECUTE format('ALTER TABLE serving.%I RENAME TO %I', live.name || '_next', live.name);
    END LOOP;
    FOREACH definition IN ARRAY views LOOP
        EXECUTE definition;
    END LOOP;
    DROP TABLE serving.entity_row_last, serving.area_count_last, serving.court_count_last;
    FOR live IN
        SELECT pg_indexes.indexname FROM pg_indexes
        WHERE pg_indexes.schemaname = 'serving' AND pg_indexes.indexname LIKE '%\_next'
    LOOP
        EXECUTE format('ALTER INDEX serving.%I RENAME TO %I', live.indexname, left(live.indexname, -5));
    END LOOP;
    CREATE TRIGGER count_insert AFTER INSERT ON serving.entity_row
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.count_rows();
    CREATE TRIGGER count_delete AFTER DELETE ON serving.entity_row
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.count_rows();
END
$$;
COMMENT ON FUNCTION serving.swap_next() IS
'Puts the new serving tables in the place of the live ones, under the views, which keep their rights.';
REVOKE EXECUTE ON FUNCTION serving.swap_next() FROM public;

CREATE FUNCTION serving.rebuild() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET work_mem = '128MB'
SET maintenance_work_mem = '256MB'
AS $$
BEGIN
    -- Readers go on; writers wait until the swap, since what they wrote meanwhile would be lost.
    LOCK TABLE
        register.area, register.court, register.entity, register.listing, register.notice IN SHARE ROW EXCLUSIVE MODE;
    UPDATE serving.count_day SET counted_on = serving.today();
    PERFORM serving.fill_next();
    PERFORM serving.index_next();
    DELETE FROM serving.touched;
    PERFORM set_config('listings.bulk', 'off', true);
    PERFORM serving.swap_next();
END
$$;
COMMENT ON FUNCTION serving.rebuild() IS
'Builds the serving tables anew beside the live ones and swaps them, as the last thing in its transaction: readers wait milliseconds.';
REVOKE EXECUTE ON FUNCTION serving.rebuild() FROM public;
GRANT EXECUTE ON FUNCTION serving.rebuild() TO operator;

CREATE FUNCTION serving.end_bulk() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
DECLARE
    few constant integer := 20000;  -- refreshed in a second or two, without a swap
    touched_rows bigint := (SELECT count(*) FROM serving.touched);
    kept_rows bigint := (SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'serving.entity_row'::regclass);
BEGIN
    -- Building anew costs less a row than taking out and putting in, and leaves the rows in map order.
    IF touched_rows > few AND touched_rows > kept_rows / 4 THEN
        PERFORM serving.rebuild();
    ELSIF touched_rows > 0 THEN
        PERFORM serving.refresh_touched();
        PERFORM serving.fold_counts();
    ELSE
        PERFORM set_config('listings.bulk', 'off', true);
    END IF;
END
$$;
COMMENT ON FUNCTION serving.end_bulk() IS
'Ends a bulk change, begun by SET LOCAL listings.bulk = ''on'', as the last thing in its transaction: refreshes whom it touched, or rebuilds where that is most.';
REVOKE EXECUTE ON FUNCTION serving.end_bulk() FROM public;
GRANT EXECUTE ON FUNCTION serving.end_bulk() TO operator;

-- What an earlier version's register holds.
SELECT serving.rebuild();

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP FUNCTION serving.end_bulk();
DROP FUNCTION serving.rebuild();
DROP FUNCTION serving.swap_next();
DROP FUNCTION serving.lock_for_swap();
DROP FUNCTION serving.index_next();
DROP FUNCTION serving.fill_next();
DROP FUNCTION serving.differences();
DROP VIEW serving.listed_by_rule;

RESET ROLE;
