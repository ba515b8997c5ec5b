"""A thousand people leave, and bodies: gone from every answer at once, and from what nginx keeps within a minute."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row

from backend.clocks.service import load_clocks
from backend.config import Settings
from backend.core.db import Database
from backend.listings.life import Move, Officer, Signatures, move
from tests.bench.national.servers import serve_product
from tests.databases import make_database
from tests.integration.listings.conftest import load_courts
from tests.integration.listings.lists import COURTS, Importer, body, person
from tests.integration.nginx import nginx_before

LEAVING, STAYING, BY_OFFICERS = 1000, 40, 300
# All but the last leave. Their case numbers begin behind the people's.
BODIES, FIRST_BODY = 4, 10_001
# Of a public answer, and of a cache in front of a browser's own: nothing older is ever shown.
MAX_AGE, LONGEST = 30, 60
AREA = "990101"
# The invented areas stand in the first tile of every zoom.
TILES = [f"/v1/map/{zoom}/0/0.{form}" for zoom in (0, 6, 9, 12) for form in ("json", "mvt")]
# Names bodies, at their points.
BODY_TILE = "/v1/map/15/26419/13492.json"
# What shows numbers of people, or bodies: may be kept, and must be right again after MAX_AGE.
PUBLIC = [*TILES, BODY_TILE, f"/v1/areas/{AREA}", "/v1/areas/99", f"/v1/courts/{COURTS[0].id}"]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    body: bytes

    @property
    def cached(self) -> str:
        return str(self.headers["X-Cache"])

    @property
    def max_age(self) -> int:
        """Seconds for which a shared cache may keep it; -1 where it may not."""
        found = re.fullmatch(r"public, max-age=(\d+)", self.headers["Cache-Control"])
        return int(found[1]) if found else -1

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Site:
    """The product by itself and through nginx, and how people leave it."""

    product: str
    nginx: str
    importer: Importer

    def ask(self, path: str, *, through: str = "", tag: str = "") -> Answer:
        """By nginx in one of its ways, or, with `through="product"`, past it."""
        address = self.product if through == "product" else self.nginx + through
        request = urllib.request.Request(address + path, headers={"If-None-Match": tag} if tag else {})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    def pages(self, path: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        cursor = ""
        while True:
            body = self.ask(f"{path}{cursor}").json()
            items += body["items"]
            if body["next"] is None:
                return items
            cursor = f"&cursor={quote(body['next'])}"


@pytest.fixture(scope="module")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("removal")
    url = make_database(database_url, "removal")
    load_courts(url)
    database = Database(url)
    load_clocks(database)
    importer = Importer(database, Settings.from_environment({"VAR_DIR": str(folder)}), folder)
    people = [person(number) for number in range(1, LEAVING + STAYING + 1)]
    importer.take([*people, *(row_of(number, **_at(number)) for number in range(FIRST_BODY, FIRST_BODY + BODIES))])
    with serve_product(url, folder) as product, nginx_before(product.address) as nginx:
        yield Site(product.address.rstrip("/"), nginx, importer)
    database.close()


def row_of(number: int, **changes: Any) -> dict[str, Any]:
    """A row of the court's list, by the number of its case."""
    return person(number, **changes) if number < FIRST_BODY else body(number - FIRST_BODY + 1, **changes)


def _at(number: int) -> dict[str, str]:
    """Each body at a place of its own in `BODY_TILE`."""
    lon = 110.249 + 0.003 * (number - FIRST_BODY)
    place = {"registered_address": "甲区虚构大街1号", "registered_lon": f"{lon:.4f}", "registered_lat": "30.25"}
    return {**place, "area_code": AREA}


@dataclass(frozen=True)
class Listed:
    entity: UUID
    listing: UUID
    number: int

    @property
    def name(self) -> str:
        return str(row_of(self.number)["iname"])

    @property
    def page(self) -> str:
        return f"/v1/entities/{self.entity}"


def listed(site: Site) -> list[Listed]:
    with psycopg.connect(site.importer.database.url, row_factory=dict_row) as connection:
        rows = connection.execute("SELECT id, entity_id, case_number FROM register.listing").fetchall()
    found = [Listed(row["entity_id"], row["id"], int(row["case_number"][12:-1])) for row in rows]
    return sorted(found, key=lambda one: one.number)


def remove(site: Site, leaving: list[Listed]) -> None:
    """Some by officers, in one transaction, the others by the court's file; each with a cause."""
    database = site.importer.database
    with database.transaction("operator") as connection:
        row = connection.execute(
            "INSERT INTO register.officer (court_id, login, name, roles)"
            " VALUES (%s, 'lin', '虚构书记员', '{clerk}') RETURNING id",
            (COURTS[0].id,),
        ).fetchone()
        assert row is not None
        signed = Signatures(Officer(row["id"], UUID(COURTS[0].id), ("clerk",)))
        for one in leaving[:BY_OFFICERS]:
            move(connection, one.listing, Move("withdraw", "wrongly_listed"), signed)
    site.importer.take([row_of(one.number, cause="已履行完毕") for one in leaving[BY_OFFICERS:]])


