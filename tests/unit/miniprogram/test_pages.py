"""What the pages decide without a screen, tested by Node's own runner; each file is one test here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

FILES = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nodes_runner_passes(file: Path) -> None:
    done = subprocess.run(["node", "--test", str(file)], capture_output=True, text=True, cwd=file.parent)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "# fail 0" in done.stdout or "ℹ fail 0" in done.stdout
    assert "# pass 0" not in done.stdout


def test_there_are_files_to_run() -> None:
    assert len(FILES) >= 5
