"""One import inside the caller's transaction: check, stage, plan, guard, apply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from backend.config import Settings
from backend.core.beside import Beside
from backend.core.db import Connection, refresh_statistics
from backend.core.errors import OperatorError
from backend.core.identities import check_of
from backend.core.name_index import index_new_names
from backend.listings import queries
from backend.listings.domain.record import Court, Register
from backend.listings.domain.refusal import NotTaken, Refusal
from backend.listings.domain.rejection import Reason
from backend.listings.intake import Intake
from backend.listings.keys import Hasher, RowHasher, identity_key
from backend.listings.mapping import HeaderMapping
from backend.listings.quarantine import QuarantineFile
from backend.listings.readers import NumberedRecord
from backend.listings.traces import (
    FileTrace,
    begin_trace,
    find_approver,
    note_moves,
    read_refused,
    withdraw_minors,
    write_trace,
)

# A full list of a court with so many current listings may drop at most 5 % without a stated cause and add at most
# 20 % before a second officer must approve it (docs/import.md).
GUARDED_FROM = 200
MOST_DROPPED_PERCENT = 5
MOST_ADDED_PERCENT = 20

# Rows that go to the database while the next ones are checked: enough that its fixed cost, some 30 ms, does not count,
# and few enough that neither side waits long for the other at the ends. In memory a chunk is some 10 MB.
CHUNK = 5000

# Below this the planner's statistics stay good enough; autovacuum renews them in its own time.
_BULK = 1000
_WRITTEN = ("entity", "listing", "withheld_text")


@dataclass(frozen=True)
class Options:
    """How to import: `full_list_of` is a court's code; `dry_run` plans everything and keeps nothing."""

    mapping: HeaderMapping
    source: str = "court"
    full_list_of: str | None = None
    approved_by: str | None = None
    dry_run: bool = False
    quarantine: Path | None = None


@dataclass(frozen=True)
class Progress:
    """What a command shows while it runs: how far it is, in bytes or records, and sentences.

    `phase` is told what begins: `check` (reading, checking, inserting beside it), `plan`, `apply`, `names`,
    `statistics`, `serving`.
    """

    advance: Callable[[int], None] = lambda _: None
    say: Callable[[str], None] = lambda _: None
    phase: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Job:
    """One import: the name and SHA-256 that `register.import_file` keeps, and everything around it."""

    name: str
    sha256: bytes
    settings: Settings
    options: Options
    progress: Progress = Progress()
    quarantine: QuarantineFile | None = None


@dataclass(frozen=True)
class Summary:
    """What an import did, or in a dry run would do; `rows` are those of the file, `demo` the demo listings beside."""

    rows: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    republished: int = 0
    removed: int = 0
    withdrawn: int = 0
    overruled: int = 0
    unknown: int = 0
    repeated: int = 0
    dropped: int = 0
    kept: int = 0
    quarantined: dict[Reason, int] = field(default_factory=dict)
    demo: int = 0

    def counts(self) -> dict[str, Any]:
        """For `register.import_file.counts`."""
        numbers = {name: value for name, value in vars(self).items() if isinstance(value, int) and name != "demo"}
        return {**numbers, "quarantined": {reason.name.lower(): n for reason, n in self.quarantined.items()}}


def import_records(connection: Connection, records: Iterable[NumberedRecord], job: Job) -> Summary:
    """Take records into the caller's transaction; the caller commits or rolls back.

    Raises:
        OperatorError: no rows, a wrong identity key, another import that does not end, a full list that changes so
            much that it needs a second officer's approval, or an approver who is none.
    """
    options, progress = job.options, job.progress
    queries.lock_imports(connection, lambda: progress.say("另一个导入正在进行,等待其结束…… Another import is running."))
    key = find_identity_key(connection, job.settings, make=not options.dry_run)
    register = queries.read_register(connection, options.full_list_of)
    court = register.only_court
    court_id = court.id if court else None
    approver = find_approver(connection, options.approved_by, court.id) if options.approved_by and court else None
    file = queries.ImportedFile(job.name, job.sha256, options.source, court_id, options.approved_by)
    file_id = queries.insert_import_file(connection, file)
    intake = _intake(connection, key, register, job)
    since = begin_trace(connection)
    progress.phase("check")
    ahead = _take(connection, intake, records, file_id, file)
    if not intake.rows:
        raise NotTaken(Refusal.NO_ROWS, name=job.name)
    progress.say("正在写入数据库…… Applying.")
    progress.phase("plan")
    queries.end_waiting(connection)
    of_minors = withdraw_minors(connection, intake.minors, file_id)
    queries.insert_kept(connection, intake.kept_keys, intake.kept_names)
    same = queries.settle_same(connection)
    planned = queries.plan(connection, file_id)
    planned["unchanged"] += same
    summary = _summary(intake, ahead, planned, of_minors)
    if court:
        summary = _plan_full_list(connection, court, summary, options)
    progress.phase("apply")
    queries.apply_plan(connection, file_id, file, queries.Outcome(summary.counts(), intake.courts))
    note_moves(connection, full_list=court is not None)
    follow(connection, summary.new + summary.changed, progress)
    trace = FileTrace(file_id, file.sha256, file.source, file.full_list_of, approver, summary.counts(), since)
    write_trace(connection, trace, intake.courts)
    return replace(summary, demo=queries.count_demo_listings(connection))


