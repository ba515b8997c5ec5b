"""Every view of the console against every role and object, as `matrix.py` writes down."""

from __future__ import annotations

import hmac
import json
import re
import uuid
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from backend.clocks.service import store_clocks
from backend.core.approvals import register_steps
from backend.core.sessions import COOKIE, begin_session
from tests.integration.conftest import WITHOUT_LIMITS
from tests.integration.console.matrix import MATRIX, OPEN, PASSWORD, Row
from tests.integration.console.matrix_objects import ROLES, Caller
from tests.integration.console.matrix_things import ASSET, STEPS, THINGS, WITHOUT_OTHERS
from tests.integration.desk import Console
from tests.integration.register import Register

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow], tmp_path: Path) -> Console:
    store_clocks(connection)
    _build_asset(tmp_path / "console")
    made = Console(register, connection, {**WITHOUT_LIMITS, "VAR_DIR": str(tmp_path)})
    made.app.jinja_env.globals["asset_url"] = str  # pages name files that are not built here
    register_steps(made.app, STEPS + tuple(made.app.extensions["steps"].values()))
    return made


def _build_asset(root: Path) -> None:
    root.mkdir()
    (root / ASSET).write_text("")
    manifest = {"files": {ASSET: ASSET}, "chunks": [], "policies": {}}
    (root / "manifest.json").write_text(json.dumps(manifest))


ALL_BUT_KEEPER = tuple(role for role in ROLES if role != "keeper")


@dataclass(frozen=True)
class View:
    """One way to call a view."""

    rule: Rule
    method: str


def _views(console: Console) -> dict[str, View]:
    """Every view under /court by the name that its row has."""
    views = {}
    for rule in console.app.url_map.iter_rules():
        if f"{rule.rule}/".startswith("/court/"):
            methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            for method in methods:
                views[rule.endpoint if len(methods) == 1 else f"{rule.endpoint} {method}"] = View(rule, method)
    return views


class Visitor:
    """Somebody at the console, each time in a browser that knows nothing but the session."""

    def __init__(self, console: Console, role: str, *, proved: bool = True, roles: tuple[str, ...] = ()) -> None:
        self.console, self.role = console, role
        self.officer = console.register.officer(console.register.courts[0], f"v.{role}", *(roles or (role,)))
        with console.database.transaction("doorkeeper") as connection:
            self.token = begin_session(connection, self.officer, proved=proved, agent="test")

    @property
    def csrf(self) -> str:
        return hmac.new(self.token.encode(), b"form", sha256).hexdigest()

    def call(self, view: View, row: Row, thing: str = "", **more: Any) -> TestResponse:
        form = {"csrf": self.csrf, **row.form, **more.pop("form", {})}
        return _call(self.console, view, row, thing, token=self.token, form=form, **more)


def _call(
    console: Console, view: View, row: Row, thing: str, *, token: str = "", form: Any = (), headers: Any = ()
) -> TestResponse:
    client = console.app.test_client()
    if token:
        client.set_cookie(COOKIE, token, domain="localhost", secure=True)
    where: dict[str, Any] = {"base_url": "https://localhost", "headers": dict(headers), "buffered": True}
    address = _address(console, view, row, thing)
    if view.method == "GET":
        return client.get(address + (f"?{row.beside}={thing}" if row.beside else row.query), **where)
    said = dict(form)
    if row.json:
        where["headers"]["X-CSRF-Token"] = said.pop("csrf", "")
        body = json.dumps(said | ({row.beside: [int(thing)]} if row.beside else {}))
        return client.post(address, data=body, content_type="application/json", **where)
    return client.post(address, data=said | ({row.beside: thing} if row.beside else {}), **where)


def _address(console: Console, view: View, row: Row, thing: str) -> str:
    names = re.findall(r"<(?:[^:>]+:)?(\w+)>", view.rule.rule)
    values = {**dict(zip(names, thing.split("/"), strict=False)), **row.places}
    return console.app.url_map.bind("localhost").build(view.rule.endpoint, values, method=view.method)


