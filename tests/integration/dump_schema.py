"""`make schema`: dumps what the migrations make into sql/schema.sql, which reviewers read and a test compares."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from backend.config import ROOT
from backend.core.cluster import Cluster
from backend.core.migrations import migrate

SCHEMA_FILE = ROOT / "sql" / "schema.sql"
# Lines that differ from run to run or from minor version to minor version.
_UNSTABLE = ("\\restrict", "\\unrestrict", "-- Dumped", "SET ", "SELECT pg_catalog.set_config")


def dump(url: str) -> str:
    """The schemas `register`, `serving`, `audit` and `sealed` as pg_dump writes them, privileges included."""
    command = [
        "pg_dump",
        "--schema-only",
        "--schema=register",
        "--schema=serving",
        "--schema=audit",
        "--schema=sealed",
        url,
    ]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line for line in text.splitlines() if not line.startswith(_UNSTABLE)]
    blank_once = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(blank_once).strip() + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder) / "cluster.json", durable=False)
        try:
            url = cluster.start()
            migrate(url)
            SCHEMA_FILE.write_text(dump(url), "utf-8")
        finally:
            cluster.remove()
    print(SCHEMA_FILE.relative_to(ROOT))


if __name__ == "__main__":
    main()
