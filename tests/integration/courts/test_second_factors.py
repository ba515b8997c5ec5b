"""Making, showing and losing second factors, through the pages."""

from __future__ import annotations

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import DictRow
from pyotp import TOTP

from backend.core import clock
from backend.core.db import Database
from backend.core.keys import Keys
from backend.courts import sign_in, sign_in_codes, sign_in_passkeys
from backend.courts.sign_in import hand_out_password
from backend.courts.sign_in_delays import Subjects, TooManyTries, begin_try
from tests.integration.conftest import WITH_LIMITS
from tests.integration.courts.arrival import PASSWORD, SECRET, Browser, browser, code_of, newcomer
from tests.integration.courts.authenticator import Authenticator
from tests.integration.desk import Console
from tests.integration.register import Register

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    return Console(register, connection, WITH_LIMITS)


def _is_in(one: Browser) -> bool:
    return one.get("/court/approvals").status_code == 200


def _arrive(console: Console) -> tuple[str, Browser]:
    """Somebody with a password and nothing else, led to making a second factor."""
    _, login = newcomer(console, factor=False)
    one = browser(console)
    one.enter(login)
    assert one.get("/court/prove").location == "/court/account/second-factor"
    assert one.get("/court/account/second-factor").status_code == 200
    return login, one


def _codes_of(page: str) -> list[str]:
    return re.findall(r"<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})</code>", page)


def _options(one: Browser, path: str) -> dict[str, object]:
    answer = one.post(path)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)  # type: ignore[no-any-return]


def _with_passkey(console: Console) -> tuple[str, Browser, Authenticator, list[str]]:
    login, one = _arrive(console)
    key = Authenticator()
    made = key.create(_options(one, "/court/account/passkeys/options"))
    codes = _codes_of(one.post("/court/account/passkeys", credential=made, label="办公室").text)
    return login, one, key, codes


def test_the_first_factor_makes_the_session_whole_under_a_new_token(console: Console) -> None:
    login, one = _arrive(console)
    former = one.token
    assert not _is_in(one)
    one.get("/court/account/second-factor")
    assert one.post("/court/account/totp").location == "/court/account/totp"
    page = one.get("/court/account/totp").text
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    secret = found[1].replace(" ", "")
    picture = one.get("/court/account/totp.svg")
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert "<svg" in picture.text
    assert one.post("/court/account/totp/confirm", code="000000").location.endswith("refused=1")
    assert not _is_in(one)
    one.get("/court/account/totp")
    code = code_of(secret=secret)
    shown = one.post("/court/account/totp/confirm", code=code)
    assert len(set(_codes_of(shown.text))) == 10
    assert one.token != former
    assert _is_in(one)
    assert one.get("/court/account/totp").status_code == 404  # the secret is shown no more
    other = browser(console)
    other.enter(login)
    assert other.code(code).status_code == 401  # nor is the code good for more than that


def test_a_secret_that_was_never_confirmed_locks_nobody_out(console: Console) -> None:
    login, one = _arrive(console)
    one.post("/court/account/totp")
    again = browser(console)
    again.enter(login)
    assert again.get("/court/prove").location == "/court/account/second-factor"


def test_a_passkey_signs_for_this_site_and_this_session_once(console: Console) -> None:
    login, one, key, codes = _with_passkey(console)
    assert len(codes) == 10
    assert _is_in(one)
    other = browser(console)
    other.enter(login)
    options = _options(other, "/court/prove/passkey-options")
    elsewhere = key.get(options, origin="https://localhost.evil.example")
    assert other.post("/court/prove/passkey", credential=elsewhere).status_code == 401
    assert other.post("/court/prove/passkey", credential=key.get(options)).status_code == 401  # used up by the former
    options = _options(other, "/court/prove/passkey-options")
    shown = key.get(options)
    assert other.post("/court/prove/passkey", credential=shown).status_code == 303
    assert _is_in(other)
    third = browser(console)
    third.enter(login)
    assert third.post("/court/prove/passkey", credential=shown).status_code == 401  # replayed
    _options(third, "/court/prove/passkey-options")
    assert third.post("/court/prove/passkey", credential=shown).status_code == 401


