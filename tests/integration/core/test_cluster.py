from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from backend.core.cluster import Cluster
from backend.core.errors import OperatorError


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return Cluster(tmp_path / "cluster.json", durable=False)


def test_a_cluster_keeps_its_data_from_start_to_start(cluster: Cluster) -> None:
    try:
        with psycopg.connect(cluster.start(), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        assert cluster.running_url() is not None
        cluster.stop()
        assert cluster.running_url() is None
        with psycopg.connect(cluster.start()) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    finally:
        cluster.remove()
    assert not cluster.pointer_file.exists()


def test_a_copied_clone_gets_a_cluster_of_its_own(cluster: Cluster, tmp_path: Path) -> None:
    copy = Cluster(tmp_path / "copy" / "cluster.json", durable=False)
    try:
        first = cluster.start()
        copy.pointer_file.parent.mkdir()
        copy.pointer_file.write_text(cluster.pointer_file.read_text())
        assert copy.running_url() is None
        assert copy.start() != first
        assert cluster.running_url() == first
    finally:
        copy.remove()
        cluster.remove()


def test_the_pointer_holds_a_password_and_is_private(cluster: Cluster) -> None:
    try:
        url = cluster.start()
        assert cluster.pointer_file.stat().st_mode & 0o077 == 0
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(url.replace("postgres:", "postgres:wrong", 1))
    finally:
        cluster.remove()


def test_a_damaged_pointer_is_named_in_one_sentence(cluster: Cluster) -> None:
    cluster.pointer_file.write_text("{")
    with pytest.raises(OperatorError, match=r"is damaged: delete it"):
        cluster.running_url()
