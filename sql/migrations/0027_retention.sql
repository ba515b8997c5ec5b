-- migrate:up

SET ROLE owner;

CREATE TABLE register.retention (
    what text NOT NULL,
    days integer NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    basis text NOT NULL,
    PRIMARY KEY (what, valid_from),
    CONSTRAINT retention_what_known CHECK (what IN ('listing', 'withheld_text', 'audit_body', 'tombstone_key')),
    CONSTRAINT retention_days_positive CHECK (days > 0),
    CONSTRAINT retention_validity_ordered CHECK (valid_until >= valid_from)
);
COMMENT ON TABLE register.retention IS
'How many days behind a listing''s end, or behind an entry of the trail, what is kept, as dated rows. Loaded from sql/seed/retention.csv by `clocks load`; what has no row is kept.';

CREATE FUNCTION register.kept_days(kept text) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT retention.days
    FROM register.retention
    WHERE
        retention.what = kept_days.kept
        AND retention.valid_from <= (SELECT serving.today())
        AND (retention.valid_until IS NULL OR retention.valid_until >= (SELECT serving.today()))
    ORDER BY retention.valid_from DESC
    LIMIT 1
);
COMMENT ON FUNCTION register.kept_days(text) IS 'For how many days something is kept by the rule of today; NULL where there is none.';

CREATE TABLE register.tombstone (
    listing_id uuid PRIMARY KEY,
    court_id uuid NOT NULL REFERENCES register.court (id),
    source text NOT NULL,
    state text NOT NULL,
    cause text NOT NULL,
    published_on date,
    ended_on date NOT NULL,
    reduced_on date NOT NULL,
    listing_key bytea,
    barred_until date,
    taken_down boolean NOT NULL
);
CREATE UNIQUE INDEX tombstone_listing_key ON register.tombstone (listing_key) WHERE listing_key IS NOT NULL;
CREATE INDEX tombstone_court_id ON register.tombstone (court_id);
COMMENT ON TABLE register.tombstone IS
'What is left of a listing whose legal life is over: that there was one, at which court, from when until when and why it ended. Nothing of the person.';
COMMENT ON COLUMN register.tombstone.listing_key IS
'Keyed hash, which names nobody without the key outside the database: the same row of a file is known again. NULL once the rule tombstone_key has passed.';
COMMENT ON COLUMN register.tombstone.barred_until IS 'First day on which it may be listed again (Article 10); NULL where nothing barred it.';
COMMENT ON COLUMN register.tombstone.taken_down IS 'Whether officers ended it, so that no file shows it again.';

CREATE TABLE register.never_shown (
    identity_key bytea PRIMARY KEY,
    minor_noted_on date,
    deceased_on date
);
COMMENT ON TABLE register.never_shown IS
'Keyed hashes of those noted as minors or dead of whom nothing else is left, so that a later file is held back all the same.';

CREATE VIEW register.past_life AS
SELECT
    listing.id, listing.court_id, listing.entity_id, listing.listing_key, listing.source, listing.published_on,
    CASE WHEN listing.ended_on IS NULL THEN 'expired' ELSE listing.state END AS state,
    coalesce(listing.ended_cause, 'term_ended') AS cause,
    least(listing.ended_on, listing.term_ends_on + 1) AS ended_on
FROM register.listing
WHERE
    -- invented records have no legal life
    listing.source = 'court'
    AND least(listing.ended_on, listing.term_ends_on + 1)
    <= (SELECT serving.today() - register.kept_days('listing'))
    -- while somebody waits for an answer, what it is about is kept
    AND NOT EXISTS (
        SELECT FROM register.task
        WHERE
            task.listing_id = listing.id
            AND task.done_on IS NULL
            AND task.kind IN ('decide_objection', 'act_on_objection', 'decide_review')
    );
COMMENT ON VIEW register.past_life IS 'Listings whose legal life, and the time to object after it, are over.';

CREATE VIEW register.past_withheld_text AS
SELECT withheld_text.listing_id, withheld_text.field
FROM register.withheld_text
INNER JOIN register.listing ON listing.id = withheld_text.listing_id
WHERE
    least(listing.ended_on, listing.term_ends_on + 1)
    <= (SELECT serving.today() - register.kept_days('withheld_text'));
COMMENT ON VIEW register.past_withheld_text IS 'Withheld originals of listings that have left: nobody can release them any more.';

CREATE FUNCTION register.hold_back_reduced() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    held record;
BEGIN
    -- by the index, one probe a row: no join, whose plan for a small statement would be kept for large ones
    FOR held IN
        SELECT listing.id, listing.court_id, listing.import_file_id
        FROM register.tombstone
        INNER JOIN register.listing ON listing.listing_key = tombstone.listing_key
        WHERE
            tombstone.listing_key = ANY(ARRAY(SELECT changed.listing_key FROM changed))
            AND (tombstone.taken_down OR tombstone.barred_until > serving.today())
            AND listing.state = 'published'
            AND listing.import_file_id IS NOT NULL
    LOOP
        UPDATE register.listing SET state = 'suspended' WHERE listing.id = held.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, import_file_id
        )
        VALUES (held.id, 'suspend', 'published', 'suspended', 'taken_down', '第十条', serving.today(), held.import_file_id);
        INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
        VALUES (held.id, held.court_id, 'correct', 'taken_down', serving.today())
        ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
        PERFORM audit.append(
            ARRAY['listing.suspend'], ARRAY[held.court_id],
            ARRAY[json_build_object('listing', held.id, 'cause', 'taken_down', 'import_file', held.import_file_id)::text]
        );
    END LOOP;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.hold_back_reduced() IS
'Suspends at once what a file brings again of what officers took down, or of what is barred, though only a keyed hash of it is left.';
CREATE TRIGGER hold_back_reduced AFTER INSERT ON register.listing
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION register.hold_back_reduced();

CREATE FUNCTION register.remember_finding() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE register.entity
    SET minor_noted_on = never_shown.minor_noted_on, deceased_on = never_shown.deceased_on
    FROM register.never_shown
    WHERE
        entity.identity_key = never_shown.identity_key
        AND entity.minor_noted_on IS NULL AND entity.deceased_on IS NULL;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.remember_finding() IS
'Notes again that somebody is a minor or has died, when a file brings them back after everything of theirs was forgotten.';
CREATE TRIGGER remember_finding AFTER INSERT ON register.entity
FOR EACH STATEMENT EXECUTE FUNCTION register.remember_finding();

GRANT SELECT, INSERT, UPDATE, DELETE ON register.retention, register.tombstone, register.never_shown TO operator;
GRANT SELECT ON register.past_life, register.past_withheld_text TO operator;

RESET ROLE;

-- migrate:down

DROP TRIGGER remember_finding ON register.entity;
DROP FUNCTION register.remember_finding();
DROP TRIGGER hold_back_reduced ON register.listing;
DROP FUNCTION register.hold_back_reduced();
DROP VIEW register.past_withheld_text;
DROP VIEW register.past_life;
DROP TABLE register.never_shown;
DROP TABLE register.tombstone;
DROP FUNCTION register.kept_days(text);
DROP TABLE register.retention;
