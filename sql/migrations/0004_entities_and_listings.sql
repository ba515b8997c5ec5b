-- migrate:up

SET ROLE owner;

CREATE TABLE register.installation (
    only_row boolean PRIMARY KEY DEFAULT true,
    identity_key_check bytea NOT NULL,
    CONSTRAINT installation_one_row CHECK (only_row)
);
COMMENT ON TABLE register.installation IS 'What belongs to this installation as a whole.';
COMMENT ON COLUMN register.installation.identity_key_check IS
'A digest made with the identity key, so that a wrong key is refused instead of doubling every entity.';

CREATE TABLE register.import_file (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    sha256 bytea NOT NULL,
    source text NOT NULL,
    full_list_of uuid REFERENCES register.court (id),
    approved_by text,
    imported_at timestamptz NOT NULL DEFAULT now(),
    counts jsonb NOT NULL,
    CONSTRAINT import_file_source_known CHECK (source IN ('demo', 'court'))
);
COMMENT ON TABLE register.import_file IS 'One row for each file that was applied.';
COMMENT ON COLUMN register.import_file.full_list_of IS 'The court whose whole list the file was; NULL when it only added and updated.';
COMMENT ON COLUMN register.import_file.approved_by IS 'Who gave the second approval that a large change of a full list needs.';

CREATE TABLE register.entity (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    identity_key bytea NOT NULL,
    has_identifier boolean NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    name_folded text COLLATE "C" NOT NULL,
    sex text,
    age_band text,
    uscc text COLLATE "C",
    representative text,
    registered_address text,
    area_code text COLLATE "C" NOT NULL REFERENCES register.area (code),
    placed_by text NOT NULL,
    point geometry(Point, 4326),
    tile_key bigint,
    source text NOT NULL,
    CONSTRAINT entity_identity_unique UNIQUE (identity_key),
    CONSTRAINT entity_kind_known CHECK (kind IN ('person', 'company', 'organisation')),
    CONSTRAINT entity_source_known CHECK (source IN ('demo', 'court')),
    CONSTRAINT entity_placed_by_known CHECK (placed_by IN ('registered_address', 'county', 'court_area')),
    CONSTRAINT entity_point_only_by_address CHECK ((placed_by = 'registered_address') = (point IS NOT NULL)),
    CONSTRAINT entity_tile_key_with_point CHECK ((tile_key IS NULL) = (point IS NULL)),
    CONSTRAINT entity_address_only_with_point CHECK (registered_address IS NULL OR point IS NOT NULL),
    CONSTRAINT entity_person_without_place CHECK (
        kind <> 'person'
        OR (point IS NULL AND registered_address IS NULL AND uscc IS NULL AND representative IS NULL)
    ),
    CONSTRAINT entity_sex_and_age_of_people CHECK (kind = 'person' OR (sex IS NULL AND age_band IS NULL)),
    CONSTRAINT entity_sex_known CHECK (sex IN ('male', 'female')),
    CONSTRAINT entity_age_band_form CHECK (age_band ~ '^[0-9]{2}-[0-9]{2}$|^90\+$')
);
CREATE INDEX entity_name_folded ON register.entity (name_folded, (kind = 'person'), id);
CREATE INDEX entity_uscc ON register.entity (uscc) WHERE uscc IS NOT NULL;
CREATE INDEX entity_area_code ON register.entity (area_code, name_folded);
CREATE INDEX entity_tile_key ON register.entity (tile_key) WHERE tile_key IS NOT NULL;
CREATE INDEX entity_point_gist ON register.entity USING gist (point) WHERE point IS NOT NULL;
COMMENT ON TABLE register.entity IS 'Who is listed (失信被执行人): a person, a company or another organisation.';
COMMENT ON COLUMN register.entity.identity_key IS
'Keyed hash of source, kind, folded name and identifier (mask or code); without an identifier, of court and case instead, since names are not identities. No part of an ID number is stored.';
COMMENT ON COLUMN register.entity.has_identifier IS 'Whether the file held a mask or code, so that a self-check can compare it.';
COMMENT ON COLUMN register.entity.age_band IS 'Ten-year band of the age at publication; never recomputed: a band that flips gives a birthday away.';
COMMENT ON COLUMN register.entity.tile_key IS 'Morton code of the web-mercator cell of point at zoom 21 (42 bits, x in the even bits).';

