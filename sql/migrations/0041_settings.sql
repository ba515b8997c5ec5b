-- migrate:up

SET ROLE owner;

CREATE FUNCTION register.state_contact(new_phone text, new_address text) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
UPDATE register.court
SET phone = new_phone, address = new_address, by_rule = false
WHERE id = register.acting_court();
$$;
COMMENT ON FUNCTION register.state_contact(text, text) IS
'Lets a court say how it is reached: its own row alone, and nothing else of it. The rule overwrites it no more.';
REVOKE EXECUTE ON FUNCTION register.state_contact(text, text) FROM public;
GRANT EXECUTE ON FUNCTION register.state_contact(text, text) TO court;

CREATE TABLE register.readiness_statement (
    court_id uuid NOT NULL REFERENCES register.court (id),
    line text NOT NULL,
    stated_by uuid NOT NULL REFERENCES register.officer (id),
    approved_by uuid NOT NULL REFERENCES register.officer (id),
    stated_on date NOT NULL DEFAULT serving.today(),
    PRIMARY KEY (court_id, line),
    CONSTRAINT readiness_statement_line_known CHECK (line IN ('recovery_sealed', 'announcement_reviewed')),
    CONSTRAINT readiness_statement_two_officers CHECK (stated_by <> approved_by)
);
COMMENT ON TABLE register.readiness_statement IS
'What no program can see and two officers vouch for before a court opens: that the recovery sheets lie sealed with two people, and that the announcement of the service was reviewed.';
ALTER TABLE register.readiness_statement ENABLE ROW LEVEL SECURITY;
ALTER TABLE register.readiness_statement FORCE ROW LEVEL SECURITY;
CREATE POLICY by_grant ON register.readiness_statement USING (true) WITH CHECK (true);
CREATE POLICY own_court ON register.readiness_statement AS RESTRICTIVE TO court USING (court_id = register.acting_court());
GRANT SELECT, INSERT ON register.readiness_statement TO court, operator;

CREATE VIEW register.court_readiness AS
SELECT
    court.id AS court_id,
    court.phone IS NOT NULL AND court.address IS NOT NULL AS contact,
    court.as_of IS NOT NULL AS imported,
    (
        SELECT count(*)
        FROM register.officer
        WHERE officer.court_id = court.id AND officer.active AND 'approver' = ANY(officer.roles)
    ) AS approvers,
    (
        SELECT count(*)
        FROM serving.court_key AS box
        INNER JOIN serving.court_key AS cert ON cert.court_id = box.court_id AND cert.use = 'cert'
        INNER JOIN register.court_secret AS secret
            ON secret.court_id = box.court_id AND secret.use = 'box' AND secret.number = box.number
        INNER JOIN register.officer ON officer.id = secret.officer_id AND officer.active
        WHERE box.court_id = court.id AND box.use = 'box'
    ) AS readers,
    EXISTS (SELECT FROM register.recovery_key WHERE recovery_key.court_id = court.id)
    AND EXISTS (
        SELECT FROM register.readiness_statement AS said
        WHERE said.court_id = court.id AND said.line = 'recovery_sealed'
    ) AS recovery_sealed,
    EXISTS (
        SELECT FROM register.readiness_statement AS said
        WHERE said.court_id = court.id AND said.line = 'announcement_reviewed'
    ) AS announcement_reviewed,
    NOT EXISTS (SELECT FROM register.import_file WHERE import_file.source = 'demo') AS demo_cleared,
    EXISTS (SELECT FROM register.import_file WHERE import_file.source = 'demo')
    AND EXISTS (SELECT FROM register.import_file WHERE import_file.source = 'court')
    AND EXISTS (
        SELECT FROM register.officer
        INNER JOIN register.court_secret AS secret ON secret.officer_id = officer.id
        WHERE officer.court_id = court.id AND officer.active AND NOT starts_with(officer.login, 'demo-')
    ) AS mixed
FROM register.court;
COMMENT ON VIEW register.court_readiness IS
'The lines of a court''s go-live list (docs/adr/0019). readers: acting officers who can open what is sealed to the present key; mixed: invented records stand beside courts'' own, and somebody who is not invented holds this court''s keys.';
GRANT SELECT ON register.court_readiness TO operator;

CREATE VIEW register.own_readiness AS
SELECT
    court_id, contact, imported, approvers, readers, recovery_sealed, announcement_reviewed, demo_cleared, mixed
FROM register.court_readiness
WHERE court_id = register.acting_court();
COMMENT ON VIEW register.own_readiness IS 'The go-live list of the court for which this transaction acts.';
GRANT SELECT ON register.own_readiness TO court;

CREATE OR REPLACE VIEW serving.court_acceptance AS
WITH opened AS (
    SELECT
        ready.court_id, ready.readers, ready.approvers, ready.announcement_reviewed,
        ready.contact AND ready.imported AND ready.recovery_sealed AND NOT ready.mixed AS may_open
    FROM register.court_readiness AS ready
)

SELECT
    opened.court_id,
    opened.may_open AND opened.readers > 0 AS accepts_objections,
    opened.may_open AND opened.readers > 1 AND opened.approvers > 1 AND opened.announcement_reviewed AS accepts_tips
FROM opened;
COMMENT ON VIEW serving.court_acceptance IS
'What a court takes here, by its go-live list: objections once it is known how it is reached, its list was imported, an officer can read and recovery lies sealed; tips once there are two readers, two approvers and a reviewed announcement as well. Neither where somebody real reads while invented records stand beside courts'' own.';

ALTER FUNCTION register.end_demo_keys() RENAME TO end_demo_officers;
CREATE FUNCTION register.end_demo_keys() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM register.readiness_statement
    USING register.officer
    WHERE officer.id = readiness_statement.stated_by AND starts_with(officer.login, 'demo-');
    UPDATE register.court SET phone = NULL, address = NULL WHERE starts_with(address, '演示地址');
    PERFORM register.end_demo_officers();
END
$$;
COMMENT ON FUNCTION register.end_demo_keys() IS
'Takes away what the demo made for its courts beside records: officers, keys, contacts and statements.';
REVOKE EXECUTE ON FUNCTION register.end_demo_keys() FROM public;
GRANT EXECUTE ON FUNCTION register.end_demo_keys() TO operator;

RESET ROLE;
SET ROLE audit_owner;
CREATE INDEX entry_court ON audit.entry (court_id, sequence);
RESET ROLE;

-- migrate:down

DROP INDEX audit.entry_court;
DROP FUNCTION register.end_demo_keys();
ALTER FUNCTION register.end_demo_officers() RENAME TO end_demo_keys;
CREATE OR REPLACE VIEW serving.court_acceptance AS
SELECT
    court.id AS court_id,
    coalesce(opened.readers, 0) > 0 AS accepts_objections,
    coalesce(opened.readers, 0) > 1 AS accepts_tips
FROM register.court
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE officer.active) AS readers
    FROM serving.court_key AS box
    INNER JOIN serving.court_key AS cert ON cert.court_id = box.court_id AND cert.use = 'cert'
    INNER JOIN register.court_secret AS secret
        ON secret.court_id = box.court_id AND secret.use = 'box' AND secret.number = box.number
    INNER JOIN register.officer ON officer.id = secret.officer_id
    WHERE box.court_id = court.id AND box.use = 'box'
) AS opened ON true;
DROP VIEW register.own_readiness;
DROP VIEW register.court_readiness;
DROP TABLE register.readiness_statement;
DROP FUNCTION register.state_contact(text, text);
