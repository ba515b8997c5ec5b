from __future__ import annotations

from pathlib import Path

import pytest

from backend.core.errors import OperatorError
from backend.core.filings.cert_key import make_cert_key, read_cert_key


def test_a_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "cert.key"
    seed = make_cert_key(path)
    assert len(seed) == 32
    assert make_cert_key(path) == read_cert_key(path) == seed
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_missing_or_damaged_key_is_never_made_up(tmp_path: Path) -> None:
    path = tmp_path / "cert.key"
    with pytest.raises(OperatorError):
        read_cert_key(path)
    path.write_text("x\n")
    with pytest.raises(OperatorError):
        make_cert_key(path)
