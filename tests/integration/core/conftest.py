from __future__ import annotations

import pytest

from tests.integration.core.counting import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()
