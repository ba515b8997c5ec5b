-- migrate:up

SET ROLE owner;

ALTER TABLE register.objection ADD COLUMN holder_id uuid REFERENCES register.officer (id);
COMMENT ON COLUMN register.objection.holder_id IS
'Who looks into it: whoever opened it first, or to whom it was handed over; NULL before it is opened.';
GRANT UPDATE (holder_id) ON register.objection TO operator, court;

ALTER TABLE sealed.claim ADD COLUMN holder_id uuid REFERENCES register.officer (id);
COMMENT ON COLUMN sealed.claim.holder_id IS
'Which reward officer looks into it: whoever opened it first, or to whom it was handed over; NULL before it is opened.';
GRANT UPDATE (holder_id) ON sealed.claim TO operator, court;

CREATE TABLE register.listing_holder (
    listing_id uuid PRIMARY KEY REFERENCES register.listing (id) ON DELETE CASCADE,
    court_id uuid NOT NULL REFERENCES register.court (id),
    officer_id uuid NOT NULL REFERENCES register.officer (id)
);
COMMENT ON TABLE register.listing_holder IS
'Who of a court looks after a listing, and so has its duties in hand: whoever acted on it first, or to whom it was handed over.';
ALTER TABLE register.listing_holder ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.listing_holder FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.listing_holder USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.listing_holder AS RESTRICTIVE TO court USING (court_id = register.acting_court());
GRANT SELECT, INSERT, UPDATE ON register.listing_holder TO operator, court;

CREATE FUNCTION register.take_listing(taken uuid, officer uuid) RETURNS void
LANGUAGE sql
AS $$
INSERT INTO register.listing_holder (listing_id, court_id, officer_id)
SELECT listing.id, listing.court_id, acting.id
FROM register.listing
INNER JOIN register.officer AS acting ON acting.court_id = listing.court_id
WHERE listing.id = take_listing.taken AND acting.id = take_listing.officer
ON CONFLICT (listing_id) DO NOTHING;
$$;
COMMENT ON FUNCTION register.take_listing(uuid, uuid) IS
'Lets whoever acts on a listing first look after it; nothing where somebody does, or the officer is another court''s.';

CREATE VIEW register.listing_gap WITH (security_invoker = true) AS
SELECT open_task.court_id, open_task.listing_id, 'term' AS lacks
FROM register.open_task
WHERE open_task.kind = 'complete_term'
UNION ALL
SELECT DISTINCT listing.court_id, listing.id, 'text'
FROM register.withheld_text
INNER JOIN register.listing ON listing.id = withheld_text.listing_id
WHERE listing.ended_on IS NULL;
COMMENT ON VIEW register.listing_gap IS
'Listings that wait for the court without a clock: their file did not state the term, or text in them is withheld until a clerk decides.';
COMMENT ON COLUMN register.listing_gap.lacks IS 'term or text.';
GRANT SELECT ON register.listing_gap TO court;

CREATE TABLE register.review (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    filing_id uuid NOT NULL UNIQUE REFERENCES register.objection (filing_id) ON DELETE CASCADE,
    court_id uuid NOT NULL REFERENCES register.court (id),
    reviewing_court_id uuid NOT NULL REFERENCES register.court (id),
    task_id uuid REFERENCES register.task (id) ON DELETE SET NULL,
    asked_on date NOT NULL,
    due_on date NOT NULL,
    outcome text,
    act text,
    reason text,
    decided_on date,
    officer_id uuid REFERENCES register.officer (id),
    CONSTRAINT review_outcome_known CHECK (outcome IN ('upheld', 'reversed', 'withdrawn')),
    CONSTRAINT review_act_known CHECK (act IN ('withdraw', 'correct', 'delete')),
    CONSTRAINT review_act_follows_reversal CHECK ((act IS NOT NULL) = coalesce(outcome = 'reversed', false)),
    CONSTRAINT review_decided_whole CHECK (num_nonnulls(outcome, reason, decided_on, officer_id) IN (0, 4)),
    CONSTRAINT review_reason_length CHECK (length(reason) BETWEEN 1 AND 2000)
);
CREATE INDEX review_open ON register.review (reviewing_court_id, due_on) WHERE decided_on IS NULL;
COMMENT ON TABLE register.review IS
'Reviews (复议) of decisions on objections, which the next higher court decides (Article 12); seen by both courts.';
COMMENT ON COLUMN register.review.court_id IS 'Whose decision is reviewed.';
COMMENT ON COLUMN register.review.reviewing_court_id IS
'Which court''s duty it is: the next higher one where it works here, else the court itself, which passes it on and records what the higher court decided.';
COMMENT ON COLUMN register.review.task_id IS 'The duty to decide, where no listing is named and so none can hold it.';
COMMENT ON COLUMN register.review.act IS 'Of a reversal: what the court must then do with its listings.';
COMMENT ON COLUMN register.review.reason IS 'Why, as the paper says it.';
ALTER TABLE register.review ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.review FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.review USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.review AS RESTRICTIVE TO court
USING (register.acting_court() IN (court_id, reviewing_court_id));
-- Written by the functions below alone.
GRANT SELECT ON register.review TO operator, court;

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
COMMENT ON FUNCTION register.open_reviews(uuid, date) IS
'Opens the review of a decision on an objection and the duty to decide it: at the next higher court where it is known and has a clerk here, else at the court itself to pass it on; the higher court. An officer''s own role writes no other court''s rows.';

