"""A newcomer's way into the console of the demo's court."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.courts.demo_desk import COURT
from tests.integration.courts.arrival import Browser, browser
from tests.integration.desk import Console
from tests.integration.register import Register

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    connection.execute("UPDATE register.court SET code = %s WHERE id = %s", (COURT, register.courts[0]))
    register.insert("import_file", name="demo", sha256=b"d", source="demo", counts="{}")
    return Console(register, connection)


def _desk(console: Console) -> Any:
    return console.app.test_cli_runner().invoke(args=["demo", "desk"])


def _sign_in(console: Console, printed: str, login: str) -> Browser:
    found = re.search(rf"{login}\t.*\n  密码 password  (\S+)\n.*  现在的验证码 code now  (\d+)", printed)
    assert found, printed
    one = browser(console)
    assert one.enter(login, found[1]).status_code == 303
    assert one.code(found[2]).status_code == 303
    return one


def test_each_invented_officer_gets_in_by_what_is_printed_and_anew_each_time(console: Console) -> None:
    printed = _desk(console)
    assert printed.exit_code == 0, printed.output
    former = {login: _sign_in(console, printed.output, login) for login in ("demo-clerk", "demo-auditor")}
    assert former["demo-auditor"].get("/court/settings/audit/?sort=sequence").status_code == 200
    again = _desk(console)
    assert former["demo-clerk"].get("/court/approvals").location.startswith("/court/sign-in")
    _sign_in(console, again.output, "demo-approver")


def test_it_lets_nobody_in_beside_real_officers_without_demo_or_from_elsewhere(console: Console) -> None:
    real = console.register.officer(console.register.courts[0], "li.hua", "clerk")
    refused = _desk(console)
    assert refused.exit_code == 1
    assert "invented officers" in refused.output
    console.connection.execute("UPDATE register.officer SET active = false WHERE id = %s", (real,))
    assert _desk(console).exit_code == 0
    object.__setattr__(console.app.extensions["settings"], "host", "0.0.0.0")  # noqa: S104
    assert "one machine only" in _desk(console).output
    object.__setattr__(console.app.extensions["settings"], "host", "127.0.0.1")
    console.connection.execute("DELETE FROM register.import_file WHERE source = 'demo'")
    assert _desk(console).exit_code == 1
