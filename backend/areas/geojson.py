"""Reads a court's own outlines: a GeoJSON FeatureCollection in WGS 84 (RFC 7946).

Each Feature has properties `code` and, optional, `name`, `level` and `parent`, and a Polygon, a MultiPolygon or no
geometry. Provinces and cities may be missing or have none: their outline is the union of what lies below.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon
from shapely.errors import ShapelyError
from shapely.geometry import shape

from backend.areas.domain import level_of, parent_of, shorten
from backend.areas.providers import AreaSource, Shape, join
from backend.core.errors import OperatorError

# A parent's own shape is kept where its counties leave this share of it open; less is where edges do not quite meet.
_WORTH_KEEPING = 0.01
_WGS84_NAMES = ("CRS84", "4326", "4490")


def read_geojson(path: Path) -> AreaSource:
    """The areas of one file, and nothing but them.

    Raises:
        OperatorError: not a readable FeatureCollection, another CRS, or a Feature that makes no sense; says which.
    """
    document, version = _open(path)
    names: dict[str, str | None] = {}
    shapes: dict[str, Shape] = {}
    parents: dict[str, str | None] = {}
    for number, feature in enumerate(document["features"], 1):
        try:
            code, name, parent, drawn = _read_feature(feature, names)
        except ValueError as error:
            raise OperatorError(f"{path}, feature {number}: {error}.") from None
        names[code], parents[code] = name, parent
        if drawn is not None:
            shapes[code] = drawn
    _add_missing_parents(names, parents)
    return AreaSource(path.name, version, "EPSG:4326", names, _without_overlap(shapes), parents)


def _open(path: Path) -> tuple[dict[str, Any], str]:
    try:
        content = path.read_bytes()
        document = json.loads(content)
    except OSError as error:
        raise OperatorError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise OperatorError(f"{path} is not a JSON file in UTF-8.") from None
    if not isinstance(document, dict) or not isinstance(document.get("features"), list) or not document["features"]:
        raise OperatorError(f"{path} is not a GeoJSON FeatureCollection with areas in it.")
    _refuse_other_crs(document, path)
    return document, hashlib.sha256(content).hexdigest()[:12]


def _refuse_other_crs(document: Mapping[str, Any], path: Path) -> None:
    stated = json.dumps(document.get("crs"))
    if stated != "null" and not any(name in stated for name in _WGS84_NAMES):
        raise OperatorError(f"{path} is in another coordinate system ({stated}): convert it to WGS 84 first.")


def _read_feature(feature: Any, seen: Collection[str]) -> tuple[str, str | None, str | None, Shape | None]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not (isinstance(properties, dict) and "code" in properties):
        raise ValueError("has no property code")
    code = shorten(str(properties["code"]))
    try:
        level = level_of(code)
    except ValueError as error:
        raise ValueError(f"code {error}, not {code!r}") from None
    if code in seen:
        raise ValueError(f"code {code} stands there twice")
    if properties.get("level", level) != level:
        raise ValueError(f"level {properties['level']!r} does not go with code {code}")
    parent = shorten(str(properties["parent"])) if properties.get("parent") else parent_of(code)
    if parent not in _possible_parents(code):
        raise ValueError(f"parent {parent!r} is not above {code}")
    return code, str(properties.get("name") or "") or None, parent, _read_geometry(feature.get("geometry"))


def _possible_parents(code: str) -> tuple[str | None, ...]:
    return {2: (None,), 4: (code[:2],), 6: (code[:2], code[:4])}[len(code)]


def _read_geometry(geometry: Any) -> Shape | None:
    if geometry is None:
        return None
    try:
        drawn = shape(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise ValueError("its geometry cannot be read") from None
    if not isinstance(drawn, Polygon | MultiPolygon) or drawn.is_empty:
        raise ValueError("its geometry must be a Polygon, a MultiPolygon or null")
    drawn = shapely.force_2d(drawn)
    west, south, east, north = drawn.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("its positions are not longitude, latitude in degrees")
    return join([drawn])


def _add_missing_parents(names: dict[str, str | None], parents: dict[str, str | None]) -> None:
    missing = {parent for parent in parents.values() if parent} - names.keys()
    while missing:
        for code in missing:
            names[code], parents[code] = None, parent_of(code)
        missing = {parent for parent in parents.values() if parent} - names.keys()


def _without_overlap(shapes: Mapping[str, Shape]) -> dict[str, Shape]:
    # What lies below wins; a parent keeps only the ground that nothing below it covers.
    kept: dict[str, Shape] = {}
    for code, drawn in shapes.items():
        below = [other for inner, other in shapes.items() if inner != code and inner.startswith(code)]
        rest = drawn.difference(shapely.union_all(below)) if below else drawn
        if rest.area > _WORTH_KEEPING * drawn.area:
            kept[code] = join([rest])
    return kept