def test_a_challenge_ends_with_the_token_under_which_it_was_asked_for(console: Console) -> None:
    login, _, key, codes = _with_passkey(console)
    one = browser(console)
    one.enter(login)
    shown = key.get(_ask(one))
    assert one.post("/court/prove/recovery-code", code=codes[0]).status_code == 303
    one.get("/court/prove")
    assert one.post("/court/prove/passkey", credential=shown).status_code == 401
    assert one.post("/court/prove/passkey", credential=key.get(_ask(one))).status_code == 303  # the control


def test_another_officers_passkey_a_copied_one_and_no_json_are_refused(console: Console) -> None:
    login, _, key, _ = _with_passkey(console)
    _, _, strange, _ = _with_passkey(console)
    one = browser(console)
    one.enter(login)
    assert one.post("/court/prove/passkey", credential=strange.get(_ask(one))).status_code == 401
    assert one.post("/court/prove/passkey", credential="{").status_code == 401
    assert one.post("/court/prove/passkey", credential=key.get(_ask(one))).status_code == 303
    copied = browser(console)
    copied.enter(login)
    key.counter -= 1
    assert copied.post("/court/prove/passkey", credential=key.get(_ask(copied))).status_code == 401


def test_what_no_authenticator_makes_is_refused_and_breaks_nothing(console: Console) -> None:
    login, _, key, _ = _with_passkey(console)
    one = browser(console)
    one.enter(login)
    good = json.loads(key.get(_ask(one)))
    parts = ("id", "rawId", "type", "response")
    odd = ["", "[]", "null", "1", '"x"', json.dumps({**good, "id": "!", "rawId": "!"}), json.dumps({**good, "id": 5})]
    odd += [json.dumps({name: value for name, value in good.items() if name != left_out}) for left_out in parts]
    for name in ("clientDataJSON", "authenticatorData", "signature"):
        odd += [
            json.dumps({**good, "response": {**good["response"], name: value}}) for value in ("", "AA", "!", None, 7)
        ]
    for credential in odd:
        _ask(one)
        again = Browser(one.client, one.csrf).post("/court/prove/passkey", credential=credential)
        assert again.status_code in (401, 429), credential
        console.connection.execute("DELETE FROM desk.attempt")
    newcomer_login, two = _arrive(console)
    assert newcomer_login
    for credential in odd:
        _options(two, "/court/account/passkeys/options")
        assert two.post("/court/account/passkeys", credential=credential, label="x").status_code == 422, credential
    same = key.create(_options(two, "/court/account/passkeys/options"))
    assert two.post("/court/account/passkeys", credential=same, label="x").status_code == 422  # another officer's


def _ask(one: Browser) -> dict[str, object]:
    return _options(one, "/court/prove/passkey-options")


