--
-- PostgreSQL database dump
--

--
-- Name: register; Type: SCHEMA; Schema: -; Owner: owner
--

CREATE SCHEMA register;

ALTER SCHEMA register OWNER TO owner;

--
-- Name: SCHEMA register; Type: COMMENT; Schema: -; Owner: owner
--

COMMENT ON SCHEMA register IS 'What courts published and what was decided about it. Read and written by command-line work and, later, by courts; never by the public role.';

--
-- Name: serving; Type: SCHEMA; Schema: -; Owner: owner
--

CREATE SCHEMA serving;

ALTER SCHEMA serving OWNER TO owner;

--
-- Name: SCHEMA serving; Type: COMMENT; Schema: -; Owner: owner
--

COMMENT ON SCHEMA serving IS 'What the public may see now: views that hold only current listings and public fields. The public role reads nothing else.';

--
-- Name: index_name_keys(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.index_name_keys() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'register', 'pg_temp'
    AS $$
    -- Without the list of pending entries, which every look-up would have to read through.
    CREATE INDEX name_keys_of_people ON register.name USING gin (keys) WITH (fastupdate = off) WHERE is_person;
    CREATE INDEX name_keys_of_bodies ON register.name USING gin (keys) WITH (fastupdate = off) WHERE NOT is_person;
$$;

ALTER FUNCTION register.index_name_keys() OWNER TO owner;

--
-- Name: FUNCTION index_name_keys(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.index_name_keys() IS 'Make the indexes on keys, after a first filling.';

--
-- Name: refresh_statistics(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.refresh_statistics() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    table_name text;
BEGIN
    FOR table_name IN SELECT tablename FROM pg_tables WHERE schemaname = 'register' LOOP
        EXECUTE format('ANALYZE register.%I', table_name);
    END LOOP;
END
$$;

ALTER FUNCTION register.refresh_statistics() OWNER TO owner;

--
-- Name: FUNCTION refresh_statistics(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.refresh_statistics() IS 'Refreshes the planner''s statistics after a bulk load: without them the first minute''s lists take seconds.';

--
-- Name: unindex_name_keys(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.unindex_name_keys() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'register', 'pg_temp'
    AS $$
    DROP INDEX register.name_keys_of_people, register.name_keys_of_bodies;
$$;

ALTER FUNCTION register.unindex_name_keys() OWNER TO owner;

--
-- Name: FUNCTION unindex_name_keys(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.unindex_name_keys() IS 'Drop the indexes on keys before a first filling: made afterwards, in the same transaction, they take a fifth of the time. Locks the table.';

--
-- Name: characters_at(boolean, integer, text[], text, integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.characters_at(of_people boolean, place integer, wanted text[], name_pattern text, most integer) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
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

ALTER FUNCTION serving.characters_at(of_people boolean, place integer, wanted text[], name_pattern text, most integer) OWNER TO owner;

--
-- Name: FUNCTION characters_at(of_people boolean, place integer, wanted text[], name_pattern text, most integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.characters_at(of_people boolean, place integer, wanted text[], name_pattern text, most integer) IS 'Which characters stand at a place, counted from 1, of the names that match a pattern; the keys must follow from the pattern. The names themselves need not travel: they differ in that place only.';

--
-- Name: names_walked(boolean, text, text, integer, integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.names_walked(of_people boolean, part text, after_name text, most integer, walked integer) RETURNS SETOF text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
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

ALTER FUNCTION serving.names_walked(of_people boolean, part text, after_name text, most integer, walked integer) OWNER TO owner;

--
-- Name: FUNCTION names_walked(of_people boolean, part text, after_name text, most integer, walked integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.names_walked(of_people boolean, part text, after_name text, most integer, walked integer) IS 'Names that contain a text, found by walking the names in order from one on, so many at most: for texts that many names contain.';

--
-- Name: names_with_all(boolean, text[], integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.names_with_all(of_people boolean, wanted text[], most integer) RETURNS SETOF text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
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

ALTER FUNCTION serving.names_with_all(of_people boolean, wanted text[], most integer) OWNER TO owner;

--
-- Name: FUNCTION names_with_all(of_people boolean, wanted text[], most integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.names_with_all(of_people boolean, wanted text[], most integer) IS 'Names of people or of bodies that have every one of the keys: at most so many, in no stated order.';

--
-- Name: names_with_any(boolean, text[], integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.names_with_any(of_people boolean, wanted text[], most integer) RETURNS SETOF text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
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

ALTER FUNCTION serving.names_with_any(of_people boolean, wanted text[], most integer) OWNER TO owner;

--
-- Name: FUNCTION names_with_any(of_people boolean, wanted text[], most integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.names_with_any(of_people boolean, wanted text[], most integer) IS 'Names of people or of bodies that have at least one of the keys: at most so many, in no stated order.';

--
-- Name: today(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.today() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((NULLIF(current_setting('listings.today'::text, true), ''::text))::date, ((now() AT TIME ZONE 'Asia/Shanghai'::text))::date);

ALTER FUNCTION serving.today() OWNER TO owner;

--
-- Name: FUNCTION today(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.today() IS 'The date in China. A listing is shown through its last day and gone at midnight because every query asks this. The setting listings.today moves the clock in tests.';

--
-- Name: area; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.area (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    level text NOT NULL,
    parent_code text COLLATE pg_catalog."C",
    city_bubble_code text NOT NULL COLLATE pg_catalog."C",
    label_point public.geometry(Point,4326) NOT NULL,
    label_tile_x integer NOT NULL,
    label_tile_y integer NOT NULL,
    outline public.geometry(MultiPolygon,4326),
    provider text NOT NULL,
    provider_version text NOT NULL,
    provider_crs text NOT NULL,
    CONSTRAINT area_below_its_parent CHECK (((parent_code IS NULL) OR starts_with(code, parent_code))),
    CONSTRAINT area_code_matches_level CHECK ((((level = 'province'::text) AND (code ~ '^[0-9]{2}$'::text)) OR ((level = 'city'::text) AND (code ~ '^[0-9]{4}$'::text)) OR ((level = 'county'::text) AND (code ~ '^[0-9]{6}$'::text)))),
    CONSTRAINT area_level_known CHECK ((level = ANY (ARRAY['province'::text, 'city'::text, 'county'::text]))),
    CONSTRAINT area_outline_valid CHECK (((outline IS NULL) OR public.st_isvalid(outline))),
    CONSTRAINT area_parent_by_level CHECK (((level = 'province'::text) = (parent_code IS NULL)))
);

ALTER TABLE register.area OWNER TO owner;

--
-- Name: TABLE area; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.area IS 'Administrative divisions (行政区划), GB/T 2260 codes: province 2 digits, city 4, county 6. A code answers for everything below it.';

--
-- Name: COLUMN area.city_bubble_code; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.city_bubble_code IS 'The area whose bubble counts this one at zoom 6-8: its city; its province where the province has no city level; else itself.';

--
-- Name: COLUMN area.label_point; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.label_point IS 'Where the name and the count stand, WGS 84. A label, not a place; inside the outline where there is one.';

--
-- Name: COLUMN area.label_tile_x; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.label_tile_x IS 'Web-mercator tile column of label_point at zoom 21.';

--
-- Name: COLUMN area.label_tile_y; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.label_tile_y IS 'Web-mercator tile row of label_point at zoom 21.';

--
-- Name: COLUMN area.outline; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.outline IS 'Full outline, WGS 84; NULL where no provider draws one.';

--
-- Name: COLUMN area.provider_crs; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.provider_crs IS 'The CRS the provider published; the outline itself is stored in WGS 84.';

--
-- Name: area_outline; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.area_outline (
    area_code text NOT NULL COLLATE pg_catalog."C",
    max_zoom smallint NOT NULL,
    outline public.geometry(MultiPolygon,4326) NOT NULL,
    CONSTRAINT area_outline_simplified_valid CHECK (public.st_isvalid(outline)),
    CONSTRAINT area_outline_zoom_range CHECK (((max_zoom >= 0) AND (max_zoom <= 18)))
);

ALTER TABLE register.area_outline OWNER TO owner;

--
-- Name: TABLE area_outline; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.area_outline IS 'Outlines simplified for drawing, edges shared by neighbours kept shared. A zoom is served by the row with the least max_zoom not below it.';

--
-- Name: common_gram; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.common_gram (
    is_person boolean NOT NULL,
    gram text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE register.common_gram OWNER TO owner;

--
-- Name: TABLE common_gram; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.common_gram IS 'Pairs of characters in so many names (公司, 有限) that walking the names finds twenty of them sooner than the index does. Counted anew after an import.';

--
-- Name: court; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court (
    id uuid NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    level text NOT NULL,
    area_code text NOT NULL COLLATE pg_catalog."C",
    superior_id uuid,
    phone text,
    address text,
    by_rule boolean NOT NULL,
    as_of timestamp with time zone,
    CONSTRAINT court_level_known CHECK ((level = ANY (ARRAY['basic'::text, 'intermediate'::text, 'high'::text, 'special'::text])))
);

ALTER TABLE register.court OWNER TO owner;

--
-- Name: TABLE court; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court IS 'Enforcing courts (执行法院).';

--
-- Name: COLUMN court.id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court.id IS 'UUIDv5 of the code: two installations name the same court by the same id.';

--
-- Name: COLUMN court.code; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court.code IS 'The court''s sign in case numbers (法院代字), e.g. 冀0108.';

--
-- Name: COLUMN court.by_rule; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court.by_rule IS 'True when the row follows from the county code alone; false when the corrections file or the court itself stated it.';

--
-- Name: COLUMN court.as_of; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court.as_of IS 'When this court''s list was last imported; NULL before the first import.';

--
-- Name: court_name; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court_name (
    name_folded text NOT NULL COLLATE pg_catalog."C",
    court_id uuid NOT NULL
);

ALTER TABLE register.court_name OWNER TO owner;

--
-- Name: TABLE court_name; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court_name IS 'Every way files write a court''s name, folded. A name shared by several courts is decided by the case number''s court code.';

--
-- Name: entity; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.entity (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    identity_key bytea NOT NULL,
    has_identifier boolean NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL COLLATE pg_catalog."C",
    sex text,
    age_band text,
    uscc text COLLATE pg_catalog."C",
    representative text,
    registered_address text,
    area_code text NOT NULL COLLATE pg_catalog."C",
    placed_by text NOT NULL,
    point public.geometry(Point,4326),
    tile_key bigint,
    source text NOT NULL,
    CONSTRAINT entity_address_only_with_point CHECK (((registered_address IS NULL) OR (point IS NOT NULL))),
    CONSTRAINT entity_age_band_form CHECK ((age_band ~ '^[0-9]{2}-[0-9]{2}$|^90\+$'::text)),
    CONSTRAINT entity_kind_known CHECK ((kind = ANY (ARRAY['person'::text, 'company'::text, 'organisation'::text]))),
    CONSTRAINT entity_person_without_place CHECK (((kind <> 'person'::text) OR ((point IS NULL) AND (registered_address IS NULL) AND (uscc IS NULL) AND (representative IS NULL)))),
    CONSTRAINT entity_placed_by_known CHECK ((placed_by = ANY (ARRAY['registered_address'::text, 'county'::text, 'court_area'::text]))),
    CONSTRAINT entity_point_only_by_address CHECK (((placed_by = 'registered_address'::text) = (point IS NOT NULL))),
    CONSTRAINT entity_sex_and_age_of_people CHECK (((kind = 'person'::text) OR ((sex IS NULL) AND (age_band IS NULL)))),
    CONSTRAINT entity_sex_known CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text]))),
    CONSTRAINT entity_source_known CHECK ((source = ANY (ARRAY['demo'::text, 'court'::text]))),
    CONSTRAINT entity_tile_key_with_point CHECK (((tile_key IS NULL) = (point IS NULL)))
);

ALTER TABLE register.entity OWNER TO owner;

--
-- Name: TABLE entity; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.entity IS 'Who is listed (失信被执行人): a person, a company or another organisation.';

--
-- Name: COLUMN entity.identity_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.identity_key IS 'Keyed hash of source, kind, folded name and identifier (mask or code); without an identifier, of court and case instead, since names are not identities. No part of an ID number is stored.';

--
-- Name: COLUMN entity.has_identifier; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.has_identifier IS 'Whether the file held a mask or code, so that a self-check can compare it.';

--
-- Name: COLUMN entity.age_band; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.age_band IS 'Ten-year band of the age at publication; never recomputed: a band that flips gives a birthday away.';

--
-- Name: COLUMN entity.tile_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.tile_key IS 'Morton code of the web-mercator cell of point at zoom 21 (42 bits, x in the even bits).';

--
-- Name: ground; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.ground (
    id smallint NOT NULL,
    text text NOT NULL,
    plain_zh text NOT NULL,
    plain_en text NOT NULL,
    short_zh text NOT NULL,
    short_en text NOT NULL,
    article text NOT NULL,
    has_term boolean NOT NULL,
    how_it_ends_zh text NOT NULL,
    how_it_ends_en text NOT NULL,
    CONSTRAINT ground_one_to_six CHECK (((id >= 1) AND (id <= 6)))
);

ALTER TABLE register.ground OWNER TO owner;

--
-- Name: TABLE ground; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.ground IS 'The six grounds (失信行为具体情形) of Article 1, 法释〔2017〕7号, with plain words and how a listing on each ends.';

--
-- Name: COLUMN ground.has_term; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.ground.has_term IS 'Grounds 2 to 6 carry a term (Article 2); ground 1 has none.';

--
-- Name: import_file; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.import_file (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    sha256 bytea NOT NULL,
    source text NOT NULL,
    full_list_of uuid,
    approved_by text,
    imported_at timestamp with time zone DEFAULT now() NOT NULL,
    counts jsonb NOT NULL,
    CONSTRAINT import_file_source_known CHECK ((source = ANY (ARRAY['demo'::text, 'court'::text])))
);

ALTER TABLE register.import_file OWNER TO owner;

--
-- Name: TABLE import_file; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.import_file IS 'One row for each file that was applied.';

--
-- Name: COLUMN import_file.full_list_of; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.import_file.full_list_of IS 'The court whose whole list the file was; NULL when it only added and updated.';

--
-- Name: COLUMN import_file.approved_by; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.import_file.approved_by IS 'Who gave the second approval that a large change of a full list needs.';

--
-- Name: installation; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.installation (
    only_row boolean DEFAULT true NOT NULL,
    identity_key_check bytea NOT NULL,
    CONSTRAINT installation_one_row CHECK (only_row)
);

ALTER TABLE register.installation OWNER TO owner;

--
-- Name: TABLE installation; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.installation IS 'What belongs to this installation as a whole.';

--
-- Name: COLUMN installation.identity_key_check; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.installation.identity_key_check IS 'A digest made with the identity key, so that a wrong key is refused instead of doubling every entity.';

--
-- Name: listing; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.listing (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    entity_id uuid NOT NULL,
    court_id uuid NOT NULL,
    listing_key bytea NOT NULL,
    content_hash bytea NOT NULL,
    case_number text NOT NULL,
    case_key text NOT NULL COLLATE pg_catalog."C",
    basis_issuer text,
    basis_number text,
    duty text,
    performance text NOT NULL,
    performed_part text,
    unperformed_part text,
    ground_mask smallint NOT NULL,
    filed_on date,
    published_on date NOT NULL,
    term_ends_on date,
    state text DEFAULT 'published'::text NOT NULL,
    ended_on date,
    ended_cause text,
    corrected_on date,
    corrected_field text,
    import_file_id uuid NOT NULL,
    source text NOT NULL,
    CONSTRAINT listing_end_has_cause CHECK (((ended_on IS NULL) = (ended_cause IS NULL))),
    CONSTRAINT listing_ended_by_state CHECK (((state = 'published'::text) = (ended_on IS NULL))),
    CONSTRAINT listing_ground_mask_range CHECK (((ground_mask >= 1) AND (ground_mask <= 63))),
    CONSTRAINT listing_performance_known CHECK ((performance = ANY (ARRAY['none'::text, 'partial'::text, 'full'::text, 'other'::text]))),
    CONSTRAINT listing_source_known CHECK ((source = ANY (ARRAY['demo'::text, 'court'::text]))),
    CONSTRAINT listing_state_known CHECK ((state = ANY (ARRAY['published'::text, 'deleted'::text])))
);

ALTER TABLE register.listing OWNER TO owner;

--
-- Name: TABLE listing; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.listing IS 'One court decision to list one entity in one case (纳入失信名单). Free text holds only what may be shown; what was withheld lies in withheld_text.';

--
-- Name: COLUMN listing.listing_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.listing_key IS 'Keyed hash of source, court, case number, kind, folded name and identifier: the same row of a later file is the same listing.';

--
-- Name: COLUMN listing.content_hash; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.content_hash IS 'Digest of every stored field, so that an unchanged row of a later file changes nothing.';

--
-- Name: COLUMN listing.case_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.case_key IS 'The case number without brackets and spaces, for look-ups.';

--
-- Name: COLUMN listing.ground_mask; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.ground_mask IS 'Bit n-1 set for ground n, e.g. 9 = grounds 1 and 4.';

--
-- Name: COLUMN listing.term_ends_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.term_ends_on IS 'Last day of publication as the decision states it; NULL where there is none or the file does not say. Never computed.';

--
-- Name: COLUMN listing.ended_cause; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.ended_cause IS 'Why a listing left: the file''s stated cause, or not_in_list when a full list no longer held it.';

--
-- Name: name; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.name (
    is_person boolean NOT NULL,
    name_folded text NOT NULL COLLATE pg_catalog."C",
    keys text[] NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE register.name OWNER TO owner;

--
-- Name: TABLE name; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.name IS 'Names by which somebody was ever listed, once each, with the forms by which they are found. Removed late: whoever shows a name asks serving.entity whether it is current.';

--
-- Name: COLUMN name.is_person; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.name.is_person IS 'True for people; false for companies and other organisations, whose brand is indexed too.';

--
-- Name: COLUMN name.keys; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.name.keys IS 'Told apart by the first character: two neighbouring characters (or A_C for a three-character name), ~ a full reading, ^ initials, # a brand. Made by backend/core/name_forms.py.';

--
-- Name: notice; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.notice (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    listing_id uuid NOT NULL,
    kind text NOT NULL,
    published_on date NOT NULL,
    ends_on date NOT NULL,
    CONSTRAINT notice_ends_after_start CHECK ((ends_on >= published_on)),
    CONSTRAINT notice_kind_known CHECK ((kind = ANY (ARRAY['property'::text, 'whereabouts'::text])))
);

ALTER TABLE register.notice OWNER TO owner;

--
-- Name: TABLE notice; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.notice IS 'Reward notices (悬赏公告): here only that a listing has one, and for how long.';

--
-- Name: withheld_text; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.withheld_text (
    listing_id uuid NOT NULL,
    field text NOT NULL,
    original text NOT NULL,
    CONSTRAINT withheld_text_field_known CHECK ((field = ANY (ARRAY['duty'::text, 'performed_part'::text, 'unperformed_part'::text])))
);

ALTER TABLE register.withheld_text OWNER TO owner;

--
-- Name: TABLE withheld_text; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.withheld_text IS 'Free text in which private details were found, as the file held it, until a clerk decides. Never readable by the public role.';

--
-- Name: area; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.area AS
 SELECT area.code,
    area.name,
    area.level,
    area.parent_code,
    area.city_bubble_code,
    area.label_point,
    area.label_tile_x,
    area.label_tile_y,
    area.outline,
    area.provider,
    area.provider_version
   FROM register.area;

ALTER TABLE serving.area OWNER TO owner;

--
-- Name: VIEW area; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.area IS 'Administrative divisions with their full outlines.';

--
-- Name: area_outline; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.area_outline AS
 SELECT area_outline.area_code,
    area_outline.max_zoom,
    area_outline.outline
   FROM register.area_outline;

ALTER TABLE serving.area_outline OWNER TO owner;

--
-- Name: VIEW area_outline; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.area_outline IS 'Outlines simplified for drawing.';

--
-- Name: common_gram; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.common_gram AS
 SELECT common_gram.is_person,
    common_gram.gram
   FROM register.common_gram;

ALTER TABLE serving.common_gram OWNER TO owner;

--
-- Name: VIEW common_gram; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.common_gram IS 'Pairs of characters too common to be looked up in the index.';

--
-- Name: court; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.court AS
 SELECT court.id,
    court.code,
    court.name,
    court.level,
    court.area_code,
    court.superior_id,
    court.phone,
    court.address,
    court.by_rule,
    court.as_of
   FROM register.court;

ALTER TABLE serving.court OWNER TO owner;

--
-- Name: VIEW court; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.court IS 'Courts, their contacts and how fresh their lists are.';

--
-- Name: court_name; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.court_name AS
 SELECT court_name.name_folded,
    court_name.court_id
   FROM register.court_name;

ALTER TABLE serving.court_name OWNER TO owner;

--
-- Name: VIEW court_name; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.court_name IS 'Folded names by which a court is found.';

--
-- Name: current_listing; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.current_listing AS
 SELECT listing.id,
    listing.entity_id,
    listing.court_id,
    listing.case_number,
    listing.case_key,
    listing.basis_issuer,
    listing.basis_number,
    listing.duty,
    listing.performance,
    listing.performed_part,
    listing.unperformed_part,
    listing.ground_mask,
    listing.filed_on,
    listing.published_on,
    listing.term_ends_on,
    listing.corrected_on,
    listing.corrected_field,
    listing.source,
    ((import_file.imported_at AT TIME ZONE 'Asia/Shanghai'::text))::date AS source_file_on
   FROM (register.listing
     LEFT JOIN register.import_file ON ((import_file.id = listing.import_file_id)))
  WHERE ((listing.state = 'published'::text) AND (listing.published_on <= ( SELECT serving.today() AS today)) AND ((listing.term_ends_on IS NULL) OR (listing.term_ends_on >= ( SELECT serving.today() AS today))));

ALTER TABLE serving.current_listing OWNER TO owner;

--
-- Name: VIEW current_listing; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.current_listing IS 'Listings that are public today in China: begun, not ended, and not past the last day of their term.';

--
-- Name: current_notice; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.current_notice AS
 SELECT notice.id,
    notice.listing_id,
    current_listing.entity_id,
    notice.kind,
    notice.published_on,
    notice.ends_on
   FROM (register.notice
     JOIN serving.current_listing ON ((current_listing.id = notice.listing_id)))
  WHERE ((( SELECT serving.today() AS today) >= notice.published_on) AND (( SELECT serving.today() AS today) <= notice.ends_on));

ALTER TABLE serving.current_notice OWNER TO owner;

--
-- Name: VIEW current_notice; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.current_notice IS 'Reward notices that run today on a current listing.';

--
-- Name: entity; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.entity AS
 SELECT entity.id,
    entity.kind,
    entity.name,
    entity.name_folded,
    entity.sex,
    entity.age_band,
    entity.uscc,
    entity.representative,
    entity.registered_address,
    entity.area_code,
    entity.placed_by,
    entity.point,
    entity.tile_key,
    entity.has_identifier,
    entity.source
   FROM register.entity
  WHERE (EXISTS ( SELECT 1
           FROM serving.current_listing
          WHERE (current_listing.entity_id = entity.id)));

ALTER TABLE serving.entity OWNER TO owner;

--
-- Name: VIEW entity; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.entity IS 'Entities with at least one current listing. People have no point, by a constraint of the table below.';

--
-- Name: ground; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.ground AS
 SELECT ground.id,
    ground.text,
    ground.plain_zh,
    ground.plain_en,
    ground.short_zh,
    ground.short_en,
    ground.article,
    ground.has_term,
    ground.how_it_ends_zh,
    ground.how_it_ends_en
   FROM register.ground;

ALTER TABLE serving.ground OWNER TO owner;

--
-- Name: VIEW ground; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.ground IS 'The six grounds in the law''s words and in plain ones.';

--
-- Name: name; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.name AS
 SELECT name.is_person,
    name.name_folded,
    name.keys
   FROM register.name;

ALTER TABLE serving.name OWNER TO owner;

--
-- Name: VIEW name; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.name IS 'Names to search in; may hold some whose last listing has ended.';

--
-- Name: recent_change; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.recent_change AS
 SELECT entity.area_code,
    listing.entity_id,
    listing.published_on AS changed_on,
    'added'::text AS change
   FROM (register.listing
     JOIN register.entity ON ((entity.id = listing.entity_id)))
  WHERE ((listing.published_on > (( SELECT serving.today() AS today) - 30)) AND (listing.published_on <= ( SELECT serving.today() AS today)))
UNION ALL
 SELECT entity.area_code,
    listing.entity_id,
    LEAST(listing.ended_on, (listing.term_ends_on + 1)) AS changed_on,
    'removed'::text AS change
   FROM (register.listing
     JOIN register.entity ON ((entity.id = listing.entity_id)))
  WHERE ((LEAST(listing.ended_on, (listing.term_ends_on + 1)) > (( SELECT serving.today() AS today) - 30)) AND (LEAST(listing.ended_on, (listing.term_ends_on + 1)) <= ( SELECT serving.today() AS today)));

ALTER TABLE serving.recent_change OWNER TO owner;

--
-- Name: VIEW recent_change; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.recent_change IS 'Which entities were listed or left in the last 30 days, by area: for counts only, without names.';

--
-- Name: site; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.site AS
 SELECT (EXISTS ( SELECT 1
           FROM serving.current_listing
          WHERE (current_listing.source = 'demo'::text))) AS holds_demo,
    (EXISTS ( SELECT 1
           FROM serving.current_listing
          WHERE (current_listing.source = 'court'::text))) AS holds_court,
    ( SELECT max(court.as_of) AS max
           FROM register.court) AS as_of;

ALTER TABLE serving.site OWNER TO owner;

--
-- Name: VIEW site; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.site IS 'What is shown by source: the notice about fictional data follows the records, not a setting.';

--
-- Name: area_outline area_outline_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area_outline
    ADD CONSTRAINT area_outline_pkey PRIMARY KEY (area_code, max_zoom);

--
-- Name: area area_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area
    ADD CONSTRAINT area_pkey PRIMARY KEY (code);

--
-- Name: common_gram common_gram_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.common_gram
    ADD CONSTRAINT common_gram_pkey PRIMARY KEY (is_person, gram);

--
-- Name: court court_code_unique; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court
    ADD CONSTRAINT court_code_unique UNIQUE (code);

--
-- Name: court_name court_name_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_name
    ADD CONSTRAINT court_name_pkey PRIMARY KEY (name_folded, court_id);

--
-- Name: court court_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court
    ADD CONSTRAINT court_pkey PRIMARY KEY (id);

--
-- Name: entity entity_identity_unique; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.entity
    ADD CONSTRAINT entity_identity_unique UNIQUE (identity_key);

--
-- Name: entity entity_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.entity
    ADD CONSTRAINT entity_pkey PRIMARY KEY (id);

--
-- Name: ground ground_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.ground
    ADD CONSTRAINT ground_pkey PRIMARY KEY (id);

--
-- Name: import_file import_file_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.import_file
    ADD CONSTRAINT import_file_pkey PRIMARY KEY (id);

--
-- Name: installation installation_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (only_row);

--
-- Name: listing listing_key_unique; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_key_unique UNIQUE (listing_key);

--
-- Name: listing listing_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_pkey PRIMARY KEY (id);

--
-- Name: name name_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.name
    ADD CONSTRAINT name_pkey PRIMARY KEY (is_person, name_folded);

--
-- Name: notice notice_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);

--
-- Name: withheld_text withheld_text_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.withheld_text
    ADD CONSTRAINT withheld_text_pkey PRIMARY KEY (listing_id, field);

--
-- Name: area_outline_gist; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX area_outline_gist ON register.area USING gist (outline);

--
-- Name: area_parent_code; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX area_parent_code ON register.area USING btree (parent_code);

--
-- Name: court_area_code; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX court_area_code ON register.court USING btree (area_code);

--
-- Name: entity_area_code; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_area_code ON register.entity USING btree (area_code);

--
-- Name: entity_name_folded; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_name_folded ON register.entity USING btree (name_folded);

--
-- Name: entity_point_gist; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_point_gist ON register.entity USING gist (point) WHERE (point IS NOT NULL);

--
-- Name: entity_tile_key; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_tile_key ON register.entity USING btree (tile_key) WHERE (tile_key IS NOT NULL);

--
-- Name: entity_uscc; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_uscc ON register.entity USING btree (uscc) WHERE (uscc IS NOT NULL);

--
-- Name: listing_case_key; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_case_key ON register.listing USING btree (case_key);

--
-- Name: listing_court_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_court_id ON register.listing USING btree (court_id);

--
-- Name: listing_ended_on; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_ended_on ON register.listing USING btree (ended_on) WHERE (ended_on IS NOT NULL);

--
-- Name: listing_entity_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_entity_id ON register.listing USING btree (entity_id);

--
-- Name: listing_published_on; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_published_on ON register.listing USING btree (published_on DESC, entity_id);

--
-- Name: listing_source; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_source ON register.listing USING btree (source);

--
-- Name: name_keys_of_bodies; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX name_keys_of_bodies ON register.name USING gin (keys) WITH (fastupdate=off) WHERE (NOT is_person);

--
-- Name: name_keys_of_people; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX name_keys_of_people ON register.name USING gin (keys) WITH (fastupdate=off) WHERE is_person;

--
-- Name: notice_listing_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX notice_listing_id ON register.notice USING btree (listing_id);

--
-- Name: area area_city_bubble_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area
    ADD CONSTRAINT area_city_bubble_code_fkey FOREIGN KEY (city_bubble_code) REFERENCES register.area(code) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: area_outline area_outline_area_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area_outline
    ADD CONSTRAINT area_outline_area_code_fkey FOREIGN KEY (area_code) REFERENCES register.area(code) ON DELETE CASCADE;

--
-- Name: area area_parent_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area
    ADD CONSTRAINT area_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES register.area(code);

--
-- Name: court court_area_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court
    ADD CONSTRAINT court_area_code_fkey FOREIGN KEY (area_code) REFERENCES register.area(code);

--
-- Name: court_name court_name_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_name
    ADD CONSTRAINT court_name_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id) ON DELETE CASCADE;

--
-- Name: court court_superior_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court
    ADD CONSTRAINT court_superior_id_fkey FOREIGN KEY (superior_id) REFERENCES register.court(id) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: entity entity_area_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.entity
    ADD CONSTRAINT entity_area_code_fkey FOREIGN KEY (area_code) REFERENCES register.area(code);

--
-- Name: import_file import_file_full_list_of_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.import_file
    ADD CONSTRAINT import_file_full_list_of_fkey FOREIGN KEY (full_list_of) REFERENCES register.court(id);

--
-- Name: listing listing_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: listing listing_entity_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES register.entity(id) ON DELETE CASCADE;

--
-- Name: listing listing_import_file_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_import_file_id_fkey FOREIGN KEY (import_file_id) REFERENCES register.import_file(id);

--
-- Name: notice notice_listing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice
    ADD CONSTRAINT notice_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES register.listing(id) ON DELETE CASCADE;

--
-- Name: withheld_text withheld_text_listing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.withheld_text
    ADD CONSTRAINT withheld_text_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES register.listing(id) ON DELETE CASCADE;

--
-- Name: SCHEMA register; Type: ACL; Schema: -; Owner: owner
--

GRANT USAGE ON SCHEMA register TO operator;

--
-- Name: SCHEMA serving; Type: ACL; Schema: -; Owner: owner
--

GRANT USAGE ON SCHEMA serving TO operator;
GRANT USAGE ON SCHEMA serving TO public_reader;

--
-- Name: FUNCTION index_name_keys(); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.index_name_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION register.index_name_keys() TO operator;

--
-- Name: FUNCTION refresh_statistics(); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.refresh_statistics() FROM PUBLIC;
GRANT ALL ON FUNCTION register.refresh_statistics() TO operator;

--
-- Name: FUNCTION unindex_name_keys(); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.unindex_name_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION register.unindex_name_keys() TO operator;

--
-- Name: TABLE area; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.area TO operator;

--
-- Name: TABLE area_outline; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.area_outline TO operator;

--
-- Name: TABLE common_gram; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.common_gram TO operator;

--
-- Name: TABLE court; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.court TO operator;

--
-- Name: TABLE court_name; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.court_name TO operator;

--
-- Name: TABLE entity; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.entity TO operator;

--
-- Name: TABLE ground; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.ground TO operator;

--
-- Name: TABLE import_file; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.import_file TO operator;

--
-- Name: TABLE installation; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.installation TO operator;

--
-- Name: TABLE listing; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.listing TO operator;

--
-- Name: TABLE name; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.name TO operator;

--
-- Name: TABLE notice; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.notice TO operator;

--
-- Name: TABLE withheld_text; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.withheld_text TO operator;

--
-- Name: TABLE area; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.area TO public_reader;
GRANT SELECT ON TABLE serving.area TO operator;

--
-- Name: TABLE area_outline; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.area_outline TO public_reader;
GRANT SELECT ON TABLE serving.area_outline TO operator;

--
-- Name: TABLE common_gram; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.common_gram TO public_reader;
GRANT SELECT ON TABLE serving.common_gram TO operator;

--
-- Name: TABLE court; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.court TO public_reader;
GRANT SELECT ON TABLE serving.court TO operator;

--
-- Name: TABLE court_name; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.court_name TO public_reader;
GRANT SELECT ON TABLE serving.court_name TO operator;

--
-- Name: TABLE current_listing; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.current_listing TO public_reader;
GRANT SELECT ON TABLE serving.current_listing TO operator;

--
-- Name: TABLE current_notice; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.current_notice TO public_reader;
GRANT SELECT ON TABLE serving.current_notice TO operator;

--
-- Name: TABLE entity; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.entity TO public_reader;
GRANT SELECT ON TABLE serving.entity TO operator;

--
-- Name: TABLE ground; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.ground TO public_reader;
GRANT SELECT ON TABLE serving.ground TO operator;

--
-- Name: TABLE name; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.name TO public_reader;
GRANT SELECT ON TABLE serving.name TO operator;

--
-- Name: TABLE recent_change; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.recent_change TO public_reader;
GRANT SELECT ON TABLE serving.recent_change TO operator;

--
-- Name: TABLE site; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.site TO public_reader;
GRANT SELECT ON TABLE serving.site TO operator;

--
-- PostgreSQL database dump complete
--
