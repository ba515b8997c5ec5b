"""Loads courts and grounds into the register, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from backend.core.db import Connection, Database, refresh_statistics
from backend.core.errors import OperatorError
from backend.core.names import fold
from backend.courts.domain import Area, Court, courts_by_rule, name_variants
from backend.courts.queries import queries, replace_courts
from backend.courts.seed import COURTS_FILE, Correction, read_corrections, read_grounds


@dataclass(frozen=True)
class Loaded:
    """What a load did to the register, in courts."""

    total: int
    added: int
    changed: int


def load_courts(database: Database, file: Path | None = None, say: Callable[[str], None] = click.echo) -> Loaded:
    """Load the courts that follow from the areas, the committed corrections, an operator's own, and the grounds.

    What an operator's file once said stays, whatever the rule and the committed corrections say later.

    Raises:
        OperatorError: no areas are loaded, or the file makes no sense; nothing is changed then.
    """
    own = read_corrections(file) if file else []
    with database.transaction("operator") as connection:
        loaded = store_courts(connection, own, file)
        refresh_statistics(connection)
    say(f"Courts: {loaded.total} loaded; {loaded.added} new, {loaded.changed} changed; and the six grounds")
    return loaded


def store_courts(connection: Connection, own: Sequence[Correction] = (), file: Path | None = None) -> Loaded:
    """The same on a connection whose role may write the register; the caller commits."""
    areas = {row["code"]: Area(row["code"], row["name"], row["parent_code"]) for row in _areas(connection)}
    courts = {court.code: court for court in courts_by_rule(areas.values())}
    corrected = {row["code"]: Court(**row, by_rule=False) for row in queries.list_corrected_courts(connection)}
    committed = [row for row in read_corrections(COURTS_FILE) if row.code not in corrected]
    courts |= corrected
    for row in _that_apply(committed, courts, areas):
        courts[row.code] = corrected_court(courts.get(row.code), row)
    _apply_own(own, file, courts, areas)
    counts = replace_courts(connection, list(courts.values()), _names(courts.values(), areas))
    for ground in read_grounds():
        queries.save_ground(connection, **ground)
    return Loaded(total=len(courts), **counts)


def _apply_own(
    own: Sequence[Correction], file: Path | None, courts: dict[str, Court], areas: Mapping[str, Area]
) -> None:
    for check in (False, True):  # a superior may stand further down in the file
        for row in own:
            try:
                if check:
                    _check(courts[row.code], courts, areas)
                else:
                    courts[row.code] = corrected_court(courts.get(row.code), row)
            except ValueError as error:
                raise OperatorError(f"{file}, line {row.line}: {error}.") from None


def _areas(connection: Connection) -> list[dict[str, str]]:
    areas = list(queries.list_register_areas(connection))
    if not areas:
        raise OperatorError("No areas are loaded yet: run `flask --app backend areas load` first.")
    return areas


def _that_apply(
    committed: Iterable[Correction], courts: Mapping[str, Court], areas: Mapping[str, Area]
) -> Iterator[Correction]:
    # An installation may hold one province only, or invented areas.
    for row in committed:
        if row.area_code in areas if row.area_code else row.code in courts:
            yield row


def corrected_court(known: Court | None, row: Correction) -> Court:
    """A court as a correction states it; what the correction leaves empty stays.

    Raises:
        ValueError: the court is not known and the correction does not state enough to make one.
    """
    if known is not None:
        return replace(
            known,
            name=row.name or known.name,
            level=row.level or known.level,
            area_code=row.area_code or known.area_code,
            superior=row.superior_code or known.superior,
            phone=row.phone or known.phone,
            address=row.address or known.address,
            by_rule=False,
        )
    if row.name is None or row.level is None or row.area_code is None:
        raise ValueError(f"court {row.code} is new, so it needs name, level and area_code")
    return Court(
        row.code, row.name, row.level, row.area_code, row.superior_code,
        by_rule=False, phone=row.phone, address=row.address,
    )  # fmt: skip


def _check(court: Court, courts: Mapping[str, Court], areas: Mapping[str, Area]) -> None:
    if court.area_code not in areas:
        raise ValueError(f"there is no area {court.area_code}")
    if court.superior is not None and (court.superior not in courts or court.superior == court.code):
        raise ValueError(f"there is no court {court.superior} above {court.code}")


def _names(courts: Iterable[Court], areas: Mapping[str, Area]) -> Iterator[tuple[str, Court]]:
    for court in courts:
        province, city = areas[court.area_code[:2]], areas.get(court.area_code[:4])
        is_city = city is not None and len(city.code) == 4
        variants = name_variants(court.name, court.level, province.name, city.name if city and is_city else None)
        for name_folded in {fold(variant) for variant in variants}:
            yield name_folded, court