def _own(console: Console, row: Row, officer: uuid.UUID, role: str) -> str:
    """An object that is there to be asked for; one that is not where none is made."""
    things = THINGS[row.thing](console, Caller(officer, role)) if row.thing else None
    return (things.own or things.unknown or "") if things else ""


def _between_them(console: Console) -> dict[bool, Visitor]:
    """Two who may use every view between them: nobody is keeper and approver in one."""
    return {
        False: Visitor(console, "every", roles=ALL_BUT_KEEPER),
        True: Visitor(console, "keeps", roles=tuple(role for role in ROLES if role != "approver")),
    }


def _one_of(between_them: dict[bool, Visitor], row: Row) -> Visitor:
    """Whichever may use a view."""
    return between_them["keeper" in row.roles and "approver" not in row.roles]


def _listed(wrong: list[Any]) -> str:
    return "\n".join(map(str, ["view, …, got, expected:", *wrong]))


def test_every_view_has_its_row_and_every_row_its_view(console: Console) -> None:
    views = _views(console)
    assert views.keys() - MATRIX.keys() == set(), "write down in matrix.py who may use these"
    assert MATRIX.keys() - views.keys() == set(), "there are no such views"
    assert {view.method for view in views.values()} == {"GET", "POST"}
    for name, view in views.items():
        row = MATRIX[name]
        assert bool(view.rule.arguments) == bool(row.thing and not row.beside), name


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_is_written_down_for_it_and_nothing_else(console: Console, role: str) -> None:
    visitor = Visitor(console, role)
    caller = Caller(visitor.officer, role)
    keeper = console.register.officer(console.register.courts[0], "another.keeper", "keeper")
    assert keeper
    wrong = []
    for name, view in _views(console).items():
        row = MATRIX[name]
        allowed = row.roles in (OPEN, PASSWORD) or role in row.roles
        with console.connection.transaction(force_rollback=True):
            things = dict(THINGS[row.thing](console, caller)) if row.thing else {"own": ""}
            for sort, thing in things.items():
                if thing is None:
                    continue
                with console.connection.transaction(force_rollback=True):
                    answer = visitor.call(view, row, thing)
                expected = {"own": row.own, "ended": row.ended}.get(sort, row.absent) if allowed else 403
                if answer.status_code != expected:
                    said = re.sub(r"\s+|<[^>]*>", " ", answer.text)[-300:]
                    wrong.append((name, sort, answer.status_code, expected, said))
    assert not wrong, _listed(wrong)


@pytest.mark.parametrize("name", sorted(name for name, row in MATRIX.items() if row.thing not in WITHOUT_OTHERS))
def test_another_courts_object_answers_word_for_word_like_none(console: Console, name: str) -> None:
    row, view = MATRIX[name], _views(console)[name]
    role = next(iter({*row.roles} & {*ROLES}), ROLES[0])
    visitor = Visitor(console, role)
    things = THINGS[row.thing](console, Caller(visitor.officer, role))
    other, unknown = (_heard(visitor.call(view, row, thing or ""), thing) for thing in (things.other, things.unknown))
    assert other == unknown
    assert other[0] == row.absent


def _heard(answer: TestResponse, thing: str | None) -> tuple[int, str, list[tuple[str, str]]]:
    """All that a caller hears: status, body and headers, but for the name that was asked for in where to go on."""
    headers = sorted(
        (name, value.replace(thing or "\0", "") if name == "Location" else value)
        for name, value in answer.headers
        if name != "Date"
    )
    return answer.status_code, answer.text, headers


