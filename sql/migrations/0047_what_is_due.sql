-- migrate:up

SET ROLE owner;

CREATE FUNCTION register.working_days_left(due_on date) RETURNS integer
LANGUAGE sql STABLE
AS $$
SELECT CASE
    WHEN due_on >= serving.today() THEN (
        SELECT count(*)::integer
        FROM generate_series(1, due_on - serving.today()) AS ahead
        WHERE register.is_working_day(serving.today() + ahead)
    )
END;
$$;
COMMENT ON FUNCTION register.working_days_left(date) IS
'Working days after today up to and with a day: 0 on the day itself, NULL behind it and where no clock runs.';

CREATE VIEW register.desk_duty WITH (security_invoker = true) AS
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
COMMENT ON VIEW register.desk_duty IS
'Everything that a court''s officers have to do, from whichever feature, as the first page of the console counts it.';
COMMENT ON COLUMN register.desk_duty.came_at IS 'To the hour for what was sealed, to the day for what only has a day.';
COMMENT ON COLUMN register.desk_duty.holder_id IS 'Who has it in hand; NULL while nobody does.';
GRANT SELECT ON register.desk_duty TO court;

CREATE TABLE register.desk_visit (
    officer_id uuid PRIMARY KEY REFERENCES register.officer (id),
    court_id uuid NOT NULL REFERENCES register.court (id),
    before_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
);
COMMENT ON TABLE register.desk_visit IS 'When an officer last worked at the console, so that its first page can tell what is new since.';
COMMENT ON COLUMN register.desk_visit.before_at IS 'The end of the visit before the present one.';
ALTER TABLE register.desk_visit ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.desk_visit FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.desk_visit USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.desk_visit AS RESTRICTIVE TO court USING (court_id = register.acting_court());
GRANT SELECT, INSERT, UPDATE ON register.desk_visit TO court;

RESET ROLE;

-- migrate:down

DROP TABLE register.desk_visit;
DROP VIEW register.desk_duty;
DROP FUNCTION register.working_days_left(date);
