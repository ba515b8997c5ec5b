-- name: find_court(court)^
-- A court, and how fresh its list is; no row when there is no such court.
SELECT as_of
FROM serving.court
WHERE id = :court;

-- name: find_area(area)^
-- The newest list of the courts whose own area lies in or above an area; no row when there is no such area.
SELECT (
    SELECT max(court.as_of)
    FROM serving.court
    WHERE starts_with(court.area_code, area.code) OR starts_with(area.code, court.area_code)
) AS as_of
FROM serving.area
WHERE area.code = :area;

-- name: find_newest_as_of()^
-- The newest list of any court.
SELECT max(court.as_of) AS as_of
FROM serving.court;

-- name: list_details()
-- The current listings of one entity, newest first, each with what is said of the entity; `$1` is its id, for `fetch_texts`.
SELECT
    kind, summary, uscc, representative, registered_address, as_of,
    court_id, court_name, case_number, basis_issuer, basis_number, duty, performance, performed_part, unperformed_part,
    ground_mask, filed_on, published_on, term_ends_on, notice_id, corrected_on, corrected_field, source_file_on
FROM serving.listing_detail
WHERE entity_id = $1
ORDER BY published_on DESC, listing_id;

-- name: list_grounds()
-- The six grounds in the law's words and in plain ones.
SELECT id, text, plain_zh, plain_en, article
FROM serving.ground
ORDER BY id;
