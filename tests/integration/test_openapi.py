"""What the OpenAPI text says against what the routes take and answer."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

# Every answer has them; they are told nowhere.
EVERYWHERE = {
    "Content-Type", "Content-Length", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
    "Cross-Origin-Opener-Policy", "Permissions-Policy",
}  # fmt: skip
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def paths(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/v1/openapi.json").get_json()["paths"]
    return found


def test_every_parameter_that_is_read_is_told(app: Flask, paths: dict[str, Any]) -> None:
    read = 0
    for rule in app.url_map.iter_rules():
        arguments = getattr(app.view_functions[rule.endpoint], "_apidoc", {}).get("arguments", {})
        queries = [part for part in arguments.get("parameters", []) if part.get("in") == "query"]
        fields = {field.data_key or name for part in queries for name, field in part["schema"]().load_fields.items()}
        told = paths[rule.rule.replace("<", "{").replace(">", "}")]["get"] if fields else {}
        assert fields <= {parameter["name"] for parameter in told.get("parameters", [])}, rule.rule
        read += len(fields)
    assert read > 30


@pytest.mark.parametrize(
    ("method", "template", "path"),
    [
        ("get", "/v1/site", ""),
        ("get", "/v1/areas", ""),
        ("get", "/v1/areas/{code}", "/v1/areas/99"),
        ("get", "/v1/grounds", ""),
        ("get", "/v1/courts", ""),
        ("get", "/v1/entities", ""),
        ("get", "/v1/entities/{entity_id}", f"/v1/entities/{NOBODY}"),
        ("get", "/v1/map/{z}/{x}/{y}.json", "/v1/map/5/26/12.json"),
        ("get", "/v1/map/{z}/{x}/{y}.mvt", "/v1/map/5/26/12.mvt"),
        ("get", "/v1/notices", ""),
        ("get", "/v1/changes", ""),
        ("get", "/v1/changes/listed", ""),
        ("get", "/v1/changes/key", ""),
        ("get", "/v1/challenge", "/v1/challenge?for=tips"),
        ("post", "/v1/self-check", ""),
        ("post", "/v1/tips/status", ""),
    ],
)
def test_every_status_and_header_of_an_answer_is_told(
    client: FlaskClient, paths: dict[str, Any], method: str, template: str, path: str
) -> None:
    told = paths[template][method]["responses"]
    for conditions in ({}, {"If-None-Match": "*"}, {"If-Match": '"other"'}):
        answer = client.open(path or template, method=method, headers=conditions)
        assert str(answer.status_code) in told
        usual = told[str(answer.status_code if answer.status_code != 304 else 200)].get("headers", {})
        errors = {"Cache-Control"} if answer.status_code >= 400 else set()
        assert set(answer.headers.keys()) - EVERYWHERE - errors <= set(usual)


def test_every_other_method_is_answered_with_those_there_are(client: FlaskClient, paths: dict[str, Any]) -> None:
    for path, methods in paths.items():
        address = path.replace("{", "").replace("}", "")
        for method in {"GET", "POST"} - {name.upper() for name in methods}:
            answer = client.open(address, method=method)
            assert (answer.status_code, answer.content_type) == (405, "application/problem+json"), path
            assert method not in answer.headers["Allow"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_an_unknown_path_is_not_found_by_any_method(client: FlaskClient, method: str) -> None:
    answer = client.open("/v1/nothing", method=method)
    assert (answer.status_code, answer.get_json()) == (404, {"title": "Not Found", "status": 404})
