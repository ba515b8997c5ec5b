"""The pages of signing in: password, second factor, sign-out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from backend.core.access import after_password, open_to_all, own_path
from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.desk import DeskBlueprint, render
from backend.core.http import database, settings
from backend.core.limits import brakes
from backend.core.sessions import (
    COOKIE,
    begin_session,
    clear_cookie,
    current_session,
    end_session,
    rotate_session,
    set_cookie,
)
from backend.courts import sign_in as service
from backend.courts import sign_in_codes as codes
from backend.courts import sign_in_passkeys as passkeys
from backend.courts.known_browsers import known_browser, remember_browser
from backend.courts.sign_in import statements
from backend.courts.sign_in_delays import Subjects, TooManyTries, begin_try, end_try

sign_in = DeskBlueprint("sign_in", __name__, "/court")


@sign_in.get("/sign-in")
@open_to_all
def show() -> Response:
    # A sign-out takes the cookie along: one that names no session is left by an end that its officer has not seen.
    ended = settings().desk if g.session is None and COOKIE in request.cookies else None
    return render("sign_in/password.html", ended=ended, next=own_path(request.args.get("next", "")))


@sign_in.post("/sign-in")
@open_to_all
def enter() -> Response:
    """Take a password; whoever has the right one is asked for a second factor."""
    wanted = own_path(request.form.get("next", ""))
    login = request.form.get("login", "").strip()[:32]
    try:
        keys = brakes().keys
        noted = begin_counted(Subjects.of_login(keys, login, brakes().address(), known_browser(keys, login)))
    except TooManyTries as error:
        return _refuse_for_now("sign_in/password.html", error, wanted)
    with database().transaction("doorkeeper") as connection:
        known = service.check_password(connection, login, request.form.get("password", ""))
        if known is None:
            return render("sign_in/password.html", 401, refused=True, next=wanted)
        end_try(connection, noted)
        # Whatever the browser brought along is worth nothing from here on: no session is planted on anybody.
        end_session(connection, request.cookies.get(COOKIE, ""))
        token = begin_session(connection, known.id, proved=False, agent=request.user_agent.string)
    response = redirect(url_for("sign_in.prove", next=wanted), 303)
    set_cookie(response, token)
    return response


@sign_in.get("/prove")
@after_password
def prove() -> Response:
    """Ask for a second factor, any that the officer has; lead to making one where there is none."""
    wanted = own_path(request.args.get("next", ""))
    with database().transaction("doorkeeper") as connection:
        factors = find_factors(connection)
    if not has_factor(factors):
        return redirect(url_for("account.show_second_factor"), 303)
    return render("sign_in/prove.html", next=wanted, factors=factors)


@sign_in.post("/prove")
@after_password
def take_code() -> Response:
    """Take a time-based code; a right one makes the session whole, under a new token."""
    typed = "".join(request.form.get("code", "").split())
    officer = current_session().officer.id
    return _take_proof("code", lambda connection: codes.take_code(connection, brakes().keys, officer, typed))


@sign_in.post("/prove/recovery-code")
@after_password
def take_recovery_code() -> Response:
    """Take one of the ten printed codes in place of the second factor."""
    typed, officer = request.form.get("code", ""), current_session().officer.id
    return _take_proof("recovery_code", lambda connection: codes.take_recovery_code(connection, officer, typed))


@sign_in.post("/prove/passkey-options")
@after_password
def ask_passkey() -> Response:
    """What the browser is to let a passkey sign, as JSON."""
    with database().transaction("doorkeeper") as connection:
        options = passkeys.ask_passkey(connection, passkeys.Site.of(request.host), owner())
    return Response(options, mimetype="application/json")


@sign_in.post("/prove/passkey")
@after_password
def take_passkey() -> Response:
    """Take what a passkey signed."""
    credential, site = request.form.get("credential", ""), passkeys.Site.of(request.host)
    return _take_proof("passkey", lambda connection: passkeys.take_passkey(connection, site, owner(), credential))


@sign_in.post("/sign-out")
@after_password
def leave() -> Response:
    """End this session; nothing of it is left in the browser but drafts, which are encrypted."""
    with database().transaction("doorkeeper") as connection:
        end_session(connection, current_session().token)
    response = redirect(url_for("sign_in.show"), 303)
    clear_cookie(response)
    return response


def find_factors(connection: Connection) -> dict[str, Any]:
    """What the signed-in officer can show: totp, passkeys, recovery_codes."""
    found: dict[str, Any] | None = statements.find_factors(connection, officer=current_session().officer.id)
    return found or {"totp": False, "passkeys": 0, "recovery_codes": 0, "changed_at": None}


def has_factor(factors: dict[str, Any]) -> bool:
    """Whether there is a second factor; recovery codes alone are none."""
    return bool(factors["totp"] or factors["passkeys"])


def owner() -> passkeys.Owner:
    """Whose passkeys the present session is about."""
    session = current_session()
    return passkeys.Owner(session.officer.id, session.id, session.login, session.name)


def tries_of_officer() -> Subjects:
    """What tries by whoever has given this session's password count for."""
    session, keys = current_session(), brakes().keys
    return Subjects.of_officer(keys, session.officer.id, brakes().address(), known_browser(keys, session.login))


def begin_counted(subjects: Subjects) -> list[int]:
    """Note a try; nothing is counted while limits are off.

    Raises:
        TooManyTries: it is not to be looked at yet.
    """
    return list(begin_try(database(), subjects)) if brakes().limits.on else []


def _take_proof(how: str, is_right: Callable[[Connection], bool]) -> Response:
    """Make the session whole where a proof is right; count it where it is not."""
    session, wanted = current_session(), own_path(request.form.get("next", ""))
    with database().transaction("doorkeeper") as connection:
        factors = find_factors(connection)
    try:
        noted = begin_counted(tries_of_officer())
    except TooManyTries as error:
        return _refuse_for_now("sign_in/prove.html", error, wanted, factors)
    with database().transaction("doorkeeper") as connection:
        if not is_right(connection):
            return render("sign_in/prove.html", 401, refused=True, next=wanted, factors=factors)
        end_try(connection, noted)
        token = rotate_session(connection)
        said = {"officer": session.officer.id, "by": how}
        append(connection, [Record("officer.sign_in", said, session.officer.court_id)])
    response = redirect(wanted, 303)
    set_cookie(response, token)
    remember_browser(response, brakes().keys, session.login)
    return response


def _refuse_for_now(template: str, error: TooManyTries, wanted: str, factors: dict[str, Any] | None = None) -> Response:
    minutes = -(-error.retry_after // 60)
    response = render(template, 429, wait_minutes=minutes, next=wanted, factors=factors)
    response.headers["Retry-After"] = str(error.retry_after)
    return response
