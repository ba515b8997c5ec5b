-- migrate:up

SET ROLE owner;

-- A reversal of a decision about no listing in particular would have had no consequence.
DO $$
DECLARE
    change record;
    definition text := pg_get_functiondef('register.decide_review(uuid, text, text, text, uuid, date)'::regprocedure);
BEGIN
    FOR change IN
        SELECT one.was, one.becomes
        FROM (
            VALUES
            (
                '    held register.review;
',
                '    held register.review;
    finding uuid;
'
            ),
            (
                '    UPDATE sealed.filing SET closed_on = today',
                '    IF
        result = ''reversed'' AND NOT EXISTS (
            SELECT FROM register.objection_listing WHERE objection_listing.filing_id = held.filing_id
        )
    THEN
        INSERT INTO register.task (court_id, kind, cause, begun_on, due_on)
        VALUES (held.court_id, ''act_on_objection'', following, today, register.due_on(''act_on_objection'', today))
        RETURNING id INTO finding;
        UPDATE register.review SET task_id = finding WHERE review.id = decided;
    END IF;
    UPDATE sealed.filing SET closed_on = today'
            )
        ) AS one (was, becomes)
    LOOP
        IF position(change.was IN definition) = 0 THEN
            RAISE EXCEPTION 'register.decide_review() is not what it was';
        END IF;
        definition := replace(definition, change.was, change.becomes);
    END LOOP;
    EXECUTE definition;
END
$$;
COMMENT ON FUNCTION register.decide_review(uuid, text, text, text, uuid, date) IS
'Records how a review of the acting court ended, which ends its duty; a reversal opens the duty of the court whose decision it was to act on the listings, or first to find which are meant. That court; NULL where no such review is open.';
COMMENT ON COLUMN register.review.task_id IS
'The duty to decide, where no listing is named and so none can hold it; after a reversal that of the court that decided, to find which are meant.';

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
    WHERE
        open_task.kind NOT IN ('complete_term', 'decide_objection', 'decide_review', 'answer_notice_request')
        AND (open_task.kind <> 'act_on_objection' OR open_task.listing_id IS NOT NULL)
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
    -- reversed, and the listings that are meant are still to be found
    SELECT
        task.court_id, 'review', task.kind, review.id, review.number, NULL,
        task.begun_on::timestamp AT TIME ZONE 'Asia/Shanghai', task.due_on, NULL
    FROM register.review_desk AS review
    INNER JOIN register.review AS kept ON kept.id = review.id
    INNER JOIN register.task ON task.id = kept.task_id
    WHERE task.kind = 'act_on_objection' AND task.done_on IS NULL
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
COMMENT ON COLUMN register.review.task_id IS 'The duty to decide, where no listing is named and so none can hold it.';
DO $$
DECLARE
    change record;
    definition text := pg_get_functiondef('register.decide_review(uuid, text, text, text, uuid, date)'::regprocedure);
BEGIN
    FOR change IN
        SELECT one.was, one.becomes
        FROM (
            VALUES
            (
                '    held register.review;
    finding uuid;
',
                '    held register.review;
'
            ),
            (
                '    IF
        result = ''reversed'' AND NOT EXISTS (
            SELECT FROM register.objection_listing WHERE objection_listing.filing_id = held.filing_id
        )
    THEN
        INSERT INTO register.task (court_id, kind, cause, begun_on, due_on)
        VALUES (held.court_id, ''act_on_objection'', following, today, register.due_on(''act_on_objection'', today))
        RETURNING id INTO finding;
        UPDATE register.review SET task_id = finding WHERE review.id = decided;
    END IF;
    UPDATE sealed.filing SET closed_on = today',
                '    UPDATE sealed.filing SET closed_on = today'
            )
        ) AS one (was, becomes)
    LOOP
        IF position(change.was IN definition) = 0 THEN
            RAISE EXCEPTION 'register.decide_review() is not what it was';
        END IF;
        definition := replace(definition, change.was, change.becomes);
    END LOOP;
    EXECUTE definition;
END
$$;
COMMENT ON FUNCTION register.decide_review(uuid, text, text, text, uuid, date) IS
'Records how a review of the acting court ended, which ends its duty; a reversal opens the duty of the court whose decision it was to act on the listings. That court; NULL where no such review is open.';

RESET ROLE;
