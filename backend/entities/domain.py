"""What may be asked of the listed: filters, search terms, tiles and the place where a list goes on."""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from backend.core import cursors
from backend.core.errors import FieldError, NotFound
from backend.core.geo import CELL_ZOOM, BBox, tile_key_range
from backend.core.names import fold, fold_case_number, tells_enough
from backend.core.uuids import parse_uuid

KINDS = ("person", "company", "organisation")
GROUNDS = range(1, 7)
# How a search found somebody, best first; `match.how` in the answers.
HOW_MATCHED = ("exact", "prefix", "contains", "pinyin", "initials", "similar")
MAX_QUERY = 100
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


@dataclass(frozen=True)
class Search:
    """One search term in the forms that are looked up.

    Attributes:
        text: as it was typed.
        name: folded, as `entity.name_folded` is.
        case_key: folded, as `listing.case_key` is; None when the term cannot be a case number.
        uscc: unified social credit code; None when the term is none.
    """

    text: str
    name: str
    case_key: str | None
    uscc: str | None

    @classmethod
    def parse(cls, text: str) -> Search:
        """Read what somebody typed.

        Raises:
            ValueError: more than 100 characters, or fewer than two Chinese characters or three letters or digits.
        """
        if len(text) > MAX_QUERY:
            raise ValueError(f"must be at most {MAX_QUERY} characters")
        if any(unicodedata.category(character) in ("Cc", "Cs") and not character.isspace() for character in text):
            raise ValueError("must not hold control characters")
        name = fold(text)
        if not tells_enough(name):
            raise ValueError("must be at least two Chinese characters or three letters")
        code = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
        case_key = fold_case_number(text)
        return cls(
            text,
            name,
            case_key if any(map(str.isdigit, case_key)) else None,
            code if _USCC.fullmatch(code) else None,
        )


@dataclass(frozen=True)
class Near:
    """Bodies within a radius of a WGS 84 position."""

    lon: float
    lat: float
    radius_m: float

    def box(self) -> BBox:
        """A box that holds the circle, so that an index can answer; as wide as the globe beside the antimeridian."""
        degree_m = 110_500  # shortest length of a degree of latitude on the ellipsoid, rounded down
        height = self.radius_m / degree_m
        south, north = max(-90.0, self.lat - height), min(90.0, self.lat + height)
        narrowest = math.cos(math.radians(max(abs(south), abs(north))))
        width = height / narrowest if narrowest > 1e-6 else 360.0
        west, east = self.lon - width, self.lon + width
        return BBox(west, south, east, north) if west >= -180 and east <= 180 else BBox(-180, south, 180, north)


@dataclass(frozen=True)
class Filters:
    """Which of the listed are meant; every field that is set must hold.

    Attributes:
        area: area code, with everything below it.
        bbox: bodies by their point, everybody else by the label point of their area.
        near: bodies that stand at a point only.
        kinds: any of them; empty means all.
        ground_mask: bit n-1 for ground n, any of them; 0 means all. With `court`, one listing must satisfy both.
        notice: whether any current listing of theirs has a reward notice.
        court: id of a court with a current listing of theirs.
    """

    search: Search | None = None
    area: str | None = None
    bbox: BBox | None = None
    near: Near | None = None
    kinds: tuple[str, ...] = ()
    ground_mask: int = 0
    notice: bool | None = None
    court: UUID | None = None

    @property
    def order(self) -> str:
        """How a list under these filters runs: `match`, `distance` or `published`."""
        if self.search:
            return "match"
        return "distance" if self.near else "published"


def ground_mask(grounds: list[int]) -> int:
    return sum(1 << (ground - 1) for ground in set(grounds))


def grounds_of(mask: int) -> list[int]:
    return [ground for ground in GROUNDS if mask & (1 << (ground - 1))]


Position = tuple[str | int | float, ...]


@dataclass(frozen=True)
class Place:
    """Where a list goes on.

    Attributes:
        position: the sort key of the last item.
        people: how many people the pages so far have shown.
    """

    position: Position
    people: int = 0


def encode_cursor(key: bytes, filters: Filters, place: Place) -> str:
    """A place in the list under these filters, sealed.

    A reader must neither choose the count of people nor read the name that a search's position holds, which the
    answer may have cut. The nonce is a keyed hash of the content, so that the same page has the same cursor and tag.
    """
    content = [_digest(filters), place.people, *place.position]
    payload = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    nonce = hashlib.blake2b(payload, key=key, digest_size=SecretBox.NONCE_SIZE, person=b"nonce").digest()
    return cursors.to_text(SecretBox(key).encrypt(payload, nonce))


