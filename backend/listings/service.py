"""Imports and demo data as whole pieces of work: one transaction each, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

from backend.config import Settings
from backend.core.db import Database
from backend.core.name_index import remove_unused_names
from backend.listings import queries
from backend.listings.demo import Demo
from backend.listings.importing import Job, Options, Progress, Summary, import_records
from backend.listings.mapping import load_mapping
from backend.listings.quarantine import QuarantineFile
from backend.listings.readers import NumberedRecord, open_rows
from backend.listings.sniff import sniff

_PROGRESS_EVERY = 2000


def import_file(database: Database, settings: Settings, path: Path, options: Options, progress: Progress) -> Summary:
    """Import one list file; on any error, and in a dry run, the database stays as it was.

    Raises:
        OperatorError: the file is no list or is damaged, or `import_records` refuses.
    """
    source = sniff(path)
    quarantine = QuarantineFile(options.quarantine) if options.quarantine else None
    job = Job(path.name, source.sha256, settings, options, progress, quarantine)
    with (
        quarantine or nullcontext(),
        database.transaction("operator") as connection,
        queries.bulk_change(connection),
    ):
        with open_rows(source, options.mapping) as (file, records):
            watched = _watched(records, lambda: progress.advance(file.tell()))
            summary = import_records(connection, watched, job)
        progress.phase("serving")
        if quarantine:
            quarantine.write()
        if options.dry_run:
            connection.rollback()
    return summary


def fill_demo(
    settings: Settings, database: Database, listings: int, *, again: bool = False, progress: Progress | None = None
) -> int:
    """Fill in fictional listings, around the home area most of all; the number of listings filled in.

    A database that holds any listing is left alone, unless `again` is set: then the demo's own are replaced.

    Raises:
        OperatorError: areas or courts are not loaded.
    """
    with database.transaction("operator") as connection:
        if listings == 0 or (queries.holds_listings(connection) and not again):
            return 0
        progress = progress or Progress()
        queries.lock_imports(connection, lambda: progress.say("另一个导入正在进行…… Another import is running."))
        with queries.bulk_change(connection):
            queries.delete_demo(connection)
            demo = Demo.prepare(connection, settings.home_area, listings)
            options = Options(load_mapping(), source="demo")
            job = Job("demo", b"", settings, options, progress)
            records = enumerate(demo.records(), start=1)
            filled = import_records(connection, _watched_count(records, progress), job)
            queries.insert_demo_notices(connection)
    return filled.new


def clear_demo(database: Database) -> int:
    """Delete every demo record and nothing else; the number of listings deleted."""
    with database.transaction("operator") as connection:
        queries.lock_imports(connection, lambda: None)
        with queries.bulk_change(connection):
            deleted = queries.delete_demo(connection)
            remove_unused_names(connection)
        queries.end_demo_keys(connection)
        return deleted


def rebuild_serving(database: Database) -> None:
    """Build the serving tables anew from the register, and swap them while reads go on."""
    with database.transaction("operator") as connection:
        queries.lock_imports(connection, lambda: None)
        queries.rebuild_serving(connection)


def fold_counts(database: Database) -> None:
    """Count the present day in the serving tables; changes no answer."""
    with database.transaction("operator") as connection:
        queries.fold_counts(connection)


def check_serving(database: Database) -> dict[str, int]:
    """How many serving rows and counts differ from the register, by what they are: 0 each."""
    with database.transaction("operator") as connection:
        return queries.list_serving_differences(connection)


def _watched(records: Iterable[NumberedRecord], report: Callable[[], None]) -> Iterator[NumberedRecord]:
    for count, record in enumerate(records):
        if count % _PROGRESS_EVERY == 0:
            report()
        yield record
    report()


def _watched_count(records: Iterable[NumberedRecord], progress: Progress) -> Iterator[NumberedRecord]:
    for number, record in records:
        if number % _PROGRESS_EVERY == 0:
            progress.advance(number)
        yield number, record
