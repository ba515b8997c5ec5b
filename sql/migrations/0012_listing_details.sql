-- migrate:up

SET ROLE owner;

CREATE VIEW serving.listing_detail AS
SELECT
    listed.entity_id, listed.kind, listed.summary,
    entity.uscc, entity.representative, entity.registered_address,
    listing.id AS listing_id, court.id AS court_id, court.name AS court_name, listing.case_number,
    listing.basis_issuer, listing.basis_number, listing.duty,
    listing.performance, listing.performed_part, listing.unperformed_part, listing.ground_mask,
    listing.filed_on, listing.published_on, listing.term_ends_on,
    listing.corrected_on, listing.corrected_field, listing.source_file_on,
    court.as_of AT TIME ZONE 'UTC' AS as_of,
    CASE
        WHEN listed.notice THEN (
            SELECT notice.id
            FROM register.notice
            WHERE
                notice.listing_id = listing.id
                AND (SELECT serving.today()) BETWEEN notice.published_on AND notice.ends_on
            ORDER BY notice.published_on DESC, notice.id
            LIMIT 1
        )
    END AS notice_id
FROM serving.listed
INNER JOIN serving.current_listing AS listing ON listing.entity_id = listed.entity_id
INNER JOIN register.entity ON entity.id = listed.entity_id
INNER JOIN register.court ON court.id = listing.court_id;
COMMENT ON VIEW serving.listing_detail IS
'Every current listing with what is said of the entity, for the page of one entity: half the time of asking serving.entity and serving.current_notice, which each look again whether a listing is current.';
COMMENT ON COLUMN serving.listing_detail.as_of IS 'When the court''s list was last imported, UTC.';
COMMENT ON COLUMN serving.listing_detail.notice_id IS 'The newest reward notice of the listing that runs today.';
GRANT SELECT ON serving.listing_detail TO public_reader, operator;

RESET ROLE;

-- migrate:down

DROP VIEW serving.listing_detail;
