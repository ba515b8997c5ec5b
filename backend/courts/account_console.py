"""What officers see and change of their own sign-in: password, second factors, recovery codes, sessions."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.core.access import after_password, allow
from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.desk import DeskBlueprint, render
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.http import database, settings
from backend.core.limits import brakes
from backend.core.sealing.refusals import Malformed
from backend.core.sealing.wire import to_bytes, to_text
from backend.core.sessions import begin_session, current_session, end_sessions, rotate_session, set_cookie
from backend.courts import sign_in as service
from backend.courts import sign_in_codes as codes
from backend.courts import sign_in_passkeys as passkeys
from backend.courts.agents import agent_in_words
from backend.courts.known_browsers import remember_browser
from backend.courts.sign_in import statements
from backend.courts.sign_in_console import begin_counted, find_factors, has_factor, owner, tries_of_officer
from backend.courts.sign_in_delays import end_try

account = DeskBlueprint("account", __name__, "/court/account")


class FactorNotKept(Invalid):
    """The second factor could not be checked; begin again"""


class LastFactor(Conflict):
    """This is your only second factor; add another one first"""


@account.get("/")
@allow()
def show() -> Response:
    """Password, second factors, recovery codes and sessions of whoever is signed in."""
    officer = current_session().officer.id
    with database().transaction("doorkeeper") as connection:
        factors = find_factors(connection)
        keys = [dict(row, key=to_text(row["id"])) for row in statements.list_passkeys(connection, officer=officer)]
        sessions = list(
            statements.list_sessions(
                connection, officer=officer, idle_minutes=settings().desk.session_idle_minutes,
                hours=settings().desk.session_hours,
            )
        )  # fmt: skip
    return render(
        "sign_in/account.html", factors=factors, passkeys=keys, sessions=sessions, agent_in_words=agent_in_words
    )


@account.get("/password")
@allow(fresh=True, handed_out=True)
def show_password() -> Response:
    return render("sign_in/new_password.html")


@account.post("/password")
@allow(fresh=True, handed_out=True)
def change_password() -> Response:
    """Take a new password; every session ends, and this browser goes on under a new one."""
    session = current_session()
    if request.form.get("wanted") != request.form.get("again"):
        return render("sign_in/new_password.html", 422, refused="differ")
    noted = begin_counted(tries_of_officer())
    with database().transaction("doorkeeper") as connection:
        try:
            service.change_password(
                connection, session.login, request.form.get("present", ""), request.form.get("wanted", "")
            )
        except Invalid as error:
            if not isinstance(error, service.WrongPassword):
                end_try(connection, noted)
            return render("sign_in/new_password.html", 422, refused=type(error).__name__)
        end_try(connection, noted)
        token = begin_session(connection, session.officer.id, proved=True, agent=request.user_agent.string)
    response = redirect(url_for("account.show"), 303)
    set_cookie(response, token)
    return response


@account.get("/second-factor")
@after_password
def show_second_factor() -> Response:
    """Where a second factor is made: the first right after the password, a further one with the present one shown."""
    return _unproved() or render("sign_in/second_factor.html")


@account.post("/totp")
@after_password
def begin_totp() -> Response:
    refused = _unproved()
    if refused:
        return refused
    with database().transaction("doorkeeper") as connection:
        codes.begin_totp(connection, brakes().keys, current_session().id)
    return redirect(url_for("account.show_totp"), 303)


@account.get("/totp")
@after_password
def show_totp() -> Response:
    """The secret as a picture and as text, and a field for the first code."""
    secret = _pending()
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    return render("sign_in/totp.html", secret=" ".join(groups))


@account.get("/totp.svg")
@after_password
def show_totp_picture() -> Response:
    """The picture by itself: the page's policy allows no styles inside it."""
    return Response(codes.totp_picture(_pending(), current_session().login), mimetype="image/svg+xml")


@account.post("/totp/confirm")
@after_password
def confirm_totp() -> Response:
    """Take the first code; from now on codes of this secret are a second factor."""
    refused = _unproved()
    if refused:
        return refused
    session, typed = current_session(), "".join(request.form.get("code", "").split())
    noted = begin_counted(tries_of_officer())
    with database().transaction("doorkeeper") as connection:
        first = not has_factor(find_factors(connection))
        if not codes.keep_totp(connection, brakes().keys, session.id, session.officer.id, typed):
            return redirect(url_for("account.show_totp", refused=1), 303)
        end_try(connection, noted)
        return _after_new_factor(connection, "totp", first=first)


