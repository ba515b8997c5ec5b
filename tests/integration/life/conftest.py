from __future__ import annotations

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.clocks.service import store_clocks
from tests.integration.desk import Console, Seat
from tests.integration.life.parties import Court
from tests.integration.register import Register


@pytest.fixture
def court(register: Register) -> Court:
    return Court(register)


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    store_clocks(connection)
    return Console(register, connection)


@pytest.fixture
def clerk(console: Console) -> Seat:
    return console.seat("clerk")
