-- name: try_alone(name)$
-- Whether nobody else runs this job; held until the transaction ends.
SELECT pg_try_advisory_xact_lock(hashtextextended('job ' || :name, 0));

-- name: insert_report(job, began_at, succeeded, said)!
INSERT INTO jobs.report (job, began_at, succeeded, said)
VALUES (:job, :began_at, :succeeded, :said);

-- name: list_last_reports()
-- The last run of each job.
SELECT DISTINCT ON (job) job, began_at, ended_at, succeeded, said
FROM jobs.report
ORDER BY job ASC, began_at DESC;

-- name: list_last_successes()
SELECT job, max(began_at) AS began_at
FROM jobs.report
WHERE succeeded
GROUP BY job;

-- name: delete_old_reports(days)!
DELETE FROM jobs.report
WHERE began_at < now() - make_interval(days => :days);