@account.post("/passkeys/options")
@after_password
def begin_passkey() -> Response:
    """What the browser is to make a passkey from, as JSON."""
    refused = _unproved()
    if refused:
        return refused
    with database().transaction("doorkeeper") as connection:
        options = passkeys.begin_passkey(connection, passkeys.Site.of(request.host), owner())
    return Response(options, mimetype="application/json")


@account.post("/passkeys")
@after_password
def add_passkey() -> Response:
    """Keep a passkey that the browser made."""
    refused = _unproved()
    if refused:
        return refused
    site, label = passkeys.Site.of(request.host), request.form.get("label", "")
    with database().transaction("doorkeeper") as connection:
        first = not has_factor(find_factors(connection))
        if not passkeys.keep_passkey(connection, site, owner(), request.form.get("credential", ""), label):
            raise FactorNotKept
        return _after_new_factor(connection, "passkey", first=first)


@account.post("/totp/remove")
@allow(fresh=True)
def remove_totp() -> Response:
    with database().transaction("doorkeeper") as connection:
        if not find_factors(connection)["passkeys"]:
            raise LastFactor
        statements.set_totp(connection, officer=current_session().officer.id, secret=None)
        _record(connection, "officer.factor_removed", "totp")
    return redirect(url_for("account.show"), 303)


@account.post("/passkeys/<key>/remove")
@allow(fresh=True)
def remove_passkey(key: str) -> Response:
    with database().transaction("doorkeeper") as connection:
        factors = find_factors(connection)
        try:
            removed = statements.delete_passkey(connection, officer=current_session().officer.id, id=to_bytes(key))
        except Malformed:
            raise NotFound from None
        if not removed:
            raise NotFound
        if factors["passkeys"] == 1 and not factors["totp"]:
            raise LastFactor
        _record(connection, "officer.factor_removed", "passkey")
    return redirect(url_for("account.show"), 303)


@account.post("/recovery-codes")
@allow(fresh=True)
def renew_recovery_codes() -> Response:
    """Ten new codes, shown now and never again; the former ones are worth nothing."""
    with database().transaction("doorkeeper") as connection:
        made = codes.make_recovery_codes(connection, current_session().officer.id)
        _record(connection, "officer.recovery_codes", "renewed")
    return render("sign_in/recovery_codes.html", codes=made)


@account.post("/sessions/<uuid:identifier>/end")
@allow()
def end_session(identifier: UUID) -> Response:
    """End one of one's own sign-ins, in whatever browser it is."""
    with database().transaction("doorkeeper") as connection:
        if not statements.end_own_session(connection, officer=current_session().officer.id, id=identifier):
            raise NotFound
    return redirect(url_for("account.show"), 303)


@account.post("/sessions/end-all")
@allow()
def end_all_sessions() -> Response:
    """End all of one's own sign-ins, this one, too."""
    session = current_session()
    with database().transaction("doorkeeper") as connection:
        end_sessions(connection, session.officer.id)
        _record(connection, "officer.sessions_ended", "own")
    return redirect(url_for("sign_in.show"), 303)


def _unproved() -> Response | None:
    """Whoever has a second factor shows it before adding another: a password alone adds none."""
    with database().transaction("doorkeeper") as connection:
        factors = find_factors(connection)
    if has_factor(factors) and not current_session().is_fresh:
        return redirect(url_for("sign_in.prove", next=url_for("account.show_second_factor")), 303)
    return None


def _pending() -> str:
    with database().transaction("doorkeeper") as connection:
        secret = codes.pending_secret(connection, brakes().keys, current_session().id)
    if secret is None:
        raise NotFound
    return secret


def _after_new_factor(connection: Connection, kind: str, *, first: bool) -> Response:
    """With the first factor the session is whole, and the recovery codes are shown, this once."""
    _record(connection, "officer.factor", kind)
    if not first:
        return redirect(url_for("account.show"), 303)
    made = codes.make_recovery_codes(connection, current_session().officer.id)
    token = rotate_session(connection)
    response = render("sign_in/recovery_codes.html", codes=made)
    set_cookie(response, token)
    remember_browser(response, brakes().keys, current_session().login)
    return response


def _record(connection: Connection, action: str, what: str) -> None:
    officer = current_session().officer
    append(connection, [Record(action, {"officer": officer.id, "what": what}, officer.court_id)])
