-- name: delete_calendar_of(years)!
-- Make room for a calendar that says anew what these years are.
DELETE FROM register.calendar_day
WHERE extract(YEAR FROM day)::integer = ANY(:years);

-- name: list_settled_years(provisional)
-- Years whose days off the State Council has arranged, by what is loaded.
SELECT DISTINCT extract(YEAR FROM day)::integer AS year
FROM register.calendar_day
WHERE strpos(source, :provisional) = 0;

-- name: list_provisional_years(provisional)
-- Years for which only the days off of the standing regulation are loaded.
SELECT DISTINCT extract(YEAR FROM day)::integer AS year
FROM register.calendar_day
WHERE strpos(source, :provisional) > 0
ORDER BY year;

-- name: list_gaps()
-- Years in which duties end, or soon will, and whose days off are not loaded; whether those of the regulation are.
SELECT year, provisional
FROM register.calendar_gap
ORDER BY year;

-- name: count_duties_anew()$
-- Let open duties end by what is loaded now; how many have another last day.
SELECT register.count_duties_anew();

-- name: insert_calendar_days(days, working, names, sources)!
-- Days that differ from the week.
INSERT INTO register.calendar_day (day, works, name, source)
SELECT *  -- noqa: AM04
FROM unnest(CAST(:days AS date []), CAST(:working AS boolean []), CAST(:names AS text []), CAST(:sources AS text []));

-- name: save_clock(name, kind, amount, unit, valid_from, valid_until, article)!
-- A clock of the law, from a day on.
INSERT INTO register.clock (name, kind, amount, unit, valid_from, valid_until, article)
VALUES (:name, :kind, :amount, :unit, :valid_from, :valid_until, :article)
ON CONFLICT (name, valid_from) DO UPDATE
    SET
        kind = excluded.kind,
        amount = excluded.amount,
        unit = excluded.unit,
        valid_until = excluded.valid_until,
        article = excluded.article;

-- name: save_cause(action, code, valid_from, valid_until, article, zh, en)!
-- A reason of the law, from a day on.
INSERT INTO register.cause (action, code, valid_from, valid_until, article, zh, en)
VALUES (:action, :code, :valid_from, :valid_until, :article, :zh, :en)
ON CONFLICT (action, code, valid_from) DO UPDATE
    SET
        valid_until = excluded.valid_until,
        article = excluded.article,
        zh = excluded.zh,
        en = excluded.en;

-- name: save_retention(what, days, valid_from, valid_until, basis)!
-- How long something is kept, from a day on.
INSERT INTO register.retention (what, days, valid_from, valid_until, basis)
VALUES (:what, :days, :valid_from, :valid_until, :basis)
ON CONFLICT (what, valid_from) DO UPDATE
    SET
        days = excluded.days,
        valid_until = excluded.valid_until,
        basis = excluded.basis;

-- name: lacks_rows(clocks, kept, actions, codes)$
-- Whether anything of these is missing by name, or there is no calendar; an operator's own rows count as well.
SELECT
    NOT EXISTS (SELECT FROM register.calendar_day)
    OR EXISTS (
        SELECT FROM unnest(CAST(:clocks AS text [])) AS needed (name)
        WHERE NOT EXISTS (SELECT FROM register.clock WHERE clock.name = needed.name)
    )
    OR EXISTS (
        SELECT FROM unnest(CAST(:kept AS text [])) AS needed (what)
        WHERE NOT EXISTS (SELECT FROM register.retention WHERE retention.what = needed.what)
    )
    OR EXISTS (
        SELECT FROM unnest(CAST(:actions AS text []), CAST(:codes AS text [])) AS needed (action, code)
        WHERE NOT EXISTS (
            SELECT FROM register.cause
            WHERE cause.action = needed.action AND cause.code = needed.code AND cause.article <> ''
        )
    );

-- name: find_overlap()$
-- A name for which two clocks would hold on one day; NULL where there is none.
SELECT one.name
FROM register.clock AS one
INNER JOIN register.clock AS other ON one.name = other.name AND one.valid_from < other.valid_from
WHERE one.valid_until IS NULL OR one.valid_until >= other.valid_from
ORDER BY one.name
LIMIT 1;
