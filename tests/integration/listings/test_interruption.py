from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.config import ROOT
from tests.integration.listings.lists import Importer, person, snapshot

Register = psycopg.Connection[DictRow]
# A test run in the background of a shell ignores Ctrl-C, and so would its child.
_CHILD = """
import signal
import sys
from pathlib import Path
from backend.config import Settings
from backend.core.db import Database
from backend.listings.importing import Options, Progress
from backend.listings.mapping import load_mapping
from backend.listings.service import import_file
signal.signal(signal.SIGINT, signal.default_int_handler)
settings = Settings.from_environment()
def say(text):
    print(text, flush=True)
summary = import_file(
    Database(settings.database_url), settings, Path(sys.argv[1]), Options(load_mapping()),
    Progress(advance=lambda position: say("reading") if position else None, say=say),
)
print("done", summary.new, flush=True)
"""


def wait_until_alone(register: Register) -> None:
    """A killed client's server process goes on until it next looks at its connection; those of this process rest."""
    for _ in range(600):
        others = register.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND state <> 'idle'"
        ).fetchall()
        if not others:
            return
        time.sleep(0.1)
    raise AssertionError("the server process never ended")


def wait_until_held(register: Register) -> None:
    """Until a statement of another connection waits for the brake."""
    for _ in range(600):
        if register.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchall():
            return
        time.sleep(0.1)
    raise AssertionError("nothing ever waited")


# The first brake stops the end of the file, the second a chunk that goes in while the rest is still read.
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("during", "brake_on"),
    [
        ("reading", "register.court IN SHARE MODE"),
        ("Applying", "register.court IN SHARE MODE"),
        ("reading", "register.withheld_text IN ACCESS EXCLUSIVE MODE"),
    ],
)
def test_an_interrupted_import_leaves_the_database_as_it_was(
    importer: Importer, register: Register, how: signal.Signals, during: str, brake_on: str
) -> None:
    importer.take([person(1), person(2)])
    before = snapshot(register)
    rows = [person(number, duty="支付2元") for number in range(1, 6001)]
    path = importer.write(rows, "large.json")
    environment = {
        **os.environ, "DATABASE_URL": importer.database.url, "VAR_DIR": str(importer.settings.var_dir),
    }  # fmt: skip
    # Held until the end, so that a child that outran the signal could not commit.
    with psycopg.connect(importer.database.url) as brake:
        brake.execute(f"LOCK TABLE {brake_on}")
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert child.stdout is not None
        with child.stdout:
            assert any(during in line for line in child.stdout)
            if "withheld_text" in brake_on:
                wait_until_held(register)
            child.send_signal(how)
            assert not any(line.startswith("done") for line in child.stdout)
        assert child.wait(60) != 0
        brake.rollback()
    wait_until_alone(register)
    assert snapshot(register) == before


def test_the_same_import_left_alone_does_change_it(importer: Importer, register: Register) -> None:
    importer.take([person(1), person(2)])
    before = snapshot(register)
    environment = {**os.environ, "DATABASE_URL": importer.database.url, "VAR_DIR": str(importer.settings.var_dir)}
    path = importer.folder / "one.json"
    path.write_text(json.dumps([person(3)]), "utf-8")
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert "done 1" in child.stdout
    assert snapshot(register) != before
