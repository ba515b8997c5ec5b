"""Ids as addresses carry them."""

from __future__ import annotations

from uuid import UUID


def parse_uuid(text: str) -> UUID | None:
    """An id as this program writes it; None for anything else (`UUID` also takes braces and URNs)."""
    try:
        known = UUID(text)
    except ValueError:
        return None
    return known if str(known) == text.lower() else None
