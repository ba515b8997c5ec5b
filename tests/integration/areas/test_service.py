from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend import run
from backend.areas.service import Loaded, read_source, store_areas
from backend.core.db import load_queries
from backend.core.errors import OperatorError
from backend.core.geo import cell

Connection = psycopg.Connection[DictRow]
FICTIONAL = Path(__file__).parents[2] / "data" / "areas" / "fictional.geojson"


def _load(connection: Connection, path: Path = FICTIONAL) -> Loaded:
    return store_areas(connection, read_source(str(path), Path()))


def _without(folder: Path, *codes: str) -> Path:
    document = json.loads(FICTIONAL.read_text("utf-8"))
    document["features"] = [area for area in document["features"] if area["properties"]["code"] not in codes]
    path = folder / "smaller.geojson"
    path.write_text(json.dumps(document), "utf-8")
    return path


def _rows(connection: Connection, query: str, *parameters: Any) -> list[DictRow]:
    return connection.execute(query, parameters).fetchall()


def test_the_operator_role_may_load(connection: Connection) -> None:
    connection.execute("SET LOCAL ROLE operator")
    assert _load(connection).added == 10


def test_stores_every_level_with_its_source(fictional: Connection) -> None:
    rows = _rows(fictional, "SELECT level, count(*) FROM register.area GROUP BY level")
    assert {row["level"]: row["count"] for row in rows} == {"province": 1, "city": 3, "county": 6}
    (row,) = _rows(fictional, "SELECT DISTINCT provider, provider_crs FROM register.area")
    assert row == {"provider": "fictional.geojson", "provider_crs": "EPSG:4326"}


def test_label_cells_are_those_of_the_label_points(fictional: Connection) -> None:
    query = "SELECT ST_X(label_point) AS lon, ST_Y(label_point) AS lat, label_tile_x, label_tile_y FROM register.area"
    for row in _rows(fictional, query):
        assert (row["label_tile_x"], row["label_tile_y"]) == cell(row["lon"], row["lat"])


def test_postgis_finds_outlines_valid_and_labels_inside(fictional: Connection) -> None:
    (row,) = _rows(
        fictional,
        "SELECT bool_and(ST_IsValid(outline)) AS valid, bool_and(ST_Contains(outline, label_point)) AS inside,"
        " bool_and(ST_SRID(outline) = 4326) AS wgs84 FROM register.area",
    )
    assert row == {"valid": True, "inside": True, "wgs84": True}


def test_every_area_has_an_outline_for_every_scale(fictional: Connection) -> None:
    rows = _rows(fictional, "SELECT max_zoom, count(*) FROM register.area_outline GROUP BY max_zoom")
    assert {row["max_zoom"]: row["count"] for row in rows} == dict.fromkeys((5, 8, 11, 14), 10)


def test_loading_again_changes_nothing(fictional: Connection) -> None:
    before = _rows(fictional, "SELECT * FROM register.area ORDER BY code")
    again = _load(fictional)
    assert (again.added, again.changed, again.removed, again.kept) == (0, 0, 0, 0)
    assert _rows(fictional, "SELECT * FROM register.area ORDER BY code") == before


def test_another_file_updates_in_place_and_removes_what_it_lacks(fictional: Connection, tmp_path: Path) -> None:
    loaded = _load(fictional, _without(tmp_path, "990202", "999001"))
    assert (loaded.added, loaded.removed, loaded.kept) == (0, 2, 0)
    assert loaded.changed == 8  # the source stands in every row
    assert not _rows(fictional, "SELECT FROM register.area_outline WHERE area_code = '990202'")


def test_keeps_what_a_court_stands_in_and_everything_above_it(fictional: Connection, tmp_path: Path) -> None:
    fictional.execute(
        "INSERT INTO register.court (id, code, name, level, area_code, by_rule)"
        " VALUES (gen_random_uuid(), '虚0201', '虚河县人民法院', 'basic', '990201', true)"
    )
    loaded = _load(fictional, _without(tmp_path, "9902", "990201", "990202"))
    assert (loaded.removed, loaded.kept) == (1, 2)
    kept = _rows(fictional, "SELECT code FROM register.area WHERE starts_with(code, '9902') ORDER BY code")
    assert [row["code"] for row in kept] == ["9902", "990201"]


def test_a_file_without_names_keeps_those_that_are_known(fictional: Connection, tmp_path: Path) -> None:
    document = json.loads(FICTIONAL.read_text("utf-8"))
    for area in document["features"]:
        del area["properties"]["name"]
    path = tmp_path / "nameless.geojson"
    path.write_text(json.dumps(document), "utf-8")
    _load(fictional, path)
    (row,) = _rows(fictional, "SELECT name, name_en FROM register.area WHERE code = '990101'")
    assert row == {"name": "东虚区", "name_en": "Dongxu District"}


def test_an_area_that_nobody_draws_ends_with_a_sentence(connection: Connection, tmp_path: Path) -> None:
    path = tmp_path / "empty.geojson"
    lonely = {"type": "Feature", "properties": {"code": "98"}, "geometry": None}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [lonely]}), "utf-8")
    with pytest.raises(OperatorError, match="area 98 has no outline"):
        _load(connection, path)


def test_a_start_loads_areas_once_more_where_none_has_an_english_name(connection: Connection) -> None:
    _load(connection)
    held = load_queries(run.__file__)
    assert held.find_held(connection)["areas"]
    connection.execute("UPDATE register.area SET name_en = NULL")
    assert not held.find_held(connection)["areas"]
    assert _load(connection).changed
    assert held.find_held(connection)["areas"]
