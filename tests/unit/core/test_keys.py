from __future__ import annotations

from pathlib import Path

import pytest

from backend.core.errors import OperatorError
from backend.core.keys import Keys

HEX = "5a" * 32


def test_every_purpose_has_a_key_of_its_own(tmp_path: Path) -> None:
    keys = Keys(HEX, tmp_path)
    made = {keys.of(purpose) for purpose in ("visitor", "challenge", "cursor", "address")}
    assert len(made) == 4
    assert bytes.fromhex(HEX) not in made
    assert Keys(HEX, tmp_path).of("visitor") == keys.of("visitor")
    assert Keys("5b" * 32, tmp_path).of("visitor") != keys.of("visitor")


def test_the_identity_key_of_the_installation_is_used(tmp_path: Path) -> None:
    (tmp_path / "identity.key").write_text(HEX + "\n")
    assert Keys(None, tmp_path).of("cursor") == Keys(HEX, tmp_path / "none").of("cursor")
    assert not (tmp_path / "serving.key").exists()


def test_without_one_a_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = Keys(None, tmp_path / "var").of("cursor")
    assert Keys(None, tmp_path / "var").of("cursor") == first
    assert Keys(None, tmp_path / "other").of("cursor") != first
    [made] = (tmp_path / "var").iterdir()
    assert made.stat().st_mode & 0o777 == 0o600


def test_no_key_is_made_before_it_is_asked_for(tmp_path: Path) -> None:
    Keys(None, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "x", "5a" * 31, "zz" * 32])
def test_a_malformed_key_ends_with_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "identity.key").write_text(text)
    with pytest.raises(OperatorError, match="64 hex digits"):
        Keys(None, tmp_path).of("cursor")
