-- migrate:up

SET ROLE owner;

CREATE TABLE register.court_key (
    court_id uuid NOT NULL REFERENCES register.court (id),
    use text NOT NULL,
    number integer NOT NULL,
    key bytea NOT NULL,
    not_after timestamptz NOT NULL,
    signature bytea NOT NULL,
    signed_by integer,
    PRIMARY KEY (court_id, use, number),
    CONSTRAINT court_key_use_known CHECK (use IN ('sign', 'box', 'reward', 'cert')),
    CONSTRAINT court_key_number_positive CHECK (number > 0),
    CONSTRAINT court_key_has_32_bytes CHECK (octet_length(key) = 32),
    CONSTRAINT court_key_signature_has_64_bytes CHECK (octet_length(signature) = 64),
    CONSTRAINT court_key_signed_by_root_or_court CHECK ((use = 'sign') = (signed_by IS NULL))
);
COMMENT ON TABLE register.court_key IS
'Statements about courts'' public keys, each checked against its signer before it was stored (docs/adr/0010). Only ever added to.';
COMMENT ON COLUMN register.court_key.use IS
'sign: signs the others and is itself signed by the root; box: letters are sealed to it; reward: claims are; cert: the server''s, signs certificates.';
COMMENT ON COLUMN register.court_key.number IS 'Counts a court''s keys of one use; phones refuse a lower one than they know.';
COMMENT ON COLUMN register.court_key.signed_by IS 'Number of the court''s signing key; NULL for what the root signed.';

CREATE FUNCTION register.refuse_older_key() RETURNS trigger
LANGUAGE plpgsql
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
COMMENT ON FUNCTION register.refuse_older_key() IS 'Lets the numbers of a court''s keys of one use only rise.';
CREATE TRIGGER key_number_rises BEFORE INSERT ON register.court_key
FOR EACH ROW EXECUTE FUNCTION register.refuse_older_key();

CREATE TABLE register.officer_key (
    officer_id uuid PRIMARY KEY REFERENCES register.officer (id),
    public_key bytea NOT NULL,
    wrapped bytea NOT NULL,
    CONSTRAINT officer_key_has_32_bytes CHECK (octet_length(public_key) = 32),
    CONSTRAINT officer_key_wrap_has_88_bytes CHECK (octet_length(wrapped) = 88)
);
COMMENT ON TABLE register.officer_key IS
'An officer''s own X25519 pair; the secret half under Argon2id of a generated phrase, which stands nowhere here.';

CREATE TABLE register.recovery_key (
    court_id uuid PRIMARY KEY REFERENCES register.court (id),
    public_key bytea NOT NULL,
    CONSTRAINT recovery_key_has_32_bytes CHECK (octet_length(public_key) = 32)
);
COMMENT ON TABLE register.recovery_key IS
'The key on two sheets of paper by which a court gets back its secrets; only its public half is here.';

CREATE TABLE register.court_secret (
    court_id uuid NOT NULL REFERENCES register.court (id),
    use text NOT NULL,
    number integer NOT NULL,
    officer_id uuid REFERENCES register.officer_key (officer_id),
    sealed bytea NOT NULL,
    CONSTRAINT court_secret_use_known CHECK (use IN ('sign', 'box', 'reward')),
    CONSTRAINT court_secret_once UNIQUE NULLS NOT DISTINCT (court_id, use, number, officer_id),
    CONSTRAINT court_secret_has_80_bytes CHECK (octet_length(sealed) = 80),
    FOREIGN KEY (court_id, use, number) REFERENCES register.court_key (court_id, use, number)
);
CREATE INDEX court_secret_officer_id ON register.court_secret (officer_id);
COMMENT ON TABLE register.court_secret IS
'A court''s secret keys, each sealed to every officer who may use it and to recovery. Whoever has no row here cannot read.';
COMMENT ON COLUMN register.court_secret.officer_id IS 'Whose key opens it; NULL for the recovery key.';

CREATE VIEW serving.court_key AS
WITH newest AS (
    SELECT DISTINCT ON (court_id, use) court_id, use, number, key, not_after, signature, signed_by
    FROM register.court_key
    ORDER BY court_id, use, number DESC
)

SELECT newest.court_id, newest.use, newest.number, newest.key, newest.not_after, newest.signature
FROM newest
INNER JOIN newest AS signer ON signer.court_id = newest.court_id AND signer.use = 'sign'
WHERE
    newest.not_after > now() AND signer.not_after > now()
    AND coalesce(newest.signed_by, signer.number) = signer.number;
COMMENT ON VIEW serving.court_key IS
'Of each court and use the newest key, where it is valid now and its path from the root holds: signed by the newest signing key, itself valid.';

CREATE VIEW serving.court_box_key AS
SELECT box.court_id, box.number AS box_number, stated.use, stated.number, stated.key, stated.not_after, stated.signature
FROM register.court_key AS box
INNER JOIN register.court_key AS stated
    ON
        stated.court_id = box.court_id
        AND (
            (stated.use = 'sign' AND stated.number = box.signed_by)
            OR (stated.use = 'box' AND stated.number = box.number)
        )
WHERE box.use = 'box';
COMMENT ON VIEW serving.court_box_key IS
'For every box key there was, its statement and that of the key that signed it: by which a phone checks an answer made before a rotation.';

CREATE VIEW serving.court_acceptance AS
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
COMMENT ON VIEW serving.court_acceptance IS
'What a court takes here: objections with a valid key that at least one acting officer can use, tips with at least two such officers.';

GRANT SELECT, INSERT ON register.court_key TO operator;
GRANT SELECT, INSERT, DELETE ON register.officer_key, register.court_secret TO operator;
GRANT SELECT, INSERT ON register.recovery_key TO operator;
GRANT SELECT ON serving.court_key, serving.court_box_key, serving.court_acceptance TO public_reader, operator;

RESET ROLE;

-- migrate:down

DROP VIEW serving.court_acceptance;
DROP VIEW serving.court_box_key;
DROP VIEW serving.court_key;
DROP TABLE register.court_secret;
DROP TABLE register.recovery_key;
DROP TABLE register.officer_key;
DROP TABLE register.court_key;
DROP FUNCTION register.refuse_older_key();
