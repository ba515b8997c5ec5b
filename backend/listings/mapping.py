"""Which column of a file holds which field: the default table and an operator's own."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backend.core.errors import OperatorError
from backend.listings.domain.fields import FIELDS, Row

DEFAULT = Path(__file__).with_name("mapping.toml")
# Without these two no row can be a listing; a court column may be missing from a court's own full list.
REQUIRED = ("name", "case_number")


def fold_header(text: str) -> str:
    """A header for comparison: no blanks, no case, half width."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Plan:
    """Where each field of `Row` stands among the keys of one shape of row; several columns may hold one field."""

    sources: tuple[tuple[str, ...], ...]
    single: tuple[str | None, ...] | None

    def read(self, record: Mapping[str, Any]) -> Row:
        """The fields of a record; of several columns for one field the first that is not empty counts."""
        get = record.get
        if self.single is not None:
            return Row._make(map(get, self.single))  # type: ignore[arg-type]
        return Row._make(
            next((value for name in names if (value := get(name)) not in (None, "")), None) for names in self.sources
        )

    def header(self, field_name: str) -> str:
        """The file's own word for a field, or ours where the file has no such column."""
        names = self.sources[FIELDS.index(field_name)] if field_name in FIELDS else ()
        return names[0] if names else field_name


@dataclass(frozen=True)
class HeaderMapping:
    """A table of folded headers; each with its field and its rank among that field's headers."""

    fields: Mapping[str, tuple[str, int]]
    _plans: dict[tuple[str, ...], Plan] = field(default_factory=dict)

    def plan(self, names: Iterable[str]) -> Plan:
        """The plan for rows that have these keys; remembered, since most rows of a file have the same."""
        shape = tuple(names)
        plan = self._plans.get(shape)
        if plan is None:
            plan = self._plans[shape] = self._make_plan(shape)
            if len(self._plans) > 1000:  # rows of a file that is no table: forget, rather than grow
                self._plans.clear()
        return plan

    def _make_plan(self, shape: tuple[str, ...]) -> Plan:
        found: dict[str, list[tuple[int, str]]] = {}
        for name in shape:
            match = self.fields.get(fold_header(name))
            if match:
                found.setdefault(match[0], []).append((match[1], name))
        sources = tuple(tuple(name for _, name in sorted(found.get(field_name, []))) for field_name in FIELDS)
        lone = all(len(names) < 2 for names in sources)
        return Plan(sources, tuple(names[0] if names else None for names in sources) if lone else None)

    def known(self, names: Iterable[str]) -> set[str]:
        """The fields that any of these headers holds."""
        return {match[0] for name in names if (match := self.fields.get(fold_header(name)))}


def load_mapping(own: Path | None = None) -> HeaderMapping:
    """The default table, with an operator's own entries before it.

    Raises:
        OperatorError: the file cannot be read, or names a field that does not exist.
    """
    fields: dict[str, tuple[str, int]] = {}
    for path, base in ((DEFAULT, 1000), (own, 0)):
        if path is None:
            continue
        for field_name, headers in _read_table(path).items():
            for rank, header in enumerate(headers):
                fields[fold_header(header)] = (field_name, base + rank)
    return HeaderMapping(fields)


def _read_table(path: Path) -> dict[str, list[str]]:
    try:
        table = tomllib.loads(path.read_text("utf-8")).get("headers")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OperatorError(
            f"The mapping {path.name} cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from None
    if not isinstance(table, dict):
        raise OperatorError(f"The mapping {path.name} has no table [headers].")
    for field_name, headers in table.items():
        if field_name not in FIELDS:
            raise OperatorError(f"The mapping {path.name} names {field_name!r}, which is no field of a list.")
        if not isinstance(headers, list) or not all(isinstance(header, str) for header in headers):
            raise OperatorError(f"The mapping {path.name} must give {field_name!r} a list of headers.")
    return table