CREATE FUNCTION register.review_facts(
    asked uuid, OUT number bigint, OUT filed_on date, OUT outcome text, OUT decided_on date, OUT case_numbers text
)
LANGUAGE sql SECURITY DEFINER STABLE
SET search_path = pg_catalog, pg_temp
AS $$
SELECT
    filing.number, objection.filed_on, objection.outcome, objection.decided_on,
    (
        SELECT string_agg(listing.case_number, '、' ORDER BY listing.case_number)
        FROM register.objection_listing
        INNER JOIN register.listing ON listing.id = objection_listing.listing_id
        WHERE objection_listing.filing_id = review.filing_id
    )
FROM register.review
INNER JOIN register.objection ON objection.filing_id = review.filing_id
INNER JOIN sealed.filing ON filing.id = review.filing_id
WHERE review.id = review_facts.asked AND register.acting_court() IN (review.court_id, review.reviewing_court_id);
$$;
COMMENT ON FUNCTION register.review_facts(uuid) IS
'What is under review, as far as it is not sealed, for the two courts that it concerns: number, days, outcome and cases of the objection.';

CREATE FUNCTION register.decide_review(
    decided uuid, result text, following text, why text, officer uuid, today date
) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    held register.review;
BEGIN
    SELECT review.* INTO held
    FROM register.review
    INNER JOIN register.officer AS decider ON decider.court_id = review.reviewing_court_id
    WHERE
        review.id = decided AND review.decided_on IS NULL
        AND review.reviewing_court_id = register.acting_court()
        AND decider.id = officer AND decider.active
    FOR UPDATE OF review;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE register.review
    SET outcome = result, act = following, reason = why, decided_on = today, officer_id = officer
    WHERE review.id = decided;
    UPDATE register.task
    SET done_on = today
    WHERE
        task.done_on IS NULL AND task.kind = 'decide_review'
        AND (
            task.id = held.task_id
            OR task.listing_id IN (
                SELECT objection_listing.listing_id
                FROM register.objection_listing
                WHERE objection_listing.filing_id = held.filing_id
            )
        )
        -- one duty a listing, which ends with the last of its reviews
        AND NOT EXISTS (
            SELECT FROM register.review AS other
            INNER JOIN register.objection_listing ON objection_listing.filing_id = other.filing_id
            WHERE objection_listing.listing_id = task.listing_id AND other.decided_on IS NULL
        );
    IF result = 'reversed' THEN
        INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on, due_on)
        SELECT listing.id, listing.court_id, 'act_on_objection', following, today, register.due_on('act_on_objection', today)
        FROM register.objection_listing
        INNER JOIN register.listing ON listing.id = objection_listing.listing_id
        WHERE objection_listing.filing_id = held.filing_id AND listing.ended_on IS NULL
        ORDER BY listing.id
        ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    END IF;
    RETURN held.court_id;
END
$$;
COMMENT ON FUNCTION register.decide_review(uuid, text, text, text, uuid, date) IS
'Records how a review of the acting court ended, which ends its duty; a reversal opens the duty of the court whose decision it was to act on the listings. That court; NULL where no such review is open.';

