"""`flask --app backend demo serve`, which `make demo` runs: the whole product on one machine, in the foreground.

Steps that were done before are skipped, so that a second start takes seconds and loses nothing.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click
from flask import current_app

from backend.areas.service import load_areas
from backend.clocks.service import lacks_rows, load_clocks
from backend.config import DEFAULT_PORT, ROOT, Settings
from backend.core.cluster import Cluster
from backend.core.db import Database, load_queries
from backend.core.errors import OperatorError
from backend.core.jobs import STOP_SECONDS
from backend.core.migrations import migrate
from backend.courts.demo_keys import fill_demo_keys
from backend.courts.service import load_courts
from backend.listings.importing import Progress
from backend.listings.service import fill_demo

START_SECONDS = 60
# Most of them wait, if any, for what slow senders send (docs/adr/0035); granian starts them as they are needed.
THREADS = 512
# Else glibc keeps the memory of large bodies for each thread that once had one.
GIVE_BACK = {"MALLOC_MMAP_THRESHOLD_": "131072"}


@click.command("serve")
def serve() -> None:
    """Prepare what is missing, then serve everything until Ctrl-C."""
    settings: Settings = current_app.extensions["settings"]
    signal.signal(signal.SIGTERM, _stop)
    try:
        _refuse_taken_port(settings)
        with _database(settings) as url:
            database = Database(url)
            root_key = _prepare(settings, database)
            database.close()
            _serve_until_stopped(settings, {"DATABASE_URL": url, "ROOT_PUBLIC_KEY": root_key})
    except KeyboardInterrupt:
        click.echo("\nStopped.")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _refuse_taken_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise OperatorError(
                f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}): try another, "
                f"e.g. make demo PORT={settings.port + 123}."
            ) from None


@contextmanager
def _database(settings: Settings) -> Iterator[str]:
    """DATABASE_URL, or the embedded cluster for as long as anything in this clone uses it."""
    if settings.database_url:
        click.echo("Database: the server of DATABASE_URL")
        yield settings.database_url
        return
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(settings.var_dir / "cluster.json")
    with Path(settings.var_dir, "cluster.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        click.echo("Database: starting this clone's own PostgreSQL")
        try:
            yield cluster.start()
        finally:
            if _is_last_user(lock.fileno()):
                cluster.stop()


def _is_last_user(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _prepare(settings: Settings, database: Database) -> str:
    """Do what is missing; the public half of the root that server and pages trust."""
    click.echo("Schema: migrating")
    migrate(database.url)
    held = find_held(database)
    if not held["areas"]:
        load_areas(settings, database)
    if not held["courts"]:
        load_courts(database)
    # An operator's own rows lie in a server of theirs; the clone's own database gets what a version brings.
    if not settings.database_url or lacks_rows(database):
        load_clocks(database)
    _fill_demo(settings, database, held["demo_listings"])
    root_key = settings.filings.root_public_key
    if not root_key:
        root_key = fill_demo_keys(database, settings.var_dir)
        click.echo(f"Keys: the demo's own, with their phrases in {settings.var_dir / 'demo-keys.json'}")
    _build_pages(settings, root_key)
    return root_key


def find_held(database: Database) -> dict[str, Any]:
    """Which parts of what is loaded once, or once more after an update, the database holds."""
    with database.transaction("operator") as connection:
        held: dict[str, Any] = load_queries(__file__).find_held(connection)
        return held


def _fill_demo(settings: Settings, database: Database, held: int) -> None:
    # A larger DEMO_LISTINGS than before replaces the invented records; nothing else ever does.
    more = 0 < held < settings.demo_listings and bool(os.environ.get("DEMO_LISTINGS"))
    with click.progressbar(length=settings.demo_listings, label="Demo data", file=sys.stderr) as bar:
        progress = Progress(lambda position: bar.update(position - bar.pos), lambda text: click.echo(text, err=True))
        filled = fill_demo(settings, database, settings.demo_listings, again=more, progress=progress)
    click.echo(f"Demo data: {filled:,} fictional listings filled in" if filled else "Demo data: left as they are")


def _build_pages(settings: Settings, root_key: str) -> None:
    click.echo("Pages: building")
    var = settings.var_dir.resolve()
    _build(ROOT / "miniprogram", {"WEB_OUT": str(var / "web"), "ROOT_PUBLIC_KEY": root_key})
    _build(ROOT / "backend" / "static", {"CONSOLE_OUT": str(var / "console"), "ROOT_PUBLIC_KEY": root_key})


def _build(project: Path, environment: dict[str, str]) -> None:
    command = ["npm", "run", "build", "--silent"]
    try:
        done = subprocess.run(command, cwd=project, env={**os.environ, **environment}, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise OperatorError("npm is not installed: apt-get install nodejs npm.") from None
    if done.returncode != 0:
        raise OperatorError("The pages could not be built; npm's own words are above.")


def _serve_until_stopped(settings: Settings, environment: dict[str, str]) -> None:
    programs = Path(sys.executable).parent
    command = [str(programs / "granian"), "--interface", "wsgi", "--factory", "backend:create_app"]
    command += ["--host", settings.host, "--port", str(settings.port), "--workers", "1"]
    # No line for each request: those of a filing would date it and name an address.
    # Nor a warning that there are many threads for the machine's cores.
    command += ["--blocking-threads", str(THREADS), "--log-level", "error", "--no-access-log"]
    started = {"server": _start(command, environment | GIVE_BACK)}
    try:
        started["worker"] = _start(
            [str(programs / "flask"), "--app", "backend", "jobs", "work", "--quiet"], environment
        )
        _wait_until_ready(settings, started["server"])
        _say_where(settings)
        _wait_for_one(started)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _stop_all(list(started.values()))


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # Its own session: Ctrl-C reaches this process, which then stops what it started before the database.
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True)


def _wait_for_one(started: dict[str, subprocess.Popen[bytes]]) -> None:
    while True:
        for name, process in started.items():
            code = process.poll()
            if code is not None:
                raise OperatorError(f"The {name} ended by itself with code {code}.")
        time.sleep(0.5)


def _stop_all(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS + 2
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_until_ready(settings: Settings, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{_address(settings)}readyz", timeout=5):  # noqa: S310  # our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise OperatorError("The server did not become ready; its own words are above.")


def _address(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104  # compared, not bound
    return f"http://{host}:{settings.port}/"


def _say_where(settings: Settings) -> None:
    address = _address(settings)
    port = f"PORT={settings.port} " if settings.port != DEFAULT_PORT else ""
    click.echo(
        f"\n打开 / Open  {address}\n"
        f"接口 / API   {address}v1/docs\n"
        # A passkey belongs to a name, not to a number.
        f"工作台 / Court console   http://localhost:{settings.port}/court\n"
        f"  登录 / sign in, in a second terminal: {port}.venv/bin/flask --app backend demo desk\n"
        "演示数据,请勿与真实名单混用;清除:.venv/bin/flask --app backend demo clear\n"
        "Demo data: never mix it with a real list; clear it with the same command. Ctrl-C stops everything."
    )
