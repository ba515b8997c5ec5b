-- Who bears a name. `bearer.item` stands for the summary as JSON text, up to how the search matched, and
-- `bearer.passes` for the conditions of one shape of filters: see name_statements.py.
-- What is given in a sub-select is hidden from the planner, so that one plan is kept and no search is planned anew.

-- name: begin_anywhere(first, until, name, is_person, id, most)
-- Those whose names begin with a text, behind a place, straight from the index.
SELECT bearer.name_folded, bearer.is_person, bearer.entity_id, bearer.item
FROM serving.bearer
WHERE
    bearer.name_folded >= (SELECT CAST(:first AS text))
    AND bearer.name_folded < (SELECT CAST(:until AS text))
    AND (bearer.name_folded, bearer.is_person, bearer.entity_id) > (:name, :is_person, :id)
    AND bearer.passes
ORDER BY bearer.name_folded, bearer.is_person, bearer.entity_id
LIMIT (SELECT CAST(:most AS integer));

-- name: begin_in_court(first, until, name, is_person, id, court, most)
-- The same among those of one court.
SELECT bearer.name_folded, bearer.is_person, bearer.entity_id, bearer.item
FROM serving.bearer
WHERE
    bearer.entity_id IN (SELECT listing.entity_id FROM serving.current_listing AS listing WHERE listing.court_id = :court)  -- noqa: RF02
    AND bearer.name_folded >= (SELECT CAST(:first AS text))
    AND bearer.name_folded < (SELECT CAST(:until AS text))
    AND (bearer.name_folded, bearer.is_person, bearer.entity_id) > (:name, :is_person, :id)
    AND bearer.passes
ORDER BY bearer.name_folded, bearer.is_person, bearer.entity_id
LIMIT (SELECT CAST(:most AS integer));

-- name: begin_in_area(first, until, name, is_person, id, area, area_end, most)
-- The same in one area: place by place, since each has an index in the order of names.
SELECT bearer.name_folded, bearer.is_person, bearer.entity_id, bearer.item
FROM serving.area
CROSS JOIN
    LATERAL (
        SELECT bearer.*
        FROM serving.bearer
        WHERE
            bearer.area_code = area.code
            AND bearer.name_folded >= (SELECT CAST(:first AS text))
            AND bearer.name_folded < (SELECT CAST(:until AS text))
            AND (bearer.name_folded, bearer.is_person, bearer.entity_id) > (:name, :is_person, :id)
            AND bearer.passes
        ORDER BY bearer.name_folded, bearer.is_person, bearer.entity_id
        LIMIT (SELECT CAST(:most AS integer))
    ) AS bearer
WHERE area.code >= :area AND area.code < :area_end  -- noqa: RF02
ORDER BY bearer.name_folded, bearer.is_person, bearer.entity_id
LIMIT (SELECT CAST(:most AS integer));

-- name: begin_filtered(first, until, name, is_person, id, walked, most)
-- The same where a filter may leave out nearly everybody: so many are looked at, and a last row without an item says
-- how far that was where there are more.
WITH step AS MATERIALIZED (
    SELECT bearer.*
    FROM serving.bearer
    WHERE
        bearer.name_folded >= (SELECT CAST(:first AS text))
        AND bearer.name_folded < (SELECT CAST(:until AS text))
        AND (bearer.name_folded, bearer.is_person, bearer.entity_id) > (:name, :is_person, :id)
    ORDER BY bearer.name_folded, bearer.is_person, bearer.entity_id
    LIMIT :walked
)

(
    SELECT bearer.name_folded, bearer.is_person, bearer.entity_id, bearer.item
    FROM step AS bearer
    WHERE
        bearer.passes
    ORDER BY bearer.name_folded, bearer.is_person, bearer.entity_id
    LIMIT (SELECT CAST(:most AS integer))
)
UNION ALL
(
    SELECT step.name_folded, step.is_person, step.entity_id, NULL
    FROM step
    WHERE (SELECT count(counted.entity_id) FROM step AS counted) = :walked
    ORDER BY step.name_folded DESC, step.is_person DESC, step.entity_id DESC
    LIMIT 1
);

