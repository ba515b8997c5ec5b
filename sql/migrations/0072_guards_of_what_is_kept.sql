-- migrate:up

SET ROLE owner;

CREATE VIEW sealed.needed_filing WITH (security_invoker = true) AS
SELECT unsettled_claim.filing_id
FROM sealed.unsettled_claim
UNION ALL
SELECT review.filing_id
FROM register.review
WHERE review.decided_on IS NULL;
COMMENT ON VIEW sealed.needed_filing IS
'Filings that are not destroyed yet, whatever their term: a claim that they prove is not settled, or a review of their decision has not ended. One can stand there several times.';
GRANT SELECT ON sealed.needed_filing TO operator;

CREATE OR REPLACE FUNCTION sealed.keep_unsettled() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM sealed.unsettled_claim WHERE unsettled_claim.filing_id = NEW.id) THEN
        RAISE EXCEPTION 'a claim for this filing is not settled'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'filing_claim_settled';
    END IF;
    IF EXISTS (SELECT FROM sealed.needed_filing WHERE needed_filing.filing_id = NEW.id) THEN
        RAISE EXCEPTION 'a review of what was decided about this filing has not ended'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'filing_review_ended';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION sealed.keep_unsettled() IS
'Lets no filing be destroyed, by whomever, while a claim that it proves is not settled or a review has not ended.';
-- Reviews that ended after what was filed had been destroyed kept their reason.
UPDATE register.review
SET reason = '—'
FROM sealed.filing
WHERE filing.id = review.filing_id AND filing.state IN ('shredding', 'shredded') AND review.reason IS NOT NULL;

-- Not for events of before: an older version's causes named no article for some.
ALTER TABLE register.listing_event ADD CONSTRAINT listing_event_names_article CHECK (
    article <> '' OR import_file_id IS NOT NULL
) NOT VALID;
COMMENT ON CONSTRAINT listing_event_names_article ON register.listing_event IS
'Every act of an officer rests on an article. What a file tells names one where the law''s causes are loaded: a court''s list is taken without them.';

-- Officers move listings at the console, and neither enter nor delete them there.
REVOKE INSERT, DELETE ON register.listing, register.entity FROM court;
REVOKE INSERT, UPDATE, DELETE ON register.tombstone FROM court;

RESET ROLE;
SET ROLE audit_owner;

CREATE OR REPLACE FUNCTION audit.erase(erased bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = audit, pg_catalog, pg_temp
AS $$
BEGIN
    -- whoever erases the same waits here, and then finds nothing
    PERFORM FROM audit.head FOR UPDATE;
    IF EXISTS (SELECT FROM audit.body WHERE body.sequence = erased) THEN
        PERFORM audit.append(
            ARRAY['audit.erase'], ARRAY[NULL::uuid],
            ARRAY[json_build_object('sequence', erased, 'reason', reason)::text]
        );
        DELETE FROM audit.body WHERE body.sequence = erased;
    END IF;
END
$$;

CREATE FUNCTION audit.refuse_unrecorded() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM audit.head
        INNER JOIN audit.entry ON entry.sequence = head.sequence AND entry.action = 'audit.erase'
        INNER JOIN audit.body ON body.sequence = head.sequence
        WHERE audit.said(body.content) ->> 'sequence' = OLD.sequence::text
    ) THEN
        RAISE EXCEPTION 'what an entry says is erased with a record of it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END
$$;
COMMENT ON FUNCTION audit.refuse_unrecorded() IS
'Lets a body be deleted only behind the record that says so, also by the table''s owner.';
CREATE TRIGGER erasure_recorded BEFORE DELETE ON audit.body
FOR EACH ROW EXECUTE FUNCTION audit.refuse_unrecorded();

CREATE FUNCTION audit.refuse_going_back() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.sequence <= OLD.sequence OR NOT EXISTS (
        SELECT FROM audit.entry
        WHERE entry.sequence = NEW.sequence AND entry.digest = NEW.digest
    ) THEN
        RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION audit.refuse_going_back() IS 'Moves the head to a later entry only, also for the table''s owner.';
CREATE TRIGGER head_goes_on BEFORE UPDATE ON audit.head
FOR EACH ROW EXECUTE FUNCTION audit.refuse_going_back();

RESET ROLE;

-- migrate:down

SET ROLE audit_owner;

DROP TRIGGER head_goes_on ON audit.head;
DROP FUNCTION audit.refuse_going_back();
DROP TRIGGER erasure_recorded ON audit.body;
DROP FUNCTION audit.refuse_unrecorded();
CREATE OR REPLACE FUNCTION audit.erase(erased bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = audit, pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM audit.body WHERE body.sequence = erased;
    IF FOUND THEN
        PERFORM audit.append(
            ARRAY['audit.erase'], ARRAY[NULL::uuid],
            ARRAY[json_build_object('sequence', erased, 'reason', reason)::text]
        );
    END IF;
END
$$;

RESET ROLE;
SET ROLE owner;

GRANT INSERT, UPDATE, DELETE ON register.tombstone TO court;
GRANT INSERT, DELETE ON register.listing, register.entity TO court;
ALTER TABLE register.listing_event DROP CONSTRAINT listing_event_names_article;
CREATE OR REPLACE FUNCTION sealed.keep_unsettled() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM sealed.unsettled_claim WHERE unsettled_claim.filing_id = NEW.id) THEN
        RAISE EXCEPTION 'a claim for this filing is not settled'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'filing_claim_settled';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION sealed.keep_unsettled() IS
'Lets no filing be destroyed, by whomever, while a claim that it proves is not settled.';
DROP VIEW sealed.needed_filing;

RESET ROLE;
