"""What the import asks of the database: staging by COPY, a plan, and its application in the same transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import aiosql
import psycopg
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from backend.core.db import Connection
from backend.core.errors import OperatorError
from backend.listings.domain.record import Court, Register
from backend.listings.domain.refusal import NotTaken, Refusal
from backend.listings.traces import digest_demo, write_demo_cleared

_sql: Any = aiosql.from_path(Path(__file__).with_name("import_queries"), "psycopg")

STAGED_COLUMNS = (
    ("ordinal", "int4"), ("listing_key", "bytea"), ("identity_key", "bytea"), ("content_hash", "bytea"),
    ("row_hash", "uuid"), ("court_id", "uuid"), ("has_identifier", "bool"), ("kind", "text"), ("name", "text"),
    ("name_folded", "text"), ("sex", "text"), ("age_band", "text"), ("uscc", "text"), ("representative", "text"),
    ("area_code", "text"), ("placed_by", "text"), ("registered_address", "text"), ("lon", "float8"), ("lat", "float8"),
    ("tile_key", "int8"), ("case_number", "text"), ("case_key", "text"), ("basis_issuer", "text"),
    ("basis_number", "text"), ("duty", "text"), ("performance", "text"), ("performed_part", "text"),
    ("unperformed_part", "text"), ("ground_mask", "int2"), ("filed_on", "date"), ("published_on", "date"),
    ("term_ends_on", "date"), ("duty_withheld", "text"), ("performed_part_withheld", "text"),
    ("unperformed_part_withheld", "text"), ("ended_on", "date"), ("ended_cause", "text"),
)  # fmt: skip
COPY_STAGED = f"COPY staged ({', '.join(name for name, _ in STAGED_COLUMNS)}) FROM STDIN"


class ImportedFile(NamedTuple):
    """What `register.import_file` keeps of one applied file."""

    name: str
    sha256: bytes
    source: str
    full_list_of: str | None
    approved_by: str | None
    court_id: str | None = None


class Outcome(NamedTuple):
    """What the end of a file adds to its record: the summary, and the ids of the courts that the file names."""

    counts: Mapping[str, Any]
    courts: Collection[str]


class FullListChange(NamedTuple):
    """What a full list would do to a court: current listings, those it drops, those kept for a quarantined row."""

    current: int
    leave: int
    stay: int


def lock_imports(connection: Connection, say_waiting: Any) -> None:
    """Take the lock of imports until the transaction ends; `say_waiting()` is called when another one holds it.

    Raises:
        OperatorError: the other import did not end within the connection's lock timeout.
    """
    if _sql.try_import_lock(connection):
        return
    say_waiting()
    try:
        list(_sql.wait_for_import_lock(connection))
    except psycopg.errors.LockNotAvailable:
        raise NotTaken(Refusal.OTHER_IMPORT) from None


def find_identity_key_check(connection: Connection) -> bytes | None:
    value = _sql.find_identity_key_check(connection)
    return None if value is None else bytes(value)


def insert_identity_key_check(connection: Connection, check: bytes) -> None:
    _sql.insert_identity_key_check(connection, identity_key_check=check)


def read_register(connection: Connection, full_list_of: str | None) -> Register:
    """Courts and counties in memory; `full_list_of` is a court's code.

    Raises:
        OperatorError: no courts are loaded, or there is no court of that code.
    """
    courts: dict[str, tuple[Court, ...]] = {}
    for row in _sql.list_court_names(connection):
        court = Court(row["id"], row["code"], row["area_code"], row["province"])
        courts[row["name_folded"]] = (*courts.get(row["name_folded"], ()), court)
    if not courts:
        raise OperatorError("No courts are loaded: run `flask --app backend areas load` and `courts load` first.")
    today = find_today(connection)
    counties = frozenset(row["code"] for row in _sql.list_county_codes(connection))
    return Register(courts, counties, today, find_court(connection, full_list_of) if full_list_of else None)


def find_court(connection: Connection, code: str) -> Court:
    """A court by its code. Raises OperatorError where there is none."""
    row = _sql.find_court_by_code(connection, code=code)
    if row is None:
        raise OperatorError(f"There is no court with the code {code}; codes look like 冀0108.")
    return Court(row["id"], row["code"], row["area_code"], row["province"])


def create_staging(connection: Connection) -> None:
    """The staging tables, dropped with the transaction."""
    _sql.create_staging(connection)


def stage(connection: Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows in the order of `STAGED_COLUMNS` into the staging table."""
    with connection.cursor() as cursor, cursor.copy(COPY_STAGED) as copy:
        for row in rows:
            copy.write_row(row)


