"""From a checked row to a row of the staging table: what may be stored, and nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.core.geo import tile_key
from backend.listings.domain.record import Content, Key, Removal
from backend.listings.keys import Hasher

_NO_CONTENT = (None,) * 10


def staged_row(place: tuple[int, bytes | None], hasher: Hasher, key: Key, said: Content | Removal) -> tuple[Any, ...]:
    """One row in the order of `queries.STAGED_COLUMNS`, from its ordinal, the hash of the row, and what it says.

    The identifier stays behind, hashed into the keys.
    """
    (ordinal, row_hash), keys = place, hasher.keys(key)
    body = key.kind != "person"
    who = (
        key.court.id,
        # A body's code, or a person's mask in the official form: what a self-check can compare.
        key.identifier.strong,
        key.kind,
        key.name,
        key.name_folded,
    )
    case = (key.case.text, key.case.key)
    if isinstance(said, Removal):
        return (
            *(ordinal, keys.listing, keys.identity, None, None, *who, *_NO_CONTENT, *case, *(None,) * 13),
            *(said.ended_on, said.cause),
        )
    placed, point = said.place, said.place.point
    entity = (
        *(said.sex, said.age_band, key.identifier.uscc if body else None, said.representative),
        *(placed.area_code, placed.placed_by, placed.address),
        *((point.lon, point.lat, tile_key(point.lon, point.lat)) if point else (None, None, None)),
    )
    listing = (
        *(said.basis_issuer, said.basis_number, said.duty.public, said.performance, said.performed_part.public),
        *(said.unperformed_part.public, said.ground_mask, said.filed_on, said.published_on, said.term_ends_on),
        *(said.duty.withheld, said.performed_part.withheld, said.unperformed_part.withheld),
    )
    content_hash = hasher.content((key.name, *entity, *listing))
    known = None if row_hash is None else UUID(bytes=row_hash)
    return (ordinal, keys.listing, keys.identity, content_hash, known, *who, *entity, *case, *listing, None, None)