REVOKE EXECUTE ON FUNCTION
register.review_facts(uuid), register.decide_review(uuid, text, text, text, uuid, date)
FROM public;
GRANT EXECUTE ON FUNCTION
register.review_facts(uuid), register.decide_review(uuid, text, text, text, uuid, date)
TO court;

CREATE VIEW register.review_desk WITH (security_invoker = true) AS
SELECT
    review.id, review.court_id, review.reviewing_court_id, review.filing_id, review.asked_on, review.due_on,
    review.outcome, review.act, review.reason, review.decided_on, court.name AS court,
    reviewing_court.name AS reviewing_court, officer.name AS officer, facts.number, facts.filed_on,
    facts.outcome AS objection_outcome, facts.decided_on AS objection_decided_on, facts.case_numbers
FROM register.review
INNER JOIN register.court ON court.id = review.court_id
INNER JOIN register.court AS reviewing_court ON reviewing_court.id = review.reviewing_court_id
LEFT JOIN register.officer ON officer.id = review.officer_id
CROSS JOIN LATERAL register.review_facts(review.id) AS facts;
COMMENT ON VIEW register.review_desk IS
'Reviews as both courts see them; another court''s officers are not named, and nothing that was sealed is told.';
GRANT SELECT ON register.review_desk TO court;

CREATE OR REPLACE VIEW register.case_duty WITH (security_invoker = true) AS
SELECT
    duty.court_id, duty.source, duty.kind, duty.subject, duty.number, duty.case_number, duty.came_at, duty.due_on,
    holder.id AS holder_id
FROM (
    SELECT
        open_task.court_id, 'listing' AS source, open_task.kind, open_task.listing_id AS subject,
        NULL::bigint AS number, listing.case_number,
        open_task.begun_on::timestamp AT TIME ZONE 'Asia/Shanghai' AS came_at, open_task.due_on,
        listing_holder.officer_id AS holder_id
    FROM register.open_task
    LEFT JOIN register.listing ON listing.id = open_task.listing_id
    LEFT JOIN register.listing_holder ON listing_holder.listing_id = open_task.listing_id
    -- Terms to be completed have no clock and can be thousands; objections, reviews and notices bring their own below.
    WHERE open_task.kind NOT IN ('complete_term', 'decide_objection', 'decide_review', 'answer_notice_request')
    UNION ALL
    SELECT
        notice.court_id, 'notice', CASE notice.state WHEN 'draft' THEN 'answer_notice' ELSE 'publish_notice' END, notice.id,
        NULL, listing.case_number,
        (SELECT max(event.recorded_at) FROM register.notice_event AS event WHERE event.notice_id = notice.id),
        CASE notice.state WHEN 'draft' THEN notice.answer_due_on END, notice.drafted_by
    FROM register.notice
    INNER JOIN register.listing ON listing.id = notice.listing_id
    WHERE notice.state IN ('draft', 'approved')
    UNION ALL
    SELECT
        tip.court_id, 'tip',
        CASE WHEN tip.status = 'received' THEN 'open_tip' WHEN kept.urgent THEN 'verify_urgent_tip' ELSE 'verify_tip' END,
        tip.filing_id, tip.number, tip.case_numbers, tip.hour, tip.due_on, tip.holder_id
    FROM register.tip_desk AS tip
    INNER JOIN register.tip AS kept ON kept.filing_id = tip.filing_id
    WHERE tip.status IN ('received', 'checking')
    UNION ALL
    SELECT
        objection.court_id, 'objection', 'decide_objection', objection.filing_id, filing.number,
        (
            SELECT string_agg(listing.case_number, '、' ORDER BY listing.case_number)
            FROM register.objection_listing
            INNER JOIN register.listing ON listing.id = objection_listing.listing_id
            WHERE objection_listing.filing_id = objection.filing_id
        ),
        filing.hour, objection.due_on, objection.holder_id
    FROM register.objection
    INNER JOIN sealed.filing ON filing.id = objection.filing_id
    WHERE objection.decided_on IS NULL
    UNION ALL
    SELECT
        review.reviewing_court_id, 'review', 'decide_review', review.id, review.number, review.case_numbers,
        review.asked_on::timestamp AT TIME ZONE 'Asia/Shanghai', review.due_on, NULL
    FROM register.review_desk AS review
    WHERE review.decided_on IS NULL AND review.reviewing_court_id = register.acting_court()
    UNION ALL
    SELECT
        claim.court_id, 'claim', CASE claim.status WHEN 'received' THEN 'decide_claim' ELSE 'export_claim' END, claim.id,
        claim.number, NULL, coalesce(claim.approved_on, claim.filed_on)::timestamp AT TIME ZONE 'Asia/Shanghai', NULL, sealed_claim.holder_id
    FROM register.claim_desk AS claim
    INNER JOIN sealed.claim AS sealed_claim ON sealed_claim.id = claim.id
    WHERE claim.status IN ('received', 'approved')
) AS duty
-- What somebody held who works here no more is held by nobody.
LEFT JOIN register.officer AS holder ON holder.id = duty.holder_id AND holder.active;

