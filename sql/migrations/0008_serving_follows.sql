-- migrate:up

SET ROLE owner;

CREATE TABLE serving.touched (entity_id uuid NOT NULL);
COMMENT ON TABLE serving.touched IS
'Entities that a bulk change has touched and not refreshed yet: empty outside its transaction.';

CREATE FUNCTION serving.refresh(ids uuid []) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan  -- planned for ten ids, ten thousand would be joined by nested loops
AS $$
BEGIN
    -- Whoever changes the same entity waits here, and then sees what this transaction has written.
    PERFORM FROM register.entity WHERE entity.id = ANY(ids) ORDER BY entity.id FOR NO KEY UPDATE;
    DELETE FROM serving.entity_row WHERE entity_row.entity_id = ANY(ids);
    INSERT INTO serving.entity_row SELECT timeline.* FROM serving.timeline(ids);
END
$$;
COMMENT ON FUNCTION serving.refresh(uuid []) IS 'Writes the serving rows of these entities anew.';
REVOKE EXECUTE ON FUNCTION serving.refresh(uuid []) FROM public;

CREATE FUNCTION serving.note_touched(ids uuid []) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF ids IS NULL THEN
        RETURN;
    END IF;
    IF current_setting('listings.bulk', true) = 'on' THEN
        INSERT INTO serving.touched (entity_id) SELECT unnest(ids);
    ELSE
        PERFORM serving.refresh(ids);
    END IF;
END
$$;
COMMENT ON FUNCTION serving.note_touched(uuid []) IS
'Refreshes these entities, at once or, within a bulk change, at its end.';
REVOKE EXECUTE ON FUNCTION serving.note_touched(uuid []) FROM public;

CREATE FUNCTION serving.follow_listing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM serving.note_touched((SELECT array_agg(DISTINCT changed.entity_id) FROM changed));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.follow_listing() IS 'Keeps the serving rows of those whose listings a statement has changed.';