-- name: bear(names, people, behind, most)
-- Those who bear some names, in the order of the names; of the first name those behind an id.
SELECT bearer.place, bearer.entity_id, bearer.item
FROM (
    SELECT wanted.place, found.*  -- noqa: ST06
    FROM
        unnest(CAST(:names AS text []), CAST(:people AS boolean []))
        WITH ORDINALITY AS wanted (name, is_person, place)
    CROSS JOIN
        LATERAL (
            SELECT bearer.*
            FROM serving.bearer
            WHERE
                bearer.name_folded = wanted.name
                AND bearer.is_person = wanted.is_person
                AND (wanted.place > 1 OR bearer.entity_id > :behind)
                AND bearer.passes
            ORDER BY bearer.entity_id
            LIMIT (SELECT CAST(:most AS integer))
        ) AS found
    ORDER BY wanted.place, found.entity_id
    LIMIT (SELECT CAST(:most AS integer))
) AS bearer
ORDER BY bearer.place, bearer.entity_id;

-- name: contain(part, brand, distance, name, is_person, id, most)
-- Those of a narrow filter whose names contain a text and do not begin with it, best first, behind a place.
SELECT bearer.name_folded, bearer.is_person, bearer.entity_id, bearer.item, bearer.score
FROM (
    SELECT scored.*
    FROM (
        SELECT
            bearer.*,
            serving.contains_score(
                bearer.name_folded, :part,
                NOT bearer.is_person
                AND bearer.name_folded IN (SELECT serving.names_with_any(false, ARRAY[:brand], 500))
            ) AS score
        FROM serving.bearer
        WHERE
            serving.contains(bearer.name_folded, :part, bearer.is_person)
            AND NOT starts_with(bearer.name_folded, :part)
            AND bearer.passes
    ) AS scored
    WHERE (-scored.score, scored.name_folded, scored.is_person, scored.entity_id) > (:distance, :name, :is_person, :id)
    ORDER BY scored.score DESC, scored.name_folded, scored.is_person, scored.entity_id
    LIMIT (SELECT CAST(:most AS integer))
) AS bearer
ORDER BY bearer.score DESC, bearer.name_folded, bearer.is_person, bearer.entity_id;

-- name: contain_in_court(part, brand, distance, name, is_person, id, court, most)
-- The same among those of one court.
SELECT bearer.name_folded, bearer.is_person, bearer.entity_id, bearer.item, bearer.score
FROM (
    SELECT scored.*
    FROM (
        SELECT
            bearer.*,
            serving.contains_score(
                bearer.name_folded, :part,
                NOT bearer.is_person
                AND bearer.name_folded IN (SELECT serving.names_with_any(false, ARRAY[:brand], 500))
            ) AS score
        FROM serving.bearer
        WHERE
            bearer.entity_id IN (
                SELECT listing.entity_id FROM serving.current_listing AS listing WHERE listing.court_id = :court  -- noqa: RF02
            )
            AND serving.contains(bearer.name_folded, :part, bearer.is_person)
            AND NOT starts_with(bearer.name_folded, :part)
            AND bearer.passes
    ) AS scored
    WHERE (-scored.score, scored.name_folded, scored.is_person, scored.entity_id) > (:distance, :name, :is_person, :id)
    ORDER BY scored.score DESC, scored.name_folded, scored.is_person, scored.entity_id
    LIMIT (SELECT CAST(:most AS integer))
) AS bearer
ORDER BY bearer.score DESC, bearer.name_folded, bearer.is_person, bearer.entity_id;

-- name: bear_code(case_key, uscc, name, id, most)
-- Those with a case number or a credit code, by name, behind a place.
SELECT bearer.name_folded, bearer.is_person, bearer.entity_id, bearer.item
FROM serving.bearer
WHERE
    bearer.entity_id IN (
        SELECT listing.entity_id FROM serving.current_listing AS listing WHERE listing.case_key = :case_key  -- noqa: RF02
        UNION
        SELECT entity.id FROM serving.entity WHERE entity.uscc = :uscc  -- noqa: RF02
    )
    AND (bearer.name_folded, bearer.entity_id) > (:name, :id)
    AND bearer.passes
ORDER BY bearer.name_folded, bearer.entity_id
LIMIT (SELECT CAST(:most AS integer));
