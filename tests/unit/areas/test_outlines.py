from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, box

from backend.areas.geojson import read_geojson
from backend.areas.outlines import SCALES, Area, draw, tolerance
from backend.areas.providers import AreaSource

FICTIONAL = Path(__file__).parents[2] / "data" / "areas" / "fictional.geojson"
COUNTIES = ("990101", "990102", "990103", "990201", "990202")


@pytest.fixture(scope="module")
def source() -> AreaSource:
    return read_geojson(FICTIONAL)


@pytest.fixture(scope="module")
def areas(source: AreaSource) -> dict[str, Area]:
    return {area.code: area for area in draw(source)}


def _wavy(source: AreaSource) -> AreaSource:
    """The same areas with twenty times the vertices, so that there is something to simplify."""
    corners = {
        tuple(position) for shape in source.shapes.values() for position in shapely.get_coordinates(shape).tolist()
    }

    def wave(shape: shapely.Geometry) -> shapely.Geometry:
        dense = shapely.segmentize(shape, 0.005)
        return shapely.transform(
            dense,
            lambda positions: (
                positions
                + [
                    (0, 0) if tuple(position) in corners else (0.003 * ((round(position[0] * 1e7) % 3) - 1), 0)
                    for position in positions.tolist()
                ]
            ),
        )

    return replace(source, shapes={code: wave(shape) for code, shape in source.shapes.items()})


def test_parents_come_before_what_lies_below_them(areas: dict[str, Area]) -> None:
    seen: set[str | None] = {None}
    for area in areas.values():
        assert area.parent in seen
        seen.add(area.code)


def test_a_city_is_the_union_of_its_counties(areas: dict[str, Area]) -> None:
    for city in ("9901", "9902"):
        counties = [area.outline for code, area in areas.items() if len(code) == 6 and code.startswith(city)]
        assert shapely.equals(areas[city].outline, shapely.union_all(counties))


def test_a_province_also_holds_cities_without_counties_and_counties_without_a_city(areas: dict[str, Area]) -> None:
    province = areas["99"].outline
    assert province is not None
    for code in (*COUNTIES, "9903", "999001"):
        assert province.covers(areas[code].outline)
    assert areas["999001"].parent == "99"


def test_outlines_are_valid_at_every_scale(areas: dict[str, Area]) -> None:
    for area in areas.values():
        assert isinstance(area.outline, MultiPolygon)
        assert set(area.simplified) == set(SCALES)
        for outline in (area.outline, *area.simplified.values()):
            assert outline.is_valid
            assert not outline.is_empty


@pytest.mark.parametrize("zoom", SCALES)
def test_neighbours_share_their_edges_at_every_scale(source: AreaSource, zoom: int) -> None:
    drawn = {area.code: area.simplified[zoom] for area in draw(_wavy(source))}
    assert shapely.coverage_is_valid([drawn[code] for code in (*COUNTIES, "9903", "999001")])


def test_simplifying_each_area_alone_would_part_them(source: AreaSource) -> None:
    wavy = _wavy(source)
    alone = [shapely.simplify(wavy.shapes[code], tolerance(9)) for code in COUNTIES]
    assert not shapely.coverage_is_valid(alone)


def test_a_coarser_scale_has_fewer_vertices(source: AreaSource) -> None:
    drawn = draw(_wavy(source))
    vertices = [sum(shapely.get_num_coordinates(area.simplified[zoom]) for area in drawn) for zoom in SCALES]
    assert vertices == sorted(vertices)
    assert vertices[0] < vertices[-1]


def test_label_points_lie_inside(areas: dict[str, Area]) -> None:
    for area in areas.values():
        assert area.outline is not None
        assert area.outline.contains(Point(area.label_point))


def test_labels_stand_in_the_largest_part(areas: dict[str, Area]) -> None:
    exclave = box(114.94, 38.23, 115.0, 38.28)
    assert areas["990202"].outline is not None
    assert areas["990202"].outline.intersects(exclave)
    assert not exclave.contains(Point(areas["990202"].label_point))


def test_labels_without_outlines_stand_apart_inside_their_parent(source: AreaSource) -> None:
    undrawn = {"990104": "9901", "990105": "9901", "999002": "99"}
    names = dict(source.names) | dict.fromkeys(undrawn)
    drawn = {area.code: area for area in draw(replace(source, names=names, parents=dict(source.parents) | undrawn))}
    points = {drawn[code].label_point for code in undrawn} | {drawn["9901"].label_point}
    assert len(points) == 4
    for code, parent in undrawn.items():
        assert drawn[code].outline is None
        assert drawn[code].simplified == {}
        outline = drawn[parent].outline
        assert outline is not None
        assert outline.contains(Point(drawn[code].label_point))


def test_refuses_an_area_that_nobody_draws(source: AreaSource) -> None:
    lost = replace(source, names={"98": None}, parents={"98": None}, shapes={})
    with pytest.raises(ValueError, match="area 98 has no outline"):
        draw(lost)


def test_every_bubble_exists_and_is_the_area_or_above_it(areas: dict[str, Area]) -> None:
    bubbles = {code: area.city_bubble for code, area in areas.items()}
    assert bubbles["990101"] == "9901"
    assert bubbles["999001"] == "999001"
    assert bubbles["9903"] == "9903"
    assert all(bubble in areas and code.startswith(bubble) for code, bubble in bubbles.items())


def test_overlapping_neighbours_still_unite(source: AreaSource) -> None:
    overlapping = dict(source.shapes) | {"990101": source.shapes["990101"].buffer(0.01)}
    drawn = {area.code: area for area in draw(replace(source, shapes=overlapping))}
    outline = drawn["9901"].outline
    assert outline is not None
    assert outline.is_valid
    seam = LineString([(114.45, 38.1), (114.55, 38.1)])
    assert outline.covers(seam)
