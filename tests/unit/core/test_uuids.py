from __future__ import annotations

from uuid import UUID

import pytest

from backend.core.uuids import parse_uuid

SOMEBODY = "82070b30-a206-5203-9199-1e31f50ea89d"


@pytest.mark.parametrize("text", [SOMEBODY, SOMEBODY.upper()])
def test_an_id_is_read_as_it_is_written(text: str) -> None:
    assert parse_uuid(text) == UUID(SOMEBODY)


@pytest.mark.parametrize(
    "text",
    ["", "1", "x", "\0", SOMEBODY[:-1], f"{{{SOMEBODY}}}", f"urn:uuid:{SOMEBODY}", SOMEBODY + "\n", "0" * 32],
)
def test_no_other_form_of_it_is_an_id(text: str) -> None:
    assert parse_uuid(text) is None


def test_digits_of_other_scripts_are_no_id() -> None:
    assert parse_uuid(SOMEBODY.replace("8", "\uff18")) is None
