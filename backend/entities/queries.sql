-- name: list_details()
-- The current listings of one entity, newest first, each with what is said of the entity; `$1` is its id, for `fetch_texts`.
SELECT
    kind, summary, uscc, representative, registered_address, as_of,
    court_id, court_name, case_number, basis_issuer, basis_number, duty, performance, performed_part, unperformed_part,
    ground_mask, filed_on, published_on, term_ends_on, notice_id, corrected_on, corrected_field, source_file_on,
    listing_id, duties
FROM serving.listing_detail
WHERE entity_id = $1
ORDER BY published_on DESC, listing_id;

-- name: list_details_at_court()
-- The same of several entities, of one court's listings only; `$1` is an array of their ids, `$2` the court's.
SELECT
    kind, summary, uscc, representative, registered_address, as_of,
    court_id, court_name, case_number, basis_issuer, basis_number, duty, performance, performed_part, unperformed_part,
    ground_mask, filed_on, published_on, term_ends_on, notice_id, corrected_on, corrected_field, source_file_on,
    listing_id, duties
FROM serving.listing_detail
WHERE entity_id = ANY(CAST($1 AS uuid [])) AND court_id = $2
ORDER BY entity_id, published_on DESC, listing_id;

-- name: self_check(court, identities, key_check)^
-- Who of a court's current listings bears one of these identity hashes; for the role `self_checker`. One row, always.
SELECT court_known, key_fits, comparable, total, found
FROM serving.self_check(CAST(:court AS uuid), CAST(:identities AS bytea []), CAST(:key_check AS bytea));

-- name: list_grounds()
-- The six grounds in the law's words and in plain ones.
SELECT id, text, plain_zh, plain_en, article
FROM serving.ground
ORDER BY id;
