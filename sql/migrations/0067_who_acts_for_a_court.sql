-- migrate:up

SET ROLE owner;

CREATE OR REPLACE FUNCTION register.may_act_for(court uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN pg_has_role(coalesce(nullif(current_setting('role'), 'none'), session_user)::name, 'operator', 'USAGE')
OR coalesce(court = register.acting_court(), false);
COMMENT ON FUNCTION register.may_act_for(uuid) IS
'Whether a transaction may touch a court''s rows: an operator every court''s, whoever else the acting court''s alone, none where none is set. For functions with their owner''s rights, whom no policy narrows; who is asked for is whom SET ROLE names, which stays to be seen inside them, and without it whoever is logged in.';

CREATE OR REPLACE FUNCTION register.open_reviews(reviewed uuid, today date) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own uuid;
    higher uuid;
    duty uuid;
    due constant date := register.due_on('decide_review', today);
BEGIN
    SELECT objection.court_id, court.superior_id INTO own, higher
    FROM register.objection
    INNER JOIN register.court ON court.id = objection.court_id
    WHERE
        objection.filing_id = reviewed
        AND objection.outcome IN ('not_founded', 'founded_in_part')
        AND register.may_act_for(objection.court_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no objection of the acting court is decided against whoever filed it'
        USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- A duty at a court where nobody works here would never end.
    IF NOT EXISTS (
        SELECT FROM register.officer
        WHERE officer.court_id = higher AND officer.active AND 'clerk' = ANY(officer.roles)
    ) THEN
        higher := NULL;
    END IF;
    INSERT INTO register.task (listing_id, court_id, kind, begun_on, due_on)
    SELECT objection_listing.listing_id, coalesce(higher, own), 'decide_review', today, due
    FROM register.objection_listing
    WHERE objection_listing.filing_id = reviewed
    ORDER BY objection_listing.listing_id
    ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    IF NOT EXISTS (SELECT FROM register.objection_listing WHERE objection_listing.filing_id = reviewed) THEN
        INSERT INTO register.task (court_id, kind, begun_on, due_on)
        VALUES (coalesce(higher, own), 'decide_review', today, due)
        RETURNING id INTO duty;
    END IF;
    INSERT INTO register.review (filing_id, court_id, reviewing_court_id, task_id, asked_on, due_on)
    VALUES (reviewed, own, coalesce(higher, own), duty, today, due);
    RETURN higher;
END
$$;

RESET ROLE;

-- migrate:down

CREATE OR REPLACE FUNCTION register.open_reviews(reviewed uuid, today date) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own uuid;
    higher uuid;
    duty uuid;
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
    -- A duty at a court where nobody works here would never end.
    IF NOT EXISTS (
        SELECT FROM register.officer
        WHERE officer.court_id = higher AND officer.active AND 'clerk' = ANY(officer.roles)
    ) THEN
        higher := NULL;
    END IF;
    INSERT INTO register.task (listing_id, court_id, kind, begun_on, due_on)
    SELECT objection_listing.listing_id, coalesce(higher, own), 'decide_review', today, due
    FROM register.objection_listing
    WHERE objection_listing.filing_id = reviewed
    ORDER BY objection_listing.listing_id
    ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    IF NOT EXISTS (SELECT FROM register.objection_listing WHERE objection_listing.filing_id = reviewed) THEN
        INSERT INTO register.task (court_id, kind, begun_on, due_on)
        VALUES (coalesce(higher, own), 'decide_review', today, due)
        RETURNING id INTO duty;
    END IF;
    INSERT INTO register.review (filing_id, court_id, reviewing_court_id, task_id, asked_on, due_on)
    VALUES (reviewed, own, coalesce(higher, own), duty, today, due);
    RETURN higher;
END
$$;

CREATE OR REPLACE FUNCTION register.may_act_for(court uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('role') <> 'court' OR court IS NOT DISTINCT FROM register.acting_court();
COMMENT ON FUNCTION register.may_act_for(uuid) IS
'Whether a transaction may touch a court''s rows: as role court the acting court''s alone, none where none is set. For functions with their owner''s rights, whom no policy narrows; SET ROLE stays to be seen inside them.';
