-- migrate:up

SET ROLE owner;

CREATE FUNCTION register.open_reviews(reviewed uuid, today date) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own uuid;
    higher uuid;
    due constant date := register.due_on('decide_review', today);
BEGIN
    SELECT objection.court_id, court.superior_id INTO own, higher
    FROM register.objection
    INNER JOIN register.court ON court.id = objection.court_id
    WHERE
        objection.filing_id = reviewed
        AND objection.outcome IN ('not_founded', 'founded_in_part')
        AND objection.court_id = coalesce(register.acting_court(), objection.court_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no objection of the acting court is decided against whoever filed it'
        USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO register.task (listing_id, court_id, kind, begun_on, due_on)
    SELECT objection_listing.listing_id, coalesce(higher, own), 'decide_review', today, due
    FROM register.objection_listing
    WHERE objection_listing.filing_id = reviewed
    ORDER BY objection_listing.listing_id
    ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    IF NOT EXISTS (SELECT FROM register.objection_listing WHERE objection_listing.filing_id = reviewed) THEN
        INSERT INTO register.task (court_id, kind, begun_on, due_on)
        VALUES (coalesce(higher, own), 'decide_review', today, due);
    END IF;
    RETURN higher;
END
$$;
COMMENT ON FUNCTION register.open_reviews(uuid, date) IS
'Opens the duty to decide a review of a decision on an objection, at the next higher court where it is known, else at the court itself to pass it on; the higher court. An officer''s own role writes no other court''s rows.';
REVOKE EXECUTE ON FUNCTION register.open_reviews(uuid, date) FROM public;
GRANT EXECUTE ON FUNCTION register.open_reviews(uuid, date) TO court, operator;

RESET ROLE;

-- migrate:down

DROP FUNCTION register.open_reviews(uuid, date);
