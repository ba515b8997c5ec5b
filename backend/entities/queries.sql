-- name: find_summary(entity)^
-- One of the listed, with what is known of bodies alone; no row when nothing of theirs is current.
SELECT
    listed.kind, listed.summary, entity.uscc, entity.representative, entity.registered_address,
    (SELECT min(court.as_of) FROM serving.court WHERE court.id = ANY(listed.courts)) AS as_of
FROM serving.listed
INNER JOIN serving.entity ON entity.id = listed.entity_id
WHERE listed.entity_id = :entity;  -- noqa: RF02

-- name: list_listings(entity)
-- The current listings of one entity, newest first, each with its grounds in the law's words and in plain ones.
SELECT
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
    (
        SELECT
            coalesce(
                json_agg(
                    json_build_object(
                        'id', ground.id,
                        'text', ground.text,
                        'plain', json_build_object('zh', ground.plain_zh, 'en', ground.plain_en),
                        'article', ground.article
                    )
                    ORDER BY ground.id
                ),
                '[]'
            )
        FROM serving.ground
        WHERE listing.ground_mask & (1 << (ground.id - 1)) <> 0
    ) AS grounds,
    (
        SELECT current_notice.id
        FROM serving.current_notice
        WHERE current_notice.listing_id = listing.id
        ORDER BY current_notice.published_on DESC, current_notice.id
        LIMIT 1
    ) AS notice_id
FROM serving.current_listing AS listing
INNER JOIN serving.court ON court.id = listing.court_id
WHERE listing.entity_id = :entity  -- noqa: RF02
ORDER BY listing.published_on DESC, listing.id;
