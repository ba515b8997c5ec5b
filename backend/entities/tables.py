"""The serving views as SQLAlchemy sees them: only the columns that composed statements name."""

from __future__ import annotations

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, MetaData, SmallInteger, Table, Text, Uuid

_serving = MetaData(schema="serving")
_point = Geometry("POINT", srid=4326)

entity = Table(
    "entity",
    _serving,
    Column("id", Uuid),
    Column("kind", Text),
    Column("name", Text),
    Column("name_folded", Text),
    Column("sex", Text),
    Column("age_band", Text),
    Column("uscc", Text),
    Column("representative", Text),
    Column("registered_address", Text),
    Column("area_code", Text),
    Column("placed_by", Text),
    Column("point", _point),
    Column("tile_key", BigInteger),
    Column("source", Text),
)

current_listing = Table(
    "current_listing",
    _serving,
    Column("id", Uuid),
    Column("entity_id", Uuid),
    Column("court_id", Uuid),
    Column("case_number", Text),
    Column("case_key", Text),
    Column("ground_mask", SmallInteger),
    Column("published_on", Date),
)

current_notice = Table("current_notice", _serving, Column("entity_id", Uuid))

area = Table(
    "area",
    _serving,
    Column("code", Text),
    Column("name", Text),
    Column("level", Text),
    Column("city_bubble_code", Text),
    Column("label_point", _point),
    Column("label_tile_x", Integer),
    Column("label_tile_y", Integer),
)

court = Table("court", _serving, Column("id", Uuid), Column("name", Text), Column("as_of", DateTime(timezone=True)))
