-- migrate:up

SET ROLE owner;

-- The oldest list, not the newest: one court that imports daily would hide another that stopped.
CREATE OR REPLACE VIEW serving.site AS
SELECT
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'demo') AS holds_demo,
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'court') AS holds_court,
    (SELECT min(as_of) FROM register.court) AS as_of;
COMMENT ON COLUMN serving.site.as_of IS
'When the list that was imported longest ago was imported; NULL before the first import.';

RESET ROLE;

-- migrate:down

SET ROLE owner;

COMMENT ON COLUMN serving.site.as_of IS NULL;
CREATE OR REPLACE VIEW serving.site AS
SELECT
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'demo') AS holds_demo,
    EXISTS (SELECT 1 FROM serving.current_listing WHERE source = 'court') AS holds_court,
    (SELECT max(as_of) FROM register.court) AS as_of;

RESET ROLE;
