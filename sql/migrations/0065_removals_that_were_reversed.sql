-- migrate:up

SET ROLE owner;

CREATE TABLE register.earlier_course (
    listing_id uuid NOT NULL,
    court_id uuid NOT NULL REFERENCES register.court (id),
    published_on date NOT NULL,
    ended_on date NOT NULL,
    cause text NOT NULL,
    PRIMARY KEY (listing_id, published_on, ended_on)
);
CREATE INDEX earlier_course_court_id ON register.earlier_course (court_id);
COMMENT ON TABLE register.earlier_course IS
'From when until when, and why not longer, a listing was public before it was listed again: what the statistics count of it. Names nobody, and stays like a tombstone.';
ALTER TABLE register.earlier_course ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.earlier_course FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.earlier_course USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.earlier_course AS RESTRICTIVE TO court USING (court_id = register.acting_court());

CREATE FUNCTION register.follow_return() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NEW.ended_on IS NOT NULL THEN
        DELETE FROM register.earlier_course
        WHERE
            earlier_course.listing_id = NEW.id AND earlier_course.published_on = NEW.published_on
            AND earlier_course.ended_on = least(NEW.ended_on, NEW.term_ends_on + 1);
        RETURN NULL;
    END IF;
    DELETE FROM register.removal_notice WHERE removal_notice.listing_id = NEW.id;
    -- one that is public from the same day on as before never left: its removal was taken back
    IF OLD.published_on <> NEW.published_on THEN
        INSERT INTO register.earlier_course (listing_id, court_id, published_on, ended_on, cause)
        VALUES (NEW.id, NEW.court_id, OLD.published_on, least(OLD.ended_on, OLD.term_ends_on + 1), OLD.ended_cause)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION register.follow_return() IS
'When a listing is shown again: its removal notice holds no more, and what came before is remembered for the statistics; forgotten again when the listing anew is taken back.';
CREATE TRIGGER follow_return AFTER UPDATE ON register.listing
FOR EACH ROW
WHEN (
    (old.ended_on IS NULL) <> (new.ended_on IS NULL)
    AND (new.ended_on IS NULL OR old.published_on <> new.published_on)
)
EXECUTE FUNCTION register.follow_return();

CREATE OR REPLACE VIEW register.listing_course WITH (security_invoker = true) AS
SELECT
    listing.court_id, listing.published_on, least(listing.ended_on, listing.term_ends_on + 1) AS ended_on,
    coalesce(listing.ended_cause, 'term_ended') AS cause
FROM register.listing
WHERE listing.published_on IS NOT NULL
UNION ALL
SELECT tombstone.court_id, tombstone.published_on, tombstone.ended_on, tombstone.cause
FROM register.tombstone
WHERE tombstone.published_on IS NOT NULL
UNION ALL
SELECT earlier_course.court_id, earlier_course.published_on, earlier_course.ended_on, earlier_course.cause
FROM register.earlier_course;
COMMENT ON VIEW register.listing_course IS
'Every time that a listing was public, also of those reduced or listed again since: its court, from when until when, and why it ended.';

ALTER TABLE register.court_list_before ADD COLUMN duties uuid [];
COMMENT ON COLUMN register.court_list_before.duties IS
'Open duties about the listing: those that the file ended with it are open again when the list is taken back.';

COMMENT ON TABLE register.removal_notice IS
'Removal notices (移出告知书): that a listing has ended, for banks and other sites. Names court, case number, day and cause, never the person; outlives the listing, and ends when it is shown again.';
-- Notices of listings that are shown again, or have ended another time since.
DELETE FROM register.removal_notice
USING register.listing
WHERE
    listing.id = removal_notice.listing_id
    AND (listing.ended_on IS NULL OR listing.ended_on <> (removal_notice.signed_text::jsonb ->> 'removed_on')::date);

RESET ROLE;

-- migrate:down

SET ROLE owner;

ALTER TABLE register.court_list_before DROP COLUMN duties;
CREATE OR REPLACE VIEW register.listing_course WITH (security_invoker = true) AS
SELECT
    listing.court_id, listing.published_on, least(listing.ended_on, listing.term_ends_on + 1) AS ended_on,
    coalesce(listing.ended_cause, 'term_ended') AS cause
FROM register.listing
WHERE listing.published_on IS NOT NULL
UNION ALL
SELECT tombstone.court_id, tombstone.published_on, tombstone.ended_on, tombstone.cause
FROM register.tombstone
WHERE tombstone.published_on IS NOT NULL;
COMMENT ON VIEW register.listing_course IS
'Every listing that was ever published, reduced ones as well: its court, from when until when, and why it ended.';
COMMENT ON TABLE register.removal_notice IS
'Removal notices (移出告知书): that a listing has ended, for banks and other sites. Names court, case number, day and cause, never the person; outlives the listing.';
DROP TRIGGER follow_return ON register.listing;
DROP FUNCTION register.follow_return();
DROP TABLE register.earlier_course;

RESET ROLE;
