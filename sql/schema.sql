--
-- PostgreSQL database dump
--

--
-- Name: audit; Type: SCHEMA; Schema: -; Owner: audit_owner
--

CREATE SCHEMA audit;

ALTER SCHEMA audit OWNER TO audit_owner;

--
-- Name: SCHEMA audit; Type: COMMENT; Schema: -; Owner: audit_owner
--

COMMENT ON SCHEMA audit IS 'What was done, by whom and why, in a chain in which nothing can be changed, taken out or put in unnoticed.';

--
-- Name: register; Type: SCHEMA; Schema: -; Owner: owner
--

CREATE SCHEMA register;

ALTER SCHEMA register OWNER TO owner;

--
-- Name: SCHEMA register; Type: COMMENT; Schema: -; Owner: owner
--

COMMENT ON SCHEMA register IS 'What courts published and what was decided about it. Read and written by command-line work and, later, by courts; never by the public role.';

--
-- Name: sealed; Type: SCHEMA; Schema: -; Owner: owner
--

CREATE SCHEMA sealed;

ALTER SCHEMA sealed OWNER TO owner;

--
-- Name: SCHEMA sealed; Type: COMMENT; Schema: -; Owner: owner
--

COMMENT ON SCHEMA sealed IS 'What only a court can read. Whoever writes here cannot read here; nothing holds a time finer than the hour, an address or a receipt.';

--
-- Name: serving; Type: SCHEMA; Schema: -; Owner: owner
--

CREATE SCHEMA serving;

ALTER SCHEMA serving OWNER TO owner;

--
-- Name: SCHEMA serving; Type: COMMENT; Schema: -; Owner: owner
--

COMMENT ON SCHEMA serving IS 'What the public may see now: views that hold only current listings and public fields. The public role reads nothing else.';

--
-- Name: append(text[], uuid[], text[]); Type: FUNCTION; Schema: audit; Owner: audit_owner
--

CREATE FUNCTION audit.append(actions text[], courts uuid[], contents text[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'audit', 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    last audit.head;
    at_once constant timestamptz := clock_timestamp();
BEGIN
    IF cardinality(actions) = 0 THEN
        RETURN NULL;
    END IF;
    -- Whoever appends waits here until the one before has committed, so that order of entries is order of commits.
    SELECT * INTO last FROM audit.head FOR UPDATE;
    WITH said AS MATERIALIZED (
        SELECT
            last.sequence + number AS sequence, action, court, content,
            uuid_send(gen_random_uuid()) AS salt
        FROM unnest(actions, courts, contents) WITH ORDINALITY AS given (action, court, content, number)
    ),

    digested AS MATERIALIZED (
        SELECT said.*, sha256(said.salt || convert_to(said.content, 'UTF8')) AS body_digest
        FROM said
    ),

    linked AS (
        SELECT last.sequence AS sequence, last.digest AS link
        UNION ALL
        SELECT
            digested.sequence,
            int8send(digested.sequence)
            || int8send((extract(EPOCH FROM at_once) * 1000000)::bigint)
            || coalesce(uuid_send(digested.court), decode(repeat('00', 16), 'hex'))
            || sha256(convert_to(digested.action, 'UTF8'))
            || digested.body_digest
        FROM digested
    ),

    chained AS (
        SELECT linked.sequence, audit.chain(linked.link) OVER (ORDER BY linked.sequence) AS digest
        FROM linked
    ),

    entered AS (
        INSERT INTO audit.entry (sequence, recorded_at, court_id, action, body_digest, digest)
        SELECT digested.sequence, at_once, digested.court, digested.action, digested.body_digest, chained.digest
        FROM digested
        INNER JOIN chained USING (sequence)
        ORDER BY digested.sequence
    )

    INSERT INTO audit.body (sequence, salt, content)
    SELECT digested.sequence, digested.salt, digested.content
    FROM digested
    ORDER BY digested.sequence;
    UPDATE audit.head
    SET sequence = entry.sequence, digest = entry.digest
    FROM audit.entry
    WHERE entry.sequence = last.sequence + cardinality(actions)
    RETURNING head.sequence INTO last.sequence;
    RETURN last.sequence;
END
$$;

ALTER FUNCTION audit.append(actions text[], courts uuid[], contents text[]) OWNER TO audit_owner;

--
-- Name: FUNCTION append(actions text[], courts uuid[], contents text[]); Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON FUNCTION audit.append(actions text[], courts uuid[], contents text[]) IS 'Appends entries in their order, one for each place of the arrays; the sequence of the last one, NULL for none.';

--
-- Name: erase(bigint, text); Type: FUNCTION; Schema: audit; Owner: audit_owner
--

CREATE FUNCTION audit.erase(erased bigint, reason text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'audit', 'pg_catalog', 'pg_temp'
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

ALTER FUNCTION audit.erase(erased bigint, reason text) OWNER TO audit_owner;

--
-- Name: FUNCTION erase(erased bigint, reason text); Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON FUNCTION audit.erase(erased bigint, reason text) IS 'Erases what an entry says, with its salt, and records that; the chain stays whole.';

--
-- Name: joined(bytea, bytea); Type: FUNCTION; Schema: audit; Owner: audit_owner
--

CREATE FUNCTION audit.joined(previous bytea, link bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN sha256((previous || link));

ALTER FUNCTION audit.joined(previous bytea, link bytea) OWNER TO audit_owner;

--
-- Name: FUNCTION joined(previous bytea, link bytea); Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON FUNCTION audit.joined(previous bytea, link bytea) IS 'One step of the chain.';

--
-- Name: refuse(); Type: FUNCTION; Schema: audit; Owner: audit_owner
--

CREATE FUNCTION audit.refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;

ALTER FUNCTION audit.refuse() OWNER TO audit_owner;

--
-- Name: FUNCTION refuse(); Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON FUNCTION audit.refuse() IS 'Stops a change of what was recorded, also by the tables'' owner.';

--
-- Name: refuse_going_back(); Type: FUNCTION; Schema: audit; Owner: audit_owner
--

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

ALTER FUNCTION audit.refuse_going_back() OWNER TO audit_owner;

--
-- Name: FUNCTION refuse_going_back(); Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON FUNCTION audit.refuse_going_back() IS 'Moves the head to a later entry only, also for the table''s owner.';

--
-- Name: refuse_unrecorded(); Type: FUNCTION; Schema: audit; Owner: audit_owner
--

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

ALTER FUNCTION audit.refuse_unrecorded() OWNER TO audit_owner;

--
-- Name: FUNCTION refuse_unrecorded(); Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON FUNCTION audit.refuse_unrecorded() IS 'Lets a body be deleted only behind the record that says so, also by the table''s owner.';

--
-- Name: said(text); Type: FUNCTION; Schema: audit; Owner: audit_owner
--

CREATE FUNCTION audit.said(content text) RETURNS jsonb
    LANGUAGE plpgsql STABLE STRICT
    AS $$
BEGIN
    RETURN content::jsonb;
EXCEPTION
    -- no JSON, JSON that jsonb cannot hold, or nested too deep
    WHEN data_exception OR program_limit_exceeded OR statement_too_complex THEN
        RETURN NULL;
END
$$;

ALTER FUNCTION audit.said(content text) OWNER TO audit_owner;

--
-- Name: FUNCTION said(content text); Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON FUNCTION audit.said(content text) IS 'What an entry says, to be looked into; NULL for one that somebody forged and that cannot be read, so that it hides no other.';

--
-- Name: acting_court(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.acting_court() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.court'::text, true), ''::text))::uuid;

ALTER FUNCTION register.acting_court() OWNER TO owner;

--
-- Name: FUNCTION acting_court(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.acting_court() IS 'The court for which this transaction acts, set by the console (app.court); null, which equals nothing, where none is set.';

--
-- Name: are_common(boolean, text[]); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.are_common(of_people boolean, pairs text[]) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM unnest(pairs) AS pair (gram)
        WHERE NOT EXISTS (
            SELECT FROM register.common_gram
            WHERE common_gram.is_person = of_people AND common_gram.gram = pair.gram AND common_gram.is_walked
        )
    );
END
$$;

ALTER FUNCTION register.are_common(of_people boolean, pairs text[]) OWNER TO owner;

--
-- Name: FUNCTION are_common(of_people boolean, pairs text[]); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.are_common(of_people boolean, pairs text[]) IS 'Whether every one of the pairs of characters stands in so many names that walking the names is the shorter way.';

--
-- Name: ask_about_performance(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.ask_about_performance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    has_term constant boolean := new.ground_mask & 62 <> 0 OR new.term_ends_on IS NOT NULL;
    wanted constant text := CASE WHEN has_term THEN 'decide_early_deletion' ELSE 'delete_after_cause' END;
BEGIN
    INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on, due_on)
    VALUES (
        new.id, new.court_id, wanted, 'performed', serving.today(),
        CASE
            -- no last day where the clocks are not loaded yet
            WHEN NOT has_term AND EXISTS (SELECT FROM register.clock WHERE clock.name = wanted)
                THEN register.due_on(wanted, serving.today())
        END
    )
    ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    RETURN NULL;
END
$$;

ALTER FUNCTION register.ask_about_performance() OWNER TO owner;

--
-- Name: FUNCTION ask_about_performance(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.ask_about_performance() IS 'Opens the court''s duty when a file or an officer says that everything is performed: to delete where there is no term, else to decide whether it deletes early. Deletes nothing itself (Articles 2 and 10).';

--
-- Name: ask_reminder(bytea, bytea); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.ask_reminder(given bytea, sealed_openid bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO register.objection_reminder (filing_id, openid, answers)
    SELECT objection.filing_id, sealed_openid, count(part.part)
    FROM sealed.bearer
    INNER JOIN register.objection ON objection.filing_id = bearer.filing_id
    LEFT JOIN sealed.part ON part.filing_id = objection.filing_id AND starts_with(part.part, 'c/')
    WHERE bearer.rowkey = given AND objection.outcome IS NULL
    GROUP BY objection.filing_id
    ON CONFLICT (filing_id) DO UPDATE SET openid = EXCLUDED.openid, answers = EXCLUDED.answers;
    RETURN found;
END
$$;

ALTER FUNCTION register.ask_reminder(given bytea, sealed_openid bytea) OWNER TO owner;

--
-- Name: FUNCTION ask_reminder(given bytea, sealed_openid bytea); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.ask_reminder(given bytea, sealed_openid bytea) IS 'Keeps whom to remind of a bearer''s objection, in place of whoever it was before; false where it is decided or there is none.';

--
-- Name: due_on(text, date); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.due_on(clock_name text, begins_on date) RETURNS date
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
DECLARE
    rule register.clock;
BEGIN
    SELECT * INTO rule
    FROM register.clock
    WHERE
        clock.name = clock_name
        AND clock.valid_from <= begins_on
        AND (clock.valid_until IS NULL OR clock.valid_until >= begins_on);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no clock % on %', clock_name, begins_on USING ERRCODE = 'no_data_found';
    END IF;
    RETURN register.last_day_of_term(begins_on, rule.amount, rule.unit, rule.kind IN ('duty', 'right'));
END
$$;

ALTER FUNCTION register.due_on(clock_name text, begins_on date) OWNER TO owner;

--
-- Name: FUNCTION due_on(clock_name text, begins_on date); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.due_on(clock_name text, begins_on date) IS 'The last day for what began on a day in China, by the clock that was law on that day.';

--
-- Name: clock; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.clock (
    name text NOT NULL,
    kind text NOT NULL,
    amount integer NOT NULL,
    unit text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    article text NOT NULL,
    CONSTRAINT clock_amount_positive CHECK ((amount > 0)),
    CONSTRAINT clock_kind_known CHECK ((kind = ANY (ARRAY['duty'::text, 'right'::text, 'bar'::text, 'bound'::text]))),
    CONSTRAINT clock_unit_known CHECK ((unit = ANY (ARRAY['working_day'::text, 'day'::text, 'month'::text]))),
    CONSTRAINT clock_validity_ordered CHECK ((valid_until >= valid_from))
);

ALTER TABLE register.clock OWNER TO owner;

--
-- Name: TABLE clock; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.clock IS 'How long what may take, by law, as dated rows: a change of the law is a new row, and what began before runs by the old one.';

--
-- Name: COLUMN clock.kind; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.clock.kind IS 'duty of a court, right of a party, bar, or bound within which a decision keeps. A duty or right that would end on a day off ends on the next working day; a bar or bound does not.';

--
-- Name: COLUMN clock.valid_until; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.clock.valid_until IS 'Last day on which it holds for what begins; NULL while it is the law.';

--
-- Name: listing_event; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.listing_event (
    id bigint NOT NULL,
    listing_id uuid NOT NULL,
    action text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    cause text NOT NULL,
    article text NOT NULL,
    effective_on date NOT NULL,
    officer_id uuid,
    approver_id uuid,
    import_file_id uuid,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT listing_event_has_actor CHECK ((num_nonnulls(officer_id, import_file_id) = 1)),
    CONSTRAINT listing_event_two_people CHECK ((approver_id <> officer_id))
);

ALTER TABLE ONLY register.listing_event FORCE ROW LEVEL SECURITY;

ALTER TABLE register.listing_event OWNER TO owner;

--
-- Name: TABLE listing_event; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.listing_event IS 'What happened to a listing, when, why and by whom. Only ever added to; goes with its listing when that is reduced to a tombstone.';

--
-- Name: barred_until(uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.barred_until(listing uuid) RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT max(register.due_on('relist_barred'::text, ended.effective_on)) AS max FROM register.listing_event ended WHERE ((ended.listing_id = barred_until.listing) AND (ended.action = 'delete'::text) AND ((ended.cause = 'creditor_request'::text) OR ((ended.cause = 'early_deletion'::text) AND (EXISTS (SELECT FROM register.listing_event asked WHERE ((asked.listing_id = barred_until.listing) AND (asked.cause = 'creditor_request'::text)))))) AND COALESCE((ended.effective_on >= (SELECT min(clock.valid_from) AS min FROM register.clock WHERE (clock.name = 'relist_barred'::text))), true)));

ALTER FUNCTION register.barred_until(listing uuid) OWNER TO owner;

--
-- Name: FUNCTION barred_until(listing uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.barred_until(listing uuid) IS 'The last day of the six months in which a listing may not be listed again after a deletion that the creditor asked for (Article 10): the day itself belongs to them (Civil Code, Article 202). NULL where nothing bars it.';

--
-- Name: check_notice(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.check_notice() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
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

ALTER FUNCTION register.check_notice() OWNER TO owner;

--
-- Name: FUNCTION check_notice(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.check_notice() IS 'Lets the state of a notice change only as register.notice_transition says, and towards the public only while its listing is shown; fills in the listing''s court and source.';

--
-- Name: close_ended_notices(uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.close_ended_notices(only_listing uuid DEFAULT NULL::uuid) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    -- Listings before notices, as whoever ends a listing takes them; what somebody is changing is left for next time.
    WITH ended AS MATERIALIZED (
        SELECT
            notice.id,
            CASE WHEN listing.term_ends_on < serving.today() THEN 'listing_ended' ELSE 'term_over' END AS cause
        FROM register.notice
        INNER JOIN register.listing ON listing.id = notice.listing_id
        WHERE
            notice.state IN ('draft', 'approved', 'published')
            AND (notice.ends_on < serving.today() OR listing.term_ends_on < serving.today())
            AND (only_listing IS NULL OR listing.id = only_listing)
        FOR SHARE OF listing SKIP LOCKED
    )

    SELECT coalesce(sum(register.close_notices(by_cause.ids, by_cause.cause)), 0)::integer
    FROM (SELECT array_agg(ended.id ORDER BY ended.id) AS ids, ended.cause FROM ended GROUP BY ended.cause) AS by_cause
$$;

ALTER FUNCTION register.close_ended_notices(only_listing uuid) OWNER TO owner;

--
-- Name: FUNCTION close_ended_notices(only_listing uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.close_ended_notices(only_listing uuid) IS 'Closes every notice, of one listing or of all, whose last day or whose listing''s has passed; how many. No answer waits for it: queries ask the date.';

--
-- Name: close_notices(uuid[], text); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.close_notices(ids uuid[], cause text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
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

ALTER FUNCTION register.close_notices(ids uuid[], cause text) OWNER TO owner;

--
-- Name: FUNCTION close_notices(ids uuid[], cause text); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.close_notices(ids uuid[], cause text) IS 'Closes those of these notices that are not over, each with its event; how many.';

--
-- Name: close_notices_of_listings(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.close_notices_of_listings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    hidden uuid [];
    suspended uuid [];
BEGIN
    SELECT array_agg(after.id), array_agg(after.id) FILTER (WHERE after.state = 'suspended')
    INTO hidden, suspended
    FROM after
    WHERE after.state <> 'published';
    IF hidden IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM register.close_notices(affected.ids, affected.cause)
    FROM (
        SELECT
            array_agg(notice.id ORDER BY notice.id) AS ids,
            CASE WHEN notice.listing_id = ANY(suspended) THEN 'listing_suspended' ELSE 'listing_ended' END AS cause
        FROM register.notice
        WHERE notice.listing_id = ANY(hidden) AND notice.state IN ('draft', 'approved', 'published')
        GROUP BY 2
    ) AS affected;
    RETURN NULL;
END
$$;

ALTER FUNCTION register.close_notices_of_listings() OWNER TO owner;

--
-- Name: FUNCTION close_notices_of_listings(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.close_notices_of_listings() IS 'Closes the notices of listings that a statement, whoever''s, has ended or suspended.';

--
-- Name: contains_steps(boolean, text, text, text[]); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.contains_steps(of_people boolean, part text, brand text, pairs text[]) RETURNS TABLE(number integer, lengths int4range, ways text[], least_score double precision)
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    -- names so long or longer share a key
    longest constant integer := 40;
    few constant integer := 400;
    size constant numeric := char_length(part);
BEGIN
    IF of_people THEN
        -- those one longer come by register.names_given()
        RETURN QUERY SELECT 1, int4range(least(size::integer + 2, longest), longest + 1), '{text}'::text [], 0.0::double precision;
        RETURN;
    END IF;
    IF (
        SELECT count(*)
        FROM register.names_of_lengths(
            false, register.with_lengths(pairs[1:1], 1, longest),
            register.with_lengths(pairs[cardinality(pairs):], 1, longest), few
        )
    ) < few THEN
        RETURN QUERY SELECT 1, int4range(1, longest + 1), '{brand,text,bracket}'::text [], 0.0::double precision;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT
        range.number + 100 * way.number, int4range(range.first, range.last + 1), ARRAY[way.name],
        CASE way.name
            WHEN 'brand' THEN 0.9 - 0.0001 * range.last
            WHEN 'text' THEN CASE range.last WHEN longest THEN 0 ELSE round(0.8 * size / range.last, 3) END
            ELSE 0
        END::double precision
    FROM (
        VALUES
        (1, 1, 8), (2, 9, 9), (3, 10, 10), (4, 11, 11), (5, 12, 12), (6, 13, 13), (7, 14, 14), (8, 15, 15), (9, 16, 17),
        (10, 18, 20), (11, 21, longest)
    ) AS range (number, first, last)
    CROSS JOIN (VALUES (1, 'brand'), (2, 'text')) AS way (number, name)
    WHERE range.last > size OR range.last = longest
    UNION ALL
    SELECT 300, int4range(1, longest + 1), '{bracket}'::text [], 0.0::double precision;
END
$$;

ALTER FUNCTION register.contains_steps(of_people boolean, part text, brand text, pairs text[]) OWNER TO owner;

--
-- Name: FUNCTION contains_steps(of_people boolean, part text, brand text, pairs text[]); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.contains_steps(of_people boolean, part text, brand text, pairs text[]) IS 'In which order the names that contain a text are looked at: all at once where they are few, else by ways and lengths, best scores first.';

--
-- Name: count_duties_anew(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.count_duties_anew() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    counted integer;
    told integer;
BEGIN
    UPDATE register.task
    SET due_on = register.due_since(task.kind, task.begun_on)
    WHERE
        task.done_on IS NULL AND task.due_on IS NOT NULL
        AND task.kind IN (SELECT clock.name FROM register.clock)
        AND task.due_on <> register.due_since(task.kind, task.begun_on);
    GET DIAGNOSTICS counted = ROW_COUNT;
    UPDATE register.objection
    SET due_on = register.due_since('decide_objection', objection.filed_on)
    WHERE
        objection.decided_on IS NULL
        AND objection.due_on <> register.due_since('decide_objection', objection.filed_on);
    UPDATE register.review
    SET due_on = register.due_since('decide_review', review.asked_on)
    WHERE
        review.decided_on IS NULL
        AND review.due_on <> register.due_since('decide_review', review.asked_on);
    UPDATE register.notice
    SET answer_due_on = register.due_since('answer_notice_request', notice.requested_on)
    WHERE
        notice.state = 'draft'
        AND notice.answer_due_on <> register.due_since('answer_notice_request', notice.requested_on);
    GET DIAGNOSTICS told = ROW_COUNT;
    RETURN counted + told;
END
$$;

ALTER FUNCTION register.count_duties_anew() OWNER TO owner;

--
-- Name: FUNCTION count_duties_anew(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.count_duties_anew() IS 'Counts the last day of every open duty anew after the calendar or the law''s time limits were loaded; how many have another one.';

--
-- Name: decide_review(uuid, text, text, text, uuid, date); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.decide_review(decided uuid, result text, following text, why text, officer uuid, today date) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    held register.review;
    finding uuid;
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
        ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO UPDATE
            SET cause = excluded.cause
        WHERE task.cause = 'correct';
    END IF;
    IF
        result = 'reversed' AND NOT EXISTS (
            SELECT FROM register.objection_listing WHERE objection_listing.filing_id = held.filing_id
        )
    THEN
        INSERT INTO register.task (court_id, kind, cause, begun_on, due_on)
        VALUES (held.court_id, 'act_on_objection', following, today, register.due_on('act_on_objection', today))
        RETURNING id INTO finding;
        UPDATE register.review SET task_id = finding WHERE review.id = decided;
    END IF;
    UPDATE sealed.filing SET closed_on = today WHERE filing.id = held.filing_id AND filing.state = 'closed';
    RETURN held.court_id;
END
$$;

ALTER FUNCTION register.decide_review(decided uuid, result text, following text, why text, officer uuid, today date) OWNER TO owner;

--
-- Name: FUNCTION decide_review(decided uuid, result text, following text, why text, officer uuid, today date); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.decide_review(decided uuid, result text, following text, why text, officer uuid, today date) IS 'Records how a review of the acting court ended, which ends its duty; a reversal opens the duty of the court whose decision it was to act on the listings, or first to find which are meant. That court; NULL where no such review is open.';

--
-- Name: due_since(text, date); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.due_since(clock_name text, begins_on date) RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN register.due_on(clock_name, GREATEST(begins_on, (SELECT min(clock.valid_from) AS min FROM register.clock WHERE (clock.name = due_since.clock_name))));

ALTER FUNCTION register.due_since(clock_name text, begins_on date) OWNER TO owner;

--
-- Name: FUNCTION due_since(clock_name text, begins_on date); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.due_since(clock_name text, begins_on date) IS 'As register.due_on(), but what began before there was such a clock is counted from the day on which it became law: old records have older dates than the law.';

--
-- Name: end_demo_keys(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.end_demo_keys() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM register.readiness_statement
    USING register.officer
    WHERE officer.id = readiness_statement.stated_by AND starts_with(officer.login, 'demo-');
    UPDATE register.court SET phone = NULL, address = NULL WHERE starts_with(address, '演示地址');
    PERFORM register.end_demo_officers();
END
$$;

ALTER FUNCTION register.end_demo_keys() OWNER TO owner;

--
-- Name: FUNCTION end_demo_keys(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.end_demo_keys() IS 'Takes away what the demo made for its courts beside records: officers, keys, contacts and statements.';

--
-- Name: end_demo_officers(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.end_demo_officers() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    demo_courts uuid [] := ARRAY(
        SELECT DISTINCT officer.court_id
        FROM register.officer
        INNER JOIN register.officer_key ON officer_key.officer_id = officer.id
        WHERE starts_with(officer.login, 'demo-')
    );
BEGIN
    DELETE FROM register.court_secret
    USING register.officer
    WHERE officer.id = court_secret.officer_id AND starts_with(officer.login, 'demo-');
    DELETE FROM register.officer_key
    USING register.officer
    WHERE officer.id = officer_key.officer_id AND starts_with(officer.login, 'demo-');
    UPDATE register.officer SET active = false WHERE starts_with(login, 'demo-');
    -- what nobody holds any more but a recovery key whose sheets were printed into a file
    demo_courts := ARRAY(
        SELECT court_id
        FROM unnest(demo_courts) AS demo (court_id)
        WHERE NOT EXISTS (
            SELECT FROM register.court_secret
            WHERE court_secret.court_id = demo.court_id AND court_secret.officer_id IS NOT NULL
        )
    );
    DELETE FROM register.court_secret WHERE court_id = ANY(demo_courts);
    DELETE FROM register.court_key WHERE court_id = ANY(demo_courts);
    DELETE FROM register.recovery_key WHERE court_id = ANY(demo_courts);
END
$$;

ALTER FUNCTION register.end_demo_officers() OWNER TO owner;

--
-- Name: FUNCTION end_demo_officers(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.end_demo_officers() IS 'Takes the demo''s officers and keys away, whose phrases stand in a file: no court''s own keys may ever be sealed to them.';

--
-- Name: event_digest(register.listing_event); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.event_digest(event register.listing_event) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN sha256(convert_to(concat_ws(' '::text, (event).listing_id, (event).action, (event).from_state, (event).to_state, (event).cause, (event).article, (event).effective_on), 'UTF8'::name));

ALTER FUNCTION register.event_digest(event register.listing_event) OWNER TO owner;

--
-- Name: FUNCTION event_digest(event register.listing_event); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.event_digest(event register.listing_event) IS 'SHA-256 of what an event says, its fields parted by blanks. The entry of a file in the trail holds the SHA-256 of those of its events, one behind the other by listing and action.';

--
-- Name: file_objection(uuid, uuid, uuid[]); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.file_objection(filing uuid, court uuid, listings uuid[]) RETURNS date
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    today constant date := serving.today();
    due constant date := register.due_on('decide_objection', today);
    duty uuid;
BEGIN
    -- one duty a listing, whose clock is that of its first open objection
    INSERT INTO register.task (listing_id, court_id, kind, begun_on, due_on)
    SELECT one.listing, court, 'decide_objection', today, due
    FROM unnest(listings) AS one (listing)
    ORDER BY one.listing
    ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    IF cardinality(listings) = 0 THEN
        INSERT INTO register.task (court_id, kind, begun_on, due_on)
        VALUES (court, 'decide_objection', today, due)
        RETURNING id INTO duty;
    END IF;
    INSERT INTO register.objection (filing_id, court_id, filed_on, due_on, task_id)
    VALUES (filing, court, today, due, duty);
    INSERT INTO register.objection_listing (filing_id, listing_id)
    SELECT filing, one.listing
    FROM unnest(listings) AS one (listing);
    RETURN due;
END
$$;

ALTER FUNCTION register.file_objection(filing uuid, court uuid, listings uuid[]) OWNER TO owner;

--
-- Name: FUNCTION file_objection(filing uuid, court uuid, listings uuid[]); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.file_objection(filing uuid, court uuid, listings uuid[]) IS 'Opens the duty to decide with its clock, in the transaction that files; the last day to decide.';

--
-- Name: file_tip(uuid, uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.file_tip(filing uuid, court uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
INSERT INTO register.tip (filing_id, court_id) VALUES (filing, court);
$$;

ALTER FUNCTION register.file_tip(filing uuid, court uuid) OWNER TO owner;

--
-- Name: FUNCTION file_tip(filing uuid, court uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.file_tip(filing uuid, court uuid) IS 'Opens a tip in the transaction that files it.';

--
-- Name: find_claim(bytea); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.find_claim(given bytea, OUT number bigint, OUT court_id uuid, OUT waits boolean, OUT paid boolean, OUT told boolean) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
SELECT
    claim.number, claim.court_id, claim.state = 'received', coalesce(reward.approved_on IS NOT NULL, false),
    coalesce(reward.exported_on IS NOT NULL, false)
FROM sealed.bearer
INNER JOIN sealed.claim ON claim.filing_id = bearer.filing_id
LEFT JOIN register.reward ON reward.claim_id = claim.id
WHERE bearer.rowkey = given;
$$;

ALTER FUNCTION register.find_claim(given bytea, OUT number bigint, OUT court_id uuid, OUT waits boolean, OUT paid boolean, OUT told boolean) OWNER TO owner;

--
-- Name: FUNCTION find_claim(given bytea, OUT number bigint, OUT court_id uuid, OUT waits boolean, OUT paid boolean, OUT told boolean); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.find_claim(given bytea, OUT number bigint, OUT court_id uuid, OUT waits boolean, OUT paid boolean, OUT told boolean) IS 'The claim for a bearer''s tip: whether it waits for its decision, its reward is approved, and the cashier was told to pay it.';

--
-- Name: find_objection(bytea); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.find_objection(given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text, OUT working_days_left integer, OUT stopped_at timestamp with time zone, OUT review_asked_on date, OUT review_due_on date, OUT review_decided_on date, OUT review_outcome text, OUT review_act text) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
SELECT
    objection.due_on, objection.outcome, objection.decided_on,
    (objection.outcome IN ('founded', 'founded_in_part') OR coalesce(review.outcome = 'reversed', false))
    AND EXISTS (
        SELECT FROM register.objection_listing
        WHERE objection_listing.filing_id = objection.filing_id
    )
    AND NOT EXISTS (
        SELECT FROM register.objection_listing
        INNER JOIN register.task ON task.listing_id = objection_listing.listing_id
        WHERE
            objection_listing.filing_id = objection.filing_id AND task.done_on IS NULL
            AND task.kind IN ('act_on_objection', 'correct')
    ),
    (
        SELECT min(register.removal_code(objection_listing.listing_id))
        FROM register.objection_listing
        WHERE objection_listing.filing_id = objection.filing_id
    ),
    CASE WHEN objection.decided_on IS NULL THEN register.working_days_left(objection.due_on) END,
    (
        -- of several listings, once the last of them has left
        SELECT CASE WHEN count(*) = count(stopped.at) THEN max(stopped.at) END
        FROM register.objection_listing
        CROSS JOIN LATERAL (SELECT register.stopped_at(objection_listing.listing_id) AS at) AS stopped
        WHERE objection_listing.filing_id = objection.filing_id
    ),
    review.asked_on, review.due_on, review.decided_on, review.outcome, review.act
FROM sealed.bearer
INNER JOIN register.objection ON objection.filing_id = bearer.filing_id
LEFT JOIN register.review ON review.filing_id = bearer.filing_id
WHERE bearer.rowkey = given;
$$;

ALTER FUNCTION register.find_objection(given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text, OUT working_days_left integer, OUT stopped_at timestamp with time zone, OUT review_asked_on date, OUT review_due_on date, OUT review_decided_on date, OUT review_outcome text, OUT review_act text) OWNER TO owner;

--
-- Name: FUNCTION find_objection(given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text, OUT working_days_left integer, OUT stopped_at timestamp with time zone, OUT review_asked_on date, OUT review_due_on date, OUT review_decided_on date, OUT review_outcome text, OUT review_act text); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.find_objection(given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text, OUT working_days_left integer, OUT stopped_at timestamp with time zone, OUT review_asked_on date, OUT review_due_on date, OUT review_decided_on date, OUT review_outcome text, OUT review_act text) IS 'How a bearer''s objection stands; acted once no duty that follows from its decision, or from a reversal on review, is open any more, with the code of the removal notice where one was issued, the working days left to decide, when publication stopped, and how a review stands where one was asked for.';

--
-- Name: find_tip(bytea); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.find_tip(given bytea, OUT outcome text, OUT reason text, OUT awarded boolean) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
SELECT
    tip.outcome, tip.reason,
    EXISTS (SELECT FROM sealed.part WHERE part.filing_id = tip.filing_id AND part.part = 'award')
FROM sealed.bearer
INNER JOIN register.tip ON tip.filing_id = bearer.filing_id
WHERE bearer.rowkey = given;
$$;

ALTER FUNCTION register.find_tip(given bytea, OUT outcome text, OUT reason text, OUT awarded boolean) OWNER TO owner;

--
-- Name: FUNCTION find_tip(given bytea, OUT outcome text, OUT reason text, OUT awarded boolean); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.find_tip(given bytea, OUT outcome text, OUT reason text, OUT awarded boolean) IS 'How a bearer''s tip was decided, and whether a reward can be claimed for it.';

--
-- Name: follow_return(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.follow_return() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
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

ALTER FUNCTION register.follow_return() OWNER TO owner;

--
-- Name: FUNCTION follow_return(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.follow_return() IS 'When a listing is shown again: its removal notice holds no more, and what came before is remembered for the statistics; forgotten again when the listing anew is taken back.';

--
-- Name: forget_reason(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.forget_reason() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    UPDATE register.review SET reason = '—' WHERE review.filing_id = NEW.id AND review.reason IS NOT NULL;
    RETURN NULL;
END
$$;

ALTER FUNCTION register.forget_reason() OWNER TO owner;

--
-- Name: FUNCTION forget_reason(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.forget_reason() IS 'Forgets why a review ended so, once what was filed is destroyed: free text would outlive what it is about.';

--
-- Name: hold_back(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.hold_back() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    held record;
BEGIN
    -- few are noted as minors or dead, and nothing of theirs is published but what this statement has brought
    FOR held IN
        SELECT
            listing.id, listing.court_id, listing.import_file_id,
            CASE WHEN entity.minor_noted_on IS NOT NULL THEN 'minor' ELSE 'death' END AS cause,
            CASE WHEN entity.minor_noted_on IS NOT NULL THEN 'check_minor' ELSE 'decide_after_death' END AS duty
        FROM register.entity
        INNER JOIN register.listing ON listing.entity_id = entity.id
        WHERE
            (entity.minor_noted_on IS NOT NULL OR entity.deceased_on IS NOT NULL)
            AND listing.state = 'published'
            AND listing.import_file_id IS NOT NULL
    LOOP
        UPDATE register.listing SET state = 'suspended' WHERE listing.id = held.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, import_file_id
        )
        VALUES (
            held.id, 'suspend', 'published', 'suspended', held.cause,
            coalesce(
                (
                    SELECT cause.article
                    FROM register.cause
                    WHERE
                        cause.action = 'suspend' AND cause.code = held.cause
                        AND cause.valid_from <= serving.today()
                        AND (cause.valid_until IS NULL OR cause.valid_until >= serving.today())
                    LIMIT 1
                ),
                ''
            ),
            serving.today(), held.import_file_id
        );
        INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
        VALUES (held.id, held.court_id, held.duty, held.cause, serving.today())
        ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
        PERFORM audit.append(
            ARRAY['listing.suspend'], ARRAY[held.court_id],
            ARRAY[json_build_object('listing', held.id, 'cause', held.cause, 'import_file', held.import_file_id)::text]
        );
    END LOOP;
    RETURN NULL;
END
$$;

ALTER FUNCTION register.hold_back() OWNER TO owner;

--
-- Name: FUNCTION hold_back(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.hold_back() IS 'Suspends at once what a file brings of somebody who is noted as a minor or as dead, whatever code forgot, and asks the court.';

--
-- Name: hold_back_reduced(); Type: FUNCTION; Schema: register; Owner: owner
--

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
            AND (tombstone.taken_down OR tombstone.barred_until >= serving.today())
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

ALTER FUNCTION register.hold_back_reduced() OWNER TO owner;

--
-- Name: FUNCTION hold_back_reduced(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.hold_back_reduced() IS 'Suspends at once what a file brings again of what officers took down, or of what is barred, though only a keyed hash of it is left.';

--
-- Name: index_name_keys(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.index_name_keys() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'register', 'pg_temp'
    AS $$
    -- Without the list of pending entries, which every look-up would have to read through.
    CREATE INDEX IF NOT EXISTS name_keys_of_people
    ON register.name USING gin (keys) WITH (fastupdate = off) WHERE is_person;
    CREATE INDEX IF NOT EXISTS name_keys_of_bodies
    ON register.name USING gin (keys) WITH (fastupdate = off) WHERE NOT is_person;
    -- A given name is borne by thousands, who come in their order from here.
    CREATE INDEX IF NOT EXISTS name_behind_first_of_people
    ON register.name (substr(name_folded, 2), name_folded) WHERE is_person;
$$;

ALTER FUNCTION register.index_name_keys() OWNER TO owner;

--
-- Name: FUNCTION index_name_keys(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.index_name_keys() IS 'Make the indexes on keys where they are not there yet: behind the first filling, since made before it they take five times as long. Nothing is dropped, so no reader waits.';

--
-- Name: is_minor(date, date, text, date); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.is_minor(minor_noted_on date, adult_noted_on date, ended_cause text, ended_on date) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((minor_noted_on IS NOT NULL) OR COALESCE(((ended_cause = 'minor'::text) AND COALESCE((adult_noted_on < ended_on), true)), false));

ALTER FUNCTION register.is_minor(minor_noted_on date, adult_noted_on date, ended_cause text, ended_on date) OWNER TO owner;

--
-- Name: FUNCTION is_minor(minor_noted_on date, adult_noted_on date, ended_cause text, ended_on date); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.is_minor(minor_noted_on date, adult_noted_on date, ended_cause text, ended_on date) IS 'Whether a listing may not be shown since it is a minor''s (Article 4): a court has noted its entity (the first two dates are the entity''s), or it was taken down as a minor''s and no court has found since that they are of age. Never NULL; a listing that has not ended has a NULL cause and end.';

--
-- Name: calendar_day; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.calendar_day (
    day date NOT NULL,
    works boolean NOT NULL,
    name text NOT NULL,
    source text NOT NULL
);

ALTER TABLE register.calendar_day OWNER TO owner;

--
-- Name: TABLE calendar_day; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.calendar_day IS 'Days on which courts work or rest otherwise than the week says: the State Council''s holidays and make-up days.';

--
-- Name: COLUMN calendar_day.source; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.calendar_day.source IS 'The notice that says so; for a year without one yet, the regulation on public holidays.';

--
-- Name: is_working_day(date); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.is_working_day(day date) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((SELECT calendar_day.works FROM register.calendar_day WHERE (calendar_day.day = is_working_day.day)), (EXTRACT(isodow FROM day) < (6)::numeric));

ALTER FUNCTION register.is_working_day(day date) OWNER TO owner;

--
-- Name: FUNCTION is_working_day(day date); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.is_working_day(day date) IS 'Whether courts work on a day: by the calendar table, else Monday to Friday.';

--
-- Name: today(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.today() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((NULLIF(current_setting('listings.today'::text, true), ''::text))::date, ((now() AT TIME ZONE 'Asia/Shanghai'::text))::date);

ALTER FUNCTION serving.today() OWNER TO owner;

--
-- Name: FUNCTION today(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.today() IS 'The date in China. A listing is shown through its last day and gone at midnight because every query asks this. The setting listings.today moves the clock in tests.';

--
-- Name: retention; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.retention (
    what text NOT NULL,
    days integer NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    basis text NOT NULL,
    CONSTRAINT retention_days_positive CHECK ((days > 0)),
    CONSTRAINT retention_validity_ordered CHECK ((valid_until >= valid_from)),
    CONSTRAINT retention_what_known CHECK ((what = ANY (ARRAY['listing'::text, 'withheld_text'::text, 'audit_body'::text, 'tombstone_key'::text, 'removal_notice'::text])))
);

ALTER TABLE register.retention OWNER TO owner;

--
-- Name: TABLE retention; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.retention IS 'How many days behind a listing''s end, or behind an entry of the trail, what is kept, as dated rows. Loaded from sql/seed/retention.csv by `clocks load`; what has no row is kept.';

--
-- Name: kept_days(text); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.kept_days(kept text) RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT retention.days FROM register.retention WHERE ((retention.what = kept_days.kept) AND (retention.valid_from <= (SELECT serving.today() AS today)) AND ((retention.valid_until IS NULL) OR (retention.valid_until >= (SELECT serving.today() AS today)))) ORDER BY retention.valid_from DESC LIMIT 1);

ALTER FUNCTION register.kept_days(kept text) OWNER TO owner;

--
-- Name: FUNCTION kept_days(kept text); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.kept_days(kept text) IS 'For how many days something is kept by the rule of today; NULL where there is none.';

--
-- Name: last_day_of_term(date, integer, text, boolean); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.last_day_of_term(begins_on date, amount integer, unit text, extended boolean) RETURNS date
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
DECLARE
    last date := begins_on;
BEGIN
    IF unit = 'working_day' THEN
        FOR counted IN 1..amount LOOP
            last := register.working_day_from(last + 1);
        END LOOP;
        RETURN last;
    END IF;
    last := CASE unit WHEN 'month' THEN begins_on + make_interval(months => amount) ELSE begins_on + amount END;
    RETURN CASE WHEN extended THEN register.working_day_from(last) ELSE last END;
END
$$;

ALTER FUNCTION register.last_day_of_term(begins_on date, amount integer, unit text, extended boolean) OWNER TO owner;

--
-- Name: FUNCTION last_day_of_term(begins_on date, amount integer, unit text, extended boolean); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.last_day_of_term(begins_on date, amount integer, unit text, extended boolean) IS 'The last day of a term. The day of the event does not count, and a last day off gives way to the next working day (Civil Procedure Law, Article 85) where extended is set.';

--
-- Name: list_file_events(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.list_file_events() RETURNS TABLE(file uuid, number bigint, digest text)
    LANGUAGE sql STABLE
    AS $$
    SELECT
        event.import_file_id,
        count(*),
        encode(
            sha256(string_agg(register.event_digest(event), ''::bytea ORDER BY event.listing_id, event.action)), 'hex'
        )
    FROM register.listing_event AS event
    -- what a trigger has held back has entries of its own
    WHERE event.import_file_id IS NOT NULL AND event.action <> 'suspend'
    GROUP BY event.import_file_id
$$;

ALTER FUNCTION register.list_file_events() OWNER TO owner;

--
-- Name: FUNCTION list_file_events(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.list_file_events() IS 'Of each file whose events are there: how many, and the digest of what they say, to be compared with what its entry in the trail says. Compared outside the database, for which an entry that somebody forged need not be readable.';

--
-- Name: notice; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.notice (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    listing_id uuid NOT NULL,
    kind text NOT NULL,
    published_on date,
    ends_on date NOT NULL,
    court_id uuid NOT NULL,
    source text NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    basis text NOT NULL,
    amount numeric(14,2),
    percent numeric(5,2),
    cap numeric(14,2),
    funder text DEFAULT 'creditor'::text NOT NULL,
    how_to_claim text,
    requested_on date,
    answer_due_on date,
    drafted_by uuid,
    approved_by uuid,
    closed_on date,
    closed_cause text,
    CONSTRAINT notice_amount_positive CHECK ((amount > (0)::numeric)),
    CONSTRAINT notice_approved_before_public CHECK (((source = 'demo'::text) OR (state = ANY (ARRAY['draft'::text, 'closed'::text])) OR (approved_by IS NOT NULL))),
    CONSTRAINT notice_basis_known CHECK ((basis = ANY (ARRAY['fixed'::text, 'percent_recovered'::text]))),
    CONSTRAINT notice_cap_of_percent CHECK (((cap IS NULL) OR (basis = 'percent_recovered'::text))),
    CONSTRAINT notice_cap_positive CHECK ((cap > (0)::numeric)),
    CONSTRAINT notice_ends_after_start CHECK ((ends_on >= published_on)),
    CONSTRAINT notice_funder_known CHECK ((funder = ANY (ARRAY['creditor'::text, 'insurer'::text]))),
    CONSTRAINT notice_how_to_claim_length CHECK (((length(how_to_claim) >= 1) AND (length(how_to_claim) <= 500))),
    CONSTRAINT notice_kind_known CHECK ((kind = ANY (ARRAY['property'::text, 'whereabouts'::text]))),
    CONSTRAINT notice_over_has_cause CHECK ((((state = ANY (ARRAY['closed'::text, 'paid'::text])) = (closed_on IS NOT NULL)) AND ((closed_on IS NULL) = (closed_cause IS NULL)))),
    CONSTRAINT notice_percent_range CHECK (((percent > (0)::numeric) AND (percent <= (100)::numeric))),
    CONSTRAINT notice_public_has_start CHECK (((state <> ALL (ARRAY['published'::text, 'paid'::text])) OR (published_on IS NOT NULL))),
    CONSTRAINT notice_requested CHECK (((source = 'demo'::text) OR (num_nulls(requested_on, answer_due_on, drafted_by) = 0))),
    CONSTRAINT notice_reward_by_basis CHECK ((((basis = 'fixed'::text) = (amount IS NOT NULL)) AND ((basis = 'percent_recovered'::text) = (percent IS NOT NULL)))),
    CONSTRAINT notice_source_known CHECK ((source = ANY (ARRAY['demo'::text, 'court'::text]))),
    CONSTRAINT notice_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'approved'::text, 'published'::text, 'closed'::text, 'paid'::text]))),
    CONSTRAINT notice_two_officers CHECK ((approved_by <> drafted_by))
);

ALTER TABLE ONLY register.notice FORCE ROW LEVEL SECURITY;

ALTER TABLE register.notice OWNER TO owner;

--
-- Name: TABLE notice; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.notice IS 'Reward notices (悬赏公告), at a creditor''s written request (财产调查规定, Articles 21 to 24). Only those that are published are public.';

--
-- Name: COLUMN notice.published_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.published_on IS 'First day; NULL before it is published.';

--
-- Name: COLUMN notice.ends_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.ends_on IS 'Last day, as asked for or as extended.';

--
-- Name: COLUMN notice.court_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.court_id IS 'The listing''s court; like source taken from the listing by a trigger.';

--
-- Name: COLUMN notice.amount; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.amount IS 'Yuan, to the fen; of a fixed reward only.';

--
-- Name: COLUMN notice.percent; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.percent IS 'Per cent of the money that is recovered thanks to the tip.';

--
-- Name: COLUMN notice.cap; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.cap IS 'Yuan, to the fen; the most that a percentage may come to, NULL without one.';

--
-- Name: COLUMN notice.funder; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.funder IS 'Who pays, never by name: the creditor, or the insurer of the reward.';

--
-- Name: COLUMN notice.how_to_claim; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.how_to_claim IS 'What the court adds to the words that stand under every notice; NULL for nothing.';

--
-- Name: COLUMN notice.requested_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.requested_on IS 'Day on which the creditor''s written request came in.';

--
-- Name: COLUMN notice.answer_due_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.answer_due_on IS 'Last day for the court''s answer to the request, by register.due_on().';

--
-- Name: COLUMN notice.drafted_by; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice.drafted_by IS 'NULL where the demo made it.';

--
-- Name: lock_notice(uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.lock_notice(notice uuid) RETURNS SETOF register.notice
    LANGUAGE sql
    AS $$
SELECT FROM register.listing
WHERE listing.id = (SELECT notice.listing_id FROM register.notice WHERE notice.id = lock_notice.notice)
FOR UPDATE;
SELECT held.* FROM register.notice AS held WHERE held.id = lock_notice.notice FOR UPDATE;
$$;

ALTER FUNCTION register.lock_notice(notice uuid) OWNER TO owner;

--
-- Name: FUNCTION lock_notice(notice uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.lock_notice(notice uuid) IS 'A notice, held until the transaction ends, behind its listing, as whoever ends a listing takes the two: rewards for one notice are approved one after the other.';

--
-- Name: may_act_for(uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.may_act_for(court uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (pg_has_role((COALESCE(NULLIF(current_setting('role'::text), 'none'::text), (SESSION_USER)::text))::name, 'operator'::name, 'USAGE'::text) OR COALESCE((court = register.acting_court()), false));

ALTER FUNCTION register.may_act_for(court uuid) OWNER TO owner;

--
-- Name: FUNCTION may_act_for(court uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.may_act_for(court uuid) IS 'Whether a transaction may touch a court''s rows: an operator every court''s, whoever else the acting court''s alone, none where none is set. For functions with their owner''s rights, whom no policy narrows; who is asked for is whom SET ROLE names, which stays to be seen inside them, and without it whoever is logged in.';

--
-- Name: names_beginning(text, integer); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.names_beginning(start text, most integer) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
BEGIN
    RETURN ARRAY(
        SELECT name.name_folded
        FROM register.name
        WHERE
            name.is_person AND name.name_folded > start AND name.name_folded < start || chr(1114111)
            AND char_length(name.name_folded) = char_length(start) + 1
        LIMIT most
    );
END
$$;

ALTER FUNCTION register.names_beginning(start text, most integer) OWNER TO owner;

--
-- Name: FUNCTION names_beginning(start text, most integer); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.names_beginning(start text, most integer) IS 'People''s names that are the text and one character more.';

--
-- Name: names_ending(text, integer); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.names_ending(rest text, most integer) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
BEGIN
    RETURN ARRAY(
        SELECT name.name_folded
        FROM register.name
        WHERE name.is_person AND substr(name.name_folded, 2) = rest
        LIMIT most
    );
END
$$;

ALTER FUNCTION register.names_ending(rest text, most integer) OWNER TO owner;

--
-- Name: FUNCTION names_ending(rest text, most integer); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.names_ending(rest text, most integer) IS 'People''s names that are one character and the text.';

--
-- Name: names_given(text, text, integer); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.names_given(part text, from_name text, most integer) RETURNS SETOF text
    LANGUAGE plpgsql STABLE
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_sort TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
BEGIN
    RETURN QUERY
    SELECT name.name_folded::text
    FROM register.name
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = name.name_folded AND bearer.is_person
            LIMIT 1
        ) AS borne
    WHERE name.is_person AND substr(name.name_folded, 2) = part AND name.name_folded >= from_name
    ORDER BY name.name_folded
    LIMIT most;
END
$$;

ALTER FUNCTION register.names_given(part text, from_name text, most integer) OWNER TO owner;

--
-- Name: FUNCTION names_given(part text, from_name text, most integer); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.names_given(part text, from_name text, most integer) IS 'People''s names listed today that are the text behind one character, in their order from one on.';

--
-- Name: names_of_lengths(boolean, text[], text[], integer); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.names_of_lengths(of_people boolean, these text[], those text[], most integer) RETURNS TABLE(folded text, keys text[])
    LANGUAGE plpgsql STABLE
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
BEGIN
    IF of_people THEN
        RETURN QUERY
        SELECT name.name_folded, name.keys
        FROM register.name
        WHERE name.is_person AND name.keys && these AND name.keys && those
        LIMIT most;
    ELSE
        RETURN QUERY
        SELECT name.name_folded, name.keys
        FROM register.name
        WHERE NOT name.is_person AND name.keys && these AND name.keys && those
        LIMIT most;
    END IF;
END
$$;

ALTER FUNCTION register.names_of_lengths(of_people boolean, these text[], those text[], most integer) OWNER TO owner;

--
-- Name: FUNCTION names_of_lengths(of_people boolean, these text[], those text[], most integer); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.names_of_lengths(of_people boolean, these text[], those text[], most integer) IS 'Names with one of some keys and one of others, and all their keys, in no stated order.';

--
-- Name: names_open(boolean, text[], text, text, integer); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.names_open(of_people boolean, pairs text[], start text, rest text, most integer) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
    size constant integer := char_length(start) + 1 + char_length(rest);
    wanted constant text [] := ARRAY(
        SELECT pair.gram || CASE WHEN char_length(pair.gram) = 2 THEN '/' || least(size, 40) ELSE '' END
        FROM unnest(register.telling(of_people, pairs, 10)) AS pair (gram)
    );
BEGIN
    IF of_people THEN
        RETURN ARRAY(
            SELECT name.name_folded
            FROM register.name
            WHERE
                name.is_person AND name.keys @> wanted AND char_length(name.name_folded) = size
                AND starts_with(name.name_folded, start) AND right(name.name_folded, char_length(rest)) = rest
            LIMIT most
        );
    END IF;
    RETURN ARRAY(
        SELECT name.name_folded
        FROM register.name
        WHERE
            NOT name.is_person AND name.keys @> wanted AND char_length(name.name_folded) = size
            AND starts_with(name.name_folded, start) AND right(name.name_folded, char_length(rest)) = rest
        LIMIT most
    );
END
$$;

ALTER FUNCTION register.names_open(of_people boolean, pairs text[], start text, rest text, most integer) OWNER TO owner;

--
-- Name: FUNCTION names_open(of_people boolean, pairs text[], start text, rest text, most integer); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.names_open(of_people boolean, pairs text[], start text, rest text, most integer) IS 'Names that are one text, any character, and another text; the pairs, or A_C, must follow from both.';

--
-- Name: names_ranked(boolean, text, text, text[], int4range, text[], double precision, text, integer); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.names_ranked(of_people boolean, part text, brand text, pairs text[], lengths int4range, ways text[], from_score double precision, from_name text, most integer) RETURNS TABLE(folded text, score double precision)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
    least_length constant integer := lower(lengths);
    most_length constant integer := upper(lengths) - 1;
    these constant text [] := register.with_lengths(
        CASE WHEN ways = '{brand}' THEN ARRAY[brand] ELSE pairs[1:1] END, least_length, most_length
    );
    those constant text [] := register.with_lengths(pairs[cardinality(pairs):], least_length, most_length);
BEGIN
    RETURN QUERY
    SELECT ranked.folded, ranked.score
    FROM (
        SELECT scored.folded, scored.score
        FROM (
            SELECT
                found.folded,
                serving.contains_score(found.folded, part, way.name = 'brand') AS score
            FROM register.names_of_lengths(of_people, these, those, NULL) AS found
            CROSS JOIN
                LATERAL (
                    SELECT
                        CASE
                            WHEN brand = ANY(found.keys) THEN 'brand'
                            WHEN strpos(found.folded, part) > 0 THEN 'text'
                            WHEN serving.contains(found.folded, part, of_people) THEN 'bracket'
                        END AS name
                ) AS way
            WHERE way.name = ANY(ways) AND NOT starts_with(found.folded, part)
        ) AS scored
        WHERE scored.score < from_score OR (scored.score = from_score AND scored.folded >= from_name COLLATE "C")
        ORDER BY scored.score DESC, scored.folded COLLATE "C"
    ) AS ranked
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = ranked.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
    LIMIT most;
END
$$;

ALTER FUNCTION register.names_ranked(of_people boolean, part text, brand text, pairs text[], lengths int4range, ways text[], from_score double precision, from_name text, most integer) OWNER TO owner;

--
-- Name: FUNCTION names_ranked(of_people boolean, part text, brand text, pairs text[], lengths int4range, ways text[], from_score double precision, from_name text, most integer); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.names_ranked(of_people boolean, part text, brand text, pairs text[], lengths int4range, ways text[], from_score double precision, from_name text, most integer) IS 'Names listed today, so long, that contain a text in some of three ways (as the brand, as it stands, without what stands in brackets), best first.';

--
-- Name: names_with_any(boolean, text[], integer); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.names_with_any(of_people boolean, wanted text[], most integer) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
BEGIN
    IF of_people THEN
        RETURN ARRAY(SELECT name.name_folded FROM register.name WHERE name.is_person AND name.keys && wanted LIMIT most);
    END IF;
    RETURN ARRAY(SELECT name.name_folded FROM register.name WHERE NOT name.is_person AND name.keys && wanted LIMIT most);
END
$$;

ALTER FUNCTION register.names_with_any(of_people boolean, wanted text[], most integer) OWNER TO owner;

--
-- Name: FUNCTION names_with_any(of_people boolean, wanted text[], most integer); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.names_with_any(of_people boolean, wanted text[], most integer) IS 'Names of people or of bodies that have at least one of the keys: at most so many, in no stated order.';

--
-- Name: note_exposure(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.note_exposure() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO register.key_exposure (court_id, use, number, officer_id)
    VALUES (old.court_id, old.use, old.number, old.officer_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

ALTER FUNCTION register.note_exposure() OWNER TO owner;

--
-- Name: FUNCTION note_exposure(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.note_exposure() IS 'Remembers which keys somebody knew from whom they are taken.';

--
-- Name: note_keeper(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.note_keeper() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    new.kept := 'keeper' = ANY(new.roles) OR coalesce(old.kept, false);
    RETURN new;
END
$$;

ALTER FUNCTION register.note_keeper() OWNER TO owner;

--
-- Name: FUNCTION note_keeper(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.note_keeper() IS 'Remembers who was a keeper, whatever a statement says.';

--
-- Name: objection_target(uuid, uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.objection_target(court uuid, target uuid, OUT kind text, OUT listings uuid[]) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
WITH objectionable AS (
    SELECT listing.id, listing.entity_id
    FROM register.listing
    WHERE
        listing.court_id = objection_target.court
        AND listing.state IN ('published', 'suspended')
        AND listing.published_on <= (SELECT serving.today())
        AND coalesce(listing.term_ends_on >= (SELECT serving.today()), true)
        AND objection_target.target IN (listing.id, listing.entity_id)
)

SELECT
    CASE
        WHEN objection_target.target = objection_target.court THEN 'court'
        WHEN bool_or(objectionable.id = objection_target.target) THEN 'listing'
        WHEN count(*) > 0 THEN 'entity'
    END,
    coalesce(array_agg(objectionable.id ORDER BY objectionable.id), '{}')
FROM objectionable;
$$;

ALTER FUNCTION register.objection_target(court uuid, target uuid, OUT kind text, OUT listings uuid[]) OWNER TO owner;

--
-- Name: FUNCTION objection_target(court uuid, target uuid, OUT kind text, OUT listings uuid[]); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.objection_target(court uuid, target uuid, OUT kind text, OUT listings uuid[]) IS 'What an id names: the court itself, one of its current or suspended listings, or an entity with such; kind is NULL for anything else.';

--
-- Name: open_reviews(uuid, date); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.open_reviews(reviewed uuid, today date) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
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

ALTER FUNCTION register.open_reviews(reviewed uuid, today date) OWNER TO owner;

--
-- Name: FUNCTION open_reviews(reviewed uuid, today date); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.open_reviews(reviewed uuid, today date) IS 'Opens the review of a decision on an objection and the duty to decide it: at the next higher court where it is known and has a clerk here, else at the court itself to pass it on; the higher court. An officer''s own role writes no other court''s rows.';

--
-- Name: pay_notice(uuid, numeric, uuid, uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.pay_notice(given uuid, paid numeric, officer uuid, approver uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    notice register.notice;
    said json;
BEGIN
    SELECT held.* INTO notice
    FROM register.notice AS held
    WHERE
        held.id = given AND held.state IN ('published', 'closed') AND held.published_on IS NOT NULL
        AND paid >= coalesce(held.amount, held.cap)
        AND register.may_act_for(held.court_id)
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE register.notice AS held
    SET state = 'paid', closed_on = coalesce(held.closed_on, serving.today()), closed_cause = 'paid'
    WHERE held.id = given;
    INSERT INTO register.notice_event (
        notice_id, action, from_state, to_state, cause, effective_on, officer_id, approver_id
    )
    VALUES (given, 'pay', notice.state, 'paid', 'paid', serving.today(), officer, approver);
    said := json_build_object(
        'notice', given, 'action', 'pay', 'from_state', notice.state, 'to_state', 'paid', 'cause', 'paid',
        'effective_on', serving.today(), 'officer', officer, 'approver', approver
    );
    PERFORM audit.append(ARRAY['notice.pay'], ARRAY[notice.court_id], ARRAY[said::text]);
    RETURN true;
END
$$;

ALTER FUNCTION register.pay_notice(given uuid, paid numeric, officer uuid, approver uuid) OWNER TO owner;

--
-- Name: FUNCTION pay_notice(given uuid, paid numeric, officer uuid, approver uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.pay_notice(given uuid, paid numeric, officer uuid, approver uuid) IS 'Moves a notice to paid, with its event and its entry in the trail, once rewards of so many yuan have used up its fixed amount or its cap; whether it did. To be called behind register.lock_notice().';

--
-- Name: refresh_statistics(text[]); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.refresh_statistics(only_tables text[] DEFAULT NULL::text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    table_name text;
BEGIN
    FOR table_name IN
        SELECT tablename
        FROM pg_tables
        WHERE schemaname = 'register' AND (only_tables IS NULL OR tablename = ANY(only_tables))
    LOOP
        EXECUTE format('ANALYZE register.%I', table_name);
    END LOOP;
END
$$;

ALTER FUNCTION register.refresh_statistics(only_tables text[]) OWNER TO owner;

--
-- Name: FUNCTION refresh_statistics(only_tables text[]); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.refresh_statistics(only_tables text[]) IS 'Refreshes the planner''s statistics after a bulk load, of the named tables or of all: without them the first minute''s lists take seconds.';

--
-- Name: refuse_change_of_event(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.refuse_change_of_event() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'what happened to a listing is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;

ALTER FUNCTION register.refuse_change_of_event() OWNER TO owner;

--
-- Name: FUNCTION refuse_change_of_event(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.refuse_change_of_event() IS 'Keeps events as they were written.';

--
-- Name: refuse_change_of_notice_event(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.refuse_change_of_notice_event() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'what happened to a notice is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;

ALTER FUNCTION register.refuse_change_of_notice_event() OWNER TO owner;

--
-- Name: FUNCTION refuse_change_of_notice_event(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.refuse_change_of_notice_event() IS 'Keeps events of notices as they were written.';

--
-- Name: refuse_older_key(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.refuse_older_key() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    -- Two that come at once: the second waits here and then sees the first.
    PERFORM FROM register.court WHERE id = new.court_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM register.court_key
        WHERE court_id = new.court_id AND use = new.use AND number >= new.number
    ) THEN
        RAISE EXCEPTION 'a key of this number or a higher one is known'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'court_key_number_rises';
    END IF;
    RETURN new;
END
$$;

ALTER FUNCTION register.refuse_older_key() OWNER TO owner;

--
-- Name: FUNCTION refuse_older_key(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.refuse_older_key() IS 'Lets the numbers of a court''s keys of one use only rise.';

--
-- Name: refuse_showing(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.refuse_showing() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (
        SELECT FROM register.entity
        WHERE
            entity.id = new.entity_id
            AND register.is_minor(entity.minor_noted_on, entity.adult_noted_on, old.ended_cause, old.ended_on)
    ) THEN
        RAISE EXCEPTION 'a minor is never shown' USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_minor';
    END IF;
    IF EXISTS (SELECT FROM register.entity WHERE entity.id = new.entity_id AND entity.deceased_on IS NOT NULL) THEN
        RAISE EXCEPTION 'nothing of the dead is shown before the court has decided'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_no_deceased';
    END IF;
    IF register.barred_until(new.id) >= serving.today() THEN
        RAISE EXCEPTION 'barred after a deletion that the creditor asked for'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_not_barred';
    END IF;
    IF old.state = 'grace' AND old.grace_until >= serving.today() THEN
        RAISE EXCEPTION 'the period of grace is not over'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_grace_over';
    END IF;
    RETURN NULL;
END
$$;

ALTER FUNCTION register.refuse_showing() OWNER TO owner;

--
-- Name: FUNCTION refuse_showing(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.refuse_showing() IS 'Lets no listing be shown again, or for the first time after a decision, of a minor, of the dead, within the six months of Article 10, or while the period of grace lasts.';

--
-- Name: refuse_unknown_transition(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.refuse_unknown_transition() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    wrong record;
BEGIN
    -- No join of the two: its plan for a first statement that changes nothing, a nested loop, would be kept for one that
    -- changes a hundred thousand.
    SELECT changed.from_state, changed.to_state INTO wrong
    FROM (
        SELECT
            both_of.id,
            max(both_of.state) FILTER (WHERE both_of.was) AS from_state,
            max(both_of.state) FILTER (WHERE NOT both_of.was) AS to_state
        FROM (
            SELECT before.id, before.state, true AS was FROM before
            UNION ALL
            SELECT after.id, after.state, false FROM after
        ) AS both_of
        GROUP BY both_of.id
    ) AS changed
    WHERE
        changed.from_state <> changed.to_state
        AND NOT EXISTS (
            SELECT FROM register.transition
            WHERE transition.from_state = changed.from_state AND transition.to_state = changed.to_state
        )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a listing never goes from % to %', wrong.from_state, wrong.to_state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'listing_transition_known';
    END IF;
    RETURN NULL;
END
$$;

ALTER FUNCTION register.refuse_unknown_transition() OWNER TO owner;

--
-- Name: FUNCTION refuse_unknown_transition(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.refuse_unknown_transition() IS 'Lets states change only as register.transition says.';

--
-- Name: remember_finding(); Type: FUNCTION; Schema: register; Owner: owner
--

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

ALTER FUNCTION register.remember_finding() OWNER TO owner;

--
-- Name: FUNCTION remember_finding(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.remember_finding() IS 'Notes again that somebody is a minor or has died, when a file brings them back after everything of theirs was forgotten.';

--
-- Name: reminder_asked(bytea); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.reminder_asked(given bytea) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
SELECT EXISTS (
    SELECT FROM sealed.bearer
    INNER JOIN register.objection_reminder ON objection_reminder.filing_id = bearer.filing_id
    WHERE bearer.rowkey = given
);
$$;

ALTER FUNCTION register.reminder_asked(given bytea) OWNER TO owner;

--
-- Name: FUNCTION reminder_asked(given bytea); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.reminder_asked(given bytea) IS 'Whether a reminder waits for the answer to a bearer''s objection.';

--
-- Name: removal_notice; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.removal_notice (
    code text NOT NULL COLLATE pg_catalog."C",
    listing_id uuid NOT NULL,
    court_id uuid NOT NULL,
    issued_on date NOT NULL,
    officer_id uuid NOT NULL,
    signed_text text NOT NULL,
    signature bytea NOT NULL,
    public_key bytea NOT NULL,
    CONSTRAINT removal_notice_code_form CHECK ((code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'::text)),
    CONSTRAINT removal_notice_lengths CHECK (((octet_length(signature) = 64) AND (octet_length(public_key) = 32)))
);

ALTER TABLE ONLY register.removal_notice FORCE ROW LEVEL SECURITY;

ALTER TABLE register.removal_notice OWNER TO owner;

--
-- Name: TABLE removal_notice; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.removal_notice IS 'Removal notices (移出告知书): that a listing has ended, for banks and other sites. Names court, case number, day and cause, never the person; outlives the listing, and ends when it is shown again.';

--
-- Name: COLUMN removal_notice.code; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.removal_notice.code IS 'Random; whoever holds the notice checks it by this.';

--
-- Name: COLUMN removal_notice.signed_text; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.removal_notice.signed_text IS 'JSON, word for word as it was signed (Ed25519, by a key outside the database).';

--
-- Name: removal_code(uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.removal_code(listing uuid) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT removal_notice.code FROM register.removal_notice WHERE (removal_notice.listing_id = removal_code.listing));

ALTER FUNCTION register.removal_code(listing uuid) OWNER TO owner;

--
-- Name: FUNCTION removal_code(listing uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.removal_code(listing uuid) IS 'The code of a listing''s removal notice; NULL where none was issued.';

--
-- Name: review_facts(uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.review_facts(asked uuid, OUT number bigint, OUT filed_on date, OUT outcome text, OUT decided_on date, OUT case_numbers text) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
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

ALTER FUNCTION register.review_facts(asked uuid, OUT number bigint, OUT filed_on date, OUT outcome text, OUT decided_on date, OUT case_numbers text) OWNER TO owner;

--
-- Name: FUNCTION review_facts(asked uuid, OUT number bigint, OUT filed_on date, OUT outcome text, OUT decided_on date, OUT case_numbers text); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.review_facts(asked uuid, OUT number bigint, OUT filed_on date, OUT outcome text, OUT decided_on date, OUT case_numbers text) IS 'What is under review, as far as it is not sealed, for the two courts that it concerns: number, days, outcome and cases of the objection.';

--
-- Name: rounding; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.rounding (
    only_row boolean DEFAULT true NOT NULL,
    secret bytea NOT NULL,
    CONSTRAINT rounding_one_row CHECK (only_row)
);

ALTER TABLE register.rounding OWNER TO owner;

--
-- Name: TABLE rounding; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.rounding IS 'What decides at which counts a published number steps; read by no role of the application.';

--
-- Name: rounded(bigint, text); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.rounded(counted bigint, cell text) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (5 * ((counted + (SELECT (((get_byte(sha256((rounding.secret || convert_to(rounded.cell, 'UTF8'::name))), 0) * 256) + get_byte(sha256((rounding.secret || convert_to(rounded.cell, 'UTF8'::name))), 1)) % 5) FROM register.rounding)) / 5));

ALTER FUNCTION register.rounded(counted bigint, cell text) OWNER TO owner;

--
-- Name: FUNCTION rounded(counted bigint, cell text); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.rounded(counted bigint, cell text) IS 'A count as a multiple of five, up or down by less than five. Where it steps is a secret of each cell, the same whenever it is asked, so that neither a step nor a difference tells a count: every number published stands for nine. None stays none.';

--
-- Name: state_contact(text, text); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.state_contact(new_phone text, new_address text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
UPDATE register.court
WHERE id = register.acting_court();
$$;

ALTER FUNCTION register.state_contact(new_phone text, new_address text) OWNER TO owner;

--
-- Name: FUNCTION state_contact(new_phone text, new_address text); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.state_contact(new_phone text, new_address text) IS 'Lets a court say how it is reached: its own row alone, and nothing else of it. The rule overwrites it no more.';

--
-- Name: listing; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.listing (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    entity_id uuid NOT NULL,
    court_id uuid NOT NULL,
    listing_key bytea NOT NULL,
    content_hash bytea NOT NULL,
    row_hash uuid,
    case_number text NOT NULL,
    case_key text NOT NULL COLLATE pg_catalog."C",
    basis_issuer text,
    basis_number text,
    duty text,
    performance text NOT NULL,
    performed_part text,
    unperformed_part text,
    ground_mask smallint NOT NULL,
    filed_on date,
    published_on date,
    term_ends_on date,
    state text DEFAULT 'published'::text NOT NULL,
    ended_on date,
    ended_cause text,
    corrected_on date,
    corrected_field text,
    import_file_id uuid,
    source text NOT NULL,
    decided_on date,
    grace_until date,
    CONSTRAINT listing_decided_here_has_term CHECK (((import_file_id IS NOT NULL) OR (state = 'draft'::text) OR ((state = 'withdrawn'::text) AND (decided_on IS NULL)) OR ((((ground_mask)::integer & 62) = 0) = (term_ends_on IS NULL)))),
    CONSTRAINT listing_end_has_cause CHECK (((ended_on IS NULL) = (ended_cause IS NULL))),
    CONSTRAINT listing_ended_by_state CHECK (((state = ANY (ARRAY['withdrawn'::text, 'deleted'::text, 'expired'::text])) = (ended_on IS NOT NULL))),
    CONSTRAINT listing_grace_has_end CHECK (((state <> 'grace'::text) OR (grace_until IS NOT NULL))),
    CONSTRAINT listing_ground_mask_range CHECK (((ground_mask >= 1) AND (ground_mask <= 63))),
    CONSTRAINT listing_performance_known CHECK ((performance = ANY (ARRAY['none'::text, 'partial'::text, 'full'::text, 'other'::text]))),
    CONSTRAINT listing_shown_since CHECK (((state = ANY (ARRAY['draft'::text, 'decided'::text, 'grace'::text, 'withdrawn'::text, 'deleted'::text])) OR (published_on IS NOT NULL))),
    CONSTRAINT listing_source_known CHECK ((source = ANY (ARRAY['demo'::text, 'court'::text]))),
    CONSTRAINT listing_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'decided'::text, 'grace'::text, 'published'::text, 'suspended'::text, 'withdrawn'::text, 'deleted'::text, 'expired'::text])))
);
ALTER TABLE ONLY register.listing ALTER COLUMN content_hash SET STATISTICS 0;
ALTER TABLE ONLY register.listing ALTER COLUMN row_hash SET STATISTICS 0;
ALTER TABLE ONLY register.listing ALTER COLUMN case_number SET STATISTICS 0;
ALTER TABLE ONLY register.listing ALTER COLUMN basis_issuer SET STATISTICS 0;
ALTER TABLE ONLY register.listing ALTER COLUMN basis_number SET STATISTICS 0;
ALTER TABLE ONLY register.listing ALTER COLUMN duty SET STATISTICS 0;
ALTER TABLE ONLY register.listing ALTER COLUMN performed_part SET STATISTICS 0;
ALTER TABLE ONLY register.listing ALTER COLUMN unperformed_part SET STATISTICS 0;

ALTER TABLE ONLY register.listing FORCE ROW LEVEL SECURITY;

ALTER TABLE register.listing OWNER TO owner;

--
-- Name: TABLE listing; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.listing IS 'One court decision to list one entity in one case (纳入失信名单). Free text holds only what may be shown; what was withheld lies in withheld_text.';

--
-- Name: COLUMN listing.listing_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.listing_key IS 'Keyed hash of source, court, case number, kind, folded name and identifier: the same row of a later file is the same listing.';

--
-- Name: COLUMN listing.content_hash; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.content_hash IS 'Digest of every stored field, so that an unchanged row of a later file changes nothing.';

--
-- Name: COLUMN listing.row_hash; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.row_hash IS 'Keyed hash of the file''s row that the stored fields came from, and of the rules that read it: the same row again needs no check. NULL where there is none; whoever changes a listing by other means than an import sets it NULL.';

--
-- Name: COLUMN listing.case_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.case_key IS 'The case number without brackets and spaces, for look-ups.';

--
-- Name: COLUMN listing.ground_mask; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.ground_mask IS 'Bit n-1 set for ground n, e.g. 9 = grounds 1 and 4.';

--
-- Name: COLUMN listing.term_ends_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.term_ends_on IS 'Last day of publication as the decision states it; NULL where there is none or the file does not say. Never computed.';

--
-- Name: COLUMN listing.ended_cause; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.ended_cause IS 'Why a listing left: the file''s stated cause, or not_in_list when a full list no longer held it.';

--
-- Name: COLUMN listing.import_file_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.import_file_id IS 'The last file that wrote this row; NULL for one that was decided here.';

--
-- Name: COLUMN listing.grace_until; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing.grace_until IS 'Last day of the one to three months in which performing avoids publication.';

--
-- Name: stopped_at(uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.stopped_at(listing uuid) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (WITH listed AS (SELECT listing.state, CASE WHEN (listing.term_ends_on < serving.today()) THEN (((listing.term_ends_on + 1))::timestamp without time zone AT TIME ZONE 'Asia/Shanghai'::text) ELSE NULL::timestamp with time zone END AS midnight FROM register.listing WHERE (listing.id = stopped_at.listing)), taken_off AS (SELECT max(listing_event.recorded_at) AS at FROM register.listing_event WHERE ((listing_event.listing_id = stopped_at.listing) AND (listing_event.from_state = 'published'::text) AND (listing_event.to_state <> 'published'::text))) SELECT CASE WHEN (listed.state = 'published'::text) THEN listed.midnight ELSE LEAST(taken_off.at, listed.midnight) END AS "least" FROM (listed CROSS JOIN taken_off));

ALTER FUNCTION register.stopped_at(listing uuid) OWNER TO owner;

--
-- Name: FUNCTION stopped_at(listing uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.stopped_at(listing uuid) IS 'When a listing was last taken off view: by an act that was recorded, or at the midnight that ended its term. NULL while it is shown.';

--
-- Name: suspend_for_objection(uuid, uuid, date); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.suspend_for_objection(suspended uuid, officer uuid, today date) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE register.listing SET state = 'suspended' WHERE id = suspended AND state = 'published';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO register.listing_event (
        listing_id, action, from_state, to_state, cause, article, effective_on, officer_id
    )
    SELECT suspended, cause.action, 'published', 'suspended', cause.code, cause.article, today, officer
    FROM register.cause
    WHERE
        cause.action = 'suspend' AND cause.code = 'objection_founded_in_part'
        AND cause.valid_from <= today AND (cause.valid_until IS NULL OR cause.valid_until >= today);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the law knows no such reason on %', today USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on, due_on)
    SELECT listing.id, listing.court_id, 'correct', 'objection_founded_in_part', today, register.due_on('correct', today)
    FROM register.listing
    WHERE listing.id = suspended
    ON CONFLICT (listing_id, kind) WHERE done_on IS NULL DO NOTHING;
    RETURN true;
END
$$;

ALTER FUNCTION register.suspend_for_objection(suspended uuid, officer uuid, today date) OWNER TO owner;

--
-- Name: FUNCTION suspend_for_objection(suspended uuid, officer uuid, today date); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.suspend_for_objection(suspended uuid, officer uuid, today date) IS 'Takes a published listing off view until it is corrected, with its event and duty; false where it is not published.';

--
-- Name: take_down_elsewhere(uuid, text, date, uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.take_down_elsewhere(person uuid, why text, on_day date, officer uuid) RETURNS TABLE(listing_id uuid, court_id uuid, from_state text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    act constant text := CASE why WHEN 'death' THEN 'suspend' WHEN 'minor' THEN 'withdraw' END;
    target constant text := CASE why WHEN 'death' THEN 'suspended' WHEN 'minor' THEN 'withdrawn' END;
    law text;
    one record;
BEGIN
    IF NOT EXISTS (
        SELECT FROM register.listing
        INNER JOIN register.officer AS finder ON finder.court_id = listing.court_id
        WHERE
            listing.entity_id = person AND finder.id = officer AND finder.active
            AND register.may_act_for(finder.court_id)
    ) THEN
        RAISE EXCEPTION 'whoever finds that has no listing of this entity' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT cause.article INTO law
    FROM register.cause
    WHERE
        cause.action = act AND cause.code = why
        AND cause.valid_from <= on_day AND (cause.valid_until IS NULL OR cause.valid_until >= on_day);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the law knows no such reason on %', on_day USING ERRCODE = 'no_data_found';
    END IF;
    FOR one IN
        SELECT listing.id, listing.court_id, listing.state
        FROM register.listing
        WHERE
            listing.entity_id = person
            AND (
                listing.state = 'published'
                OR (why = 'minor' AND listing.state IN ('decided', 'grace', 'suspended'))
            )
        ORDER BY listing.id
        FOR UPDATE
    LOOP
        UPDATE register.listing
        SET
            state = target,
            ended_on = CASE WHEN why = 'minor' THEN on_day END,
            ended_cause = CASE WHEN why = 'minor' THEN why END
        WHERE listing.id = one.id;
        INSERT INTO register.listing_event (
            listing_id, action, from_state, to_state, cause, article, effective_on, officer_id
        )
        VALUES (one.id, act, one.state, target, why, law, on_day, officer);
        IF why = 'death' THEN
            INSERT INTO register.task (listing_id, court_id, kind, cause, begun_on)
            SELECT one.id, one.court_id, 'decide_after_death', why, on_day
            WHERE NOT EXISTS (
                SELECT FROM register.task
                WHERE task.listing_id = one.id AND task.kind = 'decide_after_death' AND task.done_on IS NULL
            );
        ELSE
            UPDATE register.task SET done_on = on_day
            WHERE
                task.listing_id = one.id AND task.done_on IS NULL
                AND task.kind NOT IN ('decide_objection', 'decide_review');
        END IF;
        listing_id := one.id;
        court_id := one.court_id;
        from_state := one.state;
        RETURN NEXT;
    END LOOP;
END
$$;

ALTER FUNCTION register.take_down_elsewhere(person uuid, why text, on_day date, officer uuid) OWNER TO owner;

--
-- Name: FUNCTION take_down_elsewhere(person uuid, why text, on_day date, officer uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.take_down_elsewhere(person uuid, why text, on_day date, officer uuid) IS 'Takes down what is left of a person at other courts once one court has found that they have died (suspended, each court decides) or are under 18 (withdrawn, Article 4). An officer''s own role reaches no other court''s rows.';

--
-- Name: take_listing(uuid, uuid); Type: FUNCTION; Schema: register; Owner: owner
--

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

ALTER FUNCTION register.take_listing(taken uuid, officer uuid) OWNER TO owner;

--
-- Name: FUNCTION take_listing(taken uuid, officer uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.take_listing(taken uuid, officer uuid) IS 'Lets whoever acts on a listing first look after it; nothing where somebody does, or the officer is another court''s.';

--
-- Name: telling(boolean, text[], integer); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.telling(of_people boolean, pairs text[], most integer) RETURNS text[]
    LANGUAGE sql STABLE
    AS $$
    SELECT ARRAY(
        SELECT pair.gram
        FROM unnest(pairs) WITH ORDINALITY AS pair (gram, place)
        LEFT JOIN register.common_gram ON common_gram.is_person = of_people AND common_gram.gram = pair.gram
        ORDER BY common_gram.names NULLS FIRST, pair.place DESC
        LIMIT most
    )
$$;

ALTER FUNCTION register.telling(of_people boolean, pairs text[], most integer) OWNER TO owner;

--
-- Name: FUNCTION telling(of_people boolean, pairs text[], most integer); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.telling(of_people boolean, pairs text[], most integer) IS 'So many of the pairs of characters, those that fewest names hold first; of the rare ones the last, since a name begins with its place.';

--
-- Name: tip_case_closed_on(text, uuid, uuid); Type: FUNCTION; Schema: register; Owner: owner
--

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

ALTER FUNCTION register.tip_case_closed_on(target_kind text, target uuid, court uuid) OWNER TO owner;

--
-- Name: FUNCTION tip_case_closed_on(target_kind text, target uuid, court uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.tip_case_closed_on(target_kind text, target uuid, court uuid) IS 'Day on which the last listing that a tip is about ended; today where there is none, or none any more; NULL while one goes on.';

--
-- Name: tip_listings(text, uuid, uuid); Type: FUNCTION; Schema: register; Owner: owner
--

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

ALTER FUNCTION register.tip_listings(target_kind text, target uuid, court uuid) OWNER TO owner;

--
-- Name: FUNCTION tip_listings(target_kind text, target uuid, court uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.tip_listings(target_kind text, target uuid, court uuid) IS 'The court''s listings that a tip is about, whatever has become of them; none where it names the court only.';

--
-- Name: tip_notices(uuid); Type: FUNCTION; Schema: register; Owner: owner
--

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
    AND (filed.hour AT TIME ZONE 'Asia/Shanghai')::date BETWEEN notice.published_on AND least(notice.ends_on, notice.closed_on);
$$;

ALTER FUNCTION register.tip_notices(filing uuid) OWNER TO owner;

--
-- Name: FUNCTION tip_notices(filing uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.tip_notices(filing uuid) IS 'The notices that promised a reward on the day a tip came, for what it is about; one that closed early promised until that day.';

--
-- Name: tip_target(uuid, uuid); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.tip_target(court uuid, target uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
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

ALTER FUNCTION register.tip_target(court uuid, target uuid) OWNER TO owner;

--
-- Name: FUNCTION tip_target(court uuid, target uuid); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.tip_target(court uuid, target uuid) IS 'What an id names: the court itself, one of its running notices, current listings, or an entity with such; NULL for anything else.';

--
-- Name: trace_notice(); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.trace_notice() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    court uuid;
    said json;
BEGIN
    IF TG_OP = 'DELETE' THEN
        court := OLD.court_id;
        said := json_build_object('notice', OLD.id, 'from_state', OLD.state, 'cause', 'listing_deleted');
    ELSE
        SELECT notice.court_id INTO court FROM register.notice WHERE notice.id = NEW.notice_id;
        said := json_build_object(
            'notice', NEW.notice_id, 'from_state', NEW.from_state, 'to_state', NEW.to_state, 'cause', NEW.cause,
            'effective_on', NEW.effective_on
        );
    END IF;
    PERFORM audit.append(ARRAY['notice.close'], ARRAY[court], ARRAY[said::text]);
    RETURN NULL;
END
$$;

ALTER FUNCTION register.trace_notice() OWNER TO owner;

--
-- Name: FUNCTION trace_notice(); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.trace_notice() IS 'Puts into the audit trail that a notice closed by itself, or went with its listing.';

--
-- Name: with_lengths(text[], integer, integer); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.with_lengths(parts text[], shortest integer, longest integer) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(SELECT ((part.key || '/'::text) || length.number) FROM (unnest(with_lengths.parts) part(key) CROSS JOIN generate_series(with_lengths.shortest, with_lengths.longest) length(number)));

ALTER FUNCTION register.with_lengths(parts text[], shortest integer, longest integer) OWNER TO owner;

--
-- Name: FUNCTION with_lengths(parts text[], shortest integer, longest integer); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.with_lengths(parts text[], shortest integer, longest integer) IS 'The keys of pairs of characters, or of brands, in names of some lengths.';

--
-- Name: withdraw_reminder(bytea); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.withdraw_reminder(given bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DELETE FROM register.objection_reminder
USING sealed.bearer
WHERE bearer.rowkey = given AND objection_reminder.filing_id = bearer.filing_id;
$$;

ALTER FUNCTION register.withdraw_reminder(given bytea) OWNER TO owner;

--
-- Name: FUNCTION withdraw_reminder(given bytea); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.withdraw_reminder(given bytea) IS 'Forgets whom to remind of a bearer''s objection.';

--
-- Name: working_day_from(date); Type: FUNCTION; Schema: register; Owner: owner
--

CREATE FUNCTION register.working_day_from(day date) RETURNS date
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
BEGIN
    WHILE NOT register.is_working_day(day) LOOP
        day := day + 1;
    END LOOP;
    RETURN day;
END
$$;

ALTER FUNCTION register.working_day_from(day date) OWNER TO owner;

--
-- Name: FUNCTION working_day_from(day date); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.working_day_from(day date) IS 'A day itself where courts work on it, else the next on which they do.';

--
-- Name: working_days_left(date); Type: FUNCTION; Schema: register; Owner: owner
--

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

ALTER FUNCTION register.working_days_left(due_on date) OWNER TO owner;

--
-- Name: FUNCTION working_days_left(due_on date); Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON FUNCTION register.working_days_left(due_on date) IS 'Working days after today up to and with a day: 0 on the day itself, NULL behind it and where no clock runs.';

--
-- Name: confirm_durable(); Type: FUNCTION; Schema: sealed; Owner: owner
--

CREATE FUNCTION sealed.confirm_durable() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
SELECT pg_logical_emit_message(true, 'lm1', '');
$$;

ALTER FUNCTION sealed.confirm_durable() OWNER TO owner;

--
-- Name: FUNCTION confirm_durable(); Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON FUNCTION sealed.confirm_durable() IS 'Makes this transaction''s commit wait until whatever was committed before it is as durable as it: for an answer given once more.';

--
-- Name: enter_filing(uuid, uuid, text, text, uuid, integer, bigint, bytea, bytea); Type: FUNCTION; Schema: sealed; Owner: owner
--

CREATE FUNCTION sealed.enter_filing(filing uuid, court uuid, purpose text, target_kind text, target uuid, key_number integer, number bigint, env bytea, head bytea) RETURNS timestamp with time zone
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
DECLARE
    -- of the moment in which the counter is held, so that hours rise with the numbers
    hour constant timestamptz := date_trunc('hour', clock_timestamp(), 'UTC');
BEGIN
    UPDATE sealed.counter AS held
    SET number = enter_filing.number, head = enter_filing.head
    WHERE
        held.court_id = enter_filing.court AND held.purpose = enter_filing.purpose
        AND held.number = enter_filing.number - 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'number % does not follow', number USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO sealed.filing (id, purpose, court_id, target_kind, target_id, key_id, number, hour, env, head)
    VALUES (filing, purpose, court, target_kind, target, key_number, number, hour, env, head);
    RETURN hour;
END
$$;

ALTER FUNCTION sealed.enter_filing(filing uuid, court uuid, purpose text, target_kind text, target uuid, key_number integer, number bigint, env bytea, head bytea) OWNER TO owner;

--
-- Name: FUNCTION enter_filing(filing uuid, court uuid, purpose text, target_kind text, target uuid, key_number integer, number bigint, env bytea, head bytea); Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON FUNCTION sealed.enter_filing(filing uuid, court uuid, purpose text, target_kind text, target uuid, key_number integer, number bigint, env bytea, head bytea) IS 'Enters a filing under the next number of its court''s chain; the hour that it is entered with.';

--
-- Name: find_filing(bytea); Type: FUNCTION; Schema: sealed; Owner: owner
--

CREATE FUNCTION sealed.find_filing(given bytea, OUT id uuid, OUT purpose text, OUT court_id uuid, OUT key_id integer, OUT number bigint, OUT hour timestamp with time zone, OUT env bytea, OUT head bytea, OUT state text, OUT closed_on date) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
SELECT
    filing.id, filing.purpose, filing.court_id, filing.key_id, filing.number, filing.hour, filing.env, filing.head,
    filing.state, filing.closed_on
FROM sealed.bearer
INNER JOIN sealed.filing ON filing.id = bearer.filing_id
WHERE bearer.rowkey = given;
$$;

ALTER FUNCTION sealed.find_filing(given bytea, OUT id uuid, OUT purpose text, OUT court_id uuid, OUT key_id integer, OUT number bigint, OUT hour timestamp with time zone, OUT env bytea, OUT head bytea, OUT state text, OUT closed_on date) OWNER TO owner;

--
-- Name: FUNCTION find_filing(given bytea, OUT id uuid, OUT purpose text, OUT court_id uuid, OUT key_id integer, OUT number bigint, OUT hour timestamp with time zone, OUT env bytea, OUT head bytea, OUT state text, OUT closed_on date); Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON FUNCTION sealed.find_filing(given bytea, OUT id uuid, OUT purpose text, OUT court_id uuid, OUT key_id integer, OUT number bigint, OUT hour timestamp with time zone, OUT env bytea, OUT head bytea, OUT state text, OUT closed_on date) IS 'The filing that a bearer''s hash leads to, or nothing.';

--
-- Name: keep_unsettled(); Type: FUNCTION; Schema: sealed; Owner: owner
--

CREATE FUNCTION sealed.keep_unsettled() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
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

ALTER FUNCTION sealed.keep_unsettled() OWNER TO owner;

--
-- Name: FUNCTION keep_unsettled(); Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON FUNCTION sealed.keep_unsettled() IS 'Lets no filing be destroyed, by whomever, while a claim that it proves is not settled or a review has not ended.';

--
-- Name: list_parts(bytea, text); Type: FUNCTION; Schema: sealed; Owner: owner
--

CREATE FUNCTION sealed.list_parts(given bytea, direction text, OUT part text, OUT key_id integer, OUT data bytea) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
SELECT part.part, part.key_id, part.data
FROM sealed.bearer
INNER JOIN sealed.part ON part.filing_id = bearer.filing_id
WHERE bearer.rowkey = given AND starts_with(part.part, direction || '/')
ORDER BY length(part.part), part.part;
$$;

ALTER FUNCTION sealed.list_parts(given bytea, direction text, OUT part text, OUT key_id integer, OUT data bytea) OWNER TO owner;

--
-- Name: FUNCTION list_parts(given bytea, direction text, OUT part text, OUT key_id integer, OUT data bytea); Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON FUNCTION sealed.list_parts(given bytea, direction text, OUT part text, OUT key_id integer, OUT data bytea) IS 'The messages of one direction (i from the phone, c from the court) of a bearer''s filing, in their order, still under its key.';

--
-- Name: lock_counter(uuid, text); Type: FUNCTION; Schema: sealed; Owner: owner
--

CREATE FUNCTION sealed.lock_counter(court uuid, purpose text, OUT number bigint, OUT head bytea) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
    SELECT counter.number, counter.head INTO lock_counter.number, lock_counter.head
    FROM sealed.counter
    WHERE counter.court_id = lock_counter.court AND counter.purpose = lock_counter.purpose
    FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO sealed.counter (court_id, purpose, number, head)
        VALUES (lock_counter.court, lock_counter.purpose, 0, decode(repeat('00', 32), 'hex'))
        ON CONFLICT DO NOTHING;
        SELECT counter.number, counter.head INTO lock_counter.number, lock_counter.head
        FROM sealed.counter
        WHERE counter.court_id = lock_counter.court AND counter.purpose = lock_counter.purpose
        FOR UPDATE;
    END IF;
END
$$;

ALTER FUNCTION sealed.lock_counter(court uuid, purpose text, OUT number bigint, OUT head bytea) OWNER TO owner;

--
-- Name: FUNCTION lock_counter(court uuid, purpose text, OUT number bigint, OUT head bytea); Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON FUNCTION sealed.lock_counter(court uuid, purpose text, OUT number bigint, OUT head bytea) IS 'The last number and head of a court''s chain, held until the transaction ends. To be called last: whoever holds it waits for nobody else.';

--
-- Name: put_claim(bytea, uuid, integer, bytea, bytea); Type: FUNCTION; Schema: sealed; Owner: owner
--

CREATE FUNCTION sealed.put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    tip register.tip;
    known bytea;
BEGIN
    SELECT claimed.* INTO tip
    FROM sealed.bearer
    INNER JOIN register.tip AS claimed ON claimed.filing_id = bearer.filing_id
    WHERE bearer.rowkey = given;
    IF NOT FOUND THEN
        RETURN 'unknown';
    END IF;
    -- One claim of a court after the other: their numbers have no gap.
    PERFORM FROM register.court WHERE id = tip.court_id FOR NO KEY UPDATE;
    SELECT digest INTO known FROM sealed.claim WHERE filing_id = tip.filing_id;
    IF FOUND THEN
        RETURN CASE WHEN known = fingerprint THEN 'known' ELSE 'other' END;
    END IF;
    IF tip.outcome IS DISTINCT FROM 'useful' OR NOT EXISTS (
        SELECT FROM sealed.part WHERE part.filing_id = tip.filing_id AND part.part = 'award'
    ) THEN
        RETURN 'closed';
    END IF;
    -- Whoever destroys the tip waits for this claim, or this claim for the destruction.
    PERFORM FROM sealed.filing WHERE id = tip.filing_id AND state IN ('received', 'checking', 'closed') FOR SHARE;
    IF NOT FOUND THEN
        RETURN 'closed';
    END IF;
    INSERT INTO sealed.claim (id, filing_id, court_id, number, key_id, filed_on, data, digest)
    SELECT
        claim, tip.filing_id, tip.court_id, coalesce(max(before.number), 0) + 1, key_number, serving.today(), content,
        fingerprint
    FROM sealed.claim AS before
    WHERE before.court_id = tip.court_id;
    RETURN 'stored';
END
$$;

ALTER FUNCTION sealed.put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea) OWNER TO owner;

--
-- Name: FUNCTION put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea); Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON FUNCTION sealed.put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea) IS 'Stores a claim for a bearer''s tip. Answers stored; known for the same once more; other where another was filed; closed where nothing can be claimed; unknown.';

--
-- Name: put_message(bytea, integer, integer, bytea); Type: FUNCTION; Schema: sealed; Owner: owner
--

CREATE FUNCTION sealed.put_message(given bytea, n integer, key_number integer, content bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO sealed.part (filing_id, part, key_id, data)
    SELECT bearer.filing_id, 'i/' || n, key_number, content
    FROM sealed.bearer
    INNER JOIN sealed.filing ON filing.id = bearer.filing_id
    WHERE bearer.rowkey = given AND filing.state IN ('received', 'checking', 'closed')
    ON CONFLICT (filing_id, part) DO NOTHING;
    RETURN found;
END
$$;

ALTER FUNCTION sealed.put_message(given bytea, n integer, key_number integer, content bytea) OWNER TO owner;

--
-- Name: FUNCTION put_message(given bytea, n integer, key_number integer, content bytea); Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON FUNCTION sealed.put_message(given bytea, n integer, key_number integer, content bytea) IS 'Stores later words of a bearer as the nth; false where there is no such bearer, the filing is being destroyed, or the number is taken.';

--
-- Name: put_parts(uuid, bytea, integer, text[], bytea[]); Type: FUNCTION; Schema: sealed; Owner: owner
--

CREATE FUNCTION sealed.put_parts(filing uuid, given bytea, key_number integer, parts text[], contents bytea[]) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO sealed.bearer (rowkey, filing_id) VALUES (given, filing) ON CONFLICT (rowkey) DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO sealed.part (filing_id, part, key_id, data)
    SELECT filing, one.part, key_number, one.data
    FROM unnest(parts, contents) AS one (part, data);
    RETURN true;
END
$$;

ALTER FUNCTION sealed.put_parts(filing uuid, given bytea, key_number integer, parts text[], contents bytea[]) OWNER TO owner;

--
-- Name: FUNCTION put_parts(filing uuid, given bytea, key_number integer, parts text[], contents bytea[]); Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON FUNCTION sealed.put_parts(filing uuid, given bytea, key_number integer, parts text[], contents bytea[]) IS 'Stores what a filing holds; false where the bearer has filed before. The filing itself follows in the same transaction, or nothing stays.';

--
-- Name: area_counting(text, text); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.area_counting(area_counts text, rows_from text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN format('WITH alike AS (
        SELECT
            area_code, city_bubble_code, tile_key IS NOT NULL AS at_point, kind, placed_by, ground_mask, notice,
            $1 * count(*) AS n
        FROM %2$s
        WHERE shown_from <= $2 AND shown_until > $2
        GROUP BY area_code, city_bubble_code, tile_key IS NOT NULL, kind, placed_by, ground_mask, notice
    )

    INSERT INTO serving.%1$I (from_zoom, area_code, ground_mask, notice, person, person_by_county, company, organisation)
    SELECT
        bubble.from_zoom, bubble.area_code, coalesce(alike.ground_mask, 0), coalesce(alike.notice, false),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''person''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''person'' AND alike.placed_by = ''county''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''company''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''organisation''), 0)
    FROM alike
    CROSS JOIN
        LATERAL serving.bubbles(alike.area_code, alike.city_bubble_code, CASE WHEN alike.at_point THEN 0 END) AS bubble
    GROUP BY
        GROUPING SETS (
            (bubble.from_zoom, bubble.area_code, alike.ground_mask, alike.notice),
            (bubble.from_zoom, bubble.area_code)
        )
    ORDER BY bubble.from_zoom, bubble.area_code, 3, 4'::text, area_counts, rows_from);

ALTER FUNCTION serving.area_counting(area_counts text, rows_from text) OWNER TO owner;

--
-- Name: FUNCTION area_counting(area_counts text, rows_from text); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.area_counting(area_counts text, rows_from text) IS 'The statement that counts serving rows into a table like serving.area_count.';

--
-- Name: bubbles(text, text, bigint); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.bubbles(area_code text, city_bubble_code text, tile_key bigint) RETURNS TABLE(from_zoom smallint, area_code text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
    SELECT bubble.from_zoom::smallint, bubble.area_code
    FROM (VALUES (0, left($1, 2)), (6, $2), (9, $1), (12, CASE WHEN $3 IS NULL THEN $1 END)) AS bubble (from_zoom, area_code)
    WHERE bubble.area_code IS NOT NULL
$_$;

ALTER FUNCTION serving.bubbles(area_code text, city_bubble_code text, tile_key bigint) OWNER TO owner;

--
-- Name: FUNCTION bubbles(area_code text, city_bubble_code text, tile_key bigint); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.bubbles(area_code text, city_bubble_code text, tile_key bigint) IS 'The areas in whose bubbles an entity counts, each with the first zoom at which it does.';

--
-- Name: contains(text, text, boolean); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.contains(folded text, part text, of_people boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((strpos(folded, part) > 0) OR ((NOT of_people) AND (strpos(folded, '('::text) > 0) AND (strpos(regexp_replace(folded, '\([^()]*\)'::text, ''::text, 'g'::text), part) > 0)));

ALTER FUNCTION serving.contains(folded text, part text, of_people boolean) OWNER TO owner;

--
-- Name: FUNCTION contains(folded text, part text, of_people boolean); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.contains(folded text, part text, of_people boolean) IS 'Whether a folded name contains a text; in a body''s name what stands in brackets may be left out.';

--
-- Name: contains_score(text, text, boolean); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.contains_score(folded text, part text, is_brand boolean) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (CASE WHEN is_brand THEN round((0.9 - (0.0001 * (LEAST(char_length(folded), 40))::numeric)), 4) ELSE GREATEST(0.003, round(((CASE WHEN (strpos(folded, part) > 0) THEN 0.8 ELSE 0.08 END * (char_length(part))::numeric) / (char_length(folded))::numeric), 3)) END)::double precision;

ALTER FUNCTION serving.contains_score(folded text, part text, is_brand boolean) OWNER TO owner;

--
-- Name: FUNCTION contains_score(folded text, part text, is_brand boolean); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.contains_score(folded text, part text, is_brand boolean) IS 'How well a contained text fits: a body''s brand best, else its share of the name; last where it is only there without what stands in brackets.';

--
-- Name: count_recent(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.count_recent() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    AS $$
DECLARE
    today constant date := serving.today();
BEGIN
    DELETE FROM serving.recent_count;
    INSERT INTO serving.recent_count (area_code, day, added, removed)
    WITH by_area AS (
        SELECT span.area_code, turn.day, sum(turn.added) AS added, sum(turn.removed) AS removed
        FROM serving.recent_spans() AS span
        CROSS JOIN LATERAL (
            VALUES
            (greatest(lower(span.days), today), (span.change = 'added')::integer, (span.change = 'removed')::integer),
            (upper(span.days), -(span.change = 'added')::integer, -(span.change = 'removed')::integer)
        ) AS turn (day, added, removed)
        WHERE upper(span.days) > today
        GROUP BY span.area_code, turn.day
    )

    -- a code is two digits longer with each level
    SELECT left(by_area.area_code, digits.number), by_area.day, sum(by_area.added), sum(by_area.removed)
    FROM by_area
    CROSS JOIN LATERAL generate_series(2, length(by_area.area_code), 2) AS digits (number)
    GROUP BY left(by_area.area_code, digits.number), by_area.day
    HAVING sum(by_area.added) <> 0 OR sum(by_area.removed) <> 0;
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.count_recent() OWNER TO owner;

--
-- Name: FUNCTION count_recent(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.count_recent() IS 'Counts recent changes anew, whenever an import ends or a day is counted.';

--
-- Name: count_rows(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.count_rows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    sign constant integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    day date;
BEGIN
    IF NOT EXISTS (SELECT FROM changed) THEN
        RETURN NULL;
    END IF;
    -- Held to the end, so that the day cannot move while this is not committed.
    SELECT count_day.counted_on INTO day FROM serving.count_day FOR SHARE;
    EXECUTE serving.area_counting('area_count', 'changed') USING sign, day;
    EXECUTE serving.court_counting('court_count', 'changed') USING sign, day;
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.count_rows() OWNER TO owner;

--
-- Name: FUNCTION count_rows(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.count_rows() IS 'Counts the serving rows that a statement wrote, or takes back exactly those that it deleted.';

--
-- Name: court_counting(text, text); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.court_counting(court_counts text, rows_from text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN format('WITH alike AS (
        SELECT
            courts, court_masks, area_code, city_bubble_code, tile_key IS NOT NULL AS at_point, kind, notice,
            $1 * count(*) AS n
        FROM %2$s
        WHERE shown_from <= $2 AND shown_until > $2
        GROUP BY courts, court_masks, area_code, city_bubble_code, tile_key IS NOT NULL, kind, notice
    )

    INSERT INTO serving.%1$I (court_id, area_code, city_bubble_code, at_point, ground_mask, notice, person, company, organisation)
    SELECT
        court.id, alike.area_code, alike.city_bubble_code, alike.at_point, court.ground_mask, alike.notice,
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''person''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''company''), 0),
        coalesce(sum(alike.n) FILTER (WHERE alike.kind = ''organisation''), 0)
    FROM alike
    CROSS JOIN LATERAL serving.courts(alike.courts, alike.court_masks) AS court
    GROUP BY court.id, alike.area_code, alike.city_bubble_code, alike.at_point, court.ground_mask, alike.notice
    ORDER BY court.id, alike.area_code, alike.city_bubble_code, alike.at_point, court.ground_mask, alike.notice'::text, court_counts, rows_from);

ALTER FUNCTION serving.court_counting(court_counts text, rows_from text) OWNER TO owner;

--
-- Name: FUNCTION court_counting(court_counts text, rows_from text); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.court_counting(court_counts text, rows_from text) IS 'The statement that counts serving rows into a table like serving.court_count.';

--
-- Name: court_statistics(uuid); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.court_statistics(court uuid) RETURNS TABLE(quarter date, cell text, number bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
WITH period AS (
    -- whole quarters only: one that still runs would tell of every day
    SELECT
        date_trunc('quarter', serving.today())::date AS until,
        (date_trunc('quarter', serving.today()) - interval '3 years')::date AS since
),

counted AS (
    SELECT date_trunc('quarter', course.published_on)::date AS quarter, 'listed' AS cell, count(*) AS n
    FROM register.listing_course AS course, period
    WHERE course.court_id = court AND course.published_on >= period.since AND course.published_on < period.until
    GROUP BY 1
    UNION ALL
    SELECT
        date_trunc('quarter', course.ended_on)::date,
        CASE
            WHEN course.cause IN ('performed', 'performed_in_grace') THEN 'performed'
            WHEN course.cause IN ('creditor_request', 'creditor_agreed') THEN 'creditor_request'
            WHEN course.cause IN ('withdrawn', 'wrongly_listed', 'objection_founded', 'minor') THEN 'withdrawn'
            WHEN course.cause IN ('expired', 'term_ended') THEN 'expired'
            WHEN course.cause IN (
                'settled', 'no_property', 'stay', 'non_enforcement', 'terminated', 'early_deletion'
            ) THEN course.cause
            ELSE 'other'
        END,
        count(*)
    FROM register.listing_course AS course, period
    WHERE course.court_id = court AND course.ended_on >= period.since AND course.ended_on < period.until
    GROUP BY 1, 2
    UNION ALL
    SELECT date_trunc('quarter', course.filed_on)::date, 'filed', count(*)
    FROM register.objection_course AS course, period
    WHERE course.court_id = court AND course.filed_on >= period.since AND course.filed_on < period.until
    GROUP BY 1
    UNION ALL
    SELECT date_trunc('quarter', course.upheld_on)::date, 'upheld', count(*)
    FROM register.objection_course AS course, period
    WHERE course.court_id = court AND course.upheld_on >= period.since AND course.upheld_on < period.until
    GROUP BY 1
    UNION ALL
    SELECT 'infinity'::date, 'overdue', count(*)
    FROM register.open_task
    WHERE open_task.court_id = court AND open_task.due_on < serving.today()
),

decided AS (
    SELECT
        date_trunc('quarter', course.decided_on)::date AS quarter, count(*) AS n,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY course.decided_on - course.filed_on) AS median
    FROM register.objection_course AS course, period
    WHERE course.court_id = court AND course.decided_on >= period.since AND course.decided_on < period.until
    GROUP BY 1
),

published AS (
    SELECT
        counted.quarter, counted.cell,
        register.rounded(counted.n, concat_ws(' ', court, counted.quarter, counted.cell)) AS number
    FROM counted
    UNION ALL
    -- the days, too, in steps of five, and only of so many that nobody's own shows
    SELECT decided.quarter, 'median_days', (5 * round(decided.median / 5))::bigint
    FROM decided
    WHERE register.rounded(decided.n, concat_ws(' ', court, decided.quarter, 'decided')) >= 10
)

SELECT published.quarter, published.cell, published.number
FROM published
WHERE published.number > 0 OR published.cell = 'median_days';
$$;

ALTER FUNCTION serving.court_statistics(court uuid) OWNER TO owner;

--
-- Name: FUNCTION court_statistics(court uuid); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.court_statistics(court uuid) IS 'Rounded numbers of a court for the last twelve whole quarters, and of its overdue duties today (quarter infinity). No totals: each number is rounded by itself, and none follows from the others. What is missing is 0.';

--
-- Name: courts(uuid[], smallint[]); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.courts(courts uuid[], court_masks smallint[]) RETURNS TABLE(id uuid, ground_mask smallint)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
    SELECT listing.id, bit_or(listing.ground_mask)
    FROM unnest($1, $2) AS listing (id, ground_mask)
    GROUP BY listing.id
$_$;

ALTER FUNCTION serving.courts(courts uuid[], court_masks smallint[]) OWNER TO owner;

--
-- Name: FUNCTION courts(courts uuid[], court_masks smallint[]); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.courts(courts uuid[], court_masks smallint[]) IS 'Each court of a serving row once, with the grounds of all its listings.';

--
-- Name: differences(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.differences() RETURNS TABLE(place text, number bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    RETURN QUERY
    WITH kept AS (
        SELECT entity_row.*
        FROM serving.entity_row
        WHERE entity_row.shown_from <= serving.today() AND entity_row.shown_until > serving.today()
    ),

    -- rows as text, since a point has no order
    row_difference AS (
        SELECT kept.entity_id
        FROM kept
        FULL JOIN serving.listed_by_rule AS rule ON rule.entity_id = kept.entity_id
        WHERE
            (
                kept.kind, kept.area_code, kept.city_bubble_code, kept.placed_by, kept.tile_key, kept.point::text,
                kept.ground_mask, kept.notice, kept.published_on, kept.courts, kept.court_masks, kept.name,
                kept.source, kept.summary
            ) IS DISTINCT FROM (
                rule.kind, rule.area_code, rule.city_bubble_code, rule.placed_by, rule.tile_key, rule.point::text,
                rule.ground_mask, rule.notice, rule.published_on, rule.courts, rule.court_masks, rule.name,
                rule.source, rule.summary
            )
            OR kept.entity_id IS NULL
            OR rule.entity_id IS NULL
    ),

    -- signed: what is kept less what must be
    area_number AS (
        SELECT
            counted.from_zoom, counted.area_code, counted.ground_mask, counted.notice,
            counted.person, counted.person_by_county, counted.company, counted.organisation
        FROM serving.current_count AS counted
        UNION ALL
        SELECT
            bubble.from_zoom, bubble.area_code, rule.ground_mask, rule.notice,
            -(rule.kind = 'person')::integer, -(rule.kind = 'person' AND rule.placed_by = 'county')::integer,
            -(rule.kind = 'company')::integer, -(rule.kind = 'organisation')::integer
        FROM serving.listed_by_rule AS rule
        CROSS JOIN LATERAL serving.bubbles(rule.area_code, rule.city_bubble_code, rule.tile_key) AS bubble
    ),

    area_difference AS (
        SELECT area_number.from_zoom
        FROM area_number
        GROUP BY area_number.from_zoom, area_number.area_code, area_number.ground_mask, area_number.notice
        HAVING
            sum(area_number.person) <> 0 OR sum(area_number.person_by_county) <> 0
            OR sum(area_number.company) <> 0 OR sum(area_number.organisation) <> 0
    ),

    court_number AS (
        SELECT
            counted.court_id, counted.from_zoom, counted.area_code, counted.ground_mask, counted.notice,
            counted.person, counted.company, counted.organisation
        FROM serving.current_court_count AS counted
        UNION ALL
        SELECT
            court.id, bubble.from_zoom, bubble.area_code, court.ground_mask, rule.notice,
            -(rule.kind = 'person')::integer, -(rule.kind = 'company')::integer, -(rule.kind = 'organisation')::integer
        FROM serving.listed_by_rule AS rule
        CROSS JOIN LATERAL serving.courts(rule.courts, rule.court_masks) AS court
        CROSS JOIN LATERAL serving.bubbles(rule.area_code, rule.city_bubble_code, rule.tile_key) AS bubble
    ),

    court_difference AS (
        SELECT court_number.court_id
        FROM court_number
        GROUP BY
            court_number.court_id, court_number.from_zoom, court_number.area_code,
            court_number.ground_mask, court_number.notice
        HAVING sum(court_number.person) <> 0 OR sum(court_number.company) <> 0 OR sum(court_number.organisation) <> 0
    )

    SELECT 'rows', count(*) FROM row_difference
    UNION ALL
    SELECT 'area counts', count(*) FROM area_difference
    UNION ALL
    SELECT 'court counts', count(*) FROM court_difference;
END
$$;

ALTER FUNCTION serving.differences() OWNER TO owner;

--
-- Name: FUNCTION differences(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.differences() IS 'How many serving rows, area counts and court counts differ from what the register says today: 0 each.';

--
-- Name: end_bulk(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.end_bulk() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    few constant integer := 20000;  -- refreshed in a second or two, without a swap
    touched_rows bigint := (SELECT count(*) FROM serving.touched);
    kept_rows bigint := (SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'serving.entity_row'::regclass);
BEGIN
    -- Building anew costs less a row than taking out and putting in, and leaves the rows in map order.
    IF touched_rows > few AND touched_rows > kept_rows / 4 THEN
        PERFORM serving.rebuild();
    ELSIF touched_rows > 0 THEN
        PERFORM serving.refresh_touched();
        PERFORM serving.fold_counts();
    ELSE
        PERFORM set_config('listings.bulk', 'off', true);
    END IF;
END
$$;

ALTER FUNCTION serving.end_bulk() OWNER TO owner;

--
-- Name: FUNCTION end_bulk(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.end_bulk() IS 'Ends a bulk change, begun by SET LOCAL listings.bulk = ''on'', as the last thing in its transaction: refreshes whom it touched, or rebuilds where that is most.';

--
-- Name: enter_at_commit(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.enter_at_commit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    AS $$
BEGIN
    PERFORM serving.enter_touched('serving.entity_row');
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.enter_at_commit() OWNER TO owner;

--
-- Name: FUNCTION enter_at_commit(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.enter_at_commit() IS 'Enters what a transaction has changed, as the last thing it does.';

--
-- Name: enter_day(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.enter_day() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
DECLARE
    last serving.change_head;
    entered bigint;
BEGIN
    SELECT * INTO last FROM serving.change_head FOR UPDATE;
    IF last.entered_for >= serving.today() THEN
        RETURN 0;
    END IF;
    INSERT INTO serving.unentered (entity_id)
    SELECT mirrored.entity_id
    FROM serving.mirrored
    WHERE mirrored.shown_until <= serving.today() AND mirrored.shown_until < 'infinity'
    UNION
    SELECT entity_row.entity_id
    FROM serving.entity_row
    WHERE entity_row.shown_from > last.entered_for AND entity_row.shown_from <= serving.today();
    entered := serving.enter_touched('serving.entity_row');
    UPDATE serving.change_head SET entered_for = serving.today();
    RETURN entered;
END
$$;

ALTER FUNCTION serving.enter_day() OWNER TO owner;

--
-- Name: FUNCTION enter_day(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.enter_day() IS 'Enters whoever has come, changed or left by a date alone since the day last entered; how many changes. Asked by the day''s first reader; does nothing the second time.';

--
-- Name: enter_touched(regclass); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.enter_touched(rows_from regclass) RETURNS bigint
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_custom_plan'
    AS $_$
DECLARE
    last serving.change_head;
    day date;
    entered bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM serving.unentered) THEN
        RETURN 0;
    END IF;
    -- Waits for whoever entered before to commit, and sees in the next statement what they have written.
    SELECT * INTO last FROM serving.change_head FOR UPDATE;
    -- A transaction may have begun before midnight, and the day been entered meanwhile.
    day := greatest(last.entered_for, serving.today());
    EXECUTE format(
        'WITH touched AS MATERIALIZED (
            SELECT DISTINCT unentered.entity_id FROM serving.unentered
        ),

        found AS MATERIALIZED (
            SELECT
                touched.entity_id, shown.shown_until, mirrored.entity_id IS NOT NULL AS known,
                mirrored.shown_until AS known_until, mirrored.content AS known_content
            FROM touched
            LEFT JOIN %s AS shown
                ON shown.entity_id = touched.entity_id AND shown.shown_from <= $1 AND shown.shown_until > $1
            LEFT JOIN serving.mirrored ON mirrored.entity_id = touched.entity_id
        ),

        -- of those who stay, what is said of them now
        said AS MATERIALIZED (
            SELECT found.entity_id, hashtextextended(mirror.content, 0) AS content
            FROM found
            INNER JOIN serving.mirror ON mirror.entity_id = found.entity_id
            WHERE found.known AND found.shown_until IS NOT NULL
        ),

        decided AS MATERIALIZED (
            SELECT
                found.entity_id, found.shown_until, said.content,
                CASE
                    WHEN found.shown_until IS NULL AND found.known THEN ''remove''
                    WHEN found.shown_until IS NOT NULL AND NOT found.known THEN ''add''
                    WHEN said.content IS DISTINCT FROM found.known_content THEN ''update''
                    WHEN found.shown_until IS DISTINCT FROM found.known_until THEN ''prolong''
                END AS op
            FROM found
            LEFT JOIN said ON said.entity_id = found.entity_id
        ),

        gone AS (
            DELETE FROM serving.mirrored
            USING decided
            WHERE decided.entity_id = mirrored.entity_id AND decided.op = ''remove''
        ),

        come AS (
            INSERT INTO serving.mirrored (entity_id, shown_until)
            SELECT decided.entity_id, decided.shown_until FROM decided WHERE decided.op = ''add''
        ),

        stayed AS (
            UPDATE serving.mirrored
            SET shown_until = decided.shown_until, content = decided.content
            FROM decided
            WHERE decided.entity_id = mirrored.entity_id AND decided.op IN (''update'', ''prolong'')
        )

        INSERT INTO serving.change (sequence, op, entity_id, entered_on)
        SELECT $2 + row_number() OVER (), decided.op, decided.entity_id, $1
        FROM decided
        WHERE decided.op IN (''add'', ''update'', ''remove'')',
        rows_from
    ) USING day, last.sequence;
    GET DIAGNOSTICS entered = ROW_COUNT;
    UPDATE serving.change_head SET sequence = last.sequence + entered;
    DELETE FROM serving.unentered;
    DELETE FROM serving.entering;
    RETURN entered;
END
$_$;

ALTER FUNCTION serving.enter_touched(rows_from regclass) OWNER TO owner;

--
-- Name: FUNCTION enter_touched(rows_from regclass); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.enter_touched(rows_from regclass) IS 'Enters into the feed how those whom the transaction touched differ from what the feed last said of them, by rows of a table like serving.entity_row; how many changes. Late in a transaction: others wait.';

--
-- Name: fill_next(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.fill_next() RETURNS void
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_custom_plan'
    SET enable_nestloop TO 'off'
    AS $$
DECLARE
    day constant date := (SELECT count_day.counted_on FROM serving.count_day);
BEGIN
    CREATE TABLE serving.entity_row_next (LIKE serving.entity_row INCLUDING CONSTRAINTS INCLUDING COMMENTS);
    CREATE TABLE serving.area_count_next (LIKE serving.area_count INCLUDING CONSTRAINTS INCLUDING COMMENTS);
    CREATE TABLE serving.court_count_next (LIKE serving.court_count INCLUDING CONSTRAINTS INCLUDING COMMENTS);
    INSERT INTO serving.entity_row_next SELECT timeline.* FROM serving.timeline(NULL) AS timeline;
    -- Once at the end, not by a trigger, which would keep a second copy of all rows.
    EXECUTE serving.area_counting('area_count_next', 'serving.entity_row_next') USING 1, day;
    EXECUTE serving.court_counting('court_count_next', 'serving.entity_row_next') USING 1, day;
END
$$;

ALTER FUNCTION serving.fill_next() OWNER TO owner;

--
-- Name: FUNCTION fill_next(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.fill_next() IS 'Fills new serving tables beside the live ones, in map order, without indexes.';

--
-- Name: fold_counts(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.fold_counts() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    -- Waits for whoever counts by the day that was, and lets nobody count by it until the new one is committed.
    PERFORM FROM serving.count_day FOR UPDATE;
    INSERT INTO serving.area_count (
        from_zoom, area_code, ground_mask, notice, person, person_by_county, company, organisation
    )
    SELECT
        from_zoom, area_code, coalesce(ground_mask, 0), coalesce(notice, false),
        sum(person), sum(person_by_county), sum(company), sum(organisation)
    FROM serving.area_change
    GROUP BY GROUPING SETS ((from_zoom, area_code, ground_mask, notice), (from_zoom, area_code));
    INSERT INTO serving.court_count (
        court_id, area_code, city_bubble_code, at_point, ground_mask, notice, person, company, organisation
    )
    SELECT court_id, area_code, city_bubble_code, at_point, ground_mask, notice, person, company, organisation
    FROM serving.court_change;
    UPDATE serving.count_day SET counted_on = serving.today();
    PERFORM serving.sum_counts('area_count', 'court_count');
    -- Past by the counted day, so the counts hold nothing of them.
    DELETE FROM serving.entity_row WHERE entity_row.shown_until <= serving.today();
END
$$;

ALTER FUNCTION serving.fold_counts() OWNER TO owner;

--
-- Name: FUNCTION fold_counts(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.fold_counts() IS 'Counts today, sums up, and drops rows of past days. Changes no answer; keeps the first tile after midnight as fast as the last before it.';

--
-- Name: follow_area(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.follow_area() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(entity.id)
        FROM after
        INNER JOIN before ON before.code = after.code
        INNER JOIN register.entity ON entity.area_code = after.code
        WHERE (before.name, before.city_bubble_code) IS DISTINCT FROM (after.name, after.city_bubble_code)
    ));
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.follow_area() OWNER TO owner;

--
-- Name: FUNCTION follow_area(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.follow_area() IS 'Keeps the serving rows of those in an area that is renamed or moves to another bubble.';

--
-- Name: follow_court(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.follow_court() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(DISTINCT listing.entity_id)
        FROM after
        INNER JOIN before ON before.id = after.id
        INNER JOIN register.listing ON listing.court_id = after.id
        WHERE before.name IS DISTINCT FROM after.name
    ));
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.follow_court() OWNER TO owner;

--
-- Name: FUNCTION follow_court(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.follow_court() IS 'Keeps the serving rows of those whom a renamed court has listed.';

--
-- Name: follow_entity(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.follow_entity() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(after.id)
        FROM after
        INNER JOIN before ON before.id = after.id
        WHERE before IS DISTINCT FROM after
    ));
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.follow_entity() OWNER TO owner;

--
-- Name: FUNCTION follow_entity(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.follow_entity() IS 'Keeps the serving rows of entities that a statement has changed.';

--
-- Name: follow_listing(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.follow_listing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM serving.note_touched((SELECT array_agg(DISTINCT changed.entity_id) FROM changed));
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.follow_listing() OWNER TO owner;

--
-- Name: FUNCTION follow_listing(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.follow_listing() IS 'Keeps the serving rows of those whose listings a statement has changed.';

--
-- Name: follow_listing_update(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.follow_listing_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM serving.note_touched((
        -- Of columns only those that serving.timeline() reads: a text that changes is read from the register itself.
        -- No join, whose plan for a first, small statement would be kept for large ones.
        SELECT array_agg(DISTINCT changed.entity_id)
        FROM (
            (
                SELECT id, entity_id, court_id, case_number, ground_mask, published_on, term_ends_on, state FROM before
                EXCEPT
                SELECT id, entity_id, court_id, case_number, ground_mask, published_on, term_ends_on, state FROM after
            )
            UNION ALL
            (
                SELECT id, entity_id, court_id, case_number, ground_mask, published_on, term_ends_on, state FROM after
                EXCEPT
                SELECT id, entity_id, court_id, case_number, ground_mask, published_on, term_ends_on, state FROM before
            )
        ) AS changed
    ));
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.follow_listing_update() OWNER TO owner;

--
-- Name: FUNCTION follow_listing_update(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.follow_listing_update() IS 'Keeps the serving rows of those whose listings a statement has changed, or given to somebody else.';

--
-- Name: follow_notice(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.follow_notice() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(DISTINCT listing.entity_id)
        FROM register.listing
        WHERE listing.id IN (SELECT changed.listing_id FROM changed)
    ));
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.follow_notice() OWNER TO owner;

--
-- Name: FUNCTION follow_notice(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.follow_notice() IS 'Keeps the serving rows of those whose notices a statement has changed.';

--
-- Name: follow_notice_update(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.follow_notice_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM serving.note_touched((
        SELECT array_agg(DISTINCT listing.entity_id)
        FROM register.listing
        WHERE listing.id IN (SELECT before.listing_id FROM before UNION SELECT after.listing_id FROM after)
    ));
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.follow_notice_update() OWNER TO owner;

--
-- Name: FUNCTION follow_notice_update(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.follow_notice_update() IS 'Keeps the serving rows of those whose notices a statement has changed, or moved to another listing.';

--
-- Name: follow_texts(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.follow_texts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM serving.note_change((
        -- what serving.mirror says beside what serving.follow_listing_update() looks at
        SELECT array_agg(DISTINCT changed.entity_id)
        FROM (
            SELECT
                id, entity_id, basis_issuer, basis_number, duty, performance, performed_part, unperformed_part,
                filed_on, corrected_on, corrected_field
            FROM after
            EXCEPT
            SELECT
                id, entity_id, basis_issuer, basis_number, duty, performance, performed_part, unperformed_part,
                filed_on, corrected_on, corrected_field
            FROM before
        ) AS changed
    ));
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.follow_texts() OWNER TO owner;

--
-- Name: FUNCTION follow_texts(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.follow_texts() IS 'Has those looked at whose listings say something else than before.';

--
-- Name: follow_truncate(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.follow_truncate() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM serving.entity_row;
    PERFORM serving.note_change((SELECT array_agg(mirrored.entity_id) FROM serving.mirrored));
    RETURN NULL;
END
$$;

ALTER FUNCTION serving.follow_truncate() OWNER TO owner;

--
-- Name: FUNCTION follow_truncate(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.follow_truncate() IS 'Empties the serving rows with the register.';

--
-- Name: grounds(smallint); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.grounds(ground_mask smallint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN concat_ws(','::text, CASE WHEN (((ground_mask)::integer & 1) > 0) THEN '1'::text ELSE NULL::text END, CASE WHEN (((ground_mask)::integer & 2) > 0) THEN '2'::text ELSE NULL::text END, CASE WHEN (((ground_mask)::integer & 4) > 0) THEN '3'::text ELSE NULL::text END, CASE WHEN (((ground_mask)::integer & 8) > 0) THEN '4'::text ELSE NULL::text END, CASE WHEN (((ground_mask)::integer & 16) > 0) THEN '5'::text ELSE NULL::text END, CASE WHEN (((ground_mask)::integer & 32) > 0) THEN '6'::text ELSE NULL::text END);

ALTER FUNCTION serving.grounds(ground_mask smallint) OWNER TO owner;

--
-- Name: FUNCTION grounds(ground_mask smallint); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.grounds(ground_mask smallint) IS 'The grounds of a mask with commas between them, e.g. 1,4 for 9.';

--
-- Name: index_next(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.index_next() RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    live record;
BEGIN
    FOR live IN
        SELECT pg_indexes.tablename, pg_indexes.indexname, pg_indexes.indexdef
        FROM pg_indexes
        WHERE
            pg_indexes.schemaname = 'serving'
            AND pg_indexes.tablename IN ('entity_row', 'area_count', 'court_count')
    LOOP
        EXECUTE replace(
            replace(live.indexdef, format(' %I ON ', live.indexname), format(' %I ON ', live.indexname || '_next')),
            format(' ON serving.%I ', live.tablename), format(' ON serving.%I ', live.tablename || '_next')
        );
    END LOOP;
    ANALYZE serving.entity_row_next, serving.area_count_next, serving.court_count_next;
END
$$;

ALTER FUNCTION serving.index_next() OWNER TO owner;

--
-- Name: FUNCTION index_next(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.index_next() IS 'Gives the new serving tables the indexes of the live ones, and statistics.';

--
-- Name: recipient; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.recipient (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    key_digest bytea NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT recipient_name_said CHECK ((name <> ''::text))
);

ALTER TABLE register.recipient OWNER TO owner;

--
-- Name: TABLE recipient; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.recipient IS 'Who may mirror the list. Never deleted, since the trail names them: who leaves has an end.';

--
-- Name: COLUMN recipient.key_digest; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.recipient.key_digest IS 'SHA-256 of a key of 256 random bits, which is shown once and kept nowhere.';

--
-- Name: is_recipient(bytea); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.is_recipient(given bytea) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    RETURN (EXISTS (SELECT FROM register.recipient WHERE ((recipient.key_digest = is_recipient.given) AND (recipient.ended_at IS NULL))));

ALTER FUNCTION serving.is_recipient(given bytea) OWNER TO owner;

--
-- Name: FUNCTION is_recipient(given bytea); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.is_recipient(given bytea) IS 'Whether a key with this digest may mirror the list now.';

--
-- Name: lock_for_swap(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.lock_for_swap() RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    FOR attempt IN 1..600 LOOP
        BEGIN
            -- Shorter than the server's wait for a deadlock: whoever gives way is never a reader.
            PERFORM set_config('lock_timeout', '50ms', true);
            LOCK TABLE
                serving.listed, serving.current_count, serving.current_court_count,
                serving.counted, serving.counted_by_court,
                serving.entity_row, serving.area_count, serving.court_count
            IN ACCESS EXCLUSIVE MODE;
            RETURN;
        EXCEPTION
            WHEN lock_not_available THEN
                PERFORM pg_sleep(0.1);
        END;
    END LOOP;
    RAISE EXCEPTION 'the serving tables are never free' USING ERRCODE = 'lock_not_available';
END
$$;

ALTER FUNCTION serving.lock_for_swap() OWNER TO owner;

--
-- Name: FUNCTION lock_for_swap(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.lock_for_swap() IS 'Locks what readers use, all or nothing: while a reader is in the way it lets go again, so that readers wait milliseconds.';

--
-- Name: names_among(boolean, text[], integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.names_among(of_people boolean, wanted text[], most integer) RETURNS SETOF text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
BEGIN
    RETURN QUERY
    SELECT ranked.folded
    FROM (
        SELECT known.folded
        FROM unnest(wanted) WITH ORDINALITY AS known (folded, place)
        INNER JOIN register.name ON name.is_person = of_people AND name.name_folded = known.folded
        ORDER BY known.place
    ) AS ranked
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = ranked.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
    LIMIT most;
END
$$;

ALTER FUNCTION serving.names_among(of_people boolean, wanted text[], most integer) OWNER TO owner;

--
-- Name: FUNCTION names_among(of_people boolean, wanted text[], most integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.names_among(of_people boolean, wanted text[], most integer) IS 'Those of some names that are listed today, in the order given, so many at most.';

--
-- Name: names_around(boolean, text, text[], text, double precision, text, integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.names_around(of_people boolean, part text, pairs text[], brand text, from_score double precision, from_name text, most integer) RETURNS TABLE(name_folded text, score double precision)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
    behind_first constant double precision := serving.contains_score('?' || part, part, false);
    telling text [];
    step record;
    given integer := 0;
    added integer;
BEGIN
    IF register.are_common(of_people, pairs) THEN
        RETURN QUERY SELECT NULL::text, NULL::double precision;
        RETURN;
    END IF;
    telling := register.telling(of_people, pairs, 2);
    IF of_people AND from_score >= behind_first THEN
        RETURN QUERY
        SELECT found.folded, behind_first
        FROM register.names_given(part, CASE WHEN from_score = behind_first THEN from_name ELSE '' END, most)
            AS found (folded);
        GET DIAGNOSTICS given = ROW_COUNT;
    END IF;
    FOR step IN
        SELECT range.lengths, range.ways
        FROM register.contains_steps(of_people, part, brand, telling) AS range
        -- whose least score is above the place to go on from has nothing behind it
        WHERE range.least_score <= from_score
        ORDER BY range.number
    LOOP
        EXIT WHEN given >= most;
        RETURN QUERY
        SELECT ranked.folded, ranked.score
        FROM register.names_ranked(
            of_people, part, brand, telling, step.lengths, step.ways, from_score, from_name, most - given
        ) AS ranked;
        GET DIAGNOSTICS added = ROW_COUNT;
        given := given + added;
    END LOOP;
END
$$;

ALTER FUNCTION serving.names_around(of_people boolean, part text, pairs text[], brand text, from_score double precision, from_name text, most integer) OWNER TO owner;

--
-- Name: FUNCTION names_around(of_people boolean, part text, pairs text[], brand text, from_score double precision, from_name text, most integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.names_around(of_people boolean, part text, pairs text[], brand text, from_score double precision, from_name text, most integer) IS 'Names listed today that contain a text and do not begin with it, best first, from a score and name on, so many at most. One row of NULLs where every pair of its characters is common: names_walked finds those.';

--
-- Name: names_one_off(boolean, text[], text, text, text, integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.names_one_off(of_people boolean, pairs text[], start text, rest text, alike text, most integer) RETURNS SETOF text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
    -- more share no two characters but those of legal forms
    looked_at constant integer := 3000;
    found text [];
BEGIN
    found := CASE
        WHEN of_people AND rest = '' THEN register.names_beginning(start, looked_at)
        WHEN of_people AND start = '' THEN register.names_ending(rest, looked_at)
        ELSE register.names_open(of_people, pairs, start, rest, looked_at)
    END;
    RETURN QUERY
    SELECT ranked.folded
    FROM (
        SELECT one.folded
        FROM unnest(found) AS one (folded)
        ORDER BY nullif(strpos(alike, substr(one.folded, char_length(start) + 1, 1)), 0)
    ) AS ranked
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = ranked.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
    LIMIT most;
END
$$;

ALTER FUNCTION serving.names_one_off(of_people boolean, pairs text[], start text, rest text, alike text, most integer) OWNER TO owner;

--
-- Name: FUNCTION names_one_off(of_people boolean, pairs text[], start text, rest text, alike text, most integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.names_one_off(of_people boolean, pairs text[], start text, rest text, alike text, most integer) IS 'Names listed today that are one text, any character, and another text: those with the likeliest characters there first, so many at most. The pairs must follow from the texts.';

--
-- Name: names_walked(boolean, text, text, integer, integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.names_walked(of_people boolean, part text, from_name text, most integer, walked integer) RETURNS TABLE(name_folded text, is_found boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
    steps text [] := ARRAY(
        SELECT name.name_folded
        FROM register.name
        WHERE name.is_person = of_people AND name.name_folded >= from_name
        ORDER BY name.name_folded
        LIMIT walked
    );
    given integer;
BEGIN
    RETURN QUERY
    SELECT fitting.folded, true
    FROM (
        SELECT step.folded, step.place
        FROM unnest(steps) WITH ORDINALITY AS step (folded, place)
        WHERE serving.contains(step.folded, part, of_people) AND NOT starts_with(step.folded, part)
        ORDER BY step.place
    ) AS fitting
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = fitting.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
    LIMIT most;
    GET DIAGNOSTICS given = ROW_COUNT;
    IF given < most AND cardinality(steps) = walked THEN
        -- where to go on: the last name that may be told
        RETURN QUERY
        SELECT passed.folded, false
        FROM (
            SELECT step.folded
            FROM unnest(steps) WITH ORDINALITY AS step (folded, place)
            ORDER BY step.place DESC
        ) AS passed
        CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = passed.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne
        LIMIT 1;
    END IF;
END
$$;

ALTER FUNCTION serving.names_walked(of_people boolean, part text, from_name text, most integer, walked integer) OWNER TO owner;

--
-- Name: FUNCTION names_walked(of_people boolean, part text, from_name text, most integer, walked integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.names_walked(of_people boolean, part text, from_name text, most integer, walked integer) IS 'Names listed today that contain a text, found by walking the names in order from one on, for texts that many names contain; where the walk ends without so many, its last name, not found.';

--
-- Name: names_with_any(boolean, text[], integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.names_with_any(of_people boolean, wanted text[], most integer) RETURNS SETOF text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
BEGIN
    RETURN QUERY
    SELECT found.folded
    FROM unnest(register.names_with_any(of_people, wanted, most)) AS found (folded)
    CROSS JOIN
        LATERAL (
            SELECT
            FROM serving.bearer
            WHERE bearer.name_folded = found.folded AND bearer.is_person = of_people
            LIMIT 1
        ) AS borne;
END
$$;

ALTER FUNCTION serving.names_with_any(of_people boolean, wanted text[], most integer) OWNER TO owner;

--
-- Name: FUNCTION names_with_any(of_people boolean, wanted text[], most integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.names_with_any(of_people boolean, wanted text[], most integer) IS 'Names of people or of bodies listed today that have at least one of the keys, in no stated order; at most so many are looked at.';

--
-- Name: note_change(uuid[]); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.note_change(ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO serving.unentered (entity_id) SELECT unnest(ids);
    IF FOUND AND NOT EXISTS (SELECT FROM serving.entering) THEN
        INSERT INTO serving.entering (asked) VALUES (true);
    END IF;
END
$$;

ALTER FUNCTION serving.note_change(ids uuid[]) OWNER TO owner;

--
-- Name: FUNCTION note_change(ids uuid[]); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.note_change(ids uuid[]) IS 'Has these entities looked at when the transaction commits.';

--
-- Name: note_touched(uuid[]); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.note_touched(ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF ids IS NULL THEN
        RETURN;
    END IF;
    IF current_setting('listings.bulk', true) = 'on' THEN
        INSERT INTO serving.touched (entity_id) SELECT unnest(ids);
    ELSE
        PERFORM serving.refresh(ids);
    END IF;
    PERFORM serving.note_change(ids);
END
$$;

ALTER FUNCTION serving.note_touched(ids uuid[]) OWNER TO owner;

--
-- Name: FUNCTION note_touched(ids uuid[]); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.note_touched(ids uuid[]) IS 'Refreshes these entities, at once or, within a bulk change, at its end.';

--
-- Name: prune_changes(integer); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.prune_changes(kept_days integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    last_old bigint;
    pruned bigint;
BEGIN
    PERFORM FROM serving.change_head FOR UPDATE;
    SELECT max(change.sequence) INTO last_old
    FROM serving.change
    WHERE change.entered_on < serving.today() - kept_days;
    DELETE FROM serving.change WHERE change.sequence <= last_old;
    GET DIAGNOSTICS pruned = ROW_COUNT;
    UPDATE serving.change_head SET pruned_to = greatest(pruned_to, last_old);
    RETURN pruned;
END
$$;

ALTER FUNCTION serving.prune_changes(kept_days integer) OWNER TO owner;

--
-- Name: FUNCTION prune_changes(kept_days integer); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.prune_changes(kept_days integer) IS 'Forgets changes entered more than so many days ago; how many. Whoever has not read them must begin anew.';

--
-- Name: rebuild(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.rebuild() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET work_mem TO '128MB'
    SET maintenance_work_mem TO '256MB'
    SET enable_nestloop TO 'off'
    AS $$
BEGIN
    -- Readers go on; writers wait until the swap, since what they wrote meanwhile would be lost.
    LOCK TABLE
        register.area, register.court, register.entity, register.listing, register.notice IN SHARE ROW EXCLUSIVE MODE;
    UPDATE serving.count_day SET counted_on = serving.today();
    PERFORM serving.fill_next();
    PERFORM serving.index_next();
    DELETE FROM serving.touched;
    PERFORM set_config('listings.bulk', 'off', true);
    -- Here and not at the commit, since readers wait from the swap on.
    PERFORM serving.enter_touched('serving.entity_row_next');
    PERFORM serving.swap_next();
END
$$;

ALTER FUNCTION serving.rebuild() OWNER TO owner;

--
-- Name: FUNCTION rebuild(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.rebuild() IS 'Builds the serving tables anew beside the live ones and swaps them, as the last thing in its transaction: readers wait milliseconds.';

--
-- Name: recent_spans(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.recent_spans() RETURNS TABLE(area_code text, change text, days daterange)
    LANGUAGE sql STABLE
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
    -- the days that have somebody's publication in their last 30
    WITH came AS (
        SELECT listing.entity_id, range_agg(daterange(listing.published_on, listing.published_on + 30)) AS days
        FROM register.listing
        WHERE
            listing.published_on > serving.today() - 30
            AND listing.published_on <= serving.today() + 30
        GROUP BY listing.entity_id
    ),

    -- the days that have the end of one of somebody's listings in their last 30
    went AS (
        SELECT
            listing.entity_id,
            range_agg(
                daterange(
                    least(listing.ended_on, listing.term_ends_on + 1),
                    least(listing.ended_on, listing.term_ends_on + 1) + 30
                )
            ) AS days
        FROM register.listing
        WHERE
            least(listing.ended_on, listing.term_ends_on + 1) > serving.today() - 30
            AND least(listing.ended_on, listing.term_ends_on + 1) <= serving.today() + 30
        GROUP BY listing.entity_id
    ),

    -- the days on which those are listed all the same
    still AS (
        SELECT listing.entity_id, range_agg(daterange(listing.published_on, listing.term_ends_on, '[]')) AS days
        FROM register.listing
        INNER JOIN went ON went.entity_id = listing.entity_id
        WHERE
            listing.state = 'published'
            AND (listing.term_ends_on IS NULL OR listing.term_ends_on >= listing.published_on)
        GROUP BY listing.entity_id
    )

    SELECT entity.area_code, 'added', unnest(came.days)
    FROM came
    INNER JOIN register.entity ON entity.id = came.entity_id
    UNION ALL
    SELECT entity.area_code, 'removed', unnest(went.days - coalesce(still.days, '{}'))
    FROM went
    INNER JOIN register.entity ON entity.id = went.entity_id
    LEFT JOIN still ON still.entity_id = went.entity_id
$$;

ALTER FUNCTION serving.recent_spans() OWNER TO owner;

--
-- Name: FUNCTION recent_spans(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.recent_spans() IS 'For each entity the stretches of days on which it counts as added, and as removed, as far as the register says it for today and the 30 days to come.';

--
-- Name: refresh(uuid[]); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.refresh(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
BEGIN
    -- Whoever changes the same entity waits here, and then sees what this transaction has written.
    PERFORM FROM register.entity WHERE entity.id = ANY(ids) ORDER BY entity.id FOR NO KEY UPDATE;
    DELETE FROM serving.entity_row WHERE entity_row.entity_id = ANY(ids);
    INSERT INTO serving.entity_row SELECT timeline.* FROM serving.timeline(ids);
END
$$;

ALTER FUNCTION serving.refresh(ids uuid[]) OWNER TO owner;

--
-- Name: FUNCTION refresh(ids uuid[]); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.refresh(ids uuid[]) IS 'Writes the serving rows of these entities anew.';

--
-- Name: refresh_touched(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.refresh_touched() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    AS $$
DECLARE
    batch constant integer := 20000;  -- keeps the arrays and sorts of one batch in memory
    refreshed bigint := 0;
    ids uuid [];
BEGIN
    PERFORM set_config('listings.bulk', 'off', true);
    FOR ids IN
        SELECT array_agg(numbered.id)
        FROM (
            SELECT id, row_number() OVER (ORDER BY entity.tile_key, entity.area_code) / batch AS number
            FROM (SELECT DISTINCT touched.entity_id AS id FROM serving.touched) AS entity_id
            LEFT JOIN register.entity USING (id)
        ) AS numbered
        GROUP BY numbered.number
        ORDER BY numbered.number
    LOOP
        PERFORM serving.refresh(ids);
        refreshed := refreshed + cardinality(ids);
    END LOOP;
    DELETE FROM serving.touched;
    RETURN refreshed;
END
$$;

ALTER FUNCTION serving.refresh_touched() OWNER TO owner;

--
-- Name: FUNCTION refresh_touched(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.refresh_touched() IS 'Refreshes in map order whom a bulk change touched; how many that were.';

--
-- Name: self_check(uuid, bytea[], bytea); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.self_check(checked_court uuid, identities bytea[], key_check bytea, OUT court_known boolean, OUT key_fits boolean, OUT comparable bigint, OUT total bigint, OUT found uuid[]) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT
        EXISTS (SELECT FROM register.court WHERE court.id = checked_court),
        NOT EXISTS (SELECT FROM register.installation WHERE installation.identity_key_check <> key_check),
        counted.comparable,
        counted.total,
        ARRAY(
            SELECT entity.id
            FROM register.entity
            WHERE
                entity.identity_key = ANY(identities)
                AND entity.kind = 'person'
                AND entity.has_identifier
                AND EXISTS (
                    SELECT FROM serving.current_listing AS listing
                    WHERE listing.entity_id = entity.id AND listing.court_id = checked_court
                )
            ORDER BY entity.id
        )
    FROM serving.self_check_counts(checked_court) AS counted;
$$;

ALTER FUNCTION serving.self_check(checked_court uuid, identities bytea[], key_check bytea, OUT court_known boolean, OUT key_fits boolean, OUT comparable bigint, OUT total bigint, OUT found uuid[]) OWNER TO owner;

--
-- Name: FUNCTION self_check(checked_court uuid, identities bytea[], key_check bytea, OUT court_known boolean, OUT key_fits boolean, OUT comparable bigint, OUT total bigint, OUT found uuid[]); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.self_check(checked_court uuid, identities bytea[], key_check bytea, OUT court_known boolean, OUT key_fits boolean, OUT comparable bigint, OUT total bigint, OUT found uuid[]) IS 'Who of a court''s current listings bears one of these identity hashes, and of how many that can be said. One row whatever is found. The only way from a hash to an entity, and closed to the public role. key_fits is false where the hashes were made with another key than the register''s, so that nothing could ever be found.';

--
-- Name: self_check_counts(uuid); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.self_check_counts(checked_court uuid, OUT comparable bigint, OUT total bigint) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT count(*) FILTER (WHERE entity.has_identifier), count(*)
    FROM serving.current_listing AS listing
    INNER JOIN register.entity ON entity.id = listing.entity_id
    WHERE listing.court_id = checked_court AND entity.kind = 'person';
$$;

ALTER FUNCTION serving.self_check_counts(checked_court uuid, OUT comparable bigint, OUT total bigint) OWNER TO owner;

--
-- Name: FUNCTION self_check_counts(checked_court uuid, OUT comparable bigint, OUT total bigint); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.self_check_counts(checked_court uuid, OUT comparable bigint, OUT total bigint) IS 'Of a court''s current listings of people: how many there are, and how many hold an official mask that a self-check can compare.';

--
-- Name: sum_counts(text, text); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.sum_counts(area_counts text, court_counts text) RETURNS void
    LANGUAGE plpgsql
    AS $_$
DECLARE
    counts record;
BEGIN
    FOR counts IN
        SELECT known.name, known.keys, known.sums, known.numbers
        FROM (
            VALUES
            (
                area_counts, 'from_zoom, area_code, ground_mask, notice',
                'sum(person), sum(person_by_county), sum(company), sum(organisation)',
                'person, person_by_county, company, organisation'
            ),
            (
                court_counts, 'court_id, area_code, city_bubble_code, at_point, ground_mask, notice',
                'sum(person), sum(company), sum(organisation)', 'person, company, organisation'
            )
        ) AS known (name, keys, sums, numbers)
    LOOP
        EXECUTE format(
            'WITH repeated AS (SELECT %2$s FROM serving.%1$I GROUP BY %2$s HAVING count(*) > 1),
            taken AS (DELETE FROM serving.%1$I WHERE (%2$s) IN (SELECT * FROM repeated) RETURNING *)
            INSERT INTO serving.%1$I (%2$s, %4$s)
            SELECT %2$s, %3$s FROM taken GROUP BY %2$s HAVING (%3$s) <> (%5$s) ORDER BY %2$s',
            counts.name, counts.keys, counts.sums, counts.numbers, regexp_replace(counts.sums, 'sum\(\w+\)', '0', 'g')
        );
    END LOOP;
END
$_$;

ALTER FUNCTION serving.sum_counts(area_counts text, court_counts text) OWNER TO owner;

--
-- Name: FUNCTION sum_counts(area_counts text, court_counts text); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.sum_counts(area_counts text, court_counts text) IS 'Sums up the numbers in tables like serving.area_count and serving.court_count, one row a key; changes no sum.';

--
-- Name: entity; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.entity (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    identity_key bytea NOT NULL,
    has_identifier boolean NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL COLLATE pg_catalog."C",
    sex text,
    age_band text,
    uscc text COLLATE pg_catalog."C",
    representative text,
    registered_address text,
    area_code text NOT NULL COLLATE pg_catalog."C",
    placed_by text NOT NULL,
    point public.geometry(Point,4326),
    tile_key bigint,
    source text NOT NULL,
    deceased_on date,
    minor_noted_on date,
    adult_noted_on date,
    CONSTRAINT entity_address_only_with_point CHECK (((registered_address IS NULL) OR (point IS NOT NULL))),
    CONSTRAINT entity_age_band_form CHECK ((age_band ~ '^[0-9]{2}-[0-9]{2}$|^90\+$'::text)),
    CONSTRAINT entity_kind_known CHECK ((kind = ANY (ARRAY['person'::text, 'company'::text, 'organisation'::text]))),
    CONSTRAINT entity_person_without_place CHECK (((kind <> 'person'::text) OR ((point IS NULL) AND (registered_address IS NULL) AND (uscc IS NULL) AND (representative IS NULL)))),
    CONSTRAINT entity_placed_by_known CHECK ((placed_by = ANY (ARRAY['registered_address'::text, 'county'::text, 'court_area'::text]))),
    CONSTRAINT entity_point_only_by_address CHECK (((placed_by = 'registered_address'::text) = (point IS NOT NULL))),
    CONSTRAINT entity_sex_and_age_of_people CHECK (((kind = 'person'::text) OR ((sex IS NULL) AND (age_band IS NULL)))),
    CONSTRAINT entity_sex_known CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text]))),
    CONSTRAINT entity_source_known CHECK ((source = ANY (ARRAY['demo'::text, 'court'::text]))),
    CONSTRAINT entity_tile_key_with_point CHECK (((tile_key IS NULL) = (point IS NULL)))
);

ALTER TABLE register.entity OWNER TO owner;

--
-- Name: TABLE entity; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.entity IS 'Who is listed (失信被执行人): a person, a company or another organisation.';

--
-- Name: COLUMN entity.identity_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.identity_key IS 'Keyed hash of source, kind, folded name and identifier (mask or code); without an identifier, of court and case instead, since names are not identities. No part of an ID number is stored.';

--
-- Name: COLUMN entity.has_identifier; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.has_identifier IS 'Whether the file held an identifier that holds across courts: of a person the official mask, which a self-check can compare.';

--
-- Name: COLUMN entity.age_band; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.age_band IS 'Ten-year band of the age at publication; never recomputed: a band that flips gives a birthday away.';

--
-- Name: COLUMN entity.tile_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.tile_key IS 'Morton code of the web-mercator cell of point at zoom 21 (42 bits, x in the even bits).';

--
-- Name: COLUMN entity.deceased_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.deceased_on IS 'Day on which the listed person died, as the court has verified it; nothing of theirs is shown from then on until the court decides.';

--
-- Name: COLUMN entity.minor_noted_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.minor_noted_on IS 'Day on which a court found that this person is under 18; while it stands, nothing of theirs is ever shown. No birth date is kept.';

--
-- Name: COLUMN entity.adult_noted_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.entity.adult_noted_on IS 'Day on which a court found that somebody whose listing was withdrawn as a minor''s is of age, or never was a minor; no birth date is kept.';

--
-- Name: summary(register.entity, text, text, text, smallint, date, boolean); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.summary(entity register.entity, area_name text, court_names text, case_numbers text, ground_mask smallint, published_on date, notice boolean) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN concat('{"id":"', (entity).id, '","kind":"', (entity).kind, '","name":', to_json((entity).name), ',"sex":', COALESCE((to_json((entity).sex))::text, 'null'::text), ',"age_band":', COALESCE((to_json((entity).age_band))::text, 'null'::text), ',"area":{"code":"', (entity).area_code, '","name":', to_json(area_name), '},"placed_by":"', (entity).placed_by, '","courts":', court_names, ',"case_numbers":', case_numbers, ',"grounds":[', serving.grounds(ground_mask), '],"published_on":"', published_on, '","notice":', CASE WHEN notice THEN 'true'::text ELSE 'false'::text END, ',"source":"', (entity).source, '","as_of":');

ALTER FUNCTION serving.summary(entity register.entity, area_name text, court_names text, case_numbers text, ground_mask smallint, published_on date, notice boolean) OWNER TO owner;

--
-- Name: FUNCTION summary(entity register.entity, area_name text, court_names text, case_numbers text, ground_mask smallint, published_on date, notice boolean); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.summary(entity register.entity, area_name text, court_names text, case_numbers text, ground_mask smallint, published_on date, notice boolean) IS 'The public summary of an entity as JSON text, its keys in the contract''s order, to be completed with as_of. Courts and case numbers are given as JSON arrays.';

--
-- Name: swap_next(); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.swap_next() RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    live record;
    views text [];
    definition text;
BEGIN
    SELECT array_agg(
        DISTINCT format('CREATE OR REPLACE VIEW %s AS %s', pg_rewrite.ev_class::regclass, pg_get_viewdef(pg_rewrite.ev_class))
    )
    INTO views
    FROM pg_depend
    INNER JOIN pg_rewrite ON pg_rewrite.oid = pg_depend.objid AND pg_depend.classid = 'pg_rewrite'::regclass
    WHERE
        pg_depend.refobjid IN (
            'serving.entity_row'::regclass, 'serving.area_count'::regclass, 'serving.court_count'::regclass
        );
    PERFORM serving.lock_for_swap();
    FOR live IN SELECT * FROM unnest(ARRAY['entity_row', 'area_count', 'court_count']) AS known (name) LOOP
        EXECUTE format(
            'COMMENT ON TABLE serving.%I IS %L',
            live.name || '_next', obj_description(format('serving.%I', live.name)::regclass, 'pg_class')
        );
        EXECUTE format('ALTER TABLE serving.%I RENAME TO %I', live.name, live.name || '_last');
        EXECUTE format('ALTER TABLE serving.%I RENAME TO %I', live.name || '_next', live.name);
    END LOOP;
    FOREACH definition IN ARRAY views LOOP
        EXECUTE definition;
    END LOOP;
    DROP TABLE serving.entity_row_last, serving.area_count_last, serving.court_count_last;
    FOR live IN
        SELECT pg_indexes.indexname FROM pg_indexes
        WHERE pg_indexes.schemaname = 'serving' AND pg_indexes.indexname LIKE '%\_next'
    LOOP
        EXECUTE format('ALTER INDEX serving.%I RENAME TO %I', live.indexname, left(live.indexname, -5));
    END LOOP;
    CREATE TRIGGER count_insert AFTER INSERT ON serving.entity_row
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.count_rows();
    CREATE TRIGGER count_delete AFTER DELETE ON serving.entity_row
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.count_rows();
END
$$;

ALTER FUNCTION serving.swap_next() OWNER TO owner;

--
-- Name: FUNCTION swap_next(); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.swap_next() IS 'Puts the new serving tables in the place of the live ones, under the views, which keep their rights.';

--
-- Name: timeline(uuid[]); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.timeline(ids uuid[]) RETURNS TABLE(entity_id uuid, shown_from date, shown_until date, kind text, area_code text, city_bubble_code text, placed_by text, tile_key bigint, point public.geometry, ground_mask smallint, notice boolean, published_on date, courts uuid[], court_masks smallint[], name text, source text, summary text)
    LANGUAGE sql STABLE
    AS $$
    -- listings that are public today or will be; nearly everybody has one without a notice, which is one stretch
    WITH listed AS MATERIALIZED (
        SELECT
            listing.id, listing.entity_id, listing.court_id, listing.case_number, listing.ground_mask,
            listing.published_on AS begins_on, coalesce(listing.term_ends_on + 1, 'infinity') AS gone_on,
            count(*) OVER of_entity = 1
            AND NOT bool_or(
                EXISTS (SELECT FROM register.announced_notice AS notice WHERE notice.listing_id = listing.id)
            ) OVER of_entity AS alone
        FROM register.listing
        WHERE
            (ids IS NULL OR listing.entity_id = ANY(ids))
            AND listing.state = 'published'
            AND (listing.term_ends_on IS NULL OR listing.term_ends_on >= (SELECT serving.today()))
        WINDOW of_entity AS (PARTITION BY listing.entity_id)
    ),

    together AS MATERIALIZED (
        SELECT id, entity_id, court_id, case_number, ground_mask, begins_on, gone_on
        FROM listed
        WHERE NOT alone
    ),

    -- their reward notices, each no longer than its listing
    announced AS (
        SELECT
            together.entity_id, greatest(notice.published_on, together.begins_on) AS begins_on,
            least(notice.ends_on + 1, together.gone_on) AS gone_on
        FROM register.announced_notice AS notice
        INNER JOIN together ON together.id = notice.listing_id
    ),

    -- the days on which something begins or is gone
    turning_point AS (
        SELECT together.entity_id, together.begins_on AS day FROM together
        UNION
        SELECT together.entity_id, together.gone_on FROM together
        UNION
        SELECT announced.entity_id, announced.begins_on FROM announced
        UNION
        SELECT announced.entity_id, announced.gone_on FROM announced
    ),

    span AS (
        SELECT
            turning_point.entity_id, turning_point.day AS shown_from,
            lead(turning_point.day) OVER (
                PARTITION BY turning_point.entity_id ORDER BY turning_point.day
            ) AS shown_until
        FROM turning_point
    ),

    noticed AS (
        SELECT DISTINCT span.entity_id, span.shown_from
        FROM span
        INNER JOIN announced
            ON announced.entity_id = span.entity_id
            AND announced.begins_on <= span.shown_from
            AND announced.gone_on > span.shown_from
    ),

    -- every span with what its listings say together, newest first
    said AS (
        SELECT
            said.entity_id, said.shown_from, said.shown_until,
            bit_or(said.ground_mask) AS ground_mask,
            max(said.begins_on) AS published_on,
            array_agg(said.court_id) AS courts,
            array_agg(said.ground_mask) AS court_masks,
            serving.unrepeated(array_agg(said.court_name))::text AS court_names,
            serving.unrepeated(array_agg(said.case_number))::text AS case_numbers
        FROM (
            SELECT
                span.entity_id, span.shown_from, span.shown_until, together.ground_mask, together.begins_on,
                together.court_id, together.case_number, court.name AS court_name
            FROM span
            INNER JOIN together
                ON together.entity_id = span.entity_id
                AND together.begins_on <= span.shown_from
                AND together.gone_on > span.shown_from
            INNER JOIN register.court ON court.id = together.court_id
            WHERE span.shown_until > (SELECT serving.today())
            ORDER BY span.entity_id, span.shown_from, span.shown_until, together.begins_on DESC, together.id
        ) AS said
        GROUP BY said.entity_id, said.shown_from, said.shown_until
    ),

    shown AS (
        SELECT
            listed.entity_id, listed.begins_on AS shown_from, listed.gone_on AS shown_until,
            listed.ground_mask, false AS notice, listed.begins_on AS published_on,
            ARRAY[listed.court_id] AS courts, ARRAY[listed.ground_mask] AS court_masks,
            concat('[', to_json(court.name), ']') AS court_names,
            concat('[', to_json(listed.case_number), ']') AS case_numbers
        FROM listed
        INNER JOIN register.court ON court.id = listed.court_id
        WHERE listed.alone AND listed.begins_on < listed.gone_on
        UNION ALL
        SELECT
            said.entity_id, said.shown_from, said.shown_until, said.ground_mask, noticed.entity_id IS NOT NULL,
            said.published_on, said.courts, said.court_masks, said.court_names, said.case_numbers
        FROM said
        LEFT JOIN noticed ON noticed.entity_id = said.entity_id AND noticed.shown_from = said.shown_from
    )

    SELECT
        shown.entity_id, shown.shown_from, shown.shown_until, entity.kind, entity.area_code, area.city_bubble_code,
        entity.placed_by, entity.tile_key, entity.point, shown.ground_mask, shown.notice, shown.published_on,
        shown.courts, shown.court_masks, entity.name, entity.source,
        serving.summary(
            entity, area.name, shown.court_names, shown.case_numbers,
            shown.ground_mask, shown.published_on, shown.notice
        )
    FROM shown
    INNER JOIN register.entity ON entity.id = shown.entity_id
    INNER JOIN register.area ON area.code = entity.area_code
    ORDER BY entity.tile_key, entity.area_code, shown.published_on DESC
$$;

ALTER FUNCTION serving.timeline(ids uuid[]) OWNER TO owner;

--
-- Name: FUNCTION timeline(ids uuid[]); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.timeline(ids uuid[]) IS 'The rows of serving.entity_row that the register means for these entities, or for all where ids is NULL, from today on, in map order. Written so that the planner can see the number of ids.';

--
-- Name: unrepeated(text[]); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.unrepeated(texts text[]) RETURNS json
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT json_agg(entry.text ORDER BY entry.place) AS json_agg FROM (SELECT said.text, min(said.place) AS place FROM unnest(unrepeated.texts) WITH ORDINALITY said(text, place) GROUP BY said.text) entry);

ALTER FUNCTION serving.unrepeated(texts text[]) OWNER TO owner;

--
-- Name: FUNCTION unrepeated(texts text[]); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.unrepeated(texts text[]) IS 'A JSON array of texts in their order, each once.';

--
-- Name: working_days_left(date); Type: FUNCTION; Schema: serving; Owner: owner
--

CREATE FUNCTION serving.working_days_left(due_on date) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN register.working_days_left(due_on);

ALTER FUNCTION serving.working_days_left(due_on date) OWNER TO owner;

--
-- Name: FUNCTION working_days_left(due_on date); Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON FUNCTION serving.working_days_left(due_on date) IS 'Working days after today up to and with a day: 0 on the day itself, NULL behind it and where no clock runs.';

--
-- Name: chain(bytea); Type: AGGREGATE; Schema: audit; Owner: audit_owner
--

CREATE AGGREGATE audit.chain(bytea) (
    SFUNC = audit.joined,
    STYPE = bytea
);

ALTER AGGREGATE audit.chain(bytea) OWNER TO audit_owner;

--
-- Name: AGGREGATE chain(bytea); Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON AGGREGATE audit.chain(bytea) IS 'The digest behind a first digest and the links that follow it, in the order of the window.';

--
-- Name: body; Type: TABLE; Schema: audit; Owner: audit_owner
--

CREATE TABLE audit.body (
    sequence bigint NOT NULL,
    salt bytea NOT NULL,
    content text NOT NULL
);

ALTER TABLE ONLY audit.body FORCE ROW LEVEL SECURITY;

ALTER TABLE audit.body OWNER TO audit_owner;

--
-- Name: TABLE body; Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON TABLE audit.body IS 'What an entry says, as JSON text. Erased together with its salt, so that its digest cannot be matched by guessing.';

--
-- Name: entry; Type: TABLE; Schema: audit; Owner: audit_owner
--

CREATE TABLE audit.entry (
    sequence bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    court_id uuid,
    action text NOT NULL,
    body_digest bytea NOT NULL,
    digest bytea NOT NULL
);

ALTER TABLE ONLY audit.entry FORCE ROW LEVEL SECURITY;

ALTER TABLE audit.entry OWNER TO audit_owner;

--
-- Name: TABLE entry; Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON TABLE audit.entry IS 'One link a change of state. Holds nothing personal: who and why stand in audit.body, which can be erased without breaking the chain.';

--
-- Name: COLUMN entry.body_digest; Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON COLUMN audit.entry.body_digest IS 'SHA-256 of the body''s salt and text.';

--
-- Name: COLUMN entry.digest; Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON COLUMN audit.entry.digest IS 'SHA-256 of the digest before and of this entry''s link: sequence and microseconds since 1970 as 8 bytes each, the court''s 16 bytes or zeros, the SHA-256 of the action, body_digest.';

--
-- Name: head; Type: TABLE; Schema: audit; Owner: audit_owner
--

CREATE TABLE audit.head (
    only_row boolean DEFAULT true NOT NULL,
    sequence bigint NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT head_one_row CHECK (only_row)
);

ALTER TABLE audit.head OWNER TO audit_owner;

--
-- Name: TABLE head; Type: COMMENT; Schema: audit; Owner: audit_owner
--

COMMENT ON TABLE audit.head IS 'The last link. Signed and kept outside the database, since whoever can cut the chain can also move this.';

--
-- Name: announced_notice; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.announced_notice AS
 SELECT notice.id,
    notice.listing_id,
    notice.court_id,
    notice.source,
    notice.kind,
    notice.basis,
    notice.amount,
    notice.percent,
    notice.cap,
    notice.funder,
    notice.how_to_claim,
    notice.published_on,
    notice.ends_on
   FROM register.notice
  WHERE (notice.state = 'published'::text);

ALTER TABLE register.announced_notice OWNER TO owner;

--
-- Name: VIEW announced_notice; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.announced_notice IS 'Notices that are published, before, on and after their days: the only ones that anything public is made from.';

--
-- Name: approval; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.approval (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    court_id uuid NOT NULL,
    kind text NOT NULL,
    subject uuid,
    title text NOT NULL,
    request jsonb NOT NULL,
    differences jsonb NOT NULL,
    count integer DEFAULT 1 NOT NULL,
    reason text NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    due_on date,
    state text DEFAULT 'waiting'::text NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    answer text,
    put_aside_at timestamp with time zone,
    CONSTRAINT approval_count_positive CHECK ((count > 0)),
    CONSTRAINT approval_decided_whole CHECK ((((state = 'waiting'::text) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (decided_at IS NULL)))),
    CONSTRAINT approval_put_aside_was_sent_back CHECK (((put_aside_at IS NULL) OR (state = 'sent_back'::text))),
    CONSTRAINT approval_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT approval_sent_back_says_why CHECK (((state <> 'sent_back'::text) OR (answer IS NOT NULL))),
    CONSTRAINT approval_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'sent_back'::text, 'taken_back'::text]))),
    CONSTRAINT approval_two_officers CHECK (((state = 'taken_back'::text) OR (decided_by <> asked_by)))
);

ALTER TABLE ONLY register.approval FORCE ROW LEVEL SECURITY;

ALTER TABLE register.approval OWNER TO owner;

--
-- Name: TABLE approval; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.approval IS 'What an officer prepared and another must sign. Nothing of it is done before it is approved.';

--
-- Name: COLUMN approval.kind; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.approval.kind IS 'Which step, e.g. listing.withdraw; names the code that does it.';

--
-- Name: COLUMN approval.subject; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.approval.subject IS 'The listing, notice, file, claim … it is about, where it is about one.';

--
-- Name: COLUMN approval.title; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.approval.title IS 'One line that says what would be done.';

--
-- Name: COLUMN approval.request; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.approval.request IS 'What the step needs in order to be done.';

--
-- Name: COLUMN approval.differences; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.approval.differences IS 'What the approver signs: a list of {what, before, after}.';

--
-- Name: COLUMN approval.count; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.approval.count IS 'How many records it changes; more than one must be typed in to approve.';

--
-- Name: COLUMN approval.due_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.approval.due_on IS 'The legal clock that runs meanwhile; null where none does.';

--
-- Name: COLUMN approval.put_aside_at; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.approval.put_aside_at IS 'When whoever asked had read why it was sent back and needed to be told no more; null until then.';

--
-- Name: approval_opening; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.approval_opening (
    approval_id uuid NOT NULL,
    officer_id uuid NOT NULL,
    opened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY register.approval_opening FORCE ROW LEVEL SECURITY;

ALTER TABLE register.approval_opening OWNER TO owner;

--
-- Name: TABLE approval_opening; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.approval_opening IS 'Who has opened what a request of many records would change: without it nobody signs such a request.';

--
-- Name: area; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.area (
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    level text NOT NULL,
    parent_code text COLLATE pg_catalog."C",
    city_bubble_code text NOT NULL COLLATE pg_catalog."C",
    label_point public.geometry(Point,4326) NOT NULL,
    label_tile_x integer NOT NULL,
    label_tile_y integer NOT NULL,
    outline public.geometry(MultiPolygon,4326),
    provider text NOT NULL,
    provider_version text NOT NULL,
    provider_crs text NOT NULL,
    name_en text,
    CONSTRAINT area_below_its_parent CHECK (((parent_code IS NULL) OR starts_with(code, parent_code))),
    CONSTRAINT area_code_matches_level CHECK ((((level = 'province'::text) AND (code ~ '^[0-9]{2}$'::text)) OR ((level = 'city'::text) AND (code ~ '^[0-9]{4}$'::text)) OR ((level = 'county'::text) AND (code ~ '^[0-9]{6}$'::text)))),
    CONSTRAINT area_level_known CHECK ((level = ANY (ARRAY['province'::text, 'city'::text, 'county'::text]))),
    CONSTRAINT area_outline_valid CHECK (((outline IS NULL) OR public.st_isvalid(outline))),
    CONSTRAINT area_parent_by_level CHECK (((level = 'province'::text) = (parent_code IS NULL)))
);

ALTER TABLE register.area OWNER TO owner;

--
-- Name: TABLE area; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.area IS 'Administrative divisions (行政区划), GB/T 2260 codes: province 2 digits, city 4, county 6. A code answers for everything below it.';

--
-- Name: COLUMN area.city_bubble_code; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.city_bubble_code IS 'The area whose bubble counts this one at zoom 6-8: its city; its province where the province has no city level; else itself.';

--
-- Name: COLUMN area.label_point; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.label_point IS 'Where the name and the count stand, WGS 84. A label, not a place; inside the outline where there is one.';

--
-- Name: COLUMN area.label_tile_x; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.label_tile_x IS 'Web-mercator tile column of label_point at zoom 21.';

--
-- Name: COLUMN area.label_tile_y; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.label_tile_y IS 'Web-mercator tile row of label_point at zoom 21.';

--
-- Name: COLUMN area.outline; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.outline IS 'Full outline, WGS 84; NULL where no provider draws one.';

--
-- Name: COLUMN area.provider_crs; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.provider_crs IS 'The CRS the provider published; the outline itself is stored in WGS 84.';

--
-- Name: COLUMN area.name_en; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.area.name_en IS 'The name in English, made of its pinyin when areas are loaded; NULL for one that does not read, and until they are loaded again.';

--
-- Name: area_outline; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.area_outline (
    area_code text NOT NULL COLLATE pg_catalog."C",
    max_zoom smallint NOT NULL,
    outline public.geometry(MultiPolygon,4326) NOT NULL,
    CONSTRAINT area_outline_simplified_valid CHECK (public.st_isvalid(outline)),
    CONSTRAINT area_outline_zoom_range CHECK (((max_zoom >= 0) AND (max_zoom <= 18)))
);

ALTER TABLE register.area_outline OWNER TO owner;

--
-- Name: TABLE area_outline; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.area_outline IS 'Outlines simplified for drawing, edges shared by neighbours kept shared. A zoom is served by the row with the least max_zoom not below it.';

--
-- Name: calendar_gap; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.calendar_gap WITH (security_invoker='true') AS
 SELECT year.number AS year,
    (EXISTS ( SELECT
           FROM register.calendar_day
          WHERE (EXTRACT(year FROM calendar_day.day) = (year.number)::numeric))) AS provisional
   FROM generate_series((EXTRACT(year FROM serving.today()))::integer, (EXTRACT(year FROM (serving.today() + 31)))::integer) year(number)
  WHERE (NOT (EXISTS ( SELECT
           FROM register.calendar_day
          WHERE ((EXTRACT(year FROM calendar_day.day) = (year.number)::numeric) AND (strpos(calendar_day.source, '国务院调休安排公布前'::text) = 0)))));

ALTER TABLE register.calendar_gap OWNER TO owner;

--
-- Name: VIEW calendar_gap; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.calendar_gap IS 'Years in which duties end, or will within 31 days, and whose days off by the State Council''s arrangement are not loaded: days there are counted by the week, and where provisional by the standing regulation. The State Council tells its arrangement in November.';

--
-- Name: COLUMN calendar_gap.provisional; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.calendar_gap.provisional IS 'Whether the days off of the standing regulation are loaded; else the week alone counts.';

--
-- Name: officer; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.officer (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    court_id uuid NOT NULL,
    login text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    roles text[] NOT NULL,
    active boolean DEFAULT true NOT NULL,
    kept boolean DEFAULT false NOT NULL,
    CONSTRAINT officer_keeper_never_signs CHECK ((NOT (kept AND ('approver'::text = ANY (roles))))),
    CONSTRAINT officer_login_form CHECK ((login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'::text)),
    CONSTRAINT officer_roles_known CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['clerk'::text, 'approver'::text, 'reward_officer'::text, 'keeper'::text, 'auditor'::text])))
);

ALTER TABLE ONLY register.officer FORCE ROW LEVEL SECURITY;

ALTER TABLE register.officer OWNER TO owner;

--
-- Name: TABLE officer; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.officer IS 'Who acts for a court. Never deleted, since the trail names them: who leaves is no longer active.';

--
-- Name: COLUMN officer.roles; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.officer.roles IS 'clerk prepares, approver signs second, reward_officer pays, keeper looks after officers and keys, auditor reads the trail.';

--
-- Name: COLUMN officer.kept; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.officer.kept IS 'Is or was a keeper, who may have let others in and know how: signs second no more (docs/adr/0027).';

--
-- Name: reward; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.reward (
    claim_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    court_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    tip_rank integer NOT NULL,
    recovered numeric(14,2) NOT NULL,
    amount numeric(14,2) NOT NULL,
    not_agent boolean NOT NULL,
    not_bound boolean NOT NULL,
    not_known boolean NOT NULL,
    claim_met boolean NOT NULL,
    proposed_by uuid NOT NULL,
    proposed_on date NOT NULL,
    approved_by uuid,
    approved_on date,
    exported_on date,
    found boolean DEFAULT false NOT NULL,
    exporting_by uuid,
    exporting_at timestamp with time zone,
    CONSTRAINT reward_amount_positive CHECK ((amount > (0)::numeric)),
    CONSTRAINT reward_approved_whole CHECK (((approved_by IS NULL) = (approved_on IS NULL))),
    CONSTRAINT reward_eligible CHECK ((not_agent AND not_bound AND not_known AND (claim_met OR found))),
    CONSTRAINT reward_exported_once_approved CHECK (((exported_on IS NULL) OR (approved_on IS NOT NULL))),
    CONSTRAINT reward_exporting_once_approved CHECK (((exporting_by IS NULL) OR (approved_on IS NOT NULL))),
    CONSTRAINT reward_exporting_whole CHECK (((exporting_by IS NULL) = (exporting_at IS NULL))),
    CONSTRAINT reward_rank_positive CHECK ((tip_rank > 0)),
    CONSTRAINT reward_recovered_known CHECK ((recovered >= (0)::numeric)),
    CONSTRAINT reward_recovered_or_found CHECK ((found OR (recovered > (0)::numeric))),
    CONSTRAINT reward_two_officers CHECK ((approved_by <> proposed_by))
);

ALTER TABLE ONLY register.reward FORCE ROW LEVEL SECURITY;

ALTER TABLE register.reward OWNER TO owner;

--
-- Name: TABLE reward; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.reward IS 'The ledger of rewards: what one officer proposed and another approved. It names nobody; a tip is paid for once, by constraint.';

--
-- Name: COLUMN reward.notice_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.notice_id IS 'The notice that promised it; kept where the notice is gone.';

--
-- Name: COLUMN reward.recovered; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.recovered IS 'Yuan, to the fen, recovered thanks to the tip.';

--
-- Name: COLUMN reward.amount; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.amount IS 'Yuan, to the fen, by the notice''s rule and cap.';

--
-- Name: COLUMN reward.not_agent; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.not_agent IS 'The claimant is no agent of the creditor (财产调查规定, Article 24).';

--
-- Name: COLUMN reward.not_bound; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.not_bound IS 'The claimant had no duty to give the clue.';

--
-- Name: COLUMN reward.not_known; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.not_known IS 'The court did not know the clue before.';

--
-- Name: COLUMN reward.claim_met; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.claim_met IS 'The creditor''s claim was met in whole or part thanks to it.';

--
-- Name: COLUMN reward.exported_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.exported_on IS 'Day on which payee and account were given to the cashier; NULL before. Until then the tip, which proves the claim, is kept.';

--
-- Name: COLUMN reward.found; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.found IS 'The court found them thanks to the tip: what a fixed reward for whereabouts is promised for, whether money was recovered or not.';

--
-- Name: COLUMN reward.exporting_by; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.reward.exporting_by IS 'Who was last given it to tell the cashier; for a while nobody else is, so that no two files name the same payment.';

--
-- Name: claim; Type: TABLE; Schema: sealed; Owner: owner
--

CREATE TABLE sealed.claim (
    id uuid NOT NULL,
    filing_id uuid NOT NULL,
    court_id uuid NOT NULL,
    number bigint NOT NULL,
    key_id integer NOT NULL,
    filed_on date NOT NULL,
    data bytea,
    digest bytea NOT NULL,
    state text DEFAULT 'received'::text NOT NULL,
    closed_on date,
    opened_by uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    holder_id uuid,
    CONSTRAINT claim_closed_by_state CHECK (((state = 'received'::text) = (closed_on IS NULL))),
    CONSTRAINT claim_digest_has_32_bytes CHECK ((octet_length(digest) = 32)),
    CONSTRAINT claim_number_positive CHECK ((number > 0)),
    CONSTRAINT claim_shredded_holds_nothing CHECK (((state = 'shredded'::text) = (data IS NULL))),
    CONSTRAINT claim_state_known CHECK ((state = ANY (ARRAY['received'::text, 'refused'::text, 'approved'::text, 'shredding'::text, 'shredded'::text])))
);
ALTER TABLE ONLY sealed.claim ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE ONLY sealed.claim FORCE ROW LEVEL SECURITY;

ALTER TABLE sealed.claim OWNER TO owner;

--
-- Name: TABLE claim; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON TABLE sealed.claim IS 'Claims of rewards (领奖): who is to be paid, sealed to the court''s reward key and lying under a key of its own, which is destroyed after the ledger''s term.';

--
-- Name: COLUMN claim.number; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.claim.number IS 'Counts the court''s claims; all that the cashier learns of the matter.';

--
-- Name: COLUMN claim.key_id; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.claim.key_id IS 'Number of the court''s reward key to which it is sealed.';

--
-- Name: COLUMN claim.digest; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.claim.digest IS 'Of what was sent, so that a repetition is known from another claim.';

--
-- Name: COLUMN claim.closed_on; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.claim.closed_on IS 'From this day the term runs after which the claim''s own key is destroyed.';

--
-- Name: COLUMN claim.opened_by; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.claim.opened_by IS 'Officers to whom it was lent: none but these propose its reward, since only opening it shows whose it is.';

--
-- Name: COLUMN claim.holder_id; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.claim.holder_id IS 'Which reward officer looks into it: whoever opened it first, or to whom it was handed over; NULL before it is opened.';

--
-- Name: claim_desk; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.claim_desk WITH (security_invoker='true') AS
 SELECT claim.id,
    claim.court_id,
    claim.number,
    claim.filed_on,
    claim.closed_on,
    reward.notice_id,
    reward.tip_rank,
    reward.recovered,
    reward.amount,
    reward.proposed_on,
    reward.approved_on,
    reward.exported_on,
    proposer.name AS proposer,
    approver.name AS approver,
        CASE
            WHEN (claim.state = 'refused'::text) THEN 'refused'::text
            WHEN (claim.state = ANY (ARRAY['shredding'::text, 'shredded'::text])) THEN 'closed'::text
            WHEN (reward.exported_on IS NOT NULL) THEN 'exported'::text
            WHEN (reward.approved_on IS NOT NULL) THEN 'approved'::text
            WHEN ((reward.claim_id IS NOT NULL) OR (EXISTS ( SELECT
               FROM register.approval
              WHERE ((approval.kind = 'claim.pay'::text) AND (approval.subject = claim.id) AND (approval.state = 'waiting'::text))))) THEN 'proposed'::text
            ELSE 'received'::text
        END AS status
   FROM (((sealed.claim
     LEFT JOIN register.reward ON ((reward.claim_id = claim.id)))
     LEFT JOIN register.officer proposer ON ((proposer.id = reward.proposed_by)))
     LEFT JOIN register.officer approver ON ((approver.id = reward.approved_by)));

ALTER TABLE register.claim_desk OWNER TO owner;

--
-- Name: VIEW claim_desk; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.claim_desk IS 'A court''s claims with what stands in the ledger, as its pages show them; who claims is sealed.';

--
-- Name: COLUMN claim_desk.status; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.claim_desk.status IS 'received, proposed (waits for a second signature), approved (to be paid), exported (the cashier has it), refused, closed (destroyed).';

--
-- Name: court; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court (
    id uuid NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    level text NOT NULL,
    area_code text NOT NULL COLLATE pg_catalog."C",
    superior_id uuid,
    phone text,
    address text,
    by_rule boolean NOT NULL,
    as_of timestamp with time zone,
    CONSTRAINT court_level_known CHECK ((level = ANY (ARRAY['basic'::text, 'intermediate'::text, 'high'::text, 'special'::text])))
);

ALTER TABLE register.court OWNER TO owner;

--
-- Name: TABLE court; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court IS 'Enforcing courts (执行法院).';

--
-- Name: COLUMN court.id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court.id IS 'UUIDv5 of the code: two installations name the same court by the same id.';

--
-- Name: COLUMN court.code; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court.code IS 'The court''s sign in case numbers (法院代字), e.g. 冀0108.';

--
-- Name: COLUMN court.by_rule; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court.by_rule IS 'True when the row follows from the county code alone; false when the corrections file or the court itself stated it.';

--
-- Name: COLUMN court.as_of; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court.as_of IS 'When this court''s list was last imported; NULL before the first import.';

--
-- Name: listing_holder; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.listing_holder (
    listing_id uuid NOT NULL,
    court_id uuid NOT NULL,
    officer_id uuid NOT NULL
);

ALTER TABLE ONLY register.listing_holder FORCE ROW LEVEL SECURITY;

ALTER TABLE register.listing_holder OWNER TO owner;

--
-- Name: TABLE listing_holder; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.listing_holder IS 'Who of a court looks after a listing, and so has its duties in hand: whoever acted on it first, or to whom it was handed over.';

--
-- Name: notice_event; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.notice_event (
    id bigint NOT NULL,
    notice_id uuid NOT NULL,
    action text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    cause text NOT NULL,
    effective_on date NOT NULL,
    officer_id uuid,
    approver_id uuid,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notice_event_has_reason CHECK (((officer_id IS NOT NULL) OR (cause = ANY (ARRAY['listing_ended'::text, 'listing_suspended'::text, 'term_over'::text])))),
    CONSTRAINT notice_event_two_people CHECK ((approver_id <> officer_id))
);

ALTER TABLE ONLY register.notice_event FORCE ROW LEVEL SECURITY;

ALTER TABLE register.notice_event OWNER TO owner;

--
-- Name: TABLE notice_event; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.notice_event IS 'What happened to a notice, when, why and by whom. Only ever added to; goes with its notice.';

--
-- Name: COLUMN notice_event.officer_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.notice_event.officer_id IS 'NULL where it closed by itself, with its listing or after its last day.';

--
-- Name: objection; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.objection (
    filing_id uuid NOT NULL,
    court_id uuid NOT NULL,
    filed_on date NOT NULL,
    due_on date NOT NULL,
    task_id uuid,
    outcome text,
    decided_on date,
    officer_id uuid,
    holder_id uuid,
    CONSTRAINT objection_decided_whole CHECK ((num_nonnulls(outcome, decided_on, officer_id) = ANY (ARRAY[0, 3]))),
    CONSTRAINT objection_outcome_known CHECK ((outcome = ANY (ARRAY['founded'::text, 'founded_in_part'::text, 'not_founded'::text])))
);

ALTER TABLE ONLY register.objection FORCE ROW LEVEL SECURITY;

ALTER TABLE register.objection OWNER TO owner;

--
-- Name: TABLE objection; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.objection IS 'Requests under Article 11, with their clock and how they were decided. What they say is sealed; why they were decided so was answered under seal.';

--
-- Name: COLUMN objection.due_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.objection.due_on IS 'Last day to decide, by register.due_on().';

--
-- Name: COLUMN objection.task_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.objection.task_id IS 'The duty to decide, where no listing is named and so none can hold it.';

--
-- Name: COLUMN objection.holder_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.objection.holder_id IS 'Who looks into it: whoever opened it first, or to whom it was handed over; NULL before it is opened.';

--
-- Name: objection_listing; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.objection_listing (
    filing_id uuid NOT NULL,
    listing_id uuid NOT NULL
);

ALTER TABLE ONLY register.objection_listing FORCE ROW LEVEL SECURITY;

ALTER TABLE register.objection_listing OWNER TO owner;

--
-- Name: TABLE objection_listing; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.objection_listing IS 'The listings that an objection is about; none where it names the court only, until the court finds which are meant.';

--
-- Name: task; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.task (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    court_id uuid NOT NULL,
    listing_id uuid,
    kind text NOT NULL,
    cause text,
    begun_on date NOT NULL,
    due_on date,
    done_on date,
    CONSTRAINT task_kind_known CHECK ((kind = ANY (ARRAY['withdraw'::text, 'correct'::text, 'delete_after_cause'::text, 'delete_after_term'::text, 'decide_objection'::text, 'act_on_objection'::text, 'decide_review'::text, 'decide_early_deletion'::text, 'decide_after_death'::text, 'complete_term'::text, 'check_minor'::text])))
);

ALTER TABLE ONLY register.task FORCE ROW LEVEL SECURITY;

ALTER TABLE register.task OWNER TO owner;

--
-- Name: TABLE task; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.task IS 'What a court has to do, and by when where the law says so.';

--
-- Name: COLUMN task.due_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.task.due_on IS 'Last day, by register.due_on(); NULL for what has no clock.';

--
-- Name: open_task; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.open_task WITH (security_invoker='true') AS
 SELECT task.id,
    task.court_id,
    task.listing_id,
    task.kind,
    task.cause,
    task.begun_on,
    task.due_on
   FROM register.task
  WHERE (task.done_on IS NULL)
UNION ALL
 SELECT NULL::uuid AS id,
    listing.court_id,
    listing.id AS listing_id,
    'complete_term'::text AS kind,
    NULL::text AS cause,
    listing.published_on AS begun_on,
    NULL::date AS due_on
   FROM register.listing
  WHERE ((listing.state = 'published'::text) AND (listing.term_ends_on IS NULL) AND (((listing.ground_mask)::integer & 62) <> 0))
UNION ALL
 SELECT NULL::uuid AS id,
    listing.court_id,
    listing.id AS listing_id,
    'delete_after_term'::text AS kind,
    NULL::text AS cause,
    listing.term_ends_on AS begun_on,
    register.due_since('delete_after_term'::text, listing.term_ends_on) AS due_on
   FROM register.listing
  WHERE ((listing.state = ANY (ARRAY['published'::text, 'suspended'::text])) AND (listing.term_ends_on < ( SELECT serving.today() AS today)))
UNION ALL
 SELECT NULL::uuid AS id,
    notice.court_id,
    notice.listing_id,
    'answer_notice_request'::text AS kind,
    NULL::text AS cause,
    notice.requested_on AS begun_on,
    notice.answer_due_on AS due_on
   FROM register.notice
  WHERE ((notice.state = 'draft'::text) AND (notice.requested_on IS NOT NULL));

ALTER TABLE register.open_task OWNER TO owner;

--
-- Name: VIEW open_task; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.open_task IS 'Every open duty: those recorded, terms that a file did not state, listings past their term that nobody has closed yet, and requests for a notice that wait for an answer.';

--
-- Name: review; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.review (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    filing_id uuid NOT NULL,
    court_id uuid NOT NULL,
    reviewing_court_id uuid NOT NULL,
    task_id uuid,
    asked_on date NOT NULL,
    due_on date NOT NULL,
    outcome text,
    act text,
    reason text,
    decided_on date,
    officer_id uuid,
    CONSTRAINT review_act_follows_reversal CHECK (((act IS NOT NULL) = COALESCE((outcome = 'reversed'::text), false))),
    CONSTRAINT review_act_known CHECK ((act = ANY (ARRAY['withdraw'::text, 'correct'::text, 'delete'::text]))),
    CONSTRAINT review_decided_whole CHECK ((num_nonnulls(outcome, reason, decided_on, officer_id) = ANY (ARRAY[0, 4]))),
    CONSTRAINT review_outcome_known CHECK ((outcome = ANY (ARRAY['upheld'::text, 'reversed'::text, 'withdrawn'::text]))),
    CONSTRAINT review_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
);

ALTER TABLE ONLY register.review FORCE ROW LEVEL SECURITY;

ALTER TABLE register.review OWNER TO owner;

--
-- Name: TABLE review; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.review IS 'Reviews (复议) of decisions on objections, which the next higher court decides (Article 12); seen by both courts.';

--
-- Name: COLUMN review.court_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.review.court_id IS 'Whose decision is reviewed.';

--
-- Name: COLUMN review.reviewing_court_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.review.reviewing_court_id IS 'Which court''s duty it is: the next higher one where it works here, else the court itself, which passes it on and records what the higher court decided.';

--
-- Name: COLUMN review.task_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.review.task_id IS 'The duty to decide, where no listing is named and so none can hold it; after a reversal that of the court that decided, to find which are meant.';

--
-- Name: COLUMN review.act; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.review.act IS 'Of a reversal: what the court must then do with its listings.';

--
-- Name: COLUMN review.reason; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.review.reason IS 'Why, as the paper says it; a dash once what was filed is destroyed.';

--
-- Name: review_desk; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.review_desk WITH (security_invoker='true') AS
 SELECT review.id,
    review.court_id,
    review.reviewing_court_id,
    review.filing_id,
    review.asked_on,
    review.due_on,
    review.outcome,
    review.act,
    review.reason,
    review.decided_on,
    court.name AS court,
    reviewing_court.name AS reviewing_court,
    officer.name AS officer,
    facts.number,
    facts.filed_on,
    facts.outcome AS objection_outcome,
    facts.decided_on AS objection_decided_on,
    facts.case_numbers
   FROM ((((register.review
     JOIN register.court ON ((court.id = review.court_id)))
     JOIN register.court reviewing_court ON ((reviewing_court.id = review.reviewing_court_id)))
     LEFT JOIN register.officer ON ((officer.id = review.officer_id)))
     CROSS JOIN LATERAL register.review_facts(review.id) facts(number, filed_on, outcome, decided_on, case_numbers));

ALTER TABLE register.review_desk OWNER TO owner;

--
-- Name: VIEW review_desk; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.review_desk IS 'Reviews as both courts see them; another court''s officers are not named, and nothing that was sealed is told.';

--
-- Name: tip; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.tip (
    filing_id uuid NOT NULL,
    court_id uuid NOT NULL,
    outcome text,
    reason text,
    decided_on date,
    officer_id uuid,
    holder_id uuid,
    urgent boolean DEFAULT false NOT NULL,
    CONSTRAINT tip_decided_whole CHECK ((num_nonnulls(outcome, decided_on, officer_id) = ANY (ARRAY[0, 3]))),
    CONSTRAINT tip_outcome_known CHECK ((outcome = ANY (ARRAY['useful'::text, 'not_used'::text]))),
    CONSTRAINT tip_reason_known CHECK ((reason = ANY (ARRAY['known'::text, 'unconfirmed'::text, 'unrelated'::text, 'earlier'::text]))),
    CONSTRAINT tip_reason_of_not_used CHECK (((reason IS NOT NULL) = COALESCE((outcome = 'not_used'::text), false)))
);

ALTER TABLE ONLY register.tip FORCE ROW LEVEL SECURITY;

ALTER TABLE register.tip OWNER TO owner;

--
-- Name: TABLE tip; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.tip IS 'Tips (线索举报) and how they were decided. What they say is sealed; nothing here is finer than a day or tells who sent one.';

--
-- Name: COLUMN tip.reason; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.tip.reason IS 'Why it was not used; whoever bears the receipt is told.';

--
-- Name: COLUMN tip.holder_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.tip.holder_id IS 'Who looks into it: whoever opened it first, or to whom it was handed over; NULL before it is opened.';

--
-- Name: COLUMN tip.urgent; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.tip.urgent IS 'Whether a reader who opened it found that it cannot wait: it is then verified by the clock for urgent ones. Why is not said: it would tell what the tip says.';

--
-- Name: filing; Type: TABLE; Schema: sealed; Owner: owner
--

CREATE TABLE sealed.filing (
    id uuid NOT NULL,
    purpose text NOT NULL,
    court_id uuid NOT NULL,
    target_kind text NOT NULL,
    target_id uuid NOT NULL,
    key_id integer NOT NULL,
    number bigint NOT NULL,
    hour timestamp with time zone NOT NULL,
    env bytea NOT NULL,
    head bytea NOT NULL,
    state text DEFAULT 'received'::text NOT NULL,
    closed_on date,
    CONSTRAINT filing_closed_by_state CHECK (((state = ANY (ARRAY['received'::text, 'checking'::text])) = (closed_on IS NULL))),
    CONSTRAINT filing_hashes_have_32_bytes CHECK (((octet_length(env) = 32) AND (octet_length(head) = 32))),
    CONSTRAINT filing_number_positive CHECK ((number > 0)),
    CONSTRAINT filing_purpose_known CHECK ((purpose = ANY (ARRAY['objection'::text, 'tip'::text]))),
    CONSTRAINT filing_state_known CHECK ((state = ANY (ARRAY['received'::text, 'checking'::text, 'closed'::text, 'shredding'::text, 'shredded'::text]))),
    CONSTRAINT filing_tells_the_hour CHECK ((hour = date_trunc('hour'::text, hour, 'UTC'::text)))
);

ALTER TABLE ONLY sealed.filing FORCE ROW LEVEL SECURITY;

ALTER TABLE sealed.filing OWNER TO owner;

--
-- Name: TABLE filing; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON TABLE sealed.filing IS 'What stays of a filing when it is destroyed: number, hour, state, what it is about, and the fingerprint that its certificate repeats.';

--
-- Name: COLUMN filing.key_id; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.filing.key_id IS 'Number of the court''s box key to which it is sealed.';

--
-- Name: COLUMN filing.head; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.filing.head IS 'Of the court''s chain behind this filing.';

--
-- Name: COLUMN filing.closed_on; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.filing.closed_on IS 'From this day the term runs after which the filing''s key is destroyed.';

--
-- Name: part; Type: TABLE; Schema: sealed; Owner: owner
--

CREATE TABLE sealed.part (
    filing_id uuid NOT NULL,
    part text NOT NULL COLLATE pg_catalog."C",
    key_id integer NOT NULL,
    data bytea NOT NULL,
    CONSTRAINT part_known CHECK ((part ~ '^(sealed|award|claim|photo/[1-6]|[ic]/[1-9][0-9]{0,5})$'::text))
);
ALTER TABLE ONLY sealed.part ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE ONLY sealed.part FORCE ROW LEVEL SECURITY;

ALTER TABLE sealed.part OWNER TO owner;

--
-- Name: TABLE part; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON TABLE sealed.part IS 'The letter, its photos and what was written after it, each under the filing''s own key, which is kept outside every database.';

--
-- Name: COLUMN part.part; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.part.part IS 'sealed, photo/1 to photo/6, i/n from the phone, c/n from the court, award (what reward officers are told of a useful tip), claim.';

--
-- Name: COLUMN part.key_id; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON COLUMN sealed.part.key_id IS 'Number of the court''s box key that opens or has made it.';

--
-- Name: tip_desk; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.tip_desk WITH (security_invoker='true') AS
 SELECT tip.filing_id,
    tip.court_id,
    filing.number,
    filing.hour,
    filing.target_kind,
    filing.target_id,
    tip.reason,
    tip.decided_on,
    tip.holder_id,
    holder.name AS holder,
        CASE
            WHEN (filing.state = ANY (ARRAY['shredding'::text, 'shredded'::text])) THEN 'closed'::text
            WHEN (reward.exported_on IS NOT NULL) THEN 'claimable'::text
            WHEN (reward.approved_on IS NOT NULL) THEN 'rewarded'::text
            WHEN ((tip.outcome IS NULL) AND (filing.state <> 'closed'::text)) THEN filing.state
            WHEN ((tip.outcome = 'useful'::text) AND ((claim.state = 'received'::text) OR ((claim.id IS NULL) AND (EXISTS ( SELECT
               FROM sealed.part
              WHERE ((part.filing_id = filing.id) AND (part.part = 'award'::text))))))) THEN 'useful'::text
            WHEN (filing.state = 'closed'::text) THEN 'closed'::text
            ELSE tip.outcome
        END AS status,
    (filing.state <> 'received'::text) AS opened,
        CASE
            WHEN ((tip.decided_on IS NULL) AND (filing.state = ANY (ARRAY['received'::text, 'checking'::text]))) THEN register.due_on(
            CASE
                WHEN tip.urgent THEN 'verify_urgent_tip'::text
                ELSE 'verify_tip'::text
            END, ((filing.hour AT TIME ZONE 'Asia/Shanghai'::text))::date)
            ELSE NULL::date
        END AS due_on,
        CASE
            WHEN (filing.state <> 'received'::text) THEN ( SELECT string_agg(listing.case_number, '、'::text ORDER BY listing.case_number) AS string_agg
               FROM register.tip_listings(filing.target_kind, filing.target_id, filing.court_id) listing(id, entity_id, court_id, listing_key, content_hash, row_hash, case_number, case_key, basis_issuer, basis_number, duty, performance, performed_part, unperformed_part, ground_mask, filed_on, published_on, term_ends_on, state, ended_on, ended_cause, corrected_on, corrected_field, import_file_id, source, decided_on, grace_until))
            ELSE NULL::text
        END AS case_numbers
   FROM ((((register.tip
     JOIN sealed.filing ON ((filing.id = tip.filing_id)))
     LEFT JOIN register.officer holder ON ((holder.id = tip.holder_id)))
     LEFT JOIN sealed.claim ON ((claim.filing_id = filing.id)))
     LEFT JOIN register.reward ON ((reward.claim_id = claim.id)));

ALTER TABLE register.tip_desk OWNER TO owner;

--
-- Name: VIEW tip_desk; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.tip_desk IS 'A court''s tips as its inbox shows them: one that nobody has opened tells number, hour and kind of target only.';

--
-- Name: COLUMN tip_desk.status; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.tip_desk.status IS 'In the words that the bearer of the receipt is told.';

--
-- Name: COLUMN tip_desk.due_on; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.tip_desk.due_on IS 'Last day to verify it, while it is undecided, counted from the day it came: seven days, three of an urgent one.';

--
-- Name: case_duty; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.case_duty WITH (security_invoker='true') AS
 SELECT duty.court_id,
    duty.source,
    duty.kind,
    duty.subject,
    duty.number,
    duty.case_number,
    duty.came_at,
    duty.due_on,
    holder.id AS holder_id
   FROM (( SELECT open_task.court_id,
            'listing'::text AS source,
            open_task.kind,
            open_task.listing_id AS subject,
            NULL::bigint AS number,
            listing.case_number,
            ((open_task.begun_on)::timestamp without time zone AT TIME ZONE 'Asia/Shanghai'::text) AS came_at,
            open_task.due_on,
            listing_holder.officer_id AS holder_id
           FROM ((register.open_task
             LEFT JOIN register.listing ON ((listing.id = open_task.listing_id)))
             LEFT JOIN register.listing_holder ON ((listing_holder.listing_id = open_task.listing_id)))
          WHERE ((open_task.kind <> ALL (ARRAY['complete_term'::text, 'decide_objection'::text, 'decide_review'::text, 'answer_notice_request'::text])) AND ((open_task.kind <> 'act_on_objection'::text) OR (open_task.listing_id IS NOT NULL)))
        UNION ALL
         SELECT notice.court_id,
            'notice'::text,
                CASE notice.state
                    WHEN 'draft'::text THEN 'answer_notice'::text
                    ELSE 'publish_notice'::text
                END AS "case",
            notice.id,
            NULL::bigint,
            listing.case_number,
            ( SELECT max(event.recorded_at) AS max
                   FROM register.notice_event event
                  WHERE (event.notice_id = notice.id)) AS max,
                CASE notice.state
                    WHEN 'draft'::text THEN notice.answer_due_on
                    ELSE NULL::date
                END AS "case",
            notice.drafted_by
           FROM (register.notice
             JOIN register.listing ON ((listing.id = notice.listing_id)))
          WHERE (notice.state = ANY (ARRAY['draft'::text, 'approved'::text]))
        UNION ALL
         SELECT tip.court_id,
            'tip'::text,
                CASE
                    WHEN (tip.status = 'received'::text) THEN 'open_tip'::text
                    WHEN kept.urgent THEN 'verify_urgent_tip'::text
                    ELSE 'verify_tip'::text
                END AS "case",
            tip.filing_id,
            tip.number,
            tip.case_numbers,
            tip.hour,
            tip.due_on,
            tip.holder_id
           FROM (register.tip_desk tip
             JOIN register.tip kept ON ((kept.filing_id = tip.filing_id)))
          WHERE (tip.status = ANY (ARRAY['received'::text, 'checking'::text]))
        UNION ALL
         SELECT objection.court_id,
            'objection'::text,
            'decide_objection'::text,
            objection.filing_id,
            filing.number,
            ( SELECT string_agg(listing.case_number, '、'::text ORDER BY listing.case_number) AS string_agg
                   FROM (register.objection_listing
                     JOIN register.listing ON ((listing.id = objection_listing.listing_id)))
                  WHERE (objection_listing.filing_id = objection.filing_id)) AS string_agg,
            filing.hour,
            objection.due_on,
            objection.holder_id
           FROM (register.objection
             JOIN sealed.filing ON ((filing.id = objection.filing_id)))
          WHERE (objection.decided_on IS NULL)
        UNION ALL
         SELECT review.reviewing_court_id,
            'review'::text,
            'decide_review'::text,
            review.id,
            review.number,
            review.case_numbers,
            ((review.asked_on)::timestamp without time zone AT TIME ZONE 'Asia/Shanghai'::text) AS timezone,
            review.due_on,
            NULL::uuid
           FROM register.review_desk review
          WHERE ((review.decided_on IS NULL) AND (review.reviewing_court_id = register.acting_court()))
        UNION ALL
         SELECT task.court_id,
            'review'::text,
            task.kind,
            review.id,
            review.number,
            NULL::text,
            ((task.begun_on)::timestamp without time zone AT TIME ZONE 'Asia/Shanghai'::text) AS timezone,
            task.due_on,
            NULL::uuid
           FROM ((register.review_desk review
             JOIN register.review kept ON ((kept.id = review.id)))
             JOIN register.task ON ((task.id = kept.task_id)))
          WHERE ((task.kind = 'act_on_objection'::text) AND (task.done_on IS NULL))
        UNION ALL
         SELECT claim.court_id,
            'claim'::text,
                CASE claim.status
                    WHEN 'received'::text THEN 'decide_claim'::text
                    ELSE 'export_claim'::text
                END AS "case",
            claim.id,
            claim.number,
            NULL::text,
            ((COALESCE(claim.approved_on, claim.filed_on))::timestamp without time zone AT TIME ZONE 'Asia/Shanghai'::text) AS timezone,
            NULL::date,
            sealed_claim.holder_id
           FROM (register.claim_desk claim
             JOIN sealed.claim sealed_claim ON ((sealed_claim.id = claim.id)))
          WHERE (claim.status = ANY (ARRAY['received'::text, 'approved'::text]))) duty
     LEFT JOIN register.officer holder ON (((holder.id = duty.holder_id) AND holder.active)));

ALTER TABLE register.case_duty OWNER TO owner;

--
-- Name: VIEW case_duty; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.case_duty IS 'What a court''s officers have to do in its cases, from whichever feature.';

--
-- Name: COLUMN case_duty.came_at; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.case_duty.came_at IS 'To the hour for what was sealed, to the day for what only has a day.';

--
-- Name: COLUMN case_duty.holder_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.case_duty.holder_id IS 'Who has it in hand; NULL while nobody does.';

--
-- Name: cause; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.cause (
    action text NOT NULL,
    code text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    zh text NOT NULL,
    en text NOT NULL,
    article text NOT NULL,
    CONSTRAINT cause_validity_ordered CHECK ((valid_until >= valid_from))
);

ALTER TABLE register.cause OWNER TO owner;

--
-- Name: TABLE cause; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.cause IS 'Why a listing may be moved, with the article that says so, as dated rows. Loaded from sql/seed/causes.csv by `clocks load`.';

--
-- Name: common_gram; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.common_gram (
    is_person boolean NOT NULL,
    gram text NOT NULL COLLATE pg_catalog."C",
    names bigint DEFAULT 0 NOT NULL,
    is_walked boolean DEFAULT true NOT NULL
);

ALTER TABLE register.common_gram OWNER TO owner;

--
-- Name: TABLE common_gram; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.common_gram IS 'Pairs of characters in many names (公司, 石家). Counted anew after an import.';

--
-- Name: COLUMN common_gram.names; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.common_gram.names IS 'In how many names it stands, estimated.';

--
-- Name: COLUMN common_gram.is_walked; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.common_gram.is_walked IS 'Whether in so many (公司, 有限) that walking the names finds twenty of them sooner than the index does.';

--
-- Name: court_key; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court_key (
    court_id uuid NOT NULL,
    use text NOT NULL,
    number integer NOT NULL,
    key bytea NOT NULL,
    not_after timestamp with time zone NOT NULL,
    signature bytea NOT NULL,
    signed_by integer,
    CONSTRAINT court_key_has_32_bytes CHECK ((octet_length(key) = 32)),
    CONSTRAINT court_key_number_positive CHECK ((number > 0)),
    CONSTRAINT court_key_signature_has_64_bytes CHECK ((octet_length(signature) = 64)),
    CONSTRAINT court_key_signed_by_root_or_court CHECK (((use = 'sign'::text) = (signed_by IS NULL))),
    CONSTRAINT court_key_use_known CHECK ((use = ANY (ARRAY['sign'::text, 'box'::text, 'reward'::text, 'cert'::text])))
);

ALTER TABLE ONLY register.court_key FORCE ROW LEVEL SECURITY;

ALTER TABLE register.court_key OWNER TO owner;

--
-- Name: TABLE court_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court_key IS 'Statements about courts'' public keys, each checked against its signer before it was stored (docs/adr/0010). Only ever added to.';

--
-- Name: COLUMN court_key.use; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_key.use IS 'sign: signs the others and is itself signed by the root; box: letters are sealed to it; reward: claims are; cert: the server''s, signs certificates.';

--
-- Name: COLUMN court_key.number; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_key.number IS 'Counts a court''s keys of one use; phones refuse a lower one than they know.';

--
-- Name: COLUMN court_key.signed_by; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_key.signed_by IS 'Number of the court''s signing key; NULL for what the root signed.';

--
-- Name: court_list; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court_list (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    court_id uuid NOT NULL,
    name text NOT NULL,
    sha256 bytea NOT NULL,
    whole boolean NOT NULL,
    state text DEFAULT 'checked'::text NOT NULL,
    uploaded_by uuid NOT NULL,
    uploaded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    counts jsonb DEFAULT '{}'::jsonb NOT NULL,
    digest bytea,
    quarantine bytea,
    asked_by uuid,
    approved_by uuid,
    progress text,
    failure text,
    import_file_id uuid,
    applied_at timestamp with time zone,
    undo_asked_by uuid,
    undo_approved_by uuid,
    undone_by uuid,
    CONSTRAINT court_list_applied_whole CHECK (((import_file_id IS NULL) = (applied_at IS NULL))),
    CONSTRAINT court_list_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT court_list_state_known CHECK ((state = ANY (ARRAY['checking'::text, 'refused'::text, 'checked'::text, 'removing'::text, 'approved'::text, 'applying'::text, 'applied'::text, 'failed'::text, 'discarded'::text, 'undoing'::text, 'undone'::text]))),
    CONSTRAINT court_list_two_officers CHECK (((approved_by <> asked_by) AND (undo_approved_by <> undo_asked_by)))
);

ALTER TABLE ONLY register.court_list FORCE ROW LEVEL SECURITY;

ALTER TABLE register.court_list OWNER TO owner;

--
-- Name: TABLE court_list; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court_list IS 'Files that officers uploaded: checked, approved, applied, undone. The file itself is kept nowhere.';

--
-- Name: COLUMN court_list.whole; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list.whole IS 'Whether the file is the court''s whole list, so that whoever it lacks leaves.';

--
-- Name: COLUMN court_list.digest; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list.digest IS 'SHA-256 of what the file would do, as it was checked: what is approved, and nothing else, is applied.';

--
-- Name: COLUMN court_list.quarantine; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list.quarantine IS 'The rows that could not be taken, sealed with a key that only the browser of whoever uploaded them has.';

--
-- Name: COLUMN court_list.asked_by; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list.asked_by IS 'Who asked for what is being done, or was: that the list takes effect, or that those leave who have a stated cause.';

--
-- Name: COLUMN court_list.progress; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list.progress IS 'Which part of the work is being done while it is checked or applied, and how many rows were read.';

--
-- Name: COLUMN court_list.failure; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list.failure IS 'Why it was refused, or did not take effect: a sentence in Chinese, and on the next line the same in English.';

--
-- Name: court_list_before; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court_list_before (
    list_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    action text NOT NULL,
    listing jsonb,
    entity jsonb,
    entity_after text,
    withheld jsonb,
    duties uuid[]
);

ALTER TABLE ONLY register.court_list_before FORCE ROW LEVEL SECURITY;

ALTER TABLE register.court_list_before OWNER TO owner;

--
-- Name: TABLE court_list_before; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court_list_before IS 'What stood before a file was applied, for as long as it can be undone; NULL where the file has brought the listing.';

--
-- Name: COLUMN court_list_before.entity_after; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list_before.entity_after IS 'MD5 of the entity as the file left it: what changed since is left alone.';

--
-- Name: COLUMN court_list_before.duties; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list_before.duties IS 'Open duties about the listing: those that the file ended with it are open again when the list is taken back.';

--
-- Name: court_list_change; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court_list_change (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    list_id uuid NOT NULL,
    action text NOT NULL,
    listing_id uuid,
    name text NOT NULL,
    case_number text NOT NULL,
    cause text,
    differences jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT court_list_change_action_known CHECK ((action = ANY (ARRAY['new'::text, 'republished'::text, 'changed'::text, 'removed'::text, 'dropped'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY register.court_list_change FORCE ROW LEVEL SECURITY;

ALTER TABLE register.court_list_change OWNER TO owner;

--
-- Name: TABLE court_list_change; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court_list_change IS 'What an uploaded file would do to which listing, as its page shows it.';

--
-- Name: COLUMN court_list_change.cause; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list_change.cause IS 'Why a listing leaves; for `dropped`, which the file only lacks, as an officer has stated it.';

--
-- Name: COLUMN court_list_change.differences; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_list_change.differences IS 'By field: what is shown now, and what would be.';

--
-- Name: court_list_row; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court_list_row (
    list_id uuid NOT NULL,
    kind text NOT NULL,
    content jsonb NOT NULL,
    CONSTRAINT court_list_row_kind_known CHECK ((kind = ANY (ARRAY['row'::text, 'kept'::text, 'minor'::text])))
);

ALTER TABLE ONLY register.court_list_row FORCE ROW LEVEL SECURITY;

ALTER TABLE register.court_list_row OWNER TO owner;

--
-- Name: TABLE court_list_row; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court_list_row IS 'Rows of an uploaded file as they may be stored, between the check and the application: no ID, no mask, no birth date.';

--
-- Name: court_name; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court_name (
    name_folded text NOT NULL COLLATE pg_catalog."C",
    court_id uuid NOT NULL
);

ALTER TABLE register.court_name OWNER TO owner;

--
-- Name: TABLE court_name; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court_name IS 'Every way files write a court''s name, folded. A name shared by several courts is decided by the case number''s court code.';

--
-- Name: court_secret; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.court_secret (
    court_id uuid NOT NULL,
    use text NOT NULL,
    number integer NOT NULL,
    officer_id uuid,
    sealed bytea NOT NULL,
    CONSTRAINT court_secret_has_80_bytes CHECK ((octet_length(sealed) = 80)),
    CONSTRAINT court_secret_use_known CHECK ((use = ANY (ARRAY['sign'::text, 'box'::text, 'reward'::text])))
);

ALTER TABLE ONLY register.court_secret FORCE ROW LEVEL SECURITY;

ALTER TABLE register.court_secret OWNER TO owner;

--
-- Name: TABLE court_secret; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.court_secret IS 'A court''s secret keys, each sealed to every officer who may use it and to recovery. Whoever has no row here cannot read.';

--
-- Name: COLUMN court_secret.officer_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.court_secret.officer_id IS 'Whose key opens it; NULL for the recovery key.';

--
-- Name: import_file; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.import_file (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    sha256 bytea NOT NULL,
    source text NOT NULL,
    full_list_of uuid,
    approved_by text,
    imported_at timestamp with time zone DEFAULT now() NOT NULL,
    counts jsonb NOT NULL,
    court_id uuid,
    CONSTRAINT import_file_source_known CHECK ((source = ANY (ARRAY['demo'::text, 'court'::text])))
);

ALTER TABLE ONLY register.import_file FORCE ROW LEVEL SECURITY;

ALTER TABLE register.import_file OWNER TO owner;

--
-- Name: TABLE import_file; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.import_file IS 'One row for each file that was applied.';

--
-- Name: COLUMN import_file.full_list_of; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.import_file.full_list_of IS 'The court whose whole list the file was; NULL when it only added and updated.';

--
-- Name: COLUMN import_file.approved_by; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.import_file.approved_by IS 'Who gave the second approval that a large change of a full list needs.';

--
-- Name: COLUMN import_file.court_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.import_file.court_id IS 'The court whose listings the file wrote, where that is one court alone; NULL for demo data and for files of several courts, which no court''s officers see.';

--
-- Name: readiness_statement; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.readiness_statement (
    court_id uuid NOT NULL,
    line text NOT NULL,
    stated_by uuid NOT NULL,
    approved_by uuid NOT NULL,
    stated_on date DEFAULT serving.today() NOT NULL,
    CONSTRAINT readiness_statement_line_known CHECK ((line = ANY (ARRAY['recovery_sealed'::text, 'announcement_reviewed'::text]))),
    CONSTRAINT readiness_statement_two_officers CHECK ((stated_by <> approved_by))
);

ALTER TABLE ONLY register.readiness_statement FORCE ROW LEVEL SECURITY;

ALTER TABLE register.readiness_statement OWNER TO owner;

--
-- Name: TABLE readiness_statement; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.readiness_statement IS 'What no program can see and two officers vouch for before a court opens: that the recovery sheets lie sealed with two people, and that the announcement of the service was reviewed.';

--
-- Name: recovery_key; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.recovery_key (
    court_id uuid NOT NULL,
    public_key bytea NOT NULL,
    CONSTRAINT recovery_key_has_32_bytes CHECK ((octet_length(public_key) = 32))
);

ALTER TABLE ONLY register.recovery_key FORCE ROW LEVEL SECURITY;

ALTER TABLE register.recovery_key OWNER TO owner;

--
-- Name: TABLE recovery_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.recovery_key IS 'The key on two sheets of paper by which a court gets back its secrets; only its public half is here.';

--
-- Name: court_key; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.court_key AS
 WITH newest AS (
         SELECT DISTINCT ON (court_key.court_id, court_key.use) court_key.court_id,
            court_key.use,
            court_key.number,
            court_key.key,
            court_key.not_after,
            court_key.signature,
            court_key.signed_by
           FROM register.court_key
          ORDER BY court_key.court_id, court_key.use, court_key.number DESC
        )
 SELECT newest.court_id,
    newest.use,
    newest.number,
    newest.key,
    newest.not_after,
    newest.signature
   FROM (newest
     JOIN newest signer ON (((signer.court_id = newest.court_id) AND (signer.use = 'sign'::text))))
  WHERE ((newest.not_after > now()) AND (signer.not_after > now()) AND (COALESCE(newest.signed_by, signer.number) = signer.number));

ALTER TABLE serving.court_key OWNER TO owner;

--
-- Name: VIEW court_key; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.court_key IS 'Of each court and use the newest key, where it is valid now and its path from the root holds: signed by the newest signing key, itself valid.';

--
-- Name: court_readiness; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.court_readiness AS
 SELECT court.id AS court_id,
    ((court.phone IS NOT NULL) AND (court.address IS NOT NULL)) AS contact,
    (court.as_of IS NOT NULL) AS imported,
    ( SELECT count(*) AS count
           FROM register.officer
          WHERE ((officer.court_id = court.id) AND officer.active AND ('approver'::text = ANY (officer.roles)))) AS approvers,
    ( SELECT count(*) AS count
           FROM (((serving.court_key box
             JOIN serving.court_key cert ON (((cert.court_id = box.court_id) AND (cert.use = 'cert'::text))))
             JOIN register.court_secret secret ON (((secret.court_id = box.court_id) AND (secret.use = 'box'::text) AND (secret.number = box.number))))
             JOIN register.officer ON (((officer.id = secret.officer_id) AND officer.active)))
          WHERE ((box.court_id = court.id) AND (box.use = 'box'::text))) AS readers,
    ((EXISTS ( SELECT
           FROM register.recovery_key
          WHERE (recovery_key.court_id = court.id))) AND (EXISTS ( SELECT
           FROM register.readiness_statement said
          WHERE ((said.court_id = court.id) AND (said.line = 'recovery_sealed'::text))))) AS recovery_sealed,
    (EXISTS ( SELECT
           FROM register.readiness_statement said
          WHERE ((said.court_id = court.id) AND (said.line = 'announcement_reviewed'::text)))) AS announcement_reviewed,
    (NOT (EXISTS ( SELECT
           FROM register.import_file
          WHERE (import_file.source = 'demo'::text)))) AS demo_cleared,
    ((EXISTS ( SELECT
           FROM register.import_file
          WHERE (import_file.source = 'demo'::text))) AND (EXISTS ( SELECT
           FROM register.import_file
          WHERE (import_file.source = 'court'::text))) AND (EXISTS ( SELECT
           FROM (register.officer
             JOIN register.court_secret secret ON ((secret.officer_id = officer.id)))
          WHERE ((officer.court_id = court.id) AND officer.active AND (NOT starts_with(officer.login, 'demo-'::text)))))) AS mixed
   FROM register.court;

ALTER TABLE register.court_readiness OWNER TO owner;

--
-- Name: VIEW court_readiness; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.court_readiness IS 'The lines of a court''s go-live list (docs/adr/0019). readers: acting officers who can open what is sealed to the present key; mixed: invented records stand beside courts'' own, and somebody who is not invented holds this court''s keys.';

--
-- Name: key_exposure; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.key_exposure (
    court_id uuid NOT NULL,
    use text NOT NULL,
    number integer NOT NULL,
    officer_id uuid NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY register.key_exposure FORCE ROW LEVEL SECURITY;

ALTER TABLE register.key_exposure OWNER TO owner;

--
-- Name: TABLE key_exposure; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.key_exposure IS 'Keys that were taken from an officer who had them: what was sealed to that officer may be known to them still.';

--
-- Name: COLUMN key_exposure.since; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.key_exposure.since IS 'When it was taken away; a new key is due the same day.';

--
-- Name: key_duty; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.key_duty WITH (security_invoker='true') AS
 SELECT exposure.court_id,
    exposure.use,
    max(exposure.number) AS number,
    min(exposure.since) AS since
   FROM register.key_exposure exposure
  WHERE (NOT (EXISTS ( SELECT
           FROM register.court_key newer
          WHERE ((newer.court_id = exposure.court_id) AND (newer.use = exposure.use) AND (newer.number > exposure.number)))))
  GROUP BY exposure.court_id, exposure.use;

ALTER TABLE register.key_duty OWNER TO owner;

--
-- Name: VIEW key_duty; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.key_duty IS 'Which of a court''s present keys must be replaced, since somebody knew them who may hold them no more.';

--
-- Name: desk_duty; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.desk_duty WITH (security_invoker='true') AS
 SELECT case_duty.court_id,
    case_duty.source,
    case_duty.kind,
    case_duty.subject,
    case_duty.number,
    case_duty.case_number,
    case_duty.came_at,
    case_duty.due_on,
    case_duty.holder_id
   FROM register.case_duty
UNION ALL
 SELECT key_duty.court_id,
    'key'::text AS source,
    ('replace_key_'::text || key_duty.use) AS kind,
    NULL::uuid AS subject,
    NULL::bigint AS number,
    NULL::text AS case_number,
    key_duty.since AS came_at,
    ((key_duty.since AT TIME ZONE 'Asia/Shanghai'::text))::date AS due_on,
    NULL::uuid AS holder_id
   FROM register.key_duty
UNION ALL
 SELECT newest.court_id,
    'key'::text AS source,
    ('renew_key_'::text || newest.use) AS kind,
    NULL::uuid AS subject,
    NULL::bigint AS number,
    NULL::text AS case_number,
    (newest.not_after - '30 days'::interval) AS came_at,
    (((newest.not_after AT TIME ZONE 'Asia/Shanghai'::text))::date - 7) AS due_on,
    NULL::uuid AS holder_id
   FROM ( SELECT DISTINCT ON (court_key.court_id, court_key.use) court_key.court_id,
            court_key.use,
            court_key.not_after
           FROM register.court_key
          ORDER BY court_key.court_id, court_key.use, court_key.number DESC) newest
  WHERE (((((newest.not_after AT TIME ZONE 'Asia/Shanghai'::text))::date - 30) <= ( SELECT serving.today() AS today)) AND (NOT (EXISTS ( SELECT
           FROM register.key_duty
          WHERE ((key_duty.court_id = newest.court_id) AND (key_duty.use = newest.use))))));

ALTER TABLE register.desk_duty OWNER TO owner;

--
-- Name: VIEW desk_duty; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.desk_duty IS 'Everything that a court''s officers have to do, from whichever feature, as the first page of the console counts it.';

--
-- Name: COLUMN desk_duty.came_at; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.desk_duty.came_at IS 'To the hour for what was sealed, to the day for what only has a day.';

--
-- Name: COLUMN desk_duty.holder_id; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.desk_duty.holder_id IS 'Who has it in hand; NULL while nobody does.';

--
-- Name: desk_visit; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.desk_visit (
    officer_id uuid NOT NULL,
    court_id uuid NOT NULL,
    before_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY register.desk_visit FORCE ROW LEVEL SECURITY;

ALTER TABLE register.desk_visit OWNER TO owner;

--
-- Name: TABLE desk_visit; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.desk_visit IS 'When an officer last worked at the console, so that its first page can tell what is new since.';

--
-- Name: COLUMN desk_visit.before_at; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.desk_visit.before_at IS 'The end of the visit before the present one.';

--
-- Name: earlier_course; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.earlier_course (
    listing_id uuid NOT NULL,
    court_id uuid NOT NULL,
    published_on date NOT NULL,
    ended_on date NOT NULL,
    cause text NOT NULL
);

ALTER TABLE ONLY register.earlier_course FORCE ROW LEVEL SECURITY;

ALTER TABLE register.earlier_course OWNER TO owner;

--
-- Name: TABLE earlier_course; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.earlier_course IS 'From when until when, and why not longer, a listing was public before it was listed again: what the statistics count of it. Names nobody, and stays like a tombstone.';

--
-- Name: ground; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.ground (
    id smallint NOT NULL,
    text text NOT NULL,
    plain_zh text NOT NULL,
    plain_en text NOT NULL,
    short_zh text NOT NULL,
    short_en text NOT NULL,
    article text NOT NULL,
    has_term boolean NOT NULL,
    how_it_ends_zh text NOT NULL,
    how_it_ends_en text NOT NULL,
    CONSTRAINT ground_one_to_six CHECK (((id >= 1) AND (id <= 6)))
);

ALTER TABLE register.ground OWNER TO owner;

--
-- Name: TABLE ground; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.ground IS 'The six grounds (失信行为具体情形) of Article 1, 法释〔2017〕7号, with plain words and how a listing on each ends.';

--
-- Name: COLUMN ground.has_term; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.ground.has_term IS 'Grounds 2 to 6 carry a term (Article 2); ground 1 has none.';

--
-- Name: installation; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.installation (
    only_row boolean DEFAULT true NOT NULL,
    identity_key_check bytea NOT NULL,
    CONSTRAINT installation_one_row CHECK (only_row)
);

ALTER TABLE register.installation OWNER TO owner;

--
-- Name: TABLE installation; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.installation IS 'What belongs to this installation as a whole.';

--
-- Name: COLUMN installation.identity_key_check; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.installation.identity_key_check IS 'A digest made with the identity key, so that a wrong key is refused instead of doubling every entity.';

--
-- Name: key_request; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.key_request (
    court_id uuid NOT NULL,
    number integer NOT NULL,
    key bytea NOT NULL,
    not_after timestamp with time zone NOT NULL,
    sealed jsonb NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT key_request_key_has_32_bytes CHECK ((octet_length(key) = 32)),
    CONSTRAINT key_request_number_positive CHECK ((number > 0))
);

ALTER TABLE ONLY register.key_request FORCE ROW LEVEL SECURITY;

ALTER TABLE register.key_request OWNER TO owner;

--
-- Name: TABLE key_request; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.key_request IS 'A court''s new signing key that waits for the root''s signature, made offline; a row goes when it comes or is dropped.';

--
-- Name: COLUMN key_request.sealed; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.key_request.sealed IS 'Its secret, sealed to keepers and recovery: a list of {officer, fingerprint, sealed}, officer null for recovery; fingerprint of the key it is sealed to.';

--
-- Name: tombstone; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.tombstone (
    listing_id uuid NOT NULL,
    court_id uuid NOT NULL,
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

ALTER TABLE ONLY register.tombstone FORCE ROW LEVEL SECURITY;

ALTER TABLE register.tombstone OWNER TO owner;

--
-- Name: TABLE tombstone; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.tombstone IS 'What is left of a listing whose legal life is over: that there was one, at which court, from when until when and why it ended. Nothing of the person.';

--
-- Name: COLUMN tombstone.listing_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.tombstone.listing_key IS 'Keyed hash, which names nobody without the key outside the database: the same row of a file is known again. NULL once the rule tombstone_key has passed.';

--
-- Name: COLUMN tombstone.barred_until; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.tombstone.barred_until IS 'Last day on which it may not be listed again (Article 10); NULL where nothing barred it.';

--
-- Name: COLUMN tombstone.taken_down; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.tombstone.taken_down IS 'Whether officers ended it, so that no file shows it again.';

--
-- Name: listing_course; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.listing_course WITH (security_invoker='true') AS
 SELECT listing.court_id,
    listing.published_on,
    LEAST(listing.ended_on, (listing.term_ends_on + 1)) AS ended_on,
    COALESCE(listing.ended_cause, 'term_ended'::text) AS cause
   FROM register.listing
  WHERE (listing.published_on IS NOT NULL)
UNION ALL
 SELECT tombstone.court_id,
    tombstone.published_on,
    tombstone.ended_on,
    tombstone.cause
   FROM register.tombstone
  WHERE (tombstone.published_on IS NOT NULL)
UNION ALL
 SELECT earlier_course.court_id,
    earlier_course.published_on,
    earlier_course.ended_on,
    earlier_course.cause
   FROM register.earlier_course;

ALTER TABLE register.listing_course OWNER TO owner;

--
-- Name: VIEW listing_course; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.listing_course IS 'Every time that a listing was public, also of those reduced or listed again since: its court, from when until when, and why it ended.';

--
-- Name: listing_event_id_seq; Type: SEQUENCE; Schema: register; Owner: owner
--

ALTER TABLE register.listing_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.listing_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: withheld_text; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.withheld_text (
    listing_id uuid NOT NULL,
    field text NOT NULL,
    original text NOT NULL,
    CONSTRAINT withheld_text_field_known CHECK ((field = ANY (ARRAY['duty'::text, 'performed_part'::text, 'unperformed_part'::text])))
);

ALTER TABLE ONLY register.withheld_text FORCE ROW LEVEL SECURITY;

ALTER TABLE register.withheld_text OWNER TO owner;

--
-- Name: TABLE withheld_text; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.withheld_text IS 'Free text in which private details were found, as the file held it, until a clerk decides. Never readable by the public role.';

--
-- Name: listing_gap; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.listing_gap WITH (security_invoker='true') AS
 SELECT open_task.court_id,
    open_task.listing_id,
    'term'::text AS lacks
   FROM register.open_task
  WHERE (open_task.kind = 'complete_term'::text)
UNION ALL
 SELECT DISTINCT listing.court_id,
    listing.id AS listing_id,
    'text'::text AS lacks
   FROM (register.withheld_text
     JOIN register.listing ON ((listing.id = withheld_text.listing_id)))
  WHERE (listing.ended_on IS NULL);

ALTER TABLE register.listing_gap OWNER TO owner;

--
-- Name: VIEW listing_gap; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.listing_gap IS 'Listings that wait for the court without a clock: their file did not state the term, or text in them is withheld until a clerk decides.';

--
-- Name: COLUMN listing_gap.lacks; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.listing_gap.lacks IS 'term or text.';

--
-- Name: name; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.name (
    is_person boolean NOT NULL,
    name_folded text NOT NULL COLLATE pg_catalog."C",
    keys text[] NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE register.name OWNER TO owner;

--
-- Name: TABLE name; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.name IS 'Names by which somebody was ever listed, once each, with the forms by which they are found. Removed late: whoever shows a name asks serving.entity whether it is current.';

--
-- Name: COLUMN name.is_person; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.name.is_person IS 'True for people; false for companies and other organisations, whose brand is indexed too.';

--
-- Name: COLUMN name.keys; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.name.keys IS 'Told apart by the first character: two neighbouring characters with the name''s length, 40 at most (or A_C for a three-character name), ~ a full reading, ^ initials, # a brand, with the length and without. Made by backend/core/name_forms.py.';

--
-- Name: never_shown; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.never_shown (
    identity_key bytea NOT NULL,
    minor_noted_on date,
    deceased_on date
);

ALTER TABLE register.never_shown OWNER TO owner;

--
-- Name: TABLE never_shown; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.never_shown IS 'Keyed hashes of those noted as minors or dead of whom nothing else is left, so that a later file is held back all the same.';

--
-- Name: notice_event_id_seq; Type: SEQUENCE; Schema: register; Owner: owner
--

ALTER TABLE register.notice_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.notice_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: notice_transition; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.notice_transition (
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL
);

ALTER TABLE register.notice_transition OWNER TO owner;

--
-- Name: TABLE notice_transition; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.notice_transition IS 'What may happen to a notice in which state. The same table stands in backend/notices/domain.py; a test compares them.';

--
-- Name: objection_course; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.objection_course WITH (security_invoker='true') AS
 SELECT objection.court_id,
    objection.filed_on,
    objection.decided_on,
        CASE
            WHEN (objection.outcome = ANY (ARRAY['founded'::text, 'founded_in_part'::text])) THEN objection.decided_on
            WHEN (review.outcome = 'reversed'::text) THEN review.decided_on
            ELSE NULL::date
        END AS upheld_on
   FROM (register.objection
     LEFT JOIN register.review ON ((review.filing_id = objection.filing_id)));

ALTER TABLE register.objection_course OWNER TO owner;

--
-- Name: VIEW objection_course; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.objection_course IS 'Every objection: its court, when it was filed and decided, and when it was upheld at least in part, by the court or on review. What the statistics count; says nothing of whom it was about.';

--
-- Name: objection_reminder; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.objection_reminder (
    filing_id uuid NOT NULL,
    openid bytea NOT NULL,
    answers integer NOT NULL,
    CONSTRAINT objection_reminder_tells_no_length CHECK ((octet_length(openid) = 169))
);
ALTER TABLE ONLY register.objection_reminder ALTER COLUMN openid SET STORAGE EXTERNAL;

ALTER TABLE register.objection_reminder OWNER TO owner;

--
-- Name: TABLE objection_reminder; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.objection_reminder IS 'Objectors who asked for one WeChat message when the court has answered; a row goes with its message.';

--
-- Name: COLUMN objection_reminder.openid; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.objection_reminder.openid IS 'Whom to remind, padded to 128 bytes, under the filing''s own key, which no database holds.';

--
-- Name: COLUMN objection_reminder.answers; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.objection_reminder.answers IS 'How many answers the court had given when it was asked for.';

--
-- Name: officer_key; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.officer_key (
    officer_id uuid NOT NULL,
    public_key bytea NOT NULL,
    wrapped bytea NOT NULL,
    compared_by uuid,
    compared_at timestamp with time zone,
    CONSTRAINT officer_key_compared_whole CHECK (((compared_by IS NULL) = (compared_at IS NULL))),
    CONSTRAINT officer_key_has_32_bytes CHECK ((octet_length(public_key) = 32)),
    CONSTRAINT officer_key_wrap_has_88_bytes CHECK ((octet_length(wrapped) = 88))
);

ALTER TABLE ONLY register.officer_key FORCE ROW LEVEL SECURITY;

ALTER TABLE register.officer_key OWNER TO owner;

--
-- Name: TABLE officer_key; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.officer_key IS 'An officer''s own X25519 pair; the secret half under Argon2id of a generated phrase, which stands nowhere here.';

--
-- Name: COLUMN officer_key.compared_by; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.officer_key.compared_by IS 'The keeper who compared its fingerprint in person; NULL before, and for what was sealed by command line.';

--
-- Name: own_readiness; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.own_readiness AS
 SELECT court_readiness.court_id,
    court_readiness.contact,
    court_readiness.imported,
    court_readiness.approvers,
    court_readiness.readers,
    court_readiness.recovery_sealed,
    court_readiness.announcement_reviewed,
    court_readiness.demo_cleared,
    court_readiness.mixed
   FROM register.court_readiness
  WHERE (court_readiness.court_id = register.acting_court());

ALTER TABLE register.own_readiness OWNER TO owner;

--
-- Name: VIEW own_readiness; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.own_readiness IS 'The go-live list of the court for which this transaction acts.';

--
-- Name: unsettled_claim; Type: VIEW; Schema: sealed; Owner: owner
--

CREATE VIEW sealed.unsettled_claim WITH (security_invoker='true') AS
 SELECT claim.id,
    claim.filing_id
   FROM (sealed.claim
     LEFT JOIN register.reward ON ((reward.claim_id = claim.id)))
  WHERE ((claim.state = 'received'::text) OR ((claim.state = 'approved'::text) AND (reward.exported_on IS NULL)));

ALTER TABLE sealed.unsettled_claim OWNER TO owner;

--
-- Name: VIEW unsettled_claim; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON VIEW sealed.unsettled_claim IS 'Claims that are still to be decided, or approved and not yet given to the cashier: what proves them lies under their tip''s key.';

--
-- Name: promised_listing; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.promised_listing WITH (security_invoker='true') AS
 SELECT notice.listing_id
   FROM ((((register.notice
     JOIN register.listing ON ((listing.id = notice.listing_id)))
     JOIN sealed.filing ON (((filing.court_id = notice.court_id) AND (((filing.target_id = notice.id) OR (filing.target_id = listing.id)) OR (filing.target_id = listing.entity_id)))))
     JOIN register.tip ON ((tip.filing_id = filing.id)))
     LEFT JOIN sealed.claim ON ((claim.filing_id = filing.id)))
  WHERE (((((filing.hour AT TIME ZONE 'Asia/Shanghai'::text))::date >= notice.published_on) AND (((filing.hour AT TIME ZONE 'Asia/Shanghai'::text))::date <= LEAST(notice.ends_on, notice.closed_on))) AND (filing.state <> ALL (ARRAY['shredding'::text, 'shredded'::text])) AND (tip.outcome IS DISTINCT FROM 'not_used'::text) AND ((claim.id IS NULL) OR (claim.id IN ( SELECT unsettled_claim.id
           FROM sealed.unsettled_claim))));

ALTER TABLE register.promised_listing OWNER TO owner;

--
-- Name: VIEW promised_listing; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.promised_listing IS 'Listings under a notice for which a reward may still be due: of a tip that waits for its decision, was found useful and not claimed for yet, or has a claim that is not settled.';

--
-- Name: past_life; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.past_life WITH (security_invoker='true') AS
 SELECT listing.id,
    listing.court_id,
    listing.entity_id,
    listing.listing_key,
    listing.source,
    listing.published_on,
        CASE
            WHEN (listing.ended_on IS NULL) THEN 'expired'::text
            ELSE listing.state
        END AS state,
    COALESCE(listing.ended_cause, 'term_ended'::text) AS cause,
    LEAST(listing.ended_on, (listing.term_ends_on + 1)) AS ended_on
   FROM register.listing
  WHERE ((listing.source = 'court'::text) AND (LEAST(listing.ended_on, (listing.term_ends_on + 1)) <= ( SELECT (serving.today() - register.kept_days('listing'::text)))) AND (NOT (EXISTS ( SELECT
           FROM register.task
          WHERE ((task.listing_id = listing.id) AND (task.done_on IS NULL) AND (task.kind = ANY (ARRAY['decide_objection'::text, 'act_on_objection'::text, 'decide_review'::text])))))) AND (NOT (EXISTS ( SELECT
           FROM register.promised_listing
          WHERE (promised_listing.listing_id = listing.id)))));

ALTER TABLE register.past_life OWNER TO owner;

--
-- Name: VIEW past_life; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.past_life IS 'Listings whose legal life, and the time to object after it, are over.';

--
-- Name: past_withheld_text; Type: VIEW; Schema: register; Owner: owner
--

CREATE VIEW register.past_withheld_text WITH (security_invoker='true') AS
 SELECT withheld_text.listing_id,
    withheld_text.field
   FROM (register.withheld_text
     JOIN register.listing ON ((listing.id = withheld_text.listing_id)))
  WHERE (LEAST(listing.ended_on, (listing.term_ends_on + 1)) <= ( SELECT (serving.today() - register.kept_days('withheld_text'::text))));

ALTER TABLE register.past_withheld_text OWNER TO owner;

--
-- Name: VIEW past_withheld_text; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON VIEW register.past_withheld_text IS 'Withheld originals of listings that have left: nobody can release them any more.';

--
-- Name: trail_check; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.trail_check (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    court_id uuid NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    walked bigint DEFAULT 0 NOT NULL,
    total bigint,
    signed bigint,
    head bytea,
    broken_at bigint,
    reason text,
    ended_at timestamp with time zone,
    CONSTRAINT trail_check_broken_whole CHECK (((broken_at IS NULL) = (reason IS NULL))),
    CONSTRAINT trail_check_ended_whole CHECK (((ended_at IS NULL) OR (reason IS NOT NULL) OR (head IS NOT NULL)))
);

ALTER TABLE ONLY register.trail_check FORCE ROW LEVEL SECURITY;

ALTER TABLE register.trail_check OWNER TO owner;

--
-- Name: TABLE trail_check; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.trail_check IS 'Verifications of the audit trail that auditors asked for: how far the worker is, and what it found.';

--
-- Name: COLUMN trail_check.walked; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.trail_check.walked IS 'Entries of the whole chain that were walked so far.';

--
-- Name: COLUMN trail_check.total; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.trail_check.total IS 'Entries of the whole chain when the walk began; NULL before.';

--
-- Name: COLUMN trail_check.signed; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.trail_check.signed IS 'Heads signed outside the database that were looked for in the chain.';

--
-- Name: COLUMN trail_check.broken_at; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON COLUMN register.trail_check.broken_at IS 'The first entry that is not what it was; 0 where the signed heads themselves are damaged.';

--
-- Name: transition; Type: TABLE; Schema: register; Owner: owner
--

CREATE TABLE register.transition (
    action text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL
);

ALTER TABLE register.transition OWNER TO owner;

--
-- Name: TABLE transition; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON TABLE register.transition IS 'What may happen to a listing in which state. The same table stands in backend/listings/domain/life.py; a test compares them.';

--
-- Name: bearer; Type: TABLE; Schema: sealed; Owner: owner
--

CREATE TABLE sealed.bearer (
    rowkey bytea NOT NULL,
    filing_id uuid NOT NULL,
    CONSTRAINT bearer_rowkey_has_32_bytes CHECK ((octet_length(rowkey) = 32))
);

ALTER TABLE ONLY sealed.bearer FORCE ROW LEVEL SECURITY;

ALTER TABLE sealed.bearer OWNER TO owner;

--
-- Name: TABLE bearer; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON TABLE sealed.bearer IS 'By what a sender comes back: a hash of the lookup, which is itself a hash of the receipt. Deleted with the filing''s key.';

--
-- Name: counter; Type: TABLE; Schema: sealed; Owner: owner
--

CREATE TABLE sealed.counter (
    court_id uuid NOT NULL,
    purpose text NOT NULL,
    number bigint NOT NULL,
    head bytea NOT NULL,
    CONSTRAINT counter_head_has_32_bytes CHECK ((octet_length(head) = 32)),
    CONSTRAINT counter_purpose_known CHECK ((purpose = ANY (ARRAY['objection'::text, 'tip'::text])))
);

ALTER TABLE ONLY sealed.counter FORCE ROW LEVEL SECURITY;

ALTER TABLE sealed.counter OWNER TO owner;

--
-- Name: TABLE counter; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON TABLE sealed.counter IS 'The last number and the head of the chain of each court''s filings for one purpose: locked last, so that numbers have no gap and follow the order of commits.';

--
-- Name: needed_filing; Type: VIEW; Schema: sealed; Owner: owner
--

CREATE VIEW sealed.needed_filing WITH (security_invoker='true') AS
 SELECT unsettled_claim.filing_id
   FROM sealed.unsettled_claim
UNION ALL
 SELECT review.filing_id
   FROM register.review
  WHERE (review.decided_on IS NULL);

ALTER TABLE sealed.needed_filing OWNER TO owner;

--
-- Name: VIEW needed_filing; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON VIEW sealed.needed_filing IS 'Filings that are not destroyed yet, whatever their term: a claim that they prove is not settled, or a review of their decision has not ended. One can stand there several times.';

--
-- Name: unwrapping; Type: TABLE; Schema: sealed; Owner: owner
--

CREATE TABLE sealed.unwrapping (
    officer_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    unwrapped_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY sealed.unwrapping FORCE ROW LEVEL SECURITY;

ALTER TABLE sealed.unwrapping OWNER TO owner;

--
-- Name: TABLE unwrapping; Type: COMMENT; Schema: sealed; Owner: owner
--

COMMENT ON TABLE sealed.unwrapping IS 'Which filings'' keys an officer was lent in the last minutes, to limit how many; the lasting record stands in the audit trail.';

--
-- Name: area; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.area AS
 SELECT area.code,
    area.name,
    area.level,
    area.parent_code,
    area.city_bubble_code,
    area.label_point,
    area.label_tile_x,
    area.label_tile_y,
    area.outline,
    area.provider,
    area.provider_version,
    area.name_en
   FROM register.area;

ALTER TABLE serving.area OWNER TO owner;

--
-- Name: VIEW area; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.area IS 'Administrative divisions with their full outlines.';

--
-- Name: count_day; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.count_day (
    only_row boolean DEFAULT true NOT NULL,
    counted_on date NOT NULL,
    CONSTRAINT count_day_one_row CHECK (only_row)
);

ALTER TABLE serving.count_day OWNER TO owner;

--
-- Name: TABLE count_day; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.count_day IS 'The day that serving.area_count and serving.court_count count. What changes by itself between it and today is added from the rows that do.';

--
-- Name: entity_row; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.entity_row (
    entity_id uuid NOT NULL,
    shown_from date NOT NULL,
    shown_until date NOT NULL,
    kind text NOT NULL,
    area_code text NOT NULL COLLATE pg_catalog."C",
    city_bubble_code text NOT NULL COLLATE pg_catalog."C",
    placed_by text NOT NULL,
    tile_key bigint,
    point public.geometry(Point,4326),
    ground_mask smallint NOT NULL,
    notice boolean NOT NULL,
    published_on date NOT NULL,
    courts uuid[] NOT NULL,
    court_masks smallint[] NOT NULL,
    name text NOT NULL,
    source text NOT NULL,
    summary text NOT NULL,
    CONSTRAINT entity_row_person_without_point CHECK (((kind <> 'person'::text) OR ((point IS NULL) AND (tile_key IS NULL)))),
    CONSTRAINT entity_row_shown_some_day CHECK ((shown_from < shown_until)),
    CONSTRAINT entity_row_tile_key_with_point CHECK (((tile_key IS NULL) = (point IS NULL)))
);

ALTER TABLE serving.entity_row OWNER TO owner;

--
-- Name: TABLE entity_row; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.entity_row IS 'What lists and tiles show of one entity, in map order: one row for each stretch of days over which that stays the same, past stretches left out. Read through serving.listed, which holds today''s.';

--
-- Name: COLUMN entity_row.shown_until; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.entity_row.shown_until IS 'The first day on which the row no longer holds; infinity where no day is known.';

--
-- Name: COLUMN entity_row.courts; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.entity_row.courts IS 'The court of each current listing, newest listing first.';

--
-- Name: COLUMN entity_row.court_masks; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.entity_row.court_masks IS 'The grounds of each current listing, in the order of courts.';

--
-- Name: COLUMN entity_row.summary; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.entity_row.summary IS 'The summary as JSON text, up to and without the value of as_of, which is that of the courts and changes with every import.';

--
-- Name: uncounted_change; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.uncounted_change AS
 WITH day AS MATERIALIZED (
         SELECT count_day.counted_on,
            serving.today() AS today,
            LEAST(count_day.counted_on, serving.today()) AS earlier,
            GREATEST(count_day.counted_on, serving.today()) AS later
           FROM serving.count_day
        )
 SELECT entity_row.kind,
    entity_row.area_code,
    entity_row.city_bubble_code,
    entity_row.placed_by,
    entity_row.tile_key,
    entity_row.ground_mask,
    entity_row.notice,
    entity_row.courts,
    entity_row.court_masks,
    ((((entity_row.shown_from <= ( SELECT day.today
           FROM day)) AND (entity_row.shown_until > ( SELECT day.today
           FROM day))))::integer - (((entity_row.shown_from <= ( SELECT day.counted_on
           FROM day)) AND (entity_row.shown_until > ( SELECT day.counted_on
           FROM day))))::integer) AS n
   FROM serving.entity_row
  WHERE (((entity_row.shown_from > ( SELECT day.earlier
           FROM day)) AND (entity_row.shown_from <= ( SELECT day.later
           FROM day))) OR ((entity_row.shown_until > ( SELECT day.earlier
           FROM day)) AND (entity_row.shown_until <= ( SELECT day.later
           FROM day))));

ALTER TABLE serving.uncounted_change OWNER TO owner;

--
-- Name: VIEW uncounted_change; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.uncounted_change IS 'Rows that begin or end to hold between the counted day and today; n is 1, -1 or 0. Empty on the counted day itself.';

--
-- Name: area_change; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.area_change AS
 SELECT bubble.from_zoom,
    bubble.area_code,
    uncounted_change.ground_mask,
    uncounted_change.notice,
    (
        CASE
            WHEN (uncounted_change.kind = 'person'::text) THEN uncounted_change.n
            ELSE 0
        END)::bigint AS person,
    (
        CASE
            WHEN ((uncounted_change.kind = 'person'::text) AND (uncounted_change.placed_by = 'county'::text)) THEN uncounted_change.n
            ELSE 0
        END)::bigint AS person_by_county,
    (
        CASE
            WHEN (uncounted_change.kind = 'company'::text) THEN uncounted_change.n
            ELSE 0
        END)::bigint AS company,
    (
        CASE
            WHEN (uncounted_change.kind = 'organisation'::text) THEN uncounted_change.n
            ELSE 0
        END)::bigint AS organisation
   FROM (serving.uncounted_change
     CROSS JOIN LATERAL serving.bubbles(uncounted_change.area_code, uncounted_change.city_bubble_code, uncounted_change.tile_key) bubble(from_zoom, area_code))
  WHERE (uncounted_change.n <> 0);

ALTER TABLE serving.area_change OWNER TO owner;

--
-- Name: VIEW area_change; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.area_change IS 'What serving.area_count lacks to count today.';

--
-- Name: area_count; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.area_count (
    from_zoom smallint NOT NULL,
    area_code text NOT NULL COLLATE pg_catalog."C",
    ground_mask smallint NOT NULL,
    notice boolean NOT NULL,
    person bigint NOT NULL,
    person_by_county bigint NOT NULL,
    company bigint NOT NULL,
    organisation bigint NOT NULL,
    CONSTRAINT area_count_from_zoom_known CHECK ((from_zoom = ANY (ARRAY[0, 6, 9, 12])))
);

ALTER TABLE serving.area_count OWNER TO owner;

--
-- Name: TABLE area_count; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.area_count IS 'Signed numbers of entities to be summed, by the bubble that counts them. Only ever inserted into, so that writers never wait for one another; serving.fold_counts() sums up.';

--
-- Name: COLUMN area_count.from_zoom; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.area_count.from_zoom IS '0 provinces, 6 cities, 9 everybody in the area itself, 12 those of them without a point.';

--
-- Name: COLUMN area_count.ground_mask; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.area_count.ground_mask IS 'The grounds of those counted; 0 in the rows that count all of a bubble together, once more, so that a tile without filters reads one row an area.';

--
-- Name: COLUMN area_count.person_by_county; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.area_count.person_by_county IS 'The people whom the list itself places in a county.';

--
-- Name: area_outline; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.area_outline AS
 SELECT area_outline.area_code,
    area_outline.max_zoom,
    area_outline.outline
   FROM register.area_outline;

ALTER TABLE serving.area_outline OWNER TO owner;

--
-- Name: VIEW area_outline; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.area_outline IS 'Outlines simplified for drawing.';

--
-- Name: listed; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.listed AS
 SELECT entity_row.entity_id,
    entity_row.kind,
    entity_row.area_code,
    entity_row.placed_by,
    entity_row.tile_key,
    entity_row.point,
    entity_row.ground_mask,
    entity_row.notice,
    entity_row.published_on,
    entity_row.courts,
    entity_row.court_masks,
    entity_row.name,
    entity_row.source,
    entity_row.summary
   FROM serving.entity_row
  WHERE (((entity_row.shown_from + 0) <= ( SELECT serving.today() AS today)) AND ((entity_row.shown_until + 0) > ( SELECT serving.today() AS today)));

ALTER TABLE serving.listed OWNER TO owner;

--
-- Name: VIEW listed; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.listed IS 'Who is listed today in China, one row an entity, with what lists and tiles show.';

--
-- Name: bearer; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.bearer AS
 SELECT entity.id AS entity_id,
    entity.name_folded,
    entity.kind,
    entity.area_code,
    listed.point,
    listed.ground_mask,
    listed.notice,
    listed.courts,
    listed.court_masks,
    listed.summary,
    (entity.kind = 'person'::text) AS is_person
   FROM (register.entity
     JOIN serving.listed ON ((listed.entity_id = entity.id)));

ALTER TABLE serving.bearer OWNER TO owner;

--
-- Name: VIEW bearer; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.bearer IS 'Who is listed today, by folded name: for searches.';

--
-- Name: change; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.change (
    sequence bigint NOT NULL,
    op text NOT NULL,
    entity_id uuid NOT NULL,
    entered_on date NOT NULL,
    CONSTRAINT change_op_known CHECK ((op = ANY (ARRAY['add'::text, 'update'::text, 'remove'::text])))
);

ALTER TABLE serving.change OWNER TO owner;

--
-- Name: TABLE change; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.change IS 'Who came, changed and left, in the order of commits. Holds nothing personal: what is said of somebody is read when it is asked for, and only while they are listed.';

--
-- Name: change_head; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.change_head (
    only_row boolean DEFAULT true NOT NULL,
    sequence bigint DEFAULT 0 NOT NULL,
    entered_for date NOT NULL,
    pruned_to bigint DEFAULT 0 NOT NULL,
    CONSTRAINT change_head_one_row CHECK (only_row)
);

ALTER TABLE serving.change_head OWNER TO owner;

--
-- Name: TABLE change_head; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.change_head IS 'The last change of the feed. Whoever enters changes holds this row to the end of the transaction, so that the order of sequences is that of commits and none is skipped.';

--
-- Name: COLUMN change_head.entered_for; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.change_head.entered_for IS 'The day in China for which everything that begins or ends by itself has been entered.';

--
-- Name: COLUMN change_head.pruned_to; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.change_head.pruned_to IS 'The last sequence that is no longer kept; 0 before the first pruning.';

--
-- Name: counted; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.counted AS
 SELECT area_count.from_zoom,
    area_count.area_code,
    area_count.ground_mask,
    area_count.notice,
    area_count.person,
    area_count.company,
    area_count.organisation
   FROM serving.area_count;

ALTER TABLE serving.counted OWNER TO owner;

--
-- Name: VIEW counted; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.counted IS 'serving.current_count as of the counted day, with the rows that count all grounds together (ground_mask 0).';

--
-- Name: court_count; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.court_count (
    court_id uuid NOT NULL,
    area_code text NOT NULL COLLATE pg_catalog."C",
    city_bubble_code text NOT NULL COLLATE pg_catalog."C",
    at_point boolean NOT NULL,
    ground_mask smallint NOT NULL,
    notice boolean NOT NULL,
    person bigint NOT NULL,
    company bigint NOT NULL,
    organisation bigint NOT NULL
);

ALTER TABLE serving.court_count OWNER TO owner;

--
-- Name: TABLE court_count; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.court_count IS 'Signed numbers of entities to be summed, by court: an entity counts once for each, with the grounds of that court''s listings.';

--
-- Name: counted_by_court; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.counted_by_court AS
 SELECT court_count.court_id,
    court_count.area_code,
    court_count.city_bubble_code,
    court_count.at_point,
    court_count.ground_mask,
    court_count.notice,
    court_count.person,
    court_count.company,
    court_count.organisation
   FROM serving.court_count;

ALTER TABLE serving.counted_by_court OWNER TO owner;

--
-- Name: VIEW counted_by_court; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.counted_by_court IS 'The numbers of each court''s listed on the counted day, to be summed.';

--
-- Name: counted_today; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.counted_today AS
 SELECT (count_day.counted_on = serving.today()) AS is_today
   FROM serving.count_day;

ALTER TABLE serving.counted_today OWNER TO owner;

--
-- Name: VIEW counted_today; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.counted_today IS 'Whether the counted day is today, so that nothing that changes by itself has to be added to what is counted.';

--
-- Name: court; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.court AS
 SELECT court.id,
    court.code,
    court.name,
    court.level,
    court.area_code,
    court.superior_id,
    court.phone,
    court.address,
    court.by_rule,
    court.as_of
   FROM register.court;

ALTER TABLE serving.court OWNER TO owner;

--
-- Name: VIEW court; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.court IS 'Courts, their contacts and how fresh their lists are.';

--
-- Name: court_acceptance; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.court_acceptance AS
 WITH opened AS (
         SELECT ready.court_id,
            ready.readers,
            ready.approvers,
            ready.announcement_reviewed,
            (ready.contact AND ready.imported AND ready.recovery_sealed AND (NOT ready.mixed)) AS may_open
           FROM register.court_readiness ready
        )
 SELECT opened.court_id,
    (opened.may_open AND (opened.readers > 0)) AS accepts_objections,
    (opened.may_open AND (opened.readers > 1) AND (opened.approvers > 1) AND opened.announcement_reviewed) AS accepts_tips
   FROM opened;

ALTER TABLE serving.court_acceptance OWNER TO owner;

--
-- Name: VIEW court_acceptance; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.court_acceptance IS 'What a court takes here, by its go-live list: objections once it is known how it is reached, its list was imported, an officer can read and recovery lies sealed; tips once there are two readers, two approvers and a reviewed announcement as well. Neither where somebody real reads while invented records stand beside courts'' own.';

--
-- Name: court_box_key; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.court_box_key AS
 SELECT box.court_id,
    box.number AS box_number,
    stated.use,
    stated.number,
    stated.key,
    stated.not_after,
    stated.signature
   FROM (register.court_key box
     JOIN register.court_key stated ON (((stated.court_id = box.court_id) AND (((stated.use = 'sign'::text) AND (stated.number = box.signed_by)) OR ((stated.use = 'box'::text) AND (stated.number = box.number))))))
  WHERE (box.use = 'box'::text);

ALTER TABLE serving.court_box_key OWNER TO owner;

--
-- Name: VIEW court_box_key; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.court_box_key IS 'For every box key there was, its statement and that of the key that signed it: by which a phone checks an answer made before a rotation.';

--
-- Name: court_change; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.court_change AS
 SELECT court.id AS court_id,
    uncounted_change.area_code,
    uncounted_change.city_bubble_code,
    court.ground_mask,
    uncounted_change.notice,
    (uncounted_change.tile_key IS NOT NULL) AS at_point,
    (
        CASE
            WHEN (uncounted_change.kind = 'person'::text) THEN uncounted_change.n
            ELSE 0
        END)::bigint AS person,
    (
        CASE
            WHEN (uncounted_change.kind = 'company'::text) THEN uncounted_change.n
            ELSE 0
        END)::bigint AS company,
    (
        CASE
            WHEN (uncounted_change.kind = 'organisation'::text) THEN uncounted_change.n
            ELSE 0
        END)::bigint AS organisation
   FROM (serving.uncounted_change
     CROSS JOIN LATERAL serving.courts(uncounted_change.courts, uncounted_change.court_masks) court(id, ground_mask))
  WHERE (uncounted_change.n <> 0);

ALTER TABLE serving.court_change OWNER TO owner;

--
-- Name: VIEW court_change; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.court_change IS 'What serving.court_count lacks to count today.';

--
-- Name: court_name; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.court_name AS
 SELECT court_name.name_folded,
    court_name.court_id
   FROM register.court_name;

ALTER TABLE serving.court_name OWNER TO owner;

--
-- Name: VIEW court_name; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.court_name IS 'Folded names by which a court is found.';

--
-- Name: current_count; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.current_count AS
 SELECT area_count.from_zoom,
    area_count.area_code,
    area_count.ground_mask,
    area_count.notice,
    area_count.person,
    area_count.person_by_county,
    area_count.company,
    area_count.organisation
   FROM serving.area_count
  WHERE (area_count.ground_mask <> 0)
UNION ALL
 SELECT area_change.from_zoom,
    area_change.area_code,
    area_change.ground_mask,
    area_change.notice,
    area_change.person,
    area_change.person_by_county,
    area_change.company,
    area_change.organisation
   FROM serving.area_change;

ALTER TABLE serving.current_count OWNER TO owner;

--
-- Name: VIEW current_count; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.current_count IS 'Numbers of the listed today by bubble, to be summed.';

--
-- Name: current_court_count; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.current_court_count AS
 WITH counted AS (
         SELECT court_count.court_id,
            court_count.area_code,
            court_count.city_bubble_code,
            court_count.at_point,
            court_count.ground_mask,
            court_count.notice,
            court_count.person,
            court_count.company,
            court_count.organisation
           FROM serving.court_count
        UNION ALL
         SELECT court_change.court_id,
            court_change.area_code,
            court_change.city_bubble_code,
            court_change.at_point,
            court_change.ground_mask,
            court_change.notice,
            court_change.person,
            court_change.company,
            court_change.organisation
           FROM serving.court_change
        )
 SELECT counted.court_id,
    bubble.from_zoom,
    bubble.area_code,
    counted.ground_mask,
    counted.notice,
    counted.person,
    counted.company,
    counted.organisation
   FROM (counted
     CROSS JOIN LATERAL serving.bubbles(counted.area_code, counted.city_bubble_code, (
        CASE
            WHEN counted.at_point THEN 0
            ELSE NULL::integer
        END)::bigint) bubble(from_zoom, area_code));

ALTER TABLE serving.current_court_count OWNER TO owner;

--
-- Name: VIEW current_court_count; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.current_court_count IS 'Numbers of each court''s listed today by bubble, to be summed.';

--
-- Name: current_listing; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.current_listing AS
 SELECT listing.id,
    listing.entity_id,
    listing.court_id,
    listing.case_number,
    listing.case_key,
    listing.basis_issuer,
    listing.basis_number,
    listing.duty,
    listing.performance,
    listing.performed_part,
    listing.unperformed_part,
    listing.ground_mask,
    listing.filed_on,
    listing.published_on,
    listing.term_ends_on,
    listing.corrected_on,
    listing.corrected_field,
    listing.source,
    ((import_file.imported_at AT TIME ZONE 'Asia/Shanghai'::text))::date AS source_file_on
   FROM (register.listing
     LEFT JOIN register.import_file ON ((import_file.id = listing.import_file_id)))
  WHERE ((listing.state = 'published'::text) AND (listing.published_on <= ( SELECT serving.today() AS today)) AND ((listing.term_ends_on IS NULL) OR (listing.term_ends_on >= ( SELECT serving.today() AS today))));

ALTER TABLE serving.current_listing OWNER TO owner;

--
-- Name: VIEW current_listing; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.current_listing IS 'Listings that are public today in China: begun, not ended, and not past the last day of their term.';

--
-- Name: current_notice; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.current_notice AS
 SELECT notice.id,
    notice.listing_id,
    current_listing.entity_id,
    notice.kind,
    notice.published_on,
    notice.ends_on
   FROM (register.announced_notice notice
     JOIN serving.current_listing ON ((current_listing.id = notice.listing_id)))
  WHERE ((( SELECT serving.today() AS today) >= notice.published_on) AND (( SELECT serving.today() AS today) <= notice.ends_on));

ALTER TABLE serving.current_notice OWNER TO owner;

--
-- Name: VIEW current_notice; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.current_notice IS 'Reward notices that run today on a current listing.';

--
-- Name: entering; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.entering (
    asked boolean NOT NULL
);

ALTER TABLE serving.entering OWNER TO owner;

--
-- Name: TABLE entering; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.entering IS 'One row in a transaction that has touched somebody, so that its trigger enters the changes at the commit; empty outside of it.';

--
-- Name: entity; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.entity AS
 SELECT entity.id,
    entity.kind,
    entity.name,
    entity.name_folded,
    entity.sex,
    entity.age_band,
    entity.uscc,
    entity.representative,
    entity.registered_address,
    entity.area_code,
    entity.placed_by,
    entity.point,
    entity.tile_key,
    entity.has_identifier,
    entity.source
   FROM register.entity
  WHERE (EXISTS ( SELECT 1
           FROM serving.current_listing
          WHERE (current_listing.entity_id = entity.id)));

ALTER TABLE serving.entity OWNER TO owner;

--
-- Name: VIEW entity; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.entity IS 'Entities with at least one current listing. People have no point, by a constraint of the table below.';

--
-- Name: feed; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.feed AS
 SELECT change.sequence,
    change.op,
    change.entity_id
   FROM serving.change;

ALTER TABLE serving.feed OWNER TO owner;

--
-- Name: VIEW feed; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.feed IS 'The feed''s entries, by sequence.';

--
-- Name: mirrored; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.mirrored (
    entity_id uuid NOT NULL,
    shown_until date NOT NULL,
    content bigint
);

ALTER TABLE serving.mirrored OWNER TO owner;

--
-- Name: TABLE mirrored; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.mirrored IS 'Whoever is listed by the feed''s last entry: what the next entries are told from.';

--
-- Name: COLUMN mirrored.shown_until; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.mirrored.shown_until IS 'The first day on which what is shown of them changes or ends by itself.';

--
-- Name: COLUMN mirrored.content; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.mirrored.content IS 'Hash of serving.mirror.content; NULL until the first change after their coming, which is then entered unseen.';

--
-- Name: feed_member; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.feed_member AS
 SELECT mirrored.entity_id
   FROM serving.mirrored;

ALTER TABLE serving.feed_member OWNER TO owner;

--
-- Name: VIEW feed_member; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.feed_member IS 'Whoever is listed by the feed''s last entry, for those who begin anew.';

--
-- Name: feed_state; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.feed_state AS
 SELECT change_head.sequence,
    change_head.pruned_to,
    (change_head.entered_for < serving.today()) AS day_is_open
   FROM serving.change_head;

ALTER TABLE serving.feed_state OWNER TO owner;

--
-- Name: VIEW feed_state; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.feed_state IS 'The last sequence and the last one no longer kept; day_is_open where serving.enter_day() has something to do.';

--
-- Name: ground; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.ground AS
 SELECT ground.id,
    ground.text,
    ground.plain_zh,
    ground.plain_en,
    ground.short_zh,
    ground.short_en,
    ground.article,
    ground.has_term,
    ground.how_it_ends_zh,
    ground.how_it_ends_en
   FROM register.ground;

ALTER TABLE serving.ground OWNER TO owner;

--
-- Name: VIEW ground; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.ground IS 'The six grounds in the law''s words and in plain ones.';

--
-- Name: listed_by_rule; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.listed_by_rule AS
 WITH said AS (
         SELECT listing.entity_id,
            bit_or(listing.ground_mask) AS ground_mask,
            max(listing.published_on) AS published_on,
            array_agg(listing.court_id ORDER BY listing.published_on DESC, listing.id) AS courts,
            array_agg(listing.ground_mask ORDER BY listing.published_on DESC, listing.id) AS court_masks,
            (serving.unrepeated(array_agg(court.name ORDER BY listing.published_on DESC, listing.id)))::text AS court_names,
            (serving.unrepeated(array_agg(listing.case_number ORDER BY listing.published_on DESC, listing.id)))::text AS case_numbers
           FROM (serving.current_listing listing
             JOIN register.court ON ((court.id = listing.court_id)))
          GROUP BY listing.entity_id
        )
 SELECT entity.id AS entity_id,
    entity.kind,
    entity.area_code,
    area.city_bubble_code,
    entity.placed_by,
    entity.tile_key,
    entity.point,
    said.ground_mask,
    noticed.notice,
    said.published_on,
    said.courts,
    said.court_masks,
    entity.name,
    entity.source,
    serving.summary(entity.*, area.name, said.court_names, said.case_numbers, said.ground_mask, said.published_on, noticed.notice) AS summary
   FROM (((said
     JOIN register.entity ON ((entity.id = said.entity_id)))
     JOIN register.area ON ((area.code = entity.area_code)))
     CROSS JOIN LATERAL ( SELECT (EXISTS ( SELECT
                   FROM serving.current_notice
                  WHERE (current_notice.entity_id = entity.id))) AS notice) noticed);

ALTER TABLE serving.listed_by_rule OWNER TO owner;

--
-- Name: VIEW listed_by_rule; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.listed_by_rule IS 'What serving.listed must hold today, computed from the register alone. For checks: it reads everything.';

--
-- Name: listing_detail; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.listing_detail AS
 SELECT listed.entity_id,
    listed.kind,
    listed.summary,
    entity.uscc,
    entity.representative,
    entity.registered_address,
    listing.id AS listing_id,
    court.id AS court_id,
    court.name AS court_name,
    listing.case_number,
    listing.basis_issuer,
    listing.basis_number,
    listing.duty,
    listing.performance,
    listing.performed_part,
    listing.unperformed_part,
    listing.ground_mask,
    listing.filed_on,
    listing.published_on,
    listing.term_ends_on,
    listing.corrected_on,
    listing.corrected_field,
    listing.source_file_on,
    (court.as_of AT TIME ZONE 'UTC'::text) AS as_of,
        CASE
            WHEN listed.notice THEN ( SELECT notice.id
               FROM register.announced_notice notice
              WHERE ((notice.listing_id = listing.id) AND ((( SELECT serving.today() AS today) >= notice.published_on) AND (( SELECT serving.today() AS today) <= notice.ends_on)))
              ORDER BY notice.published_on DESC, notice.id
             LIMIT 1)
            ELSE NULL::uuid
        END AS notice_id,
    ( SELECT string_agg(concat_ws(' '::text, task.kind,
                CASE
                    WHEN (task.cause = 'performed'::text) THEN 'performed'::text
                    ELSE '-'::text
                END, COALESCE((task.due_on)::text, '-'::text),
                CASE
                    WHEN (task.due_on < ( SELECT serving.today() AS today)) THEN 'overdue'::text
                    ELSE '-'::text
                END, COALESCE((serving.working_days_left(task.due_on))::text, '-'::text)), ';'::text ORDER BY task.due_on, task.kind) AS string_agg
           FROM register.task
          WHERE ((task.listing_id = listing.id) AND (task.done_on IS NULL) AND (task.kind = ANY (ARRAY['withdraw'::text, 'correct'::text, 'delete_after_cause'::text, 'decide_objection'::text, 'act_on_objection'::text, 'decide_early_deletion'::text])))) AS duties
   FROM (((serving.listed
     JOIN serving.current_listing listing ON ((listing.entity_id = listed.entity_id)))
     JOIN register.entity ON ((entity.id = listed.entity_id)))
     JOIN register.court ON ((court.id = listing.court_id)));

ALTER TABLE serving.listing_detail OWNER TO owner;

--
-- Name: VIEW listing_detail; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.listing_detail IS 'Every current listing with what is said of the entity, for the page of one entity: half the time of asking serving.entity and serving.current_notice, which each look again whether a listing is current.';

--
-- Name: COLUMN listing_detail.as_of; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.listing_detail.as_of IS 'When the court''s list was last imported, UTC.';

--
-- Name: COLUMN listing_detail.notice_id; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.listing_detail.notice_id IS 'The newest reward notice of the listing that runs today.';

--
-- Name: COLUMN listing_detail.duties; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.listing_detail.duties IS 'Open duties of the court that end or change the listing, the most pressing first, as `kind performed|- day|- overdue|- working days left|-` with semicolons between them; NULL where there is none. Of a task nothing else is public.';

--
-- Name: mirror; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.mirror AS
 SELECT entity.id AS entity_id,
    ((jsonb_build_object('id', entity.id, 'kind', entity.kind, 'name', entity.name, 'sex', entity.sex, 'age_band', entity.age_band, 'area', jsonb_build_object('code', entity.area_code, 'name', area.name), 'placed_by', entity.placed_by, 'source', entity.source, 'listings', said.listings) ||
        CASE
            WHEN (entity.kind = 'person'::text) THEN '{}'::jsonb
            ELSE jsonb_build_object('uscc', entity.uscc, 'representative', entity.representative, 'registered_address', entity.registered_address)
        END))::text AS content
   FROM ((register.entity
     JOIN register.area ON ((area.code = entity.area_code)))
     CROSS JOIN LATERAL ( SELECT jsonb_agg(jsonb_build_object('court', jsonb_build_object('id', court.id, 'name', court.name), 'case_number', listing.case_number, 'basis', jsonb_build_object('issuer', listing.basis_issuer, 'number', listing.basis_number), 'duty', listing.duty, 'performance', listing.performance, 'performed_part', listing.performed_part, 'unperformed_part', listing.unperformed_part, 'grounds', ((('['::text || serving.grounds(listing.ground_mask)) || ']'::text))::jsonb, 'filed_on', listing.filed_on, 'published_on', listing.published_on, 'term_ends_on', listing.term_ends_on, 'notice', (EXISTS ( SELECT
                   FROM register.notice
                  WHERE ((notice.listing_id = listing.id) AND ((( SELECT serving.today() AS today) >= notice.published_on) AND (( SELECT serving.today() AS today) <= notice.ends_on))))), 'corrected',
                CASE
                    WHEN (listing.corrected_on IS NOT NULL) THEN jsonb_build_object('on', listing.corrected_on, 'field', listing.corrected_field)
                    ELSE NULL::jsonb
                END) ORDER BY listing.published_on DESC, listing.id) AS listings
           FROM (serving.current_listing listing
             JOIN register.court ON ((court.id = listing.court_id)))
          WHERE (listing.entity_id = entity.id)) said)
  WHERE (said.listings IS NOT NULL);

ALTER TABLE serving.mirror OWNER TO owner;

--
-- Name: VIEW mirror; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.mirror IS 'What a recipient may mirror of everybody listed today: public fields only, as JSON text.';

--
-- Name: recent_count; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.recent_count (
    area_code text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    added integer NOT NULL,
    removed integer NOT NULL
);

ALTER TABLE serving.recent_count OWNER TO owner;

--
-- Name: TABLE recent_count; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.recent_count IS 'By how much the numbers of entities listed in the last 30 days, and of those who left in them and are listed no more, change from one day to the next, in an area and everything below it; summed up to a day they are that day''s. Holds for 30 days after the last count.';

--
-- Name: COLUMN recent_count.day; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.recent_count.day IS 'What was so before the day of the count stands at that day.';

--
-- Name: removal_notice; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.removal_notice AS
 SELECT removal_notice.code,
    removal_notice.signed_text,
    encode(removal_notice.signature, 'hex'::text) AS signature,
    encode(removal_notice.public_key, 'hex'::text) AS public_key
   FROM register.removal_notice;

ALTER TABLE serving.removal_notice OWNER TO owner;

--
-- Name: VIEW removal_notice; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.removal_notice IS 'Removal notices, by the code that is printed on them.';

--
-- Name: running_notice; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.running_notice AS
 SELECT notice.id,
    notice.kind,
    notice.basis,
    notice.amount,
    notice.percent,
    notice.cap,
    notice.funder,
    notice.how_to_claim,
    notice.published_on,
    notice.ends_on,
    notice.source,
    court.id AS court_id,
    court.name AS court_name,
    court.as_of,
    listing.case_number,
    entity.id AS entity_id,
    entity.kind AS entity_kind,
    entity.area_code,
    area.name AS area_name,
        CASE
            WHEN (entity.kind <> 'person'::text) THEN entity.name
            ELSE NULL::text
        END AS entity_name
   FROM ((((register.announced_notice notice
     JOIN serving.current_listing listing ON ((listing.id = notice.listing_id)))
     JOIN register.court ON ((court.id = notice.court_id)))
     JOIN register.entity ON ((entity.id = listing.entity_id)))
     JOIN register.area ON ((area.code = entity.area_code)))
  WHERE ((( SELECT serving.today() AS today) >= notice.published_on) AND (( SELECT serving.today() AS today) <= notice.ends_on));

ALTER TABLE serving.running_notice OWNER TO owner;

--
-- Name: VIEW running_notice; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.running_notice IS 'What the public reads of the notices that run today on a current listing.';

--
-- Name: COLUMN running_notice.entity_name; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.running_notice.entity_name IS 'Of a company or organisation. NULL for a person, whom only the entity''s own page names, under its brakes.';

--
-- Name: site; Type: VIEW; Schema: serving; Owner: owner
--

CREATE VIEW serving.site AS
 SELECT (EXISTS ( SELECT 1
           FROM serving.current_listing
          WHERE (current_listing.source = 'demo'::text))) AS holds_demo,
    (EXISTS ( SELECT 1
           FROM serving.current_listing
          WHERE (current_listing.source = 'court'::text))) AS holds_court,
    ( SELECT min(court.as_of) AS min
           FROM register.court) AS as_of;

ALTER TABLE serving.site OWNER TO owner;

--
-- Name: VIEW site; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON VIEW serving.site IS 'What is shown by source: the notice about fictional data follows the records, not a setting.';

--
-- Name: COLUMN site.as_of; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON COLUMN serving.site.as_of IS 'When the list that was imported longest ago was imported; NULL before the first import.';

--
-- Name: touched; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.touched (
    entity_id uuid NOT NULL
);

ALTER TABLE serving.touched OWNER TO owner;

--
-- Name: TABLE touched; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.touched IS 'Entities that a bulk change has touched and not refreshed yet: empty outside its transaction.';

--
-- Name: unentered; Type: TABLE; Schema: serving; Owner: owner
--

CREATE TABLE serving.unentered (
    entity_id uuid NOT NULL
);

ALTER TABLE serving.unentered OWNER TO owner;

--
-- Name: TABLE unentered; Type: COMMENT; Schema: serving; Owner: owner
--

COMMENT ON TABLE serving.unentered IS 'Whom the present transaction has touched; empty outside of it.';

--
-- Name: body body_pkey; Type: CONSTRAINT; Schema: audit; Owner: audit_owner
--

ALTER TABLE ONLY audit.body
    ADD CONSTRAINT body_pkey PRIMARY KEY (sequence);

--
-- Name: entry entry_pkey; Type: CONSTRAINT; Schema: audit; Owner: audit_owner
--

ALTER TABLE ONLY audit.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (sequence);

--
-- Name: head head_pkey; Type: CONSTRAINT; Schema: audit; Owner: audit_owner
--

ALTER TABLE ONLY audit.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (only_row);

--
-- Name: approval_opening approval_opening_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.approval_opening
    ADD CONSTRAINT approval_opening_pkey PRIMARY KEY (approval_id, officer_id);

--
-- Name: approval approval_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.approval
    ADD CONSTRAINT approval_pkey PRIMARY KEY (id);

--
-- Name: area_outline area_outline_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area_outline
    ADD CONSTRAINT area_outline_pkey PRIMARY KEY (area_code, max_zoom);

--
-- Name: area area_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area
    ADD CONSTRAINT area_pkey PRIMARY KEY (code);

--
-- Name: calendar_day calendar_day_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.calendar_day
    ADD CONSTRAINT calendar_day_pkey PRIMARY KEY (day);

--
-- Name: cause cause_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.cause
    ADD CONSTRAINT cause_pkey PRIMARY KEY (action, code, valid_from);

--
-- Name: clock clock_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.clock
    ADD CONSTRAINT clock_pkey PRIMARY KEY (name, valid_from);

--
-- Name: common_gram common_gram_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.common_gram
    ADD CONSTRAINT common_gram_pkey PRIMARY KEY (is_person, gram);

--
-- Name: court court_code_unique; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court
    ADD CONSTRAINT court_code_unique UNIQUE (code);

--
-- Name: court_key court_key_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_key
    ADD CONSTRAINT court_key_pkey PRIMARY KEY (court_id, use, number);

--
-- Name: court_list_before court_list_before_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list_before
    ADD CONSTRAINT court_list_before_pkey PRIMARY KEY (list_id, listing_id);

--
-- Name: court_list_change court_list_change_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list_change
    ADD CONSTRAINT court_list_change_pkey PRIMARY KEY (id);

--
-- Name: court_list court_list_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list
    ADD CONSTRAINT court_list_pkey PRIMARY KEY (id);

--
-- Name: court_name court_name_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_name
    ADD CONSTRAINT court_name_pkey PRIMARY KEY (name_folded, court_id);

--
-- Name: court court_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court
    ADD CONSTRAINT court_pkey PRIMARY KEY (id);

--
-- Name: court_secret court_secret_once; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_secret
    ADD CONSTRAINT court_secret_once UNIQUE NULLS NOT DISTINCT (court_id, use, number, officer_id);

--
-- Name: desk_visit desk_visit_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.desk_visit
    ADD CONSTRAINT desk_visit_pkey PRIMARY KEY (officer_id);

--
-- Name: earlier_course earlier_course_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.earlier_course
    ADD CONSTRAINT earlier_course_pkey PRIMARY KEY (listing_id, published_on, ended_on);

--
-- Name: entity entity_identity_unique; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.entity
    ADD CONSTRAINT entity_identity_unique UNIQUE (identity_key);

--
-- Name: entity entity_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.entity
    ADD CONSTRAINT entity_pkey PRIMARY KEY (id);

--
-- Name: ground ground_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.ground
    ADD CONSTRAINT ground_pkey PRIMARY KEY (id);

--
-- Name: import_file import_file_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.import_file
    ADD CONSTRAINT import_file_pkey PRIMARY KEY (id);

--
-- Name: installation installation_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (only_row);

--
-- Name: key_exposure key_exposure_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.key_exposure
    ADD CONSTRAINT key_exposure_pkey PRIMARY KEY (court_id, use, number, officer_id);

--
-- Name: key_request key_request_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.key_request
    ADD CONSTRAINT key_request_pkey PRIMARY KEY (court_id);

--
-- Name: listing_event listing_event_names_article; Type: CHECK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE register.listing_event
    ADD CONSTRAINT listing_event_names_article CHECK (((article <> ''::text) OR (import_file_id IS NOT NULL))) NOT VALID;

--
-- Name: CONSTRAINT listing_event_names_article ON listing_event; Type: COMMENT; Schema: register; Owner: owner
--

COMMENT ON CONSTRAINT listing_event_names_article ON register.listing_event IS 'Every act of an officer rests on an article. What a file tells names one where the law''s causes are loaded: a court''s list is taken without them.';

--
-- Name: listing_event listing_event_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing_event
    ADD CONSTRAINT listing_event_pkey PRIMARY KEY (id);

--
-- Name: listing_holder listing_holder_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing_holder
    ADD CONSTRAINT listing_holder_pkey PRIMARY KEY (listing_id);

--
-- Name: listing listing_key_unique; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_key_unique UNIQUE (listing_key);

--
-- Name: listing listing_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_pkey PRIMARY KEY (id);

--
-- Name: name name_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.name
    ADD CONSTRAINT name_pkey PRIMARY KEY (is_person, name_folded);

--
-- Name: never_shown never_shown_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.never_shown
    ADD CONSTRAINT never_shown_pkey PRIMARY KEY (identity_key);

--
-- Name: notice_event notice_event_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice_event
    ADD CONSTRAINT notice_event_pkey PRIMARY KEY (id);

--
-- Name: notice notice_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);

--
-- Name: notice_transition notice_transition_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice_transition
    ADD CONSTRAINT notice_transition_pkey PRIMARY KEY (action, from_state);

--
-- Name: objection_listing objection_listing_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection_listing
    ADD CONSTRAINT objection_listing_pkey PRIMARY KEY (filing_id, listing_id);

--
-- Name: objection objection_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection
    ADD CONSTRAINT objection_pkey PRIMARY KEY (filing_id);

--
-- Name: objection_reminder objection_reminder_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection_reminder
    ADD CONSTRAINT objection_reminder_pkey PRIMARY KEY (filing_id);

--
-- Name: officer_key officer_key_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.officer_key
    ADD CONSTRAINT officer_key_pkey PRIMARY KEY (officer_id);

--
-- Name: officer officer_login_unique; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.officer
    ADD CONSTRAINT officer_login_unique UNIQUE (login);

--
-- Name: officer officer_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.officer
    ADD CONSTRAINT officer_pkey PRIMARY KEY (id);

--
-- Name: readiness_statement readiness_statement_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.readiness_statement
    ADD CONSTRAINT readiness_statement_pkey PRIMARY KEY (court_id, line);

--
-- Name: recipient recipient_key_unique; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.recipient
    ADD CONSTRAINT recipient_key_unique UNIQUE (key_digest);

--
-- Name: recipient recipient_name_unique; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.recipient
    ADD CONSTRAINT recipient_name_unique UNIQUE (name);

--
-- Name: recipient recipient_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.recipient
    ADD CONSTRAINT recipient_pkey PRIMARY KEY (id);

--
-- Name: recovery_key recovery_key_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.recovery_key
    ADD CONSTRAINT recovery_key_pkey PRIMARY KEY (court_id);

--
-- Name: removal_notice removal_notice_listing_id_key; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.removal_notice
    ADD CONSTRAINT removal_notice_listing_id_key UNIQUE (listing_id);

--
-- Name: removal_notice removal_notice_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.removal_notice
    ADD CONSTRAINT removal_notice_pkey PRIMARY KEY (code);

--
-- Name: retention retention_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.retention
    ADD CONSTRAINT retention_pkey PRIMARY KEY (what, valid_from);

--
-- Name: review review_filing_id_key; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.review
    ADD CONSTRAINT review_filing_id_key UNIQUE (filing_id);

--
-- Name: review review_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (id);

--
-- Name: reward reward_once_a_tip; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.reward
    ADD CONSTRAINT reward_once_a_tip UNIQUE (filing_id);

--
-- Name: reward reward_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.reward
    ADD CONSTRAINT reward_pkey PRIMARY KEY (claim_id);

--
-- Name: rounding rounding_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.rounding
    ADD CONSTRAINT rounding_pkey PRIMARY KEY (only_row);

--
-- Name: task task_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (id);

--
-- Name: tip tip_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.tip
    ADD CONSTRAINT tip_pkey PRIMARY KEY (filing_id);

--
-- Name: tombstone tombstone_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.tombstone
    ADD CONSTRAINT tombstone_pkey PRIMARY KEY (listing_id);

--
-- Name: trail_check trail_check_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.trail_check
    ADD CONSTRAINT trail_check_pkey PRIMARY KEY (id);

--
-- Name: transition transition_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.transition
    ADD CONSTRAINT transition_pkey PRIMARY KEY (action, from_state);

--
-- Name: withheld_text withheld_text_pkey; Type: CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.withheld_text
    ADD CONSTRAINT withheld_text_pkey PRIMARY KEY (listing_id, field);

--
-- Name: bearer bearer_filing_id_key; Type: CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.bearer
    ADD CONSTRAINT bearer_filing_id_key UNIQUE (filing_id);

--
-- Name: bearer bearer_pkey; Type: CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.bearer
    ADD CONSTRAINT bearer_pkey PRIMARY KEY (rowkey);

--
-- Name: claim claim_number_once; Type: CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.claim
    ADD CONSTRAINT claim_number_once UNIQUE (court_id, number);

--
-- Name: claim claim_once_a_tip; Type: CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.claim
    ADD CONSTRAINT claim_once_a_tip UNIQUE (filing_id);

--
-- Name: claim claim_pkey; Type: CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.claim
    ADD CONSTRAINT claim_pkey PRIMARY KEY (id);

--
-- Name: counter counter_pkey; Type: CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.counter
    ADD CONSTRAINT counter_pkey PRIMARY KEY (court_id, purpose);

--
-- Name: filing filing_number_once; Type: CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.filing
    ADD CONSTRAINT filing_number_once UNIQUE (court_id, purpose, number);

--
-- Name: filing filing_pkey; Type: CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.filing
    ADD CONSTRAINT filing_pkey PRIMARY KEY (id);

--
-- Name: part part_pkey; Type: CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.part
    ADD CONSTRAINT part_pkey PRIMARY KEY (filing_id, part);

--
-- Name: change_head change_head_pkey; Type: CONSTRAINT; Schema: serving; Owner: owner
--

ALTER TABLE ONLY serving.change_head
    ADD CONSTRAINT change_head_pkey PRIMARY KEY (only_row);

--
-- Name: change change_pkey; Type: CONSTRAINT; Schema: serving; Owner: owner
--

ALTER TABLE ONLY serving.change
    ADD CONSTRAINT change_pkey PRIMARY KEY (sequence);

--
-- Name: count_day count_day_pkey; Type: CONSTRAINT; Schema: serving; Owner: owner
--

ALTER TABLE ONLY serving.count_day
    ADD CONSTRAINT count_day_pkey PRIMARY KEY (only_row);

--
-- Name: mirrored mirrored_pkey; Type: CONSTRAINT; Schema: serving; Owner: owner
--

ALTER TABLE ONLY serving.mirrored
    ADD CONSTRAINT mirrored_pkey PRIMARY KEY (entity_id);

--
-- Name: recent_count recent_count_pkey; Type: CONSTRAINT; Schema: serving; Owner: owner
--

ALTER TABLE ONLY serving.recent_count
    ADD CONSTRAINT recent_count_pkey PRIMARY KEY (area_code, day);

--
-- Name: entry_court; Type: INDEX; Schema: audit; Owner: audit_owner
--

CREATE INDEX entry_court ON audit.entry USING btree (court_id, sequence);

--
-- Name: approval_decided; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX approval_decided ON register.approval USING btree (court_id, decided_at DESC) WHERE (state <> 'waiting'::text);

--
-- Name: approval_once_a_subject; Type: INDEX; Schema: register; Owner: owner
--

CREATE UNIQUE INDEX approval_once_a_subject ON register.approval USING btree (kind, subject) WHERE (state = 'waiting'::text);

--
-- Name: approval_waiting; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX approval_waiting ON register.approval USING btree (court_id, asked_at) WHERE (state = 'waiting'::text);

--
-- Name: area_label_point_gist; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX area_label_point_gist ON register.area USING gist (label_point);

--
-- Name: area_label_tile; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX area_label_tile ON register.area USING btree (label_tile_x, label_tile_y);

--
-- Name: area_level; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX area_level ON register.area USING btree (level);

--
-- Name: area_outline_gist; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX area_outline_gist ON register.area USING gist (outline);

--
-- Name: area_parent_code; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX area_parent_code ON register.area USING btree (parent_code);

--
-- Name: court_area_code; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX court_area_code ON register.court USING btree (area_code);

--
-- Name: court_as_of; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX court_as_of ON register.court USING btree (as_of);

--
-- Name: court_list_change_list_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX court_list_change_list_id ON register.court_list_change USING btree (list_id, action);

--
-- Name: court_list_court_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX court_list_court_id ON register.court_list USING btree (court_id, uploaded_at DESC);

--
-- Name: court_list_row_list_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX court_list_row_list_id ON register.court_list_row USING btree (list_id);

--
-- Name: court_secret_officer_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX court_secret_officer_id ON register.court_secret USING btree (officer_id);

--
-- Name: earlier_course_court_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX earlier_course_court_id ON register.earlier_course USING btree (court_id);

--
-- Name: entity_area_code; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_area_code ON register.entity USING btree (area_code, name_folded);

--
-- Name: entity_deceased; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_deceased ON register.entity USING btree (deceased_on) WHERE (deceased_on IS NOT NULL);

--
-- Name: entity_name_folded; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_name_folded ON register.entity USING btree (name_folded, ((kind = 'person'::text)), id);

--
-- Name: entity_never_shown; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_never_shown ON register.entity USING btree (id) WHERE ((minor_noted_on IS NOT NULL) OR (deceased_on IS NOT NULL));

--
-- Name: entity_point_gist; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_point_gist ON register.entity USING gist (point) WHERE (point IS NOT NULL);

--
-- Name: entity_tile_key; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_tile_key ON register.entity USING btree (tile_key) WHERE (tile_key IS NOT NULL);

--
-- Name: entity_uscc; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX entity_uscc ON register.entity USING btree (uscc) WHERE (uscc IS NOT NULL);

--
-- Name: listing_case_key; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_case_key ON register.listing USING btree (case_key);

--
-- Name: listing_court_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_court_id ON register.listing USING btree (court_id);

--
-- Name: listing_entity_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_entity_id ON register.listing USING btree (entity_id);

--
-- Name: listing_event_creditor_request; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_event_creditor_request ON register.listing_event USING btree (listing_id) WHERE (cause = 'creditor_request'::text);

--
-- Name: listing_event_listing_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_event_listing_id ON register.listing_event USING btree (listing_id);

--
-- Name: listing_event_minor; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_event_minor ON register.listing_event USING btree (listing_id) WHERE (cause = 'minor'::text);

--
-- Name: listing_gone_on; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_gone_on ON register.listing USING btree (LEAST(ended_on, (term_ends_on + 1))) WHERE (LEAST(ended_on, (term_ends_on + 1)) IS NOT NULL);

--
-- Name: listing_published_on; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_published_on ON register.listing USING btree (published_on DESC, entity_id);

--
-- Name: listing_row_hash; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_row_hash ON register.listing USING btree (row_hash) WHERE (row_hash IS NOT NULL);

--
-- Name: listing_source; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX listing_source ON register.listing USING btree (source);

--
-- Name: notice_court_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX notice_court_id ON register.notice USING btree (court_id);

--
-- Name: notice_event_notice_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX notice_event_notice_id ON register.notice_event USING btree (notice_id);

--
-- Name: notice_listing_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX notice_listing_id ON register.notice USING btree (listing_id);

--
-- Name: notice_newest; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX notice_newest ON register.notice USING btree (published_on DESC, id DESC) WHERE (state = 'published'::text);

--
-- Name: notice_open_ends_on; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX notice_open_ends_on ON register.notice USING btree (ends_on) WHERE (state = ANY (ARRAY['draft'::text, 'approved'::text, 'published'::text]));

--
-- Name: objection_listing_listing_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX objection_listing_listing_id ON register.objection_listing USING btree (listing_id);

--
-- Name: objection_open; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX objection_open ON register.objection USING btree (court_id, due_on) WHERE (decided_on IS NULL);

--
-- Name: review_open; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX review_open ON register.review USING btree (reviewing_court_id, due_on) WHERE (decided_on IS NULL);

--
-- Name: reward_notice_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX reward_notice_id ON register.reward USING btree (notice_id) WHERE (approved_on IS NOT NULL);

--
-- Name: task_open; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX task_open ON register.task USING btree (court_id, due_on) WHERE (done_on IS NULL);

--
-- Name: task_open_once; Type: INDEX; Schema: register; Owner: owner
--

CREATE UNIQUE INDEX task_open_once ON register.task USING btree (listing_id, kind) WHERE (done_on IS NULL);

--
-- Name: tip_holder_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX tip_holder_id ON register.tip USING btree (holder_id) WHERE (decided_on IS NULL);

--
-- Name: tip_open; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX tip_open ON register.tip USING btree (court_id) WHERE (decided_on IS NULL);

--
-- Name: tombstone_court_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX tombstone_court_id ON register.tombstone USING btree (court_id);

--
-- Name: tombstone_listing_key; Type: INDEX; Schema: register; Owner: owner
--

CREATE UNIQUE INDEX tombstone_listing_key ON register.tombstone USING btree (listing_key) WHERE (listing_key IS NOT NULL);

--
-- Name: trail_check_court_id; Type: INDEX; Schema: register; Owner: owner
--

CREATE INDEX trail_check_court_id ON register.trail_check USING btree (court_id, asked_at DESC);

--
-- Name: trail_check_one_at_a_time; Type: INDEX; Schema: register; Owner: owner
--

CREATE UNIQUE INDEX trail_check_one_at_a_time ON register.trail_check USING btree (court_id) WHERE (ended_at IS NULL);

--
-- Name: claim_closed_on; Type: INDEX; Schema: sealed; Owner: owner
--

CREATE INDEX claim_closed_on ON sealed.claim USING btree (closed_on) WHERE ((state <> 'shredded'::text) AND (closed_on IS NOT NULL));

--
-- Name: filing_closed_on; Type: INDEX; Schema: sealed; Owner: owner
--

CREATE INDEX filing_closed_on ON sealed.filing USING btree (closed_on) WHERE (state = ANY (ARRAY['closed'::text, 'shredding'::text]));

--
-- Name: filing_target_id; Type: INDEX; Schema: sealed; Owner: owner
--

CREATE INDEX filing_target_id ON sealed.filing USING btree (target_id);

--
-- Name: unwrapping_officer_id; Type: INDEX; Schema: sealed; Owner: owner
--

CREATE INDEX unwrapping_officer_id ON sealed.unwrapping USING btree (officer_id, unwrapped_at);

--
-- Name: area_count_area; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX area_count_area ON serving.area_count USING btree (from_zoom, area_code);

--
-- Name: area_count_total; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX area_count_total ON serving.area_count USING btree (from_zoom, area_code) WHERE (ground_mask = 0);

--
-- Name: change_removal; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX change_removal ON serving.change USING btree (sequence) WHERE (op = 'remove'::text);

--
-- Name: court_count_court; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX court_count_court ON serving.court_count USING btree (court_id);

--
-- Name: entity_row_area_published_on; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_area_published_on ON serving.entity_row USING btree (area_code, published_on, entity_id);

--
-- Name: entity_row_cell_published_on; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_cell_published_on ON serving.entity_row USING btree (((tile_key >> 14)), published_on, entity_id) WHERE (tile_key IS NOT NULL);

--
-- Name: entity_row_city_published_on; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_city_published_on ON serving.entity_row USING btree ("left"(area_code, 4), published_on, entity_id);

--
-- Name: entity_row_court_published_on; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_court_published_on ON serving.entity_row USING btree ((courts[1]), published_on, entity_id);

--
-- Name: entity_row_further_courts; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_further_courts ON serving.entity_row USING gin (array_remove(courts, courts[1])) WHERE (cardinality(courts) > 1);

--
-- Name: entity_row_key; Type: INDEX; Schema: serving; Owner: owner
--

CREATE UNIQUE INDEX entity_row_key ON serving.entity_row USING btree (entity_id, shown_from);

--
-- Name: entity_row_notice_published_on; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_notice_published_on ON serving.entity_row USING btree (published_on, entity_id) WHERE notice;

--
-- Name: entity_row_point; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_point ON serving.entity_row USING gist (point) WHERE (point IS NOT NULL);

--
-- Name: entity_row_province_published_on; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_province_published_on ON serving.entity_row USING btree ("left"(area_code, 2), published_on, entity_id);

--
-- Name: entity_row_published_on; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_published_on ON serving.entity_row USING btree (published_on, entity_id);

--
-- Name: entity_row_shown_from; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_shown_from ON serving.entity_row USING btree (shown_from);

--
-- Name: entity_row_shown_until; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_shown_until ON serving.entity_row USING btree (shown_until);

--
-- Name: entity_row_tile_key; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX entity_row_tile_key ON serving.entity_row USING btree (tile_key) WHERE (tile_key IS NOT NULL);

--
-- Name: mirrored_shown_until; Type: INDEX; Schema: serving; Owner: owner
--

CREATE INDEX mirrored_shown_until ON serving.mirrored USING btree (shown_until) WHERE (shown_until < 'infinity'::date);

--
-- Name: body body_never_changes; Type: TRIGGER; Schema: audit; Owner: audit_owner
--

CREATE TRIGGER body_never_changes BEFORE UPDATE OR TRUNCATE ON audit.body FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

--
-- Name: entry entry_only_grows; Type: TRIGGER; Schema: audit; Owner: audit_owner
--

CREATE TRIGGER entry_only_grows BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

--
-- Name: body erasure_recorded; Type: TRIGGER; Schema: audit; Owner: audit_owner
--

CREATE TRIGGER erasure_recorded BEFORE DELETE ON audit.body FOR EACH ROW EXECUTE FUNCTION audit.refuse_unrecorded();

--
-- Name: head head_goes_on; Type: TRIGGER; Schema: audit; Owner: audit_owner
--

CREATE TRIGGER head_goes_on BEFORE UPDATE ON audit.head FOR EACH ROW EXECUTE FUNCTION audit.refuse_going_back();

--
-- Name: head head_stays; Type: TRIGGER; Schema: audit; Owner: audit_owner
--

CREATE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON audit.head FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

--
-- Name: listing change_feed; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER change_feed AFTER UPDATE ON register.listing REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_texts();

--
-- Name: notice checked; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER checked BEFORE INSERT OR UPDATE OF listing_id, state ON register.notice FOR EACH ROW EXECUTE FUNCTION register.check_notice();

--
-- Name: notice_event closed_by_itself; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE CONSTRAINT TRIGGER closed_by_itself AFTER INSERT ON register.notice_event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.officer_id IS NULL)) EXECUTE FUNCTION register.trace_notice();

--
-- Name: listing_event event_never_changes; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER event_never_changes BEFORE UPDATE ON register.listing_event FOR EACH STATEMENT EXECUTE FUNCTION register.refuse_change_of_event();

--
-- Name: notice_event event_never_changes; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER event_never_changes BEFORE UPDATE ON register.notice_event FOR EACH STATEMENT EXECUTE FUNCTION register.refuse_change_of_notice_event();

--
-- Name: listing follow_return; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER follow_return AFTER UPDATE ON register.listing FOR EACH ROW WHEN ((((old.ended_on IS NULL) <> (new.ended_on IS NULL)) AND ((new.ended_on IS NULL) OR (old.published_on <> new.published_on)))) EXECUTE FUNCTION register.follow_return();

--
-- Name: notice gone_with_listing; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE CONSTRAINT TRIGGER gone_with_listing AFTER DELETE ON register.notice DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.source <> 'demo'::text) AND (old.state = ANY (ARRAY['draft'::text, 'approved'::text, 'published'::text])))) EXECUTE FUNCTION register.trace_notice();

--
-- Name: listing hold_back; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER hold_back AFTER INSERT ON register.listing FOR EACH STATEMENT EXECUTE FUNCTION register.hold_back();

--
-- Name: listing hold_back_reduced; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER hold_back_reduced AFTER INSERT ON register.listing REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION register.hold_back_reduced();

--
-- Name: court_key key_number_rises; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER key_number_rises BEFORE INSERT ON register.court_key FOR EACH ROW EXECUTE FUNCTION register.refuse_older_key();

--
-- Name: listing may_be_shown; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER may_be_shown AFTER UPDATE ON register.listing FOR EACH ROW WHEN (((new.state = 'published'::text) AND (old.state <> 'published'::text))) EXECUTE FUNCTION register.refuse_showing();

--
-- Name: listing notices_close; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER notices_close AFTER UPDATE ON register.listing REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION register.close_notices_of_listings();

--
-- Name: officer officer_kept; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER officer_kept BEFORE INSERT OR UPDATE ON register.officer FOR EACH ROW EXECUTE FUNCTION register.note_keeper();

--
-- Name: officer officer_sign_ins_end; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER officer_sign_ins_end AFTER UPDATE OF roles, active ON register.officer FOR EACH ROW WHEN (((new.roles IS DISTINCT FROM old.roles) OR (new.active IS DISTINCT FROM old.active))) EXECUTE FUNCTION desk.end_sign_ins();

--
-- Name: listing performed_on_arrival; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER performed_on_arrival AFTER INSERT ON register.listing FOR EACH ROW WHEN (((new.state = 'published'::text) AND (new.performance = 'full'::text))) EXECUTE FUNCTION register.ask_about_performance();

--
-- Name: listing performed_since; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER performed_since AFTER UPDATE ON register.listing FOR EACH ROW WHEN (((new.state = 'published'::text) AND (new.performance = 'full'::text) AND ((old.performance <> 'full'::text) OR (old.state <> 'published'::text)))) EXECUTE FUNCTION register.ask_about_performance();

--
-- Name: entity remember_finding; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER remember_finding AFTER INSERT ON register.entity FOR EACH STATEMENT EXECUTE FUNCTION register.remember_finding();

--
-- Name: court_secret secret_was_known; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER secret_was_known AFTER DELETE ON register.court_secret FOR EACH ROW WHEN ((old.officer_id IS NOT NULL)) EXECUTE FUNCTION register.note_exposure();

--
-- Name: listing serving_delete; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_delete AFTER DELETE ON register.listing REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_listing();

--
-- Name: notice serving_delete; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_delete AFTER DELETE ON register.notice REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_notice();

--
-- Name: listing serving_insert; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_insert AFTER INSERT ON register.listing REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_listing();

--
-- Name: notice serving_insert; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_insert AFTER INSERT ON register.notice REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_notice();

--
-- Name: listing serving_truncate; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_truncate AFTER TRUNCATE ON register.listing FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_truncate();

--
-- Name: area serving_update; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_update AFTER UPDATE ON register.area REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_area();

--
-- Name: court serving_update; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_update AFTER UPDATE ON register.court REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_court();

--
-- Name: entity serving_update; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_update AFTER UPDATE ON register.entity REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_entity();

--
-- Name: listing serving_update; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_update AFTER UPDATE ON register.listing REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_listing_update();

--
-- Name: notice serving_update; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER serving_update AFTER UPDATE ON register.notice REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION serving.follow_notice_update();

--
-- Name: listing transition_known; Type: TRIGGER; Schema: register; Owner: owner
--

CREATE TRIGGER transition_known AFTER UPDATE ON register.listing REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION register.refuse_unknown_transition();

--
-- Name: filing claim_settled; Type: TRIGGER; Schema: sealed; Owner: owner
--

CREATE TRIGGER claim_settled BEFORE UPDATE OF state ON sealed.filing FOR EACH ROW WHEN (((new.state = 'shredding'::text) AND (old.state <> 'shredding'::text))) EXECUTE FUNCTION sealed.keep_unsettled();

--
-- Name: filing forget_reason; Type: TRIGGER; Schema: sealed; Owner: owner
--

CREATE TRIGGER forget_reason AFTER UPDATE OF state ON sealed.filing FOR EACH ROW WHEN ((new.state = 'shredding'::text)) EXECUTE FUNCTION register.forget_reason();

--
-- Name: entity_row count_delete; Type: TRIGGER; Schema: serving; Owner: owner
--

CREATE TRIGGER count_delete AFTER DELETE ON serving.entity_row REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.count_rows();

--
-- Name: entity_row count_insert; Type: TRIGGER; Schema: serving; Owner: owner
--

CREATE TRIGGER count_insert AFTER INSERT ON serving.entity_row REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION serving.count_rows();

--
-- Name: count_day count_recent; Type: TRIGGER; Schema: serving; Owner: owner
--

CREATE TRIGGER count_recent AFTER UPDATE ON serving.count_day FOR EACH STATEMENT EXECUTE FUNCTION serving.count_recent();

--
-- Name: entering enter_at_commit; Type: TRIGGER; Schema: serving; Owner: owner
--

CREATE CONSTRAINT TRIGGER enter_at_commit AFTER INSERT ON serving.entering DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION serving.enter_at_commit();

--
-- Name: body body_sequence_fkey; Type: FK CONSTRAINT; Schema: audit; Owner: audit_owner
--

ALTER TABLE ONLY audit.body
    ADD CONSTRAINT body_sequence_fkey FOREIGN KEY (sequence) REFERENCES audit.entry(sequence);

--
-- Name: approval approval_asked_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.approval
    ADD CONSTRAINT approval_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES register.officer(id);

--
-- Name: approval approval_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.approval
    ADD CONSTRAINT approval_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: approval approval_decided_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.approval
    ADD CONSTRAINT approval_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES register.officer(id);

--
-- Name: approval_opening approval_opening_approval_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.approval_opening
    ADD CONSTRAINT approval_opening_approval_id_fkey FOREIGN KEY (approval_id) REFERENCES register.approval(id) ON DELETE CASCADE;

--
-- Name: approval_opening approval_opening_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.approval_opening
    ADD CONSTRAINT approval_opening_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: area area_city_bubble_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area
    ADD CONSTRAINT area_city_bubble_code_fkey FOREIGN KEY (city_bubble_code) REFERENCES register.area(code) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: area_outline area_outline_area_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area_outline
    ADD CONSTRAINT area_outline_area_code_fkey FOREIGN KEY (area_code) REFERENCES register.area(code) ON DELETE CASCADE;

--
-- Name: area area_parent_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.area
    ADD CONSTRAINT area_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES register.area(code);

--
-- Name: court court_area_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court
    ADD CONSTRAINT court_area_code_fkey FOREIGN KEY (area_code) REFERENCES register.area(code);

--
-- Name: court_key court_key_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_key
    ADD CONSTRAINT court_key_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: court_list court_list_approved_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list
    ADD CONSTRAINT court_list_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES register.officer(id);

--
-- Name: court_list court_list_asked_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list
    ADD CONSTRAINT court_list_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES register.officer(id);

--
-- Name: court_list_before court_list_before_list_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list_before
    ADD CONSTRAINT court_list_before_list_id_fkey FOREIGN KEY (list_id) REFERENCES register.court_list(id) ON DELETE CASCADE;

--
-- Name: court_list_before court_list_before_listing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list_before
    ADD CONSTRAINT court_list_before_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES register.listing(id) ON DELETE CASCADE;

--
-- Name: court_list_change court_list_change_list_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list_change
    ADD CONSTRAINT court_list_change_list_id_fkey FOREIGN KEY (list_id) REFERENCES register.court_list(id) ON DELETE CASCADE;

--
-- Name: court_list court_list_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list
    ADD CONSTRAINT court_list_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: court_list court_list_import_file_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list
    ADD CONSTRAINT court_list_import_file_id_fkey FOREIGN KEY (import_file_id) REFERENCES register.import_file(id);

--
-- Name: court_list_row court_list_row_list_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list_row
    ADD CONSTRAINT court_list_row_list_id_fkey FOREIGN KEY (list_id) REFERENCES register.court_list(id) ON DELETE CASCADE;

--
-- Name: court_list court_list_undo_approved_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list
    ADD CONSTRAINT court_list_undo_approved_by_fkey FOREIGN KEY (undo_approved_by) REFERENCES register.officer(id);

--
-- Name: court_list court_list_undo_asked_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list
    ADD CONSTRAINT court_list_undo_asked_by_fkey FOREIGN KEY (undo_asked_by) REFERENCES register.officer(id);

--
-- Name: court_list court_list_undone_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list
    ADD CONSTRAINT court_list_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES register.import_file(id);

--
-- Name: court_list court_list_uploaded_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_list
    ADD CONSTRAINT court_list_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES register.officer(id);

--
-- Name: court_name court_name_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_name
    ADD CONSTRAINT court_name_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id) ON DELETE CASCADE;

--
-- Name: court_secret court_secret_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_secret
    ADD CONSTRAINT court_secret_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: court_secret court_secret_court_id_use_number_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_secret
    ADD CONSTRAINT court_secret_court_id_use_number_fkey FOREIGN KEY (court_id, use, number) REFERENCES register.court_key(court_id, use, number);

--
-- Name: court_secret court_secret_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court_secret
    ADD CONSTRAINT court_secret_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer_key(officer_id);

--
-- Name: court court_superior_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.court
    ADD CONSTRAINT court_superior_id_fkey FOREIGN KEY (superior_id) REFERENCES register.court(id) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: desk_visit desk_visit_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.desk_visit
    ADD CONSTRAINT desk_visit_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: desk_visit desk_visit_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.desk_visit
    ADD CONSTRAINT desk_visit_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: earlier_course earlier_course_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.earlier_course
    ADD CONSTRAINT earlier_course_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: entity entity_area_code_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.entity
    ADD CONSTRAINT entity_area_code_fkey FOREIGN KEY (area_code) REFERENCES register.area(code);

--
-- Name: import_file import_file_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.import_file
    ADD CONSTRAINT import_file_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: import_file import_file_full_list_of_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.import_file
    ADD CONSTRAINT import_file_full_list_of_fkey FOREIGN KEY (full_list_of) REFERENCES register.court(id);

--
-- Name: key_exposure key_exposure_court_id_use_number_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.key_exposure
    ADD CONSTRAINT key_exposure_court_id_use_number_fkey FOREIGN KEY (court_id, use, number) REFERENCES register.court_key(court_id, use, number) ON DELETE CASCADE;

--
-- Name: key_exposure key_exposure_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.key_exposure
    ADD CONSTRAINT key_exposure_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: key_request key_request_asked_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.key_request
    ADD CONSTRAINT key_request_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES register.officer(id);

--
-- Name: key_request key_request_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.key_request
    ADD CONSTRAINT key_request_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.recovery_key(court_id) ON DELETE CASCADE;

--
-- Name: listing listing_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: listing listing_entity_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES register.entity(id) ON DELETE CASCADE;

--
-- Name: listing_event listing_event_approver_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing_event
    ADD CONSTRAINT listing_event_approver_id_fkey FOREIGN KEY (approver_id) REFERENCES register.officer(id);

--
-- Name: listing_event listing_event_import_file_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing_event
    ADD CONSTRAINT listing_event_import_file_id_fkey FOREIGN KEY (import_file_id) REFERENCES register.import_file(id);

--
-- Name: listing_event listing_event_listing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing_event
    ADD CONSTRAINT listing_event_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES register.listing(id) ON DELETE CASCADE;

--
-- Name: listing_event listing_event_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing_event
    ADD CONSTRAINT listing_event_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: listing_holder listing_holder_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing_holder
    ADD CONSTRAINT listing_holder_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: listing_holder listing_holder_listing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing_holder
    ADD CONSTRAINT listing_holder_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES register.listing(id) ON DELETE CASCADE;

--
-- Name: listing_holder listing_holder_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing_holder
    ADD CONSTRAINT listing_holder_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: listing listing_import_file_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.listing
    ADD CONSTRAINT listing_import_file_id_fkey FOREIGN KEY (import_file_id) REFERENCES register.import_file(id);

--
-- Name: notice notice_approved_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice
    ADD CONSTRAINT notice_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES register.officer(id);

--
-- Name: notice notice_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice
    ADD CONSTRAINT notice_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: notice notice_drafted_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice
    ADD CONSTRAINT notice_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES register.officer(id);

--
-- Name: notice_event notice_event_approver_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice_event
    ADD CONSTRAINT notice_event_approver_id_fkey FOREIGN KEY (approver_id) REFERENCES register.officer(id);

--
-- Name: notice_event notice_event_notice_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice_event
    ADD CONSTRAINT notice_event_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES register.notice(id) ON DELETE CASCADE;

--
-- Name: notice_event notice_event_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice_event
    ADD CONSTRAINT notice_event_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: notice notice_listing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.notice
    ADD CONSTRAINT notice_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES register.listing(id) ON DELETE CASCADE;

--
-- Name: objection objection_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection
    ADD CONSTRAINT objection_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: objection objection_filing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection
    ADD CONSTRAINT objection_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES sealed.filing(id) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: objection objection_holder_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection
    ADD CONSTRAINT objection_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES register.officer(id);

--
-- Name: objection_listing objection_listing_filing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection_listing
    ADD CONSTRAINT objection_listing_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES register.objection(filing_id) ON DELETE CASCADE;

--
-- Name: objection_listing objection_listing_listing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection_listing
    ADD CONSTRAINT objection_listing_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES register.listing(id) ON DELETE CASCADE;

--
-- Name: objection objection_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection
    ADD CONSTRAINT objection_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: objection_reminder objection_reminder_filing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection_reminder
    ADD CONSTRAINT objection_reminder_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES register.objection(filing_id) ON DELETE CASCADE;

--
-- Name: objection objection_task_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.objection
    ADD CONSTRAINT objection_task_id_fkey FOREIGN KEY (task_id) REFERENCES register.task(id) ON DELETE SET NULL;

--
-- Name: officer officer_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.officer
    ADD CONSTRAINT officer_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: officer_key officer_key_compared_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.officer_key
    ADD CONSTRAINT officer_key_compared_by_fkey FOREIGN KEY (compared_by) REFERENCES register.officer(id);

--
-- Name: officer_key officer_key_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.officer_key
    ADD CONSTRAINT officer_key_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: readiness_statement readiness_statement_approved_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.readiness_statement
    ADD CONSTRAINT readiness_statement_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES register.officer(id);

--
-- Name: readiness_statement readiness_statement_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.readiness_statement
    ADD CONSTRAINT readiness_statement_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: readiness_statement readiness_statement_stated_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.readiness_statement
    ADD CONSTRAINT readiness_statement_stated_by_fkey FOREIGN KEY (stated_by) REFERENCES register.officer(id);

--
-- Name: recovery_key recovery_key_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.recovery_key
    ADD CONSTRAINT recovery_key_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: removal_notice removal_notice_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.removal_notice
    ADD CONSTRAINT removal_notice_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: removal_notice removal_notice_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.removal_notice
    ADD CONSTRAINT removal_notice_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: review review_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.review
    ADD CONSTRAINT review_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: review review_filing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.review
    ADD CONSTRAINT review_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES register.objection(filing_id) ON DELETE CASCADE;

--
-- Name: review review_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.review
    ADD CONSTRAINT review_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: review review_reviewing_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.review
    ADD CONSTRAINT review_reviewing_court_id_fkey FOREIGN KEY (reviewing_court_id) REFERENCES register.court(id);

--
-- Name: review review_task_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.review
    ADD CONSTRAINT review_task_id_fkey FOREIGN KEY (task_id) REFERENCES register.task(id) ON DELETE SET NULL;

--
-- Name: reward reward_approved_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.reward
    ADD CONSTRAINT reward_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES register.officer(id);

--
-- Name: reward reward_claim_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.reward
    ADD CONSTRAINT reward_claim_id_fkey FOREIGN KEY (claim_id) REFERENCES sealed.claim(id);

--
-- Name: reward reward_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.reward
    ADD CONSTRAINT reward_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: reward reward_exporting_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.reward
    ADD CONSTRAINT reward_exporting_by_fkey FOREIGN KEY (exporting_by) REFERENCES register.officer(id);

--
-- Name: reward reward_filing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.reward
    ADD CONSTRAINT reward_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES sealed.filing(id);

--
-- Name: reward reward_proposed_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.reward
    ADD CONSTRAINT reward_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES register.officer(id);

--
-- Name: task task_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.task
    ADD CONSTRAINT task_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: task task_listing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.task
    ADD CONSTRAINT task_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES register.listing(id) ON DELETE CASCADE;

--
-- Name: tip tip_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.tip
    ADD CONSTRAINT tip_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: tip tip_filing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.tip
    ADD CONSTRAINT tip_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES sealed.filing(id) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: tip tip_holder_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.tip
    ADD CONSTRAINT tip_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES register.officer(id);

--
-- Name: tip tip_officer_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.tip
    ADD CONSTRAINT tip_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: tombstone tombstone_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.tombstone
    ADD CONSTRAINT tombstone_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: trail_check trail_check_asked_by_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.trail_check
    ADD CONSTRAINT trail_check_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES register.officer(id);

--
-- Name: trail_check trail_check_court_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.trail_check
    ADD CONSTRAINT trail_check_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: withheld_text withheld_text_listing_id_fkey; Type: FK CONSTRAINT; Schema: register; Owner: owner
--

ALTER TABLE ONLY register.withheld_text
    ADD CONSTRAINT withheld_text_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES register.listing(id) ON DELETE CASCADE;

--
-- Name: bearer bearer_filing_id_fkey; Type: FK CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.bearer
    ADD CONSTRAINT bearer_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES sealed.filing(id) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: claim claim_court_id_fkey; Type: FK CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.claim
    ADD CONSTRAINT claim_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: claim claim_filing_id_fkey; Type: FK CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.claim
    ADD CONSTRAINT claim_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES sealed.filing(id);

--
-- Name: claim claim_holder_id_fkey; Type: FK CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.claim
    ADD CONSTRAINT claim_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES register.officer(id);

--
-- Name: counter counter_court_id_fkey; Type: FK CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.counter
    ADD CONSTRAINT counter_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: filing filing_court_id_fkey; Type: FK CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.filing
    ADD CONSTRAINT filing_court_id_fkey FOREIGN KEY (court_id) REFERENCES register.court(id);

--
-- Name: part part_filing_id_fkey; Type: FK CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.part
    ADD CONSTRAINT part_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES sealed.filing(id) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: unwrapping unwrapping_filing_id_fkey; Type: FK CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.unwrapping
    ADD CONSTRAINT unwrapping_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES sealed.filing(id);

--
-- Name: unwrapping unwrapping_officer_id_fkey; Type: FK CONSTRAINT; Schema: sealed; Owner: owner
--

ALTER TABLE ONLY sealed.unwrapping
    ADD CONSTRAINT unwrapping_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES register.officer(id);

--
-- Name: body; Type: ROW SECURITY; Schema: audit; Owner: audit_owner
--

ALTER TABLE audit.body ENABLE ROW LEVEL SECURITY;

--
-- Name: body by_grant; Type: POLICY; Schema: audit; Owner: audit_owner
--

CREATE POLICY by_grant ON audit.body USING (true) WITH CHECK (true);

--
-- Name: entry by_grant; Type: POLICY; Schema: audit; Owner: audit_owner
--

CREATE POLICY by_grant ON audit.entry USING (true) WITH CHECK (true);

--
-- Name: entry; Type: ROW SECURITY; Schema: audit; Owner: audit_owner
--

ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY;

--
-- Name: body own_court; Type: POLICY; Schema: audit; Owner: audit_owner
--

CREATE POLICY own_court ON audit.body AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM audit.entry
  WHERE (entry.sequence = body.sequence))));

--
-- Name: entry own_court; Type: POLICY; Schema: audit; Owner: audit_owner
--

CREATE POLICY own_court ON audit.entry AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: approval; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.approval ENABLE ROW LEVEL SECURITY;

--
-- Name: approval_opening; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.approval_opening ENABLE ROW LEVEL SECURITY;

--
-- Name: approval by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.approval USING (true) WITH CHECK (true);

--
-- Name: approval_opening by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.approval_opening USING (true) WITH CHECK (true);

--
-- Name: court_key by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.court_key USING (true) WITH CHECK (true);

--
-- Name: court_list by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.court_list USING (true) WITH CHECK (true);

--
-- Name: court_list_before by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.court_list_before USING (true) WITH CHECK (true);

--
-- Name: court_list_change by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.court_list_change USING (true) WITH CHECK (true);

--
-- Name: court_list_row by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.court_list_row USING (true) WITH CHECK (true);

--
-- Name: court_secret by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.court_secret USING (true) WITH CHECK (true);

--
-- Name: desk_visit by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.desk_visit USING (true) WITH CHECK (true);

--
-- Name: earlier_course by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.earlier_course USING (true) WITH CHECK (true);

--
-- Name: import_file by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.import_file USING (true) WITH CHECK (true);

--
-- Name: key_exposure by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.key_exposure USING (true) WITH CHECK (true);

--
-- Name: key_request by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.key_request USING (true) WITH CHECK (true);

--
-- Name: listing by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.listing USING (true) WITH CHECK (true);

--
-- Name: listing_event by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.listing_event USING (true) WITH CHECK (true);

--
-- Name: listing_holder by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.listing_holder USING (true) WITH CHECK (true);

--
-- Name: notice by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.notice USING (true) WITH CHECK (true);

--
-- Name: notice_event by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.notice_event USING (true) WITH CHECK (true);

--
-- Name: objection by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.objection USING (true) WITH CHECK (true);

--
-- Name: objection_listing by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.objection_listing USING (true) WITH CHECK (true);

--
-- Name: officer by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.officer USING (true) WITH CHECK (true);

--
-- Name: officer_key by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.officer_key USING (true) WITH CHECK (true);

--
-- Name: readiness_statement by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.readiness_statement USING (true) WITH CHECK (true);

--
-- Name: recovery_key by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.recovery_key USING (true) WITH CHECK (true);

--
-- Name: removal_notice by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.removal_notice USING (true) WITH CHECK (true);

--
-- Name: review by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.review USING (true) WITH CHECK (true);

--
-- Name: reward by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.reward USING (true) WITH CHECK (true);

--
-- Name: task by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.task USING (true) WITH CHECK (true);

--
-- Name: tip by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.tip USING (true) WITH CHECK (true);

--
-- Name: tombstone by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.tombstone USING (true) WITH CHECK (true);

--
-- Name: trail_check by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.trail_check USING (true) WITH CHECK (true);

--
-- Name: withheld_text by_grant; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY by_grant ON register.withheld_text USING (true) WITH CHECK (true);

--
-- Name: court_key; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.court_key ENABLE ROW LEVEL SECURITY;

--
-- Name: court_list; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.court_list ENABLE ROW LEVEL SECURITY;

--
-- Name: court_list_before; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.court_list_before ENABLE ROW LEVEL SECURITY;

--
-- Name: court_list_change; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.court_list_change ENABLE ROW LEVEL SECURITY;

--
-- Name: court_list_row; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.court_list_row ENABLE ROW LEVEL SECURITY;

--
-- Name: court_secret; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.court_secret ENABLE ROW LEVEL SECURITY;

--
-- Name: desk_visit; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.desk_visit ENABLE ROW LEVEL SECURITY;

--
-- Name: earlier_course; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.earlier_course ENABLE ROW LEVEL SECURITY;

--
-- Name: import_file; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.import_file ENABLE ROW LEVEL SECURITY;

--
-- Name: key_exposure; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.key_exposure ENABLE ROW LEVEL SECURITY;

--
-- Name: key_request; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.key_request ENABLE ROW LEVEL SECURITY;

--
-- Name: listing; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.listing ENABLE ROW LEVEL SECURITY;

--
-- Name: listing_event; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.listing_event ENABLE ROW LEVEL SECURITY;

--
-- Name: listing_holder; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.listing_holder ENABLE ROW LEVEL SECURITY;

--
-- Name: notice; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.notice ENABLE ROW LEVEL SECURITY;

--
-- Name: notice_event; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.notice_event ENABLE ROW LEVEL SECURITY;

--
-- Name: objection; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.objection ENABLE ROW LEVEL SECURITY;

--
-- Name: objection_listing; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.objection_listing ENABLE ROW LEVEL SECURITY;

--
-- Name: officer; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.officer ENABLE ROW LEVEL SECURITY;

--
-- Name: officer_key; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.officer_key ENABLE ROW LEVEL SECURITY;

--
-- Name: approval own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.approval AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: approval_opening own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.approval_opening AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM register.approval parent
  WHERE (parent.id = approval_opening.approval_id))));

--
-- Name: court_key own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.court_key AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: court_list own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.court_list AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: court_list_before own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.court_list_before AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM register.court_list parent
  WHERE (parent.id = court_list_before.list_id))));

--
-- Name: court_list_change own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.court_list_change AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM register.court_list parent
  WHERE (parent.id = court_list_change.list_id))));

--
-- Name: court_list_row own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.court_list_row AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM register.court_list parent
  WHERE (parent.id = court_list_row.list_id))));

--
-- Name: court_secret own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.court_secret AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: desk_visit own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.desk_visit AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: earlier_course own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.earlier_course AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: import_file own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.import_file AS RESTRICTIVE TO court USING ((COALESCE(court_id, full_list_of) = register.acting_court()));

--
-- Name: key_exposure own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.key_exposure AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: key_request own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.key_request AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: listing own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.listing AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: listing_event own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.listing_event AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM register.listing parent
  WHERE (parent.id = listing_event.listing_id))));

--
-- Name: listing_holder own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.listing_holder AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: notice own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.notice AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: notice_event own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.notice_event AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM register.notice parent
  WHERE (parent.id = notice_event.notice_id))));

--
-- Name: objection own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.objection AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: objection_listing own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.objection_listing AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM register.objection parent
  WHERE (parent.filing_id = objection_listing.filing_id))));

--
-- Name: officer own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.officer AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: officer_key own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.officer_key AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM register.officer parent
  WHERE (parent.id = officer_key.officer_id))));

--
-- Name: readiness_statement own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.readiness_statement AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: recovery_key own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.recovery_key AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: removal_notice own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.removal_notice AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: review own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.review AS RESTRICTIVE TO court USING (((register.acting_court() = court_id) OR (register.acting_court() = reviewing_court_id)));

--
-- Name: reward own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.reward AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: task own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.task AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: tip own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.tip AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: tombstone own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.tombstone AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: trail_check own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.trail_check AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: withheld_text own_court; Type: POLICY; Schema: register; Owner: owner
--

CREATE POLICY own_court ON register.withheld_text AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM register.listing parent
  WHERE (parent.id = withheld_text.listing_id))));

--
-- Name: readiness_statement; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.readiness_statement ENABLE ROW LEVEL SECURITY;

--
-- Name: recovery_key; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.recovery_key ENABLE ROW LEVEL SECURITY;

--
-- Name: removal_notice; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.removal_notice ENABLE ROW LEVEL SECURITY;

--
-- Name: review; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.review ENABLE ROW LEVEL SECURITY;

--
-- Name: reward; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.reward ENABLE ROW LEVEL SECURITY;

--
-- Name: task; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.task ENABLE ROW LEVEL SECURITY;

--
-- Name: tip; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.tip ENABLE ROW LEVEL SECURITY;

--
-- Name: tombstone; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.tombstone ENABLE ROW LEVEL SECURITY;

--
-- Name: trail_check; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.trail_check ENABLE ROW LEVEL SECURITY;

--
-- Name: withheld_text; Type: ROW SECURITY; Schema: register; Owner: owner
--

ALTER TABLE register.withheld_text ENABLE ROW LEVEL SECURITY;

--
-- Name: bearer; Type: ROW SECURITY; Schema: sealed; Owner: owner
--

ALTER TABLE sealed.bearer ENABLE ROW LEVEL SECURITY;

--
-- Name: bearer by_grant; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY by_grant ON sealed.bearer USING (true) WITH CHECK (true);

--
-- Name: claim by_grant; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY by_grant ON sealed.claim USING (true) WITH CHECK (true);

--
-- Name: counter by_grant; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY by_grant ON sealed.counter USING (true) WITH CHECK (true);

--
-- Name: filing by_grant; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY by_grant ON sealed.filing USING (true) WITH CHECK (true);

--
-- Name: part by_grant; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY by_grant ON sealed.part USING (true) WITH CHECK (true);

--
-- Name: unwrapping by_grant; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY by_grant ON sealed.unwrapping USING (true) WITH CHECK (true);

--
-- Name: claim; Type: ROW SECURITY; Schema: sealed; Owner: owner
--

ALTER TABLE sealed.claim ENABLE ROW LEVEL SECURITY;

--
-- Name: counter; Type: ROW SECURITY; Schema: sealed; Owner: owner
--

ALTER TABLE sealed.counter ENABLE ROW LEVEL SECURITY;

--
-- Name: filing; Type: ROW SECURITY; Schema: sealed; Owner: owner
--

ALTER TABLE sealed.filing ENABLE ROW LEVEL SECURITY;

--
-- Name: bearer own_court; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY own_court ON sealed.bearer AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM sealed.filing parent
  WHERE (parent.id = bearer.filing_id))));

--
-- Name: claim own_court; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY own_court ON sealed.claim AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: counter own_court; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY own_court ON sealed.counter AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: filing own_court; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY own_court ON sealed.filing AS RESTRICTIVE TO court USING ((court_id = register.acting_court()));

--
-- Name: part own_court; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY own_court ON sealed.part AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM sealed.filing parent
  WHERE (parent.id = part.filing_id))));

--
-- Name: unwrapping own_court; Type: POLICY; Schema: sealed; Owner: owner
--

CREATE POLICY own_court ON sealed.unwrapping AS RESTRICTIVE TO court USING ((EXISTS ( SELECT
   FROM sealed.filing parent
  WHERE (parent.id = unwrapping.filing_id))));

--
-- Name: part; Type: ROW SECURITY; Schema: sealed; Owner: owner
--

ALTER TABLE sealed.part ENABLE ROW LEVEL SECURITY;

--
-- Name: unwrapping; Type: ROW SECURITY; Schema: sealed; Owner: owner
--

ALTER TABLE sealed.unwrapping ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA audit; Type: ACL; Schema: -; Owner: audit_owner
--

GRANT USAGE ON SCHEMA audit TO operator;
GRANT USAGE ON SCHEMA audit TO owner;
GRANT USAGE ON SCHEMA audit TO court;
GRANT USAGE ON SCHEMA audit TO doorkeeper;

--
-- Name: SCHEMA register; Type: ACL; Schema: -; Owner: owner
--

GRANT USAGE ON SCHEMA register TO operator;
GRANT USAGE ON SCHEMA register TO tip_writer;
GRANT USAGE ON SCHEMA register TO court;
GRANT USAGE ON SCHEMA register TO audit_owner;
GRANT USAGE ON SCHEMA register TO doorkeeper;

--
-- Name: SCHEMA sealed; Type: ACL; Schema: -; Owner: owner
--

GRANT USAGE ON SCHEMA sealed TO tip_writer;
GRANT USAGE ON SCHEMA sealed TO operator;
GRANT USAGE ON SCHEMA sealed TO court;

--
-- Name: SCHEMA serving; Type: ACL; Schema: -; Owner: owner
--

GRANT USAGE ON SCHEMA serving TO operator;
GRANT USAGE ON SCHEMA serving TO public_reader;
GRANT USAGE ON SCHEMA serving TO day_keeper;
GRANT USAGE ON SCHEMA serving TO self_checker;
GRANT USAGE ON SCHEMA serving TO court;
GRANT USAGE ON SCHEMA serving TO doorkeeper;

--
-- Name: FUNCTION append(actions text[], courts uuid[], contents text[]); Type: ACL; Schema: audit; Owner: audit_owner
--

REVOKE ALL ON FUNCTION audit.append(actions text[], courts uuid[], contents text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.append(actions text[], courts uuid[], contents text[]) TO operator;
GRANT ALL ON FUNCTION audit.append(actions text[], courts uuid[], contents text[]) TO owner;
GRANT ALL ON FUNCTION audit.append(actions text[], courts uuid[], contents text[]) TO court;
GRANT ALL ON FUNCTION audit.append(actions text[], courts uuid[], contents text[]) TO doorkeeper;

--
-- Name: FUNCTION erase(erased bigint, reason text); Type: ACL; Schema: audit; Owner: audit_owner
--

REVOKE ALL ON FUNCTION audit.erase(erased bigint, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.erase(erased bigint, reason text) TO operator;

--
-- Name: FUNCTION are_common(of_people boolean, pairs text[]); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.are_common(of_people boolean, pairs text[]) FROM PUBLIC;

--
-- Name: FUNCTION ask_reminder(given bytea, sealed_openid bytea); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.ask_reminder(given bytea, sealed_openid bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION register.ask_reminder(given bytea, sealed_openid bytea) TO tip_writer;

--
-- Name: TABLE clock; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.clock TO operator;
GRANT SELECT ON TABLE register.clock TO court;

--
-- Name: TABLE listing_event; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT ON TABLE register.listing_event TO operator;
GRANT SELECT,INSERT ON TABLE register.listing_event TO court;

--
-- Name: FUNCTION close_ended_notices(only_listing uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.close_ended_notices(only_listing uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.close_ended_notices(only_listing uuid) TO operator;
GRANT ALL ON FUNCTION register.close_ended_notices(only_listing uuid) TO court;

--
-- Name: FUNCTION close_notices(ids uuid[], cause text); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.close_notices(ids uuid[], cause text) FROM PUBLIC;

--
-- Name: FUNCTION contains_steps(of_people boolean, part text, brand text, pairs text[]); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.contains_steps(of_people boolean, part text, brand text, pairs text[]) FROM PUBLIC;

--
-- Name: FUNCTION count_duties_anew(); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.count_duties_anew() FROM PUBLIC;
GRANT ALL ON FUNCTION register.count_duties_anew() TO operator;

--
-- Name: FUNCTION decide_review(decided uuid, result text, following text, why text, officer uuid, today date); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.decide_review(decided uuid, result text, following text, why text, officer uuid, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION register.decide_review(decided uuid, result text, following text, why text, officer uuid, today date) TO court;

--
-- Name: FUNCTION end_demo_keys(); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.end_demo_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION register.end_demo_keys() TO operator;

--
-- Name: FUNCTION end_demo_officers(); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.end_demo_officers() FROM PUBLIC;
GRANT ALL ON FUNCTION register.end_demo_officers() TO operator;

--
-- Name: FUNCTION file_objection(filing uuid, court uuid, listings uuid[]); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.file_objection(filing uuid, court uuid, listings uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION register.file_objection(filing uuid, court uuid, listings uuid[]) TO tip_writer;

--
-- Name: FUNCTION file_tip(filing uuid, court uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.file_tip(filing uuid, court uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.file_tip(filing uuid, court uuid) TO tip_writer;

--
-- Name: FUNCTION find_claim(given bytea, OUT number bigint, OUT court_id uuid, OUT waits boolean, OUT paid boolean, OUT told boolean); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.find_claim(given bytea, OUT number bigint, OUT court_id uuid, OUT waits boolean, OUT paid boolean, OUT told boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION register.find_claim(given bytea, OUT number bigint, OUT court_id uuid, OUT waits boolean, OUT paid boolean, OUT told boolean) TO tip_writer;

--
-- Name: FUNCTION find_objection(given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text, OUT working_days_left integer, OUT stopped_at timestamp with time zone, OUT review_asked_on date, OUT review_due_on date, OUT review_decided_on date, OUT review_outcome text, OUT review_act text); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.find_objection(given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text, OUT working_days_left integer, OUT stopped_at timestamp with time zone, OUT review_asked_on date, OUT review_due_on date, OUT review_decided_on date, OUT review_outcome text, OUT review_act text) FROM PUBLIC;
GRANT ALL ON FUNCTION register.find_objection(given bytea, OUT due_on date, OUT outcome text, OUT decided_on date, OUT acted boolean, OUT removal_code text, OUT working_days_left integer, OUT stopped_at timestamp with time zone, OUT review_asked_on date, OUT review_due_on date, OUT review_decided_on date, OUT review_outcome text, OUT review_act text) TO tip_writer;

--
-- Name: FUNCTION find_tip(given bytea, OUT outcome text, OUT reason text, OUT awarded boolean); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.find_tip(given bytea, OUT outcome text, OUT reason text, OUT awarded boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION register.find_tip(given bytea, OUT outcome text, OUT reason text, OUT awarded boolean) TO tip_writer;

--
-- Name: FUNCTION index_name_keys(); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.index_name_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION register.index_name_keys() TO operator;
GRANT ALL ON FUNCTION register.index_name_keys() TO court;

--
-- Name: TABLE calendar_day; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.calendar_day TO operator;
GRANT SELECT ON TABLE register.calendar_day TO court;

--
-- Name: TABLE retention; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.retention TO operator;
GRANT SELECT ON TABLE register.retention TO court;

--
-- Name: TABLE notice; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.notice TO operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.notice TO court;

--
-- Name: FUNCTION lock_notice(notice uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.lock_notice(notice uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.lock_notice(notice uuid) TO operator;
GRANT ALL ON FUNCTION register.lock_notice(notice uuid) TO court;

--
-- Name: FUNCTION names_beginning(start text, most integer); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.names_beginning(start text, most integer) FROM PUBLIC;

--
-- Name: FUNCTION names_ending(rest text, most integer); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.names_ending(rest text, most integer) FROM PUBLIC;

--
-- Name: FUNCTION names_given(part text, from_name text, most integer); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.names_given(part text, from_name text, most integer) FROM PUBLIC;

--
-- Name: FUNCTION names_of_lengths(of_people boolean, these text[], those text[], most integer); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.names_of_lengths(of_people boolean, these text[], those text[], most integer) FROM PUBLIC;

--
-- Name: FUNCTION names_open(of_people boolean, pairs text[], start text, rest text, most integer); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.names_open(of_people boolean, pairs text[], start text, rest text, most integer) FROM PUBLIC;

--
-- Name: FUNCTION names_ranked(of_people boolean, part text, brand text, pairs text[], lengths int4range, ways text[], from_score double precision, from_name text, most integer); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.names_ranked(of_people boolean, part text, brand text, pairs text[], lengths int4range, ways text[], from_score double precision, from_name text, most integer) FROM PUBLIC;

--
-- Name: FUNCTION names_with_any(of_people boolean, wanted text[], most integer); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.names_with_any(of_people boolean, wanted text[], most integer) FROM PUBLIC;

--
-- Name: FUNCTION objection_target(court uuid, target uuid, OUT kind text, OUT listings uuid[]); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.objection_target(court uuid, target uuid, OUT kind text, OUT listings uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION register.objection_target(court uuid, target uuid, OUT kind text, OUT listings uuid[]) TO tip_writer;

--
-- Name: FUNCTION open_reviews(reviewed uuid, today date); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.open_reviews(reviewed uuid, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION register.open_reviews(reviewed uuid, today date) TO court;
GRANT ALL ON FUNCTION register.open_reviews(reviewed uuid, today date) TO operator;

--
-- Name: FUNCTION pay_notice(given uuid, paid numeric, officer uuid, approver uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.pay_notice(given uuid, paid numeric, officer uuid, approver uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.pay_notice(given uuid, paid numeric, officer uuid, approver uuid) TO operator;
GRANT ALL ON FUNCTION register.pay_notice(given uuid, paid numeric, officer uuid, approver uuid) TO court;

--
-- Name: FUNCTION refresh_statistics(only_tables text[]); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.refresh_statistics(only_tables text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION register.refresh_statistics(only_tables text[]) TO operator;
GRANT ALL ON FUNCTION register.refresh_statistics(only_tables text[]) TO court;

--
-- Name: FUNCTION reminder_asked(given bytea); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.reminder_asked(given bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION register.reminder_asked(given bytea) TO tip_writer;

--
-- Name: TABLE removal_notice; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE ON TABLE register.removal_notice TO operator;
GRANT SELECT,INSERT,DELETE ON TABLE register.removal_notice TO court;

--
-- Name: FUNCTION removal_code(listing uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.removal_code(listing uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.removal_code(listing uuid) TO operator;
GRANT ALL ON FUNCTION register.removal_code(listing uuid) TO court;

--
-- Name: FUNCTION review_facts(asked uuid, OUT number bigint, OUT filed_on date, OUT outcome text, OUT decided_on date, OUT case_numbers text); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.review_facts(asked uuid, OUT number bigint, OUT filed_on date, OUT outcome text, OUT decided_on date, OUT case_numbers text) FROM PUBLIC;
GRANT ALL ON FUNCTION register.review_facts(asked uuid, OUT number bigint, OUT filed_on date, OUT outcome text, OUT decided_on date, OUT case_numbers text) TO court;

--
-- Name: FUNCTION rounded(counted bigint, cell text); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.rounded(counted bigint, cell text) FROM PUBLIC;

--
-- Name: FUNCTION state_contact(new_phone text, new_address text); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.state_contact(new_phone text, new_address text) FROM PUBLIC;
GRANT ALL ON FUNCTION register.state_contact(new_phone text, new_address text) TO court;

--
-- Name: TABLE listing; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.listing TO operator;
GRANT SELECT,UPDATE ON TABLE register.listing TO court;

--
-- Name: FUNCTION stopped_at(listing uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.stopped_at(listing uuid) FROM PUBLIC;

--
-- Name: FUNCTION take_down_elsewhere(person uuid, why text, on_day date, officer uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.take_down_elsewhere(person uuid, why text, on_day date, officer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.take_down_elsewhere(person uuid, why text, on_day date, officer uuid) TO court;
GRANT ALL ON FUNCTION register.take_down_elsewhere(person uuid, why text, on_day date, officer uuid) TO operator;

--
-- Name: FUNCTION telling(of_people boolean, pairs text[], most integer); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.telling(of_people boolean, pairs text[], most integer) FROM PUBLIC;

--
-- Name: FUNCTION tip_case_closed_on(target_kind text, target uuid, court uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.tip_case_closed_on(target_kind text, target uuid, court uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.tip_case_closed_on(target_kind text, target uuid, court uuid) TO operator;
GRANT ALL ON FUNCTION register.tip_case_closed_on(target_kind text, target uuid, court uuid) TO court;

--
-- Name: FUNCTION tip_listings(target_kind text, target uuid, court uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.tip_listings(target_kind text, target uuid, court uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.tip_listings(target_kind text, target uuid, court uuid) TO operator;
GRANT ALL ON FUNCTION register.tip_listings(target_kind text, target uuid, court uuid) TO court;

--
-- Name: FUNCTION tip_notices(filing uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.tip_notices(filing uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.tip_notices(filing uuid) TO operator;
GRANT ALL ON FUNCTION register.tip_notices(filing uuid) TO court;

--
-- Name: FUNCTION tip_target(court uuid, target uuid); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.tip_target(court uuid, target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION register.tip_target(court uuid, target uuid) TO tip_writer;

--
-- Name: FUNCTION withdraw_reminder(given bytea); Type: ACL; Schema: register; Owner: owner
--

REVOKE ALL ON FUNCTION register.withdraw_reminder(given bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION register.withdraw_reminder(given bytea) TO tip_writer;

--
-- Name: FUNCTION confirm_durable(); Type: ACL; Schema: sealed; Owner: owner
--

REVOKE ALL ON FUNCTION sealed.confirm_durable() FROM PUBLIC;
GRANT ALL ON FUNCTION sealed.confirm_durable() TO tip_writer;

--
-- Name: FUNCTION enter_filing(filing uuid, court uuid, purpose text, target_kind text, target uuid, key_number integer, number bigint, env bytea, head bytea); Type: ACL; Schema: sealed; Owner: owner
--

REVOKE ALL ON FUNCTION sealed.enter_filing(filing uuid, court uuid, purpose text, target_kind text, target uuid, key_number integer, number bigint, env bytea, head bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sealed.enter_filing(filing uuid, court uuid, purpose text, target_kind text, target uuid, key_number integer, number bigint, env bytea, head bytea) TO tip_writer;

--
-- Name: FUNCTION find_filing(given bytea, OUT id uuid, OUT purpose text, OUT court_id uuid, OUT key_id integer, OUT number bigint, OUT hour timestamp with time zone, OUT env bytea, OUT head bytea, OUT state text, OUT closed_on date); Type: ACL; Schema: sealed; Owner: owner
--

REVOKE ALL ON FUNCTION sealed.find_filing(given bytea, OUT id uuid, OUT purpose text, OUT court_id uuid, OUT key_id integer, OUT number bigint, OUT hour timestamp with time zone, OUT env bytea, OUT head bytea, OUT state text, OUT closed_on date) FROM PUBLIC;
GRANT ALL ON FUNCTION sealed.find_filing(given bytea, OUT id uuid, OUT purpose text, OUT court_id uuid, OUT key_id integer, OUT number bigint, OUT hour timestamp with time zone, OUT env bytea, OUT head bytea, OUT state text, OUT closed_on date) TO tip_writer;

--
-- Name: FUNCTION keep_unsettled(); Type: ACL; Schema: sealed; Owner: owner
--

REVOKE ALL ON FUNCTION sealed.keep_unsettled() FROM PUBLIC;

--
-- Name: FUNCTION list_parts(given bytea, direction text, OUT part text, OUT key_id integer, OUT data bytea); Type: ACL; Schema: sealed; Owner: owner
--

REVOKE ALL ON FUNCTION sealed.list_parts(given bytea, direction text, OUT part text, OUT key_id integer, OUT data bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sealed.list_parts(given bytea, direction text, OUT part text, OUT key_id integer, OUT data bytea) TO tip_writer;

--
-- Name: FUNCTION lock_counter(court uuid, purpose text, OUT number bigint, OUT head bytea); Type: ACL; Schema: sealed; Owner: owner
--

REVOKE ALL ON FUNCTION sealed.lock_counter(court uuid, purpose text, OUT number bigint, OUT head bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sealed.lock_counter(court uuid, purpose text, OUT number bigint, OUT head bytea) TO tip_writer;

--
-- Name: FUNCTION put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea); Type: ACL; Schema: sealed; Owner: owner
--

REVOKE ALL ON FUNCTION sealed.put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sealed.put_claim(given bytea, claim uuid, key_number integer, content bytea, fingerprint bytea) TO tip_writer;

--
-- Name: FUNCTION put_message(given bytea, n integer, key_number integer, content bytea); Type: ACL; Schema: sealed; Owner: owner
--

REVOKE ALL ON FUNCTION sealed.put_message(given bytea, n integer, key_number integer, content bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sealed.put_message(given bytea, n integer, key_number integer, content bytea) TO tip_writer;

--
-- Name: FUNCTION put_parts(filing uuid, given bytea, key_number integer, parts text[], contents bytea[]); Type: ACL; Schema: sealed; Owner: owner
--

REVOKE ALL ON FUNCTION sealed.put_parts(filing uuid, given bytea, key_number integer, parts text[], contents bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION sealed.put_parts(filing uuid, given bytea, key_number integer, parts text[], contents bytea[]) TO tip_writer;

--
-- Name: FUNCTION count_recent(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.count_recent() FROM PUBLIC;

--
-- Name: FUNCTION court_statistics(court uuid); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.court_statistics(court uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION serving.court_statistics(court uuid) TO public_reader;

--
-- Name: FUNCTION differences(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.differences() FROM PUBLIC;
GRANT ALL ON FUNCTION serving.differences() TO operator;

--
-- Name: FUNCTION end_bulk(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.end_bulk() FROM PUBLIC;
GRANT ALL ON FUNCTION serving.end_bulk() TO operator;
GRANT ALL ON FUNCTION serving.end_bulk() TO court;

--
-- Name: FUNCTION enter_day(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.enter_day() FROM PUBLIC;
GRANT ALL ON FUNCTION serving.enter_day() TO day_keeper;
GRANT ALL ON FUNCTION serving.enter_day() TO operator;

--
-- Name: FUNCTION enter_touched(rows_from regclass); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.enter_touched(rows_from regclass) FROM PUBLIC;

--
-- Name: FUNCTION fill_next(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.fill_next() FROM PUBLIC;

--
-- Name: FUNCTION fold_counts(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.fold_counts() FROM PUBLIC;
GRANT ALL ON FUNCTION serving.fold_counts() TO operator;

--
-- Name: FUNCTION index_next(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.index_next() FROM PUBLIC;

--
-- Name: TABLE recipient; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE register.recipient TO operator;

--
-- Name: FUNCTION is_recipient(given bytea); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.is_recipient(given bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION serving.is_recipient(given bytea) TO public_reader;

--
-- Name: FUNCTION lock_for_swap(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.lock_for_swap() FROM PUBLIC;

--
-- Name: FUNCTION note_change(ids uuid[]); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.note_change(ids uuid[]) FROM PUBLIC;

--
-- Name: FUNCTION note_touched(ids uuid[]); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.note_touched(ids uuid[]) FROM PUBLIC;

--
-- Name: FUNCTION prune_changes(kept_days integer); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.prune_changes(kept_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION serving.prune_changes(kept_days integer) TO operator;

--
-- Name: FUNCTION rebuild(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.rebuild() FROM PUBLIC;
GRANT ALL ON FUNCTION serving.rebuild() TO operator;
GRANT ALL ON FUNCTION serving.rebuild() TO court;

--
-- Name: FUNCTION recent_spans(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.recent_spans() FROM PUBLIC;

--
-- Name: FUNCTION refresh(ids uuid[]); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.refresh(ids uuid[]) FROM PUBLIC;

--
-- Name: FUNCTION refresh_touched(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.refresh_touched() FROM PUBLIC;

--
-- Name: FUNCTION self_check(checked_court uuid, identities bytea[], key_check bytea, OUT court_known boolean, OUT key_fits boolean, OUT comparable bigint, OUT total bigint, OUT found uuid[]); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.self_check(checked_court uuid, identities bytea[], key_check bytea, OUT court_known boolean, OUT key_fits boolean, OUT comparable bigint, OUT total bigint, OUT found uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION serving.self_check(checked_court uuid, identities bytea[], key_check bytea, OUT court_known boolean, OUT key_fits boolean, OUT comparable bigint, OUT total bigint, OUT found uuid[]) TO self_checker;

--
-- Name: FUNCTION self_check_counts(checked_court uuid, OUT comparable bigint, OUT total bigint); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.self_check_counts(checked_court uuid, OUT comparable bigint, OUT total bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION serving.self_check_counts(checked_court uuid, OUT comparable bigint, OUT total bigint) TO public_reader;
GRANT ALL ON FUNCTION serving.self_check_counts(checked_court uuid, OUT comparable bigint, OUT total bigint) TO self_checker;

--
-- Name: FUNCTION sum_counts(area_counts text, court_counts text); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.sum_counts(area_counts text, court_counts text) FROM PUBLIC;

--
-- Name: TABLE entity; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.entity TO operator;
GRANT SELECT,UPDATE ON TABLE register.entity TO court;

--
-- Name: FUNCTION swap_next(); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.swap_next() FROM PUBLIC;

--
-- Name: FUNCTION working_days_left(due_on date); Type: ACL; Schema: serving; Owner: owner
--

REVOKE ALL ON FUNCTION serving.working_days_left(due_on date) FROM PUBLIC;
GRANT ALL ON FUNCTION serving.working_days_left(due_on date) TO public_reader;
GRANT ALL ON FUNCTION serving.working_days_left(due_on date) TO operator;

--
-- Name: TABLE body; Type: ACL; Schema: audit; Owner: audit_owner
--

GRANT SELECT ON TABLE audit.body TO operator;
GRANT SELECT ON TABLE audit.body TO court;

--
-- Name: TABLE entry; Type: ACL; Schema: audit; Owner: audit_owner
--

GRANT SELECT ON TABLE audit.entry TO operator;
GRANT SELECT ON TABLE audit.entry TO court;

--
-- Name: TABLE head; Type: ACL; Schema: audit; Owner: audit_owner
--

GRANT SELECT ON TABLE audit.head TO operator;

--
-- Name: TABLE announced_notice; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.announced_notice TO operator;
GRANT SELECT ON TABLE register.announced_notice TO court;

--
-- Name: TABLE approval; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE register.approval TO court;
GRANT SELECT ON TABLE register.approval TO operator;

--
-- Name: TABLE approval_opening; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT ON TABLE register.approval_opening TO court;

--
-- Name: TABLE area; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.area TO operator;
GRANT SELECT ON TABLE register.area TO court;

--
-- Name: TABLE area_outline; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.area_outline TO operator;
GRANT SELECT ON TABLE register.area_outline TO court;

--
-- Name: TABLE calendar_gap; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.calendar_gap TO operator;
GRANT SELECT ON TABLE register.calendar_gap TO court;

--
-- Name: TABLE officer; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE register.officer TO operator;
GRANT SELECT,INSERT,UPDATE ON TABLE register.officer TO court;
GRANT SELECT ON TABLE register.officer TO doorkeeper;

--
-- Name: TABLE reward; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT ON TABLE register.reward TO operator;
GRANT SELECT,INSERT ON TABLE register.reward TO court;

--
-- Name: COLUMN reward.approved_by; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(approved_by) ON TABLE register.reward TO operator;
GRANT UPDATE(approved_by) ON TABLE register.reward TO court;

--
-- Name: COLUMN reward.approved_on; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(approved_on) ON TABLE register.reward TO operator;
GRANT UPDATE(approved_on) ON TABLE register.reward TO court;

--
-- Name: COLUMN reward.exported_on; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(exported_on) ON TABLE register.reward TO operator;
GRANT UPDATE(exported_on) ON TABLE register.reward TO court;

--
-- Name: COLUMN reward.exporting_by; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(exporting_by) ON TABLE register.reward TO operator;
GRANT UPDATE(exporting_by) ON TABLE register.reward TO court;

--
-- Name: COLUMN reward.exporting_at; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(exporting_at) ON TABLE register.reward TO operator;
GRANT UPDATE(exporting_at) ON TABLE register.reward TO court;

--
-- Name: TABLE claim; Type: ACL; Schema: sealed; Owner: owner
--

GRANT SELECT ON TABLE sealed.claim TO operator;
GRANT SELECT ON TABLE sealed.claim TO court;

--
-- Name: COLUMN claim.data; Type: ACL; Schema: sealed; Owner: owner
--

GRANT UPDATE(data) ON TABLE sealed.claim TO operator;
GRANT UPDATE(data) ON TABLE sealed.claim TO court;

--
-- Name: COLUMN claim.state; Type: ACL; Schema: sealed; Owner: owner
--

GRANT UPDATE(state) ON TABLE sealed.claim TO operator;
GRANT UPDATE(state) ON TABLE sealed.claim TO court;

--
-- Name: COLUMN claim.closed_on; Type: ACL; Schema: sealed; Owner: owner
--

GRANT UPDATE(closed_on) ON TABLE sealed.claim TO operator;
GRANT UPDATE(closed_on) ON TABLE sealed.claim TO court;

--
-- Name: COLUMN claim.opened_by; Type: ACL; Schema: sealed; Owner: owner
--

GRANT UPDATE(opened_by) ON TABLE sealed.claim TO operator;
GRANT UPDATE(opened_by) ON TABLE sealed.claim TO court;

--
-- Name: COLUMN claim.holder_id; Type: ACL; Schema: sealed; Owner: owner
--

GRANT UPDATE(holder_id) ON TABLE sealed.claim TO operator;
GRANT UPDATE(holder_id) ON TABLE sealed.claim TO court;

--
-- Name: TABLE claim_desk; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.claim_desk TO court;

--
-- Name: TABLE court; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.court TO operator;
GRANT SELECT ON TABLE register.court TO court;
GRANT SELECT ON TABLE register.court TO doorkeeper;

--
-- Name: TABLE listing_holder; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE register.listing_holder TO operator;
GRANT SELECT,INSERT,UPDATE ON TABLE register.listing_holder TO court;

--
-- Name: TABLE notice_event; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT ON TABLE register.notice_event TO operator;
GRANT SELECT,INSERT ON TABLE register.notice_event TO court;

--
-- Name: TABLE objection; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.objection TO operator;
GRANT SELECT ON TABLE register.objection TO court;

--
-- Name: COLUMN objection.outcome; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(outcome) ON TABLE register.objection TO operator;
GRANT UPDATE(outcome) ON TABLE register.objection TO court;

--
-- Name: COLUMN objection.decided_on; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(decided_on) ON TABLE register.objection TO operator;
GRANT UPDATE(decided_on) ON TABLE register.objection TO court;

--
-- Name: COLUMN objection.officer_id; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(officer_id) ON TABLE register.objection TO operator;
GRANT UPDATE(officer_id) ON TABLE register.objection TO court;

--
-- Name: COLUMN objection.holder_id; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(holder_id) ON TABLE register.objection TO operator;
GRANT UPDATE(holder_id) ON TABLE register.objection TO court;

--
-- Name: TABLE objection_listing; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT ON TABLE register.objection_listing TO operator;
GRANT SELECT,INSERT ON TABLE register.objection_listing TO court;

--
-- Name: TABLE task; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.task TO operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.task TO court;

--
-- Name: TABLE open_task; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.open_task TO operator;
GRANT SELECT ON TABLE register.open_task TO court;

--
-- Name: TABLE review; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.review TO operator;
GRANT SELECT ON TABLE register.review TO court;

--
-- Name: TABLE review_desk; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.review_desk TO court;

--
-- Name: TABLE tip; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.tip TO operator;
GRANT SELECT ON TABLE register.tip TO court;

--
-- Name: COLUMN tip.outcome; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(outcome) ON TABLE register.tip TO operator;
GRANT UPDATE(outcome) ON TABLE register.tip TO court;

--
-- Name: COLUMN tip.reason; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(reason) ON TABLE register.tip TO operator;
GRANT UPDATE(reason) ON TABLE register.tip TO court;

--
-- Name: COLUMN tip.decided_on; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(decided_on) ON TABLE register.tip TO operator;
GRANT UPDATE(decided_on) ON TABLE register.tip TO court;

--
-- Name: COLUMN tip.officer_id; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(officer_id) ON TABLE register.tip TO operator;
GRANT UPDATE(officer_id) ON TABLE register.tip TO court;

--
-- Name: COLUMN tip.holder_id; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(holder_id) ON TABLE register.tip TO operator;
GRANT UPDATE(holder_id) ON TABLE register.tip TO court;

--
-- Name: COLUMN tip.urgent; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(urgent) ON TABLE register.tip TO operator;
GRANT UPDATE(urgent) ON TABLE register.tip TO court;

--
-- Name: TABLE filing; Type: ACL; Schema: sealed; Owner: owner
--

GRANT SELECT ON TABLE sealed.filing TO operator;
GRANT SELECT ON TABLE sealed.filing TO court;

--
-- Name: COLUMN filing.state; Type: ACL; Schema: sealed; Owner: owner
--

GRANT UPDATE(state) ON TABLE sealed.filing TO operator;
GRANT UPDATE(state) ON TABLE sealed.filing TO court;

--
-- Name: COLUMN filing.closed_on; Type: ACL; Schema: sealed; Owner: owner
--

GRANT UPDATE(closed_on) ON TABLE sealed.filing TO operator;
GRANT UPDATE(closed_on) ON TABLE sealed.filing TO court;

--
-- Name: TABLE part; Type: ACL; Schema: sealed; Owner: owner
--

GRANT SELECT,INSERT,DELETE ON TABLE sealed.part TO operator;
GRANT SELECT,INSERT,DELETE ON TABLE sealed.part TO court;

--
-- Name: TABLE tip_desk; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.tip_desk TO operator;
GRANT SELECT ON TABLE register.tip_desk TO court;

--
-- Name: TABLE case_duty; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.case_duty TO court;

--
-- Name: TABLE cause; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.cause TO operator;
GRANT SELECT ON TABLE register.cause TO court;

--
-- Name: TABLE common_gram; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.common_gram TO operator;
GRANT SELECT ON TABLE register.common_gram TO court;

--
-- Name: TABLE court_key; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT ON TABLE register.court_key TO operator;
GRANT SELECT,INSERT ON TABLE register.court_key TO court;

--
-- Name: TABLE court_list; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.court_list TO operator;
GRANT SELECT ON TABLE register.court_list TO court;

--
-- Name: COLUMN court_list.state; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(state) ON TABLE register.court_list TO court;

--
-- Name: COLUMN court_list.asked_by; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(asked_by) ON TABLE register.court_list TO court;

--
-- Name: COLUMN court_list.approved_by; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(approved_by) ON TABLE register.court_list TO court;

--
-- Name: COLUMN court_list.failure; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(failure) ON TABLE register.court_list TO court;

--
-- Name: COLUMN court_list.undo_asked_by; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(undo_asked_by) ON TABLE register.court_list TO court;

--
-- Name: COLUMN court_list.undo_approved_by; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(undo_approved_by) ON TABLE register.court_list TO court;

--
-- Name: TABLE court_list_before; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.court_list_before TO operator;

--
-- Name: TABLE court_list_change; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.court_list_change TO operator;
GRANT SELECT ON TABLE register.court_list_change TO court;

--
-- Name: COLUMN court_list_change.cause; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(cause) ON TABLE register.court_list_change TO court;

--
-- Name: TABLE court_list_row; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.court_list_row TO operator;

--
-- Name: TABLE court_name; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.court_name TO operator;
GRANT SELECT ON TABLE register.court_name TO court;

--
-- Name: TABLE court_secret; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE ON TABLE register.court_secret TO operator;
GRANT SELECT,INSERT,DELETE ON TABLE register.court_secret TO court;

--
-- Name: TABLE import_file; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.import_file TO operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.import_file TO court;

--
-- Name: TABLE readiness_statement; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT ON TABLE register.readiness_statement TO court;
GRANT SELECT,INSERT ON TABLE register.readiness_statement TO operator;

--
-- Name: TABLE recovery_key; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT ON TABLE register.recovery_key TO operator;
GRANT SELECT,INSERT ON TABLE register.recovery_key TO court;

--
-- Name: TABLE court_key; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.court_key TO public_reader;
GRANT SELECT ON TABLE serving.court_key TO operator;
GRANT SELECT ON TABLE serving.court_key TO court;

--
-- Name: TABLE court_readiness; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.court_readiness TO operator;

--
-- Name: TABLE key_exposure; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.key_exposure TO court;
GRANT SELECT ON TABLE register.key_exposure TO operator;

--
-- Name: TABLE key_duty; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.key_duty TO court;

--
-- Name: TABLE desk_duty; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.desk_duty TO court;

--
-- Name: TABLE desk_visit; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE register.desk_visit TO court;

--
-- Name: TABLE ground; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.ground TO operator;
GRANT SELECT ON TABLE register.ground TO court;

--
-- Name: TABLE installation; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.installation TO operator;
GRANT SELECT ON TABLE register.installation TO court;

--
-- Name: TABLE key_request; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE ON TABLE register.key_request TO court;

--
-- Name: TABLE tombstone; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.tombstone TO operator;
GRANT SELECT ON TABLE register.tombstone TO court;

--
-- Name: TABLE withheld_text; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.withheld_text TO operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.withheld_text TO court;

--
-- Name: TABLE listing_gap; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.listing_gap TO court;

--
-- Name: TABLE name; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.name TO operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.name TO court;

--
-- Name: TABLE never_shown; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.never_shown TO operator;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE register.never_shown TO court;

--
-- Name: TABLE notice_transition; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.notice_transition TO operator;
GRANT SELECT ON TABLE register.notice_transition TO court;

--
-- Name: TABLE objection_reminder; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,DELETE ON TABLE register.objection_reminder TO operator;

--
-- Name: TABLE officer_key; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT,INSERT,DELETE ON TABLE register.officer_key TO operator;
GRANT SELECT,INSERT,DELETE ON TABLE register.officer_key TO court;

--
-- Name: COLUMN officer_key.compared_by; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(compared_by) ON TABLE register.officer_key TO court;

--
-- Name: COLUMN officer_key.compared_at; Type: ACL; Schema: register; Owner: owner
--

GRANT UPDATE(compared_at) ON TABLE register.officer_key TO court;

--
-- Name: TABLE own_readiness; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.own_readiness TO court;

--
-- Name: TABLE unsettled_claim; Type: ACL; Schema: sealed; Owner: owner
--

GRANT SELECT ON TABLE sealed.unsettled_claim TO operator;
GRANT SELECT ON TABLE sealed.unsettled_claim TO court;

--
-- Name: TABLE promised_listing; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.promised_listing TO operator;
GRANT SELECT ON TABLE register.promised_listing TO court;

--
-- Name: TABLE past_life; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.past_life TO operator;
GRANT SELECT ON TABLE register.past_life TO court;

--
-- Name: TABLE past_withheld_text; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.past_withheld_text TO operator;
GRANT SELECT ON TABLE register.past_withheld_text TO court;

--
-- Name: TABLE trail_check; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.trail_check TO court;
GRANT SELECT,UPDATE ON TABLE register.trail_check TO operator;

--
-- Name: COLUMN trail_check.court_id; Type: ACL; Schema: register; Owner: owner
--

GRANT INSERT(court_id) ON TABLE register.trail_check TO court;

--
-- Name: COLUMN trail_check.asked_by; Type: ACL; Schema: register; Owner: owner
--

GRANT INSERT(asked_by) ON TABLE register.trail_check TO court;

--
-- Name: TABLE transition; Type: ACL; Schema: register; Owner: owner
--

GRANT SELECT ON TABLE register.transition TO operator;
GRANT SELECT ON TABLE register.transition TO court;

--
-- Name: TABLE bearer; Type: ACL; Schema: sealed; Owner: owner
--

GRANT DELETE ON TABLE sealed.bearer TO operator;
GRANT DELETE ON TABLE sealed.bearer TO court;

--
-- Name: COLUMN bearer.filing_id; Type: ACL; Schema: sealed; Owner: owner
--

GRANT SELECT(filing_id) ON TABLE sealed.bearer TO operator;
GRANT SELECT(filing_id) ON TABLE sealed.bearer TO court;

--
-- Name: TABLE counter; Type: ACL; Schema: sealed; Owner: owner
--

GRANT SELECT ON TABLE sealed.counter TO operator;
GRANT SELECT ON TABLE sealed.counter TO court;

--
-- Name: TABLE needed_filing; Type: ACL; Schema: sealed; Owner: owner
--

GRANT SELECT ON TABLE sealed.needed_filing TO operator;

--
-- Name: TABLE unwrapping; Type: ACL; Schema: sealed; Owner: owner
--

GRANT SELECT,INSERT,DELETE ON TABLE sealed.unwrapping TO operator;
GRANT SELECT,INSERT,DELETE ON TABLE sealed.unwrapping TO court;

--
-- Name: TABLE area; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.area TO public_reader;
GRANT SELECT ON TABLE serving.area TO operator;
GRANT SELECT ON TABLE serving.area TO court;

--
-- Name: TABLE area_outline; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.area_outline TO public_reader;
GRANT SELECT ON TABLE serving.area_outline TO operator;
GRANT SELECT ON TABLE serving.area_outline TO court;

--
-- Name: TABLE listed; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.listed TO public_reader;
GRANT SELECT ON TABLE serving.listed TO operator;
GRANT SELECT ON TABLE serving.listed TO court;

--
-- Name: TABLE bearer; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.bearer TO public_reader;
GRANT SELECT ON TABLE serving.bearer TO operator;
GRANT SELECT ON TABLE serving.bearer TO court;

--
-- Name: TABLE counted; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.counted TO public_reader;
GRANT SELECT ON TABLE serving.counted TO operator;
GRANT SELECT ON TABLE serving.counted TO court;

--
-- Name: TABLE counted_by_court; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.counted_by_court TO public_reader;
GRANT SELECT ON TABLE serving.counted_by_court TO operator;
GRANT SELECT ON TABLE serving.counted_by_court TO court;

--
-- Name: TABLE counted_today; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.counted_today TO public_reader;
GRANT SELECT ON TABLE serving.counted_today TO operator;
GRANT SELECT ON TABLE serving.counted_today TO court;

--
-- Name: TABLE court; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.court TO public_reader;
GRANT SELECT ON TABLE serving.court TO operator;
GRANT SELECT ON TABLE serving.court TO court;

--
-- Name: TABLE court_acceptance; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.court_acceptance TO public_reader;
GRANT SELECT ON TABLE serving.court_acceptance TO operator;
GRANT SELECT ON TABLE serving.court_acceptance TO court;

--
-- Name: TABLE court_box_key; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.court_box_key TO public_reader;
GRANT SELECT ON TABLE serving.court_box_key TO operator;
GRANT SELECT ON TABLE serving.court_box_key TO court;

--
-- Name: TABLE court_name; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.court_name TO public_reader;
GRANT SELECT ON TABLE serving.court_name TO operator;
GRANT SELECT ON TABLE serving.court_name TO court;

--
-- Name: TABLE current_count; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.current_count TO public_reader;
GRANT SELECT ON TABLE serving.current_count TO operator;
GRANT SELECT ON TABLE serving.current_count TO court;

--
-- Name: TABLE current_court_count; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.current_court_count TO public_reader;
GRANT SELECT ON TABLE serving.current_court_count TO operator;
GRANT SELECT ON TABLE serving.current_court_count TO court;

--
-- Name: TABLE current_listing; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.current_listing TO public_reader;
GRANT SELECT ON TABLE serving.current_listing TO operator;
GRANT SELECT ON TABLE serving.current_listing TO court;

--
-- Name: TABLE current_notice; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.current_notice TO public_reader;
GRANT SELECT ON TABLE serving.current_notice TO operator;
GRANT SELECT ON TABLE serving.current_notice TO court;

--
-- Name: TABLE entity; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.entity TO public_reader;
GRANT SELECT ON TABLE serving.entity TO operator;
GRANT SELECT ON TABLE serving.entity TO court;

--
-- Name: TABLE feed; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.feed TO public_reader;
GRANT SELECT ON TABLE serving.feed TO operator;
GRANT SELECT ON TABLE serving.feed TO court;

--
-- Name: TABLE feed_member; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.feed_member TO public_reader;
GRANT SELECT ON TABLE serving.feed_member TO operator;
GRANT SELECT ON TABLE serving.feed_member TO court;

--
-- Name: TABLE feed_state; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.feed_state TO public_reader;
GRANT SELECT ON TABLE serving.feed_state TO operator;
GRANT SELECT ON TABLE serving.feed_state TO court;

--
-- Name: TABLE ground; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.ground TO public_reader;
GRANT SELECT ON TABLE serving.ground TO operator;
GRANT SELECT ON TABLE serving.ground TO court;

--
-- Name: TABLE listing_detail; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.listing_detail TO public_reader;
GRANT SELECT ON TABLE serving.listing_detail TO operator;
GRANT SELECT ON TABLE serving.listing_detail TO court;

--
-- Name: TABLE mirror; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.mirror TO public_reader;
GRANT SELECT ON TABLE serving.mirror TO operator;
GRANT SELECT ON TABLE serving.mirror TO court;

--
-- Name: TABLE recent_count; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.recent_count TO public_reader;
GRANT SELECT ON TABLE serving.recent_count TO operator;
GRANT SELECT ON TABLE serving.recent_count TO court;

--
-- Name: TABLE removal_notice; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.removal_notice TO public_reader;

--
-- Name: TABLE running_notice; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.running_notice TO public_reader;
GRANT SELECT ON TABLE serving.running_notice TO operator;
GRANT SELECT ON TABLE serving.running_notice TO court;

--
-- Name: TABLE site; Type: ACL; Schema: serving; Owner: owner
--

GRANT SELECT ON TABLE serving.site TO public_reader;
GRANT SELECT ON TABLE serving.site TO operator;
GRANT SELECT ON TABLE serving.site TO court;

--
-- PostgreSQL database dump complete
--
