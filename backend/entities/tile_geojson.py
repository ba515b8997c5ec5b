"""A map tile as GeoJSON features."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Numeric, Select, Text, case, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from backend.entities.domain import KINDS
from backend.entities.statements import constant


def features(area_rows: Select[Any], cell_rows: Select[Any] | None) -> list[ColumnElement[str]]:
    """Features joined by commas: of the areas, then of the cells where there are any."""
    areas = area_rows.subquery("area_rows")
    feature = _feature(
        areas,
        '"class":"area","code":"', areas.c.code, '","name":', func.to_json(areas.c.name),
        ',"name_en":', func.coalesce(cast(func.to_json(areas.c.name_en), Text), constant("'null'")),
        ',"level":"', areas.c.level, '","counts":', *_counts(areas),
    )  # fmt: skip
    found = [_joined(feature, areas.c.code)]
    if cell_rows is not None:
        cells = cell_rows.subquery("cell_rows")
        alone = _feature(
            cells,
            '"class":"entity","id":"', cells.c.id, '","kind":"', cells.c.kind, '","name":', func.to_json(cells.c.name),
            ',"listings":', cells.c.listings, ',"notice":', cast(cast(cells.c.notice, Boolean), Text),
            ',"source":"', cells.c.source, '"',
        )  # fmt: skip
        several = _feature(
            cells,
            '"class":"cluster","count":', cells.c.count, ',"counts":', *_counts(cells),
            ',"expansion_zoom":', func.coalesce(cast(cells.c.expansion_zoom, Text), constant("'null'")),
        )  # fmt: skip
        found.append(_joined(case((cells.c.id.is_not(None), alone), else_=several), cells.c.cell))
    return found


def _feature(row: Any, *properties: str | ColumnElement[Any]) -> ColumnElement[str]:
    # Seven decimals are a centimetre.
    lon, lat = (func.trim_scale(func.round(cast(row.c[name], Numeric), constant(7))) for name in ("lon", "lat"))
    parts = (
        '{"type":"Feature","geometry":{"type":"Point","coordinates":[', lon, ",", lat, ']},"properties":{',
        *properties, "}}",
    )  # fmt: skip
    return func.concat(*(constant(f"'{part}'") if isinstance(part, str) else part for part in parts))


def _counts(row: Any) -> list[str | ColumnElement[Any]]:
    parts = [part for kind in KINDS for part in (f',"{kind}":', row.c[kind])]
    return ["{" + str(parts[0])[1:], *parts[1:], "}"]


def _joined(text: ColumnElement[str], order: ColumnElement[Any]) -> ColumnElement[str]:
    return select(func.string_agg(text, aggregate_order_by(constant("','"), order))).scalar_subquery()