def test_nobody_and_whoever_gave_only_a_password_are_led_to_sign_in(console: Console) -> None:
    half = Visitor(console, "half", proved=False, roles=ALL_BUT_KEEPER)
    wrong = []
    for name, view in _views(console).items():
        row = MATRIX[name]
        with console.connection.transaction(force_rollback=True):
            thing = _own(console, row, half.officer, "clerk")
            with console.connection.transaction(force_rollback=True):
                nobody = _call(console, view, row, thing, form=row.form)
            with console.connection.transaction(force_rollback=True):
                password = half.call(view, row, thing)
        to_sign_in = (nobody.status_code, (nobody.location or "").partition("?")[0]) == (303, "/court/sign-in")
        to_proof = (password.status_code, (password.location or "").partition("?")[0]) == (303, "/court/prove")
        if to_sign_in is (row.roles == OPEN) or to_proof is (row.roles in (OPEN, PASSWORD)):
            wrong.append((name, nobody.status_code, password.status_code))
    assert not wrong, _listed(wrong)


def test_what_asks_for_a_fresh_proof_takes_no_stale_one(console: Console) -> None:
    between_them = _between_them(console)
    console.connection.execute("UPDATE desk.session SET proved_at = proved_at - interval '11 minutes'")
    wrong = []
    for name, view in _views(console).items():
        row = MATRIX[name]
        with console.connection.transaction(force_rollback=True):
            every = _one_of(between_them, row)
            thing = _own(console, row, every.officer, "approver")
            with console.connection.transaction(force_rollback=True):
                answer = every.call(view, row, thing)
        led = answer.status_code == 303 and (answer.location or "").startswith("/court/prove")
        if led is not row.fresh:
            wrong.append((name, answer.status_code, answer.location))
    assert not wrong, _listed(wrong)


def test_no_change_is_made_from_elsewhere_or_without_the_forms_own_token(console: Console) -> None:
    between_them = _between_them(console)
    other = Visitor(console, "other", roles=ALL_BUT_KEEPER)
    assert console.register.officer(console.register.courts[0], "another.keeper", "keeper")
    changes = {name: view for name, view in _views(console).items() if view.method == "POST"}
    assert len(changes) > 20
    wrong = []
    for name, view in changes.items():
        row = MATRIX[name]
        with console.connection.transaction(force_rollback=True):
            every = _one_of(between_them, row)
            thing = _own(console, row, every.officer, "approver")
            strange = {
                "without": every.call(view, row, thing, form={"csrf": ""}),
                "what is not ASCII": every.call(view, row, thing, form={"csrf": "jeton é"}),
                "another session's": every.call(view, row, thing, form={"csrf": other.csrf}),
                "cross-site": every.call(view, row, thing, headers={"Sec-Fetch-Site": "cross-site"}),
                "same-site": every.call(view, row, thing, headers={"Sec-Fetch-Site": "same-site"}),
                "nobody's, cross-site": _call(
                    console, view, row, thing, form=row.form, headers={"Sec-Fetch-Site": "cross-site"}
                ),
                "nobody's, other origin": _call(
                    console, view, row, thing, form=row.form, headers={"Origin": "https://evil.example"}
                ),
            }
            wrong += [(name, how, got.status_code) for how, got in strange.items() if got.status_code != 403]
            # the control: the same, from here, with its token
            taken = every.call(view, row, thing, headers={"Sec-Fetch-Site": "same-origin"})
            if taken.status_code == 403 != row.own:
                wrong.append((name, "from here", 403))
    assert not wrong, _listed(wrong)


def test_no_field_takes_what_the_database_cannot_hold(console: Console) -> None:
    between_them = _between_them(console)
    for name, view in _views(console).items():
        row = MATRIX[name]
        if view.method != "POST" or not row.form:
            continue
        with console.connection.transaction(force_rollback=True):
            every = _one_of(between_them, row)
            thing = _own(console, row, every.officer, "approver")
            for field in [field for field, value in row.form.items() if isinstance(value, str)]:
                # half of a character is what JSON alone can spell
                for text in ("a\0b", "a\ud800b") if row.json else ("a\0b",):
                    with console.connection.transaction(force_rollback=True):
                        assert every.call(view, row, thing, form={field: text}).status_code == 422, (name, field)
