-- migrate:up

SET ROLE owner;

-- Each import asks for these, and they are few among millions.
CREATE INDEX entity_deceased ON register.entity (deceased_on) WHERE deceased_on IS NOT NULL;
CREATE INDEX listing_event_creditor_request ON register.listing_event (listing_id) WHERE cause = 'creditor_request';
CREATE INDEX listing_event_minor ON register.listing_event (listing_id) WHERE cause = 'minor';

RESET ROLE;

-- migrate:down

DROP INDEX register.listing_event_minor;
DROP INDEX register.listing_event_creditor_request;
DROP INDEX register.entity_deceased;
