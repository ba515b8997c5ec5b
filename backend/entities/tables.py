"""The serving views as SQLAlchemy sees them: only the columns that composed statements name."""

from __future__ import annotations

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

_serving = MetaData(schema="serving")
_point = Geometry("POINT", srid=4326)

# One row for each of the listed; `summary` is their JSON up to the value of `as_of`.
listed = Table(
    "listed",
    _serving,
    Column("entity_id", Uuid),
    Column("kind", Text),
    Column("area_code", Text),
    Column("tile_key", BigInteger),
    Column("point", _point),
    Column("ground_mask", SmallInteger),
    Column("notice", Boolean),
    Column("published_on", Date),
    Column("courts", ARRAY(Uuid)),
    Column("court_masks", ARRAY(SmallInteger)),
    Column("name", Text),
    Column("source", Text),
    Column("summary", Text),
)

entity = Table(
    "entity",
    _serving,
    Column("id", Uuid),
    Column("name_folded", Text),
    Column("uscc", Text),
    Column("representative", Text),
    Column("registered_address", Text),
)

current_listing = Table(
    "current_listing",
    _serving,
    Column("entity_id", Uuid),
    Column("court_id", Uuid),
    Column("case_key", Text),
    Column("ground_mask", SmallInteger),
)

# Numbers to be summed: of everybody, and of one court's.
current_count, current_court_count = (
    Table(
        name,
        _serving,
        Column("from_zoom", SmallInteger),
        Column("area_code", Text),
        Column("ground_mask", SmallInteger),
        Column("notice", Boolean),
        *(Column(kind, BigInteger) for kind in ("person", "company", "organisation")),
        *more,
    )
    for name, more in (("current_count", ()), ("current_court_count", (Column("court_id", Uuid),)))
)

# The same as of the counted day; by court each where it stands, not by bubble.
counted = Table(
    "counted",
    _serving,
    *(Column(name, kind) for name, kind in (("from_zoom", SmallInteger), ("area_code", Text))),
    *(Column(name, kind) for name, kind in (("ground_mask", SmallInteger), ("notice", Boolean))),
    *(Column(kind, BigInteger) for kind in ("person", "company", "organisation")),
)
counted_by_court = Table(
    "counted_by_court",
    _serving,
    *(Column(name, Text) for name in ("area_code", "city_bubble_code")),
    *(Column(name, Boolean) for name in ("at_point", "notice")),
    Column("court_id", Uuid),
    Column("ground_mask", SmallInteger),
    *(Column(kind, BigInteger) for kind in ("person", "company", "organisation")),
)
counted_today = Table("counted_today", _serving, Column("is_today", Boolean))

area = Table(
    "area",
    _serving,
    Column("code", Text),
    Column("name", Text),
    Column("name_en", Text),
    Column("level", Text),
    Column("label_point", _point),
    Column("label_tile_x", Integer),
    Column("label_tile_y", Integer),
)

court = Table(
    "court",
    _serving,
    Column("id", Uuid),
    Column("area_code", Text),
    Column("as_of", DateTime(timezone=True)),
)
