-- migrate:up

SET ROLE owner;

CREATE TABLE serving.entity_row (
    entity_id uuid NOT NULL,
    shown_from date NOT NULL,
    shown_until date NOT NULL,
    kind text NOT NULL,
    area_code text COLLATE "C" NOT NULL,
    city_bubble_code text COLLATE "C" NOT NULL,
    placed_by text NOT NULL,
    tile_key bigint,
    point geometry(Point, 4326),
    ground_mask smallint NOT NULL,
    notice boolean NOT NULL,
    published_on date NOT NULL,
    courts uuid [] NOT NULL,
    court_masks smallint [] NOT NULL,
    name text NOT NULL,
    source text NOT NULL,
    summary text NOT NULL,
    CONSTRAINT entity_row_shown_some_day CHECK (shown_from < shown_until),
    CONSTRAINT entity_row_person_without_point CHECK (kind <> 'person' OR (point IS NULL AND tile_key IS NULL)),
    CONSTRAINT entity_row_tile_key_with_point CHECK ((tile_key IS NULL) = (point IS NULL))
);
CREATE UNIQUE INDEX entity_row_key ON serving.entity_row (entity_id, shown_from);
CREATE INDEX entity_row_tile_key ON serving.entity_row (tile_key) WHERE tile_key IS NOT NULL;
CREATE INDEX entity_row_point ON serving.entity_row USING gist (point) WHERE point IS NOT NULL;
CREATE INDEX entity_row_published_on ON serving.entity_row (published_on, entity_id);
CREATE INDEX entity_row_notice_published_on ON serving.entity_row (published_on, entity_id) WHERE notice;
CREATE INDEX entity_row_province_published_on ON serving.entity_row ("left"(area_code, 2), published_on, entity_id);
CREATE INDEX entity_row_city_published_on ON serving.entity_row ("left"(area_code, 4), published_on, entity_id);
CREATE INDEX entity_row_area_published_on ON serving.entity_row (area_code, published_on, entity_id);
CREATE INDEX entity_row_cell_published_on ON serving.entity_row ((tile_key >> 14), published_on, entity_id) WHERE tile_key IS NOT NULL;
CREATE INDEX entity_row_court_published_on ON serving.entity_row ((courts[1]), published_on, entity_id);
CREATE INDEX entity_row_further_courts ON serving.entity_row USING gin (array_remove(courts, courts[1])) WHERE cardinality(courts) > 1;
CREATE INDEX entity_row_shown_from ON serving.entity_row (shown_from);
CREATE INDEX entity_row_shown_until ON serving.entity_row (shown_until);
COMMENT ON TABLE serving.entity_row IS
'What lists and tiles show of one entity, in map order: one row for each stretch of days over which that stays the same, past stretches left out. Read through serving.listed, which holds today''s.';
COMMENT ON COLUMN serving.entity_row.shown_until IS 'The first day on which the row no longer holds; infinity where no day is known.';
COMMENT ON COLUMN serving.entity_row.courts IS 'The court of each current listing, newest listing first.';
COMMENT ON COLUMN serving.entity_row.court_masks IS 'The grounds of each current listing, in the order of courts.';
COMMENT ON COLUMN serving.entity_row.summary IS
'The summary as JSON text, up to and without the value of as_of, which is that of the courts and changes with every import.';

CREATE VIEW serving.listed AS
SELECT
    entity_id, kind, area_code, placed_by, tile_key, point, ground_mask, notice, published_on, courts, court_masks,
    name, source, summary
FROM serving.entity_row
WHERE
    -- + 0: the indexes of these two find the few rows between two days, and would here find nearly all
    shown_from + 0 <= (SELECT serving.today())
    AND shown_until + 0 > (SELECT serving.today());
COMMENT ON VIEW serving.listed IS 'Who is listed today in China, one row an entity, with what lists and tiles show.';
GRANT SELECT ON serving.listed TO public_reader, operator;

CREATE VIEW serving.bearer AS
SELECT
    entity.id AS entity_id, entity.name_folded, entity.kind, entity.area_code, listed.point, listed.ground_mask,
    listed.notice, listed.courts, listed.court_masks, listed.summary, entity.kind = 'person' AS is_person
