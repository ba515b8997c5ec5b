-- migrate:up

SET ROLE owner;

-- Until now a notice was only a mark that came with the demo; what no officer has signed is no court's notice.
DELETE FROM register.notice
USING register.listing
WHERE listing.id = notice.listing_id AND listing.source <> 'demo';

ALTER TABLE register.notice
ALTER COLUMN published_on DROP NOT NULL,
ADD COLUMN court_id uuid REFERENCES register.court (id),
ADD COLUMN source text NOT NULL DEFAULT 'demo',
ADD COLUMN state text NOT NULL DEFAULT 'published',
ADD COLUMN basis text NOT NULL DEFAULT 'fixed',
ADD COLUMN amount numeric(14, 2) DEFAULT 5000,
ADD COLUMN percent numeric(5, 2),
ADD COLUMN cap numeric(14, 2),
ADD COLUMN funder text NOT NULL DEFAULT 'creditor',
ADD COLUMN how_to_claim text,
ADD COLUMN requested_on date,
ADD COLUMN answer_due_on date,
ADD COLUMN drafted_by uuid REFERENCES register.officer (id),
ADD COLUMN approved_by uuid REFERENCES register.officer (id),
ADD COLUMN closed_on date,
ADD COLUMN closed_cause text;

UPDATE register.notice
SET court_id = listing.court_id
FROM register.listing
WHERE listing.id = notice.listing_id;
UPDATE register.notice SET state = 'closed', closed_on = serving.today(), closed_cause = 'listing_ended'
FROM register.listing
WHERE listing.id = notice.listing_id AND listing.state <> 'published';

ALTER TABLE register.notice
ALTER COLUMN court_id SET NOT NULL,
ALTER COLUMN source DROP DEFAULT,
ALTER COLUMN state SET DEFAULT 'draft',
ALTER COLUMN basis DROP DEFAULT,
ALTER COLUMN amount DROP DEFAULT,
ADD CONSTRAINT notice_source_known CHECK (source IN ('demo', 'court')),
ADD CONSTRAINT notice_state_known CHECK (state IN ('draft', 'approved', 'published', 'closed', 'paid')),
ADD CONSTRAINT notice_basis_known CHECK (basis IN ('fixed', 'percent_recovered')),
ADD CONSTRAINT notice_reward_by_basis CHECK (
    (basis = 'fixed') = (amount IS NOT NULL) AND (basis = 'percent_recovered') = (percent IS NOT NULL)
),
ADD CONSTRAINT notice_amount_positive CHECK (amount > 0),
ADD CONSTRAINT notice_percent_range CHECK (percent > 0 AND percent <= 100),
ADD CONSTRAINT notice_cap_positive CHECK (cap > 0),
ADD CONSTRAINT notice_cap_of_percent CHECK (cap IS NULL OR basis = 'percent_recovered'),
ADD CONSTRAINT notice_funder_known CHECK (funder IN ('creditor', 'insurer')),
ADD CONSTRAINT notice_how_to_claim_length CHECK (length(how_to_claim) BETWEEN 1 AND 500),
ADD CONSTRAINT notice_requested CHECK (
    source = 'demo' OR num_nulls(requested_on, answer_due_on, drafted_by) = 0
),
ADD CONSTRAINT notice_two_officers CHECK (approved_by <> drafted_by),
ADD CONSTRAINT notice_approved_before_public CHECK (
    source = 'demo' OR state IN ('draft', 'closed') OR approved_by IS NOT NULL
),
ADD CONSTRAINT notice_public_has_start CHECK (state NOT IN ('published', 'paid') OR published_on IS NOT NULL),
ADD CONSTRAINT notice_over_has_cause CHECK (
    (state IN ('closed', 'paid')) = (closed_on IS NOT NULL) AND (closed_on IS NULL) = (closed_cause IS NULL)
);
CREATE INDEX notice_newest ON register.notice (published_on DESC, id DESC) WHERE state = 'published';
CREATE INDEX notice_open_ends_on ON register.notice (ends_on) WHERE state IN ('draft', 'approved', 'published');
CREATE INDEX notice_court_id ON register.notice (court_id);
COMMENT ON TABLE register.notice IS
'Reward notices (悬赏公告), at a creditor''s written request (财产调查规定, Articles 21 to 24). Only those that are published are public.';
COMMENT ON COLUMN register.notice.court_id IS 'The listing''s court; like source taken from the listing by a trigger.';
COMMENT ON COLUMN register.notice.amount IS 'Yuan, to the fen; of a fixed reward only.';
COMMENT ON COLUMN register.notice.percent IS 'Per cent of the money that is recovered thanks to the tip.';
COMMENT ON COLUMN register.notice.cap IS 'Yuan, to the fen; the most that a percentage may come to, NULL without one.';
COMMENT ON COLUMN register.notice.funder IS 'Who pays, never by name: the creditor, or the insurer of the reward.';
COMMENT ON COLUMN register.notice.how_to_claim IS 'What the court adds to the words that stand under every notice; NULL for nothing.';
COMMENT ON COLUMN register.notice.requested_on IS 'Day on which the creditor''s written request came in.';
COMMENT ON COLUMN register.notice.answer_due_on IS 'Last day for the court''s answer to the request, by register.due_on().';
COMMENT ON COLUMN register.notice.drafted_by IS 'NULL where the demo made it.';
COMMENT ON COLUMN register.notice.published_on IS 'First day; NULL before it is published.';
COMMENT ON COLUMN register.notice.ends_on IS 'Last day, as asked for or as extended.';