def _intake(connection: Connection, key: bytes, register: Register, job: Job) -> Intake:
    source = job.options.source
    row_hasher = RowHasher(key, source, register)
    intake = Intake(register, Hasher(key, source), row_hasher, job.options.mapping, job.quarantine)
    intake.refused = read_refused(connection)
    return intake


def follow(connection: Connection, written: int, progress: Progress) -> None:
    """What the search for names and the planner must learn of the rows written."""
    if written:
        progress.phase("names")
        index_new_names(connection)
    if written > _BULK:
        progress.phase("statistics")
        refresh_statistics(connection, _WRITTEN)


def _take(
    connection: Connection, intake: Intake, records: Iterable[NumberedRecord], file_id: UUID, file: queries.ImportedFile
) -> int:
    """Stage rows, chunk by chunk, while the next ones are checked; the number of listings inserted ahead of the end.

    A full list inserts nothing ahead: only its end tells whether it may go in.
    """
    queries.create_staging(connection)
    ahead = 0

    def take(chunk: list[tuple[Any, ...]]) -> None:
        nonlocal ahead
        queries.stage(connection, chunk)
        if len(chunk) == CHUNK and not file.full_list_of:
            ahead += queries.insert_ahead(connection, file_id, file.source)

    with Beside(connection) as beside:
        if queries.holds_listings(connection):
            intake.look_up = lambda hashes: beside.ask(partial(queries.take_same, connection, hashes, file_id))
        rows = intake.staged(records)
        while chunk := list(islice(rows, CHUNK)):
            beside.run(partial(take, chunk))
    return ahead


def _summary(intake: Intake, ahead: int, planned: Counter[str], of_minors: dict[str, int]) -> Summary:
    """What the whole file does: the listings inserted ahead, and what the end of the file has planned."""
    undone, _ = planned.pop("undone", 0), planned.pop("ahead", 0)
    repeated = intake.rows - intake.quarantined.total() - ahead - planned.total() - of_minors["overruled"]
    planned.update(of_minors, new=ahead - undone, unknown=undone)
    return Summary(intake.rows, **planned, repeated=repeated, quarantined=dict(intake.quarantined))


def find_identity_key(connection: Connection, settings: Settings, *, make: bool) -> bytes:
    """The key of this installation's hashes; made with the first import.

    Raises:
        OperatorError: it is not the one that the register was made with.
    """
    known = queries.find_identity_key_check(connection)
    key = identity_key(settings.identity_key, settings.var_dir / "identity.key", known, make=make)
    if known is None:
        queries.insert_identity_key_check(connection, check_of(key))
    return key


def _plan_full_list(connection: Connection, court: Court, summary: Summary, options: Options) -> Summary:
    """Add what the full list drops; refuse a change too large for one officer.

    Raises:
        OperatorError: more than 5 % dropped without a stated cause or more than 20 % added, and nobody approved.
    """
    change = queries.plan_full_list(connection, court, options.source)
    added = summary.new + summary.republished
    if is_guarded(change, added) and not options.approved_by:
        raise OperatorError(
            f"This full list would drop {change.leave:,} and add {added:,} of {change.current:,} current listings of"
            f" {court.code}: more than {MOST_DROPPED_PERCENT} % dropped without a stated cause or"
            f" {MOST_ADDED_PERCENT} % added needs a second officer, named with --approved-by."
        )
    return replace(summary, dropped=change.leave, kept=change.stay)


def is_guarded(change: queries.FullListChange, added: int) -> bool:
    """Whether a full list changes so much of a court that has many listings that one officer is not enough."""
    too_many = (
        change.leave * 100 > MOST_DROPPED_PERCENT * change.current
        or added * 100 > MOST_ADDED_PERCENT * change.current
    )  # fmt: skip
    return change.current >= GUARDED_FROM and too_many