FROM register.entity
INNER JOIN serving.listed ON listed.entity_id = entity.id;
COMMENT ON VIEW serving.bearer IS 'Who is listed today, by folded name: for searches.';
GRANT SELECT ON serving.bearer TO public_reader, operator;

CREATE FUNCTION serving.unrepeated(texts text []) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT json_agg(entry.text ORDER BY entry.place)
    FROM (
        SELECT said.text, min(said.place) AS place
        FROM unnest(texts) WITH ORDINALITY AS said (text, place)
        GROUP BY said.text
    ) AS entry
);
COMMENT ON FUNCTION serving.unrepeated(text []) IS 'A JSON array of texts in their order, each once.';

CREATE FUNCTION serving.grounds(ground_mask smallint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN concat_ws(
    ',',
    CASE WHEN ground_mask & 1 > 0 THEN '1' END, CASE WHEN ground_mask & 2 > 0 THEN '2' END,
    CASE WHEN ground_mask & 4 > 0 THEN '3' END, CASE WHEN ground_mask & 8 > 0 THEN '4' END,
    CASE WHEN ground_mask & 16 > 0 THEN '5' END, CASE WHEN ground_mask & 32 > 0 THEN '6' END
);
COMMENT ON FUNCTION serving.grounds(smallint) IS 'The grounds of a mask with commas between them, e.g. 1,4 for 9.';

CREATE FUNCTION serving.summary(
    entity register.entity, area_name text, court_names text, case_numbers text,
    ground_mask smallint, published_on date, notice boolean
) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN concat(
    '{"id":"', (entity).id, '","kind":"', (entity).kind, '","name":', to_json((entity).name),
    ',"sex":', coalesce(to_json((entity).sex)::text, 'null'),
    ',"age_band":', coalesce(to_json((entity).age_band)::text, 'null'),
    ',"area":{"code":"', (entity).area_code, '","name":', to_json(area_name),
    '},"placed_by":"', (entity).placed_by,
    '","courts":', court_names, ',"case_numbers":', case_numbers, ',"grounds":[', serving.grounds(ground_mask),
    '],"published_on":"', published_on, '","notice":', CASE WHEN notice THEN 'true' ELSE 'false' END,
    ',"source":"', (entity).source, '","as_of":'
);
COMMENT ON FUNCTION serving.summary(register.entity, text, text, text, smallint, date, boolean) IS
'The public summary of an entity as JSON text, its keys in the contract''s order, to be completed with as_of. Courts and case numbers are given as JSON arrays.';

CREATE FUNCTION serving.timeline(ids uuid [])
RETURNS TABLE (
    entity_id uuid, shown_from date, shown_until date, kind text, area_code text, city_bubble_code text,
    placed_by text, tile_key bigint, point geometry, ground_mask smallint, notice boolean, published_on date,
    courts uuid [], court_masks smallint [], name text, source text, summary text
)
LANGUAGE sql STABLE
AS $$
    -- listings that are public today or will be; nearly everybody has one without a notice, which is one stretch
    WITH listed AS MATERIALIZED (
        SELECT
            listing.id, listing.entity_id, listing.court_id, listing.case_number, listing.ground_mask,
            listing.published_on AS begins_on, coalesce(listing.term_ends_on + 1, 'infinity') AS gone_on,
            count(*) OVER of_entity = 1
            AND NOT bool_or(
                EXISTS (SELECT FROM register.notice WHERE notice.listing_id = listing.id)
            ) OVER of_entity AS alone
        FROM register.listing
        WHERE
            (ids IS NULL OR listing.entity_id = ANY(ids))
            AND listing.state = 'published'
            AND (listing.term_ends_on IS NULL OR listing.term_ends_on >= (SELECT serving.today()))
        WINDOW of_entity AS (PARTITION BY listing.entity_id)
    ),

    together AS MATERIALIZED (
        SELECT id, entity_id, court_id, case_number, ground_mask, begins_on, gone_on
        FROM listed
        WHERE NOT alone
    ),

    -- their reward notices, each no longer than its listing
    announced AS (
        SELECT
            together.entity_id, greatest(notice.published_on, together.begins_on) AS begins_on,
            least(notice.ends_on + 1, together.gone_on) AS gone_on
        FROM register.notice
        INNER JOIN together ON together.id = notice.listing_id
    ),

    -- the days on which something begins or is gone
    turning_point AS (
        SELECT together.entity_id, together.begins_on AS day FROM together
        UNION
        SELECT together.entity_id, together.gone_on FROM together
        UNION
        SELECT announced.entity_id, announced.begins_on FROM announced
        UNION
        SELECT announced.entity_id, announced.gone_on FROM announced
    ),

    span AS (
        SELECT
            turning_point.entity_id, turning_point.day AS shown_from,
            lead(turning_point.day) OVER (
                PARTITION BY turning_point.entity_id ORDER BY turning_point.day
            ) AS shown_until
        FROM turning_point
    ),

    noticed AS (
        SELECT DISTINCT span.entity_id, span.shown_from
        FROM span
        INNER JOIN announced
            ON announced.entity_id = span.entity_id
            AND announced.begins_on <= span.shown_from
            AND announced.gone_on > span.shown_from
    ),

    -- every span with what its listings say together, newest first
    said AS (
        SELECT
            said.entity_id, said.shown_from, said.shown_until,
            bit_or(said.ground_mask) AS ground_mask,
            max(said.begins_on) AS published_on,
            array_agg(said.court_id) AS courts,
            array_agg(said.ground_mask) AS court_masks,
            serving.unrepeated(array_agg(said.court_name))::text AS court_names,
            serving.unrepeated(array_agg(said.case_number))::text AS case_numbers
        FROM (
            SELECT
                span.entity_id, span.shown_from, span.shown_until, together.ground_mask, together.begins_on,
                together.court_id, together.case_number, court.name AS court_name
            FROM span
            INNER JOIN together
                ON together.entity_id = span.entity_id
                AND together.begins_on <= span.shown_from
                AND together.gone_on > span.shown_from
            INNER JOIN register.court ON court.id = together.court_id
            WHERE span.shown_until > (SELECT serving.today())
            ORDER BY span.entity_id, span.shown_from, span.shown_until, together.begins_on DESC, together.id
        ) AS said
        GROUP BY said.entity_id, said.shown_from, said.shown_until
    ),

    shown AS (
        SELECT
            listed.entity_id, listed.begins_on AS shown_from, listed.gone_on AS shown_until,
            listed.ground_mask, false AS notice, listed.begins_on AS published_on,
            ARRAY[listed.court_id] AS courts, ARRAY[listed.ground_mask] AS court_masks,
            concat('[', to_json(court.name), ']') AS court_names,
            concat('[', to_json(listed.case_number), ']') AS case_numbers
        FROM listed
        INNER JOIN register.court ON court.id = listed.court_id
        WHERE listed.alone AND listed.begins_on < listed.gone_on
        UNION ALL
        SELECT
            said.entity_id, said.shown_from, said.shown_until, said.ground_mask, noticed.entity_id IS NOT NULL,
            said.published_on, said.courts, said.court_masks, said.court_names, said.case_numbers
        FROM said
        LEFT JOIN noticed ON noticed.entity_id = said.entity_id AND noticed.shown_from = said.shown_from
    )

    SELECT
        shown.entity_id, shown.shown_from, shown.shown_until, entity.kind, entity.area_code, area.city_bubble_code,
        entity.placed_by, entity.tile_key, entity.point, shown.ground_mask, shown.notice, shown.published_on,
        shown.courts, shown.court_masks, entity.name, entity.source,
        serving.summary(
            entity, area.name, shown.court_names, shown.case_numbers,
            shown.ground_mask, shown.published_on, shown.notice
        )
    FROM shown
    INNER JOIN register.entity ON entity.id = shown.entity_id
    INNER JOIN register.area ON area.code = entity.area_code
    ORDER BY entity.tile_key, entity.area_code, shown.published_on DESC
$$;
COMMENT ON FUNCTION serving.timeline(uuid []) IS
'The rows of serving.entity_row that the register means for these entities, or for all where ids is NULL, from today on, in map order. Written so that the planner can see the number of ids.';

RESET ROLE;

-- migrate:down

DROP FUNCTION serving.timeline(uuid []);
DROP FUNCTION serving.summary(register.entity, text, text, text, smallint, date, boolean);
DROP FUNCTION serving.grounds(smallint);
DROP FUNCTION serving.unrepeated(text []);
DROP VIEW serving.bearer;
DROP VIEW serving.listed;
DROP TABLE serving.entity_row;