def take_same(connection: Connection, rows: Mapping[int, bytes], file_id: UUID) -> tuple[set[int], list[str]]:
    """Of rows by ordinal, given as hashes, those that some earlier file held: their ordinals, and the ids of courts."""
    found = _sql.take_same(
        connection,
        ordinals=list(rows),
        row_hashes=[UUID(bytes=row_hash) for row_hash in rows.values()],
        import_file_id=file_id,
    )
    return set(found["ordinals"] or ()), found["courts"] or []


def settle_same(connection: Connection) -> int:
    """Decide which of a key's rows counts; the number of listings of which the file says what an earlier one said."""
    _sql.settle_same(connection)
    return int(_sql.count_same(connection))


def insert_ahead(connection: Connection, file_id: UUID, source: str) -> int:
    """Insert the new listings of a staged chunk and empty the staging table; the number of listings.

    A listing or entity that was there before stays as it is until the end of the file, so that the outcome does not
    depend on the size of a chunk.
    """
    _sql.analyze_staging(connection)
    _sql_script(connection, "plan_changes", import_file_id=file_id)
    _sql.wait_with_others(connection)
    _sql.plan_entities(connection)
    _sql.insert_entities(connection, source=source)
    new: int = _sql.insert_listings(connection, import_file_id=file_id, source=source)
    _sql.insert_withheld_texts(connection)
    _sql.wait_with_known_entities(connection)
    _sql.forget_chunk(connection)
    return new


def end_waiting(connection: Connection) -> None:
    """Stage again, beside the last chunk, what earlier chunks left for the end of the file."""
    _sql.end_waiting(connection)


def insert_kept(connection: Connection, keys: Iterable[bytes], names: Iterable[str]) -> None:
    """Keys, or where unreadable folded names, of quarantined rows: a full list keeps their listings."""
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO kept (listing_key) VALUES (%s)", [(key,) for key in keys])
        cursor.executemany("INSERT INTO kept (name_folded) VALUES (%s)", [(name,) for name in names])


def plan(connection: Connection, file_id: UUID) -> Counter[str]:
    """Decide what each staged row means; the number of rows by action."""
    _sql.analyze_staging(connection)
    _sql_script(connection, "plan_changes", import_file_id=file_id)
    return Counter({row["action"]: row["n"] for row in _sql.count_actions(connection)})


def plan_full_list(connection: Connection, court: Court, source: str) -> FullListChange:
    """Decide which current listings of the court are no longer in its list."""
    _sql_script(connection, "plan_full_list", court_id=court.id, source=source)
    absent = _sql.count_absent(connection)
    current = _sql.count_current_of_court(connection, court_id=court.id, source=source)
    return FullListChange(current, absent["leave"], absent["stay"])


def insert_import_file(connection: Connection, file: ImportedFile) -> UUID:
    """The record of a file, made before its listings name it; `update_import_file_counts` completes it."""
    file_id: UUID = _sql.insert_import_file(connection, **file._asdict(), counts=Jsonb({}))
    return file_id