CREATE TABLE register.notice_transition (
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (action, from_state)
);
COMMENT ON TABLE register.notice_transition IS
'What may happen to a notice in which state. The same table stands in backend/notices/domain.py; a test compares them.';
INSERT INTO register.notice_transition (action, from_state, to_state)
VALUES
('approve', 'draft', 'approved'),
('publish', 'approved', 'published'),
('extend', 'published', 'published'),
('close', 'draft', 'closed'),
('close', 'approved', 'closed'),
('close', 'published', 'closed'),
('pay', 'published', 'paid'),
('pay', 'closed', 'paid');

CREATE FUNCTION register.check_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    listing register.listing;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM register.notice_transition
        WHERE notice_transition.from_state = OLD.state AND notice_transition.to_state = NEW.state
    ) THEN
        RAISE EXCEPTION 'a notice never goes from % to %', OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_transition_known';
    END IF;
    -- Held until this transaction ends, so that the listing does not end meanwhile without seeing the notice.
    SELECT * INTO listing FROM register.listing WHERE id = NEW.listing_id FOR SHARE;
    NEW.court_id := listing.court_id;
    NEW.source := listing.source;
    IF
        NEW.state IN ('draft', 'approved', 'published')
        AND (TG_OP = 'INSERT' OR NEW.state <> OLD.state)
        AND listing.state <> 'published'
    THEN
        RAISE EXCEPTION 'a notice needs a listing that is shown'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_of_shown_listing';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION register.check_notice() IS
'Lets the state of a notice change only as register.notice_transition says, and towards the public only while its listing is shown; fills in the listing''s court and source.';
CREATE TRIGGER checked BEFORE INSERT OR UPDATE OF listing_id, state ON register.notice
FOR EACH ROW EXECUTE FUNCTION register.check_notice();

CREATE TABLE register.notice_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice_id uuid NOT NULL REFERENCES register.notice (id) ON DELETE CASCADE,
    action text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    cause text NOT NULL,
    effective_on date NOT NULL,
    officer_id uuid REFERENCES register.officer (id),
    approver_id uuid REFERENCES register.officer (id),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT notice_event_two_people CHECK (approver_id <> officer_id),
    CONSTRAINT notice_event_has_reason CHECK (
        officer_id IS NOT NULL OR cause IN ('listing_ended', 'listing_suspended', 'term_over')
    )
);
CREATE INDEX notice_event_notice_id ON register.notice_event (notice_id);
COMMENT ON TABLE register.notice_event IS
'What happened to a notice, when, why and by whom. Only ever added to; goes with its notice.';
COMMENT ON COLUMN register.notice_event.officer_id IS 'NULL where it closed by itself, with its listing or after its last day.';