def until(holds: Callable[[], bool], seconds: float) -> None:
    """Waits for what must come by itself; the bound is generous, and no time is asserted."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.5)


def people_in(site: Site, path: str, through: str = "") -> int:
    counts: int = site.ask(path, through=through).json()["counts"]["person"]
    return counts


def ask_for_people(site: Site, sample: Sequence[Listed]) -> None:
    """Everything that names people is asked for through nginx, twice, so that whatever it keeps is kept."""
    for one in sample:
        for through in ("", "", "/deaf"):
            answer = site.ask(one.page, through=through)
            assert one.name.encode() in answer.body
            assert answer.headers["Cache-Control"] == f"private, max-age={MAX_AGE}"
            assert through or answer.cached == "MISS"
        assert site.ask(f"/v1/entities?q={quote(one.name)}").cached == "MISS"
    assert len(site.pages(f"/v1/entities?area={AREA}&limit=100")) == LEAVING + STAYING + BODIES


def ask_until_kept(site: Site, path: str) -> Answer:
    """What nginx keeps of a page of numbers, after asking twice."""
    first, kept = site.ask(path), site.ask(path)
    assert (first.cached, kept.cached) in {("MISS", "HIT"), ("HIT", "HIT")}, path
    # Kept so long by nginx and so long again by a browser behind it.
    assert 0 < 2 * kept.max_age <= LONGEST, path
    return kept


def names_in(tile: Answer) -> set[str]:
    return {one["properties"]["name"] for one in tile.json()["features"] if one["properties"]["class"] == "entity"}


def statuses(site: Site, people: Sequence[Listed]) -> set[int]:
    with ThreadPoolExecutor(4) as pool:
        return {answer.status for answer in pool.map(lambda one: site.ask(one.page), people)}


def refuse_to_find(site: Site, sample: Sequence[Listed], gone: set[str]) -> None:
    """Neither a name nor a case number finds anybody who has left."""
    for one in sample:
        case = f"（2099）示0101执{one.number}号"
        for asked in (one.name, case):
            found = site.pages(f"/v1/entities?q={quote(asked)}&limit=100")
            assert gone.isdisjoint(item["id"] for item in found)


def refuse_to_count(site: Site, before: Mapping[str, Answer], left: Listed) -> None:
    """At once from numbers too, as far as the product itself answers; an old validator finds nothing unchanged."""
    for path in PUBLIC[:-1]:
        fresh = site.ask(path, through="product", tag=before[path].headers["ETag"])
        assert (fresh.status, fresh.body != before[path].body) == (200, True), path
    assert site.ask(f"/v1/areas/{AREA}", through="product").json()["counts"]["person"] == STAYING
    features = site.ask(TILES[0], through="product").json()["features"]
    assert sum(one["properties"]["counts"]["person"] for one in features) == STAYING
    assert names_in(site.ask(BODY_TILE, through="product")) == {left.name}


def test_a_thousand_people_leave_everywhere(site: Site) -> None:
    everybody = listed(site)
    people, bodies = everybody[:-BODIES], everybody[-BODIES:]
    leaving, staying = [*people[:LEAVING], *bodies[:-1]], [*people[LEAVING:], bodies[-1]]
    area = f"/v1/areas/{AREA}"
    sample = [*people[:20], *people[LEAVING - 20 : LEAVING]]
    ask_for_people(site, sample)
    site.ask(area, through="/stale")
    before = {path: ask_until_kept(site, path) for path in PUBLIC}
    kept_since = time.monotonic()
    assert people_in(site, area) == LEAVING + STAYING
    assert names_in(before[BODY_TILE]) == {one.name for one in bodies}

    remove(site, leaving)
    # At once, from whatever names people, through nginx too.
    assert (statuses(site, leaving), statuses(site, staying)) == ({404}, {200})
    unknown = "/v1/entities/00000000-0000-4000-8000-000000000000"
    assert site.ask(leaving[0].page).body == site.ask(unknown).body
    gone = {str(one.entity) for one in leaving}
    refuse_to_find(site, sample, gone)
    remaining = {str(one.entity) for one in staying}
    assert {item["id"] for item in site.pages(f"/v1/entities?area={AREA}&limit=100")} == remaining
    assert {item["id"] for item in site.pages("/v1/changes?since=0&limit=100")} == gone
    refuse_to_count(site, before, bodies[-1])
    # Control: a cache that does not heed `private` goes on naming whoever has left.
    assert {site.ask(one.page, through="/deaf").status for one in sample} == {200}

    # What nginx may keep is right as soon as its age is over, with the first request.
    time.sleep(max(0.0, kept_since + MAX_AGE + 1 - time.monotonic()))
    stale = people_in(site, area, "/stale")
    for path in PUBLIC:
        assert site.ask(path).body == site.ask(path, through="product").body, path
    assert people_in(site, area) == STAYING
    assert names_in(site.ask(BODY_TILE)) == {bodies[-1].name}
    # Control: one that serves stale answers while it fetches new ones does not keep the minute.
    assert stale == LEAVING + STAYING
    until(lambda: people_in(site, area, "/stale") == STAYING, 20)
