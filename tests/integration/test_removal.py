"""A thousand people leave: they are gone from every answer at once, and from what nginx keeps within a minute."""

from __future__ import annotations

import json
import re
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row

from backend.clocks.service import load_clocks
from backend.config import ROOT, Settings
from backend.core.db import Database
from backend.listings.life import Move, Officer, Signatures, move
from tests.bench.national.servers import running, serve_product
from tests.databases import make_database
from tests.integration.listings.conftest import load_courts
from tests.integration.listings.lists import COURTS, Importer, person
from tests.ports import free_port

LEAVING, STAYING, BY_OFFICERS = 1000, 40, 300
# Of design.md section 4, and of a cache in front of a browser's own: nothing older is ever shown.
MAX_AGE, LONGEST = 30, 60
AREA = "990101"
# The invented areas stand in the first tile of every zoom.
TILES = [f"/v1/map/{zoom}/0/0.{form}" for zoom in (0, 6, 9, 12) for form in ("json", "mvt")]
# What shows numbers of people: may be kept, and must be right again after MAX_AGE.
PUBLIC = [*TILES, f"/v1/areas/{AREA}", "/v1/areas/99", f"/v1/courts/{COURTS[0].id}"]
_NGINX = """\
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    proxy_cache_path {folder}/cache keys_zone=answers:5m use_temp_path=off;
    add_header X-Cache $upstream_cache_status always;
    server {{
        listen 127.0.0.1:{port};
        location = /ready {{ return 204; }}
        location /v1/ {{
            include {root}/docs/examples/nginx-cache.conf;
            proxy_pass {product}v1/;
        }}
        # Two ways to do it wrong, for comparison.
        location /stale/v1/ {{
            include {root}/docs/examples/nginx-cache.conf;
            proxy_cache_key $request_uri;
            proxy_cache_use_stale updating;
            proxy_cache_background_update on;
            proxy_pass {product}v1/;
        }}
        location /deaf/v1/ {{
            include {root}/docs/examples/nginx-cache.conf;
            proxy_cache_key $request_uri;
            proxy_ignore_headers Cache-Control;
            proxy_cache_valid 200 60s;
            proxy_pass {product}v1/;
        }}
    }}
}}
"""


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
    importer.take([person(number) for number in range(1, LEAVING + STAYING + 1)])
    with serve_product(url, folder) as product, _nginx(product.address) as nginx:
        yield Site(product.address.rstrip("/"), nginx, importer)
    database.close()


@contextmanager
def _nginx(product: str) -> Iterator[str]:
    """Outside the clone, which nginx's own user may be unable to enter when root starts it."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="removal-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        configuration = folder / "nginx.conf"
        configuration.write_text(_NGINX.format(folder=name, port=port, product=product, root=ROOT), "utf-8")
        command = ["/usr/sbin/nginx", "-p", name, "-c", str(configuration), "-e", "stderr"]
        with running(command, {}, f"http://127.0.0.1:{port}/", "ready", folder / "log"):
            yield f"http://127.0.0.1:{port}"


@dataclass(frozen=True)
class Listed:
    entity: UUID
    listing: UUID
    number: int

    @property
    def name(self) -> str:
        return str(person(self.number)["iname"])

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
    site.importer.take([person(one.number, cause="已履行完毕") for one in leaving[BY_OFFICERS:]])


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
    assert len(site.pages(f"/v1/entities?area={AREA}&limit=100")) == LEAVING + STAYING


def ask_until_kept(site: Site, path: str) -> Answer:
    """What nginx keeps of a page of numbers, after asking twice."""
    first, kept = site.ask(path), site.ask(path)
    assert (first.cached, kept.cached) in {("MISS", "HIT"), ("HIT", "HIT")}, path
    # Kept so long by nginx and so long again by a browser behind it.
    assert 0 < 2 * kept.max_age <= LONGEST, path
    return kept


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


def test_a_thousand_people_leave_everywhere(site: Site) -> None:
    everybody = listed(site)
    leaving, staying = everybody[:LEAVING], everybody[LEAVING:]
    area = f"/v1/areas/{AREA}"
    sample = [*leaving[:20], *leaving[-20:]]
    ask_for_people(site, sample)
    site.ask(area, through="/stale")
    before = {path: ask_until_kept(site, path) for path in PUBLIC}
    kept_since = time.monotonic()
    assert people_in(site, area) == LEAVING + STAYING

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
    # At once from numbers too, as far as the product itself answers; an old validator finds nothing unchanged.
    for path in PUBLIC[:-1]:
        fresh = site.ask(path, through="product", tag=before[path].headers["ETag"])
        assert (fresh.status, fresh.body != before[path].body) == (200, True), path
    assert site.ask(area, through="product").json()["counts"]["person"] == STAYING
    features = site.ask(TILES[0], through="product").json()["features"]
    assert sum(one["properties"]["counts"]["person"] for one in features) == STAYING
    # Control: a cache that does not heed `private` goes on naming whoever has left.
    assert {site.ask(one.page, through="/deaf").status for one in sample} == {200}

    # What nginx may keep is right as soon as its age is over, with the first request.
    time.sleep(max(0.0, kept_since + MAX_AGE + 1 - time.monotonic()))
    stale = people_in(site, area, "/stale")
    for path in PUBLIC:
        assert site.ask(path).body == site.ask(path, through="product").body, path
    assert people_in(site, area) == STAYING
    # Control: one that serves stale answers while it fetches new ones does not keep the minute.
    assert stale == LEAVING + STAYING
    until(lambda: people_in(site, area, "/stale") == STAYING, 20)
