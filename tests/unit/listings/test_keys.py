"""The key of an installation's hashes, and what is derived from it."""

from __future__ import annotations

from pathlib import Path

from backend.core.keys import Keys
from backend.listings.keys import identity_key


def test_the_first_import_goes_on_with_the_key_under_which_officers_have_signed_in(tmp_path: Path) -> None:
    """With another one their sealed codes would open no more."""
    before = Keys(None, tmp_path).of("officer-totp")
    key = identity_key(None, tmp_path / "identity.key", None, make=True)
    assert Keys(None, tmp_path).of("officer-totp") == before
    assert Keys(None, tmp_path).identity() == key


def test_where_nobody_has_signed_in_the_key_is_the_imports_own(tmp_path: Path) -> None:
    other = tmp_path / "other"
    keys = [identity_key(None, folder / "identity.key", None, make=True) for folder in (tmp_path, other)]
    assert keys[0] != keys[1]
    assert not (tmp_path / "serving.key").exists()
