"""Tips that phones file, and the inbox of the console that lists them."""

from __future__ import annotations

import csv
import io
from typing import Any

from tests.integration.filing_world import Phone, World
from tests.integration.tips.seats import Seat

SECRET = "一辆虚构的车停在院内"


def file_tip(world: World, phone: Phone | None = None, **more: Any) -> tuple[Phone, int]:
    phone = phone or world.phone()
    answer = world.file(phone.seal(SECRET, kind="vehicle", **more))
    assert answer.status_code == 201, answer.text
    return phone, int(answer.get_json()["number"])


def row_of(seat: Seat, number: int, query: str = "") -> list[str]:
    text = seat.get(f"/tips/?csv=1{query}").text.removeprefix("\ufeff")
    [row] = [row for row in csv.reader(io.StringIO(text)) if row[0] == str(number)]
    return row
