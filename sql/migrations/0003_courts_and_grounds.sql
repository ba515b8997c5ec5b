-- migrate:up

SET ROLE owner;

CREATE TABLE register.court (
    id uuid PRIMARY KEY,
    code text COLLATE "C" NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    area_code text COLLATE "C" NOT NULL REFERENCES register.area (code),
    superior_id uuid REFERENCES register.court (id) DEFERRABLE INITIALLY DEFERRED,
    phone text,
    address text,
    by_rule boolean NOT NULL,
    as_of timestamptz,
    CONSTRAINT court_code_unique UNIQUE (code),
    CONSTRAINT court_level_known CHECK (level IN ('basic', 'intermediate', 'high', 'special'))
);
CREATE INDEX court_area_code ON register.court (area_code);
COMMENT ON TABLE register.court IS 'Enforcing courts (执行法院).';
COMMENT ON COLUMN register.court.id IS 'UUIDv5 of the code: two installations name the same court by the same id.';
COMMENT ON COLUMN register.court.code IS 'The court''s sign in case numbers (法院代字), e.g. 冀0108.';
COMMENT ON COLUMN register.court.by_rule IS
'True when the row follows from the county code alone; false when the corrections file or the court itself stated it.';
COMMENT ON COLUMN register.court.as_of IS 'When this court''s list was last imported; NULL before the first import.';

CREATE TABLE register.court_name (
    name_folded text COLLATE "C" NOT NULL,
    court_id uuid NOT NULL REFERENCES register.court (id) ON DELETE CASCADE,
    PRIMARY KEY (name_folded, court_id)
);
COMMENT ON TABLE register.court_name IS
'Every way files write a court''s name, folded. A name shared by several courts is decided by the case number''s court code.';

CREATE TABLE register.ground (
    id smallint PRIMARY KEY,
    text text NOT NULL,
    plain_zh text NOT NULL,
    plain_en text NOT NULL,
    short_zh text NOT NULL,
    short_en text NOT NULL,
    article text NOT NULL,
    has_term boolean NOT NULL,
    how_it_ends_zh text NOT NULL,
    how_it_ends_en text NOT NULL,
    CONSTRAINT ground_one_to_six CHECK (id BETWEEN 1 AND 6)
);
COMMENT ON TABLE register.ground IS
'The six grounds (失信行为具体情形) of Article 1, 法释〔2017〕7号, with plain words and how a listing on each ends.';
COMMENT ON COLUMN register.ground.has_term IS 'Grounds 2 to 6 carry a term (Article 2); ground 1 has none.';

CREATE VIEW serving.court AS
SELECT id, code, name, level, area_code, superior_id, phone, address, by_rule, as_of
FROM register.court;
COMMENT ON VIEW serving.court IS 'Courts, their contacts and how fresh their lists are.';

CREATE VIEW serving.court_name AS
SELECT name_folded, court_id
FROM register.court_name;
COMMENT ON VIEW serving.court_name IS 'Folded names by which a court is found.';

CREATE VIEW serving.ground AS
SELECT id, text, plain_zh, plain_en, short_zh, short_en, article, has_term, how_it_ends_zh, how_it_ends_en
FROM register.ground;
COMMENT ON VIEW serving.ground IS 'The six grounds in the law''s words and in plain ones.';

GRANT SELECT, INSERT, UPDATE, DELETE ON register.court, register.court_name, register.ground TO operator;
GRANT SELECT ON serving.court, serving.court_name, serving.ground TO public_reader, operator;

RESET ROLE;

-- migrate:down

DROP VIEW serving.ground;
DROP VIEW serving.court_name;
DROP VIEW serving.court;
DROP TABLE register.ground;
DROP TABLE register.court_name;
DROP TABLE register.court;