def decode_cursor(key: bytes, filters: Filters, text: str) -> Place:
    """Read a cursor that `encode_cursor` made with the same key for the same filters.

    Raises:
        ValueError: anything else.
    """
    refusal = cursors.refusal()
    try:
        raw = cursors.to_bytes(text)
        digest, people, *rest = json.loads(SecretBox(key).decrypt(raw))
        place = Place(tuple(rest), people)
        types, holds = _POSITIONS[filters.order]
        if digest != _digest(filters) or encode_cursor(key, filters, place) != text:
            raise refusal
        if type(people) is not int or [type(part) for part in rest] != types or not holds(*rest):
            raise refusal
    except (CryptoError, ValueError, TypeError, RecursionError):
        raise refusal from None
    return place


def _digest(filters: Filters) -> str:
    return hashlib.blake2b(repr(filters).encode(), digest_size=12).hexdigest()


def _is_match_position(rank: int, distance: float, name: str, is_person: bool, entity_id: str) -> bool:  # noqa: FBT001
    known = rank in range(-1, len(HOW_MATCHED)) and -1 <= distance <= 0 and is_person in (True, False)
    return known and "\0" not in name and parse_uuid(entity_id) is not None


def _is_distance_position(distance_m: float, entity_id: str) -> bool:
    return math.isfinite(distance_m) and parse_uuid(entity_id) is not None


def _is_published_position(published_on: str, entity_id: str) -> bool:
    return date.fromisoformat(published_on) <= date.max and parse_uuid(entity_id) is not None


# By order: the types of a position's parts, and what else must hold, so that a forged one never reaches the database.
_POSITIONS: dict[str, tuple[list[type], Callable[..., bool]]] = {
    "match": ([int, float, str, bool, str], _is_match_position),
    "distance": ([float, str], _is_distance_position),
    "published": ([str, str], _is_published_position),
}


@dataclass(frozen=True)
class Tile:
    """One web-mercator tile and what is drawn in it (docs/adr/0003)."""

    z: int
    x: int
    y: int

    MAX_ZOOM = 18
    # From here on bodies stand at their points, and only the others count in their area.
    FIRST_POINT_ZOOM = 12

    @classmethod
    def parse(cls, z: str, x: str, y: str) -> Tile:
        """Read the three parts of a tile's address.

        Raises:
            NotFound: no such tile; names each part that is wrong.
        """
        zoom = _whole(z, cls.MAX_ZOOM)
        if zoom is None:
            raise NotFound(errors=(FieldError("/path/z", f"must be a whole number from 0 to {cls.MAX_ZOOM}"),))
        last = (1 << zoom) - 1
        column, row = _whole(x, last), _whole(y, last)
        if column is None or row is None:
            wrong = [name for name, value in (("x", column), ("y", row)) if value is None]
            raise NotFound(
                errors=tuple(
                    FieldError(f"/path/{name}", f"must be a whole number from 0 to {last} at zoom {zoom}")
                    for name in wrong
                )
            )
        return cls(zoom, column, row)

    @property
    def level(self) -> str:
        """The level of area whose counts are drawn."""
        if self.z <= 5:
            return "province"
        return "city" if self.z <= 8 else "county"

    @property
    def counted_from_zoom(self) -> int:
        """The zoom from which on areas count as they do here; 12 leaves out those at points."""
        return max(zoom for zoom in (0, 6, 9, self.FIRST_POINT_ZOOM) if zoom <= self.z)

    @property
    def has_points(self) -> bool:
        return self.z >= self.FIRST_POINT_ZOOM

    @property
    def cell_shift(self) -> int:
        """By how many bits a body's tile key is shifted to name its cell in this tile.

        8 × 8 of them are a tile; at the last zoom they are the cells of the key, which count as one place.
        """
        return 2 * (self.MAX_ZOOM - self.z)

    @property
    def keys(self) -> tuple[int, int]:
        """The half-open range of tile keys in this tile."""
        return tile_key_range(self.z, self.x, self.y)

    @property
    def label_columns(self) -> tuple[int, int]:
        """First and last `label_tile_x` in this tile."""
        shift = CELL_ZOOM - self.z
        return self.x << shift, ((self.x + 1) << shift) - 1

    @property
    def label_rows(self) -> tuple[int, int]:
        """First and last `label_tile_y` in this tile."""
        shift = CELL_ZOOM - self.z
        return self.y << shift, ((self.y + 1) << shift) - 1


def _whole(text: str, last: int) -> int | None:
    # One spelling for each tile: no sign, no leading zero, so that caches hold it once.
    if not re.fullmatch(r"0|[1-9][0-9]{0,6}", text):
        return None
    return int(text) if int(text) <= last else None
