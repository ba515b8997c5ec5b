from __future__ import annotations

import pytest

from tests.integration.life.parties import Court
from tests.integration.register import Register


@pytest.fixture
def court(register: Register) -> Court:
    return Court(register)
