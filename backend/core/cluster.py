"""The embedded database: a PostgreSQL cluster of this clone's own, for the demo and the tests.

Its pointer file (`var/cluster.json`, or another name for the tests) says where the data lie and which port and
password the cluster was started with. PostgreSQL refuses to run as root; started by root, the server runs as the
`postgres` user and its data lie in that user's home, since `/root` is closed to it.
"""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psycopg

from backend.core.errors import OperatorError

DATABASE = "court_listings"
_SERVER_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "512MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    # Every query here is short; compiling them costs more than it saves.
    "jit": "off",
}


@dataclass(frozen=True)
class Pointer:
    """What `cluster.json` holds: the clone it belongs to, where the data lie, and how to connect."""

    clone: str
    data: str
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{DATABASE}"


@dataclass(frozen=True)
class Cluster:
    """One embedded cluster, named by its pointer file.

    Attributes:
        settings: go before those of every embedded cluster.
        port: None for any that is free at each start.
    """

    pointer_file: Path
    durable: bool = True
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int | None = None

    def running_url(self) -> str | None:
        """Address of the cluster if it runs now, else None."""
        pointer = self._pointer()
        return pointer.url if pointer and self._runs(pointer) else None

    def start(self) -> str:
        """Make the cluster if there is none, start it if it does not run, and return its address.

        Raises:
            OperatorError: PostgreSQL is not installed, or its own programs fail.
        """
        if not _SERVER_PROGRAMS:
            raise OperatorError("PostgreSQL is not installed: apt-get install postgresql-15-postgis-3.")
        pointer = self._pointer() or self._initialise()
        if self._runs(pointer):
            return pointer.url
        with _held_port(self.port) as port:
            pointer = Pointer(pointer.clone, pointer.data, port, pointer.password)
            self._save(pointer)
            self._run(pointer)
        _create_database(pointer)
        return pointer.url

    def _run(self, pointer: Pointer) -> None:
        settings = {**_SETTINGS, **self.settings, "port": str(pointer.port)}
        if not self.durable:
            settings |= {"fsync": "off", "full_page_writes": "off"}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = f"{pointer.data}/server.log"
        _run_as_server([_program("pg_ctl"), "-D", pointer.data, "-l", log, "-w", "-t", "60", "-o", options, "start"])

    def stop(self) -> None:
        """Stop the cluster if it runs; sessions still open are ended."""
        pointer = self._pointer()
        if pointer and self._runs(pointer):
            _run_as_server([_program("pg_ctl"), "-D", pointer.data, "-m", "fast", "-w", "-t", "60", "stop"])

    def remove(self) -> None:
        """Stop the cluster and delete its data and its pointer."""
        self.stop()
        pointer = self._pointer()
        if pointer:
            shutil.rmtree(pointer.data, ignore_errors=True)
            self.pointer_file.unlink()

    def _pointer(self) -> Pointer | None:
        try:
            pointer = Pointer(**json.loads(self.pointer_file.read_text("utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            raise OperatorError(f"{self.pointer_file} is damaged: delete it to make a new, empty database.") from None
        copied = pointer.clone != str(self.pointer_file.parent.resolve())  # a copied clone must not share the data
        return None if copied or not Path(pointer.data, "PG_VERSION").exists() else pointer

    def _save(self, pointer: Pointer) -> None:
        self.pointer_file.parent.mkdir(parents=True, exist_ok=True)
        partial = self.pointer_file.with_suffix(".partial")
        partial.touch(mode=0o600)
        partial.write_text(json.dumps(asdict(pointer)), "utf-8")
        partial.replace(self.pointer_file)

    def _runs(self, pointer: Pointer) -> bool:
        status = _run_as_server([_program("pg_ctl"), "-D", pointer.data, "status"], check=False)
        return status.returncode == 0

    def _initialise(self) -> Pointer:
        pointer = Pointer(
            str(self.pointer_file.parent.resolve()), str(self._data_directory()), 0, secrets.token_urlsafe(24)
        )
        shutil.rmtree(pointer.data, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", suffix=".password") as password_file:
            password_file.write(pointer.password)
            password_file.flush()
            _give_to_server(Path(password_file.name))
            _run_as_server(
                [_program("initdb"), "-D", pointer.data, "-U", "postgres", "--auth=scram-sha-256"]
                + [f"--pwfile={password_file.name}", "--encoding=UTF8", "--locale=C.UTF-8"]
                + ([] if self.durable else ["--no-sync"])
            )
        self._save(pointer)
        return pointer

    def _data_directory(self) -> Path:
        if os.geteuid() != 0:
            return self.pointer_file.with_suffix("").resolve()
        clone = hashlib.sha256(str(self.pointer_file.resolve()).encode()).hexdigest()[:12]
        parent = Path(_server_user().pw_dir) / "court-listings-map"
        parent.mkdir(mode=0o700, exist_ok=True)
        _give_to_server(parent)
        return parent / clone


def _program(name: str) -> str:
    return str(_SERVER_PROGRAMS[-1] / name)


def _server_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise OperatorError("There is no postgres user: apt-get install postgresql-15-postgis-3.") from None


def _give_to_server(path: Path) -> None:
    if os.geteuid() == 0:
        user = _server_user()
        os.chown(path, user.pw_uid, user.pw_gid)


def _run_as_server(command: Sequence[str], *, check: bool = True) -> subprocess.CompletedProcess[str]:
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open in the server that pg_ctl leaves behind
        done = subprocess.run(
            [*as_user, *command], stdout=output, stderr=output, stdin=subprocess.DEVNULL, text=True, cwd="/",
            start_new_session=True,
        )  # fmt: skip
        output.seek(0)
        message = output.read().strip()
    if check and done.returncode != 0:
        last = message.splitlines()[-1] if message else "no message"
        raise OperatorError(f"PostgreSQL's {Path(command[0]).name} failed: {last}")
    return done


@contextmanager
def _held_port(wanted: int | None) -> Iterator[int]:
    """A port that nobody else is given before the server listens there, which it may: it reuses addresses."""
    with socket.socket() as holder:
        if wanted is None:
            holder.bind(("127.0.0.1", 0))
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        yield wanted or holder.getsockname()[1]


def _create_database(pointer: Pointer) -> None:
    maintenance = pointer.url.removesuffix(DATABASE) + "postgres"
    with psycopg.connect(maintenance, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            connection.execute(f'CREATE DATABASE "{DATABASE}"')
