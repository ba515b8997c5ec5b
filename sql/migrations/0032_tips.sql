-- migrate:up

SET ROLE owner;

ALTER TABLE sealed.part
DROP CONSTRAINT part_known,
ADD CONSTRAINT part_known CHECK (part ~ '^(sealed|award|claim|photo/[1-6]|[ic]/[1-9][0-9]{0,5})$');
COMMENT ON COLUMN sealed.part.part IS
'sealed, photo/1 to photo/6, i/n from the phone, c/n from the court, award (what reward officers are told of a useful tip), claim.';

CREATE TABLE register.tip (
    filing_id uuid PRIMARY KEY REFERENCES sealed.filing (id) DEFERRABLE INITIALLY DEFERRED,
    court_id uuid NOT NULL REFERENCES register.court (id),
    outcome text,
    reason text,
    decided_on date,
    officer_id uuid REFERENCES register.officer (id),
    CONSTRAINT tip_outcome_known CHECK (outcome IN ('useful', 'not_used')),
    CONSTRAINT tip_reason_known CHECK (reason IN ('known', 'unconfirmed', 'unrelated', 'earlier')),
    CONSTRAINT tip_reason_of_not_used CHECK ((reason IS NOT NULL) = coalesce(outcome = 'not_used', false)),
    CONSTRAINT tip_decided_whole CHECK (num_nonnulls(outcome, decided_on, officer_id) IN (0, 3))
);
CREATE INDEX tip_open ON register.tip (court_id) WHERE decided_on IS NULL;
COMMENT ON TABLE register.tip IS
'Tips (线索举报) and how they were decided. What they say is sealed; nothing here is finer than a day or tells who sent one.';
COMMENT ON COLUMN register.tip.reason IS 'Why it was not used; whoever bears the receipt is told.';

CREATE FUNCTION register.tip_target(court uuid, target uuid) RETURNS text
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT CASE
    WHEN tip_target.target = tip_target.court THEN 'court'
    WHEN EXISTS (
        SELECT FROM serving.current_notice
        INNER JOIN serving.current_listing ON current_listing.id = current_notice.listing_id
        WHERE current_notice.id = tip_target.target AND current_listing.court_id = tip_target.court
    ) THEN 'notice'
    WHEN EXISTS (
        SELECT FROM serving.current_listing
        WHERE current_listing.id = tip_target.target AND current_listing.court_id = tip_target.court
    ) THEN 'listing'
    WHEN EXISTS (
        SELECT FROM serving.current_listing
        WHERE current_listing.entity_id = tip_target.target AND current_listing.court_id = tip_target.court
    ) THEN 'entity'
END;
$$;
COMMENT ON FUNCTION register.tip_target(uuid, uuid) IS
'What an id names: the court itself, one of its running notices, current listings, or an entity with such; NULL for anything else.';

CREATE FUNCTION register.file_tip(filing uuid, court uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
INSERT INTO register.tip (filing_id, court_id) VALUES (filing, court);
$$;
COMMENT ON FUNCTION register.file_tip(uuid, uuid) IS 'Opens a tip in the transaction that files it.';

CREATE FUNCTION register.find_tip(given bytea, OUT outcome text, OUT reason text, OUT awarded boolean)
RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT
    tip.outcome, tip.reason,
    EXISTS (SELECT FROM sealed.part WHERE part.filing_id = tip.filing_id AND part.part = 'award')
FROM sealed.bearer
INNER JOIN register.tip ON tip.filing_id = bearer.filing_id
WHERE bearer.rowkey = given;
$$;
COMMENT ON FUNCTION register.find_tip(bytea) IS 'How a bearer''s tip was decided, and whether a reward can be claimed for it.';

CREATE FUNCTION register.tip_listings(target_kind text, target uuid, court uuid) RETURNS SETOF register.listing
LANGUAGE sql STABLE
AS $$
SELECT listing.*
FROM register.listing
WHERE
    listing.court_id = tip_listings.court
    AND CASE tip_listings.target_kind
        WHEN 'notice' THEN listing.id IN (
            SELECT notice.listing_id FROM register.notice WHERE notice.id = tip_listings.target
        )
        WHEN 'listing' THEN listing.id = tip_listings.target
        WHEN 'entity' THEN listing.entity_id = tip_listings.target
        ELSE false
    END;
$$;
COMMENT ON FUNCTION register.tip_listings(text, uuid, uuid) IS
'The court''s listings that a tip is about, whatever has become of them; none where it names the court only.';

CREATE FUNCTION register.tip_case_closed_on(target_kind text, target uuid, court uuid) RETURNS date
LANGUAGE sql STABLE
AS $$
SELECT CASE
    WHEN coalesce(bool_and(ended.on_day IS NOT NULL), true) THEN coalesce(max(ended.on_day), serving.today())
END
FROM register.tip_listings(target_kind, target, court) AS listing
CROSS JOIN LATERAL (
    SELECT coalesce(
        listing.ended_on, CASE WHEN listing.term_ends_on < serving.today() THEN listing.term_ends_on END
    ) AS on_day
) AS ended;
$$;
COMMENT ON FUNCTION register.tip_case_closed_on(text, uuid, uuid) IS
'Day on which the last listing that a tip is about ended; today where there is none, or none any more; NULL while one goes on.';

CREATE FUNCTION register.tip_notices(filing uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE
AS $$
SELECT notice.id
FROM sealed.filing AS filed
CROSS JOIN LATERAL register.tip_listings(filed.target_kind, filed.target_id, filed.court_id) AS listing
INNER JOIN register.notice ON notice.listing_id = listing.id
WHERE
    filed.id = tip_notices.filing
    AND (filed.target_kind <> 'notice' OR notice.id = filed.target_id)
    AND (filed.hour AT TIME ZONE 'Asia/Shanghai')::date BETWEEN notice.published_on AND notice.ends_on;
$$;
COMMENT ON FUNCTION register.tip_notices(uuid) IS
'The notices that promised a reward on the day a tip came, for what it is about.';

REVOKE EXECUTE ON FUNCTION
register.tip_target(uuid, uuid), register.file_tip(uuid, uuid), register.find_tip(bytea),
register.tip_listings(text, uuid, uuid), register.tip_case_closed_on(text, uuid, uuid), register.tip_notices(uuid)
FROM public;
GRANT EXECUTE ON FUNCTION
register.tip_target(uuid, uuid), register.file_tip(uuid, uuid), register.find_tip(bytea)
TO tip_writer;
GRANT EXECUTE ON FUNCTION
register.tip_listings(text, uuid, uuid), register.tip_case_closed_on(text, uuid, uuid), register.tip_notices(uuid)
TO operator;
GRANT SELECT, UPDATE (outcome, reason, decided_on, officer_id) ON register.tip TO operator;

RESET ROLE;

-- migrate:down

DROP FUNCTION register.tip_notices(uuid);
DROP FUNCTION register.tip_case_closed_on(text, uuid, uuid);
DROP FUNCTION register.tip_listings(text, uuid, uuid);
DROP FUNCTION register.find_tip(bytea);
DROP FUNCTION register.file_tip(uuid, uuid);
DROP FUNCTION register.tip_target(uuid, uuid);
DROP TABLE register.tip;
DELETE FROM sealed.part WHERE part = 'award';
ALTER TABLE sealed.part
DROP CONSTRAINT part_known,
ADD CONSTRAINT part_known CHECK (part ~ '^(sealed|claim|photo/[1-6]|[ic]/[1-9][0-9]{0,5})$');
COMMENT ON COLUMN sealed.part.part IS 'sealed, photo/1 to photo/6, i/n from the phone, c/n from the court, claim.';