def apply_plan(connection: Connection, file_id: UUID, file: ImportedFile, outcome: Outcome) -> None:
    """Write the planned changes; the caller's transaction makes them one."""
    _sql.plan_entities(connection)
    _sql.insert_entities(connection, source=file.source)
    _sql.update_listings(connection, import_file_id=file_id)
    _sql.remember_rows(connection)
    _sql.update_entities(connection)
    _sql.insert_listings(connection, import_file_id=file_id, source=file.source)
    _sql.delete_replaced_withheld_texts(connection)
    _sql.insert_withheld_texts(connection)
    _sql.end_stated(connection, import_file_id=file_id)
    _sql.delete_undone(connection)
    if file.full_list_of:
        _sql.end_absent(connection, import_file_id=file_id)
    _sql.update_courts_as_of(connection, court_id=file.full_list_of, named=list(outcome.courts))
    # A file of one court is that court's; a file of several is nobody's alone.
    court = next(iter(outcome.courts)) if len(outcome.courts) == 1 and file.source == "court" else None
    _sql.update_import_file_counts(
        connection, import_file_id=file_id, counts=Jsonb(dict(outcome.counts)), court_id=court
    )


def end_absent(connection: Connection, file_id: UUID) -> None:
    """End whoever is planned to leave for want of a row, also where the file is no whole list."""
    _sql.end_absent(connection, import_file_id=file_id)


@contextmanager
def bulk_change(connection: Connection) -> Iterator[None]:
    """Change much at once: the serving tables follow at the end, which must be the last thing in the transaction.

    Rebuilt rather than refreshed, they are locked for readers until the commit.
    """
    _sql.begin_bulk(connection)
    yield
    _sql.end_bulk(connection)


def rebuild_serving(connection: Connection) -> None:
    """Build the serving tables anew and swap them; the last thing in the transaction."""
    _sql.rebuild_serving(connection)


def fold_counts(connection: Connection) -> None:
    """Count the present day and drop past ones; changes no answer."""
    _sql.fold_counts(connection)


def list_serving_differences(connection: Connection) -> dict[str, int]:
    """What the serving tables hold otherwise than the register: how many rows, area counts and court counts."""
    return {row["place"]: row["number"] for row in _sql.list_serving_differences(connection)}


def find_today(connection: Connection) -> date:
    """The date in China."""
    today: date = _sql.find_today(connection)
    return today


def holds_listings(connection: Connection) -> bool:
    return bool(_sql.holds_listings(connection))


def list_demo_counties(connection: Connection) -> list[DictRow]:
    """Counties with their basic court: code, name, court_code, court_name, province."""
    return list(_sql.list_demo_counties(connection))


def draw_points(connection: Connection, wanted: Mapping[str, int], seed: int) -> dict[str, list[tuple[float, float]]]:
    """About as many points as wanted inside each county, (lon, lat) in WGS 84; the same for the same seed."""
    points: dict[str, list[tuple[float, float]]] = {}
    rows = _sql.list_points_inside(connection, codes=list(wanted), numbers=list(wanted.values()), seed=seed)
    for row in rows:
        points.setdefault(row["code"], []).append((row["lon"], row["lat"]))
    return points


def insert_demo_notices(connection: Connection) -> None:
    _sql.insert_demo_notices(connection)


def count_demo_listings(connection: Connection) -> int:
    return int(_sql.count_demo_listings(connection))


def end_demo_keys(connection: Connection) -> None:
    """Courts' own keys must never be sealed to officers whose phrases stand in a file."""
    _sql.end_demo_keys(connection)


def delete_demo(connection: Connection) -> int:
    """Delete every demo record; the number of listings deleted."""
    listings = count_demo_listings(connection)
    digest = digest_demo(connection)
    _sql.delete_demo_entities(connection)
    _sql.delete_demo_import_files(connection)
    _sql.forget_as_of_of_demo_courts(connection)
    if listings:
        write_demo_cleared(connection, listings, digest)
    return listings


def _sql_script(connection: Connection, name: str, **parameters: Any) -> None:
    # CREATE TABLE AS takes no server-side parameters, so they are bound on this side.
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute(getattr(_sql, name).sql, parameters)
