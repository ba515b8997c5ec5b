-- Values for the linter, which cannot know what a parameter is.
-- sqlfluff:templater:placeholder:officer:'00000000-0000-0000-0000-000000000000'
-- sqlfluff:templater:placeholder:source:'court'

-- name: insert_drafts(officer, source)
-- What a court may decide about; a draft has neither a day of publication nor a term.
WITH added AS (
    INSERT INTO register.listing (
        entity_id, court_id, listing_key, content_hash, case_number, case_key, basis_issuer, basis_number, duty,
        performance, performed_part, unperformed_part, ground_mask, filed_on, state, source
    )
    SELECT
        entity.id, staged.court_id, staged.listing_key, staged.content_hash, staged.case_number, staged.case_key,
        staged.basis_issuer, staged.basis_number, staged.duty, staged.performance, staged.performed_part,
        staged.unperformed_part, staged.ground_mask, staged.filed_on, 'draft', :source
    FROM planned
    INNER JOIN staged ON staged.ordinal = planned.ordinal
    INNER JOIN register.entity ON entity.identity_key = planned.identity_key
    ORDER BY planned.ordinal
    RETURNING id, case_number
),

traced AS (
    INSERT INTO register.listing_event (
        listing_id, action, to_state, cause, article, effective_on, officer_id
    )
    SELECT added.id, 'draft', 'draft', 'drafted', '第五条', serving.today(), :officer
    FROM added
)

SELECT id, case_number FROM added;

-- name: find_court_code(court)$
SELECT code FROM register.court WHERE id = :court;
