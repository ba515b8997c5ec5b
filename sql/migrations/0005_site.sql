-- migrate:up

SET ROLE owner;

CREATE INDEX listing_source ON register.listing (source);

CREATE VIEW serving.site AS
SELECT
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'demo') AS holds_demo,
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'court') AS holds_court,
    (SELECT max(as_of) FROM register.court) AS as_of;
COMMENT ON VIEW serving.site IS
'What is shown by source: the notice about fictional data follows the records, not a setting.';

GRANT SELECT ON serving.site TO public_reader, operator;

RESET ROLE;

-- migrate:down

DROP VIEW serving.site;
DROP INDEX register.listing_source;