CREATE TABLE register.listing (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    entity_id uuid NOT NULL REFERENCES register.entity (id) ON DELETE CASCADE,
    court_id uuid NOT NULL REFERENCES register.court (id),
    listing_key bytea NOT NULL,
    content_hash bytea NOT NULL,
    row_hash uuid,
    case_number text NOT NULL,
    case_key text COLLATE "C" NOT NULL,
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
    state text NOT NULL DEFAULT 'published',
    ended_on date,
    ended_cause text,
    corrected_on date,
    corrected_field text,
    import_file_id uuid NOT NULL REFERENCES register.import_file (id),
    source text NOT NULL,
    CONSTRAINT listing_key_unique UNIQUE (listing_key),
    CONSTRAINT listing_performance_known CHECK (performance IN ('none', 'partial', 'full', 'other')),
    CONSTRAINT listing_ground_mask_range CHECK (ground_mask BETWEEN 1 AND 63),
    CONSTRAINT listing_state_known CHECK (state IN ('published', 'deleted')),
    CONSTRAINT listing_ended_by_state CHECK ((state = 'published') = (ended_on IS NULL)),
    CONSTRAINT listing_end_has_cause CHECK ((ended_on IS NULL) = (ended_cause IS NULL)),
    CONSTRAINT listing_source_known CHECK (source IN ('demo', 'court'))
);
-- Texts and digests that no query compares with a value: sampling them took a third of the table's ANALYZE.
ALTER TABLE register.listing
ALTER COLUMN content_hash SET STATISTICS 0,
ALTER COLUMN row_hash SET STATISTICS 0,
ALTER COLUMN basis_issuer SET STATISTICS 0,
ALTER COLUMN basis_number SET STATISTICS 0,
ALTER COLUMN duty SET STATISTICS 0,
ALTER COLUMN performed_part SET STATISTICS 0,
ALTER COLUMN unperformed_part SET STATISTICS 0,
ALTER COLUMN case_number SET STATISTICS 0;
CREATE INDEX listing_entity_id ON register.listing (entity_id);
CREATE INDEX listing_court_id ON register.listing (court_id);
CREATE INDEX listing_published_on ON register.listing (published_on DESC, entity_id);
CREATE INDEX listing_case_key ON register.listing (case_key);
-- the first day without it, for the few that leave in a month
CREATE INDEX listing_gone_on ON register.listing (least(ended_on, term_ends_on + 1))
WHERE least(ended_on, term_ends_on + 1) IS NOT NULL;
CREATE INDEX listing_row_hash ON register.listing (row_hash) WHERE row_hash IS NOT NULL;
COMMENT ON TABLE register.listing IS
'One court decision to list one entity in one case (纳入失信名单). Free text holds only what may be shown; what was withheld lies in withheld_text.';
COMMENT ON COLUMN register.listing.listing_key IS
'Keyed hash of source, court, case number, kind, folded name and identifier: the same row of a later file is the same listing.';
COMMENT ON COLUMN register.listing.content_hash IS 'Digest of every stored field, so that an unchanged row of a later file changes nothing.';
COMMENT ON COLUMN register.listing.row_hash IS
'Keyed hash of the file''s row that the stored fields came from, and of the rules that read it: the same row again needs no check. NULL where there is none; whoever changes a listing by other means than an import sets it NULL.';
COMMENT ON COLUMN register.listing.case_key IS 'The case number without brackets and spaces, for look-ups.';
COMMENT ON COLUMN register.listing.ground_mask IS 'Bit n-1 set for ground n, e.g. 9 = grounds 1 and 4.';
COMMENT ON COLUMN register.listing.term_ends_on IS
'Last day of publication as the decision states it; NULL where there is none or the file does not say. Never computed.';
COMMENT ON COLUMN register.listing.ended_cause IS
'Why a listing left: the file''s stated cause, or not_in_list when a full list no longer held it.';