def test_a_challenge_is_good_for_five_minutes(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    login, _, key, _ = _with_passkey(console)
    one = browser(console)
    one.enter(login)
    shown = key.get(_ask(one))
    monkeypatch.setattr(sign_in_passkeys, "now", lambda: clock.now() + timedelta(minutes=6))
    assert one.post("/court/prove/passkey", credential=shown).status_code == 401


def test_a_recovery_code_works_once_and_another_officers_never(console: Console) -> None:
    login, _, _, codes = _with_passkey(console)
    stranger, _, _, _ = _with_passkey(console)
    other = browser(console)
    other.enter(stranger)
    assert other.post("/court/prove/recovery-code", code=codes[0]).status_code == 401
    for expected in (303, 401):
        one = browser(console)
        one.enter(login)
        assert one.post("/court/prove/recovery-code", code=codes[0].lower().replace("-", " ")).status_code == expected
        assert _is_in(one) is (expected == 303)


@pytest.mark.parametrize(("steps", "expected"), [(-2, 401), (-1, 303), (1, 303), (2, 401)])
def test_a_code_is_good_one_step_of_its_clock_early_or_late(
    console: Console, monkeypatch: pytest.MonkeyPatch, steps: int, expected: int
) -> None:
    _, login = newcomer(console)
    one, at = browser(console), clock.now()
    one.enter(login)
    monkeypatch.setattr(sign_in_codes, "now", lambda: at)
    assert one.code(TOTP(SECRET).at(int(at.timestamp()) + 30 * steps)).status_code == expected


def test_new_recovery_codes_replace_the_former_ones(console: Console) -> None:
    login, one, _, codes = _with_passkey(console)
    one.get("/court/account/")
    renewed = _codes_of(one.post("/court/account/recovery-codes").text)
    assert len(renewed) == 10
    for code, expected in ((codes[1], 401), (renewed[1], 303)):
        other = browser(console)
        other.enter(login)
        assert other.post("/court/prove/recovery-code", code=code).status_code == expected


def test_a_password_alone_adds_no_second_factor_to_one_that_is_there(console: Console) -> None:
    _, login = newcomer(console)
    thief = browser(console)
    thief.enter(login)
    assert thief.get("/court/account/second-factor").location.startswith("/court/prove")
    for path in ("totp", "totp/confirm", "passkeys/options", "passkeys"):
        answer = thief.post(f"/court/account/{path}", code="123456", credential="{}")
        assert answer.location.startswith("/court/prove"), path
    row = console.connection.execute("SELECT count(*) AS n FROM desk.passkey").fetchone()
    assert row == {"n": 0}


def test_the_last_factor_stays_and_another_officers_is_not_there(console: Console) -> None:
    _, one, _, _ = _with_passkey(console)
    _, other, _, _ = _with_passkey(console)
    path = re.search(r'action="(/court/account/passkeys/[^"]+/remove)"', one.get("/court/account/").text)
    assert path
    other.get("/court/account/")
    assert other.post(path[1]).status_code == 404
    assert one.post(path[1]).status_code == 409
    one.post("/court/account/totp")
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", one.get("/court/account/totp").text)
    assert secret
    assert one.post("/court/account/totp/confirm", code=code_of(secret=secret[1].replace(" ", ""))).status_code == 303
    one.get("/court/account/")
    assert one.post(path[1]).status_code == 303


def test_a_password_that_was_handed_out_opens_nothing_but_its_own_change(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, login = newcomer(console)
    with console.database.transaction("doorkeeper") as connection:
        handed_out = hand_out_password(connection, login, officer)
    one = browser(console)
    assert one.enter(login).status_code == 401  # the former password is gone
    assert one.enter(login, handed_out).status_code == 303
    assert one.get("/court/prove").location == "/court/account/second-factor"  # and so are the second factors
    key = Authenticator()
    made = key.create(_options(one, "/court/account/passkeys/options"))
    one.post("/court/account/passkeys", credential=made, label="x")
    for path in ("/court/", "/court/approvals", "/court/account/"):
        assert one.get(path).location == "/court/account/password"
    one.get("/court/account/password")
    chosen = {"present": handed_out, "wanted": PASSWORD, "again": PASSWORD}
    assert one.post("/court/account/password", **chosen).status_code == 303
    assert _is_in(one)
    with console.database.transaction("doorkeeper") as connection:
        handed_out = hand_out_password(connection, login, officer)
    monkeypatch.setattr(sign_in, "now", lambda: clock.now() + timedelta(hours=25))
    assert browser(console).enter(login, handed_out).status_code == 401  # too late


def test_a_stale_second_factor_is_asked_for_again(console: Console) -> None:
    _, one, _, _ = _with_passkey(console)
    assert one.get("/court/account/password").status_code == 200
    console.connection.execute("UPDATE desk.session SET proved_at = proved_at - interval '11 minutes'")
    assert one.get("/court/account/password").location.startswith("/court/prove")
    assert _is_in(one)


def test_of_forty_tries_at_once_five_are_looked_at(database: Database) -> None:
    subjects = Subjects.of_officer(Keys("5a" * 32, Path("/nonexistent")), uuid.uuid4(), "nowhere")
    taken: list[int] = []

    def attempt(_: int) -> None:
        with suppress(TooManyTries):
            taken.append(len(begin_try(database, subjects)))

    try:
        with ThreadPoolExecutor(20) as threads:
            list(threads.map(attempt, range(40)))
    finally:
        with database.transaction("doorkeeper") as connection:
            connection.execute("DELETE FROM desk.attempt WHERE subject = ANY(%s)", (list(subjects.allowed),))
    assert taken == [2] * 5
