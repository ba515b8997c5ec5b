"""Somebody who looks for themselves, and the people whom they could find."""

from __future__ import annotations

import json
import uuid
from typing import Any

from werkzeug.test import TestResponse

from backend.core.identities import IdentityHasher
from backend.core.names import fold
from tests.integration.register import Register
from tests.integration.visitors_of import HOME, Site

KEY = bytes.fromhex("5a" * 32)
NAME, MASK = "甄试查", "9999991985****0013"


def person(register: Register, name: str = NAME, mask: str | None = MASK, source: str = "court") -> uuid.UUID:
    """A person whose identity is hashed as an import does; without a mask, one who cannot be compared."""
    entity = register.entity(name, source=source)
    parts = (source, "person", fold(name), mask or "")
    register.connection.execute(
        "UPDATE register.entity SET identity_key = %s, has_identifier = %s WHERE id = %s",
        (IdentityHasher(KEY).digest(parts), mask is not None, entity),
    )
    return entity


def ask(site: Site, register: Register, address: str = HOME, **changes: Any) -> TestResponse:
    body = {"court": str(register.courts[0]), "mask_form": MASK, "name": NAME, **changes}
    if "challenge" not in body:
        body["challenge"] = site.proof("self-check", address)
    data = json.dumps(body)  # in ASCII, so that half a character can be sent too
    return site.client.post(
        "/v1/self-check", data=data, content_type="application/json", environ_overrides={"REMOTE_ADDR": address}
    )


def answer(site: Site, register: Register, **changes: Any) -> dict[str, Any]:
    found = ask(site, register, **changes)
    assert found.status_code == 200, found.text
    return found.get_json()  # type: ignore[no-any-return]


def pointers(refused: TestResponse) -> list[str]:
    assert refused.status_code == 422, refused.text
    return [error["pointer"] for error in refused.get_json()["errors"]]


def identity() -> bytes:
    return IdentityHasher(KEY).digest(("court", "person", fold(NAME), MASK))
