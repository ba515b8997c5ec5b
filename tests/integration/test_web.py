from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from backend.app import create_app
from backend.config import Settings
from backend.core.db import Database

DOCUMENT = '<!doctype html><meta name="tiles" content=""><meta name="tiles-attribution" content=""><div id="app"></div>'


def client_with(tmp_path: Path, database: Database, **environment: str) -> FlaskClient:
    web = tmp_path / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text(DOCUMENT)
    (web / "routes.json").write_text(json.dumps(["/", "/entities/detail"]))
    (web / "assets" / "host-1a2b.js").write_text("export {}")
    settings = Settings.from_environment({"VAR_DIR": str(tmp_path), **environment})
    return create_app(settings, database).test_client()


@pytest.fixture
def client(tmp_path: Path, database: Database) -> FlaskClient:
    return client_with(tmp_path, database)


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/entities/detail", 200), ("/nowhere", 404)])
def test_every_page_path_answers_with_the_one_document(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype, answer.text) == (status, "text/html", DOCUMENT)


@pytest.mark.parametrize("path", ["/v1", "/v1/nothing", "/court/nothing"])
def test_what_neither_api_nor_console_knows_is_no_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["/", "/v1/site", "/v1/nothing", "/assets/host-1a2b.js", "/v1/docs", "/healthz"])
def test_every_answer_forbids_other_hosts_framing_and_sniffing(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_tile_address_is_the_only_host_let_in(tmp_path: Path, database: Database) -> None:
    client = client_with(tmp_path, database, MAP_TILES_URL='https://tiles.example/{z}/{x}/{y}.png?k="')
    answer = client.get("/")
    assert "img-src 'self' data: blob: https://tiles.example;" in answer.headers["Content-Security-Policy"]
    assert '<meta name="tiles" content="https://tiles.example/{z}/{x}/{y}.png?k=&quot;">' in answer.text


def test_layers_of_tiles_let_in_each_host_once(tmp_path: Path, database: Database) -> None:
    urls = "https://a.example/vec?z={z} https://b.example/cva?z={z} https://a.example/x /own/{z}"
    client = client_with(tmp_path, database, MAP_TILES_URL=urls)
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "img-src 'self' data: blob: https://a.example https://b.example;" in policy
    assert "connect-src 'self' https://a.example https://b.example;" in policy


def test_hashed_files_may_be_kept_for_ever_and_the_document_not(client: FlaskClient) -> None:
    with client.get("/assets/host-1a2b.js") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/v1/openapi.json", "/v1/docs", "/court"])
def test_what_says_nothing_of_being_kept_is_not(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_pages_of_people_ask_not_to_be_indexed(client: FlaskClient) -> None:
    assert client.get("/entities/detail").headers["X-Robots-Tag"] == "noindex, noarchive"


@pytest.mark.parametrize(
    "path", ["/assets/../index.html", "/assets/%2e%2e/routes.json", "/assets//etc/passwd", f"/assets/{'a' * 300}"]
)
def test_nothing_outside_the_assets_is_served(client: FlaskClient, path: str) -> None:
    for accepted in ("identity", "br, gzip"):
        assert client.get(path, headers={"Accept-Encoding": accepted}).status_code == 404


def test_pages_that_are_not_built_say_so(tmp_path: Path, database: Database) -> None:
    client = create_app(Settings.from_environment({"VAR_DIR": str(tmp_path)}), database).test_client()
    answer = client.get("/")
    assert (answer.status_code, "make pages" in answer.text) == (503, True)


def test_the_documentation_page_lists_every_route(client: FlaskClient) -> None:
    spec: Any = client.get("/v1/openapi.json").json
    page = client.get("/v1/docs").text
    assert [path for path in spec["paths"] if f"<code>{path}</code>" not in page] == []


def test_liveness_readiness_and_metrics_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ready"}
    assert 'http_requests_total{endpoint="health.healthz"' in client.get("/metrics").text


def test_a_made_up_method_is_no_metric_of_its_own(client: FlaskClient) -> None:
    for method in ("HEAD", "MADEUP"):
        client.open("/healthz", method=method)
    metrics = client.get("/metrics").text
    assert "MADEUP" not in metrics
    assert 'endpoint="health.healthz",method="HEAD"' in metrics
    assert 'method="other",status="405"' in metrics


@pytest.mark.parametrize("path", ["/v1/site", "/v1/grounds"])
def test_a_head_has_the_headers_of_a_get_and_no_body(client: FlaskClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers == whole.headers
    assert whole.headers["Content-Length"] == str(len(whole.data))


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ({"If-None-Match": "{}"}, 304),
        ({"If-None-Match": "W/{}"}, 304),
        ({"If-None-Match": '"other", {}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-Match": "{}"}, 200),
        ({"If-Match": "*"}, 200),
        ({"If-Match": "*", "If-None-Match": "{}"}, 304),
        ({}, 200),
    ],
)
def test_an_answer_goes_by_its_conditions(client: FlaskClient, condition: dict[str, str], status: int) -> None:
    whole = client.get("/v1/site")
    tag = whole.headers["ETag"]
    answer = client.get("/v1/site", headers={name: text.format(tag) for name, text in condition.items()})
    assert answer.status_code == status
    assert bool(answer.data) == (status != 304)
    kept = ("ETag", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")
    assert [answer.headers[name] for name in kept] == [whole.headers[name] for name in kept]
    assert ("Content-Type" in answer.headers) == (status != 304)


def test_an_answer_that_is_no_longer_the_one_meant_is_refused(client: FlaskClient) -> None:
    answer = client.get("/v1/site", headers={"If-Match": '"other"'})
    assert (answer.status_code, answer.content_type) == (412, "application/problem+json")
    assert answer.get_json() == {"title": "Precondition Failed", "status": 412}


def test_metrics_and_the_log_hold_no_path(client: FlaskClient) -> None:
    client.get("/v1/entities", query_string={"q": "甄虚构"})
    assert "甄虚构" not in client.get("/metrics").text


def test_a_packed_file_goes_to_readers_who_take_it(client: FlaskClient, tmp_path: Path) -> None:
    packed = gzip.compress(b"export {}")
    (tmp_path / "web/assets/host-1a2b.js.gz").write_bytes(packed)
    (tmp_path / "web/assets/host-1a2b.js.br").write_bytes(b"smaller")
    smaller = client.get("/assets/host-1a2b.js", headers={"Accept-Encoding": "gzip, deflate, br"})
    taken = client.get("/assets/host-1a2b.js", headers={"Accept-Encoding": "gzip, br;q=0"})
    plain = client.get("/assets/host-1a2b.js", headers={"Accept-Encoding": "identity"})
    assert (taken.headers["Content-Encoding"], taken.mimetype, taken.data) == ("gzip", "text/javascript", packed)
    assert ("Content-Encoding" in plain.headers, plain.mimetype, plain.data) == (False, "text/javascript", b"export {}")
    assert (smaller.headers["Content-Encoding"], smaller.data) == ("br", b"smaller")
    for answer in (smaller, taken, plain):
        assert answer.headers["Vary"] == "Accept-Encoding"
        answer.close()


def test_the_map_s_first_questions_are_named_on_its_own_page_only(client: FlaskClient, tmp_path: Path) -> None:
    empty = '<meta name="early" content="">'
    (tmp_path / "web/index.html").write_text(DOCUMENT + empty)
    assert '<meta name="early" content="/v1/site /v1/areas/130108">' in client.get("/?area=130108").text
    assert empty in client.get("/entities/detail").text
