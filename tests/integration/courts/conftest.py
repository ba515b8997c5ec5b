from __future__ import annotations

from tests.integration.areas.conftest import client, fictional

__all__ = ["client", "fictional"]
