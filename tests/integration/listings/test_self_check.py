"""Whoever an import brought finds themselves, whether the file held the mask or, in `full_id`, the whole number."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backend.app import create_app
from backend.config import Settings
from backend.core import proof
from backend.listings.domain.identifiers import mask_form
from tests.integration.listings.lists import COURTS, Importer, person
from tests.integration.visitors_of import solve
from tests.unit.listings.factories import fictional_id

NUMBER = fictional_id(date(1983, 4, 17), 604)


@pytest.fixture(autouse=True)
def _easy_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "MAX_NUMBER", 20)


def ask(importer: Importer, name: str, mask: str, **environment: str) -> Any:
    var = str(importer.settings.var_dir)
    client = create_app(Settings.from_environment({"VAR_DIR": var, **environment}), importer.database).test_client()
    challenge = solve(client.get("/v1/challenge?for=self-check").get_json())
    body = {"court": COURTS[0].id, "mask_form": mask, "name": name, "challenge": challenge}
    return client.post("/v1/self-check", json=body)


def test_an_imported_person_is_found(importer: Importer) -> None:
    rows = [
        person(1, cardNum=mask_form(NUMBER)),
        person(2, iname="錢示例", cardNum="", full_id=NUMBER),
        person(3, cardNum="X1234567"),
    ]
    importer.take(rows)
    for name, found in ((rows[0]["iname"], 1), ("钱 示例", 1), (rows[2]["iname"], 0)):
        answer = ask(importer, name, mask_form(NUMBER)).get_json()
        assert (len(answer["items"]), answer["comparable"], answer["of"]) == (found, 2, 3)


def test_a_server_without_the_key_of_the_imports_says_so(importer: Importer) -> None:
    row = person(1)
    importer.take([row])
    assert ask(importer, row["iname"], row["cardNum"], IDENTITY_KEY="5a" * 32).status_code == 503
    assert len(ask(importer, row["iname"], row["cardNum"]).get_json()["items"]) == 1
