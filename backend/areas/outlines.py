"""Turns a provider's shapes into what the map draws: outlines of every level, simplified, and label points.

All outlines of one scale come from one coverage, so that neighbours share their edges and a city's edge is its
counties' edge, at every scale.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely import MultiPolygon, Point
from shapely.affinity import scale

from backend.areas.domain import Level, city_bubble_of, level_of
from backend.areas.providers import AreaSource, Shape, join

# The last zooms of provinces, cities and counties on the map, and one for streets; full outlines serve those above.
SCALES = (5, 8, 11, 14)
# The inscribed circle is found to a fiftieth of the shape's size: a label is wider than that on any screen.
_LABEL_PRECISION = 1 / 50
# Turns successive labels on a circle as far apart as possible, however many there are.
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

LonLat = tuple[float, float]


@dataclass(frozen=True)
class Area:
    """One division, ready for the register; coordinates in WGS 84.

    Attributes:
        name: None keeps the name that the register already has.
        outline: None where nobody draws one; its label point then lies inside its parent.
        simplified: outlines by the greatest zoom they serve.
    """

    code: str
    name: str | None
    level: Level
    parent: str | None
    city_bubble: str
    label_point: LonLat
    outline: MultiPolygon | None
    simplified: Mapping[int, MultiPolygon]


def tolerance(max_zoom: int) -> float:
    """Degrees: one pixel at the scale's greatest zoom.

    `coverage_simplify` drops a vertex whose triangle with its neighbours is smaller than the tolerance squared: less
    than one pixel's area, which nobody sees.
    """
    return 360 / (256 << max_zoom)


def draw(source: AreaSource) -> list[Area]:
    """Every area of a source, parents before those below them.

    Raises:
        ValueError: an area has neither an outline nor a parent with one.
    """
    full = _unite(source.shapes)
    codes = list(source.shapes)
    coverage = [source.shapes[code] for code in codes]
    simplified = {
        zoom: _unite(dict(zip(codes, shapely.coverage_simplify(coverage, tolerance(zoom)), strict=True)))
        for zoom in SCALES
    }
    labels = _label_points(source.parents, full)
    cities = [code for code in source.names if len(code) == 4]
    return [
        Area(
            code=code,
            name=source.names[code],
            level=level_of(code),
            parent=source.parents[code],
            city_bubble=city_bubble_of(code, source.parents[code], cities),
            label_point=labels[code],
            outline=full.get(code),
            simplified={zoom: outlines[code] for zoom, outlines in simplified.items() if code in outlines},
        )
        for code in sorted(source.names, key=lambda code: (len(code), code))
    ]


def _unite(shapes: Mapping[str, Shape]) -> dict[str, MultiPolygon]:
    """Outlines of all areas that have a shape or stand above one."""
    parts: dict[str, list[Shape]] = defaultdict(list)
    for code, drawn in shapes.items():
        for length in range(2, len(code) + 1, 2):
            parts[code[:length]].append(drawn)
    return {code: _multi(_union(drawn)) for code, drawn in parts.items()}


def _union(parts: Sequence[Shape]) -> Shape:
    united: Shape = shapely.coverage_union_all(parts)
    # Where a provider's neighbours overlap, the quick union of a coverage is not valid; the general one always is.
    return united if united.is_valid else join(parts)


def _multi(drawn: Shape) -> MultiPolygon:
    return drawn if isinstance(drawn, MultiPolygon) else MultiPolygon([drawn])


def _label_points(parents: Mapping[str, str | None], outlines: Mapping[str, MultiPolygon]) -> dict[str, LonLat]:
    centres = {code: _visual_centre(outline) for code, outline in outlines.items()}
    labels = {code: centre for code, (centre, _) in centres.items()}
    placed: dict[str, int] = defaultdict(int)
    for code in sorted(parents.keys() - labels.keys(), key=lambda code: (len(code), code)):
        above = code
        while above not in centres:
            parent = parents[above]
            if parent is None:
                raise ValueError(f"area {code} has no outline, and none above it has one")
            above = parent
        placed[above] += 1
        labels[code] = _around(*centres[above], placed[above])
    return labels


def _visual_centre(outline: MultiPolygon) -> tuple[LonLat, float]:
    """Centre of the widest circle inside the largest part, as the screen shows it, and half its radius in degrees."""
    largest = max(outline.geoms, key=lambda part: part.area)
    middle = largest.centroid
    stretch = 1 / math.cos(math.radians(middle.y))  # web mercator draws a degree of latitude this much longer
    drawn = scale(largest, yfact=stretch, origin=middle)
    radius = shapely.maximum_inscribed_circle(drawn, tolerance=math.sqrt(drawn.area) * _LABEL_PRECISION)
    found = scale(Point(radius.coords[0]), yfact=1 / stretch, origin=middle)
    if not largest.contains(found):  # a sliver thinner than the precision
        found = largest.representative_point()
    return (found.x, found.y), radius.length / stretch / 2


def _around(centre: LonLat, distance: float, number: int) -> LonLat:
    angle = number * _GOLDEN_ANGLE
    return centre[0] + distance * math.cos(angle), centre[1] + distance * math.sin(angle)
