"""Which role holds which of a court's keys, and so opens what is sealed to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

KeyUse = Literal["sign", "box", "reward"]
# Keepers sign keys, clerks and approvers read, reward officers pay.
HOLDERS: Mapping[str, tuple[str, ...]] = {
    "sign": ("keeper",),
    "box": ("clerk", "approver"),
    "reward": ("reward_officer",),
}
