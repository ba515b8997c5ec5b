-- name: note_visit(officer, court, minutes)$
-- Since when things are new to an officer: the end of their last visit, which a pause of so many minutes ends.
INSERT INTO register.desk_visit AS visit (officer_id, court_id, before_at, seen_at)
VALUES (:officer, :court, clock_timestamp() - interval '1 day', clock_timestamp())
ON CONFLICT (officer_id) DO UPDATE
    SET
        before_at = CASE
            WHEN clock_timestamp() - visit.seen_at > make_interval(mins => :minutes) THEN visit.seen_at
            ELSE visit.before_at
        END,
        seen_at = clock_timestamp()
RETURNING before_at;

-- name: find_next_duty(officer)^
-- The duty whose clock runs out first of those that are due later than today; of an officer, or of all.
SELECT kind, due_on
FROM register.desk_duty
WHERE
    due_on > serving.today()
    AND (CAST(:officer AS uuid) IS NULL OR holder_id IS NULL OR holder_id = :officer)
ORDER BY due_on
LIMIT 1;

-- name: find_last_import()^
-- The last file that brought something of the acting court's, with what it left in quarantine.
SELECT
    file.imported_at,
    (
        SELECT coalesce(sum(CAST(reason.value AS bigint)), 0)
        FROM jsonb_each_text(coalesce(file.counts -> 'quarantined', '{}')) AS reason
    ) AS quarantined
FROM register.import_file AS file
WHERE
    file.full_list_of = register.acting_court()
    OR EXISTS (SELECT FROM register.listing WHERE listing.import_file_id = file.id)
ORDER BY file.imported_at DESC
LIMIT 1;

-- name: list_calendar_gaps()
-- Years in which duties end, or soon will, by days that are not those of the State Council.
SELECT year
FROM register.calendar_gap
ORDER BY year;

-- name: count_gaps()
-- How many of the acting court's listings lack what: their term, or a decision about withheld text.
SELECT lacks, count(*) AS n
FROM register.listing_gap
GROUP BY lacks
ORDER BY lacks;

-- name: count_approvers()$
-- Acting officers of the court who can sign second.
SELECT count(*)
FROM register.officer
WHERE active AND 'approver' = ANY(roles);