RESET ROLE;

-- migrate:down

SET ROLE owner;

CREATE OR REPLACE VIEW register.case_duty WITH (security_invoker = true) AS
SELECT
    open_task.court_id, 'listing' AS source, open_task.kind, open_task.listing_id AS subject,
    NULL::bigint AS number, listing.case_number,
    open_task.begun_on::timestamp AT TIME ZONE 'Asia/Shanghai' AS came_at, open_task.due_on,
    NULL::uuid AS holder_id
FROM register.open_task
LEFT JOIN register.listing ON listing.id = open_task.listing_id
-- Terms to be completed have no clock and can be thousands; objections and notices bring their own duties below.
WHERE open_task.kind NOT IN ('complete_term', 'decide_objection', 'answer_notice_request')
UNION ALL
SELECT
    notice.court_id, 'notice', CASE notice.state WHEN 'draft' THEN 'answer_notice' ELSE 'publish_notice' END, notice.id,
    NULL, listing.case_number,
    (SELECT max(event.recorded_at) FROM register.notice_event AS event WHERE event.notice_id = notice.id),
    CASE notice.state WHEN 'draft' THEN notice.answer_due_on END, notice.drafted_by
FROM register.notice
INNER JOIN register.listing ON listing.id = notice.listing_id
WHERE notice.state IN ('draft', 'approved')
UNION ALL
SELECT
    tip.court_id, 'tip', CASE tip.status WHEN 'received' THEN 'open_tip' ELSE 'verify_tip' END, tip.filing_id, tip.number,
    tip.case_numbers, tip.hour, tip.due_on, tip.holder_id
FROM register.tip_desk AS tip
WHERE tip.status IN ('received', 'checking')
UNION ALL
SELECT
    objection.court_id, 'objection', 'decide_objection', objection.filing_id, filing.number,
    (
        SELECT string_agg(listing.case_number, '、' ORDER BY listing.case_number)
        FROM register.objection_listing
        INNER JOIN register.listing ON listing.id = objection_listing.listing_id
        WHERE objection_listing.filing_id = objection.filing_id
    ),
    filing.hour, objection.due_on, NULL
FROM register.objection
INNER JOIN sealed.filing ON filing.id = objection.filing_id
WHERE objection.decided_on IS NULL
UNION ALL
SELECT
    claim.court_id, 'claim', CASE claim.status WHEN 'received' THEN 'decide_claim' ELSE 'export_claim' END, claim.id,
    claim.number, NULL, coalesce(claim.approved_on, claim.filed_on)::timestamp AT TIME ZONE 'Asia/Shanghai', NULL, NULL
FROM register.claim_desk AS claim
WHERE claim.status IN ('received', 'approved');
DROP VIEW register.review_desk;
DROP FUNCTION register.decide_review(uuid, text, text, text, uuid, date);
DROP FUNCTION register.review_facts(uuid);
CREATE OR REPLACE FUNCTION register.open_reviews(reviewed uuid, today date) RETURNS uuid
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
DROP TABLE register.review;
DROP VIEW register.listing_gap;
DROP FUNCTION register.take_listing(uuid, uuid);
DROP TABLE register.listing_holder;
-- A right on a column would outlive the column, and no REVOKE could name it.
REVOKE UPDATE (holder_id) ON sealed.claim FROM operator, court;
REVOKE UPDATE (holder_id) ON register.objection FROM operator, court;
ALTER TABLE sealed.claim DROP COLUMN holder_id;
ALTER TABLE register.objection DROP COLUMN holder_id;

RESET ROLE;
