"""The page of one entity, as a reader asks for it."""

from __future__ import annotations

import uuid
from typing import Any

from flask.testing import FlaskClient


def detail(client: FlaskClient, entity: uuid.UUID) -> dict[str, Any]:
    answer = client.get(f"/v1/entities/{entity}")
    assert answer.status_code == 200
    return answer.get_json()  # type: ignore[no-any-return]
