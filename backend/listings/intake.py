"""Rows on their way into staging: known ones are passed over, the others checked, and bad ones quarantined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from backend.listings.domain.fields import Row
from backend.listings.domain.record import (
    Content,
    Key,
    Register,
    Removal,
    check,
    readable_key,
    readable_name,
    revealed_minor,
)
from backend.listings.domain.rejection import Reason, Rejected
from backend.listings.keys import Hasher, RowHasher
from backend.listings.mapping import HeaderMapping, Plan
from backend.listings.readers import NumberedRecord
from backend.listings.staging import staged_row
from backend.listings.traces import Refused, RevealedMinor

# Rows that are looked up together: enough that a look-up's fixed cost does not count.
LOOK_UP = 2000
# After so many rows of which none was known, the rest is taken for new and not looked up: a look-up waits for the
# inserts that go on beside the checks.
GIVE_UP_AFTER = 4000

# Given hashes by ordinal, the ordinals of rows that an earlier file held, and the ids of their courts.
LookUp = Callable[[dict[int, bytes]], tuple[set[int], list[str]]]


class Quarantine(Protocol):
    """Where rows go that could not be taken."""

    def add(self, number: int, record: Any, header: str, reason: Reason) -> None: ...


@dataclass
class Intake:
    """What a file's rows become, and what is learnt about those that stay behind."""

    register: Register
    hasher: Hasher
    row_hasher: RowHasher
    mapping: HeaderMapping
    quarantine: Quarantine | None
    look_up: LookUp | None = None
    refused: Refused | None = None
    rows: int = 0
    quarantined: Counter[Reason] = field(default_factory=Counter)
    kept_keys: set[bytes] = field(default_factory=set)
    kept_names: set[str] = field(default_factory=set)
    courts: set[str] = field(default_factory=set)
    minors: list[RevealedMinor] = field(default_factory=list)
    _unknown: int = 0

    def staged(self, records: Iterable[NumberedRecord]) -> Iterator[tuple[Any, ...]]:
        """Rows for the staging table; known ones are left to the look-up, bad ones counted and quarantined."""
        remaining = iter(records)
        while batch := list(islice(remaining, LOOK_UP)):
            read = [self._read(record) for _, record in batch]
            known = self._known([row_hash for _, _, row_hash in read])
            for (number, record), (plan, row, row_hash) in zip(batch, read, strict=True):
                self.rows += 1
                if self.rows in known:
                    continue
                if plan is None or row is None:
                    self._reject(number, record, "", Reason.NOT_A_RECORD)
                    continue
                try:
                    key, said = self._check(row)
                except Rejected as rejected:
                    self._reject(number, record, plan.header(rejected.field), rejected.reason)
                    self._reveal(row, rejected)
                    if rejected.reason is not Reason.OTHER_COURT:
                        self._keep(row)
                    continue
                self.courts.add(key.court.id)
                yield staged_row((self.rows, row_hash), self.hasher, key, said)

    def _check(self, row: Row) -> tuple[Key, Content | Removal]:
        """By the rules, and by what the register knows of the listing and of whom it lists."""
        key, said = check(row, self.register)
        if self.refused and isinstance(said, Content):
            keys = self.hasher.keys(key)
            if keys.identity in self.refused.deceased and keys.listing not in self.refused.known:
                raise Rejected("name", Reason.DECEASED)
            minor_on = self.refused.minors.get(keys.identity)
            if minor_on is not None and said.published_on <= minor_on:
                raise Rejected("name", Reason.MINOR)
            if keys.listing in self.refused.barred:
                raise Rejected("case_number", Reason.BARRED)
        return key, said

    def _reveal(self, row: Row, rejected: Rejected) -> None:
        # A minor by what the register knows of the name; the row itself says nothing new.
        if rejected.field == "name":
            return
        minor = revealed_minor(row, rejected, self.register)
        if minor:
            keys = self.hasher.keys(minor.key)
            self.minors.append(RevealedMinor(keys.listing, keys.identity, minor.published_on, minor.certain))

    def _read(self, record: Any) -> tuple[Plan | None, Row | None, bytes | None]:
        if type(record) is not dict:
            return None, None, None
        plan = self.mapping.plan(record)
        row = plan.read(record)
        return plan, row, self.row_hasher.row(row)

    def _known(self, row_hashes: list[bytes | None]) -> set[int]:
        """The ordinals of those of the next rows that an earlier file held."""
        if self.look_up is None or self._unknown >= GIVE_UP_AFTER:
            return set()
        hashes = {self.rows + place: found for place, found in enumerate(row_hashes, start=1) if found is not None}
        known, courts = self.look_up(hashes)
        self.courts.update(courts)
        self._unknown = 0 if known else self._unknown + len(row_hashes)
        return known

    def _reject(self, number: int, record: Any, header: str, reason: Reason) -> None:
        self.quarantined[reason] += 1
        if self.quarantine:
            self.quarantine.add(number, record, header, reason)

    def _keep(self, row: Row) -> None:
        # Only a full list removes what it does not name, so only there a bad row must not count as absent.
        if self.register.only_court is None:
            return
        key = readable_key(row, self.register)
        if key:
            self.kept_keys.add(self.hasher.keys(key).listing)
        elif name := readable_name(row):
            self.kept_names.add(name)