CREATE FUNCTION register.refuse_change_of_notice_event() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'what happened to a notice is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION register.refuse_change_of_notice_event() IS 'Keeps events of notices as they were written.';
CREATE TRIGGER event_never_changes BEFORE UPDATE ON register.notice_event
FOR EACH STATEMENT EXECUTE FUNCTION register.refuse_change_of_notice_event();

CREATE FUNCTION register.close_notices(ids uuid [], cause text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    closed integer;
BEGIN
    WITH still_open AS (
        SELECT notice.id, notice.state
        FROM register.notice
        WHERE notice.id = ANY(ids) AND notice.state IN ('draft', 'approved', 'published')
        FOR UPDATE
    ),

    now_closed AS (
        UPDATE register.notice
        SET state = 'closed', closed_on = serving.today(), closed_cause = cause
        FROM still_open
        WHERE notice.id = still_open.id
        RETURNING notice.id, still_open.state AS from_state
    )

    INSERT INTO register.notice_event (notice_id, action, from_state, to_state, cause, effective_on)
    SELECT now_closed.id, 'close', now_closed.from_state, 'closed', cause, serving.today()
    FROM now_closed;
    GET DIAGNOSTICS closed = ROW_COUNT;
    RETURN closed;
END
$$;
COMMENT ON FUNCTION register.close_notices(uuid [], text) IS
'Closes those of these notices that are not over, each with its event; how many.';
REVOKE EXECUTE ON FUNCTION register.close_notices(uuid [], text) FROM public;

GRANT SELECT ON register.notice_transition TO operator;
GRANT SELECT, INSERT ON register.notice_event TO operator;

RESET ROLE;

-- migrate:down

SET ROLE owner;

DROP FUNCTION register.close_notices(uuid [], text);
DROP TABLE register.notice_event;
DROP FUNCTION register.refuse_change_of_notice_event();
DROP TRIGGER checked ON register.notice;
DROP FUNCTION register.check_notice();
DROP TABLE register.notice_transition;
DELETE FROM register.notice WHERE state <> 'published';
DROP INDEX register.notice_newest;
DROP INDEX register.notice_open_ends_on;
DROP INDEX register.notice_court_id;
ALTER TABLE register.notice
DROP CONSTRAINT notice_over_has_cause,
DROP CONSTRAINT notice_public_has_start,
DROP CONSTRAINT notice_approved_before_public,
DROP CONSTRAINT notice_two_officers,
DROP CONSTRAINT notice_requested,
DROP CONSTRAINT notice_how_to_claim_length,
DROP CONSTRAINT notice_funder_known,
DROP CONSTRAINT notice_cap_of_percent,
DROP CONSTRAINT notice_cap_positive,
DROP CONSTRAINT notice_percent_range,
DROP CONSTRAINT notice_amount_positive,
DROP CONSTRAINT notice_reward_by_basis,
DROP CONSTRAINT notice_basis_known,
DROP CONSTRAINT notice_state_known,
DROP CONSTRAINT notice_source_known,
DROP COLUMN closed_cause,
DROP COLUMN closed_on,
DROP COLUMN approved_by,
DROP COLUMN drafted_by,
DROP COLUMN answer_due_on,
DROP COLUMN requested_on,
DROP COLUMN how_to_claim,
DROP COLUMN funder,
DROP COLUMN cap,
DROP COLUMN percent,
DROP COLUMN amount,
DROP COLUMN basis,
DROP COLUMN state,
DROP COLUMN source,
DROP COLUMN court_id,
ALTER COLUMN published_on SET NOT NULL;
COMMENT ON TABLE register.notice IS 'Reward notices (悬赏公告): here only that a listing has one, and for how long.';
COMMENT ON COLUMN register.notice.published_on IS NULL;
COMMENT ON COLUMN register.notice.ends_on IS NULL;

RESET ROLE;
