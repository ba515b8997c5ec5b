"""The pages of signing in: password, second factor, sign-out."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.core.access import (
    after_password,
    begin_session,
    clear_cookie,
    current_session,
    end_session,
    open_to_all,
    own_path,
    set_cookie,
)
from backend.core.desk import DeskBlueprint, render
from backend.core.http import database
from backend.core.limits import brakes
from backend.courts import sign_in as service

sign_in = DeskBlueprint("sign_in", __name__, "/court")


@sign_in.get("/sign-in")
@open_to_all
def show() -> Response:
    return render("sign_in/password.html", next=own_path(request.args.get("next", "")))


@sign_in.post("/sign-in")
@open_to_all
def enter() -> Response:
    """Take a password; whoever has the right one is asked for a second factor."""
    wanted = own_path(request.form.get("next", ""))
    with database().transaction("doorkeeper") as connection:
        known = service.check_password(
            connection, request.form.get("login", "")[:32], request.form.get("password", "")[:200]
        )
        if known is None:
            return render("sign_in/password.html", 401, refused=True, next=wanted)
        token = begin_session(connection, known.id, proved=False, agent=request.user_agent.string)
    response = redirect(url_for("sign_in.prove", next=wanted), 303)
    set_cookie(response, token)
    return response


@sign_in.get("/prove")
@after_password
def prove() -> Response:
    return render("sign_in/prove.html", next=own_path(request.args.get("next", "")))


@sign_in.post("/prove")
@after_password
def take_proof() -> Response:
    """Take a code; a right one makes the session whole, under a new token."""
    session, wanted = current_session(), own_path(request.form.get("next", ""))
    with database().transaction("doorkeeper") as connection:
        if not service.take_code(connection, brakes().keys, session.officer.id, request.form.get("code", "")):
            return render("sign_in/prove.html", 401, refused=True, next=wanted)
        token = service.rotate(connection, session.token, session.officer.id, request.user_agent.string)
    response = redirect(wanted, 303)
    set_cookie(response, token)
    return response


@sign_in.post("/sign-out")
@after_password
def leave() -> Response:
    """End this session; nothing of it is left in the browser but drafts, which are encrypted."""
    with database().transaction("doorkeeper") as connection:
        end_session(connection, current_session().token)
    response = redirect(url_for("sign_in.show"), 303)
    clear_cookie(response)
    return response
