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
CREATE INDEX entity_row_area_code ON serving.entity_row (area_code);
CREATE INDEX entity_row_published_on ON serving.entity_row (published_on DESC, entity_id);
CREATE INDEX entity_row_city_published_on ON serving.entity_row ("left"(area_code, 4), published_on DESC, entity_id);
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
    entity register.entity, area_name text, court_names text [], case_numbers text [],
    ground_mask smallint, published_on date, notice boolean
) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN concat(
    '{"id":"', (entity).id, '","kind":"', (entity).kind, '","name":', to_json((entity).name),
    ',"sex":', coalesce(to_json((entity).sex)::text, 'null'),
    ',"age_band":', coalesce(to_json((entity).age_band)::text, 'null'),
    ',"area":{"code":"', (entity).area_code, '","name":', to_json(area_name),
    '},"placed_by":"', (entity).placed_by,
    -- nearly everybody has one listing, and a function with a query in it is called, not inlined
    '","courts":', CASE cardinality(court_names) WHEN 1 THEN json_build_array(court_names[1]) ELSE serving.unrepeated(court_names) END,
    ',"case_numbers":', CASE cardinality(case_numbers) WHEN 1 THEN json_build_array(case_numbers[1]) ELSE serving.unrepeated(case_numbers) END,
    ',"grounds":[', serving.grounds(ground_mask),
    '],"published_on":"', published_on, '","notice":', CASE WHEN notice THEN 'true' ELSE 'false' END,
    ',"source":"', (entity).source, '","as_of":'
);
COMMENT ON FUNCTION serving.summary(register.entity, text, text [], text [], smallint, date, boolean) IS
'The public summary of an entity as JSON text, its keys in the contract''s order, to be completed with as_of.';

CREATE FUNCTION serving.timeline(ids uuid [])
RETURNS TABLE (
    entity_id uuid, shown_from date, shown_until date, kind text, area_code text, city_bubble_code text,
    placed_by text, tile_key bigint, point geometry, ground_mask smallint, notice boolean, published_on date,
    courts uuid [], court_masks smallint [], name text, source text, summary text
)
LANGUAGE sql STABLE
AS $$
    -- listings that are public today or will be
    WITH listed AS (
        SELECT
            listing.id, listing.entity_id, listing.court_id, listing.case_number, listing.ground_mask,
            listing.published_on AS begins_on, coalesce(listing.term_ends_on + 1, 'infinity') AS gone_on
        FROM register.listing
        WHERE
            listing.entity_id = ANY(ids)
            AND listing.state = 'published'
            AND (listing.term_ends_on IS NULL OR listing.term_ends_on >= (SELECT serving.today()))
    ),

    -- their reward notices, each no longer than its listing
    announced AS (
        SELECT
            listed.entity_id, greatest(notice.published_on, listed.begins_on) AS begins_on,
            least(notice.ends_on + 1, listed.gone_on) AS gone_on
        FROM register.notice
        INNER JOIN listed ON listed.id = notice.listing_id
    ),

    -- the days on which something begins or is gone
    turning_point AS (
        SELECT listed.entity_id, listed.begins_on AS day FROM listed
        UNION
        SELECT listed.entity_id, listed.gone_on FROM listed
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
    shown AS (
        SELECT
            said.entity_id, said.shown_from, said.shown_until,
            bit_or(said.ground_mask) AS ground_mask,
            max(said.begins_on) AS published_on,
            array_agg(said.court_id) AS courts,
            array_agg(said.ground_mask) AS court_masks,
            array_agg(said.court_name) AS court_names,
            array_agg(said.case_number) AS case_numbers
        FROM (
            SELECT
                span.entity_id, span.shown_from, span.shown_until, listed.ground_mask, listed.begins_on,
                listed.court_id, listed.case_number, court.name AS court_name
            FROM span
            INNER JOIN listed
                ON listed.entity_id = span.entity_id
                AND listed.begins_on <= span.shown_from
                AND listed.gone_on > span.shown_from
            INNER JOIN register.court ON court.id = listed.court_id
            WHERE span.shown_until > (SELECT serving.today())
            ORDER BY span.entity_id, span.shown_from, span.shown_until, listed.begins_on DESC, listed.id
        ) AS said
        GROUP BY said.entity_id, said.shown_from, said.shown_until
    )

    SELECT
        shown.entity_id, shown.shown_from, shown.shown_until, entity.kind, entity.area_code, area.city_bubble_code,
        entity.placed_by, entity.tile_key, entity.point, shown.ground_mask,
        noticed.entity_id IS NOT NULL, shown.published_on,
        shown.courts, shown.court_masks, entity.name, entity.source,
        serving.summary(
            entity, area.name, shown.court_names, shown.case_numbers,
            shown.ground_mask, shown.published_on, noticed.entity_id IS NOT NULL
        )
    FROM shown
    INNER JOIN register.entity ON entity.id = shown.entity_id
    INNER JOIN register.area ON area.code = entity.area_code
    LEFT JOIN noticed ON noticed.entity_id = shown.entity_id AND noticed.shown_from = shown.shown_from
    ORDER BY entity.tile_key, entity.area_code, shown.published_on DESC
$$;
COMMENT ON FUNCTION serving.timeline(uuid []) IS
'The rows of serving.entity_row that the register means for these entities, from today on. Written so that the planner can see the number of ids.';

RESET ROLE;

-- migrate:down

DROP FUNCTION serving.timeline(uuid []);
DROP FUNCTION serving.summary(register.entity, text, text [], text [], smallint, date, boolean);
DROP FUNCTION serving.grounds(smallint);
DROP FUNCTION serving.unrepeated(text []);
DROP VIEW serving.bearer;
DROP VIEW serving.listed;
DROP TABLE serving.entity_row;