CREATE TABLE register.withheld_text (
    listing_id uuid NOT NULL REFERENCES register.listing (id) ON DELETE CASCADE,
    field text NOT NULL,
    original text NOT NULL,
    PRIMARY KEY (listing_id, field),
    CONSTRAINT withheld_text_field_known CHECK (field IN ('duty', 'performed_part', 'unperformed_part'))
);
COMMENT ON TABLE register.withheld_text IS
'Free text in which private details were found, as the file held it, until a clerk decides. Never readable by the public role.';

CREATE TABLE register.notice (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    listing_id uuid NOT NULL REFERENCES register.listing (id) ON DELETE CASCADE,
    kind text NOT NULL,
    published_on date NOT NULL,
    ends_on date NOT NULL,
    CONSTRAINT notice_kind_known CHECK (kind IN ('property', 'whereabouts')),
    CONSTRAINT notice_ends_after_start CHECK (ends_on >= published_on)
);
CREATE INDEX notice_listing_id ON register.notice (listing_id);
COMMENT ON TABLE register.notice IS 'Reward notices (悬赏公告): here only that a listing has one, and for how long.';

CREATE VIEW serving.current_listing AS
SELECT
    listing.id, listing.entity_id, listing.court_id, listing.case_number, listing.case_key,
    listing.basis_issuer, listing.basis_number, listing.duty, listing.performance,
    listing.performed_part, listing.unperformed_part, listing.ground_mask,
    listing.filed_on, listing.published_on, listing.term_ends_on,
    listing.corrected_on, listing.corrected_field, listing.source,
    (import_file.imported_at AT TIME ZONE 'Asia/Shanghai')::date AS source_file_on
FROM register.listing
LEFT JOIN register.import_file ON import_file.id = listing.import_file_id  -- left: dropped where nobody asks for it
WHERE
    listing.state = 'published'
    AND listing.published_on <= (SELECT serving.today())  -- once a statement, not once a row
    AND (listing.term_ends_on IS NULL OR listing.term_ends_on >= (SELECT serving.today()));
COMMENT ON VIEW serving.current_listing IS
'Listings that are public today in China: begun, not ended, and not past the last day of their term.';

CREATE VIEW serving.current_notice AS
SELECT notice.id, notice.listing_id, current_listing.entity_id, notice.kind, notice.published_on, notice.ends_on
FROM register.notice
INNER JOIN serving.current_listing ON current_listing.id = notice.listing_id
WHERE (SELECT serving.today()) BETWEEN notice.published_on AND notice.ends_on;
COMMENT ON VIEW serving.current_notice IS 'Reward notices that run today on a current listing.';

CREATE VIEW serving.entity AS
SELECT
    id, kind, name, name_folded, sex, age_band, uscc, representative, registered_address,
    area_code, placed_by, point, tile_key, has_identifier, source
FROM register.entity
WHERE EXISTS (SELECT 1 FROM serving.current_listing WHERE current_listing.entity_id = entity.id);
COMMENT ON VIEW serving.entity IS
'Entities with at least one current listing. People have no point, by a constraint of the table below.';

GRANT SELECT, INSERT, UPDATE, DELETE ON
register.installation, register.import_file, register.entity, register.listing, register.withheld_text, register.notice
TO operator;
GRANT SELECT ON
serving.current_listing, serving.current_notice, serving.entity
TO public_reader, operator;

RESET ROLE;

-- migrate:down

DROP VIEW serving.entity;
DROP VIEW serving.current_notice;
DROP VIEW serving.current_listing;
DROP TABLE register.notice;
DROP TABLE register.withheld_text;
DROP TABLE register.listing;
DROP TABLE register.entity;
DROP TABLE register.import_file;
DROP TABLE register.installation;