CREATE FUNCTION serving.follow_listing_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM serving.note_touched((
        -- Of columns only those that serving.timeline() reads: a text that changes is read from the register itself.
        -- No join, whose plan for a first, small statement would be kept for large ones.
        SELECT array_agg(DISTINCT changed.entity_id)
        FROM (
            (
                SELECT id, entity_id, court_id, case_number, ground_mask, published_on, term_ends_on, state FROM before
                EXCEPT
                SELECT id, entity_id, court_id, case_number, ground_mask, published_on, term_ends_on, state FROM after
            )
            UNION ALL
            (
                SELECT id, entity_id, court_id, case_number, ground_mask, published_on, term_ends_on, state FROM after
                EXCEPT
                SELECT id, entity_id, court_id, case_number, ground_mask, published_on, term_ends_on, state FROM before
            )
        ) AS changed
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.follow_listing_update() IS
'Keeps the serving rows of those whose listings a statement has changed, or given to somebody else.';

CREATE FUNCTION serving.follow_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(DISTINCT listing.entity_id)
        FROM register.listing
        WHERE listing.id IN (SELECT changed.listing_id FROM changed)
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.follow_notice() IS 'Keeps the serving rows of those whose notices a statement has changed.';

CREATE FUNCTION serving.follow_notice_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(DISTINCT listing.entity_id)
        FROM register.listing
        WHERE listing.id IN (SELECT before.listing_id FROM before UNION SELECT after.listing_id FROM after)
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.follow_notice_update() IS
'Keeps the serving rows of those whose notices a statement has changed, or moved to another listing.';

CREATE FUNCTION serving.follow_entity() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(after.id)
        FROM after
        INNER JOIN before ON before.id = after.id
        WHERE before IS DISTINCT FROM after
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.follow_entity() IS 'Keeps the serving rows of entities that a statement has changed.';

CREATE FUNCTION serving.follow_area() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(entity.id)
        FROM after
        INNER JOIN before ON before.code = after.code
        INNER JOIN register.entity ON entity.area_code = after.code
        WHERE (before.name, before.city_bubble_code) IS DISTINCT FROM (after.name, after.city_bubble_code)
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.follow_area() IS 'Keeps the serving rows of those in an area that is renamed or moves to another bubble.';

CREATE FUNCTION serving.follow_court() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(DISTINCT listing.entity_id)
        FROM after
        INNER JOIN before ON before.id = after.id
        INNER JOIN register.listing ON listing.court_id = after.id
        WHERE before.name IS DISTINCT FROM after.name
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.follow_court() IS 'Keeps the serving rows of those whom a renamed court has listed.';

CREATE FUNCTION serving.follow_truncate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM serving.entity_row;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION serving.follow_truncate() IS 'Empties the serving rows with the register.';

CREATE TRIGGER serving_insert AFTER INSERT ON register.listing
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_listing();
CREATE TRIGGER serving_delete AFTER DELETE ON register.listing
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_listing();
CREATE TRIGGER serving_update AFTER UPDATE ON register.listing
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_listing_update();
CREATE TRIGGER serving_truncate AFTER TRUNCATE ON register.listing
FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_truncate();
CREATE TRIGGER serving_insert AFTER INSERT ON register.notice
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_notice();
CREATE TRIGGER serving_delete AFTER DELETE ON register.notice
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_notice();
CREATE TRIGGER serving_update AFTER UPDATE ON register.notice
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_notice_update();
CREATE TRIGGER serving_update AFTER UPDATE ON register.entity
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_entity();
CREATE TRIGGER serving_update AFTER UPDATE ON register.area
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_area();
CREATE TRIGGER serving_update AFTER UPDATE ON register.court
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_court();

CREATE FUNCTION serving.refresh_touched() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp
SET work_mem = '64MB'
AS $$
DECLARE
    batch constant integer := 20000;  -- keeps the arrays and sorts of one batch in memory
    refreshed bigint := 0;
    ids uuid [];
BEGIN
    PERFORM set_config('listings.bulk', 'off', true);
    FOR ids IN
        SELECT array_agg(numbered.id)
        FROM (
            SELECT id, row_number() OVER (ORDER BY entity.tile_key, entity.area_code) / batch AS number
            FROM (SELECT DISTINCT touched.entity_id AS id FROM serving.touched) AS entity_id
            LEFT JOIN register.entity USING (id)
        ) AS numbered
        GROUP BY numbered.number
        ORDER BY numbered.number
    LOOP
        PERFORM serving.refresh(ids);
        refreshed := refreshed + cardinality(ids);
    END LOOP;
    DELETE FROM serving.touched;
    RETURN refreshed;
END
$$;
COMMENT ON FUNCTION serving.refresh_touched() IS
'Refreshes in map order whom a bulk change touched; how many that were.';
REVOKE EXECUTE ON FUNCTION serving.refresh_touched() FROM public;

RESET ROLE;

-- migrate:down

DROP TRIGGER serving_insert ON register.listing;
DROP TRIGGER serving_delete ON register.listing;
DROP TRIGGER serving_update ON register.listing;
DROP TRIGGER serving_truncate ON register.listing;
DROP TRIGGER serving_insert ON register.notice;
DROP TRIGGER serving_delete ON register.notice;
DROP TRIGGER serving_update ON register.notice;
DROP TRIGGER serving_update ON register.entity;
DROP TRIGGER serving_update ON register.area;
DROP TRIGGER serving_update ON register.court;
DROP FUNCTION serving.refresh_touched();
DROP FUNCTION serving.follow_truncate();
DROP FUNCTION serving.follow_court();
DROP FUNCTION serving.follow_area();
DROP FUNCTION serving.follow_entity();
DROP FUNCTION serving.follow_notice_update();
DROP FUNCTION serving.follow_notice();
DROP FUNCTION serving.follow_listing_update();
DROP FUNCTION serving.follow_listing();
DROP FUNCTION serving.note_touched(uuid []);
DROP FUNCTION serving.refresh(uuid []);
DROP TABLE serving.touched;
